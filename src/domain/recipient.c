#include "domain/recipient.h"

#include "base/text.h"
#include "domain/approver.h"

static void free_recipient (gpointer pointer)
{
    BpRecipient *recipient = pointer;
    g_free (recipient->forum_text);
    g_free (recipient->address);
    g_free (recipient->name);
    g_free (recipient->organisation);
    g_free (recipient->exception_approved_by);
    g_free (recipient->exception_fault);
    g_free (recipient->fault);
    g_free (recipient->file);
    g_free (recipient);
}

static const char *cell (const BpTable *table, const BpRecord *record, const char *column)
{
    return record->cells[bp_table_find_column (table->def, column)];
}

static const BpForum *find_forum (const BpProgramme *programme, const char *text)
{
    const BpForum *forum = bp_forum_find (&programme->forums, text);
    if (forum != NULL || programme->aliases[BP_ALIAS_FORUM] == NULL)
        return forum;
    g_autofree char *folded = bp_text_dup_folded (text);
    return bp_forum_find (&programme->forums, g_hash_table_lookup (programme->aliases[BP_ALIAS_FORUM], folded));
}

/* A day that cannot be read might be the one that ends the row: nothing is sent on a guess. */
static BpDate read_day (const BpTable *table, const BpRecord *record, const char *column, const char *title, BpRecipient *recipient)
{
    BpDate day = BP_DATE_NONE;
    const char *text = cell (table, record, column);
    if (bp_text_is_blank (text) || bp_date_parse (text, &day))
        return day;
    g_autofree char *quoted = bp_text_dup_quoted (text);
    if (recipient->fault == NULL)
        recipient->fault = g_strdup_printf ("its %s '%s' is no date", title, quoted);
    return BP_DATE_NONE;
}

static BpRecipient *read_row (const BpTable *table, const BpRecord *record, const BpProgramme *programme)
{
    BpRecipient *recipient = g_new0 (BpRecipient, 1);
    recipient->forum_text = bp_text_dup_trimmed (cell (table, record, "forum"));
    recipient->forum = find_forum (programme, recipient->forum_text);
    recipient->address = bp_text_dup_trimmed (cell (table, record, "address"));
    recipient->name = bp_text_dup_collapsed (cell (table, record, "name"));
    recipient->organisation = bp_text_dup_collapsed (cell (table, record, "organisation"));
    recipient->exception_approved_by = bp_text_dup_collapsed (cell (table, record, "exception_approved_by"));
    recipient->exception_fault = bp_approver_dup_fault (recipient->exception_approved_by, recipient->name);
    recipient->from = read_day (table, record, "from", "first day", recipient);
    recipient->to = read_day (table, record, "to", "last day", recipient);
    recipient->wants_workbook = bp_text_parse_yes_no (cell (table, record, "xlsx")) == 1;
    recipient->file = g_strdup (record->file);
    recipient->row = record->row;
    return recipient;
}

GPtrArray *bp_recipients_read (const BpTableSet *tables, const BpProgramme *programme)
{
    const BpTable *table = &tables->tables[BP_TABLE_RECIPIENTS];
    GPtrArray *recipients = g_ptr_array_new_with_free_func (free_recipient);
    for (guint i = 0; i < table->records->len; i++)
        g_ptr_array_add (recipients, read_row (table, &g_array_index (table->records, BpRecord, i), programme));
    return recipients;
}

bool bp_recipient_has_exception (const BpRecipient *recipient)
{
    return *recipient->exception_approved_by != '\0' && recipient->exception_fault == NULL;
}

bool bp_recipient_is_in_force (const BpRecipient *recipient, BpDate day)
{
    return recipient->fault == NULL && (recipient->from == BP_DATE_NONE || recipient->from <= day)
           && (recipient->to == BP_DATE_NONE || recipient->to >= day);
}
