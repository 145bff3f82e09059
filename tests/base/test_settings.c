#include "base/settings.h"

#include <string.h>

static BpSettings *make_settings (void)
{
    BpSettings *settings = bp_settings_new ("config/x.ini");
    bp_settings_add (settings, "Rules", NULL, NULL, 1);
    bp_settings_add (settings, "Rules", "Soon_Days", "30", 2);
    bp_settings_add (settings, "Rules", "skip", "maybe", 3);
    return settings;
}

static void names_are_found_without_regard_to_case (void)
{
    g_autoptr (BpSettings) settings = make_settings ();
    int days = 0;
    g_autoptr (GError) error = NULL;
    g_assert_true (bp_settings_get_int (settings, "rules", "soon_days", 0, 100, &days, &error));
    g_assert_cmpint (days, ==, 30);
    g_assert_true (bp_settings_get_int (settings, "rules", "absent", 0, 100, &days, &error));
    g_assert_cmpint (days, ==, 30);
    g_assert_no_error (error);
}

static void what_cannot_be_read_names_file_line_and_key (void)
{
    g_autoptr (BpSettings) settings = make_settings ();
    g_autoptr (GError) error = NULL;
    bool skip = false;
    g_assert_false (bp_settings_get_bool (settings, "rules", "skip", &skip, &error));
    g_assert_nonnull (strstr (error->message, "config/x.ini, line 3"));
    g_clear_error (&error);
    int days;
    g_assert_false (bp_settings_get_int (settings, "rules", "soon_days", 0, 20, &days, &error));
    g_assert_nonnull (strstr (error->message, "line 2"));
    g_clear_error (&error);
    static const char *const known[] = { "soon_days", "skip_holidays", NULL };
    BpSetting setting = { (char *)"rules", (char *)"son_days", (char *)"1", 9 };
    g_assert_false (bp_settings_fail_unknown (settings, &setting, known, &error));
    g_assert_nonnull (strstr (error->message, "did you mean 'soon_days'?"));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/settings/names_are_found_without_regard_to_case", names_are_found_without_regard_to_case);
    g_test_add_func ("/base/settings/what_cannot_be_read_names_file_line_and_key", what_cannot_be_read_names_file_line_and_key);
    return g_test_run ();
}
