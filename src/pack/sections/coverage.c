#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/sections/section.h"
#include "pack/wording.h"

#define FIRST_MEASURE 3       /* column */
#define MOST_WIDE_MEASURES 13 /* more stand closer */
#define MOST_PORTRAIT_MEASURES 18
#define MOST_MEASURES 30

/* The measures that some recommendation names, in the snapshot's order: the columns of the matrix. */
static GPtrArray *dup_tested_kpis (const BpSnapshot *snapshot)
{
    GPtrArray *kpis = g_ptr_array_new ();

    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        if (kpi->recommendations != NULL && kpi->recommendations->len > 0)
            g_ptr_array_add (kpis, kpi);
    }
    return kpis;
}

static const BpArea *first_area (const BpRecommendation *recommendation)
{
    const BpArea *area = NULL;

    if (recommendation->areas->len > 0)
        area = g_ptr_array_index (recommendation->areas, 0);
    else if (recommendation->actions->len > 0)
        area = ((const BpAction *)g_ptr_array_index (recommendation->actions, 0))->area;
    else if (recommendation->kpis->len > 0)
        area = ((const BpKpi *)g_ptr_array_index (recommendation->kpis, 0))->area;
    while (area != NULL && area->parent != NULL)
        area = area->parent;
    return area;
}

/* The plan's sub-areas or actions that answer it: "1.1", "no action". */
static const char *plan_text (const BpBuild *build, const BpRecommendation *recommendation)
{
    g_autoptr (GPtrArray) refs = g_ptr_array_new ();

    if (recommendation->actions->len == 0)
        return "None";
    for (guint i = 0; i < recommendation->areas->len; i++)
    {
        const BpArea *area = g_ptr_array_index (recommendation->areas, i);
        g_ptr_array_add (
            refs,
            (gpointer)(area->plan == build->main_plan ? area->ref : bp_pack_format (build->pack, "%s %s", area->plan->id, area->ref)));
    }
    if (refs->len == 0)
        return bp_words_refs (build, recommendation->actions, 3);
    return bp_words_joined (build->pack, refs, 3);
}

static void add_finding_row (const BpBuild *build, BpNode *table, const BpRecommendation *recommendation, const GPtrArray *kpis)
{
    BpPack *pack = build->pack;
    bool has_action = recommendation->actions->len > 0;
    bool has_kpi = recommendation->kpis->len > 0;
    BpTableRow *row = bp_pack_add_row (pack, table, has_action && has_kpi ? BP_ROW_PLAIN : BP_ROW_HIGHLIGHT, recommendation->ref);
    guint last = FIRST_MEASURE + kpis->len;

    bp_cell_add_led (pack, &row->cells[0], BP_LINE_MAIN, recommendation->ref,
                     bp_words_is_blank (recommendation->short_title) ? bp_pack_take (pack, bp_text_dup_shortened (recommendation->text, 60))
                                                                     : recommendation->short_title);
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, plan_text (build, recommendation));
    if (has_action)
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_of (recommendation->done_count, (int)recommendation->actions->len));
    else
        bp_cell_add (pack, &row->cells[2], BP_LINE_STRONG, bp_value_count (0));
    for (guint k = 0; k < kpis->len; k++)
    {
        BpKpi *kpi = g_ptr_array_index (kpis, k);
        BpValue dot = bp_value_text (bp_pack_format (pack, "tested by measure %u", k + 1));
        dot.kind = BP_VALUE_DOT;
        if (g_ptr_array_find (recommendation->kpis, kpi, NULL))
            bp_cell_add (pack, &row->cells[FIRST_MEASURE + k], BP_LINE_MAIN, dot);
        else
            bp_cell_add (pack, &row->cells[FIRST_MEASURE + k], BP_LINE_MAIN, bp_value_none ());
    }
    if (!has_action)
        bp_cell_add (pack, &row->cells[last], BP_LINE_MAIN, bp_value_tag ("No action"));
    if (!has_kpi)
        bp_cell_add (pack, &row->cells[last], BP_LINE_MAIN, bp_value_tag ("No measure"));
    if (has_action && has_kpi)
        bp_cell_add_text (pack, &row->cells[last], BP_LINE_SECOND, "–"); /* most rows: words in each would hide the gaps */
    bp_build_mark_printed (build, recommendation);
}

static void add_matrix (BpSectionContext *context, const GPtrArray *kpis)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    guint column_count = FIRST_MEASURE + kpis->len + 1;
    double measure_pt = kpis->len > MOST_WIDE_MEASURES && !context->section->is_landscape ? 12.6 : 14.6;
    BpTableColumn *columns = bp_pack_alloc (pack, sizeof (BpTableColumn) * column_count);
    const BpArea *last = NULL;

    columns[0] = (BpTableColumn){ .title = "Inspection finding", .width_share = 1.0, .is_row_header = true };
    columns[1] = (BpTableColumn){ .title = "Plan" };
    columns[2] = (BpTableColumn){ .title = "Done", .align = BP_ALIGN_RIGHT };
    for (guint k = 0; k < kpis->len; k++)
        columns[FIRST_MEASURE + k]
            = (BpTableColumn){ .title = bp_pack_format (pack, "%u", k + 1), .align = BP_ALIGN_CENTRE, .width_pt = measure_pt };
    columns[column_count - 1] = (BpTableColumn){ .title = "Gap" };
    BpNode *table
        = bp_pack_add_table (pack, context->node, BP_TABLE_FULL, "Findings, the actions that answer them and the measures that test them",
                             columns, (int)column_count);
    table->as.table.footnote
        = "Plan: the part that answers the finding. Done: actions complete. A dot: that measure tests it. A dash: no gap.";
    for (guint i = 0; i < snapshot->recommendations->len; i++)
    {
        const BpRecommendation *recommendation = g_ptr_array_index (snapshot->recommendations, i);
        const BpArea *area = first_area (recommendation);
        if (area != NULL && area != last)
            bp_pack_add_group_row (pack, table, bp_words_area_short_heading (build, area), NULL);
        if (area != NULL)
            last = area;
        add_finding_row (build, table, recommendation, kpis);
    }
}

static bool shares_actions (const BpRecommendation *a, const BpRecommendation *b)
{
    return a->areas->len > 0 && b->areas->len > 0 && g_ptr_array_index (a->areas, 0) == g_ptr_array_index (b->areas, 0)
           && a->actions->len == b->actions->len;
}

/* "4a, 4b and 4c share the 16 actions of 4. ": each with all that share with it, once. */
static void add_shared (const BpBuild *build, GString *text)
{
    const GPtrArray *recommendations = build->snapshot->recommendations;
    BpPack *pack = build->pack;
    g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < recommendations->len; i++)
    {
        const BpRecommendation *first = g_ptr_array_index (recommendations, i);
        g_autoptr (GPtrArray) refs = g_ptr_array_new ();
        for (guint j = i; j < recommendations->len; j++)
        {
            const BpRecommendation *other = g_ptr_array_index (recommendations, j);
            if (!g_hash_table_contains (told, other) && shares_actions (first, other))
            {
                g_ptr_array_add (refs, (gpointer)other->ref);
                g_hash_table_add (told, (gpointer)other);
            }
        }
        if (refs->len > 1)
            g_string_append_printf (text, "%s share the %s of %s. ", bp_words_joined (pack, refs, 0),
                                    bp_words_count (pack, (int)first->actions->len, "action", "actions"), plan_text (build, first));
    }
}

/* "Also: measures K06 have no action; 2b and 2d share the four actions of 2.2." */
static void add_also (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) without_action = g_ptr_array_new ();
    g_autoptr (GPtrArray) without_finding = g_ptr_array_new ();
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        bool has_finding = kpi->recommendations != NULL && kpi->recommendations->len > 0;
        bool is_answered = kpi->actions != NULL && kpi->actions->len > 0;
        for (guint r = 0; has_finding && !is_answered && r < kpi->recommendations->len; r++)
            is_answered = ((const BpRecommendation *)g_ptr_array_index (kpi->recommendations, r))->actions->len > 0;
        if (has_finding && !is_answered)
            g_ptr_array_add (without_action, (gpointer)kpi->short_title);
        if (!has_finding)
            g_ptr_array_add (without_finding, (gpointer)kpi->short_title);
    }
    if (without_action->len > 0)
        g_string_append_printf (text, "%s %s no action. ", bp_words_joined (pack, without_action, 0),
                                bp_words_pick ((int)without_action->len, "has", "have"));
    if (without_finding->len > 0)
        g_string_append_printf (text, "%u %s no finding: %s. ", without_finding->len,
                                bp_words_pick ((int)without_finding->len, "measure tests", "measures test"),
                                bp_words_joined (pack, without_finding, 3));
    add_shared (build, text);
    if (text->len == 0)
        return;
    g_string_truncate (text, text->len - 1);
    BpNode *paragraph = bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_CAPTION, text->str);
    paragraph->as.paragraph.lead_in = "Also:";
}

static void set_headline (BpSectionContext *context, const GPtrArray *kpis, int without_action, int without_kpi)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    int total = (int)build->snapshot->recommendations->len;

    if (without_action == 0 && without_kpi == 0)
        bp_section_set_headline (context, total == 1 ? "The one finding has an action and a measure"
                                                     : bp_pack_format (pack, "All %d findings have an action and a measure", total));
    else if (without_action == 0)
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "Every finding has an action, %s %s no measure",
                                                 bp_words_number (pack, without_kpi, false), bp_words_pick (without_kpi, "has", "have")));
    else if (without_kpi == 0)
        bp_section_set_headline (context, bp_pack_format (pack, "%s %s no action", bp_words_number (pack, without_action, true),
                                                          bp_words_pick (without_action, "finding has", "findings have")));
    else
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "%s %s no action, %s no measure", bp_words_number (pack, without_action, true),
                                                 bp_words_pick (without_action, "finding has", "findings have"),
                                                 bp_words_number (pack, without_kpi, false)));
    bp_section_set_message (context, bp_pack_format (pack, "%d of %d %s no action, %d no measure", without_action, total,
                                                     bp_words_pick (without_action, "has", "have"), without_kpi));
    const char *them = bp_words_pick (total, "it", "them");
    context->section->subtitle = bp_pack_format (pack, "%s, the actions that answer %s and the %s %s",
                                                 bp_words_count (pack, total, "inspection finding", "inspection findings"), them,
                                                 bp_words_count (pack, (int)kpis->len, "measure that tests", "measures that test"), them);
}

void bp_section_build_coverage (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) kpis = dup_tested_kpis (snapshot);
    guint tested = kpis->len;
    int without_action = 0;
    int without_kpi = 0;

    bp_section_set_headline (context, NULL);
    if (snapshot->recommendations->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    for (guint i = 0; i < snapshot->recommendations->len; i++)
    {
        const BpRecommendation *recommendation = g_ptr_array_index (snapshot->recommendations, i);
        without_action += recommendation->actions->len == 0;
        without_kpi += recommendation->kpis->len == 0;
    }
    set_headline (context, kpis, without_action, without_kpi);
    if (tested > MOST_MEASURES)
        g_ptr_array_set_size (kpis, MOST_MEASURES);
    if (kpis->len > MOST_PORTRAIT_MEASURES && bp_section_layout_find (context->options, "orientation") == NULL)
        context->section->is_landscape = true;
    add_matrix (context, kpis);
    if (tested > kpis->len)
        bp_pack_add_paragraph (
            pack, context->node, BP_PARAGRAPH_CAPTION,
            bp_pack_format (pack, "%u of %u measures have a column; all are in the workbook, sheet Coverage.", kpis->len, tested));
    if (kpis->len > 0)
    {
        bp_pack_add_heading (pack, context->node, 3, kpis->len == 1 ? "The measure" : bp_pack_format (pack, "The %u measures", kpis->len),
                             NULL);
        BpNode *list = bp_pack_add_list (pack, context->node, BP_LIST_DEFINITIONS);
        for (guint k = 0; k < kpis->len; k++)
            bp_pack_add_entry (pack, list, bp_pack_format (pack, "%u", k + 1), ((const BpKpi *)g_ptr_array_index (kpis, k))->short_title);
    }
    add_also (context);
}
