#ifndef BP_INGEST_INGEST_H
#define BP_INGEST_INGEST_H

#include "domain/table.h"

/* Reads every file of the folder data that holds a table (data contract, "Tables") into set, in natural order of file names. root is the
 * programme folder: sources are named relative to it. What is odd is a finding; a file that cannot be read as a table at all fails the
 * whole, naming it. Unknown columns, rows above the header, encodings … are findings. A missing data folder fails. */
bool bp_ingest_read_folder (const char *root, const char *data, BpTableSet *set, BpFindingList *findings, GError **error);
/* The same for one file; its table is told from its name. */
bool bp_ingest_read_file (const char *root, const char *path, BpTableSet *set, BpFindingList *findings, GError **error);
/* Paths (relative to root) of the files that bp_ingest_read_folder would read; NULL-ended, free with g_strfreev. */
char **bp_ingest_list_files (const char *root, const char *data, GError **error);

/* The table that a file of that name, or sheet of one, holds; sheet NULL: the file itself. NULL: none. */
const BpTableDef *bp_ingest_find_table (const char *file, const char *sheet);

/* How a file is called in messages and in the source of its rows: relative to the programme folder if it is in it, and UTF-8 whatever its
 * name is. Caller frees. */
char *bp_ingest_dup_shown_path (const char *root, const char *path);

/* Versions of the libraries that read workbooks, for the manifest. Static. */
const char *bp_zip_library_version (void);
const char *bp_expat_library_version (void);

#endif
