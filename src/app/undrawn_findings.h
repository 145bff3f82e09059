#ifndef BP_APP_UNDRAWN_FINDINGS_H
#define BP_APP_UNDRAWN_FINDINGS_H

#include "app/forum_pack.h"
#include "domain/table.h"

/* Whether the packs hold anything that their fonts could not draw. */
bool bp_undrawn_findings_are_due (const GPtrArray *packs);

/* What the packs' fonts could not draw: a finding for each cell of the data that holds such characters, with file, row and column; and one
 * for each text that comes from no cell (a name of the configuration), with pack and section. */
void bp_undrawn_findings_add (const GPtrArray *packs, const BpTableSet *tables, BpFindingList *findings);

#endif
