#ifndef BP_APP_MANIFEST_H
#define BP_APP_MANIFEST_H

#include "app/run.h"

#include <jansson.h>

/* manifest.json of a run (docs/manifest.md, docs/manifest.schema.json): what it was made from, what it made, what was found. Never the
 * clock's time: the same data give the same manifest but for the run's id and the summary, which names it. Returns its SHA-256, which the
 * caller frees; NULL on failure. */
char *bp_manifest_write (const BpRun *run, GError **error);
json_t *bp_manifest_to_json (const BpRun *run, GError **error);
/* The "outputs" of it alone. */
json_t *bp_manifest_outputs_to_json (const BpRun *run);

/* The "update_sheets" of it alone. */
json_t *bp_manifest_update_sheets_to_json (const BpRun *run);

#endif
