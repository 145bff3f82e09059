#include "domain/checks/check_families.h"

#include "base/text.h"
#include "domain/action_state.h"

#include <string.h>

/* ---- timeframes: each kind has its own meaning, and says which was read ---- */

static void add_two_dates (const BpAction *action, BpSource source, BpFindingList *findings)
{
    g_autofree char *first = bp_date_dup_text (action->timeframe.first_due, BP_DATE_LONG);
    g_autofree char *final = bp_date_dup_text (action->timeframe.final_due, BP_DATE_LONG);
    bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_TWO_DATES, source, action->timeframe.text,
                         "Two dates stand in the cell of %s: read as first (%s) and final (%s). Overdue counts from the final one.",
                         action->printed_ref, first, final);
}

static void add_recurring (const BpAction *action, BpSource source, BpFindingList *findings)
{
    g_autofree char *first = bp_date_dup_text (action->timeframe.first_due, BP_DATE_LONG);
    g_autofree char *recurrence = bp_timeframe_dup_recurrence_text (&action->timeframe);
    bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_RECURRING, source, action->timeframe.text, "%s is read as first due %s, then %s.",
                         action->printed_ref, first, recurrence != NULL ? recurrence : "again and again");
}

static void check_timeframe (const BpAction *action, BpFindingList *findings)
{
    BpSource source = bp_check_source_at (action->source, "timeframe");
    const char *typed = action->timeframe.text;
    switch (action->timeframe.kind)
    {
    case BP_TIMEFRAME_DATE:
        break;
    case BP_TIMEFRAME_BLANK:
        bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_BLANK, source, typed,
                             "%s has no timeframe. It is shown as “No date”, never as on track.", action->printed_ref);
        break;
    case BP_TIMEFRAME_UNKNOWN:
        bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_UNKNOWN, source, typed,
                             "The timeframe “%s” of %s is not understood. It is printed as typed, and has no due date.", typed,
                             action->printed_ref);
        break;
    case BP_TIMEFRAME_TWO_DATES:
        add_two_dates (action, source, findings);
        break;
    case BP_TIMEFRAME_RECURRING:
        add_recurring (action, source, findings);
        break;
    case BP_TIMEFRAME_ONGOING:
        bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_ONGOING, source, typed,
                             "%s goes on without an end. It is never overdue, and has no due date.", action->printed_ref);
        break;
    case BP_TIMEFRAME_COMPLETE:
        bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_COMPLETE, source, typed,
                             "The plan itself calls %s complete. It counts as done, on a day that is not known.", action->printed_ref);
        break;
    case BP_TIMEFRAME_TBC:
        bp_finding_list_add (findings, BP_FINDING_TIMEFRAME_TBC, source, typed,
                             "The timeframe of %s is to be confirmed. It has no due date.", action->printed_ref);
        break;
    }
}

static void check_due_before_plan (const BpAction *action, BpFindingList *findings)
{
    BpDate due = bp_action_first_expected (action);
    if (action->plan->approved_date == BP_DATE_NONE || due == BP_DATE_NONE || due >= action->plan->approved_date)
        return;
    g_autofree char *due_text = bp_date_dup_text (due, BP_DATE_LONG);
    g_autofree char *approved = bp_date_dup_text (action->plan->approved_date, BP_DATE_LONG);
    bp_finding_list_add (findings, BP_FINDING_DUE_BEFORE_PLAN, bp_check_source_at (action->source, "timeframe"), action->timeframe.text,
                         "%s was due %s, before its plan was approved on %s.", action->printed_ref, due_text, approved);
}

/* ---- the same text twice ---- */

/* Letters and digits alone, caseless: equal texts have equal hashes whatever their blanks and dashes. Texts are folded only where hashes
 * are equal, which is what makes this cheap. */
static guint hash_text (const char *text)
{
    guint32 hash = 2166136261u;
    for (const char *cursor = text; *cursor != '\0'; cursor++)
        if (g_ascii_isalnum (*cursor))
            hash = (hash ^ (guchar)g_ascii_tolower (*cursor)) * 16777619u;
    return hash;
}

static bool is_same_text (const char *a, const char *b)
{
    if (strcmp (a, b) == 0)
        return true;
    g_autofree char *first = bp_text_dup_folded (a), *second = bp_text_dup_folded (b);
    return strcmp (first, second) == 0;
}

static guint hash_action_text (gconstpointer key)
{
    const BpAction *action = key;
    return hash_text (action->text) ^ g_str_hash (action->plan->id);
}

static gboolean is_action_text_equal (gconstpointer a, gconstpointer b)
{
    const BpAction *first = a, *second = b;
    return first->plan == second->plan && is_same_text (first->text, second->text);
}

static void check_same_texts (const BpSnapshot *snapshot, BpFindingList *findings)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (hash_action_text, is_action_text_equal);
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpAction *action = snapshot->actions->pdata[i];
        const BpAction *first = g_hash_table_lookup (seen, action);
        if (first == NULL)
        {
            g_hash_table_add (seen, action);
            continue;
        }
        bp_finding_list_add (findings, BP_FINDING_SAME_ACTION_TEXT, bp_check_source_at (action->source, "action"), action->text,
                             "%s has the same text as %s. Both are kept; refs tell them apart.", action->printed_ref, first->printed_ref);
    }
}

/* ---- areas ---- */

typedef struct
{
    GHashTable *by_title; /* plan and folded title → GPtrArray of BpArea */
    GPtrArray *order;     /* the arrays, in order of first use */
} TitleIndex;

static void index_titles (const GPtrArray *areas, TitleIndex *index)
{
    for (guint i = 0; i < areas->len; i++)
    {
        const BpArea *area = areas->pdata[i];
        g_autofree char *folded = bp_text_dup_folded (area->title);
        char *key = g_strdup_printf ("%s:%s", area->plan->id, folded);
        GPtrArray *same = g_hash_table_lookup (index->by_title, key);
        if (same == NULL)
        {
            same = g_ptr_array_new ();
            g_hash_table_insert (index->by_title, key, same);
            g_ptr_array_add (index->order, same);
        }
        else
            g_free (key);
        g_ptr_array_add (same, (gpointer)area);
        index_titles (area->sub_areas, index);
    }
}

static void check_area_titles (const BpSnapshot *snapshot, BpFindingList *findings)
{
    TitleIndex index = { .by_title = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref),
                         .order = g_ptr_array_new () };
    index_titles (snapshot->areas, &index);
    for (guint i = 0; i < index.order->len; i++)
    {
        const GPtrArray *same = index.order->pdata[i];
        for (guint k = 0; same->len > 1 && k < same->len; k++)
        {
            /* which of them has borrowed the title cannot be told: each row is named */
            const BpArea *area = same->pdata[k], *other = same->pdata[k == 0 ? 1 : 0];
            bp_finding_list_add (findings, BP_FINDING_SAME_AREA_TITLE, bp_check_source_at (area->source, "title"), area->title,
                                 "Area %s has the same title as area %s. Its short title is printed where there is one.", area->ref,
                                 other->ref);
        }
    }
    g_hash_table_unref (index.by_title);
    g_ptr_array_unref (index.order);
}

/* ---- leads, projects, parents ---- */

static bool has_any_project (const BpSnapshot *snapshot)
{
    for (guint i = 0; i < snapshot->projects->len; i++)
        if (((const BpProject *)snapshot->projects->pdata[i])->actions->len > 0)
            return true;
    return false;
}

static void check_projects (const BpSnapshot *snapshot, BpFindingList *findings)
{
    if (snapshot->projects->len == 0 || snapshot->actions->len == 0)
        return;
    if (!has_any_project (snapshot))
    {
        const BpProject *first = snapshot->projects->pdata[0];
        bp_finding_list_add (findings, BP_FINDING_ACTION_WITHOUT_PROJECT, first->source, NULL,
                             "None of the %u actions is mapped to any of the %u projects. The pages of projects say so.",
                             snapshot->actions->len, snapshot->projects->len);
        return;
    }
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        if (action->project == NULL)
            bp_finding_list_add (findings, BP_FINDING_ACTION_WITHOUT_PROJECT, bp_check_source_at (action->source, "project"), "",
                                 "%s belongs to no project. It stands under its area alone.", action->printed_ref);
    }
}

void bp_check_actions (const BpSnapshot *snapshot, BpFindingList *findings)
{
    if (snapshot->actions->len == 0)
        bp_finding_list_add (findings, BP_FINDING_NO_ACTIONS, (BpSource){ 0 }, NULL,
                             "There is no action at all. The packs are built, and say so.");
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        const BpAction *action = snapshot->actions->pdata[i];
        if (*action->lead == '\0')
            bp_finding_list_add (findings, BP_FINDING_ACTION_WITHOUT_LEAD, bp_check_source_at (action->source, "lead"), "",
                                 "%s has no lead. It is shown as “No lead”.", action->printed_ref);
        if (action->is_parent)
            bp_finding_list_add (findings, BP_FINDING_ACTION_IS_PARENT, bp_check_source_at (action->source, "ref"), action->ref,
                                 "%s is an action, and other actions stand under it. Each is counted once; no date is carried up.",
                                 action->printed_ref);
        check_timeframe (action, findings);
        check_due_before_plan (action, findings);
    }
    check_same_texts (snapshot, findings);
    check_area_titles (snapshot, findings);
    check_projects (snapshot, findings);
}
