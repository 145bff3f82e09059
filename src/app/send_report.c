#include "app/send_report.h"

#include "app/console.h"
#include "app/list_sends.h"
#include "app/rehearsal_report.h"
#include "app/store_json.h"
#include "delivery/mail_address.h"

#include <stdio.h>
#include <string.h>

#define MAX_QUOTED_BYTES 100

/* ---- words ---- */

char *bp_send_report_dup_address (const BpOptions *options, const char *address)
{
    const char *at = strrchr (address, '@');
    if (!options->mask || at == NULL)
        return g_strdup (options->mask ? "***" : address);
    const char *second = g_utf8_validate (address, -1, NULL) && at > address ? g_utf8_next_char (address) : address;
    return g_strdup_printf ("%.*s***%s", (int)(second - address), address, at);
}

/* As errors quote it: bp_mail_address_check and others cut it, and spell out what is no plain letter. */
static void replace_quoted (GString *words, const char *address, const char *shown)
{
    g_autofree char *escaped = g_strescape (address, NULL), *valid = g_utf8_make_valid (address, -1);
    const char *const spellings[] = { address, escaped, valid };
    for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
        g_autofree char *cut = g_strndup (spellings[i], MAX_QUOTED_BYTES);
        if (*cut == '\0')
            continue;
        g_string_replace (words, spellings[i], shown, 0);
        g_string_replace (words, cut, shown, 0);
    }
}

char *bp_send_report_dup_words (const BpOptions *options, const char *words, const char *address)
{
    if (!options->mask)
        return g_strdup (words);
    g_autofree char *shown = bp_send_report_dup_address (options, address);
    g_autoptr (GString) out = g_string_new (words);
    replace_quoted (out, address, shown);
    return bp_mail_address_dup_masked (out->str);
}

static const char *form_words (const BpSend *send)
{
    switch (send->kind)
    {
    case BP_SEND_KIND_PACK:
        return send->files->len > 1 ? "pack and workbook" : "pack";
    case BP_SEND_KIND_NOTICE:
        return "notice";
    case BP_SEND_KIND_CORRECTION:
        return send->files->len > 1 ? "correction and workbook" : "correction";
    case BP_SEND_KIND_TEST:
        return "test";
    case BP_SEND_KIND_SHEET:
        return "update sheet";
    case BP_SEND_KIND_REMINDER:
        return "reminder";
    case BP_SEND_KIND_RECALL:
        return "recall";
    }
    g_assert_not_reached ();
}

/* "notice; has version 1": who has a pack and does not get the new one is not to be overlooked. */
char *bp_send_report_dup_form (const BpLetter *letter)
{
    const BpEarlierVersion *earlier = letter->earlier;
    if (bp_send_kind_attaches (letter->send->kind) || earlier == NULL || !earlier->is_attached)
        return g_strdup (form_words (letter->send));
    return g_strdup_printf ("%s; %s version %d", form_words (letter->send), earlier->is_doubtful ? "may have" : "has", earlier->version);
}

/* Why it has not gone, as far as it is not the server who says so; NULL: nothing was in the way. */
static const char *find_hindrance (const BpLetter *letter)
{
    return letter->fault != NULL ? letter->fault : letter->obstacle;
}

const char *bp_send_report_state_words (const BpLetter *letter)
{
    if (letter->fault != NULL)
        return "not made";
    return letter->obstacle != NULL ? "to be told by somebody" : bp_send_state_words (letter->send->state);
}

static void print_state (const BpDispatch *dispatch, const BpLetter *letter)
{
    const BpSend *send = letter->send;
    g_autofree char *address = bp_send_report_dup_address (dispatch->options, send->address);
    const char *hindrance = find_hindrance (letter);
    g_autofree char *words = bp_send_report_dup_words (dispatch->options, hindrance != NULL ? hindrance : send->words, send->address);
    g_autofree char *form = bp_send_report_dup_form (letter);
    bp_console_answer ("%s  %s: %s (%s)%s%s\n", bp_send_whose (send), address, bp_send_report_state_words (letter), form,
                       *words != '\0' ? ": " : "", words);
}

void bp_send_report_progress (const BpDispatch *dispatch, const BpLetter *letter)
{
    if (dispatch->options->json)
        return;
    print_state (dispatch, letter);
    (void)bp_console_flush (); /* looked at again at the end */
}

/* ---- what does not go ---- */

static char *dup_reason (const BpDispatch *dispatch, const BpLeftOut *left_out)
{
    return bp_send_report_dup_words (dispatch->options, left_out->reason, left_out->address != NULL ? left_out->address : "");
}

static void print_left_out (const BpDispatch *dispatch)
{
    if (dispatch->left_out->len > 0)
        bp_console_answer ("left out:\n");
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        g_autofree char *reason = dup_reason (dispatch, left_out);
        if (left_out->address == NULL)
        {
            bp_console_answer ("%s: left out: %s\n", left_out->whose, reason);
            continue;
        }
        g_autofree char *address = bp_send_report_dup_address (dispatch->options, left_out->address);
        bp_console_answer ("%s  %s: %s\n", left_out->whose, address, reason);
    }
}

void bp_send_report_held (const BpDispatch *dispatch)
{
    if (dispatch->held->len > 0)
        bp_console_answer ("packs that do not go:\n");
    for (guint i = 0; i < dispatch->held->len; i++)
    {
        const BpHeld *held = dispatch->held->pdata[i];
        bp_console_answer ("%s  %s: %s\n", held->whose, held->run, held->reason);
    }
}

/* ---- a delivery ---- */

/* "; accepted now: 2, before: 16": whoever calls again wants to know what this call did. */
static void append_when (GString *text, const BpDispatch *dispatch)
{
    guint now = 0, before = 0;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->fault == NULL && letter->send->state == BP_SEND_STATE_ACCEPTED)
            *(letter->is_open ? &now : &before) += 1;
    }
    if (before > 0)
        g_string_append_printf (text, "; accepted now: %u, before: %u", now, before);
}

static void print_counts (const BpDispatch *dispatch)
{
    int counts[BP_SEND_STATE_COUNT] = { 0 }, faults = 0, obstacles = 0;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->fault != NULL)
            faults++;
        else if (letter->obstacle != NULL)
            obstacles++;
        else
            counts[letter->send->state]++;
    }
    g_autofree char *states = bp_send_counts_dup_text (counts);
    g_autoptr (GString) text = g_string_new (states);
    if (faults > 0)
        g_string_append_printf (text, "%s%d not made", text->len > 0 ? ", " : "", faults);
    if (obstacles > 0)
        g_string_append_printf (text, "%s%d to be told by somebody", text->len > 0 ? ", " : "", obstacles);
    append_when (text, dispatch);
    bp_console_answer ("%u message%s%s%s\n", dispatch->letters->len, dispatch->letters->len == 1 ? "" : "s", text->len > 0 ? ": " : "",
                       text->str);
}

/* Its server has it, or somebody has seen to it. */
static bool is_accepted (const BpLetter *letter)
{
    return letter->fault == NULL && (letter->send->state == BP_SEND_STATE_ACCEPTED || letter->send->state == BP_SEND_STATE_TOLD);
}

void bp_send_report_delivery (const BpDispatch *dispatch)
{
    bool has_title = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (is_accepted (letter))
            continue;
        if (!has_title)
            bp_console_answer ("not accepted:\n");
        has_title = true;
        print_state (dispatch, letter);
    }
    if (!dispatch->is_for_leads) /* of leads, whoever has not returned is named below in any case */
    {
        print_left_out (dispatch);
        bp_send_report_held (dispatch);
    }
    print_counts (dispatch);
}

/* ---- JSON ---- */

static json_t *replaced_to_json (const BpEarlierVersion *earlier)
{
    if (earlier == NULL)
        return json_null ();
    g_autofree char *date = bp_date_dup_text (earlier->sent_on, BP_DATE_ISO);
    json_t *object = json_object ();
    json_object_set_new (object, "run", bp_json_text (earlier->run));
    json_object_set_new (object, "version", json_integer (earlier->version));
    json_object_set_new (object, "sent_on", bp_json_text (date));
    json_object_set_new (object, "attached", json_boolean (earlier->is_attached));
    json_object_set_new (object, "doubtful", json_boolean (earlier->is_doubtful));
    return object;
}

json_t *bp_send_report_letter_to_json (const BpDispatch *dispatch, const BpLetter *letter)
{
    const BpSend *send = letter->send;
    g_autofree char *address = bp_send_report_dup_address (dispatch->options, send->address);
    const char *hindrance = find_hindrance (letter);
    g_autofree char *words = bp_send_report_dup_words (dispatch->options, hindrance != NULL ? hindrance : send->words, send->address);
    json_t *object = json_object ();
    json_object_set_new (object, "run", bp_json_text (send->run));
    if (bp_send_is_for_lead (send))
        json_object_set_new (object, "lead", bp_json_text (send->lead));
    else
        json_object_set_new (object, "forum", bp_json_text (send->forum));
    json_object_set_new (object, "version", send->version > 0 ? json_integer (send->version) : json_null ());
    json_object_set_new (object, "address", bp_json_text (address));
    json_object_set_new (object, "name", bp_json_text (letter->name));
    json_object_set_new (object, "kind", bp_json_text (bp_send_kind_name (send->kind)));
    json_object_set_new (object, "exception", json_boolean (letter->is_outside));
    json_object_set_new (object, "exception_by", bp_json_text (letter->exception_by));
    json_object_set_new (object, "files", bp_send_kind_attaches (send->kind) ? bp_pack_files_to_json (send->files) : json_array ());
    json_object_set_new (object, "replaces", replaced_to_json (letter->earlier));
    json_object_set_new (object, "state", bp_json_text (letter->fault != NULL ? "not made" : bp_send_state_name (send->state)));
    json_object_set_new (object, "words", bp_json_text (words));
    json_object_set_new (object, "message_id", bp_json_text (send->message_id));
    json_object_set_new (object, "goes", json_boolean (bp_letter_goes (letter)));
    json_object_set_new (object, "bytes", json_integer ((json_int_t)letter->bytes));
    json_object_set_new (object, "file", bp_json_text (letter->file));
    return object;
}

static json_t *left_out_to_json (const BpDispatch *dispatch)
{
    json_t *list = json_array ();
    for (guint i = 0; i < dispatch->left_out->len; i++)
    {
        const BpLeftOut *left_out = dispatch->left_out->pdata[i];
        const bool is_row = left_out->address == NULL;
        g_autofree char *address = is_row ? NULL : bp_send_report_dup_address (dispatch->options, left_out->address);
        g_autofree char *reason = dup_reason (dispatch, left_out);
        json_t *object = json_object ();
        json_object_set_new (object, "run", bp_json_text (left_out->run));
        json_object_set_new (object, "forum", is_row ? json_null () : bp_json_text (left_out->whose));
        json_object_set_new (object, "row", is_row ? bp_json_text (left_out->whose) : json_null ());
        json_object_set_new (object, "address", bp_json_text (address));
        json_object_set_new (object, "reason", bp_json_text (reason));
        json_array_append_new (list, object);
    }
    return list;
}

static json_t *held_to_json (const BpDispatch *dispatch)
{
    json_t *list = json_array ();
    for (guint i = 0; i < dispatch->held->len; i++)
    {
        const BpHeld *held = dispatch->held->pdata[i];
        json_t *object = json_object ();
        json_object_set_new (object, "run", bp_json_text (held->run));
        json_object_set_new (object, "forum", bp_json_text (held->whose));
        json_object_set_new (object, "reason", bp_json_text (held->reason));
        json_object_set_new (object, "faulty", json_boolean (held->is_faulty));
        json_array_append_new (list, object);
    }
    return list;
}

void bp_send_report_json (const BpDispatch *dispatch, bool is_rehearsal, BpExitCode code)
{
    json_t *answer = json_object (), *letters = json_array ();
    for (guint i = 0; i < dispatch->letters->len; i++)
        json_array_append_new (letters, bp_send_report_letter_to_json (dispatch, dispatch->letters->pdata[i]));
    json_object_set_new (answer, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (answer, "rehearsal", json_boolean (is_rehearsal));
    json_object_set_new (answer, "packs", bp_rehearsal_report_packs_to_json (dispatch));
    json_object_set_new (answer, "messages", letters);
    json_object_set_new (answer, "left_out", left_out_to_json (dispatch));
    json_object_set_new (answer, "held", held_to_json (dispatch));
    bp_console_answer_json (answer);
}

/* ---- the end ---- */

BpExitCode bp_send_report_exit_code (const BpDispatch *dispatch, bool is_rehearsal)
{
    guint well = 0, badly = 0, doubtful = 0;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        const bool is_doubtful = letter->fault == NULL && letter->send->state == BP_SEND_STATE_DOUBTFUL;
        const bool is_well = is_accepted (letter) || (is_rehearsal && bp_letter_goes (letter));
        well += is_well;
        badly += !is_well;
        doubtful += is_doubtful;
    }
    for (guint i = 0; i < dispatch->held->len; i++)
        badly += ((const BpHeld *)dispatch->held->pdata[i])->is_faulty;
    for (guint i = 0; i < dispatch->left_out->len; i++)
        badly += ((const BpLeftOut *)dispatch->left_out->pdata[i])->is_to_mend;
    if (badly > 0)
        return well + doubtful + dispatch->earlier_packs > 0 ? BP_EXIT_SENT_PARTLY : BP_EXIT_FAILED;
    /* a call by name that finds nothing it may send has failed; a scheduler's has nothing to do */
    const bool has_rest = dispatch->held->len > 0 || (dispatch->is_for_leads && dispatch->left_out->len > 0);
    return well + dispatch->settled == 0 && !dispatch->options->approved && has_rest ? BP_EXIT_FAILED : BP_EXIT_WELL;
}
