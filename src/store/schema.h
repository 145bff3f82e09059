#ifndef BP_STORE_SCHEMA_H
#define BP_STORE_SCHEMA_H

#include "domain/table.h"
#include "store/database.h"

/* "bpck": tells a store from any other SQLite file. */
#define BP_SCHEMA_APPLICATION_ID 0x6270636b

/* One step of the schema's history. To change the schema, add one at the end; never change an old one. */
typedef struct
{
    int version; /* 0 ends the list */
    const char *description;
    const char *sql;                                    /* run first; NULL: none */
    bool (*run) (BpDatabase *database, GError **error); /* run then; NULL: none */
} BpSchemaVersion;

extern const BpSchemaVersion bp_schema_versions[];

/* Makes the schema that of the last of versions, in one transaction. A store of an older version is first copied to `<path>.backup-v<N>` (a
 * copy in memory is not); if a step fails, everything is undone and the store is as it was. Refuses a newer version, and a file that is no
 * store, before it touches anything. Then makes the tables of the contract and their columns, and those of fields, if they are missing. */
bool bp_schema_update (BpDatabase *database, const BpSchemaVersion *versions, const BpFieldSet *fields, GError **error);

#endif
