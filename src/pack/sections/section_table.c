#include "base/number.h"
#include "base/text.h"
#include "pack/row_filter.h"
#include "pack/sections/action_columns.h"
#include "pack/sections/section.h"

#include <string.h>

static const char *const common_keys[] = { "type", "title", "headline", "message", "orientation", "page", "page_budget", "annex", NULL };
static const char *const no_keys[] = { NULL };
static const char *const limit_keys[] = { "limit", NULL };
static const char *const action_keys[] = { "filter", "sort", "limit", "areas", "projects", "kpis", NULL };
static const char *const tracker_keys[] = { "filter", "columns", "sort", "group", "limit", "areas", "projects", "kpis", NULL };
static const char *const changes_keys[] = { "filter", "sort", "group", "limit", "areas", "projects", "kpis", NULL };
static const char *const area_keys[] = { "areas", "limit", "detail", NULL };
static const char *const project_keys[] = { "projects", "limit", "detail", NULL };
static const char *const kpi_keys[] = { "filter", "sort", "limit", "areas", "kpis", NULL };
static const char *const summary_keys[] = { "kpis", NULL };
static const char *const detail_keys[] = { "detail", NULL };
static const char *const limit_detail_keys[] = { "limit", "detail", NULL };
static const char *const scoped_limit_keys[] = { "limit", "areas", NULL };

const BpSectionType bp_section_table[] = {
    { .info = { "cover", "The first page: forum, meeting, dates, version, marking and what is in the pack", no_keys, NULL, NULL },
      .title = "Cover",
      .is_last = true,
      .build = bp_section_build_cover },
    { .info = { "contents", "Sections with page numbers, and how to read the pack", no_keys, NULL, NULL },
      .title = "Contents",
      .is_last = true,
      .build = bp_section_build_contents },
    { .info = { "summary", "One page that can be read alone: asks, status, progress against plan, headline measures, top exceptions",
                summary_keys, NULL, NULL },
      .title = "Summary on one page",
      .standing = "No actions have been loaded.",
      .fills_page = true,
      .build = bp_section_build_summary },
    { .info = { "asks", "What the forum is asked to decide, with owner and date", limit_keys, NULL, NULL },
      .title = "Asks and decisions",
      .standing = "No asks of this meeting.",
      .build = bp_section_build_asks },
    { .info = { "changes", "What has changed since the last pack, by area or project", changes_keys, NULL, "action" },
      .title = "Changes since the last pack",
      .standing = "No changes this period.",
      .build = bp_section_build_changes },
    { .info
      = { "area-pages", "A page, or a line, for each area: changes, impact, measures, next steps, exceptions", area_keys, NULL, NULL },
      .title = "Area pages",
      .standing = "No area has been loaded.",
      .build = bp_section_build_area_pages },
    { .info = { "project-pages", "Half a page, or a line, for each project", project_keys, NULL, NULL },
      .title = "Projects",
      .standing = "No project has been loaded.",
      .build = bp_section_build_project_pages },
    { .info
      = { "exceptions", "Actions off track, at risk or without an update: reason, way back, owner and date", action_keys, NULL, "action" },
      .title = "Exceptions",
      .standing = "No exceptions this period.",
      .build = bp_section_build_exceptions },
    { .info = { "action-tracker", "Actions line by line: lead, due date, status, change, update and way back", tracker_keys,
                bp_tracker_column_names, "action" },
      .title = "Action tracker",
      .standing = "No action belongs here.",
      .build = bp_section_build_action_tracker },
    { .info = { "kpi-scorecard", "Measures line by line: baseline, latest, target, benchmark, movement and trend", kpi_keys, NULL, "kpi" },
      .title = "Scorecard",
      .standing = "No measure belongs here.",
      .build = bp_section_build_kpi_scorecard },
    { .info = { "kpi-details", "A chart with its numbers, source and definition for each measure", kpi_keys, NULL, "kpi" },
      .title = "Measures in detail",
      .standing = "No measure belongs here.",
      .build = bp_section_build_kpi_details },
    { .info = { "timeline", "When actions fall due, month by month", action_keys, NULL, "action" },
      .title = "Timeline",
      .standing = "No action belongs here.",
      .build = bp_section_build_timeline },
    { .info
      = { "coverage", "Recommendations, the actions that answer them, the measures that test them, and the gaps", no_keys, NULL, NULL },
      .title = "Coverage of the findings",
      .standing = "No recommendation has been loaded.",
      .build = bp_section_build_coverage },
    { .info = { "escalations", "Actions that meet the escalation rules, and answers from the forums above", limit_keys, NULL, NULL },
      .title = "Escalations",
      .standing = "Nothing to escalate this period.",
      .flows = true,
      .build = bp_section_build_escalations },
    { .info = { "risks", "Risks with score, change and mitigation", scoped_limit_keys, NULL, NULL },
      .title = "Risks",
      .standing = "No risk has been recorded.",
      .flows = true,
      .build = bp_section_build_risks },
    { .info = { "forward-plan", "Meetings and gates to come", limit_keys, NULL, NULL },
      .title = "Forward plan",
      .standing = "No meeting is planned.",
      .flows = true,
      .build = bp_section_build_forward_plan },
    { .info = { "governance", "The forums, who reports to whom, and where this one stands", detail_keys, NULL, NULL },
      .title = "Governance",
      .standing = "No forum is configured.",
      .flows = true,
      .build = bp_section_build_governance },
    { .info = { "data-quality", "What was loaded, what needs attention, and claims computed again", limit_detail_keys, NULL, NULL },
      .title = "Data quality",
      .standing = "No findings: everything was loaded and nothing needs attention.",
      .build = bp_section_build_data_quality },
    { .info = { "key", "What the statuses, movements and shorthand mean", no_keys, NULL, NULL },
      .title = "How to read this pack",
      .flows = true,
      .build = bp_section_build_key },
    { .info = { "glossary", "Abbreviations that stand in the pack", no_keys, NULL, NULL },
      .title = "Glossary",
      .standing = "No abbreviation of the glossary stands in this pack.",
      .flows = true,
      .is_last = true,
      .build = bp_section_build_glossary },
    { .info = { .name = NULL } },
};

const BpSectionType *bp_section_table_find (const char *name)
{
    for (const BpSectionType *type = bp_section_table; type->info.name != NULL; type++)
        if (g_ascii_strcasecmp (type->info.name, name) == 0)
            return type;
    return NULL;
}

int bp_section_type_count (void)
{
    return (int)G_N_ELEMENTS (bp_section_table) - 1;
}

const BpSectionTypeInfo *bp_section_type_info (int index)
{
    g_assert (index >= 0 && index < bp_section_type_count ());
    return &bp_section_table[index].info;
}

const BpSectionTypeInfo *bp_section_type_find (const char *name)
{
    const BpSectionType *type = bp_section_table_find (name);

    return type != NULL ? &type->info : NULL;
}

const char *const *bp_section_common_keys (void)
{
    return common_keys;
}

/* ---- checking one option ---- */

static bool check_word (const char *key, const char *value, const char *const *known, GError **error)
{
    g_autofree char *all = g_strjoinv (", ", (char **)known);

    if (g_strv_contains (known, value))
        return true;
    const char *nearest = bp_text_find_nearest (value, known);
    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is no value of '%s'; did you mean '%s'?", value, key, nearest);
    return bp_fail (error, BP_ERROR_CONFIG, "'%s' is no value of '%s'; known are %s", value, key, all);
}

static bool check_count (const char *key, const char *value, GError **error)
{
    gint64 number = 0;

    if (bp_integer_parse (value, &number) && number >= 1 && number <= 100000)
        return true;
    return bp_fail (error, BP_ERROR_CONFIG, "'%s' is a whole number from 1 to 100,000, not '%s'", key, value);
}

static bool check_columns (const BpSectionTypeInfo *type, const char *value, const char *const *local_columns, GError **error)
{
    g_auto (GStrv) names = bp_text_split_list (value, '|');

    if (names[0] == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "'columns' names no column");
    for (int i = 0; names[i] != NULL; i++)
    {
        if (g_strv_contains (type->columns, names[i]) || (local_columns != NULL && g_strv_contains (local_columns, names[i])))
        {
            if (g_strv_contains ((const char *const *)names + i + 1, names[i]))
                return bp_fail (error, BP_ERROR_CONFIG, "'columns' names '%s' twice", names[i]);
            continue;
        }
        const char *nearest = bp_text_find_nearest (names[i], type->columns);
        g_autofree char *all = g_strjoinv (", ", (char **)type->columns);
        if (nearest != NULL)
            return bp_fail (error, BP_ERROR_CONFIG, "unknown column '%s'; did you mean '%s'?", names[i], nearest);
        return bp_fail (error, BP_ERROR_CONFIG, "unknown column '%s'; known are %s", names[i], all);
    }
    return true;
}

static bool check_list (const char *key, const char *value, GError **error)
{
    g_auto (GStrv) words = bp_text_split_list (value, '|');

    if (words[0] == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' names nothing", key);
    return true;
}

static BpRowSubject subject_of (const BpSectionTypeInfo *type)
{
    return g_strcmp0 (type->subject, "kpi") == 0 ? BP_ROWS_KPIS : BP_ROWS_ACTIONS;
}

static bool accepts (const BpSectionTypeInfo *type, const char *key)
{
    return g_strv_contains (common_keys, key) || g_strv_contains (type->keys, key);
}

bool bp_section_option_check (const BpSectionTypeInfo *type, const char *key, const char *value, const char *const *local_columns,
                              GError **error)
{
    static const char *const orientations[] = { "portrait", "landscape", NULL };
    static const char *const yes_no[] = { "yes", "no", NULL };
    static const char *const details[] = { "pages", "lines", NULL };
    static const char *const pages[] = { "new", "same", NULL };

    if (!accepts (type, key))
        return bp_fail (error, BP_ERROR_CONFIG, "a section of type '%s' takes no '%s'", type->name, key);
    if (value == NULL || bp_text_is_blank (value))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is blank", key);
    if (strcmp (key, "orientation") == 0)
        return check_word (key, value, orientations, error);
    if (strcmp (key, "annex") == 0)
        return check_word (key, value, yes_no, error);
    if (strcmp (key, "page") == 0)
        return check_word (key, value, pages, error);
    if (strcmp (key, "detail") == 0)
        return check_word (key, value, details, error);
    if (strcmp (key, "limit") == 0 || strcmp (key, "page_budget") == 0)
        return check_count (key, value, error);
    if (strcmp (key, "columns") == 0)
        return check_columns (type, value, local_columns, error);
    if (strcmp (key, "areas") == 0 || strcmp (key, "projects") == 0 || strcmp (key, "kpis") == 0)
        return check_list (key, value, error);
    if (strcmp (key, "sort") == 0)
        return bp_rows_sort_check (subject_of (type), value, local_columns, error);
    if (strcmp (key, "group") == 0)
        return bp_rows_group_check (subject_of (type), value, error);
    if (strcmp (key, "filter") == 0)
    {
        g_autoptr (BpRowFilter) filter = bp_row_filter_new (subject_of (type), value, local_columns, error);
        return filter != NULL;
    }
    return true;
}
