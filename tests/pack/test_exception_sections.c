#include "support/table_builder.c"

#include "support/pack_builder_fixture.h"

/* The chip is the reported status; what the dates say stands in bold wherever it does. */
static void what_the_dates_say_stands_by_the_reported_status (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|short|timeframe", "SIP|1.1.1|1.1|Late||June 2025",
                       "SIP|1.1.2|1.1|In time||September 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress", "SIP|1.1.1|2025-04-04|at-risk|Begun",
                       "SIP|1.1.1|2025-07-25|on-track|Half done", "SIP|1.1.2|2025-07-25|on-track|Half done", NULL);
    pack_fixture_add_section (&fixture, "tracker", "action-tracker", NULL);
    pack_fixture_add_section (&fixture, "changes", "changes", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    pack_fixture_add_section (&fixture, "timeline", "timeline", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *tracker = pack_fixture_node (pack_fixture_section (pack, "tracker"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (tracker, "SIP:1.1.1", 4, "On track / Dates say: off track");
    pack_fixture_assert_cell (tracker, "SIP:1.1.2", 4, "On track");
    pack_fixture_assert_cell (pack_fixture_node (pack_fixture_section (pack, "changes"), BP_NODE_TABLE, 0), "SIP:1.1.1", 2,
                              "At risk \u2192 On track / Dates say: off track");
    const BpNode *bar = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_CHART, 0);
    g_assert_cmpstr (bar->as.chart.aside, ==, "1 reported on track is past its date");
    const BpNode *timeline = pack_fixture_node (pack_fixture_section (pack, "timeline"), BP_NODE_CHART, 0);
    g_assert_nonnull (strstr (timeline->as.chart.timeline->caption, "1.1.1 is reported on track and past its date."));
    pack_fixture_clear (&fixture);
}

/* 1.1.2 has waited longest; 1.1.3 is what the meeting is asked about; "1.1" and "11.1.3" are not it. */
static void lists_that_are_cut_keep_what_the_meeting_is_asked_about (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025",
                       "SIP|1.1.2|1.1|B|January 2025", "SIP|1.1.3|1.1|C|May 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.1|2025-07-25|off-track|Why",
                       "SIP|1.1.2|2025-07-25|off-track|Why", "SIP|1.1.3|2025-07-25|off-track|Why", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Fund area 1.1, as 11.1.3 did|decide|2025-07-01",
                       "board|D2|Approve a new date for 1.1.3.|approve|2025-07-01", "group|D3|Discuss 1.1.1|discuss|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "exceptions", "exceptions", "limit = 1", NULL);
    pack_fixture_add_section (&fixture, "escalations", "escalations", "limit = 1", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "exceptions"), BP_NODE_NOTE, 0)->as.note.ref, ==, "1.1.3");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "escalations"), BP_NODE_TABLE, 0);
    g_autofree char *ref = pack_fixture_dup_cell (&g_array_index (table->as.table.rows, BpTableRow, 0).cells[0]);
    g_assert_true (g_str_has_prefix (ref, "1.1.3"));
    g_autofree char *asked = pack_fixture_dup_cell (&g_array_index (table->as.table.rows, BpTableRow, 0).cells[3]);
    g_assert_cmpstr (asked, ==, "Nothing asked above; ask 2 here");
    const BpNode *top = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_TABLE, 0);
    g_autofree char *first = pack_fixture_dup_cell (&g_array_index (top->as.table.rows, BpTableRow, 0).cells[0]);
    g_assert_true (g_str_has_prefix (first, "1.1.3"));
    pack_fixture_assert_cell (top, "SIP:1.1.3", 1, "C / Ask 2");
    pack_fixture_assert_cell (top, "SIP:1.1.3", 3, "No way back given");
    pack_fixture_clear (&fixture);
}

/* Text of the row of a card with that label; NULL if it has none. */
static const char *card_row (const BpSection *section, int card, const char *label)
{
    const GArray *rows = pack_fixture_node (section, BP_NODE_NOTE, card)->as.note.rows;

    for (guint i = 0; i < rows->len; i++)
        if (g_strcmp0 (g_array_index (rows, BpNoteRow, i).label, label) == 0)
            return g_array_index (rows, BpNoteRow, i).text;
    return NULL;
}

/* 1.1.1 is asked of this meeting and of another forum, 1.1.2 of another alone; what the lead of 1.1.3 asks for is in no list yet. */
static void an_ask_stands_under_the_forum_that_it_is_put_to (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|January 2025",
                       "SIP|1.1.2|1.1|B|February 2025", "SIP|1.1.3|1.1|C|March 2025", "SIP|1.1.4|1.1|D|April 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason|ask",
                       "SIP|1.1.1|2025-07-25|off-track|Why|Fund two posts", "SIP|1.1.2|2025-07-25|off-track|Why|Sign a contract",
                       "SIP|1.1.3|2025-07-25|off-track|Why|Move the date", "SIP|1.1.4|2025-07-25|off-track|Why|", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Approve a new date for 1.1.1|approve|2025-07-01", "group|D2|Fund the posts of 1.1.1|decide|2025-07-01",
                       "group|D3|Sign the contract of 1.1.2|decide|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "exceptions", "exceptions", NULL);
    pack_fixture_add_section (&fixture, "escalations", "escalations", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSection *section = pack_fixture_section (pack, "exceptions");
    g_assert_cmpstr (card_row (section, 0, "Ask 1"), ==, "Approve a new date for 1.1.1.");
    g_assert_true (g_str_has_suffix (card_row (section, 0, "Asked of"), ": Fund the posts of 1.1.1."));
    g_assert_null (card_row (section, 1, "Ask 1"));
    g_assert_true (g_str_has_suffix (card_row (section, 1, "Asked of"), ": Sign the contract of 1.1.2."));
    g_assert_cmpstr (card_row (section, 2, "Ask"), ==, "Not yet raised: move the date.");
    g_assert_cmpstr (card_row (section, 3, "Ask"), ==, "None.");
    const BpNode *table = pack_fixture_node (pack_fixture_section (pack, "escalations"), BP_NODE_TABLE, 0);
    pack_fixture_assert_cell (table, "SIP:1.1.3", 3, "Ask, not yet raised: Move the date.");
    pack_fixture_assert_cell (table, "SIP:1.1.4", 3, "Nothing asked yet");
    pack_fixture_clear (&fixture);
}

/* One of them is an exception only because its date has passed. What is shown and what is not add up to all of them. */
static void the_groups_of_exceptions_add_up (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|March 2025",
                       "SIP|1.1.2|1.1|B|June 2025", "SIP|1.1.3|1.1|C|December 2025", "SIP|1.1.4|1.1|D|December 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.1|2025-07-25|off-track|Why",
                       "SIP|1.1.2|2025-07-25|on-track|", "SIP|1.1.3|2025-07-25|at-risk|Why", "SIP|1.1.4|2025-07-25|at-risk|Why", NULL);
    pack_fixture_add_section (&fixture, "all", "exceptions", NULL);
    pack_fixture_add_section (&fixture, "cut", "exceptions", "limit = 2", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpSection *all = pack_fixture_section (pack, "all");
    g_assert_cmpstr (all->subtitle, ==, "4 of 4 actions need attention");
    static const char *const headings[] = { "Off track", "Reported on track, past its date", "At risk" };
    static const char *const asides[] = { "1 action", "1 action", "2 actions" };
    for (int i = 0; i < (int)G_N_ELEMENTS (headings); i++)
    {
        g_assert_cmpstr (pack_fixture_node (all, BP_NODE_HEADING, i)->as.heading.text, ==, headings[i]);
        g_assert_cmpstr (pack_fixture_node (all, BP_NODE_HEADING, i)->as.heading.aside, ==, asides[i]);
    }
    g_assert_cmpstr (pack_fixture_node (pack_fixture_section (pack, "cut"), BP_NODE_PARAGRAPH, 0)->as.paragraph.text, ==,
                     "2 of 4 exceptions shown. Not shown: 2 at risk; see the workbook, sheet Actions.");
    pack_fixture_clear (&fixture);
}

/* The action without an update has waited longest and is what the meeting is asked about, but has nothing to show. */
static void the_top_exceptions_have_reasons_before_silence (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|A|January 2025",
                       "SIP|1.1.2|1.1|B|March 2025", "SIP|2.1|2|C|May 2025", NULL);
    table_builder_add (fixture.set, BP_TABLE_UPDATES, "plan|ref|as_of|status|reason", "SIP|1.1.2|2025-07-25|off-track|Why",
                       "SIP|2.1|2025-07-25|off-track|Why", NULL);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on",
                       "board|D1|Name who reports on 1.1.1|decide|2025-07-01", NULL);
    pack_fixture_add_section (&fixture, "summary", "summary", NULL);
    pack_fixture_add_section (&fixture, "own", "action-tracker", "areas = SIP:2", NULL);
    const BpPack *pack = pack_fixture_build (&fixture, "2025-07-31");
    const BpNode *top = pack_fixture_node (pack_fixture_section (pack, "summary"), BP_NODE_TABLE, 0);
    static const char *const refs[] = { "2.1", "1.1.2", "1.1.1" };
    for (guint i = 0; i < G_N_ELEMENTS (refs); i++)
    {
        g_autofree char *ref = pack_fixture_dup_cell (&g_array_index (top->as.table.rows, BpTableRow, i).cells[0]);
        g_assert_true (g_str_has_prefix (ref, refs[i]));
    }
    pack_fixture_clear (&fixture);
}

static void asks_are_the_forums_own_and_open (void)
{
    PackFixture fixture;
    pack_fixture_init (&fixture);
    table_builder_add (fixture.set, BP_TABLE_DECISIONS, "forum|ref|ask|kind|raised_on|owner|needed_by|outcome|decided_on|recommendation",
                       "board|D1|Fund two officers|decide|2025-07-01|Lead A|2025-09-30|||Fund both",
                       "board|D2|Endorse the case|endorse|2025-07-01||2025-07-15||| ", "group|D3|Not ours|decide|2025-07-01||||| ",
                       "board|D4|Done with|approve|2025-06-01|||Approved|2025-07-02|", NULL);
    pack_fixture_add_section (&fixture, "asks", "asks", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (&fixture, "2025-07-31"), "asks");
    const GArray *rows = pack_fixture_node (section, BP_NODE_NOTE, 0)->as.note.rows;
    g_assert_cmpstr (section->headline, ==, "Two asks of this meeting");
    g_assert_cmpstr (section->message, ==, "2 asks: endorse 1, decide 1");
    g_assert_cmpuint (rows->len, ==, 2);
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).label, ==, "1. Decide");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).text, ==, "Fund two officers");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 1).text, ==, "The case");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 0).aside, ==, "Owner: Lead A\nBy 30 September 2025");
    g_assert_cmpstr (g_array_index (rows, BpNoteRow, 1).aside, ==, "No owner\nWas needed by 15 July 2025");
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 0), "D1", 1, "Fund both");
    pack_fixture_assert_cell (pack_fixture_node (section, BP_NODE_TABLE, 1), "D4", 2, "Approved");
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/pack/exception_sections/" #test, test)
    ADD (what_the_dates_say_stands_by_the_reported_status);
    ADD (lists_that_are_cut_keep_what_the_meeting_is_asked_about);
    ADD (an_ask_stands_under_the_forum_that_it_is_put_to);
    ADD (the_groups_of_exceptions_add_up);
    ADD (the_top_exceptions_have_reasons_before_silence);
    ADD (asks_are_the_forums_own_and_open);
    return g_test_run ();
}
