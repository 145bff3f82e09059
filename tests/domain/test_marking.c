#include "domain/marking.h"

#include <glib.h>

static void official_alone_is_not_sensitive (void)
{
    g_assert_false (bp_marking_is_sensitive ("OFFICIAL"));
    static const char *const others[] = { "OFFICIAL-SENSITIVE",
                                          "OFFICIAL-SENSITIVE COMMERCIAL",
                                          "OFFICIAL SENSITIVE",
                                          "OFFICIAL - SENSITIVE",
                                          "OFFICIAL ",
                                          "OFFICIAL PERSONAL",
                                          "official",
                                          "SECRET",
                                          "OFFICIAL\u00a0",
                                          "",
                                          NULL };
    for (int i = 0; others[i] != NULL; i++)
        g_assert_true (bp_marking_is_sensitive (others[i]));
    g_assert_true (bp_marking_is_sensitive (NULL));
}

static void the_list_of_markings_is_closed (void)
{
    static const char *const known[] = { "OFFICIAL",
                                         "OFFICIAL-SENSITIVE",
                                         "OFFICIAL-SENSITIVE COMMERCIAL",
                                         "OFFICIAL-SENSITIVE PERSONAL DATA",
                                         "OFFICIAL-SENSITIVE LOCSEN",
                                         "OFFICIAL-SENSITIVE MARKET-SENSITIVE",
                                         NULL };
    for (int i = 0; known[i] != NULL; i++)
        g_assert_true (bp_marking_is_known (known[i]));
    static const char *const others[] = { "OFFICIAL SENSITIVE",
                                          "OFFICIAL - SENSITIVE",
                                          "OFFICIAL -SENSITIVE",
                                          "OFFICIAL\u2013SENSITIVE",
                                          "OFFICIAL\u2010SENSITIVE",
                                          "OFFICIAL\u00a0SENSITIVE",
                                          "OFFICIAL COMMERCIAL",
                                          "official",
                                          "Official-Sensitive",
                                          "OFFICIAL-SENSITIVE\u00a0COMMERCIAL",
                                          "OFFICIAL-SENSITIVE  COMMERCIAL",
                                          "OFFICIAL-SENSITIVE ",
                                          "OFFICIAL-SENSITIVE -",
                                          "OFFICIAL-SENSITIVE Commercial",
                                          "OFFICIAL-SENSITIVE OFFICIAL",
                                          "OFFICIAL-SENSITIVE SECRET",
                                          "SECRET",
                                          "",
                                          NULL };
    for (int i = 0; others[i] != NULL; i++)
        g_assert_false (bp_marking_is_known (others[i]));
    g_assert_false (bp_marking_is_known (NULL));
}

static void what_reads_alike_is_found (void)
{
    g_assert_cmpstr (bp_marking_find_alike ("official – sensitive"), ==, "OFFICIAL-SENSITIVE");
    g_assert_cmpstr (bp_marking_find_alike ("\uff2f\uff26\uff26\uff29\uff23\uff29\uff21\uff2c SENSITIVE COMMERCIAL"), ==,
                     "OFFICIAL-SENSITIVE");
    g_assert_cmpstr (bp_marking_find_alike ("Official "), ==, "OFFICIAL");
    g_assert_null (bp_marking_find_alike ("PROTECT"));
}

static void a_word_of_a_marking_is_found_however_it_is_typed (void)
{
    g_assert_true (bp_marking_has_word ("OFFICIAL:"));
    g_assert_true (bp_marking_has_word ("[o-f-f-i-c-i-a-l]"));
    g_assert_true (bp_marking_has_word ("not Sensitive"));
    g_assert_true (bp_marking_has_word ("Top secret"));
    g_assert_false (bp_marking_has_word ("[secure]"));
    g_assert_false (bp_marking_has_word (""));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/marking/official_alone_is_not_sensitive", official_alone_is_not_sensitive);
    g_test_add_func ("/domain/marking/the_list_of_markings_is_closed", the_list_of_markings_is_closed);
    g_test_add_func ("/domain/marking/what_reads_alike_is_found", what_reads_alike_is_found);
    g_test_add_func ("/domain/marking/a_word_of_a_marking_is_found_however_it_is_typed", a_word_of_a_marking_is_found_however_it_is_typed);
    return g_test_run ();
}
