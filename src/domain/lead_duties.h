#ifndef BP_DOMAIN_LEAD_DUTIES_H
#define BP_DOMAIN_LEAD_DUTIES_H

#include "domain/snapshot.h"

/* A value that is due: its period is over and nothing was supplied for it. */
typedef struct
{
    const BpKpi *kpi;
    BpPeriod period;
} BpOwedValue;

/* What a lead has to report on. */
typedef struct BpLeadDuties
{
    const char *lead;   /* canonical; belongs to the snapshot */
    char *slug;         /* for file names, unique: "service-manager-for-learner-support" */
    GPtrArray *actions; /* of BpAction: not done, in display order */
    GArray *owed;       /* of BpOwedValue: in order of KPIs, oldest period first */
} BpLeadDuties;

/* Every lead who has an open action or owes a value, in the order of the actions. Actions without a lead are nobody's. Elements
 * BpLeadDuties; free with g_ptr_array_unref. */
GPtrArray *bp_lead_duties_new (const BpSnapshot *snapshot);
/* For file names: lower-case letters and digits, dashes between them, cut at a word. Caller frees. */
char *bp_lead_dup_slug (const char *lead);
/* The canonical name of a lead, by leads.csv and aliases.ini; name itself if neither knows it. Borrowed. */
const char *bp_lead_canonical (const BpSnapshot *snapshot, const char *name);
/* Its row of leads.csv, by name or alias; NULL if there is none. */
const BpLead *bp_lead_find (const BpSnapshot *snapshot, const char *name);
/* By when leads are to send their sheets back: the first day on or after the as-of date on which a meeting's updates are due;
 * BP_DATE_NONE. */
BpDate bp_lead_return_day (const BpSnapshot *snapshot);

#endif
