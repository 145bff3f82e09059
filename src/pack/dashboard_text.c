#include "pack/dashboard.h"

static void append_tally (GString *out, const BpTally *tally)
{
    g_string_append_printf (out, "    tally of %s: %s\n", tally->table->name, tally->heading);
    g_string_append_printf (out, "      # %s", tally->label_title);
    for (int c = 0; c < tally->column_count; c++)
        g_string_append_printf (out, " | %s", tally->columns[c].title);
    g_string_append_c (out, '\n');
    for (guint i = 0; i < tally->rows->len; i++)
    {
        const BpTallyRow *row = g_ptr_array_index (tally->rows, i);
        g_string_append_printf (out, "      - %s", row->label);
        for (int c = 0; c < tally->column_count; c++)
        {
            g_autofree char *count = bp_value_dup_text (&row->counts[c]);
            g_string_append_printf (out, " | %s", count);
        }
        g_string_append_c (out, '\n');
    }
}

static void append_graph (GString *out, const BpGraph *graph)
{
    g_string_append_printf (out, "    graph (%s): %s\n", graph->kind == BP_GRAPH_BARS ? "bars" : "lines", graph->title);
    g_string_append_printf (out, "      alternative: %s\n      axes: %s, %s\n", graph->alternative, graph->category_title,
                            graph->value_title);
    for (int i = 0; i < graph->series_count; i++)
    {
        const BpGraphSeries *series = &graph->series[i];
        g_string_append_printf (out, "      series %s: %s!%s, %u rows from row %u\n", series->name, graph->table->name, series->column,
                                series->row_count, series->first_row + 1);
    }
}

void bp_dashboard_append_text (const BpDashboard *dashboard, GString *out)
{
    g_string_append_printf (out, "dashboard: %s\n", dashboard->title);
    for (guint i = 0; i < dashboard->notes->len; i++)
        g_string_append_printf (out, "    note: %s\n", (const char *)g_ptr_array_index (dashboard->notes, i));
    for (guint i = 0; i < dashboard->tallies->len; i++)
        append_tally (out, g_ptr_array_index (dashboard->tallies, i));
    for (guint i = 0; i < dashboard->graphs->len; i++)
        append_graph (out, g_ptr_array_index (dashboard->graphs, i));
    if (dashboard->graphs_note != NULL)
        g_string_append_printf (out, "    note: %s\n", dashboard->graphs_note);
}
