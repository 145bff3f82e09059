#ifndef BP_APP_COLLECT_REPORT_H
#define BP_APP_COLLECT_REPORT_H

#include "app/collection.h"
#include "app/exit_code.h"

/* What `collect` prints. It ends with what the operator acts on: who has not returned their sheet, and why. */

/* A line for each lead, with what would happen now. */
void bp_collect_report_rehearsal (const BpCollection *collection);
/* What was not accepted, and the counts. */
void bp_collect_report_delivery (const BpCollection *collection);
void bp_collect_report_json (const BpCollection *collection, bool is_rehearsal, BpExitCode code);

#endif
