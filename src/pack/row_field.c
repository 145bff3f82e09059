#include "pack/row_field.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/snapshot.h"

static const char *const severities[] = { "off-track", "at-risk", "none", NULL };
static const char *const counts_as[] = { "open", "done", "paused", NULL };
static const char *const movements[] = { "improved", "same", "worse", "changed", "none", NULL };
static const char *const units[] = { "percent", "count", "days", "weeks", "rate", "score", "gbp", NULL };

static const BpRowField action_fields[] = {
    { "ref", BP_ROW_KEY_REF, BP_ROW_FIELD_REF, NULL },
    { "area", BP_ROW_KEY_AREA, BP_ROW_FIELD_AREA, NULL },
    { "sub_area", BP_ROW_KEY_SUB_AREA, BP_ROW_FIELD_AREA, NULL },
    { "lead", BP_ROW_KEY_LEAD, BP_ROW_FIELD_TEXT, NULL },
    { "project", BP_ROW_KEY_PROJECT, BP_ROW_FIELD_TEXT, NULL },
    { "status", BP_ROW_KEY_STATUS, BP_ROW_FIELD_TEXT, NULL },
    { "severity", BP_ROW_KEY_SEVERITY, BP_ROW_FIELD_CHOICE, severities },
    { "due", BP_ROW_KEY_DUE, BP_ROW_FIELD_DATE, NULL },
    { "overdue", BP_ROW_KEY_OVERDUE, BP_ROW_FIELD_YES_NO, NULL },
    { "undated", BP_ROW_KEY_UNDATED, BP_ROW_FIELD_YES_NO, NULL },
    { "moved", BP_ROW_KEY_MOVED, BP_ROW_FIELD_YES_NO, NULL },
    { "milestone", BP_ROW_KEY_MILESTONE, BP_ROW_FIELD_YES_NO, NULL },
    { "counts_as", BP_ROW_KEY_COUNTS_AS, BP_ROW_FIELD_CHOICE, counts_as },
    { "changed", BP_ROW_KEY_CHANGED, BP_ROW_FIELD_YES_NO, NULL },
    { "organisation", BP_ROW_KEY_ORGANISATION, BP_ROW_FIELD_TEXT, NULL },
    { "kpi", BP_ROW_KEY_KPI, BP_ROW_FIELD_KPI_LIST, NULL },
    { NULL, BP_ROW_KEY_LOCAL, BP_ROW_FIELD_LOCAL, NULL },
};

static const BpRowField kpi_fields[] = {
    { "kpi", BP_ROW_KEY_KPI, BP_ROW_FIELD_REF, NULL },
    { "area", BP_ROW_KEY_AREA, BP_ROW_FIELD_AREA, NULL },
    { "headline", BP_ROW_KEY_HEADLINE, BP_ROW_FIELD_YES_NO, NULL },
    { "movement", BP_ROW_KEY_MOVEMENT, BP_ROW_FIELD_CHOICE, movements },
    { "unit", BP_ROW_KEY_UNIT, BP_ROW_FIELD_CHOICE, units },
    { "stale", BP_ROW_KEY_STALE, BP_ROW_FIELD_YES_NO, NULL },
    { NULL, BP_ROW_KEY_LOCAL, BP_ROW_FIELD_LOCAL, NULL },
};

const BpRowField *bp_row_fields_of (BpRowSubject subject)
{
    return subject == BP_ROWS_ACTIONS ? action_fields : kpi_fields;
}

const char *const *bp_row_fields (BpRowSubject subject)
{
    static const char *action_names[G_N_ELEMENTS (action_fields)];
    static const char *kpi_names[G_N_ELEMENTS (kpi_fields)];
    const BpRowField *fields = bp_row_fields_of (subject);
    const char **names = subject == BP_ROWS_ACTIONS ? action_names : kpi_names;

    for (int i = 0; fields[i].name != NULL; i++)
        names[i] = fields[i].name;
    return names;
}

const char *const *bp_row_group_fields (BpRowSubject subject)
{
    static const char *const of_actions[] = { "area", "sub_area", "lead", "project", "status", "organisation", "none", NULL };
    static const char *const of_kpis[] = { "area", "none", NULL };

    return subject == BP_ROWS_ACTIONS ? of_actions : of_kpis;
}

const BpRowField *bp_row_field_find (BpRowSubject subject, const char *name)
{
    for (const BpRowField *field = bp_row_fields_of (subject); field->name != NULL; field++)
        if (g_ascii_strcasecmp (field->name, name) == 0)
            return field;
    return NULL;
}

const char *bp_row_local_find (const char *const *local_columns, const char *name)
{
    for (int i = 0; local_columns != NULL && local_columns[i] != NULL; i++)
        if (g_ascii_strcasecmp (local_columns[i], name) == 0)
            return local_columns[i];
    return NULL;
}

bool bp_row_fail_unknown (GError **error, const char *what, const char *word, const char *const *known)
{
    const char *nearest = bp_text_find_nearest (word, known);
    g_autofree char *all = g_strjoinv (", ", (char **)known);

    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "unknown %s '%s'; did you mean '%s'?", what, word, nearest);
    return bp_fail (error, BP_ERROR_CONFIG, "unknown %s '%s'; known are %s", what, word, all);
}

int bp_row_local_index (const BpSnapshot *snapshot, int table, const char *name)
{
    const BpFieldSet *set = &snapshot->programme->fields;
    int count = bp_field_set_count (set, (BpTableId)table);

    for (int i = 0; i < count; i++)
        if (g_ascii_strcasecmp (bp_field_set_get (set, (BpTableId)table, i)->column, name) == 0)
            return i;
    return -1;
}

/* Compares two cells of a local column as its type says; unreadable or blank sorts last. */
bool bp_row_local_is_readable (int type, const char *cell)
{
    BpNumber number;
    BpDate date;

    switch ((BpFieldType)type)
    {
    case BP_FIELD_NUMBER:
        return bp_number_parse (cell, &number);
    case BP_FIELD_DATE:
        return bp_date_parse (cell, &date);
    case BP_FIELD_YES_NO:
        return bp_text_parse_yes_no (cell) >= 0;
    case BP_FIELD_TEXT:
        return !bp_text_is_blank (cell);
    }
    g_assert_not_reached ();
}

int bp_row_local_compare (int type, const char *a, const char *b)
{
    BpNumber number_a, number_b;
    BpDate date_a, date_b;

    switch ((BpFieldType)type)
    {
    case BP_FIELD_NUMBER:
        if (bp_number_parse (a, &number_a) && bp_number_parse (b, &number_b))
            return number_a.value < number_b.value ? -1 : number_a.value > number_b.value;
        break;
    case BP_FIELD_DATE:
        if (bp_date_parse (a, &date_a) && bp_date_parse (b, &date_b))
            return date_a < date_b ? -1 : date_a > date_b;
        break;
    case BP_FIELD_YES_NO:
        return bp_text_parse_yes_no (a) - bp_text_parse_yes_no (b);
    case BP_FIELD_TEXT:
        break;
    }
    return bp_ref_compare (a, b);
}
