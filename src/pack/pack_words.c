#include "pack/pack_words.h"

#include <string.h>

typedef struct
{
    BpTextVisitor visit;
    gpointer data;
} Walk;

static void visit_text (const Walk *walk, const char *text)
{
    if (text != NULL && *text != '\0')
        walk->visit (text, walk->data);
}

/* Figures and dates are no words. */
static void visit_value (const Walk *walk, const BpValue *value)
{
    if (value->kind == BP_VALUE_TEXT)
        visit_text (walk, value->text);
}

static void visit_table (const Walk *walk, const BpTableNode *table)
{
    for (int c = 0; c < table->column_count; c++)
        visit_text (walk, table->columns[c].title);
    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        int cell_count = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        for (int c = 0; c < cell_count; c++)
            for (guint l = 0; l < row->cells[c].lines->len; l++)
            {
                const BpCellLine *line = &g_array_index (row->cells[c].lines, BpCellLine, l);
                visit_text (walk, line->lead_in);
                visit_value (walk, &line->value);
                visit_value (walk, &line->beside);
            }
    }
    visit_text (walk, table->footnote);
}

static void visit_list (const Walk *walk, const BpList *list)
{
    for (guint i = 0; i < list->entries->len; i++)
    {
        const BpListEntry *entry = &g_array_index (list->entries, BpListEntry, i);
        visit_text (walk, entry->label);
        visit_text (walk, entry->text);
        visit_text (walk, entry->aside);
    }
}

static void visit_note (const Walk *walk, const BpNote *note)
{
    visit_text (walk, note->heading);
    for (guint i = 0; i < note->rows->len; i++)
    {
        const BpNoteRow *row = &g_array_index (note->rows, BpNoteRow, i);
        visit_text (walk, row->label);
        visit_text (walk, row->text);
        visit_text (walk, row->aside);
    }
}

static void visit_tiles (const Walk *walk, const BpTiles *tiles)
{
    for (guint i = 0; i < tiles->tiles->len; i++)
    {
        const BpTile *tile = &g_array_index (tiles->tiles, BpTile, i);
        visit_text (walk, tile->title);
        visit_text (walk, tile->movement_text);
        visit_text (walk, tile->lines[0]);
        visit_text (walk, tile->lines[1]);
    }
}

static void visit_chart_labels (const Walk *walk, const BpChart *chart)
{
    for (int i = 0; i < chart->series_count; i++)
        visit_text (walk, chart->series[i].name);
    for (int i = 0; i < chart->reference_count; i++)
        visit_text (walk, chart->references[i].label);
    for (int i = 0; i < chart->event_count; i++)
        visit_text (walk, chart->events[i].text);
    for (int i = 0; i < chart->remark_count; i++)
        visit_text (walk, chart->remarks[i].text);
    visit_text (walk, chart->variation_word);
    visit_text (walk, chart->assurance_word);
}

static void visit_drawings (const Walk *walk, const BpChart *chart)
{
    for (int g = 0; chart->timeline != NULL && g < chart->timeline->group_count; g++)
    {
        const BpTimelineGroup *group = &chart->timeline->groups[g];
        visit_text (walk, group->name);
        for (int l = 0; l < group->lane_count; l++)
            visit_text (walk, group->lanes[l].name);
    }
    for (int i = 0; chart->tree != NULL && i < chart->tree->node_count; i++)
    {
        visit_text (walk, chart->tree->nodes[i].name);
        visit_text (walk, chart->tree->nodes[i].role);
    }
}

static void visit_nodes (const Walk *walk, const GPtrArray *nodes);

static void visit_node (const Walk *walk, const BpNode *node)
{
    switch (node->kind)
    {
    case BP_NODE_SECTION:
        visit_text (walk, node->as.section.name);
        visit_text (walk, node->as.section.headline);
        visit_text (walk, node->as.section.subtitle);
        visit_nodes (walk, node->as.section.children);
        return;
    case BP_NODE_HEADING:
        visit_text (walk, node->as.heading.text);
        visit_text (walk, node->as.heading.aside);
        return;
    case BP_NODE_PARAGRAPH:
        visit_text (walk, node->as.paragraph.lead_in);
        visit_text (walk, node->as.paragraph.text);
        return;
    case BP_NODE_LIST:
        visit_list (walk, &node->as.list);
        return;
    case BP_NODE_TABLE:
        visit_table (walk, &node->as.table);
        return;
    case BP_NODE_TILES:
        visit_tiles (walk, &node->as.tiles);
        return;
    case BP_NODE_CHART:
        visit_text (walk, node->as.chart.title);
        visit_text (walk, node->as.chart.subtitle);
        visit_text (walk, node->as.chart.aside);
        visit_drawings (walk, &node->as.chart);
        if (node->as.chart.table != NULL)
            visit_node (walk, node->as.chart.table);
        visit_chart_labels (walk, &node->as.chart);
        visit_text (walk, node->as.chart.source);
        return;
    case BP_NODE_NOTE:
        visit_note (walk, &node->as.note);
        return;
    case BP_NODE_PAGE_BREAK:
        return;
    }
}

static void visit_nodes (const Walk *walk, const GPtrArray *nodes)
{
    for (guint i = 0; i < nodes->len; i++)
        visit_node (walk, g_ptr_array_index (nodes, i));
}

void bp_pack_visit_texts (const BpPack *pack, BpTextVisitor visit, gpointer data)
{
    Walk walk = { .visit = visit, .data = data };

    visit_nodes (&walk, pack->sections);
}

static bool is_word_byte (char byte)
{
    return g_ascii_isalnum (byte) || (guchar)byte >= 0x80;
}

/* A million words are looked at: most are put aside by their length and first letter. */
#define MOST_WORD_BYTES 64
typedef struct
{
    GHashTable *wanted, *found;
    bool starts[256];
    bool lengths[MOST_WORD_BYTES];
} WordSearch;

static void find_words (const char *text, gpointer data)
{
    WordSearch *search = data;
    char buffer[MOST_WORD_BYTES];

    for (const char *at = text; *at != '\0';)
    {
        if (!is_word_byte (*at))
        {
            at++;
            continue;
        }
        gsize length = 1;
        while (is_word_byte (at[length]))
            length++;
        if (search->starts[(guchar)*at] && length < MOST_WORD_BYTES && search->lengths[length])
        {
            gpointer word = NULL;
            memcpy (buffer, at, length);
            buffer[length] = '\0';
            if (g_hash_table_lookup_extended (search->wanted, buffer, &word, NULL))
                g_hash_table_add (search->found, word);
        }
        at += length;
    }
}

GHashTable *bp_pack_dup_words_of (const BpPack *pack, GHashTable *wanted)
{
    WordSearch search = { .wanted = wanted, .found = g_hash_table_new (g_str_hash, g_str_equal) };
    GHashTableIter iter;
    gpointer word;

    g_hash_table_iter_init (&iter, wanted);
    while (g_hash_table_iter_next (&iter, &word, NULL))
    {
        const char *spelling = word;
        search.starts[(guchar)*spelling] = true;
        search.lengths[MIN (strlen (spelling), MOST_WORD_BYTES - 1)] = true;
    }
    bp_pack_visit_texts (pack, find_words, &search);
    return search.found;
}
