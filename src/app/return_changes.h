#ifndef BP_APP_RETURN_CHANGES_H
#define BP_APP_RETURN_CHANGES_H

#include "domain/lead_return.h"
#include "domain/snapshot.h"

/* Finding S07 for each cell of a returned sheet in which a lead typed something where nothing is read: a column that only shows what
 * stands, a line below the table, the cover. made: the data as the sheet was made of them, as at its day; where the lead had no sheet then,
 * there is nothing to tell. */
void bp_return_changes_note (const BpLeadReturn *back, const BpSnapshot *made, BpFindingList *findings);

#endif
