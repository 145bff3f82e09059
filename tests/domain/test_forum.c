#include "domain/forum.h"

static const char *const board_aliases[] = { "SEND Area Partnership Board", "Area SEND Partnership Board", NULL };
static const char *const no_aliases[] = { NULL };
static BpForum forums[] = {
    { .id = "programme-board", .name = "SEND and AP Programme Board", .aliases = no_aliases },
    { .id = "area-partnership-board", .name = "Area SEND and AP Partnership Board", .aliases = board_aliases },
    { .id = "cdg", .name = "Children's Delivery Group" },
};
static const BpForumSet set = { .forums = forums, .count = 3 };

static void finds_by_id_name_or_alias (void)
{
    g_assert_true (bp_forum_find_id (&set, "programme-board") == &forums[0]);
    g_assert_null (bp_forum_find_id (&set, "CDG")); /* an alias may have been another forum's */
    g_assert_null (bp_forum_find_id (&set, "Programme-Board"));
    g_assert_true (bp_forum_find (&set, "programme-board") == &forums[0]);
    g_assert_true (bp_forum_find (&set, " CDG ") == &forums[2]);
    g_assert_true (bp_forum_find (&set, "send and ap programme  board") == &forums[0]);
    g_assert_true (bp_forum_find (&set, "SEND Area Partnership Board") == &forums[1]);
    g_assert_true (bp_forum_find (&set, "Children\xe2\x80\x99s Delivery Group") == &forums[2]);
    g_assert_null (bp_forum_find (&set, "Programme Board"));
    g_assert_null (bp_forum_find (&set, ""));
    g_assert_null (bp_forum_find (&set, NULL));
    g_assert_null (bp_forum_find (&set, "\xff"));
    const BpForumSet empty = { 0 };
    g_assert_null (bp_forum_find (&empty, "cdg"));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/forum/finds_by_id_name_or_alias", finds_by_id_name_or_alias);
    return g_test_run ();
}
