#include "app/options.h"

#include <string.h>

#define BUILD (BP_OPTION_EVERY | BP_OPTION_BUILD)

/* Splits a command line at blanks. */
static char **words_of (const char *line)
{
    return g_strsplit (line, " ", -1);
}

static void test_the_verb_is_found_behind_options_and_their_values (void)
{
    static const struct
    {
        const char *line;
        const char *verb; /* NULL: none */
    } cases[] = {
        { "boardpack", NULL },
        { "boardpack --help", NULL },
        { "boardpack run", "run" },
        { "boardpack -C run build", "build" },
        { "boardpack -Crun build", "build" },
        { "boardpack --directory run build", "build" },
        { "boardpack --directory=run build", "build" },
        { "boardpack --as-of 2025-07-31 --json check --forum bbp", "check" },
        { "boardpack --quiet --no-color run", "run" },
        { "boardpack --forum bbp", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_auto (GStrv) words = words_of (cases[i].line);
        int verb = bp_options_find_verb ((int)g_strv_length (words), words);
        g_assert_cmpstr (verb == 0 ? NULL : words[verb], ==, cases[i].verb);
    }
}

static void test_options_are_read_wherever_they_stand (void)
{
    g_auto (GStrv) words = words_of (
        "boardpack --as-of 2025-07-31 one --forum a --jobs=3 -C dir two --forum b --format pdf,text --strict --known 2025-06-30");
    g_auto (BpOptions) options = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_options_parse (&options, BUILD, "build", &words, &error));
    g_assert_no_error (error);
    g_assert_cmpint (options.as_of, ==, bp_date_new (2025, 7, 31));
    g_assert_cmpint (options.known, ==, bp_date_new (2025, 6, 30));
    g_assert_cmpint (options.jobs, ==, 3);
    g_assert_cmpstr (options.folder, ==, "dir");
    g_assert_cmpuint (g_strv_length (options.forums), ==, 2);
    g_assert_cmpstr (options.forums[1], ==, "b");
    g_assert_cmpstr (options.formats[1], ==, "text");
    g_assert_true (options.strict);
    g_assert_false (options.json);
    g_assert_cmpstr (words[1], ==, "one");
    g_assert_cmpstr (words[2], ==, "two");
    g_assert_null (words[3]);
}

static void test_without_options_there_are_defaults (void)
{
    g_auto (GStrv) words = words_of ("boardpack");
    g_auto (BpOptions) options = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_options_parse (&options, BUILD, "build", &words, &error));
    g_assert_cmpint (options.as_of, ==, BP_DATE_NONE);
    g_assert_cmpint (options.known, ==, BP_DATE_NONE);
    g_assert_cmpint (options.jobs, >=, 1);
    g_assert_null (options.formats);
    g_assert_cmpstr (bp_options_folder (&options), ==, ".");
}

static void test_bad_options_say_what_to_do (void)
{
    static const struct
    {
        const char *line, *message;
        BpOptionSet accepted;
    } cases[] = {
        { "boardpack --asof 2025-07-31", "unknown option --asof; did you mean --as-of?", BUILD },
        { "boardpack --zzz", "unknown option --zzz; 'boardpack build --help' lists the options", BUILD },
        { "boardpack --as-of 2025-07-31", "'build' has no option --as-of", BP_OPTION_EVERY },
        { "boardpack --as-of 31/07/2025", "--as-of 31/07/2025: that is no date; write it as 2025-07-31", BUILD },
        { "boardpack --as-of 2025-02-29", "that is no date", BUILD },
        { "boardpack --known soon", "--known soon: that is no date", BUILD },
        { "boardpack --jobs 0", "--jobs 0: give a whole number from 1", BUILD },
        { "boardpack --jobs 0x2", "give a whole number", BUILD },
        { "boardpack --jobs 65", "give a whole number", BUILD },
        { "boardpack --format ,", "--format names no format", BUILD },
        { "boardpack --as-of", "Missing argument", BUILD },
        { "boardpack -x", "unknown option -x", BUILD },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_auto (GStrv) words = words_of (cases[i].line);
        g_auto (BpOptions) options = { 0 };
        g_autoptr (GError) error = NULL;
        g_assert_false (bp_options_parse (&options, cases[i].accepted, "build", &words, &error));
        if (strstr (error->message, cases[i].message) == NULL)
            g_error ("case %zu: '%s' does not hold '%s'", i, error->message, cases[i].message);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/options/the_verb_is_found_behind_options_and_their_values",
                     test_the_verb_is_found_behind_options_and_their_values);
    g_test_add_func ("/app/options/options_are_read_wherever_they_stand", test_options_are_read_wherever_they_stand);
    g_test_add_func ("/app/options/without_options_there_are_defaults", test_without_options_there_are_defaults);
    g_test_add_func ("/app/options/bad_options_say_what_to_do", test_bad_options_say_what_to_do);
    return g_test_run ();
}
