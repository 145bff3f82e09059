#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/row_field.h"

typedef struct
{
    const BpRowField *field;
    int local_index;
    BpFieldType local_type;
    bool is_descending;
} Order;

static int compare_dates_last_blank (BpDate a, BpDate b, bool is_descending)
{
    if (a == BP_DATE_NONE || b == BP_DATE_NONE)
        return (a == BP_DATE_NONE) - (b == BP_DATE_NONE);
    int order = a < b ? -1 : a > b;
    return is_descending ? -order : order;
}

/* Blanks stand last whichever way the rest is sorted, after cells that cannot be read. */
static int compare_texts_last_blank (const char *a, const char *b, const Order *order)
{
    bool blank_a = a == NULL || *a == '\0';
    bool blank_b = b == NULL || *b == '\0';

    if (blank_a || blank_b)
        return blank_a - blank_b;
    if (order->field == NULL)
    {
        bool readable_a = bp_row_local_is_readable (order->local_type, a);
        bool readable_b = bp_row_local_is_readable (order->local_type, b);
        if (!readable_a || !readable_b)
            return readable_b - readable_a;
    }
    int result = order->field == NULL ? bp_row_local_compare (order->local_type, a, b) : bp_ref_compare (a, b);
    return order->is_descending ? -result : result;
}

static int compare_numbers (int a, int b, bool is_descending)
{
    int order = a < b ? -1 : a > b;

    return is_descending ? -order : order;
}

static int compare_actions (gconstpointer left, gconstpointer right, gpointer data)
{
    const BpAction *a = *(const BpAction *const *)left;
    const BpAction *b = *(const BpAction *const *)right;
    const Order *order = data;
    bool down = order->is_descending;

    if (order->field == NULL)
        return compare_texts_last_blank (a->local[order->local_index], b->local[order->local_index], order);
    switch (order->field->key)
    {
    case BP_ROW_KEY_REF:
        return compare_texts_last_blank (a->ref, b->ref, order);
    case BP_ROW_KEY_AREA:
        return compare_texts_last_blank (a->top_area->ref, b->top_area->ref, order);
    case BP_ROW_KEY_SUB_AREA:
        return compare_texts_last_blank (a->area->ref, b->area->ref, order);
    case BP_ROW_KEY_LEAD:
        return compare_texts_last_blank (a->lead, b->lead, order);
    case BP_ROW_KEY_PROJECT:
        return compare_texts_last_blank (a->project != NULL ? a->project->title : "", b->project != NULL ? b->project->title : "", order);
    case BP_ROW_KEY_STATUS:
        return compare_numbers (a->status->position, b->status->position, down);
    case BP_ROW_KEY_SEVERITY:
        return compare_numbers (-(int)a->status->severity, -(int)b->status->severity, down);
    case BP_ROW_KEY_DUE:
        return compare_dates_last_blank (a->due, b->due, down);
    case BP_ROW_KEY_OVERDUE:
        return compare_numbers (-a->days_overdue, -b->days_overdue, down);
    case BP_ROW_KEY_UNDATED:
        return compare_numbers (!a->is_undated, !b->is_undated, down);
    case BP_ROW_KEY_MOVED:
        return compare_numbers (-(int)a->moves->len, -(int)b->moves->len, down);
    case BP_ROW_KEY_MILESTONE:
        return compare_numbers (!a->is_milestone, !b->is_milestone, down);
    case BP_ROW_KEY_COUNTS_AS:
        return compare_numbers ((int)a->status->counts_as, (int)b->status->counts_as, down);
    case BP_ROW_KEY_CHANGED:
        return compare_numbers (!a->has_changed, !b->has_changed, down);
    case BP_ROW_KEY_ORGANISATION:
        return compare_texts_last_blank (a->organisation, b->organisation, order);
    case BP_ROW_KEY_KPI:
    case BP_ROW_KEY_HEADLINE:
    case BP_ROW_KEY_MOVEMENT:
    case BP_ROW_KEY_UNIT:
    case BP_ROW_KEY_STALE:
    case BP_ROW_KEY_LOCAL:
        return 0;
    }
    g_assert_not_reached ();
}

static int compare_kpis (gconstpointer left, gconstpointer right, gpointer data)
{
    const BpKpi *a = *(const BpKpi *const *)left;
    const BpKpi *b = *(const BpKpi *const *)right;
    const Order *order = data;
    bool down = order->is_descending;

    if (order->field == NULL)
        return compare_texts_last_blank (a->local[order->local_index], b->local[order->local_index], order);
    if (order->field->key == BP_ROW_KEY_KPI)
        return compare_texts_last_blank (a->id, b->id, order);
    if (order->field->key == BP_ROW_KEY_AREA)
        return compare_texts_last_blank (a->area != NULL ? a->area->ref : "", b->area != NULL ? b->area->ref : "", order);
    if (order->field->key == BP_ROW_KEY_HEADLINE)
        return compare_numbers (!a->is_headline, !b->is_headline, down);
    if (order->field->key == BP_ROW_KEY_MOVEMENT)
        return compare_numbers ((int)a->on_baseline.movement, (int)b->on_baseline.movement, down);
    if (order->field->key == BP_ROW_KEY_UNIT)
        return compare_numbers ((int)a->unit, (int)b->unit, down);
    return compare_numbers (!a->is_stale, !b->is_stale, down);
}

void bp_rows_sort (GPtrArray *rows, BpRowSubject subject, const char *sort, const BpSnapshot *snapshot)
{
    Order order = { .is_descending = sort[0] == '-', .local_index = -1 };
    const char *name = order.is_descending ? sort + 1 : sort;
    BpTableId table = subject == BP_ROWS_ACTIONS ? BP_TABLE_ACTIONS : BP_TABLE_KPIS;

    order.field = bp_row_field_find (subject, name);
    if (order.field == NULL)
    {
        order.local_index = bp_row_local_index (snapshot, table, name);
        if (order.local_index < 0)
            return;
        order.local_type = bp_field_set_get (&snapshot->programme->fields, table, order.local_index)->type;
    }
    /* Stable, as GLib documents of this sort. */
    g_ptr_array_sort_with_data (rows, subject == BP_ROWS_ACTIONS ? compare_actions : compare_kpis, &order);
}

bool bp_rows_sort_check (BpRowSubject subject, const char *sort, const char *const *local_columns, GError **error)
{
    const char *name = sort[0] == '-' ? sort + 1 : sort;

    if (bp_row_field_find (subject, name) != NULL || bp_row_local_find (local_columns, name) != NULL)
        return true;
    return bp_row_fail_unknown (error, "field", name, bp_row_fields (subject));
}

bool bp_rows_group_check (BpRowSubject subject, const char *group, GError **error)
{
    const char *const *known = bp_row_group_fields (subject);

    for (int i = 0; known[i] != NULL; i++)
        if (g_ascii_strcasecmp (known[i], group) == 0)
            return true;
    return bp_row_fail_unknown (error, "field to group by", group, known);
}
