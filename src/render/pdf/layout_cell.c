#include "render/pdf/layout_parts.h"

#include "render/pdf/column_tuning.h"

#include <math.h>

#define CHANGE_ARROW_PT 9.0
#define CHANGE_GAP_PT 3.5
#define WIDE_CHANGE_ARROW_PT 12.0
#define WIDE_CHANGE_GAP_PT 6.0
#define WIDE_CHANGE_FROM_PT 100.0
#define TAG_GAP_PT 4.0
#define TAG_LINE_PT 14.0  /* a line that holds a tag alone */
#define MARK_LINE_PT 15.0 /* a line that holds a mark */
#define DOT_RADIUS_PT 3.6
#define SPARK_HEIGHT_PT 22.0
#define SPARK_WIDTH_PT 62.0
#define LEAST_SPARK_PT 24.0

/* Where the next line of a cell begins, and how far it is moved in. */
typedef struct
{
    BpFlow *flow;
    BpBlock *block;
    int element;
    const BpColumnFrame *frame;
    BpTableStyle style;
    bool is_large;
    double y, indent;
    double baseline; /* of the first line; negative: none yet */
} CellCursor;

BpTypeRole bp_layout_cell_type (BpLineRole role, BpTableStyle style, bool is_large)
{
    const bool is_rows = style == BP_TABLE_ROWS && is_large;
    switch (role)
    {
    case BP_LINE_MAIN:
        return is_rows ? BP_TYPE_BODY : BP_TYPE_TABLE;
    case BP_LINE_STRONG:
        return is_rows ? BP_TYPE_BODY_BOLD : BP_TYPE_TABLE_BOLD;
    case BP_LINE_SECOND:
        return is_rows ? BP_TYPE_TABLE_SECOND : BP_TYPE_CAPTION;
    case BP_LINE_ALARM:
        return BP_TYPE_ALARM;
    }
    g_assert_not_reached ();
}

static const BpType *line_type (const CellCursor *cursor, const BpCellLine *line)
{
    return bp_flow_type (cursor->flow, bp_layout_cell_type (line->role, cursor->style, cursor->is_large));
}

static char *dup_words (const BpCellLine *line)
{
    const BpValue *value = &line->value;
    g_autofree char *beside = line->beside.kind == BP_VALUE_NONE ? NULL : bp_value_dup_text (&line->beside);
    g_autofree char *own = NULL;
    if (value->kind == BP_VALUE_STATUS || (value->kind == BP_VALUE_STATUS_CHANGE && value->from.word != NULL))
        own = g_strdup (value->mark.word);
    else if (value->kind == BP_VALUE_MOVEMENT || value->kind == BP_VALUE_SIGN)
        own = g_strdup (value->text);
    else if (value->kind != BP_VALUE_TAG && value->kind != BP_VALUE_SPARK && value->kind != BP_VALUE_DOT)
        own = bp_value_dup_text (value);
    if (own == NULL || *own == '\0')
        return g_strdup (beside != NULL ? beside : "");
    return beside == NULL ? g_steal_pointer (&own) : g_strdup_printf ("%s %s", own, beside);
}

static void note_baseline (CellCursor *cursor, double baseline)
{
    if (cursor->baseline < 0.0)
        cursor->baseline = baseline;
}

/* Words of a line, with its bold lead-in, wrapped in the column. */
static void add_words (CellCursor *cursor, const BpCellLine *line, const char *words)
{
    BpFlow *flow = cursor->flow;
    const BpType *type = line_type (cursor, line);
    BpType bold = *type;
    bold.face = BP_FACE_BOLD;
    if (line->role == BP_LINE_SECOND)
        bold.colour = bp_flow_colour (flow, BP_COLOUR_INK);
    BpSpan spans[3];
    int count = 0;
    if (line->lead_in != NULL)
    {
        spans[count++] = bp_type_span (&bold, line->lead_in);
        spans[count++] = bp_type_span (type, " ");
    }
    spans[count++] = bp_type_span (type, words);
    const double width = MAX (cursor->frame->width - cursor->indent, 4.0);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, count, width, BP_BREAK_GREEDY);
    if (broken->lines->len == 0)
        return;
    note_baseline (cursor, cursor->y + type->baseline_pt);
    cursor->y = bp_block_add_lines (cursor->block, cursor->element, broken, spans, 0, broken->lines->len, cursor->frame->x + cursor->indent,
                                    cursor->y, width, (int)cursor->frame->align, type);
}

/* A mark's box stands so that the words beside it have the line's baseline. */
static double mark_top (const CellCursor *cursor)
{
    return cursor->y + bp_flow_type (cursor->flow, BP_TYPE_TABLE)->baseline_pt - BP_MARK_BASELINE_PT;
}

/* Whether a word has to be broken at the right of the mark, and less so below it. */
static bool is_too_narrow_beside (const CellCursor *cursor, const char *words, double indent)
{
    const BpSpan span = bp_type_span (bp_flow_type (cursor->flow, BP_TYPE_TABLE), words);
    double word;
    bp_line_break_measure_word (cursor->flow->fonts, &span, 1, &word);
    return indent > 0.0 && word > cursor->frame->width - indent + 0.5;
}

static void add_words_beside_mark (CellCursor *cursor, const BpCellLine *line, double indent)
{
    g_autofree char *words = dup_words (line);
    const double top = cursor->y, before = cursor->indent;
    if (is_too_narrow_beside (cursor, words, indent)) /* then the words stand below the mark */
    {
        note_baseline (cursor, top + bp_flow_type (cursor->flow, BP_TYPE_TABLE)->baseline_pt);
        cursor->y += MARK_LINE_PT;
        indent = 0.0;
    }
    BpColumnFrame frame = *cursor->frame;
    frame.align = BP_ALIGN_LEFT;
    const BpColumnFrame *saved = cursor->frame;
    cursor->frame = &frame;
    cursor->indent = indent;
    BpCellLine plain = *line;
    plain.role = line->role == BP_LINE_STRONG ? BP_LINE_STRONG : BP_LINE_MAIN;
    const bool was_large = cursor->is_large;
    cursor->is_large = false;
    add_words (cursor, &plain, words);
    cursor->is_large = was_large;
    cursor->frame = saved;
    cursor->indent = before;
    note_baseline (cursor, top + bp_flow_type (cursor->flow, BP_TYPE_TABLE)->baseline_pt);
    cursor->y = MAX (cursor->y, top + MARK_LINE_PT);
}

/* Arrow and gaps between two marks: wider where the column lets them. */
static double change_arrow (const BpColumnFrame *frame, double *gap_out)
{
    const bool is_wide = frame->width >= WIDE_CHANGE_FROM_PT;
    *gap_out = is_wide ? WIDE_CHANGE_GAP_PT : CHANGE_GAP_PT;
    return is_wide ? WIDE_CHANGE_ARROW_PT : CHANGE_ARROW_PT;
}

static void add_status (CellCursor *cursor, const BpCellLine *line)
{
    double gap, indent = 0.0;
    const double arrow = change_arrow (cursor->frame, &gap);
    if (cursor->frame->has_changes && cursor->frame->width >= WIDE_CHANGE_FROM_PT)
        indent = BP_MARK_SIZE_PT + arrow + 2.0 * gap;
    bp_marks_add_status (cursor->flow, cursor->block, cursor->element, &line->value.mark, cursor->frame->x + indent, mark_top (cursor));
    add_words_beside_mark (cursor, line, indent + BP_MARK_WORD_X_PT);
}

static void add_none (CellCursor *cursor)
{
    const BpType *type = bp_flow_type (cursor->flow, BP_TYPE_TABLE_SECOND);
    note_baseline (cursor, cursor->y + type->baseline_pt);
    bp_flow_add_text (cursor->flow, cursor->block, cursor->element, BP_TYPE_TABLE_SECOND, "None", cursor->frame->x,
                      cursor->y + type->baseline_pt, 0);
    cursor->y += type->leading_pt;
}

/* Mark, arrow, mark, and the new status's word if the column has room for it. */
static void add_status_change (CellCursor *cursor, const BpCellLine *line)
{
    if (line->value.from.word == NULL)
    {
        add_none (cursor);
        return;
    }
    BpFlow *flow = cursor->flow;
    const double top = mark_top (cursor), x = cursor->frame->x;
    double gap;
    const double arrow = change_arrow (cursor->frame, &gap), second_x = x + BP_MARK_SIZE_PT + arrow + 2.0 * gap;
    const int figure = bp_page_plan_add_element (flow->plan, cursor->element, BP_ROLE_FIGURE);
    g_autofree char *alternative = bp_value_dup_text (&line->value);
    bp_page_plan_get_element (flow->plan, figure)->alternative = bp_page_plan_copy (flow->plan, alternative);
    bp_marks_add_status (flow, cursor->block, figure, &line->value.from, x, top);
    bp_marks_add_arrow (flow, cursor->block, figure, x + BP_MARK_SIZE_PT + gap, top + 8.0, arrow);
    bp_marks_add_status (flow, cursor->block, figure, &line->value.mark, second_x, top);
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const double indent = second_x - x + BP_MARK_WORD_X_PT;
    double least, whole;
    const BpSpan span = bp_type_span (type, line->value.mark.word);
    bp_line_break_measure (flow->fonts, &span, 1, &least, &whole);
    if (whole <= cursor->frame->width - indent)
        add_words_beside_mark (cursor, line, indent);
    else
    {
        note_baseline (cursor, cursor->y + type->baseline_pt);
        cursor->y += MARK_LINE_PT;
    }
}

static void add_movement_or_sign (CellCursor *cursor, const BpCellLine *line, bool is_last)
{
    if (line->value.kind == BP_VALUE_MOVEMENT)
        bp_marks_add_movement (cursor->flow, cursor->block, line->value.direction, line->value.judgement, cursor->frame->x,
                               mark_top (cursor));
    else
        bp_marks_add_sign (cursor->flow, cursor->block, line->value.sign, cursor->frame->x, mark_top (cursor));
    const double top = cursor->y;
    add_words_beside_mark (cursor, line, BP_MARK_WORD_X_PT);
    cursor->indent = BP_MARK_WORD_X_PT; /* what follows stands under the word, level with the second lines beside it */
    if (!is_last && cursor->y < top + MARK_LINE_PT + 0.01)
        cursor->y = top + bp_flow_type (cursor->flow, BP_TYPE_TABLE)->leading_pt;
}

static void add_tag (CellCursor *cursor, const BpCellLine *line)
{
    BpFlow *flow = cursor->flow;
    const BpType *type = line_type (cursor, line);
    g_autofree char *words = dup_words (line);
    const double tag = bp_marks_measure_tag (flow, line->value.text);
    const double beside = *words == '\0' ? 0.0 : TAG_GAP_PT + bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, words);
    const double room = cursor->frame->width - cursor->indent;
    const bool is_one_line = tag + beside <= room + 0.01;
    const double line_width = is_one_line ? tag + beside : tag;
    const double shift = cursor->frame->align == BP_ALIGN_RIGHT    ? room - line_width
                         : cursor->frame->align == BP_ALIGN_CENTRE ? (room - line_width) / 2.0
                                                                   : 0.0;
    const double x = cursor->frame->x + cursor->indent + MAX (shift, 0.0), baseline = cursor->y + type->baseline_pt;
    note_baseline (cursor, baseline);
    bp_marks_add_tag (flow, cursor->block, cursor->element, line->value.text, x, baseline);
    if (is_one_line && beside > 0.0)
    {
        const BpSpan span = bp_type_span (type, words);
        bp_block_add_text (cursor->block, cursor->element, x + tag + TAG_GAP_PT, baseline, beside - TAG_GAP_PT, &span,
                           bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6));
    }
    cursor->y += is_one_line ? type->leading_pt : TAG_LINE_PT;
    if (!is_one_line)
        add_words (cursor, line, words);
}

static void add_dot (CellCursor *cursor, const BpCellLine *line)
{
    BpFlow *flow = cursor->flow;
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const int figure = bp_page_plan_add_element (flow->plan, cursor->element, BP_ROLE_FIGURE);
    bp_page_plan_get_element (flow->plan, figure)->alternative = bp_page_plan_copy (flow->plan, line->value.text);
    const BpColumnFrame *frame = cursor->frame;
    const double x = frame->align == BP_ALIGN_LEFT    ? frame->x + DOT_RADIUS_PT
                     : frame->align == BP_ALIGN_RIGHT ? frame->x + frame->width - DOT_RADIUS_PT
                                                      : frame->x + frame->width / 2.0;
    bp_box_fill (bp_block_add_ellipse (cursor->block, figure, x, cursor->y + type->leading_pt / 2.0, DOT_RADIUS_PT),
                 bp_flow_colour (flow, BP_COLOUR_NAVY));
    note_baseline (cursor, cursor->y + type->baseline_pt);
    cursor->y += type->leading_pt;
}

static void add_spark (CellCursor *cursor, const BpCellLine *line)
{
    BpFlow *flow = cursor->flow;
    const double width = MIN (cursor->frame->width, SPARK_WIDTH_PT);
    const int figure = bp_page_plan_add_element (flow->plan, cursor->element, BP_ROLE_FIGURE);
    bp_page_plan_get_element (flow->plan, figure)->alternative = bp_page_plan_copy (flow->plan, line->value.text);
    if (bp_marks_add_spark (flow, cursor->block, figure, &line->value, cursor->frame->x, cursor->y - 1.0, width, SPARK_HEIGHT_PT))
    {
        note_baseline (cursor, cursor->y + bp_flow_type (flow, BP_TYPE_TABLE)->baseline_pt);
        cursor->y += SPARK_HEIGHT_PT;
    }
    else
    {
        bp_page_plan_get_element (flow->plan, figure)->role = BP_ROLE_P; /* too few points for a line: the words alone */
        const char *text = line->value.text != NULL ? bp_page_plan_copy (flow->plan, line->value.text) : NULL;
        const BpCellLine words = { .role = BP_LINE_SECOND, .value = { .kind = BP_VALUE_TEXT, .text = text } };
        if (text != NULL && line->beside.kind == BP_VALUE_NONE)
            add_words (cursor, &words, words.value.text);
    }
    g_autofree char *beside = dup_words (line);
    if (*beside != '\0')
        add_words (cursor, line, beside);
}

static void add_line (CellCursor *cursor, const BpCellLine *line, bool is_last)
{
    switch (line->value.kind)
    {
    case BP_VALUE_STATUS:
        add_status (cursor, line);
        break;
    case BP_VALUE_STATUS_CHANGE:
        add_status_change (cursor, line);
        break;
    case BP_VALUE_MOVEMENT:
    case BP_VALUE_SIGN:
        add_movement_or_sign (cursor, line, is_last);
        break;
    case BP_VALUE_TAG:
        add_tag (cursor, line);
        break;
    case BP_VALUE_DOT:
        add_dot (cursor, line);
        break;
    case BP_VALUE_SPARK:
        add_spark (cursor, line);
        break;
    case BP_VALUE_NONE:
    case BP_VALUE_TEXT:
    case BP_VALUE_COUNT:
    case BP_VALUE_NUMBER:
    case BP_VALUE_PERCENT:
    case BP_VALUE_POINTS:
    case BP_VALUE_CHANGE:
    case BP_VALUE_MONEY:
    case BP_VALUE_OF:
    case BP_VALUE_OF_PERCENT:
    case BP_VALUE_DATE:
    case BP_VALUE_SHORTHAND:
    case BP_VALUE_YES_NO:
    {
        g_autofree char *words = dup_words (line);
        add_words (cursor, line, words);
        break;
    }
    }
    bp_block_add_figure (cursor->block, &line->value);
    bp_block_add_figure (cursor->block, &line->beside);
}

double bp_layout_cell (BpFlow *flow, BpBlock *block, int element, const BpCell *cell, const BpColumnFrame *frame, BpTableStyle style,
                       bool is_large, double *baseline_out)
{
    CellCursor cursor = { flow, block, element, frame, style, is_large, 0.0, 0.0, -1.0 };
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
        add_line (&cursor, &g_array_index (cell->lines, BpCellLine, i), i + 1 == cell->lines->len);
    *baseline_out = cursor.baseline < 0.0 ? bp_flow_type (flow, BP_TYPE_TABLE)->baseline_pt : cursor.baseline;
    return cursor.y;
}

/* ---- measuring ---- */

/* What stands beside the words of a line. A status change needs no word where the row has it elsewhere. */
static bool is_drawn_without_words (const BpCellLine *line, BpTableStyle style)
{
    return line->value.kind == BP_VALUE_STATUS_CHANGE && line->value.from.word != NULL && style != BP_TABLE_ROWS;
}

/* What cannot be broken or go on to another line: extra, but for the gap between a mark and its words. */
static double measure_mark (BpFlow *flow, const BpCellLine *line, double extra)
{
    const BpValueKind kind = line->value.kind;
    if (kind == BP_VALUE_STATUS || kind == BP_VALUE_MOVEMENT || kind == BP_VALUE_SIGN)
        return BP_MARK_SIZE_PT;
    if (kind == BP_VALUE_TAG)
        return bp_marks_measure_tag (flow, line->value.text);
    return kind == BP_VALUE_SPARK ? LEAST_SPARK_PT : extra;
}

static void measure_line (BpFlow *flow, const BpCellLine *line, BpTableStyle style, bool is_large, BpCellWidths *widths_out)
{
    const BpType *type = bp_flow_type (flow, bp_layout_cell_type (line->role, style, is_large));
    BpType bold = *type;
    bold.face = BP_FACE_BOLD;
    g_autofree char *words = is_drawn_without_words (line, style) ? g_strdup ("") : dup_words (line);
    BpSpan spans[3];
    int count = 0;
    if (line->lead_in != NULL)
    {
        spans[count++] = bp_type_span (&bold, line->lead_in);
        spans[count++] = bp_type_span (type, " ");
    }
    spans[count++] = bp_type_span (type, words);
    bp_line_break_measure (flow->fonts, spans, count, &widths_out->piece_pt, &widths_out->whole_pt);
    bp_line_break_measure_word (flow->fonts, spans, count, &widths_out->word_pt);
    double extra = 0.0;
    switch (line->value.kind)
    {
    case BP_VALUE_STATUS:
    case BP_VALUE_MOVEMENT:
    case BP_VALUE_SIGN:
        extra = BP_MARK_WORD_X_PT;
        break;
    case BP_VALUE_STATUS_CHANGE:
        extra = line->value.from.word == NULL ? 0.0 : 2.0 * BP_MARK_SIZE_PT + CHANGE_ARROW_PT + 2.0 * CHANGE_GAP_PT;
        break;
    case BP_VALUE_TAG:
        extra = bp_marks_measure_tag (flow, line->value.text) + (*words != '\0' ? TAG_GAP_PT : 0.0);
        break;
    case BP_VALUE_DOT:
        extra = 2.0 * DOT_RADIUS_PT;
        break;
    case BP_VALUE_SPARK:
        extra = 42.0;
        break;
    case BP_VALUE_NONE:
    case BP_VALUE_TEXT:
    case BP_VALUE_COUNT:
    case BP_VALUE_NUMBER:
    case BP_VALUE_PERCENT:
    case BP_VALUE_POINTS:
    case BP_VALUE_CHANGE:
    case BP_VALUE_MONEY:
    case BP_VALUE_OF:
    case BP_VALUE_OF_PERCENT:
    case BP_VALUE_DATE:
    case BP_VALUE_SHORTHAND:
    case BP_VALUE_YES_NO:
        break;
    }
    widths_out->mark_pt = measure_mark (flow, line, extra);
    widths_out->word_pt += extra;
    widths_out->piece_pt += extra;
    widths_out->whole_pt += extra;
}

/* Lines below a disc or sign stand under its word. */
static void add_indent (const BpCell *cell, guint index, BpCellWidths *widths)
{
    const BpValueKind first = g_array_index (cell->lines, BpCellLine, 0).value.kind;
    if (index == 0 || (first != BP_VALUE_MOVEMENT && first != BP_VALUE_SIGN))
        return;
    widths->word_pt += BP_MARK_WORD_X_PT;
    widths->piece_pt += BP_MARK_WORD_X_PT;
    widths->whole_pt += BP_MARK_WORD_X_PT;
}

void bp_layout_measure_cell (BpFlow *flow, const BpCell *cell, BpTableStyle style, bool is_large, BpCellWidths *widths_out)
{
    *widths_out = (BpCellWidths){ 0.0, 0.0, 0.0, 0.0 };
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
    {
        BpCellWidths line;
        measure_line (flow, &g_array_index (cell->lines, BpCellLine, i), style, is_large, &line);
        add_indent (cell, i, &line);
        widths_out->mark_pt = MAX (widths_out->mark_pt, line.mark_pt);
        widths_out->word_pt = MAX (widths_out->word_pt, line.word_pt);
        widths_out->piece_pt = MAX (widths_out->piece_pt, line.piece_pt);
        widths_out->whole_pt = MAX (widths_out->whole_pt, line.whole_pt);
    }
}

void bp_layout_sample_cell (BpFlow *flow, const BpCell *cell, BpTableStyle style, bool is_large, int row, int column, GArray *samples)
{
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
    {
        const BpCellLine *line = &g_array_index (cell->lines, BpCellLine, i);
        BpCellWidths widths;
        measure_line (flow, line, style, is_large, &widths);
        add_indent (cell, i, &widths);
        const BpLineSample sample = {
            .row = row,
            .column = column,
            .wish_pt = widths.whole_pt,
            .leading_pt = line->value.kind == BP_VALUE_SPARK
                              ? SPARK_HEIGHT_PT
                              : bp_flow_type (flow, bp_layout_cell_type (line->role, style, is_large))->leading_pt,
        };
        g_array_append_val (samples, sample);
    }
}
