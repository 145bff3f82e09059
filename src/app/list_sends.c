#include "app/list_sends.h"

#include "app/console.h"
#include "app/data_import.h"
#include "app/list_approvals.h"
#include "base/atomic_file.h"

#include <string.h>

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
    json_object_set_new (object, "attached", json_boolean (bp_send_kind_attaches (send->kind)));
    json_object_set_new (object, "files", bp_pack_files_to_json (send->files));
    return object;
}

/* Whether the files of it are with somebody, for a reader in a hurry. */
static const char *state_words (const BpSend *send)
{
    switch (send->state)
    {
    case BP_SEND_STATE_PLANNED:
        return "not sent yet";
    case BP_SEND_STATE_INTENT:
        return "DOUBTFUL (being sent, or stopped meanwhile)";
    case BP_SEND_STATE_ACCEPTED:
        return "accepted";
    case BP_SEND_STATE_REJECTED:
        return "rejected";
    case BP_SEND_STATE_DEFERRED:
        return "to be tried again";
    case BP_SEND_STATE_DOUBTFUL:
        return "DOUBTFUL";
    case BP_SEND_STATE_FAILED:
        return "not sent";
    case BP_SEND_STATE_TOLD:
        return "told by somebody";
    }
    return "";
}

static void print_send (const BpSend *send)
{
    g_autofree char *at = bp_instant_dup_text (send->ended_at > 0 ? send->ended_at : send->planned_at);
    bp_console_answer ("%s  %s, %s  %s: %s %s", send->run, bp_send_whose (send), bp_send_kind_name (send->kind), send->address,
                       state_words (send), at);
    if (send->attempts > 1)
        bp_console_answer (", %d attempts", send->attempts);
    bp_console_answer (*send->words != '\0' ? ": %s\n" : "%s\n", send->words);
}

static void print_counts (const GPtrArray *sends)
{
    int counts[BP_SEND_STATE_COUNT] = { 0 };
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < sends->len; i++)
        counts[((const BpSend *)sends->pdata[i])->state]++;
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        if (counts[state] > 0)
            g_string_append_printf (text, "%s%d %s", text->len > 0 ? ", " : "", counts[state], bp_send_state_name ((BpSendState)state));
    bp_console_answer ("%u message%s%s%s\n", sends->len, sends->len == 1 ? "" : "s", text->len > 0 ? ": " : "", text->str);
}

/* ---- which ---- */

static bool is_sum (const char *text)
{
    return strlen (text) == 64 && strspn (text, "0123456789abcdefABCDEF") == 64;
}

/* The SHA-256 that --file means: itself, or that of the file of that path. NULL with no error set: none was given. */
static bool read_sum (const BpOptions *options, char **sha256_out, GError **error)
{
    if (options->file == NULL)
        return true;
    if (is_sum (options->file))
        *sha256_out = g_ascii_strdown (options->file, -1);
    else
        *sha256_out = bp_file_dup_sha256 (options->file, error);
    if (*sha256_out != NULL)
        return true;
    g_prefix_error (error, "--file takes a file, or its SHA-256 (64 digits): ");
    return false;
}

static GPtrArray *load (const BpProgrammeFolder *folder, const BpSendFilter *filter, GError **error)
{
    if (bp_file_is_missing (folder->store))
        return bp_sends_new ();
    g_autoptr (BpStore) store = bp_programme_folder_open_store (folder, true, error);
    return store != NULL ? bp_sends_list (store, filter, error) : NULL;
}

bool bp_list_sends (const BpOptions *options, const char *run, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_autofree char *sha256 = NULL;
    if (!bp_programme_folder_open (&folder, options, error) || !read_sum (options, &sha256, error))
        return false;
    const BpSendFilter filter = { .run = run, .sha256 = sha256 };
    g_autoptr (GPtrArray) sends = load (&folder, &filter, error);
    if (sends == NULL)
        return false;
    json_t *list = json_array ();
    for (guint i = 0; i < sends->len; i++)
    {
        json_array_append_new (list, bp_send_to_json (sends->pdata[i]));
        if (!options->json)
            print_send (sends->pdata[i]);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
    {
        json_decref (list);
        print_counts (sends);
    }
    return true;
}
