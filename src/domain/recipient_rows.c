#include "domain/approver.h"
#include "domain/reference.h"
#include "domain/row_reader.h"

#include <string.h>

/* A word with one '@' that has something on both sides: sending looks closer. */
static bool looks_like_address (const char *text)
{
    const char *at = strchr (text, '@');
    return at != NULL && at != text && at[1] != '\0' && strpbrk (text, " ,;") == NULL && strchr (at + 1, '@') == NULL;
}

/* Everywhere else such a cell counts as blank; here that would be a row without an end. */
static BpDate read_day (const BpRowReader *reader, int column)
{
    const char *raw = bp_row_reader_raw (reader, column);
    BpDate day = BP_DATE_NONE;
    if (!bp_row_reader_is_blank (reader, column) && !bp_date_parse (raw, &day))
        bp_finding_list_add (reader->builder->findings, BP_FINDING_VALUE_UNREADABLE, bp_row_reader_source (reader, column), raw,
                             "“%s” is not a date. Nothing is sent to this row until it is mended.", raw);
    return day;
}

/* The name is not quoted, as the address is not. */
static void check_approver (const BpRowReader *reader, int name, int approved_by)
{
    g_autofree char *fault = bp_approver_dup_fault (bp_row_reader_raw (reader, approved_by), bp_row_reader_raw (reader, name));
    if (fault != NULL)
        bp_finding_list_add (reader->builder->findings, BP_FINDING_VALUE_UNREADABLE, bp_row_reader_source (reader, approved_by), NULL,
                             "This does not name somebody else who approved the exception, so nothing is sent to the address outside the "
                             "allow-list.");
}

/* Nothing printed comes from recipients; what is wrong with a row is told before the day on which somebody gets nothing. The address is not
 * quoted: findings stand in packs. */
void bp_snapshot_builder_check_recipients (BpSnapshotBuilder *builder)
{
    enum
    {
        FORUM,
        ADDRESS,
        FROM,
        TO,
        XLSX,
        NAME,
        APPROVED_BY
    };
    static const char *const names[] = { "forum", "address", "from", "to", "xlsx", "name", "exception_approved_by", NULL };
    const BpDate as_of = builder->snapshot->as_of;
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_RECIPIENTS, names);
    while (bp_row_reader_next (&reader))
    {
        const BpDate from = read_day (&reader, FROM), to = read_day (&reader, TO);
        bp_row_reader_yes_no (&reader, XLSX, false);
        if ((from != BP_DATE_NONE && from > as_of) || (to != BP_DATE_NONE && to < as_of))
            continue; /* its forum need not be there today */
        bp_reference_forum (builder, bp_row_reader_word (&reader, FORUM), bp_row_reader_source (&reader, FORUM));
        if (!looks_like_address (bp_row_reader_word (&reader, ADDRESS)))
            bp_finding_list_add (builder->findings, BP_FINDING_VALUE_UNREADABLE, bp_row_reader_source (&reader, ADDRESS), NULL,
                                 "This is no e-mail address, so nothing can be sent to it.");
        check_approver (&reader, NAME, APPROVED_BY);
    }
}
