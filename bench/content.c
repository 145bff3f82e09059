#include "content.h"

#define LINE_BREAK "␤"

static void append_words (GString *out, const char *text)
{
    for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
        g_string_append_c (out, *at == '\t' || *at == '\n' || *at == '\r' ? ' ' : *at);
}

static void append_line (GString *out, const char *kind, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    g_string_append_printf (out, "%s\t", kind);
    append_words (out, text);
    g_string_append_c (out, '\n');
}

static void append_value (GString *out, const BpValue *value)
{
    g_autofree char *text = bp_value_dup_text (value);

    append_words (out, text);
}

static void append_cell (GString *out, const BpCell *cell)
{
    for (guint i = 0; cell->lines != NULL && i < cell->lines->len; i++)
    {
        const BpCellLine *line = &g_array_index (cell->lines, BpCellLine, i);
        g_string_append (out, i > 0 ? LINE_BREAK : "");
        if (line->lead_in != NULL)
        {
            append_words (out, line->lead_in);
            g_string_append_c (out, ' ');
        }
        append_value (out, &line->value);
        if (line->beside.kind == BP_VALUE_NONE)
            continue;
        g_string_append_c (out, ' ');
        append_value (out, &line->beside);
    }
}

static void append_table (GString *out, const BpTableNode *table)
{
    g_string_append_printf (out, "table\t%d\nth", table->column_count);
    for (int i = 0; i < table->column_count; i++)
    {
        g_string_append_c (out, '\t');
        append_words (out, table->columns[i].title);
    }
    g_string_append_c (out, '\n');
    for (guint i = 0; i < table->rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        const int cells = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        g_string_append (out, row->kind == BP_ROW_GROUP ? "tg" : "tr");
        for (int j = 0; j < cells; j++)
        {
            g_string_append_c (out, '\t');
            append_cell (out, &row->cells[j]);
        }
        g_string_append_c (out, '\n');
    }
    append_line (out, "p", table->footnote);
}

static void append_list (GString *out, const BpList *list)
{
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        g_autofree char *figure = bp_value_dup_text (&entry->value);
        g_autofree char *text = g_strjoin (" ", entry->label != NULL ? entry->label : "", figure, entry->text != NULL ? entry->text : "",
                                           entry->aside != NULL ? entry->aside : "", NULL);
        append_line (out, "li", text);
    }
}

static void append_tiles (GString *out, const BpTiles *tiles)
{
    for (guint i = 0; i < tiles->tiles->len; i++)
    {
        const BpTile *tile = &g_array_index (tiles->tiles, BpTile, i);
        g_autofree char *figure = bp_value_dup_text (&tile->figure);
        append_line (out, "p", tile->title);
        append_line (out, "p", figure);
        append_line (out, "p", tile->movement_text);
        append_line (out, "p", tile->lines[0]);
        append_line (out, "p", tile->lines[1]);
    }
}

static void append_note (GString *out, const BpNote *note)
{
    append_line (out, "h3", note->heading);
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        g_autofree char *text = g_strjoin (" ", row->label != NULL ? row->label : "", row->text != NULL ? row->text : "",
                                           row->aside != NULL ? row->aside : "", NULL);
        append_line (out, "p", text);
    }
}

static void append_nodes (GString *out, const GPtrArray *nodes, int depth);

static void append_section (GString *out, const BpSection *section, int depth)
{
    if (depth == 0 || section->starts_page)
        g_string_append_printf (out, "page\t%s\n", section->is_landscape ? "landscape" : "portrait");
    append_line (out, depth == 0 ? "h1" : "h2", section->name);
    append_line (out, "p", section->headline);
    append_line (out, "p", section->subtitle);
    append_nodes (out, section->children, depth + 1);
}

static void append_nodes (GString *out, const GPtrArray *nodes, int depth)
{
    for (guint i = 0; i < nodes->len; i++)
    {
        const BpNode *node = g_ptr_array_index (nodes, i);
        switch (node->kind)
        {
        case BP_NODE_SECTION:
            append_section (out, &node->as.section, depth);
            break;
        case BP_NODE_HEADING:
            append_line (out, node->as.heading.level == 2 ? "h2" : "h3", node->as.heading.text);
            break;
        case BP_NODE_PARAGRAPH:
            append_line (out, "p", node->as.paragraph.text);
            break;
        case BP_NODE_LIST:
            append_list (out, &node->as.list);
            break;
        case BP_NODE_TABLE:
            append_table (out, &node->as.table);
            break;
        case BP_NODE_TILES:
            append_tiles (out, &node->as.tiles);
            break;
        case BP_NODE_CHART: /* its words: the others draw no charts */
            append_line (out, "h3", node->as.chart.title);
            append_line (out, "p", node->as.chart.alternative);
            break;
        case BP_NODE_NOTE:
            append_note (out, &node->as.note);
            break;
        case BP_NODE_PAGE_BREAK:
            break;
        }
    }
}

char *bench_content_dup (const BpPack *pack)
{
    GString *out = g_string_new (NULL);

    append_nodes (out, pack->sections, 0);
    return g_string_free (out, FALSE);
}
