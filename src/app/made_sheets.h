#ifndef BP_APP_MADE_SHEETS_H
#define BP_APP_MADE_SHEETS_H

#include "app/programme_folder.h"
#include "store/store.h"

#include <jansson.h>

/* Update sheets that were made, and what has come back of them. */

typedef struct
{
    const char *run, *lead, *slug;
    int actions, values;
    bool is_returned;
    const json_t *made; /* as in the manifest, with the run */
    GPtrArray *entries; /* of const BpReturnEntry, newest first: what came back */
} BpMadeSheet;

typedef struct
{
    char *run; /* the newest that made sheets of the day */
    BpDate as_of;
    json_t *list;
    GPtrArray *entries;
    GPtrArray *without; /* of char *: runs of that day, and of newer ones, that say that they made none */
    GArray *sheets;     /* of BpMadeSheet: each lead's newest of the day, grouped by run, the newest run first */
} BpMadeSheets;

/* Those of the day of the run of that folder (NULL: of the newest day that has any). One sheet may have been made again by itself: of each
 * lead the newest counts. NULL on failure, with BP_ERROR_FAILED if there are none, or if a run of that day, or of a newer one, has no
 * manifest that says which it made. */
BpMadeSheets *bp_made_sheets_load (const BpProgrammeFolder *folder, const char *run_folder, GError **error);
void bp_made_sheets_free (BpMadeSheets *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpMadeSheets, bp_made_sheets_free)
/* Whether the update sheet of that lead and day has come back and its file stands in the data folder. */
bool bp_made_sheet_has_returned (const BpProgrammeFolder *folder, const char *slug, const char *as_of);

#endif
