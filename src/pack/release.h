#ifndef BP_PACK_RELEASE_H
#define BP_PACK_RELEASE_H

#include "pack/pack.h"

struct BpAction;
struct BpClaim;
struct BpDecision;
struct BpFinding;
struct BpForum;
struct BpKpi;
struct BpKpiValue;
struct BpNarrative;
struct BpSnapshot;
struct BpUpdate;

/* Counts of people from 1 to this less one are hidden from partners and the public (rules-checklist: 1 to 4). */
#define BP_SMALL_NUMBER_THRESHOLD 5

/* What stands in place of a text that an audience may not read. */
#define BP_NOT_PUBLISHED "Not published"

/* What one audience may see. Decided here alone, before any section, sheet or renderer: a hidden figure reaches none of them. */
typedef struct BpRelease BpRelease;

/* audience is a BpAudience. */
BpRelease *bp_release_new (const struct BpSnapshot *snapshot, int audience);
void bp_release_free (BpRelease *release);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpRelease, bp_release_free)
bool bp_release_is_suppressing (const BpRelease *release);
/* True for the public alone: withheld are reason, way back, next step, ask, evidence, forecast as typed and approver of every update;
 * risks; decisions as bp_release_may_see_decision says, and what they rested on; and the cells that findings quote. */
bool bp_release_is_withholding (const BpRelease *release);
/* Whether asks of leads are held back: which forum they are meant for is not always known. */
bool bp_release_hides_asks (const BpRelease *release);
/* Number of values hidden. */
int bp_release_hidden_count (const BpRelease *release);
bool bp_release_hides_value (const BpRelease *release, const struct BpKpiValue *value);
/* The baseline is a small count, or repeats a hidden value. */
bool bp_release_hides_baseline (const BpRelease *release, const struct BpKpi *kpi);
/* The claim was computed from a measure that has hidden values. */
bool bp_release_hides_claim (const BpRelease *release, const struct BpClaim *claim);
/* The finding quotes a row whose value is hidden. */
bool bp_release_hides_finding (const BpRelease *release, const struct BpFinding *finding);
bool bp_release_may_read (const BpRelease *release, const struct BpNarrative *narrative);
/* Decisions of the forum itself, for the public only once they are taken; internally also those of forums with the same marking, so that no
 * pack carries what is marked higher. */
bool bp_release_may_see_decision (const BpRelease *release, const struct BpForum *forum, const struct BpDecision *decision);
/* What was reported, in the words for this audience: the public one for the public, the public one if there is any for partners. "" if
 * there is none. */
const char *bp_release_progress (const BpRelease *release, const struct BpUpdate *update);
/* Adds the rules in force to the pack's notes. */
void bp_release_add_notes (const BpRelease *release, BpPack *pack);

#endif
