#include "support/table_builder.c"

#include "pack/row_filter.h"
#include "support/pack_fixture.h"

/* The small programme with local columns, seen by filters as at 31 July 2025. */

static BpLocalField local_fields[] = {
    { BP_TABLE_ACTIONS, "cost", BP_FIELD_NUMBER, "Cost" },        { BP_TABLE_ACTIONS, "checked", BP_FIELD_DATE, "Checked" },
    { BP_TABLE_ACTIONS, "team", BP_FIELD_TEXT, "Team" },          { BP_TABLE_KPIS, "tier", BP_FIELD_NUMBER, "Tier" },
    { BP_TABLE_KPIS, "statutory", BP_FIELD_YES_NO, "Statutory" },
};
static const char *const action_locals[] = { "cost", "checked", "team", NULL };
static const char *const kpi_locals[] = { "tier", "statutory", NULL };

typedef struct
{
    BpProgramme programme;
    BpTableSet *set;
    BpSnapshot *snapshot;
} Programme;

static void set_up (Programme *programme)
{
    programme->programme = table_builder_programme ();
    programme->programme.fields = (BpFieldSet){ local_fields, G_N_ELEMENTS (local_fields) };
    programme->set = bp_table_set_new (&programme->programme.fields);
    BpTableSet *set = programme->set;
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_AREAS, "plan|ref|title|short|parent|position", "SIP|10|Tenth area|Tenth||5", NULL);
    table_builder_add (set, BP_TABLE_LEADS, "lead|organisation", "Ann Lead|The council", "Research and Practice Lead|The trust", NULL);
    table_builder_add (set, BP_TABLE_PROJECTS, "project|title|lead", "P1|Project one|Ann Lead", NULL);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|baseline_period|baseline|headline|tier|statutory",
                       "K1|Better|SIP:1.1|percent|higher|quarter|Q4 2023/24|38%|yes|2|y",
                       "K2|Worse|SIP:1.2|weeks|lower|quarter|Q4 2023/24|20||10|no", "K3|Same|SIP:2|count|higher|quarter|Q4 2023/24|40|||",
                       "K10|None|SIP:2|score|higher|term|||yes|1|Yes", "K5|Neither||gbp|none|quarter|Q4 2023/24|5|||perhaps", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value", "K1|Q4 2024/25|50%", "K2|Q4 2024/25|22", "K3|Q4 2022/23|39",
                       "K3|Q4 2023/24|40", "K5|Q4 2024/25|7", NULL);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe|project|kpis|milestone|cost|checked|team",
                       "SIP|1.1.1|1.1|Complete|Ann Lead|March 2025|P1|K1|yes|900|2025-05-01|Red",
                       "SIP|1.1.2|1.1|Off track|Research and Practice Lead|June 2025|P1|K1;K2||1,200|2025-07-01|Red and Blue",
                       "SIP|1.1.10|1.1|On track|Ann Lead|31 July 2025||||90||",
                       "SIP|1.2.1|1.2|At risk, moved||October 2025||K2|yes|||green", "SIP|2.1|2|Silent|Ann Lead|May 2025||||not a number||",
                       "SIP|10.1|10|Undated|Ann Lead|TBC||||5|2025-06-01|", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|completed_on|forecast|approved_by", "SIP|1.1.1|2025-04-04|on-track|||",
                       "SIP|1.1.2|2025-04-04|on-track|||", "SIP|1.1.10|2025-04-04|on-track|||",
                       "SIP|1.1.1|2025-07-25|complete|2025-07-01||", "SIP|1.1.2|2025-07-25|off-track|||",
                       "SIP|1.1.10|2025-07-25|on-track|||", "SIP|1.2.1|2025-07-25|at-risk||January 2026|board",
                       "SIP|10.1|2025-07-25|paused|||", NULL);
    programme->snapshot = table_builder_snapshot (&programme->programme, set, "2025-07-31");
}

static void tear_down (Programme *programme)
{
    bp_snapshot_free (programme->snapshot);
    bp_table_set_free (programme->set);
    table_builder_clear_programme (&programme->programme);
}

static const char *id_of (BpRowSubject subject, gconstpointer row)
{
    return subject == BP_ROWS_ACTIONS ? ((const BpAction *)row)->ref : ((const BpKpi *)row)->id;
}

/* "1.1.1 1.1.2": the rows of an array. */
static char *dup_ids (BpRowSubject subject, const GPtrArray *rows)
{
    GString *ids = g_string_new (NULL);
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", id_of (subject, rows->pdata[i]));
    return g_string_free (ids, FALSE);
}

static char *dup_filtered (const Programme *programme, BpRowSubject subject, const char *text)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpRowFilter) filter = bp_row_filter_new (subject, text, subject == BP_ROWS_ACTIONS ? action_locals : kpi_locals, &error);
    g_assert_no_error (error);
    const GPtrArray *rows = subject == BP_ROWS_ACTIONS ? programme->snapshot->actions : programme->snapshot->kpis;
    g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
    for (guint i = 0; i < rows->len; i++)
        if (subject == BP_ROWS_ACTIONS ? bp_row_filter_has_action (filter, programme->snapshot, rows->pdata[i])
                                       : bp_row_filter_has_kpi (filter, programme->snapshot, rows->pdata[i]))
            g_ptr_array_add (chosen, rows->pdata[i]);
    return dup_ids (subject, chosen);
}

typedef struct
{
    const char *text, *ids;
} Case;

#define ALL "1.1.1 1.1.2 1.1.10 1.2.1 2.1 10.1"

static const Case action_cases[] = {
    /* refs stand in natural order */
    { "ref = 1.1.2", "1.1.2" },
    { "ref = SIP:1.1.2", "1.1.2" },
    { "ref != 1.1.2", "1.1.1 1.1.10 1.2.1 2.1 10.1" },
    { "ref < 1.1.10", "1.1.1 1.1.2" },
    { "ref <= 1.1.10", "1.1.1 1.1.2 1.1.10" },
    { "ref > 2", "2.1 10.1" },
    { "ref >= SIP:2.1", "2.1 10.1" },
    { "ref in 1.1.1 | 10.1|9.9", "1.1.1 10.1" },
    { "ref has 1.1.1", "1.1.1 1.1.10" },
    /* an area holds its sub-areas */
    { "area = 1", "1.1.1 1.1.2 1.1.10 1.2.1" },
    { "area = SIP:1", "1.1.1 1.1.2 1.1.10 1.2.1" },
    { "area != 1", "2.1 10.1" },
    { "area in 2|10", "2.1 10.1" },
    { "area = 1.2", "1.2.1" },
    { "sub_area = 1.1", "1.1.1 1.1.2 1.1.10" },
    { "sub_area = 9", "" },
    /* texts, folded; "and" within a name */
    { "lead = ann lead", "1.1.1 1.1.10 2.1 10.1" },
    { "lead = Research and Practice Lead", "1.1.2" },
    { "lead = Research and Practice Lead and ref = 1.1.2", "1.1.2" },
    { "lead has PRACTICE", "1.1.2" },
    { "lead != Ann Lead", "1.1.2 1.2.1" },
    { "lead in Ann Lead|Research and Practice Lead", "1.1.1 1.1.2 1.1.10 2.1 10.1" },
    { "lead = Nobody", "" },
    { "organisation = The trust", "1.1.2" },
    { "organisation has council", "1.1.1 1.1.10 2.1 10.1" },
    { "project = P1", "1.1.1 1.1.2" },
    { "project = Project one", "1.1.1 1.1.2" },
    { "project != P1", "1.1.10 1.2.1 2.1 10.1" },
    { "status = off-track", "1.1.2" },
    { "status = Off track", "1.1.2" },
    { "status in complete|paused", "1.1.1 10.1" },
    { "status = no-update", "2.1" },
    { "status has track", "1.1.2 1.1.10" },
    { "severity = off-track", "1.1.2" },
    { "severity in off-track|at-risk", "1.1.2 1.2.1" },
    { "severity != none", "1.1.2 1.2.1" },
    { "severity = Off-Track", "1.1.2" },
    { "counts_as = done", "1.1.1" },
    { "counts_as = open", "1.1.2 1.1.10 1.2.1 2.1" },
    { "counts_as in paused | done", "1.1.1 10.1" },
    { "counts_as != open", "1.1.1 10.1" },
    /* dates: the approved one; none is neither before nor after anything */
    { "due = 2025-07-31", "1.1.10" },
    { "due < 2025-07-31", "1.1.1 1.1.2 2.1" },
    { "due <= 2025-07-31", "1.1.1 1.1.2 1.1.10 2.1" },
    { "due > 2025-07-31", "1.2.1" },
    { "due >= 2025-07-31", "1.1.10 1.2.1" },
    { "due != 2025-07-31", "1.1.1 1.1.2 1.2.1 2.1 10.1" },
    { "due = 2026-01-31", "1.2.1" },
    /* yes and no */
    { "overdue = yes", "1.1.2 2.1" },
    { "overdue = NO", "1.1.1 1.1.10 1.2.1 10.1" },
    { "overdue != yes", "1.1.1 1.1.10 1.2.1 10.1" },
    { "undated = yes", "10.1" },
    { "moved = yes", "1.2.1" },
    { "milestone = yes", "1.1.1 1.2.1" },
    { "changed = yes and moved = no", "1.1.1 1.1.2 10.1" },
    /* measures */
    { "kpi = K1", "1.1.1 1.1.2" },
    { "kpi = K2", "1.1.2 1.2.1" },
    { "kpi has K2", "1.1.2 1.2.1" },
    { "kpi in K1|K2", "1.1.1 1.1.2 1.2.1" },
    { "kpi != K1", "1.1.10 1.2.1 2.1 10.1" },
    /* local columns, as their type says; a blank or unreadable cell is neither more nor less */
    { "cost = 900", "1.1.1" },
    { "cost = 1200", "1.1.2" },
    { "checked = 1 July 2025", "1.1.2" },
    { "cost > 90", "1.1.1 1.1.2" },
    { "cost >= 90", "1.1.1 1.1.2 1.1.10" },
    { "cost < 100", "1.1.10 10.1" },
    { "checked < 2025-06-15", "1.1.1 10.1" },
    { "checked >= 1 June 2025", "1.1.2 10.1" },
    { "team = red", "1.1.1" },
    { "team = Red and Blue", "1.1.2" },
    { "team has red", "1.1.1 1.1.2" },
    { "TEAM in green|red", "1.1.1 1.2.1" },
    { "team != Red", "1.1.2 1.1.10 1.2.1 2.1 10.1" },
    /* several conditions; blanks do not matter */
    { "area = 1 and overdue = yes", "1.1.2" },
    { "  area   =   1   AND   milestone=yes  ", "1.1.1 1.2.1" },
    { "area=1 and status!=complete and kpi=K2 and due>2025-12-31", "1.2.1" },
};

static const Case kpi_cases[] = {
    { "kpi = K1", "K1" },
    { "kpi > K3", "K10 K5" },
    { "kpi in K1|K3", "K1 K3" },
    { "statutory = yes", "K1 K10" },
    { "statutory = no", "K2" },
    { "statutory != yes", "K2 K3 K5" },
    { "kpi has K1", "K1 K10" },
    { "area = 1", "K1 K2" },
    { "area = SIP:2", "K3 K10" },
    { "area != 1", "K3 K10 K5" },
    { "headline = yes", "K1 K10" },
    { "headline = no", "K2 K3 K5" },
    { "movement = improved", "K1" },
    { "movement = worse", "K2" },
    { "movement = same", "K3" },
    { "movement = changed", "K5" },
    { "movement = none", "K10" },
    { "movement in worse|same", "K2 K3" },
    { "unit = percent", "K1" },
    { "unit in weeks|gbp", "K2 K5" },
    { "unit != count", "K1 K2 K10 K5" },
    { "stale = yes", "K3" },
    { "stale = no", "K1 K2 K10 K5" },
    { "tier > 1", "K1 K2" },
    { "tier < 10", "K1 K10" },
    { "headline = yes and area = 2", "K10" },
};

static void check_cases (const Programme *programme, BpRowSubject subject, const Case *cases, gsize count)
{
    for (gsize i = 0; i < count; i++)
    {
        g_autofree char *ids = dup_filtered (programme, subject, cases[i].text);
        g_autofree char *sorted = NULL;
        if (g_strcmp0 (ids, cases[i].ids) != 0)
            g_error ("“%s” gives “%s”, not “%s”", cases[i].text, ids, cases[i].ids);
    }
}

static void test_actions (void)
{
    Programme programme;
    set_up (&programme);
    g_autofree char *all = dup_ids (BP_ROWS_ACTIONS, programme.snapshot->actions);
    g_assert_cmpstr (all, ==, ALL);
    check_cases (&programme, BP_ROWS_ACTIONS, action_cases, G_N_ELEMENTS (action_cases));
    tear_down (&programme);
}

static void test_kpis (void)
{
    Programme programme;
    set_up (&programme);
    check_cases (&programme, BP_ROWS_KPIS, kpi_cases, G_N_ELEMENTS (kpi_cases));
    tear_down (&programme);
}

/* Each field that may be named stands in some case above: a new one cannot be forgotten here. */
static void test_every_field_has_a_case (void)
{
    for (int subject = BP_ROWS_ACTIONS; subject <= BP_ROWS_KPIS; subject++)
    {
        const char *const *fields = bp_row_fields ((BpRowSubject)subject);
        const Case *cases = subject == BP_ROWS_ACTIONS ? action_cases : kpi_cases;
        gsize count = subject == BP_ROWS_ACTIONS ? G_N_ELEMENTS (action_cases) : G_N_ELEMENTS (kpi_cases);
        g_assert_cmpuint (g_strv_length ((char **)fields), >, 5);
        for (; *fields != NULL; fields++)
        {
            bool found = false;
            g_autofree char *start = g_strconcat (*fields, " ", NULL);
            for (gsize i = 0; i < count && !found; i++)
                found = g_str_has_prefix (cases[i].text, start);
            if (!found)
                g_error ("no case tries the field %s", *fields);
        }
    }
}

/* ---- refusals ---- */

static const struct
{
    BpRowSubject subject;
    const char *text, *message;
} refusals[] = {
    { BP_ROWS_ACTIONS, "stauts = off-track", "unknown field 'stauts'; did you mean 'status'?" },
    { BP_ROWS_ACTIONS, "xyzzy = 1", "unknown field 'xyzzy'; known are ref, area, sub_area" },
    { BP_ROWS_ACTIONS, "headline = yes", "unknown field 'headline'" },
    { BP_ROWS_KPIS, "headlin = yes", "unknown field 'headlin'; did you mean 'headline'?" },
    { BP_ROWS_KPIS, "lead = Ann", "unknown field 'lead'" },
    { BP_ROWS_KPIS, "cost > 1", "unknown field 'cost'" },
    { BP_ROWS_ACTIONS, "", "a filter is '<field> <op> <value>', and '' does not start with a field" },
    { BP_ROWS_ACTIONS, "= yes", "'= yes' does not start with a field" },
    { BP_ROWS_ACTIONS, "overdue", "'overdue' is followed by no operator; 'overdue' takes = and !=" },
    { BP_ROWS_ACTIONS, "overdue is yes", "'overdue' is followed by no operator" },
    { BP_ROWS_ACTIONS, "ref inside 1", "'ref' is followed by no operator" },
    { BP_ROWS_ACTIONS, "overdue > yes", "'overdue' takes = and !=" },
    { BP_ROWS_ACTIONS, "overdue in yes|no", "'overdue' takes = and !=" },
    { BP_ROWS_ACTIONS, "overdue = perhaps", "'overdue' is yes or no, not 'perhaps'" },
    { BP_ROWS_ACTIONS, "overdue = yes and", "'overdue' is yes or no, not 'yes and'" },
    { BP_ROWS_ACTIONS, "due has 2025", "'due' takes =, !=, <, <=, > and >=" },
    { BP_ROWS_ACTIONS, "due in 2025-07-31", "'due' takes =, !=, <, <=, > and >=" },
    { BP_ROWS_ACTIONS, "due < 31/07/2025", "'31/07/2025' is no date; write it as 2025-07-31" },
    { BP_ROWS_ACTIONS, "due < 2025-02-30", "'2025-02-30' is no date" },
    { BP_ROWS_ACTIONS, "lead < Ann", "'lead' takes =, !=, in and has" },
    { BP_ROWS_ACTIONS, "area > 1", "'area' takes =, !=, in and has" },
    { BP_ROWS_ACTIONS, "severity = off-trak", "unknown severity 'off-trak'; did you mean 'off-track'?" },
    { BP_ROWS_ACTIONS, "severity in at-risk|blue", "unknown severity 'blue'; known are off-track, at-risk, none" },
    { BP_ROWS_ACTIONS, "severity has risk", "'severity' takes =, != and in" },
    { BP_ROWS_ACTIONS, "counts_as = don", "unknown counts_as 'don'; did you mean 'done'?" },
    { BP_ROWS_ACTIONS, "ref =", "'ref' has no value to compare with" },
    { BP_ROWS_ACTIONS, "ref in | |", "'ref' has no value to compare with" },
    { BP_ROWS_ACTIONS, "area = 1 and overdue = maybe", "'overdue' is yes or no, not 'maybe'" },
    { BP_ROWS_ACTIONS, "area = 1 and stauts = on-track", "unknown field 'stauts'; did you mean 'status'?" },
    { BP_ROWS_KPIS, "movement = beter", "unknown movement 'beter'" },
    { BP_ROWS_KPIS, "movement = improve", "unknown movement 'improve'; did you mean 'improved'?" },
    { BP_ROWS_KPIS, "unit = per cent", "unknown unit 'per cent'; did you mean 'percent'?" },
};

static void test_refusals (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpRowFilter) filter = bp_row_filter_new (refusals[i].subject, refusals[i].text,
                                                            refusals[i].subject == BP_ROWS_ACTIONS ? action_locals : kpi_locals, &error);
        if (filter != NULL)
            g_error ("“%s” was accepted", refusals[i].text);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
        if (strstr (error->message, refusals[i].message) == NULL)
            g_error ("“%s” is refused with “%s”, not “%s”", refusals[i].text, error->message, refusals[i].message);
    }
}

/* Without the programme's local columns their names are unknown; NULL is no list. */
static void test_local_columns_must_be_declared (void)
{
    static const char *const none[] = { NULL };
    for (int i = 0; i < 2; i++)
    {
        g_autoptr (GError) error = NULL;
        g_autoptr (BpRowFilter) filter = bp_row_filter_new (BP_ROWS_ACTIONS, "team = Red", i == 0 ? none : NULL, &error);
        g_assert_null (filter);
        g_assert_error (error, BP_ERROR, BP_ERROR_CONFIG);
    }
}

/* ---- order ---- */

static void test_sort (void)
{
    static const struct
    {
        BpRowSubject subject;
        const char *sort, *ids;
    } cases[] = {
        { BP_ROWS_ACTIONS, "ref", "1.1.1 1.1.2 1.1.10 1.2.1 2.1 10.1" },
        { BP_ROWS_ACTIONS, "-ref", "10.1 2.1 1.2.1 1.1.10 1.1.2 1.1.1" },
        { BP_ROWS_ACTIONS, "due", "1.1.1 2.1 1.1.2 1.1.10 1.2.1 10.1" },
        { BP_ROWS_ACTIONS, "-due", "1.2.1 1.1.10 1.1.2 2.1 1.1.1 10.1" },
        { BP_ROWS_ACTIONS, "area", "1.1.1 1.1.2 1.1.10 1.2.1 2.1 10.1" },
        { BP_ROWS_ACTIONS, "-sub_area", "10.1 2.1 1.2.1 1.1.1 1.1.2 1.1.10" },
        { BP_ROWS_ACTIONS, "lead", "1.1.1 1.1.10 2.1 10.1 1.1.2 1.2.1" },
        { BP_ROWS_ACTIONS, "-lead", "1.1.2 1.1.1 1.1.10 2.1 10.1 1.2.1" },
        { BP_ROWS_ACTIONS, "project", "1.1.1 1.1.2 1.1.10 1.2.1 2.1 10.1" },
        { BP_ROWS_ACTIONS, "status", "1.1.1 1.1.10 1.2.1 1.1.2 10.1 2.1" },
        { BP_ROWS_ACTIONS, "severity", "1.1.2 1.2.1 1.1.1 1.1.10 2.1 10.1" },
        { BP_ROWS_ACTIONS, "overdue", "2.1 1.1.2 1.1.1 1.1.10 1.2.1 10.1" },
        { BP_ROWS_ACTIONS, "undated", "10.1 1.1.1 1.1.2 1.1.10 1.2.1 2.1" },
        { BP_ROWS_ACTIONS, "moved", "1.2.1 1.1.1 1.1.2 1.1.10 2.1 10.1" },
        { BP_ROWS_ACTIONS, "milestone", "1.1.1 1.2.1 1.1.2 1.1.10 2.1 10.1" },
        { BP_ROWS_ACTIONS, "organisation", "1.1.1 1.1.10 2.1 10.1 1.1.2 1.2.1" },
        { BP_ROWS_ACTIONS, "team", "1.2.1 1.1.1 1.1.2 1.1.10 2.1 10.1" },
        { BP_ROWS_ACTIONS, "checked", "1.1.1 10.1 1.1.2 1.1.10 1.2.1 2.1" },
        { BP_ROWS_ACTIONS, "-checked", "1.1.2 10.1 1.1.1 1.1.10 1.2.1 2.1" },
        { BP_ROWS_ACTIONS, "unknown", ALL },
        { BP_ROWS_KPIS, "kpi", "K1 K2 K3 K5 K10" },
        { BP_ROWS_KPIS, "-kpi", "K10 K5 K3 K2 K1" },
        { BP_ROWS_KPIS, "area", "K1 K2 K3 K10 K5" },
        { BP_ROWS_KPIS, "headline", "K1 K10 K2 K3 K5" },
        { BP_ROWS_KPIS, "stale", "K3 K1 K2 K10 K5" },
        { BP_ROWS_KPIS, "tier", "K10 K1 K2 K3 K5" },
        { BP_ROWS_KPIS, "-tier", "K2 K1 K10 K3 K5" },
    };
    Programme programme;
    set_up (&programme);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        const GPtrArray *all = cases[i].subject == BP_ROWS_ACTIONS ? programme.snapshot->actions : programme.snapshot->kpis;
        g_autoptr (GPtrArray) rows = g_ptr_array_new ();
        for (guint j = 0; j < all->len; j++)
            g_ptr_array_add (rows, all->pdata[j]);
        bp_rows_sort (rows, cases[i].subject, cases[i].sort, programme.snapshot);
        g_autofree char *ids = dup_ids (cases[i].subject, rows);
        if (strcmp (ids, cases[i].ids) != 0)
            g_error ("sort %s gives “%s”, not “%s”", cases[i].sort, ids, cases[i].ids);
    }
    tear_down (&programme);
}

/* Cells that cannot be read stand after those that can, whichever way the column is sorted. */
static void test_unreadable_local_cells_sort_last (void)
{
    Programme programme;
    set_up (&programme);
    static const struct
    {
        const char *sort, *ids;
    } cases[] = { { "cost", "10.1 1.1.10 1.1.1 1.1.2 2.1 1.2.1" }, { "-cost", "1.1.2 1.1.1 1.1.10 10.1 2.1 1.2.1" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GPtrArray) rows = g_ptr_array_new ();
        for (guint j = 0; j < programme.snapshot->actions->len; j++)
            g_ptr_array_add (rows, programme.snapshot->actions->pdata[j]);
        bp_rows_sort (rows, BP_ROWS_ACTIONS, cases[i].sort, programme.snapshot);
        g_autofree char *ids = dup_ids (BP_ROWS_ACTIONS, rows);
        g_assert_cmpstr (ids, ==, cases[i].ids);
    }
    tear_down (&programme);
}

/* ---- options of sections ---- */

static void test_options (void)
{
    static const struct
    {
        const char *type, *key, *value, *message; /* message NULL: accepted */
    } cases[] = {
        { "action-tracker", "filter", "overdue = yes and team = Red", NULL },
        { "action-tracker", "filter", "overdu = yes", "did you mean 'overdue'" },
        { "action-tracker", "sort", "-due", NULL },
        { "action-tracker", "sort", "cost", NULL },
        { "action-tracker", "sort", "dues", "unknown field 'dues'; did you mean 'due'?" },
        { "action-tracker", "group", "sub_area", NULL },
        { "action-tracker", "group", "none", NULL },
        { "action-tracker", "group", "sub-area", "unknown field to group by 'sub-area'; did you mean 'sub_area'?" },
        { "action-tracker", "group", "due", "known are area, sub_area, lead, project, status, organisation, none" },
        { "action-tracker", "columns", "ref|action|team|due", NULL },
        { "action-tracker", "columns", "ref|acton", "unknown column 'acton'; did you mean 'action'?" },
        { "action-tracker", "columns", "ref|due|ref", "names 'ref' twice" },
        { "action-tracker", "columns", " | ", "'columns' names no column" },
        { "action-tracker", "limit", "5", NULL },
        { "action-tracker", "limit", "0", "'limit' is a whole number from 1 to 100,000, not '0'" },
        { "action-tracker", "limit", "-1", "not '-1'" },
        { "action-tracker", "limit", "many", "not 'many'" },
        { "action-tracker", "orientation", "landscape", NULL },
        { "action-tracker", "orientation", "landscpae", "did you mean 'landscape'" },
        { "action-tracker", "annex", "yes", NULL },
        { "action-tracker", "annex", "true", "'true' is no value of 'annex'; known are yes, no" },
        { "action-tracker", "areas", "SIP:1|2", NULL },
        { "action-tracker", "areas", "|", "'areas' names nothing" },
        { "action-tracker", "title", "", "'title' is blank" },
        { "action-tracker", "detail", "lines", "a section of type 'action-tracker' takes no 'detail'" },
        { "project-pages", "detail", "lines", NULL },
        { "project-pages", "detail", "line", "did you mean 'lines'" },
        { "kpi-scorecard", "filter", "movement = worse", NULL },
        { "kpi-scorecard", "filter", "overdue = yes", "unknown field 'overdue'" },
        { "kpi-scorecard", "sort", "-stale", NULL },
        { "cover", "limit", "3", "a section of type 'cover' takes no 'limit'" },
        { "asks", "message", "Nothing is asked.", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GError) error = NULL;
        bool ok = bp_section_option_check (bp_section_type_find (cases[i].type), cases[i].key, cases[i].value, action_locals, &error);
        g_assert_cmpint (ok, ==, error == NULL);
        if (ok != (cases[i].message == NULL) || (!ok && strstr (error->message, cases[i].message) == NULL))
            g_error ("[%s] %s = %s: “%s”, not “%s”", cases[i].type, cases[i].key, cases[i].value, ok ? "accepted" : error->message,
                     cases[i].message != NULL ? cases[i].message : "accepted");
    }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/row_filter/actions_by_every_field_and_operator", test_actions);
    g_test_add_func ("/pack/row_filter/measures_by_every_field", test_kpis);
    g_test_add_func ("/pack/row_filter/every_field_has_a_case", test_every_field_has_a_case);
    g_test_add_func ("/pack/row_filter/refusals_name_the_nearest_word", test_refusals);
    g_test_add_func ("/pack/row_filter/local_columns_must_be_declared", test_local_columns_must_be_declared);
    g_test_add_func ("/pack/row_filter/rows_sort_by_every_field_blanks_last", test_sort);
    g_test_add_func ("/pack/row_filter/unreadable_local_cells_sort_last", test_unreadable_local_cells_sort_last);
    g_test_add_func ("/pack/row_filter/options_of_sections_are_checked", test_options);
    return g_test_run ();
}
