#ifndef BP_APP_DATA_IMPORT_H
#define BP_APP_DATA_IMPORT_H

#include "app/programme_folder.h"
#include "domain/snapshot.h"
#include "store/store.h"

/* What stands in the data folder now, with the rows that could be admitted. */
typedef struct
{
    BpTableSet *tables;
    BpFindingList *findings;
} BpDataFolder;

/* Reads and admits the data folder; writes nothing. */
bool bp_data_folder_read (BpDataFolder *data, const BpProgrammeConfig *config, GError **error);
void bp_data_folder_clear (BpDataFolder *data);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpDataFolder, bp_data_folder_clear)

/* Opens the store of a programme; must_exist: fails, saying what to do, if nothing was ever imported. */
BpStore *bp_programme_folder_open_store (const BpProgrammeFolder *folder, bool must_exist, GError **error);
/* The same for a command that only reads: it works where nothing can be written, too. */
BpStore *bp_programme_folder_read_store (const BpProgrammeFolder *folder, GError **error);
/* Makes the store equal to the data folder. */
bool bp_data_folder_import (const BpDataFolder *data, const BpProgrammeFolder *folder, BpStore *store, BpImportCounts *counts_out,
                            GError **error);

/* Rows loaded and seen of each table: BP_TABLE_COUNT of them. */
void bp_load_counts_read (const BpTableSet *tables, BpLoadCount *counts_out);
/* "69 of 69 actions, 21 of 21 areas and 3 of 4 risks loaded": the tables that have rows. Caller frees. */
char *bp_load_counts_dup_text (const BpLoadCount *counts);
/* Whether two sets hold the same rows, whichever files they stand in. */
bool bp_table_sets_are_equal (const BpTableSet *a, const BpTableSet *b);

#endif
