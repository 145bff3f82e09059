#ifndef BP_DOMAIN_CHECKS_CHECK_TABLE_H
#define BP_DOMAIN_CHECKS_CHECK_TABLE_H

#include "domain/snapshot.h"

/* One family of data checks: a file in this folder. It looks at a finished snapshot (findings of reading cells were added while it was
 * built) and adds findings. Pure. */
typedef struct
{
    const char *name; /* "actions" */
    const char *description;
    void (*run) (const BpSnapshot *snapshot, BpFindingList *findings);
} BpCheck;

extern const BpCheck bp_check_table[]; /* ended by a NULL name */

#endif
