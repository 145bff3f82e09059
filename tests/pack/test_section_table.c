#include "pack/pack_builder.h"

#include <string.h>

static const char *const wanted[]
    = { "cover",       "contents",       "summary",       "asks",         "changes",  "area-pages", "project-pages",
        "exceptions",  "action-tracker", "kpi-scorecard", "kpi-details",  "timeline", "coverage",   "risks",
        "escalations", "governance",     "forward-plan",  "data-quality", "key",      "glossary" };

static void every_section_type_is_listed_once_and_described (void)
{
    g_assert_cmpint (bp_section_type_count (), ==, G_N_ELEMENTS (wanted));
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        g_assert_nonnull (bp_section_type_find (wanted[i]));
    for (int i = 0; i < bp_section_type_count (); i++)
    {
        const BpSectionTypeInfo *info = bp_section_type_info (i);
        g_assert_cmpuint (strlen (info->description), >, 10);
        g_assert_nonnull (info->keys);
        for (int j = 0; j < i; j++)
            g_assert_cmpstr (info->name, !=, bp_section_type_info (j)->name);
    }
    g_assert_null (bp_section_type_find ("summry"));
}

static void options_are_checked_by_value (void)
{
    static const char *const local[] = { "budget_code", NULL };
    static const struct
    {
        const char *type, *key, *value, *message; /* message NULL: accepted */
    } rows[] = {
        { "action-tracker", "filter", "milestone = yes", NULL },
        { "action-tracker", "filter", "milestone = maybe", "'milestone' is yes or no, not 'maybe'" },
        { "action-tracker", "columns", "ref|action|budget_code", NULL },
        { "action-tracker", "columns", "ref|acton", "unknown column 'acton'; did you mean 'action'?" },
        { "action-tracker", "columns", "ref|ref", "'columns' names 'ref' twice" },
        { "action-tracker", "columns", "|", "'columns' names no column" },
        { "action-tracker", "group", "sub_area", NULL },
        { "action-tracker", "group", "sub-area", "unknown field to group by 'sub-area'; did you mean 'sub_area'?" },
        { "action-tracker", "sort", "-due", NULL },
        { "action-tracker", "sort", "+due", "unknown field '+due'" },
        { "action-tracker", "limit", "5", NULL },
        { "action-tracker", "limit", "0", "'limit' is a whole number from 1 to 100,000, not '0'" },
        { "action-tracker", "limit", "five", "'limit' is a whole number" },
        { "action-tracker", "orientation", "landscape", NULL },
        { "action-tracker", "orientation", "landscpe", "'landscpe' is no value of 'orientation'; did you mean 'landscape'?" },
        { "action-tracker", "annex", "true", "'true' is no value of 'annex'" },
        { "action-tracker", "areas", "SIP:1|SIP:99", NULL }, /* known only to a snapshot */
        { "action-tracker", "areas", " | ", "'areas' names nothing" },
        { "kpi-scorecard", "filter", "headline = yes", NULL },
        { "kpi-scorecard", "filter", "milestone = yes", "unknown field 'milestone'" },
        { "kpi-scorecard", "columns", "ref", "a section of type 'kpi-scorecard' takes no 'columns'" },
        { "project-pages", "detail", "lines", NULL },
        { "project-pages", "detail", "line", "'line' is no value of 'detail'; did you mean 'lines'?" },
        { "cover", "limit", "5", "a section of type 'cover' takes no 'limit'" },
        { "cover", "title", "The cover", NULL },
        { "cover", "title", "  ", "'title' is blank" },
        { "summary", "headline", "All is well", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
        g_autoptr (GError) error = NULL;
        bool is_accepted = bp_section_option_check (bp_section_type_find (rows[i].type), rows[i].key, rows[i].value, local, &error);
        if (rows[i].message == NULL)
        {
            g_assert_no_error (error);
            g_assert_true (is_accepted);
            continue;
        }
        g_assert_false (is_accepted);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
        if (strstr (error->message, rows[i].message) == NULL)
            g_error ("%s %s = %s gives '%s', not '%s'", rows[i].type, rows[i].key, rows[i].value, error->message, rows[i].message);
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/section_table/every_section_type_is_listed_once_and_described",
                     every_section_type_is_listed_once_and_described);
    g_test_add_func ("/pack/section_table/options_are_checked_by_value", options_are_checked_by_value);
    return g_test_run ();
}
