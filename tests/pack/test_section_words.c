#include "support/table_builder.c"

#include "pack/row_filter.h"
#include "support/pack_fixture.h"

/* ---- nothing to say ---- */

/* What every section type says of an empty programme; NULL: it has something to say all the same. */
static const struct
{
    const char *type, *words;
} standing[] = {
    { "cover", NULL },
    { "contents", NULL },
    { "summary", "paragraph (standing): No actions have been loaded." },
    { "asks", "paragraph (standing): No asks of this meeting." },
    { "changes", "paragraph (standing): No earlier report to compare with." },
    { "area-pages", "paragraph (standing): No area has been loaded." },
    { "project-pages", "paragraph (standing): No project has been loaded." },
    { "exceptions", "paragraph (standing): No exceptions this period." },
    { "action-tracker", "paragraph (standing): No action belongs here." },
    { "kpi-scorecard", "paragraph (standing): No measure belongs here." },
    { "kpi-details", "paragraph (standing): No measure belongs here." },
    { "timeline", "paragraph (standing): No action belongs here." },
    { "coverage", "paragraph (standing): No recommendation has been loaded." },
    { "escalations", "paragraph (standing): Nothing to escalate this period." },
    { "risks", "paragraph (standing): No risk has been recorded." },
    { "forward-plan", "paragraph (standing): No meeting is planned." },
    { "governance", "paragraph (standing): No membership has been recorded." },
    { "data-quality", NULL }, /* "no actions" is a finding */
    { "key", NULL },
    { "glossary", "paragraph (standing): No abbreviation of the glossary stands in this pack." },
};

/* Each section of an empty programme stands in the pack, says its sentence, and has no headline that pretends to know something. */
static void test_empty_programme (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, NULL, "2025-07-31");
    g_assert_cmpint (bp_section_type_count (), ==, G_N_ELEMENTS (standing));
    for (gsize i = 0; i < G_N_ELEMENTS (standing); i++)
        for (int forum = 0; forum < PACK_FORUM_COUNT; forum++)
        {
            g_assert_cmpstr (bp_section_type_info ((int)i)->name, ==, standing[i].type);
            g_autoptr (BpPack) pack = pack_build_lines (&fixture, forum, LINES (standing[i].type));
            g_assert_cmpuint (pack->sections->len, ==, 1);
            const BpSection *section = pack_get_section (pack, standing[i].type);
            g_assert_cmpuint (section->children->len, >, 0);
            g_autofree char *text = pack_dup_pdf_text (pack);
            if (standing[i].words != NULL)
            {
                assert_has (text, standing[i].words);
                g_assert_null (section->headline);
            }
            assert_lacks (text, "(empty)");
            assert_lacks (text, "(null)");
        }
    pack_fixture_close (&fixture);
}

/* Where nothing is left by its own filter a section still stands, and the template's message replaces the standing sentence. */
static void test_message_replaces_standing_sentence (void)
{
    static const char *const lines[] = { "asks;message=Nothing is asked of you.",
                                         "changes;areas=9;message=Nothing is asked of you.",
                                         "exceptions;filter=ref = 9;message=Nothing is asked of you.",
                                         "action-tracker;filter=ref = 9;message=Nothing is asked of you.",
                                         "kpi-scorecard;kpis=K9;message=Nothing is asked of you.",
                                         "kpi-details;kpis=K9;message=Nothing is asked of you.",
                                         "timeline;areas=9;message=Nothing is asked of you.",
                                         "area-pages;areas=9;message=Nothing is asked of you.",
                                         "project-pages;projects=P9;message=Nothing is asked of you.",
                                         "risks;areas=9;message=Nothing is asked of you." };
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_PARTNERS, LINES (lines[i]));
        g_autofree char *text = pack_dup_pdf_text (pack);
        g_assert_cmpuint (pack->sections->len, ==, 1);
        assert_has (text, "paragraph (standing): Nothing is asked of you.\n");
        assert_has (text, "message: Nothing is asked of you\n");
    }
    pack_fixture_close (&fixture);
}

/* ---- headlines: none, one, many ---- */

typedef struct
{
    const char *name;
    const char *actions; /* "1.1.1 March 2025, 1.1.2 June 2025" */
    const char *updates; /* "1.1.1 2025-07-25 complete, …" */
    const char *section;
    const char *headline; /* NULL: none */
} HeadlineCase;

static const HeadlineCase headline_cases[] = {
    { "none of one", "1.1.1 December 2025", "", "summary", "The one action is not complete, as planned" },
    { "one of one", "1.1.1 March 2025", "1.1.1 2025-07-25 complete", "summary", "The one action is complete" },
    { "all", "1.1.1 March 2025,1.1.2 June 2025", "1.1.1 2025-07-25 complete,1.1.2 2025-07-25 complete", "summary",
      "All 2 actions are complete" },
    { "one of two", "1.1.1 March 2025,1.1.2 June 2025", "1.1.1 2025-07-25 complete", "summary",
      "1 of 2 actions is complete, 1 behind plan" },
    { "ahead", "1.1.1 March 2025,1.1.2 December 2025,2.1 March 2026", "1.1.1 2025-07-25 complete,1.1.2 2025-07-25 complete", "summary",
      "2 of 3 actions are complete, 1 ahead of plan" },
    { "tracker, none of one", "1.1.1 December 2025", "", "action-tracker", "The one action is not complete" },
    { "tracker, one of one", "1.1.1 March 2025", "1.1.1 2025-07-25 complete", "action-tracker", "The one action is complete" },
    { "tracker, all", "1.1.1 March 2025,1.1.2 June 2025", "1.1.1 2025-07-25 complete,1.1.2 2025-07-25 complete", "action-tracker",
      "All 2 actions are complete" },
    { "tracker, one of two", "1.1.1 March 2025,1.1.2 June 2025", "1.1.1 2025-07-25 complete", "action-tracker",
      "1 of 2 actions is complete" },
    { "tracker of an area", "1.1.1 March 2025,1.1.2 June 2025,2.1 May 2025", "1.1.1 2025-07-25 complete", "action-tracker;areas=1",
      "1 of 2 actions in area 1 is complete" },
    { "tracker filtered", "1.1.1 March 2025,1.1.2 June 2025,2.1 May 2025", "", "action-tracker;filter=due < 2025-06-15",
      "None of the 2 actions chosen for this section is complete" },
    { "one exception", "1.1.1 December 2025", "1.1.1 2025-07-25 off-track", "exceptions", "One action is off track" },
    { "two kinds", "1.1.1 December 2025,1.1.2 December 2025,2.1 May 2025", "1.1.1 2025-07-25 off-track,1.1.2 2025-07-25 off-track",
      "exceptions", "Two actions are off track, one without an update" },
    { "one silent", "1.1.1 May 2025", "", "exceptions", "One action has no update" },
    { "two silent", "1.1.1 May 2025,1.1.2 May 2025", "", "exceptions", "Two actions have no update" },
    { "at risk", "1.1.1 December 2025", "1.1.1 2025-07-25 at-risk", "exceptions", "One action is at risk" },
    { "undated", "1.1.1 TBC", "1.1.1 2025-07-25 on-track", "exceptions", "One action needs a look" },
    { "no exception", "1.1.1 December 2025", "1.1.1 2025-07-25 on-track", "exceptions", NULL },
    { "one completed", "1.1.1 March 2025,1.1.2 June 2025",
      "1.1.1 2025-04-04 on-track,1.1.2 2025-04-04 on-track,1.1.1 2025-07-25 complete,1.1.2 2025-07-25 on-track", "changes",
      "One action has been completed since April 2025" },
    { "two completed", "1.1.1 March 2025,1.1.2 June 2025",
      "1.1.1 2025-04-04 on-track,1.1.2 2025-04-04 on-track,1.1.1 2025-07-25 complete,1.1.2 2025-07-25 complete", "changes",
      "Two actions have been completed since April 2025" },
    { "one changed", "1.1.1 December 2025,1.1.2 June 2026",
      "1.1.1 2025-04-04 on-track,1.1.2 2025-04-04 on-track,1.1.1 2025-07-25 at-risk,1.1.2 2025-07-25 on-track", "changes",
      "One action has changed, none completed" },
    { "none changed", "1.1.1 December 2025", "1.1.1 2025-04-04 on-track,1.1.1 2025-07-25 on-track", "changes", NULL },
    { "one due", "1.1.1 December 2025", "", "timeline", "One action falls due in December 2025" },
    { "two due", "1.1.1 December 2025,1.1.2 December 2025,2.1 January 2026", "", "timeline", "Two actions fall due in December 2025" },
    { "nothing to come", "1.1.1 March 2025", "", "timeline", NULL },
    { "one goes up", "1.1.1 January 2025", "1.1.1 2025-07-25 on-track", "escalations", "One action meets the escalation rules" },
    { "two go up", "1.1.1 January 2025,1.1.2 January 2025", "", "escalations", "Two actions meet the escalation rules" },
};

static void add_rows (BpTableSet *set, BpTableId table, const char *header, const char *rows)
{
    g_auto (GStrv) lines = g_strsplit (rows, ",", -1);
    for (int i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", table == BP_TABLE_ACTIONS ? 2 : 3);
        g_autofree char *area = g_str_has_prefix (words[0], "2") ? g_strdup ("2") : g_strndup (words[0], 3);
        g_autofree char *row = table == BP_TABLE_ACTIONS ? g_strdup_printf ("SIP|%s|%s|Action %s|%s", words[0], area, words[0], words[1])
                                                         : g_strdup_printf ("SIP|%s|%s|%s", words[0], words[1], words[2]);
        table_builder_add (set, table, header, row, NULL);
    }
}

static const HeadlineCase *filling;

static void fill_case (BpTableSet *set)
{
    table_builder_add_plan (set);
    add_rows (set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", filling->actions);
    add_rows (set, BP_TABLE_UPDATES, "plan|ref|as_of|status", filling->updates);
}

/* What no pack may say, whatever the counts. */
static void check_grammar (const char *name, const char *text)
{
    static const char *const wrong[] = {
        "(?<!section )(?<![0-9,.] )(?<![0-9,.–-])\\b[1] "
        "(actions|measures|asks|risks|findings|meetings|projects|areas|exceptions|forums|items|rows|days|points|weeks)\\b",
        "\\bof (the )?1 (actions|measures|projects)\\b(?! loaded)",
        "\\b[Oo]ne (actions|measures|asks|risks|findings|projects|areas|exceptions)\\b",
        "\\b[Aa]ll 1 ",
        "\\b[Oo]ne (action|measure|finding|ask|risk|project) (are|have|need|fall|were)\\b",
        "(?<!of )(?<!of the )\\b(?:two|three|four|five|Two|Three|Four|Five) (actions|measures|findings|asks|risks|projects) "
        "(is|has|needs|falls|was)\\b",
        "\\bNo of ",
        "\\b([Tt]he) [Tt]he\\b",
        "  (headline|subtitle|message): *$",
        "\\.\\.(?!\\.)",
        "1 measure that test\\b",
        " and 1 are\\b",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
        g_autoptr (GRegex) regex = g_regex_new (wrong[i], G_REGEX_MULTILINE, 0, NULL);
        g_assert_nonnull (regex);
        g_autoptr (GMatchInfo) match = NULL;
        if (!g_regex_match (regex, text, 0, &match))
            continue;
        int start = 0;
        g_match_info_fetch_pos (match, 0, &start, NULL);
        const char *line = text + start;
        while (line > text && line[-1] != '\n')
            line--;
        g_error ("%s: bad words “%.*s”", name, (int)strcspn (line, "\n"), line);
    }
}

static void test_headlines (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (headline_cases); i++)
    {
        PackFixture fixture;
        filling = &headline_cases[i];
        pack_fixture_open (&fixture, fill_case, "2025-07-31");
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES (filling->section));
        const BpSection *section = &((BpNode *)pack->sections->pdata[0])->as.section;
        if (g_strcmp0 (section->headline, filling->headline) != 0)
            g_error ("%s: the headline is “%s”, not “%s”", filling->name, section->headline != NULL ? section->headline : "(none)",
                     filling->headline != NULL ? filling->headline : "(none)");
        g_autofree char *text = pack_dup_pdf_text (pack);
        check_grammar (filling->name, text);
        pack_fixture_close (&fixture);
    }
}

/* The same rows in every section type: no section stumbles over one, two or no action. */
static void test_grammar_of_whole_packs (void)
{
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    for (gsize i = 0; i < G_N_ELEMENTS (headline_cases); i++)
    {
        PackFixture fixture;
        filling = &headline_cases[i];
        pack_fixture_open (&fixture, fill_case, "2025-07-31");
        g_autoptr (BpPack) pack = pack_build (&fixture, PACK_GROUP, layout);
        g_autofree char *text = pack_dup_pdf_text (pack);
        check_grammar (filling->name, text);
        pack_fixture_close (&fixture);
    }
    for (int forum = 0; forum < PACK_FORUM_COUNT; forum++)
    {
        PackFixture fixture;
        pack_fixture_open (&fixture, forum % 2 == 0 ? pack_fill_small : NULL, "2025-07-31");
        g_autoptr (BpPack) pack = pack_build (&fixture, forum, layout);
        g_autofree char *text = pack_dup_pdf_text (pack);
        check_grammar (pack_forums[forum].id, text);
        pack_fixture_close (&fixture);
    }
}

/* A template's headline stands as it is. */
static void test_headline_of_the_template (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    for (int i = 0; i < bp_section_type_count (); i++)
    {
        const char *type = bp_section_type_info (i)->name;
        if (strcmp (type, "cover") == 0 || strcmp (type, "contents") == 0 || strcmp (type, "key") == 0)
            continue;
        g_autofree char *line = g_strdup_printf ("%s;headline=What we want to say;title=Our name", type);
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES (line));
        g_assert_cmpstr (pack_get_section (pack, type)->headline, ==, "What we want to say");
        g_assert_cmpstr (pack_get_section (pack, type)->name, ==, "Our name");
    }
    pack_fixture_close (&fixture);
}

/* ---- measures ---- */

static const char *const *kpi_rows;

static void fill_kpis (BpTableSet *set)
{
    table_builder_add_plan (set);
    for (int i = 0; kpi_rows[i] != NULL; i++)
    {
        g_auto (GStrv) cells = g_strsplit (kpi_rows[i], " ", 2); /* "higher 40 50" baseline, latest */
        g_autofree char *kpi
            = g_strdup_printf ("K%d|Measure %d|SIP:1|count|%s|quarter|Q4 2023/24|20|Q4 2025/26|30", i + 1, i + 1, cells[0]);
        table_builder_add (set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|baseline_period|baseline|target_period|target",
                           kpi, NULL);
        if (cells[1] == NULL)
            continue;
        g_autofree char *value = g_strdup_printf ("K%d|Q4 2024/25|%s", i + 1, cells[1]);
        g_autofree char *earlier = g_strdup_printf ("K%d|Q4 2022/23|20", i + 1);
        table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value", value, earlier, NULL);
    }
}

static void test_headlines_of_measures (void)
{
    static const struct
    {
        const char *rows[4];
        const char *scorecard, *details;
    } cases[] = {
        { { "higher", NULL }, NULL, NULL },
        { { "higher 15", NULL }, "The one measure has not improved", NULL },
        { { "higher 25", "higher 35", NULL }, "Both measures have improved", "One of two measures has met its target" },
        { { "higher 25", "higher", NULL },
          "The one measure that can be compared has improved",
          "None of the two measures is known to have met its target" },
        { { "higher 15", "higher 16", NULL }, "None of the two measures has improved", "None of the two measures has met its target" },
        { { "higher 31", "higher 32", "lower 10" }, "All three measures have improved", "All three measures have met their target" },
        { { "higher 31", "higher 5", "lower 10" }, "Two of three measures have improved", "Two of three measures have met their target" },
        { { "higher 15", "higher 5", "lower 10" }, "One of three measures has improved", "One of three measures has met its target" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        PackFixture fixture;
        kpi_rows = cases[i].rows;
        pack_fixture_open (&fixture, fill_kpis, "2025-07-31");
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES ("kpi-scorecard", "kpi-details"));
        g_assert_cmpstr (pack_get_section (pack, "kpi-scorecard")->headline, ==, cases[i].scorecard);
        g_assert_cmpstr (pack_get_section (pack, "kpi-details")->headline, ==, cases[i].details);
        pack_fixture_close (&fixture);
    }
}

/* ---- limits ---- */

static void test_limits_say_so (void)
{
    static const struct
    {
        const char *line, *note; /* note NULL: all are shown, and nothing is said */
    } cases[] = {
        { "action-tracker;limit=2", "2 of 7 actions shown. The full list is in the workbook, sheet Actions." },
        { "action-tracker;limit=7", NULL },
        { "action-tracker;filter=overdue = yes;limit=1", "1 of 2 actions shown." },
        { "exceptions;limit=1", "1 of 4 exceptions shown." },
        { "changes;limit=3", "3 of 4 changes in the table" },
        { "kpi-scorecard;limit=1", "1 of 4 measures shown. The full list is in the workbook, sheet KPIs." },
        { "kpi-details;limit=3", "3 of 4 measures shown." },
        { "area-pages;limit=1", "1 of 2 areas shown." },
        { "project-pages;limit=1", "1 of 2 projects shown." },
        { "project-pages;detail=lines;limit=1", "1 of 2 projects shown." },
        { "risks;limit=1", "1 of 2 open risks shown. The full list is in the workbook, sheet Risks." },
        { "forward-plan;limit=2", "2 of 3 meetings shown. The full list is in the workbook, sheet Meetings." },
        { "asks;limit=1", "1 of 2 asks shown. The full list is in the workbook, sheet Decisions." },
        { "escalations;limit=1", "1 of 2 escalations shown." },
        { "risks;limit=2", NULL },
    };
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES (cases[i].line));
        g_autofree char *text = pack_dup_pdf_text (pack);
        if (cases[i].note != NULL)
            assert_has (text, cases[i].note);
        else
            assert_lacks (text, " shown. The full list");
        /* A template cuts sections, never the workbook. */
        g_assert_cmpuint (bp_sheet_row_count (pack_get_sheet (pack, "Actions")), ==, 7);
        g_assert_cmpuint (bp_sheet_row_count (pack_get_sheet (pack, "KPIs")), ==, 4);
        g_assert_cmpuint (bp_sheet_row_count (pack_get_sheet (pack, "Risks")), ==, 2);
    }
    pack_fixture_close (&fixture);
}

/* The workbook's last column says which rows stand in the PDF. */
static void test_in_pack_column (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES ("action-tracker;filter=overdue = yes", "risks;limit=1"));
    static const struct
    {
        const char *sheet, *name_column;
        const char *in_pack;
    } cases[] = { { "Actions", "Ref", "1.1.2 2.1 " }, { "Risks", "Risk", "R1 " }, { "KPIs", "KPI", "" }, { "Meetings", "Title", "" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        const BpSheet *sheet = pack_get_sheet (pack, cases[i].sheet);
        int name = pack_sheet_column (sheet, cases[i].name_column), column = pack_sheet_column (sheet, "In this pack\u2019s PDF");
        g_autoptr (GString) found = g_string_new (NULL);
        for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
        {
            const BpValue in_pack = bp_sheet_cell (sheet, r, column);
            g_assert_cmpint (in_pack.kind, ==, BP_VALUE_YES_NO);
            if (in_pack.yes)
                g_string_append_printf (found, "%s ", bp_sheet_cell (sheet, r, name).text);
        }
        g_assert_cmpstr (found->str, ==, cases[i].in_pack);
    }
    pack_fixture_close (&fixture);
}

/* ---- what a silent lead gets ---- */

static void test_silence_is_named_and_never_guessed (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    static const struct
    {
        const char *line, *words;
    } cases[] = {
        { "action-tracker;filter=ref = 2.1", "<status No update received> | ~None | *No update received\n" },
        /* not due: nothing was missed yet */
        { "action-tracker;filter=ref = 1.2.2", "<status No update received> | ~None | ~Not begun yet\n" },
        { "exceptions;filter=ref = 2.1", "heading 2: No update received >> 1 action\n" },
        { "exceptions;filter=ref = 2.1", "31 May 2025 / !61 days overdue\n" },
        { "summary", "- 1: without an update: 2.1\n" },
        { "area-pages;areas=2", "- Reason: No update received\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES (cases[i].line));
        g_autofree char *text = pack_dup_pdf_text (pack);
        assert_has (text, cases[i].words);
    }
    /* What nobody reported is on no track. */
    g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES ("action-tracker;filter=ref in 2.1|2.2|1.2.2"));
    g_autofree char *text = pack_dup_pdf_text (pack);
    assert_lacks (text, "On track");
    assert_lacks (text, "Off track");
    pack_fixture_close (&fixture);
}

/* ---- short forms, and names that the data do not have ---- */

static void test_short_forms_and_unknown_names (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    static const struct
    {
        const char *line, *words, *not_words;
    } cases[] = {
        { "governance;detail=lines", "- Members: ", "table (" },
        { "data-quality;detail=lines", " were loaded.\n", "table (" },
        { "data-quality;detail=lines", "each has a row in the workbook, sheet Data_Quality.", "tiles" },
        { "kpi-scorecard;kpis=K1|zzz", "This section\u2019s template names one measure that the data do not have: zzz.\n", "areas" },
        { "action-tracker;areas=9|8", "This section\u2019s template names areas that the data do not have: 9 and 8.\n", "one area" },
        { "kpi-scorecard;kpis=K1", "1 of 4 measures; all are in the workbook.", "do not have" },
        { "action-tracker;columns=ref|title|owner", "- *1.1.1 | Strategy | Ann Lead\n", "Write the strategy" },
        /* a list that is cut begins with what went wrong */
        { "changes;limit=1", "- *1.1.2 | Training | ", "*1.1.1" },
        { "changes;limit=1", "1 of 4 changes in the table, ", "Measures with a new value" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_GROUP, LINES (cases[i].line));
        g_autofree char *text = pack_dup_pdf_text (pack);
        assert_has (text, cases[i].words);
        assert_lacks (text, cases[i].not_words);
    }
    pack_fixture_close (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/section_words/empty_programme_has_standing_sentences", test_empty_programme);
    g_test_add_func ("/pack/section_words/message_replaces_standing_sentence", test_message_replaces_standing_sentence);
    g_test_add_func ("/pack/section_words/headlines_of_none_one_and_many", test_headlines);
    g_test_add_func ("/pack/section_words/headlines_of_measures", test_headlines_of_measures);
    g_test_add_func ("/pack/section_words/grammar_of_whole_packs", test_grammar_of_whole_packs);
    g_test_add_func ("/pack/section_words/headline_of_the_template_stands", test_headline_of_the_template);
    g_test_add_func ("/pack/section_words/limits_say_how_many_of_how_many", test_limits_say_so);
    g_test_add_func ("/pack/section_words/in_pack_column_names_printed_rows", test_in_pack_column);
    g_test_add_func ("/pack/section_words/silence_is_named_and_never_guessed", test_silence_is_named_and_never_guessed);
    g_test_add_func ("/pack/section_words/short_forms_and_unknown_names_are_said", test_short_forms_and_unknown_names);
    return g_test_run ();
}
