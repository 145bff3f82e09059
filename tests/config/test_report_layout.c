#include "config/programme_config.h"
#include "support/programme_fixture.h"

static BpReportLayout *load (ProgrammeFixture *fixture, const char *template, BpProgrammeConfig **config_out, GError **error)
{
    fixture_set_up (fixture);
    fixture_write (fixture, "config/fields.ini",
                   "[actions.budget_code]\ntype = text\ntitle = Budget code\n"
                   "[kpis.statutory]\ntype = yes-no\ntitle = Statutory\n",
                   -1);
    if (template != NULL)
        fixture_write (fixture, "report-templates/board.ini", template, -1);
    g_autoptr (GError) config_error = NULL;
    *config_out = bp_programme_config_load (fixture->root, bp_date_new (2025, 7, 31), &config_error);
    g_assert_no_error (config_error);
    return bp_report_layout_load (*config_out, &(*config_out)->programme.forums.forums[0], error);
}

static void test_a_template_is_read_in_order (void)
{
    ProgrammeFixture fixture = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = NULL;
    g_autoptr (BpReportLayout) layout
        = load (&fixture,
                "[pack]\ntitle = The Board\nsubtitle = Progress\norientation = landscape\npage_budget = 12\nperiod = quarter\n"
                "[cover]\n[summary]\ntitle = On one page\n[milestones]\ntype = action-tracker\nFilter = milestone = yes\nlimit = 5\n"
                "[coded]\ntype = action-tracker\nfilter = budget_code = X1\n"
                "[duties]\ntype = kpi-scorecard\nfilter = statutory = yes\nsort = -statutory\n",
                &config, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (layout->file, ==, "report-templates/board.ini");
    g_assert_cmpstr (layout->title, ==, "The Board");
    g_assert_true (layout->is_landscape);
    g_assert_cmpint (layout->page_budget, ==, 12);
    g_assert_cmpstr (layout->period, ==, "quarter");
    g_assert_cmpuint (layout->sections->len, ==, 5);
    const BpSectionLayout *milestones = g_ptr_array_index (layout->sections, 2);
    g_assert_cmpstr (milestones->id, ==, "milestones");
    g_assert_cmpstr (milestones->type, ==, "action-tracker");
    g_assert_cmpint (milestones->line, ==, 10);
    g_assert_cmpstr (bp_section_layout_find (milestones, "filter"), ==, "milestone = yes");
    g_assert_cmpint (bp_section_layout_get_int (milestones, "limit", 0), ==, 5);
    g_assert_cmpstr (g_ptr_array_index (config->files, config->files->len - 1), ==, "report-templates/board.ini");
    fixture_tear_down (&fixture);
}

static void test_bad_templates_are_refused_with_their_line (void)
{
    static const struct
    {
        const char *template, *message;
    } cases[] = {
        { NULL, "report-templates/board.ini: the template of [board] is not there" },
        { "[summary]\n", "there is no section [pack]" },
        { "[pack]\nsubtitle = x\n[summary]\n", "line 1: [pack] has no 'title'" },
        { "[pack]\ntitle = T\n", "there is no section besides [pack]" },
        { "[pack]\ntitle = T\ncolour = red\n[summary]\n", "line 3: unknown key 'colour' in [pack]" },
        { "[pack]\ntitle = T\norientation = sideways\n[summary]\n",
          "line 3: [pack] orientation: 'sideways' is not known; it is one of: portrait, landscape" },
        { "[pack]\ntitle = T\nperiod = week\n[summary]\n", "line 3: [pack] period: 'week' is not known" },
        { "[pack]\ntitle = T\npage_budget = few\n[summary]\n", "line 3: [pack] page_budget: 'few' is not a whole number" },
        { "[pack]\ntitle = T\n[sumary]\n", "line 3: [sumary]: there is no section type 'sumary'; did you mean 'summary'" },
        { "[pack]\ntitle = T\n[mine]\ntype = tracker\n", "line 4: [mine] type: there is no section type 'tracker'" },
        { "[pack]\ntitle = T\n[summary]\nlimits = 3\n", "line 4: unknown key 'limits' in [summary]" },
        { "[pack]\ntitle = T\n[cover]\nfilter = milestone = yes\n", "line 4: unknown key 'filter' in [cover]" },
        { "[pack]\ntitle = T\n[action-tracker]\nlimit = some\n", "line 4: [action-tracker] limit:" },
        { "[pack]\ntitle = T\n[action-tracker]\nfilter = milestome = yes\n", "line 4: [action-tracker] filter:" },
        { "[pack]\ntitle = T\n[action-tracker]\nfilter = milestone ~ yes\n", "line 4: [action-tracker] filter:" },
        { "[pack]\ntitle = T\n[action-tracker]\ncolumns = ref|colour\n", "line 4: [action-tracker] columns:" },
        { "[pack]\ntitle = T\n[action-tracker]\nsort = colour\n", "line 4: [action-tracker] sort:" },
        /* a local column belongs to its own table */
        { "[pack]\ntitle = T\n[action-tracker]\nfilter = statutory = yes\n", "unknown field 'statutory'" },
        { "[pack]\ntitle = T\n[action-tracker]\ncolumns = ref|statutory\n", "line 4: [action-tracker] columns:" },
        { "[pack]\ntitle = T\n[kpi-scorecard]\nfilter = budget_code = X1\n", "unknown field 'budget_code'" },
        { "[pack]\ntitle = T\n[kpi-details]\nsort = budget_code\n", "unknown field 'budget_code'" },
        { "[pack]\ntitle = T\n[action-tracker]\ngroup =\n", "line 4: [action-tracker] group: is blank" },
        { "[pack]\ntitle = T\n[Summary Page]\ntype = summary\n", "a section's id has" },
        { "[pack]\ntitle = T\n[summary]\n[summary]\n", "line 4: the section 'summary' is there twice" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        ProgrammeFixture fixture = { 0 };
        g_autoptr (GError) error = NULL;
        g_autoptr (BpProgrammeConfig) config = NULL;
        g_autoptr (BpReportLayout) layout = load (&fixture, cases[i].template, &config, &error);
        if (layout != NULL)
            g_error ("case %zu (%s): was read", i, cases[i].message);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
        if (strstr (error->message, cases[i].message) == NULL)
            g_error ("case %zu: '%s' does not hold '%s'", i, error->message, cases[i].message);
        fixture_tear_down (&fixture);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/config/report_layout/a_template_is_read_in_order", test_a_template_is_read_in_order);
    g_test_add_func ("/config/report_layout/bad_templates_are_refused_with_their_line", test_bad_templates_are_refused_with_their_line);
    return g_test_run ();
}
