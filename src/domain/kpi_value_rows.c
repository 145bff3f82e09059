#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

enum
{
    KPI,
    PERIOD,
    GEOGRAPHY,
    SERIES,
    BREAKDOWN,
    CATEGORY,
    VALUE,
    NUMERATOR,
    DENOMINATOR,
    PUBLISHED,
    FLAG,
    NOTE
};
static const char *const names[] = { "kpi",       "period",      "geography", "series", "breakdown", "category", "value",
                                     "numerator", "denominator", "published", "flag",   "note",      NULL };

/* ---- period ---- */

static void read_period (BpSnapshotBuilder *builder, const BpRowReader *reader, const BpKpi *kpi, BpKpiValue *value)
{
    BpSource source = bp_row_reader_source (reader, PERIOD);
    const char *text = value->period_text;
    switch (bp_snapshot_builder_period (builder, text, kpi->period_kind, &value->period))
    {
    case BP_PERIOD_READ_OK:
        if (kpi->period_kind != BP_PERIOD_NONE && value->period.kind != kpi->period_kind)
            bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_KIND_DIFFERS, source, text,
                                 "%s is counted by %s, but “%s” is a %s. The value is kept, and compared with nothing.", kpi->id,
                                 bp_period_kind_words (kpi->period_kind), text, bp_period_kind_words (value->period.kind));
        break;
    case BP_PERIOD_READ_BLANK:
        break;
    case BP_PERIOD_READ_AMBIGUOUS:
        if (value->series == BP_SERIES_ACTUAL)
            bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_AMBIGUOUS, source, text,
                                 "“%s” may be a year of more than one kind. The value of %s is kept, and compared with nothing.", text,
                                 kpi->id);
        else
            bp_finding_list_add (builder->findings, BP_FINDING_TRAJECTORY_AMBIGUOUS, source, text,
                                 "“%s” may be a year of more than one kind, so the trajectory of %s has no certain place for it.", text,
                                 kpi->id);
        break;
    case BP_PERIOD_READ_UNKNOWN:
        bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_UNKNOWN, source, text,
                             "The period “%s” is not understood. The value of %s is kept, and compared with nothing.", text, kpi->id);
        break;
    }
}

/* ---- value, numerator and denominator ---- */

/* The whole that the share is of, for rates: what makes the stated figure right. 0: none does. */
static double find_rate_base (double share, const BpRowFigure *stated)
{
    static const double bases[] = { 1, 100, 1000, 10000, 100000, 1000000 };
    for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
        if (fabs (share * bases[i] - stated->value) <= 0.5 * pow (10, -stated->decimals) + 1e-9)
            return bases[i];
    return 0;
}

static void add_disagreement (BpSnapshotBuilder *builder, const BpRowReader *reader, const BpKpi *kpi, const BpKpiValue *value,
                              double computed)
{
    g_autofree char *share = bp_number_dup_text (computed, value->decimals + 2);
    bp_finding_list_add (builder->findings, BP_FINDING_VALUE_DISAGREES, bp_row_reader_source (reader, VALUE),
                         bp_row_reader_raw (reader, VALUE),
                         "The value of %s for %s is stated as %s, but numerator and denominator give %s%s, which is used.", kpi->id,
                         value->period_text, bp_row_reader_raw (reader, VALUE), share, kpi->unit == BP_UNIT_PERCENT ? "%" : "");
}

/* Numerator and denominator win over what is stated. */
static void apply_share (BpSnapshotBuilder *builder, const BpRowReader *reader, const BpKpi *kpi, const BpRowFigure *stated,
                         BpKpiValue *value)
{
    double share = value->numerator / value->denominator;
    double base = 1;
    if (kpi->unit == BP_UNIT_PERCENT)
        base = 100;
    else if (kpi->unit == BP_UNIT_RATE)
    {
        /* a rate is per hundred, per thousand …: only the stated figure tells */
        base = stated->has_value ? find_rate_base (share, stated) : 0;
        if (base == 0)
        {
            bp_finding_list_add (
                builder->findings, stated->has_value ? BP_FINDING_VALUE_DISAGREES : BP_FINDING_VALUE_UNREADABLE,
                bp_row_reader_source (reader, VALUE), bp_row_reader_raw (reader, VALUE),
                stated->has_value
                    ? "The rate of %s for %s does not follow from its numerator and denominator. The stated figure is used."
                    : "The rate of %s for %s has a numerator and a denominator, but no value that says per how many. It has no value.",
                kpi->id, value->period_text);
            return;
        }
    }
    value->value = share * base;
    value->has_value = isfinite (value->value);
    value->shorthand = BP_SHORTHAND_NONE;
    if (!stated->has_value)
        value->decimals = MAX (kpi->has_baseline ? kpi->baseline_decimals : 0, kpi->has_target ? kpi->target_decimals : 0);
    else if (fabs (value->value - stated->value) > 0.5 * pow (10, -stated->decimals) + 1e-9)
        add_disagreement (builder, reader, kpi, value, value->value);
    if (kpi->unit == BP_UNIT_PERCENT && (value->value < 0 || value->value > 100))
        bp_finding_list_add (builder->findings, BP_FINDING_PERCENT_OUT_OF_RANGE, bp_row_reader_source (reader, NUMERATOR),
                             bp_row_reader_raw (reader, NUMERATOR), "Numerator and denominator of %s for %s are no share of a whole.",
                             kpi->id, value->period_text);
}

static void read_value (BpSnapshotBuilder *builder, const BpRowReader *reader, const BpKpi *kpi, BpKpiValue *value)
{
    BpRowFigure stated = bp_row_reader_figure (reader, VALUE, kpi->unit);
    value->has_value = stated.has_value;
    value->value = stated.value;
    value->decimals = stated.decimals;
    value->shorthand = stated.shorthand;
    BpNumber numerator, denominator;
    bool has_numerator = bp_row_reader_number (reader, NUMERATOR, &numerator);
    bool has_denominator = bp_row_reader_number (reader, DENOMINATOR, &denominator);
    if (has_denominator && denominator.value <= 0)
    {
        bp_finding_list_add (builder->findings, BP_FINDING_DENOMINATOR_ZERO, bp_row_reader_source (reader, DENOMINATOR),
                             bp_row_reader_raw (reader, DENOMINATOR), "The denominator of %s for %s is not over nought. It has no value.",
                             kpi->id, value->period_text);
        value->has_value = false;
        value->shorthand = BP_SHORTHAND_NOT_AVAILABLE;
        return;
    }
    if (has_numerator && has_denominator)
    {
        value->has_share = true;
        value->numerator = numerator.value;
        value->denominator = denominator.value;
        apply_share (builder, reader, kpi, &stated, value);
    }
    /* for local figures: what others publish seldom comes with its counts */
    else if (kpi->unit == BP_UNIT_PERCENT && value->has_value && value->series == BP_SERIES_ACTUAL && *value->geography == '\0')
        bp_finding_list_add (builder->findings, BP_FINDING_SHARE_NOT_SUPPLIED, bp_row_reader_source (reader, DENOMINATOR),
                             bp_row_reader_raw (reader, DENOMINATOR), "%s is given as %s for %s without numerator and denominator.",
                             kpi->id, bp_row_reader_raw (reader, VALUE), value->period_text);
    if (!value->has_value && value->shorthand == BP_SHORTHAND_NONE)
        value->shorthand = BP_SHORTHAND_NOT_AVAILABLE;
}

/* ---- the rows ---- */

static bool is_local_name (const BpSnapshotBuilder *builder, const char *geography)
{
    const char *own = builder->programme->geography;
    if (*geography == '\0' || own == NULL || *own == '\0')
        return *geography == '\0';
    if (g_ascii_strcasecmp (geography, own) == 0)
        return true;
    g_autofree char *folded = bp_text_dup_folded (geography), *own_folded = bp_text_dup_folded (own);
    return strcmp (folded, own_folded) == 0;
}

/* Data contract, "As-of": actual values count from publication, or from their period's end; plans for the future at once. */
static bool counts_by_now (const BpSnapshotBuilder *builder, const BpKpiValue *value)
{
    return value->series != BP_SERIES_ACTUAL || value->published == BP_DATE_NONE || value->published <= builder->snapshot->as_of;
}

static int compare_values (gconstpointer a, gconstpointer b)
{
    const BpKpiValue *first = *(BpKpiValue *const *)a, *second = *(BpKpiValue *const *)b;
    if (first->series != second->series)
        return first->series < second->series ? -1 : 1;
    int order = strcmp (first->geography, second->geography);
    if (order != 0)
        return order;
    if (first->period.first != second->period.first)
        return first->period.first < second->period.first ? -1 : 1;
    order = strcmp (first->breakdown, second->breakdown);
    if (order == 0)
        order = strcmp (first->category, second->category);
    if (order != 0)
        return order;
    return first < second ? -1 : first > second;
}

static bool is_same_place (const BpKpiValue *a, const BpKpiValue *b)
{
    return a->series == b->series && a->period.kind != BP_PERIOD_NONE && bp_period_is_same (&a->period, &b->period)
           && strcmp (a->geography, b->geography) == 0 && strcmp (a->breakdown, b->breakdown) == 0
           && strcmp (a->category, b->category) == 0;
}

/* Two spellings of one period, or of the local geography, hide the same key twice: as for rows, identical values count once, different ones
 * not at all. values are sorted, so that they stand side by side. */
static void drop_repeated (BpSnapshotBuilder *builder, const BpKpi *kpi)
{
    GPtrArray *values = kpi->values;
    guint kept = 0;
    for (guint first = 0; first < values->len;)
    {
        BpKpiValue *value = values->pdata[first];
        guint after = first + 1;
        bool is_different = false;
        for (; after < values->len && is_same_place (value, values->pdata[after]); after++)
        {
            const BpKpiValue *other = values->pdata[after];
            is_different = is_different || other->has_value != value->has_value || other->shorthand != value->shorthand
                           || (other->has_value && fabs (other->value - value->value) > 1e-9);
        }
        for (guint i = first + (is_different ? 0 : 1); i < after; i++)
        {
            const BpKpiValue *other = values->pdata[i];
            if (is_different)
                bp_finding_list_add_quarantined (builder->findings, BP_FINDING_DUPLICATE_DIFFERENT, other->source, other->period_text,
                                                 "%s has %u different values for one period, spelt “%s” here. None of them is used.",
                                                 kpi->id, after - first, other->period_text);
            else
                bp_finding_list_add (builder->findings, BP_FINDING_DUPLICATE_SAME, other->source, other->period_text,
                                     "%s has the same value twice for one period, spelt “%s” here. It counts once.", kpi->id,
                                     other->period_text);
        }
        if (!is_different)
            values->pdata[kept++] = value;
        first = after;
    }
    g_ptr_array_set_size (values, (int)kept);
}

void bp_snapshot_builder_read_kpi_values (BpSnapshotBuilder *builder)
{
    static const char *const series[] = { "actual", "projected", "target", NULL };
    static const char *const flags[] = { "none", "provisional", "revised", "estimated", "break", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_KPI_VALUES, names);
    BpKpiValue *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpKpi *kpi = bp_reference_kpi (builder, bp_row_reader_word (&reader, KPI), bp_row_reader_source (&reader, KPI));
        int series_index = kpi != NULL ? bp_row_reader_choice (&reader, SERIES, series, BP_SERIES_ACTUAL) : -1;
        if (series_index < 0)
            continue;
        BpKpiValue *value = &block[count];
        *value = (BpKpiValue){ .series = (BpSeriesKind)series_index, .source = bp_row_reader_source (&reader, -1) };
        value->period_text = bp_row_reader_word (&reader, PERIOD);
        value->geography = bp_row_reader_word (&reader, GEOGRAPHY);
        if (is_local_name (builder, value->geography))
            value->geography = "";
        value->breakdown = bp_row_reader_word (&reader, BREAKDOWN);
        value->category = bp_row_reader_word (&reader, CATEGORY);
        read_period (builder, &reader, kpi, value);
        value->published = bp_row_reader_date (&reader, PUBLISHED);
        if (value->published == BP_DATE_NONE && value->period.kind != BP_PERIOD_NONE)
            value->published = value->period.last;
        if (!counts_by_now (builder, value))
        {
            if (*value->geography == '\0' && *value->breakdown == '\0')
            {
                g_ptr_array_add (kpi->unpublished, value);
                count++;
            }
            continue;
        }
        read_value (builder, &reader, kpi, value);
        int flag = bp_row_reader_choice (&reader, FLAG, flags, BP_FLAG_NONE);
        value->flag = flag > 0 ? (BpValueFlag)flag : BP_FLAG_NONE;
        value->note = bp_row_reader_text (&reader, NOTE);
        value->local = bp_row_reader_local (&reader);
        g_ptr_array_add (kpi->values, value);
        count++;
    }
    for (guint i = 0; i < builder->snapshot->kpis->len; i++)
    {
        BpKpi *kpi = builder->snapshot->kpis->pdata[i];
        g_ptr_array_sort (kpi->values, compare_values);
        drop_repeated (builder, kpi);
    }
}
