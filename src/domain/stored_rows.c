#include "domain/stored_rows.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/lead_return.h"

#include <string.h>

struct BpStoredRows
{
    GHashTable *updates; /* plan and ref → GPtrArray of BpRecord */
    GHashTable *values;  /* kpi → GPtrArray of BpRecord */
    const BpCalendar *calendar;
};

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

static void add (GHashTable *index, char *key, const BpRecord *record)
{
    GPtrArray *records = g_hash_table_lookup (index, key);
    if (records == NULL)
    {
        records = g_ptr_array_new ();
        g_hash_table_insert (index, g_strdup (key), records);
    }
    g_ptr_array_add (records, (gpointer)record);
    g_free (key);
}

static GHashTable *index_table (const BpTableSet *set, BpTableId table, const char *first, const char *second, const char *own_id)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    const GArray *records = set->tables[table].records;
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        if (!bp_record_is_of_return (record, table, own_id))
            add (index,
                 dup_key (bp_stored_rows_cell (table, record, first), second != NULL ? bp_stored_rows_cell (table, record, second) : ""),
                 record);
    }
    return index;
}

BpStoredRows *bp_stored_rows_new (const BpTableSet *set, const BpCalendar *calendar, const char *own_id)
{
    BpStoredRows *rows = g_new0 (BpStoredRows, 1);
    rows->updates = index_table (set, BP_TABLE_UPDATES, "plan", "ref", own_id);
    rows->values = index_table (set, BP_TABLE_KPI_VALUES, "kpi", NULL, own_id);
    rows->calendar = calendar;
    return rows;
}

void bp_stored_rows_free (BpStoredRows *rows)
{
    if (rows == NULL)
        return;
    g_hash_table_unref (rows->updates);
    g_hash_table_unref (rows->values);
    g_free (rows);
}

static const GPtrArray *find (GHashTable *index, const char *first, const char *second)
{
    g_autofree char *key = dup_key (first, second);
    return g_hash_table_lookup (index, key);
}

static BpDate as_of_of (const BpRecord *record)
{
    BpDate day;
    return bp_date_parse (bp_stored_rows_cell (BP_TABLE_UPDATES, record, "as_of"), &day) ? day : BP_DATE_NONE;
}

/* The cell of a record in that column. */
static const char *text_of (const BpRecord *record, const BpStoredCell *cell)
{
    return bp_stored_rows_cell (BP_TABLE_UPDATES, record, cell->column);
}

const BpRecord *bp_stored_rows_find_update (const BpStoredRows *rows, const BpStoredCell *cell, BpDate last)
{
    const GPtrArray *records = find (rows->updates, cell->plan, cell->ref);
    const BpRecord *newest = NULL;
    for (guint i = 0; records != NULL && i < records->len; i++)
    {
        const BpRecord *record = records->pdata[i];
        if (as_of_of (record) <= last && !bp_text_is_blank (text_of (record, cell))
            && (newest == NULL || as_of_of (record) > as_of_of (newest)))
            newest = record;
    }
    return newest;
}

static bool said_so (const GPtrArray *records, const BpRecord *record, const BpStoredCell *cell)
{
    for (guint i = 0; records != NULL && i < records->len; i++)
        if (as_of_of (records->pdata[i]) == as_of_of (record) && strcmp (text_of (records->pdata[i], cell), text_of (record, cell)) == 0)
            return true;
    return false;
}

const BpRecord *bp_stored_rows_find_new_update (const BpStoredRows *rows, const BpStoredRows *base, const BpStoredCell *cell,
                                                const BpRecord *shown)
{
    const GPtrArray *records = find (rows->updates, cell->plan, cell->ref);
    const GPtrArray *before = find (base->updates, cell->plan, cell->ref);
    const BpRecord *newest = NULL;
    for (guint i = 0; records != NULL && i < records->len; i++)
    {
        const BpRecord *record = records->pdata[i];
        const bool is_older
            = (shown != NULL && as_of_of (record) < as_of_of (shown)) || (newest != NULL && as_of_of (record) <= as_of_of (newest));
        if (!is_older && !bp_text_is_blank (text_of (record, cell)) && !said_so (before, record, cell))
            newest = record;
    }
    return newest;
}

const BpRecord *bp_stored_rows_find_update_on (const BpStoredRows *rows, const char *plan, const char *ref, BpDate day)
{
    const GPtrArray *records = find (rows->updates, plan, ref);
    for (guint i = 0; records != NULL && i < records->len; i++)
        if (as_of_of (records->pdata[i]) == day)
            return records->pdata[i];
    return NULL;
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

const BpRecord *bp_stored_rows_find_value (const BpStoredRows *rows, const BpKpi *kpi, const BpPeriod *period, const char *local_geography)
{
    const GPtrArray *records = find (rows->values, kpi->id, "");
    for (guint i = 0; records != NULL && i < records->len; i++)
    {
        BpPeriod stored;
        const BpRecord *record = records->pdata[i];
        const char *typed = bp_stored_rows_cell (BP_TABLE_KPI_VALUES, record, "period");
        if (is_local_total (record, local_geography)
            && bp_period_parse (typed, kpi->period_kind, rows->calendar, &stored) == BP_PERIOD_READ_OK
            && bp_period_is_same (&stored, period))
            return record;
    }
    return NULL;
}
