#include "pack/text_format.h"

#include "pack/dashboard.h"

#include <math.h>

typedef struct
{
    GString *out;
    int depth;
} Dump;

static void G_GNUC_PRINTF (2, 3) line (Dump *dump, const char *format, ...)
{
    va_list arguments;

    for (int i = 0; i < dump->depth; i++)
        g_string_append (dump->out, "  ");
    gsize start = dump->out->len;
    va_start (arguments, format);
    g_string_append_vprintf (dump->out, format, arguments);
    va_end (arguments);
    /* A text of several lines stays one line of the dump. */
    for (gsize i = start; i < dump->out->len; i++)
        if (dump->out->str[i] == '\n')
            dump->out->str[i] = '/';
    g_string_append_c (dump->out, '\n');
}

static void named (Dump *dump, const char *name, const char *text)
{
    if (text != NULL)
        line (dump, "%s: %s", name, text);
}

static const char *value_prefix (const BpValue *value)
{
    switch (value->kind)
    {
    case BP_VALUE_STATUS:
    case BP_VALUE_STATUS_CHANGE:
        return "status ";
    case BP_VALUE_MOVEMENT:
        return value->direction == BP_DIRECTION_UP      ? "up "
               : value->direction == BP_DIRECTION_DOWN  ? "down "
               : value->direction == BP_DIRECTION_LEVEL ? "level "
                                                        : "disc ";
    case BP_VALUE_SIGN:
        return "sign ";
    case BP_VALUE_TAG:
        return "tag ";
    case BP_VALUE_DOT:
        return "dot ";
    case BP_VALUE_SPARK:
        return "spark ";
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
        return "";
    }
    g_assert_not_reached ();
}

/* "67% {kpi.K02.latest}". */
static char *dup_value (const BpValue *value)
{
    g_autofree char *text = bp_value_dup_text (value);

    if (value->kind == BP_VALUE_NONE)
        return g_strdup ("-");
    if (value->kind == BP_VALUE_SPARK)
        return g_strdup_printf ("<spark of %d: %s>", value->point_count, text);
    const char *prefix = value_prefix (value);
    return g_strdup_printf ("%s%s%s%s%s%s%s", *prefix != '\0' ? "<" : "", prefix, text, *prefix != '\0' ? ">" : "",
                            value->figure != NULL ? " {" : "", value->figure != NULL ? value->figure : "",
                            value->figure != NULL ? "}" : "");
}

static char *dup_cell (const BpCell *cell)
{
    static const char *const roles[] = { [BP_LINE_MAIN] = "", [BP_LINE_STRONG] = "*", [BP_LINE_SECOND] = "~", [BP_LINE_ALARM] = "!" };
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < cell->lines->len; i++)
    {
        const BpCellLine *one = &g_array_index (cell->lines, BpCellLine, i);
        g_autofree char *value = dup_value (&one->value);
        if (i > 0)
            g_string_append (text, " / ");
        g_string_append (text, roles[one->role]);
        if (one->lead_in != NULL)
            g_string_append_printf (text, "[%s] ", one->lead_in);
        g_string_append (text, value);
        if (one->beside.kind != BP_VALUE_NONE)
        {
            g_autofree char *beside = dup_value (&one->beside);
            g_string_append_printf (text, " + %s", beside);
        }
    }
    return g_strdup (text->len > 0 ? text->str : "(empty)");
}

static void dump_table (Dump *dump, const BpTableNode *table)
{
    static const char *const styles[] = { [BP_TABLE_FULL] = "full", [BP_TABLE_PANEL] = "panel", [BP_TABLE_ROWS] = "rows" };
    g_autoptr (GString) header = g_string_new (NULL);

    line (dump, "table (%s): %s", styles[table->style], table->caption != NULL ? table->caption : "");
    dump->depth++;
    for (int c = 0; c < table->column_count; c++)
        g_string_append_printf (header, "%s%s%s", c > 0 ? " | " : "", table->columns[c].title,
                                table->columns[c].align == BP_ALIGN_RIGHT ? " >" : "");
    line (dump, "# %s", header->str);
    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        g_autoptr (GString) text = g_string_new (NULL);
        int cell_count = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        for (int c = 0; c < cell_count; c++)
        {
            g_autofree char *cell = dup_cell (&row->cells[c]);
            g_string_append_printf (text, "%s%s", c > 0 ? " | " : "", cell);
        }
        if (row->aside != NULL)
            g_string_append_printf (text, " >> %s", row->aside);
        line (dump, "%s %s", row->kind == BP_ROW_GROUP ? "=" : row->kind == BP_ROW_HIGHLIGHT ? "+" : "-", text->str);
    }
    named (dump, "footnote", table->footnote);
    dump->depth--;
}

static void dump_list (Dump *dump, const BpList *list)
{
    static const char *const styles[]
        = { [BP_LIST_BULLETS] = "bullets", [BP_LIST_NUMBERED] = "numbered", [BP_LIST_DEFINITIONS] = "definitions",
            [BP_LIST_FACTS] = "facts",     [BP_LIST_COUNTED] = "counted",   [BP_LIST_CONTENTS] = "contents" };

    line (dump, "list (%s)", styles[list->style]);
    dump->depth++;
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        g_autoptr (GString) text = g_string_new (NULL);
        if (entry->label != NULL)
            g_string_append_printf (text, "%s: ", entry->label);
        if (entry->text != NULL)
            g_string_append (text, entry->text);
        if (entry->value.figure != NULL)
            g_string_append_printf (text, " {%s}", entry->value.figure);
        if (entry->aside != NULL)
            g_string_append_printf (text, " >> %s", entry->aside);
        if (entry->link != NULL)
            g_string_append_printf (text, " -> %s", entry->link);
        line (dump, "%s %s", entry->level == 2 ? "  -" : "-", text->str);
    }
    dump->depth--;
}

static void dump_tiles (Dump *dump, const BpTiles *tiles)
{
    line (dump, "tiles (%s)", tiles->style == BP_TILES_KPI ? "measures" : "counters");
    dump->depth++;
    for (guint i = 0; i < tiles->tiles->len; i++)
    {
        const BpTile *tile = &g_array_index (tiles->tiles, BpTile, i);
        g_autofree char *figure = dup_value (&tile->figure);
        g_autofree char *spark = dup_value (&tile->spark);
        g_autofree char *movement = dup_value (&tile->movement);
        line (dump, "- %s: %s; %s; %s %s; %s; %s", tile->title, figure, spark, movement,
              tile->movement_text != NULL ? tile->movement_text : "", tile->lines[0] != NULL ? tile->lines[0] : "-",
              tile->lines[1] != NULL ? tile->lines[1] : "-");
    }
    dump->depth--;
}

/* A letter for each point: u usual, i improvement, c concern, n neither, - none. */
static void dump_meanings (Dump *dump, const BpChart *chart, const BpChartSeries *series)
{
    static const char letters[] = {
        [BP_POINT_PLAIN] = '-', [BP_POINT_USUAL] = 'u', [BP_POINT_IMPROVEMENT] = 'i', [BP_POINT_CONCERN] = 'c', [BP_POINT_NEUTRAL] = 'n'
    };
    g_autoptr (GString) text = g_string_new (NULL);

    for (int c = 0; series->meanings != NULL && c < chart->category_count; c++)
        g_string_append_c (text, letters[series->meanings[c]]);
    named (dump, "meanings", text->len > 0 ? text->str : NULL);
}

static void dump_series (Dump *dump, const BpChart *chart, const BpChartSeries *series)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (int c = 0; c < chart->category_count; c++)
    {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        const char *note = series->value_notes != NULL ? series->value_notes[c] : NULL;
        g_string_append_printf (text, "%s%s", c > 0 ? ", " : "",
                                isnan (series->values[c]) ? (note != NULL ? note : "gap")
                                                          : g_ascii_formatd (number, sizeof number, "%.6g", series->values[c]));
    }
    line (dump, "series %s%s: %s", series->name, series->is_dashed ? " (dashed)" : "", text->str);
    if (series->last_text != NULL)
        line (dump, "last value: %s", series->last_text);
    dump_meanings (dump, chart, series);
}

static const char *number_text (char *buffer, double number)
{
    return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.6g", number);
}

/* "Aug 2024 @19965": the words of both rows, and the place in time. */
static void dump_categories (Dump *dump, const BpChart *chart)
{
    g_autoptr (GString) labels = g_string_new (NULL);
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    for (int c = 0; c < chart->category_count; c++)
    {
        const char *group = chart->category_groups != NULL ? chart->category_groups[c] : NULL;
        g_string_append_printf (labels, "%s%s%s%s", c > 0 ? ", " : "", chart->categories[c], group != NULL ? " " : "",
                                group != NULL ? group : "");
        if (chart->category_positions != NULL)
            g_string_append_printf (labels, " @%s", number_text (buffer, chart->category_positions[c]));
    }
    if (chart->category_count > 0)
        line (dump, "categories: %s", labels->str);
}

/* What a run chart has in its plot besides its series. */
static void dump_plot (Dump *dump, const BpChart *chart)
{
    static const char *const kinds[] = { [BP_REFERENCE_TARGET] = "target",
                                         [BP_REFERENCE_BENCHMARK] = "benchmark",
                                         [BP_REFERENCE_MEAN] = "mean",
                                         [BP_REFERENCE_LIMIT] = "limit" };
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    line (dump, "axis: %d decimals%s%s, %s%s", chart->axis_decimals, chart->axis_unit != NULL ? ", " : "",
          chart->axis_unit != NULL ? chart->axis_unit : "", chart->is_axis_free ? "free" : "from 0", chart->has_limits ? ", limits" : "");
    for (int i = 0; i < chart->reference_count; i++)
    {
        const BpChartReference *reference = &chart->references[i];
        line (dump, "reference %s %s from %d to %d: %s", kinds[reference->kind], number_text (buffer, reference->value), reference->first,
              reference->last, reference->label != NULL ? reference->label : "-");
    }
    for (int i = 0; i < chart->event_count; i++)
        line (dump, "%s before %d: %s", chart->events[i].is_break ? "break" : "event", chart->events[i].category, chart->events[i].text);
    for (int i = 0; i < chart->remark_count; i++)
        line (dump, "remark at %d%s: %s", chart->remarks[i].category, chart->remarks[i].is_quiet ? " (quiet)" : "", chart->remarks[i].text);
    named (dump, "variation", chart->variation_word);
    named (dump, "assurance", chart->assurance_word);
}

/* "1.1.2: <status At risk> 30 September 2025, was 30 June 2025, again 8 October 2025". */
static void dump_timeline_mark (Dump *dump, const BpTimelineMark *mark)
{
    g_autofree char *date = mark->date == BP_DATE_NONE ? g_strdup ("no date") : bp_date_dup_text (mark->date, BP_DATE_LONG);
    g_autofree char *original = bp_date_dup_text (mark->original, BP_DATE_LONG);
    g_autoptr (GString) repeats = g_string_new (NULL);

    for (int i = 0; i < mark->repeat_count; i++)
    {
        g_autofree char *repeat = bp_date_dup_text (mark->repeats[i], BP_DATE_LONG);
        g_string_append_printf (repeats, "%s%s", i > 0 ? ", " : "; again ", repeat);
    }
    line (dump, "- %s: <status %s> %s%s%s%s%s", mark->ref, mark->mark.word, date, *original != '\0' ? ", was " : "", original, repeats->str,
          mark->is_open ? "" : " (done)");
}

static void dump_timeline (Dump *dump, const BpTimeline *timeline)
{
    g_autofree char *first = bp_date_dup_text (timeline->first, BP_DATE_LONG);
    g_autofree char *last = bp_date_dup_text (timeline->last, BP_DATE_LONG);
    g_autofree char *today = bp_date_dup_text (timeline->today, BP_DATE_LONG);

    line (dump, "timeline: %s to %s, today %s", first, last, today);
    dump->depth++;
    for (int g = 0; g < timeline->group_count; g++)
    {
        const BpTimelineGroup *group = &timeline->groups[g];
        line (dump, "= %s", group->name);
        for (int l = 0; l < group->lane_count; l++)
        {
            line (dump, "lane: %s", group->lanes[l].name);
            dump->depth++;
            for (int m = 0; m < group->lanes[l].mark_count; m++)
                dump_timeline_mark (dump, &group->lanes[l].marks[m]);
            dump->depth--;
        }
    }
    named (dump, "caption", timeline->caption);
    dump->depth--;
}

static void dump_tree (Dump *dump, const BpTree *tree)
{
    line (dump, "tree: %d nodes", tree->node_count);
    dump->depth++;
    for (int i = 0; i < tree->node_count; i++)
    {
        const BpTreeNode *node = &tree->nodes[i];
        line (dump, "%s level %d: %s (%s): %s", node->is_this ? "+" : "-", node->level, node->name, node->short_name, node->role);
    }
    for (int i = 0; i < tree->edge_count; i++)
        line (dump, "%s %s %s", tree->nodes[tree->edges[i].from].name,
              tree->edges[i].kind == BP_EDGE_REPORTS_TO ? "reports to" : "advises, funds or follows", tree->nodes[tree->edges[i].to].name);
    named (dump, "caption", tree->caption);
    dump->depth--;
}

static void dump_node (Dump *dump, const BpNode *node);

static void dump_chart (Dump *dump, const BpChart *chart)
{
    static const char *const types[]
        = { [BP_CHART_STATUS_BAR] = "status bar", [BP_CHART_BURN_UP] = "burn-up",   [BP_CHART_RUN] = "run",
            [BP_CHART_TIMELINE] = "timeline",     [BP_CHART_COVERAGE] = "coverage", [BP_CHART_GOVERNANCE] = "governance" };

    line (dump, "chart (%s): %s", types[chart->type], chart->title != NULL ? chart->title : "");
    dump->depth++;
    named (dump, "subtitle", chart->subtitle);
    named (dump, "aside", chart->aside);
    named (dump, "alternative", chart->alternative);
    dump_categories (dump, chart);
    for (int s = 0; s < chart->series_count; s++)
        dump_series (dump, chart, &chart->series[s]);
    if (chart->type == BP_CHART_RUN)
        dump_plot (dump, chart);
    if (chart->timeline != NULL)
        dump_timeline (dump, chart->timeline);
    if (chart->tree != NULL)
        dump_tree (dump, chart->tree);
    if (chart->table != NULL)
        dump_node (dump, chart->table);
    named (dump, "source", chart->source);
    dump->depth--;
}

static void dump_note (Dump *dump, const BpNote *note)
{
    static const char *const styles[] = { [BP_NOTE_ASKS] = "asks", [BP_NOTE_NOTICE] = "notice", [BP_NOTE_CARD] = "card" };

    line (dump, "note (%s)%s%s%s%s%s%s%s", styles[note->style], note->ref != NULL ? " " : "", note->ref != NULL ? note->ref : "",
          note->heading != NULL ? ": " : "", note->heading != NULL ? note->heading : "", note->mark.word != NULL ? " <status " : "",
          note->mark.word != NULL ? note->mark.word : "", note->mark.word != NULL ? ">" : "");
    dump->depth++;
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        line (dump, "- %s%s%s%s%s", row->label != NULL ? row->label : "", row->label != NULL ? ": " : "",
              row->text != NULL ? row->text : "", row->aside != NULL ? " >> " : "", row->aside != NULL ? row->aside : "");
    }
    dump->depth--;
}

static void dump_section (Dump *dump, const BpSection *section)
{
    line (dump, "section %s%s%s: %s%s%s", section->number != NULL ? section->number : "", section->number != NULL ? " " : "", section->id,
          section->name, section->is_landscape ? " (landscape)" : "", section->starts_page ? "" : " (goes on)");
    dump->depth++;
    named (dump, "label", section->label);
    named (dump, "headline", section->headline);
    named (dump, "subtitle", section->subtitle);
    named (dump, "message", section->message);
    if (section->page_budget > 0)
        line (dump, "page budget: %d", section->page_budget);
    for (guint i = 0; i < section->children->len; i++)
        dump_node (dump, g_ptr_array_index (section->children, i));
    dump->depth--;
}

static void dump_paragraph (Dump *dump, const BpParagraph *paragraph)
{
    static const char *const roles[] = { [BP_PARAGRAPH_BODY] = "body",         [BP_PARAGRAPH_CAPTION] = "caption",
                                         [BP_PARAGRAPH_STANDING] = "standing", [BP_PARAGRAPH_ORGANISATION] = "organisation",
                                         [BP_PARAGRAPH_TITLE] = "title",       [BP_PARAGRAPH_SUBTITLE] = "subtitle" };

    line (dump, "paragraph (%s): %s%s%s", roles[paragraph->role], paragraph->lead_in != NULL ? paragraph->lead_in : "",
          paragraph->lead_in != NULL ? " " : "", paragraph->text != NULL ? paragraph->text : "");
}

static void dump_node (Dump *dump, const BpNode *node)
{
    switch (node->kind)
    {
    case BP_NODE_SECTION:
        dump_section (dump, &node->as.section);
        return;
    case BP_NODE_HEADING:
        line (dump, "heading %d: %s%s%s", node->as.heading.level, node->as.heading.text, node->as.heading.aside != NULL ? " >> " : "",
              node->as.heading.aside != NULL ? node->as.heading.aside : "");
        return;
    case BP_NODE_PARAGRAPH:
        dump_paragraph (dump, &node->as.paragraph);
        return;
    case BP_NODE_LIST:
        dump_list (dump, &node->as.list);
        return;
    case BP_NODE_TABLE:
        dump_table (dump, &node->as.table);
        return;
    case BP_NODE_TILES:
        dump_tiles (dump, &node->as.tiles);
        return;
    case BP_NODE_CHART:
        dump_chart (dump, &node->as.chart);
        return;
    case BP_NODE_NOTE:
        dump_note (dump, &node->as.note);
        return;
    case BP_NODE_PAGE_BREAK:
        line (dump, "page break");
        return;
    }
}

static void dump_front (Dump *dump, const BpPack *pack)
{
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *meeting = bp_date_dup_text (pack->meeting_date, BP_DATE_LONG);

    line (dump, "pack %s: %s", pack->forum_id, pack->title);
    dump->depth++;
    named (dump, "organisation", pack->organisation);
    named (dump, "marking", pack->marking);
    named (dump, "handling", pack->handling);
    named (dump, "notice", pack->notice);
    named (dump, "version", pack->version_text);
    named (dump, "changed", pack->change_note);
    named (dump, "period", pack->period_text);
    line (dump, "as at: %s", as_of);
    line (dump, "meeting: %s", *meeting != '\0' ? meeting : "to be confirmed");
    for (guint i = 0; i < pack->notes->len; i++)
        line (dump, "note %u: %s", i + 1, (const char *)g_ptr_array_index (pack->notes, i));
    dump->depth--;
}

static void dump_sheet (Dump *dump, const BpSheet *sheet)
{
    line (dump, "sheet %s: %s, %u rows", sheet->name, sheet->title, bp_sheet_row_count (sheet));
    dump->depth++;
    for (int c = 0; c < sheet->column_count; c++)
        line (dump, "column %d: %s", c + 1, sheet->columns[c].title);
    for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
    {
        g_autoptr (GString) text = g_string_new (NULL);
        for (int c = 0; c < sheet->column_count; c++)
        {
            const BpValue value = bp_sheet_cell (sheet, r, c);
            g_autofree char *cell = dup_value (&value);
            g_string_append_printf (text, "%s%s", c > 0 ? " | " : "", cell);
        }
        line (dump, "- %s", text->str);
    }
    dump->depth--;
}

char *bp_pack_dup_text (const BpPack *pack)
{
    Dump dump = { .out = g_string_sized_new (65536), .depth = 0 };

    dump_front (&dump, pack);
    for (guint i = 0; i < pack->sections->len; i++)
        dump_node (&dump, g_ptr_array_index (pack->sections, i));
    for (guint i = 0; i < pack->sheets->len; i++)
        dump_sheet (&dump, g_ptr_array_index (pack->sheets, i));
    if (pack->dashboard != NULL)
        bp_dashboard_append_text (pack->dashboard, dump.out);
    for (guint i = 0; i < pack->figures->len; i++)
    {
        const BpPackFigure *figure = &g_array_index (pack->figures, BpPackFigure, i);
        g_autofree char *text = bp_value_dup_text (&figure->value);
        line (&dump, "figure %s: %s", figure->key, text);
    }
    return g_string_free (dump.out, FALSE);
}
