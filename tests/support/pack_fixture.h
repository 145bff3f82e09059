#ifndef BP_TESTS_SUPPORT_PACK_FIXTURE_H
#define BP_TESTS_SUPPORT_PACK_FIXTURE_H

/* Packs of small programmes made in memory, and walks over what stands in them. Tests are single files: they include table_builder.c before
 * this. */

#include "domain/snapshot.h"
#include "pack/pack_builder.h"
#include "pack/text_format.h"
#include "support/table_builder.h"

#include <string.h>

static const char *const pack_no_ids[] = { NULL };
static const char *const pack_board_parents[] = { "board", NULL };
static const char *const pack_aliases[] = { NULL };

/* "group" reports to "board"; "partners" and "world" are the audiences outside. */
enum
{
    PACK_BOARD,
    PACK_GROUP,
    PACK_PARTNERS,
    PACK_WORLD,
    PACK_FORUM_COUNT
};
static BpForum pack_forums[PACK_FORUM_COUNT] = {
    { .id = "board",
      .name = "The Board",
      .short_name = "Board",
      .role = "Decides",
      .role_short = "Decides",
      .marking = "OFFICIAL",
      .audience = BP_AUDIENCE_INTERNAL,
      .aliases = pack_aliases,
      .parents = pack_no_ids,
      .advises = pack_no_ids,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
    { .id = "group",
      .name = "The Group",
      .short_name = "Group",
      .marking = "OFFICIAL",
      .handling = "For members alone",
      .audience = BP_AUDIENCE_INTERNAL,
      .is_working = true,
      .aliases = pack_aliases,
      .parents = pack_board_parents,
      .advises = pack_no_ids,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
    { .id = "partners",
      .name = "Partners",
      .short_name = "Partners",
      .marking = "OFFICIAL",
      .audience = BP_AUDIENCE_PARTNER,
      .aliases = pack_aliases,
      .parents = pack_no_ids,
      .advises = pack_no_ids,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
    { .id = "world",
      .name = "The public",
      .short_name = "Public",
      .marking = "OFFICIAL",
      .audience = BP_AUDIENCE_PUBLIC,
      .aliases = pack_aliases,
      .parents = pack_no_ids,
      .advises = pack_no_ids,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
};

typedef struct
{
    BpProgramme programme;
    BpTableSet *set;
    BpSnapshot *snapshot;
} PackFixture;

typedef void (*PackFill) (BpTableSet *set);

static inline void pack_fixture_open (PackFixture *fixture, PackFill fill, const char *as_of)
{
    fixture->programme = table_builder_programme ();
    fixture->programme.forums = (BpForumSet){ .forums = pack_forums, .count = PACK_FORUM_COUNT };
    fixture->programme.notice = "Invented data. Nothing here is real.";
    fixture->programme.contact = "Ask the office for another format";
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    if (fill != NULL)
        fill (fixture->set);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, as_of);
}

static inline void pack_fixture_close (PackFixture *fixture)
{
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->set);
    table_builder_clear_programme (&fixture->programme);
}

/* A section "id", or "id;key=value;key=value"; the type is the id unless one is given. */
static inline void pack_layout_add (BpReportLayout *layout, const char *line)
{
    g_auto (GStrv) parts = g_strsplit (line, ";", -1);
    BpSectionLayout *section = g_new0 (BpSectionLayout, 1);
    section->id = section->type = g_string_chunk_insert (layout->strings, parts[0]);
    section->options = g_hash_table_new (g_str_hash, g_str_equal);
    for (int i = 1; parts[i] != NULL; i++)
    {
        g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
        g_assert_nonnull (pair[1]);
        const char *key = g_string_chunk_insert (layout->strings, pair[0]);
        const char *value = g_string_chunk_insert (layout->strings, pair[1]);
        if (strcmp (key, "type") == 0)
            section->type = value;
        g_hash_table_insert (section->options, (gpointer)key, (gpointer)value);
    }
    const BpSectionTypeInfo *type = bp_section_type_find (section->type);
    g_assert_nonnull (type);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init (&iter, section->options);
    while (g_hash_table_iter_next (&iter, &key, &value))
    {
        /* What a template could not say, no test may say. */
        g_autoptr (GError) error = NULL;
        if (strcmp (key, "type") != 0)
            bp_section_option_check (type, key, value, NULL, &error);
        g_assert_no_error (error);
    }
    g_ptr_array_add (layout->sections, section);
}

/* lines: NULL-ended. */
static inline BpReportLayout *pack_layout_new (const char *const *lines)
{
    BpReportLayout *layout = bp_report_layout_new ("report-templates/test.ini");
    for (; *lines != NULL; lines++)
        pack_layout_add (layout, *lines);
    return layout;
}

/* Every section type once, in the table's order. */
static inline BpReportLayout *pack_layout_new_of_all (void)
{
    BpReportLayout *layout = bp_report_layout_new ("report-templates/all.ini");
    for (int i = 0; i < bp_section_type_count (); i++)
        pack_layout_add (layout, bp_section_type_info (i)->name);
    return layout;
}

static inline BpPack *pack_build (const PackFixture *fixture, int forum, const BpReportLayout *layout)
{
    const BpPackOptions options = { .is_draft = false };
    return bp_pack_build (fixture->snapshot, &pack_forums[forum], layout, &options);
}

static inline BpPack *pack_build_lines (const PackFixture *fixture, int forum, const char *const *lines)
{
    g_autoptr (BpReportLayout) layout = pack_layout_new (lines);
    return pack_build (fixture, forum, layout);
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* ---- walks ---- */

typedef void (*PackVisit) (const BpNode *node, gpointer data);

/* Every node below, in reading order, tables of charts too. */
static inline void pack_walk (const GPtrArray *nodes, PackVisit visit, gpointer data)
{
    for (guint i = 0; i < nodes->len; i++)
    {
        const BpNode *node = g_ptr_array_index (nodes, i);
        visit (node, data);
        if (node->kind == BP_NODE_SECTION)
            pack_walk (node->as.section.children, visit, data);
        if (node->kind == BP_NODE_CHART && node->as.chart.table != NULL)
            visit (node->as.chart.table, data);
    }
}

/* A section at any depth; NULL. */
static inline const BpSection *pack_find_section (const GPtrArray *nodes, const char *id)
{
    for (guint i = 0; i < nodes->len; i++)
    {
        const BpNode *node = g_ptr_array_index (nodes, i);
        if (node->kind != BP_NODE_SECTION)
            continue;
        if (strcmp (node->as.section.id, id) == 0)
            return &node->as.section;
        const BpSection *below = pack_find_section (node->as.section.children, id);
        if (below != NULL)
            return below;
    }
    return NULL;
}

static inline const BpSection *pack_get_section (const BpPack *pack, const char *id)
{
    const BpSection *section = pack_find_section (pack->sections, id);
    if (section == NULL)
        g_error ("the pack has no section %s", id);
    return section;
}

static inline const BpSheet *pack_get_sheet (const BpPack *pack, const char *name)
{
    for (guint i = 0; i < pack->sheets->len; i++)
        if (strcmp (((const BpSheet *)g_ptr_array_index (pack->sheets, i))->name, name) == 0)
            return g_ptr_array_index (pack->sheets, i);
    g_error ("the pack has no sheet %s", name);
}

/* The column with that title. */
static inline int pack_sheet_column (const BpSheet *sheet, const char *title)
{
    for (int c = 0; c < sheet->column_count; c++)
        if (strcmp (sheet->columns[c].title, title) == 0)
            return c;
    g_error ("sheet %s has no column %s", sheet->name, title);
}

/* The pack's sections as text, without sheets and figures. */
static inline char *pack_dup_pdf_text (const BpPack *pack)
{
    g_autofree char *text = bp_pack_dup_text (pack);
    char *sheets = strstr (text, "\nsheet ");
    return sheets != NULL ? g_strndup (text, (gsize)(sheets - text) + 1) : g_strdup (text);
}

static inline void assert_has (const char *text, const char *part)
{
    if (strstr (text, part) == NULL)
        g_error ("“%s” does not stand in:\n%s", part, text);
}

static inline void assert_lacks (const char *text, const char *part)
{
    const char *at = strstr (text, part);
    if (at != NULL)
        g_error ("“%s” stands in: …%.*s…", part, (int)MIN (strlen (MAX (text, at - 80)), 240), MAX (text, at - 80));
}

/* ---- a small programme ---- */

/* Seven actions, four measures, two rounds of reports (4 April and 25 July 2025), one of everything else; as at 31 July 2025. */
static inline void pack_fill_small (BpTableSet *set)
{
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_LEADS, "lead|organisation", "Ann Lead|The council", "Bob Lead|The trust", NULL);
    table_builder_add (set, BP_TABLE_PROJECTS, "project|title|lead", "P1|Project one|Ann Lead", "P2|Project two|", NULL);
    table_builder_add (set, BP_TABLE_KPIS,
                       "kpi|title|short|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target|headline|owner|source|"
                       "definition|people",
                       "K1|Plans written in time|In time|SIP:1.1|percent|higher|quarter|Q4 2023/24|38%|Q4 2025/26|60%|yes|Ann Lead|Case "
                       "system|Plans in time out of all|yes",
                       "K2|Weeks of waiting|Waiting|SIP:1.2|weeks|lower|quarter|Q4 2023/24|20|Q4 2025/26|12|yes|||No definition of note|no",
                       "K3|Trainers|Trainers|SIP:2|count|higher|quarter|Q4 2023/24|40|||no||||no",
                       "K4|Never measured|Never|SIP:2|score|higher|term|||||no||||no", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value|numerator|denominator|published|flag|note",
                       "K1|Q3 2024/25||45%|45|100|||", "K1|Q4 2024/25||50%|60|120|||", "K1|Q4 2024/25|London|55%||||provisional|",
                       "K2|Q3 2024/25||19|||||", "K2|Q4 2024/25||18|||||", "K3|Q4 2024/25||40|||||", NULL);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|short|lead|timeframe|project|kpis|milestone",
                       "SIP|1.1.1|1.1|Write the strategy|Strategy|Ann Lead|March 2025|P1|K1|yes",
                       "SIP|1.1.2|1.1|Train all staff|Training|Bob Lead|June 2025|P1|K1;K2|",
                       "SIP|1.1.3|1.1|Hold a review and then another|Review|Ann Lead|December 2025|||yes",
                       "SIP|1.2.1|1.2|Open the centre|Centre|Bob Lead|October 2025|P1|K2|",
                       "SIP|1.2.2|1.2|Meet families|Families||On-going|||", "SIP|2.1|2|Sign the contract|Contract|Ann Lead|May 2025|P1||",
                       "SIP|2.2|2|Agree a date|Date|Bob Lead|TBC|||", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress", "SIP|1.1.1|2025-04-04|on-track|Drafted",
                       "SIP|1.1.2|2025-04-04|on-track|Begun", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on|progress|public_progress|next_step",
                       "SIP|1.1.1|2025-07-25|complete|2025-07-01|Adopted by all|Adopted|",
                       "SIP|1.1.3|2025-07-25|on-track||Going well||Plan it", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|next_step|forecast|reason|path_to_green|ask|approved_by",
                       "SIP|1.1.2|2025-07-25|off-track|Behind|Book rooms||No rooms|Rooms from September|Lend rooms|",
                       "SIP|1.2.1|2025-07-25|at-risk|Late start|Sign lease|January 2026|Lease late|New lease||board", NULL);
    table_builder_add (
        set, BP_TABLE_NARRATIVE, "as_of|kind|text|plan|area|audience|position",
        "2025-07-25|change|INTERNAL change in area one|SIP|1|internal|1", "2025-07-25|impact|PARTNER impact in area one|SIP|1|partner|2",
        "2025-07-25|next_step|PUBLIC step in area one|SIP|1|public|3", "2025-07-25|achievement|INTERNAL achievement|||internal|4",
        "2025-07-25|achievement|PUBLIC achievement|||public|5", "2025-07-25|challenge|PARTNER challenge|||partner|6", NULL);
    table_builder_add (set, BP_TABLE_RECOMMENDATIONS, "ref|text|short|source|areas|actions|kpis",
                       "1a|Work in time|In time|The report|SIP:1.1||K1", "1b|Ask families|Families|The report||SIP:1.2.2|",
                       "1c|Pay for it|Money|The report|||", NULL);
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|unit|measure|kpi|from_period|period",
                       "c1|Half are in time|50|percent|value|K1||Q4 2024/25",
                       "c2|Waiting fell by three weeks|-3|weeks|change|K2|Q3 2024/25|Q4 2024/25", NULL);
    table_builder_add (set, BP_TABLE_MEETINGS, "forum|date|title|papers_due", "group|2025-08-14|August meeting|2025-08-07",
                       "board|2025-09-10|Autumn meeting|", "board|TBC|Workshop|", NULL);
    table_builder_add (set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on|meeting|owner|recommendation|needed_by|outcome|decided_on",
                       "group|D1|Approve the new date of 1.2.1|approve|2025-07-20|2025-08-14|Bob Lead|Approve|2025-08-31||",
                       "group|D2|Note the report|note|2025-07-20|2025-08-14|||||",
                       "board|D3|Lend rooms for training|decide|2025-07-20|2025-09-10|Ann Lead||||",
                       "group|D4|Change the lead|decide|2025-06-01|||||Agreed|2025-07-10", NULL);
    table_builder_add (set, BP_TABLE_RISKS, "risk|as_of|title|area|likelihood|impact|owner|mitigation|status",
                       "R1|2025-04-04|No rooms|SIP:1|2|3|Bob Lead|Ask schools|open",
                       "R1|2025-07-25|No rooms|SIP:1|4|4|Bob Lead|Ask schools|open", "R2|2025-07-25|No money|SIP:2|2|2|||open", NULL);
    table_builder_add (set, BP_TABLE_MEMBERS, "forum|member|organisation|role", "group|Ann Lead|The council|Chair", "group|Bob Lead||",
                       NULL);
}

#endif
