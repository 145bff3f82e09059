#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <math.h>

/* Where the cells stood that are judged once the whole definition is known. */
typedef struct
{
    BpSource baseline_period, target_period;
} PeriodSources;

enum
{
    KPI,
    VALID_FROM,
    TITLE,
    SHORT,
    AREA,
    UNIT,
    POLARITY,
    PERIOD_KIND,
    BASELINE_PERIOD,
    BASELINE,
    TARGET_PERIOD,
    TARGET,
    TOLERANCE,
    SAME_WITHIN,
    HEADLINE,
    OWNER,
    SOURCE,
    DEFINITION,
    STALE_AFTER_DAYS,
    PEOPLE,
    REBASE
};
static const char *const kpi_names[] = { "kpi",
                                         "valid_from",
                                         "title",
                                         "short",
                                         "area",
                                         "unit",
                                         "polarity",
                                         "period_kind",
                                         "baseline_period",
                                         "baseline",
                                         "target_period",
                                         "target",
                                         "tolerance",
                                         "same_within",
                                         "headline",
                                         "owner",
                                         "source",
                                         "definition",
                                         "stale_after_days",
                                         "people",
                                         "rebase",
                                         NULL };

static BpUnit read_unit (const BpRowReader *reader)
{
    static const char *const units[] = { "percent", "count", "days", "weeks", "rate", "score", "gbp", NULL };
    int unit = bp_row_reader_choice (reader, UNIT, units, BP_UNIT_COUNT);
    return unit >= 0 ? (BpUnit)unit : BP_UNIT_COUNT;
}

static BpPolarity read_polarity (BpSnapshotBuilder *builder, const BpRowReader *reader, const BpKpi *kpi)
{
    static const char *const polarities[] = { "none", "higher", "lower", "near", NULL };
    int polarity = bp_row_reader_choice (reader, POLARITY, polarities, BP_POLARITY_NONE);
    if (bp_row_reader_is_blank (reader, POLARITY))
        bp_finding_list_add (builder->findings, BP_FINDING_POLARITY_MISSING, bp_row_reader_source (reader, POLARITY), "",
                             "%s does not say whether higher or lower is better. Its changes are shown without a judgement.", kpi->id);
    return polarity >= 0 ? (BpPolarity)polarity : BP_POLARITY_NONE;
}

static BpPeriodKind read_period_kind (const BpRowReader *reader)
{
    static const char *const kinds[]
        = { "none", "day", "month", "quarter", "term", "academic_year", "financial_year", "calendar_year", "census", NULL };
    int kind = bp_row_reader_choice (reader, PERIOD_KIND, kinds, BP_PERIOD_NONE);
    return kind >= 0 ? (BpPeriodKind)kind : BP_PERIOD_NONE;
}

static void read_baseline (const BpRowReader *reader, int column, int period_column, BpKpi *kpi, PeriodSources *sources)
{
    BpRowFigure figure = bp_row_reader_figure (reader, column, kpi->unit);
    kpi->has_baseline = figure.has_value;
    kpi->baseline = figure.value;
    kpi->baseline_decimals = figure.decimals;
    kpi->baseline_shorthand = figure.shorthand;
    if (*kpi->baseline_period_text == '\0')
    {
        kpi->baseline_period_text = bp_row_reader_word (reader, period_column);
        sources->baseline_period = bp_row_reader_source (reader, period_column);
    }
}

static void read_target (const BpRowReader *reader, int column, int period_column, BpKpi *kpi, PeriodSources *sources)
{
    BpRowFigure figure = bp_row_reader_figure (reader, column, kpi->unit);
    kpi->has_target = figure.has_value;
    kpi->target = figure.value;
    kpi->target_decimals = figure.decimals;
    kpi->target_source = bp_row_reader_source (reader, column);
    if (*kpi->target_period_text == '\0')
    {
        kpi->target_period_text = bp_row_reader_word (reader, period_column);
        sources->target_period = bp_row_reader_source (reader, period_column);
    }
}

/* A width round a figure: never negative; NAN if blank. */
static double read_width (const BpRowReader *reader, int column)
{
    BpNumber number;
    return bp_row_reader_number (reader, column, &number) ? fabs (number.value) : NAN;
}

/* A period of any kind, or a day: what counts is the period of the measure that holds its first day. */
static void read_rebases (BpSnapshotBuilder *builder, const BpRowReader *reader, BpKpi *kpi)
{
    g_auto (GStrv) words = bp_text_split_list (bp_row_reader_word (reader, REBASE), ';');
    guint count = g_strv_length (words);
    if (count == 0)
        return;
    BpDate *rebases = bp_snapshot_builder_take_block (builder, count, sizeof *rebases);
    kpi->rebases = rebases;
    kpi->rebase_source = bp_row_reader_source (reader, REBASE);
    for (guint i = 0; i < count; i++)
    {
        BpPeriod period;
        switch (bp_snapshot_builder_period (builder, words[i], kpi->period_kind, &period))
        {
        case BP_PERIOD_READ_OK:
            rebases[kpi->rebase_count++] = period.first;
            break;
        case BP_PERIOD_READ_BLANK:
            break;
        case BP_PERIOD_READ_AMBIGUOUS:
            bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_AMBIGUOUS, kpi->rebase_source, words[i],
                                 "“%s” may be a year of more than one kind. The limits of %s are not set anew there.", words[i], kpi->id);
            break;
        case BP_PERIOD_READ_UNKNOWN:
            bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_UNKNOWN, kpi->rebase_source, words[i],
                                 "The period “%s” is not understood. The limits of %s are not set anew there.", words[i], kpi->id);
            break;
        }
    }
}

static void read_kpi (BpSnapshotBuilder *builder, const BpRowReader *reader, BpKpi *kpi, PeriodSources *sources)
{
    kpi->id = bp_row_reader_word (reader, KPI);
    kpi->source = bp_row_reader_source (reader, -1);
    kpi->valid_from = bp_row_reader_date (reader, VALID_FROM);
    kpi->title = bp_row_reader_text_or (reader, TITLE, kpi->id);
    kpi->short_title = bp_row_reader_text_or (reader, SHORT, kpi->title);
    kpi->area = bp_reference_area (builder, NULL, bp_row_reader_word (reader, AREA), bp_row_reader_source (reader, AREA));
    kpi->unit = read_unit (reader);
    kpi->polarity = read_polarity (builder, reader, kpi);
    kpi->period_kind = read_period_kind (reader);
    kpi->baseline_period_text = kpi->target_period_text = "";
    read_baseline (reader, BASELINE, BASELINE_PERIOD, kpi, sources);
    read_target (reader, TARGET, TARGET_PERIOD, kpi, sources);
    kpi->tolerance = read_width (reader, TOLERANCE);
    kpi->same_within = read_width (reader, SAME_WITHIN);
    kpi->is_headline = bp_row_reader_yes_no (reader, HEADLINE, false);
    kpi->is_people = bp_row_reader_yes_no (reader, PEOPLE, false);
    kpi->owner = bp_row_reader_text (reader, OWNER);
    kpi->source_text = bp_row_reader_text (reader, SOURCE);
    kpi->definition = bp_row_reader_text (reader, DEFINITION);
    kpi->stale_after_days = bp_row_reader_integer (reader, STALE_AFTER_DAYS, 1, 36500, builder->programme->rules.kpi_stale_after_days);
    read_rebases (builder, reader, kpi);
    kpi->local = bp_row_reader_local (reader);
    kpi->values = bp_snapshot_builder_new_array (builder);
    kpi->unpublished = bp_snapshot_builder_new_array (builder);
    kpi->actuals = bp_snapshot_builder_new_array (builder);
    kpi->trajectory = bp_snapshot_builder_new_array (builder);
    kpi->actions = bp_snapshot_builder_new_array (builder);
    kpi->recommendations = bp_snapshot_builder_new_array (builder);
    kpi->benchmarks = g_array_new (FALSE, TRUE, sizeof (BpBenchmark));
}

/* kpi_targets fills what kpis leaves blank. */
static void read_targets (BpSnapshotBuilder *builder, const BpKpi *block, PeriodSources *sources)
{
    enum
    {
        T_KPI,
        T_BASELINE_PERIOD,
        T_BASELINE,
        T_TARGET_PERIOD,
        T_TARGET,
        T_TOLERANCE,
        T_OWNER
    };
    static const char *const names[] = { "kpi", "baseline_period", "baseline", "target_period", "target", "tolerance", "owner", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_KPI_TARGETS, names);
    while (bp_row_reader_next (&reader))
    {
        BpKpi *kpi = bp_reference_kpi (builder, bp_row_reader_word (&reader, T_KPI), bp_row_reader_source (&reader, T_KPI));
        if (kpi == NULL)
            continue;
        PeriodSources *of_kpi = &sources[kpi - block];
        if (!kpi->has_baseline && kpi->baseline_shorthand == BP_SHORTHAND_NONE)
            read_baseline (&reader, T_BASELINE, T_BASELINE_PERIOD, kpi, of_kpi);
        if (!kpi->has_target)
            read_target (&reader, T_TARGET, T_TARGET_PERIOD, kpi, of_kpi);
        if (isnan (kpi->tolerance))
            kpi->tolerance = read_width (&reader, T_TOLERANCE);
        if (*kpi->owner == '\0')
            kpi->owner = bp_row_reader_text (&reader, T_OWNER);
    }
}

static bool is_year (BpPeriodKind kind)
{
    return kind == BP_PERIOD_ACADEMIC_YEAR || kind == BP_PERIOD_FINANCIAL_YEAR || kind == BP_PERIOD_CALENDAR_YEAR
           || kind == BP_PERIOD_CENSUS;
}

static void add_unknown_period (BpSnapshotBuilder *builder, const char *what, const char *text, BpSource source)
{
    bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_UNKNOWN, source, text,
                         "The %s “%s” is not understood. It is printed as typed, and nothing is compared on it.", what, text);
}

static void read_baseline_period (BpSnapshotBuilder *builder, BpKpi *kpi, BpSource source)
{
    const char *text = kpi->baseline_period_text;
    switch (bp_snapshot_builder_period (builder, text, kpi->period_kind, &kpi->baseline_period))
    {
    case BP_PERIOD_READ_OK:
    case BP_PERIOD_READ_BLANK:
        break;
    case BP_PERIOD_READ_AMBIGUOUS:
        bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_AMBIGUOUS, source, text,
                             "The baseline of %s is for “%s”, which may be a year of more than one kind. Nothing is compared with it.",
                             kpi->id, text);
        break;
    case BP_PERIOD_READ_UNKNOWN:
        add_unknown_period (builder, "baseline's period", text, source);
        break;
    }
}

/* A target's period is the time by which it is to be met: a day, month, term or quarter is plain whatever the measure's own periods are; a
 * year of another kind than the measure's is not. */
static void read_target_period (BpSnapshotBuilder *builder, BpKpi *kpi, BpSource source)
{
    const char *text = kpi->target_period_text;
    BpPeriodReading reading = bp_snapshot_builder_period (builder, text, kpi->period_kind, &kpi->target_period);
    bool is_other_year = reading == BP_PERIOD_READ_OK && is_year (kpi->period_kind) && is_year (kpi->target_period.kind)
                         && kpi->target_period.kind != kpi->period_kind;
    if (reading == BP_PERIOD_READ_UNKNOWN)
        add_unknown_period (builder, "target's period", text, source);
    if (reading != BP_PERIOD_READ_AMBIGUOUS && !is_other_year)
        return;
    kpi->is_target_uncertain = true;
    const char *kind = kpi->period_kind != BP_PERIOD_NONE ? bp_period_kind_words (kpi->period_kind) : "no stated kind";
    bp_finding_list_add (
        builder->findings, BP_FINDING_TRAJECTORY_AMBIGUOUS, source, text,
        "The target of %s (%s) is set for “%s”, but its periods are of another kind (%s). Which value must reach it is not certain.",
        kpi->short_title, kpi->id, text, kind);
}

/* The definition in force: of the rows with its id, the one with the newest valid_from up to the as-of date. */
static bool is_in_force (const BpSnapshotBuilder *builder, const BpKpi *kpi)
{
    return kpi->valid_from == BP_DATE_NONE || kpi->valid_from <= builder->snapshot->as_of;
}

static void index_definition (BpSnapshotBuilder *builder, BpKpi *kpi)
{
    g_hash_table_add (builder->known_kpis, (gpointer)kpi->id);
    if (!is_in_force (builder, kpi))
        return;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (builder->kpi_definitions, kpi->id));
    g_hash_table_insert (builder->kpi_definitions, (gpointer)kpi->id, GUINT_TO_POINTER (count + 1));
    const BpKpi *present = g_hash_table_lookup (builder->snapshot->kpi_index, kpi->id);
    if (present == NULL || kpi->valid_from > present->valid_from)
        g_hash_table_insert (builder->snapshot->kpi_index, (gpointer)kpi->id, kpi);
}

static int compare_kpis (gconstpointer a, gconstpointer b, gpointer data)
{
    const BpSnapshotBuilder *builder = data;
    const BpKpi *first = *(BpKpi *const *)a, *second = *(BpKpi *const *)b;
    guint first_rank = first->area != NULL ? builder->area_ranks[first->area - builder->area_block] : G_MAXUINT;
    guint second_rank = second->area != NULL ? builder->area_ranks[second->area - builder->area_block] : G_MAXUINT;
    if (first_rank != second_rank)
        return first_rank < second_rank ? -1 : 1;
    return first < second ? -1 : first > second; /* one block, in the order of the rows */
}

void bp_snapshot_builder_read_kpis (BpSnapshotBuilder *builder)
{
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_KPIS, kpi_names);
    guint count = bp_row_reader_count (&reader);
    BpKpi *block = bp_snapshot_builder_take_block (builder, count, sizeof *block);
    g_autofree PeriodSources *sources = g_new0 (PeriodSources, count + 1);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        read_kpi (builder, &reader, &block[i], &sources[i]);
        index_definition (builder, &block[i]);
    }
    read_targets (builder, block, sources);
    for (guint i = 0; i < count; i++)
    {
        BpKpi *kpi = &block[i];
        bool is_present = g_hash_table_lookup (builder->snapshot->kpi_index, kpi->id) == kpi;
        if (!is_present)
        {
            g_clear_pointer (&kpi->benchmarks, g_array_unref);
            continue;
        }
        kpi->tolerance = isnan (kpi->tolerance) ? 0 : kpi->tolerance;
        kpi->same_within = isnan (kpi->same_within) ? 0 : kpi->same_within;
        read_baseline_period (builder, kpi, sources[i].baseline_period);
        read_target_period (builder, kpi, sources[i].target_period);
        g_ptr_array_add (builder->snapshot->kpis, kpi);
    }
    g_ptr_array_sort_with_data (builder->snapshot->kpis, compare_kpis, builder);
}
