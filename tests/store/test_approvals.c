#include "support/ledger_fixture.h"

#define RUN "2025-01-31-1"
#define LATER_RUN "2025-01-31-2"

static void set_up (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    store_folder_open (folder);
    store_folder_store (folder);
}

static void tear_down (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    store_folder_close (folder);
}

static const BpWithdrawal withdrawal = { "Ben Other", "Wrong figures.", 1738454400, 0 };

static bool withdraw (StoreFolder *folder, const char *run, const char *forum, int *count_out)
{
    const char *const forums[] = { forum, NULL };
    BpWithdrawal dated = withdrawal;
    dated.on = bp_date_new (2025, 2, 2);
    return bp_approvals_withdraw (folder->store, run, forum != NULL ? forums : NULL, &dated, count_out, &folder->error);
}

static void what_was_approved_is_kept (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    ledger_approve (folder->store, RUN, "bbp", 1);
    store_folder_store (folder);
    g_autoptr (BpApproval) approval = NULL, none = NULL;
    g_assert_true (bp_approvals_find (folder->store, RUN, "bbp", &approval, &folder->error));
    g_assert_true (bp_approvals_find (folder->store, RUN, "board", &none, &folder->error));
    g_assert_null (none);
    g_assert_cmpstr (approval->run, ==, RUN);
    g_assert_cmpstr (approval->forum, ==, "bbp");
    g_assert_cmpint (approval->as_of, ==, bp_date_new (2025, 1, 31));
    g_assert_cmpint (approval->version, ==, 1);
    g_assert_cmpstr (approval->approved_by, ==, "Ann Other");
    g_assert_cmpstr (approval->role, ==, "Programme Manager");
    g_assert_cmpstr (approval->account, ==, "aother");
    g_assert_cmpstr (approval->prepared_by, ==, "scheduler");
    g_assert_cmpstr (approval->note, ==, "Read.");
    g_assert_cmpint (approval->approved_at, ==, 1738368000);
    g_assert_cmpint (approval->approved_on, ==, bp_date_new (2025, 2, 1));
    g_assert_cmpstr (approval->manifest_sha256, ==, LEDGER_OTHER_SHA);
    g_assert_false (approval->is_withdrawn);
    g_assert_cmpuint (approval->files->len, ==, 1);
    const BpPackFile *file = bp_approval_find_file (approval, "bbp/bbp-2025-01-31.pdf");
    g_assert_nonnull (file);
    g_assert_true (bp_approval_has_hash (approval, file->sha256));
    g_assert_false (bp_approval_has_hash (approval, LEDGER_OTHER_SHA));
    g_assert_null (bp_approval_find_file (approval, "bbp/other.pdf"));
    /* and such a write waits for the disk */
    ledger_approve (folder->store, RUN, "board", 1);
    g_assert_cmpint (query_number (folder->store, "PRAGMA synchronous"), ==, 2);
}

static void a_pack_is_approved_once_and_all_or_none (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    ledger_approve (folder->store, RUN, "bbp", 1);
    g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_approval_free);
    g_ptr_array_add (both, ledger_approval (RUN, "board", 1));
    g_ptr_array_add (both, ledger_approval (RUN, "bbp", 1));
    g_assert_false (bp_approvals_add (folder->store, both, &folder->error));
    assert_refused (&folder->error, "the pack of bbp in " RUN " is approved already, by Ann Other");
    g_assert_cmpint (query_number (folder->store, "SELECT count(*) FROM approvals"), ==, 1);
    g_assert_cmpint (query_number (folder->store, "SELECT count(*) FROM approval_files"), ==, 1);
}

static void another_pack_of_the_day_needs_a_higher_version (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    ledger_approve (folder->store, RUN, "bbp", 1);
    g_assert_false (ledger_try_approve (folder->store, LATER_RUN, "bbp", 1, &folder->error));
    assert_refused (&folder->error, "version 1 of the pack of bbp for that day is approved already, in " RUN);
    ledger_approve (folder->store, LATER_RUN, "board", 1); /* of another forum */
    ledger_approve (folder->store, LATER_RUN, "bbp", 2);
    g_assert_false (ledger_try_approve (folder->store, "2025-01-31-3", "bbp", 1, &folder->error));
    assert_refused (&folder->error, "is version 3: build it with --correction");
    g_autoptr (BpApproval) newest = NULL;
    g_assert_true (bp_approvals_find_newest (folder->store, bp_date_new (2025, 1, 31), "bbp", &newest, &folder->error));
    g_assert_cmpint (newest->version, ==, 2);
    g_assert_cmpstr (newest->run, ==, LATER_RUN);
    g_autoptr (BpApproval) none = NULL;
    g_assert_true (bp_approvals_find_newest (folder->store, bp_date_new (2025, 1, 30), "bbp", &none, &folder->error));
    g_assert_null (none);
}

static void an_approval_can_be_withdrawn_and_is_kept (StoreFolder *folder, gconstpointer data)
{
    int count;
    (void)data;
    ledger_approve (folder->store, RUN, "bbp", 1);
    ledger_approve (folder->store, RUN, "board", 1);
    g_assert_true (withdraw (folder, RUN, "bbp", &count));
    g_assert_cmpint (count, ==, 1);
    g_autoptr (GPtrArray) all = bp_approvals_list (folder->store, NULL, &folder->error);
    g_assert_cmpuint (all->len, ==, 2);
    const BpApproval *newest = all->pdata[0], *oldest = all->pdata[1];
    g_assert_cmpstr (newest->forum, ==, "board");
    g_assert_false (newest->is_withdrawn);
    g_assert_true (oldest->is_withdrawn);
    g_assert_cmpstr (oldest->withdrawn_by, ==, "Ben Other");
    g_assert_cmpstr (oldest->withdrawal_note, ==, "Wrong figures.");
    g_assert_cmpint (oldest->withdrawn_on, ==, bp_date_new (2025, 2, 2));
    g_assert_cmpint (oldest->withdrawn_at, ==, 1738454400);
    /* its version is free again */
    ledger_approve (folder->store, LATER_RUN, "bbp", 1);
    /* what is not in force cannot be withdrawn, and then nothing is */
    const char *const forums[] = { "board", "bbp", NULL };
    g_assert_false (bp_approvals_withdraw (folder->store, RUN, forums, &withdrawal, &count, &folder->error));
    assert_refused (&folder->error, "no approval of the pack of bbp in " RUN " is in force");
    g_assert_true (withdraw (folder, RUN, NULL, &count));
    g_assert_cmpint (count, ==, 1);
    g_assert_false (withdraw (folder, RUN, NULL, &count));
    assert_refused (&folder->error, "no approval of a pack in " RUN " is in force");
}

static void what_may_have_been_sent_stays_approved (StoreFolder *folder, gconstpointer data)
{
    static const struct
    {
        BpSendState state;
        bool may_be_withdrawn;
    } cases[] = { { BP_SEND_STATE_ACCEPTED, false },
                  { BP_SEND_STATE_DOUBTFUL, false },
                  { BP_SEND_STATE_REJECTED, true },
                  { BP_SEND_STATE_DEFERRED, true },
                  { BP_SEND_STATE_FAILED, true } };
    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        int count;
        g_autofree char *forum = g_strdup_printf ("forum-%zu", i);
        ledger_approve (folder->store, RUN, forum, 1);
        g_autoptr (BpSend) send = ledger_plan (folder->store, BP_SEND_KIND_PACK, RUN, forum, 1, "a@example.org");
        g_assert_true (bp_sends_begin (folder->store, send, 200, &folder->error));
        g_assert_false (withdraw (folder, RUN, forum, &count)); /* while it is being sent */
        assert_refused (&folder->error, "has gone, or may have gone, to 1 recipient,");
        g_assert_true (bp_sends_finish (folder->store, send, cases[i].state, "", 300, &folder->error));
        g_assert_cmpint (withdraw (folder, RUN, forum, &count), ==, cases[i].may_be_withdrawn);
        if (!cases[i].may_be_withdrawn)
            assert_refused (&folder->error, "build it with --correction");
    }
}

static void a_test_does_not_hold_an_approval (StoreFolder *folder, gconstpointer data)
{
    int count;
    (void)data;
    ledger_approve (folder->store, RUN, "bbp", 1);
    g_autoptr (BpSend) send = ledger_plan (folder->store, BP_SEND_KIND_TEST, RUN, "bbp", 1, "me@example.org");
    ledger_go (folder->store, send, BP_SEND_STATE_ACCEPTED, "250 ok");
    g_assert_true (withdraw (folder, RUN, "bbp", &count));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add ("/store/approvals/" #test, StoreFolder, NULL, set_up, test, tear_down)
    ADD (what_was_approved_is_kept);
    ADD (a_pack_is_approved_once_and_all_or_none);
    ADD (another_pack_of_the_day_needs_a_higher_version);
    ADD (an_approval_can_be_withdrawn_and_is_kept);
    ADD (what_may_have_been_sent_stays_approved);
    ADD (a_test_does_not_hold_an_approval);
    return g_test_run ();
}
