#include "domain/claim.h"
#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <string.h>

enum
{
    CLAIM,
    TEXT,
    STATED,
    UNIT,
    MEASURE,
    KPI,
    GEOGRAPHY,
    FROM_PERIOD,
    PERIOD,
    NUMERATOR,
    DENOMINATOR
};
static const char *const names[]
    = { "claim", "text", "stated", "unit", "measure", "kpi", "geography", "from_period", "period", "numerator", "denominator", NULL };

static BpPeriod read_period (BpSnapshotBuilder *builder, const BpRowReader *reader, int column, const BpKpi *kpi)
{
    BpPeriod period = { 0 };
    const char *text = bp_row_reader_word (reader, column);
    BpPeriodReading reading = bp_snapshot_builder_period (builder, text, kpi != NULL ? kpi->period_kind : BP_PERIOD_NONE, &period);
    if (reading == BP_PERIOD_READ_AMBIGUOUS)
        bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_AMBIGUOUS, bp_row_reader_source (reader, column), text,
                             "“%s” may be a year of more than one kind. The claim is not tested.", text);
    if (reading == BP_PERIOD_READ_UNKNOWN)
        bp_finding_list_add (builder->findings, BP_FINDING_PERIOD_UNKNOWN, bp_row_reader_source (reader, column), text,
                             "The period “%s” is not understood. The claim is not tested.", text);
    return period;
}

static const char *read_geography (const BpSnapshotBuilder *builder, const BpRowReader *reader)
{
    const char *geography = bp_row_reader_word (reader, GEOGRAPHY);
    const char *own = builder->programme->geography;
    return own != NULL && g_ascii_strcasecmp (geography, own) == 0 ? "" : geography;
}

static const char *take_text (BpSnapshotBuilder *builder, char *text)
{
    const char *interned = text != NULL ? bp_snapshot_builder_intern (builder, text) : NULL;
    g_free (text);
    return interned;
}

void bp_snapshot_builder_read_claims (BpSnapshotBuilder *builder)
{
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_CLAIMS, names);
    BpClaim *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpClaim *claim = &block[i];
        BpClaimTerms terms = { 0 };
        BpNumber number = { 0 };
        claim->id = bp_row_reader_word (&reader, CLAIM);
        claim->text = bp_row_reader_text (&reader, TEXT);
        claim->stated_text = bp_row_reader_word (&reader, STATED);
        claim->unit = bp_row_reader_word (&reader, UNIT);
        claim->source = bp_row_reader_source (&reader, -1);
        claim->local = bp_row_reader_local (&reader);
        claim->geography = read_geography (builder, &reader);
        claim->measure = bp_row_reader_word (&reader, MEASURE);
        terms.measure = bp_claim_measure_parse (claim->measure);
        terms.has_stated = bp_row_reader_number (&reader, STATED, &number);
        claim->stated = number.value;
        claim->stated_decimals = number.decimals;
        claim->kpi = bp_reference_kpi (builder, bp_row_reader_word (&reader, KPI), bp_row_reader_source (&reader, KPI));
        terms.from = read_period (builder, &reader, FROM_PERIOD, claim->kpi);
        terms.to = read_period (builder, &reader, PERIOD, claim->kpi);
        terms.has_numerator = bp_row_reader_number (&reader, NUMERATOR, &number);
        terms.numerator = number.value;
        terms.has_denominator = bp_row_reader_number (&reader, DENOMINATOR, &number);
        terms.denominator = number.value;
        char *working = NULL, *reason = NULL;
        bp_claim_test (claim, &terms, &builder->programme->calendar, &working, &reason);
        claim->working = take_text (builder, working);
        claim->reason = take_text (builder, reason);
        g_ptr_array_add (builder->snapshot->claims, claim);
    }
}
