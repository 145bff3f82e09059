#include "app/list_sends.h"

#include "app/clock.h"
#include "app/console.h"
#include "app/data_import.h"
#include "app/list_choice.h"
#include "app/next_step.h"
#include "app/send_report.h"
#include "app/store_json.h"
#include "base/atomic_file.h"
#include "base/text.h"

#include <string.h>

/* Messages, and beside each all that it went through. */
typedef struct
{
    GPtrArray *sends;  /* of BpSend */
    GPtrArray *events; /* of GPtrArray of BpSendEvent */
} Ledger;

static void ledger_clear (Ledger *ledger)
{
    g_clear_pointer (&ledger->sends, g_ptr_array_unref);
    g_clear_pointer (&ledger->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ledger, ledger_clear)

/* A notice or a recall tells of files that it does not bring. */
static bool is_attached (const BpSend *send)
{
    return bp_send_kind_attaches (send->kind);
}

static bool has_workbook (const BpSend *send)
{
    return is_attached (send) && send->files->len > 1;
}

/* ---- JSON ---- */

static json_t *instant_to_json (gint64 seconds)
{
    g_autofree char *text = bp_instant_dup_text (seconds);
    return seconds == 0 ? json_null () : bp_json_text (text);
}

json_t *bp_send_to_json (const BpSend *send)
{
    g_autofree char *as_of = bp_date_dup_text (send->as_of, BP_DATE_ISO);
    json_t *object = json_object ();
    json_object_set_new (object, "run", bp_json_text (send->run));
    json_object_set_new (object, "forum", bp_send_is_for_lead (send) ? json_null () : bp_json_text (send->forum));
    json_object_set_new (object, "lead", bp_send_is_for_lead (send) ? bp_json_text (send->lead) : json_null ());
    json_object_set_new (object, "round", bp_send_is_for_lead (send) ? json_integer (send->round) : json_null ());
    json_object_set_new (object, "as_of", bp_json_text (as_of));
    json_object_set_new (object, "version", send->version > 0 ? json_integer (send->version) : json_null ());
    json_object_set_new (object, "kind", bp_json_text (bp_send_kind_name (send->kind)));
    json_object_set_new (object, "address", bp_json_text (send->address));
    json_object_set_new (object, "state", bp_json_text (bp_send_state_name (send->state)));
    json_object_set_new (object, "words", bp_json_text (send->words));
    json_object_set_new (object, "attempts", json_integer (send->attempts));
    json_object_set_new (object, "message_id", bp_json_text (send->message_id));
    json_object_set_new (object, "planned_at", instant_to_json (send->planned_at));
    json_object_set_new (object, "tried_at", instant_to_json (send->tried_at));
    json_object_set_new (object, "ended_at", instant_to_json (send->ended_at));
    json_object_set_new (object, "attached", json_boolean (is_attached (send)));
    json_object_set_new (object, "workbook", json_boolean (has_workbook (send)));
    json_object_set_new (object, "files", bp_pack_files_to_json (send->files));
    return object;
}

static json_t *events_to_json (const GPtrArray *events)
{
    json_t *list = json_array ();
    for (guint i = 0; i < events->len; i++)
    {
        const BpSendEvent *event = events->pdata[i];
        json_t *object = json_object ();
        json_object_set_new (object, "state", bp_json_text (bp_send_state_name (event->state)));
        json_object_set_new (object, "at", instant_to_json (event->at));
        json_object_set_new (object, "words", bp_json_text (event->words));
        json_array_append_new (list, object);
    }
    return list;
}

static void print_json (const Ledger *ledger)
{
    json_t *list = json_array ();
    for (guint i = 0; i < ledger->sends->len; i++)
    {
        json_t *object = bp_send_to_json (ledger->sends->pdata[i]);
        json_object_set_new (object, "events", events_to_json (ledger->events->pdata[i]));
        json_array_append_new (list, object);
    }
    bp_console_answer_json (list);
}

/* ---- text ---- */

/* An intent is one that is going now, or that a program left which was stopped: nobody knows more. */
static BpSendState told_state (BpSendState state)
{
    return state == BP_SEND_STATE_INTENT ? BP_SEND_STATE_DOUBTFUL : state;
}

const char *bp_send_state_words (BpSendState state)
{
    return told_state (state) == BP_SEND_STATE_DOUBTFUL ? "DOUBTFUL" : bp_send_state_name (state);
}

char *bp_send_counts_dup_text (const int *counts)
{
    int told[BP_SEND_STATE_COUNT] = { 0 };
    GString *text = g_string_new (NULL);
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        told[told_state ((BpSendState)state)] += counts[state];
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        if (told[state] > 0)
            g_string_append_printf (text, "%s%d %s", text->len > 0 ? ", " : "", told[state], bp_send_state_words ((BpSendState)state));
    return g_string_free (text, FALSE);
}

/* Whether the state says what came of an attempt. */
static bool is_outcome (BpSendState state)
{
    return state != BP_SEND_STATE_PLANNED && state != BP_SEND_STATE_INTENT;
}

static void print_state (const char *lead, BpSendState state, gint64 seconds, const char *more, const char *words)
{
    g_autofree char *at = bp_clock_dup_london_text (seconds);
    bp_console_answer ("%s%s on %s%s%s%s\n", lead, bp_send_state_words (state), at, more, *words != '\0' ? ": " : "", words);
}

/* What came of it before that which its own line says: a doubtful one that somebody has settled, attempts that failed. */
static void print_events (const BpSend *send, const GPtrArray *events)
{
    guint outcomes = 0;
    for (guint i = 0; i < events->len; i++)
        outcomes += is_outcome (((const BpSendEvent *)events->pdata[i])->state);
    outcomes -= outcomes > 0 && is_outcome (send->state);
    for (guint i = 0; i < events->len && outcomes > 0; i++)
    {
        const BpSendEvent *event = events->pdata[i];
        if (!is_outcome (event->state))
            continue;
        print_state ("    before: ", event->state, event->at, "", event->words);
        outcomes--;
    }
}

static void print_send (const BpSend *send, const GPtrArray *events)
{
    g_autofree char *version = send->version > 0 ? g_strdup_printf (", version %d", send->version) : g_strdup ("");
    g_autofree char *attempts = send->attempts > 1 ? g_strdup_printf (", %d attempts", send->attempts) : g_strdup ("");
    g_autofree char *lead = g_strdup_printf ("%s  %s%s, %s%s  %s: ", send->run, bp_send_whose (send), version,
                                             bp_send_kind_name (send->kind), has_workbook (send) ? " and workbook" : "", send->address);
    const char *words = send->state == BP_SEND_STATE_INTENT ? "being sent now, or the program was stopped" : send->words;
    const gint64 at = send->state == BP_SEND_STATE_INTENT ? send->tried_at : send->ended_at;
    print_state (lead, send->state, at > 0 ? at : send->planned_at, attempts, words);
    print_events (send, events);
}

static bool is_any (const BpSend *send G_GNUC_UNUSED)
{
    return true;
}

static bool may_be_with_somebody (const BpSend *send)
{
    const BpSendState state = told_state (send->state);
    return state == BP_SEND_STATE_ACCEPTED || state == BP_SEND_STATE_DOUBTFUL;
}

static bool is_held (const BpSend *send)
{
    return is_attached (send) && may_be_with_somebody (send);
}

static bool is_unsent (const BpSend *send)
{
    return is_attached (send) && !may_be_with_somebody (send);
}

static bool is_told (const BpSend *send)
{
    return !is_attached (send);
}

/* Under a title, if it has one (NULL: none). */
static void print_part (const Ledger *ledger, bool (*is_in) (const BpSend *send), const char *title)
{
    bool has_title = title == NULL;
    for (guint i = 0; i < ledger->sends->len; i++)
    {
        const BpSend *send = ledger->sends->pdata[i];
        if (!is_in (send))
            continue;
        if (!has_title)
            bp_console_answer ("%s\n", title);
        has_title = true;
        print_send (send, ledger->events->pdata[i]);
    }
}

static guint count_part (const Ledger *ledger, bool (*is_in) (const BpSend *send), int *counts)
{
    guint count = 0;
    for (guint i = 0; i < ledger->sends->len; i++)
    {
        const BpSend *send = ledger->sends->pdata[i];
        if (!is_in (send))
            continue;
        counts[send->state]++;
        count++;
    }
    return count;
}

static void print_counts (const Ledger *ledger, bool (*is_in) (const BpSend *send), const char *word, const char *rest)
{
    int counts[BP_SEND_STATE_COUNT] = { 0 };
    const guint count = count_part (ledger, is_in, counts);
    g_autofree char *states = bp_send_counts_dup_text (counts);
    if (count > 0)
        bp_console_answer ("%u %s%s%s: %s\n", count, word, count == 1 ? "" : "s", rest, states);
}

/* After a mistake: who has the file, who does not, and who was only told that there is one. */
static void print_of_file (const Ledger *ledger)
{
    print_part (ledger, is_held, "sent it, or may have been:");
    print_part (ledger, is_unsent, "not sent it:");
    print_part (ledger, is_told, "told of it, not sent it:");
    print_counts (ledger, is_attached, "message", " with this file");
    print_counts (ledger, is_told, "notice", " without it");
}

static void print_nothing (const BpListChoice *choice, const BpOptions *options, const char *sha256)
{
    g_autofree char *scope = bp_list_choice_dup_words (choice);
    g_autofree char *to = options->to != NULL ? bp_send_report_dup_address (options, options->to) : NULL;
    if (sha256 != NULL)
        bp_console_answer ("%s was%s sent this file (SHA-256 %s)%s%s\n", to != NULL ? to : "nobody", to != NULL ? " not" : "", sha256,
                           *scope != '\0' ? " by a message" : "", scope);
    else
        bp_console_answer ("nothing%s was sent%s%s\n", scope, to != NULL ? " to " : "", to != NULL ? to : "");
}

/* ---- which ---- */

/* The SHA-256 that --file means: itself, or that of the file of that path. NULL with no error set: none was given. */
static bool read_sum (const BpOptions *options, char **sha256_out, GError **error)
{
    if (options->file == NULL)
        return true;
    if (bp_text_is_sha256 (options->file))
        *sha256_out = g_ascii_strdown (options->file, -1);
    else
        *sha256_out = bp_file_dup_sha256 (options->file, error);
    if (*sha256_out != NULL)
        return true;
    g_prefix_error (error, "--file takes a file, or its SHA-256 (64 digits): ");
    return false;
}

static bool load (Ledger *ledger, const BpProgrammeFolder *folder, const BpSendFilter *filter, const BpListChoice *choice, GError **error)
{
    ledger->sends = bp_sends_new ();
    ledger->events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
    if (bp_file_is_missing (folder->store))
        return true;
    g_autoptr (BpStore) store = bp_programme_folder_read_store (folder, error);
    g_autoptr (GPtrArray) all = store != NULL ? bp_sends_list (store, filter, error) : NULL;
    while (all != NULL && all->len > 0)
    {
        g_autoptr (BpSend) send = g_ptr_array_steal_index (all, 0);
        if (!bp_list_choice_has_forum (choice, send->forum))
            continue;
        GPtrArray *events = bp_sends_list_events (store, send->id, error);
        if (events == NULL)
            return false;
        g_ptr_array_add (ledger->events, events);
        g_ptr_array_add (ledger->sends, g_steal_pointer (&send));
    }
    return all != NULL;
}

static void mask_text (char **text, char *masked)
{
    g_free (*text);
    *text = masked;
}

/* For a reader who may not see whole addresses; nothing of it is kept. */
static void mask (Ledger *ledger, const BpOptions *options)
{
    for (guint i = 0; i < ledger->sends->len; i++)
    {
        BpSend *send = ledger->sends->pdata[i];
        const GPtrArray *events = ledger->events->pdata[i];
        for (guint j = 0; j < events->len; j++)
        {
            BpSendEvent *event = events->pdata[j];
            mask_text (&event->words, bp_send_report_dup_words (options, event->words, send->address));
        }
        mask_text (&send->words, bp_send_report_dup_words (options, send->words, send->address));
        mask_text (&send->address, bp_send_report_dup_address (options, send->address));
    }
}

static void say_next (const Ledger *ledger, const BpOptions *options)
{
    (void)bp_console_flush (); /* looked at again at the end */
    for (guint i = 0; i < ledger->sends->len; i++)
        bp_next_step_for_doubtful (options, ledger->sends->pdata[i]);
}

bool bp_list_sends (const BpOptions *options, const char *run, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_auto (BpListChoice) choice = { 0 };
    g_auto (Ledger) ledger = { 0 };
    g_autofree char *sha256 = NULL;
    if (!bp_programme_folder_open (&folder, options, error) || !read_sum (options, &sha256, error)
        || !bp_list_choice_read (&choice, &folder, options, run, error))
        return false;
    const BpSendFilter filter = { .run = choice.run, .address = options->to, .sha256 = sha256 };
    if (!load (&ledger, &folder, &filter, &choice, error)
        || (ledger.sends->len == 0 && !bp_list_choice_check_empty (&choice, &folder, error)))
        return false;
    if (options->mask)
        mask (&ledger, options);
    if (options->json)
        print_json (&ledger);
    else if (ledger.sends->len == 0)
        print_nothing (&choice, options, sha256);
    else if (sha256 != NULL)
        print_of_file (&ledger);
    else
    {
        print_part (&ledger, is_any, NULL);
        print_counts (&ledger, is_any, "message", "");
    }
    if (!options->json)
        say_next (&ledger, options);
    return true;
}
