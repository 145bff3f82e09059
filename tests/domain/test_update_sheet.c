#include "domain/update_sheet.h"

#include <string.h>

static void columns_are_found_by_title_or_by_the_tables_name (void)
{
    const BpUpdateSheetDef *actions = bp_update_sheet_get (BP_UPDATE_SHEET_ACTIONS);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "New status" BP_UPDATE_FILL_IN), ==, BP_ACTIONS_STATUS);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "  NEW\u00a0 STATUS "), ==, BP_ACTIONS_STATUS);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "completed_on"), ==, BP_ACTIONS_COMPLETED_ON);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "Completed-on (dd/mm/yyyy)"), ==, BP_ACTIONS_COMPLETED_ON);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "Status of the weather"), ==, -1);
    g_assert_cmpint (bp_update_sheet_find_column (actions, "(fill in)"), ==, -1);
    g_assert_cmpint (bp_update_sheet_find_column (bp_update_sheet_get (BP_UPDATE_SHEET_MEASURES), "period"), ==, BP_MEASURES_PERIOD);
}

/* The numbers by which rows are judged, and the columns of the tables that cells go to. */
static void numbers_of_columns_and_names_agree (void)
{
    const BpUpdateSheetColumn *actions = bp_update_sheet_get (BP_UPDATE_SHEET_ACTIONS)->columns;
    const BpUpdateSheetColumn *measures = bp_update_sheet_get (BP_UPDATE_SHEET_MEASURES)->columns;
    const BpUpdateSheetColumn *narrative = bp_update_sheet_get (BP_UPDATE_SHEET_NARRATIVE)->columns;
    g_assert_cmpstr (actions[BP_ACTIONS_PLAN].column, ==, "plan");
    g_assert_cmpstr (actions[BP_ACTIONS_REF].column, ==, "ref");
    g_assert_cmpstr (actions[BP_ACTIONS_STATUS].column, ==, "status");
    g_assert_cmpstr (actions[BP_ACTIONS_COMPLETED_ON].column, ==, "completed_on");
    g_assert_cmpstr (measures[BP_MEASURES_KPI].column, ==, "kpi");
    g_assert_cmpstr (measures[BP_MEASURES_PERIOD].column, ==, "period");
    g_assert_cmpstr (measures[BP_MEASURES_NUMERATOR].column, ==, "numerator");
    g_assert_cmpstr (measures[BP_MEASURES_NOTE].column, ==, "note");
    g_assert_cmpstr (narrative[BP_NARRATIVE_COLUMN_AREA].column, ==, "area");
    g_assert_cmpstr (narrative[BP_NARRATIVE_COLUMN_AUDIENCE].column, ==, "audience");
    for (int id = 0; id < BP_UPDATE_SHEET_COUNT; id++)
    {
        const BpUpdateSheetDef *def = bp_update_sheet_get ((BpUpdateSheetId)id);
        for (int i = 0; i < def->column_count; i++)
        {
            g_assert_cmpint (bp_update_sheet_find_column (def, def->columns[i].title), ==, i);
            if (def->columns[i].column != NULL)
                g_assert_cmpint (bp_table_find_column (bp_table_get (def->table), def->columns[i].column), >=, 0);
            else
                g_assert_cmpint (def->columns[i].kind, ==, BP_ENTRY_SHOWN);
        }
    }
}

static void words_become_codes (void)
{
    g_autofree char *step = bp_update_sheet_dup_code (bp_update_sheet_kinds, " next STEP ");
    g_autofree char *code = bp_update_sheet_dup_code (bp_update_sheet_kinds, "you_said");
    g_autofree char *audience = bp_update_sheet_dup_code (bp_update_sheet_audiences, "Public");
    g_assert_cmpstr (step, ==, "next_step");
    g_assert_cmpstr (code, ==, "you_said");
    g_assert_cmpstr (audience, ==, "public");
    g_assert_null (bp_update_sheet_dup_code (bp_update_sheet_kinds, "next"));
    g_assert_null (bp_update_sheet_dup_code (bp_update_sheet_kinds, ""));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/update_sheet/columns_are_found_by_title_or_by_the_tables_name",
                     columns_are_found_by_title_or_by_the_tables_name);
    g_test_add_func ("/domain/update_sheet/numbers_of_columns_and_names_agree", numbers_of_columns_and_names_agree);
    g_test_add_func ("/domain/update_sheet/words_become_codes", words_become_codes);
    return g_test_run ();
}
