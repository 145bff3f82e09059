#include "pack/dashboard.h"

#include <string.h>

static void free_tally (gpointer data)
{
    BpTally *tally = data;

    g_ptr_array_unref (tally->rows);
}

BpDashboard *bp_pack_add_dashboard (BpPack *pack, const char *title, const char *description)
{
    BpDashboard *dashboard = bp_pack_alloc (pack, sizeof (BpDashboard));

    g_assert (pack->dashboard == NULL);
    dashboard->title = bp_pack_text (pack, title);
    dashboard->description = bp_pack_text (pack, description);
    dashboard->notes = g_ptr_array_new ();
    dashboard->tallies = g_ptr_array_new_with_free_func (free_tally);
    dashboard->graphs = g_ptr_array_new ();
    pack->dashboard = dashboard;
    return dashboard;
}

void bp_dashboard_free (BpDashboard *dashboard)
{
    if (dashboard == NULL)
        return;
    g_ptr_array_unref (dashboard->notes);
    g_ptr_array_unref (dashboard->tallies);
    g_ptr_array_unref (dashboard->graphs);
}

BpTally *bp_dashboard_add_tally (BpPack *pack, const char *name, const char *heading, const char *label_title, const BpSheet *table,
                                 const BpTallyColumn *columns, int column_count)
{
    BpTally *tally = bp_pack_alloc (pack, sizeof (BpTally));

    tally->name = bp_pack_text (pack, name);
    tally->heading = bp_pack_text (pack, heading);
    tally->label_title = bp_pack_text (pack, label_title);
    tally->table = table;
    tally->columns = columns;
    tally->column_count = column_count;
    tally->rows = g_ptr_array_new ();
    g_ptr_array_add (pack->dashboard->tallies, tally);
    return tally;
}

BpTallyRow *bp_tally_add_row (BpPack *pack, BpTally *tally, const char *label)
{
    BpTallyRow *row = bp_pack_alloc (pack, sizeof (BpTallyRow));

    row->label = bp_pack_raw_text (pack, label);
    row->counts = bp_pack_alloc (pack, sizeof (BpValue) * (gsize)tally->column_count);
    g_ptr_array_add (tally->rows, row);
    return row;
}

BpGraph *bp_dashboard_add_graph (BpPack *pack, BpGraphKind kind, const char *title, const char *alternative)
{
    BpGraph *graph = bp_pack_alloc (pack, sizeof (BpGraph));

    graph->kind = kind;
    graph->title = bp_pack_text (pack, title);
    graph->alternative = bp_pack_text (pack, alternative);
    g_ptr_array_add (pack->dashboard->graphs, graph);
    return graph;
}

void bp_row_tests_add (BpRowTests *tests, BpRowTest test)
{
    g_assert (tests->count < BP_ROW_TESTS_MAX);
    tests->tests[tests->count++] = test;
}

int bp_sheet_column_index (const BpSheet *sheet, const char *title)
{
    for (int i = 0; i < sheet->column_count; i++)
        if (strcmp (sheet->columns[i].title, title) == 0)
            return i;
    g_assert_not_reached (); /* a column that the sheet has not */
}
