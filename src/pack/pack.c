#include "pack/pack.h"

#include "base/text.h"
#include "pack/dashboard.h"
#include "pack/sheet_rows.h"

#include <math.h>
#include <string.h>

/* Blocks of the arena grow with the pack: small ones cost little, a million cells need few. */
#define FIRST_BLOCK_BYTES ((gsize)64 * 1024)
#define LARGEST_BLOCK_BYTES ((gsize)4 * 1024 * 1024)

/* What the public struct does not show: nodes to clear (in the order of making) and the arena's free space. */
typedef struct
{
    BpPack pack;
    GPtrArray *nodes;
    char *block;
    gsize block_used, block_size;
    GPtrArray *cell_arrays; /* of GArray: lines of cells */
} Store;

static Store *store_of (BpPack *pack)
{
    return (Store *)pack;
}

static void unref_array (gpointer data)
{
    g_array_unref (data);
}

static void clear_node (gpointer data)
{
    BpNode *node = data;

    switch (node->kind)
    {
    case BP_NODE_SECTION:
        g_ptr_array_unref (node->as.section.children);
        return;
    case BP_NODE_LIST:
        g_array_unref (node->as.list.entries);
        return;
    case BP_NODE_TABLE:
        g_array_unref (node->as.table.rows);
        return;
    case BP_NODE_TILES:
        g_array_unref (node->as.tiles.tiles);
        return;
    case BP_NODE_NOTE:
        g_array_unref (node->as.note.rows);
        return;
    case BP_NODE_HEADING:
    case BP_NODE_PARAGRAPH:
    case BP_NODE_CHART:
    case BP_NODE_PAGE_BREAK:
        return;
    }
}

static void clear_sheet (gpointer data)
{
    BpSheet *sheet = data;

    g_ptr_array_unref (sheet->notes);
    bp_sheet_rows_free (sheet->rows);
}

BpPack *bp_pack_new (void)
{
    Store *store = g_new0 (Store, 1);
    BpPack *pack = &store->pack;

    store->nodes = g_ptr_array_new_with_free_func (clear_node);
    store->cell_arrays = g_ptr_array_new_with_free_func (unref_array);
    pack->strings = g_string_chunk_new (FIRST_BLOCK_BYTES);
    pack->owned = g_ptr_array_new_with_free_func (g_free);
    pack->sections = g_ptr_array_new ();
    pack->sheets = g_ptr_array_new_with_free_func (clear_sheet);
    pack->marks = g_array_new (FALSE, TRUE, sizeof (BpMark));
    pack->figures = g_array_new (FALSE, TRUE, sizeof (BpPackFigure));
    pack->notes = g_ptr_array_new ();
    pack->as_of = BP_DATE_NONE;
    pack->meeting_date = BP_DATE_NONE;
    return pack;
}

void bp_pack_free (BpPack *pack)
{
    if (pack == NULL)
        return;
    Store *store = store_of (pack);
    g_ptr_array_unref (pack->sections);
    g_ptr_array_unref (pack->sheets);
    bp_dashboard_free (pack->dashboard);
    g_array_unref (pack->marks);
    g_array_unref (pack->figures);
    g_ptr_array_unref (pack->notes);
    g_clear_pointer (&pack->cover_lines, g_ptr_array_unref);
    g_ptr_array_unref (store->nodes);
    g_ptr_array_unref (store->cell_arrays);
    g_ptr_array_unref (pack->owned);
    g_string_chunk_free (pack->strings);
    g_free (store);
}

const char *bp_pack_text (BpPack *pack, const char *text)
{
    if (text == NULL)
        return NULL;
    if (strpbrk (text, "'\"") == NULL)
        return g_string_chunk_insert (pack->strings, text);
    g_autofree char *printed = bp_text_dup_with_curly_quotes (text);
    return g_string_chunk_insert (pack->strings, printed);
}

const char *bp_pack_raw_text (BpPack *pack, const char *text)
{
    return text != NULL ? g_string_chunk_insert (pack->strings, text) : NULL;
}

/* Words that come again and again (statuses, units, figure keys) are kept once. */
static const char *intern (BpPack *pack, const char *text)
{
    return text != NULL ? g_string_chunk_insert_const (pack->strings, text) : NULL;
}

const char *bp_pack_format (BpPack *pack, const char *format, ...)
{
    char buffer[512];
    va_list arguments, again;

    va_start (arguments, format);
    va_copy (again, arguments);
    int length = g_vsnprintf (buffer, sizeof buffer, format, arguments);
    va_end (arguments);
    const char *text = NULL;
    if (length >= 0 && length < (int)sizeof buffer)
        text = bp_pack_text (pack, buffer);
    else
        text = bp_pack_take (pack, g_strdup_vprintf (format, again));
    va_end (again);
    return text;
}

const char *bp_pack_take (BpPack *pack, char *text)
{
    const char *copy = bp_pack_text (pack, text);

    g_free (text);
    return copy;
}

void *bp_pack_alloc (BpPack *pack, gsize size)
{
    Store *store = store_of (pack);
    gsize rounded = (size + 15) & ~(gsize)15;

    if (rounded > FIRST_BLOCK_BYTES / 4)
    {
        void *own = g_malloc0 (rounded);
        g_ptr_array_add (pack->owned, own);
        return own;
    }
    if (store->block == NULL || store->block_used + rounded > store->block_size)
    {
        store->block_size = store->block == NULL ? FIRST_BLOCK_BYTES : MIN (store->block_size * 2, LARGEST_BLOCK_BYTES);
        store->block = g_malloc0 (store->block_size);
        store->block_used = 0;
        g_ptr_array_add (pack->owned, store->block);
    }
    void *result = store->block + store->block_used;
    store->block_used += rounded;
    return result;
}

static BpMark own_mark (BpPack *pack, BpMark mark)
{
    mark.word = intern (pack, mark.word);
    mark.letter = intern (pack, mark.letter);
    return mark;
}

BpValue bp_pack_value (BpPack *pack, BpValue value)
{
    if (value.kind == BP_VALUE_NONE)
        return value;
    value.text = bp_pack_text (pack, value.text);
    value.unit = intern (pack, value.unit);
    value.figure = intern (pack, value.figure);
    if (value.kind == BP_VALUE_STATUS || value.kind == BP_VALUE_STATUS_CHANGE)
    {
        value.mark = own_mark (pack, value.mark);
        value.from = own_mark (pack, value.from);
    }
    if (value.kind == BP_VALUE_SPARK && value.points != NULL && value.point_count > 0)
    {
        gsize size = (gsize)value.point_count * sizeof (double);
        double *points = bp_pack_alloc (pack, size);
        memcpy (points, value.points, size);
        value.points = points;
    }
    return value;
}

static BpNode *new_node (BpPack *pack, BpNodeKind kind)
{
    BpNode *node = bp_pack_alloc (pack, sizeof (BpNode));

    node->kind = kind;
    g_ptr_array_add (store_of (pack)->nodes, node);
    return node;
}

static BpNode *add_node (BpPack *pack, BpNode *section, BpNodeKind kind)
{
    BpNode *node = new_node (pack, kind);

    g_assert (section->kind == BP_NODE_SECTION);
    g_ptr_array_add (section->as.section.children, node);
    return node;
}

BpNode *bp_pack_add_section (BpPack *pack, GPtrArray *to, const char *id, const char *name)
{
    BpNode *node = new_node (pack, BP_NODE_SECTION);
    BpSection *section = &node->as.section;

    section->id = bp_pack_text (pack, id);
    section->name = bp_pack_text (pack, name);
    section->children = g_ptr_array_new ();
    section->in_contents = true;
    section->starts_page = true;
    g_ptr_array_add (to, node);
    return node;
}

BpNode *bp_pack_add_heading (BpPack *pack, BpNode *section, int level, const char *text, const char *aside)
{
    BpNode *node = add_node (pack, section, BP_NODE_HEADING);

    node->as.heading.level = level;
    node->as.heading.text = bp_pack_text (pack, text);
    node->as.heading.aside = bp_pack_text (pack, aside);
    return node;
}

BpNode *bp_pack_add_paragraph (BpPack *pack, BpNode *section, BpParagraphRole role, const char *text)
{
    BpNode *node = add_node (pack, section, BP_NODE_PARAGRAPH);

    node->as.paragraph.role = role;
    node->as.paragraph.text = bp_pack_text (pack, text);
    return node;
}

BpNode *bp_pack_add_list (BpPack *pack, BpNode *section, BpListStyle style)
{
    BpNode *node = add_node (pack, section, BP_NODE_LIST);

    node->as.list.style = style;
    node->as.list.entries = g_array_new (FALSE, TRUE, sizeof (BpListEntry));
    return node;
}

BpListEntry *bp_pack_add_entry (BpPack *pack, BpNode *list, const char *label, const char *text)
{
    g_assert (list->kind == BP_NODE_LIST);
    GArray *entries = list->as.list.entries;
    g_array_set_size (entries, entries->len + 1);
    BpListEntry *entry = &g_array_index (entries, BpListEntry, entries->len - 1);
    entry->label = bp_pack_text (pack, label);
    entry->text = bp_pack_text (pack, text);
    entry->value = bp_value_none ();
    return entry;
}

static void fill_table (BpPack *pack, BpTableNode *table, BpTableStyle style, const char *caption, const BpTableColumn *columns,
                        int column_count)
{
    g_assert (column_count > 0);
    table->style = style;
    table->caption = bp_pack_text (pack, caption);
    table->column_count = column_count;
    table->columns = bp_pack_alloc (pack, sizeof (BpTableColumn) * (gsize)column_count);
    for (int i = 0; i < column_count; i++)
    {
        table->columns[i] = columns[i];
        table->columns[i].title = bp_pack_text (pack, columns[i].title);
    }
    table->rows = g_array_new (FALSE, TRUE, sizeof (BpTableRow));
}

BpNode *bp_pack_new_table (BpPack *pack, BpTableStyle style, const char *caption, const BpTableColumn *columns, int column_count)
{
    BpNode *node = new_node (pack, BP_NODE_TABLE);

    fill_table (pack, &node->as.table, style, caption, columns, column_count);
    return node;
}

BpNode *bp_pack_add_table (BpPack *pack, BpNode *section, BpTableStyle style, const char *caption, const BpTableColumn *columns,
                           int column_count)
{
    BpNode *node = add_node (pack, section, BP_NODE_TABLE);

    fill_table (pack, &node->as.table, style, caption, columns, column_count);
    return node;
}

BpTableRow *bp_pack_add_row (BpPack *pack, BpNode *table, BpRowKind kind, const char *key)
{
    g_assert (table->kind == BP_NODE_TABLE);
    GArray *rows = table->as.table.rows;
    g_array_set_size (rows, rows->len + 1);
    BpTableRow *row = &g_array_index (rows, BpTableRow, rows->len - 1);
    gsize cell_count = kind == BP_ROW_GROUP ? 1 : (gsize)table->as.table.column_count;
    row->kind = kind;
    row->key = bp_pack_text (pack, key);
    row->cells = bp_pack_alloc (pack, sizeof (BpCell) * cell_count);
    for (gsize i = 0; i < cell_count; i++)
    {
        row->cells[i].lines = g_array_new (FALSE, TRUE, sizeof (BpCellLine));
        g_ptr_array_add (store_of (pack)->cell_arrays, row->cells[i].lines);
    }
    return row;
}

void bp_pack_add_group_row (BpPack *pack, BpNode *table, const char *text, const char *aside)
{
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_GROUP, NULL);

    row->aside = bp_pack_text (pack, aside);
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, text);
}

static BpCellLine *add_line (BpCell *cell, BpLineRole role)
{
    g_array_set_size (cell->lines, cell->lines->len + 1);
    BpCellLine *line = &g_array_index (cell->lines, BpCellLine, cell->lines->len - 1);
    line->role = role;
    line->beside = bp_value_none ();
    return line;
}

void bp_cell_add (BpPack *pack, BpCell *cell, BpLineRole role, BpValue value)
{
    BpCellLine *line = add_line (cell, role);

    line->value = bp_pack_value (pack, value);
}

void bp_cell_add_text (BpPack *pack, BpCell *cell, BpLineRole role, const char *text)
{
    bp_cell_add (pack, cell, role, bp_value_text (text));
}

void bp_cell_set_beside (BpPack *pack, BpCell *cell, BpValue value)
{
    g_assert (cell->lines->len > 0);
    g_array_index (cell->lines, BpCellLine, cell->lines->len - 1).beside = bp_pack_value (pack, value);
}

void bp_cell_add_led (BpPack *pack, BpCell *cell, BpLineRole role, const char *lead_in, const char *text)
{
    BpCellLine *line = add_line (cell, role);

    line->lead_in = intern (pack, lead_in);
    line->value = bp_pack_value (pack, bp_value_text (text));
}

BpNode *bp_pack_add_tiles (BpPack *pack, BpNode *section, BpTilesStyle style)
{
    BpNode *node = add_node (pack, section, BP_NODE_TILES);

    node->as.tiles.style = style;
    node->as.tiles.tiles = g_array_new (FALSE, TRUE, sizeof (BpTile));
    return node;
}

BpTile *bp_pack_add_tile (BpPack *pack, BpNode *tiles, const char *title)
{
    g_assert (tiles->kind == BP_NODE_TILES);
    GArray *array = tiles->as.tiles.tiles;
    g_array_set_size (array, array->len + 1);
    BpTile *tile = &g_array_index (array, BpTile, array->len - 1);
    tile->title = bp_pack_text (pack, title);
    tile->figure = bp_value_none ();
    tile->spark = bp_value_none ();
    tile->movement = bp_value_none ();
    return tile;
}

BpNode *bp_pack_add_chart (BpPack *pack, BpNode *section, BpChartType type, const char *title, const char *subtitle,
                           const char *alternative)
{
    BpNode *node = add_node (pack, section, BP_NODE_CHART);
    BpChart *chart = &node->as.chart;

    chart->type = type;
    chart->title = bp_pack_text (pack, title);
    chart->subtitle = bp_pack_text (pack, subtitle);
    chart->alternative = bp_pack_text (pack, alternative);
    return node;
}

BpNode *bp_pack_add_note (BpPack *pack, BpNode *section, BpNoteStyle style, const char *heading)
{
    BpNode *node = add_node (pack, section, BP_NODE_NOTE);

    node->as.note.style = style;
    node->as.note.heading = bp_pack_text (pack, heading);
    node->as.note.rows = g_array_new (FALSE, TRUE, sizeof (BpNoteRow));
    return node;
}

void bp_pack_add_note_row (BpPack *pack, BpNode *note, const char *label, const char *text, const char *aside)
{
    g_assert (note->kind == BP_NODE_NOTE);
    BpNoteRow row = { .label = intern (pack, label), .text = bp_pack_text (pack, text), .aside = bp_pack_text (pack, aside) };
    g_array_append_val (note->as.note.rows, row);
}

void bp_pack_add_page_break (BpPack *pack, BpNode *section)
{
    add_node (pack, section, BP_NODE_PAGE_BREAK);
}

BpSheet *bp_pack_add_sheet (BpPack *pack, const char *name, const char *title, const char *description, const BpSheetColumn *columns,
                            int column_count)
{
    BpSheet *sheet = bp_pack_alloc (pack, sizeof (BpSheet));
    gsize size = sizeof (BpSheetColumn) * (gsize)column_count;

    g_assert (column_count > 0);
    sheet->name = bp_pack_text (pack, name);
    sheet->title = bp_pack_text (pack, title);
    sheet->description = bp_pack_text (pack, description);
    sheet->notes = g_ptr_array_new ();
    sheet->column_count = column_count;
    sheet->columns = bp_pack_alloc (pack, size);
    for (int i = 0; i < column_count; i++)
    {
        sheet->columns[i] = columns[i];
        sheet->columns[i].title = bp_pack_text (pack, columns[i].title);
    }
    sheet->rows = bp_sheet_rows_new ();
    g_ptr_array_add (pack->sheets, sheet);
    return sheet;
}

void bp_pack_add_figure (BpPack *pack, const char *key, BpValue value)
{
    BpPackFigure figure = { .key = intern (pack, key), .value = bp_pack_value (pack, value) };

    figure.value.figure = figure.key;
    g_array_append_val (pack->figures, figure);
}
