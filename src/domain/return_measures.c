#include "domain/lead_duties.h"
#include "domain/return_entry.h"
#include "domain/return_judge.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>

static const char *cell_of (const BpRecord *record, const char *column)
{
    return bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, column);
}

/* ---- what stands there already ---- */

/* "52%", "41 of 80". Caller frees. */
static char *dup_stored (const BpRecord *record)
{
    const char *value = cell_of (record, "value"), *numerator = cell_of (record, "numerator");
    if (bp_text_is_blank (value) && !bp_text_is_blank (numerator))
        return g_strdup_printf ("%s of %s", numerator, cell_of (record, "denominator"));
    return bp_return_dup_shown (value);
}

static void add_conflict (BpReturnJudge *judge, BpReturnPlace place, int column, const BpRecord *before, const BpRecord *now)
{
    g_autofree char *cell = bp_return_dup_cell (judge, place, column), *typed = bp_return_dup_shown (place.row->cells[column]);
    g_autofree char *was = dup_stored (before), *is = dup_stored (now);
    BpDate published;
    g_autofree char *since = NULL;
    if (before == NULL)
        since = g_strdup_printf ("When the sheet was made (import %" G_GINT64_FORMAT ") the data said “nothing”; now %s, row %d, says “%s”",
                                 judge->back->base, now->file, now->row, is);
    else if (bp_date_parse (cell_of (now, "published"), &published) && published > judge->back->as_of)
    {
        g_autofree char *day = bp_date_dup_text (published, BP_DATE_LONG);
        since = g_strdup_printf ("%s, row %d, says “%s”, published on %s, after the day of the sheet", now->file, now->row, is, day);
    }
    else
        since = g_strdup_printf ("The data said “%s” already when the sheet was made; %s, row %d, says “%s”", was, now->file, now->row, is);
    bp_finding_list_add_quarantined (judge->findings, BP_FINDING_RETURN_CONFLICT, bp_return_source (judge, place, column),
                                     place.row->cells[column], "%s says “%s”. %s. " BP_RETURN_ROW_OUT, cell, typed, since);
}

/* A value that stands there already is never changed by a row beside it: two rows for one period would both be left out. */
static bool is_there_already (BpReturnJudge *judge, BpReturnPlace place, const BpKpi *kpi, const BpPeriod *period, char *const *entries)
{
    const char *local = judge->context->snapshot->programme->geography != NULL ? judge->context->snapshot->programme->geography : "";
    const BpRecord *now = bp_stored_rows_find_value (judge->now, kpi, period, local);
    const BpRecord *before = bp_stored_rows_find_value (judge->base, kpi, period, local);
    const BpUpdateSheetDef *def = bp_update_sheet_get (place.sheet);
    if (now == NULL)
        return false;
    for (int i = 0; i < def->column_count; i++)
    {
        const char *stored = entries[i] != NULL ? cell_of (now, def->columns[i].column) : NULL;
        if (stored != NULL && !bp_return_entry_is_same (def->columns[i].kind, stored, entries[i], judge->context->snapshot))
            add_conflict (judge, place, i, before, now);
    }
    return true;
}

/* ---- what cannot be ---- */

/* What the row says in the end: typed, or by an earlier copy of the sheet. */
typedef struct
{
    BpNumber value, numerator, denominator;
    bool has_value, has_numerator, has_denominator;
    bool is_shorthand; /* in the value */
} Figures;

static bool read_number (const char *typed, const BpRecord *kept, const char *column, BpNumber *number)
{
    const char *text = typed != NULL ? typed : cell_of (kept, column);
    return !bp_text_is_blank (text) && bp_number_parse (text, number);
}

static Figures read_figures (char *const *entries, const BpRecord *kept)
{
    Figures figures = { 0 };
    const char *value = entries[BP_MEASURES_VALUE] != NULL ? entries[BP_MEASURES_VALUE] : cell_of (kept, "value");
    figures.is_shorthand = !bp_text_is_blank (value) && bp_shorthand_parse (value) != BP_SHORTHAND_NONE;
    figures.has_value = !figures.is_shorthand && read_number (entries[BP_MEASURES_VALUE], kept, "value", &figures.value);
    figures.has_numerator = read_number (entries[BP_MEASURES_NUMERATOR], kept, "numerator", &figures.numerator);
    figures.has_denominator = read_number (entries[BP_MEASURES_DENOMINATOR], kept, "denominator", &figures.denominator);
    return figures;
}

/* The greatest of the measure's own values, its baseline and target; 0: none is known. */
static double greatest_known (const BpKpi *kpi)
{
    double greatest = MAX (kpi->has_baseline ? kpi->baseline : 0, kpi->has_target ? kpi->target : 0);
    for (guint i = 0; i < kpi->actuals->len; i++)
    {
        const BpKpiValue *value = kpi->actuals->pdata[i];
        if (value->has_value)
            greatest = MAX (greatest, value->value);
    }
    return greatest;
}

/* A percentage that is one of another scale; NULL if it may be meant. Caller frees. */
static char *dup_scale_fault (const BpKpi *kpi, const Figures *figures)
{
    const double value = figures->value.value, known = greatest_known (kpi);
    if (!figures->has_value)
        return NULL;
    if (kpi->unit != BP_UNIT_PERCENT)
        return figures->value.is_percent ? g_strdup_printf ("is a percentage, but the measure is in %s", bp_unit_words (kpi->unit)) : NULL;
    if (!figures->value.is_percent && value > 0 && value <= 1 && figures->value.decimals > 0 && (known > 1 || known == 0))
    {
        g_autofree char *share = bp_number_dup_text (value * 100, MAX (figures->value.decimals - 2, 0));
        g_autofree char *as_typed = bp_number_dup_text (value, figures->value.decimals);
        return g_strdup_printf ("looks like a fraction; type %s%%, or %s%% if that is meant", share, as_typed);
    }
    if (value > 100 && known <= 100)
        return g_strdup ("is over 100 per cent, and nothing of this measure ever was");
    return NULL;
}

/* Value, numerator and denominator that do not go together; NULL. column_out: where to look first. Caller frees. */
static char *dup_share_fault (const BpKpi *kpi, const Figures *figures, int *column_out)
{
    const bool has_both = figures->has_numerator && figures->has_denominator;
    *column_out = BP_MEASURES_DENOMINATOR;
    if (figures->has_denominator && figures->denominator.value <= 0)
        return g_strdup ("is no denominator: it must be over nought");
    if (!has_both && !figures->has_value && !figures->is_shorthand)
    {
        *column_out = figures->has_numerator ? BP_MEASURES_NUMERATOR : BP_MEASURES_DENOMINATOR;
        return g_strdup (figures->has_numerator ? "is a numerator without a denominator" : "is a denominator without a numerator");
    }
    if (!has_both || kpi->unit != BP_UNIT_PERCENT)
        return NULL;
    const double share = figures->numerator.value / figures->denominator.value * 100;
    g_autofree char *computed = bp_number_dup_text (share, MAX (figures->value.decimals, 0) + 1);
    *column_out = BP_MEASURES_NUMERATOR;
    if (share > 100)
        return g_strdup_printf ("is more than its denominator, which would make %s%%", computed);
    *column_out = BP_MEASURES_VALUE;
    if (figures->has_value && fabs (share - figures->value.value) > 0.5 * pow (10, -figures->value.decimals) + 1e-9)
        return g_strdup_printf ("does not follow from numerator and denominator, which give %s%%", computed);
    return NULL;
}

/* The nearest typed cell to the one at fault, which an earlier copy of the sheet may have filled in. */
static int typed_column (char *const *entries, int column)
{
    static const int columns[] = { BP_MEASURES_VALUE, BP_MEASURES_NUMERATOR, BP_MEASURES_DENOMINATOR };
    for (gsize i = 0; entries[column] == NULL && i < G_N_ELEMENTS (columns); i++)
        if (entries[columns[i]] != NULL)
            return columns[i];
    return column;
}

/* False, with finding S03, if the figures of the row cannot be published as they are. */
static bool check_figures (BpReturnJudge *judge, BpReturnPlace place, const BpKpi *kpi, char *const *entries, const BpRecord *kept)
{
    const Figures figures = read_figures (entries, kept);
    int column = BP_MEASURES_VALUE;
    if (!figures.has_value && !figures.is_shorthand && !figures.has_numerator && !figures.has_denominator)
    {
        if (entries[BP_MEASURES_NOTE] != NULL)
            bp_return_refuse_cell (judge, place, BP_MEASURES_NOTE, "is a note on a value that is not given", BP_RETURN_ROW_OUT);
        return false;
    }
    g_autofree char *fault = dup_scale_fault (kpi, &figures);
    if (fault == NULL)
        fault = dup_share_fault (kpi, &figures, &column);
    if (fault != NULL)
        bp_return_refuse_cell (judge, place, typed_column (entries, column), fault, BP_RETURN_ROW_OUT);
    return fault == NULL;
}

/* ---- the row ---- */

static const char *stood_never (const BpReturnJudge *judge, const BpRecord *record, const char *column)
{
    (void)judge, (void)record, (void)column;
    return "";
}

/* What was typed on one row of the sheet Measures, with something in it. key: measure and period, in words. */
static void take_value (BpReturnJudge *judge, BpReturnPlace place, const BpKpi *kpi, const BpPeriod *period, const char *key)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    BpRecord *record = bp_return_find_kept (judge, BP_TABLE_KPI_VALUES, key);
    const bool is_kept = record != NULL;
    bp_return_read_entries (judge, place, entries);
    if (bp_return_is_any (entries) && !is_there_already (judge, place, kpi, period, entries)
        && check_figures (judge, place, kpi, entries, record))
    {
        bp_return_note_other_lead (judge, place, BP_MEASURES_KPI, kpi->id, bp_lead_canonical (judge->context->snapshot, kpi->owner));
        if (!is_kept)
            record = bp_table_set_add (judge->out, BP_TABLE_KPI_VALUES);
        bp_return_set_cell (judge, BP_TABLE_KPI_VALUES, record, "kpi", kpi->id);
        if (!is_kept)
            bp_return_set_cell (judge, BP_TABLE_KPI_VALUES, record, "period", place.row->cells[BP_MEASURES_PERIOD]);
        bp_return_set_cell (judge, BP_TABLE_KPI_VALUES, record, "series", "actual");
        if (period->last <= judge->back->as_of)
            bp_return_set_day (judge, BP_TABLE_KPI_VALUES, record, "published", judge->back->as_of);
        bp_return_set_entries (judge, place, entries, record, is_kept ? stood_never : NULL);
    }
    bp_return_clear_entries (entries);
}

void bp_return_judge_measure (BpReturnJudge *judge, BpReturnPlace place)
{
    const BpCalendar *calendar = &judge->context->snapshot->programme->calendar;
    const BpKpi *kpi = bp_snapshot_find_kpi (judge->context->snapshot, place.row->cells[BP_MEASURES_KPI]);
    BpPeriod period;
    if (!bp_return_has_entries (place))
        return;
    if (kpi == NULL)
    {
        bp_return_refuse_row (judge, place, BP_MEASURES_KPI, "is no measure");
        return;
    }
    if (bp_period_parse (place.row->cells[BP_MEASURES_PERIOD], kpi->period_kind, calendar, &period) != BP_PERIOD_READ_OK)
    {
        bp_return_refuse_row (judge, place, BP_MEASURES_PERIOD, "is no period that is understood");
        return;
    }
    g_autofree char *words = bp_period_dup_text (&period, calendar);
    g_autofree char *key = g_strdup_printf ("%s for %s", kpi->id, words);
    if (!bp_return_is_first (judge, place, BP_MEASURES_KPI, key))
        return;
    take_value (judge, place, kpi, &period, key);
}
