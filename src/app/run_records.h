#ifndef BP_APP_RUN_RECORDS_H
#define BP_APP_RUN_RECORDS_H

#include "app/run.h"

#define BP_RECORD_SNAPSHOT "evidence/snapshot.tsv"
#define BP_RECORD_FIGURES "evidence/figures.tsv"
#define BP_RECORD_SUMMARY "summary.txt"

/* A file that a run keeps about itself. */
typedef struct
{
    char *path; /* relative to the run's folder */
    char *sha256;
    gint64 bytes;
} BpRunRecord;

/* Writes into the run's folder what `verify` compares (every fact of the snapshot, every figure printed: docs/manifest.md) and what the
 * operator reads first (summary.txt). Elements BpRunRecord; NULL on failure. */
GPtrArray *bp_run_records_write (const BpRun *run, GError **error);
/* summary.txt alone: what was built, what was found, what is due, what needs approval. Caller frees. */
char *bp_run_summary_dup_text (const BpRun *run);

#endif
