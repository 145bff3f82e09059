#include "support/ledger_fixture.h"

#define RUN "2025-01-31-1"
#define LATER_RUN "2025-01-31-2"

static void set_up (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    store_folder_open (folder);
    store_folder_store (folder);
    ledger_approve (folder->store, RUN, "bbp", 1);
}

static void tear_down (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    store_folder_close (folder);
}

static BpSend *plan (StoreFolder *folder, const char *address)
{
    return ledger_plan (folder->store, BP_SEND_KIND_PACK, RUN, "bbp", 1, address);
}

static GPtrArray *list (StoreFolder *folder, BpSendFilter filter)
{
    GPtrArray *sends = bp_sends_list (folder->store, &filter, &folder->error);
    g_assert_no_error (folder->error);
    return sends;
}

static char *dup_events (StoreFolder *folder, const BpSend *send)
{
    g_autoptr (GPtrArray) events = bp_sends_list_events (folder->store, send->id, &folder->error);
    g_assert_no_error (folder->error);
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < events->len; i++)
    {
        const BpSendEvent *event = events->pdata[i];
        g_string_append_printf (text, "%s%s %d%s%s", i > 0 ? "; " : "", bp_send_state_name (event->state), (int)event->at,
                                *event->words != '\0' ? " " : "", event->words);
    }
    return g_string_free (text, FALSE);
}

static void what_was_sent_is_kept_with_each_state (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) send = plan (folder, "a@example.org");
    ledger_go (folder->store, send, BP_SEND_STATE_DEFERRED, "450 try later");
    ledger_go (folder->store, send, BP_SEND_STATE_ACCEPTED, "250 queued\r\nas 7");
    store_folder_store (folder);
    g_autoptr (GPtrArray) sends = list (folder, (BpSendFilter){ .run = RUN });
    g_assert_cmpuint (sends->len, ==, 1);
    const BpSend *kept = sends->pdata[0];
    g_assert_cmpint (kept->kind, ==, BP_SEND_KIND_PACK);
    g_assert_cmpint (kept->state, ==, BP_SEND_STATE_ACCEPTED);
    g_assert_cmpstr (kept->forum, ==, "bbp");
    g_assert_cmpint (kept->as_of, ==, bp_date_new (2025, 1, 31));
    g_assert_cmpint (kept->version, ==, 1);
    g_assert_cmpstr (kept->address, ==, "a@example.org");
    g_assert_cmpstr (kept->message_id, ==, "<" RUN ".bbp.a@example.org@example.org>");
    g_assert_cmpint (kept->attempts, ==, 2);
    g_assert_cmpint (kept->planned_at, ==, 100);
    g_assert_cmpint (kept->tried_at, ==, 200);
    g_assert_cmpint (kept->ended_at, ==, 300);
    g_assert_cmpstr (kept->words, ==, "250 queued  as 7");
    g_assert_cmpuint (kept->files->len, ==, 1);
    g_autofree char *events = dup_events (folder, kept);
    g_assert_cmpstr (events, ==, "planned 100; intent 200; deferred 300 450 try later; intent 200; accepted 300 250 queued  as 7");
    g_autoptr (BpSend) other = plan (folder, "b@example.org");
    ledger_go (folder->store, other, BP_SEND_STATE_ACCEPTED, "250");
    g_assert_cmpint (query_number (folder->store, "PRAGMA synchronous"), ==, 2); /* each write waits for the disk */
}

/* Puts an entry into a state by hand, which the calls may not reach from where it is. */
static void force (StoreFolder *folder, const BpSend *send, BpSendState state)
{
    g_autofree char *sql = g_strdup_printf ("UPDATE sends SET state = '%s' WHERE send_id = %d", bp_send_state_name (state), (int)send->id);
    g_assert_true (bp_database_run (&folder->store->database, sql, "test", NULL));
}

static void only_the_states_of_the_table_follow (StoreFolder *folder, gconstpointer data)
{
    /* the table of sends.h, in its own words */
    static const char *const table[] = { "planned: intent failed told ",
                                         "intent: accepted rejected deferred doubtful failed ",
                                         "accepted: ",
                                         "rejected: intent told ",
                                         "deferred: intent failed told ",
                                         "doubtful: accepted failed told ",
                                         "failed: intent told ",
                                         "told: " };
    (void)data;
    g_autoptr (BpSend) send = plan (folder, "a@example.org");
    for (int from = 0; from < BP_SEND_STATE_COUNT; from++)
    {
        g_autoptr (GString) line = g_string_new (bp_send_state_name ((BpSendState)from));
        g_string_append (line, ": ");
        for (int to = 0; to < BP_SEND_STATE_COUNT; to++)
        {
            if (bp_send_state_may_become ((BpSendState)from, (BpSendState)to))
                g_string_append_printf (line, "%s ", bp_send_state_name ((BpSendState)to));
            if (to == BP_SEND_STATE_PLANNED)
                continue;
            force (folder, send, (BpSendState)from);
            /* doubtful ones are moved by bp_sends_resolve alone, and only bp_sends_tell tells */
            const bool may = from != BP_SEND_STATE_DOUBTFUL && to != BP_SEND_STATE_TOLD
                             && bp_send_state_may_become ((BpSendState)from, (BpSendState)to);
            const bool did = to == BP_SEND_STATE_INTENT ? bp_sends_begin (folder->store, send, 500, &folder->error)
                                                        : bp_sends_finish (folder->store, send, (BpSendState)to, "", 500, &folder->error);
            g_assert_cmpint (did, ==, may);
            if (!may)
                assert_refused (&folder->error, bp_send_state_name ((BpSendState)from));
            g_autoptr (GPtrArray) now = list (folder, (BpSendFilter){ .run = RUN });
            g_assert_cmpint (((const BpSend *)now->pdata[0])->state, ==, may ? to : from);
        }
        g_assert_cmpstr (line->str, ==, table[from]);
    }
}

static void a_recall_is_an_entry_of_its_own_that_a_person_can_tell (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) pack = plan (folder, "a@example.org");
    g_autoptr (BpSend) recall = ledger_plan (folder->store, BP_SEND_KIND_RECALL, RUN, "bbp", 1, "a@example.org");
    g_autoptr (BpSend) again = ledger_plan (folder->store, BP_SEND_KIND_RECALL, RUN, "bbp", 1, "A@example.org");
    g_assert_cmpint (recall->id, !=, pack->id);
    g_assert_cmpint (again->id, ==, recall->id);
    g_assert_false (bp_send_kind_attaches (recall->kind));
    g_assert_false (bp_sends_tell (folder->store, pack, "Sam Example", "rang", 500, &folder->error));
    assert_refused (&folder->error, "no recall");
    for (int from = 0; from < BP_SEND_STATE_COUNT; from++)
    {
        force (folder, recall, (BpSendState)from);
        const bool may = bp_send_state_may_become ((BpSendState)from, BP_SEND_STATE_TOLD);
        g_assert_cmpint (bp_sends_tell (folder->store, recall, "Sam Example", "rang", 500, &folder->error), ==, may);
        if (!may)
            assert_refused (&folder->error, bp_send_state_name ((BpSendState)from));
        else
            g_assert_cmpint (recall->state, ==, BP_SEND_STATE_TOLD);
    }
    g_autofree char *events = dup_events (folder, recall);
    g_assert_nonnull (strstr (events, "told 500 Sam Example says that they were told: rang"));
    force (folder, recall, BP_SEND_STATE_TOLD);
    g_assert_false (bp_sends_begin (folder->store, recall, 600, &folder->error));
    assert_refused (&folder->error, "told");
}

static void planning_again_finds_what_was_there (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) accepted = plan (folder, "a@example.org"), doubtful = plan (folder, "b@example.org"),
                       deferred = plan (folder, "c@example.org");
    ledger_go (folder->store, accepted, BP_SEND_STATE_ACCEPTED, "250");
    ledger_go (folder->store, doubtful, BP_SEND_STATE_DOUBTFUL, "lost");
    ledger_go (folder->store, deferred, BP_SEND_STATE_DEFERRED, "450");
    g_autoptr (BpSend) again = plan (folder, " A@Example.org"), again_doubtful = plan (folder, "b@example.org"),
                       again_deferred = plan (folder, "c@example.org"), fresh = plan (folder, "d@example.org");
    g_assert_cmpint (again->id, ==, accepted->id);
    g_assert_cmpint (again->state, ==, BP_SEND_STATE_ACCEPTED);
    g_assert_cmpstr (again->words, ==, "250");
    g_assert_cmpint (again_doubtful->state, ==, BP_SEND_STATE_DOUBTFUL);
    g_assert_cmpint (again_deferred->attempts, ==, 1);
    g_assert_cmpint (fresh->state, ==, BP_SEND_STATE_PLANNED);
    g_assert_false (bp_sends_begin (folder->store, again, 500, &folder->error));
    assert_refused (&folder->error, "accepted");
    g_assert_false (bp_sends_begin (folder->store, again_doubtful, 500, &folder->error));
    assert_refused (&folder->error, "is doubtful: a person must find out whether it arrived");
    g_assert_true (bp_sends_begin (folder->store, again_deferred, 500, &folder->error));
    g_assert_true (bp_sends_begin (folder->store, fresh, 500, &folder->error));
    g_assert_cmpint (query_number (folder->store, "SELECT count(*) FROM sends"), ==, 4);
}

static void only_what_nobody_has_may_become_another_message (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
    {
        g_autofree char *address = g_strdup_printf ("%d@example.org", state);
        g_autoptr (BpSend) first = plan (folder, address);
        force (folder, first, (BpSendState)state);
        g_autoptr (BpSend) other = ledger_plan (folder->store, BP_SEND_KIND_NOTICE, RUN, "bbp", 3, address);
        const bool may = state == BP_SEND_STATE_PLANNED || state == BP_SEND_STATE_REJECTED || state == BP_SEND_STATE_FAILED;
        g_assert_cmpint (other->id, ==, first->id);
        g_assert_cmpint (other->kind, ==, may ? BP_SEND_KIND_NOTICE : BP_SEND_KIND_PACK);
        g_assert_cmpint (((const BpPackFile *)other->files->pdata[0])->sha256[0], ==, may ? '3' : '1');
        g_autoptr (GPtrArray) kept = list (folder, (BpSendFilter){ .address = address });
        g_assert_cmpint (((const BpSend *)kept->pdata[0])->kind, ==, other->kind);
        g_assert_cmpint (((const BpPackFile *)((const BpSend *)kept->pdata[0])->files->pdata[0])->sha256[0], ==, may ? '3' : '1');
    }
}

static void nothing_goes_without_its_approval (StoreFolder *folder, gconstpointer data)
{
    int count;
    (void)data;
    g_autoptr (BpSend) unapproved = ledger_plan (folder->store, BP_SEND_KIND_PACK, RUN, "board", 1, "a@example.org");
    g_assert_false (bp_sends_begin (folder->store, unapproved, 200, &folder->error));
    assert_refused (&folder->error, "the pack of board in " RUN " is not approved");
    g_autoptr (BpSend) changed = ledger_plan (folder->store, BP_SEND_KIND_NOTICE, RUN, "bbp", 7, "a@example.org");
    g_assert_false (bp_sends_begin (folder->store, changed, 200, &folder->error));
    assert_refused (&folder->error, "is not the file that was approved");
    g_autoptr (BpSend) other_run = ledger_plan (folder->store, BP_SEND_KIND_PACK, LATER_RUN, "bbp", 1, "a@example.org");
    g_assert_false (bp_sends_begin (folder->store, other_run, 200, &folder->error));
    assert_refused (&folder->error, "is version 1 in " RUN);
    g_assert_cmpint (query_number (folder->store, "SELECT count(*) FROM sends WHERE state <> 'planned' OR attempts > 0"), ==, 0);

    /* a test does not need one */
    g_autoptr (BpSend) test = ledger_plan (folder->store, BP_SEND_KIND_TEST, RUN, "board", 0, "me@example.org");
    ledger_go (folder->store, test, BP_SEND_STATE_ACCEPTED, "250");
    g_autoptr (BpSend) repeated = ledger_plan (folder->store, BP_SEND_KIND_TEST, RUN, "board", 0, "me@example.org");
    g_assert_cmpint (repeated->id, !=, test->id);
    ledger_go (folder->store, repeated, BP_SEND_STATE_ACCEPTED, "250");

    /* what was withdrawn, or replaced, goes to nobody else */
    g_autoptr (BpSend) waiting = plan (folder, "b@example.org");
    ledger_go (folder->store, waiting, BP_SEND_STATE_DEFERRED, "450");
    ledger_approve (folder->store, LATER_RUN, "bbp", 2);
    g_assert_false (bp_sends_begin (folder->store, waiting, 500, &folder->error));
    assert_refused (&folder->error, "is version 2 in " LATER_RUN);
    g_assert_true (bp_approvals_withdraw (folder->store, LATER_RUN, NULL, &(BpWithdrawal){ "B", "n", 1, 0 }, &count, &folder->error));
    g_assert_true (bp_approvals_withdraw (folder->store, RUN, NULL, &(BpWithdrawal){ "B", "n", 1, 0 }, &count, &folder->error));
    g_assert_false (bp_sends_begin (folder->store, waiting, 500, &folder->error));
    assert_refused (&folder->error, "is not approved");
}

static void an_intent_left_behind_is_doubtful (StoreFolder *folder, gconstpointer data)
{
    int count;
    (void)data;
    g_autoptr (BpSend) send = plan (folder, "a@example.org"), waiting = plan (folder, "b@example.org");
    g_assert_true (bp_sends_begin (folder->store, send, 200, &folder->error));
    store_folder_store (folder);
    g_assert_true (bp_sends_settle_stopped (folder->store, 400, &count, &folder->error));
    g_assert_cmpint (count, ==, 1);
    g_autofree char *events = dup_events (folder, send);
    g_assert_cmpstr (events, ==, "planned 100; intent 200; doubtful 400 the program was stopped before the server's answer was known");
    /* planning does the same by itself */
    g_assert_true (bp_sends_begin (folder->store, waiting, 200, &folder->error));
    g_autoptr (BpSend) again = plan (folder, "b@example.org");
    g_assert_cmpint (again->state, ==, BP_SEND_STATE_DOUBTFUL);

    /* a person finds out */
    g_assert_true (bp_sends_resolve (folder->store, again, false, "Ann Other", "not in her inbox", 600, &folder->error));
    g_assert_cmpint (again->state, ==, BP_SEND_STATE_FAILED);
    g_assert_cmpstr (again->words, ==, "Ann Other says that it has not arrived: not in her inbox");
    g_assert_false (bp_sends_resolve (folder->store, again, true, "Ann Other", "", 600, &folder->error));
    assert_refused (&folder->error, "is not doubtful but failed");
    g_assert_true (bp_sends_begin (folder->store, again, 700, &folder->error));
    g_autoptr (BpSend) arrived = plan (folder, "a@example.org");
    g_assert_true (bp_sends_resolve (folder->store, arrived, true, "Ann Other", NULL, 600, &folder->error));
    g_assert_cmpint (arrived->state, ==, BP_SEND_STATE_ACCEPTED);
}

static void who_received_a_file_is_found_by_its_sum (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    ledger_approve (folder->store, RUN, "board", 2);
    g_autoptr (BpSend) one = plan (folder, "a@example.org"),
                       other = ledger_plan (folder->store, BP_SEND_KIND_PACK, RUN, "board", 2, "b@example.org"),
                       test = ledger_plan (folder->store, BP_SEND_KIND_TEST, RUN, "bbp", 1, "me@example.org");
    g_autofree char *sha256 = g_strdup (((const BpPackFile *)one->files->pdata[0])->sha256);
    g_autoptr (GPtrArray) of_file = list (folder, (BpSendFilter){ .sha256 = sha256 }),
                          without_tests = list (folder, (BpSendFilter){ .sha256 = sha256, .is_without_tests = true }),
                          of_forum = list (folder, (BpSendFilter){ .forum = "board" }),
                          earlier = list (folder, (BpSendFilter){ .as_of = bp_date_new (2025, 1, 31), .below_version = 2 }),
                          of_day = list (folder, (BpSendFilter){ .as_of = bp_date_new (2025, 1, 30) }),
                          none = list (folder, (BpSendFilter){ .sha256 = LEDGER_OTHER_SHA }), all = list (folder, (BpSendFilter){ 0 });
    g_assert_cmpuint (of_file->len, ==, 2);
    g_assert_cmpuint (without_tests->len, ==, 1);
    g_assert_cmpint (((const BpSend *)without_tests->pdata[0])->id, ==, one->id);
    g_assert_cmpuint (of_forum->len, ==, 1);
    g_assert_cmpint (((const BpSend *)of_forum->pdata[0])->id, ==, other->id);
    g_assert_cmpuint (earlier->len, ==, 1);
    g_assert_cmpint (((const BpSend *)earlier->pdata[0])->id, ==, one->id);
    g_assert_cmpuint (of_day->len, ==, 0);
    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (all->len, ==, 3);
    g_assert_cmpint (((const BpSend *)all->pdata[2])->id, ==, test->id);
}

static void the_words_of_a_server_are_one_valid_line (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) send = plan (folder, "a@example.org");
    g_autoptr (GString) words = g_string_new ("550 no\xff\t\x1b[31m");
    while (words->len < 3000)
        g_string_append (words, "é");
    ledger_go (folder->store, send, BP_SEND_STATE_REJECTED, words->str);
    g_assert_true (g_utf8_validate (send->words, -1, NULL));
    g_assert_true (g_str_has_prefix (send->words, "550 no\xef\xbf\xbd  [31mé"));
    g_assert_cmpuint (strlen (send->words), <=, 1000);
    g_assert_cmpuint (strlen (send->words), >, 990);
}

static BpSend *plan_for_lead (StoreFolder *folder, BpSendKind kind, const char *lead, int round, const char *address)
{
    g_autoptr (GPtrArray) sends = bp_sends_new (), files = ledger_files ("updates", 1);
    BpSend *send = bp_send_new_for_lead (kind, RUN, lead, bp_date_new (2025, 1, 31), round, address, "k@example.org", files);
    g_ptr_array_add (sends, send);
    g_assert_true (bp_sends_plan (folder->store, sends, 100, &folder->error));
    g_assert_no_error (folder->error);
    return g_ptr_array_steal_index (sends, 0);
}

/* A message says of what day it is: one that nobody can have is of the day on which it goes. */
static void what_nobody_has_is_planned_anew (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
    {
        if (state == BP_SEND_STATE_INTENT) /* becomes doubtful when anything is planned */
            continue;
        g_autofree char *address = g_strdup_printf ("%d@example.org", state);
        g_autoptr (BpSend) first = plan (folder, address);
        force (folder, first, (BpSendState)state);
        g_autoptr (GPtrArray) again = bp_sends_new ();
        g_ptr_array_add (again, bp_send_dup_planned (first));
        g_assert_true (bp_sends_plan (folder->store, again, 5000, &folder->error));
        g_autoptr (GPtrArray) kept = list (folder, (BpSendFilter){ .address = address });
        const gint64 planned_at = ((const BpSend *)kept->pdata[0])->planned_at;
        g_assert_cmpint (planned_at, ==, bp_send_state_may_be_replaced ((BpSendState)state) ? 5000 : 100);
        g_assert_cmpint (((const BpSend *)again->pdata[0])->planned_at, ==, planned_at);
    }
}

static void a_lead_gets_each_round_once_and_needs_no_approval (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) sheet = plan_for_lead (folder, BP_SEND_KIND_SHEET, "Ann", 0, "a@example.org"),
                       again = plan_for_lead (folder, BP_SEND_KIND_SHEET, "Ann", 0, "A@Example.org "),
                       reminder = plan_for_lead (folder, BP_SEND_KIND_REMINDER, "Ann", 1, "a@example.org"),
                       second = plan_for_lead (folder, BP_SEND_KIND_REMINDER, "Ann", 2, "a@example.org"),
                       other_lead = plan_for_lead (folder, BP_SEND_KIND_SHEET, "Bo", 0, "a@example.org"),
                       pack = plan (folder, "a@example.org");
    g_assert_cmpint (again->id, ==, sheet->id);
    g_assert_cmpint (query_number (folder->store, "SELECT count(*) FROM sends"), ==, 5);
    BpSend *const all[] = { sheet, reminder, second, other_lead, pack };
    for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        ledger_go (folder->store, all[i], BP_SEND_STATE_ACCEPTED, "250");
    store_folder_store (folder);
    g_autoptr (GPtrArray) kept = list (folder, (BpSendFilter){ .run = RUN });
    const BpSend *last = kept->pdata[2];
    g_assert_cmpint (last->kind, ==, BP_SEND_KIND_REMINDER);
    g_assert_cmpint (last->round, ==, 2);
    g_assert_cmpstr (last->lead, ==, "Ann");
    g_assert_cmpstr (last->forum, ==, "");
    g_assert_cmpstr (bp_send_whose (last), ==, "Ann");
    g_assert_cmpstr (bp_send_whose (kept->pdata[4]), ==, "bbp");
    g_autoptr (BpSend) copy = bp_send_dup_planned (last);
    g_assert_cmpint (copy->id, ==, 0);
    g_assert_cmpint (copy->round, ==, 2);
    g_assert_cmpstr (copy->lead, ==, "Ann");

    /* what is nobody's sheet does not go as one */
    g_autoptr (BpSend) nobodys = plan_for_lead (folder, BP_SEND_KIND_SHEET, "", 0, "c@example.org");
    g_assert_false (bp_sends_begin (folder->store, nobodys, 200, &folder->error));
    assert_refused (&folder->error, "is not one lead's one sheet");
}

/* The last guard: not even SQL by hand enters a second one. */
static void the_store_itself_refuses_a_second_message (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) sheet = plan_for_lead (folder, BP_SEND_KIND_SHEET, "Ann", 0, "a@example.org");
    const char *const copies[] = { "lead, round", "'Bo', round", "lead, 1" };
    for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
        g_autoptr (GError) why = NULL;
        g_autofree char *sql
            = g_strdup_printf ("INSERT INTO sends (kind, state, run, forum, as_of, version, address, address_key, message_id,"
                               " attempts, planned_at, words, lead, round) SELECT kind, state, run, forum, as_of, version,"
                               " address, address_key, message_id, attempts, planned_at, words, %s FROM sends LIMIT 1",
                               copies[i]);
        g_assert_cmpint (bp_database_run (&folder->store->database, sql, "test", &why), ==, i > 0);
        g_assert_true ((why != NULL) == (i == 0));
    }
}

/* A state of a later version must never pass for one that may be sent. */
static void a_word_that_is_not_known_stops_everything (StoreFolder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr (BpSend) send = plan (folder, "a@example.org");
    g_assert_true (bp_database_run (&folder->store->database, "UPDATE sends SET state = 'bounced'", "test", NULL));
    g_assert_false (bp_sends_begin (folder->store, send, 200, &folder->error));
    g_assert_error (folder->error, BP_ERROR, BP_ERROR_STORE);
    g_assert_nonnull (strstr (folder->error->message, "'bounced'"));
    g_clear_error (&folder->error);
    g_assert_null (bp_sends_list (folder->store, &(BpSendFilter){ 0 }, &folder->error));
    g_clear_error (&folder->error);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add ("/store/sends/" #test, StoreFolder, NULL, set_up, test, tear_down)
    ADD (what_was_sent_is_kept_with_each_state);
    ADD (only_the_states_of_the_table_follow);
    ADD (a_recall_is_an_entry_of_its_own_that_a_person_can_tell);
    ADD (planning_again_finds_what_was_there);
    ADD (only_what_nobody_has_may_become_another_message);
    ADD (nothing_goes_without_its_approval);
    ADD (an_intent_left_behind_is_doubtful);
    ADD (who_received_a_file_is_found_by_its_sum);
    ADD (the_words_of_a_server_are_one_valid_line);
    ADD (a_word_that_is_not_known_stops_everything);
    ADD (what_nobody_has_is_planned_anew);
    ADD (a_lead_gets_each_round_once_and_needs_no_approval);
    ADD (the_store_itself_refuses_a_second_message);
    return g_test_run ();
}
