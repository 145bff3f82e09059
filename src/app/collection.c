#include "app/collection.h"

#include "app/lead_history.h"
#include "app/recipient_list.h"
#include "app/run_folder.h"
#include "app/sheet_brief.h"
#include "base/text.h"
#include "delivery/mail_address.h"
#include "domain/lead_duties.h"
#include "domain/marking.h"

#include <string.h>

#define MAX_NAME_CHARS 100 /* of a recipient, in a header */
#define MAX_AGE_DAYS 31    /* after the due day: a scheduler leaves what is older alone */

/* A run that sheets are taken from. */
typedef struct
{
    const BpFinishedRun *run; /* belongs to the dispatch */
    BpRunData *data;
    char *fault; /* why none of its sheets goes; NULL */
} SheetRun;

/* What deciding about one lead needs. */
typedef struct
{
    BpCollection *collection;
    BpCollectRow *row;
    const GPtrArray *sends; /* of BpSend: all of that day */
    bool is_due;            /* by a scheduler */
    BpLeadHistory history;
} Case;

const char *bp_collect_step_name (BpCollectStep step)
{
    static const char *const names[] = { "send", "remind", "nothing", "ask", "no address", "outside allow-list", "held" };
    return names[step];
}

static void free_run (gpointer pointer)
{
    SheetRun *run = pointer;
    bp_run_data_free (run->data);
    g_free (run->fault);
    g_free (run);
}

static void free_row (gpointer pointer)
{
    BpCollectRow *row = pointer;
    g_free (row->words);
    g_free (row);
}

void bp_collection_free (BpCollection *collection)
{
    if (collection == NULL)
        return;
    g_clear_pointer (&collection->rows, g_ptr_array_unref);
    g_clear_pointer (&collection->runs, g_ptr_array_unref);
    g_clear_pointer (&collection->leads, bp_snapshot_free);
    g_clear_pointer (&collection->made, bp_made_sheets_free);
    g_free (collection);
}

static void set_step (BpCollectRow *row, BpCollectStep step, char *words)
{
    row->step = step;
    g_free (row->words);
    row->words = words;
}

/* ---- runs ---- */

/* Whose sheet is whose is read in the manifest: it must be the one that was kept when the run was made. */
static bool check_manifest (SheetRun *sheets, BpStore *store, GError **error)
{
    g_autofree char *kept = NULL;
    const char *id = sheets->run->id;
    if (!bp_store_find_manifest (store, id, &kept, error))
        return false;
    if (kept == NULL)
        sheets->fault = g_strdup_printf ("the store does not know the manifest of %s; build the sheets again", id);
    else if (strcmp (kept, sheets->run->manifest_sha256) != 0)
        sheets->fault = g_strdup_printf ("the manifest of %s was changed since it was built", id);
    return true;
}

static bool open_run (BpCollection *collection, const char *id, GError **error)
{
    BpDispatch *dispatch = collection->dispatch;
    g_autoptr (GError) why = NULL;
    SheetRun *sheets = g_new0 (SheetRun, 1);
    BpFinishedRun *run = g_new0 (BpFinishedRun, 1);
    g_ptr_array_add (collection->runs, sheets);
    g_ptr_array_add (dispatch->runs, run);
    sheets->run = run;
    if (!bp_finished_run_open (run, dispatch->folder->output, id, &why))
    {
        sheets->fault = g_strdup (why->message);
        return true;
    }
    if (!check_manifest (sheets, dispatch->store, error))
        return false;
    sheets->data = bp_run_data_load (bp_options_folder (dispatch->options), run, dispatch->store, error);
    return sheets->data != NULL;
}

static SheetRun *find_run (const BpCollection *collection, const char *id)
{
    for (guint i = 0; i < collection->runs->len; i++)
        if (strcmp (((SheetRun *)collection->runs->pdata[i])->run->id, id) == 0)
            return collection->runs->pdata[i];
    return NULL;
}

/* A run that says it made no sheets is believed only by the manifest that was kept: it may have made those that count. */
static bool check_runs_without (const BpCollection *collection, GError **error)
{
    const BpDispatch *dispatch = collection->dispatch;
    for (guint i = 0; i < collection->made->without->len; i++)
    {
        g_auto (BpFinishedRun) run = { 0 };
        g_autofree char *fault = NULL;
        if (!bp_finished_run_open (&run, dispatch->folder->output, collection->made->without->pdata[i], error)
            || !bp_finished_run_find_fault (&run, dispatch->store, &fault, error))
            return false;
        if (fault != NULL)
            return bp_fail (error, BP_ERROR_FAILED,
                            "nobody can tell whether %s made update sheets, so no others are sent in their place: %s, or move the folder "
                            "of that run out of the output folder",
                            run.id, fault);
    }
    return true;
}

static bool open_runs (BpCollection *collection, GError **error)
{
    for (guint i = 0; i < collection->made->sheets->len; i++)
    {
        const char *id = g_array_index (collection->made->sheets, BpMadeSheet, i).run;
        if (find_run (collection, id) == NULL && !open_run (collection, id, error))
            return false;
    }
    return true;
}

/* ---- letters ---- */

static BpSheetMail *new_mail (Case *lead, GError **error)
{
    BpCollection *collection = lead->collection;
    BpDispatch *dispatch = collection->dispatch;
    const BpMadeSheet *sheet = lead->row->sheet;
    const SheetRun *run = find_run (collection, sheet->run);
    if (run->fault != NULL)
    {
        bp_fail (error, BP_ERROR_FAILED, "%s", run->fault);
        return NULL;
    }
    if (json_object_get (sheet->made, "marking") == NULL) /* the message could bear another marking than the sheet */
    {
        bp_fail (error, BP_ERROR_FAILED, "%s was made by an older boardpack, which did not keep the marking; build the sheets again",
                 sheet->run);
        return NULL;
    }
    BpSheetMail *mail = bp_sheet_mail_new (dispatch->folder->config, run->run, sheet->made, dispatch->folder->clock.now, error);
    if (mail == NULL)
        return NULL;
    g_ptr_array_add (dispatch->sheets, mail);
    mail->urgent = bp_sheet_brief_dup_urgent (run->data, sheet->made, &mail->more);
    mail->replaces_earlier = lead->history.has_other;
    mail->first_id = lead->history.thread != NULL ? g_strdup (lead->history.thread->message_id) : NULL;
    return mail;
}

/* A message that may go. there: what the ledger has of it; NULL. */
static void add_going (Case *lead, BpSendKind kind, int round, const char *address, const BpSend *there)
{
    BpCollectRow *row = lead->row;
    BpDispatch *dispatch = lead->collection->dispatch;
    g_autoptr (GError) why = NULL;
    const BpSheetMail *mail = new_mail (lead, &why);
    if (mail == NULL)
    {
        set_step (row, BP_COLLECT_HELD, g_strdup (why->message));
        bp_dispatch_hold (dispatch, row->sheet->run, row->sheet->lead, true, why->message);
        return;
    }
    row->letter = bp_dispatch_add_letter (dispatch, bp_sheet_mail_new_send (mail, kind, round, address), there, lead->is_due);
    row->letter->sheet = mail;
    if (kind != BP_SEND_KIND_TEST && g_utf8_strlen (row->sheet->lead, -1) <= MAX_NAME_CHARS)
        row->letter->name = g_strdup (row->sheet->lead);
    bp_letter_try_writing (row->letter);
    if (row->letter->is_open)
        set_step (row, round > 0 ? BP_COLLECT_REMIND : BP_COLLECT_SEND,
                  g_strdup (lead->history.has_other ? "in place of an earlier sheet" : ""));
    else
        set_step (row, BP_COLLECT_NOTHING, g_strdup_printf ("refused for good: %s", row->letter->send->words));
}

/* One that was sent before, for the counts. */
static void add_gone (Case *lead, const BpSend *there)
{
    lead->row->letter = bp_dispatch_add_letter (lead->collection->dispatch, bp_send_dup_planned (there), there, lead->is_due);
    lead->row->letter->is_open = false;
}

/* ---- what is to be done ---- */

/* "sent on 1 August 2025", "reminded twice, last on 5 August 2025" */
static char *dup_last (const BpCollectRow *row)
{
    g_autofree char *sent = bp_date_dup_text (row->sent_on, BP_DATE_LONG), *reminded = bp_date_dup_text (row->reminded_on, BP_DATE_LONG);
    if (row->reminders == 0)
        return g_strdup_printf ("sent on %s", sent);
    return row->reminders == 1 ? g_strdup_printf ("reminded on %s", reminded)
                               : g_strdup_printf ("reminded %d times, last on %s", row->reminders, reminded);
}

static void wait_for_reminder (Case *lead, BpReminderAnswer answer, BpDate next)
{
    g_autofree char *last = dup_last (lead->row), *day = bp_date_dup_text (next, BP_DATE_LONG);
    char *words = NULL;
    if (answer == BP_REMINDER_ENOUGH)
        words = g_strdup_printf ("%s, and no more by e-mail: talk to them", last);
    else if (answer == BP_REMINDER_DUE)
        words = g_strdup_printf ("%s; --remind would remind", last);
    else
        words = g_strdup_printf ("%s; may be reminded from %s", last, day);
    set_step (lead->row, BP_COLLECT_NOTHING, words);
}

/* The sheet was accepted on an earlier call. */
static void decide_reminder (Case *lead)
{
    BpCollectRow *row = lead->row;
    const BpDispatch *dispatch = lead->collection->dispatch;
    const BpReminderRules *rules = &dispatch->folder->config->mail.reminders;
    const BpLeadHistory *history = &lead->history;
    const BpReminderState state = { .due = row->due, .last_on = history->last_on, .reminders = row->reminders };
    const BpReminderAnswer answer = bp_reminder_judge (rules, &state, dispatch->folder->clock.today);
    if (dispatch->options->remind && history->open_reminder != NULL && strcmp (history->open_reminder->run, row->sheet->run) == 0)
        add_going (lead, BP_SEND_KIND_REMINDER, history->open_reminder->round, row->address, history->open_reminder);
    else if (dispatch->options->remind && answer == BP_REMINDER_DUE)
        add_going (lead, BP_SEND_KIND_REMINDER, history->rounds + 1, row->address, NULL);
    else
    {
        add_gone (lead, history->last_reminder != NULL ? history->last_reminder : history->first);
        if (bp_lead_history_is_doubtful (history->last_reminder))
            set_step (row, BP_COLLECT_ASK, g_strdup ("the last reminder is doubtful"));
        else
            wait_for_reminder (lead, answer, bp_reminder_next (rules, &state));
    }
}

/* So many sheets may be made on one day: a lead gets one message on it. Also while the clock has been set back. */
static bool has_had_one_today (const Case *lead)
{
    return lead->history.last_on != BP_DATE_NONE && lead->history.last_on >= lead->collection->dispatch->folder->clock.today;
}

static void wait_for_another_day (Case *lead)
{
    const BpDate last_on = lead->history.last_on;
    g_autofree char *last = bp_date_dup_text (last_on, BP_DATE_LONG), *next = bp_date_dup_text (last_on + 1, BP_DATE_LONG);
    if (lead->history.thread != NULL)
        add_gone (lead, lead->history.thread);
    set_step (lead->row, BP_COLLECT_NOTHING, g_strdup_printf ("a message went on %s; this sheet, made since, goes from %s", last, next));
}

static void decide_message (Case *lead)
{
    const BpSend *first = lead->history.first;
    if (first != NULL && first->state == BP_SEND_STATE_ACCEPTED)
        decide_reminder (lead);
    else if (bp_lead_history_is_doubtful (first))
    {
        add_gone (lead, first);
        set_step (lead->row, BP_COLLECT_ASK, g_strdup ("the sheet is doubtful"));
    }
    else if (has_had_one_today (lead))
        wait_for_another_day (lead);
    else
        add_going (lead, BP_SEND_KIND_SHEET, 0, lead->row->address, first);
}

/* Where nothing can be sent to; false if something can. */
static bool refuse_address (Case *lead)
{
    BpCollectRow *row = lead->row;
    const BpDispatch *dispatch = lead->collection->dispatch;
    g_autoptr (GError) why = NULL;
    if (*row->address == '\0')
        set_step (row, BP_COLLECT_NO_ADDRESS, g_strdup ("no address in leads.csv"));
    else if (!bp_mail_address_check ("the address", row->address, &why))
        set_step (row, BP_COLLECT_NO_ADDRESS, g_strdup (why->message));
    else if (!bp_recipient_list_allows (NULL, &dispatch->folder->config->mail, row->address))
        set_step (row, BP_COLLECT_OUTSIDE, g_strdup ("address outside the allow-list of config/mail.ini"));
    else
        return false;
    return true;
}

/* The marking that a test of the sheet has to be treated by: its own, or today's if that asks for more care. */
static const char *find_sensitive_marking (const Case *lead)
{
    const char *made = bp_manifest_text (lead->row->sheet->made, "marking");
    const char *today = bp_forums_internal_marking (&lead->collection->dispatch->folder->config->programme.forums);
    if (*made != '\0' && bp_marking_is_sensitive (made))
        return made;
    return today != NULL && bp_marking_is_sensitive (today) ? today : NULL;
}

static void decide_test (Case *lead)
{
    BpCollectRow *row = lead->row;
    BpDispatch *dispatch = lead->collection->dispatch;
    const char *marking = find_sensitive_marking (lead), *to_me = dispatch->options->to_me;
    if (marking == NULL || bp_recipient_list_has_tester (&dispatch->folder->config->mail, to_me))
    {
        add_going (lead, BP_SEND_KIND_TEST, dispatch->options->remind ? 1 : 0, to_me, NULL);
        return;
    }
    set_step (row, BP_COLLECT_HELD,
              g_strdup_printf (
                  "it is marked %s, so a test of it goes to the sender, or to the 'testers' of [mail] in config/mail.ini, alone", marking));
    bp_dispatch_hold (dispatch, row->sheet->run, row->sheet->lead, true, row->words);
}

static void set_returned (BpCollectRow *row)
{
    g_autofree char *day = bp_date_dup_text (row->returned_on, BP_DATE_LONG);
    set_step (row, BP_COLLECT_NOTHING, row->returned_on != BP_DATE_NONE ? g_strdup_printf ("returned on %s", day) : g_strdup ("returned"));
}

/* By a scheduler, a round that nobody waits for any more is not gone on with. */
static bool is_over (const Case *lead)
{
    const BpCollection *collection = lead->collection;
    const BpDate due = lead->row->due != BP_DATE_NONE ? lead->row->due : collection->made->as_of;
    return lead->is_due && collection->dispatch->folder->clock.today - due > MAX_AGE_DAYS;
}

static void decide (Case *lead)
{
    BpCollectRow *row = lead->row;
    BpDispatch *dispatch = lead->collection->dispatch;
    if (dispatch->options->to_me != NULL)
        decide_test (lead);
    else if (row->is_returned)
    {
        dispatch->settled++;
        set_returned (row);
    }
    else if (is_over (lead))
    {
        dispatch->settled++;
        set_step (row, BP_COLLECT_NOTHING, g_strdup_printf ("due more than %d days ago: name the run to send all the same", MAX_AGE_DAYS));
    }
    else if (refuse_address (lead)) /* somebody is waited for who gets nothing: faulty, at every call until that is mended */
        bp_dispatch_hold (dispatch, row->sheet->run, row->sheet->lead, true, row->words);
    else
        decide_message (lead);
}

/* ---- leads ---- */

static char *dup_lead_key (const BpCollection *collection, const char *name)
{
    return bp_text_dup_folded (bp_lead_canonical (collection->leads, name));
}

/* A lead under whatever name: key to the sheet that has come back. */
static GHashTable *index_returned (const BpCollection *collection)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < collection->made->sheets->len; i++)
    {
        BpMadeSheet *sheet = &g_array_index (collection->made->sheets, BpMadeSheet, i);
        if (sheet->is_returned)
            g_hash_table_insert (index, dup_lead_key (collection, sheet->lead), sheet);
    }
    return index;
}

static BpCollectRow *add_row (BpCollection *collection, const BpMadeSheet *sheet, const BpMadeSheet *returned)
{
    const BpLead *known = bp_lead_find (collection->leads, sheet->lead);
    BpCollectRow *row = g_new0 (BpCollectRow, 1);
    *row = (BpCollectRow){ .sheet = sheet,
                           .address = known != NULL ? known->address : "",
                           .due = BP_DATE_NONE,
                           .is_returned = returned != NULL,
                           .returned_on = BP_DATE_NONE,
                           .sent_on = BP_DATE_NONE,
                           .reminded_on = BP_DATE_NONE };
    if (!bp_date_parse_iso (bp_manifest_text (sheet->made, "due"), &row->due))
        row->due = BP_DATE_NONE;
    if (returned != NULL && returned->entries->len > 0)
        row->returned_on = ((const BpReturnEntry *)returned->entries->pdata[0])->imported_on;
    g_ptr_array_add (collection->rows, row);
    return row;
}

/* Whether --lead means it: by name, alias, or as in file names. */
static bool is_chosen (const BpCollection *collection, const BpMadeSheet *sheet)
{
    if (collection->dispatch->options->lead == NULL)
        return true;
    g_autofree char *name = g_utf8_make_valid (collection->dispatch->options->lead, -1);
    g_autofree char *wanted = dup_lead_key (collection, name), *key = dup_lead_key (collection, sheet->lead);
    return strcmp (wanted, key) == 0 || strcmp (sheet->slug, name) == 0;
}

/* Why this sheet is not the one that counts; NULL: it is. */
static char *dup_objection (const BpMadeSheet *sheet, const char *run, const BpMadeSheet *other)
{
    if (other != NULL)
        return g_strdup_printf ("the lead is called %s now, and has a sheet under that name", other->lead);
    return run != NULL && strcmp (run, sheet->run) != 0 ? g_strdup_printf ("the sheet of %s is newer and counts", sheet->run) : NULL;
}

static void add_lead (BpCollection *collection, const BpMadeSheet *sheet, const GPtrArray *sends, const char *run, GHashTable *seen,
                      GHashTable *returned)
{
    g_autofree char *key = dup_lead_key (collection, sheet->lead);
    BpCollectRow *row = add_row (collection, sheet, g_hash_table_lookup (returned, key));
    const BpMadeSheet *other = g_hash_table_lookup (seen, key);
    g_autofree char *objection = dup_objection (sheet, run, other);
    if (other == NULL)
        g_hash_table_insert (seen, g_strdup (key), (gpointer)sheet);
    Case lead = { collection, row, sends, run == NULL, { 0 } };
    bp_lead_history_read (&lead.history, sends, collection->leads, sheet, row->address);
    row->sent_on = bp_lead_history_day (lead.history.thread);
    row->reminded_on = bp_lead_history_day (lead.history.last_sent_reminder);
    row->reminders = lead.history.reminders;
    if (objection == NULL)
        decide (&lead);
    else
    {
        set_step (row, BP_COLLECT_HELD, g_strdup (objection));
        bp_dispatch_hold (collection->dispatch, sheet->run, sheet->lead, false, objection);
    }
}

static bool add_leads (BpCollection *collection, const char *run, GError **error)
{
    const BpSendFilter filter = { .as_of = collection->made->as_of, .is_without_tests = true };
    g_autoptr (GPtrArray) sends = bp_sends_list (collection->dispatch->store, &filter, error);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GHashTable) returned = index_returned (collection);
    for (guint i = 0; sends != NULL && i < collection->made->sheets->len; i++)
    {
        const BpMadeSheet *sheet = &g_array_index (collection->made->sheets, BpMadeSheet, i);
        if (is_chosen (collection, sheet))
            add_lead (collection, sheet, sends, run, seen, returned);
    }
    if (sends != NULL && collection->rows->len == 0)
        return bp_fail (error, BP_ERROR_USAGE,
                        "--lead %s: no lead of that name has an update sheet of that day; 'boardpack list returns' names them",
                        collection->dispatch->options->lead);
    return sends != NULL;
}

static bool fill (BpCollection *collection, const char *run, GError **error)
{
    BpDispatch *dispatch = collection->dispatch;
    const BpSnapshotOptions today = { .as_of = dispatch->folder->clock.today, .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    g_autofree char *folder = run != NULL ? bp_run_folder_find (dispatch->folder->output, run, error) : NULL;
    if (run != NULL && folder == NULL)
        return false;
    collection->made = bp_made_sheets_load (dispatch->folder, folder, error);
    if (collection->made == NULL)
        return false;
    collection->leads = bp_snapshot_new (&dispatch->folder->config->programme, dispatch->tables, &today);
    return check_runs_without (collection, error) && open_runs (collection, error) && add_leads (collection, run, error);
}

BpCollection *bp_collection_new (BpDispatch *dispatch, const char *run, GError **error)
{
    const char *to_me = dispatch->options->to_me;
    if (to_me != NULL && !bp_recipient_list_allows (NULL, &dispatch->folder->config->mail, to_me))
    {
        bp_fail (error, BP_ERROR_USAGE, "--to-me %s: its domain is not on the allow-list, so nothing is sent to it", to_me);
        return NULL;
    }
    g_autoptr (BpCollection) collection = g_new0 (BpCollection, 1);
    collection->dispatch = dispatch;
    collection->rows = g_ptr_array_new_with_free_func (free_row);
    collection->runs = g_ptr_array_new_with_free_func (free_run);
    dispatch->is_for_leads = true;
    return fill (collection, run, error) ? g_steal_pointer (&collection) : NULL;
}
