#ifndef BP_APP_PUBLICATION_H
#define BP_APP_PUBLICATION_H

#include "base/date.h"
#include "base/error.h"

/* A run's folder: written as output/.partial-…, then renamed to output/<as-of>/<run>, then output/latest is switched to it if it holds
 * packs. Whoever stops at any point leaves the old packs or the new. Needs the lock: whatever partial folders are found belong to runs that
 * died. */
typedef struct BpPublication BpPublication;

/* The highest number of the day's runs that stand there; 0: none. */
int bp_publication_find_last (const char *output_folder, BpDate as_of);
/* Removes what dead runs left, and makes the partial folder. number: that of the run's id; 0: the next after those that stand. */
BpPublication *bp_publication_begin (const char *output_folder, BpDate as_of, int number, GError **error);
/* Removes the partial folder, unless finished. */
void bp_publication_free (BpPublication *publication);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPublication, bp_publication_free)

const char *bp_publication_run_id (const BpPublication *publication); /* "2025-07-31-1" */
/* Where to write now. */
const char *bp_publication_folder (const BpPublication *publication);
/* Where the run will stand, under the output folder: "2025-07-31/2025-07-31-1". */
const char *bp_publication_name (const BpPublication *publication);
/* Makes sure that all is on the disk, renames, and switches latest if is_latest. */
bool bp_publication_finish (BpPublication *publication, bool is_latest, GError **error);

#endif
