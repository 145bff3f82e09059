#ifndef BP_INGEST_HEADER_FINDER_H
#define BP_INGEST_HEADER_FINDER_H

#include "domain/table.h"
#include "ingest/csv_reader.h"
#include "ingest/sheet_reader.h"

#define BP_HEADER_SEARCH_ROWS 10
#define BP_HEADER_MAX_COLUMNS 1000

/* The header of one file or sheet, found. */
typedef struct
{
    int line;       /* of the header; in a sheet its row */
    int rows_above; /* that are not blank */
    int width;      /* columns up to the last one with a name */
    int *cell_of;   /* for each column the cell of a record that it fills; -1: none */
    char **names;   /* as typed, trimmed; NULL-ended */
} BpHeader;

/* Finds separator and header (data contract, "Tables"): a `sep=` line is obeyed, otherwise comma, semicolon and tab are tried; the header
 * is the first of the top ten rows that holds every required column. reader_out stands after it. Fails with BP_ERROR_DATA, naming file,
 * what is missing and what to do. Clear with bp_header_clear and bp_csv_reader_clear, also after a failure. */
bool bp_header_find (const char *file, const BpTableDef *table, const BpFieldSet *fields, const char *text, gsize length,
                     BpCsvReader *reader_out, BpHeader *header_out, GError **error);
/* The same in a sheet, among its top ten rows that are not blank. place is what messages call it: "data/x.xlsx, sheet actions". */
bool bp_header_find_in_sheet (const char *place, const BpTableDef *table, const BpFieldSet *fields, BpSheetReader *reader,
                              BpHeader *header_out, GError **error);
void bp_header_clear (BpHeader *header);
/* The row repeats the header. */
bool bp_header_is_repeated (const BpHeader *header, const BpTextRow *row);

#endif
