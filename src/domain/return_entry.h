#ifndef BP_DOMAIN_RETURN_ENTRY_H
#define BP_DOMAIN_RETURN_ENTRY_H

#include "domain/snapshot.h"
#include "domain/update_sheet.h"

/* A cell of an update sheet as its table has it: a status by its code, a day as 2025-07-31, an area by its key; texts as typed. NULL if it
 * cannot be: reason_out then says why ("is no day"). Caller frees both. */
char *bp_return_entry_dup (BpEntryKind kind, const char *typed, const BpSnapshot *snapshot, BpDate today, char **reason_out);
/* Whether two cells of that kind say the same, however they are spelt. */
bool bp_return_entry_is_same (BpEntryKind kind, const char *a, const char *b, const BpSnapshot *snapshot);

#endif
