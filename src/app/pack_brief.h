#ifndef BP_APP_PACK_BRIEF_H
#define BP_APP_PACK_BRIEF_H

#include "app/finished_run.h"
#include "config/programme_config.h"
#include "store/store.h"

/* What a message says of a run's packs besides what it carries. Everything comes from what the run was made from, and nothing is said that
 * the forum's own pack does not print. */
typedef struct BpPackBrief BpPackBrief;

/* root: the programme's folder. A brief that cannot be had, because configuration or templates are not those of the run, is one without
 * lines: bp_pack_brief_gap says why. NULL on failure. */
BpPackBrief *bp_pack_brief_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error);
void bp_pack_brief_free (BpPackBrief *brief);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPackBrief, bp_pack_brief_free)
/* NULL: none. */
const char *bp_pack_brief_gap (const BpPackBrief *brief);
/* The lines for one forum, NULL-ended lists; free with g_strfreev. */
char **bp_pack_brief_dup_summary (BpPackBrief *brief, const char *forum);
char **bp_pack_brief_dup_asks (BpPackBrief *brief, const char *forum);
/* The next meeting from the run's day on; BP_DATE_NONE if none has a date. */
BpDate bp_pack_brief_meeting (const BpPackBrief *brief, const char *forum);

#endif
