#include "support/store_folder.h"

static const char SHEET[] = "ann-other-2025-01-31-1";

typedef struct
{
    StoreFolder folder;
    BpFindingList *findings;
    BpReturnEntry entry;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
    (void)data;
    store_folder_open (&fixture->folder);
    store_folder_store (&fixture->folder);
    store_import_rows (&fixture->folder, ROWS ("plans:2:SIP|Plan"), 1);
    fixture->findings = bp_finding_list_new ();
    bp_finding_list_add_quarantined (fixture->findings, BP_FINDING_RETURN_CONFLICT,
                                     (BpSource){ .file = "back.xlsx", .sheet = "Actions", .row = 9, .column = "status" }, "At risk",
                                     "F9 says \xe2\x80\x9c"
                                     "At risk\xe2\x80\x9d.");
    bp_finding_list_add (fixture->findings, BP_FINDING_RETURN_INCOMPLETE, (BpSource){ .file = "back.xlsx" }, NULL, "A sheet is gone.");
    fixture->entry = (BpReturnEntry){ .import_id = 1,
                                      .imported_at = 1738368000,
                                      .imported_on = bp_date_new (2025, 2, 1),
                                      .sheet = (char *)SHEET,
                                      .lead = (char *)"Ann Other",
                                      .as_of = bp_date_new (2025, 1, 31),
                                      .base = 1,
                                      .file = (char *)"back.xlsx",
                                      .updates = 3,
                                      .kpi_values = 2,
                                      .narrative = 1,
                                      .findings = fixture->findings };
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_finding_list_free (fixture->findings);
    store_folder_close (&fixture->folder);
}

static void keep (Fixture *fixture)
{
    g_assert_true (bp_store_add_return (fixture->folder.store, &fixture->entry, &fixture->folder.error));
    g_assert_no_error (fixture->folder.error);
}

static GPtrArray *list (Fixture *fixture, BpDate as_of)
{
    GPtrArray *entries = bp_store_list_returns (fixture->folder.store, as_of, &fixture->folder.error);
    g_assert_no_error (fixture->folder.error);
    return entries;
}

static void what_became_of_a_return_is_kept (Fixture *fixture, gconstpointer data)
{
    (void)data;
    keep (fixture);
    store_folder_store (&fixture->folder);
    g_autoptr (GPtrArray) entries = list (fixture, bp_date_new (2025, 1, 31)), others = list (fixture, bp_date_new (2025, 2, 28));
    g_assert_cmpuint (others->len, ==, 0);
    g_assert_cmpuint (entries->len, ==, 1);
    const BpReturnEntry *entry = entries->pdata[0];
    g_assert_cmpint (entry->import_id, ==, 1);
    g_assert_cmpint (entry->imported_at, ==, 1738368000);
    g_assert_cmpint (entry->imported_on, ==, bp_date_new (2025, 2, 1));
    g_assert_cmpstr (entry->sheet, ==, SHEET);
    g_assert_cmpstr (entry->lead, ==, "Ann Other");
    g_assert_cmpint (entry->as_of, ==, bp_date_new (2025, 1, 31));
    g_assert_cmpint (entry->base, ==, 1);
    g_assert_cmpstr (entry->file, ==, "back.xlsx");
    g_assert_cmpint (entry->updates, ==, 3);
    g_assert_cmpint (entry->kpi_values, ==, 2);
    g_assert_cmpint (entry->narrative, ==, 1);
    g_assert_cmpuint (bp_finding_list_length (entry->findings), ==, 2);
    g_assert_cmpuint (bp_finding_list_count_quarantined (entry->findings), ==, 1);
    const BpFinding *finding = bp_finding_list_get (entry->findings, 0);
    g_assert_cmpint (finding->code, ==, BP_FINDING_RETURN_CONFLICT);
    g_assert_cmpstr (finding->source.sheet, ==, "Actions");
    g_assert_cmpint (finding->source.row, ==, 9);
    g_assert_cmpstr (finding->value, ==, "At risk");
    g_assert_cmpstr (finding->advice, ==, bp_finding_kind_get (BP_FINDING_RETURN_CONFLICT)->advice);
}

static void the_same_again_is_kept_once_and_each_change_anew (Fixture *fixture, gconstpointer data)
{
    (void)data;
    keep (fixture);
    fixture->entry.imported_on = bp_date_new (2025, 2, 2);
    keep (fixture);
    g_assert_cmpint (query_number (fixture->folder.store, "SELECT count(*) FROM returns"), ==, 1);
    fixture->entry.updates = 4;
    keep (fixture);
    bp_finding_list_add (fixture->findings, BP_FINDING_RETURN_BASE_UNKNOWN, (BpSource){ .file = "back.xlsx" }, "1", "Not known.");
    keep (fixture);
    fixture->entry.sheet = (char *)"ben-other-2025-01-31-1";
    keep (fixture);
    g_autoptr (GPtrArray) entries = list (fixture, bp_date_new (2025, 1, 31));
    g_assert_cmpuint (entries->len, ==, 4);
    g_assert_cmpstr (((const BpReturnEntry *)entries->pdata[0])->sheet, ==, "ben-other-2025-01-31-1");
    g_assert_cmpuint (bp_finding_list_length (((const BpReturnEntry *)entries->pdata[1])->findings), ==, 3);
    g_assert_cmpint (((const BpReturnEntry *)entries->pdata[3])->updates, ==, 3);
    g_assert_cmpint (((const BpReturnEntry *)entries->pdata[3])->imported_on, ==, bp_date_new (2025, 2, 1));
}

static void a_return_without_its_import_is_refused_whole (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->entry.import_id = 7;
    g_assert_false (bp_store_add_return (fixture->folder.store, &fixture->entry, &fixture->folder.error));
    g_assert_error (fixture->folder.error, BP_ERROR, BP_ERROR_STORE);
    g_clear_error (&fixture->folder.error);
    g_assert_cmpint (query_number (fixture->folder.store, "SELECT count(*) FROM returns"), ==, 0);
    g_assert_cmpint (query_number (fixture->folder.store, "SELECT count(*) FROM return_findings"), ==, 0);
    fixture->entry.import_id = 1; /* and nothing is left open */
    keep (fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add ("/store/returns/" #test, Fixture, NULL, set_up, test, tear_down)
    ADD (what_became_of_a_return_is_kept);
    ADD (the_same_again_is_kept_once_and_each_change_anew);
    ADD (a_return_without_its_import_is_refused_whole);
    return g_test_run ();
}
