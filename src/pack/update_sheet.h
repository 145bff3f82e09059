#ifndef BP_PACK_UPDATE_SHEET_H
#define BP_PACK_UPDATE_SHEET_H

#include "pack/pack.h"

struct BpLeadDuties;
struct BpSnapshot;

/* "service-manager-for-learner-support-2025-07-31-3": by which a workbook is known when it comes back. Caller frees. */
char *bp_update_sheet_dup_id (const char *slug, BpDate as_of, gint64 base);
/* The workbook in which a lead reports: a cover that says what to do, then one sheet each for actions, values of measures and narrative,
 * with columns to fill in (domain/update_sheet.h). base: the import whose data it shows. Free with bp_pack_free. */
BpPack *bp_update_sheet_build (const struct BpSnapshot *snapshot, const struct BpLeadDuties *duties, gint64 base);

#endif
