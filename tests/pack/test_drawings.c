#include "support/table_builder.c"

#include "pack/timeline_words.h"
#include "support/pack_builder_fixture.h"

/* ---- timeline ---- */

static const BpTimeline *build_timeline (PackFixture *fixture, const char *as_of)
{
    pack_fixture_add_section (fixture, "timeline", "timeline", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (fixture, as_of), "timeline");
    return pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart.timeline;
}

static void add_rows (PackFixture *fixture)
{
    pack_fixture_init (fixture);
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|Stays|April 2025",
                       "SIP|1.1.2|1.1|Moves|March 2025", "SIP|1.1.3|1.1|No date|", "SIP|1.2.1|1.2|Repeats|6 weekly from September 2025",
                       "SIP|2.1|2|Of the area itself|May 2025", "SIP|2.2|2|The same|June 2025", "SIP|2.2.1|2|Under 2.2|July 2025",
                       "SIP|2.2.2|2|Under 2.2|December 2026", NULL);
    table_builder_add (fixture->set, BP_TABLE_UPDATES, "plan|ref|as_of|status|forecast|approved_by",
                       "SIP|1.1.2|2025-07-25|at-risk|30 September 2025|board", "SIP|1.1.1|2025-07-25|at-risk|31 October 2025|", NULL);
}

static const BpTimelineMark *find_mark (const BpTimeline *timeline, const char *ref)
{
    for (int g = 0; g < timeline->group_count; g++)
        for (int l = 0; l < timeline->groups[g].lane_count; l++)
            for (int m = 0; m < timeline->groups[g].lanes[l].mark_count; m++)
                if (g_str_equal (timeline->groups[g].lanes[l].marks[m].ref, ref))
                    return &timeline->groups[g].lanes[l].marks[m];
    g_error ("no mark %s", ref);
}

static void lanes_are_sub_areas_or_refs_under_one_ref (void)
{
    static const char *const expected[] = { "1.1", "1.2", "2.1 to 2.2", "2.2.1 to 2.2.2" };
    PackFixture fixture;
    add_rows (&fixture);
    const BpTimeline *timeline = build_timeline (&fixture, "2025-07-31");
    int lane = 0;
    g_assert_cmpint (timeline->group_count, ==, 2);
    for (int g = 0; g < timeline->group_count; g++)
        for (int l = 0; l < timeline->groups[g].lane_count; l++, lane++)
        {
            g_assert_cmpint (lane, <, (int)G_N_ELEMENTS (expected));
            g_assert_true (g_str_has_prefix (timeline->groups[g].lanes[l].name, expected[lane]));
        }
    g_assert_cmpint (lane, ==, (int)G_N_ELEMENTS (expected));
    pack_fixture_clear (&fixture);
}

static void marks_stand_at_their_approved_date (void)
{
    PackFixture fixture;
    add_rows (&fixture);
    const BpTimeline *timeline = build_timeline (&fixture, "2025-07-31");
    const BpTimelineMark *moved = find_mark (timeline, "1.1.2"), *unapproved = find_mark (timeline, "1.1.1");
    g_assert_cmpint (moved->date, ==, bp_date_new (2025, 9, 30));
    g_assert_cmpint (moved->original, ==, bp_date_new (2025, 3, 31));
    g_assert_cmpint (unapproved->date, ==, bp_date_new (2025, 4, 30));
    g_assert_cmpint (unapproved->original, ==, BP_DATE_NONE);
    g_assert_cmpint (find_mark (timeline, "1.1.3")->date, ==, BP_DATE_NONE);
    pack_fixture_clear (&fixture);
}

/* From 1 September 2025 every six weeks, holidays aside, to the end of the range. */
static void a_repeating_action_has_its_later_dates_within_the_range (void)
{
    PackFixture fixture;
    add_rows (&fixture);
    const BpTimeline *timeline = build_timeline (&fixture, "2025-07-31");
    const BpTimelineMark *mark = find_mark (timeline, "1.2.1");
    g_assert_cmpint (mark->date, ==, bp_date_new (2025, 9, 1));
    g_assert_cmpint (mark->original, ==, BP_DATE_NONE);
    g_assert_cmpint (mark->repeat_count, >=, 10);
    for (int i = 0; i < mark->repeat_count; i++)
    {
        const BpDate before = i == 0 ? mark->date : mark->repeats[i - 1];
        g_assert_cmpint (mark->repeats[i], >=, before + 28);
        g_assert_cmpint (mark->repeats[i], <=, timeline->last);
    }
    pack_fixture_clear (&fixture);
}

static void the_range_holds_every_date_and_today_and_a_year_at_least (void)
{
    PackFixture fixture;
    add_rows (&fixture);
    const BpTimeline *timeline = build_timeline (&fixture, "2025-07-31");
    g_assert_cmpint (timeline->first, ==, bp_date_new (2025, 3, 1));
    g_assert_cmpint (timeline->last, ==, bp_date_new (2026, 12, 31));
    pack_fixture_clear (&fixture);

    pack_fixture_init (&fixture);
    table_builder_add_plan (fixture.set);
    table_builder_add (fixture.set, BP_TABLE_ACTIONS, "plan|ref|area|action|timeframe", "SIP|1.1.1|1.1|One|September 2025", NULL);
    timeline = build_timeline (&fixture, "2025-07-31");
    g_assert_cmpint (timeline->first, ==, bp_date_new (2025, 7, 1));
    g_assert_cmpint (timeline->last, ==, bp_date_new (2026, 6, 30));
    pack_fixture_clear (&fixture);
}

static void the_words_for_the_timeline_count_what_it_shows (void)
{
    PackFixture fixture;
    add_rows (&fixture);
    const BpTimeline *timeline = build_timeline (&fixture, "2025-07-31");
    g_autofree char *whole = bp_timeline_dup_alternative (timeline, false);
    g_assert_cmpstr (whole, ==,
                     "8 actions by month of approved date, March 2025 to December 2026. Most still to come: 2 in September 2025. "
                     "1 moved, 1 without a date.");
    BpTimeline part = *timeline;
    part.groups = &timeline->groups[1];
    part.group_count = 1;
    g_autofree char *words = bp_timeline_dup_alternative (&part, true);
    g_assert_true (g_str_has_prefix (words, timeline->groups[1].name));
    g_assert_nonnull (strstr (words, ": 4 actions by month"));
    g_assert_nonnull (strstr (words, "1 in December 2026"));
    pack_fixture_clear (&fixture);
}

/* ---- governance ---- */

#define IDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const BpTree *build_tree (PackFixture *fixture, BpForum *forums, int count)
{
    pack_fixture_init (fixture);
    for (int i = 0; i < count; i++)
    {
        forums[i].name = forums[i].short_name = forums[i].id;
        forums[i].aliases = (const char *const[]){ NULL };
        forums[i].valid_from = forums[i].valid_to = BP_DATE_NONE;
    }
    fixture->programme.forums = (BpForumSet){ forums, count };
    fixture->forum.parents = forums[0].parents;
    fixture->forum.advises = forums[0].advises;
    pack_fixture_add_section (fixture, "governance", "governance", NULL);
    const BpSection *section = pack_fixture_section (pack_fixture_build (fixture, "2025-07-31"), "governance");
    return pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart.tree;
}

static void levels_follow_the_lines_of_reporting (void)
{
    BpForum forums[] = {
        { .id = "board", .parents = IDS ("top"), .role_short = "Oversees the plan" },
        { .id = "top", .role = "A long sentence on what the top does, longer than any box has room for, and on and on" },
        { .id = "alone" },
        { .id = "below", .parents = IDS ("board", "top") },
        { .id = "adviser", .advises = IDS ("board") },
        { .id = "second", .advises = IDS ("board") },
        { .id = "third", .advises = IDS ("board") },
        { .id = "fourth", .advises = IDS ("board") },
    };
    static const int levels[] = { 1, 0, 2, 2, 2, 1, 3 }; /* three below, one beside, then further down */
    PackFixture fixture;
    const BpTree *tree = build_tree (&fixture, forums, (int)G_N_ELEMENTS (forums));
    g_assert_cmpint (tree->node_count, ==, (int)G_N_ELEMENTS (levels)); /* no line touches the one alone: it has no box */
    g_assert_cmpint (tree->edge_count, ==, 7);
    for (int i = 0; i < tree->node_count; i++)
        g_assert_cmpint (tree->nodes[i].level, ==, levels[i]);
    g_assert_true (tree->nodes[0].is_this);
    g_assert_cmpstr (tree->nodes[0].role, ==, "This forum: oversees the plan");
    g_assert_cmpint (g_utf8_strlen (tree->nodes[1].role, -1), <=, 60);
    g_assert_cmpstr (tree->nodes[4].role, ==, "No role given");
    g_assert_cmpstr (tree->caption, ==, "Solid lines: reports to. Dashed lines: advises, funds or follows. Not linked to a forum: alone.");
    const BpSection *section = pack_fixture_section (fixture.pack, "governance");
    const BpChart *chart = &pack_fixture_node (section, BP_NODE_CHART, 0)->as.chart;
    g_assert_cmpstr (chart->alternative, ==, "Tree of 7 forums. The Board reports to top; below reports to it.");
    pack_fixture_clear (&fixture);
}

/* The configuration refuses rings; a tree of one still ends. */
static void a_ring_of_forums_ends (void)
{
    BpForum forums[]
        = { { .id = "board", .parents = IDS ("b") }, { .id = "b", .parents = IDS ("c") }, { .id = "c", .parents = IDS ("board") } };
    PackFixture fixture;
    const BpTree *tree = build_tree (&fixture, forums, 3);
    g_assert_cmpint (tree->edge_count, ==, 3);
    for (int i = 0; i < 3; i++)
        g_assert_cmpint (tree->nodes[i].level, <=, 3);
    pack_fixture_clear (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/pack/drawings/" #name, name)
    ADD (lanes_are_sub_areas_or_refs_under_one_ref);
    ADD (marks_stand_at_their_approved_date);
    ADD (a_repeating_action_has_its_later_dates_within_the_range);
    ADD (the_range_holds_every_date_and_today_and_a_year_at_least);
    ADD (the_words_for_the_timeline_count_what_it_shows);
    ADD (levels_follow_the_lines_of_reporting);
    ADD (a_ring_of_forums_ends);
    return g_test_run ();
}
