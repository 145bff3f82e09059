#include "domain/snapshot.h"
#include "pack/mark.h"
#include "pack/sheets/dashboard.h"
#include "pack/wording.h"

#include <string.h>

/* Terms shown before and after that of the as-at date; what is due further away is one row each. */
#define MOST_TERMS 6
/* Before the columns of statuses. */
enum
{
    COLUMN_ALL,
    COLUMN_OVERDUE,
    COLUMN_DONE,
    FIXED_COLUMNS
};

typedef struct
{
    const BpBuild *build;
    const BpSheet *actions;
    BpTallyColumn *columns;
    int column_count;
} Tallies;

static BpRowTest equals (const char *column, const char *text)
{
    return (BpRowTest){ .kind = BP_ROW_TEST_EQUALS, .column = column, .text = text };
}

static bool is_titled (const Tallies *tallies, int count, const char *title)
{
    g_autofree char *folded = g_utf8_casefold (title, -1);

    for (int i = 0; i < count; i++)
    {
        g_autofree char *other = g_utf8_casefold (tallies->columns[i].title, -1);
        if (strcmp (folded, other) == 0)
            return true;
    }
    return false;
}

/* A status may be called "Overdue": no two columns of a table share a title. */
static const char *status_title (const Tallies *tallies, int column, const char *label)
{
    BpPack *pack = tallies->build->pack;
    const char *title = bp_pack_format (pack, "%s (number)", label);

    for (int i = 1; is_titled (tallies, column, title); i++)
        title = i == 1 ? bp_pack_format (pack, "Status %s (number)", label) : bp_pack_format (pack, "Status %s %d (number)", label, i);
    return title;
}

static void make_columns (Tallies *tallies)
{
    const BpBuild *build = tallies->build;
    BpPack *pack = build->pack;

    tallies->column_count = FIXED_COLUMNS + (int)build->statuses->len;
    tallies->columns = bp_pack_alloc (pack, sizeof (BpTallyColumn) * (gsize)tallies->column_count);
    tallies->columns[COLUMN_ALL].title = "Actions (number)";
    tallies->columns[COLUMN_OVERDUE] = (BpTallyColumn){ .title = "Overdue (number)", .alarm_word = "overdue" };
    bp_row_tests_add (&tallies->columns[COLUMN_OVERDUE].tests, (BpRowTest){ .kind = BP_ROW_TEST_ABOVE, .column = "Days overdue" });
    tallies->columns[COLUMN_DONE] = (BpTallyColumn){ .title = "All complete (number)", .is_sum = true };
    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpTallyColumn *column = &tallies->columns[FIXED_COLUMNS + i];
        const char *label = bp_pack_text (pack, status->label);
        column->title = status_title (tallies, FIXED_COLUMNS + (int)i, label);
        column->mark = bp_mark_of_status (status);
        column->mark.word = label;
        if (status->severity == BP_SEVERITY_OFF_TRACK)
            column->alarm_word = bp_words_lower_first (pack, label);
        column->is_in_sum = status->counts_as == BP_COUNTS_AS_DONE;
        bp_row_tests_add (&column->tests, equals ("Status", label));
    }
}

/* The keys under which pages and other sheets print the same counts: "actions.area.SIP:2.done". */
static void set_figures (const Tallies *tallies, const BpTally *tally, BpTallyRow *row, const char *prefix)
{
    BpPack *pack = tallies->build->pack;
    static const char *const fixed[] = { "total", "overdue", "done" };

    for (int c = 0; c < MIN (FIXED_COLUMNS, tally->column_count); c++)
        row->counts[c].figure = bp_pack_format (pack, "%s.%s", prefix, fixed[c]);
    for (int c = FIXED_COLUMNS; c < tally->column_count; c++)
    {
        const BpStatus *status = g_ptr_array_index (tallies->build->statuses, c - FIXED_COLUMNS);
        row->counts[c].figure = bp_pack_format (pack, "%s.status.%s", prefix, status->code);
    }
}

static BpTally *add_tally (const Tallies *tallies, const char *name, const char *heading, const char *label_title, int column_count)
{
    return bp_dashboard_add_tally (tallies->build->pack, name, heading, label_title, tallies->actions, tallies->columns, column_count);
}

static void add_total (const Tallies *tallies, BpTally *tally)
{
    BpTallyRow *total = bp_tally_add_row (tallies->build->pack, tally, "All actions");

    total->is_total = true;
    set_figures (tallies, tally, total, "actions");
}

static void add_statuses (const Tallies *tallies)
{
    const BpBuild *build = tallies->build;
    BpTally *tally = add_tally (tallies, "Counts_by_status", "Actions by status", "Status", COLUMN_OVERDUE + 1);

    for (guint i = 0; i < build->statuses->len; i++)
    {
        const BpStatus *status = g_ptr_array_index (build->statuses, i);
        BpTallyRow *row = bp_tally_add_row (build->pack, tally, tallies->columns[FIXED_COLUMNS + i].mark.word);
        row->mark = tallies->columns[FIXED_COLUMNS + i].mark;
        bp_row_tests_add (&row->tests, equals ("Status", row->label));
        row->counts[COLUMN_ALL].figure = bp_pack_format (build->pack, "actions.status.%s", status->code);
    }
    add_total (tallies, tally);
}

/* The texts of a column, each once (without regard to case), in the order of the rows. Free with g_ptr_array_unref. */
static GPtrArray *dup_texts (const Tallies *tallies, const char *column)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *texts = g_ptr_array_new ();
    int position = bp_sheet_column_index (tallies->actions, column);

    for (guint i = 0; i < bp_sheet_row_count (tallies->actions); i++)
    {
        const char *text = bp_sheet_cell (tallies->actions, i, position).text;
        if (g_hash_table_add (seen, g_utf8_casefold (text, -1)))
            g_ptr_array_add (texts, (gpointer)text);
    }
    return texts;
}

/* The area that a heading speaks of; NULL if two share it. */
static const BpArea *area_of (const BpBuild *build, const char *heading)
{
    const BpArea *found = NULL;

    for (guint i = 0; i < build->snapshot->areas->len; i++)
    {
        const BpArea *area = g_ptr_array_index (build->snapshot->areas, i);
        g_autofree char *a = g_utf8_casefold (bp_words_area_heading (build, area), -1);
        g_autofree char *b = g_utf8_casefold (heading, -1);
        if (strcmp (a, b) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = area;
    }
    return found;
}

static void add_areas (const Tallies *tallies)
{
    const BpBuild *build = tallies->build;
    g_autoptr (GPtrArray) headings = dup_texts (tallies, "Area");
    BpTally *tally = add_tally (tallies, "Counts_by_area", "Actions by area", "Area", tallies->column_count);

    for (guint i = 0; i < headings->len; i++)
    {
        const char *heading = g_ptr_array_index (headings, i);
        const BpArea *area = area_of (build, heading);
        BpTallyRow *row = bp_tally_add_row (build->pack, tally, heading);
        bp_row_tests_add (&row->tests, equals ("Area", heading));
        if (area != NULL)
            set_figures (tallies, tally, row, bp_pack_format (build->pack, "actions.area.%s", area->key));
    }
    add_total (tallies, tally);
}

/* Alphabetic; who is not known comes last. */
static int compare_leads (gconstpointer a, gconstpointer b)
{
    const char *first = *(const char *const *)a, *second = *(const char *const *)b;
    int first_unknown = first[0] == '[', second_unknown = second[0] == '[';
    g_autofree char *first_folded = g_utf8_casefold (first, -1);
    g_autofree char *second_folded = g_utf8_casefold (second, -1);

    return first_unknown != second_unknown ? first_unknown - second_unknown : strcmp (first_folded, second_folded);
}

static void add_leads (const Tallies *tallies)
{
    BpPack *pack = tallies->build->pack;
    g_autoptr (GPtrArray) leads = dup_texts (tallies, "Lead");
    BpTally *tally = add_tally (tallies, "Counts_by_lead", "Actions by lead", "Lead", tallies->column_count);

    g_ptr_array_sort (leads, compare_leads);
    for (guint i = 0; i < leads->len; i++)
    {
        const char *lead = g_ptr_array_index (leads, i);
        BpTallyRow *row = bp_tally_add_row (pack, tally, strcmp (lead, "[x]") == 0 ? "No lead given" : lead);
        bp_row_tests_add (&row->tests, equals ("Lead", lead));
        set_figures (tallies, tally, row, bp_pack_format (pack, "actions.lead.%s", lead));
    }
    add_total (tallies, tally);
}

/* ---- by term due ---- */

static void add_days (const Tallies *tallies, BpTally *tally, const char *label, BpDate first, BpDate last)
{
    BpPack *pack = tallies->build->pack;
    BpTallyRow *row = bp_tally_add_row (pack, tally, label);

    if (first != BP_DATE_NONE)
        bp_row_tests_add (&row->tests, (BpRowTest){ .kind = BP_ROW_TEST_FROM_DAY, .column = "Due date", .date = first });
    if (last != BP_DATE_NONE)
        bp_row_tests_add (&row->tests, (BpRowTest){ .kind = BP_ROW_TEST_TO_DAY, .column = "Due date", .date = last });
    set_figures (tallies, tally, row, bp_pack_format (pack, "actions.due.%s", label));
}

static void add_shorthand (const Tallies *tallies, BpTally *tally, const char *label, const char *shorthand)
{
    BpTallyRow *row = bp_tally_add_row (tallies->build->pack, tally, label);

    bp_row_tests_add (&row->tests, equals ("Due date", shorthand));
    set_figures (tallies, tally, row, bp_pack_format (tallies->build->pack, "actions.due.%s", label));
}

/* False if no action has one. */
static bool find_due_range (const BpSnapshot *snapshot, BpDate *first_out, BpDate *last_out)
{
    *first_out = *last_out = BP_DATE_NONE;
    for (guint i = 0; i < snapshot->actions->len; i++)
    {
        BpDate due = ((const BpAction *)g_ptr_array_index (snapshot->actions, i))->due;
        if (due == BP_DATE_NONE)
            continue;
        *first_out = *first_out == BP_DATE_NONE ? due : MIN (*first_out, due);
        *last_out = *last_out == BP_DATE_NONE ? due : MAX (*last_out, due);
    }
    return *first_out != BP_DATE_NONE;
}

static void add_term_rows (const Tallies *tallies, BpTally *tally, BpDate earliest, BpDate latest)
{
    const BpSnapshot *snapshot = tallies->build->snapshot;
    const BpCalendar *calendar = &snapshot->programme->calendar;
    BpPack *pack = tallies->build->pack;
    BpPeriod term = bp_period_at (BP_PERIOD_TERM, snapshot->as_of, calendar);
    int count = 1 + MOST_TERMS;

    for (int i = 0; i < MOST_TERMS && term.first > earliest; i++, count++)
        term = bp_period_previous (&term, calendar);
    if (earliest < term.first)
        add_days (tallies, tally, "Earlier", BP_DATE_NONE, term.first - 1);
    for (; term.last < earliest; count--)
        term = bp_period_next (&term, calendar);
    for (; count > 0 && term.first <= latest; count--)
    {
        add_days (tallies, tally, bp_pack_take (pack, bp_period_dup_text (&term, calendar)), term.first, term.last);
        term = bp_period_next (&term, calendar);
    }
    if (term.first <= latest)
        add_days (tallies, tally, "Later", term.first, BP_DATE_NONE);
}

static void add_terms (const Tallies *tallies)
{
    BpTally *tally = add_tally (tallies, "Counts_by_term_due", "Actions by term in which they are due", "Term", tallies->column_count);
    BpDate earliest, latest;

    if (find_due_range (tallies->build->snapshot, &earliest, &latest))
        add_term_rows (tallies, tally, earliest, latest);
    add_shorthand (tallies, tally, "Going on, or done with no date", "[z]");
    add_shorthand (tallies, tally, "Without an end date", "[x]");
    add_total (tallies, tally);
}

void bp_dashboard_add_tallies (const BpBuild *build, const BpSheet *actions)
{
    Tallies tallies = { .build = build, .actions = actions };

    make_columns (&tallies);
    add_statuses (&tallies);
    add_areas (&tallies);
    add_leads (&tallies);
    add_terms (&tallies);
    bp_dashboard_count (build->pack->dashboard);
}
