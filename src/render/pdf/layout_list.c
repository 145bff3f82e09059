#include "render/pdf/layout_parts.h"

#include <math.h>

#define BULLET_INDENT_PT 14.0
#define BULLET_SIZE_PT 14.0
#define BULLET_X_PT 2.5
#define NUMBER_INDENT_PT 20.0
#define ENTRY_GAP_PT 4.0
#define DEFINITION_GUTTER_PT 24.0
#define DEFINITION_GAP_PT 2.0
#define TERM_GAP_PT 12.0
#define HEADINGS_PT 180.0 /* columns leave so much of a page to the headings above them: they cannot be parted */
#define FACT_GUTTER_PT 12.0
#define FACT_ROW_GAP_PT 16.0
#define COUNT_WIDTH_PT 26.0
#define COUNT_GAP_PT 8.0

static const char *copy_value (BpFlow *flow, const BpValue *value)
{
    g_autofree char *text = bp_value_dup_text (value);
    return bp_page_plan_copy (flow->plan, text);
}

/* The text of an entry, or its figure where it has none. */
static const char *entry_text (BpFlow *flow, const BpListEntry *entry)
{
    if (entry->text != NULL)
        return entry->text;
    return entry->value.kind != BP_VALUE_NONE ? copy_value (flow, &entry->value) : "";
}

/* ---- bullets and numbers ---- */

static void add_bullet (BpFlow *flow, BpBlock *block, int label, guint index, bool is_numbered)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY);
    if (is_numbered)
    {
        g_autofree char *number = g_strdup_printf ("%u.", index + 1);
        bp_flow_add_text (flow, block, label, BP_TYPE_BODY, number, flow->left, type->baseline_pt, 0);
        return;
    }
    const BpSpan span
        = { .text = "•", .face = BP_FACE_REGULAR, .size_pt = BULLET_SIZE_PT, .colour = bp_flow_colour (flow, BP_COLOUR_NAVY) };
    const char *bullet = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 100.0);
    bp_block_add_text (block, label, flow->left + BULLET_X_PT, type->baseline_pt,
                       bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, bullet), &span, bullet);
}

static void lay_bullets (BpFlow *flow, const BpList *list)
{
    const bool is_numbered = list->style == BP_LIST_NUMBERED;
    const int element = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, element)->is_numbered = is_numbered;
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY), *bold = bp_flow_type (flow, BP_TYPE_BODY_BOLD);
    const double indent = !is_numbered              ? BULLET_INDENT_PT
                          : list->entries->len > 99 ? 2.0 * NUMBER_INDENT_PT
                                                    : NUMBER_INDENT_PT + (list->entries->len > 9 ? 4.0 : 0.0);
    double gap = flow->gap;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        const int of = bp_page_plan_add_element (flow->plan, element, BP_ROLE_LI);
        const int label = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBL);
        const int body = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBODY);
        const BpSpan spans[3] = { bp_type_span (bold, entry->label), bp_type_span (type, entry->label != NULL ? " " : NULL),
                                  bp_type_span (type, entry_text (flow, entry)) };
        g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, spans, 3, flow->width - indent, BP_BREAK_TIDY);
        BpBlock *first = bp_block_new ();
        add_bullet (flow, first, label, i, is_numbered);
        bp_block_add_figure (first, &entry->value);
        bp_layout_flow_lines (flow, first, body, broken, spans, flow->left + indent, flow->width - indent, type, gap);
        gap = ENTRY_GAP_PT;
    }
}

/* ---- definitions ---- */

typedef struct
{
    double x, term_width, text_width;
} DefinitionColumn;

static double measure_terms (BpFlow *flow, const BpList *list)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    double widest = 0.0;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const char *label = g_array_index (list->entries, BpListEntry, i).label;
        widest = MAX (widest, label == NULL ? 0.0 : bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, label));
    }
    return widest;
}

/* Height of one definition in a column. */
static double measure_definition (BpFlow *flow, const BpListEntry *entry, const DefinitionColumn *column)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    g_autoptr (BpBrokenText) terms = bp_flow_break_text (flow, BP_TYPE_TABLE_BOLD, entry->label, column->term_width, BP_BREAK_GREEDY);
    g_autoptr (BpBrokenText) texts
        = bp_flow_break_text (flow, BP_TYPE_TABLE, entry_text (flow, entry), column->text_width, BP_BREAK_GREEDY);
    return MAX (1, MAX (terms->lines->len, texts->lines->len)) * type->leading_pt + DEFINITION_GAP_PT;
}

static double add_definition (BpFlow *flow, BpBlock *block, int list, const BpListEntry *entry, const DefinitionColumn *column, double y)
{
    const int of = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
    const int label = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBL);
    const int body = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBODY);
    const BpType *bold = bp_flow_type (flow, BP_TYPE_TABLE_BOLD), *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const BpSpan term = bp_type_span (bold, entry->label), text = bp_type_span (type, entry_text (flow, entry));
    g_autoptr (BpBrokenText) terms = bp_line_break (flow->fonts, flow->plan->strings, &term, 1, column->term_width, BP_BREAK_GREEDY);
    g_autoptr (BpBrokenText) texts = bp_line_break (flow->fonts, flow->plan->strings, &text, 1, column->text_width, BP_BREAK_GREEDY);
    const double term_end
        = bp_block_add_lines (block, label, terms, &term, 0, terms->lines->len, column->x, y, column->term_width, 0, bold);
    const double text_end = bp_block_add_lines (block, body, texts, &text, 0, texts->lines->len,
                                                column->x + column->term_width + TERM_GAP_PT, y, column->text_width, 0, type);
    bp_block_add_figure (block, &entry->value);
    return MAX (term_end, text_end);
}

/* Definitions side by side, read downwards: so many rows, which stand level. */
typedef struct
{
    guint columns, rows;
    double width; /* of a column */
    DefinitionColumn first;
} DefinitionGrid;

static DefinitionGrid make_grid (const BpFlow *flow, const BpList *list, double terms, guint columns)
{
    const double width = (flow->width - DEFINITION_GUTTER_PT * (columns - 1)) / columns;
    return (
        DefinitionGrid){ columns, (list->entries->len + columns - 1) / columns, width, { flow->left, terms, width - terms - TERM_GAP_PT } };
}

/* Each column is set alone: a definition of two lines parts no others. Returns the height of the highest. */
static double measure_columns (BpFlow *flow, const BpList *list, const DefinitionGrid *grid)
{
    double highest = 0.0, height = 0.0;
    for (guint i = 0; i < list->entries->len; i++)
    {
        height = i % grid->rows == 0 ? 0.0 : height;
        height += measure_definition (flow, &g_array_index (list->entries, BpListEntry, i), &grid->first);
        highest = fmax (highest, height);
    }
    return highest;
}

/* Definitions that are short enough stand in two or three columns; long ones below one another. Of three columns all stand in one line, of
 * two some may take a second. Returns the number of columns. */
static guint choose_columns (BpFlow *flow, const BpList *list, double terms)
{
    const double page = flow->bottom - BP_BODY_TOP_PT - HEADINGS_PT,
                 line = bp_flow_type (flow, BP_TYPE_TABLE)->leading_pt + DEFINITION_GAP_PT;
    for (guint columns = 3; columns > 1; columns--)
    {
        const DefinitionGrid grid = make_grid (flow, list, terms, columns);
        if (list->entries->len < 2 * columns || grid.first.text_width < 80.0)
            continue;
        const double height = measure_columns (flow, list, &grid);
        if (height <= (columns < 3 ? 1.4 : 1.0) * line * grid.rows + 0.1 && height <= page)
            return columns;
    }
    return 1;
}

static void lay_definition_columns (BpFlow *flow, const BpList *list, int element, double terms, guint columns)
{
    const DefinitionGrid grid = make_grid (flow, list, terms, columns);
    BpBlock *block = bp_block_new ();
    DefinitionColumn column = grid.first;
    double y = 0.0;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        if (i % grid.rows == 0 && i > 0)
        {
            column.x += grid.width + DEFINITION_GUTTER_PT;
            y = 0.0;
        }
        add_definition (flow, block, element, entry, &column, y);
        y += measure_definition (flow, entry, &grid.first);
        block->height = fmax (block->height, y - DEFINITION_GAP_PT);
    }
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

static void lay_definitions (BpFlow *flow, const BpList *list)
{
    const int element = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, element)->is_plain_list = true;
    const double terms = MIN (measure_terms (flow, list), flow->width * 0.3);
    const guint columns = choose_columns (flow, list, terms);
    if (columns > 1)
    {
        lay_definition_columns (flow, list, element, terms, columns);
        return;
    }
    const DefinitionColumn alone = { flow->left, terms, flow->width - terms - TERM_GAP_PT };
    for (guint i = 0; i < list->entries->len; i++)
    {
        BpBlock *block = bp_block_new ();
        block->height = add_definition (flow, block, element, &g_array_index (list->entries, BpListEntry, i), &alone, 0.0);
        block->gap_before = i == 0 ? flow->gap : DEFINITION_GAP_PT;
        bp_flow_add (flow, block);
    }
}

/* ---- facts ---- */

double bp_layout_facts (BpFlow *flow, BpBlock *block, int list_element, const BpList *list, double x, double y, double width, int columns,
                        bool is_small)
{
    const BpType *label_type = bp_flow_type (flow, is_small ? BP_TYPE_TABLE_BOLD : BP_TYPE_TABLE_SECOND);
    const BpType *value_type = bp_flow_type (flow, is_small ? BP_TYPE_TABLE : BP_TYPE_BODY_BOLD);
    const double column_width = (width - FACT_GUTTER_PT * (columns - 1)) / columns;
    double row_end = y;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const guint column = i % (guint)columns;
        if (column == 0 && i > 0)
            y = row_end + FACT_ROW_GAP_PT;
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        const int of = bp_page_plan_add_element (flow->plan, list_element, BP_ROLE_LI);
        const int label = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBL);
        const int body = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBODY);
        const double at = x + column * (column_width + FACT_GUTTER_PT);
        const BpSpan label_span = bp_type_span (label_type, entry->label);
        const BpSpan value_span
            = bp_type_span (value_type, entry->value.kind != BP_VALUE_NONE ? copy_value (flow, &entry->value) : entry->text);
        g_autoptr (BpBrokenText) labels = bp_line_break (flow->fonts, flow->plan->strings, &label_span, 1, column_width, BP_BREAK_TIDY);
        g_autoptr (BpBrokenText) values = bp_line_break (flow->fonts, flow->plan->strings, &value_span, 1, column_width, BP_BREAK_TIDY);
        double end = bp_block_add_lines (block, label, labels, &label_span, 0, labels->lines->len, at, y, column_width, 0, label_type);
        end = bp_block_add_lines (block, body, values, &value_span, 0, values->lines->len, at, end, column_width, 0, value_type);
        bp_block_add_figure (block, &entry->value);
        row_end = MAX (row_end, end);
    }
    return row_end;
}

static int facts_per_row (BpFlow *flow, const BpList *list)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_BODY_BOLD);
    double widest = 0.0;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        const char *text = entry->value.kind != BP_VALUE_NONE ? copy_value (flow, &entry->value) : entry->text;
        widest = MAX (widest, text == NULL ? 0.0 : bp_fonts_measure (flow->fonts, type->face, type->size_pt, 0.0, text));
    }
    const int most = (int)CLAMP (list->entries->len, 1, 4);
    for (int columns = most; columns > 1; columns--)
        if (widest <= (flow->width - FACT_GUTTER_PT * (columns - 1)) / columns)
            return columns;
    return MIN (most, 2);
}

static void lay_facts (BpFlow *flow, const BpList *list)
{
    const int element = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, element)->is_plain_list = true;
    const int columns = facts_per_row (flow, list);
    BpBlock *block = bp_block_new ();
    block->height = bp_layout_facts (flow, block, element, list, flow->left, 0.0, flow->width, columns, false);
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
}

/* ---- counted ---- */

static void lay_counted (BpFlow *flow, const BpList *list)
{
    const int element = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, element)->is_plain_list = true;
    BpType figure = *bp_flow_type (flow, BP_TYPE_TABLE_BOLD);
    figure.colour = bp_flow_colour (flow, BP_COLOUR_NAVY);
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    double number_width = COUNT_WIDTH_PT;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        const char *number = entry->value.kind != BP_VALUE_NONE ? copy_value (flow, &entry->value) : entry->label;
        number_width
            = MAX (number_width, number == NULL ? 0.0 : bp_fonts_measure (flow->fonts, BP_FACE_BOLD, figure.size_pt, 0.0, number) + 2.0);
    }
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        const bool is_first = i == 0, is_last = i + 1 == list->entries->len;
        const int of = bp_page_plan_add_element (flow->plan, element, BP_ROLE_LI);
        const int label = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBL);
        const int body = bp_page_plan_add_element (flow->plan, of, BP_ROLE_LBODY);
        BpBlock *block = bp_block_new ();
        const double top = is_first ? 4.0 : 3.0;
        const BpSpan number = bp_type_span (&figure, entry->value.kind != BP_VALUE_NONE ? copy_value (flow, &entry->value) : entry->label);
        g_autoptr (BpBrokenText) numbers = bp_line_break (flow->fonts, flow->plan->strings, &number, 1, number_width, BP_BREAK_GREEDY);
        bp_block_add_lines (block, label, numbers, &number, 0, 1, flow->left, top, number_width, 1, &figure);
        const double x = flow->left + number_width + COUNT_GAP_PT, width = flow->width - number_width - COUNT_GAP_PT;
        const BpSpan text = bp_type_span (type, entry->value.kind != BP_VALUE_NONE && entry->text == NULL ? entry->label : entry->text);
        g_autoptr (BpBrokenText) texts = bp_line_break (flow->fonts, flow->plan->strings, &text, 1, width, BP_BREAK_TIDY);
        const double end = bp_block_add_lines (block, body, texts, &text, 0, texts->lines->len, x, top, width, 0, type);
        block->height = MAX (end, top + type->leading_pt) + 3.5;
        if (is_first)
            bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, 0.5, flow->left + flow->width, 0.5, 1.0,
                               bp_flow_colour (flow, BP_COLOUR_LINE));
        bp_block_add_line (block, BP_ARTIFACT_LAYOUT, flow->left, block->height - 0.25, flow->left + flow->width, block->height - 0.25,
                           is_last ? 1.0 : 0.5, bp_flow_colour (flow, is_last ? BP_COLOUR_LINE : BP_COLOUR_HAIRLINE));
        bp_block_add_figure (block, &entry->value);
        block->gap_before = is_first ? flow->gap : 0.0;
        bp_flow_add (flow, block);
    }
}

void bp_layout_list (BpFlow *flow, const BpList *list)
{
    if (list->entries->len == 0)
        return;
    switch (list->style)
    {
    case BP_LIST_BULLETS:
    case BP_LIST_NUMBERED:
        lay_bullets (flow, list);
        break;
    case BP_LIST_DEFINITIONS:
        lay_definitions (flow, list);
        break;
    case BP_LIST_FACTS:
        lay_facts (flow, list);
        break;
    case BP_LIST_COUNTED:
        lay_counted (flow, list);
        break;
    case BP_LIST_CONTENTS:
        bp_layout_contents (flow, list);
        break;
    }
}
