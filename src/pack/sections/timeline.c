#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/section.h"
#include "pack/sections/timeline_lanes.h"
#include "pack/timeline_words.h"
#include "pack/wording.h"

/* What falls due in one month, by the approved date. */
typedef struct
{
    int year, month;
    GPtrArray *done, *open; /* of BpAction */
} Month;

static void clear_month (gpointer data)
{
    Month *month = data;

    g_ptr_array_unref (month->done);
    g_ptr_array_unref (month->open);
}

static int month_number (BpDate date)
{
    int year, month, day;

    bp_date_split (date, &year, &month, &day);
    return year * 12 + month - 1;
}

/* Every month from the first to the last that has one, empty ones too. */
static GArray *gather_months (const GPtrArray *actions)
{
    GArray *months = g_array_new (FALSE, TRUE, sizeof (Month));
    int first = G_MAXINT;
    int last = G_MININT;

    g_array_set_clear_func (months, clear_month);
    for (guint i = 0; i < actions->len; i++)
    {
        BpDate date = bp_action_timeline_date (g_ptr_array_index (actions, i));
        if (date == BP_DATE_NONE)
            continue;
        first = MIN (first, month_number (date));
        last = MAX (last, month_number (date));
    }
    for (int number = first; first != G_MAXINT && number <= last; number++)
    {
        Month month = { .year = number / 12, .month = number % 12 + 1, .done = g_ptr_array_new (), .open = g_ptr_array_new () };
        g_array_append_val (months, month);
    }
    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        BpDate date = bp_action_timeline_date (action);
        if (date == BP_DATE_NONE)
            continue;
        Month *month = &g_array_index (months, Month, month_number (date) - first);
        g_ptr_array_add (action->is_done ? month->done : month->open, action);
    }
    return months;
}

static const char *month_name (const BpBuild *build, const Month *month)
{
    return bp_pack_format (build->pack, "%s %d", bp_month_name (month->month), month->year);
}

static void add_refs_cell (const BpBuild *build, BpCell *cell, const GPtrArray *actions)
{
    const char *refs = bp_words_refs (build, actions, 24);

    bp_cell_add_text (build->pack, cell, refs != NULL ? BP_LINE_MAIN : BP_LINE_SECOND, refs != NULL ? refs : "None");
}

static void add_month_row (const BpBuild *build, BpNode *table, const Month *month)
{
    BpPack *pack = build->pack;
    guint total = month->done->len + month->open->len;
    guint overdue = 0;
    int as_of_month = month_number (build->snapshot->as_of);
    int number = month->year * 12 + month->month - 1;
    BpTableRow *row = bp_pack_add_row (pack, table, number == as_of_month ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, NULL);

    bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, month_name (build, month));
    if (number == as_of_month)
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, "the month of this pack");
    bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN,
                 total > 0 ? bp_value_of ((int)month->done->len, (int)total) : bp_value_shorthand ("[z]"));
    add_refs_cell (build, &row->cells[2], month->done);
    add_refs_cell (build, &row->cells[3], month->open);
    for (guint i = 0; i < month->open->len; i++)
    {
        const BpAction *action = g_ptr_array_index (month->open, i);
        overdue += action->is_overdue;
    }
    if (overdue > 0)
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_ALARM,
                          overdue == month->open->len ? "overdue" : bp_pack_format (pack, "%u of these overdue", overdue));
}

static BpNode *new_table (const BpBuild *build, const GArray *months, const GPtrArray *undated)
{
    const BpTableColumn columns[] = {
        { .title = "Month", .width_pt = 104.0, .is_row_header = true },
        { .title = "Done", .align = BP_ALIGN_RIGHT, .width_pt = 56.0 },
        { .title = "Complete", .width_share = 1.0 },
        { .title = "Still open", .width_share = 1.0 },
    };
    BpPack *pack = build->pack;
    BpNode *table = bp_pack_new_table (pack, BP_TABLE_FULL, "Actions by the month of their approved date", columns, G_N_ELEMENTS (columns));
    int year = 0;

    for (guint i = 0; i < months->len; i++)
    {
        const Month *month = &g_array_index (months, Month, i);
        int due = 0;
        int done = 0;
        for (guint j = i; month->year != year && j < months->len && g_array_index (months, Month, j).year == month->year; j++)
        {
            done += (int)g_array_index (months, Month, j).done->len;
            due += (int)(g_array_index (months, Month, j).done->len + g_array_index (months, Month, j).open->len);
        }
        if (month->year != year)
            bp_pack_add_group_row (pack, table, bp_pack_format (pack, "%d", month->year),
                                   bp_pack_format (pack, "%d due, %d complete", due, done));
        year = month->year;
        if (month->done->len + month->open->len > 0)
            add_month_row (build, table, month);
    }
    if (undated->len > 0)
    {
        Month none = { .done = g_ptr_array_new (), .open = g_ptr_array_new () };
        for (guint i = 0; i < undated->len; i++)
        {
            BpAction *action = g_ptr_array_index (undated, i);
            g_ptr_array_add (action->is_done ? none.done : none.open, action);
        }
        bp_pack_add_group_row (pack, table, "No date", bp_pack_format (pack, "%u without a date", undated->len));
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, "No date");
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, bp_value_of ((int)none.done->len, (int)undated->len));
        add_refs_cell (build, &row->cells[2], none.done);
        add_refs_cell (build, &row->cells[3], none.open);
        clear_month (&none);
    }
    table->as.table.footnote = "An action stands in the month of its approved date; a repeating one at the next date that is not done.";
    return table;
}

/* How many have each status, in the order of the scale. */
static void fill_series (const BpBuild *build, BpChart *chart, const GPtrArray *actions)
{
    BpPack *pack = build->pack;
    BpActionCounts counts = bp_snapshot_count (build->snapshot, actions);
    const char **categories = bp_pack_alloc (pack, sizeof (char *));

    categories[0] = "Actions";
    chart->categories = categories;
    chart->category_count = 1;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * MAX (build->statuses->len, 1));
    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        int count = bp_counts_of (&counts, status);
        if (count == 0)
            continue;
        double *value = bp_pack_alloc (pack, sizeof (double));
        *value = count;
        chart->series[chart->series_count++]
            = (BpChartSeries){ .name = bp_pack_text (pack, status->label), .values = value, .mark = bp_mark_of_status (status) };
    }
    bp_action_counts_clear (&counts);
}

/* "One mark for each of the 69 actions, in the month of its approved date. 3.3.6 has no date in the plan and needs one." */
static const char *caption_text (const BpBuild *build, const GPtrArray *actions)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) needy = g_ptr_array_new ();
    const char *marks
        = actions->len == 1 ? "The mark of the one action" : bp_pack_format (pack, "One mark for each of the %u actions", actions->len);
    const char *undated = "";
    bool repeats = false;

    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (action->is_undated)
            g_ptr_array_add (needy, action);
        repeats = repeats || (action->timeframe.kind == BP_TIMEFRAME_RECURRING && !action->is_done);
    }
    if (needy->len > 0)
        undated = bp_pack_format (pack, " %s %s no date in the plan and %s one.", bp_words_refs (build, needy, 6),
                                  bp_words_pick ((int)needy->len, "has", "have"), bp_words_pick ((int)needy->len, "needs", "need"));
    const char *late = bp_words_disagreeing_refs (build, actions);
    return bp_pack_format (pack, "%s, in the month of its approved date%s.%s%s%s Every date stands in the workbook, sheet Actions.", marks,
                           repeats ? "; a repeating one at the next date that is not done" : "", undated, late != NULL ? " " : "",
                           late != NULL ? late : "");
}

/* The busiest month to come: what the reader should be ready for. */
static const Month *find_busiest (const BpBuild *build, const GArray *months)
{
    const Month *busiest = NULL;
    int as_of_month = month_number (build->snapshot->as_of);

    for (guint i = 0; i < months->len; i++)
    {
        const Month *month = &g_array_index (months, Month, i);
        if (month->year * 12 + month->month - 1 <= as_of_month)
            continue;
        if (month->open->len > 0 && (busiest == NULL || month->open->len > busiest->open->len))
            busiest = month;
    }
    return busiest;
}

/* Not every action in the column "No date" lacks one: "1 without a date, 1 on-going, 2 complete in the plan"; NULL if all have dates. */
static const char *undated_words (const BpBuild *build, const GPtrArray *undated)
{
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    guint needy = 0, done = 0;

    for (guint i = 0; i < undated->len; i++)
    {
        const BpAction *action = g_ptr_array_index (undated, i);
        needy += action->is_undated;
        done += action->is_done;
    }
    const guint ongoing = undated->len - needy - done;
    if (needy > 0)
        g_ptr_array_add (words, (gpointer)bp_pack_format (pack, "%u without a date", needy));
    if (ongoing > 0)
        g_ptr_array_add (words, (gpointer)bp_pack_format (pack, "%u on-going", ongoing));
    if (done > 0)
        g_ptr_array_add (words, (gpointer)bp_pack_format (pack, "%u complete in the plan", done));
    return words->len > 0 ? bp_words_joined (pack, words, 0) : NULL;
}

static void set_headline (BpSectionContext *context, const GPtrArray *actions, const GArray *months, const GPtrArray *undated)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const Month *busiest = find_busiest (build, months);

    if (busiest != NULL)
    {
        int count = (int)busiest->open->len;
        const char *when = month_name (build, busiest);
        bp_section_set_headline (context,
                                 bp_pack_format (pack, "%s %s %s due in %s", bp_words_number (pack, count, true),
                                                 bp_section_noun (context, actions, count), bp_words_pick (count, "falls", "fall"), when));
        bp_section_set_message (context, bp_pack_format (pack, "%d due in %s", count, when));
    }
    else
    {
        bp_section_set_headline (context, NULL);
        bp_section_set_message (context, "Nothing falls due after this month");
    }
    const char *rest = undated_words (build, undated);
    rest = rest != NULL ? rest : "all with a date";
    if (bp_section_is_whole (context, actions))
        context->section->subtitle = bp_pack_format (pack, "%s: %s", bp_words_count (pack, (int)actions->len, "action", "actions"), rest);
    else
        context->section->subtitle = bp_pack_format (pack, "%d of %s: the %s; %s", (int)actions->len,
                                                     bp_words_count (pack, build->snapshot->counts.total, "action", "actions"),
                                                     bp_section_noun (context, actions, (int)actions->len), rest);
}

void bp_section_build_timeline (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    g_autoptr (GPtrArray) actions = bp_section_dup_actions (context);
    g_autoptr (GPtrArray) undated = g_ptr_array_new ();

    bp_section_set_headline (context, NULL);
    if (actions->len == 0)
    {
        bp_section_add_standing (context, NULL);
        return;
    }
    g_autoptr (GArray) months = gather_months (actions);
    for (guint i = 0; i < actions->len; i++)
    {
        BpAction *action = g_ptr_array_index (actions, i);
        if (bp_action_timeline_date (action) == BP_DATE_NONE)
            g_ptr_array_add (undated, action);
        bp_build_mark_printed (build, action);
    }
    set_headline (context, actions, months, undated);
    BpTimeline *timeline = bp_timeline_new (build, actions);
    g_autofree char *alternative = bp_timeline_dup_alternative (timeline, false);
    BpNode *node = bp_pack_add_chart (pack, context->node, BP_CHART_TIMELINE, NULL, NULL, alternative);
    timeline->caption = caption_text (build, actions);
    node->as.chart.timeline = timeline;
    fill_series (build, &node->as.chart, actions);
    node->as.chart.table = new_table (build, months, undated);
}
