#ifndef BP_STORE_ROW_COLUMNS_H
#define BP_STORE_ROW_COLUMNS_H

#include "domain/table.h"

/* The columns of a table of rows: those of the contract and the local ones as in a BpRecord, then what the store adds. */

/* Cells of a record. */
int bp_row_columns_width (const BpTableDef *table, const BpFieldSet *fields);
/* Name of the column of a cell. */
const char *bp_row_columns_name (const BpTableDef *table, const BpFieldSet *fields, int cell);
/* The cells by which a row is known again: the key, or all of them where the table has no key. Ended by -1; free with g_free. */
int *bp_row_columns_dup_key (const BpTableDef *table, const BpFieldSet *fields);
bool bp_row_columns_has_key (const BpTableDef *table);
/* Appends `"plan", "ref", …` for all cells. */
void bp_row_columns_append (GString *sql, const BpTableDef *table, const BpFieldSet *fields);
/* What the store adds to each table of rows; no local column may be called so. NULL-ended. */
extern const char *const bp_row_columns_own[];

/* `source_file, source_sheet, source_row, key_inferred`: read in this order by bp_row_columns_read_source. */
#define BP_ROW_SOURCE_COLUMNS "source_file, source_sheet, source_row, key_inferred"
#define BP_ROW_SOURCE_COUNT 4

#endif
