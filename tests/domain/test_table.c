#include "domain/table.h"

#include <string.h>

/* The tables of the data contract: * required, ! key and required, ? key that may be blank. */
static const struct
{
    BpTableId id;
    const char *columns;
} contract[] = {
    { BP_TABLE_PLANS, "plans: plan! title* approved closes note" },
    { BP_TABLE_AREAS, "areas: plan! ref! title* short parent lead position" },
    { BP_TABLE_PROJECTS, "projects: project! title* lead" },
    { BP_TABLE_ACTIONS, "actions: plan! ref! area* action* short lead timeframe project kpis milestone" },
    { BP_TABLE_ACTION_LINKS, "action_links: plan! ref! project kpis milestone" },
    { BP_TABLE_UPDATES, "updates: plan! ref! as_of! status completed_on progress public_progress next_step forecast reason path_to_green "
                        "ask evidence evidence_kpi "
                        "approved_by" },
    { BP_TABLE_KPIS, "kpis: kpi! valid_from? title* short area unit polarity period_kind baseline_period baseline target_period target "
                     "tolerance same_within headline owner "
                     "source definition stale_after_days people rebase" },
    { BP_TABLE_KPI_TARGETS, "kpi_targets: kpi! baseline_period baseline target_period target tolerance owner" },
    { BP_TABLE_KPI_VALUES,
      "kpi_values: kpi! period! geography? series? breakdown? category? value numerator denominator published flag note" },
    { BP_TABLE_NARRATIVE, "narrative: as_of* kind* text* plan area audience position" },
    { BP_TABLE_RECOMMENDATIONS, "recommendations: ref! text* short source areas actions kpis" },
    { BP_TABLE_CLAIMS, "claims: claim! text* stated* unit measure kpi geography from_period period numerator denominator source" },
    { BP_TABLE_MEETINGS, "meetings: forum! date! title updates_due papers_due issue_date" },
    { BP_TABLE_DECISIONS,
      "decisions: forum! ref! ask* kind raised_on meeting owner recommendation options implications needed_by outcome decided_on" },
    { BP_TABLE_RISKS, "risks: risk! as_of! title* area likelihood impact owner mitigation status" },
    { BP_TABLE_LEADS, "leads: lead! short organisation address" },
    { BP_TABLE_MEMBERS, "members: forum! member! organisation role from to" },
    { BP_TABLE_RECIPIENTS, "recipients: forum! address! name organisation from to xlsx exception_approved_by" },
};

static void tables_are_those_of_the_contract (void)
{
    g_assert_cmpint (G_N_ELEMENTS (contract), ==, BP_TABLE_COUNT);
    for (gsize i = 0; i < G_N_ELEMENTS (contract); i++)
    {
        const BpTableDef *table = bp_table_get (contract[i].id);
        g_autoptr (GString) line = g_string_new (table->name);
        g_string_append_c (line, ':');
        g_assert_cmpint (table->id, ==, contract[i].id);
        g_assert_cmpuint (strlen (table->title), >, 3);
        for (const BpColumnDef *column = table->columns; column->name != NULL; column++)
        {
            g_string_append_printf (line, " %s%s", column->name,
                                    column->is_key        ? (column->is_required ? "!" : "?")
                                    : column->is_required ? "*"
                                                          : "");
            g_assert_nonnull (column->title);
        }
        g_assert_cmpstr (line->str, ==, contract[i].columns);
        g_assert_true (bp_table_find (table->name) == table);
    }
}

static void finds_tables_and_columns_without_case (void)
{
    const BpTableDef *actions = bp_table_find ("ACTIONS");
    g_assert_true (actions == bp_table_get (BP_TABLE_ACTIONS));
    g_assert_null (bp_table_find ("action"));
    g_assert_null (bp_table_find (""));
    g_assert_null (bp_table_find (NULL));
    g_assert_cmpint (bp_table_column_count (actions), ==, 10);
    g_assert_cmpint (bp_table_find_column (actions, "Timeframe"), ==, 6);
    g_assert_cmpint (bp_table_find_column (actions, "time frame"), ==, -1);
    g_assert_cmpint (bp_table_find_column (actions, NULL), ==, -1);
}

static void records_hold_contract_and_local_cells (void)
{
    BpLocalField fields[] = { { BP_TABLE_ACTIONS, "priority", BP_FIELD_TEXT, "Priority" },
                              { BP_TABLE_KPIS, "code", BP_FIELD_TEXT, "Code" },
                              { BP_TABLE_ACTIONS, "cost", BP_FIELD_NUMBER, "Cost" } };
    const BpFieldSet field_set = { .fields = fields, .count = 3 };
    g_autoptr (BpTableSet) set = bp_table_set_new (&field_set);
    g_assert_cmpint (bp_field_set_count (&field_set, BP_TABLE_ACTIONS), ==, 2);
    g_assert_cmpint (bp_field_set_count (&field_set, BP_TABLE_PLANS), ==, 0);
    g_assert_cmpint (bp_field_set_count (NULL, BP_TABLE_PLANS), ==, 0);
    g_assert_cmpstr (bp_field_set_get (&field_set, BP_TABLE_ACTIONS, 1)->column, ==, "cost");
    g_assert_cmpint (bp_table_set_width (set, BP_TABLE_ACTIONS), ==, 12);
    g_assert_cmpint (bp_table_set_width (set, BP_TABLE_PLANS), ==, 5);
    for (int i = 0; i < 1000; i++)
    {
        BpRecord *record = bp_table_set_add (set, BP_TABLE_ACTIONS);
        for (int column = 0; column < 12; column++)
            g_assert_cmpstr (record->cells[column], ==, "");
        record->cells[11] = bp_table_set_take_text (set, "1,234 and more", 5);
        record->row = i;
    }
    GArray *records = set->tables[BP_TABLE_ACTIONS].records;
    g_assert_cmpint (records->len, ==, 1000);
    g_assert_cmpstr (g_array_index (records, BpRecord, 0).cells[11], ==, "1,234");
    g_assert_cmpint (g_array_index (records, BpRecord, 999).row, ==, 999);
    g_assert_cmpstr (bp_table_set_take_text (set, NULL, -1), ==, "");
    g_assert_cmpstr (bp_table_set_take_text (set, "kept", -1), ==, "kept");
    bp_table_set_free (NULL);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/table/tables_are_those_of_the_contract", tables_are_those_of_the_contract);
    g_test_add_func ("/domain/table/finds_tables_and_columns_without_case", finds_tables_and_columns_without_case);
    g_test_add_func ("/domain/table/records_hold_contract_and_local_cells", records_hold_contract_and_local_cells);
    return g_test_run ();
}
