#include "domain/checks/check_families.h"

void bp_check_governance (const BpSnapshot *snapshot, BpFindingList *findings)
{
    for (guint i = 0; i < snapshot->meetings->len; i++)
    {
        const BpMeeting *meeting = snapshot->meetings->pdata[i];
        /* one that must be over by now needs no date any more */
        bool is_past = meeting->latest_date != BP_DATE_NONE && meeting->latest_date < snapshot->as_of;
        if (meeting->date == BP_DATE_NONE && !is_past)
            bp_finding_list_add (findings, BP_FINDING_MEETING_UNDATED, bp_check_source_at (meeting->source, "date"), meeting->date_text,
                                 "A meeting of %s has no day (“%s”). It stands last in the forward plan.",
                                 meeting->forum != NULL ? meeting->forum->name : meeting->forum_text, meeting->date_text);
    }
    for (guint i = 0; i < snapshot->decisions->len; i++)
    {
        const BpDecision *decision = snapshot->decisions->pdata[i];
        if (!decision->is_open || decision->needed_by == BP_DATE_NONE || decision->needed_by >= snapshot->as_of)
            continue;
        g_autofree char *needed = bp_date_dup_text (decision->needed_by, BP_DATE_LONG);
        bp_finding_list_add (findings, BP_FINDING_DECISION_OVERDUE, bp_check_source_at (decision->source, "needed_by"), needed,
                             "%s was needed by %s and is not decided.", decision->ref, needed);
    }
}
