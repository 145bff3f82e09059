#ifndef BP_APP_RETURN_IMPORT_H
#define BP_APP_RETURN_IMPORT_H

#include "app/csv_file.h"
#include "app/data_import.h"
#include "app/options.h"

/* A returned update sheet, taken into the data folder. */
typedef struct
{
    char *file, *lead, *id;
    BpDate as_of;
    gint64 base;
    int updates, values, narrative; /* rows that its files in the data folder hold now */
    BpFindingList *findings;
} BpReturnImport;

/* Reads the sheets at paths (NULL-ended), holds them against data folder and store, and writes what was typed to updates-return-<id>.csv,
 * and values and narrative beside it: all of them or none. returns (elements BpReturnImport, zeroed) gets one for each path. undo_out: how
 * to put the data folder back, should what comes after fail; NULL without paths. On failure nothing has changed. Needs the lock. */
bool bp_returns_import (GArray *returns, const BpProgrammeFolder *folder, const char *const *paths, BpCsvUndo **undo_out, GError **error);
/* Undoes in the data folder what an import of returned sheets that was stopped has done of its half, and says so. To be called before the
 * data are read, under the lock. */
bool bp_returns_recover (const BpProgrammeFolder *folder, const BpOptions *options, GError **error);
void bp_return_import_clear (BpReturnImport *taken);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpReturnImport, bp_return_import_clear)

#endif
