#include "support/table_builder.c"

#include "support/pack_fixture.h"

/* ---- who may read what ---- */

static void test_narrative_by_audience (void)
{
    static const struct
    {
        int forum;
        bool internal, partner;
    } cases[] = { { PACK_BOARD, true, true }, { PACK_GROUP, true, true }, { PACK_PARTNERS, false, true }, { PACK_WORLD, false, false } };
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = pack_build (&fixture, cases[i].forum, layout);
        /* Sheets and notes too. */
        g_autofree char *text = bp_pack_dup_text (pack);
        (cases[i].internal ? assert_has : assert_lacks) (text, "INTERNAL");
        (cases[i].partner ? assert_has : assert_lacks) (text, "PARTNER impact");
        assert_has (text, "PUBLIC step");
        (cases[i].forum == PACK_WORLD ? assert_lacks : assert_has) (text, "Going well"); /* progress with no public words */
        (cases[i].internal ? assert_has : assert_lacks) (text, "Adopted by all");
        assert_has (text, "Adopted");
        /* Asks of other forums are no business of partners. */
        (cases[i].internal ? assert_has : assert_lacks) (text, "Lend rooms for training");
        (cases[i].internal ? assert_lacks : assert_has) (text, "Narrative that is marked internal is left out of this pack.");
    }
    pack_fixture_close (&fixture);
}

/* ---- what a public pack withholds ---- */

/* A rare word in every internal field; the status of each action makes it an exception, an escalation, a change. */
static void fill_internal_words (BpTableSet *set)
{
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_PROJECTS, "project|title|lead", "P1|Project one|Ann Lead", NULL);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe|project|kpis",
                       "SIP|1.1.1|1.1|Write the strategy|Ann Lead|March 2025|P1|", "SIP|1.1.2|1.1|Train all staff|Ann Lead|June 2025|P1|",
                       "SIP|1.1.3|1.1|Hold a review|Ann Lead|June 2026|P1|", "SIP|2.1|2|Sign the lease|Ann Lead|December 2025||", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|public_progress", "SIP|1.1.1|2025-04-04|on-track|aardvark|",
                       "SIP|1.1.2|2025-04-04|on-track||", NULL);
    table_builder_add (
        set, BP_TABLE_UPDATES,
        "plan|ref|as_of|status|progress|public_progress|next_step|forecast|reason|path_to_green|ask|approved_by|evidence|evidence_kpi",
        "SIP|1.1.1|2025-07-25|off-track|bandicoot|PUBLIC words on it|capybara|not before dugong|echidna|fossa|gerenuk|humboldt|ibex|jerboa",
        "SIP|1.1.2|2025-07-25|at-risk|kinkajou||lemur|October 2025|markhor|numbat|okapi|board|pangolin|",
        "SIP|1.1.3|2025-07-25|on-track|quokka||ratel||saiga||||tapir|", "SIP|2.1|2025-07-25|vicuna||||||||||", NULL);
    table_builder_add (set, BP_TABLE_RISKS, "risk|as_of|title|area|likelihood|impact|owner|mitigation|status",
                       "R1|2025-07-25|wombat|SIP:1|4|4|Ann Lead|xerus|open", NULL);
    table_builder_add (set, BP_TABLE_DECISIONS,
                       "forum|ref|ask|kind|raised_on|meeting|owner|recommendation|options|implications|needed_by|outcome|decided_on",
                       "world|W1|yapok|approve|2025-07-20|2025-08-14|Ann Lead|zorilla|agouti|binturong|2025-07-30||",
                       "board|B1|caracal|decide|2025-07-20|2025-09-10|Ann Lead|||||dhole|2025-07-30",
                       "world|W2|Open the hall|decide|2025-06-01||Ann Lead|"
                       "galago|hyrax|indri||Agreed by all|2025-07-10",
                       NULL);
    table_builder_add (set, BP_TABLE_MEETINGS, "forum|date|title|papers_due", "world|2025-08-14|August meeting|", NULL);
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|unit|measure|kpi|from_period|period",
                       "c1|A claim may stay|50|percent|value|||Q4 2024/25", NULL);
}

/* Seen by the board, whose own decisions W1 and W2 are not; all but these of the world. */
static const char *const internal_words[]
    = { "aardvark", "bandicoot", "capybara", "dugong", "echidna",   "fossa",   "gerenuk", "humboldt", "ibex",  "jerboa", "kinkajou",
        "lemur",    "markhor",   "numbat",   "okapi",  "pangolin",  "quokka",  "ratel",   "saiga",    "tapir", "vicuna", "wombat",
        "xerus",    "yapok",     "zorilla",  "agouti", "binturong", "caracal", "dhole",   "galago",   "hyrax", "indri" };

static bool sheets_have (const BpPack *pack, const char *word)
{
    for (guint s = 0; s < pack->sheets->len; s++)
    {
        const BpSheet *sheet = g_ptr_array_index (pack->sheets, s);
        for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
            for (int c = 0; c < sheet->column_count; c++)
            {
                const BpValue text_value = bp_sheet_cell (sheet, r, c);
                g_autofree char *text = bp_value_dup_text (&text_value);
                if (strstr (text, word) != NULL)
                    return true;
            }
    }
    return false;
}

static bool pack_has_sheet (const BpPack *pack, const char *name)
{
    for (guint s = 0; s < pack->sheets->len; s++)
        if (strcmp (((const BpSheet *)g_ptr_array_index (pack->sheets, s))->name, name) == 0)
            return true;
    return false;
}

/* Every section type, and the short forms of those that have one. */
static BpPack *build_all_forms (const PackFixture *fixture, int forum)
{
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    pack_layout_add (layout, "quality-lines;type=data-quality;detail=lines");
    pack_layout_add (layout, "quality-cut;type=data-quality;limit=2");
    pack_layout_add (layout, "area-lines;type=area-pages;detail=lines");
    pack_layout_add (layout, "project-lines;type=project-pages;detail=lines");
    return pack_build (fixture, forum, layout);
}

static void test_public_pack_has_no_internal_field (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, fill_internal_words, "2025-07-31");
    g_autoptr (BpPack) board = build_all_forms (&fixture, PACK_BOARD);
    g_autoptr (BpPack) world = build_all_forms (&fixture, PACK_WORLD);
    g_autofree char *inside = bp_pack_dup_text (board);
    g_autofree char *outside = bp_pack_dup_text (world);
    for (gsize i = 0; i < G_N_ELEMENTS (internal_words); i++)
    {
        assert_has (inside, internal_words[i]);
        g_assert_true (sheets_have (board, internal_words[i]));
        assert_lacks (outside, internal_words[i]);
        g_assert_false (sheets_have (world, internal_words[i]));
    }
    pack_fixture_close (&fixture);
}

static void test_public_pack_is_never_silent (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, fill_internal_words, "2025-07-31");
    g_autoptr (BpPack) world = build_all_forms (&fixture, PACK_WORLD);
    g_autofree char *text = bp_pack_dup_text (world);
    static const char *const said[] = { "Progress: PUBLIC words on it.",
                                        "Progress: Not published",
                                        "Owner, date: Ann Lead",
                                        "Off track",
                                        "At risk",
                                        "122 days overdue",
                                        "Risks are not published.",
                                        "Asks of this meeting are not published.",
                                        "Next steps of actions are not published.",
                                        "Open the hall",
                                        "Agreed by all",
                                        "A claim may stay",
                                        "A status that is not on the scale",
                                        "note 3: Not published: reasons" };
    for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
        assert_has (text, said[i]);
    g_assert_false (pack_has_sheet (world, "Risks"));
    static const struct
    {
        const char *sheet;
        guint rows;
    } sheets[] = { { "Actions", 4 }, { "Updates", 6 }, { "Decisions", 1 } };
    for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
        g_assert_cmpuint (bp_sheet_row_count (pack_get_sheet (world, sheets[i].sheet)), ==, sheets[i].rows);
    const BpSheet *findings = pack_get_sheet (world, "Data_Quality");
    int count = pack_sheet_column (findings, "Findings (number)");
    double total = 0.0;
    for (guint r = 0; r < bp_sheet_row_count (findings); r++)
        total += bp_sheet_cell (findings, r, count).number;
    g_assert_cmpfloat (total, ==, (double)bp_finding_list_length (fixture.snapshot->findings));
    const BpSheet *updates = pack_get_sheet (world, "Updates");
    int progress = pack_sheet_column (updates, "Progress");
    for (guint r = 0; r < bp_sheet_row_count (updates); r++)
    {
        const char *words = bp_sheet_cell (updates, r, progress).text;
        g_assert_true (strcmp (words, "Not published") == 0 || strcmp (words, "PUBLIC words on it") == 0);
    }
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    g_autoptr (BpPack) partners = pack_build (&fixture, PACK_PARTNERS, layout);
    g_assert_true (pack_has_sheet (partners, "Risks"));
    pack_fixture_close (&fixture);
}

/* No decision of its own has been taken: the sheet is left out, not empty. */
static void test_public_pack_without_outcome_has_no_decisions (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    g_autoptr (BpPack) world = build_all_forms (&fixture, PACK_WORLD);
    g_autoptr (BpPack) partners = build_all_forms (&fixture, PACK_PARTNERS);
    g_assert_false (pack_has_sheet (world, "Decisions"));
    g_assert_true (pack_has_sheet (partners, "Decisions"));
    pack_fixture_close (&fixture);
}

/* ---- small numbers ---- */

/* Counts of people from 1 to 4 beside figures found nowhere else, so that any trace of them shows: H1 a small count after a large one, H2 a
 * small baseline, H3 a percentage over few, H4 all but few, H5 a breakdown with one small category, H6 a target met by a small count. O is
 * the same as H1, not of people. */
static void fill_small_numbers (BpTableSet *set)
{
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe|kpis", "SIP|1.1.1|1.1|Act|December 2025|H1;H2;H3;H4;H5;H6;O",
                       NULL);
    table_builder_add (
        set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target|headline|people",
        "H1|Children out of school|SIP:1.1|count|lower|quarter|Q4 2023/24|8,641|||yes|yes",
        "H2|Tribunals|SIP:1.1|count|lower|quarter|Q4 2023/24|3|||yes|yes",
        "H3|Excluded|SIP:1.1|percent|lower|quarter|Q4 2023/24|71.3%|||yes|yes",
        "H4|Placed|SIP:1.1|percent|higher|quarter|Q4 2023/24|61.7%|||yes|yes",
        "H5|Moved|SIP:1.1|count|lower|quarter|Q4 2023/24|6,999|||yes|yes", "H6|Waiting|SIP:1.1|count|lower|quarter|||Q4 2026/27|9|yes|yes",
        "O|Offices|SIP:1.1|count|lower|quarter|Q4 2023/24|8,643|||yes|no", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|geography|breakdown|category|value|numerator|denominator|note",
                       "H1|Q3 2024/25||||8,517|||", "H1|Q4 2024/25||||3|||precisely 3 of the 8517", "H2|Q4 2024/25||||7,654|||",
                       "H3|Q4 2024/25||||0.0379%|3|7,919|", "H4|Q4 2024/25||||99.9621%|7,916|7,919|", "H5|Q4 2024/25||||6,016|||",
                       "H5|Q4 2024/25||place|here|2|||", "H5|Q4 2024/25||place|there|1,009|||", "H5|Q4 2024/25||place|elsewhere|5,005|||",
                       "H6|Q4 2024/25||||4|||", "O|Q3 2024/25||||8,519|||", "O|Q4 2024/25||||3|||", "H1|Q4 2024/25|London|||2,222|||",
                       "H1|Q2 2024/25||||4 (of 9737)|||", NULL);
    /* findings that quote the hidden figures: a claim that disagrees, a share that disagrees, a target met early */
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|unit|measure|kpi|from_period|period",
                       "c1|Fewer children|-77|count|change|H1|Q3 2024/25|Q4 2024/25",
                       "c2|Fewer offices|-77|count|change|O|Q3 2024/25|Q4 2024/25", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|geography|value|numerator|denominator", "H3|Q3 2024/25||55.5%|2|6,733", NULL);
}

/* What nobody outside may find: the change of H1 (8,638 on the baseline, 8,514 on the quarter before), of H2 (7,651), the shares of H3 and
 * H4 and what they are of, the second smallest category of H5, and the note. */
static const char *const traces[]
    = { "8,638", "8638",  "8,514", "8514",  "7,651", "7651",  "7,919",     "7919", "7,916", "7916", "0.0379",  "0.04%",
        "99.96", "71.26", "38.26", "1,009", "1009",  "6,733", "precisely", "+3 ",  "55.5",  "9737", "H6 is at" };

static void test_small_numbers_leave_no_trace (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, fill_small_numbers, "2025-07-31");
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    for (int forum = 0; forum < PACK_FORUM_COUNT; forum++)
    {
        g_autoptr (BpPack) pack = pack_build (&fixture, forum, layout);
        g_autofree char *text = bp_pack_dup_text (pack);
        bool is_internal = pack_forums[forum].audience == BP_AUDIENCE_INTERNAL;
        /* What is large, or not of people, is shown to all. */
        assert_has (text, "8,641");
        assert_has (text, "7,654");
        assert_has (text, "8,516"); /* the offices' change */
        assert_has (text, "5,005");
        assert_has (text, "2,222");
        if (is_internal)
        {
            for (gsize i = 0; i < 4; i += 2)
                assert_has (text, traces[i]);
            assert_has (text, "7,919");
            assert_has (text, "1,009");
            assert_has (text, "precisely");
            assert_lacks (text, "[c],");
            continue;
        }
        for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
            assert_lacks (text, traces[i]);
        assert_has (text, "[c]");
        assert_has (text, "Small numbers: a count of people from 1 to 4 is shown as [c]");
    }
    pack_fixture_close (&fixture);
}

static bool is_small_number (const BpValue *value)
{
    switch (value->kind)
    {
    case BP_VALUE_COUNT:
    case BP_VALUE_NUMBER:
        return value->number > 0.0 && value->number < 5.0;
    default:
        return false;
    }
}

/* Rows of measures of people: no cell of any sheet or table holds 1 to 4, nor a spark or a chart a point of it. */
static void check_small_node (const BpNode *node, gpointer unused)
{
    (void)unused;
    if (node->kind == BP_NODE_CHART && node->as.chart.type == BP_CHART_RUN)
    {
        const BpChart *chart = &node->as.chart;
        if (strstr (chart->title, "Offices") != NULL)
            return;
        for (int s = 0; s < chart->series_count; s++)
            for (int c = 0; c < chart->category_count; c++)
                g_assert_false (chart->series[s].values[c] > 0.0 && chart->series[s].values[c] < 5.0);
    }
    if (node->kind == BP_NODE_TILES)
        for (guint i = 0; i < node->as.tiles.tiles->len; i++)
        {
            const BpTile *tile = &g_array_index (node->as.tiles.tiles, BpTile, i);
            if (node->as.tiles.style == BP_TILES_KPI && strcmp (tile->title, "Offices") != 0)
                g_assert_false (is_small_number (&tile->figure));
        }
    if (node->kind != BP_NODE_TABLE)
        return;
    const BpTableNode *table = &node->as.table;
    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        if (row->kind == BP_ROW_GROUP || row->key == NULL || row->key[0] != 'H')
            continue;
        for (int c = 0; c < table->column_count; c++)
            for (guint l = 0; l < row->cells[c].lines->len; l++)
            {
                const BpCellLine *line = &g_array_index (row->cells[c].lines, BpCellLine, l);
                g_assert_false (is_small_number (&line->value) || is_small_number (&line->beside));
                for (int p = 0; line->value.kind == BP_VALUE_SPARK && p < line->value.point_count; p++)
                    g_assert_false (line->value.points[p] > 0.0 && line->value.points[p] < 5.0);
            }
    }
}

static void test_small_numbers_are_in_no_cell (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, fill_small_numbers, "2025-07-31");
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    for (int forum = PACK_PARTNERS; forum <= PACK_WORLD; forum++)
    {
        g_autoptr (BpPack) pack = pack_build (&fixture, forum, layout);
        pack_walk (pack->sections, check_small_node, NULL);
        static const char *const sheets[] = { "KPIs", "KPI_Values" };
        for (gsize s = 0; s < G_N_ELEMENTS (sheets); s++)
        {
            const BpSheet *sheet = pack_get_sheet (pack, sheets[s]);
            int id = pack_sheet_column (sheet, "KPI");
            for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
            {
                const char *kpi = bp_sheet_cell (sheet, r, id).text;
                for (int c = 0; c < sheet->column_count && kpi[0] == 'H'; c++)
                {
                    const BpValue value = bp_sheet_cell (sheet, r, c);
                    if (strcmp (sheet->columns[c].title, "Actions that name it (number)") != 0 && is_small_number (&value))
                        g_error ("%s: %s of %s is %g", sheets[s], sheet->columns[c].title, kpi, value.number);
                }
            }
        }
        for (guint f = 0; f < pack->figures->len; f++)
        {
            const BpPackFigure *figure = &g_array_index (pack->figures, BpPackFigure, f);
            if (g_str_has_prefix (figure->key, "kpi.H"))
                g_assert_false (is_small_number (&figure->value));
        }
    }
    pack_fixture_close (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/audience/narrative_reaches_its_audience_alone", test_narrative_by_audience);
    g_test_add_func ("/pack/audience/public_pack_has_no_internal_field", test_public_pack_has_no_internal_field);
    g_test_add_func ("/pack/audience/public_pack_is_never_silent", test_public_pack_is_never_silent);
    g_test_add_func ("/pack/audience/public_pack_without_outcome_has_no_decisions", test_public_pack_without_outcome_has_no_decisions);
    g_test_add_func ("/pack/audience/small_numbers_leave_no_trace", test_small_numbers_leave_no_trace);
    g_test_add_func ("/pack/audience/small_numbers_are_in_no_cell", test_small_numbers_are_in_no_cell);
    return g_test_run ();
}
