#include "render/pdf/layout_parts.h"

#include "render/pdf/column_tuning.h"

#include <math.h>
#include <string.h>

#define LEAST_TEXT_COLUMN_PT 72.0
#define LONGEST_STATUS_WORD_PT 64.0
#define NARROW_COLUMN_PT 20.0
#define WIDEST_NAME_PT 48.0
#define LEAST_COLUMN_PT 10.0   /* of text, in a table of far too many columns */
#define WIDEST_BY_CONTENT 0.4  /* of the table: a column set by its content takes no more */
#define WIDEST_PIECE 0.25      /* of the table: a longer word or date is broken rather than the table */
#define WIDEST_TEXT_PIECE 0.18 /* the same in a column of running text: it holds a date */
#define LEAST_UNIFORM_COLUMNS 3
#define FEW_UNIFORM_COLUMNS 4 /* so few periods stand no wider than a quarter of the table */
#define SAMPLED_ROWS 200u
#define FIXED_SHRINKS_TO 0.72 /* of the width that was asked for: what a column of fixed width may give to the others */
#define FIXED_GROWS_TO 1.5
#define FACING_GAP_PT 14.0 /* between figures that end at a column's right and words that begin at the next one's left */
#define AIR_STEP_PT 2.0
#define FIXED_STRETCHES_TO 1.06 /* so that a line a little too long stays whole */

/* What a column must have so that no word breaks, and what it would take in one line, paddings included. */
typedef struct
{
    double hard; /* its marks, which must not overlap the next column */
    double least, wish;
    double width;
    double sides;
    bool is_fixed, is_shared, is_narrow;
} ColumnNeed;

typedef struct
{
    BpFlow *flow;
    const BpTableNode *table;
    const BpTablePadding *padding;
    double width;
    ColumnNeed *needs;
} ColumnSetting;

/* Whether its words begin where the figures of the column before it end: they must not be read as one. */
static bool faces_figures (const BpTableNode *table, int column)
{
    return column > 0 && table->columns[column].align == BP_ALIGN_LEFT && table->columns[column - 1].align == BP_ALIGN_RIGHT;
}

static double side_padding (const ColumnSetting *setting, int column, bool is_left)
{
    const BpTableNode *table = setting->table;
    const bool is_flush = table->style != BP_TABLE_FULL && (is_left ? column == 0 : column == table->column_count - 1);
    if (is_flush || setting->needs[column].is_narrow)
        return 0.0;
    return is_left && faces_figures (table, column) ? fmax (setting->padding->side, FACING_GAP_PT - setting->padding->side)
                                                    : setting->padding->side;
}

/* ---- measuring ---- */

/* Whether the column holds values of the kind: looked for in its first rows. */
static bool holds_kind (const BpTableNode *table, int column, BpValueKind kind)
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

/* Width of a status's words on one line or, if that is too long, on the two lines that take least. */
static double measure_status_words (BpFlow *flow, const char *words)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    double least = bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, words);
    if (least <= LONGEST_STATUS_WORD_PT)
        return least;
    for (const char *space = strchr (words, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
        g_autofree char *first = g_strndup (words, (gsize)(space - words));
        least = fmin (least, fmax (bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, first),
                                   bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, space + 1)));
    }
    return least;
}

/* A column of statuses has room for the longest words of the scale on one or two lines, if that is not too long. */
static double measure_scale (BpFlow *flow, const BpTableNode *table, int column)
{
    if (!holds_kind (table, column, BP_VALUE_STATUS))
        return 0.0;
    double widest = 0.0;
    for (guint i = 0; i < flow->pack->marks->len; i++)
    {
        const double width = measure_status_words (flow, g_array_index (flow->pack->marks, BpMark, i).word);
        widest = width <= LONGEST_STATUS_WORD_PT ? fmax (widest, width) : widest;
    }
    return widest > 0.0 ? BP_MARK_WORD_X_PT + widest : 0.0;
}

static double measure_header (const ColumnSetting *setting, int column, double *whole_out)
{
    *whole_out = 0.0;
    if (setting->table->style == BP_TABLE_ROWS)
        return 0.0;
    const BpSpan span = bp_type_span (bp_flow_type (setting->flow, BP_TYPE_TABLE_BOLD), setting->table->columns[column].title);
    double piece, word;
    bp_line_break_measure (setting->flow->fonts, &span, 1, &piece, whole_out);
    bp_line_break_measure_word (setting->flow->fonts, &span, 1, &word); /* in a heading "Q4 2022/23" may stand in two lines */
    return word;
}

static int compare_widths (gconstpointer a, gconstpointer b)
{
    const double first = *(const double *)a, second = *(const double *)b;
    return first < second ? -1 : first > second ? 1 : 0;
}

/* The widest word of all; the widest piece but for the odd one out in ten, which may break at its blanks. */
static void measure_cells (const ColumnSetting *setting, int column, guint stride, double *hard_out, double *least_out, double *wish_out)
{
    const GArray *rows = setting->table->rows;
    const bool is_large = bp_layout_is_large_column (setting->table, column);
    g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (double));
    *hard_out = *least_out = *wish_out = 0.0;
    for (guint i = 0; i < rows->len; i += stride)
    {
        const BpTableRow *row = &g_array_index (rows, BpTableRow, i);
        if (row->kind == BP_ROW_GROUP)
            continue;
        BpCellWidths widths;
        bp_layout_measure_cell (setting->flow, &row->cells[column], setting->table->style, is_large, &widths);
        *hard_out = fmax (*hard_out, widths.mark_pt);
        *least_out = fmax (*least_out, widths.word_pt);
        *wish_out = fmax (*wish_out, widths.whole_pt);
        g_array_append_val (pieces, widths.piece_pt);
    }
    if (pieces->len == 0)
        return;
    g_array_sort (pieces, compare_widths);
    *least_out = fmax (*least_out, g_array_index (pieces, double, pieces->len - 1 - pieces->len / 10));
}

static guint sample_stride (const BpTableNode *table)
{
    return table->rows->len / SAMPLED_ROWS + 1;
}

/* The widest line of the column that takes no more than most. */
static double find_widest_line (const ColumnSetting *setting, int column, double most)
{
    const BpTableNode *table = setting->table;
    g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (BpLineSample));
    for (guint i = 0; i < table->rows->len; i += sample_stride (table))
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        if (row->kind != BP_ROW_GROUP)
            bp_layout_sample_cell (setting->flow, &row->cells[column], table->style, bp_layout_is_large_column (table, column), 0, column,
                                   samples);
    }
    double widest = 0.0;
    for (guint i = 0; i < samples->len; i++)
    {
        const double wish = g_array_index (samples, BpLineSample, i).wish_pt;
        widest = wish <= most ? fmax (widest, wish) : widest;
    }
    return widest;
}

static void measure_column (const ColumnSetting *setting, int column)
{
    const BpTableColumn *of = &setting->table->columns[column];
    ColumnNeed *need = &setting->needs[column];
    *need = (ColumnNeed){ .is_fixed = of->width_pt > 0.0,
                          .is_shared = of->width_pt <= 0.0 && of->width_share > 0.0,
                          .is_narrow = of->width_pt > 0.0 && of->width_pt <= NARROW_COLUMN_PT };
    need->sides = side_padding (setting, column, true) + side_padding (setting, column, false);
    if (need->is_narrow)
    {
        need->width = need->hard = need->least = need->wish = of->width_pt;
        return;
    }
    double header_whole, hard, content_least, content_wish;
    const double header = measure_header (setting, column, &header_whole);
    const bool is_by_content = !need->is_fixed && !need->is_shared;
    measure_cells (setting, column, is_by_content ? 1 : sample_stride (setting->table), &hard, &content_least, &content_wish);
    content_least = fmin (content_least, (need->is_shared ? WIDEST_TEXT_PIECE : WIDEST_PIECE) * setting->width);
    need->least = fmax (fmax (header, content_least), measure_scale (setting->flow, setting->table, column)) + need->sides;
    need->wish = fmax (header_whole, content_wish) + need->sides;
    if (need->is_fixed)
    {
        need->width = fmax (of->width_pt, fmin (need->least, of->width_pt * FIXED_GROWS_TO));
        need->width = fmax (need->width, find_widest_line (setting, column, need->width * FIXED_STRETCHES_TO - need->sides) + need->sides);
    }
    else if (need->is_shared)
        need->least = fmax (need->least, fmin (LEAST_TEXT_COLUMN_PT, need->wish));
    else
        need->width = fmin (need->wish, WIDEST_BY_CONTENT * setting->width);
    if (!need->is_shared)
        need->least = fmin (need->least, need->width);
    need->hard = fmax (hard, LEAST_COLUMN_PT) + need->sides;
    need->least = fmax (need->least, need->hard);
    if (of->is_row_header && need->least <= WIDEST_NAME_PT) /* a ref stays whole */
        need->hard = need->least;
    if (!need->is_shared)
        need->width = fmax (need->width, need->least);
}

/* ---- sharing ---- */

static void widen_by (ColumnNeed *needs, int count, double spare)
{
    double total = 0.0;
    for (int i = 0; i < count; i++)
        total += needs[i].is_narrow ? 0.0 : needs[i].width;
    for (int i = 0; i < count && total > 0.0; i++)
        if (!needs[i].is_narrow)
            needs[i].width += spare * needs[i].width / total;
}

/* Takes width from the columns that have more than their least; then from those that have more than their marks, whose words break; then
 * from all alike. */
static void squeeze (ColumnNeed *needs, int count, double excess)
{
    double total = 0.0;
    for (int pass = 0; pass < 2 && excess > 0.01; pass++)
    {
        double slack = 0.0;
        for (int i = 0; i < count; i++)
            slack += fmax (needs[i].width - (pass == 0 ? needs[i].least : needs[i].hard), 0.0);
        const double share = slack > 0.0 ? fmin (excess / slack, 1.0) : 0.0;
        for (int i = 0; i < count; i++)
            needs[i].width -= fmax (needs[i].width - (pass == 0 ? needs[i].least : needs[i].hard), 0.0) * share;
        excess -= share * slack;
    }
    for (int i = 0; i < count; i++)
        total += needs[i].width;
    for (int i = 0; i < count && excess > 0.01; i++)
        needs[i].width -= excess * needs[i].width / total;
}

/* Columns whose share is under their least get the least; the others share the rest. */
static void share_room (const BpTableNode *table, ColumnNeed *needs, double room, double shares)
{
    for (bool is_settled = false; !is_settled;)
    {
        is_settled = true;
        for (int i = 0; i < table->column_count; i++)
        {
            if (!needs[i].is_shared || needs[i].width > 0.0 || room * table->columns[i].width_share / shares >= needs[i].least - 0.01)
                continue;
            needs[i].width = needs[i].least;
            room -= needs[i].least;
            shares -= table->columns[i].width_share;
            is_settled = false;
            break;
        }
    }
    for (int i = 0; i < table->column_count; i++)
        if (needs[i].is_shared && needs[i].width <= 0.0)
            needs[i].width = room * table->columns[i].width_share / shares;
}

static void share_out (const ColumnSetting *setting)
{
    const BpTableNode *table = setting->table;
    double taken = 0.0, shares = 0.0, least_shared = 0.0;
    for (int i = 0; i < table->column_count; i++)
    {
        shares += setting->needs[i].is_shared ? table->columns[i].width_share : 0.0;
        least_shared += setting->needs[i].is_shared ? setting->needs[i].least : 0.0;
        taken += setting->needs[i].is_shared ? 0.0 : setting->needs[i].width;
    }
    const double room = setting->width - taken;
    if (shares > 0.0)
        share_room (table, setting->needs, fmax (room, least_shared), shares);
    else if (room > 0.0)
        widen_by (setting->needs, table->column_count, room);
    const double excess = (shares > 0.0 ? least_shared : 0.0) - room;
    if (excess > 0.01)
        squeeze (setting->needs, table->column_count, excess);
}

/* ---- columns of one kind ---- */

/* Periods side by side: a name and then columns that were all given alike. */
static bool is_uniform (const BpTableNode *table)
{
    if (table->column_count < LEAST_UNIFORM_COLUMNS)
        return false;
    const BpTableColumn *first = &table->columns[1];
    for (int i = 1; i < table->column_count; i++)
    {
        const BpTableColumn *column = &table->columns[i];
        if (column->align != BP_ALIGN_RIGHT || column->width_pt != first->width_pt || column->width_share != first->width_share)
            return false;
    }
    return true;
}

/* They stay alike: as wide as the widest of them would be, or as the name's column lets them. */
static void share_alike (const ColumnSetting *setting)
{
    const int others = setting->table->column_count - 1;
    const double flush = setting->needs[1].sides - setting->needs[others].sides; /* the last column has no padding at its right */
    double wish = 0.0;
    for (int i = 1; i <= others; i++)
        wish = fmax (wish, setting->needs[i].wish - setting->needs[i].sides + setting->needs[1].sides);
    const double name = fmin (setting->needs[0].wish, WIDEST_BY_CONTENT * setting->width);
    double width = (setting->width + flush - name) / others, word = 0.0;
    for (int i = 1; i <= others; i++)
        word = fmax (word, setting->needs[i].least - setting->needs[i].sides + setting->needs[1].sides);
    if (width < word) /* else the name stands in one line, and the periods' words whole */
        width = fmin (wish, (setting->width + flush - setting->needs[0].least) / others);
    if (setting->table->column_count <= FEW_UNIFORM_COLUMNS)
        width = fmin (width, fmax (wish, setting->width / FEW_UNIFORM_COLUMNS));
    for (int i = 1; i <= others; i++)
        setting->needs[i].width = i == others ? width - flush : width;
    setting->needs[0].width = setting->width + flush - width * others;
}

/* ---- tuning ---- */

static GArray *sample_lines (const ColumnSetting *setting, int *row_count_out)
{
    const BpTableNode *table = setting->table;
    GArray *samples = g_array_new (FALSE, FALSE, sizeof (BpLineSample));
    int count = 0;
    for (int column = 0; table->style != BP_TABLE_ROWS && column < table->column_count; column++)
    {
        BpLineSample heading = { .row = 0, .column = column, .leading_pt = bp_flow_type (setting->flow, BP_TYPE_TABLE_BOLD)->leading_pt };
        measure_header (setting, column, &heading.wish_pt);
        g_array_append_val (samples, heading);
        count = 1;
    }
    for (guint i = 0; i < table->rows->len; i += sample_stride (table))
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        if (row->kind == BP_ROW_GROUP)
            continue;
        for (int column = 0; column < table->column_count; column++)
            bp_layout_sample_cell (setting->flow, &row->cells[column], table->style, bp_layout_is_large_column (table, column), count,
                                   column, samples);
        count++;
    }
    *row_count_out = count;
    return samples;
}

/* What a fixed column keeps: the lines that stand whole in the width it was given stay so. */
static void keep_whole_lines (const ColumnSetting *setting, const GArray *samples, BpColumnRange *ranges)
{
    for (guint i = 0; i < samples->len; i++)
    {
        const BpLineSample *line = &g_array_index (samples, BpLineSample, i);
        const ColumnNeed *need = &setting->needs[line->column];
        if (need->is_fixed && !need->is_narrow && line->wish_pt + need->sides <= need->width)
            ranges[line->column].least_pt = fmax (ranges[line->column].least_pt, line->wish_pt + need->sides);
    }
}

/* steady: columns of fixed width keep the one they have. */
static void tune (const ColumnSetting *setting, bool steady)
{
    const int count = setting->table->column_count;
    g_assert (count > 0);
    g_autofree BpColumnRange *ranges = g_new0 (BpColumnRange, (gsize)count);
    for (int i = 0; i < count; i++)
    {
        const ColumnNeed *need = &setting->needs[i];
        const double asked = setting->table->columns[i].width_pt;
        ranges[i] = (BpColumnRange){ .width_pt = need->width, .least_pt = need->least, .most_pt = G_MAXDOUBLE, .sides_pt = need->sides };
        if (need->is_narrow || (steady && !need->is_shared))
            ranges[i].least_pt = ranges[i].most_pt = need->width;
        else if (need->is_fixed)
        {
            ranges[i].least_pt = fmax (need->least, FIXED_SHRINKS_TO * asked);
            ranges[i].most_pt = fmax (need->width, FIXED_GROWS_TO * asked);
        }
    }
    int rows = 0;
    g_autoptr (GArray) samples = sample_lines (setting, &rows);
    keep_whole_lines (setting, samples, ranges);
    bp_columns_tune (ranges, count, samples, rows);
    for (int i = 0; i < count; i++)
        setting->needs[i].width = ranges[i].width_pt;
}

/* ---- air ---- */

/* The heights of the column's cells at a width of so much, as they are set. */
static void set_cells (const ColumnSetting *setting, int column, double width, GArray *heights_out)
{
    const BpTableNode *table = setting->table;
    BpFlow *flow = setting->flow;
    const guint elements = flow->plan->elements->len;
    const BpColumnFrame frame = { .width = fmax (width - setting->needs[column].sides, 1.0), .align = table->columns[column].align };
    g_array_set_size (heights_out, 0);
    for (guint i = 0; i < table->rows->len; i += sample_stride (table))
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        if (row->kind == BP_ROW_GROUP)
            continue;
        g_autoptr (BpBlock) block = bp_block_new ();
        double baseline;
        const double height = bp_layout_cell (flow, block, flow->parent, &row->cells[column], &frame, table->style,
                                              bp_layout_is_large_column (table, column), &baseline);
        g_array_append_val (heights_out, height);
    }
    g_array_set_size (flow->plan->elements, elements);
}

static bool are_no_higher (const GArray *heights, const GArray *than)
{
    for (guint i = 0; i < heights->len; i++)
        if (g_array_index (heights, double, i) > g_array_index (than, double, i) + 0.01)
            return false;
    return true;
}

/* The least width at which each of the column's cells takes the lines that it takes now. */
static double find_tight_width (const ColumnSetting *setting, int column)
{
    const ColumnNeed *need = &setting->needs[column];
    double header;
    const double word = measure_header (setting, column, &header);
    const double least = fmax (need->least, need->width >= header + need->sides ? header + need->sides : word + need->sides);
    g_autoptr (GArray) now = g_array_new (FALSE, FALSE, sizeof (double));
    g_autoptr (GArray) then = g_array_new (FALSE, FALSE, sizeof (double));
    double width = need->width;
    set_cells (setting, column, width, now);
    while (width - AIR_STEP_PT >= least)
    {
        set_cells (setting, column, width - AIR_STEP_PT, then);
        if (!are_no_higher (then, now))
            break;
        width -= AIR_STEP_PT;
    }
    return width;
}

/* Takes the air from columns of fixed width, so that the columns of text have it. */
static void let_out_air (const ColumnSetting *setting)
{
    double air = 0.0, text = 0.0;
    for (int i = 0; i < setting->table->column_count; i++)
        text += setting->needs[i].is_shared && setting->needs[i].wish > setting->needs[i].width ? setting->needs[i].width : 0.0;
    if (text <= 0.0)
        return;
    for (int i = 0; i < setting->table->column_count; i++)
    {
        ColumnNeed *need = &setting->needs[i];
        if (!need->is_fixed || need->is_narrow)
            continue;
        const double tight = find_tight_width (setting, i);
        air += need->width - tight;
        need->width = tight;
    }
    for (int i = 0; i < setting->table->column_count; i++)
        if (setting->needs[i].is_shared && setting->needs[i].wish > setting->needs[i].width)
            setting->needs[i].width += air * setting->needs[i].width / text;
    if (air > 0.0)
        tune (setting, true);
}

static double measure_slack (const ColumnNeed *need)
{
    return need->is_shared ? fmax (need->width - fmax (need->wish, need->least), 0.0) : 0.0;
}

/* What columns of text have beyond their longest lines goes to the one that lacks most, as far as it needs it. */
static void hand_on_slack (const ColumnSetting *setting)
{
    double slack = 0.0, worst = 1.0;
    int neediest = -1;
    for (int i = 0; i < setting->table->column_count; i++)
    {
        slack += measure_slack (&setting->needs[i]);
        if (!setting->needs[i].is_shared || setting->needs[i].wish <= worst * setting->needs[i].width)
            continue;
        worst = setting->needs[i].wish / setting->needs[i].width;
        neediest = i;
    }
    if (neediest < 0 || slack <= 0.0)
        return;
    const double share = fmin ((setting->needs[neediest].wish - setting->needs[neediest].width) / slack, 1.0);
    for (int i = 0; i < setting->table->column_count; i++)
        setting->needs[i].width -= share * measure_slack (&setting->needs[i]);
    setting->needs[neediest].width += share * slack;
}

void bp_layout_columns (BpFlow *flow, const BpTableNode *table, const BpTablePadding *padding, double left, double width,
                        BpColumnFrame *frames)
{
    g_autofree ColumnNeed *needs = g_new0 (ColumnNeed, (gsize)table->column_count);
    const ColumnSetting setting = { flow, table, padding, width, needs };
    for (int i = 0; i < table->column_count; i++)
        measure_column (&setting, i);
    if (is_uniform (table))
        share_alike (&setting);
    else
    {
        share_out (&setting);
        tune (&setting, false);
        let_out_air (&setting);
        hand_on_slack (&setting);
    }
    double x = left;
    for (int i = 0; i < table->column_count; i++)
    {
        const double before = side_padding (&setting, i, true), after = side_padding (&setting, i, false);
        frames[i] = (BpColumnFrame){ .x = x + before,
                                     .width = fmax (needs[i].width - before - after, 1.0),
                                     .align = needs[i].is_narrow ? BP_ALIGN_CENTRE : table->columns[i].align,
                                     .is_narrow = needs[i].is_narrow,
                                     .outer_x = x,
                                     .outer_width = needs[i].width,
                                     .has_changes = table->style == BP_TABLE_ROWS && holds_kind (table, i, BP_VALUE_STATUS_CHANGE) };
        x += needs[i].width;
    }
}
