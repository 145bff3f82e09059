#ifndef BP_INGEST_TABLE_READER_H
#define BP_INGEST_TABLE_READER_H

#include "domain/table.h"
#include "ingest/workbook.h"

/* Files of more bytes are refused. */
#define BP_TABLE_MAX_BYTES ((gsize)512 * 1024 * 1024)
/* A cell of more bytes is quarantined with its row (data contract, "Rules"). */
#define BP_TABLE_MAX_CELL_BYTES ((gsize)64 * 1024)

/* Reads the bytes of a CSV file into a table of the set. file is what messages and sources call it. *bytes is changed (it may be converted)
 * and stays the caller's to free. */
bool bp_table_read_csv (const char *file, const BpTableDef *table, char **bytes, gsize length, BpTableSet *set, BpFindingList *findings,
                        GError **error);
/* The same for a sheet. What is odd in it is a finding; a sheet that is damaged fails, and set then holds rows that must not be used. */
bool bp_table_read_sheet (const char *file, const BpTableDef *table, const BpWorkbook *workbook, const BpWorkbookSheet *sheet,
                          BpTableSet *set, BpFindingList *findings, GError **error);

#endif
