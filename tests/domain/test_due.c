#include "domain/due.h"

#include "support/table_builder.c"

#define MEETING "forum|date|title|updates_due|papers_due|issue_date"

static const char *const board_names[] = { NULL };
static const BpForum forums[] = {
    { .id = "board", .name = "The Board", .short_name = "Board", .aliases = board_names, .template_file = "board.ini" },
    { .id = "group", .name = "The Group", .short_name = "Group", .aliases = board_names, .template_file = "group.ini" },
    { .id = "cabinet", .name = "Cabinet", .short_name = "Cabinet", .aliases = board_names },
};

typedef struct
{
    BpProgramme programme;
    BpTableSet *set;
    BpSnapshot *snapshot;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->programme = table_builder_programme ();
    fixture->programme.forums = (BpForumSet){ (BpForum *)forums, G_N_ELEMENTS (forums) };
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    table_builder_add_plan (fixture->set);
    table_builder_add (fixture->set, BP_TABLE_MEETINGS, MEETING, "board|2025-09-10|Second|2025-08-20|2025-08-27|2025-09-03",
                       "board|2025-07-10|First|2025-06-19|2025-06-26|2025-07-03", "group|TBC|Some day|2025-08-01||",
                       "cabinet|2025-09-12|Paper||2025-08-27|", NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
    (void)data;
    bp_snapshot_free (fixture->snapshot);
    bp_table_set_free (fixture->set);
    fixture->programme.forums = (BpForumSet){ NULL, 0 };
    table_builder_clear_programme (&fixture->programme);
}

/* "updates 2025-08-20 -5 board; …" */
static void assert_dues (Fixture *fixture, const char *as_of, int within, const char *expected)
{
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, as_of);
    g_autoptr (GArray) list = bp_due_list (fixture->snapshot, within);
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < list->len; i++)
    {
        const BpDue *due = &g_array_index (list, BpDue, i);
        g_autofree char *date = bp_date_dup_text (due->date, BP_DATE_ISO);
        g_string_append_printf (text, "%s %s %d %s; ", bp_due_kind_name (due->kind), date, due->days, due->meeting->forum->id);
    }
    g_assert_cmpstr (text->str, ==, expected);
}

static void what_is_past_comes_first (Fixture *fixture, gconstpointer data)
{
    (void)data;
    assert_dues (fixture, "2025-08-25", 14,
                 "updates 2025-08-20 -5 board; papers 2025-08-27 2 board; papers 2025-08-27 2 cabinet; issue 2025-09-03 9 board; ");
}

static void the_last_day_of_the_time_ahead_counts (Fixture *fixture, gconstpointer data)
{
    (void)data;
    assert_dues (fixture, "2025-08-25", 2, "updates 2025-08-20 -5 board; papers 2025-08-27 2 board; papers 2025-08-27 2 cabinet; ");
}

static void the_day_after_it_does_not (Fixture *fixture, gconstpointer data)
{
    (void)data;
    assert_dues (fixture, "2025-08-25", 1, "updates 2025-08-20 -5 board; ");
}

static void on_the_day_of_a_meeting_its_steps_still_stand (Fixture *fixture, gconstpointer data)
{
    (void)data;
    assert_dues (fixture, "2025-09-10", 0,
                 "updates 2025-08-20 -21 board; papers 2025-08-27 -14 board; papers 2025-08-27 -14 cabinet; issue 2025-09-03 -7 board; ");
}

static void nothing_is_due_for_a_meeting_that_has_been (Fixture *fixture, gconstpointer data)
{
    (void)data;
    assert_dues (fixture, "2025-09-13", 365, "");
}

static void the_meeting_before_is_the_forums_own (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-08-25");
    g_autoptr (GArray) list = bp_due_list (fixture->snapshot, 2);
    g_assert_cmpuint (list->len, ==, 3);
    g_assert_cmpstr (g_array_index (list, BpDue, 0).before->title, ==, "First");
    g_assert_null (g_array_index (list, BpDue, 2).before);
}

static void forums_with_a_pack_and_without_a_date_are_named (Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, "2025-08-25");
    g_autoptr (GPtrArray) undated = bp_due_list_undated (fixture->snapshot);
    g_assert_cmpuint (undated->len, ==, 1);
    g_assert_cmpstr (((const BpForum *)undated->pdata[0])->id, ==, "group");
}

static void add (const char *name, void (*test) (Fixture *, gconstpointer))
{
    g_autofree char *path = g_strconcat ("/domain/due/", name, NULL);
    g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("what_is_past_comes_first", what_is_past_comes_first);
    add ("the_last_day_of_the_time_ahead_counts", the_last_day_of_the_time_ahead_counts);
    add ("the_day_after_it_does_not", the_day_after_it_does_not);
    add ("on_the_day_of_a_meeting_its_steps_still_stand", on_the_day_of_a_meeting_its_steps_still_stand);
    add ("nothing_is_due_for_a_meeting_that_has_been", nothing_is_due_for_a_meeting_that_has_been);
    add ("the_meeting_before_is_the_forums_own", the_meeting_before_is_the_forums_own);
    add ("forums_with_a_pack_and_without_a_date_are_named", forums_with_a_pack_and_without_a_date_are_named);
    return g_test_run ();
}
