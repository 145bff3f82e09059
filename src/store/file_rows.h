#ifndef BP_STORE_FILE_ROWS_H
#define BP_STORE_FILE_ROWS_H

#include "store/database.h"
#include "store/pack_file.h"

/* The tables that hold files; each has the same columns after the id of its owner. */
typedef enum
{
    BP_APPROVAL_FILES,
    BP_SEND_FILES
} BpFileTable;

/* Makes files those of owner. */
bool bp_file_rows_replace (BpDatabase *database, BpFileTable table, gint64 owner, const GPtrArray *files, GError **error);
/* The files of owner in their order; NULL on failure. */
GPtrArray *bp_file_rows_load (BpDatabase *database, BpFileTable table, gint64 owner, GError **error);

#endif
