#include "base/text.h"
#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

#include "config/programme_config.h"
#include "ingest/ingest.h"

/* ---- numbering, cover and contents ---- */

static void sections_are_numbered_and_annexes_lettered (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    static const struct
    {
        const char *type, *annex, *number;
    } rows[] = { { "cover", "annex = no", NULL },   { "contents", "annex = no", NULL }, { "asks", "annex = no", "1" },
                 { "risks", "annex = no", "2" },    { "key", "annex = yes", "A" },      { "governance", "annex = no", "3" },
                 { "glossary", "annex = yes", "B" } };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        pack_fixture_add_section (&fixture, rows[i].type, rows[i].type, rows[i].annex, NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpstr (pack_fixture_section (pack, rows[i].type)->number, ==, rows[i].number);
    const GArray *contents = pack_fixture_node (pack_fixture_section (pack, "contents"), BP_NODE_LIST, 0)->as.list.entries;
    const GArray *cover = pack_fixture_node (pack_fixture_section (pack, "cover"), BP_NODE_LIST, 1)->as.list.entries;
    g_assert_cmpuint (contents->len, ==, 5);
    g_assert_cmpuint (cover->len, ==, 5);
    g_assert_cmpstr (g_array_index (cover, BpListEntry, 0).aside, ==, "No asks of this meeting");
    g_assert_cmpstr (g_array_index (cover, BpListEntry, 0).link, ==, "asks");
    pack_fixture_clear (&fixture);
}

static void the_key_follows_the_contents_unless_it_is_a_section (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    pack_fixture_add_section (&fixture, "contents", "contents", NULL);
    const BpSection *contents = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "contents");
    const BpSection *key = &pack_fixture_node (contents, BP_NODE_SECTION, 0)->as.section;
    g_assert_cmpstr (key->name, ==, "How to read this pack");
    g_assert_false (key->starts_page);
    g_assert_cmpuint (pack_fixture_node (key, BP_NODE_TABLE, 0)->as.table.rows->len, ==, 7);
    pack_fixture_add_section (&fixture, "key", "key", NULL);
    contents = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "contents");
    g_assert_cmpuint (pack_fixture_count (contents, BP_NODE_TABLE), ==, 0);
    pack_fixture_clear (&fixture);
}

static void the_reporting_period_is_the_term_or_the_last_full_quarter (void)
{
    static const struct
    {
        const char *period, *as_of, *text;
    } rows[] = { { "term", "2025-07-31", "Summer term 2025" }, { "term", "2025-08-31", "Summer term 2025" },
                 { "term", "2025-09-01", "Autumn term 2025" }, { "quarter", "2025-07-31", "Q1 2025/26" },
                 { "quarter", "2025-09-30", "Q2 2025/26" },    { "month", "2025-07-30", "June 2025" },
                 { "month", "2025-07-31", "July 2025" },       { NULL, "2025-01-01", "Spring term 2025" } };
    PackFixture fixture;
    pack_fixture_init (&fixture);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        fixture.layout->period = rows[i].period;
        g_assert_cmpstr (pack_fixture_build (&fixture, rows[i].as_of)->period_text, ==, rows[i].text);
    }
    pack_fixture_clear (&fixture);
}

static void a_section_goes_on_below_only_where_the_pages_lie_alike (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    pack_fixture_add_section (&fixture, "first", "risks", NULL);
    pack_fixture_add_section (&fixture, "second", "risks", NULL);
    pack_fixture_add_section (&fixture, "wide", "action-tracker", "orientation = landscape", NULL);
    pack_fixture_add_section (&fixture, "third", "risks", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    g_assert_true (pack_fixture_section (pack, "first")->starts_page);
    g_assert_false (pack_fixture_section (pack, "second")->starts_page);
    g_assert_true (pack_fixture_section (pack, "wide")->is_landscape);
    g_assert_true (pack_fixture_section (pack, "third")->starts_page);
    pack_fixture_clear (&fixture);
}

static void the_glossary_explains_only_what_stands_in_the_pack (void)
{
    BpGlossaryEntry entries[] = {
        { "ND", "Neuro-disability" }, { "EHC plan", "Education, health and care plan" }, { "SENCO", "Coordinator" }, { "XYZ", "Never used" }
    };
    PackFixture fixture;
    pack_fixture_init (&fixture);
    fixture.programme.glossary = entries;
    fixture.programme.glossary_count = G_N_ELEMENTS (entries);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action",
                       "SIP|1.1.1|1.1|Write every EHC plan (ND) with SENCOs sooner, XYZses apart", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    pack_fixture_add_section (&fixture, "glossary", "glossary", NULL);
    const GArray *list = pack_fixture_node (pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "glossary"), BP_NODE_LIST, 0)
                             ->as.list.entries;
    g_assert_cmpuint (list->len, ==, 3);
    g_assert_cmpstr (g_array_index (list, BpListEntry, 2).label, ==, "SENCO");
    g_assert_cmpstr (g_array_index (list, BpListEntry, 0).label, ==, "ND");
    g_assert_cmpstr (g_array_index (list, BpListEntry, 1).label, ==, "EHC plan");
    pack_fixture_clear (&fixture);
}

/* ---- the sample programme ---- */

typedef struct
{
    BpProgrammeConfig *config;
    BpTableSet *set;
    BpSnapshot *snapshot;
    GPtrArray *packs; /* of BpPack */
} Sample;

static void load_sample (Sample *sample, const char *root, const char *as_of)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (BP_TEST_ROOT, root, NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    const BpDate date = table_builder_date (as_of);
    sample->config = bp_programme_config_load (path, date, &error);
    g_assert_no_error (error);
    sample->set = bp_table_set_new (&sample->config->programme.fields);
    bp_ingest_read_folder (path, sample->config->data_folder, sample->set, findings, &error);
    g_assert_no_error (error);
    bp_table_set_admit (sample->set, findings);
    const BpSnapshotOptions options = { .as_of = date, .known = BP_DATE_NONE, .since = BP_DATE_NONE, .import_findings = findings };
    sample->snapshot = bp_snapshot_new (&sample->config->programme, sample->set, &options);
    sample->packs = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_pack_free);
    for (int i = 0; i < sample->config->programme.forums.count; i++)
    {
        const BpForum *forum = &sample->config->programme.forums.forums[i];
        if (forum->template_file == NULL)
            continue;
        g_autoptr (BpReportLayout) layout = bp_report_layout_load (sample->config, forum, &error);
        g_assert_no_error (error);
        g_ptr_array_add (sample->packs, bp_pack_build (sample->snapshot, forum, layout, NULL));
    }
}

static void unload_sample (Sample *sample)
{
    g_ptr_array_unref (sample->packs);
    bp_snapshot_free (sample->snapshot);
    bp_table_set_free (sample->set);
    bp_programme_config_free (sample->config);
}

static const BpPack *find_pack (const Sample *sample, const char *forum)
{
    for (guint i = 0; i < sample->packs->len; i++)
        if (strcmp (((const BpPack *)g_ptr_array_index (sample->packs, i))->forum_id, forum) == 0)
            return g_ptr_array_index (sample->packs, i);
    g_error ("no pack for %s", forum);
}

static void the_operational_tracker_has_all_69_actions_as_typed (void)
{
    Sample sample;
    load_sample (&sample, ".", "2025-07-31");
    const BpNode *table
        = pack_fixture_node (pack_fixture_section (find_pack (&sample, "operational-group"), "action-tracker"), BP_NODE_TABLE, 0);
    int rows = 0;
    for (guint i = 0; i < table->as.table.rows->len; i++)
        rows += g_array_index (table->as.table.rows, BpTableRow, i).kind != BP_ROW_GROUP;
    g_assert_cmpint (rows, ==, 69);
    g_assert_cmpuint (sample.snapshot->actions->len, ==, 69);
    for (guint i = 0; i < sample.snapshot->actions->len; i++)
    {
        const BpAction *action = g_ptr_array_index (sample.snapshot->actions, i);
        const BpTableRow *row = pack_fixture_row (table, action->key);
        g_autofree char *ref = pack_fixture_dup_cell (&row->cells[0]);
        g_autofree char *text = pack_fixture_dup_cell (&row->cells[1]);
        g_autofree char *lead = pack_fixture_dup_cell (&row->cells[2]);
        g_autofree char *due = pack_fixture_dup_cell (&row->cells[3]);
        g_autofree char *status = pack_fixture_dup_cell (&row->cells[4]);
        g_assert_cmpstr (ref, ==, action->printed_ref);
        g_autofree char *printed = bp_text_dup_with_curly_quotes (action->text);
        g_assert_cmpstr (text, ==, printed);
        g_autofree char *printed_lead = bp_text_dup_with_curly_quotes (action->lead);
        g_assert_cmpstr (lead, ==, printed_lead);
        /* What was typed stands in the cell, if only within the date. */
        g_assert_nonnull (strstr (due, *action->timeframe.text != '\0' ? action->timeframe.text : "blank in the plan"));
        g_assert_true (g_str_has_prefix (status, action->status->label));
    }
    unload_sample (&sample);
}

/* Every figure that stands somewhere under a key is the snapshot's own, in all seven packs. */
typedef struct
{
    GHashTable *known; /* key → text */
    guint seen;
} FigureCheck;

static void check_figure (FigureCheck *check, const BpValue *value)
{
    if (value->figure == NULL || value->kind == BP_VALUE_NONE)
        return;
    g_autofree char *text = bp_value_dup_text (value);
    const char *known = g_hash_table_lookup (check->known, value->figure);
    if (known == NULL)
        g_error ("figure %s is not the snapshot's", value->figure);
    g_assert_cmpstr (text, ==, known);
    check->seen++;
}

static void check_node (FigureCheck *check, const BpNode *node);

static void check_table (FigureCheck *check, const BpTableNode *table)
{
    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        for (int c = 0; c < (row->kind == BP_ROW_GROUP ? 1 : table->column_count); c++)
        {
            /* A cell is never empty. */
            g_assert_cmpuint (row->cells[c].lines->len, >, 0);
            for (guint l = 0; l < row->cells[c].lines->len; l++)
            {
                const BpCellLine *line = &g_array_index (row->cells[c].lines, BpCellLine, l);
                check_figure (check, &line->value);
                check_figure (check, &line->beside);
                g_assert_false (line->value.kind == BP_VALUE_TEXT && (line->value.text == NULL || *line->value.text == '\0'));
            }
        }
    }
}

static void check_node (FigureCheck *check, const BpNode *node)
{
    switch (node->kind)
    {
    case BP_NODE_SECTION:
        for (guint i = 0; i < node->as.section.children->len; i++)
            check_node (check, g_ptr_array_index (node->as.section.children, i));
        return;
    case BP_NODE_TABLE:
        check_table (check, &node->as.table);
        return;
    case BP_NODE_CHART:
        g_assert_nonnull (node->as.chart.alternative);
        g_assert_cmpuint (strlen (node->as.chart.alternative), >=, 20);
        if (node->as.chart.table != NULL)
            check_table (check, &node->as.chart.table->as.table);
        return;
    case BP_NODE_TILES:
        for (guint i = 0; i < node->as.tiles.tiles->len; i++)
            check_figure (check, &g_array_index (node->as.tiles.tiles, BpTile, i).figure);
        return;
    case BP_NODE_LIST:
        for (guint i = 0; i < node->as.list.entries->len; i++)
            check_figure (check, &g_array_index (node->as.list.entries, BpListEntry, i).value);
        return;
    case BP_NODE_PARAGRAPH:
        g_assert_true (node->as.paragraph.text != NULL && *node->as.paragraph.text != '\0');
        return;
    case BP_NODE_HEADING:
    case BP_NODE_NOTE:
    case BP_NODE_PAGE_BREAK:
        return;
    }
}

static void check_sheets (FigureCheck *check, const BpPack *pack)
{
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = g_ptr_array_index (pack->sheets, i);
        for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
            for (int c = 0; c < sheet->column_count; c++)
            {
                const BpValue value = bp_sheet_cell (sheet, r, c);
                const BpValue *cell = &value;
                g_autofree char *text = bp_value_dup_text (cell);
                if (*text == '\0')
                    g_error ("%s, row %u: %s is empty", sheet->name, r + 1, sheet->columns[c].title);
                const bool is_word = cell->kind == BP_VALUE_TEXT || cell->kind == BP_VALUE_YES_NO;
                if (is_word && sheet->columns[c].type != BP_SHEET_TEXT)
                    g_error ("%s: %s holds the text '%s'", sheet->name, sheet->columns[c].title, text);
                check_figure (check, cell);
            }
    }
}

static void all_packs_print_the_snapshots_figures_and_no_empty_cell (gconstpointer root)
{
    static const char *const days[] = { "2024-12-31", "2025-04-04", "2025-07-31", "2026-01-31" };
    for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
    {
        Sample sample;
        load_sample (&sample, root, days[d]);
        FigureCheck check = { .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
        for (guint p = 0; p < sample.packs->len; p++)
        {
            const BpPack *pack = g_ptr_array_index (sample.packs, p);
            for (guint i = 0; i < pack->figures->len; i++)
            {
                const BpPackFigure *figure = &g_array_index (pack->figures, BpPackFigure, i);
                char *text = bp_value_dup_text (&figure->value);
                const char *known = g_hash_table_lookup (check.known, figure->key);
                if (known != NULL)
                    g_assert_cmpstr (known, ==, text);
                g_hash_table_replace (check.known, g_strdup (figure->key), text);
            }
        }
        for (guint p = 0; p < sample.packs->len; p++)
        {
            const BpPack *pack = g_ptr_array_index (sample.packs, p);
            for (guint i = 0; i < pack->sections->len; i++)
                check_node (&check, g_ptr_array_index (pack->sections, i));
            check_sheets (&check, pack);
        }
        g_assert_cmpuint (check.seen, >, 100);
        g_hash_table_unref (check.known);
        unload_sample (&sample);
    }
}

static void facts_alone_show_no_action_as_on_track (void)
{
    Sample sample;
    load_sample (&sample, "tests/fixtures/facts-only", "2025-04-30");
    for (guint i = 0; i < sample.packs->len; i++)
    {
        const BpPack *pack = g_ptr_array_index (sample.packs, i);
        const BpSheet *sheet = pack_fixture_sheet (pack, "Actions");
        int silent = 0, planned = 0;
        g_assert_cmpuint (bp_sheet_row_count (sheet), ==, 69);
        for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
        {
            g_autofree char *status = pack_fixture_dup_sheet_cell (sheet, r, "Status");
            g_assert_cmpstr (status, !=, "On track");
            silent += strstr (status, "No update") != NULL || strstr (status, "Not started") != NULL;
            planned += strcmp (status, "Complete (as planned)") == 0;
        }
        g_assert_cmpint (planned, ==, 2);
        g_assert_cmpint (silent, ==, 67);
    }
    unload_sample (&sample);
}

static void in_pack_says_what_the_pdf_shows (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action", "SIP|1.1.1|1.1|A", "SIP|2.1|2|B", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", "areas = SIP:2", NULL);
    const BpSheet *sheet = pack_fixture_sheet (pack_fixture_build (&fixture, "2025-07-31"), "Actions");
    g_autofree char *first = pack_fixture_dup_sheet_cell (sheet, 0, "In this pack\u2019s PDF");
    g_autofree char *second = pack_fixture_dup_sheet_cell (sheet, 1, "In this pack\u2019s PDF");
    g_assert_cmpstr (first, ==, "No");
    g_assert_cmpstr (second, ==, "Yes");
    pack_fixture_clear (&fixture);
}

static void printed_words_have_curly_quotes_and_typed_cells_keep_their_own (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe",
                       "SIP|1.1.1|1.1|Hear families' \"views\"|when 'funds' allow", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSheet *sheet = pack_fixture_sheet (pack, "Actions");
    g_autofree char *action = pack_fixture_dup_sheet_cell (sheet, 0, "Action");
    g_autofree char *typed = pack_fixture_dup_sheet_cell (sheet, 0, "Timeframe as typed");
    g_assert_cmpstr (action, ==, "Hear families\u2019 \u201cviews\u201d");
    g_assert_cmpstr (typed, ==, "when 'funds' allow");
    pack_fixture_assert_cell (pack_fixture_node (pack_fixture_section (pack, "tracker"), BP_NODE_TABLE, 0), "SIP:1.1.1", 1, action);
    pack_fixture_clear (&fixture);
}

static void refs_of_several_plans_carry_the_plan (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_PLANS, "plan|title", "WSOA|Earlier plan", NULL);
    table_builder_add (fixture.set, BP_TABLE_AREAS, "plan|ref|title", "WSOA|4|Area four", NULL);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action", "SIP|1.1.1|1.1|A", "WSOA|1.1.1|4|B", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    const BpNode *table
        = pack_fixture_node (pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "tracker"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "SIP:1.1.1", 0, "SIP 1.1.1");
    pack_fixture_assert_cell (table, "WSOA:1.1.1", 0, "WSOA 1.1.1");
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/pack/pack_builder/" #test, test)
    ADD (sections_are_numbered_and_annexes_lettered);
    ADD (the_key_follows_the_contents_unless_it_is_a_section);
    ADD (the_reporting_period_is_the_term_or_the_last_full_quarter);
    ADD (a_section_goes_on_below_only_where_the_pages_lie_alike);
    ADD (the_glossary_explains_only_what_stands_in_the_pack);
    ADD (the_operational_tracker_has_all_69_actions_as_typed);
    g_test_add_data_func ("/pack/pack_builder/all_packs_print_the_snapshots_figures_and_no_empty_cell/sample", ".",
                          all_packs_print_the_snapshots_figures_and_no_empty_cell);
    g_test_add_data_func ("/pack/pack_builder/all_packs_print_the_snapshots_figures_and_no_empty_cell/facts", "tests/fixtures/facts-only",
                          all_packs_print_the_snapshots_figures_and_no_empty_cell);
    ADD (facts_alone_show_no_action_as_on_track);
    ADD (in_pack_says_what_the_pdf_shows);
    ADD (printed_words_have_curly_quotes_and_typed_cells_keep_their_own);
    ADD (refs_of_several_plans_carry_the_plan);
    return g_test_run ();
}
