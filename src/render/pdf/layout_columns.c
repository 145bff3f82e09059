#include "render/pdf/layout_parts.h"

#include <math.h>

#define LEAST_TEXT_COLUMN_PT 72.0
#define NARROW_COLUMN_PT 20.0
#define LONGEST_STATUS_WORD_PT 64.0
#define WIDEST_BY_CONTENT 0.4 /* of the table: a column set by its content takes no more */

/* What a column must have so that no word breaks, and what it would take in one line, paddings included. */
typedef struct
{
    double least, wish;
    double width;
    bool is_fixed, is_shared, is_narrow;
} ColumnNeed;

static double
side_padding (const BpTableNode *table, const BpTablePadding *padding, int column, bool is_left)
{
    const bool is_flush = table->style != BP_TABLE_FULL && (is_left ? column == 0 : column == table->column_count - 1);
    return is_flush ? 0.0 : padding->side;
}

static void
measure_header (BpFlow *flow, const BpTableNode *table, int column, ColumnNeed *need)
{
    if (table->style == BP_TABLE_ROWS)
        return;
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE_BOLD), table->columns[column].title);
    bp_line_break_measure (flow->fonts, &span, 1, &need->least, &need->wish);
}

/* Whether the column holds values of the kind: looked for in its first rows. */
static bool
holds_kind (const BpTableNode *table, int column, BpValueKind kind)
{
    for (guint i = 0; i < table->rows->len && i < 40; i++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        const BpCell *cell = row->kind == BP_ROW_GROUP ? NULL : &row->cells[column];
        if (cell != NULL && cell->lines != NULL && cell->lines->len > 0 && g_array_index (cell->lines, BpCellLine, 0).value.kind == kind)
            return true;
    }
    return false;
}

/* A column of statuses has room for the longest word of the scale on one line, if that is not too long. */
static double
measure_scale (BpFlow *flow, const BpTableNode *table, int column)
{
    if (!holds_kind (table, column, BP_VALUE_STATUS))
        return 0.0;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    double widest = 0.0;
    for (guint i = 0; i < flow->pack->marks->len; i++)
    {
        const double width = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, g_array_index (flow->pack->marks, BpMark, i).word);
        widest = width <= LONGEST_STATUS_WORD_PT ? fmax (widest, width) : widest;
    }
    return widest > 0.0 ? BP_MARK_WORD_X_PT + widest : 0.0;
}

static void
measure_content (BpFlow *flow, const BpTableNode *table, int column, ColumnNeed *need)
{
    for (guint i = 0; i < table->rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        if (row->kind == BP_ROW_GROUP)
            continue;
        double least, wish;
        bp_layout_measure_cell (flow, &row->cells[column], table->style, &least, &wish);
        need->least = MAX (need->least, least);
        need->wish = MAX (need->wish, wish);
    }
}

static void
measure_column (BpFlow *flow, const BpTableNode *table, const BpTablePadding *padding, int column, double table_width, ColumnNeed *need)
{
    const BpTableColumn *of = &table->columns[column];
    const double sides = side_padding (table, padding, column, true) + side_padding (table, padding, column, false);
    *need = (ColumnNeed){ .is_fixed = of->width_pt > 0.0, .is_shared = of->width_pt <= 0.0 && of->width_share > 0.0, .is_narrow = of->width_pt > 0.0 && of->width_pt <= NARROW_COLUMN_PT };
    if (need->is_narrow)
    {
        need->width = need->least = of->width_pt;
        return;
    }
    measure_header (flow, table, column, need);
    need->least = fmax (need->least, need->is_fixed ? measure_scale (flow, table, column) : 0.0);
    if (!need->is_fixed && !need->is_shared)
        measure_content (flow, table, column, need);
    need->least += sides;
    need->wish += sides;
    if (need->is_fixed)
        need->width = MAX (of->width_pt, need->least); /* a header word never breaks */
    else if (!need->is_shared)
        need->width = MIN (need->wish, MAX (need->least, WIDEST_BY_CONTENT * table_width));
}

static void
widen_by (ColumnNeed *needs, const BpTableNode *table, double spare)
{
    double total = 0.0;
    for (int i = 0; i < table->column_count; i++)
        total += needs[i].is_narrow ? 0.0 : needs[i].width;
    for (int i = 0; i < table->column_count && total > 0.0; i++)
        if (!needs[i].is_narrow)
            needs[i].width += spare * needs[i].width / total;
}

/* Takes width from the columns set by content, down to their least; then from all alike. */
static void
squeeze (ColumnNeed *needs, int count, double excess)
{
    double slack = 0.0;
    for (int i = 0; i < count; i++)
        if (!needs[i].is_fixed && !needs[i].is_shared)
            slack += MAX (needs[i].width - needs[i].least, 0.0);
    for (int i = 0; i < count && slack > 0.0; i++)
        if (!needs[i].is_fixed && !needs[i].is_shared)
            needs[i].width -= MAX (needs[i].width - needs[i].least, 0.0) * MIN (excess / slack, 1.0);
    excess -= MIN (excess, slack);
    double total = 0.0;
    for (int i = 0; i < count; i++)
        total += needs[i].width;
    for (int i = 0; i < count && total > 0.0 && excess > 0.0; i++)
        needs[i].width -= excess * needs[i].width / total;
}

static void
share_out (const BpTableNode *table, ColumnNeed *needs, double width)
{
    double taken = 0.0, shares = 0.0, least_shared = 0.0;
    for (int i = 0; i < table->column_count; i++)
    {
        if (needs[i].is_shared)
        {
            shares += table->columns[i].width_share;
            needs[i].least = MAX (needs[i].least, LEAST_TEXT_COLUMN_PT);
            least_shared += needs[i].least;
        }
        else
            taken += needs[i].width;
    }
    const double room = width - taken;
    if (shares <= 0.0)
    {
        if (room >= 0.0)
            widen_by (needs, table, room);
        else
            squeeze (needs, table->column_count, -room);
        return;
    }
    /* Columns whose share is under their least get the least; the others share the rest. */
    double left = MAX (room, least_shared);
    for (bool is_settled = false; !is_settled;)
    {
        is_settled = true;
        for (int i = 0; i < table->column_count; i++)
        {
            if (!needs[i].is_shared || needs[i].width > 0.0 || left * table->columns[i].width_share / shares >= needs[i].least - 0.01)
                continue;
            needs[i].width = needs[i].least;
            left -= needs[i].least;
            shares -= table->columns[i].width_share;
            is_settled = false;
            break;
        }
    }
    for (int i = 0; i < table->column_count; i++)
        if (needs[i].is_shared && needs[i].width <= 0.0)
            needs[i].width = left * table->columns[i].width_share / shares;
    if (room < least_shared)
        squeeze (needs, table->column_count, least_shared - room);
}

void
bp_layout_columns (BpFlow *flow, const BpTableNode *table, const BpTablePadding *padding, double left, double width, BpColumnFrame *frames)
{
    g_autofree ColumnNeed *needs = g_new0 (ColumnNeed, (gsize) table->column_count);
    for (int i = 0; i < table->column_count; i++)
        measure_column (flow, table, padding, i, width, &needs[i]);
    share_out (table, needs, width);
    double x = left;
    for (int i = 0; i < table->column_count; i++)
    {
        const double before = needs[i].is_narrow ? 0.0 : side_padding (table, padding, i, true);
        const double after = needs[i].is_narrow ? 0.0 : side_padding (table, padding, i, false);
        frames[i] = (BpColumnFrame){ .x = x + before,
                                     .width = MAX (needs[i].width - before - after, 1.0),
                                     .align = needs[i].is_narrow ? BP_ALIGN_CENTRE : table->columns[i].align,
                                     .is_narrow = needs[i].is_narrow,
                                     .outer_x = x,
                                     .outer_width = needs[i].width,
                                     .has_changes = table->style == BP_TABLE_ROWS && holds_kind (table, i, BP_VALUE_STATUS_CHANGE) };
        x += needs[i].width;
    }
}
