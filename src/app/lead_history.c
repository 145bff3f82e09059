#include "app/lead_history.h"

#include "app/clock.h"
#include "app/recipient_list.h"
#include "app/run_folder.h"
#include "base/text.h"
#include "domain/lead_duties.h"

#include <string.h>

bool bp_lead_history_is_doubtful (const BpSend *send)
{
    return send != NULL && (send->state == BP_SEND_STATE_DOUBTFUL || send->state == BP_SEND_STATE_INTENT);
}

/* Arrived, as far as anybody can know, or may have. */
static bool may_be_there (const BpSend *send)
{
    return send->state == BP_SEND_STATE_ACCEPTED || bp_lead_history_is_doubtful (send);
}

BpDate bp_lead_history_day (const BpSend *send)
{
    if (send == NULL)
        return BP_DATE_NONE;
    return bp_clock_london_date (send->state == BP_SEND_STATE_INTENT ? send->tried_at : MAX (send->tried_at, send->planned_at));
}

/* The lead may have had another name then. */
static bool is_of (const BpSend *send, const BpSnapshot *leads, const char *lead_key, const char *address_key)
{
    if (!bp_send_is_for_lead (send))
        return false;
    g_autofree char *lead = bp_text_dup_folded (bp_lead_canonical (leads, send->lead)), *key = bp_send_dup_address_key (send->address);
    return strcmp (lead, lead_key) == 0 && strcmp (key, address_key) == 0;
}

static bool has_sheet (const BpSend *send, const BpMadeSheet *sheet)
{
    return send->files->len > 0
           && strcmp (((const BpPackFile *)send->files->pdata[0])->sha256, bp_manifest_text (sheet->made, "sha256")) == 0;
}

/* The same bytes may have been made again by a later run: they are the same sheet. What did not arrive counts for its own run alone. */
static void read_sheet (BpLeadHistory *history, const BpSend *send, const BpMadeSheet *sheet)
{
    const bool is_this = has_sheet (send, sheet);
    if (send->state == BP_SEND_STATE_ACCEPTED)
    {
        history->thread = send;
        history->has_other = history->has_other || !is_this;
    }
    if (!is_this || (!may_be_there (send) && strcmp (send->run, sheet->run) != 0))
        return;
    const bool is_better = history->first == NULL || send->state == BP_SEND_STATE_ACCEPTED
                           || (history->first->state != BP_SEND_STATE_ACCEPTED && may_be_there (send));
    if (is_better)
        history->first = send;
}

static void read_reminder (BpLeadHistory *history, const BpSend *send)
{
    if (send->round >= history->rounds)
    {
        history->rounds = send->round;
        history->last_reminder = send;
        history->open_reminder = may_be_there (send) ? NULL : send;
    }
    if (!may_be_there (send))
        return;
    history->reminders++;
    history->last_sent_reminder = send;
}

void bp_lead_history_read (BpLeadHistory *history_out, const GPtrArray *sends, const BpSnapshot *leads, const BpMadeSheet *sheet,
                           const char *address)
{
    g_autofree char *lead_key = bp_text_dup_folded (bp_lead_canonical (leads, sheet->lead)),
                    *address_key = bp_send_dup_address_key (address);
    *history_out = (BpLeadHistory){ .last_on = BP_DATE_NONE };
    for (guint i = 0; i < sends->len; i++)
    {
        const BpSend *send = sends->pdata[i];
        if (!is_of (send, leads, lead_key, address_key))
            continue;
        if (send->round == 0)
            read_sheet (history_out, send, sheet);
        else
            read_reminder (history_out, send);
        if (may_be_there (send))
            history_out->last_on = MAX (history_out->last_on, bp_lead_history_day (send));
    }
}
