#include "app/dispatch.h"

/* ---- what it is made of ---- */

static void free_letter (gpointer pointer)
{
    BpLetter *letter = pointer;
    bp_send_free (letter->send);
    g_free (letter->name);
    g_free (letter->exception_by);
    g_free (letter->fault);
    g_free (letter->obstacle);
    g_free (letter->file);
    g_free (letter);
}

static void free_left_out (gpointer pointer)
{
    BpLeftOut *left_out = pointer;
    g_free (left_out->run);
    g_free (left_out->whose);
    g_free (left_out->address);
    g_free (left_out->reason);
    g_free (left_out);
}

static void free_held (gpointer pointer)
{
    BpHeld *held = pointer;
    g_free (held->run);
    g_free (held->whose);
    g_free (held->reason);
    g_free (held);
}

static void free_run (gpointer run)
{
    bp_finished_run_close (run);
    g_free (run);
}

void bp_dispatch_free (BpDispatch *dispatch)
{
    if (dispatch == NULL)
        return;
    g_clear_pointer (&dispatch->letters, g_ptr_array_unref);
    g_clear_pointer (&dispatch->left_out, g_ptr_array_unref);
    g_clear_pointer (&dispatch->held, g_ptr_array_unref);
    g_clear_pointer (&dispatch->mails, g_ptr_array_unref);
    g_clear_pointer (&dispatch->sheets, g_ptr_array_unref);
    g_clear_pointer (&dispatch->packs, g_ptr_array_unref);
    g_clear_pointer (&dispatch->runs, g_ptr_array_unref);
    g_clear_pointer (&dispatch->journal, bp_send_journal_free);
    g_clear_pointer (&dispatch->now, bp_folder_recipients_free);
    g_clear_pointer (&dispatch->tables, bp_table_set_free);
    g_free (dispatch);
}

BpDispatch *bp_dispatch_new (const BpOptions *options, const BpProgrammeFolder *folder, BpStore *store, GError **error)
{
    g_autoptr (BpTableSet) tables = bp_table_set_new (&folder->config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (BpSendJournal) journal = bp_send_journal_open (folder->store, error);
    if (journal == NULL || !bp_store_load (store, BP_DATE_NONE, tables, findings, error))
        return NULL;
    BpDispatch *dispatch = g_new0 (BpDispatch, 1);
    dispatch->options = options;
    dispatch->folder = folder;
    dispatch->store = store;
    dispatch->tables = g_steal_pointer (&tables);
    dispatch->journal = g_steal_pointer (&journal);
    dispatch->letters = g_ptr_array_new_with_free_func (free_letter);
    dispatch->left_out = g_ptr_array_new_with_free_func (free_left_out);
    dispatch->held = g_ptr_array_new_with_free_func (free_held);
    dispatch->runs = g_ptr_array_new_with_free_func (free_run);
    dispatch->packs = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_sendable_pack_free);
    dispatch->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_sheet_mail_free);
    dispatch->mails = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_pack_mail_free);
    return dispatch;
}

void bp_dispatch_hold (BpDispatch *dispatch, const char *run, const char *whose, bool is_faulty, const char *reason)
{
    BpHeld *held = g_new (BpHeld, 1);
    *held = (BpHeld){ g_strdup (run), g_strdup (whose), g_strdup (reason), is_faulty };
    g_ptr_array_add (dispatch->held, held);
}

BpLeftOut *bp_dispatch_leave_out (BpDispatch *dispatch, const char *run, const char *whose, const char *address, const char *reason)
{
    BpLeftOut *left_out = g_new (BpLeftOut, 1);
    *left_out = (BpLeftOut){ g_strdup (run), g_strdup (whose), g_strdup (address), g_strdup (reason), address == NULL };
    g_ptr_array_add (dispatch->left_out, left_out);
    return left_out;
}

/* ---- one letter ---- */

GBytes *bp_letter_write (const BpLetter *letter, GError **error)
{
    const BpPackMailReader to = { letter->name, letter->is_outside, letter->earlier };
    return letter->sheet != NULL ? bp_sheet_mail_write (letter->sheet, letter->send, letter->name, error)
                                 : bp_pack_mail_write (letter->pack, letter->send, &to, error);
}

bool bp_letter_goes (const BpLetter *letter)
{
    return letter->is_open && letter->fault == NULL && letter->obstacle == NULL;
}

/* What the ledger says of it, so that a rehearsal says it too: also what went, which may not be what would go now. An intent is one that a
 * dead program left. */
static void apply_ledger (BpLetter *letter, const BpSend *there)
{
    if (there == NULL)
        return;
    letter->send->id = there->id;
    letter->send->state = there->state == BP_SEND_STATE_INTENT ? BP_SEND_STATE_DOUBTFUL : there->state;
    letter->send->attempts = there->attempts;
    letter->send->planned_at = bp_send_state_may_be_replaced (letter->send->state) ? 0 : there->planned_at; /* 0: now */
    letter->send->ended_at = there->ended_at;
    bp_send_set_words (letter->send, there->words);
    if (!bp_send_state_may_become (letter->send->state, BP_SEND_STATE_INTENT))
        bp_send_take_message (letter->send, there);
}

/* What the ledger would send, and the journal says may have gone. */
static void apply_journal (BpLetter *letter, const BpSendJournal *journal)
{
    BpSendState state;
    gint64 at;
    if (!bp_send_state_may_become (letter->send->state, BP_SEND_STATE_INTENT)
        || !bp_send_journal_remembers (journal, letter->send, &state, &at))
        return;
    letter->is_remembered = true;
    letter->send->state = state;
    letter->send->ended_at = at;
    bp_send_set_words (letter->send, BP_LETTER_REMEMBERED);
}

/* By a scheduler, a refusal for good is not asked for again each hour; a person who calls the command may. */
static bool is_open (const BpLetter *letter, bool is_due)
{
    const BpSendState state = letter->send->state;
    return bp_send_state_may_become (state, BP_SEND_STATE_INTENT) && !(is_due && state == BP_SEND_STATE_REJECTED);
}

BpLetter *bp_dispatch_add_letter (BpDispatch *dispatch, BpSend *send, const BpSend *there, bool is_due)
{
    BpLetter *letter = g_new0 (BpLetter, 1);
    letter->send = send;
    apply_ledger (letter, there);
    apply_journal (letter, dispatch->journal);
    letter->is_open = is_open (letter, is_due);
    g_ptr_array_add (dispatch->letters, letter);
    return letter;
}

void bp_letter_try_writing (BpLetter *letter)
{
    g_autoptr (GError) why = NULL;
    g_autoptr (GBytes) bytes = letter->is_open && letter->obstacle == NULL ? bp_letter_write (letter, &why) : NULL;
    if (bytes != NULL)
        letter->bytes = g_bytes_get_size (bytes);
    else if (why != NULL)
        letter->fault = g_strdup (why->message);
}
