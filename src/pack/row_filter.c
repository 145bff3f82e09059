#include "pack/row_filter.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/snapshot.h"

#include <string.h>

typedef enum { FIELD_TEXT, FIELD_REF, FIELD_AREA, FIELD_DATE, FIELD_YES_NO, FIELD_CHOICE, FIELD_KPI_LIST, FIELD_LOCAL } FieldType;

/* What a field is to both subjects: order matters only for messages. */
typedef enum
{
    KEY_REF,
    KEY_AREA,
    KEY_SUB_AREA,
    KEY_LEAD,
    KEY_PROJECT,
    KEY_STATUS,
    KEY_SEVERITY,
    KEY_DUE,
    KEY_OVERDUE,
    KEY_UNDATED,
    KEY_MOVED,
    KEY_MILESTONE,
    KEY_COUNTS_AS,
    KEY_CHANGED,
    KEY_ORGANISATION,
    KEY_KPI,
    KEY_HEADLINE,
    KEY_MOVEMENT,
    KEY_UNIT,
    KEY_STALE,
    KEY_LOCAL
} FieldKey;

typedef struct
{
    const char *name;
    FieldKey key;
    FieldType type;
    const char *const *choices; /* CHOICE */
} Field;

typedef enum { OP_EQUAL, OP_NOT_EQUAL, OP_LESS, OP_LESS_EQUAL, OP_MORE, OP_MORE_EQUAL, OP_IN, OP_HAS } Operator;

static const struct
{
    const char *text;
    Operator op;
} operators[] = {
    { "!=", OP_NOT_EQUAL }, { "<=", OP_LESS_EQUAL }, { ">=", OP_MORE_EQUAL }, { "=", OP_EQUAL }, { "<", OP_LESS }, { ">", OP_MORE }, { "in", OP_IN }, { "has", OP_HAS },
};

static const char *const severities[] = { "off-track", "at-risk", "none", NULL };
static const char *const counts_as[] = { "open", "done", "paused", NULL };
static const char *const movements[] = { "improved", "same", "worse", "changed", "none", NULL };
static const char *const units[] = { "percent", "count", "days", "weeks", "rate", "score", "gbp", NULL };

static const Field action_fields[] = {
    { "ref", KEY_REF, FIELD_REF, NULL },
    { "area", KEY_AREA, FIELD_AREA, NULL },
    { "sub_area", KEY_SUB_AREA, FIELD_AREA, NULL },
    { "lead", KEY_LEAD, FIELD_TEXT, NULL },
    { "project", KEY_PROJECT, FIELD_TEXT, NULL },
    { "status", KEY_STATUS, FIELD_TEXT, NULL },
    { "severity", KEY_SEVERITY, FIELD_CHOICE, severities },
    { "due", KEY_DUE, FIELD_DATE, NULL },
    { "overdue", KEY_OVERDUE, FIELD_YES_NO, NULL },
    { "undated", KEY_UNDATED, FIELD_YES_NO, NULL },
    { "moved", KEY_MOVED, FIELD_YES_NO, NULL },
    { "milestone", KEY_MILESTONE, FIELD_YES_NO, NULL },
    { "counts_as", KEY_COUNTS_AS, FIELD_CHOICE, counts_as },
    { "changed", KEY_CHANGED, FIELD_YES_NO, NULL },
    { "organisation", KEY_ORGANISATION, FIELD_TEXT, NULL },
    { "kpi", KEY_KPI, FIELD_KPI_LIST, NULL },
    { NULL, KEY_LOCAL, FIELD_LOCAL, NULL },
};

static const Field kpi_fields[] = {
    { "kpi", KEY_KPI, FIELD_REF, NULL },
    { "area", KEY_AREA, FIELD_AREA, NULL },
    { "headline", KEY_HEADLINE, FIELD_YES_NO, NULL },
    { "movement", KEY_MOVEMENT, FIELD_CHOICE, movements },
    { "unit", KEY_UNIT, FIELD_CHOICE, units },
    { "stale", KEY_STALE, FIELD_YES_NO, NULL },
    { NULL, KEY_LOCAL, FIELD_LOCAL, NULL },
};

/* One "<field> <op> <value>". */
typedef struct
{
    const Field *field; /* NULL for a local column */
    char *local;        /* its name */
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

static const Field *
fields_of (BpRowSubject subject)
{
    return subject == BP_ROWS_ACTIONS ? action_fields : kpi_fields;
}

const char *const *
bp_row_fields (BpRowSubject subject)
{
    static const char *action_names[G_N_ELEMENTS (action_fields)];
    static const char *kpi_names[G_N_ELEMENTS (kpi_fields)];
    const Field *fields = fields_of (subject);
    const char **names = subject == BP_ROWS_ACTIONS ? action_names : kpi_names;

    for (int i = 0; fields[i].name != NULL; i++)
        names[i] = fields[i].name;
    return names;
}

const char *const *
bp_row_group_fields (BpRowSubject subject)
{
    static const char *const of_actions[] = { "area", "sub_area", "lead", "project", "status", "organisation", "none", NULL };
    static const char *const of_kpis[] = { "area", "none", NULL };

    return subject == BP_ROWS_ACTIONS ? of_actions : of_kpis;
}

static const Field *
find_field (BpRowSubject subject, const char *name)
{
    for (const Field *field = fields_of (subject); field->name != NULL; field++)
        if (g_ascii_strcasecmp (field->name, name) == 0)
            return field;
    return NULL;
}

static const char *
find_local (const char *const *local_columns, const char *name)
{
    for (int i = 0; local_columns != NULL && local_columns[i] != NULL; i++)
        if (g_ascii_strcasecmp (local_columns[i], name) == 0)
            return local_columns[i];
    return NULL;
}

static bool
fail_unknown_word (GError **error, const char *what, const char *word, const char *const *known)
{
    const char *nearest = bp_text_find_nearest (word, known);
    g_autofree char *all = g_strjoinv (", ", (char **) known);

    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "unknown %s '%s'; did you mean '%s'?", what, word, nearest);
    return bp_fail (error, BP_ERROR_CONFIG, "unknown %s '%s'; known are %s", what, word, all);
}

/* ---- reading ---- */

/* The length of a name of a field at text; 0 if there is none. */
static gsize
field_name_length (const char *text)
{
    gsize length = 0;

    while (g_ascii_isalnum (text[length]) || text[length] == '_')
        length++;
    return length;
}

/* The operator at text (blanks before it skipped); its end in *end_out. */
static bool
read_operator (const char *text, Operator *op_out, const char **end_out)
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
static const char *
find_end_of_value (const char *text)
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

static bool
operator_fits (const Field *field, Operator op)
{
    FieldType type = field != NULL ? field->type : FIELD_LOCAL;

    switch (type)
        {
        case FIELD_YES_NO:
            return op == OP_EQUAL || op == OP_NOT_EQUAL;
        case FIELD_CHOICE:
            return op == OP_EQUAL || op == OP_NOT_EQUAL || op == OP_IN;
        case FIELD_DATE:
            return op != OP_IN && op != OP_HAS;
        case FIELD_TEXT:
        case FIELD_AREA:
        case FIELD_KPI_LIST:
            return op == OP_EQUAL || op == OP_NOT_EQUAL || op == OP_IN || op == OP_HAS;
        case FIELD_REF:
        case FIELD_LOCAL:
            return true;
        }
    g_assert_not_reached ();
}

static const char *
operators_of (const Field *field)
{
    FieldType type = field != NULL ? field->type : FIELD_LOCAL;

    switch (type)
        {
        case FIELD_YES_NO:
            return "= and !=";
        case FIELD_CHOICE:
            return "=, != and in";
        case FIELD_DATE:
            return "=, !=, <, <=, > and >=";
        case FIELD_TEXT:
        case FIELD_AREA:
        case FIELD_KPI_LIST:
            return "=, !=, in and has";
        case FIELD_REF:
        case FIELD_LOCAL:
            return "=, !=, <, <=, >, >=, in and has";
        }
    g_assert_not_reached ();
}

static bool
read_values (Condition *condition, const char *name, const char *value, GError **error)
{
    FieldType type = condition->field != NULL ? condition->field->type : FIELD_LOCAL;

    if (type == FIELD_DATE && !bp_date_parse_iso (value, &condition->date))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is no date; write it as 2025-07-31", value);
    if (type == FIELD_YES_NO)
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
            if (type == FIELD_CHOICE && !g_strv_contains (condition->field->choices, typed))
                return fail_unknown_word (error, name, typed, condition->field->choices);
            condition->values[i] = bp_text_dup_folded (typed);
            g_free (typed);
        }
    if (condition->values[0] == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' has no value to compare with", name);
    return true;
}

static void
clear_condition (gpointer data)
{
    Condition *condition = data;

    g_free (condition->local);
    g_strfreev (condition->values);
}

/* Reads one condition at *text_inout and moves on behind it. */
static bool
read_condition (BpRowFilter *filter, const char **text_inout, const char *const *local_columns, GError **error)
{
    const char *text = *text_inout;
    gsize length = field_name_length (text);
    g_autofree char *name = g_strndup (text, length);

    if (length == 0)
        return bp_fail (error, BP_ERROR_CONFIG, "a filter is '<field> <op> <value>', and '%s' does not start with a field", text);
    Condition condition = { .field = find_field (filter->subject, name), .date = BP_DATE_NONE };
    const char *local = condition.field == NULL ? find_local (local_columns, name) : NULL;
    if (condition.field == NULL && local == NULL)
        return fail_unknown_word (error, "field", name, bp_row_fields (filter->subject));
    const char *end = NULL;
    if (!read_operator (text + length, &condition.op, &end))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' is followed by no operator; '%s' takes %s", name, name, operators_of (condition.field));
    if (!operator_fits (condition.field, condition.op))
        return bp_fail (error, BP_ERROR_CONFIG, "'%s' takes %s", name, operators_of (condition.field));
    const char *stop = find_end_of_value (end);
    g_autofree char *raw = g_strndup (end, (gsize) (stop - end));
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

BpRowFilter *
bp_row_filter_new (BpRowSubject subject, const char *text, const char *const *local_columns, GError **error)
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
        }
    while (*at != '\0');
    return g_steal_pointer (&filter);
}

void
bp_row_filter_free (BpRowFilter *filter)
{
    if (filter == NULL)
        return;
    g_array_unref (filter->conditions);
    g_free (filter);
}

/* ---- matching ---- */

static bool
compare_passes (Operator op, int order)
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
static bool
text_passes (const Condition *condition, const char *const *spellings)
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

static bool
ref_passes (const Condition *condition, const char *bare, const char *full)
{
    const char *spellings[] = { bare, full, NULL };

    if (condition->op == OP_EQUAL || condition->op == OP_NOT_EQUAL || condition->op == OP_IN || condition->op == OP_HAS)
        return text_passes (condition, spellings);
    const char *colon = strchr (condition->values[0], ':');
    return compare_passes (condition->op, bp_ref_compare (bare, colon != NULL ? colon + 1 : condition->values[0]));
}

/* The area itself or any that it stands under. */
static bool
area_passes (const Condition *condition, const BpArea *area)
{
    const char *spellings[16] = { NULL };
    int count = 0;

    for (const BpArea *at = area; at != NULL && count + 2 < (int) G_N_ELEMENTS (spellings); at = at->parent)
        {
            spellings[count++] = at->ref;
            spellings[count++] = at->key;
        }
    return text_passes (condition, spellings);
}

static bool
yes_passes (const Condition *condition, bool yes)
{
    return (condition->op == OP_EQUAL) == (yes == condition->yes);
}

static bool
word_passes (const Condition *condition, const char *a, const char *b)
{
    const char *spellings[] = { a, b, NULL };

    return text_passes (condition, spellings);
}

static int
find_local_index (const BpSnapshot *snapshot, BpTableId table, const char *name)
{
    const BpFieldSet *set = &snapshot->programme->fields;
    int count = bp_field_set_count (set, table);

    for (int i = 0; i < count; i++)
        if (g_ascii_strcasecmp (bp_field_set_get (set, table, i)->column, name) == 0)
            return i;
    return -1;
}

/* Compares two cells of a local column as its type says; unreadable or blank sorts last. */
static int
compare_local (BpFieldType type, const char *a, const char *b)
{
    BpNumber number_a, number_b;
    BpDate date_a, date_b;

    switch (type)
        {
        case BP_FIELD_NUMBER:
            if (bp_number_parse (a, &number_a) && bp_number_parse (b, &number_b))
                return number_a.value < number_b.value ? -1 : number_a.value > number_b.value;
            break;
        case BP_FIELD_DATE:
            if (bp_date_parse (a, &date_a) && bp_date_parse (b, &date_b))
                return date_a < date_b ? -1 : date_a > date_b;
            break;
        case BP_FIELD_TEXT:
        case BP_FIELD_YES_NO:
            break;
        }
    return bp_ref_compare (a, b);
}

static bool
local_passes (const Condition *condition, const BpSnapshot *snapshot, BpTableId table, const char *const *local)
{
    int index = find_local_index (snapshot, table, condition->local);

    if (index < 0 || local == NULL)
        return false;
    const char *cell = local[index];
    if (condition->op == OP_EQUAL || condition->op == OP_NOT_EQUAL || condition->op == OP_IN || condition->op == OP_HAS)
        return word_passes (condition, cell, NULL);
    if (bp_text_is_blank (cell))
        return false;
    return compare_passes (condition->op, compare_local (bp_field_set_get (&snapshot->programme->fields, table, index)->type, cell, condition->values[0]));
}

static const char *
severity_name (BpSeverity severity)
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

static const char *
counts_as_name (BpCountsAs counts)
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

static const char *
movement_name (BpMovement movement)
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

static bool
kpi_list_passes (const Condition *condition, const GPtrArray *kpis)
{
    Condition any = *condition;
    bool found = false;

    if (any.op == OP_NOT_EQUAL || any.op == OP_HAS)
        any.op = OP_EQUAL;
    for (guint i = 0; kpis != NULL && i < kpis->len && !found; i++)
        found = word_passes (&any, ((const BpKpi *) g_ptr_array_index (kpis, i))->id, NULL);
    return condition->op == OP_NOT_EQUAL ? !found : found;
}

static bool
date_passes (const Condition *condition, BpDate date)
{
    if (date == BP_DATE_NONE)
        return condition->op == OP_NOT_EQUAL;
    return compare_passes (condition->op, date < condition->date ? -1 : date > condition->date);
}

static bool
action_passes (const Condition *condition, const BpSnapshot *snapshot, const BpAction *action)
{
    if (condition->field == NULL)
        return local_passes (condition, snapshot, BP_TABLE_ACTIONS, action->local);
    switch (condition->field->key)
        {
        case KEY_REF:
            return ref_passes (condition, action->ref, action->key);
        case KEY_AREA:
        case KEY_SUB_AREA:
            return area_passes (condition, action->area);
        case KEY_LEAD:
            return word_passes (condition, action->lead, NULL);
        case KEY_PROJECT:
            return word_passes (condition, action->project != NULL ? action->project->id : "", action->project != NULL ? action->project->title : NULL);
        case KEY_STATUS:
            return word_passes (condition, action->status->code, action->status->label);
        case KEY_SEVERITY:
            return word_passes (condition, severity_name (action->status->severity), NULL);
        case KEY_DUE:
            return date_passes (condition, action->due);
        case KEY_OVERDUE:
            return yes_passes (condition, action->is_overdue);
        case KEY_UNDATED:
            return yes_passes (condition, action->is_undated);
        case KEY_MOVED:
            return yes_passes (condition, action->moves != NULL && action->moves->len > 0);
        case KEY_MILESTONE:
            return yes_passes (condition, action->is_milestone);
        case KEY_COUNTS_AS:
            return word_passes (condition, counts_as_name (action->status->counts_as), NULL);
        case KEY_CHANGED:
            return yes_passes (condition, action->has_changed);
        case KEY_ORGANISATION:
            return word_passes (condition, action->organisation, NULL);
        case KEY_KPI:
            return kpi_list_passes (condition, action->kpis);
        case KEY_HEADLINE:
        case KEY_MOVEMENT:
        case KEY_UNIT:
        case KEY_STALE:
        case KEY_LOCAL:
            return false;
        }
    g_assert_not_reached ();
}

bool
bp_row_filter_has_action (const BpRowFilter *filter, const BpSnapshot *snapshot, const BpAction *action)
{
    for (guint i = 0; i < filter->conditions->len; i++)
        if (!action_passes (&g_array_index (filter->conditions, Condition, i), snapshot, action))
            return false;
    return true;
}

bool
bp_row_filter_has_kpi (const BpRowFilter *filter, const BpSnapshot *snapshot, const BpKpi *kpi)
{
    for (guint i = 0; i < filter->conditions->len; i++)
        {
            const Condition *condition = &g_array_index (filter->conditions, Condition, i);
            bool passes = false;
            if (condition->field == NULL)
                passes = local_passes (condition, snapshot, BP_TABLE_KPIS, kpi->local);
            else if (condition->field->key == KEY_KPI)
                passes = ref_passes (condition, kpi->id, NULL);
            else if (condition->field->key == KEY_AREA)
                passes = area_passes (condition, kpi->area);
            else if (condition->field->key == KEY_HEADLINE)
                passes = yes_passes (condition, kpi->is_headline);
            else if (condition->field->key == KEY_MOVEMENT)
                passes = word_passes (condition, movement_name (kpi->on_baseline.movement), NULL);
            else if (condition->field->key == KEY_UNIT)
                passes = word_passes (condition, bp_unit_name (kpi->unit), NULL);
            else if (condition->field->key == KEY_STALE)
                passes = yes_passes (condition, kpi->is_stale);
            if (!passes)
                return false;
        }
    return true;
}

/* ---- order ---- */

typedef struct
{
    const Field *field;
    int local_index;
    BpFieldType local_type;
    bool is_descending;
} Order;

static int
compare_dates_last_blank (BpDate a, BpDate b, bool is_descending)
{
    if (a == BP_DATE_NONE || b == BP_DATE_NONE)
        return (a == BP_DATE_NONE) - (b == BP_DATE_NONE);
    int order = a < b ? -1 : a > b;
    return is_descending ? -order : order;
}

/* Blanks stand last whichever way the rest is sorted. */
static int
compare_texts_last_blank (const char *a, const char *b, const Order *order)
{
    bool blank_a = a == NULL || *a == '\0';
    bool blank_b = b == NULL || *b == '\0';

    if (blank_a || blank_b)
        return blank_a - blank_b;
    int result;
    if (order->field == NULL)
        result = compare_local (order->local_type, a, b);
    else
        result = order->field->type == FIELD_REF || order->field->type == FIELD_AREA ? bp_ref_compare (a, b) : bp_ref_compare (a, b);
    return order->is_descending ? -result : result;
}

static int
compare_numbers (int a, int b, bool is_descending)
{
    int order = a < b ? -1 : a > b;

    return is_descending ? -order : order;
}

static int
compare_actions (gconstpointer left, gconstpointer right, gpointer data)
{
    const BpAction *a = *(const BpAction *const *) left;
    const BpAction *b = *(const BpAction *const *) right;
    const Order *order = data;
    bool down = order->is_descending;

    if (order->field == NULL)
        return compare_texts_last_blank (a->local[order->local_index], b->local[order->local_index], order);
    switch (order->field->key)
        {
        case KEY_REF:
            return compare_texts_last_blank (a->ref, b->ref, order);
        case KEY_AREA:
            return compare_texts_last_blank (a->top_area->ref, b->top_area->ref, order);
        case KEY_SUB_AREA:
            return compare_texts_last_blank (a->area->ref, b->area->ref, order);
        case KEY_LEAD:
            return compare_texts_last_blank (a->lead, b->lead, order);
        case KEY_PROJECT:
            return compare_texts_last_blank (a->project != NULL ? a->project->title : "", b->project != NULL ? b->project->title : "", order);
        case KEY_STATUS:
            return compare_numbers (a->status->position, b->status->position, down);
        case KEY_SEVERITY:
            return compare_numbers (-(int) a->status->severity, -(int) b->status->severity, down);
        case KEY_DUE:
            return compare_dates_last_blank (a->due, b->due, down);
        case KEY_OVERDUE:
            return compare_numbers (-a->days_overdue, -b->days_overdue, down);
        case KEY_UNDATED:
            return compare_numbers (!a->is_undated, !b->is_undated, down);
        case KEY_MOVED:
            return compare_numbers (-(int) a->moves->len, -(int) b->moves->len, down);
        case KEY_MILESTONE:
            return compare_numbers (!a->is_milestone, !b->is_milestone, down);
        case KEY_COUNTS_AS:
            return compare_numbers ((int) a->status->counts_as, (int) b->status->counts_as, down);
        case KEY_CHANGED:
            return compare_numbers (!a->has_changed, !b->has_changed, down);
        case KEY_ORGANISATION:
            return compare_texts_last_blank (a->organisation, b->organisation, order);
        case KEY_KPI:
        case KEY_HEADLINE:
        case KEY_MOVEMENT:
        case KEY_UNIT:
        case KEY_STALE:
        case KEY_LOCAL:
            return 0;
        }
    g_assert_not_reached ();
}

static int
compare_kpis (gconstpointer left, gconstpointer right, gpointer data)
{
    const BpKpi *a = *(const BpKpi *const *) left;
    const BpKpi *b = *(const BpKpi *const *) right;
    const Order *order = data;
    bool down = order->is_descending;

    if (order->field == NULL)
        return compare_texts_last_blank (a->local[order->local_index], b->local[order->local_index], order);
    if (order->field->key == KEY_KPI)
        return compare_texts_last_blank (a->id, b->id, order);
    if (order->field->key == KEY_AREA)
        return compare_texts_last_blank (a->area != NULL ? a->area->ref : "", b->area != NULL ? b->area->ref : "", order);
    if (order->field->key == KEY_HEADLINE)
        return compare_numbers (!a->is_headline, !b->is_headline, down);
    if (order->field->key == KEY_MOVEMENT)
        return compare_numbers ((int) a->on_baseline.movement, (int) b->on_baseline.movement, down);
    if (order->field->key == KEY_UNIT)
        return compare_numbers ((int) a->unit, (int) b->unit, down);
    return compare_numbers (!a->is_stale, !b->is_stale, down);
}

void
bp_rows_sort (GPtrArray *rows, BpRowSubject subject, const char *sort, const BpSnapshot *snapshot)
{
    Order order = { .is_descending = sort[0] == '-', .local_index = -1 };
    const char *name = order.is_descending ? sort + 1 : sort;
    BpTableId table = subject == BP_ROWS_ACTIONS ? BP_TABLE_ACTIONS : BP_TABLE_KPIS;

    order.field = find_field (subject, name);
    if (order.field == NULL)
        {
            order.local_index = find_local_index (snapshot, table, name);
            if (order.local_index < 0)
                return;
            order.local_type = bp_field_set_get (&snapshot->programme->fields, table, order.local_index)->type;
        }
    /* Stable, as GLib documents of this sort. */
    g_ptr_array_sort_with_data (rows, subject == BP_ROWS_ACTIONS ? compare_actions : compare_kpis, &order);
}

bool
bp_rows_sort_check (BpRowSubject subject, const char *sort, const char *const *local_columns, GError **error)
{
    const char *name = sort[0] == '-' ? sort + 1 : sort;

    if (find_field (subject, name) != NULL || find_local (local_columns, name) != NULL)
        return true;
    return fail_unknown_word (error, "field", name, bp_row_fields (subject));
}

bool
bp_rows_group_check (BpRowSubject subject, const char *group, GError **error)
{
    const char *const *known = bp_row_group_fields (subject);

    for (int i = 0; known[i] != NULL; i++)
        if (g_ascii_strcasecmp (known[i], group) == 0)
            return true;
    return fail_unknown_word (error, "field to group by", group, known);
}
