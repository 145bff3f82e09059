#include "domain/table.h"

/* The tables of the data contract. Additive: a column or a table may be added at the end, none renamed, none taken away. */

#define KEY true, true       /* required, and part of the key */
#define REQUIRED true, false /* required */
#define KEY_PART false, true /* part of the key, may be blank */
#define OPTIONAL false, false
#define END                                                                                                                                \
    {                                                                                                                                      \
        NULL, OPTIONAL, NULL                                                                                                               \
    }

static const BpColumnDef plans[] = {
    { "plan", KEY, "Short name of the plan, as refs name it" },
    { "title", REQUIRED, "Title of the plan" },
    { "approved", OPTIONAL, "Date of approval" },
    { "closes", OPTIONAL, "Date on which the plan closes" },
    { "note", OPTIONAL, "Note" },
    END,
};

static const BpColumnDef areas[] = {
    { "plan", KEY, "Plan" },
    { "ref", KEY, "Ref of the area or sub-area" },
    { "title", REQUIRED, "Title" },
    { "short", OPTIONAL, "Title of at most 40 characters" },
    { "parent", OPTIONAL, "Ref of the area it stands under; blank for an area" },
    { "lead", OPTIONAL, "Lead" },
    { "position", OPTIONAL, "Place in the printed order" },
    END,
};

static const BpColumnDef projects[] = {
    { "project", KEY, "Short name of the project" },
    { "title", REQUIRED, "Title" },
    { "lead", OPTIONAL, "Lead" },
    END,
};

static const BpColumnDef actions[] = {
    { "plan", KEY, "Plan" },
    { "ref", KEY, "Ref, as text" },
    { "area", REQUIRED, "Ref of the area or sub-area" },
    { "action", REQUIRED, "What is to be done" },
    { "short", OPTIONAL, "Title of at most 40 characters" },
    { "lead", OPTIONAL, "Lead" },
    { "timeframe", OPTIONAL, "Timeframe, as typed in the plan" },
    { "project", OPTIONAL, "Project" },
    { "kpis", OPTIONAL, "KPIs it should move, separated by ;" },
    { "milestone", OPTIONAL, "Is it a milestone: yes or no" },
    END,
};

static const BpColumnDef action_links[] = {
    { "plan", KEY, "Plan" },
    { "ref", KEY, "Ref of the action" },
    { "project", OPTIONAL, "Project" },
    { "kpis", OPTIONAL, "KPIs it should move, separated by ;" },
    { "milestone", OPTIONAL, "Is it a milestone: yes or no" },
    END,
};

static const BpColumnDef updates[] = {
    { "plan", KEY, "Plan" },
    { "ref", KEY, "Ref of the action" },
    { "as_of", KEY, "Date of the update" },
    { "status", OPTIONAL, "Status, as in config/status.ini" },
    { "completed_on", OPTIONAL, "Date of completion" },
    { "progress", OPTIONAL, "Progress" },
    { "public_progress", OPTIONAL, "Progress in words for the public" },
    { "next_step", OPTIONAL, "Next step" },
    { "forecast", OPTIONAL, "Forecast timeframe; the approved date when approved_by names a forum" },
    { "reason", OPTIONAL, "Reason for the status" },
    { "path_to_green", OPTIONAL, "Way back to green" },
    { "ask", OPTIONAL, "What is asked of the forum" },
    { "evidence", OPTIONAL, "Evidence" },
    { "evidence_kpi", OPTIONAL, "KPI that is the evidence" },
    { "approved_by", OPTIONAL, "Forum that approved the new date" },
    END,
};

static const BpColumnDef kpis[] = {
    { "kpi", KEY, "Short name of the KPI" },
    { "valid_from", KEY_PART, "First day of this definition" },
    { "title", REQUIRED, "Title" },
    { "short", OPTIONAL, "Title of at most 40 characters" },
    { "area", OPTIONAL, "Area or sub-area, as plan:ref" },
    { "unit", OPTIONAL, "percent, count, days, weeks, rate, score or gbp" },
    { "polarity", OPTIONAL, "Which is better: higher, lower, near or none" },
    { "period_kind", OPTIONAL, "day, month, quarter, term, academic_year, financial_year, calendar_year or census" },
    { "baseline_period", OPTIONAL, "Period of the baseline" },
    { "baseline", OPTIONAL, "Baseline" },
    { "target_period", OPTIONAL, "Period by which the target is to be met" },
    { "target", OPTIONAL, "Target" },
    { "tolerance", OPTIONAL, "Where near is better: distance from the target that still counts as met" },
    { "same_within", OPTIONAL, "Change that still counts as the same" },
    { "headline", OPTIONAL, "Is it a headline KPI: yes or no" },
    { "owner", OPTIONAL, "Owner" },
    { "source", OPTIONAL, "Where the values come from" },
    { "definition", OPTIONAL, "What is counted, out of what" },
    { "stale_after_days", OPTIONAL, "Days after which the latest value is too old" },
    { "people", OPTIONAL, "Does it count people: yes or no" },
    { "rebase", OPTIONAL, "Periods from which limits are set anew, separated by ;" },
    END,
};

static const BpColumnDef kpi_targets[] = {
    { "kpi", KEY, "KPI" },
    { "baseline_period", OPTIONAL, "Period of the baseline" },
    { "baseline", OPTIONAL, "Baseline" },
    { "target_period", OPTIONAL, "Period by which the target is to be met" },
    { "target", OPTIONAL, "Target" },
    { "tolerance", OPTIONAL, "Where near is better: distance from the target that still counts as met" },
    { "owner", OPTIONAL, "Owner" },
    END,
};

static const BpColumnDef kpi_values[] = {
    { "kpi", KEY, "KPI" },
    { "period", KEY, "Period" },
    { "geography", KEY_PART, "Place; blank is local" },
    { "series", KEY_PART, "actual, projected or target" },
    { "breakdown", KEY_PART, "What the value is broken down by" },
    { "category", KEY_PART, "Category of the breakdown; blank is the total" },
    { "value", OPTIONAL, "Value, or [c], [x], [z], [low]" },
    { "numerator", OPTIONAL, "Numerator" },
    { "denominator", OPTIONAL, "Denominator" },
    { "published", OPTIONAL, "Date of publication" },
    { "flag", OPTIONAL, "provisional, revised, estimated or break" },
    { "note", OPTIONAL, "Note" },
    END,
};

static const BpColumnDef narrative[] = {
    { "as_of", REQUIRED, "Date" },
    { "kind", REQUIRED, "achievement, challenge, change, impact, next_step, you_said or we_did" },
    { "text", REQUIRED, "Text" },
    { "plan", OPTIONAL, "Plan" },
    { "area", OPTIONAL, "Area or sub-area" },
    { "audience", OPTIONAL, "internal, partner or public: the widest that may read it" },
    { "position", OPTIONAL, "Place in the printed order" },
    END,
};

static const BpColumnDef recommendations[] = {
    { "ref", KEY, "Ref of the recommendation" },
    { "text", REQUIRED, "Recommendation" },
    { "short", OPTIONAL, "Title of at most 40 characters" },
    { "source", OPTIONAL, "Where it was made" },
    { "areas", OPTIONAL, "Areas that answer it, separated by ;" },
    { "actions", OPTIONAL, "Actions that answer it, as plan:ref, separated by ;" },
    { "kpis", OPTIONAL, "KPIs that measure it, separated by ;" },
    END,
};

static const BpColumnDef claims[] = {
    { "claim", KEY, "Short name of the claim" },
    { "text", REQUIRED, "The sentence" },
    { "stated", REQUIRED, "The figure it states" },
    { "unit", OPTIONAL, "Unit of the figure" },
    { "measure", OPTIONAL, "growth, change, share or value" },
    { "kpi", OPTIONAL, "KPI it is computed from" },
    { "geography", OPTIONAL, "Place; blank is local" },
    { "from_period", OPTIONAL, "Period from which growth or change is counted" },
    { "period", OPTIONAL, "Period" },
    { "numerator", OPTIONAL, "Numerator" },
    { "denominator", OPTIONAL, "Denominator" },
    { "source", OPTIONAL, "Where it was said" },
    END,
};

static const BpColumnDef meetings[] = {
    { "forum", KEY, "Forum" },
    { "date", KEY, "Date, or TBC" },
    { "title", OPTIONAL, "Title" },
    { "updates_due", OPTIONAL, "Date by which updates are due" },
    { "papers_due", OPTIONAL, "Date by which papers are due" },
    { "issue_date", OPTIONAL, "Date on which papers go out" },
    END,
};

static const BpColumnDef decisions[] = {
    { "forum", KEY, "Forum" },
    { "ref", KEY, "Ref of the decision" },
    { "ask", REQUIRED, "What is asked" },
    { "kind", OPTIONAL, "approve, endorse, decide, discuss or note" },
    { "raised_on", OPTIONAL, "Date on which it was raised" },
    { "meeting", OPTIONAL, "Date of the meeting" },
    { "owner", OPTIONAL, "Owner" },
    { "recommendation", OPTIONAL, "What is recommended" },
    { "options", OPTIONAL, "Options" },
    { "implications", OPTIONAL, "Implications" },
    { "needed_by", OPTIONAL, "Date by which it is needed" },
    { "outcome", OPTIONAL, "Outcome" },
    { "decided_on", OPTIONAL, "Date of the decision" },
    END,
};

static const BpColumnDef risks[] = {
    { "risk", KEY, "Short name of the risk" },
    { "as_of", KEY, "Date of the assessment" },
    { "title", REQUIRED, "Title" },
    { "area", OPTIONAL, "Area or sub-area" },
    { "likelihood", OPTIONAL, "Likelihood, 1 to 5" },
    { "impact", OPTIONAL, "Impact, 1 to 5" },
    { "owner", OPTIONAL, "Owner" },
    { "mitigation", OPTIONAL, "What is done about it" },
    { "status", OPTIONAL, "open or closed" },
    END,
};

static const BpColumnDef leads[] = {
    { "lead", KEY, "Lead" },
    { "short", OPTIONAL, "Short name" },
    { "organisation", OPTIONAL, "Organisation" },
    { "address", OPTIONAL, "E-mail address" },
    END,
};

static const BpColumnDef members[] = {
    { "forum", KEY, "Forum" },
    { "member", KEY, "Member" },
    { "organisation", OPTIONAL, "Organisation" },
    { "role", OPTIONAL, "Role" },
    { "from", OPTIONAL, "First day" },
    { "to", OPTIONAL, "Last day" },
    END,
};

static const BpColumnDef recipients[] = {
    { "forum", KEY, "Forum whose pack is sent" },
    { "address", KEY, "E-mail address" },
    { "name", OPTIONAL, "Name" },
    { "organisation", OPTIONAL, "Organisation" },
    { "from", OPTIONAL, "First day" },
    { "to", OPTIONAL, "Last day" },
    { "xlsx", OPTIONAL, "Is the workbook sent too: yes or no" },
    { "exception_approved_by", OPTIONAL, "Who approved an address outside the allow-list" },
    END,
};

#define TABLE(id_, name_, title_) [BP_TABLE_##id_] = { BP_TABLE_##id_, #name_, name_, title_ }

static const BpTableDef tables[BP_TABLE_COUNT] = {
    TABLE (PLANS, plans, "Plans"),
    TABLE (AREAS, areas, "Areas for improvement and their sub-areas"),
    TABLE (PROJECTS, projects, "Projects"),
    TABLE (ACTIONS, actions, "Actions of the plans"),
    TABLE (ACTION_LINKS, action_links, "Project, KPIs and milestone of actions, kept apart from the published plan"),
    TABLE (UPDATES, updates, "Dated updates on actions"),
    TABLE (KPIS, kpis, "KPIs and their definitions"),
    TABLE (KPI_TARGETS, kpi_targets, "Baseline, target and owner of KPIs, kept apart from the published list"),
    TABLE (KPI_VALUES, kpi_values, "Values of KPIs"),
    TABLE (NARRATIVE, narrative, "Achievements, challenges, changes, impact and next steps"),
    TABLE (RECOMMENDATIONS, recommendations, "Recommendations and what answers them"),
    TABLE (CLAIMS, claims, "Sentences with figures, to be computed again"),
    TABLE (MEETINGS, meetings, "Meetings of forums"),
    TABLE (DECISIONS, decisions, "Decisions asked of forums"),
    TABLE (RISKS, risks, "Risks"),
    TABLE (LEADS, leads, "Leads and their organisations"),
    TABLE (MEMBERS, members, "Members of forums"),
    TABLE (RECIPIENTS, recipients, "Recipients of packs"),
};

const BpTableDef *bp_table_get (BpTableId id)
{
    g_assert ((unsigned)id < BP_TABLE_COUNT);
    return &tables[id];
}

const BpTableDef *bp_table_find (const char *name)
{
    for (int i = 0; name != NULL && i < BP_TABLE_COUNT; i++)
        if (g_ascii_strcasecmp (tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}
