#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/kpi_limits.h"
#include "pack/kpi_view.h"
#include "pack/release.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- KPIs ---- */

static const BpSheetColumn kpi_columns[] = {
    { "KPI", BP_SHEET_TEXT, 10 },
    { "Title", BP_SHEET_TEXT, 50 },
    { "Short title", BP_SHEET_TEXT, 30 },
    { "Area", BP_SHEET_TEXT, 30 },
    { "Unit", BP_SHEET_TEXT, 12 },
    { "Better", BP_SHEET_TEXT, 18 },
    { "Period kind", BP_SHEET_TEXT, 16 },
    { "Baseline", BP_SHEET_NUMBER, 12 },
    { "Baseline period", BP_SHEET_TEXT, 16 },
    { "Latest", BP_SHEET_NUMBER, 12 },
    { "Latest numerator (n)", BP_SHEET_NUMBER, 12 },
    { "Latest denominator (d)", BP_SHEET_NUMBER, 12 },
    { "Latest period", BP_SHEET_TEXT, 16 },
    { "Target", BP_SHEET_NUMBER, 12 },
    { "Target period", BP_SHEET_TEXT, 16 },
    { "On baseline", BP_SHEET_TEXT, 14 },
    { "Change on baseline (unit, points for percentages)", BP_SHEET_NUMBER, 16 },
    { "On previous period", BP_SHEET_TEXT, 14 },
    { "Change on previous period", BP_SHEET_NUMBER, 16 },
    { "Target met", BP_SHEET_TEXT, 10 },
    { "Stale", BP_SHEET_TEXT, 8 },
    { "Variation of the latest value", BP_SHEET_TEXT, 30 },
    { "Target against the limits", BP_SHEET_TEXT, 30 },
    { "Mean", BP_SHEET_NUMBER, 12 },
    { "Lower limit", BP_SHEET_NUMBER, 12 },
    { "Upper limit", BP_SHEET_NUMBER, 12 },
    { "Limits set on", BP_SHEET_TEXT, 30 },
    { "Headline", BP_SHEET_TEXT, 10 },
    { "Actions that name it (number)", BP_SHEET_COUNT, 12 },
    { "Owner", BP_SHEET_TEXT, 24 },
    { "Source", BP_SHEET_TEXT, 30 },
    { "Definition", BP_SHEET_TEXT, 60 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

/* The bare number: units stand in a column of their own. */
static BpValue bare (BpValue value)
{
    if (value.kind == BP_VALUE_NONE)
        return bp_value_shorthand ("[z]");
    if (value.kind == BP_VALUE_NUMBER)
        value.unit = value.figure != NULL ? value.unit : NULL;
    return value;
}

static BpValue part (const BpBuild *build, const BpKpiValue *value, bool is_numerator)
{
    if (value == NULL)
        return bp_value_shorthand ("[x]");
    if (bp_release_hides_value (build->release, value))
        return bp_value_shorthand ("[c]");
    if (!value->has_share)
        return bp_value_shorthand ("[x]");
    return bp_value_number (is_numerator ? value->numerator : value->denominator, 0, NULL);
}

/* The change on the period before, unless either end is hidden. */
static void fill_previous (const BpBuild *build, BpValue *word, BpValue *change, const BpKpi *kpi)
{
    bool is_hidden = bp_release_hides_value (build->release, kpi->latest) || bp_release_hides_value (build->release, kpi->previous);

    if (is_hidden)
    {
        *word = bp_value_shorthand ("[c]");
        *change = bp_value_shorthand ("[c]");
        return;
    }
    bool is_known = kpi->on_previous.movement != BP_MOVEMENT_NONE;
    *word = is_known ? bp_value_text (bp_movement_word (kpi->on_previous.movement)) : bp_value_shorthand ("[x]");
    *change = is_known ? bp_kpi_change (kpi, kpi->on_previous.change, kpi->latest != NULL ? kpi->latest->decimals : 0)
                       : bp_value_shorthand ("[x]");
    change->unit = NULL;
}

static const char *slot_period (const BpBuild *build, const BpKpiLimits *limits, int slot)
{
    return bp_pack_take (
        build->pack, bp_period_dup_text (&g_array_index (limits->slots, BpKpiSlot, slot).period, &build->snapshot->programme->calendar));
}

/* Six cells: what the limits of the latest value say, and the limits themselves. */
static void fill_limits (const BpBuild *build, BpValue *cells, const BpKpi *kpi)
{
    const BpKpiLimits *limits = bp_kpi_limits (build, kpi);
    const BpSpcStretch *stretch = bp_kpi_limits_latest (limits);
    int decimals = bp_kpi_limits_decimals (limits);

    cells[0] = bp_sheet_text (build, limits->variation_word, "[z]");
    cells[1] = bp_sheet_text (build, limits->assurance_word, "[z]");
    for (int i = 2; i < 6; i++)
        cells[i] = bp_value_shorthand ("[z]");
    if (stretch == NULL)
        return;
    cells[2] = bp_value_number (stretch->mean, decimals, NULL);
    cells[3] = bp_value_number (stretch->lower, decimals, NULL);
    cells[4] = bp_value_number (stretch->upper, decimals, NULL);
    cells[5] = bp_value_text (bp_pack_format (build->pack, "%s to %s", slot_period (build, limits, stretch->base_first),
                                              slot_period (build, limits, stretch->base_last)));
}

static void fill_kpi_row (const BpBuild *build, BpValue *cells, const BpKpi *kpi)
{
    const BpKpiView *view = bp_kpi_view (build, kpi);
    bool is_known = kpi->latest != NULL && kpi->latest->has_value && !view->is_hidden;

    cells[0] = bp_sheet_text (build, kpi->id, "[x]");
    cells[1] = bp_sheet_text (build, kpi->title, "[x]");
    cells[2] = bp_sheet_text (build, kpi->short_title, "[x]");
    cells[3] = kpi->area != NULL ? bp_value_text (bp_words_area_heading (build, kpi->area)) : bp_value_shorthand ("[z]");
    cells[4] = bp_value_text (bp_unit_words (kpi->unit));
    cells[5] = bp_value_text (bp_polarity_words (kpi->polarity));
    cells[6] = kpi->period_kind != BP_PERIOD_NONE ? bp_value_text (bp_period_kind_words (kpi->period_kind)) : bp_value_shorthand ("[x]");
    cells[7] = bare (view->baseline);
    cells[8] = kpi->has_baseline ? bp_value_text (view->baseline_period) : bp_value_shorthand ("[x]");
    cells[9] = bare (view->latest);
    cells[10] = part (build, kpi->latest, true);
    cells[11] = part (build, kpi->latest, false);
    cells[12] = bp_sheet_text (build, view->latest_period, "[x]");
    cells[13] = bare (view->target);
    cells[14] = kpi->has_target ? bp_sheet_text (build, kpi->target_period_text, "[x]") : bp_value_shorthand ("[x]");
    cells[15] = view->movement.text != NULL && view->is_compared ? bp_value_text (view->movement.text)
                                                                 : bp_value_shorthand (view->is_hidden ? "[c]" : "[x]");
    cells[16] = view->is_compared ? view->change : bp_value_shorthand (view->is_hidden ? "[c]" : "[x]");
    cells[16].unit = NULL;
    fill_previous (build, &cells[17], &cells[18], kpi);
    const BpTargetState target = bp_kpi_target_state (build, kpi);
    cells[19] = target == BP_TARGET_MET || target == BP_TARGET_MISSED
                    ? bp_value_yes_no (target == BP_TARGET_MET)
                    : bp_value_shorthand (view->is_hidden                            ? "[c]"
                                          : target == BP_TARGET_UNTESTED && is_known ? "[x]"
                                                                                     : "[z]");
    cells[20] = kpi->latest != NULL ? bp_value_yes_no (kpi->is_stale) : bp_value_shorthand ("[z]");
    fill_limits (build, &cells[21], kpi);
    cells[27] = bp_value_yes_no (kpi->is_headline);
    cells[28] = bp_value_count (kpi->actions != NULL ? kpi->actions->len : 0);
    cells[29] = bp_sheet_text (build, kpi->owner, "[x]");
    cells[30] = bp_sheet_text (build, kpi->source_text, "[x]");
    cells[31] = bp_sheet_text (build, kpi->definition, "[x]");
    cells[32] = bp_sheet_in_pack (build, kpi);
}

void bp_sheet_build_kpis (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "KPIs", "Measures", "Each measure with baseline, latest value, target and movement",
                                        kpi_columns, G_N_ELEMENTS (kpi_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_KPIS);
    bp_sheet_add_note (build, sheet,
                       "Percentages are in per cent. Changes of percentages are in percentage points, computed before rounding.");
    bp_sheet_add_note (build, sheet,
                       "Limits (XmR): mean ± 2.66 × average moving range, for measures with enough values in a row. Hidden values are left "
                       "out of them.");
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        BpValue *cells = bp_sheet_add_row (build->pack, sheet);
        fill_kpi_row (build, cells, kpi);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_KPIS, kpi->local, false);
    }
}

/* ---- KPI_Values ---- */

static const BpSheetColumn value_columns[] = {
    { "KPI", BP_SHEET_TEXT, 10 },
    { "Short title", BP_SHEET_TEXT, 30 },
    { "Period", BP_SHEET_TEXT, 18 },
    { "Period begins", BP_SHEET_DATE, 20 },
    { "Period ends", BP_SHEET_DATE, 20 },
    { "Geography", BP_SHEET_TEXT, 16 },
    { "Series", BP_SHEET_TEXT, 12 },
    { "Breakdown", BP_SHEET_TEXT, 16 },
    { "Category", BP_SHEET_TEXT, 16 },
    { "Unit", BP_SHEET_TEXT, 12 },
    { "Value", BP_SHEET_NUMBER, 12 },
    { "Numerator (n)", BP_SHEET_NUMBER, 12 },
    { "Denominator (d)", BP_SHEET_NUMBER, 12 },
    { "Published", BP_SHEET_DATE, 20 },
    { "Flag", BP_SHEET_TEXT, 10 },
    { "Special cause", BP_SHEET_TEXT, 26 },
    { "Note", BP_SHEET_TEXT, 40 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

static const char *series_word (BpSeriesKind series)
{
    switch (series)
    {
    case BP_SERIES_ACTUAL:
        return "Actual";
    case BP_SERIES_PROJECTED:
        return "Projected";
    case BP_SERIES_TARGET:
        return "Target";
    }
    g_assert_not_reached ();
}

/* Of a value of the series that has limits: why it is no chance, or "None". */
static BpValue special_cause (const BpBuild *build, const BpKpi *kpi, const BpKpiValue *value)
{
    const BpKpiLimits *limits = bp_kpi_limits (build, kpi);

    if (bp_release_hides_value (build->release, value))
        return bp_value_shorthand ("[c]");
    for (int i = 0; limits->spc != NULL && i < limits->spc->point_count; i++)
    {
        const BpSpcPoint *point = &limits->spc->points[i];
        if (g_array_index (limits->slots, BpKpiSlot, i).value != value || point->meaning == BP_SPC_PLAIN)
            continue;
        return bp_value_text (point->cause == BP_SPC_CAUSE_NONE ? "None" : bp_kpi_cause_words (build->pack, point));
    }
    return bp_value_shorthand ("[z]");
}

static void fill_value_row (const BpBuild *build, BpValue *cells, const BpKpi *kpi, const BpKpiValue *value)
{
    const char *geography = bp_words_is_blank (value->geography) ? build->snapshot->programme->geography : value->geography;
    const char *flag = bp_kpi_flag (value);
    bool is_hidden = bp_release_hides_value (build->release, value);
    BpValue number = bp_kpi_value (build, kpi, value);

    number.unit = NULL;
    cells[0] = bp_sheet_text (build, kpi->id, "[x]");
    cells[1] = bp_sheet_text (build, kpi->short_title, "[x]");
    cells[2] = bp_sheet_text (build, bp_kpi_period (build, value), "[x]");
    cells[3] = bp_sheet_date (value->period.kind != BP_PERIOD_NONE ? value->period.first : BP_DATE_NONE, "[x]");
    cells[4] = bp_sheet_date (value->period.kind != BP_PERIOD_NONE ? value->period.last : BP_DATE_NONE, "[x]");
    cells[5] = bp_sheet_text (build, geography, "[x]");
    cells[6] = bp_value_text (series_word (value->series));
    cells[7] = bp_sheet_text (build, value->breakdown, "[z]");
    cells[8] = bp_sheet_text (build, value->category, "[z]");
    cells[9] = bp_value_text (bp_unit_words (kpi->unit));
    cells[10] = bp_pack_value (build->pack, number);
    cells[11] = part (build, value, true);
    cells[12] = part (build, value, false);
    cells[13] = bp_sheet_date (value->published, "[x]");
    cells[14] = flag != NULL ? bp_value_shorthand (flag) : bp_value_shorthand ("[z]");
    cells[15] = special_cause (build, kpi, value);
    /* A note may quote the very figure that is hidden. */
    cells[16] = is_hidden ? bp_value_shorthand ("[c]") : bp_sheet_text (build, value->note, "[z]");
    /* wherever a measure is printed, its latest value is */
    cells[17] = bp_sheet_in_pack (build, value == kpi->latest ? (gconstpointer)kpi : value);
}

void bp_sheet_build_kpi_values (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpSheet *sheet = bp_pack_add_sheet (build->pack, "KPI_Values", "Values of the measures",
                                        "Every value: one row for each measure, period, place and category", value_columns,
                                        G_N_ELEMENTS (value_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_KPI_VALUES);
    bp_sheet_add_note (build, sheet, "Flags: [p] provisional, [r] revised, [e] estimated, [b] break in the series.");
    for (guint i = 0; i < snapshot->kpis->len; i++)
    {
        const BpKpi *kpi = g_ptr_array_index (snapshot->kpis, i);
        for (guint j = 0; j < kpi->values->len; j++)
        {
            const BpKpiValue *value = g_ptr_array_index (kpi->values, j);
            BpValue *cells = bp_sheet_add_row (build->pack, sheet);
            fill_value_row (build, cells, kpi, value);
            /* As a note, a local cell may quote the very figure that is hidden. */
            bp_sheet_fill_local (build, sheet, cells, BP_TABLE_KPI_VALUES, value->local, bp_release_hides_value (build->release, value));
        }
    }
}

/* ---- Coverage ---- */

static const BpSheetColumn coverage_columns[] = {
    { "Ref", BP_SHEET_TEXT, 10 },
    { "Recommendation", BP_SHEET_TEXT, 60 },
    { "Short title", BP_SHEET_TEXT, 30 },
    { "Source", BP_SHEET_TEXT, 30 },
    { "Areas", BP_SHEET_TEXT, 16 },
    { "Actions (number)", BP_SHEET_COUNT, 12 },
    { "Actions complete (number)", BP_SHEET_COUNT, 12 },
    { "Measures", BP_SHEET_TEXT, 24 },
    { "Measures (number)", BP_SHEET_COUNT, 12 },
    { "Gap", BP_SHEET_TEXT, 24 },
    { "In this pack's PDF", BP_SHEET_TEXT, 12 },
};

static const char *gap_text (const BpRecommendation *recommendation)
{
    bool has_action = recommendation->actions->len > 0;
    bool has_kpi = recommendation->kpis->len > 0;

    if (!has_action && !has_kpi)
        return "No action, no measure";
    if (!has_action)
        return "No action";
    return has_kpi ? "None" : "No measure";
}

void bp_sheet_build_coverage (const BpBuild *build)
{
    const BpSnapshot *snapshot = build->snapshot;
    BpPack *pack = build->pack;
    BpSheet *sheet = bp_pack_add_sheet (pack, "Coverage", "Coverage of the recommendations",
                                        "Recommendations, the actions that answer them, the measures that test them", coverage_columns,
                                        G_N_ELEMENTS (coverage_columns));

    bp_sheet_add_local_columns (build, sheet, BP_TABLE_RECOMMENDATIONS);
    for (guint i = 0; i < snapshot->recommendations->len; i++)
    {
        const BpRecommendation *recommendation = g_ptr_array_index (snapshot->recommendations, i);
        BpValue *cells = bp_sheet_add_row (pack, sheet);
        g_autoptr (GPtrArray) areas = g_ptr_array_new ();
        g_autoptr (GPtrArray) kpis = g_ptr_array_new ();
        for (guint j = 0; j < recommendation->areas->len; j++)
            g_ptr_array_add (areas, (gpointer)((const BpArea *)g_ptr_array_index (recommendation->areas, j))->key);
        for (guint j = 0; j < recommendation->kpis->len; j++)
            g_ptr_array_add (kpis, (gpointer)((const BpKpi *)g_ptr_array_index (recommendation->kpis, j))->id);
        cells[0] = bp_sheet_text (build, recommendation->ref, "[x]");
        cells[1] = bp_sheet_text (build, recommendation->text, "[x]");
        cells[2] = bp_sheet_text (build, recommendation->short_title, "[x]");
        cells[3] = bp_sheet_text (build, recommendation->source_text, "[x]");
        cells[4] = bp_sheet_text (build, bp_words_joined (pack, areas, 0), "[z]");
        cells[5] = bp_value_count (recommendation->actions->len);
        cells[6] = bp_value_count (recommendation->done_count);
        cells[7] = bp_sheet_text (build, bp_words_joined (pack, kpis, 0), "[z]");
        cells[8] = bp_value_count (recommendation->kpis->len);
        cells[9] = bp_value_text (gap_text (recommendation));
        cells[10] = bp_sheet_in_pack (build, recommendation);
        bp_sheet_fill_local (build, sheet, cells, BP_TABLE_RECOMMENDATIONS, recommendation->local, false);
    }
}
