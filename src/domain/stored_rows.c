#include "domain/stored_rows.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/lead_return.h"

#include <string.h>

struct BpStoredRows
{
    GHashTable *updates; /* plan and ref → GArray of Update, newest first, those of a day in the order of their rows */
    GHashTable *values;  /* kpi → GPtrArray of BpRecord */
    GHashTable *totals;  /* kpi and geography → GHashTable of period → BpRecord; made when first asked for */
    const BpCalendar *calendar;
};

typedef struct
{
    const BpRecord *record;
    BpDate day;
} Update;

const char *bp_stored_rows_cell (BpTableId table, const BpRecord *record, const char *column)
{
    return record == NULL ? "" : record->cells[bp_table_find_column (bp_table_get (table), column)];
}

bool bp_record_is_of_return (const BpRecord *record, BpTableId table, const char *id)
{
    g_autofree char *name = bp_lead_return_dup_file_name (table, id);
    const char *slash = strrchr (record->file, '/');
    return strcmp (slash != NULL ? slash + 1 : record->file, name) == 0;
}

gint64 bp_record_return_base (const BpRecord *record)
{
    const char *slash = record->file != NULL ? strrchr (record->file, '/') : NULL;
    const char *name = slash != NULL ? slash + 1 : record->file;
    gint64 base = 0;
    if (name == NULL || !g_str_has_prefix (name, "updates-return-") || !g_str_has_suffix (name, ".csv"))
        return 0;
    const char *dash = strrchr (name, '-');
    g_autofree char *digits = g_strndup (dash + 1, strlen (dash + 1) - strlen (".csv"));
    return bp_integer_parse (digits, &base) && base > 0 ? base : 0;
}

static char *dup_key (const char *first, const char *second)
{
    g_autofree char *left = bp_text_dup_trimmed (first), *right = bp_text_dup_trimmed (second);
    return g_strdup_printf ("%s\x1f%s", left, right);
}

static BpDate as_of_of (const BpRecord *record)
{
    BpDate day;
    return bp_date_parse (bp_stored_rows_cell (BP_TABLE_UPDATES, record, "as_of"), &day) ? day : BP_DATE_NONE;
}

/* Records of a table stand in one array, in the order of their rows. */
static gint compare_updates (gconstpointer left, gconstpointer right)
{
    const Update *a = left, *b = right;
    return a->day != b->day ? (a->day > b->day ? -1 : 1) : (a->record > b->record) - (a->record < b->record);
}

static GHashTable *index_updates (const BpTableSet *set, const char *own_id)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    const GArray *records = set->tables[BP_TABLE_UPDATES].records;
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        if (bp_record_is_of_return (record, BP_TABLE_UPDATES, own_id))
            continue;
        g_autofree char *key
            = dup_key (bp_stored_rows_cell (BP_TABLE_UPDATES, record, "plan"), bp_stored_rows_cell (BP_TABLE_UPDATES, record, "ref"));
        GArray *updates = g_hash_table_lookup (index, key);
        if (updates == NULL)
        {
            updates = g_array_new (FALSE, FALSE, sizeof (Update));
            g_hash_table_insert (index, g_steal_pointer (&key), updates);
        }
        const Update update = { record, as_of_of (record) };
        g_array_append_val (updates, update);
    }
    GHashTableIter iter;
    gpointer updates;
    g_hash_table_iter_init (&iter, index);
    while (g_hash_table_iter_next (&iter, NULL, &updates))
        g_array_sort (updates, compare_updates);
    return index;
}

static GHashTable *index_values (const BpTableSet *set, const char *own_id)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    const GArray *records = set->tables[BP_TABLE_KPI_VALUES].records;
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        if (bp_record_is_of_return (record, BP_TABLE_KPI_VALUES, own_id))
            continue;
        g_autofree char *key = bp_text_dup_trimmed (bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "kpi"));
        GPtrArray *values = g_hash_table_lookup (index, key);
        if (values == NULL)
        {
            values = g_ptr_array_new ();
            g_hash_table_insert (index, g_steal_pointer (&key), values);
        }
        g_ptr_array_add (values, (gpointer)record);
    }
    return index;
}

BpStoredRows *bp_stored_rows_new (const BpTableSet *set, const BpCalendar *calendar, const char *own_id)
{
    BpStoredRows *rows = g_new0 (BpStoredRows, 1);
    rows->updates = index_updates (set, own_id);
    rows->values = index_values (set, own_id);
    rows->totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    rows->calendar = calendar;
    return rows;
}

void bp_stored_rows_free (BpStoredRows *rows)
{
    if (rows == NULL)
        return;
    g_hash_table_unref (rows->updates);
    g_hash_table_unref (rows->values);
    g_hash_table_unref (rows->totals);
    g_free (rows);
}

/* The updates of an action, newest first; NULL: there is none. */
static const GArray *find_updates (const BpStoredRows *rows, const char *plan, const char *ref)
{
    g_autofree char *key = dup_key (plan, ref);
    return g_hash_table_lookup (rows->updates, key);
}

static const Update *update_at (const GArray *updates, guint index)
{
    return &g_array_index (updates, Update, index);
}

/* The first that is of that day or an older one; their count if none is. */
static guint first_up_to (const GArray *updates, BpDate day)
{
    guint from = 0, to = updates != NULL ? updates->len : 0;
    while (from < to)
    {
        const guint middle = from + (to - from) / 2;
        if (update_at (updates, middle)->day > day)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The cell of a record in that column. */
static const char *text_of (const BpRecord *record, const BpStoredCell *cell)
{
    return bp_stored_rows_cell (BP_TABLE_UPDATES, record, cell->column);
}

const BpRecord *bp_stored_rows_find_update (const BpStoredRows *rows, const BpStoredCell *cell, BpDate last)
{
    const GArray *updates = find_updates (rows, cell->plan, cell->ref);
    for (guint i = first_up_to (updates, last); updates != NULL && i < updates->len; i++)
        if (!bp_text_is_blank (text_of (update_at (updates, i)->record, cell)))
            return update_at (updates, i)->record;
    return NULL;
}

static bool said_so (const GArray *updates, const Update *update, const BpStoredCell *cell)
{
    for (guint i = first_up_to (updates, update->day); updates != NULL && i < updates->len && update_at (updates, i)->day == update->day;
         i++)
        if (strcmp (text_of (update_at (updates, i)->record, cell), text_of (update->record, cell)) == 0)
            return true;
    return false;
}

const BpRecord *bp_stored_rows_find_new_update (const BpStoredRows *rows, const BpStoredRows *base, const BpStoredCell *cell,
                                                const BpRecord *shown)
{
    const GArray *updates = find_updates (rows, cell->plan, cell->ref), *before = find_updates (base, cell->plan, cell->ref);
    const BpDate oldest = shown != NULL ? as_of_of (shown) : BP_DATE_NONE;
    for (guint i = 0; updates != NULL && i < updates->len && (shown == NULL || update_at (updates, i)->day >= oldest); i++)
    {
        const Update *update = update_at (updates, i);
        if (!bp_text_is_blank (text_of (update->record, cell)) && !said_so (before, update, cell))
            return update->record;
    }
    return NULL;
}

const BpRecord *bp_stored_rows_find_update_on (const BpStoredRows *rows, const char *plan, const char *ref, BpDate day)
{
    const GArray *updates = find_updates (rows, plan, ref);
    const guint first = first_up_to (updates, day);
    return updates != NULL && first < updates->len && update_at (updates, first)->day == day ? update_at (updates, first)->record : NULL;
}

static bool is_blank_or (const char *text, const char *word)
{
    g_autofree char *folded = bp_text_dup_folded (text), *wanted = bp_text_dup_folded (word);
    return bp_text_is_blank (text) || strcmp (folded, wanted) == 0;
}

static bool is_local_total (const BpRecord *record, const char *local_geography)
{
    return is_blank_or (bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "geography"), local_geography)
           && is_blank_or (bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "series"), "actual")
           && bp_text_is_blank (bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "breakdown"))
           && bp_text_is_blank (bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "category"));
}

static char *dup_period_key (const BpPeriod *period)
{
    return g_strdup_printf ("%d %d %d", (int)period->kind, (int)period->first, (int)period->last);
}

/* Of two rows for a period the first. */
static GHashTable *index_totals (const BpStoredRows *rows, const BpKpi *kpi, const char *local_geography)
{
    GHashTable *totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *id = bp_text_dup_trimmed (kpi->id);
    const GPtrArray *records = g_hash_table_lookup (rows->values, id);
    for (guint i = 0; records != NULL && i < records->len; i++)
    {
        BpPeriod stored;
        BpRecord *record = records->pdata[i];
        const char *typed = bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "period");
        if (!is_local_total (record, local_geography)
            || bp_period_parse (typed, kpi->period_kind, rows->calendar, &stored) != BP_PERIOD_READ_OK)
            continue;
        g_autofree char *key = dup_period_key (&stored);
        if (!g_hash_table_contains (totals, key))
            g_hash_table_insert (totals, g_steal_pointer (&key), record);
    }
    return totals;
}

const BpRecord *bp_stored_rows_find_value (const BpStoredRows *rows, const BpKpi *kpi, const BpPeriod *period, const char *local_geography)
{
    g_autofree char *key = dup_key (kpi->id, local_geography), *period_key = dup_period_key (period);
    GHashTable *totals = g_hash_table_lookup (rows->totals, key);
    if (totals == NULL)
    {
        totals = index_totals (rows, kpi, local_geography);
        g_hash_table_insert (rows->totals, g_steal_pointer (&key), totals);
    }
    return g_hash_table_lookup (totals, period_key);
}
