#include "domain/reference.h"
#include "domain/row_reader.h"

#include "base/text.h"

#include <string.h>

/* ---- meetings ---- */

/* A month or term without a day is not a date: the meeting has none, but cannot be later than its last day. */
static void read_meeting_date (BpSnapshotBuilder *builder, const BpRowReader *reader, int column, BpMeeting *meeting)
{
    meeting->date_text = bp_row_reader_word (reader, column);
    meeting->date = meeting->latest_date = BP_DATE_NONE;
    if (bp_date_parse (meeting->date_text, &meeting->date))
    {
        meeting->latest_date = meeting->date;
        return;
    }
    meeting->date = BP_DATE_NONE;
    BpTimeframe timeframe = bp_snapshot_builder_timeframe (builder, meeting->date_text);
    if (timeframe.kind == BP_TIMEFRAME_DATE)
        meeting->latest_date = timeframe.first_due;
}

static int compare_days (BpDate a, BpDate b)
{
    /* none comes last */
    if (a == BP_DATE_NONE || b == BP_DATE_NONE)
        return (a == BP_DATE_NONE) - (b == BP_DATE_NONE);
    return a < b ? -1 : a > b;
}

static int compare_meetings (gconstpointer a, gconstpointer b)
{
    const BpMeeting *first = *(BpMeeting *const *)a, *second = *(BpMeeting *const *)b;
    int order = (first->date == BP_DATE_NONE) - (second->date == BP_DATE_NONE);
    if (order == 0)
        order = compare_days (first->latest_date, second->latest_date);
    if (order == 0)
        order = strcmp (first->forum_text, second->forum_text);
    return order != 0 ? order : (first < second ? -1 : first > second); /* one block, in the order of the rows */
}

void bp_snapshot_builder_read_meetings (BpSnapshotBuilder *builder)
{
    enum
    {
        FORUM,
        DATE,
        TITLE,
        UPDATES_DUE,
        PAPERS_DUE,
        ISSUE_DATE
    };
    static const char *const names[] = { "forum", "date", "title", "updates_due", "papers_due", "issue_date", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_MEETINGS, names);
    BpMeeting *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    for (guint i = 0; bp_row_reader_next (&reader); i++)
    {
        BpMeeting *meeting = &block[i];
        meeting->forum_text = bp_row_reader_text (&reader, FORUM);
        meeting->forum = bp_reference_forum (builder, bp_row_reader_word (&reader, FORUM), bp_row_reader_source (&reader, FORUM));
        read_meeting_date (builder, &reader, DATE, meeting);
        meeting->title = bp_row_reader_text (&reader, TITLE);
        meeting->updates_due = bp_row_reader_date (&reader, UPDATES_DUE);
        meeting->papers_due = bp_row_reader_date (&reader, PAPERS_DUE);
        meeting->issue_date = bp_row_reader_date (&reader, ISSUE_DATE);
        meeting->source = bp_row_reader_source (&reader, -1);
        meeting->local = bp_row_reader_local (&reader);
        g_ptr_array_add (builder->snapshot->meetings, meeting);
    }
    g_ptr_array_sort (builder->snapshot->meetings, compare_meetings);
}

/* ---- decisions ---- */

static int compare_decisions (gconstpointer a, gconstpointer b)
{
    const BpDecision *first = *(BpDecision *const *)a, *second = *(BpDecision *const *)b;
    if (first->forum != second->forum)
    {
        /* the forums stand in one array, in the order of forums.ini; unknown ones come last */
        if (first->forum == NULL || second->forum == NULL)
            return first->forum == NULL ? 1 : -1;
        return first->forum < second->forum ? -1 : 1;
    }
    int order = first->forum == NULL ? strcmp (first->forum_text, second->forum_text) : 0;
    if (order == 0)
        order = bp_ref_compare (first->ref, second->ref);
    return order != 0 ? order : (first < second ? -1 : first > second);
}

enum
{
    DECISION_FORUM,
    DECISION_REF,
    DECISION_ASK,
    DECISION_KIND,
    DECISION_RAISED_ON,
    DECISION_MEETING,
    DECISION_OWNER,
    DECISION_RECOMMENDATION,
    DECISION_OPTIONS,
    DECISION_IMPLICATIONS,
    DECISION_NEEDED_BY,
    DECISION_OUTCOME,
    DECISION_DECIDED_ON
};
static const char *const decision_names[] = { "forum",          "ref",     "ask",          "kind",      "raised_on", "meeting",    "owner",
                                              "recommendation", "options", "implications", "needed_by", "outcome",   "decided_on", NULL };

/* What does not say what kind of ask it is wants a decision. */
static const char *read_decision_kind (const BpRowReader *reader)
{
    static const char *const kinds[] = { "decide", "approve", "endorse", "discuss", "note", NULL };
    int kind = bp_row_reader_choice (reader, DECISION_KIND, kinds, 0);
    return kinds[MAX (kind, 0)];
}

static void read_decision (BpSnapshotBuilder *builder, const BpRowReader *reader, BpDecision *decision)
{
    decision->forum_text = bp_row_reader_text (reader, DECISION_FORUM);
    decision->forum
        = bp_reference_forum (builder, bp_row_reader_word (reader, DECISION_FORUM), bp_row_reader_source (reader, DECISION_FORUM));
    decision->ref = bp_row_reader_word (reader, DECISION_REF);
    decision->ask = bp_row_reader_text (reader, DECISION_ASK);
    decision->kind = read_decision_kind (reader);
    decision->meeting = bp_row_reader_date (reader, DECISION_MEETING);
    decision->needed_by = bp_row_reader_date (reader, DECISION_NEEDED_BY);
    decision->decided_on = bp_row_reader_date (reader, DECISION_DECIDED_ON);
    decision->owner = bp_row_reader_text (reader, DECISION_OWNER);
    decision->recommendation = bp_row_reader_text (reader, DECISION_RECOMMENDATION);
    decision->options = bp_row_reader_text (reader, DECISION_OPTIONS);
    decision->implications = bp_row_reader_text (reader, DECISION_IMPLICATIONS);
    decision->outcome = bp_row_reader_text (reader, DECISION_OUTCOME);
    decision->source = bp_row_reader_source (reader, -1);
    decision->local = bp_row_reader_local (reader);
    if (decision->decided_on != BP_DATE_NONE && decision->decided_on > builder->snapshot->as_of)
    {
        /* not known on the as-of date */
        decision->decided_on = BP_DATE_NONE;
        decision->outcome = "";
    }
    decision->is_open = decision->decided_on == BP_DATE_NONE && *decision->outcome == '\0';
}

void bp_snapshot_builder_read_decisions (BpSnapshotBuilder *builder)
{
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_DECISIONS, decision_names);
    BpDecision *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpDate raised_on = bp_row_reader_date (&reader, DECISION_RAISED_ON);
        if (raised_on != BP_DATE_NONE && raised_on > builder->snapshot->as_of)
            continue;
        BpDecision *decision = &block[count++];
        decision->raised_on = raised_on;
        read_decision (builder, &reader, decision);
        g_ptr_array_add (builder->snapshot->decisions, decision);
    }
    g_ptr_array_sort (builder->snapshot->decisions, compare_decisions);
}

/* ---- risks ---- */

static int compare_risks (gconstpointer a, gconstpointer b)
{
    const BpRisk *first = *(BpRisk *const *)a, *second = *(BpRisk *const *)b;
    if (first->score != second->score)
        return first->score > second->score ? -1 : 1;
    return bp_ref_compare (first->id, second->id);
}

static bool is_closed_word (const char *status)
{
    static const char *const words[] = { "closed", "resolved", "retired", "done" };
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_ascii_strcasecmp (status, words[i]) == 0)
            return true;
    return false;
}

void bp_snapshot_builder_read_risks (BpSnapshotBuilder *builder)
{
    enum
    {
        RISK,
        AS_OF,
        TITLE,
        AREA,
        LIKELIHOOD,
        IMPACT,
        OWNER,
        MITIGATION,
        STATUS
    };
    static const char *const names[] = { "risk", "as_of", "title", "area", "likelihood", "impact", "owner", "mitigation", "status", NULL };
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_RISKS, names);
    BpRisk *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    g_autoptr (GHashTable) latest = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal); /* the row in force at the previous date */
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpDate as_of = bp_row_reader_date (&reader, AS_OF);
        if (as_of == BP_DATE_NONE || as_of > builder->snapshot->as_of)
            continue;
        BpRisk *risk = &block[count++];
        risk->id = bp_row_reader_word (&reader, RISK);
        risk->as_of = as_of;
        risk->title = bp_row_reader_text (&reader, TITLE);
        risk->area = bp_reference_area (builder, NULL, bp_row_reader_word (&reader, AREA), bp_row_reader_source (&reader, AREA));
        risk->likelihood = bp_row_reader_integer (&reader, LIKELIHOOD, 1, 5, 0);
        risk->impact = bp_row_reader_integer (&reader, IMPACT, 1, 5, 0);
        risk->score = risk->likelihood * risk->impact;
        risk->owner = bp_row_reader_text (&reader, OWNER);
        risk->mitigation = bp_row_reader_text (&reader, MITIGATION);
        risk->status = bp_row_reader_text (&reader, STATUS);
        risk->is_open = !is_closed_word (risk->status);
        risk->source = bp_row_reader_source (&reader, -1);
        risk->local = bp_row_reader_local (&reader);
        const BpRisk *present = g_hash_table_lookup (latest, risk->id);
        if (present == NULL || risk->as_of >= present->as_of)
            g_hash_table_replace (latest, (gpointer)risk->id, risk);
        const BpRisk *earlier = g_hash_table_lookup (before, risk->id);
        bool was_there = builder->snapshot->previous != BP_DATE_NONE && risk->as_of <= builder->snapshot->previous;
        if (was_there && (earlier == NULL || risk->as_of >= earlier->as_of))
            g_hash_table_replace (before, (gpointer)risk->id, risk);
    }
    for (guint i = 0; i < count; i++)
    {
        BpRisk *risk = &block[i];
        if (g_hash_table_lookup (latest, risk->id) != risk)
            continue;
        const BpRisk *earlier = g_hash_table_lookup (before, risk->id);
        risk->previous_score = earlier != NULL ? earlier->score : 0;
        g_ptr_array_add (builder->snapshot->risks, risk);
    }
    g_ptr_array_sort (builder->snapshot->risks, compare_risks);
}

/* ---- members ---- */

void bp_snapshot_builder_read_members (BpSnapshotBuilder *builder)
{
    enum
    {
        FORUM,
        MEMBER,
        ORGANISATION,
        ROLE,
        FROM,
        TO
    };
    static const char *const names[] = { "forum", "member", "organisation", "role", "from", "to", NULL };
    BpDate as_of = builder->snapshot->as_of;
    BpRowReader reader;
    bp_row_reader_init (&reader, builder, BP_TABLE_MEMBERS, names);
    BpMember *block = bp_snapshot_builder_take_block (builder, bp_row_reader_count (&reader), sizeof *block);
    guint count = 0;
    while (bp_row_reader_next (&reader))
    {
        BpDate from = bp_row_reader_date (&reader, FROM), to = bp_row_reader_date (&reader, TO);
        if ((from != BP_DATE_NONE && from > as_of) || (to != BP_DATE_NONE && to < as_of))
            continue;
        BpMember *member = &block[count++];
        member->forum_text = bp_row_reader_text (&reader, FORUM);
        member->forum = bp_reference_forum (builder, bp_row_reader_word (&reader, FORUM), bp_row_reader_source (&reader, FORUM));
        member->member = bp_row_reader_text (&reader, MEMBER);
        member->organisation = bp_row_reader_text (&reader, ORGANISATION);
        member->role = bp_row_reader_text (&reader, ROLE);
        member->from = from;
        member->to = to;
        member->source = bp_row_reader_source (&reader, -1);
        member->local = bp_row_reader_local (&reader);
        g_ptr_array_add (builder->snapshot->members, member);
    }
}
