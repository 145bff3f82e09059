#ifndef BP_TESTS_SUPPORT_LEDGER_FIXTURE_H
#define BP_TESTS_SUPPORT_LEDGER_FIXTURE_H

/* Approvals and sends made by hand; for the tests of the ledger. */

#include "store/approvals.h"
#include "store/sends.h"
#include "support/store_folder.h"

#define LEDGER_SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LEDGER_OTHER_SHA "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* One PDF whose sum is LEDGER_SHA with the version in its first place. */
static inline GPtrArray *ledger_files (const char *forum, int version)
{
    GPtrArray *files = bp_pack_files_new ();
    g_autofree char *path = g_strdup_printf ("%s/%s-2025-01-31.pdf", forum, forum), *sha256 = g_strdup (LEDGER_SHA);
    sha256[0] = (char)('0' + version);
    bp_pack_files_add (files, path, sha256);
    return files;
}

static inline BpApproval *ledger_approval (const char *run, const char *forum, int version)
{
    BpApproval *approval = g_new0 (BpApproval, 1);
    *approval = (BpApproval){ .run = g_strdup (run),
                              .forum = g_strdup (forum),
                              .as_of = bp_date_new (2025, 1, 31),
                              .version = version,
                              .approved_by = g_strdup ("Ann Other"),
                              .role = g_strdup ("Programme Manager"),
                              .account = g_strdup ("aother"),
                              .prepared_by = g_strdup ("scheduler"),
                              .note = g_strdup ("Read."),
                              .approved_at = 1738368000,
                              .approved_on = bp_date_new (2025, 2, 1),
                              .manifest_sha256 = g_strdup (LEDGER_OTHER_SHA),
                              .files = ledger_files (forum, version) };
    return approval;
}

static inline bool ledger_try_approve (BpStore *store, const char *run, const char *forum, int version, GError **error)
{
    g_autoptr (GPtrArray) approvals = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    g_ptr_array_add (approvals, ledger_approval (run, forum, version));
    return bp_approvals_add (store, approvals, error);
}

/* Must succeed. */
static inline void ledger_approve (BpStore *store, const char *run, const char *forum, int version)
{
    GError *error = NULL;
    g_assert_true (ledger_try_approve (store, run, forum, version, &error));
    g_assert_no_error (error);
}

static inline BpSend *ledger_send (BpSendKind kind, const char *run, const char *forum, int version, const char *address)
{
    g_autoptr (GPtrArray) files = ledger_files (forum, version);
    g_autofree char *message_id = g_strdup_printf ("<%s.%s.%s@example.org>", run, forum, address);
    return bp_send_new (kind, run, forum, bp_date_new (2025, 1, 31), version, address, message_id, files);
}

/* Plans one send; must succeed. The caller frees it. */
static inline BpSend *ledger_plan (BpStore *store, BpSendKind kind, const char *run, const char *forum, int version, const char *address)
{
    GError *error = NULL;
    g_autoptr (GPtrArray) sends = bp_sends_new ();
    g_ptr_array_add (sends, ledger_send (kind, run, forum, version, address));
    g_assert_true (bp_sends_plan (store, sends, 100, &error));
    g_assert_no_error (error);
    return g_ptr_array_steal_index (sends, 0);
}

/* Begins and ends it; must succeed. */
static inline void ledger_go (BpStore *store, BpSend *send, BpSendState result, const char *words)
{
    GError *error = NULL;
    g_assert_true (bp_sends_begin (store, send, 200, &error));
    g_assert_no_error (error);
    g_assert_true (bp_sends_finish (store, send, result, words, 300, &error));
    g_assert_no_error (error);
}

static inline void assert_refused (GError **error, const char *part)
{
    g_assert_error (*error, BP_ERROR, BP_ERROR_FAILED);
    g_test_message ("%s", (*error)->message);
    g_assert_nonnull (strstr ((*error)->message, part));
    g_clear_error (error);
}

#endif
