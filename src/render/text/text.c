#include "base/atomic_file.h"
#include "pack/text_format.h"
#include "render/renderer.h"

#include <string.h>

static void log_table (const BpTableNode *table, BpFigureLog *figures, const char *place)
{
    for (guint i = 0; i < table->rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, i);
        int cell_count = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        for (int j = 0; j < cell_count; j++)
            for (guint k = 0; row->cells[j].lines != NULL && k < row->cells[j].lines->len; k++)
            {
                const BpCellLine *line = &g_array_index (row->cells[j].lines, BpCellLine, k);
                bp_figure_log_add (figures, &line->value, place);
                bp_figure_log_add (figures, &line->beside, place);
            }
    }
}

/* The dump has no pages: the place of a figure is its section. */
static void log_node (const BpNode *node, BpFigureLog *figures, const char *place)
{
    switch (node->kind)
    {
    case BP_NODE_SECTION:
        for (guint i = 0; i < node->as.section.children->len; i++)
            log_node (g_ptr_array_index (node->as.section.children, i), figures, node->as.section.id);
        return;
    case BP_NODE_LIST:
        for (guint i = 0; i < node->as.list.entries->len; i++)
            bp_figure_log_add (figures, &g_array_index (node->as.list.entries, BpListEntry, i).value, place);
        return;
    case BP_NODE_TABLE:
        log_table (&node->as.table, figures, place);
        return;
    case BP_NODE_TILES:
        for (guint i = 0; i < node->as.tiles.tiles->len; i++)
        {
            const BpTile *tile = &g_array_index (node->as.tiles.tiles, BpTile, i);
            bp_figure_log_add (figures, &tile->figure, place);
            bp_figure_log_add (figures, &tile->movement, place);
        }
        return;
    case BP_NODE_CHART:
        if (node->as.chart.table != NULL)
            log_node (node->as.chart.table, figures, place);
        return;
    case BP_NODE_HEADING:
    case BP_NODE_PARAGRAPH:
    case BP_NODE_NOTE:
    case BP_NODE_PAGE_BREAK:
        return;
    }
}

bool bp_text_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                     BpRenderReport *report, GError **error)
{
    g_autofree char *text = bp_pack_dup_text (pack);

    (void)theme, (void)options, (void)report;
    for (guint i = 0; i < pack->sections->len; i++)
        log_node (g_ptr_array_index (pack->sections, i), figures, pack->forum_id);
    return bp_atomic_file_write (path, text, strlen (text), error);
}
