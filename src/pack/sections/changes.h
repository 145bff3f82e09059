#ifndef BP_PACK_SECTIONS_CHANGES_H
#define BP_PACK_SECTIONS_CHANGES_H

#include "pack/build.h"

struct BpAction;
struct BpArea;

/* "No changes this period. The last change was on 12 May 2025." for a set of actions. */
const char *bp_changes_standing (const BpBuild *build, const GPtrArray *actions);
/* What a list that will be cut names first: what went wrong, then dates that moved, then what was done. Stable. */
void bp_changes_sort (const BpBuild *build, GPtrArray *actions);
/* "Completed 6 May 2025.", "Due 30 September 2025, was 31 March 2025.", what was reported: what happened to it. */
const char *bp_changes_text (const BpBuild *build, const struct BpAction *action);
/* Narrative of one kind (a BpNarrativeKind) for an area (NULL: of the whole programme) written since the previous date, that this audience
 * may read. Of BpNarrative; free with g_ptr_array_unref. */
GPtrArray *bp_build_dup_narrative (const BpBuild *build, int kind, const struct BpArea *area);
/* A heading with the narrative below it as bullets, or standing words between two rules. */
void bp_section_add_narrative (const BpBuild *build, BpNode *section, const char *heading, int kind, const struct BpArea *area,
                               const char *standing);

#endif
