#include "app/pack_recall.h"

#include <string.h>

GHashTable *bp_pack_recall_list_keys (const GPtrArray *list)
{
    GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        if (addressee->refusal == NULL)
            g_hash_table_add (keys, bp_send_dup_address_key (addressee->recipient->address));
    }
    return keys;
}

static const BpSend *find_pack (const BpPackMail *mail, const BpSendIndex *sends, const char *address)
{
    return bp_send_index_find (sends, mail->pack->forum, address, false);
}

/* Whether this version is with them, or they were told of it. */
static bool knows_this_version (const BpPackMail *mail, const BpSendIndex *sends, const char *address)
{
    const BpSend *there = find_pack (mail, sends, address);
    return there != NULL && there->state == BP_SEND_STATE_ACCEPTED;
}

bool bp_pack_recall_concerns (const BpPackMail *mail, const BpSendIndex *sends, const char *address)
{
    const BpEarlierVersion *earlier = bp_earlier_versions_find (mail->earlier, address);
    return earlier != NULL && earlier->is_attached && !knows_this_version (mail, sends, address);
}

/* ---- whether mail may go there ---- */

static bool has_key (const BpRecipient *recipient, const char *key)
{
    g_autofree char *own = bp_send_dup_address_key (recipient->address);
    return strcmp (own, key) == 0;
}

/* Why the address's row of today gets nothing; NULL if it has none. */
static const char *find_refusal (const GPtrArray *list, const BpEarlierVersion *earlier)
{
    for (guint i = 0; i < list->len; i++)
    {
        const BpAddressee *addressee = list->pdata[i];
        if (addressee->refusal != NULL && has_key (addressee->recipient, earlier->key))
            return addressee->refusal;
    }
    return NULL;
}

/* The row by which the earlier version was sent, as far as it is still there; one with an exception before others. NULL: none. */
static const BpRecipient *find_row (const GPtrArray *recipients, const BpForum *forum, const BpEarlierVersion *earlier)
{
    const BpRecipient *found = NULL;
    for (guint i = 0; i < recipients->len; i++)
    {
        const BpRecipient *recipient = recipients->pdata[i];
        if (recipient->forum == forum && bp_recipient_is_in_force (recipient, earlier->sent_on) && has_key (recipient, earlier->key)
            && (found == NULL || !bp_recipient_has_exception (found)))
            found = recipient;
    }
    return found;
}

/* An exception is known from its row alone: an address that is on no list and in no file is not written to, though it was once. */
static const char *find_objection (const GPtrArray *list, const BpEarlierVersion *earlier, const BpRecipient *row, bool is_outside)
{
    const char *refusal = find_refusal (list, earlier);
    if (refusal != NULL)
        return refusal;
    return is_outside && (row == NULL || !bp_recipient_has_exception (row))
               ? "its domain is not on the allow-list, and no row says who approved an exception"
               : NULL;
}

static char *dup_obstacle (const BpPackMail *mail, const BpEarlierVersion *earlier, const char *objection)
{
    if (objection == NULL)
        return NULL;
    g_autofree char *date = bp_date_dup_text (earlier->sent_on, BP_DATE_LONG);
    return g_strdup_printf ("%s sent on %s (%s), and no mail may go there: %s. Tell them to delete it, and then say so: "
                            "boardpack send --resolve %s --forum %s --to %s --told --by NAME --note TEXT",
                            earlier->is_doubtful ? "may have been" : "was", date, earlier->run, objection, mail->run->id, mail->pack->forum,
                            earlier->address);
}

/* ---- the letters ---- */

static void add_recall (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, const GPtrArray *recipients,
                        const GPtrArray *list, const BpEarlierVersion *earlier, const BpSend *there, bool is_due)
{
    const BpRecipient *row = find_row (recipients, forum, earlier);
    BpSend *send = bp_pack_mail_new_send (mail, BP_SEND_KIND_RECALL, earlier->address, false);
    BpLetter *letter = bp_dispatch_add_letter (dispatch, send, there, is_due);
    letter->pack = mail;
    letter->earlier = earlier;
    letter->name = row != NULL ? g_strdup (row->name) : NULL;
    letter->is_outside = !bp_recipient_list_allows (forum, &dispatch->folder->config->mail, earlier->address);
    letter->exception_by = letter->is_outside && row != NULL ? g_strdup (row->exception_approved_by) : NULL;
    if (letter->is_open)
        letter->obstacle = dup_obstacle (mail, earlier, find_objection (list, earlier, row, letter->is_outside));
    bp_letter_try_writing (letter);
}

/* Somebody has to find out before anything else is said to them: the message shows as what it is. */
static void add_doubtful (BpDispatch *dispatch, const BpPackMail *mail, const BpEarlierVersion *earlier, const BpSend *there)
{
    BpLetter *letter = bp_dispatch_add_letter (dispatch, bp_send_dup_planned (there), there, false);
    letter->pack = mail;
    letter->earlier = earlier;
}

void bp_pack_recall_add (BpDispatch *dispatch, const BpPackMail *mail, const BpForum *forum, const GPtrArray *recipients,
                         const GPtrArray *list, const BpSendIndex *sends, bool is_due)
{
    g_autoptr (GHashTable) keys = bp_pack_recall_list_keys (list);
    const bool is_begun = bp_send_index_has_forum (sends, mail->pack->forum);
    for (guint i = 0; i < mail->earlier->list->len; i++)
    {
        const BpEarlierVersion *earlier = mail->earlier->list->pdata[i];
        if (g_hash_table_contains (keys, earlier->key) || !bp_pack_recall_concerns (mail, sends, earlier->address))
            continue;
        const BpSend *pack = find_pack (mail, sends, earlier->address);
        const BpSend *there = bp_send_index_find (sends, mail->pack->forum, earlier->address, true);
        if (pack != NULL && (pack->state == BP_SEND_STATE_DOUBTFUL || pack->state == BP_SEND_STATE_INTENT))
            add_doubtful (dispatch, mail, earlier, pack);
        else if (!is_due || !is_begun || there != NULL)
            add_recall (dispatch, mail, forum, recipients, list, earlier, there, is_due);
    }
}
