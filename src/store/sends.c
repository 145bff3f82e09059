#include "store/sends.h"

#include "store/approvals.h"
#include "store/file_rows.h"
#include "store/store_state.h"

#include <string.h>

#define DEED "keep what is sent"
#define READ_DEED "read what was sent"
#define STOPPED_WORDS "the program was stopped before the server's answer was known"
#define COLUMNS                                                                                                                            \
    "send_id, kind, state, run, forum, as_of, version, address, message_id, attempts, planned_at, tried_at, ended_at, words, lead, round"

/* ---- rows ---- */

static bool parse_state (const char *name, BpSendState *state_out)
{
    for (int state = 0; state < BP_SEND_STATE_COUNT; state++)
        if (strcmp (bp_send_state_name ((BpSendState)state), name) == 0)
        {
            *state_out = (BpSendState)state;
            return true;
        }
    return false;
}

static bool parse_kind (const char *name, BpSendKind *kind_out)
{
    for (int kind = 0; kind < BP_SEND_KIND_COUNT; kind++)
        if (strcmp (bp_send_kind_name ((BpSendKind)kind), name) == 0)
        {
            *kind_out = (BpSendKind)kind;
            return true;
        }
    return false;
}

/* A word that is not known must never be taken for "may be sent". */
static bool fail_unknown (BpDatabase *database, const char *word, GError **error)
{
    return bp_fail (error, BP_ERROR_STORE, "%s: its ledger of sends says '%s', which this boardpack does not know; nothing is sent",
                    database->path, word);
}

static BpSend *new_from_row (BpDatabase *database, sqlite3_stmt *row, GError **error)
{
    BpSendKind kind;
    BpSendState state;
    const char *kind_name = bp_database_column_text (row, 1), *state_name = bp_database_column_text (row, 2);
    if (!parse_kind (kind_name, &kind) || !parse_state (state_name, &state))
    {
        fail_unknown (database, parse_kind (kind_name, &kind) ? state_name : kind_name, error);
        return NULL;
    }
    const gint64 id = sqlite3_column_int64 (row, 0);
    g_autoptr (GPtrArray) files = bp_file_rows_load (database, BP_SEND_FILES, id, error);
    if (files == NULL)
        return NULL;
    BpSend *send = bp_send_new (kind, bp_database_column_text (row, 3), bp_database_column_text (row, 4), bp_database_column_date (row, 5),
                                sqlite3_column_int (row, 6), bp_database_column_text (row, 7), bp_database_column_text (row, 8), files);
    g_free (send->lead);
    send->lead = g_strdup (bp_database_column_text (row, 14));
    send->round = sqlite3_column_int (row, 15);
    send->id = id;
    send->state = state;
    send->attempts = sqlite3_column_int (row, 9);
    send->planned_at = sqlite3_column_int64 (row, 10);
    send->tried_at = sqlite3_column_int64 (row, 11);
    send->ended_at = sqlite3_column_int64 (row, 12);
    bp_send_set_words (send, bp_database_column_text (row, 13));
    return send;
}

/* Adds all rows of the statement to sends. */
static bool read_all (BpDatabase *database, sqlite3_stmt *rows, GPtrArray *sends, GError **error)
{
    for (;;)
    {
        bool has_row;
        if (!bp_database_step (database, rows, &has_row, READ_DEED, error))
            return false;
        if (!has_row)
            return true;
        BpSend *send = new_from_row (database, rows, error);
        if (send == NULL)
            return false;
        g_ptr_array_add (sends, send);
    }
}

/* ---- writing, inside a transaction ---- */

static bool add_event (BpDatabase *database, const BpSend *send, gint64 at, GError **error)
{
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (database,
                               "INSERT INTO send_events (send_id, position, state, at, words) SELECT ?1, count(*), ?2, ?3, ?4"
                               " FROM send_events WHERE send_id = ?1",
                               DEED, error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64 (statement, 1, send->id);
    bp_database_bind_text (statement, 2, bp_send_state_name (send->state));
    sqlite3_bind_int64 (statement, 3, at);
    bp_database_bind_text (statement, 4, send->words);
    return bp_database_execute (database, statement, DEED, error);
}

/* Writes what may change of an entry. */
static bool update (BpDatabase *database, const BpSend *send, GError **error)
{
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (database,
                               "UPDATE sends SET kind = ?, state = ?, message_id = ?, attempts = ?, tried_at = nullif(?, 0),"
                               " ended_at = nullif(?, 0), words = ?, planned_at = ? WHERE send_id = ?",
                               DEED, error);
    if (statement == NULL)
        return false;
    bp_database_bind_text (statement, 1, bp_send_kind_name (send->kind));
    bp_database_bind_text (statement, 2, bp_send_state_name (send->state));
    bp_database_bind_text (statement, 3, send->message_id);
    sqlite3_bind_int (statement, 4, send->attempts);
    sqlite3_bind_int64 (statement, 5, send->tried_at);
    sqlite3_bind_int64 (statement, 6, send->ended_at);
    bp_database_bind_text (statement, 7, send->words);
    sqlite3_bind_int64 (statement, 8, send->planned_at);
    sqlite3_bind_int64 (statement, 9, send->id);
    return bp_database_execute (database, statement, DEED, error);
}

static bool insert (BpDatabase *database, BpSend *send, gint64 at, GError **error)
{
    g_autofree char *key = bp_send_dup_address_key (send->address);
    g_autoptr (sqlite3_stmt) statement
        = bp_database_prepare (database,
                               "INSERT INTO sends (kind, state, run, forum, as_of, version, address, address_key, message_id, attempts,"
                               " planned_at, words, lead, round) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, '', ?, ?)",
                               DEED, error);
    if (statement == NULL)
        return false;
    send->state = BP_SEND_STATE_PLANNED;
    send->planned_at = at;
    bp_database_bind_text (statement, 1, bp_send_kind_name (send->kind));
    bp_database_bind_text (statement, 2, bp_send_state_name (send->state));
    bp_database_bind_text (statement, 3, send->run);
    bp_database_bind_text (statement, 4, send->forum);
    bp_database_bind_date (statement, 5, send->as_of);
    sqlite3_bind_int (statement, 6, send->version);
    bp_database_bind_text (statement, 7, send->address);
    bp_database_bind_text (statement, 8, key);
    bp_database_bind_text (statement, 9, send->message_id);
    sqlite3_bind_int64 (statement, 10, at);
    bp_database_bind_text (statement, 11, send->lead);
    sqlite3_bind_int (statement, 12, send->round);
    if (!bp_database_execute (database, statement, DEED, error))
        return false;
    send->id = sqlite3_last_insert_rowid (database->handle);
    return bp_file_rows_replace (database, BP_SEND_FILES, send->id, send->files, error) && add_event (database, send, at, error);
}

/* The entry as the ledger has it now; NULL on failure. */
static BpSend *load (BpDatabase *database, gint64 id, GError **error)
{
    g_autoptr (GPtrArray) sends = bp_sends_new ();
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (database, "SELECT " COLUMNS " FROM sends WHERE send_id = ?", READ_DEED, error);
    if (rows == NULL)
        return NULL;
    sqlite3_bind_int64 (rows, 1, id);
    if (!read_all (database, rows, sends, error))
        return NULL;
    if (sends->len > 0)
        return g_ptr_array_steal_index (sends, 0);
    bp_fail (error, BP_ERROR_STORE, "%s: its ledger of sends has no entry %" G_GINT64_FORMAT, database->path, id);
    return NULL;
}

/* ---- planning ---- */

static bool find_planned (BpDatabase *database, const BpSend *send, GPtrArray *found, GError **error)
{
    g_autofree char *key = bp_send_dup_address_key (send->address);
    g_autoptr (sqlite3_stmt) rows = bp_database_prepare (
        database,
        "SELECT " COLUMNS " FROM sends WHERE run = ? AND forum = ? AND address_key = ? AND lead = ? AND round = ? AND kind <> 'test'"
        " AND (kind = 'recall') = ?",
        READ_DEED, error);
    if (rows == NULL)
        return false;
    bp_database_bind_text (rows, 1, send->run);
    bp_database_bind_text (rows, 2, send->forum);
    bp_database_bind_text (rows, 3, key);
    bp_database_bind_text (rows, 4, send->lead);
    sqlite3_bind_int (rows, 5, send->round);
    sqlite3_bind_int (rows, 6, send->kind == BP_SEND_KIND_RECALL);
    return read_all (database, rows, found, error);
}

static bool replace_message (BpDatabase *database, BpSend *there, const BpSend *wanted, gint64 at, GError **error)
{
    there->planned_at = at;
    bp_send_take_message (there, wanted);
    return update (database, there, error) && bp_file_rows_replace (database, BP_SEND_FILES, there->id, there->files, error);
}

static bool plan_one (BpDatabase *database, BpSend *send, gint64 at, GError **error)
{
    g_autoptr (GPtrArray) found = bp_sends_new ();
    if (send->kind == BP_SEND_KIND_TEST)
        return insert (database, send, at, error);
    if (!find_planned (database, send, found, error))
        return false;
    if (found->len == 0)
        return insert (database, send, at, error);
    BpSend *there = found->pdata[0];
    if (bp_send_state_may_be_replaced (there->state) && !replace_message (database, there, send, at, error))
        return false;
    bp_send_exchange (send, there);
    return true;
}

static bool settle_stopped (BpDatabase *database, gint64 at, int *count_out, GError **error)
{
    g_autoptr (GPtrArray) stopped = bp_sends_new ();
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database, "SELECT " COLUMNS " FROM sends WHERE state = 'intent'", READ_DEED, error);
    if (rows == NULL || !read_all (database, rows, stopped, error))
        return false;
    for (guint i = 0; i < stopped->len; i++)
    {
        BpSend *send = stopped->pdata[i];
        send->state = BP_SEND_STATE_DOUBTFUL;
        send->ended_at = at;
        bp_send_set_words (send, STOPPED_WORDS);
        if (!update (database, send, error) || !add_event (database, send, at, error))
            return false;
    }
    *count_out = (int)stopped->len;
    return true;
}

bool bp_sends_settle_stopped (BpStore *store, gint64 at, int *count_out, GError **error)
{
    BpDatabase *database = &store->database;
    return bp_database_begin_durable (database, DEED, error)
           && bp_database_end (database, settle_stopped (database, at, count_out, error), DEED, error);
}

bool bp_sends_plan (BpStore *store, const GPtrArray *sends, gint64 at, GError **error)
{
    BpDatabase *database = &store->database;
    int stopped;
    if (!bp_database_begin_durable (database, DEED, error))
        return false;
    bool is_done = settle_stopped (database, at, &stopped, error);
    for (guint i = 0; is_done && i < sends->len; i++)
        is_done = plan_one (database, sends->pdata[i], at, error);
    return bp_database_end (database, is_done, DEED, error);
}

/* ---- from state to state ---- */

/* A lead's sheet is no pack: nobody approves it. */
static bool check_approved (BpStore *store, const BpSend *send, GError **error)
{
    if (send->kind == BP_SEND_KIND_TEST)
        return true;
    if (send->kind == BP_SEND_KIND_SHEET || send->kind == BP_SEND_KIND_REMINDER)
        return (bp_send_is_for_lead (send) && *send->forum == '\0' && send->files->len == 1)
               || bp_fail (error, BP_ERROR_FAILED, "the message to %s in %s is not one lead's one sheet", send->address, send->run);
    g_autoptr (BpApproval) newest = NULL;
    if (!bp_approvals_find_newest_now (store, send->as_of, send->forum, &newest, error))
        return false;
    if (newest == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "the pack of %s in %s is not approved", send->forum, send->run);
    if (strcmp (newest->run, send->run) != 0)
        return bp_fail (error, BP_ERROR_FAILED,
                        "the pack of %s that is approved for that day is version %d in %s; that in %s is not sent any more", send->forum,
                        newest->version, newest->run, send->run);
    for (guint i = 0; i < send->files->len; i++)
    {
        const BpPackFile *file = send->files->pdata[i];
        if (!bp_approval_has_hash (newest, file->sha256))
            return bp_fail (error, BP_ERROR_FAILED, "%s is not the file that was approved (its SHA-256 is %s)", file->path, file->sha256);
    }
    return send->files->len > 0 || bp_fail (error, BP_ERROR_FAILED, "the message of %s in %s names no file", send->forum, send->run);
}

/* now: the entry as it is in the ledger, which becomes state. */
static bool change (BpStore *store, BpSend *now, BpSendState state, const char *words, gint64 at, GError **error)
{
    if (!bp_send_state_may_become (now->state, state))
        return bp_fail (error, BP_ERROR_FAILED, "the message of %s in %s to %s is %s and cannot become %s", bp_send_whose (now), now->run,
                        now->address, bp_send_state_name (now->state), bp_send_state_name (state));
    now->state = state;
    bp_send_set_words (now, words);
    if (state == BP_SEND_STATE_INTENT)
    {
        now->attempts++;
        now->tried_at = at;
        if (!check_approved (store, now, error))
            return false;
    }
    else
        now->ended_at = at;
    return update (&store->database, now, error) && add_event (&store->database, now, at, error);
}

/* A doubtful one is moved by persons alone, and only they tell. */
static bool check_hand (const BpSend *now, BpSendState state, bool is_by_person, GError **error)
{
    if (state == BP_SEND_STATE_TOLD)
        return (is_by_person && now->kind == BP_SEND_KIND_RECALL)
               || bp_fail (error, BP_ERROR_FAILED, "the message to %s is %s and no recall that a person could tell", now->address,
                           bp_send_state_name (now->state));
    return (now->state == BP_SEND_STATE_DOUBTFUL) == is_by_person
           || bp_fail (error, BP_ERROR_FAILED,
                       is_by_person ? "the message to %s is not doubtful but %s"
                                    : "the message to %s is %s: a person must find out whether it arrived",
                       now->address, bp_send_state_name (now->state));
}

/* Makes the entry of send state, in a transaction; send is then what the ledger says. */
static bool move (BpStore *store, BpSend *send, BpSendState state, bool is_by_person, const char *words, gint64 at, GError **error)
{
    BpDatabase *database = &store->database;
    if (!bp_database_begin_durable (database, DEED, error))
        return false;
    g_autoptr (BpSend) now = load (database, send->id, error);
    bool is_done = now != NULL && check_hand (now, state, is_by_person, error) && change (store, now, state, words, at, error);
    if (!bp_database_end (database, is_done, DEED, error))
        return false;
    bp_send_exchange (send, now);
    return true;
}

bool bp_sends_begin (BpStore *store, BpSend *send, gint64 at, GError **error)
{
    return move (store, send, BP_SEND_STATE_INTENT, false, "", at, error);
}

bool bp_sends_finish (BpStore *store, BpSend *send, BpSendState state, const char *words, gint64 at, GError **error)
{
    g_return_val_if_fail (state != BP_SEND_STATE_INTENT && state != BP_SEND_STATE_PLANNED, false);
    return move (store, send, state, false, words, at, error);
}

bool bp_sends_resolve (BpStore *store, BpSend *send, bool has_arrived, const char *by, const char *note, gint64 at, GError **error)
{
    g_autofree char *words = g_strdup_printf ("%s says that it has %s%s%s", by, has_arrived ? "arrived" : "not arrived",
                                              note != NULL && *note != '\0' ? ": " : "", note != NULL ? note : "");
    return move (store, send, has_arrived ? BP_SEND_STATE_ACCEPTED : BP_SEND_STATE_FAILED, true, words, at, error);
}

bool bp_sends_tell (BpStore *store, BpSend *send, const char *by, const char *note, gint64 at, GError **error)
{
    g_autofree char *words = g_strdup_printf ("%s says that they were told: %s", by, note);
    return move (store, send, BP_SEND_STATE_TOLD, true, words, at, error);
}

/* ---- out ---- */

static void bind_filter (sqlite3_stmt *rows, const BpSendFilter *filter)
{
    g_autofree char *key = filter->address != NULL ? bp_send_dup_address_key (filter->address) : NULL;
    sqlite3_bind_text (rows, 1, filter->run, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text (rows, 2, filter->forum, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text (rows, 3, key, -1, SQLITE_TRANSIENT);
    bp_database_bind_date (rows, 4, filter->as_of == 0 ? BP_DATE_NONE : filter->as_of);
    sqlite3_bind_text (rows, 5, filter->sha256, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int (rows, 6, filter->below_version);
    sqlite3_bind_int (rows, 7, filter->is_without_tests || filter->below_version > 0);
}

GPtrArray *bp_sends_list (BpStore *store, const BpSendFilter *filter, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (GPtrArray) sends = bp_sends_new ();
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database,
                               "SELECT " COLUMNS " FROM sends WHERE (?1 IS NULL OR run = ?1) AND (?2 IS NULL OR forum = ?2)"
                               " AND (?3 IS NULL OR address_key = ?3) AND (?4 IS NULL OR as_of = ?4)"
                               " AND (?5 IS NULL OR send_id IN (SELECT send_id FROM send_files WHERE sha256 = ?5))"
                               " AND (?6 = 0 OR version < ?6) AND (?7 = 0 OR kind <> 'test') ORDER BY send_id",
                               READ_DEED, error);
    if (rows == NULL || !bp_database_run (database, "BEGIN", READ_DEED, error))
        return NULL;
    bind_filter (rows, filter);
    bool is_read = read_all (database, rows, sends, error);
    bp_database_roll_back (database);
    return is_read ? g_steal_pointer (&sends) : NULL;
}

static void free_event (gpointer pointer)
{
    BpSendEvent *event = pointer;
    g_free (event->words);
    g_free (event);
}

GPtrArray *bp_sends_list_events (BpStore *store, gint64 send_id, GError **error)
{
    BpDatabase *database = &store->database;
    g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (free_event);
    g_autoptr (sqlite3_stmt) rows
        = bp_database_prepare (database, "SELECT state, at, words FROM send_events WHERE send_id = ? ORDER BY position", READ_DEED, error);
    if (rows == NULL)
        return NULL;
    sqlite3_bind_int64 (rows, 1, send_id);
    for (;;)
    {
        bool has_row;
        BpSendState state;
        if (!bp_database_step (database, rows, &has_row, READ_DEED, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&events);
        if (!parse_state (bp_database_column_text (rows, 0), &state))
        {
            fail_unknown (database, bp_database_column_text (rows, 0), error);
            return NULL;
        }
        BpSendEvent *event = g_new (BpSendEvent, 1);
        *event = (BpSendEvent){ state, sqlite3_column_int64 (rows, 1), g_strdup (bp_database_column_text (rows, 2)) };
        g_ptr_array_add (events, event);
    }
}
