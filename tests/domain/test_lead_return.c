#include "support/table_builder.c"

#include "domain/lead_duties.h"
#include "domain/lead_return.h"

/* A programme, a returned sheet, and what becomes of it. */
typedef struct
{
    BpProgramme programme;
    BpTableSet *set, *base, *out;
    BpSnapshot *snapshot;
    BpLeadReturn *back;
    BpFindingList *findings;
} Fixture;

static const char UPDATES[] = "plan|ref|as_of|status|progress|reason";

static void add_programme (BpTableSet *set)
{
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe", /* */
                       "SIP|1.1.1|1.1|One|Ann Other|May 2025", "SIP|1.1.2|1.1|Two|Ann Other|May 2025", "SIP|2.1|2|Three|Ben Other|May 2025",
                       "SIP|2.2|2|Four|Ann Other|Complete", NULL);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|unit|polarity|period_kind|owner|valid_from", /* */
                       "K1|First|percent|higher|quarter|ann other|2020-01-01", "K2|Second|count|higher|month|Ben Other|2020-01-01",
                       "K3|Third|count|higher|census|Ann Other|2020-01-01", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K1|Q2 2024/25|40%", "K2|2025-07|5", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|2025-07-31|at-risk|Half|Staff", "SIP|1.1.2|2025-06-30|on-track|Well|",
                       NULL);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->programme = table_builder_programme ();
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    fixture->base = bp_table_set_new (&fixture->programme.fields);
    fixture->out = bp_table_set_new (&fixture->programme.fields);
    add_programme (fixture->set);
    add_programme (fixture->base);
    fixture->findings = bp_finding_list_new ();
    fixture->back = bp_lead_return_new ("back.xlsx");
    fixture->back->lead = "Ann Other";
    fixture->back->id = "ann-other-2025-07-31-1";
    fixture->back->as_of = table_builder_date ("2025-07-31");
    fixture->back->base = 1;
    for (int i = 0; i < BP_UPDATE_SHEET_COUNT; i++)
    {
        static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O" };
        fixture->back->sheets[i].name = bp_update_sheet_get ((BpUpdateSheetId)i)->name;
        memcpy (fixture->back->sheets[i].letters, letters, sizeof letters);
    }
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_lead_return_free (fixture->back);
    bp_finding_list_free (fixture->findings);
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->out);
    bp_table_set_free (fixture->base);
    bp_table_set_free (fixture->set);
    table_builder_clear_programme (&fixture->programme);
}

/* A row: cells by their columns, ended by -1. */
static void type (Fixture *fixture, BpUpdateSheetId sheet, int row, ...)
{
    BpReturnRow *typed = bp_lead_return_add_row (fixture->back, sheet, row);
    va_list cells;
    va_start (cells, row);
    for (int column = va_arg (cells, int); column >= 0; column = va_arg (cells, int))
        typed->cells[column] = va_arg (cells, const char *);
    va_end (cells);
}

static void judge (Fixture *fixture)
{
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-07-31");
    BpReturnContext context = { fixture->snapshot, fixture->set, fixture->base, table_builder_date ("2025-08-20") };
    bp_lead_return_judge (fixture->back, &context, fixture->out, fixture->findings);
}

static const char *out_cell (const Fixture *fixture, BpTableId table, guint row, const char *column)
{
    const GArray *records = fixture->out->tables[table].records;
    g_assert_cmpuint (row, <, records->len);
    return g_array_index (records, BpRecord, row).cells[bp_table_find_column (bp_table_get (table), column)];
}

static const BpFinding *finding_at (const Fixture *fixture, guint index, BpFindingCode code)
{
    g_assert_cmpuint (index, <, bp_finding_list_length (fixture->findings));
    const BpFinding *finding = bp_finding_list_get (fixture->findings, index);
    g_assert_cmpint (finding->code, ==, code);
    return finding;
}

#define PROGRESS (BP_ACTIONS_COMPLETED_ON + 1)

static void an_update_takes_the_first_day_without_one (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|1 August 2025|||Cover", NULL);
    table_builder_add (fixture->base, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|1 August 2025|||Cover", NULL);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_PLAN, "SIP", BP_ACTIONS_REF, "1.1.1", PROGRESS, "More", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2*", BP_ACTIONS_STATUS, "Complete", BP_ACTIONS_COMPLETED_ON, "8/8/25",
          -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-08-02");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "");
    /* done after the sheet's day: nothing was complete before */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "as_of"), ==, "2025-08-08");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "completed_on"), ==, "2025-08-08");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "status"), ==, "complete");
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 2);
}

static void shown_columns_say_nothing (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_PLAN, "SIP", BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_ACTION, "Another text",
          BP_ACTIONS_PRESENT_STATUS, "Complete", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_PLAN, "None", BP_ACTIONS_REF, "[z]", PROGRESS, "[z]", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 0);
}

static void what_was_reported_since_is_a_conflict_unless_it_is_the_same (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|2025-08-04|off-track|Less|", "SIP|1.1.2|2025-07-31|at-risk||",
                       "SIP|1.1.2|2024-01-31||Long ago|", NULL);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "Complete", PROGRESS, " Less ", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_STATUS, "AT RISK", PROGRESS, "Better", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 1);
    const BpFinding *finding = finding_at (fixture, 0, BP_FINDING_RETURN_CONFLICT);
    g_assert_true (finding->quarantined);
    g_assert_true (g_str_has_prefix (finding->text, "F8 says “Complete”."));
    g_assert_nonnull (strstr (finding->text, "the data said “at-risk”; now data/updates.csv, row 4, says “off-track”."));
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, " Less ");
    /* an older report that came late changes nothing that the sheet showed */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "progress"), ==, "Better");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "status"), ==, "at-risk");
}

static void rows_of_other_leads_count_and_are_named (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", PROGRESS, "Told me", -1);
    type (fixture, BP_UPDATE_SHEET_MEASURES, 9, BP_MEASURES_KPI, "K2", BP_MEASURES_PERIOD, "2025-06", BP_MEASURES_VALUE, "1,204", -1);
    judge (fixture);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_OTHER_LEAD)->text, "Ben Other"));
    finding_at (fixture, 1, BP_FINDING_RETURN_OTHER_LEAD);
    g_assert_cmpuint (bp_finding_list_count_quarantined (fixture->findings), ==, 0);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Told me");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_KPI_VALUES, 0, "value"), ==, "1,204");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_KPI_VALUES, 0, "published"), ==, "2025-07-31");
}

static void a_period_that_is_not_over_is_published_by_its_end (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_MEASURES, 9, BP_MEASURES_KPI, "K1", BP_MEASURES_PERIOD, "Q2 2025/26", BP_MEASURES_VALUE, "[x]", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_KPI_VALUES, 0, "value"), ==, "[x]");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_KPI_VALUES, 0, "published"), ==, "");
}

static void a_value_that_stands_already_is_left_alone (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_MEASURES, 9, BP_MEASURES_KPI, "K1", BP_MEASURES_PERIOD, "Q2 of 2024/25", BP_MEASURES_VALUE, "40.0%", -1);
    type (fixture, BP_UPDATE_SHEET_MEASURES, 10, BP_MEASURES_KPI, "K2", BP_MEASURES_PERIOD, "July 2025", BP_MEASURES_VALUE, "6", -1);
    judge (fixture);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_KPI_VALUES].records->len, ==, 0);
    g_assert_nonnull (strstr (finding_at (fixture, 1, BP_FINDING_RETURN_CONFLICT)->text, "row 3, says “5”"));
    finding_at (fixture, 0, BP_FINDING_RETURN_OTHER_LEAD);
}

static void what_an_earlier_return_said_stays_where_its_row_is_gone (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|2025-08-01|complete|A|", "SIP|1.1.2|2025-07-31||B|", NULL);
    GArray *records = fixture->set->tables[BP_TABLE_UPDATES].records;
    for (guint i = records->len - 2; i < records->len; i++)
        g_array_index (records, BpRecord, i).file = "data/updates-return-ann-other-2025-07-31-1.csv";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "On track", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 2);
    /* the day is what it was: its own row takes none */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-08-01");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "on-track");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "ref"), ==, "1.1.2");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "progress"), ==, "B");
}

static void an_emptied_row_may_be_typed_again_below (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.2", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", PROGRESS, "Once", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 10, BP_ACTIONS_REF, "1.1.2", PROGRESS, "Twice", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Once");
    g_assert_true (g_str_has_prefix (finding_at (fixture, 0, BP_FINDING_RETURN_ROW_REPEATED)->text, "B10: "));
}

static void narrative_needs_kind_and_text (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 8, BP_NARRATIVE_COLUMN_KIND, "We did", BP_NARRATIVE_COLUMN_TEXT, "This.",
          BP_NARRATIVE_COLUMN_AREA, "1.1", -1);
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 9, BP_NARRATIVE_COLUMN_TEXT, "That.", -1);
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 10, BP_NARRATIVE_COLUMN_KIND, "Impact", -1);
    judge (fixture);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_NARRATIVE].records->len, ==, 1);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_NARRATIVE, 0, "kind"), ==, "we_did");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_NARRATIVE, 0, "plan"), ==, "SIP");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_NARRATIVE, 0, "area"), ==, "1.1");
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 2);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text, "B9: “That.” has no kind beside it"));
    g_assert_nonnull (strstr (finding_at (fixture, 1, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text, "A10: “Impact” has no text beside it"));
}

/* ---- whom a sheet is made for ---- */

static void leads_have_their_open_actions_and_the_values_they_owe (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-07-31");
    g_autoptr (GPtrArray) all = bp_lead_duties_new (fixture->snapshot);
    g_assert_cmpuint (all->len, ==, 2);
    const BpLeadDuties *ann = all->pdata[0], *ben = all->pdata[1];
    g_assert_cmpstr (ann->slug, ==, "ann-other");
    g_assert_cmpuint (ann->actions->len, ==, 2); /* 2.2 is complete by the plan itself */
    g_assert_cmpuint (ann->owed->len, ==, 3);    /* a census without a value names no month */
    const BpOwedValue *owed = &g_array_index (ann->owed, BpOwedValue, 0);
    g_assert_cmpstr (owed->kpi->id, ==, "K1");
    g_assert_cmpint (owed->period.first, ==, table_builder_date ("2024-10-01"));
    g_assert_cmpint (g_array_index (ann->owed, BpOwedValue, 2).period.last, ==, table_builder_date ("2025-06-30"));
    g_assert_cmpuint (ben->owed->len, ==, 0); /* July's was supplied */
}

static void slugs_are_unique_and_cut_at_a_word (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe", /* */
                       "SIP|1.2.1|1.2|Five|Ann – Other|May 2025", "SIP|1.2.2|1.2|Six|Zoë Ångström|May 2025",
                       "SIP|1.2.3|1.2|Seven|Head of Service for Learning, Inclusion, Participation and Everything|May 2025",
                       "SIP|1.2.4|1.2|Eight|教育|May 2025", NULL);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-07-31");
    g_autoptr (GPtrArray) all = bp_lead_duties_new (fixture->snapshot);
    const char *const expected[]
        = { "ann-other", "ann-other-2", "zoe-angstrom", "head-of-service-for-learning-inclusion", "lead", "ben-other" };
    g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < all->len; i++)
        g_assert_cmpstr (((const BpLeadDuties *)all->pdata[i])->slug, ==, expected[i]);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    static const struct
    {
        const char *name;
        void (*run) (Fixture *, gconstpointer);
    } tests[] = {
        { "an_update_takes_the_first_day_without_one", an_update_takes_the_first_day_without_one },
        { "shown_columns_say_nothing", shown_columns_say_nothing },
        { "what_was_reported_since_is_a_conflict_unless_it_is_the_same", what_was_reported_since_is_a_conflict_unless_it_is_the_same },
        { "rows_of_other_leads_count_and_are_named", rows_of_other_leads_count_and_are_named },
        { "a_period_that_is_not_over_is_published_by_its_end", a_period_that_is_not_over_is_published_by_its_end },
        { "a_value_that_stands_already_is_left_alone", a_value_that_stands_already_is_left_alone },
        { "what_an_earlier_return_said_stays_where_its_row_is_gone", what_an_earlier_return_said_stays_where_its_row_is_gone },
        { "an_emptied_row_may_be_typed_again_below", an_emptied_row_may_be_typed_again_below },
        { "narrative_needs_kind_and_text", narrative_needs_kind_and_text },
        { "leads_have_their_open_actions_and_the_values_they_owe", leads_have_their_open_actions_and_the_values_they_owe },
        { "slugs_are_unique_and_cut_at_a_word", slugs_are_unique_and_cut_at_a_word },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
        g_autofree char *path = g_strconcat ("/domain/lead_return/", tests[i].name, NULL);
        g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run ();
}
