#include "domain/finding.h"

#include <string.h>

static BpSource place (const char *file, int row)
{
    return (BpSource){ .file = file, .row = row };
}

static void every_code_is_in_the_catalogue (void)
{
    g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    for (int code = 0; code < BP_FINDING_COUNT; code++)
    {
        const BpFindingKind *kind = bp_finding_kind_get ((BpFindingCode)code);
        g_assert_cmpint (kind->code, ==, code);
        g_assert_nonnull (kind->id);
        g_assert_cmpuint (strlen (kind->id), ==, 3);
        g_assert_cmpuint (strlen (kind->title), >, 10);
        g_assert_null (strchr (kind->title, '\n'));
        g_assert_cmpuint (strlen (kind->title), <=, 80);
        g_assert_cmpuint (strlen (kind->advice), >, 15);
        g_assert_true (g_str_has_suffix (kind->advice, "."));
        g_assert_true (g_hash_table_add (ids, (gpointer)kind->id));
        g_assert_true (g_hash_table_add (names, (gpointer)kind->name));
        g_assert_true (bp_finding_kind_find (kind->id) == kind);
    }
    g_assert_null (bp_finding_kind_find ("A99"));
    g_assert_null (bp_finding_kind_find (NULL));
    g_assert_true (bp_finding_kind_find ("a03") == bp_finding_kind_get (BP_FINDING_ACTION_WITHOUT_LEAD));
}

/* Codes are stable: what users filter by and switch off. The numbers within a family follow the enum. */
static void codes_keep_their_ids (void)
{
    static const struct
    {
        BpFindingCode code;
        const char *id;
        const char *name;
        BpLevel level;
    } stable[] = {
        { BP_FINDING_FILE_ENCODING, "F01", "FILE_ENCODING", BP_LEVEL_CHECK },
        { BP_FINDING_ROW_TOO_NARROW, "F11", "ROW_TOO_NARROW", BP_LEVEL_CHECK },
        { BP_FINDING_UNKNOWN_SHEET, "F12", "UNKNOWN_SHEET", BP_LEVEL_NOTE },
        { BP_FINDING_HIDDEN_CELLS, "F13", "HIDDEN_CELLS", BP_LEVEL_CHECK },
        { BP_FINDING_MERGED_CELLS, "F14", "MERGED_CELLS", BP_LEVEL_CHECK },
        { BP_FINDING_CELL_ERROR, "F15", "CELL_ERROR", BP_LEVEL_CHECK },
        { BP_FINDING_RETURN_IN_DATA, "F16", "RETURN_IN_DATA", BP_LEVEL_ERROR },
        { BP_FINDING_REQUIRED_MISSING, "R01", "REQUIRED_MISSING", BP_LEVEL_ERROR },
        { BP_FINDING_DUPLICATE_DIFFERENT, "R02", "DUPLICATE_DIFFERENT", BP_LEVEL_ERROR },
        { BP_FINDING_DUPLICATE_SAME, "R03", "DUPLICATE_SAME", BP_LEVEL_NOTE },
        { BP_FINDING_VALUE_UNREADABLE, "R05", "VALUE_UNREADABLE", BP_LEVEL_ERROR },
        { BP_FINDING_UNKNOWN_REFERENCE, "R06", "UNKNOWN_REFERENCE", BP_LEVEL_ERROR },
        { BP_FINDING_ROW_SUPERSEDED, "R08", "ROW_SUPERSEDED", BP_LEVEL_NOTE },
        { BP_FINDING_ALIAS_USED, "R07", "ALIAS_USED", BP_LEVEL_NOTE },
        { BP_FINDING_REF_INFERRED, "A01", "REF_INFERRED", BP_LEVEL_CHECK },
        { BP_FINDING_REF_NOT_INFERRED, "A02", "REF_NOT_INFERRED", BP_LEVEL_ERROR },
        { BP_FINDING_ACTION_WITHOUT_LEAD, "A03", "ACTION_WITHOUT_LEAD", BP_LEVEL_CHECK },
        { BP_FINDING_TIMEFRAME_BLANK, "A06", "TIMEFRAME_BLANK", BP_LEVEL_ERROR },
        { BP_FINDING_TIMEFRAME_UNKNOWN, "A07", "TIMEFRAME_UNKNOWN", BP_LEVEL_ERROR },
        { BP_FINDING_SAME_AREA_TITLE, "A16", "SAME_AREA_TITLE", BP_LEVEL_CHECK },
        { BP_FINDING_AREA_RING, "A17", "AREA_RING", BP_LEVEL_ERROR },
        { BP_FINDING_NO_ACTIONS, "A18", "NO_ACTIONS", BP_LEVEL_ERROR },
        { BP_FINDING_ACTION_WITHOUT_PROJECT, "A19", "ACTION_WITHOUT_PROJECT", BP_LEVEL_NOTE },
        { BP_FINDING_STATUS_UNKNOWN, "U01", "STATUS_UNKNOWN", BP_LEVEL_ERROR },
        { BP_FINDING_STATUS_WENT_BACK, "U10", "STATUS_WENT_BACK", BP_LEVEL_CHECK },
        { BP_FINDING_KPI_WITHOUT_ACTION, "K03", "KPI_WITHOUT_ACTION", BP_LEVEL_CHECK },
        { BP_FINDING_PERIOD_AMBIGUOUS, "K04", "PERIOD_AMBIGUOUS", BP_LEVEL_ERROR },
        { BP_FINDING_PERIOD_UNKNOWN, "K05", "PERIOD_UNKNOWN", BP_LEVEL_ERROR },
        { BP_FINDING_PERCENT_AS_FRACTION, "K08", "PERCENT_AS_FRACTION", BP_LEVEL_ERROR },
        { BP_FINDING_TRAJECTORY_AMBIGUOUS, "K09", "TRAJECTORY_AMBIGUOUS", BP_LEVEL_ERROR },
        { BP_FINDING_DENOMINATOR_ZERO, "K17", "DENOMINATOR_ZERO", BP_LEVEL_ERROR },
        { BP_FINDING_PERIOD_KIND_DIFFERS, "K18", "PERIOD_KIND_DIFFERS", BP_LEVEL_CHECK },
        { BP_FINDING_RECOMMENDATION_WITHOUT_ACTION, "C01", "RECOMMENDATION_WITHOUT_ACTION", BP_LEVEL_CHECK },
        { BP_FINDING_RECOMMENDATION_WITHOUT_KPI, "C02", "RECOMMENDATION_WITHOUT_KPI", BP_LEVEL_CHECK },
        { BP_FINDING_CLAIM_DISAGREES, "L01", "CLAIM_DISAGREES", BP_LEVEL_ERROR },
        { BP_FINDING_MEETING_UNDATED, "G01", "MEETING_UNDATED", BP_LEVEL_NOTE },
        { BP_FINDING_FIGURES_DIFFER, "P03", "FIGURES_DIFFER", BP_LEVEL_ERROR },
        { BP_FINDING_GLYPH_MISSING, "P01", "GLYPH_MISSING", BP_LEVEL_CHECK },
        { BP_FINDING_SHEET_TEXT_CHANGED, "P05", "SHEET_TEXT_CHANGED", BP_LEVEL_CHECK },
        { BP_FINDING_RETURN_CONFLICT, "S01", "RETURN_CONFLICT", BP_LEVEL_ERROR },
        { BP_FINDING_RETURN_COUNTS_LATER, "S10", "RETURN_COUNTS_LATER", BP_LEVEL_CHECK },
        { BP_FINDING_RETURN_INCOMPLETE, "S07", "RETURN_INCOMPLETE", BP_LEVEL_CHECK },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (stable); i++)
    {
        const BpFindingKind *kind = bp_finding_kind_get (stable[i].code);
        g_assert_cmpstr (kind->id, ==, stable[i].id);
        g_assert_cmpstr (kind->name, ==, stable[i].name);
        g_assert_cmpint (kind->level, ==, stable[i].level);
    }
}

static void keeps_copies_of_what_it_is_given (void)
{
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    char *file = g_strdup ("data/actions.csv");
    char *value = g_strdup ("Sometime");
    bp_finding_list_add (list, BP_FINDING_TIMEFRAME_UNKNOWN, (BpSource){ .file = file, .row = 7, .column = "timeframe" }, value,
                         "'%s' is no %s.", value, "timeframe");
    memset (file, 'x', strlen (file));
    memset (value, 'x', strlen (value));
    g_free (file);
    g_free (value);
    const BpFinding *finding = bp_finding_list_get (list, 0);
    g_assert_cmpstr (finding->source.file, ==, "data/actions.csv");
    g_assert_null (finding->source.sheet);
    g_assert_cmpint (finding->source.row, ==, 7);
    g_assert_cmpstr (finding->source.column, ==, "timeframe");
    g_assert_cmpstr (finding->value, ==, "Sometime");
    g_assert_cmpstr (finding->text, ==, "'Sometime' is no timeframe.");
    g_assert_cmpint (finding->level, ==, BP_LEVEL_ERROR);
    g_assert_false (finding->quarantined);
    g_assert_nonnull (finding->advice);
}

static void a_quarantined_row_is_an_error (void)
{
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    bp_finding_list_add_quarantined (list, BP_FINDING_STRAY_QUOTE, place ("data/a.csv", 2), NULL, "Left out.");
    bp_finding_list_add (list, BP_FINDING_STRAY_QUOTE, place ("data/a.csv", 3), NULL, "Read.");
    g_assert_cmpint (bp_finding_list_get (list, 0)->level, ==, BP_LEVEL_ERROR);
    g_assert_null (bp_finding_list_get (list, 0)->value);
    g_assert_cmpint (bp_finding_list_get (list, 1)->level, ==, BP_LEVEL_CHECK);
    g_assert_cmpint (bp_finding_list_count (list, BP_LEVEL_ERROR), ==, 1);
    g_assert_cmpint (bp_finding_list_count (list, BP_LEVEL_CHECK), ==, 1);
    g_assert_cmpint (bp_finding_list_count (list, BP_LEVEL_NOTE), ==, 0);
    g_assert_cmpint (bp_finding_list_count_quarantined (list), ==, 1);
}

static void sorts_by_level_code_file_and_row (void)
{
    static const struct
    {
        BpFindingCode code;
        const char *file;
        int row;
    } expected[] = {
        { BP_FINDING_TIMEFRAME_BLANK, NULL, 0 },
        { BP_FINDING_TIMEFRAME_BLANK, "data/actions-2.csv", 30 },
        { BP_FINDING_TIMEFRAME_BLANK, "data/actions-10.csv", 4 },
        { BP_FINDING_TIMEFRAME_BLANK, "data/actions-10.csv", 30 },
        { BP_FINDING_TIMEFRAME_BLANK, "data/actions.csv", 2 },
        { BP_FINDING_STATUS_UNKNOWN, "data/a.csv", 1 },
        { BP_FINDING_NO_UPDATE, "data/a.csv", 1 },
        { BP_FINDING_TIMEFRAME_ONGOING, "data/a.csv", 1 },
    };
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    for (int i = (int)G_N_ELEMENTS (expected) - 1; i >= 0; i--)
        for (int twice = 0; twice < 2; twice++)
            bp_finding_list_add (list, expected[i].code, place (expected[i].file, expected[i].row), "", "Text.");
    g_assert_cmpuint (bp_finding_list_length (list), ==, 2 * G_N_ELEMENTS (expected));
    bp_finding_list_sort (list);
    g_assert_cmpuint (bp_finding_list_length (list), ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < bp_finding_list_length (list); i++)
    {
        const BpFinding *finding = bp_finding_list_get (list, i);
        g_assert_cmpint (finding->code, ==, expected[i].code);
        g_assert_cmpstr (finding->source.file, ==, expected[i].file);
        g_assert_cmpint (finding->source.row, ==, expected[i].row);
    }
}

static void different_texts_are_different_findings (void)
{
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, place ("data/a.csv", 1), "x", "One.");
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, place ("data/a.csv", 1), "y", "One.");
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, place ("data/a.csv", 1), "y", "Two.");
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, (BpSource){ .file = "data/a.csv", .row = 1, .column = "lead" }, "y", "Two.");
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, place ("data/a.csv", 1), NULL, "One.");
    bp_finding_list_sort (list);
    g_assert_cmpint (bp_finding_list_length (list), ==, 5);
}

static void appends_and_removes (void)
{
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    bp_finding_list_add (list, BP_FINDING_ALIAS_USED, place ("data/a.csv", 1), "x", "One.");
    BpFinding stored = { .code = BP_FINDING_NO_UPDATE, .level = BP_LEVEL_ERROR, .text = "Kept.", .advice = "Own advice." };
    bp_finding_list_append (list, &stored);
    stored.advice = NULL;
    bp_finding_list_append (list, &stored);
    g_assert_cmpint (bp_finding_list_get (list, 1)->level, ==, BP_LEVEL_ERROR);
    g_assert_cmpstr (bp_finding_list_get (list, 1)->advice, ==, "Own advice.");
    g_assert_cmpstr (bp_finding_list_get (list, 2)->advice, ==, bp_finding_kind_get (BP_FINDING_NO_UPDATE)->advice);
    bp_finding_list_append_all (list, list);
    g_assert_cmpint (bp_finding_list_length (list), ==, 6);
    bp_finding_list_remove_codes (list, NULL);
    bp_finding_list_remove_codes (list, (const char *const[]){ "nonsense", "U02", NULL });
    g_assert_cmpint (bp_finding_list_length (list), ==, 2);
    g_assert_cmpint (bp_finding_list_get (list, 1)->code, ==, BP_FINDING_ALIAS_USED);
}

static void texts_are_always_valid_and_short (void)
{
    g_autoptr (BpFindingList) list = bp_finding_list_new ();
    g_autofree char *endless = g_strnfill (300000, 'x');
    bp_finding_list_add (list, BP_FINDING_ROW_UNDECODABLE, place ("data/a.csv", 1), "\xff\xfe", "The bytes %s.", "\xc3(");
    bp_finding_list_add (list, BP_FINDING_ROW_UNDECODABLE, place ("data/a.csv", 1), endless, "%s", endless);
    g_assert_true (g_utf8_validate (bp_finding_list_get (list, 0)->value, -1, NULL));
    g_assert_true (g_utf8_validate (bp_finding_list_get (list, 0)->text, -1, NULL));
    /* and never long, since there may be one for each row */
    g_assert_cmpint (g_utf8_strlen (bp_finding_list_get (list, 1)->value, -1), ==, 500);
    g_assert_cmpint (g_utf8_strlen (bp_finding_list_get (list, 1)->text, -1), ==, 2000);
    bp_finding_list_free (NULL);
}

static void levels_have_names (void)
{
    g_assert_cmpstr (bp_level_name (BP_LEVEL_ERROR), ==, "error");
    g_assert_cmpstr (bp_level_name (BP_LEVEL_CHECK), ==, "check");
    g_assert_cmpstr (bp_level_name (BP_LEVEL_NOTE), ==, "note");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/finding/every_code_is_in_the_catalogue", every_code_is_in_the_catalogue);
    g_test_add_func ("/domain/finding/codes_keep_their_ids", codes_keep_their_ids);
    g_test_add_func ("/domain/finding/keeps_copies_of_what_it_is_given", keeps_copies_of_what_it_is_given);
    g_test_add_func ("/domain/finding/a_quarantined_row_is_an_error", a_quarantined_row_is_an_error);
    g_test_add_func ("/domain/finding/sorts_by_level_code_file_and_row", sorts_by_level_code_file_and_row);
    g_test_add_func ("/domain/finding/different_texts_are_different_findings", different_texts_are_different_findings);
    g_test_add_func ("/domain/finding/appends_and_removes", appends_and_removes);
    g_test_add_func ("/domain/finding/texts_are_always_valid_and_short", texts_are_always_valid_and_short);
    g_test_add_func ("/domain/finding/levels_have_names", levels_have_names);
    return g_test_run ();
}
