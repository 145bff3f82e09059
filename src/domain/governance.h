#ifndef BP_DOMAIN_GOVERNANCE_H
#define BP_DOMAIN_GOVERNANCE_H

#include "base/source.h"
#include "domain/forum.h"

typedef struct
{
    const BpForum *forum; /* NULL if unknown or not valid on the as-of date */
    const char *forum_text;
    BpDate date;        /* BP_DATE_NONE: to be confirmed */
    BpDate latest_date; /* = date; where a month or term is given instead of a day, its last day; else BP_DATE_NONE */
    const char *date_text;
    const char *title;
    BpDate updates_due, papers_due, issue_date;
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpMeeting;

typedef struct BpDecision
{
    const BpForum *forum;
    const char *forum_text, *ref, *ask, *kind; /* kind: "approve", "endorse", "decide", "discuss", "note" */
    BpDate raised_on, meeting, needed_by, decided_on;
    const char *owner, *recommendation, *options, *implications, *outcome;
    bool is_open; /* not decided by the as-of date */
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpDecision;

typedef struct
{
    const char *id, *title, *owner, *mitigation, *status;
    BpDate as_of;
    struct BpArea *area;    /* may be NULL */
    int likelihood, impact; /* 1 to 5; 0 unknown */
    int score;
    int previous_score; /* at the previous date; 0 if none */
    bool is_open;
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpRisk;

typedef struct
{
    const char *lead, *short_name /* "" if none */, *organisation, *address;
    BpSource source;
} BpLead;
typedef struct
{
    const BpForum *forum;
    const char *forum_text, *member, *organisation, *role;
    BpDate from, to;
    BpSource source;
    const char *const *local; /* values of the local columns; NULL if there are none */
} BpMember;

#endif
