#ifndef BP_PACK_SECTIONS_ACTION_COLUMNS_H
#define BP_PACK_SECTIONS_ACTION_COLUMNS_H

#include "pack/build.h"

struct BpAction;

/* The composite cells in which actions are printed wherever they stand in a table. */

/* Names that `columns` of a tracker takes besides the local columns; NULL-ended. */
extern const char *const bp_tracker_column_names[];

void bp_cell_add_action_ref (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* "No lead", "inherited". */
void bp_cell_add_lead (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* The approved date; below it only what is so: days overdue, moved, forecast, repeats, as typed in the plan. */
void bp_cell_add_due (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* In bold what the dates say, where that is worse than what was reported; else nothing. It stands wherever the chip of a status does: the
 * chip is the reported status, since that is what totals count. */
void bp_cell_add_dates_say (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* "Dates say: off track" of an action whose status was reported better than its dates are; NULL of others. */
const char *bp_action_dates_say (const BpBuild *build, const struct BpAction *action);
/* The chip of the reported status and what the dates say. */
void bp_cell_add_status (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* Both in one: from which status to which if it changed, else the status; and what the dates say. */
void bp_cell_add_new_status (const BpBuild *build, BpCell *cell, const struct BpAction *action);
void bp_cell_add_change (const BpBuild *build, BpCell *cell, const struct BpAction *action);
/* What was reported; for actions that are off track or at risk the reason and the way back as well, unless they are withheld. */
void bp_cell_add_update (const BpBuild *build, BpCell *cell, const struct BpAction *action);

/* "31 March 2025", "On-going", "No date". */
const char *bp_action_due_text (const BpBuild *build, const struct BpAction *action);
/* The plan's timeframe as typed; "blank" if it is. */
const char *bp_action_timeframe_text (const struct BpAction *action);
/* Reason, way back and the date of getting there: as reported, else the words for what is missing ("No reason given", "No way back given").
 * Where reasons are withheld, the published progress stands in place of the reason, else BP_NOT_PUBLISHED. */
const char *bp_action_reason (const BpBuild *build, const struct BpAction *action);
const char *bp_action_way_back (const BpBuild *build, const struct BpAction *action);
const char *bp_action_back_by (const BpBuild *build, const struct BpAction *action);
const char *bp_action_owner (const BpBuild *build, const struct BpAction *action);
/* Changed from not done to done since the snapshot's previous date, and the like. */
bool bp_action_is_newly_done (const struct BpAction *action);
bool bp_action_has_new_status (const struct BpAction *action);
/* The approved date moved since the previous date. from_out may be NULL. */
bool bp_action_has_moved_since (const BpBuild *build, const struct BpAction *action, BpDate *from_out);
/* A card in the tone of its status: reason, way back, owner and date, and what is asked of whom (asks: bp_build_dup_open_asks). Progress,
 * owner and date where these are withheld. */
void bp_section_add_action_card (const BpBuild *build, BpNode *section, const struct BpAction *action, const GPtrArray *asks);

#endif
