#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/kpi_limits.h"
#include "pack/kpi_view.h"
#include "pack/release.h"
#include "pack/sheets/sheet_cells.h"
#include "pack/sheets/sheet_table.h"
#include "pack/wording.h"

/* ---- KPIs ---- */

/* In the order in which they are read: what stands first is printed. */
enum
{
    KPI_ID,
    KPI_TITLE,
    KPI_AREA,
    KPI_UNIT,
    KPI_BASELINE,
    KPI_BASELINE_PERIOD,
    KPI_LATEST,
    KPI_LATEST_PERIOD,
    KPI_ON_BASELINE,
    KPI_CHANGE,
    KPI_TARGET,
    KPI_TARGET_PERIOD,
    KPI_TARGET_MET,
    KPI_IN_PACK,
    KPI_HEADLINE,
    KPI_STALE,
    KPI_BETTER,
    KPI_OWNER,
    KPI_PREVIOUS,
    KPI_PREVIOUS_CHANGE,
    KPI_NUMERATOR,
    KPI_DENOMINATOR,
    KPI_VARIATION,
    KPI_ASSURANCE,
    KPI_MEAN,
    KPI_LOWER_LIMIT,
    KPI_UPPER_LIMIT,
    KPI_LIMITS_SET_ON,
    KPI_ACTIONS,
    KPI_SOURCE,
    KPI_DEFINITION,
    KPI_SHORT_TITLE,
    KPI_PERIOD_KIND
};
static const BpSheetColumn kpi_columns[] = {
    [KPI_ID] = { "KPI", BP_SHEET_TEXT, 6 },
    [KPI_TITLE] = { "Title", BP_SHEET_TEXT, 36 },
    [KPI_AREA] = { "Area", BP_SHEET_TEXT, 22 },
    [KPI_UNIT] = { "Unit", BP_SHEET_TEXT, 9 },
    [KPI_BASELINE] = { "Baseline", BP_SHEET_NUMBER, 10 },
    [KPI_BASELINE_PERIOD] = { "Baseline period", BP_SHEET_TEXT, 12 },
    [KPI_LATEST] = { "Latest", BP_SHEET_NUMBER, 8 },
    [KPI_LATEST_PERIOD] = { "Latest period", BP_SHEET_TEXT, 12 },
    [KPI_ON_BASELINE] = { "On baseline", BP_SHEET_TEXT, 11 },
    [KPI_CHANGE] = { "Change on baseline (unit, points for percentages)", BP_SHEET_NUMBER, 13 },
    [KPI_TARGET] = { "Target", BP_SHEET_NUMBER, 8 },
    [KPI_TARGET_PERIOD] = { "Target period", BP_SHEET_TEXT, 12 },
    [KPI_TARGET_MET] = { "Target met", BP_SHEET_TEXT, 8 },
    [KPI_IN_PACK] = { "In this pack's PDF", BP_SHEET_TEXT, 10 },
    [KPI_HEADLINE] = { "Headline", BP_SHEET_TEXT, 9 },
    [KPI_STALE] = { "Stale", BP_SHEET_TEXT, 8 },
    [KPI_BETTER] = { "Better", BP_SHEET_TEXT, 14 },
    [KPI_OWNER] = { "Owner", BP_SHEET_TEXT, 22 },
    [KPI_PREVIOUS] = { "On previous period", BP_SHEET_TEXT, 12 },
    [KPI_PREVIOUS_CHANGE] = { "Change on previous period", BP_SHEET_NUMBER, 13 },
    [KPI_NUMERATOR] = { "Latest numerator (n)", BP_SHEET_NUMBER, 12 },
    [KPI_DENOMINATOR] = { "Latest denominator (d)", BP_SHEET_NUMBER, 12 },
    [KPI_VARIATION] = { "Variation of the latest value", BP_SHEET_TEXT, 24 },
    [KPI_ASSURANCE] = { "Target against the limits", BP_SHEET_TEXT, 24 },
    [KPI_MEAN] = { "Mean", BP_SHEET_NUMBER, 9 },
    [KPI_LOWER_LIMIT] = { "Lower limit", BP_SHEET_NUMBER, 9 },
    [KPI_UPPER_LIMIT] = { "Upper limit", BP_SHEET_NUMBER, 9 },
    [KPI_LIMITS_SET_ON] = { "Limits set on", BP_SHEET_TEXT, 24 },
    [KPI_ACTIONS] = { "Actions that name it (number)", BP_SHEET_COUNT, 12 },
    [KPI_SOURCE] = { "Source", BP_SHEET_TEXT, 30 },
    [KPI_DEFINITION] = { "Definition", BP_SHEET_TEXT, 50 },
    [KPI_SHORT_TITLE] = { "Short title", BP_SHEET_TEXT, 26 },
    [KPI_PERIOD_KIND] = { "Period kind", BP_SHEET_TEXT, 14 },
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

    cells[KPI_ID] = bp_sheet_text (build, kpi->id, "[x]");
    cells[KPI_TITLE] = bp_sheet_text (build, kpi->title, "[x]");
    cells[KPI_SHORT_TITLE] = bp_sheet_text (build, kpi->short_title, "[x]");
    cells[KPI_AREA] = kpi->area != NULL ? bp_value_text (bp_words_area_heading (build, kpi->area)) : bp_value_shorthand ("[z]");
    cells[KPI_UNIT] = bp_value_text (bp_unit_words (kpi->unit));
    cells[KPI_BETTER] = bp_value_text (bp_polarity_words (kpi->polarity));
    cells[KPI_PERIOD_KIND]
        = kpi->period_kind != BP_PERIOD_NONE ? bp_value_text (bp_period_kind_words (kpi->period_kind)) : bp_value_shorthand ("[x]");
    cells[KPI_BASELINE] = bare (view->baseline);
    cells[KPI_BASELINE_PERIOD] = kpi->has_baseline ? bp_value_text (view->baseline_period) : bp_value_shorthand ("[x]");
    cells[KPI_LATEST] = bare (view->latest);
    cells[KPI_NUMERATOR] = part (build, kpi->latest, true);
    cells[KPI_DENOMINATOR] = part (build, kpi->latest, false);
    cells[KPI_LATEST_PERIOD] = bp_sheet_text (build, view->latest_period, "[x]");
    cells[KPI_TARGET] = bare (view->target);
    cells[KPI_TARGET_PERIOD] = kpi->has_target ? bp_sheet_text (build, kpi->target_period_text, "[x]") : bp_value_shorthand ("[x]");
    cells[KPI_ON_BASELINE] = view->movement.text != NULL && view->is_compared ? bp_value_text (view->movement.text)
                                                                              : bp_value_shorthand (view->is_hidden ? "[c]" : "[x]");
    cells[KPI_CHANGE] = view->is_compared ? view->change : bp_value_shorthand (view->is_hidden ? "[c]" : "[x]");
    cells[KPI_CHANGE].unit = NULL;
    fill_previous (build, &cells[KPI_PREVIOUS], &cells[KPI_PREVIOUS_CHANGE], kpi);
    const BpTargetState target = bp_kpi_target_state (build, kpi);
    cells[KPI_TARGET_MET] = target == BP_TARGET_MET || target == BP_TARGET_MISSED
                                ? bp_value_yes_no (target == BP_TARGET_MET)
                                : bp_value_shorthand (view->is_hidden                            ? "[c]"
                                                      : target == BP_TARGET_UNTESTED && is_known ? "[x]"
                                                                                                 : "[z]");
    cells[KPI_STALE] = kpi->latest != NULL ? bp_value_yes_no (kpi->is_stale) : bp_value_shorthand ("[z]");
    fill_limits (build, &cells[KPI_VARIATION], kpi);
    cells[KPI_HEADLINE] = bp_value_yes_no (kpi->is_headline);
    cells[KPI_ACTIONS] = bp_value_count (kpi->actions != NULL ? kpi->actions->len : 0);
    cells[KPI_OWNER] = bp_sheet_text (build, kpi->owner, "[x]");
    cells[KPI_SOURCE] = bp_sheet_text (build, kpi->source_text, "[x]");
    cells[KPI_DEFINITION] = bp_sheet_text (build, kpi->definition, "[x]");
    cells[KPI_IN_PACK] = bp_sheet_in_pack (build, kpi);
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

/* In the order in which they are read: what stands first is printed. */
enum
{
    VALUE_ID,
    VALUE_SHORT_TITLE,
    VALUE_PERIOD,
    VALUE_GEOGRAPHY,
    VALUE_SERIES,
    VALUE_BREAKDOWN,
    VALUE_CATEGORY,
    VALUE_UNIT,
    VALUE_VALUE,
    VALUE_NUMERATOR,
    VALUE_DENOMINATOR,
    VALUE_FLAG,
    VALUE_NOTE,
    VALUE_IN_PACK,
    VALUE_SPECIAL_CAUSE,
    VALUE_PUBLISHED,
    VALUE_PERIOD_BEGINS,
    VALUE_PERIOD_ENDS
};
static const BpSheetColumn value_columns[] = {
    [VALUE_ID] = { "KPI", BP_SHEET_TEXT, 6 },
    [VALUE_SHORT_TITLE] = { "Short title", BP_SHEET_TEXT, 24 },
    [VALUE_PERIOD] = { "Period", BP_SHEET_TEXT, 14 },
    [VALUE_GEOGRAPHY] = { "Geography", BP_SHEET_TEXT, 12 },
    [VALUE_SERIES] = { "Series", BP_SHEET_TEXT, 9 },
    [VALUE_BREAKDOWN] = { "Breakdown", BP_SHEET_TEXT, 12 },
    [VALUE_CATEGORY] = { "Category", BP_SHEET_TEXT, 14 },
    [VALUE_UNIT] = { "Unit", BP_SHEET_TEXT, 9 },
    [VALUE_VALUE] = { "Value", BP_SHEET_NUMBER, 8 },
    [VALUE_NUMERATOR] = { "Numerator (n)", BP_SHEET_NUMBER, 11 },
    [VALUE_DENOMINATOR] = { "Denominator (d)", BP_SHEET_NUMBER, 12 },
    [VALUE_FLAG] = { "Flag", BP_SHEET_TEXT, 7 },
    [VALUE_NOTE] = { "Note", BP_SHEET_TEXT, 36 },
    [VALUE_IN_PACK] = { "In this pack's PDF", BP_SHEET_TEXT, 10 },
    [VALUE_SPECIAL_CAUSE] = { "Special cause", BP_SHEET_TEXT, 22 },
    [VALUE_PUBLISHED] = { "Published", BP_SHEET_DATE, 15 },
    [VALUE_PERIOD_BEGINS] = { "Period begins", BP_SHEET_DATE, 15 },
    [VALUE_PERIOD_ENDS] = { "Period ends", BP_SHEET_DATE, 15 },
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
    cells[VALUE_ID] = bp_sheet_text (build, kpi->id, "[x]");
    cells[VALUE_SHORT_TITLE] = bp_sheet_text (build, kpi->short_title, "[x]");
    cells[VALUE_PERIOD] = bp_sheet_text (build, bp_kpi_period (build, value), "[x]");
    cells[VALUE_PERIOD_BEGINS] = bp_sheet_date (value->period.kind != BP_PERIOD_NONE ? value->period.first : BP_DATE_NONE, "[x]");
    cells[VALUE_PERIOD_ENDS] = bp_sheet_date (value->period.kind != BP_PERIOD_NONE ? value->period.last : BP_DATE_NONE, "[x]");
    cells[VALUE_GEOGRAPHY] = bp_sheet_text (build, geography, "[x]");
    cells[VALUE_SERIES] = bp_value_text (series_word (value->series));
    cells[VALUE_BREAKDOWN] = bp_sheet_text (build, value->breakdown, "[z]");
    cells[VALUE_CATEGORY] = bp_sheet_text (build, value->category, "[z]");
    cells[VALUE_UNIT] = bp_value_text (bp_unit_words (kpi->unit));
    cells[VALUE_VALUE] = bp_pack_value (build->pack, number);
    cells[VALUE_NUMERATOR] = part (build, value, true);
    cells[VALUE_DENOMINATOR] = part (build, value, false);
    cells[VALUE_PUBLISHED] = bp_sheet_date (value->published, "[x]");
    cells[VALUE_FLAG] = flag != NULL ? bp_value_shorthand (flag) : bp_value_shorthand ("[z]");
    cells[VALUE_SPECIAL_CAUSE] = special_cause (build, kpi, value);
    /* A note may quote the very figure that is hidden. */
    cells[VALUE_NOTE] = is_hidden ? bp_value_shorthand ("[c]") : bp_sheet_text (build, value->note, "[z]");
    /* wherever a measure is printed, its latest value is */
    cells[VALUE_IN_PACK] = bp_sheet_in_pack (build, value == kpi->latest ? (gconstpointer)kpi : value);
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
    { "Ref", BP_SHEET_TEXT, 7 },
    { "Recommendation", BP_SHEET_TEXT, 50 },
    { "Short title", BP_SHEET_TEXT, 24 },
    { "Source", BP_SHEET_TEXT, 24 },
    { "Areas", BP_SHEET_TEXT, 9 },
    { "Actions (number)", BP_SHEET_COUNT, 9 },
    { "Actions complete (number)", BP_SHEET_COUNT, 10 },
    { "Measures", BP_SHEET_TEXT, 10 },
    { "Measures (number)", BP_SHEET_COUNT, 10 },
    { "Gap", BP_SHEET_TEXT, 14 },
    { "In this pack's PDF", BP_SHEET_TEXT, 10 },
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
