#include "render/pdf/layout_parts.h"

#include "base/date.h"

#include <string.h>

#define LEAST_ROW_PT 24.0
#define LEAST_CLOSE_ROW_PT 20.0 /* on a full page: a mark and two points on each side */
#define CONTINUES_RESERVE_PT 15.0
#define MANY_COLUMNS 9
#define VERY_MANY_COLUMNS 12
#define MOST_PANEL_ROWS 12u /* a panel of so many rows does not break, nor does another table of so few */
#define MOST_SHORT_ROWS 3u

/* A table while it is set. */
typedef struct
{
    const BpTableNode *node;
    BpTablePadding padding;
    BpColumnFrame *frames;
    double left, width;
    int element;
    const BpTableRow *group; /* of the rows now set; NULL */
} TableSetting;

/* ---- paddings ---- */

static BpTablePadding choose_padding (const BpFlow *flow, const BpTableNode *node)
{
    const double close = flow->density == BP_DENSITY_FULL ? 2.0 : flow->density == BP_DENSITY_CLOSE ? 0.5 : 0.0;
    int wide_columns = 0;
    for (int i = 0; i < node->column_count; i++)
        wide_columns += node->columns[i].width_pt > 0.0 && node->columns[i].width_pt <= 20.0 ? 0 : 1;
    switch (node->style)
    {
    case BP_TABLE_FULL:
        if (wide_columns >= (flow->is_landscape ? MANY_COLUMNS : MANY_COLUMNS - 1))
            return (BpTablePadding){ 3.0, 3.5, 4.0, 4.0, wide_columns >= VERY_MANY_COLUMNS ? 2.0 : 3.0 };
        if (flow->is_landscape)
            return (BpTablePadding){ 4.0 - close / 2.0, 4.0 - close / 2.0, 4.0, 4.0, 6.0 };
        if (wide_columns >= 7)
            return (BpTablePadding){ 3.0, 3.5, 4.0, 4.0, 4.0 };
        return (BpTablePadding){ 5.0 - close, 5.0 - close, 5.0, 5.0, 6.0 };
    case BP_TABLE_PANEL:
        return (BpTablePadding){ 5.0 - close, 5.0 - close, 3.0, 3.0, node->column_count >= MANY_COLUMNS ? 2.5 : 6.0 - close / 2.0 };
    case BP_TABLE_ROWS:
        return (BpTablePadding){ 4.0 - close, 4.0 - close, 0.0, 0.0, 6.0 };
    }
    g_assert_not_reached ();
}

/* ---- header ---- */

/* Whether a month's name, as a period above narrow columns, is too wide for its column. */
static bool has_long_months (BpFlow *flow, const TableSetting *setting)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    for (int i = 1; i < setting->node->column_count; i++)
    {
        const BpSpan span = bp_type_span (type, setting->node->columns[i].title);
        double word;
        bp_line_break_measure_word (flow->fonts, &span, 1, &word);
        if (word > setting->frames[i].width + 0.01)
            return true;
    }
    return false;
}

/* "September 2024" as "Sep 2024"; what begins with no month stays as it is. */
static const char *shorten_month (BpFlow *flow, const char *title)
{
    const char *space = title == NULL ? NULL : strchr (title, ' ');
    const int month = space == NULL ? 0 : bp_month_from_name (title, (gsize)(space - title));
    if (month == 0)
        return title;
    g_autofree char *text = g_strconcat (bp_month_short_name (month), space, NULL);
    return bp_page_plan_copy (flow->plan, text);
}

static void add_header_cells (BpFlow *flow, BpBlock *block, const TableSetting *setting, int row_element, const BpType *type)
{
    double height = 0.0;
    const bool has_short_months = has_long_months (flow, setting);
    g_autofree guint *starts = g_new0 (guint, (gsize)setting->node->column_count + 1);
    g_autofree double *heights = g_new0 (double, (gsize)setting->node->column_count + 1);
    for (int i = 0; i < setting->node->column_count; i++)
    {
        starts[i] = block->boxes->len;
        int cell = BP_ARTIFACT_REPEATED;
        if (row_element >= 0)
        {
            cell = bp_page_plan_add_element (flow->plan, row_element, BP_ROLE_TH);
            bp_page_plan_get_element (flow->plan, cell)->scope = BP_SCOPE_COLUMN;
        }
        const char *title = setting->node->columns[i].title;
        const BpColumnFrame *frame = &setting->frames[i];
        BpSpan span = bp_type_span (type, has_short_months ? shorten_month (flow, title) : title);
        if (frame->is_narrow) /* numbers side by side stand apart */
            span.size_pt = bp_flow_type (flow, BP_TYPE_CAPTION)->size_pt;
        g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, frame->width, BP_BREAK_GREEDY);
        heights[i]
            = bp_block_add_lines (block, cell, broken, &span, 0, broken->lines->len, frame->x, 0.0, frame->width, (int)frame->align, type);
        height = MAX (height, heights[i]);
    }
    starts[setting->node->column_count] = block->boxes->len;
    for (int i = setting->node->column_count - 1; i >= 0; i--) /* bottom aligned: what follows is shifted with it, so take that back */
    {
        const double down = setting->padding.header_above + height - heights[i];
        for (guint j = starts[i]; j < starts[i + 1]; j++)
            g_array_index (block->boxes, BpBox, j).y += down;
    }
    block->height = setting->padding.header_above + height + setting->padding.header_below;
}

static BpBlock *make_header (BpFlow *flow, const TableSetting *setting, bool is_repeated)
{
    BpBlock *block = bp_block_new ();
    const int row = is_repeated ? -1 : bp_page_plan_add_element (flow->plan, setting->element, BP_ROLE_TR);
    BpType type = *bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    const BpColour navy = bp_flow_colour (flow, BP_COLOUR_NAVY);
    if (setting->node->style == BP_TABLE_FULL)
    {
        type.colour = bp_flow_colour (flow, BP_COLOUR_WHITE);
        bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, setting->left, 0.0, setting->width, 0.0), navy);
        add_header_cells (flow, block, setting, row, &type);
        g_array_index (block->boxes, BpBox, 0).height = block->height;
        for (int i = 0; i < setting->node->column_count; i++)
            if (setting->frames[i].is_narrow)
                bp_block_add_line (block, BP_ARTIFACT_LAYOUT, setting->frames[i].outer_x, 0.0, setting->frames[i].outer_x, block->height,
                                   0.5, bp_flow_colour (flow, BP_COLOUR_LINE));
    }
    else
    {
        add_header_cells (flow, block, setting, row, &type);
        block->height += 1.5;
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, setting->left, block->height - 0.75, setting->left + setting->width,
                           block->height - 0.75, 1.5, navy);
    }
    block->keeps_next = true;
    block->is_header = true;
    block->row = setting->node;
    return block;
}

/* What the table is; where it prints no header, readers of the structure hear here what its columns hold. Its rows have headers. */
static const char *describe_table (BpFlow *flow, const BpTableNode *node)
{
    GString *text = g_string_new (node->caption);
    for (int i = 0; node->style == BP_TABLE_ROWS && i < node->column_count; i++)
        g_string_append_printf (text, "%s%s%s", i == 0 ? (text->len > 0 ? ". Columns: " : "Columns: ") : ", ", node->columns[i].title,
                                i + 1 == node->column_count ? "." : "");
    const char *copy = bp_page_plan_copy (flow->plan, text->str);
    g_string_free (text, TRUE);
    return copy;
}

/* A table without a printed header whose columns name none for the rows: the first one heads them. */
static bool is_row_header (const BpTableNode *node, int column)
{
    if (node->columns[column].is_row_header)
        return true;
    for (int i = 0; i < node->column_count; i++)
        if (node->columns[i].is_row_header)
            return false;
    return node->style == BP_TABLE_ROWS && column == 0;
}

/* ---- rows ---- */

static const char *copy_cell_text (BpFlow *flow, const BpCell *cell)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
    {
        g_autofree char *line = bp_value_dup_text (&g_array_index (cell->lines, BpCellLine, i).value);
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", line);
    }
    const char *copy = bp_page_plan_copy (flow->plan, text->str);
    g_string_free (text, TRUE);
    return copy;
}

static void add_group_figures (BpBlock *block, const BpCell *cell)
{
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
        bp_block_add_figure (block, &g_array_index (cell->lines, BpCellLine, i).value);
}

static BpBlock *make_group_row (BpFlow *flow, const TableSetting *setting, const BpTableRow *row, bool is_repeated)
{
    BpBlock *block = bp_block_new ();
    int cell = BP_ARTIFACT_REPEATED;
    if (!is_repeated)
    {
        cell = bp_page_plan_add_element (flow->plan, bp_page_plan_add_element (flow->plan, setting->element, BP_ROLE_TR), BP_ROLE_TH);
        BpElement *element = bp_page_plan_get_element (flow->plan, cell);
        element->scope = BP_SCOPE_ROW;
        element->column_span = setting->node->column_count;
        add_group_figures (block, &row->cells[0]);
    }
    const BpType *bold = bp_flow_type (flow, BP_TYPE_TABLE_BOLD), *plain = bp_flow_type (flow, BP_TYPE_TABLE);
    const double inset = setting->node->style == BP_TABLE_FULL ? setting->padding.side : 6.0;
    const double room = setting->width - 2.0 * inset, x = setting->left + inset;
    const double aside = row->aside == NULL ? 0.0 : bp_fonts_measure (flow->fonts, plain->face, plain->size_pt, 0.0, row->aside);
    const BpSpan spans[2]
        = { bp_type_span (bold, copy_cell_text (flow, &row->cells[0])), bp_type_span (bold, is_repeated ? " (continued)" : "") };
    double least, whole;
    bp_line_break_measure (flow->fonts, spans, 2, &least, &whole);
    const bool is_aside_below = aside > 0.0 && MIN (whole, room * 0.45) + aside + 12.0 > room;
    const double text_width = aside > 0.0 && !is_aside_below ? room - aside - 12.0 : room;
    bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, setting->left, 0.0, setting->width, 0.0),
                 bp_flow_colour (flow, BP_COLOUR_TINT));
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, 2, text_width, BP_BREAK_TIDY);
    double y = bp_block_add_lines (block, cell, broken, spans, 0, broken->lines->len, x, setting->padding.above, text_width, 0, bold);
    if (aside > 0.0 && !is_aside_below)
        bp_flow_add_text (flow, block, cell, BP_TYPE_TABLE, row->aside, x + room, setting->padding.above + bold->baseline_pt, 1);
    else if (aside > 0.0)
    {
        g_autoptr (BpBrokenText) below = bp_flow_break_text (flow, BP_TYPE_TABLE, row->aside, room, BP_BREAK_TIDY);
        const BpSpan span = bp_type_span (plain, row->aside);
        y = bp_block_add_lines (block, cell, below, &span, 0, below->lines->len, x, y, room, 0, plain);
    }
    block->height = y + setting->padding.below;
    g_array_index (block->boxes, BpBox, 0).height = block->height;
    block->keeps_next = true;
    block->row = row;
    block->group = row;
    return block;
}

bool bp_layout_is_large_column (const BpTableNode *node, int column)
{
    return node->columns[column].width_pt <= 0.0 || node->columns[column].is_row_header;
}

static void add_row_cells (BpFlow *flow, BpBlock *block, const TableSetting *setting, const BpTableRow *row, int row_element)
{
    const int count = setting->node->column_count;
    g_autofree guint *starts = g_new0 (guint, (gsize)count + 1);
    g_autofree double *heights = g_new0 (double, (gsize)count + 1);
    g_autofree double *baselines = g_new0 (double, (gsize)count + 1);
    double baseline = 0.0, height = 0.0;
    for (int i = 0; i < count; i++)
    {
        starts[i] = block->boxes->len;
        const bool is_header = is_row_header (setting->node, i);
        const int cell = bp_page_plan_add_element (flow->plan, row_element, is_header ? BP_ROLE_TH : BP_ROLE_TD);
        if (is_header)
            bp_page_plan_get_element (flow->plan, cell)->scope = BP_SCOPE_ROW;
        heights[i] = bp_layout_cell (flow, block, cell, &row->cells[i], &setting->frames[i], setting->node->style,
                                     bp_layout_is_large_column (setting->node, i), &baselines[i]);
        baseline = MAX (baseline, baselines[i]);
    }
    starts[count] = block->boxes->len;
    for (int i = 0; i < count; i++)
    {
        const double down = setting->padding.above + baseline - baselines[i];
        for (guint j = starts[i]; j < starts[i + 1]; j++)
            g_array_index (block->boxes, BpBox, j).y += down;
        height = MAX (height, down + heights[i]);
    }
    block->height = MAX (height + setting->padding.below, flow->density == BP_DENSITY_FULL ? LEAST_CLOSE_ROW_PT : LEAST_ROW_PT);
}

static void name_row (BpFlow *flow, BpBlock *block, const TableSetting *setting, const BpTableRow *row)
{
    for (int i = 0; i < setting->node->column_count; i++)
    {
        if (!is_row_header (setting->node, i))
            continue;
        block->split_name = copy_cell_text (flow, &row->cells[i]);
        block->split_name_x = setting->frames[i].x;
        block->split_name_width = setting->frames[i].width;
        return;
    }
}

static void add_column_lines (BpFlow *flow, BpBlock *block, const TableSetting *setting)
{
    const BpColour hairline = bp_flow_colour (flow, BP_COLOUR_HAIRLINE);
    for (int i = 0; i < setting->node->column_count; i++)
    {
        const BpColumnFrame *frame = &setting->frames[i];
        if (!frame->is_narrow)
            continue;
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, frame->outer_x, 0.0, frame->outer_x, block->height, 0.5, hairline);
        if (i + 1 == setting->node->column_count || !setting->frames[i + 1].is_narrow)
            bp_block_add_line (block, BP_ARTIFACT_LAYOUT, frame->outer_x + frame->outer_width, 0.0, frame->outer_x + frame->outer_width,
                               block->height, 0.5, hairline);
    }
}

static BpBlock *make_row (BpFlow *flow, const TableSetting *setting, const BpTableRow *row, bool is_last)
{
    BpBlock *block = bp_block_new ();
    const int row_element = bp_page_plan_add_element (flow->plan, setting->element, BP_ROLE_TR);
    if (row->kind == BP_ROW_HIGHLIGHT)
        bp_box_fill (bp_block_add_rectangle (block, BP_ARTIFACT_LAYOUT, setting->left, 0.0, setting->width, 0.0),
                     bp_flow_colour (flow, BP_COLOUR_SURFACE));
    add_row_cells (flow, block, setting, row, row_element);
    if (row->kind == BP_ROW_HIGHLIGHT)
        g_array_index (block->boxes, BpBox, 0).height = block->height;
    add_column_lines (flow, block, setting);
    const double y = block->height - (is_last ? 0.5 : 0.25);
    bp_block_add_line (block, BP_ARTIFACT_LAYOUT, setting->left, y, setting->left + setting->width, y, is_last ? 1.0 : 0.5,
                       bp_flow_colour (flow, is_last ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
    block->row = row;
    block->group = setting->group;
    block->is_last_row = is_last;
    name_row (flow, block, setting, row);
    return block;
}

/* The last row of a group of three or more stands with the row before it; so do the first and the last rows of a table, and what is noted
 * below it. */
static bool keeps_next (const BpTableNode *node, guint index, bool has_notes)
{
    if (index + 1 == node->rows->len)
        return has_notes;
    if (index == 0) /* no heading with a single row below it at a page's foot */
        return g_array_index (node->rows, BpTableRow, 1).kind != BP_ROW_GROUP;
    const bool ends_next = index + 2 == node->rows->len || g_array_index (node->rows, BpTableRow, index + 2).kind == BP_ROW_GROUP;
    if (!ends_next || g_array_index (node->rows, BpTableRow, index + 1).kind == BP_ROW_GROUP)
        return false;
    guint length = 2;
    for (guint i = index; i-- > 0 && g_array_index (node->rows, BpTableRow, i).kind != BP_ROW_GROUP;)
        length++;
    return length >= 3;
}

/* A short table stands on one page, if that holds it. */
static bool is_short (const BpTableNode *node)
{
    return node->rows->len <= (node->style == BP_TABLE_PANEL ? MOST_PANEL_ROWS : MOST_SHORT_ROWS);
}

static void repeat_header (BpFlow *flow, const BpBlock *first, void *data)
{
    const TableSetting *setting = data;
    if (setting->node->style != BP_TABLE_ROWS)
    {
        BpBlock *header = make_header (flow, setting, true);
        const double height = header->height;
        bp_flow_place_at (flow, header, flow->y);
        flow->y += height;
    }
    else
    {
        BpBlock *rule = bp_block_new ();
        bp_block_add_line (rule, BP_ARTIFACT_LAYOUT, setting->left, 0.5, setting->left + setting->width, 0.5, 1.0,
                           bp_flow_colour (flow, BP_COLOUR_LINE));
        bp_flow_place_at (flow, rule, flow->y);
        flow->y += 1.0;
    }
    if (first == NULL || first->group == NULL || first->row == first->group)
        return;
    BpBlock *group = make_group_row (flow, setting, first->group, true);
    const double height = group->height;
    bp_flow_place_at (flow, group, flow->y);
    flow->y += height;
}

static void add_rows (BpFlow *flow, TableSetting *setting, double gap)
{
    const BpTableNode *node = setting->node;
    const bool has_notes = node->footnote != NULL || flow->note_count > 0;
    for (guint i = 0; i < node->rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (node->rows, BpTableRow, i);
        const bool is_last = i + 1 == node->rows->len;
        BpBlock *block;
        if (row->kind == BP_ROW_GROUP)
        {
            setting->group = row;
            block = make_group_row (flow, setting, row, false);
            block->keeps_next = !is_last;
            block->is_last_row = is_last;
        }
        else
        {
            block = make_row (flow, setting, row, is_last);
            block->keeps_next = keeps_next (node, i, has_notes);
            block->keeps_if_fits = !is_last && ((!block->keeps_next && is_short (node)) || i == 0);
            block->keeps_next |= block->keeps_if_fits;
        }
        if (i == 0 && node->style == BP_TABLE_ROWS)
        {
            bp_block_shift (block, 0, 0.0, 1.0);
            block->height += 1.0;
            bp_block_add_line (block, BP_ARTIFACT_LAYOUT, setting->left, 0.5, setting->left + setting->width, 0.5, 1.0,
                               bp_flow_colour (flow, BP_COLOUR_LINE));
            block->gap_before = gap;
        }
        bp_flow_add (flow, block);
    }
}

void bp_layout_table (BpFlow *flow, const BpTableNode *node)
{
    if (node->column_count == 0 || node->rows->len == 0)
        return;
    TableSetting setting = { .node = node, .padding = choose_padding (flow, node), .left = flow->left, .width = flow->width };
    g_autofree BpColumnFrame *frames = g_new0 (BpColumnFrame, (gsize)node->column_count);
    setting.frames = frames;
    bp_layout_columns (flow, node, &setting.padding, setting.left, setting.width, frames);
    setting.element = bp_flow_add_element (flow, BP_ROLE_TABLE);
    bp_page_plan_get_element (flow->plan, setting.element)->alternative = describe_table (flow, node);
    flow->repeat = repeat_header;
    flow->repeat_data = &setting;
    flow->is_table_open = false;
    flow->continued_name = node->continued;
    flow->reserve = CONTINUES_RESERVE_PT;
    if (node->style != BP_TABLE_ROWS)
    {
        BpBlock *header = make_header (flow, &setting, false);
        header->gap_before = flow->gap;
        bp_flow_add (flow, header);
    }
    add_rows (flow, &setting, flow->gap);
    flow->keeps_text = flow->note_count > 0;
    if (node->footnote != NULL)
        bp_layout_caption (flow, node->footnote, 4.0);
    bp_layout_notes (flow);
    bp_flow_flush (flow);
    flow->repeat = NULL;
    flow->repeat_data = NULL;
    flow->is_table_open = false;
    flow->continued_name = NULL;
    flow->reserve = 0.0;
}
