#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

#include "pack/release.h"
#include "pack/text_format.h"

/* 4127 of 90210: numbers that stand nowhere else; small numbers are looked for in their own cells. */
static void add_rows (PackFixture *fixture)
{
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|April 2025", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|public_progress",
                       "SIP|1.1.1|2025-07-25|on-track|Internal words|Public words", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPIS, "kpi|valid_from|title|area|unit|polarity|period_kind|baseline_period|baseline|people",
                       "COUNT|2024-01-01|Excluded|SIP:1|count|lower|term|Spring 2024|3|yes",
                       "SHARE|2024-01-01|Share|SIP:1|percent|higher|term|||yes", "THINGS|2024-01-01|Things|SIP:1|count|higher|term|||no",
                       "BREAK|2024-01-01|By phase|SIP:1|count|lower|term|||yes", NULL);
    table_builder_add (fixture->set, BP_TABLE_KPI_VALUES, "kpi|period|breakdown|category|value|numerator|denominator|note",
                       "COUNT|Spring 2024|||3|||", "COUNT|Spring 2025|||4|||Four pupils of one school", "SHARE|Autumn 2024||||40|80|",
                       "SHARE|Spring 2025||||77|80|", "THINGS|Spring 2025|||2|||", "BREAK|Spring 2025|Phase|Primary|2|||",
                       "BREAK|Spring 2025|Phase|Secondary|9|||", "BREAK|Spring 2025|Phase|Special|30|||", NULL);
    table_builder_add (fixture->set, BP_TABLE_NARRATIVE, "as_of|kind|text|audience", "2025-07-25|achievement|For everybody|public",
                       "2025-07-25|achievement|For partners|partner", "2025-07-25|achievement|For us alone|internal", NULL);
    table_builder_add (fixture->set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on", "group|G1|Secret of the group|decide|2025-07-01",
                       NULL);
    pack_fixture_add_section (fixture, "scorecard", "kpi-scorecard", NULL);
    pack_fixture_add_section (fixture, "details", "kpi-details", NULL);
    pack_fixture_add_section (fixture, "tracker", "action-tracker", NULL);
    pack_fixture_add_section (fixture, "changes", "changes", NULL);
    pack_fixture_add_section (fixture, "quality", "data-quality", NULL);
}

static void small_numbers_are_hidden_from_partners_and_the_public_alone (void)
{
    static const struct
    {
        BpAudience audience;
        const char *count, *share, *things, *baseline, *movement;
    } rows[] = {
        { BP_AUDIENCE_INTERNAL, "4 / Spring 2025", "96% / 77 of 80 / Spring 2025", "2 / Spring 2025", "3 / Spring 2024", "Worse / +1" },
        { BP_AUDIENCE_PARTNER, "[c] / Spring 2025", "[c] / Spring 2025", "2 / Spring 2025", "[c] / Spring 2024", "Hidden" },
        { BP_AUDIENCE_PUBLIC, "[c] / Spring 2025", "[c] / Spring 2025", "2 / Spring 2025", "[c] / Spring 2024", "Hidden" },
    };
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_rows (&fixture);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        fixture.forum.audience = rows[i].audience;
        const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
        const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "scorecard"), BP_NODE_TABLE, 0);
        pack_fixture_assert_cell (table, "COUNT", 2, rows[i].count);
        pack_fixture_assert_cell (table, "SHARE", 2, rows[i].share);
        pack_fixture_assert_cell (table, "THINGS", 2, rows[i].things);
        pack_fixture_assert_cell (table, "COUNT", 1, rows[i].baseline);
        pack_fixture_assert_cell (table, "COUNT", 4, rows[i].movement);
    }
    pack_fixture_clear (&fixture);
}

/* A hidden count alone in its breakdown could be had by subtraction, so the next smallest goes with it; what is hidden has no figure key.
 */
static void a_hidden_number_stands_in_no_cell_of_the_workbook (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_rows (&fixture);
    fixture.forum.audience = BP_AUDIENCE_PARTNER;
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSheet *values = pack_fixture_sheet (pack, "KPI_Values");
    static const struct
    {
        const char *kpi, *category, *value;
    } expected[] = { { "BREAK", "Primary", "[c]" },
                     { "BREAK", "Secondary", "[c]" },
                     { "BREAK", "Special", "30" },
                     { "COUNT", "[z]", "[c]" },
                     { "THINGS", "[z]", "2" } };
    for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
        int found = 0;
        for (guint r = 0; r < bp_sheet_row_count (values); r++)
        {
            g_autofree char *kpi = pack_fixture_dup_sheet_cell (values, r, "KPI");
            g_autofree char *category = pack_fixture_dup_sheet_cell (values, r, "Category");
            g_autofree char *value = pack_fixture_dup_sheet_cell (values, r, "Value");
            g_autofree char *note = pack_fixture_dup_sheet_cell (values, r, "Note");
            if (strcmp (kpi, expected[i].kpi) != 0 || strcmp (category, expected[i].category) != 0)
                continue;
            g_assert_cmpstr (value, ==, expected[i].value);
            g_assert_null (strstr (note, "pupils"));
            found++;
        }
        g_assert_cmpint (found, >, 0);
    }
    for (guint i = 0; i < pack->figures->len; i++)
    {
        const char *key = g_array_index (pack->figures, BpPackFigure, i).key;
        g_assert_cmpstr (key, !=, "kpi.COUNT.latest");
        g_assert_cmpstr (key, !=, "kpi.COUNT.baseline");
    }
    g_assert_cmpuint (pack->notes->len, ==, 2);
    g_assert_nonnull (strstr (g_ptr_array_index (pack->notes, 0), "from 1 to 4 is shown as [c]"));
    pack_fixture_clear (&fixture);
}

/* The whole dump is searched: cells, charts, alternatives, sheets, figures. */
static void a_rare_hidden_number_stands_nowhere (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_KPIS, "kpi|valid_from|title|area|unit|polarity|period_kind|people",
                       "K1|2024-01-01|Rare|SIP:1|percent|higher|term|yes", NULL);
    /* 2 of 4127 is 0.04846 per cent; its change and its share reveal it as much as the count does. */
    table_builder_add (fixture.set, BP_TABLE_KPI_VALUES, "kpi|period|numerator|denominator|value", "K1|Autumn 2024|3000|4127|",
                       "K1|Spring 2025|2|4127|0.5", NULL);
    pack_fixture_add_section (&fixture, "scorecard", "kpi-scorecard", NULL);
    pack_fixture_add_section (&fixture, "details", "kpi-details", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", "kpis = K1", NULL);
    pack_fixture_add_section (&fixture, "quality", "data-quality", NULL);
    static const char *const traces[] = { "2 of 4,127", "0.5", "0.05", "0.048" };
    fixture.forum.audience = BP_AUDIENCE_INTERNAL;
    g_autofree char *open = bp_pack_dup_text (pack_fixture_build (&fixture, "2025-07-31"));
    g_assert_nonnull (strstr (open, traces[0]));
    fixture.forum.audience = BP_AUDIENCE_PUBLIC;
    g_autofree char *released = bp_pack_dup_text (pack_fixture_build (&fixture, "2025-07-31"));
    for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
        g_assert_null (strstr (released, traces[i]));
    pack_fixture_clear (&fixture);
}

static void each_audience_reads_its_own_words (void)
{
    static const struct
    {
        BpAudience audience;
        bool everybody, partners, us, internal_progress, public_progress, group;
    } rows[] = { { BP_AUDIENCE_INTERNAL, true, true, true, true, false, true },
                 { BP_AUDIENCE_PARTNER, true, true, false, false, true, false },
                 { BP_AUDIENCE_PUBLIC, true, false, false, false, true, false } };
    PackFixture fixture;
    pack_fixture_init (&fixture);
    add_rows (&fixture);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        fixture.forum.audience = rows[i].audience;
        g_autofree char *text = bp_pack_dup_text (pack_fixture_build (&fixture, "2025-07-31"));
        g_assert_cmpint (strstr (text, "For everybody") != NULL, ==, rows[i].everybody);
        g_assert_cmpint (strstr (text, "For partners") != NULL, ==, rows[i].partners);
        g_assert_cmpint (strstr (text, "For us alone") != NULL, ==, rows[i].us);
        g_assert_cmpint (strstr (text, "Internal words") != NULL, ==, rows[i].internal_progress);
        g_assert_cmpint (strstr (text, "Public words") != NULL, ==, rows[i].public_progress);
        g_assert_cmpint (strstr (text, "Secret of the group") != NULL, ==, rows[i].group);
    }
    pack_fixture_clear (&fixture);
}

static void a_decision_of_a_forum_marked_otherwise_stays_there (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    const BpForum group = { .id = "group", .name = "The Group", .short_name = "Group", .marking = "OFFICIAL-SENSITIVE" };
    const BpForum other = { .id = "other", .name = "Other", .short_name = "Other", .marking = "OFFICIAL" };
    const BpDecision own = { .forum = &fixture.forum }, sensitive = { .forum = &group }, plain = { .forum = &other };
    BpSnapshot *snapshot = table_builder_snapshot (&fixture.programme, fixture.set, "2025-07-31");
    g_autoptr (BpRelease) internal = bp_release_new (snapshot, BP_AUDIENCE_INTERNAL);
    g_autoptr (BpRelease) partner = bp_release_new (snapshot, BP_AUDIENCE_PARTNER);
    g_assert_true (bp_release_may_see_decision (internal, &fixture.forum, &own));
    g_assert_true (bp_release_may_see_decision (internal, &fixture.forum, &plain));
    g_assert_false (bp_release_may_see_decision (internal, &fixture.forum, &sensitive));
    g_assert_true (bp_release_may_see_decision (partner, &fixture.forum, &own));
    g_assert_false (bp_release_may_see_decision (partner, &fixture.forum, &plain));
    bp_snapshot_free (snapshot);
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/pack/release/" #test, test)
    ADD (small_numbers_are_hidden_from_partners_and_the_public_alone);
    ADD (a_hidden_number_stands_in_no_cell_of_the_workbook);
    ADD (a_rare_hidden_number_stands_nowhere);
    ADD (each_audience_reads_its_own_words);
    ADD (a_decision_of_a_forum_marked_otherwise_stays_there);
    return g_test_run ();
}
