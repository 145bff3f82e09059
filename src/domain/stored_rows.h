#ifndef BP_DOMAIN_STORED_ROWS_H
#define BP_DOMAIN_STORED_ROWS_H

#include "domain/snapshot.h"

/* What the tables say of the things that a lead reports on, whatever the day, but for the rows of one file. */
typedef struct BpStoredRows BpStoredRows;

/* own_id: of the return whose own files are left out of account. set and calendar must outlive it. */
BpStoredRows *bp_stored_rows_new (const BpTableSet *set, const BpCalendar *calendar, const char *own_id);
void bp_stored_rows_free (BpStoredRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpStoredRows, bp_stored_rows_free)

/* An action's cell of a column of updates. */
typedef struct
{
    const char *plan, *ref, *column;
} BpStoredCell;

/* The newest update up to that day that has something in the cell; NULL. */
const BpRecord *bp_stored_rows_find_update (const BpStoredRows *rows, const BpStoredCell *cell, BpDate last);
/* The newest update that has something in the cell, is not older than shown (NULL: of any day) and was not there, or said something else,
 * in base; NULL. */
const BpRecord *bp_stored_rows_find_new_update (const BpStoredRows *rows, const BpStoredRows *base, const BpStoredCell *cell,
                                                const BpRecord *shown);
/* The update of the action that is dated that day; NULL. */
const BpRecord *bp_stored_rows_find_update_on (const BpStoredRows *rows, const char *plan, const char *ref, BpDate day);
/* The row with the local, actual total of a KPI for a period; NULL. */
const BpRecord *bp_stored_rows_find_value (const BpStoredRows *rows, const BpKpi *kpi, const BpPeriod *period, const char *local_geography);
/* The cell of that column; "" if record is NULL. */
const char *bp_stored_rows_cell (BpTableId table, const BpRecord *record, const char *column);
/* Whether the row stands in a file of that return. */
bool bp_record_is_of_return (const BpRecord *record, BpTableId table, const char *id);
/* The base of the return in whose file of updates the row stands; 0 if it stands in none. */
gint64 bp_record_return_base (const BpRecord *record);

#endif
