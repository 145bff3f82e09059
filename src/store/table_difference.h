#ifndef BP_STORE_TABLE_DIFFERENCE_H
#define BP_STORE_TABLE_DIFFERENCE_H

#include "domain/table.h"
#include "store/database.h"

/* A row that the store knows, and the record of the set that takes its place. */
typedef struct
{
    gint64 row_id;
    guint record;
} BpRowMatch;

/* What an import would change in one table. */
typedef struct
{
    const BpTable *table;
    const BpFieldSet *fields;
    GArray *added;   /* of guint: records */
    GArray *changed; /* of BpRowMatch: a cell differs */
    GArray *moved;   /* of BpRowMatch: the cells are the same, the row stands elsewhere */
    GArray *removed; /* of gint64: row ids */
    int unchanged;   /* rows, moved ones among them */
} BpTableDifference;

/* Compares what the store knows of a table now with the set. Adds a ROW_REMOVED for each row that has gone. Clear with
 * bp_table_difference_clear, even if it fails. */
bool bp_table_difference_find (BpDatabase *database, const BpTable *table, const BpFieldSet *fields, BpFindingList *findings,
                               BpTableDifference *difference_out, GError **error);
void bp_table_difference_clear (BpTableDifference *difference);
bool bp_table_difference_is_empty (const BpTableDifference *difference);
/* Writes it, as of that import. */
bool bp_table_difference_apply (BpDatabase *database, const BpTableDifference *difference, gint64 import_id, GError **error);
/* Writes the new places of the rows that have moved; this needs no import. */
bool bp_table_difference_move (BpDatabase *database, const BpTableDifference *difference, GError **error);

#endif
