#ifndef BP_STORE_DATABASE_COPY_H
#define BP_STORE_DATABASE_COPY_H

#include "store/database.h"

/* Copies every page of from into to. */
bool bp_database_copy_pages (BpDatabase *from, BpDatabase *to, GError **error);
/* Makes database a copy in memory of the file, which is opened for reading alone and left as it is, with nothing new beside it: for files
 * that nobody may write here. A copy of an older schema can be brought up to date like any store. BP_ERROR_LOCKED if the file was written
 * to meanwhile. */
bool bp_database_open_copy (BpDatabase *database, const char *path, GError **error);

#endif
