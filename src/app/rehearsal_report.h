#ifndef BP_APP_REHEARSAL_REPORT_H
#define BP_APP_REHEARSAL_REPORT_H

#include "app/dispatch.h"

#include <jansson.h>

/* What a rehearsal of `send` shows before anything goes: of each pack what it is, and of each address what it gets, and why. */
void bp_rehearsal_report_print (const BpDispatch *dispatch);
/* The packs: [{"run": …, "forum": …, "name": …, "marking": …, "version": …, "meeting": …, "files": […], "not_in_force": 2}]. */
json_t *bp_rehearsal_report_packs_to_json (const BpDispatch *dispatch);

#endif
