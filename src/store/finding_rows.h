#ifndef BP_STORE_FINDING_ROWS_H
#define BP_STORE_FINDING_ROWS_H

#include "domain/finding.h"
#include "store/database.h"

/* Findings as rows of the store: those of an import, and those of a returned update sheet. */
typedef enum
{
    BP_IMPORT_FINDINGS,
    BP_RETURN_FINDINGS
} BpFindingOwner;

/* Adds the findings of the lists (NULL-ended), one list after the other, to an import or return that has none yet. */
bool bp_finding_rows_insert (BpDatabase *database, BpFindingOwner owner, gint64 owner_id, const BpFindingList *const *lists,
                             GError **error);
/* Appends the findings of an import or return, in their order. */
bool bp_finding_rows_load (BpDatabase *database, BpFindingOwner owner, gint64 owner_id, BpFindingList *findings_out, GError **error);
/* Whether two lists say the same, whatever their order. Removals (R04) are left out: an import finds them once only. */
bool bp_finding_rows_are_same (const BpFindingList *before, const BpFindingList *now);

#endif
