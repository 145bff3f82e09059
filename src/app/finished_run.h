#ifndef BP_APP_FINISHED_RUN_H
#define BP_APP_FINISHED_RUN_H

#include "base/date.h"
#include "base/error.h"
#include "store/store.h"

#include <jansson.h>

/* A run that was published, as its manifest says. */
typedef struct
{
    char *id;     /* "2025-07-31-1" */
    char *folder; /* a path that can be opened */
    BpDate as_of;
    json_t *manifest;
    char *manifest_sha256;
} BpFinishedRun;

/* Reads the manifest of the run in output_folder. Fails with BP_ERROR_USAGE if id is not the id of a run that stands there, else with
 * BP_ERROR_FAILED if the manifest is not that run's. */
bool bp_finished_run_open (BpFinishedRun *run, const char *output_folder, const char *id, GError **error);
void bp_finished_run_close (BpFinishedRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpFinishedRun, bp_finished_run_close)

/* Whether the manifest is, byte for byte, the one that the program wrote: by the sum that the store has of it. *fault_out says what is
 * wrong (caller frees), NULL if nothing is. Fails with the store alone. Nothing of a run may be approved or sent before this. */
bool bp_finished_run_find_fault (const BpFinishedRun *run, BpStore *store, char **fault_out, GError **error);
/* Fails unless every file that the manifest names, evidence and inputs too, stands as it was built. */
bool bp_finished_run_check_files (const BpFinishedRun *run, GError **error);
/* Of the manifest; borrowed. */
bool bp_finished_run_is_draft (const BpFinishedRun *run);
const char *bp_finished_run_prepared_by (const BpFinishedRun *run); /* "" if it does not say (made by an older program) */
const char *bp_finished_run_correction (const BpFinishedRun *run);  /* NULL: none */
/* The ids of the forums that have a pack in it, in their order. Free with g_ptr_array_unref. */
GPtrArray *bp_finished_run_list_forums (const BpFinishedRun *run);
/* The manifest's "outputs" of a forum: elements const json_t, borrowed. Free with g_ptr_array_unref. */
GPtrArray *bp_finished_run_list_outputs (const BpFinishedRun *run, const char *forum);
/* Texts of an output: "path", "format", "marking", "sha256"; "" if it has none. */
const char *bp_output_text (const json_t *output, const char *key);
/* The version that it prints; 1 if the manifest does not say. */
int bp_output_version (const json_t *output);
/* Fails unless the file stands in its forum's folder of the run, with the bytes that the manifest says. */
bool bp_finished_run_check_output (const BpFinishedRun *run, const json_t *output, GError **error);
/* The same, and returns the very bytes that were looked at; NULL on failure. */
GBytes *bp_finished_run_read_output (const BpFinishedRun *run, const json_t *output, GError **error);

#endif
