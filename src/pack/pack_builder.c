#include "pack/pack_builder.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/figures.h"
#include "pack/kpi_limits.h"
#include "pack/mark.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

#include <string.h>

/* The plan whose refs are printed bare: the only one that holds actions. */
static const BpPlan *find_main_plan (const BpSnapshot *snapshot)
{
    const BpPlan *plan = NULL;

    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (snapshot->actions, i);
        if (plan != NULL && action->plan != plan)
            return NULL;
        plan = action->plan;
    }
    if (plan == NULL && snapshot->plans->len == 1)
        return g_ptr_array_index (snapshot->plans, 0);
    return plan;
}

/* "Summer term 2025", "Q1 2025/26", "July 2025": the term of the data; of quarters and months the last that is over, since one that has
 * begun has no figures yet. */
static const char *reporting_period (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    const BpCalendar *calendar = &snapshot->programme->calendar;
    const char *wanted = build->layout->period;
    BpPeriodKind kind = BP_PERIOD_TERM;

    if (g_strcmp0 (wanted, "quarter") == 0)
        kind = BP_PERIOD_QUARTER;
    else if (g_strcmp0 (wanted, "month") == 0)
        kind = BP_PERIOD_MONTH;
    BpPeriod period = bp_period_at (kind, snapshot->as_of, calendar);
    if (kind != BP_PERIOD_TERM && period.last > snapshot->as_of)
        period = bp_period_previous (&period, calendar);
    const char *text = bp_pack_take (build->pack, bp_period_dup_text (&period, calendar));
    const char *blank = strrchr (text, ' ');
    /* "Summer 2025" is read as "Summer term 2025"; "Term 4 2025" says it already */
    g_autofree char *folded = bp_text_dup_folded (text);
    if (kind != BP_PERIOD_TERM || blank == NULL || strstr (folded, "term") != NULL)
        return text;
    return bp_pack_format (build->pack, "%.*s term%s", (int)(blank - text), text, blank);
}

/* "Board pack on the … programme", whether or not its name brings an article. */
static const char *cover_subtitle (BpPack *pack, const char *name)
{
    static const char *const articles[] = { "the ", "a ", "an ", "our " };

    if (bp_words_is_blank (name))
        return "Board pack";
    for (gsize i = 0; i < G_N_ELEMENTS (articles); i++)
        if (g_ascii_strncasecmp (name, articles[i], strlen (articles[i])) == 0)
            return bp_pack_format (pack, "Board pack on %c%s", g_ascii_tolower (name[0]), name + 1);
    return bp_pack_format (pack, "Board pack on the %s", name);
}

static void fill_front (const BpBuild *build, const BpPackOptions *options)
{
    const BpProgramme *programme = build->snapshot->programme;
    const BpForum *forum = build->forum;
    BpPack *pack = build->pack;
    const char *as_of = bp_words_date (pack, build->snapshot->as_of, BP_DATE_LONG);
    const BpMeeting *meeting = bp_snapshot_find_next_meeting (build->snapshot, forum->id);

    pack->programme_name = bp_pack_text (pack, programme->name);
    pack->organisation = bp_pack_text (pack, programme->organisation);
    pack->contact = bp_pack_text (pack, programme->contact);
    pack->language = bp_pack_text (pack, bp_words_is_blank (programme->language) ? "en-GB" : programme->language);
    pack->forum_id = bp_pack_text (pack, forum->id);
    pack->forum_name = bp_pack_text (pack, forum->name);
    pack->title = bp_pack_format (pack, "%s: board pack, %s", forum->name, as_of);
    pack->cover_title = bp_pack_text (pack, bp_words_is_blank (build->layout->title) ? forum->name : build->layout->title);
    pack->cover_subtitle = cover_subtitle (pack, programme->name);
    pack->marking = bp_pack_text (pack, forum->marking);
    pack->handling = bp_pack_text (pack, forum->handling);
    pack->notice = bp_words_is_blank (programme->notice) ? NULL : bp_pack_text (pack, programme->notice);
    pack->notice_short = bp_pack_take (pack, bp_programme_dup_short_notice (programme));
    pack->is_draft = options != NULL && options->is_draft;
    pack->version = options != NULL && options->version > 0 ? options->version : 1;
    pack->change_note = options != NULL ? bp_pack_text (pack, options->change_note) : NULL;
    pack->version_text = bp_pack_format (pack, "Version %d%s, %s", pack->version,
                                         pack->is_draft              ? " Draft"
                                         : pack->change_note != NULL ? " (corrected)"
                                                                     : "",
                                         as_of);
    pack->period_text = reporting_period (build);
    pack->is_working = forum->is_working;
    pack->as_of = build->snapshot->as_of;
    pack->meeting_date = meeting != NULL ? meeting->date : BP_DATE_NONE;
    pack->page_budget = build->layout->page_budget;
    for (guint i = 0; i < build->statuses->len; i++)
    {
        BpMark mark = bp_mark_of_status (g_ptr_array_index (build->statuses, i));
        mark.word = bp_pack_text (pack, mark.word);
        mark.letter = bp_pack_text (pack, mark.letter);
        g_array_append_val (pack->marks, mark);
    }
}

static BpSectionContext add_section (const BpBuild *build, const BpSectionLayout *layout, const BpSectionType *type)
{
    const char *title = bp_section_layout_find (layout, "title");
    BpNode *node = bp_pack_add_section (build->pack, build->pack->sections, layout->id, title != NULL ? title : type->title);
    BpSectionContext context = { .build = build, .type = type, .options = layout, .node = node, .section = &node->as.section };
    const char *orientation = bp_section_layout_find (layout, "orientation");

    if (strcmp (type->info.name, "cover") == 0)
        context.section->style = BP_SECTION_COVER;
    else if (strcmp (type->info.name, "contents") == 0)
        context.section->style = BP_SECTION_CONTENTS;
    context.section->is_landscape = orientation != NULL ? g_ascii_strcasecmp (orientation, "landscape") == 0 : build->layout->is_landscape;
    if (context.section->style == BP_SECTION_COVER)
        context.section->is_landscape = false;
    context.section->page_budget = bp_section_layout_get_int (layout, "page_budget", 0);
    context.section->in_contents = context.section->style == BP_SECTION_PLAIN;
    const char *page = bp_section_layout_find (layout, "page");
    context.section->fills_page = type->fills_page;
    context.section->starts_page = page != NULL ? strcmp (page, "new") == 0 : !type->flows;
    return context;
}

/* Sections are numbered 1 to the last, annexes lettered; cover and contents have neither. */
static void number_sections (BpPack *pack, const GArray *contexts)
{
    int number = 0;
    int letter = 0;

    for (guint i = 0; i < contexts->len; i++)
    {
        const BpSectionContext *context = &g_array_index (contexts, BpSectionContext, i);
        if (context->section->style != BP_SECTION_PLAIN)
            continue;
        if (!bp_section_layout_is (context->options, "annex"))
            context->section->number = bp_pack_format (pack, "%d", ++number);
        else if (letter < 26)
            context->section->number = bp_pack_format (pack, "%c", 'A' + letter++);
        else
            context->section->number = bp_pack_format (pack, "A%d", ++letter - 25);
    }
}

/* A section goes on below the one before only where both pages lie the same way. */
static void settle_page_starts (const BpPack *pack)
{
    const BpSection *before = NULL;

    for (guint i = 0; i < pack->sections->len; i++)
    {
        BpNode *node = g_ptr_array_index (pack->sections, i);
        BpSection *section = &node->as.section;
        if (before == NULL || before->style != BP_SECTION_PLAIN || before->is_landscape != section->is_landscape || before->fills_page)
            section->starts_page = true;
        before = section;
    }
}

BpPack *bp_pack_build (const BpSnapshot *snapshot, const BpForum *forum, const BpReportLayout *layout, const BpPackOptions *options)
{
    g_autoptr (BpRelease) release = bp_release_new (snapshot, (int)forum->audience);
    g_autoptr (GHashTable) printed = g_hash_table_new (NULL, NULL);
    g_autoptr (GHashTable) figures = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GHashTable) cards = g_hash_table_new (NULL, NULL);
    g_autoptr (GHashTable) headings = g_hash_table_new (NULL, NULL);
    g_autoptr (GHashTable) views = g_hash_table_new (NULL, NULL);
    g_autoptr (GHashTable) limits = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)bp_kpi_limits_free);
    g_autoptr (GPtrArray) statuses = bp_build_dup_statuses (snapshot);
    g_autoptr (GPtrArray) inferred = bp_build_dup_inferred (snapshot);
    BpPack *pack = bp_pack_new ();
    BpBuild build = { .pack = pack,
                      .snapshot = snapshot,
                      .forum = forum,
                      .layout = layout,
                      .release = release,
                      .main_plan = find_main_plan (snapshot),
                      .statuses = statuses,
                      .inferred = inferred,
                      .inferred_mark = "*",
                      .headings = headings,
                      .views = views,
                      .limits = limits,
                      .figures = figures,
                      .printed = printed,
                      .cards = cards };
    g_autoptr (GArray) contexts = g_array_new (FALSE, TRUE, sizeof (BpSectionContext));

    fill_front (&build, options);
    bp_release_add_notes (release, pack); /* the key prints them */
    for (guint i = 0; i < layout->sections->len; i++)
    {
        const BpSectionLayout *section = g_ptr_array_index (layout->sections, i);
        const BpSectionType *type = bp_section_table_find (section->type);
        if (type == NULL)
            continue;
        BpSectionContext context = add_section (&build, section, type);
        g_array_append_val (contexts, context);
    }
    number_sections (pack, contexts);
    /* Cover, contents and glossary speak of the other sections and come last. */
    for (int round = 0; round < 2; round++)
        for (guint i = contexts->len; i > 0; i--)
        {
            BpSectionContext *context = &g_array_index (contexts, BpSectionContext, round == 0 ? contexts->len - i : i - 1);
            if (context->type->is_last != (round == 1))
                continue;
            context->type->build (context);
            bp_section_add_unknown_note (context);
        }
    settle_page_starts (pack);
    bp_figures_add (&build);
    if (options == NULL || !options->is_without_sheets)
        bp_sheets_add (&build);
    return pack;
}
