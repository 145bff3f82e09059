#include "domain/stored_rows.h"
#include "domain/table.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

/* What happens between reading and storing. Every step is linear in the rows, but for sorting the numbers of one area. */

static BpRecord *record_at (const BpTable *table, guint index)
{
    return &g_array_index (table->records, BpRecord, index);
}

static BpSource source_of (const BpRecord *record, const char *column)
{
    return (BpSource){ .file = record->file, .sheet = record->sheet, .row = record->row, .column = column };
}

static void trim_keys (BpTableSet *set, BpTable *table)
{
    for (int column = 0; table->def->columns[column].name != NULL; column++)
    {
        if (!table->def->columns[column].is_key)
            continue;
        for (guint i = 0; i < table->records->len; i++)
        {
            BpRecord *record = record_at (table, i);
            g_autofree char *trimmed = bp_text_dup_trimmed (record->cells[column]);
            if (strcmp (trimmed, record->cells[column]) != 0)
                record->cells[column] = bp_table_set_take_text (set, trimmed, -1);
        }
    }
}

/* Takes the marked records out of the table; the others keep their order. */
static void remove_records (BpTable *table, const bool *is_out)
{
    guint kept = 0;
    for (guint i = 0; i < table->records->len; i++)
    {
        BpRecord *record = record_at (table, i);
        if (is_out[i])
        {
            g_clear_pointer (&record->cells, g_free);
            continue;
        }
        if (kept != i)
        {
            *record_at (table, kept) = *record;
            record->cells = NULL;
        }
        kept++;
    }
    g_array_set_size (table->records, kept);
}

/* A ref cut before its last number: "1.1.", 10. */
typedef struct
{
    gsize prefix_length;
    gint64 number;
    int digits;
} RefEnd;

/* False if it does not end with a number that can be counted on. */
static bool cut_ref (const char *ref, RefEnd *end_out)
{
    gsize length = strlen (ref);
    gsize start = length;
    while (start > 0 && g_ascii_isdigit (ref[start - 1]))
        start--;
    if (start == length || length - start > 9)
        return false;
    *end_out = (RefEnd){ .prefix_length = start, .digits = (int)(length - start), .number = g_ascii_strtoll (ref + start, NULL, 10) };
    return true;
}

/* The rows of one (sub-)area, in the order of files and rows. */
typedef struct
{
    GArray *rows; /* of guint */
    int blanks;
} AreaRows;

static void free_area_rows (gpointer rows)
{
    g_array_unref (((AreaRows *)rows)->rows);
    g_free (rows);
}

static char *dup_pair_key (const char *a, const char *b)
{
    return g_strdup_printf ("%" G_GSIZE_FORMAT ":%s%s", strlen (a), a, b);
}

typedef struct
{
    BpTableSet *set;
    BpTable *table;
    BpFindingList *findings;
    int plan, ref, area;
    GHashTable *refs; /* every ref of every plan, as dup_pair_key */
    bool *is_out;
} Inference;

/* The one number that is missing from those of a prefix; -1 if none or several are. */
static gint64 find_single_gap (GArray *numbers, int *gaps)
{
    gint64 gap = -1;
    for (guint i = 1; i < numbers->len; i++)
    {
        gint64 step = g_array_index (numbers, gint64, i) - g_array_index (numbers, gint64, i - 1);
        if (step < 2)
            continue;
        *gaps += step == 2 ? 1 : 2;
        gap = g_array_index (numbers, gint64, i) - 1;
    }
    return gap;
}

static int compare_numbers (gconstpointer a, gconstpointer b)
{
    const gint64 *left = a;
    const gint64 *right = b;
    return (*left > *right) - (*left < *right);
}

/* The ref with a number more or less in it, as wide as its neighbour was typed. Caller frees. */
static char *dup_ref_with (const char *prefix, const RefEnd *neighbour_end, const char *neighbour, gint64 number)
{
    bool is_padded = neighbour_end->digits > 1 && neighbour[neighbour_end->prefix_length] == '0';
    return g_strdup_printf ("%s%0*" G_GINT64_FORMAT, prefix, is_padded ? neighbour_end->digits : 1, number);
}

/* The only missing ref of an area's sequence, with the prefix it belongs to; NULL if none or several are missing. Caller frees. */
static char *dup_missing_ref (const Inference *inference, const AreaRows *area, char **prefix_out, gint64 *number_out)
{
    g_autoptr (GHashTable) by_prefix = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < area->rows->len; i++)
    {
        const char *ref = record_at (inference->table, g_array_index (area->rows, guint, i))->cells[inference->ref];
        RefEnd end;
        if (!cut_ref (ref, &end))
            continue;
        g_autofree char *prefix = g_strndup (ref, end.prefix_length);
        GArray *numbers = g_hash_table_lookup (by_prefix, prefix);
        if (numbers == NULL)
        {
            numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
            g_hash_table_insert (by_prefix, g_steal_pointer (&prefix), numbers);
        }
        g_array_append_val (numbers, end.number);
    }
    int gaps = 0;
    char *found = NULL;
    GHashTableIter iter;
    gpointer prefix, numbers;
    g_hash_table_iter_init (&iter, by_prefix);
    while (g_hash_table_iter_next (&iter, &prefix, &numbers))
    {
        g_array_sort (numbers, compare_numbers);
        gint64 gap = find_single_gap (numbers, &gaps);
        if (gap < 0)
            continue;
        g_free (found);
        found = g_strdup (prefix);
        *number_out = gap;
    }
    if (gaps != 1)
    {
        g_free (found);
        return NULL;
    }
    *prefix_out = g_strdup (found);
    return found;
}

/* The nearest ref with that prefix in a direction from a row of the area; NULL if there is none. */
static const char *find_neighbour (const Inference *inference, const AreaRows *area, guint position, int step, const char *prefix,
                                   RefEnd *end_out)
{
    gsize prefix_length = strlen (prefix);
    for (gint64 i = (gint64)position + step; i >= 0 && i < (gint64)area->rows->len; i += step)
    {
        const char *ref = record_at (inference->table, g_array_index (area->rows, guint, (guint)i))->cells[inference->ref];
        if (cut_ref (ref, end_out) && end_out->prefix_length == prefix_length && strncmp (ref, prefix, prefix_length) == 0)
            return ref;
    }
    return NULL;
}

/* The ref that the blank row at position of the area must have; NULL if nothing proves it. Caller frees. */
static char *dup_inferred_ref (const Inference *inference, const AreaRows *area, guint position)
{
    gint64 number = 0;
    g_autofree char *prefix = NULL;
    g_autofree char *missing = dup_missing_ref (inference, area, &prefix, &number);
    if (missing == NULL)
        return NULL;
    RefEnd before, after;
    const char *ref_before = find_neighbour (inference, area, position, -1, prefix, &before);
    const char *ref_after = find_neighbour (inference, area, position, 1, prefix, &after);
    if (ref_before == NULL || ref_after == NULL || before.number != number - 1 || after.number != number + 1)
        return NULL;
    char *ref = dup_ref_with (prefix, &after, ref_after, number);
    return ref;
}

static void infer_blank_ref (Inference *inference, const AreaRows *area, guint position)
{
    guint index = g_array_index (area->rows, guint, position);
    BpRecord *record = record_at (inference->table, index);
    const char *plan = record->cells[inference->plan];
    g_autofree char *ref = area->blanks == 1 ? dup_inferred_ref (inference, area, position) : NULL;
    g_autofree char *key = ref == NULL ? NULL : dup_pair_key (plan, ref);
    if (ref == NULL || g_hash_table_contains (inference->refs, key))
    {
        inference->is_out[index] = true;
        bp_finding_list_add_quarantined (
            inference->findings, BP_FINDING_REF_NOT_INFERRED, source_of (record, "ref"), "",
            "The ref is blank, and the refs round it do not show which one is missing. The action was left out.");
        return;
    }
    record->cells[inference->ref] = bp_table_set_take_text (inference->set, ref, -1);
    record->is_key_inferred = true;
    g_hash_table_add (inference->refs, g_steal_pointer (&key));
    bp_finding_list_add (inference->findings, BP_FINDING_REF_INFERRED, source_of (record, "ref"), "",
                         "The ref is blank; it was inferred as %s, the only one missing in its area, and is printed as %s*.", ref, ref);
}

/* A blank plan or area leaves nothing to infer from: such a row is left to the check of required values. */
static GHashTable *group_by_area (const Inference *inference)
{
    GHashTable *areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_area_rows);
    for (guint i = 0; i < inference->table->records->len; i++)
    {
        const BpRecord *record = record_at (inference->table, i);
        const char *plan = record->cells[inference->plan];
        if (record->cells[inference->ref][0] != '\0')
            g_hash_table_add (inference->refs, dup_pair_key (plan, record->cells[inference->ref]));
        g_autofree char *area_ref = bp_text_dup_trimmed (record->cells[inference->area]);
        if (*plan == '\0' || *area_ref == '\0')
            continue;
        g_autofree char *key = dup_pair_key (plan, area_ref);
        AreaRows *area = g_hash_table_lookup (areas, key);
        if (area == NULL)
        {
            area = g_new0 (AreaRows, 1);
            area->rows = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (areas, g_steal_pointer (&key), area);
        }
        g_array_append_val (area->rows, i);
        area->blanks += record->cells[inference->ref][0] == '\0';
    }
    return areas;
}

static void infer_refs (BpTableSet *set, BpFindingList *findings)
{
    BpTable *table = &set->tables[BP_TABLE_ACTIONS];
    g_autoptr (GHashTable) refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autofree bool *is_out = g_new0 (bool, table->records->len + 1);
    Inference inference = { .set = set,
                            .table = table,
                            .findings = findings,
                            .plan = bp_table_find_column (table->def, "plan"),
                            .ref = bp_table_find_column (table->def, "ref"),
                            .area = bp_table_find_column (table->def, "area"),
                            .refs = refs,
                            .is_out = is_out };
    g_autoptr (GHashTable) areas = group_by_area (&inference);
    GHashTableIter iter;
    gpointer area;
    g_hash_table_iter_init (&iter, areas);
    while (g_hash_table_iter_next (&iter, NULL, &area))
        for (guint position = 0; ((AreaRows *)area)->blanks > 0 && position < ((AreaRows *)area)->rows->len; position++)
        {
            guint index = g_array_index (((AreaRows *)area)->rows, guint, position);
            if (record_at (table, index)->cells[inference.ref][0] == '\0')
                infer_blank_ref (&inference, area, position);
        }
    remove_records (table, is_out);
}

/* The names of the required columns that are blank, "'plan' and 'title'"; NULL if none is. Caller frees. */
static char *dup_blank_required (const BpTableDef *def, const BpRecord *record, const char **first_column_out)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    *first_column_out = NULL;
    for (int column = 0; def->columns[column].name != NULL; column++)
    {
        if (!def->columns[column].is_required || !bp_text_is_blank (record->cells[column]))
            continue;
        if (*first_column_out == NULL)
            *first_column_out = def->columns[column].name;
        g_ptr_array_add (names, g_strdup_printf ("'%s'", def->columns[column].name));
    }
    if (names->len == 0)
        return NULL;
    g_ptr_array_add (names, NULL);
    return bp_text_dup_joined ((const char *const *)names->pdata, 0);
}

/* A required day that is none ("banana" for as_of): without it the row has no place in time, so it cannot count on any day. The date of a
 * meeting may be words ("TBC"). NULL if all can be read. */
static const char *find_unreadable_day (const BpTableDef *def, const BpRecord *record)
{
    for (int column = 0; def->columns[column].name != NULL; column++)
    {
        const char *name = def->columns[column].name;
        BpDate date;
        bool is_day = strcmp (name, "as_of") == 0 || strcmp (name, "valid_from") == 0;
        if (def->columns[column].is_required && is_day && !bp_date_parse (record->cells[column], &date))
            return name;
    }
    return NULL;
}

static void quarantine_incomplete (BpTable *table, BpFindingList *findings)
{
    g_autofree bool *is_out = g_new0 (bool, table->records->len + 1);
    for (guint i = 0; i < table->records->len; i++)
    {
        const BpRecord *record = record_at (table, i);
        const char *column;
        g_autofree char *blank = dup_blank_required (table->def, record, &column);
        const char *unreadable = blank == NULL ? find_unreadable_day (table->def, record) : NULL;
        if (unreadable != NULL)
        {
            const char *typed = record->cells[bp_table_find_column (table->def, unreadable)];
            is_out[i] = true;
            bp_finding_list_add_quarantined (findings, BP_FINDING_VALUE_UNREADABLE, source_of (record, unreadable), typed,
                                             "“%s” is no day, and %s needs one as '%s'. The row was left out.", typed, table->def->name,
                                             unreadable);
        }
        if (blank == NULL)
            continue;
        is_out[i] = true;
        bp_finding_list_add_quarantined (findings, BP_FINDING_REQUIRED_MISSING, source_of (record, column), "",
                                         "The row has no value for %s, which %s needs. It was left out.", blank, table->def->name);
    }
    remove_records (table, is_out);
}

/* Columns whose keys are days: "31/07/2025" and "2025-07-31" are the same one. */
static bool is_day_column (const char *name)
{
    return strcmp (name, "as_of") == 0 || strcmp (name, "date") == 0 || strcmp (name, "valid_from") == 0;
}

/* The key of a row, each part with its length so that no two keys run together; NULL if the table has none. Caller frees. */
static char *dup_key (const BpTableDef *def, const BpRecord *record)
{
    GString *key = g_string_new (NULL);
    for (int column = 0; def->columns[column].name != NULL; column++)
    {
        if (!def->columns[column].is_key)
            continue;
        const char *part = record->cells[column];
        BpDate date;
        g_autofree char *day
            = is_day_column (def->columns[column].name) && bp_date_parse (part, &date) ? bp_date_dup_text (date, BP_DATE_ISO) : NULL;
        part = day != NULL ? day : part;
        g_string_append_printf (key, "%" G_GSIZE_FORMAT ":", strlen (part));
        g_string_append (key, part);
    }
    if (key->len == 0)
    {
        g_string_free (key, TRUE);
        return NULL;
    }
    return g_string_free (key, FALSE);
}

/* "SIP, 1.1.2": the key as people say it. Caller frees. */
static char *dup_key_text (const BpTableDef *def, const BpRecord *record)
{
    g_autoptr (GString) text = g_string_new (NULL);
    for (int column = 0; def->columns[column].name != NULL; column++)
        if (def->columns[column].is_key && record->cells[column][0] != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", record->cells[column]);
    return g_strdup (text->str);
}

/* Blanks round a value make no difference. Key columns are the same already. */
static bool has_same_cells (const BpTableDef *def, const BpRecord *a, const BpRecord *b, int width)
{
    int columns = bp_table_column_count (def);
    for (int i = 0; i < width; i++)
    {
        if ((i < columns && def->columns[i].is_key) || strcmp (a->cells[i], b->cells[i]) == 0)
            continue;
        g_autofree char *left = bp_text_dup_trimmed (a->cells[i]);
        g_autofree char *right = bp_text_dup_trimmed (b->cells[i]);
        if (strcmp (left, right) != 0)
            return false;
    }
    return true;
}

static char *dup_place (const BpRecord *record)
{
    if (record->sheet != NULL)
        return g_strdup_printf ("%s, sheet %s, row %d", record->file == NULL ? "" : record->file, record->sheet, record->row);
    return g_strdup_printf ("%s, line %d", record->file == NULL ? "" : record->file, record->row);
}

typedef struct
{
    BpTableSet *set;
    BpTable *table;
    BpFindingList *findings;
    int width;
    bool *is_out;
    GHashTable *first_rows; /* key → index of its first row */
    bool *is_disputed;      /* by index of the first row: a row of the same key says something else */
} Deduplication;

static void report_duplicate (Deduplication *state, guint index, guint first)
{
    const BpRecord *record = record_at (state->table, index);
    bool is_disputed = state->is_disputed[first];
    if (index == first && !is_disputed)
        return;
    g_autofree char *key = dup_key_text (state->table->def, record);
    guint other = index == first ? G_MAXUINT : first;
    g_autofree char *place = other == G_MAXUINT ? NULL : dup_place (record_at (state->table, other));
    state->is_out[index] = true;
    if (!is_disputed)
        bp_finding_list_add (state->findings, BP_FINDING_DUPLICATE_SAME, source_of (record, NULL), key,
                             "The same row stands in %s already. It counts once.", place);
    else if (place != NULL)
        bp_finding_list_add_quarantined (state->findings, BP_FINDING_DUPLICATE_DIFFERENT, source_of (record, NULL), key,
                                         "The key stands in %s too, and the rows differ. All of them were left out.", place);
    else
        bp_finding_list_add_quarantined (state->findings, BP_FINDING_DUPLICATE_DIFFERENT, source_of (record, NULL), key,
                                         "The key stands in a later row too, and the rows differ. All of them were left out.");
}

static void settle_duplicates (BpTableSet *set, BpTable *table, BpFindingList *findings)
{
    guint count = table->records->len;
    g_autoptr (GHashTable) first_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autofree bool *is_out = g_new0 (bool, count + 1);
    g_autofree bool *is_disputed = g_new0 (bool, count + 1);
    g_autofree guint *first_of = g_new0 (guint, count + 1);
    Deduplication state = { .set = set,
                            .table = table,
                            .findings = findings,
                            .width = bp_table_set_width (set, table->def->id),
                            .is_out = is_out,
                            .first_rows = first_rows,
                            .is_disputed = is_disputed };
    for (guint i = 0; i < count; i++)
    {
        first_of[i] = i;
        char *key = dup_key (table->def, record_at (table, i));
        if (key == NULL)
            return; /* a table without a key: rows may well be alike */
        gpointer first;
        if (!g_hash_table_lookup_extended (first_rows, key, NULL, &first))
        {
            g_hash_table_insert (first_rows, key, GUINT_TO_POINTER (i));
            continue;
        }
        g_free (key);
        first_of[i] = GPOINTER_TO_UINT (first);
        if (!has_same_cells (table->def, record_at (table, i), record_at (table, first_of[i]), state.width))
            is_disputed[first_of[i]] = true;
    }
    for (guint i = 0; i < count; i++)
        report_duplicate (&state, i, first_of[i]);
    remove_records (table, is_out);
}

/* Of the reports on an action of one day, that of a returned sheet counts, and of two sheets the newer's: it was written over the other. */
static void supersede_reports (BpTable *table, BpFindingList *findings)
{
    const guint count = table->records->len;
    g_autoptr (GHashTable) newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* key → index + 1 */
    for (guint i = 0; i < count; i++)
    {
        char *key = dup_key (table->def, record_at (table, i));
        const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (newest, key));
        if (place == 0 || bp_record_return_base (record_at (table, i)) > bp_record_return_base (record_at (table, place - 1)))
            g_hash_table_replace (newest, key, GUINT_TO_POINTER (i + 1));
        else
            g_free (key);
    }
    g_autofree bool *is_out = g_new0 (bool, count + 1);
    for (guint i = 0; i < count && g_hash_table_size (newest) < count; i++)
    {
        g_autofree char *key = dup_key (table->def, record_at (table, i)), *text = dup_key_text (table->def, record_at (table, i));
        const BpRecord *counting = record_at (table, GPOINTER_TO_UINT (g_hash_table_lookup (newest, key)) - 1);
        is_out[i] = bp_record_return_base (record_at (table, i)) < bp_record_return_base (counting);
        g_autofree char *place = is_out[i] ? dup_place (counting) : NULL;
        if (is_out[i])
            bp_finding_list_add (findings, BP_FINDING_ROW_SUPERSEDED, source_of (record_at (table, i), NULL), text,
                                 "The report of the returned sheet in %s is of the same day and stands in the place of this one.", place);
    }
    remove_records (table, is_out);
}

void bp_table_set_admit (BpTableSet *set, BpFindingList *findings)
{
    for (int i = 0; i < BP_TABLE_COUNT; i++)
        trim_keys (set, &set->tables[i]);
    infer_refs (set, findings);
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        quarantine_incomplete (&set->tables[i], findings);
        if (i == BP_TABLE_UPDATES)
            supersede_reports (&set->tables[i], findings);
        settle_duplicates (set, &set->tables[i], findings);
    }
}
