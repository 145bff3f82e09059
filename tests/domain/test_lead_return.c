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
        static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P" };
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

static void an_update_is_of_the_sheets_day_or_that_of_completion (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_PLAN, "SIP", BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_PROGRESS, "More", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2*", BP_ACTIONS_STATUS, "Complete", BP_ACTIONS_COMPLETED_ON, "8/8/25",
          -1);
    judge (fixture);
    /* the report of the same day is replaced, and what was left blank taken over from it */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-07-31");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "at-risk");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "More");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "reason"), ==, "Staff");
    /* done after the sheet's day: nothing was complete before */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "as_of"), ==, "2025-08-08");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "completed_on"), ==, "2025-08-08");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "status"), ==, "complete");
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 2);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_COUNTS_LATER)->text,
                              "counts from 8 August 2025, the day of completion. Packs as at 31 July 2025 do not have it."));
    g_assert_nonnull (strstr (finding_at (fixture, 1, BP_FINDING_RETURN_COMMENTARY_MISSING)->text, "needs evidence"));
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 2);
}

static void a_date_approved_the_same_day_stands (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char columns[] = "plan|ref|as_of|status|forecast|approved_by";
    table_builder_add (fixture->set, BP_TABLE_UPDATES, columns, "SIP|2.1|2025-07-31|on-track|December 2025|board", NULL);
    table_builder_add (fixture->base, BP_TABLE_UPDATES, columns, "SIP|2.1|2025-07-31|on-track|December 2025|board", NULL);
    fixture->back->lead = "Ben Other";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_FORECAST, "March 2026", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-08-01");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "approved_by"), ==, "");
    g_assert_nonnull (
        strstr (finding_at (fixture, 0, BP_FINDING_RETURN_COUNTS_LATER)->text, "data/updates.csv, row 4, is of the day before"));
}

/* ---- a blank cell means that nothing has changed ---- */

static void add_full_report (BpTableSet *set)
{
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|next_step|forecast|reason|path_to_green|ask",
                       "SIP|2.1|2025-06-30|off-track|Begun|Hire|October 2025|Nobody there|Agency staff|Money", NULL);
}

static void the_same_status_again_keeps_every_word (Fixture *fixture, gconstpointer data)
{
    (void)data;
    add_full_report (fixture->set);
    add_full_report (fixture->base);
    fixture->back->lead = "Ben Other";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_STATUS, "R", BP_ACTIONS_PROGRESS, "Half way", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-07-31");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "off-track");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Half way");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "next_step"), ==, "Hire");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "forecast"), ==, "October 2025");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "reason"), ==, "Nobody there");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "path_to_green"), ==, "Agency staff");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "ask"), ==, "Money");
}

static void another_status_keeps_progress_and_asks_for_its_reason (Fixture *fixture, gconstpointer data)
{
    (void)data;
    add_full_report (fixture->set);
    add_full_report (fixture->base);
    fixture->back->lead = "Ben Other";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_STATUS, "At risk", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Begun");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "next_step"), ==, "Hire");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "reason"), ==, "");
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_COMMENTARY_MISSING)->text, "needs a reason and a way back"));
}

static void what_cannot_go_together_is_refused (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "On track", BP_ACTIONS_COMPLETED_ON,
          "25/07/2025", BP_ACTIONS_FORECAST, "May 2024", BP_ACTIONS_PROGRESS, "Well", -1);
    judge (fixture);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text,
                              "“25/07/2025” is a day of completion, but the status is “On track”. The cell was left out."));
    g_assert_nonnull (strstr (finding_at (fixture, 1, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text, "is over before the day of the sheet"));
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "completed_on"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "forecast"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Well");
}

static void plans_are_named_in_any_case_or_not_at_all (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_PLAN, "sip", BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_PROGRESS, "One", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_PROGRESS, "Two", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 10, BP_ACTIONS_PLAN, "SPI", BP_ACTIONS_REF, "2.2", BP_ACTIONS_PROGRESS, "Three", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 11, BP_ACTIONS_PLAN, "SIP", BP_ACTIONS_PROGRESS, "Four", -1);
    judge (fixture);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 2);
    g_assert_true (g_str_has_prefix (finding_at (fixture, 0, BP_FINDING_RETURN_ROW_UNKNOWN)->text, "A10: “SPI” is no plan"));
    g_assert_true (g_str_has_prefix (finding_at (fixture, 1, BP_FINDING_RETURN_ROW_UNKNOWN)->text, "B11 is blank"));
}

static void shown_columns_say_nothing (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_PLAN, "SIP", BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_ACTION, "Another text",
          BP_ACTIONS_PRESENT_STATUS, "Complete", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_PLAN, "None", BP_ACTIONS_REF, "[z]", BP_ACTIONS_PROGRESS, "[z]", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 0);
}

static void what_was_reported_since_is_a_conflict_unless_it_is_the_same (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|2025-08-04|off-track|Less|", "SIP|1.1.2|2025-07-31|at-risk||",
                       "SIP|1.1.2|2024-01-31||Long ago|", NULL);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "Complete", BP_ACTIONS_PROGRESS, " Less ", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_STATUS, "AT RISK", BP_ACTIONS_PROGRESS, "Better", -1);
    judge (fixture);
    const BpFinding *finding = finding_at (fixture, 0, BP_FINDING_RETURN_CONFLICT);
    finding_at (fixture, 1, BP_FINDING_RETURN_COMMENTARY_MISSING);
    g_assert_true (finding->quarantined);
    g_assert_true (g_str_has_prefix (finding->text, "G8 says “Complete”."));
    g_assert_nonnull (strstr (finding->text, "the data said “at-risk”; now data/updates.csv, row 4, says “off-track”."));
    /* none of the row is taken: half a report beside another's words would be nobody's. An older report that came late changes nothing that
     * the sheet showed */
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 1);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "ref"), ==, "1.1.2");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "Better");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "at-risk");
}

static void rows_of_other_leads_count_and_are_named (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_PROGRESS, "Told me", -1);
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
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_CONFLICT)->text, "row 3, says “5”"));
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 1);
}

static void figures_that_cannot_be_are_left_out (Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const struct
    {
        const char *period, *value, *numerator, *denominator, *reason;
    } rows[] = { { "Q3 2024/25", "0.52", "", "", "“0.52” looks like a fraction; type 52%, or 0.52% if that is meant" },
                 { "Q4 2024/25", "52%", "60", "50", "“60” is more than its denominator, which would make 120.0%" },
                 { "Q1 2025/26", "52%", "41", "80", "“52%” does not follow from numerator and denominator, which give 51.3%" },
                 { "Q2 2023/24", "", "41", "", "“41” is a numerator without a denominator" },
                 { "Q3 2023/24", "", "", "80", "“80” is a denominator without a numerator" },
                 { "Q4 2023/24", "520", "", "", "“520” is over 100 per cent" },
                 { "Q1 2023/24", "", "0", "0", "“0” is no denominator" } };
    for (int i = 0; i < (int)G_N_ELEMENTS (rows); i++)
        type (fixture, BP_UPDATE_SHEET_MEASURES, 8 + i, BP_MEASURES_KPI, "K1", BP_MEASURES_PERIOD, rows[i].period, BP_MEASURES_VALUE,
              rows[i].value, BP_MEASURES_NUMERATOR, rows[i].numerator, BP_MEASURES_DENOMINATOR, rows[i].denominator, -1);
    type (fixture, BP_UPDATE_SHEET_MEASURES, 20, BP_MEASURES_KPI, "K1", BP_MEASURES_PERIOD, "Q1 2022/23", BP_MEASURES_VALUE, "0.52%", -1);
    judge (fixture);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        const BpFinding *finding = finding_at (fixture, i, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE);
        g_assert_true (finding->quarantined);
        g_assert_nonnull (strstr (finding->text, rows[i].reason));
    }
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_KPI_VALUES].records->len, ==, 1);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_KPI_VALUES, 0, "value"), ==, "0.52%");
}

static void a_value_that_comes_out_later_is_not_asked_for (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|numerator|denominator|published", "K1|Q1 2025/26|128|224|2025-08-20",
                       NULL);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-07-31");
    g_autoptr (GPtrArray) all = bp_lead_duties_new (fixture->snapshot);
    const BpLeadDuties *ann = all->pdata[0];
    g_assert_cmpuint (ann->owed->len, ==, 2);
    bp_snapshot_free (g_steal_pointer (&fixture->snapshot));
    type (fixture, BP_UPDATE_SHEET_MEASURES, 9, BP_MEASURES_KPI, "K1", BP_MEASURES_PERIOD, "Q1 2025/26", BP_MEASURES_VALUE, "60%", -1);
    table_builder_add (fixture->base, BP_TABLE_KPI_VALUES, "kpi|period|numerator|denominator|published", "K1|Q1 2025/26|128|224|2025-08-20",
                       NULL);
    judge (fixture);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_CONFLICT)->text,
                              "row 4, says “128 of 224”, published on 20 August 2025, after the day of the sheet"));
}

static void copies_of_one_sheet_are_merged (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, UPDATES, "SIP|1.1.1|2025-08-01|complete|A|", "SIP|1.1.2|2025-07-31||B|", NULL);
    GArray *records = fixture->set->tables[BP_TABLE_UPDATES].records;
    for (guint i = records->len - 2; i < records->len; i++)
        g_array_index (records, BpRecord, i).file = "data/updates-return-ann-other-2025-07-31-1.csv";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "On track", -1);
    judge (fixture);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 1);
    g_assert_cmpstr (finding_at (fixture, 0, BP_FINDING_RETURN_ANSWER_REPLACED)->text, ==,
                     "G8: “On track” takes the place of “complete”, which an earlier return of this sheet said.");
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_UPDATES].records->len, ==, 2);
    /* the day is what it was: its own row takes none */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "as_of"), ==, "2025-08-01");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "on-track");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, "A"); /* a blank cell takes nothing back */
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "ref"), ==, "1.1.2");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "progress"), ==, "B");
}

static void add_earlier_copy (Fixture *fixture, const char *row)
{
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|reason|path_to_green|completed_on|next_step|ask",
                       row, NULL);
    GArray *records = fixture->set->tables[BP_TABLE_UPDATES].records;
    g_array_index (records, BpRecord, records->len - 1).file = "data/updates-return-ann-other-2025-07-31-1.csv";
}

static void a_later_copy_with_another_status_has_none_of_the_earlier_ones_reason (Fixture *fixture, gconstpointer data)
{
    (void)data;
    add_earlier_copy (fixture, "SIP|1.1.1|2025-07-31|off-track|A|Nobody there|Agency staff||Hire|Money");
    add_earlier_copy (fixture, "SIP|1.1.2|2025-07-31|complete|B|||2025-07-20||");
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "At risk", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_STATUS, "On track", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "status"), ==, "at-risk");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "reason"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "path_to_green"), ==, "");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "next_step"), ==, "Hire");
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 1, "completed_on"), ==, "");
    guint asked = 0;
    for (guint i = 0; i < bp_finding_list_length (fixture->findings); i++)
        asked += bp_finding_list_get (fixture->findings, i)->code == BP_FINDING_RETURN_COMMENTARY_MISSING;
    g_assert_cmpuint (asked, ==, 1);
}

static void a_reason_of_an_earlier_copy_without_a_status_stays (Fixture *fixture, gconstpointer data)
{
    (void)data;
    add_earlier_copy (fixture, "SIP|1.1.2|2025-07-31|||Nobody there|Agency staff|||");
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_STATUS, "At risk", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "reason"), ==, "Nobody there");
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
}

/* ---- what is public ---- */

static const struct
{
    const char *before; /* the report that stood */
    bool is_with_status, is_with_progress;
} blanks[] = {
    { "SIP|2.1|2025-06-30|on-track|Inside|For all", false, true }, { "SIP|2.1|2025-06-30|on-track|Inside|For all", true, false },
    { "SIP|2.1|2025-06-30|on-track|Inside|For all", true, true },  { "SIP|2.1|2025-07-31|on-track|Inside|For all", false, true },
    { "SIP|2.1|2025-07-31|on-track|Inside|For all", true, false }, { "SIP|2.1|2025-07-31|on-track|Inside|For all", true, true },
};

static void a_blank_public_progress_leaves_what_was_public (Fixture *fixture, gconstpointer data)
{
    for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    {
        if (i > 0)
        {
            tear_down (fixture, data);
            set_up (fixture, data);
        }
        table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|public_progress", blanks[i].before, NULL);
        table_builder_add (fixture->base, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|public_progress", blanks[i].before, NULL);
        fixture->back->lead = "Ben Other";
        type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_STATUS, blanks[i].is_with_status ? "At risk" : "",
              BP_ACTIONS_PROGRESS, blanks[i].is_with_progress ? "New inside" : "", -1);
        judge (fixture);
        g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "public_progress"), ==, "For all");
        g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "progress"), ==, blanks[i].is_with_progress ? "New inside" : "Inside");
    }
}

static void where_nothing_was_public_nothing_becomes_so (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_PROGRESS, "More", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "public_progress"), ==, "");
}

static void a_completion_is_asked_for_its_day (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.1", BP_ACTIONS_STATUS, "Complete", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_STATUS, "Complete", BP_ACTIONS_EVIDENCE, "A list", -1);
    judge (fixture);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_COMMENTARY_MISSING)->text,
                              "needs evidence, and the day on which it was completed"));
    g_assert_nonnull (
        strstr (finding_at (fixture, 1, BP_FINDING_RETURN_COMMENTARY_MISSING)->text, "needs the day on which it was completed"));
}

static void complete_again_keeps_its_day (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on", "SIP|2.1|2025-06-30|complete|2025-06-20",
                       NULL);
    table_builder_add (fixture->base, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on", "SIP|2.1|2025-06-30|complete|2025-06-20",
                       NULL);
    fixture->back->lead = "Ben Other";
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_STATUS, "Complete", -1);
    judge (fixture);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_UPDATES, 0, "completed_on"), ==, "2025-06-20");
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 0);
}

static void a_row_of_another_lead_that_is_left_out_does_not_count (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status", "SIP|2.1|2025-08-05|off-track", NULL);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "2.1", BP_ACTIONS_STATUS, "On track", -1);
    type (fixture, BP_UPDATE_SHEET_MEASURES, 8, BP_MEASURES_KPI, "K2", BP_MEASURES_PERIOD, "August 2025", BP_MEASURES_NOTE, "Soon", -1);
    judge (fixture);
    finding_at (fixture, 0, BP_FINDING_RETURN_CONFLICT);
    finding_at (fixture, 1, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE);
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 2);
}

static void an_emptied_row_may_be_typed_again_below (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 8, BP_ACTIONS_REF, "1.1.2", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 9, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_PROGRESS, "Once", -1);
    type (fixture, BP_UPDATE_SHEET_ACTIONS, 10, BP_ACTIONS_REF, "1.1.2", BP_ACTIONS_PROGRESS, "Twice", -1);
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

static void narrative_of_copies_is_added (Fixture *fixture, gconstpointer data)
{
    (void)data;
    table_builder_add (fixture->set, BP_TABLE_NARRATIVE, "as_of|kind|text|plan|area|audience|position",
                       "2025-07-31|impact|This.|SIP|1.1||8", "2025-07-31|impact|That.||||9", NULL);
    GArray *records = fixture->set->tables[BP_TABLE_NARRATIVE].records;
    for (guint i = 0; i < records->len; i++)
        g_array_index (records, BpRecord, i).file = "data/narrative-return-ann-other-2025-07-31-1.csv";
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 8, BP_NARRATIVE_COLUMN_KIND, "Impact", BP_NARRATIVE_COLUMN_TEXT, "This.",
          BP_NARRATIVE_COLUMN_AREA, "1.1", -1);
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 9, BP_NARRATIVE_COLUMN_KIND, "Impact", BP_NARRATIVE_COLUMN_TEXT, "Those.", -1);
    judge (fixture);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_NARRATIVE].records->len, ==, 3);
    g_assert_cmpstr (out_cell (fixture, BP_TABLE_NARRATIVE, 2, "text"), ==, "Those.");
    g_assert_cmpuint (bp_finding_list_length (fixture->findings), ==, 1);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_ANSWER_REPLACED)->text, "“Those.” stands beside “That.”"));
}

static void a_text_without_its_area_is_left_out (Fixture *fixture, gconstpointer data)
{
    (void)data;
    type (fixture, BP_UPDATE_SHEET_NARRATIVE, 8, BP_NARRATIVE_COLUMN_KIND, "Impact", BP_NARRATIVE_COLUMN_TEXT, "This.",
          BP_NARRATIVE_COLUMN_AREA, "sip 2.1", -1);
    judge (fixture);
    g_assert_cmpuint (fixture->out->tables[BP_TABLE_NARRATIVE].records->len, ==, 0);
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text, "C8: “sip 2.1”"));
    g_assert_nonnull (strstr (finding_at (fixture, 0, BP_FINDING_RETURN_ENTRY_IMPOSSIBLE)->text, "The row was left out."));
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
        { "an_update_is_of_the_sheets_day_or_that_of_completion", an_update_is_of_the_sheets_day_or_that_of_completion },
        { "a_date_approved_the_same_day_stands", a_date_approved_the_same_day_stands },
        { "the_same_status_again_keeps_every_word", the_same_status_again_keeps_every_word },
        { "another_status_keeps_progress_and_asks_for_its_reason", another_status_keeps_progress_and_asks_for_its_reason },
        { "what_cannot_go_together_is_refused", what_cannot_go_together_is_refused },
        { "plans_are_named_in_any_case_or_not_at_all", plans_are_named_in_any_case_or_not_at_all },
        { "shown_columns_say_nothing", shown_columns_say_nothing },
        { "what_was_reported_since_is_a_conflict_unless_it_is_the_same", what_was_reported_since_is_a_conflict_unless_it_is_the_same },
        { "rows_of_other_leads_count_and_are_named", rows_of_other_leads_count_and_are_named },
        { "a_period_that_is_not_over_is_published_by_its_end", a_period_that_is_not_over_is_published_by_its_end },
        { "a_value_that_stands_already_is_left_alone", a_value_that_stands_already_is_left_alone },
        { "figures_that_cannot_be_are_left_out", figures_that_cannot_be_are_left_out },
        { "a_value_that_comes_out_later_is_not_asked_for", a_value_that_comes_out_later_is_not_asked_for },
        { "copies_of_one_sheet_are_merged", copies_of_one_sheet_are_merged },
        { "where_nothing_was_public_nothing_becomes_so", where_nothing_was_public_nothing_becomes_so },
        { "a_blank_public_progress_leaves_what_was_public", a_blank_public_progress_leaves_what_was_public },
        { "a_reason_of_an_earlier_copy_without_a_status_stays", a_reason_of_an_earlier_copy_without_a_status_stays },
        { "a_later_copy_with_another_status_has_none_of_the_earlier_ones_reason",
          a_later_copy_with_another_status_has_none_of_the_earlier_ones_reason },
        { "a_completion_is_asked_for_its_day", a_completion_is_asked_for_its_day },
        { "complete_again_keeps_its_day", complete_again_keeps_its_day },
        { "a_row_of_another_lead_that_is_left_out_does_not_count", a_row_of_another_lead_that_is_left_out_does_not_count },
        { "narrative_of_copies_is_added", narrative_of_copies_is_added },
        { "a_text_without_its_area_is_left_out", a_text_without_its_area_is_left_out },
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
