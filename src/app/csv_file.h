#ifndef BP_APP_CSV_FILE_H
#define BP_APP_CSV_FILE_H

#include "domain/table.h"

/* A table of the data folder as CSV text: header, then a line for each record. Local columns are there if any record has something in them.
 * What a spreadsheet would take for a formula is guarded (base/formula_guard.h): the reader takes that off in files of returns alone.
 * Caller frees. */
char *bp_csv_dup_table (const BpTableSet *set, BpTableId table);

/* A file of a group that is written as one. */
typedef struct
{
    char *path;
    char *contents;
} BpCsvFile;

/* The files of a group as they were before it was written. */
typedef struct BpCsvUndo BpCsvUndo;
/* Puts them back: removes what was not there, and gives the others their old contents. Fails, naming one that stays as it is; the others
 * are put back all the same, and bp_csv_files_recover tries again. */
bool bp_csv_undo_apply (BpCsvUndo *undo, GError **error);
/* Forgets them. NULL is fine. */
void bp_csv_undo_free (BpCsvUndo *undo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpCsvUndo, bp_csv_undo_free)

/* Writes all files (elements BpCsvFile; all of them in the folder), or leaves all as they were. All are written beside their places first
 * and then renamed; a journal in the folder says what stood there before, so that a program that was killed in between leaves nothing that
 * bp_csv_files_recover could not put back. undo_out (may be NULL): for as long as it is held, all can be put back. */
bool bp_csv_files_write (const char *folder, const GArray *files, BpCsvUndo **undo_out, GError **error);

/* Puts the folder back as it was before a group of files that was stopped half way, and removes what such a group has left. To be called
 * before the folder is read, under the lock. */
bool bp_csv_files_recover (const char *folder, bool *was_stopped_out, GError **error);

#endif
