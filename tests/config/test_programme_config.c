#include "config/programme_config.h"
#include "support/programme_fixture.h"

static BpProgrammeConfig *load (const ProgrammeFixture *fixture, const char *as_of, GError **error)
{
    BpDate date = BP_DATE_NONE;
    g_assert_true (bp_date_parse_iso (as_of, &date));
    return bp_programme_config_load (fixture->root, date, error);
}

typedef struct
{
    const char *file;
    const char *contents; /* of that file; NULL: it is deleted */
    const char *message;  /* must stand in the error */
} Refusal;

static void check_refusals (const Refusal *cases, gsize count)
{
    for (gsize i = 0; i < count; i++)
    {
        ProgrammeFixture fixture = { 0 };
        fixture_set_up (&fixture);
        g_autofree char *path = g_build_filename (fixture.root, cases[i].file, NULL);
        if (cases[i].contents != NULL)
            fixture_write (&fixture, cases[i].file, cases[i].contents, -1);
        else
            g_assert_cmpint (g_unlink (path), ==, 0);
        g_autoptr (GError) error = NULL;
        g_autoptr (BpProgrammeConfig) config = load (&fixture, "2025-07-31", &error);
        if (config != NULL)
            g_error ("case %zu (%s): was read", i, cases[i].message);
        if (strstr (error->message, cases[i].message) == NULL)
            g_error ("case %zu: '%s' does not hold '%s'", i, error->message, cases[i].message);
        g_assert_cmpint (error->code, ==, strstr (cases[i].message, "no programme") != NULL ? BP_ERROR_NO_PROGRAMME : BP_ERROR_CONFIG);
        fixture_tear_down (&fixture);
    }
}

static void test_defaults_stand_in_for_files_that_are_left_out (void)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = load (&fixture, "2025-07-31", &error);
    g_assert_no_error (error);
    const BpProgramme *programme = &config->programme;
    g_assert_cmpstr (programme->short_name, ==, "A small programme");
    g_assert_cmpstr (programme->language, ==, "en-GB");
    g_assert_null (programme->notice);
    g_assert_false (programme->fill_down_leads);
    g_assert_cmpstr (config->data_folder, ==, "data");
    g_assert_cmpstr (config->templates_folder, ==, "report-templates");
    g_assert_cmpstr (config->store_path, ==, "output/boardpack.sqlite");
    g_assert_cmpint (programme->rules.amber_within_days, ==, 30);
    g_assert_cmpint (programme->rules.stale_update_days, ==, 120);
    g_assert_cmpint (programme->rules.kpi_stale_after_days, ==, 200);
    g_assert_cmpint (programme->rules.spc.least_points, ==, 12);
    g_assert_cmpint (programme->rules.spc.baseline_points, ==, 12);
    g_assert_cmpint (programme->rules.spc.run_points, ==, 7);
    g_assert_cmpint (programme->rules.spc.trend_points, ==, 7);
    g_assert_false (programme->rules.spc.screens_moving_ranges);
    g_assert_cmpstr (programme->rules.exception_reasons[6], ==, "disagrees");
    g_assert_cmpint (programme->calendar.term_count, ==, 3);
    g_assert_cmpuint (programme->fields.count, ==, 0);
    g_assert_cmpint (programme->statuses.count, ==, 4);
    g_assert_cmpstr (bp_status_find_use (&programme->statuses, BP_STATUS_USE_NO_UPDATE)->code, ==, "no-update");
    g_assert_cmpint (programme->forums.count, ==, 2);
    g_assert_cmpstr (programme->forums.forums[0].short_name, ==, "The Board");
    g_assert_cmpstr (programme->forums.forums[1].parents[0], ==, "board");
    g_assert_null (programme->forums.forums[1].template_file);
    g_assert_cmpuint (config->files->len, ==, 3);
    fixture_tear_down (&fixture);
}

static void test_every_value_of_programme_ini_is_read (void)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    fixture_write (&fixture, "config/programme.ini",
                   "[programme]\nname = N\nshort_name = S\norganisation = O\ncontact = C\ngeography = Here\nlanguage = en-IE\n"
                   "notice = Version 1.5 is a trial. Nothing here is real.\nversion = 2.1\n"
                   "[paths]\ndata = tables\noutput = out\n[import]\nfill_down_leads = yes\nquarantine_fails = YES\n"
                   "[import KPI_values-returns.csv]\nscale = fraction\n[import kpis.csv]\nscale = percent\n[checks]\noff = A03|K01\n",
                   -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = load (&fixture, "2025-07-31", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (config->programme.notice_short, ==, "Version 1.5 is a trial.");
    g_assert_true (config->programme.fill_down_leads);
    g_assert_true (config->quarantine_fails);
    g_assert_cmpstr (config->programme.fraction_files[0], ==, "KPI_values-returns.csv");
    g_assert_null (config->programme.fraction_files[1]);
    g_assert_cmpstr (config->programme.checks_off[1], ==, "K01");
    g_assert_cmpstr (config->data_folder, ==, "tables");
    g_assert_cmpstr (config->store_path, ==, "out/boardpack.sqlite");
    fixture_tear_down (&fixture);
}

static void test_bad_programmes_are_refused (void)
{
    static const Refusal cases[] = {
        { "config/programme.ini", NULL, "there is no programme in" },
        { "config/programme.ini", "[programme]\norganisation = O\n", "config/programme.ini, line 1: [programme] has no 'name'" },
        { "config/programme.ini", "[programme]\nname =\norganisation = O\n", "config/programme.ini, line 2: [programme] name: is blank" },
        { "config/programme.ini", "[paths]\ndata = x\n", "there is no section [programme]" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\norganistaion = P\n",
          "line 4: unknown key 'organistaion' in [programme]; did you mean 'organisation'" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\n[path]\n",
          "line 4: unknown section [path]; did you mean 'paths'" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\nlanguage = cy-GB\n", "line 4: [programme] language: 'cy-GB'" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\n[import]\nfill_down_leads = true\n",
          "line 5: [import] fill_down_leads: 'true' is neither yes nor no" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\n[import x.csv]\nscale = ratio\n",
          "line 5: [import x.csv] scale: 'ratio' is not known" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\n[checks]\noff = Z99\n",
          "line 5: [checks] off: there is no finding 'Z99'" },
        { "config/programme.ini", "[programme]\nname = N\norganisation = O\n[paths]\ndata =\n", "line 5: [paths] data: is blank" },
        { "config/rule.ini", "[due]\nsoon_days = 3\n",
          "config/rule.ini: there is no configuration file of that name; did you mean 'rules.ini'" },
    };
    check_refusals (cases, G_N_ELEMENTS (cases));
}

#define GOOD_USES                                                                                                                          \
    "[u]\nlabel = U\nletter = U\nshape = square\ncolour = no-data\ncounts_as = open\nused_for = no-update\n"                               \
    "[p]\nlabel = P\nletter = P\nshape = pentagon\ncolour = complete\ncounts_as = done\nused_for = as-planned\n"
#define GOOD_STATUS "[g]\nlabel = G\nletter = G\nshape = circle\ncolour = green\ncounts_as = open\n"

static void test_bad_scales_are_refused (void)
{
    static const Refusal cases[] = {
        { "config/status.ini", NULL, "config/status.ini is not there" },
        { "config/status.ini", GOOD_USES, "no status can be reported" },
        { "config/status.ini", GOOD_STATUS, "no status says 'used_for = no-update'" },
        { "config/status.ini",
          GOOD_STATUS "[u]\nlabel = U\nletter = U\nshape = square\ncolour = no-data\ncounts_as = open\nused_for = no-update\n",
          "no status says 'used_for = as-planned'" },
        { "config/status.ini",
          GOOD_STATUS GOOD_USES "[v]\nlabel = V\nletter = V\nshape = diamond\ncolour = no-data\ncounts_as = open\nused_for = no-update\n",
          "line 27: [v] used_for: [u] is used for no-update already" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = GG\nshape = circle\ncolour = green\ncounts_as = open\n",
          "line 17: [g] letter: 'GG' is not one letter" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = G\nshape = square\ncolour = no-data\ncounts_as = open\n",
          "line 18: [g] shape: [u] has the same shape and colour (square, no-data)" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = u\nshape = circle\ncolour = green\ncounts_as = open\n",
          "[u] has the letter 'U' already" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = u\nletter = G\nshape = circle\ncolour = green\ncounts_as = open\n",
          "[u] has the label 'U' already" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = G\nshape = star\ncolour = green\ncounts_as = open\n",
          "[g] shape: 'star' is not known; it is one of: diamond" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = G\nshape = circle\ncolour = blue\ncounts_as = open\n",
          "[g] colour: 'blue' is not known" },
        { "config/status.ini", GOOD_USES "[g]\nlabel = G\nletter = G\nshape = circle\ncolour = green\n",
          "line 15: [g] has no 'counts_as'" },
        { "config/status.ini",
          GOOD_STATUS GOOD_USES "[n]\nlabel = N\nletter = N\nshape = diamond\ncolour = none\ncounts_as = done\nused_for = not-due\n",
          "the status used for not-due must count as 'open'" },
        { "config/status.ini", GOOD_USES "[g]\nlable = G\n", "line 16: unknown key 'lable' in [g]; did you mean 'label'" },
        { "config/status.ini",
          GOOD_STATUS GOOD_USES "[x]\nlabel = X\nletter = X\nshape = triangle\ncolour = red\ncounts_as = open\nneeds = commentary|proof\n",
          "needs: 'proof' is not known" },
        { "config/status.ini", "[On Track]\nlabel = X\n", "line 1: [On Track]: a status code has" },
    };
    check_refusals (cases, G_N_ELEMENTS (cases));
}

static void test_bad_forums_are_refused (void)
{
    static const Refusal cases[] = {
        { "config/forums.ini", NULL, "config/forums.ini is not there" },
        { "config/forums.ini", "; none\n", "there is no forum" },
        { "config/forums.ini", "[a]\nshort = x\n", "line 1: [a] has no 'name'" },
        { "config/forums.ini", "[a]\nname = A\nparents = b\n[b]\nname = B\nparents = c\n[c]\nname = C\nparents = a\n",
          "line 3: [a] parents: the forums report to one another in a ring (a → b → c → a)" },
        { "config/forums.ini", "[a]\nname = A\nparents = a\n", "in a ring (a → a)" },
        { "config/forums.ini", "[board]\nname = A\n[group]\nname = B\nparents = bord\n",
          "line 5: [group] parents: there is no forum 'bord'; did you mean 'board'" },
        { "config/forums.ini", "[board]\nname = A\nadvises = cabinet\n", "line 3: [board] advises: there is no forum 'cabinet'" },
        { "config/forums.ini", "[a]\nname = A\ntemplate = a.ini\n", "line 3: [a] template: a forum with a template needs a marking" },
        { "config/forums.ini", "[a]\nname = A\nmarking = SECRET\n", "line 3: [a] marking: 'SECRET' is refused" },
        { "config/forums.ini", "[a]\nname = A\nmarking = TOP SECRET\n", "refused" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL SECRET\n", "refused" },
        { "config/forums.ini", "[a]\nname = A\nmarking = PROTECT\n", "marking: 'PROTECT' is not known" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL-SENSITIVEX\n", "is not known" },
        { "config/forums.ini", "[a]\nname = A\nmarking = official\n", "'official' is not known; write OFFICIAL, in capitals" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL COMMERCIAL\n", "write OFFICIAL, in capitals and with nothing after it" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL SENSITIVE\n",
          "'OFFICIAL SENSITIVE' is not known; write OFFICIAL-SENSITIVE, in capitals with one hyphen" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL - SENSITIVE\n", "write OFFICIAL-SENSITIVE, in capitals" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL–SENSITIVE\n", "write OFFICIAL-SENSITIVE, in capitals" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL\u00a0SENSITIVE\n", "write OFFICIAL-SENSITIVE, in capitals" },
        { "config/forums.ini", "[a]\nname = A\nmarking = Official-Sensitive\n", "write OFFICIAL-SENSITIVE, in capitals" },
        { "config/forums.ini", "[a]\nname = A\nmarking = OFFICIAL-SENSITIVE secret\n", "is refused" },
        { "config/forums.ini", "[a]\nname = A\ntemplate = ../a.ini\nmarking = OFFICIAL\n",
          "template: '../a.ini' must be the name of a file" },
        { "config/forums.ini", "[a]\nname = A\ntemplate = /etc/a.ini\nmarking = OFFICIAL\n", "must be the name of a file" },
        { "config/forums.ini", "[a]\nname = A\ntemplate = a.txt\nmarking = OFFICIAL\n", "must end in .ini" },
        { "config/forums.ini", "[a]\nname = A\naudience = everyone\n",
          "audience: 'everyone' is not known; it is one of: internal, partner, public" },
        { "config/forums.ini", "[a]\nname = A\nvalid_from = 1 May\n", "valid_from: '1 May' is no date" },
        { "config/forums.ini", "[a]\nname = A\nvalid_from = 2025-05-02\nvalid_to = 2025-05-01\n",
          "line 4: [a] valid_to: the forum ends before it begins" },
        { "config/forums.ini", "[a]\nname = A\n[a@2025-13-01]\nname = B\n", "line 3: [a@2025-13-01]: '2025-13-01' is no date" },
        { "config/forums.ini", "[board]\nname = A\n[bord@2025-09-01]\nname = B\n",
          "there is no forum [bord] for this to change; did you mean 'board'" },
        { "config/forums.ini", "[a]\nname = A\n[a@2030-01-01]\nmarking = SECRET\n", "line 4: [a@2030-01-01] marking: 'SECRET' is refused" },
        { "config/forums.ini", "[a]\nname = Same Name\n[b]\nname = B\naliases = X|same name\n",
          "line 5: [b] aliases: 'same name' is a name of [a] already" },
        { "config/forums.ini", "[a]\nname = A\n[inputs]\nname = B\n", "line 3: [inputs]: no forum can be called 'inputs'" },
        { "config/forums.ini", "[evidence]\nname = B\n", "line 1: [evidence]: no forum can be called 'evidence'" },
        { "config/forums.ini", "[updates]\nname = B\n", "line 1: [updates]: no forum can be called 'updates'" },
        { "config/forums.ini", "[A Forum]\nname = A\n", "a forum's id has 1 to 40 small letters" },
        { "config/forums.ini", "[a]\nname = A\nrole_short = 1234567890123456789012345678901234567890123456789012345678901\n",
          "role_short: has 61 characters; at most 60" },
    };
    check_refusals (cases, G_N_ELEMENTS (cases));
}

static void test_forums_change_on_their_day (void)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    fixture_write (
        &fixture, "config/forums.ini",
        "[board]\nname = Old name\nshort = Old\nmarking = OFFICIAL-SENSITIVE COMMERCIAL\n"
        "[board@2026-01-01]\nshort = Newest\n"
        "[board@2025-09-01]\nname = New name\nshort = New\n"
        "[gone]\nname = Gone\nparents = board\nvalid_to = 2025-08-31\n[coming]\nname = Coming\nparents = gone\nvalid_from = 2025-09-01\n",
        -1);
    static const struct
    {
        const char *as_of, *name, *short_name, *second;
    } days[] = { { "2025-08-31", "Old name", "Old", "gone" },
                 { "2025-09-01", "New name", "New", "coming" },
                 { "2025-12-31", "New name", "New", "coming" },
                 { "2026-01-01", "New name", "Newest", "coming" } };
    for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpProgrammeConfig) config = load (&fixture, days[i].as_of, &error);
        g_assert_no_error (error);
        const BpForumSet *set = &config->programme.forums;
        g_assert_cmpint (set->count, ==, 2);
        g_assert_cmpstr (set->forums[0].name, ==, days[i].name);
        g_assert_cmpstr (set->forums[0].short_name, ==, days[i].short_name);
        g_assert_cmpstr (set->forums[0].marking, ==, "OFFICIAL-SENSITIVE COMMERCIAL");
        g_assert_cmpstr (set->forums[1].id, ==, days[i].second);
    }
    fixture_tear_down (&fixture);
}

static void test_terms_and_holidays_are_read_in_order (void)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    fixture_write (&fixture, "config/calendar.ini",
                   "[terms]\nautumn 1 = 1 September\nautumn 2 = 1 November\nspring = 7 Jan\nsummer = 15 April\n"
                   "[holidays]\nlater = 2025-12-22 to 2026-01-02\nearlier = 2025-10-27\n[recurrence]\nskip_holidays = yes\n",
                   -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = load (&fixture, "2025-07-31", &error);
    g_assert_no_error (error);
    const BpCalendar *calendar = &config->programme.calendar;
    g_assert_cmpint (calendar->term_count, ==, 4);
    g_assert_cmpstr (calendar->terms[1].name, ==, "Autumn 2");
    g_assert_cmpint (calendar->terms[2].month, ==, 1);
    g_assert_cmpint (calendar->terms[2].day, ==, 7);
    g_assert_cmpint (calendar->holidays[0].first, ==, bp_date_new (2025, 10, 27));
    g_assert_cmpint (calendar->holidays[0].last, ==, bp_date_new (2025, 10, 27));
    g_assert_cmpint (calendar->holidays[1].last, ==, bp_date_new (2026, 1, 2));
    g_assert_true (calendar->skip_holidays);
    fixture_tear_down (&fixture);
}

static void test_bad_calendars_rules_fields_and_aliases_are_refused (void)
{
    static const Refusal cases[] = {
        { "config/calendar.ini", "[terms]\nautumn = September\n", "line 2: [terms] autumn: 'September' is no first day of a term" },
        { "config/calendar.ini", "[terms]\nautumn = 31 September\n", "is no first day" },
        { "config/calendar.ini", "[terms]\na = 1 September\nb = 1 April\nc = 1 January\n",
          "line 4: [terms] c: the terms are not in the order" },
        { "config/calendar.ini", "[terms]\na = 1 September\nb = 1 September\n", "not in the order" },
        { "config/calendar.ini", "[holidays]\nx = 2025-10-31 to 2025-10-27\n", "the holiday ends before it begins" },
        { "config/calendar.ini", "[holidays]\nx = October\n", "'October' is no holiday" },
        { "config/calendar.ini", "[holiday]\n", "unknown section [holiday]; did you mean 'holidays'" },
        { "config/rules.ini", "[exceptions]\nstatuses = off-track|late\n", "line 2: [exceptions] statuses: 'late' is not known" },
        { "config/rules.ini", "[exceptions]\ntop = many\n", "line 2: [exceptions] top: 'many' is not a whole number" },
        { "config/rules.ini", "[due]\nsoon_days = -1\n", "is not a whole number from 0" },
        { "config/rules.ini", "[spc]\nrun_points = seven\n", "line 2: [spc] run_points: 'seven' is not a whole number" },
        { "config/rules.ini", "[spc]\nscreen_moving_range = yes\n", "did you mean 'screen_moving_ranges'" },
        { "config/fields.ini", "[action.code]\ntype = text\ntitle = T\n",
          "line 1: [action.code]: there is no table 'action'; did you mean 'actions'" },
        { "config/fields.ini", "[actions.lead]\ntype = text\ntitle = T\n", "the table actions has a column 'lead' of its own" },
        { "config/fields.ini", "[actions.Code]\ntype = text\ntitle = T\n", "'Code' is no name of a column" },
        { "config/fields.ini", "[actions.code]\ntype = money\ntitle = T\n", "type: 'money' is not known" },
        { "config/fields.ini", "[actions.code]\ntype = text\n", "has no 'title'" },
        { "config/aliases.ini", "[status]\nblue = done\n", "line 2: [status] blue: there is no status 'done'" },
        { "config/aliases.ini", "[forums]\nBB = the-board\n", "there is no forum 'the-board' in config/forums.ini" },
        { "config/aliases.ini", "[leads]\nA - B = X\nA – B = Y\n", "line 3: [leads] A – B: this spelling already stands for 'X'" },
        { "config/glossary.ini", "[glossary]\nEHC =\n", "line 2: [glossary] EHC: is blank" },
        { "config/mail.ini", "[server]\nport = 99999\n", "port: '99999' is not a whole number" },
        { "config/mail.ini", "[server]\npassword = x\n", "unknown key 'password' in [server]" },
        { "config/mail.ini", "[server]\nsecurity = plain\n", "security: 'plain' is not known; it is one of: starttls, tls" },
        { "config/mail.ini", "[server]\nauth = password\nuser = packs\n", "[server] has no 'secret_file'" },
        { "config/mail.ini", "[server]\ntries = 0\n", "tries: '0' is not a whole number" },
        { "config/mail.ini", "[operator]\nadress = office@example.org\n", "did you mean 'address'" },
        { "config/mail.ini", "[mail]\nsubject_trigger = OFFICIAL:\n",
          "line 2: [mail] subject_trigger: 'OFFICIAL:' stands before the marking and must not look like one" },
        { "config/mail.ini", "[mail]\nsubject_trigger = [not s-ensitive]\n", "must not look like one" },
        { "config/mail.ini", "[mail]\nsize_limit_mb = 0\n", "size_limit_mb: '0' is not a whole number" },
    };
    check_refusals (cases, G_N_ELEMENTS (cases));
}

static void test_aliases_glossary_and_fields_are_read (void)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    fixture_write (&fixture, "config/aliases.ini",
                   "[leads]\nZoë's team = Zoë\n[status]\nBlue = complete\n[forums]\nBB = board\n[areas]\nX = SIP:1\n", -1);
    fixture_write (&fixture, "config/glossary.ini", "[glossary]\nEHC plan = Education, health and care plan\nSaLT = Speech\n", -1);
    fixture_write (&fixture, "config/fields.ini",
                   "[actions.budget_code]\ntype = text\ntitle = Budget code\n[kpis.checked_on]\ntype = date\ntitle = Checked on\n", -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = load (&fixture, "2025-07-31", &error);
    g_assert_no_error (error);
    const BpProgramme *programme = &config->programme;
    g_assert_cmpstr (g_hash_table_lookup (programme->aliases[BP_ALIAS_STATUS], "blue"), ==, "complete");
    g_assert_cmpuint (g_hash_table_size (programme->aliases[BP_ALIAS_LEAD]), ==, 1);
    g_assert_cmpstr (programme->glossary[0].abbreviation, ==, "EHC plan");
    g_assert_cmpint (programme->glossary_count, ==, 2);
    g_assert_cmpuint (programme->fields.count, ==, 2);
    g_assert_cmpstr (bp_field_set_get (&programme->fields, BP_TABLE_KPIS, 0)->column, ==, "checked_on");
    g_assert_cmpint (bp_field_set_get (&programme->fields, BP_TABLE_KPIS, 0)->type, ==, BP_FIELD_DATE);
    fixture_tear_down (&fixture);
}

static void test_the_repositorys_own_programme_is_read (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpProgrammeConfig) config = bp_programme_config_load (BP_TEST_ROOT, bp_date_new (2025, 7, 31), &error);
    g_assert_no_error (error);
    const char *const forums[] = { "operational-group", "programme-board", "area-partnership-board", "bbp", "childrens-delivery-group",
                                   "contracts-group",   "partners" };
    for (gsize i = 0; i < G_N_ELEMENTS (forums); i++)
    {
        const BpForum *forum = bp_forum_find (&config->programme.forums, forums[i]);
        g_assert_nonnull (forum);
        g_assert_nonnull (forum->template_file);
        g_autoptr (BpReportLayout) layout = bp_report_layout_load (config, forum, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (layout->sections->len, >, 3);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/config/programme/defaults_stand_in_for_files_that_are_left_out", test_defaults_stand_in_for_files_that_are_left_out);
    g_test_add_func ("/config/programme/every_value_of_programme_ini_is_read", test_every_value_of_programme_ini_is_read);
    g_test_add_func ("/config/programme/bad_programmes_are_refused", test_bad_programmes_are_refused);
    g_test_add_func ("/config/statuses/bad_scales_are_refused", test_bad_scales_are_refused);
    g_test_add_func ("/config/forums/bad_forums_are_refused", test_bad_forums_are_refused);
    g_test_add_func ("/config/forums/forums_change_on_their_day", test_forums_change_on_their_day);
    g_test_add_func ("/config/calendar/terms_and_holidays_are_read_in_order", test_terms_and_holidays_are_read_in_order);
    g_test_add_func ("/config/others/bad_calendars_rules_fields_and_aliases_are_refused",
                     test_bad_calendars_rules_fields_and_aliases_are_refused);
    g_test_add_func ("/config/others/aliases_glossary_and_fields_are_read", test_aliases_glossary_and_fields_are_read);
    g_test_add_func ("/config/programme/the_repositorys_own_programme_is_read", test_the_repositorys_own_programme_is_read);
    return g_test_run ();
}
