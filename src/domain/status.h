#ifndef BP_DOMAIN_STATUS_H
#define BP_DOMAIN_STATUS_H

#include "base/error.h"

typedef enum
{
    BP_COUNTS_AS_OPEN,
    BP_COUNTS_AS_DONE,
    BP_COUNTS_AS_PAUSED
} BpCountsAs;
typedef enum
{
    BP_SEVERITY_NONE,
    BP_SEVERITY_AT_RISK,
    BP_SEVERITY_OFF_TRACK
} BpSeverity;
typedef enum
{
    BP_NEEDS_COMMENTARY = 1,
    BP_NEEDS_EVIDENCE = 2,
    BP_NEEDS_APPROVAL = 4
} BpStatusNeeds;
typedef enum
{
    BP_STATUS_USE_REPORTED,   /* a lead reports it */
    BP_STATUS_USE_NO_UPDATE,  /* "No update received" */
    BP_STATUS_USE_AS_PLANNED, /* "Done before": typed in the plan */
    BP_STATUS_USE_NOT_DUE     /* nothing reported and nothing due yet, if the scale has one */
} BpStatusUse;

/* One status of the configured scale (config/status.ini). */
typedef struct BpStatus
{
    const char *code;
    const char *label;
    const char *letter;
    const char *shape;  /* "diamond" … as in docs/configuration.md */
    const char *colour; /* a name of theme.ini [status] */
    const char *meaning;
    BpCountsAs counts_as;
    unsigned needs; /* of BpStatusNeeds */
    BpStatusUse use;
    BpSeverity severity;
    int position; /* order in which statuses are printed everywhere; index in the scale */
} BpStatus;

typedef struct
{
    BpStatus *statuses;
    int count;
} BpStatusScale;

/* By code, else by label, without regard to case; NULL if there is none. */
const BpStatus *bp_status_find (const BpStatusScale *scale, const char *word);
/* The first status with that use; NULL if the scale has none. */
const BpStatus *bp_status_find_use (const BpStatusScale *scale, BpStatusUse use);
bool bp_status_is_done (const BpStatus *status);
bool bp_status_is_open (const BpStatus *status);

#endif
