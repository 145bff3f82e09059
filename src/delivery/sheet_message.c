#include "delivery/sheet_message.h"

#include "delivery/message_words.h"

#include <stdlib.h>

/* "Update sheet: Lead for Inclusion" */
static char *dup_title (const BpSheetMessage *sheet)
{
    return g_strdup_printf ("%s: %s", sheet->is_reminder ? "Reminder: update sheet" : "Update sheet", sheet->lead);
}

char *bp_sheet_message_dup_subject (const BpSheetMessage *sheet)
{
    g_autofree char *title = dup_title (sheet), *due = bp_date_dup_text (sheet->due, BP_DATE_LONG);
    g_autofree char *about = sheet->due != BP_DATE_NONE ? g_strdup_printf ("%s, due %s", title, due) : g_strdup (title);
    return bp_message_dup_subject (NULL, sheet->marking, sheet->subject_prefix, about);
}

/* "3 open actions and 2 values" */
static char *dup_counts (const BpSheetMessage *sheet)
{
    g_autofree char *actions = g_strdup_printf ("%d open action%s", sheet->actions, sheet->actions == 1 ? "" : "s");
    g_autofree char *values = g_strdup_printf ("%d value%s of measures that %s due", sheet->values, sheet->values == 1 ? "" : "s",
                                               sheet->values == 1 ? "is" : "are");
    if (sheet->values == 0)
        return g_steal_pointer (&actions);
    return sheet->actions == 0 ? g_steal_pointer (&values) : g_strdup_printf ("%s and %s", actions, values);
}

static void add_request (BpMessageBody *body, const BpSheetMessage *sheet)
{
    g_autofree char *as_of = bp_date_dup_text (sheet->as_of, BP_DATE_LONG), *due = bp_date_dup_text (sheet->due, BP_DATE_LONG);
    g_autofree char *counts = dup_counts (sheet);
    if (sheet->due == BP_DATE_NONE)
        bp_message_add_sentence (body, "Please fill in the attached update sheet and send it back.");
    else
        bp_message_add_sentence (body, "Please fill in the attached update sheet and send it back by %s.", due);
    bp_message_add_sentence (body, "It asks about %s, as at %s.", counts, as_of);
    if (sheet->replaces_earlier)
        bp_message_add_sentence (body, "It takes the place of the sheet that you were sent before. If you have begun to fill in that one, "
                                       "send that one back instead: it counts, too.");
}

static void add_reminder (BpMessageBody *body, const BpSheetMessage *sheet)
{
    g_autofree char *as_of = bp_date_dup_text (sheet->as_of, BP_DATE_LONG), *due = bp_date_dup_text (sheet->due, BP_DATE_LONG);
    g_autofree char *counts = dup_counts (sheet);
    const int days = abs (sheet->day - sheet->due);
    const char *plural = days == 1 ? "" : "s";
    bp_message_add_sentence (body, "Your update sheet as at %s has not come back yet.", as_of);
    if (sheet->due == BP_DATE_NONE)
        bp_message_add_sentence (body, "Please fill it in and send it back.");
    else if (sheet->day == sheet->due)
        bp_message_add_sentence (body, "It is due today, %s.", due);
    else if (sheet->day < sheet->due)
        bp_message_add_sentence (body, "It is due on %s, in %d day%s.", due, days, plural);
    else
        bp_message_add_sentence (body, "It was due on %s, %d day%s ago. Please send it back as soon as you can.", due, days, plural);
    bp_message_add_sentence (body, "It is attached again and asks about %s. If you sent it back in the meantime, you need do nothing.",
                             counts);
}

static void add_urgent (BpMessageBody *body, const BpSheetMessage *sheet)
{
    bp_message_add_list (body, "Most in need of an update", sheet->urgent);
    if (sheet->urgent != NULL && sheet->urgent[0] != NULL && sheet->more > 0)
        bp_message_add_sentence (body, "And %d more in the sheet.", sheet->more);
}

static void add_instructions (BpMessageBody *body, const BpSheetMessage *sheet)
{
    bp_message_body_add_heading (body, "What to do");
    bp_message_body_add_item (body, "Open the workbook, fill in the columns headed (fill in) and save it.");
    bp_message_body_add_item (body, "Leave a cell blank if nothing has changed: what you reported last goes on.");
    bp_message_body_add_item (body, "If nothing at all has changed, send it back as it is: then we know.");
    g_autofree char *back
        = g_strdup_printf ("Send it back by answering this message, with the workbook attached, or to %s.", sheet->reply_to);
    bp_message_body_add_item (body, back);
}

static bool check (const BpSheetMessage *sheet, GError **error)
{
    if (!bp_message_has_text (sheet->marking) || !bp_message_has_text (sheet->lead) || !bp_message_has_text (sheet->contact)
        || !bp_message_has_text (sheet->reply_to))
        return bp_fail (error, BP_ERROR_DELIVERY,
                        "a lead's message needs a marking, a lead, a contact and an address to send the sheet back to");
    return true;
}

BpMessageBody *bp_sheet_message_new_body (const BpSheetMessage *sheet, const BpAttachment *attachment, GError **error)
{
    if (!check (sheet, error))
        return NULL;
    g_autofree char *title = dup_title (sheet);
    BpMessageBody *body = bp_message_body_new (sheet->language, sheet->marking, title);
    bp_message_body_set_handling (body, sheet->handling);
    if (sheet->is_reminder)
        add_reminder (body, sheet);
    else
        add_request (body, sheet);
    add_urgent (body, sheet);
    add_instructions (body, sheet);
    bp_message_add_attachments (body, sheet->marking, attachment, 1);
    bp_message_add_closing (body, sheet->contact, sheet->other_format, true);
    return body;
}
