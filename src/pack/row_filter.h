#ifndef BP_PACK_ROW_FILTER_H
#define BP_PACK_ROW_FILTER_H

#include "base/error.h"

struct BpAction;
struct BpKpi;
struct BpSnapshot;

/* What `filter`, `sort` and `group` of a section speak of. */
typedef enum
{
    BP_ROWS_ACTIONS,
    BP_ROWS_KPIS
} BpRowSubject;

typedef struct BpRowFilter BpRowFilter;

/* Reads "<field> <op> <value> [and …]". Fails, naming the nearest known word, for an unknown field, an operator that the field does not
 * take, and a value that cannot be right whatever the data (a date that is none, a yes/no that is neither, a severity of no such name).
 * Refs, leads and statuses are known only to a snapshot: one that is not there matches nothing. local_columns: names of the local columns
 * of that table, NULL-ended; may be NULL. */
BpRowFilter *bp_row_filter_new (BpRowSubject subject, const char *text, const char *const *local_columns, GError **error);
void bp_row_filter_free (BpRowFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpRowFilter, bp_row_filter_free)
bool bp_row_filter_has_action (const BpRowFilter *filter, const struct BpSnapshot *snapshot, const struct BpAction *action);
bool bp_row_filter_has_kpi (const BpRowFilter *filter, const struct BpSnapshot *snapshot, const struct BpKpi *kpi);

/* "due", "-due": sorts an array of BpAction or BpKpi, stably; blanks last. An unknown field leaves the order alone. */
void bp_rows_sort (GPtrArray *rows, BpRowSubject subject, const char *sort, const struct BpSnapshot *snapshot);
/* The fields that `filter` and `sort` take, NULL-ended. */
const char *const *bp_row_fields (BpRowSubject subject);
/* The fields that `group` takes, NULL-ended. */
const char *const *bp_row_group_fields (BpRowSubject subject);
/* Checks `sort` and `group`. */
bool bp_rows_sort_check (BpRowSubject subject, const char *sort, const char *const *local_columns, GError **error);
bool bp_rows_group_check (BpRowSubject subject, const char *group, GError **error);

#endif
