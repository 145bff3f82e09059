#include "app/command_table.h"

#include "app/console.h"
#include "app/finished_run.h"
#include "app/interrupt.h"
#include "app/operator_mail.h"
#include "app/run_folder.h"
#include "app/run_records.h"
#include "app/send_report.h"
#include "base/atomic_file.h"
#include "delivery/header_text.h"

#include <stdio.h>
#include <string.h>

#define MAX_TEXT_BYTES ((gsize)64 * 1024)
#define MAX_SUMMARY_BYTES ((gsize)16 * 1024 * 1024)
#define MAX_WHAT_CHARS 60

/* ---- the summary of a run ---- */

static int finding_count (const json_t *manifest, const char *level)
{
    return (int)json_integer_value (json_object_get (json_object_get (manifest, "findings"), level));
}

/* "built: 7 packs, 3 findings of level error, 2 rows left out" */
static char *dup_built (const BpFinishedRun *run)
{
    g_autoptr (GPtrArray) forums = bp_finished_run_list_forums (run);
    const int errors = finding_count (run->manifest, "error"), quarantined = finding_count (run->manifest, "quarantined");
    GString *text = g_string_new (NULL);
    g_string_append_printf (text, "built: %u %spack%s, %d finding%s of level error", forums->len,
                            bp_finished_run_is_draft (run) ? "draft " : "", forums->len == 1 ? "" : "s", errors, errors == 1 ? "" : "s");
    if (quarantined > 0)
        g_string_append_printf (text, ", %d row%s left out", quarantined, quarantined == 1 ? "" : "s");
    return g_string_free (text, FALSE);
}

static bool read_summary (const BpProgrammeFolder *folder, char **gist_out, char **text_out, GError **error)
{
    g_auto (BpFinishedRun) run = { 0 };
    g_autofree char *latest = bp_run_folder_find (folder->output, "latest", error);
    json_t *manifest = latest != NULL ? bp_run_folder_load_manifest (latest, NULL, error) : NULL;
    g_autofree char *id = g_strdup (bp_manifest_text (manifest, "run"));
    json_decref (manifest);
    if (manifest == NULL || !bp_finished_run_open (&run, folder->output, id, error))
        return false;
    g_autofree char *path = g_build_filename (run.folder, BP_RECORD_SUMMARY, NULL), *bytes = NULL;
    gsize length;
    if (!bp_file_read (path, MAX_SUMMARY_BYTES, &bytes, &length, error))
        return false;
    *gist_out = dup_built (&run);
    *text_out = bp_operator_mail_dup_text (bytes, MIN (length, MAX_TEXT_BYTES));
    return true;
}

/* ---- a failure ---- */

static void keep_end (GString *tail)
{
    if (tail->len > MAX_TEXT_BYTES)
        g_string_erase (tail, 0, (gssize)(tail->len - MAX_TEXT_BYTES));
}

/* The end of what comes, however much it is: there a log says what went wrong. It begins with a whole line, if one begins in it. */
static GString *read_tail (void)
{
    GString *tail = g_string_new (NULL);
    bool is_cut = false;
    char part[8192];
    for (gsize got; (got = fread (part, 1, sizeof part, stdin)) > 0;)
    {
        g_string_append_len (tail, part, (gssize)got);
        is_cut = is_cut || tail->len > MAX_TEXT_BYTES;
        if (tail->len > 16 * MAX_TEXT_BYTES)
            keep_end (tail);
    }
    keep_end (tail);
    const char *first_end = is_cut ? memchr (tail->str, '\n', tail->len) : NULL;
    if (first_end != NULL && first_end + 1 < tail->str + tail->len)
        g_string_erase (tail, 0, first_end + 1 - tail->str);
    return tail;
}

/* This machine's name, of which nothing can be more than a name. */
static char *dup_host (void)
{
    return g_strcanon (g_strdup (g_get_host_name ()), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.", '-');
}

static bool read_failure (const char *what, char **gist_out, char **text_out, GError **error)
{
    g_autofree char *host = dup_host ();
    if (what != NULL && !bp_header_text_check ("what failed", what, MAX_WHAT_CHARS, error))
    {
        (*error)->code = BP_ERROR_USAGE;
        return false;
    }
    GString *tail = read_tail ();
    *gist_out = g_strdup_printf ("%s FAILED on %s", what != NULL ? what : "run", host);
    *text_out = bp_operator_mail_dup_text (tail->str, tail->len);
    g_string_free (tail, TRUE);
    return true;
}

/* ---- the command ---- */

static void answer (const BpOptions *options, const BpProgrammeFolder *folder, const BpOperatorMail *mail, const BpSmtpResult *result,
                    BpExitCode code)
{
    g_autofree char *address = bp_send_report_dup_address (options, folder->config->mail.operator_address);
    g_autofree char *subject = bp_operator_mail_dup_subject (folder->config, mail);
    g_autofree char *words = bp_send_report_dup_words (options, result->words, folder->config->mail.operator_address);
    if (!options->json)
    {
        bp_console_answer ("%s: %s: %s%s%s\n", address, bp_smtp_outcome_name (result->outcome), subject, *words != '\0' ? ": " : "", words);
        return;
    }
    json_t *object = json_object ();
    json_object_set_new (object, "exit_code", json_integer ((json_int_t)code));
    json_object_set_new (object, "address", bp_json_text (address));
    json_object_set_new (object, "subject", bp_json_text (subject));
    json_object_set_new (object, "state", bp_json_text (bp_smtp_outcome_name (result->outcome)));
    json_object_set_new (object, "words", bp_json_text (words));
    bp_console_answer_json (object);
}

BpExitCode bp_cmd_notify (const BpOptions *options, const char *const *arguments, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    g_autofree char *gist = NULL, *text = NULL;
    const bool is_failure = g_strcmp0 (arguments[0], "failure") == 0;
    if (!is_failure && g_strcmp0 (arguments[0], "summary") != 0)
        bp_fail (error, BP_ERROR_USAGE, "say what to tell: notify summary, or notify failure");
    else if (!is_failure && arguments[1] != NULL)
        bp_fail (error, BP_ERROR_USAGE, "'notify summary' takes nothing more: it tells of the newest run");
    else if (bp_programme_folder_open (&folder, options, error) && bp_operator_mail_check (folder.config, error))
        (void)(is_failure ? read_failure (arguments[1], &gist, &text, error) : read_summary (&folder, &gist, &text, error));
    if (text == NULL)
        return BP_EXIT_FAILED;
    const BpOperatorMail mail = { gist, text };
    BpSmtpResult result = { 0 };
    bp_interrupt_watch ();
    if (!bp_operator_mail_send (options, &folder, &mail, &result, error))
        return BP_EXIT_FAILED;
    const BpExitCode code = result.outcome == BP_SMTP_ACCEPTED ? BP_EXIT_WELL : BP_EXIT_FAILED;
    answer (options, &folder, &mail, &result, code);
    return code;
}
