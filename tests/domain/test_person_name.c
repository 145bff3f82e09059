#include "domain/person_name.h"

#include <glib.h>

static void one_person_is_told_however_the_name_is_typed (void)
{
    static const char *const names[] = { "Sam Example",
                                         " sam  EXAMPLE",
                                         "Sam Example.",
                                         "Example, Sam",
                                         "Mr Sam Example",
                                         "Cllr. Sam Example",
                                         "Sam\u00a0Example",
                                         "Sam\u200bExample",
                                         "Sam Example (SEND)",
                                         "Dr Example, Sam J.",
                                         "\uff33am Example",
                                         "sam",
                                         "SAM-EXAMPLE",
                                         "...",
                                         NULL };
    for (int i = 0; names[i] != NULL; i++)
    {
        g_assert_true (bp_person_names_may_be_one ("Sam Example", names[i]));
        g_assert_true (bp_person_names_may_be_one (names[i], "Sam Example"));
    }
    g_assert_true (bp_person_names_may_be_one ("Zo\u00eb O\u2019Example", "OExample Zoe\u0308"));
}

static void two_people_are_told_apart (void)
{
    static const char *const names[] = { "Ann Other", "Sam Other", "Ann Example", "Samantha Example", NULL };
    for (int i = 0; names[i] != NULL; i++)
        g_assert_false (bp_person_names_may_be_one ("Sam Example", names[i]));
    g_assert_false (bp_person_names_may_be_one ("Dr Ann Other", "Dr Sam Example"));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/person_name/one_person_is_told_however_the_name_is_typed", one_person_is_told_however_the_name_is_typed);
    g_test_add_func ("/domain/person_name/two_people_are_told_apart", two_people_are_told_apart);
    return g_test_run ();
}
