#include "domain/return_judge.h"

#include "base/text.h"

#include <string.h>

static const char *cell_of (const BpRecord *record, const char *column)
{
    return bp_stored_rows_cell (BP_TABLE_NARRATIVE, record, column);
}

static bool is_same_cell (const BpRecord *a, const BpRecord *b, const char *column)
{
    g_autofree char *left = bp_text_dup_collapsed (cell_of (a, column)), *right = bp_text_dup_collapsed (cell_of (b, column));
    return strcmp (left, right) == 0;
}

static bool is_same_text (const BpRecord *a, const BpRecord *b)
{
    static const char *const columns[] = { "kind", "text", "plan", "area", "audience" };
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        if (!is_same_cell (a, b, columns[i]))
            return false;
    return true;
}

/* Narrative is about nothing in particular, so that nobody can tell a second thought from a second statement: both stand. */
static void note_both (BpReturnJudge *judge, BpReturnPlace place, const BpRecord *before)
{
    g_autofree char *cell = bp_return_dup_cell (judge, place, BP_NARRATIVE_COLUMN_TEXT);
    g_autofree char *file = bp_lead_return_dup_file_name (BP_TABLE_NARRATIVE, judge->back->id);
    g_autofree char *typed = bp_return_dup_shown (place.row->cells[BP_NARRATIVE_COLUMN_TEXT]);
    g_autofree char *old = bp_return_dup_shown (cell_of (before, "text"));
    bp_finding_list_add (judge->findings, BP_FINDING_RETURN_ANSWER_REPLACED, bp_return_source (judge, place, BP_NARRATIVE_COLUMN_TEXT),
                         cell_of (before, "text"),
                         "%s: “%s” stands beside “%s”, which an earlier return of this sheet said in that row. Both are kept; delete in "
                         "data/%s the one that is not meant.",
                         cell, typed, old, file);
}

/* Adds the row, unless an earlier copy of the sheet said the same. */
static void add_text (BpReturnJudge *judge, BpReturnPlace place, char *const *entries)
{
    GArray *records = judge->out->tables[BP_TABLE_NARRATIVE].records;
    g_autofree char *position = g_strdup_printf ("%d", place.row->row);
    const guint kept_count = records->len;
    BpRecord *record = bp_table_set_add (judge->out, BP_TABLE_NARRATIVE);
    bp_return_set_day (judge, BP_TABLE_NARRATIVE, record, "as_of", judge->back->as_of);
    bp_return_set_entries (judge, place, entries, record, NULL);
    const char *key = entries[BP_NARRATIVE_COLUMN_AREA];
    const BpArea *area = key != NULL ? bp_snapshot_find_area (judge->context->snapshot, key) : NULL;
    if (area != NULL)
    {
        bp_return_set_cell (judge, BP_TABLE_NARRATIVE, record, "plan", area->plan->id);
        bp_return_set_cell (judge, BP_TABLE_NARRATIVE, record, "area", area->ref);
    }
    bp_return_set_cell (judge, BP_TABLE_NARRATIVE, record, "position", position);
    const BpRecord *before = NULL;
    for (guint i = 0; i < kept_count; i++)
    {
        const BpRecord *kept = &g_array_index (records, BpRecord, i);
        if (is_same_text (kept, record))
        {
            g_array_set_size (records, kept_count);
            return;
        }
        if (strcmp (cell_of (kept, "position"), position) == 0)
            before = kept;
    }
    if (before != NULL)
        note_both (judge, place, before);
}

void bp_return_judge_narrative (BpReturnJudge *judge, BpReturnPlace place)
{
    char *entries[BP_RETURN_MAX_COLUMNS] = { NULL };
    if (!bp_return_has_entries (place))
        return;
    bp_return_read_entries (judge, place, entries);
    const char *text = entries[BP_NARRATIVE_COLUMN_TEXT], *kind = entries[BP_NARRATIVE_COLUMN_KIND];
    /* without its area a text would speak for the whole programme */
    const bool is_misplaced = entries[BP_NARRATIVE_COLUMN_AREA] == NULL && bp_return_is_typed (place.row->cells[BP_NARRATIVE_COLUMN_AREA]);
    if (text != NULL && kind == NULL && !bp_return_is_typed (place.row->cells[BP_NARRATIVE_COLUMN_KIND]))
        bp_return_refuse_cell (judge, place, BP_NARRATIVE_COLUMN_TEXT, "has no kind beside it", BP_RETURN_ROW_OUT);
    else if (text == NULL && kind != NULL)
        bp_return_refuse_cell (judge, place, BP_NARRATIVE_COLUMN_KIND, "has no text beside it", BP_RETURN_ROW_OUT);
    else if (text == NULL && kind == NULL && !is_misplaced && bp_return_is_any (entries))
        bp_return_refuse_cell (judge, place,
                               entries[BP_NARRATIVE_COLUMN_AREA] != NULL ? BP_NARRATIVE_COLUMN_AREA : BP_NARRATIVE_COLUMN_AUDIENCE,
                               "has neither kind nor text beside it", BP_RETURN_ROW_OUT);
    if (text != NULL && kind != NULL && !is_misplaced)
        add_text (judge, place, entries);
    bp_return_clear_entries (entries);
}
