#ifndef BP_PACK_ROW_FIELD_H
#define BP_PACK_ROW_FIELD_H

#include "pack/row_filter.h"

/* The fields by which rows are filtered and sorted. Inside pack alone. */

typedef enum
{
    BP_ROW_FIELD_TEXT,
    BP_ROW_FIELD_REF,
    BP_ROW_FIELD_AREA,
    BP_ROW_FIELD_DATE,
    BP_ROW_FIELD_YES_NO,
    BP_ROW_FIELD_CHOICE,
    BP_ROW_FIELD_KPI_LIST,
    BP_ROW_FIELD_LOCAL
} BpRowFieldType;

typedef enum
{
    BP_ROW_KEY_REF,
    BP_ROW_KEY_AREA,
    BP_ROW_KEY_SUB_AREA,
    BP_ROW_KEY_LEAD,
    BP_ROW_KEY_PROJECT,
    BP_ROW_KEY_STATUS,
    BP_ROW_KEY_SEVERITY,
    BP_ROW_KEY_DUE,
    BP_ROW_KEY_OVERDUE,
    BP_ROW_KEY_UNDATED,
    BP_ROW_KEY_MOVED,
    BP_ROW_KEY_MILESTONE,
    BP_ROW_KEY_COUNTS_AS,
    BP_ROW_KEY_CHANGED,
    BP_ROW_KEY_ORGANISATION,
    BP_ROW_KEY_KPI,
    BP_ROW_KEY_HEADLINE,
    BP_ROW_KEY_MOVEMENT,
    BP_ROW_KEY_UNIT,
    BP_ROW_KEY_STALE,
    BP_ROW_KEY_LOCAL
} BpRowFieldKey;

typedef struct
{
    const char *name;
    BpRowFieldKey key;
    BpRowFieldType type;
    const char *const *choices; /* CHOICE */
} BpRowField;

/* Ended by a NULL name. */
const BpRowField *bp_row_fields_of (BpRowSubject subject);
/* NULL if there is none. */
const BpRowField *bp_row_field_find (BpRowSubject subject, const char *name);
/* The local column as spelt in the configuration; NULL. */
const char *bp_row_local_find (const char *const *local_columns, const char *name);
/* Its place among the local columns of the table (a BpTableId); -1. */
int bp_row_local_index (const struct BpSnapshot *snapshot, int table, const char *name);
/* The cell can be read as its column's type (a BpFieldType) says: only such cells have a place in the column's order. */
bool bp_row_local_is_readable (int type, const char *cell);
/* Compares two readable cells of a local column as its type (a BpFieldType) says. */
int bp_row_local_compare (int type, const char *a, const char *b);
/* Fails, naming the nearest of the known words, else all of them. */
bool bp_row_fail_unknown (GError **error, const char *what, const char *word, const char *const *known);

#endif
