#include "app/collect_report.h"

#include "app/clock.h"
#include "app/console.h"
#include "app/send_report.h"

#include <string.h>

/* ---- words ---- */

/* "nothing: returned on 5 August 2025"; caller frees */
static char *dup_step (const BpOptions *options, const BpCollectRow *row)
{
    static const char *const starts[] = { "send", "remind", "nothing", "doubtful: ask", "", "", "does not go" }; /* of BpCollectStep */
    g_autofree char *words = bp_send_report_dup_words (options, row->words, row->address);
    const char *start = starts[row->step];
    if (*start == '\0' || *words == '\0')
        return g_strdup (*start != '\0' ? start : words);
    return row->step == BP_COLLECT_SEND ? g_strdup_printf ("%s, %s", start, words) : g_strdup_printf ("%s: %s", start, words);
}

/* The day of a message that was accepted just now, or before. */
static BpDate day_of (const BpLetter *letter, BpDate before, bool is_reminder)
{
    const BpSend *send = letter != NULL ? letter->send : NULL;
    if (send == NULL || letter->fault != NULL || send->state != BP_SEND_STATE_ACCEPTED || (send->round > 0) != is_reminder
        || send->kind == BP_SEND_KIND_TEST || send->ended_at == 0)
        return before;
    return bp_clock_london_date (send->ended_at);
}

static void append_state (GString *text, const BpLetter *letter)
{
    const char *separator = text->len > 0 ? "; " : "";
    const char *what = letter->send->round > 0 ? "reminder" : "sheet";
    if (letter->fault != NULL)
        g_string_append_printf (text, "%s%s not made: %s", separator, what, letter->fault);
    else if (letter->send->state == BP_SEND_STATE_DOUBTFUL)
        g_string_append_printf (text, "%s%s DOUBTFUL", separator, what);
    else if (letter->send->state == BP_SEND_STATE_PLANNED)
        g_string_append_printf (text, "%s%snot sent yet", separator,
                                letter->send->round > 0 ? "reminder "
                                : *separator != '\0'    ? "newer sheet "
                                                        : "");
    else if (letter->send->state != BP_SEND_STATE_ACCEPTED)
        g_string_append_printf (text, "%s%s not sent%s%s", separator, what, *letter->send->words != '\0' ? ": " : " yet",
                                letter->send->words);
}

/* How it stands with a lead who has not returned: "sent 1 August 2025; reminded 5 August 2025" */
static char *dup_standing (const BpOptions *options, const BpCollectRow *row)
{
    g_autoptr (GString) text = g_string_new (NULL);
    const BpDate sent = day_of (row->letter, row->sent_on, false), reminded = day_of (row->letter, row->reminded_on, true);
    g_autofree char *sent_words = bp_date_dup_text (sent, BP_DATE_LONG), *reminded_words = bp_date_dup_text (reminded, BP_DATE_LONG);
    if (sent != BP_DATE_NONE)
        g_string_append_printf (text, "sent %s", sent_words);
    if (reminded != BP_DATE_NONE)
        g_string_append_printf (text, "%sreminded %s", text->len > 0 ? "; " : "", reminded_words);
    if (row->letter != NULL && row->letter->send->kind != BP_SEND_KIND_TEST)
        append_state (text, row->letter);
    else if (row->step == BP_COLLECT_NO_ADDRESS || row->step == BP_COLLECT_OUTSIDE || row->step == BP_COLLECT_HELD)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", row->words);
    return bp_send_report_dup_words (options, text->len > 0 ? text->str : "not sent yet", row->address);
}

/* ---- text ---- */

static void print_title (const BpCollection *collection)
{
    const BpCollectRow *row = collection->rows->pdata[0];
    g_autofree char *as_of = bp_date_dup_text (collection->made->as_of, BP_DATE_LONG), *due = bp_date_dup_text (row->due, BP_DATE_LONG);
    bp_console_answer ("update sheets as at %s%s%s\n", as_of, row->due != BP_DATE_NONE ? ", to come back by " : "", due);
}

static void print_rows (const BpCollection *collection)
{
    const BpOptions *options = collection->dispatch->options;
    glong lead_width = 0, address_width = 0;
    for (guint i = 0; i < collection->rows->len; i++)
    {
        const BpCollectRow *row = collection->rows->pdata[i];
        lead_width = MAX (lead_width, bp_console_width (row->sheet->lead));
        address_width = MAX (address_width, bp_console_width (row->address));
    }
    for (guint i = 0; i < collection->rows->len; i++)
    {
        const BpCollectRow *row = collection->rows->pdata[i];
        g_autofree char *address = bp_send_report_dup_address (options, row->address), *step = dup_step (options, row);
        const BpLetter *letter = row->letter;
        bp_console_answer_padded (row->sheet->lead, lead_width);
        bp_console_answer_padded (*row->address != '\0' ? address : "", address_width);
        if (letter != NULL && letter->fault != NULL)
            bp_console_answer ("does not go: %s\n", letter->fault);
        else
            bp_console_answer ("%s%s%s\n", step, letter != NULL && letter->file != NULL ? "  " : "",
                               letter != NULL && letter->file != NULL ? letter->file : "");
    }
}

static guint count_open (const BpCollection *collection)
{
    guint count = 0;
    for (guint i = 0; i < collection->rows->len; i++)
        count += !((const BpCollectRow *)collection->rows->pdata[i])->is_returned;
    return count;
}

static void print_open (const BpCollection *collection)
{
    const guint count = count_open (collection);
    if (count == 0)
        bp_console_answer ("all %u have come back\n", collection->rows->len);
    else
        bp_console_answer ("not returned, %u of %u:\n", count, collection->rows->len);
    for (guint i = 0; i < collection->rows->len; i++)
    {
        const BpCollectRow *row = collection->rows->pdata[i];
        g_autofree char *standing = dup_standing (collection->dispatch->options, row);
        if (!row->is_returned)
            bp_console_answer ("  %s: %s\n", row->sheet->lead, standing);
    }
}

void bp_collect_report_rehearsal (const BpCollection *collection)
{
    guint count = 0;
    for (guint i = 0; i < collection->rows->len; i++)
    {
        const BpLetter *letter = ((const BpCollectRow *)collection->rows->pdata[i])->letter;
        count += letter != NULL && bp_letter_goes (letter);
    }
    print_title (collection);
    print_rows (collection);
    print_open (collection);
    bp_console_answer ("rehearsal: %u message%s would go; nothing was sent\n", count, count == 1 ? "" : "s");
}

void bp_collect_report_delivery (const BpCollection *collection)
{
    bp_send_report_delivery (collection->dispatch);
    print_open (collection);
}

/* ---- JSON ---- */

static json_t *day_to_json (BpDate day)
{
    g_autofree char *text = bp_date_dup_text (day, BP_DATE_ISO);
    return day != BP_DATE_NONE ? bp_json_text (text) : json_null ();
}

static json_t *row_to_json (const BpDispatch *dispatch, const BpCollectRow *row)
{
    json_t *object = json_object ();
    g_autofree char *address = bp_send_report_dup_address (dispatch->options, row->address);
    g_autofree char *words = bp_send_report_dup_words (dispatch->options, row->words, row->address);
    json_object_set_new (object, "lead", bp_json_text (row->sheet->lead));
    json_object_set_new (object, "run", bp_json_text (row->sheet->run));
    json_object_set_new (object, "address", *row->address != '\0' ? bp_json_text (address) : json_null ());
    json_object_set_new (object, "actions", json_integer (row->sheet->actions));
    json_object_set_new (object, "values", json_integer (row->sheet->values));
    json_object_set_new (object, "returned", json_boolean (row->is_returned));
    json_object_set_new (object, "returned_on", day_to_json (row->returned_on));
    json_object_set_new (object, "sent_on", day_to_json (day_of (row->letter, row->sent_on, false)));
    json_object_set_new (object, "reminded_on", day_to_json (day_of (row->letter, row->reminded_on, true)));
    json_object_set_new (object, "next", bp_json_text (bp_collect_step_name (row->step)));
    json_object_set_new (object, "words", bp_json_text (words));
    json_object_set_new (object, "message", row->letter != NULL ? bp_send_report_letter_to_json (dispatch, row->letter) : json_null ());
    return object;
}

void bp_collect_report_json (const BpCollection *collection, bool is_rehearsal, BpExitCode code)
{
    json_t *answer = json_object (), *leads = json_array (), *open = json_array (), *without = json_array ();
    for (guint i = 0; i < collection->rows->len; i++)
    {
        const BpCollectRow *row = collection->rows->pdata[i];
        json_array_append_new (leads, row_to_json (collection->dispatch, row));
        if (!row->is_returned)
            json_array_append_new (open, bp_json_text (row->sheet->lead));
        if (!row->is_returned && (row->step == BP_COLLECT_NO_ADDRESS || row->step == BP_COLLECT_OUTSIDE))
            json_array_append_new (without, bp_json_text (row->sheet->lead));
    }
    json_object_set_new (answer, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (answer, "rehearsal", json_boolean (is_rehearsal));
    json_object_set_new (answer, "as_of", day_to_json (collection->made->as_of));
    json_object_set_new (answer, "due", day_to_json (((const BpCollectRow *)collection->rows->pdata[0])->due));
    json_object_set_new (answer, "leads", leads);
    json_object_set_new (answer, "not_returned", open);
    json_object_set_new (answer, "without_address", without);
    bp_console_answer_json (answer);
}
