#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/local_column.h"
#include "pack/sections/governance_tree.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#include <string.h>

#define ALTERNATIVE_CHARS 250

static bool is_named (const char *const *ids, const char *id)
{
    for (int i = 0; ids != NULL && ids[i] != NULL; i++)
        if (strcmp (ids[i], id) == 0)
            return true;
    return false;
}

static const char *names_of (const BpBuild *build, const char *const *ids)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (int i = 0; ids != NULL && ids[i] != NULL; i++)
    {
        const BpForum *forum = bp_forum_find (&build->snapshot->programme->forums, ids[i]);
        g_ptr_array_add (names, (gpointer)(forum != NULL ? forum->short_name : ids[i]));
    }
    return bp_words_joined (build->pack, names, 0);
}

/* "Area SEND Partnership Board (Area Board)": other pages have the short name alone. */
static const char *full_names_of (const BpBuild *build, const char *const *ids)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (int i = 0; ids != NULL && ids[i] != NULL; i++)
    {
        const BpForum *forum = bp_forum_find (&build->snapshot->programme->forums, ids[i]);
        g_ptr_array_add (names, (gpointer)(forum == NULL ? ids[i]
                                           : g_strcmp0 (forum->name, forum->short_name) == 0
                                               ? forum->name
                                               : bp_pack_format (build->pack, "%s (%s)", forum->name, forum->short_name)));
    }
    return bp_words_joined (build->pack, names, 0);
}

static bool has_parent_here (const BpBuild *build, const BpForum *forum)
{
    for (int i = 0; forum->parents != NULL && forum->parents[i] != NULL; i++)
        if (bp_forum_find (&build->snapshot->programme->forums, forum->parents[i]) != NULL)
            return true;
    return false;
}

static void add_forum_row (const BpBuild *build, BpNode *table, const BpForum *forum, int level)
{
    BpPack *pack = build->pack;
    bool is_this = strcmp (forum->id, build->forum->id) == 0;
    BpTableRow *row = bp_pack_add_row (pack, table, is_this ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, forum->id);
    const char *parents = names_of (build, forum->parents);
    const char *advised = names_of (build, forum->advises);

    /* A level of the tree is a dash before the name, so that it is also heard. */
    g_autoptr (GString) name = g_string_new (NULL);
    for (int i = 0; i < level; i++)
        g_string_append (name, "– ");
    g_string_append (name, forum->name);
    bp_cell_add_text (pack, &row->cells[0], is_this ? BP_LINE_STRONG : BP_LINE_MAIN, name->str);
    if (is_this)
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, "This forum");
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN,
                      bp_words_is_blank (forum->role_short) ? (bp_words_is_blank (forum->role) ? "No role given" : forum->role)
                                                            : forum->role_short);
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, parents != NULL ? parents : "None");
    if (advised != NULL)
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, bp_pack_format (pack, "advises, funds or follows %s", advised));
}

/* A forum and those that report to it, each once. */
static void add_tree (const BpBuild *build, BpNode *table, const BpForum *forum, int level, GHashTable *seen)
{
    const BpForumSet *set = &build->snapshot->programme->forums;

    if (!g_hash_table_add (seen, (gpointer)forum))
        return;
    add_forum_row (build, table, forum, level);
    bp_build_mark_printed (build, forum);
    for (int i = 0; i < set->count; i++)
        if (is_named (set->forums[i].parents, forum->id))
            add_tree (build, table, &set->forums[i], level + 1, seen);
}

static BpNode *new_table (const BpBuild *build)
{
    const BpTableColumn columns[] = {
        { .title = "Forum", .width_share = 1.0, .is_row_header = true },
        { .title = "What it does", .width_share = 1.2 },
        { .title = "Reports to", .width_share = 0.8 },
    };
    const BpForumSet *set = &build->snapshot->programme->forums;
    BpNode *table
        = bp_pack_new_table (build->pack, BP_TABLE_FULL, "Forums, what they do and to whom they report", columns, G_N_ELEMENTS (columns));
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

    for (int i = 0; i < set->count; i++)
        if (!has_parent_here (build, &set->forums[i]))
            add_tree (build, table, &set->forums[i], 0, seen);
    /* Whatever a ring would have kept out. */
    for (int i = 0; i < set->count; i++)
        add_tree (build, table, &set->forums[i], 0, seen);
    table->as.table.footnote = "A dash before a name: it reports to the forum above it.";
    return table;
}

static bool is_member_now (const BpBuild *build, const BpMember *member)
{
    BpDate as_of = build->snapshot->as_of;

    if (member->forum == NULL || strcmp (member->forum->id, build->forum->id) != 0)
        return false;
    return (member->from == BP_DATE_NONE || member->from <= as_of) && (member->to == BP_DATE_NONE || member->to >= as_of);
}

static const char *role_of (const BpMember *member)
{
    return bp_words_is_blank (member->role) ? "Member" : member->role;
}

static bool has_different_roles (const BpBuild *build)
{
    const char *first = NULL;

    for (guint i = 0; i < build->snapshot->members->len; i++)
    {
        const BpMember *member = g_ptr_array_index (build->snapshot->members, i);
        if (!is_member_now (build, member))
            continue;
        if (first != NULL && strcmp (first, role_of (member)) != 0)
            return true;
        first = role_of (member);
    }
    return false;
}

static void add_members (BpSectionContext *context)
{
    const BpTableColumn columns[] = {
        { .title = "Member", .width_share = 1.0, .is_row_header = true },
        { .title = "Organisation", .width_share = 1.0 },
        { .title = "Role", .width_share = 0.7 },
    };
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    BpNode *table = NULL;
    /* A column that says "Member" in every row says nothing. */
    const bool has_roles = has_different_roles (build);
    const int column_count = has_roles ? (int)G_N_ELEMENTS (columns) : (int)G_N_ELEMENTS (columns) - 1;

    bp_pack_add_heading (pack, context->node, 2, "Who sits on this forum", NULL);
    for (guint i = 0; i < build->snapshot->members->len; i++)
    {
        const BpMember *member = g_ptr_array_index (build->snapshot->members, i);
        if (!is_member_now (build, member))
            continue;
        if (table == NULL)
            table = bp_pack_add_table (pack, context->node, BP_TABLE_PANEL, "Members of this forum", columns, column_count);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, member->member);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN,
                          bp_words_is_blank (member->organisation) ? "Not given" : member->organisation);
        if (has_roles)
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, role_of (member));
        bp_local_add_line (build, &row->cells[0], BP_TABLE_MEMBERS, member->local);
        bp_build_mark_printed (build, member);
    }
    if (table != NULL)
        return;
    if (bp_words_is_blank (build->forum->membership))
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_STANDING, "No membership has been recorded.");
    else
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_BODY, bp_words_sentence (pack, build->forum->membership));
}

/* "London Borough of Hounslow: SEND, Education; NWL ICB": those of one body together, in the order in which the bodies are first met. NULL
 * if there are none. */
static const char *members_by_body (const BpBuild *build)
{
    BpPack *pack = build->pack;
    const GPtrArray *members = build->snapshot->members;
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < members->len; i++)
    {
        const BpMember *first = g_ptr_array_index (members, i);
        const char *body = bp_words_is_blank (first->organisation) ? first->member : first->organisation;
        if (!is_member_now (build, first) || !g_hash_table_add (seen, (gpointer)body))
            continue;
        g_autoptr (GPtrArray) names = g_ptr_array_new ();
        for (guint j = i; j < members->len; j++)
        {
            const BpMember *member = g_ptr_array_index (members, j);
            if (is_member_now (build, member) && g_ascii_strcasecmp (member->member, body) != 0
                && g_strcmp0 (member->organisation, body) == 0)
                g_ptr_array_add (names, (gpointer)member->member);
        }
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", body);
        if (names->len > 0)
            g_string_append_printf (text, ": %s", bp_words_joined (pack, names, 0));
    }
    return text->len > 0 ? bp_pack_text (pack, text->str) : NULL;
}

/* Those that report to this forum. Free with g_ptr_array_unref. */
static GPtrArray *dup_names_below (const BpBuild *build, bool is_short)
{
    const BpForumSet *set = &build->snapshot->programme->forums;
    GPtrArray *names = g_ptr_array_new ();

    for (int i = 0; i < set->count; i++)
        if (is_named (set->forums[i].parents, build->forum->id))
            g_ptr_array_add (names, (gpointer)(is_short ? set->forums[i].short_name : set->forums[i].name));
    return names;
}

/* Those that the short form names. */
static void mark_named (const BpBuild *build)
{
    const BpForumSet *set = &build->snapshot->programme->forums;

    for (int i = 0; i < set->count; i++)
        if (strcmp (set->forums[i].id, build->forum->id) == 0 || is_named (build->forum->parents, set->forums[i].id)
            || is_named (build->forum->advises, set->forums[i].id) || is_named (set->forums[i].parents, build->forum->id))
            bp_build_mark_printed (build, &set->forums[i]);
}

/* The short form: to whom this forum reports, whom it advises, who reports to it, who sits on it. */
static void add_lines (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const char *parents = full_names_of (build, build->forum->parents);
    const char *advised = full_names_of (build, build->forum->advises);
    g_autoptr (GPtrArray) below = dup_names_below (build, false);
    BpNode *list = bp_pack_add_list (pack, context->node, BP_LIST_BULLETS);

    mark_named (build);

    for (guint i = 0; i < build->snapshot->members->len; i++)
        if (is_member_now (build, g_ptr_array_index (build->snapshot->members, i)))
            bp_build_mark_printed (build, g_ptr_array_index (build->snapshot->members, i));
    bp_pack_add_entry (pack, list, NULL,
                       parents != NULL ? bp_pack_format (pack, "Reports to: %s.", parents)
                                       : "Reports to no other forum of this programme.");
    if (advised != NULL)
        bp_pack_add_entry (pack, list, NULL, bp_pack_format (pack, "Advises, funds or follows: %s.", advised));
    if (below->len > 0)
        bp_pack_add_entry (pack, list, NULL, bp_pack_format (pack, "Forums that report to it: %s.", bp_words_joined (pack, below, 0)));
    const char *by_body = members_by_body (build);
    const char *sitting = by_body != NULL                                 ? by_body
                          : !bp_words_is_blank (build->forum->membership) ? build->forum->membership
                                                                          : "not recorded";
    bp_pack_add_entry (pack, list, NULL, bp_words_sentence (pack, bp_pack_format (pack, "Members: %s", sitting)));
}

/* For those who do not see the drawing: to whom this forum reports, and who reports to it. */
static const char *alternative_text (const BpBuild *build, const BpTree *tree)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) below = dup_names_below (build, true);
    const char *parents = names_of (build, build->forum->parents);
    const char *advised = names_of (build, build->forum->advises);
    g_autofree char *text
        = g_strdup_printf ("Tree of %s. %s reports to %s%s%s; %s to it.", bp_words_count (pack, tree->node_count, "forum", "forums"),
                           build->forum->name, parents != NULL ? parents : "no other forum here",
                           advised != NULL ? " and advises, funds or follows " : "", advised != NULL ? advised : "",
                           below->len == 0 ? "none reports"
                                           : bp_pack_format (pack, "%s %s", bp_words_joined (pack, below, 4),
                                                             bp_words_pick ((int)below->len, "reports", "report")));

    return bp_pack_take (pack, bp_text_dup_shortened (text, ALTERNATIVE_CHARS));
}

void bp_section_build_governance (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpForum *forum = build->forum;
    BpPack *pack = build->pack;
    const char *parents = names_of (build, forum->parents);

    bp_section_set_headline (context, NULL);
    if (build->snapshot->programme->forums.count == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    bp_section_set_message (context, parents != NULL ? bp_pack_format (pack, "Reports to %s", parents) : "Who reports to whom");
    context->section->subtitle = bp_words_is_blank (forum->role) ? NULL : bp_pack_text (pack, bp_words_sentence (pack, forum->role));
    if (bp_section_is_in_lines (context))
    {
        add_lines (context);
        return;
    }
    BpTree *tree = bp_tree_new (build);
    BpNode *node = bp_pack_add_chart (pack, context->node, BP_CHART_GOVERNANCE, NULL, NULL, alternative_text (build, tree));
    node->as.chart.tree = tree;
    node->as.chart.table = new_table (build);
    add_members (context);
}
