#include "app/rehearsal_report.h"

#include "app/clock.h"
#include "app/console.h"
#include "app/list_sends.h"
#include "app/send_report.h"
#include "domain/recipient.h"

#include <string.h>

#define BYTES_IN_KB 1000

/* Rows of a forum by which nobody gets anything today. */
typedef struct
{
    guint ended, to_come;
} Idle;

static Idle count_idle (const BpDispatch *dispatch, const GPtrArray *recipients, const char *forum)
{
    const BpDate today = dispatch->folder->clock.today;
    Idle idle = { 0, 0 };
    for (guint i = 0; i < recipients->len; i++)
    {
        const BpRecipient *recipient = recipients->pdata[i];
        if (recipient->forum == NULL || strcmp (recipient->forum->id, forum) != 0 || recipient->fault != NULL
            || bp_recipient_is_in_force (recipient, today))
            continue;
        const bool has_ended = recipient->to != BP_DATE_NONE && recipient->to < today;
        *(has_ended ? &idle.ended : &idle.to_come) += 1;
    }
    return idle;
}

static int pages_of (const BpPackMail *mail, const char *path)
{
    g_autoptr (GPtrArray) outputs = bp_finished_run_list_outputs (mail->run, mail->pack->forum);
    for (guint i = 0; i < outputs->len; i++)
        if (strcmp (bp_output_text (outputs->pdata[i], "path"), path) == 0)
            return (int)json_integer_value (json_object_get (outputs->pdata[i], "pages"));
    return 0;
}

/* ---- a pack ---- */

static char *dup_size (gsize bytes)
{
    return bytes < BP_BYTES_IN_MB ? g_strdup_printf ("%u KB", (guint)((bytes + BYTES_IN_KB - 1) / BYTES_IN_KB))
                                  : g_strdup_printf ("%.1f MB", (double)bytes / BP_BYTES_IN_MB);
}

static void print_files (const BpPackMail *mail)
{
    const BpSendablePack *pack = mail->pack;
    for (guint i = 0; i < pack->files->len; i++)
    {
        const int pages = pages_of (mail, ((const BpPackFile *)pack->files->pdata[i])->path);
        g_autofree char *size = dup_size (g_bytes_get_size (pack->contents->pdata[i]));
        bp_console_answer ("%s%s (", i == 0 ? "    " : ", ", mail->file_names[i]);
        if (pages > 0)
            bp_console_answer ("%d page%s, ", pages, pages == 1 ? "" : "s");
        bp_console_answer ("%s)", size);
    }
    bp_console_answer ("\n");
}

/* "bbp, version 1, OFFICIAL: Borough Based Partnership, meeting on 25 September 2025" */
static void print_pack (const BpDispatch *dispatch, const BpPackMail *mail)
{
    const BpSendablePack *pack = mail->pack;
    g_autofree char *meeting = bp_date_dup_text (mail->meeting, BP_DATE_LONG);
    g_autofree char *version = pack->version > 0 ? g_strdup_printf ("version %d", pack->version) : g_strdup ("draft");
    bp_console_answer ("%s, %s, %s: %s", pack->forum, version, pack->marking, mail->forum_name);
    if (mail->gap == NULL) /* else it is not known, and a note says why */
        bp_console_answer (", %s%s", mail->meeting != BP_DATE_NONE ? "meeting on " : "no date of a meeting", meeting);
    bp_console_answer (dispatch->options->approved ? " (%s)\n" : "\n", mail->run->id);
    print_files (mail);
    if (pack->approval == NULL)
        return;
    g_autofree char *at = bp_date_dup_text (pack->approval->approved_on, BP_DATE_LONG);
    bp_console_answer ("    approved by %s, %s, on %s\n", pack->approval->approved_by, pack->approval->role, at);
}

/* ---- an address ---- */

/* "already accepted on 1 August 2025 (pack)" */
static char *dup_past (const BpDispatch *dispatch, const BpLetter *letter)
{
    const BpSend *send = letter->send;
    g_autofree char *form = bp_send_report_dup_form (letter);
    g_autofree char *day = bp_date_dup_text (bp_clock_london_date (send->ended_at), BP_DATE_LONG);
    g_autofree char *words = bp_send_report_dup_words (dispatch->options, send->words, send->address);
    const bool is_done = send->state == BP_SEND_STATE_ACCEPTED || send->state == BP_SEND_STATE_TOLD;
    return g_strdup_printf ("%s%s%s%s (%s)%s%s", is_done ? "already " : "", bp_send_state_words (send->state),
                            send->ended_at > 0 ? " on " : "", send->ended_at > 0 ? day : "", form, is_done ? "" : ": ",
                            is_done ? "" : words);
}

static void append_why (GString *text, const BpDispatch *dispatch, const BpLetter *letter)
{
    const BpSend *send = letter->send;
    if (send->kind == BP_SEND_KIND_NOTICE)
        g_string_append_printf (text, ", not the pack: it is %s", letter->pack->pack->marking);
    if (letter->is_outside)
        g_string_append_printf (text, "%s outside the allow-list, exception by %s",
                                send->kind == BP_SEND_KIND_NOTICE ? " and this address" : ";",
                                letter->exception_by != NULL ? letter->exception_by : "nobody");
    if (send->kind == BP_SEND_KIND_CORRECTION && letter->earlier != NULL)
    {
        g_autofree char *day = bp_date_dup_text (letter->earlier->sent_on, BP_DATE_LONG);
        g_string_append_printf (text, "; replaces version %d of %s", letter->earlier->version, day);
    }
    if (send->state != BP_SEND_STATE_PLANNED)
    {
        g_autofree char *words = bp_send_report_dup_words (dispatch->options, send->words, send->address);
        g_string_append_printf (text, "; before: %s: %s", bp_send_state_words (send->state), words);
    }
}

/* "pack and workbook; outside the allow-list, exception by Ann Other" */
static char *dup_what (const BpDispatch *dispatch, const BpLetter *letter)
{
    const char *hindrance = letter->fault != NULL ? letter->fault : letter->obstacle;
    g_autofree char *form = bp_send_report_dup_form (letter);
    if (hindrance != NULL)
    {
        g_autofree char *words = bp_send_report_dup_words (dispatch->options, hindrance, letter->send->address);
        return g_strdup_printf ("%s (%s): %s", bp_send_report_state_words (letter), form, words);
    }
    if (!bp_letter_goes (letter))
        return dup_past (dispatch, letter);
    GString *text = g_string_new (form);
    append_why (text, dispatch, letter);
    return g_string_free (text, FALSE);
}

/* Columns: the message's file, address, name. */
typedef struct
{
    const BpDispatch *dispatch;
    glong address_width, name_width;
} Table;

static void print_row (const Table *table, const char *file, const char *address, const char *name, const char *what)
{
    g_autofree char *shown = bp_send_report_dup_address (table->dispatch->options, address);
    g_autofree char *base = file != NULL ? g_path_get_basename (file) : g_strdup ("");
    bp_console_answer ("  ");
    bp_console_answer_padded (base, (glong)strlen ("001.eml"));
    bp_console_answer_padded (shown, table->address_width);
    if (table->name_width > 0)
        bp_console_answer_padded (name != NULL ? name : "", table->name_width);
    bp_console_answer ("%s\n", what);
}

static bool is_of (const BpLeftOut *left_out, const BpPackMail *mail)
{
    return left_out->address != NULL && strcmp (left_out->run, mail->run->id) == 0 && strcmp (left_out->whose, mail->pack->forum) == 0;
}

static void measure (Table *table, const BpPackMail *mail)
{
    const BpDispatch *dispatch = table->dispatch;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        g_autofree char *shown = bp_send_report_dup_address (dispatch->options, letter->send->address);
        if (letter->pack != mail)
            continue;
        table->address_width = MAX (table->address_width, bp_console_width (shown));
        table->name_width = MAX (table->name_width, letter->name != NULL ? bp_console_width (letter->name) : 0);
    }
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        if (!is_of (left_out, mail))
            continue;
        g_autofree char *shown = bp_send_report_dup_address (dispatch->options, left_out->address);
        table->address_width = MAX (table->address_width, bp_console_width (shown));
    }
}

/* Where the numbered files of a pack's messages are; NULL if it has none. */
static char *dup_folder (const BpDispatch *dispatch, const BpPackMail *mail)
{
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->pack == mail && letter->file != NULL)
            return g_path_get_dirname (letter->file);
    }
    return NULL;
}

static void print_rows (const BpDispatch *dispatch, const BpPackMail *mail)
{
    g_autofree char *folder = dup_folder (dispatch, mail);
    Table table = { dispatch, 0, 0 };
    measure (&table, mail);
    if (folder != NULL)
        bp_console_answer ("    messages in %s\n", folder);
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->pack != mail)
            continue;
        g_autofree char *what = dup_what (dispatch, letter);
        print_row (&table, letter->file, letter->send->address, letter->name, what);
    }
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        if (!is_of (left_out, mail))
            continue;
        g_autofree char *reason = bp_send_report_dup_words (dispatch->options, left_out->reason, left_out->address);
        g_autofree char *what = g_strdup_printf ("left out: %s", reason);
        print_row (&table, NULL, left_out->address, NULL, what);
    }
}

static bool is_of_any (const BpLeftOut *left_out, const BpDispatch *dispatch)
{
    for (guint i = 0; i < dispatch->mails->len; i++)
        if (is_of (left_out, dispatch->mails->pdata[i]))
            return true;
    return false;
}

/* Rows that nobody can read, by which somebody gets nothing; and whoever a pack of before has gone without. */
static void print_others (const BpDispatch *dispatch)
{
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        const bool is_row = left_out->address == NULL;
        g_autofree char *address = is_row ? NULL : bp_send_report_dup_address (dispatch->options, left_out->address);
        g_autofree char *reason = bp_send_report_dup_words (dispatch->options, left_out->reason, is_row ? "" : left_out->address);
        if (is_row)
            bp_console_answer ("%s: left out: %s\n", left_out->whose, reason);
        else if (!is_of_any (left_out, dispatch))
            bp_console_answer ("%s  %s: %s\n", left_out->whose, address, reason);
    }
}

static void print_idle (const Idle *idle)
{
    const guint count = idle->ended + idle->to_come;
    if (count > 0)
        bp_console_answer ("    %u row%s not in force today: %u ended, %u still to come\n", count, count == 1 ? "" : "s", idle->ended,
                           idle->to_come);
}

/* ---- all ---- */

static guint count_going (const BpDispatch *dispatch)
{
    guint count = 0;
    for (guint i = 0; i < dispatch->letters->len; i++)
        count += bp_letter_goes (dispatch->letters->pdata[i]);
    return count;
}

void bp_rehearsal_report_print (const BpDispatch *dispatch)
{
    const guint count = count_going (dispatch);
    g_autoptr (GPtrArray) recipients = bp_recipients_read (dispatch->tables, &dispatch->folder->config->programme);
    for (guint i = 0; i < dispatch->mails->len; i++)
    {
        const BpPackMail *mail = dispatch->mails->pdata[i];
        const Idle idle = count_idle (dispatch, recipients, mail->pack->forum);
        print_pack (dispatch, mail);
        print_rows (dispatch, mail);
        if (dispatch->options->to_me == NULL)
            print_idle (&idle);
    }
    print_others (dispatch);
    bp_send_report_held (dispatch);
    bp_console_answer ("rehearsal: %u message%s would go; nothing was sent\n", count, count == 1 ? "" : "s");
}

/* ---- JSON ---- */

static json_t *files_to_json (const BpPackMail *mail)
{
    json_t *list = json_array ();
    for (guint i = 0; i < mail->pack->files->len; i++)
    {
        const int pages = pages_of (mail, ((const BpPackFile *)mail->pack->files->pdata[i])->path);
        json_t *object = json_object ();
        json_object_set_new (object, "name", bp_json_text (mail->file_names[i]));
        json_object_set_new (object, "pages", pages > 0 ? json_integer (pages) : json_null ());
        json_object_set_new (object, "bytes", json_integer ((json_int_t)g_bytes_get_size (mail->pack->contents->pdata[i])));
        json_array_append_new (list, object);
    }
    return list;
}

json_t *bp_rehearsal_report_packs_to_json (const BpDispatch *dispatch)
{
    g_autoptr (GPtrArray) recipients = bp_recipients_read (dispatch->tables, &dispatch->folder->config->programme);
    json_t *list = json_array ();
    for (guint i = 0; i < dispatch->mails->len; i++)
    {
        const BpPackMail *mail = dispatch->mails->pdata[i];
        const Idle idle = count_idle (dispatch, recipients, mail->pack->forum);
        g_autofree char *meeting = bp_date_dup_text (mail->meeting, BP_DATE_ISO);
        json_t *object = json_object ();
        json_object_set_new (object, "run", bp_json_text (mail->run->id));
        json_object_set_new (object, "forum", bp_json_text (mail->pack->forum));
        json_object_set_new (object, "name", bp_json_text (mail->forum_name));
        json_object_set_new (object, "marking", bp_json_text (mail->pack->marking));
        json_object_set_new (object, "version", mail->pack->version > 0 ? json_integer (mail->pack->version) : json_null ());
        json_object_set_new (object, "meeting", mail->meeting != BP_DATE_NONE ? bp_json_text (meeting) : json_null ());
        json_object_set_new (object, "files", files_to_json (mail));
        json_object_set_new (object, "not_in_force", json_integer (idle.ended + idle.to_come));
        json_array_append_new (list, object);
    }
    return list;
}
