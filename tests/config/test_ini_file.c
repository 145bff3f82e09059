#include "config/programme_config.h"
#include "support/programme_fixture.h"

static BpSettings *load_bytes (const char *bytes, gssize length, GError **error)
{
    ProgrammeFixture fixture = { 0 };
    fixture_set_up (&fixture);
    fixture_write (&fixture, "x.ini", bytes, length);
    g_autofree char *path = g_build_filename (fixture.root, "x.ini", NULL);
    BpSettings *settings = bp_ini_file_load (path, "x.ini", error);
    fixture_tear_down (&fixture);
    return settings;
}

static void test_values_keep_their_words_and_lines (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpSettings) settings = load_bytes ("; a comment\n\n[Forum One]\nName = The Board's own; \n", -1, &error);
    g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG); /* an unquoted ; */
    g_clear_error (&error);
    g_assert_null (settings);
    settings = load_bytes (
        "# a comment\n\n[Forum One]\nName = The Board's  own\nEHC plan=Education = health\ncolour = \"#A2081B; yes\"\nempty =\n"
        "quoted = \"\"\nblanks = '  two  '\nnear = ünïcode £5\n",
        -1, &error);
    g_assert_no_error (error);
    static const struct
    {
        const char *key, *value;
        int line;
    } expected[] = { { "name", "The Board's  own", 4 },
                     { "ehc PLAN", "Education = health", 5 },
                     { "colour", "#A2081B; yes", 6 },
                     { "empty", "", 7 },
                     { "quoted", "", 8 },
                     { "blanks", "  two  ", 9 },
                     { "near", "ünïcode £5", 10 } };
    for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
        const BpSetting *setting = bp_settings_find (settings, "forum one", expected[i].key);
        g_assert_nonnull (setting);
        g_assert_cmpstr (setting->value, ==, expected[i].value);
        g_assert_cmpint (setting->line, ==, expected[i].line);
    }
    const BpSetting *section = bp_settings_find (settings, "FORUM ONE", NULL);
    g_assert_cmpint (section->line, ==, 3);
    g_assert_cmpstr (section->section, ==, "Forum One");
    g_assert_cmpstr (bp_settings_find (settings, "forum one", "ehc plan")->key, ==, "EHC plan");
}

static void test_marks_and_line_ends_of_other_systems_are_read (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpSettings) settings = load_bytes ("\xEF\xBB\xBF[a]\r\nb = one\r\n\r\n[c]\r\nd = \"two\"", -1, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (bp_settings_find_value (settings, "a", "b"), ==, "one");
    g_assert_cmpstr (bp_settings_find_value (settings, "c", "d"), ==, "two");
}

static void test_what_iniparser_would_misread_is_refused_with_its_line (void)
{
    static const struct
    {
        const char *contents;
        const char *message; /* must stand in it */
    } cases[] = {
        { "[a]\nb = 1\nb = 2\n", "x.ini, line 3: the key 'b' is there twice (first in line 2)" },
        { "[a]\nb = 1\n[A]\nc = 2\n", "x.ini, line 3: the section 'A' is there twice (first in line 1)" },
        { "[a]\nB = 1\nb = 2\n", "line 3: the key 'b' is there twice" },
        { "[a]\nb = #FF0000\n", "line 2: the value of 'b' holds a '#'" },
        { "[a]\nb = https://x/a;b\n", "line 2: the value of 'b' holds a ';'" },
        { "[a]\nb = one ; a comment\n", "line 2: the value of 'b' holds a ';'" },
        { "[a]\nb = \"never closed\n", "line 2: the value of 'b' starts with a \" that is never closed" },
        { "[a]\nb = 'never closed\n", "never closed" },
        { "[a]\nb = \"one\" two\n", "goes on after its closing" },
        { "[a]\nb = \"one\" ; two\n", "goes on after its closing" },
        { "[a]\nb = \"one \\\" two\"\n", "goes on after its closing" },
        { "[a]\nb = \"c:\\d\"\n", "backslash" },
        { "[a] ; note\n", "line 1: there is text after the ]" },
        { "[b]\nx = 1\n[a] ; a=b\n", "line 3: there is text after the ]" },
        { "[a\nb = 1\n", "line 1: the section's name has no closing ]" },
        { "[]\n", "line 1: a section needs a name" },
        { "[a:b]\n", "line 1: the section 'a:b' holds a ':'" },
        { "[a]\nb:c = 1\n", "line 2: the key 'b:c' holds a ':'" },
        { "[ä]\n", "not ASCII" },
        { "b = 1\n[a]\n", "line 1: 'b' stands before the first [section]" },
        { "[a]\nb\n", "line 2: 'b' is neither a comment" },
        { "[a]\n = 1\n", "line 2: a key needs a name" },
        { "[a]\nb = one \\\n two\n", "line 2: a line may not end with a backslash" },
        { "; comment \\\n[a]\nb = 1\n", "line 1: a line may not end with a backslash" },
        { "[a]\nb = 1\rc = 2\n", "line 2: the line holds a control character" },
        { "[a]\nb = 1\x07\n", "line 2: the line holds a control character" },
        { "[a]\nb = caf\xE9\n", "line 2: the file is not UTF-8" },
        { "\xFF\xFE[\0a\0]\0", "UTF-16" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpSettings) settings = load_bytes (cases[i].contents, -1, &error);
        g_assert_null (settings);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
        if (strstr (error->message, cases[i].message) == NULL)
            g_error ("case %zu: '%s' does not hold '%s'", i, error->message, cases[i].message);
    }
}

static void test_nul_bytes_and_long_lines_are_refused (void)
{
    g_autoptr (GError) error = NULL;
    const char with_nul[] = "[a]\nb = 1\nc = \0x\n";
    g_assert_null (load_bytes (with_nul, sizeof with_nul - 1, &error));
    g_assert_cmpstr (error->message, ==, "x.ini, line 3: the file holds a NUL byte; it is no text file");
    g_clear_error (&error);
    for (gsize length = 1000; length < 1040; length++)
    {
        g_autofree char *fill = g_strnfill (length - strlen ("b = "), 'x');
        g_autofree char *contents = g_strdup_printf ("[a]\r\nb = %s\r\n", fill);
        g_autoptr (BpSettings) settings = load_bytes (contents, -1, &error);
        if (length <= 1020)
        {
            g_assert_no_error (error);
            g_assert_cmpstr (bp_settings_find_value (settings, "a", "b"), ==, fill);
        }
        else
            g_assert_nonnull (strstr (error->message, "x.ini, line 2: the line is longer than 1020 bytes"));
        g_clear_error (&error);
    }
}

static void test_a_folder_or_nothing_is_no_file (void)
{
    g_autoptr (GError) error = NULL;
    g_assert_null (bp_ini_file_load ("/", "x.ini", &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    g_clear_error (&error);
    g_assert_null (bp_ini_file_load ("/nowhere/x.ini", "x.ini", &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_IO);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/config/ini_file/values_keep_their_words_and_lines", test_values_keep_their_words_and_lines);
    g_test_add_func ("/config/ini_file/marks_and_line_ends_of_other_systems_are_read", test_marks_and_line_ends_of_other_systems_are_read);
    g_test_add_func ("/config/ini_file/what_iniparser_would_misread_is_refused_with_its_line",
                     test_what_iniparser_would_misread_is_refused_with_its_line);
    g_test_add_func ("/config/ini_file/nul_bytes_and_long_lines_are_refused", test_nul_bytes_and_long_lines_are_refused);
    g_test_add_func ("/config/ini_file/a_folder_or_nothing_is_no_file", test_a_folder_or_nothing_is_no_file);
    return g_test_run ();
}
