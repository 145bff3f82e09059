#include "pack/row_filter.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/row_field.h"

#include <string.h>

typedef enum
{
    OP_EQUAL,
    OP_NOT_EQUAL,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_MORE,
    OP_MORE_EQUAL,
    OP_IN,
    OP_HAS
} Operator;

static const struct
{
    const char *text;
    Operator op;
} operators[] = {
    { "!=", OP_NOT_EQUAL }, { "<=", OP_LESS_EQUAL }, { ">=", OP_MORE_EQUAL }, { "=", OP_EQUAL },
    { "<", OP_LESS },       { ">", OP_MORE },        { "in", OP_IN },         { "has", OP_HAS },
};

/* One "<field> <op> <value>". */
typedef struct
{
    const BpRowField *field; /* NULL for a local column */
    char *local;             /* its name */
    Operator op;
    char **values; /* one, but for `in`; folded for text */
    BpDate date;
    bool yes;
} Condition;

struct BpRowFilter
{
    BpRowSubject subject;
    GArray *conditions; /* of Condition */
};

/* ---- reading ---- */

/* The length of a name of a field at text; 0 if there is none. */
static gsize field_name_length (const char *text)
{
    gsize length = 0;

    while (g_ascii_isalnum (text[length]) || text[length] == '_')
        length++;
    return length;
}

/* The operator at text (blanks before it skipped); its end in *end_out. */
static bool read_operator (const char *text, Operator *op_out, const char **end_out)
{
    while (g_ascii_isspace (*text))
        text++;
    for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    {
        gsize length = strlen (operators[i].text);
        bool is_word = g_ascii_isalpha (operators[i].text[0]);
        if (g_ascii_strncasecmp (text, operators[i].text, length) != 0)
            continue;
        if (is_word && !g_ascii_isspace (text[length]))
            continue;
        *op_out = operators[i].op;
        *end_out = text + length;
        return true;
    }
    return false;
}

/* " and " ends a value only where a field and an operator follow, so that names with "and" in them need no quotes. */
static const char *find_end_of_value (const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
    {
        if (!g_ascii_isspace (*at) || g_ascii_strncasecmp (at + 1, "and", 3) != 0 || !g_ascii_isspace (at[4]))
            continue;
        const char *next = at + 4;
        while (g_ascii_isspace (*next))
            next++;
        gsize length = field_name_length (next);
        Operator op;
        const char *end = NULL;
        if (length > 0 && read_operator (next + length, &op, &end))
            return at;
    }
    return text + strlen (text);
}

static bool operator_fits (const BpRowField *field, Operator op)
{
    BpRowFieldType type = field != NULL ? field->type : BP_ROW_FIELD_LOCAL;

    switch (type)
    {
    case BP_ROW_FIELD_YES_NO:
        return op == OP_EQUAL || op == OP_NOT_EQUAL;
    case BP_ROW_FIELD_CHOICE:
        return op == OP_EQUAL || op == OP_NOT_EQUAL || op == OP_IN;
    case BP_ROW_FIELD_DATE:
        return op != OP_IN && op != OP_HAS;
    case BP_ROW_FIELD_TEXT:
    case BP_ROW_FIELD_AREA:
    case BP_ROW_FIELD_KPI_LIST:
        return op == OP_EQUAL || op == OP_NOT_EQUAL || op == OP_IN || op == OP_HAS;
    case BP_ROW_FIELD_REF:
    case BP_ROW_FIELD_LOCAL:
        return true;
    }
    g_assert_not_reached ();
}

static const char *operators_of (const BpRowField *field)
{
    BpRowFieldType type = field != NULL ? field->type : BP_ROW_FIELD_LOCAL;

    switch (type)
    {
    case BP_ROW_FIELD_YES_NO:
        return "= and !=";
    case BP_ROW_FIELD_CHOICE:
        return "=, != and in";
    case BP_ROW_FIELD_DATE:
        return "=, !=, <, <=, > and >=";
    case BP_ROW_FIELD_TEXT:
    case BP_ROW_FIELD_AREA:
    case BP_ROW_FIELD_KPI_LIST:
        return "=, !=, in and has";
    case BP_ROW_FIELD_REF:
    case BP_ROW_FIELD_LOCAL:
        return "=, !=, <, <=, >, >=, in and has";
    }
    g_assert_not_reached ();
}

/* Names are not case-sensitive. */
static bool has_word (const char *const *known, const char *word)
{
    for (int i = 0; known[i] != NULL; i++)
        if (g_ascii_strcasecmp (known[i], word) == 0)
            return true;
    return false;
}

static bool read_values (Condition *condition, const char *name, const char *value, GError **error)
{
    BpRowFieldType type = condition->field != NULL ? condition->field->type : BP_ROW_FIELD_LOCAL;

    if (type == BP_ROW_FIELD_DATE && !bp_date_parse_iso (value, &condition->date))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is no date; write it as 2025-07-31", value);
    if (type == BP_ROW_FIELD_YES_NO)
    {
        condition->yes = g_ascii_strcasecmp (value, "yes") == 0;
        if (!condition->yes && g_ascii_strcasecmp (value, "no") != 0)
            return bp_fail (error, BP_ERROR_CONFIG, "'%s' is yes or no, not '%s'", name, value);
    }
    condition->values = condition->op == OP_IN ? bp_text_split_list (value, '|') : g_new0 (char *, 2);
    if (condition->op != OP_IN)
        condition->values[0] = g_strdup (value);
    for (int i = 0; condition->values[i] != NULL; i++)
    {
        char *typed = condition->values[i];
        if (type == BP_ROW_FIELD_CHOICE && !has_word (condition->field->choices, typed))
            return bp_row_fail_unknown (error, name, typed, condition->field->choices);
        condition->values[i] = bp_text_dup_folded (typed);
        g_free (typed);
    }
    if (condition->values[0] == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' has no value to compare with", name);
    return true;
}

static void clear_condition (gpointer data)
{
    Condition *condition = data;

    g_free (condition->local);
    g_strfreev (condition->values);
}

/* Reads one condition at *text_inout and moves on behind it. */
static bool read_condition (BpRowFilter *filter, const char **text_inout, const char *const *local_columns, GError **error)
{
    const char *text = *text_inout;
    gsize length = field_name_length (text);
    g_autofree char *name = g_strndup (text, length);

    if (length == 0)
        return bp_fail (error, BP_ERROR_CONFIG, "a filter is '<field> <op> <value>', and '%s' does not start with a field", text);
    Condition condition = { .field = bp_row_field_find (filter->subject, name), .date = BP_DATE_NONE };
    const char *local = condition.field == NULL ? bp_row_local_find (local_columns, name) : NULL;
    if (condition.field == NULL && local == NULL)
        return bp_row_fail_unknown (error, "field", name, bp_row_fields (filter->subject));
    const char *end = NULL;
    if (!read_operator (text + length, &condition.op, &end))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is followed by no operator; '%s' takes %s", name, name,
                        operators_of (condition.field));
    if (!operator_fits (condition.field, condition.op))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' takes %s", name, operators_of (condition.field));
    const char *stop = find_end_of_value (end);
    g_autofree char *raw = g_strndup (end, (gsize)(stop - end));
    g_autofree char *value = bp_text_dup_trimmed (raw);
    if (*value == '\0')
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' has no value to compare with", name);
    condition.local = g_strdup (local);
    bool ok = read_values (&condition, name, value, error);
    if (ok)
        g_array_append_val (filter->conditions, condition);
    else
        clear_condition (&condition);
    *text_inout = *stop == '\0' ? stop : stop + 4;
    return ok;
}

BpRowFilter *bp_row_filter_new (BpRowSubject subject, const char *text, const char *const *local_columns, GError **error)
{
    g_autoptr (BpRowFilter) filter = g_new0 (BpRowFilter, 1);
    const char *at = text;

    filter->subject = subject;
    filter->conditions = g_array_new (FALSE, TRUE, sizeof (Condition));
    g_array_set_clear_func (filter->conditions, clear_condition);
    do
    {
        while (g_ascii_isspace (*at))
            at++;
        if (!read_condition (filter, &at, local_columns, error))
            return NULL;
    } while (*at != '\0');
    return g_steal_pointer (&filter);
}

void bp_row_filter_free (BpRowFilter *filter)
{
    if (filter == NULL)
        return;
    g_array_unref (filter->conditions);
    g_free (filter);
}

/* ---- matching ---- */

static bool compare_passes (Operator op, int order)
{
    switch (op)
    {
    case OP_EQUAL:
    case OP_IN:
        return order == 0;
    case OP_NOT_EQUAL:
        return order != 0;
    case OP_LESS:
        return order < 0;
    case OP_LESS_EQUAL:
        return order <= 0;
    case OP_MORE:
        return order > 0;
    case OP_MORE_EQUAL:
        return order >= 0;
    case OP_HAS:
        return false;
    }
    g_assert_not_reached ();
}

/* Any of the spellings (folded here) equals a value, or holds it for `has`. */
static bool text_passes (const Condition *condition, const char *const *spellings)
{
    bool found = false;

    for (int s = 0; spellings[s] != NULL && !found; s++)
    {
        g_autofree char *folded = bp_text_dup_folded (spellings[s]);
        for (int v = 0; condition->values[v] != NULL && !found; v++)
            found = condition->op == OP_HAS ? strstr (folded, condition->values[v]) != NULL : strcmp (folded, condition->values[v]) == 0;
    }
    return condition->op == OP_NOT_EQUAL ? !found : found;
}

static bool ref_passes (const Condition *condition, const char *bare, const char *full)
{
    const char *spellings[] = { bare, full, NULL };

    if (condition->op == OP_EQUAL || condition->op == OP_NOT_EQUAL || condition->op == OP_IN || condition->op == OP_HAS)
        return text_passes (condition, spellings);
    const char *colon = strchr (condition->values[0], ':');
    return compare_passes (condition->op, bp_ref_compare (bare, colon != NULL ? colon + 1 : condition->values[0]));
}

/* The area itself or any that it stands under. */
static bool area_passes (const Condition *condition, const BpArea *area)
{
    const char *spellings[16] = { NULL };
    int count = 0;

    for (const BpArea *at = area; at != NULL && count + 2 < (int)G_N_ELEMENTS (spellings); at = at->parent)
    {
        spellings[count++] = at->ref;
        spellings[count++] = at->key;
    }
    return text_passes (condition, spellings);
}

static bool yes_passes (const Condition *condition, bool yes)
{
    return (condition->op == OP_EQUAL) == (yes == condition->yes);
}

static bool word_passes (const Condition *condition, const char *a, const char *b)
{
    const char *spellings[] = { a, b, NULL };

    return text_passes (condition, spellings);
}

static bool local_passes (const Condition *condition, const BpSnapshot *snapshot, BpTableId table, const char *const *local)
{
    int index = bp_row_local_index (snapshot, table, condition->local);

    if (index < 0 || local == NULL)
        return false;
    const char *cell = local[index];
    BpFieldType type = bp_field_set_get (&snapshot->programme->fields, table, index)->type;
    bool is_readable = bp_row_local_is_readable (type, cell) && bp_row_local_is_readable (type, condition->values[0]);
    /* "y" is yes, and 1,000 is 1000; what cannot be read as its type is compared as typed */
    if (type != BP_FIELD_TEXT && is_readable && (condition->op == OP_EQUAL || condition->op == OP_NOT_EQUAL))
        return compare_passes (condition->op, bp_row_local_compare (type, cell, condition->values[0]));
    if (condition->op == OP_EQUAL || condition->op == OP_NOT_EQUAL || condition->op == OP_IN || condition->op == OP_HAS)
        return word_passes (condition, cell, NULL);
    return is_readable && compare_passes (condition->op, bp_row_local_compare (type, cell, condition->values[0]));
}

static const char *severity_name (BpSeverity severity)
{
    switch (severity)
    {
    case BP_SEVERITY_OFF_TRACK:
        return "off-track";
    case BP_SEVERITY_AT_RISK:
        return "at-risk";
    case BP_SEVERITY_NONE:
        return "none";
    }
    g_assert_not_reached ();
}

static const char *counts_as_name (BpCountsAs counts)
{
    switch (counts)
    {
    case BP_COUNTS_AS_OPEN:
        return "open";
    case BP_COUNTS_AS_DONE:
        return "done";
    case BP_COUNTS_AS_PAUSED:
        return "paused";
    }
    g_assert_not_reached ();
}

static const char *movement_name (BpMovement movement)
{
    switch (movement)
    {
    case BP_MOVEMENT_IMPROVED:
        return "improved";
    case BP_MOVEMENT_SAME:
        return "same";
    case BP_MOVEMENT_WORSE:
        return "worse";
    case BP_MOVEMENT_CHANGED:
        return "changed";
    case BP_MOVEMENT_NONE:
        return "none";
    }
    g_assert_not_reached ();
}

static bool kpi_list_passes (const Condition *condition, const GPtrArray *kpis)
{
    Condition any = *condition;
    bool found = false;

    if (any.op == OP_NOT_EQUAL || any.op == OP_HAS)
        any.op = OP_EQUAL;
    for (guint i = 0; kpis != NULL && i < kpis->len && !found; i++)
        found = word_passes (&any, ((const BpKpi *)g_ptr_array_index (kpis, i))->id, NULL);
    return condition->op == OP_NOT_EQUAL ? !found : found;
}

static bool date_passes (const Condition *condition, BpDate date)
{
    if (date == BP_DATE_NONE)
        return condition->op == OP_NOT_EQUAL;
    return compare_passes (condition->op, date < condition->date ? -1 : date > condition->date);
}

static bool action_passes (const Condition *condition, const BpSnapshot *snapshot, const BpAction *action)
{
    if (condition->field == NULL)
        return local_passes (condition, snapshot, BP_TABLE_ACTIONS, action->local);
    switch (condition->field->key)
    {
    case BP_ROW_KEY_REF:
        return ref_passes (condition, action->ref, action->key);
    case BP_ROW_KEY_AREA:
    case BP_ROW_KEY_SUB_AREA:
        return area_passes (condition, action->area);
    case BP_ROW_KEY_LEAD:
        return word_passes (condition, action->lead, NULL);
    case BP_ROW_KEY_PROJECT:
        return word_passes (condition, action->project != NULL ? action->project->id : "",
                            action->project != NULL ? action->project->title : NULL);
    case BP_ROW_KEY_STATUS:
        return word_passes (condition, action->status->code, action->status->label);
    case BP_ROW_KEY_SEVERITY:
        return word_passes (condition, severity_name (action->status->severity), NULL);
    case BP_ROW_KEY_DUE:
        return date_passes (condition, action->due);
    case BP_ROW_KEY_OVERDUE:
        return yes_passes (condition, action->is_overdue);
    case BP_ROW_KEY_UNDATED:
        return yes_passes (condition, action->is_undated);
    case BP_ROW_KEY_MOVED:
        return yes_passes (condition, action->moves != NULL && action->moves->len > 0);
    case BP_ROW_KEY_MILESTONE:
        return yes_passes (condition, action->is_milestone);
    case BP_ROW_KEY_COUNTS_AS:
        return word_passes (condition, counts_as_name (action->status->counts_as), NULL);
    case BP_ROW_KEY_CHANGED:
        return yes_passes (condition, action->has_changed);
    case BP_ROW_KEY_ORGANISATION:
        return word_passes (condition, action->organisation, NULL);
    case BP_ROW_KEY_KPI:
        return kpi_list_passes (condition, action->kpis);
    case BP_ROW_KEY_HEADLINE:
    case BP_ROW_KEY_MOVEMENT:
    case BP_ROW_KEY_UNIT:
    case BP_ROW_KEY_STALE:
    case BP_ROW_KEY_LOCAL:
        return false;
    }
    g_assert_not_reached ();
}

bool bp_row_filter_has_action (const BpRowFilter *filter, const BpSnapshot *snapshot, const BpAction *action)
{
    for (guint i = 0; i < filter->conditions->len; i++)
        if (!action_passes (&g_array_index (filter->conditions, Condition, i), snapshot, action))
            return false;
    return true;
}

bool bp_row_filter_has_kpi (const BpRowFilter *filter, const BpSnapshot *snapshot, const BpKpi *kpi)
{
    for (guint i = 0; i < filter->conditions->len; i++)
    {
        const Condition *condition = &g_array_index (filter->conditions, Condition, i);
        bool passes = false;
        if (condition->field == NULL)
            passes = local_passes (condition, snapshot, BP_TABLE_KPIS, kpi->local);
        else if (condition->field->key == BP_ROW_KEY_KPI)
            passes = ref_passes (condition, kpi->id, NULL);
        else if (condition->field->key == BP_ROW_KEY_AREA)
            passes = area_passes (condition, kpi->area);
        else if (condition->field->key == BP_ROW_KEY_HEADLINE)
            passes = yes_passes (condition, kpi->is_headline);
        else if (condition->field->key == BP_ROW_KEY_MOVEMENT)
            passes = word_passes (condition, movement_name (kpi->on_baseline.movement), NULL);
        else if (condition->field->key == BP_ROW_KEY_UNIT)
            passes = word_passes (condition, bp_unit_name (kpi->unit), NULL);
        else if (condition->field->key == BP_ROW_KEY_STALE)
            passes = yes_passes (condition, kpi->is_stale);
        if (!passes)
            return false;
    }
    return true;
}
