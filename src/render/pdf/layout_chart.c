#include "render/pdf/layout_parts.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

#define TITLE_GAP_PT 12.0 /* between a title and the words at its right */
#define BAR_HEIGHT_PT 22.0
#define SMALL_BAR_HEIGHT_PT 20.0
#define BAR_GAP_PT 1.5
#define SMALLEST_PART_PT 12.0 /* room for its letter */
#define LEAST_PART_PT 3.0     /* where so many parts have no room */
#define TWIN_INSET_PT 2.25    /* of the line inside a part of the same tone as the one before it */
#define LARGE_LABEL_FROM_PT 34.0
#define SMALL_LABEL_FROM_PT 20.0
#define LETTER_FROM_PT 11.0 /* narrower than its number: the letter alone */
#define BESIDE_BAR_PT 300.0
#define BESIDE_GUTTER_PT 24.0
#define BAR_NAME_PT 128.0
#define KEY_LEAST_GAP_PT 6.0
#define LONG_KEY_WORD_PT 64.0
#define TRIAL_PLOT_PT 150.0

/* ---- the bar ---- */

static double series_value (const BpChartSeries *series, int category)
{
    return series->values != NULL && isfinite (series->values[category]) ? MAX (series->values[category], 0.0) : 0.0;
}

static double bar_total (const BpChart *chart, int category)
{
    double total = 0.0;
    for (int i = 0; i < chart->series_count; i++)
        total += series_value (&chart->series[i], category);
    return total;
}

/* Widths of the parts: in proportion, none too narrow for its letter, what that takes coming from the widest. */
static void share_bar (const BpChart *chart, int category, double width, double *widths)
{
    const double total = bar_total (chart, category);
    int parts = 0, widest = 0;
    for (int i = 0; i < chart->series_count; i++)
        parts += series_value (&chart->series[i], category) > 0.0 ? 1 : 0;
    const double room = width - BAR_GAP_PT * MAX (parts - 1, 0);
    const double least = parts * SMALLEST_PART_PT <= room / 2.0 ? SMALLEST_PART_PT : LEAST_PART_PT;
    double excess = 0.0;
    for (int i = 0; i < chart->series_count; i++)
    {
        const double value = series_value (&chart->series[i], category);
        widths[i] = total > 0.0 ? room * value / total : 0.0;
        if (value > 0.0 && widths[i] < least)
        {
            excess += least - widths[i];
            widths[i] = least;
        }
        if (widths[i] > widths[widest])
            widest = i;
    }
    if (chart->series_count > 0)
        widths[widest] -= excess;
}

/* Two statuses of one tone that stand side by side and have no room for letters are told apart by a line inside the second: in grey a gap
 * is not enough. */
static void mark_twin (BpFlow *flow, BpBlock *block, int element, BpColour fill, double x, double y, double width, double height)
{
    const double inset = fmin (TWIN_INSET_PT, width / 3.0);
    BpBox *line = bp_block_add_rectangle (block, element, x + inset, y + inset, width - 2.0 * inset, height - 2.0 * inset);
    bp_box_stroke (line, bp_theme_text_on (flow->theme, fill), 1.0);
}

/* Letter and number, or the letter alone; false if no letter tells the part from its neighbours. */
static bool add_part_label (BpFlow *flow, BpBlock *block, int element, const BpChartSeries *series, BpColour fill, double value, double x,
                            double y, double width, double height)
{
    BpType type = *bp_flow_type (flow, width >= LARGE_LABEL_FROM_PT ? BP_TYPE_BODY_BOLD : BP_TYPE_TABLE_BOLD);
    type.colour = bp_theme_text_on (flow->theme, fill);
    const char *letter = series->mark.letter != NULL ? series->mark.letter : "";
    g_autofree char *number = bp_number_dup_text (value, 0);
    g_autofree char *whole = g_strdup_printf ("%s %s", letter, number);
    const char *label = whole;
    double label_width = bp_fonts_measure (flow->fonts, type.face, type.size_pt, 0.0, label);
    if (width < SMALL_LABEL_FROM_PT || label_width > width - 4.0)
    {
        label = letter;
        label_width = bp_fonts_measure (flow->fonts, type.face, type.size_pt, 0.0, label);
        if (*letter == '\0' || width < LETTER_FROM_PT || label_width > width - 2.0)
            return false;
    }
    const BpSpan span = bp_type_span (&type, label);
    bp_block_add_text (block, element, x + (width - label_width) / 2.0, y + height / 2.0 + 0.3465 * type.size_pt, label_width, &span,
                       bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, 1e6));
    return *letter != '\0';
}

static void add_part (BpFlow *flow, BpBlock *block, int element, const BpChartSeries *series, bool is_twin, double value, double x,
                      double y, double width, double height)
{
    const BpColour fill = flow->theme->tones[series->mark.tone];
    const bool is_dashed = series->mark.shape == BP_SHAPE_DASHED_SQUARE;
    BpBox *box = bp_block_add_rectangle (block, element, x, y, width, height);
    bp_box_fill (box, fill);
    if (width > LEAST_PART_PT && (is_dashed || bp_marks_needs_outline (flow, fill)))
    {
        const double weight = is_dashed || series->mark.shape == BP_SHAPE_OPEN_CIRCLE ? 1.0 : 0.75;
        box->x += weight / 2.0;
        box->y += weight / 2.0;
        box->width -= weight;
        box->height -= weight;
        bp_box_stroke (box, bp_flow_colour (flow, BP_COLOUR_OUTLINE), weight);
        if (is_dashed)
            bp_box_dash (box, 2.0, 1.4);
    }
    if (!add_part_label (flow, block, element, series, fill, value, x, y, width, height) && is_twin)
        mark_twin (flow, block, element, fill, x, y, width, height);
}

static void add_bar (BpFlow *flow, BpBlock *block, int element, const BpChart *chart, int category, double x, double y, double width,
                     double height)
{
    if (bar_total (chart, category) <= 0.0)
    {
        bp_box_stroke (bp_block_add_rectangle (block, element, x + 0.5, y + 0.5, width - 1.0, height - 1.0),
                       bp_flow_colour (flow, BP_COLOUR_LINE), 1.0);
        return;
    }
    g_autofree double *widths = g_new0 (double, (gsize)chart->series_count + 1);
    share_bar (chart, category, width, widths);
    const BpChartSeries *before = NULL;
    bool is_twin = false;
    for (int i = 0; i < chart->series_count; i++)
    {
        const BpChartSeries *series = &chart->series[i];
        if (widths[i] <= 0.0)
            continue;
        is_twin = before != NULL && before->mark.tone == series->mark.tone && !is_twin;
        add_part (flow, block, element, series, is_twin, series_value (series, category), x, y, widths[i], height);
        before = series;
        x += widths[i] + BAR_GAP_PT;
    }
}

/* ---- its key ---- */

static const char *series_word (const BpChartSeries *series)
{
    return series->mark.word != NULL ? series->mark.word : series->name;
}

/* Width of a word of the key: whole, or broken at its spaces where it has to be. */
static double measure_word (BpFlow *flow, const BpChartSeries *series, bool is_broken)
{
    const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE), series_word (series));
    double piece, whole, word;
    bp_line_break_measure (flow->fonts, &span, 1, &piece, &whole);
    bp_line_break_measure_word (flow->fonts, &span, 1, &word);
    return is_broken && whole > LONG_KEY_WORD_PT ? fmax (word, whole / 2.0 + 8.0) : whole;
}

/* Mark, word and, below the word, count and share. Returns the y below. */
static double add_key_item (BpFlow *flow, BpBlock *block, int list, const BpChartSeries *series, const char *count, double x, double y,
                            double width)
{
    const int entry = bp_page_plan_add_element (flow->plan, list, BP_ROLE_LI);
    const int body = bp_page_plan_add_element (flow->plan, entry, BP_ROLE_LBODY);
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const double word_x = x + BP_MARK_WORD_X_PT, word_top = y + BP_MARK_BASELINE_PT - type->baseline_pt;
    bp_marks_add_status (flow, block, body, &series->mark, x, y);
    const BpSpan span = bp_type_span (type, series_word (series));
    g_autoptr (BpBrokenText) word
        = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, width - BP_MARK_WORD_X_PT + 0.5, BP_BREAK_GREEDY);
    const double end
        = bp_block_add_lines (block, body, word, &span, 0, word->lines->len, word_x, word_top, width - BP_MARK_WORD_X_PT, 0, type);
    if (count == NULL)
        return fmax (end, y + BP_MARK_SIZE_PT);
    g_auto (GStrv) halves = g_strsplit (count, " ", 2);
    const double baseline = end + 2.0 + type->baseline_pt;
    const double number = bp_flow_add_text (flow, block, body, BP_TYPE_TABLE_BOLD, halves[0], word_x, baseline, 0);
    if (halves[1] != NULL)
        bp_flow_add_text (flow, block, body, BP_TYPE_TABLE, halves[1], word_x + number + 2.8, baseline, 0);
    return end + 2.0 + type->leading_pt;
}

/* Widths of the items: each as wide as it must be, long words broken if the line is too short for all; false if it is even then. */
static bool measure_key (BpFlow *flow, const BpChart *chart, char *const *counts, double width, double *widths, double *gap_out)
{
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE);
    const int count = chart->series_count;
    for (int is_broken = 0; is_broken < 2; is_broken++)
    {
        double sum = 0.0;
        for (int i = 0; i < count; i++)
        {
            const double number = counts == NULL ? 0.0 : bp_fonts_measure (flow->fonts, BP_FACE_BOLD, type->size_pt, 0.0, counts[i]) + 1.0;
            widths[i] = BP_MARK_WORD_X_PT + fmax (measure_word (flow, &chart->series[i], is_broken != 0), number);
            sum += widths[i];
        }
        *gap_out = count > 1 ? (width - sum) / (count - 1) : 0.0;
        if (sum + KEY_LEAST_GAP_PT * (count - 1) <= width)
            return true;
    }
    return false;
}

double bp_layout_status_key (BpFlow *flow, BpBlock *block, const BpChart *chart, double x, double y, double width, bool with_counts)
{
    const int count = chart->series_count, list = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
    const double total = bar_total (chart, 0);
    g_auto (GStrv) counts = g_new0 (char *, (gsize)count + 1);
    for (int i = 0; i < count; i++)
    {
        const BpValue value = bp_value_of_percent ((int)series_value (&chart->series[i], 0), (int)total);
        counts[i] = total > 0.0 ? bp_value_dup_text (&value) : g_strdup ("0");
    }
    g_autofree double *widths = g_new0 (double, (gsize)count + 1);
    double gap;
    const bool is_one_row = measure_key (flow, chart, with_counts ? counts : NULL, width, widths, &gap);
    double widest = 1.0, at = x, bottom = y, row_top = y;
    for (int i = 0; i < count; i++)
        widest = fmax (widest, widths[i]);
    const int columns
        = is_one_row ? MAX (count, 1) : CLAMP ((int)((width + KEY_LEAST_GAP_PT) / (widest + KEY_LEAST_GAP_PT)), 1, MAX (count, 1));
    const double step = is_one_row ? fmin (gap, with_counts ? 60.0 : 30.0) : 0.0;
    for (int i = 0; i < count; i++)
    {
        if (i > 0 && i % columns == 0)
            row_top = bottom + 2.0;
        const double item_x = is_one_row ? at : x + i % columns * (width / columns);
        const double item_width = is_one_row ? widths[i] : fmin (widths[i], width / columns - 2.0);
        bottom = fmax (bottom,
                       add_key_item (flow, block, list, &chart->series[i], with_counts ? counts[i] : NULL, item_x, row_top, item_width));
        at += widths[i] + step;
    }
    return bottom;
}

static char *dup_rounding_note (const BpChart *chart)
{
    const double total = bar_total (chart, 0);
    double sum = 0.0;
    for (int i = 0; i < chart->series_count && total > 0.0; i++)
        sum += bp_share_percent (series_value (&chart->series[i], 0), total, 0);
    return total <= 0.0 || fabs (sum - 100.0) < 0.5 ? NULL : g_strdup_printf ("Rounded percentages add up to %d", (int)round (sum));
}

static double text_width (BpFlow *flow, BpTypeRole role, const char *text)
{
    const BpSpan span = bp_type_span (bp_flow_type (flow, role), text);
    return bp_fonts_measure (flow->fonts, span.face, span.size_pt, 0.0, span.text);
}

/* "26 done: 24 complete, 2 done before. Rounded percentages add up to 101", the note where the title leaves room for it; NULL if there is
 * nothing to say. */
static char *dup_bar_aside (BpFlow *flow, const BpChart *chart)
{
    g_autofree char *note = dup_rounding_note (chart);
    if (chart->aside == NULL || note == NULL)
        return g_strdup (chart->aside != NULL ? chart->aside : note);
    g_autofree char *both = g_strdup_printf ("%s. %s", chart->aside, note);
    const double room = flow->width - (chart->title != NULL ? text_width (flow, BP_TYPE_H2, chart->title) : 0.0) - TITLE_GAP_PT;
    return g_strdup (text_width (flow, BP_TYPE_CAPTION, both) <= room ? both : chart->aside);
}

static void add_subtitle (BpFlow *flow, const char *subtitle)
{
    if (subtitle == NULL)
        return;
    const int element = bp_flow_add_element (flow, BP_ROLE_P);
    const BpType *type = bp_flow_type (flow, BP_TYPE_TABLE_SECOND);
    const BpSpan span = bp_type_span (type, subtitle);
    g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, flow->width, BP_BREAK_TIDY);
    BpBlock *block = bp_block_new ();
    block->height = bp_block_add_lines (block, element, broken, &span, 0, broken->lines->len, flow->left, 0.0, flow->width, 0, type);
    block->keeps_next = true;
    bp_flow_add (flow, block);
}

/* The message as a heading, unless it stands above already. */
static void add_title (BpFlow *flow, const BpChart *chart, const char *aside)
{
    if (chart->title == NULL || g_strcmp0 (chart->title, flow->heading_above) == 0)
        return;
    bp_layout_heading (flow, flow->heading_above_level >= 2 ? 3 : 2, chart->title, aside);
    flow->gap = 4.0;
}

void bp_layout_chart_heading (BpFlow *flow, const BpChart *chart)
{
    add_title (flow, chart, NULL);
    add_subtitle (flow, chart->subtitle);
    if (chart->subtitle != NULL)
        flow->gap = 6.0;
}

static void lay_status_bars (BpFlow *flow, const BpChart *chart)
{
    const bool is_single = chart->category_count <= 1;
    g_autofree char *note = is_single ? dup_bar_aside (flow, chart) : NULL;
    add_title (flow, chart, note);
    add_subtitle (flow, chart->subtitle);
    const int element = bp_flow_add_figure (flow, chart->alternative);
    BpBlock *block = bp_block_new ();
    double y = 0.0;
    for (int i = 0; i < MAX (chart->category_count, 1); i++)
    {
        double x = flow->left;
        if (!is_single)
        {
            const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_TABLE), chart->categories[i]);
            const char *name = bp_line_break_shorten (flow->fonts, flow->plan->strings, &span, BAR_NAME_PT - 8.0);
            bp_flow_add_text (flow, block, element, BP_TYPE_TABLE, name, x, y + SMALL_BAR_HEIGHT_PT / 2.0 + 3.465, 0);
            x += BAR_NAME_PT;
        }
        const double height = is_single ? BAR_HEIGHT_PT : SMALL_BAR_HEIGHT_PT;
        add_bar (flow, block, element, chart, i, x, y, flow->left + flow->width - x, height);
        y += height + (is_single ? 5.0 : 4.0);
    }
    block->height = bp_layout_status_key (flow, block, chart, flow->left, y, flow->width, is_single);
    block->gap_before = flow->gap;
    block->keeps_next = chart->source != NULL;
    bp_flow_add (flow, block);
    if (chart->source != NULL)
        bp_layout_caption (flow, chart->source, 2.0);
}

/* ---- charts that print their numbers ---- */

static bool has_numbers (const BpChart *chart)
{
    return chart->table != NULL && chart->table->kind == BP_NODE_TABLE && chart->table->as.table.rows->len > 0;
}

/* It stands before the captions that follow the chart. */
static void add_first_note (BpFlow *flow, const BpParagraph *note)
{
    flow->note_count = MIN (flow->note_count, BP_MOST_NOTES - 1);
    memmove (&flow->notes[1], &flow->notes[0], sizeof flow->notes[0] * (gsize)flow->note_count);
    flow->notes[0] = note;
    flow->note_count++;
}

static void lay_numbers (BpFlow *flow, const BpChart *chart, double plot_height)
{
    g_autofree char *with_axis = chart->type == BP_CHART_RUN ? bp_layout_run_chart_dup_subtitle (chart) : NULL;
    add_title (flow, chart, NULL);
    add_subtitle (flow, with_axis != NULL ? bp_page_plan_copy (flow->plan, with_axis) : chart->subtitle);
    const BpParagraph source = { .role = BP_PARAGRAPH_CAPTION, .text = chart->source };
    if (chart->source != NULL)
        add_first_note (flow, &source);
    const bool is_drawn = chart->type == BP_CHART_RUN && !bp_layout_run_chart_has_too_few (chart);
    g_autofree char *undrawn = chart->type == BP_CHART_RUN && !is_drawn ? bp_layout_run_chart_dup_undrawn (chart) : NULL;
    const BpParagraph why = { .role = BP_PARAGRAPH_CAPTION, .text = undrawn != NULL ? bp_page_plan_copy (flow->plan, undrawn) : NULL };
    if (undrawn != NULL)
        add_first_note (flow, &why);
    if (is_drawn)
        bp_layout_run_chart (flow, chart, plot_height);
    if (has_numbers (chart))
    {
        if (chart->subtitle != NULL)
            flow->gap = 6.0;
        bp_layout_table (flow, &chart->table->as.table);
    }
    else if (!is_drawn && chart->alternative != NULL)
    {
        const BpParagraph words = { .role = BP_PARAGRAPH_BODY, .text = chart->alternative };
        flow->keeps_text = flow->note_count > 0;
        bp_layout_paragraph (flow, &words);
    }
    bp_layout_notes (flow);
}

/* Sets the chart aside to see how high it is, then with the plot that its page has room for. */
static void lay_run_chart (BpFlow *flow, const BpChart *chart)
{
    const BpFlow before = *flow;
    const guint elements = flow->plan->elements->len;
    g_autoptr (BpBlock) aside = bp_block_new ();
    flow->capture = aside;
    lay_numbers (flow, chart, TRIAL_PLOT_PT);
    *flow = before;
    g_array_set_size (flow->plan->elements, elements);
    lay_numbers (flow, chart, bp_layout_run_chart_height (flow, chart, aside->height - TRIAL_PLOT_PT));
}

void bp_layout_chart (BpFlow *flow, const BpChart *chart)
{
    switch (chart->type)
    {
    case BP_CHART_STATUS_BAR:
        lay_status_bars (flow, chart);
        break;
    case BP_CHART_RUN:
        lay_run_chart (flow, chart);
        break;
    case BP_CHART_TIMELINE:
        if (!bp_layout_timeline (flow, chart))
            lay_numbers (flow, chart, 0.0);
        break;
    case BP_CHART_GOVERNANCE:
        if (!bp_layout_tree (flow, chart))
            lay_numbers (flow, chart, 0.0);
        break;
    case BP_CHART_BURN_UP:
    case BP_CHART_COVERAGE:
        lay_numbers (flow, chart, 0.0);
        break;
    }
}

bool bp_layout_chart_beside_facts (BpFlow *flow, const BpChart *chart, const BpList *facts)
{
    if (chart->type != BP_CHART_STATUS_BAR || chart->category_count > 1 || facts->style != BP_LIST_FACTS || facts->entries->len == 0
        || facts->entries->len > 2)
        return false;
    add_title (flow, chart, NULL);
    add_subtitle (flow, chart->subtitle);
    const int element = bp_flow_add_figure (flow, chart->alternative);
    BpBlock *block = bp_block_new ();
    add_bar (flow, block, element, chart, 0, flow->left, 0.0, BESIDE_BAR_PT, SMALL_BAR_HEIGHT_PT);
    double y = SMALL_BAR_HEIGHT_PT + 4.0;
    if (chart->source != NULL)
    {
        const int caption = bp_flow_add_element (flow, BP_ROLE_P);
        const BpSpan span = bp_type_span (bp_flow_type (flow, BP_TYPE_CAPTION), chart->source);
        g_autoptr (BpBrokenText) broken = bp_line_break (flow->fonts, flow->plan->strings, &span, 1, BESIDE_BAR_PT, BP_BREAK_TIDY);
        y = bp_block_add_lines (block, caption, broken, &span, 0, broken->lines->len, flow->left, y, BESIDE_BAR_PT, 0,
                                bp_flow_type (flow, BP_TYPE_CAPTION));
    }
    else
        y = bp_layout_status_key (flow, block, chart, flow->left, y, BESIDE_BAR_PT, false);
    const int list = bp_flow_add_element (flow, BP_ROLE_L);
    bp_page_plan_get_element (flow->plan, list)->is_plain_list = true;
    const double x = flow->left + BESIDE_BAR_PT + BESIDE_GUTTER_PT;
    block->height = fmax (y, bp_layout_facts (flow, block, list, facts, x, 0.0, flow->left + flow->width - x, 1, true));
    block->gap_before = flow->gap;
    bp_flow_add (flow, block);
    return true;
}
