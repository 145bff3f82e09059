#include "domain/recipient.h"

#include <string.h>

typedef struct
{
    BpProgramme programme;
    BpForum forum;
    BpTableSet *tables;
    GPtrArray *recipients;
} Fixture;

static const char *const no_aliases[] = { NULL };

static void set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    fixture->forum = (BpForum){ .id = "board", .name = "The Board", .aliases = no_aliases };
    fixture->programme.forums = (BpForumSet){ &fixture->forum, 1 };
    fixture->programme.aliases[BP_ALIAS_FORUM] = g_hash_table_new (g_str_hash, g_str_equal);
    g_hash_table_insert (fixture->programme.aliases[BP_ALIAS_FORUM], (gpointer) "the big one", (gpointer) "board");
    fixture->tables = bp_table_set_new (&fixture->programme.fields);
}

static void tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_clear_pointer (&fixture->recipients, g_ptr_array_unref);
    bp_table_set_free (fixture->tables);
    g_hash_table_unref (fixture->programme.aliases[BP_ALIAS_FORUM]);
}

static void add (Fixture *fixture, const char *forum, const char *from, const char *to, const char *xlsx)
{
    const BpTableDef *table = bp_table_get (BP_TABLE_RECIPIENTS);
    BpRecord *record = bp_table_set_add (fixture->tables, BP_TABLE_RECIPIENTS);
    record->file = "data/recipients.csv";
    record->row = 2;
    record->cells[bp_table_find_column (table, "forum")] = forum;
    record->cells[bp_table_find_column (table, "address")] = " a@example.org ";
    record->cells[bp_table_find_column (table, "from")] = from;
    record->cells[bp_table_find_column (table, "to")] = to;
    record->cells[bp_table_find_column (table, "xlsx")] = xlsx;
}

static const BpRecipient *read_last (Fixture *fixture)
{
    g_clear_pointer (&fixture->recipients, g_ptr_array_unref);
    fixture->recipients = bp_recipients_read (fixture->tables, &fixture->programme);
    return fixture->recipients->pdata[fixture->recipients->len - 1];
}

static void test_row_is_in_force_from_its_first_day_to_its_last (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    add (fixture, "board", "2025-09-01", "30/09/2025", "");
    const BpRecipient *recipient = read_last (fixture);
    g_assert_cmpstr (recipient->address, ==, "a@example.org");
    g_assert_false (bp_recipient_is_in_force (recipient, bp_date_new (2025, 8, 31)));
    g_assert_true (bp_recipient_is_in_force (recipient, bp_date_new (2025, 9, 1)));
    g_assert_true (bp_recipient_is_in_force (recipient, bp_date_new (2025, 9, 30)));
    g_assert_false (bp_recipient_is_in_force (recipient, bp_date_new (2025, 10, 1)));
    add (fixture, "board", " ", "", "");
    g_assert_true (bp_recipient_is_in_force (read_last (fixture), bp_date_new (1950, 1, 1)));
}

static void test_day_that_cannot_be_read_is_no_open_end (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    add (fixture, "board", "", "end of term", "");
    const BpRecipient *recipient = read_last (fixture);
    g_assert_cmpstr (recipient->fault, ==, "its last day 'end of term' is no date");
    g_assert_false (bp_recipient_is_in_force (recipient, bp_date_new (2025, 9, 1)));
}

static void test_workbook_goes_only_where_the_row_says_so (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const not_yes[] = { "", "no", "perhaps", "x", "yes please" };
    for (gsize i = 0; i < G_N_ELEMENTS (not_yes); i++)
    {
        add (fixture, "board", "", "", not_yes[i]);
        g_assert_false (read_last (fixture)->wants_workbook);
    }
    add (fixture, "board", "", "", " Yes");
    g_assert_true (read_last (fixture)->wants_workbook);
}

static void test_forum_is_known_by_id_name_and_alias (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const names[] = { "board", "The board", "The Big One" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        add (fixture, names[i], "", "", "");
        g_assert_true (read_last (fixture)->forum == &fixture->forum);
    }
    add (fixture, "another", "", "", "");
    g_assert_null (read_last (fixture)->forum);
}

static void test_exception_is_approved_by_somebody_else_with_a_name (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct
    {
        const char *text;
        bool is_approval;
    } cases[] = { { "Ann Other", true },
                  { "J. Smith", true },
                  { "Zo\xc3\xab O'Brien", true },
                  { "", false },
                  { "no", false },
                  { "-", false },
                  { "n/a", false },
                  { "None", false },
                  { "?", false },
                  { "0", false },
                  { "not approved", false },
                  { "No approval", false },
                  { "none yet", false },
                  { "Ann", false },
                  { "1 2", false },
                  { "Pending, Ann Other", false },
                  { "Sam Example", false },
                  { "Example, Sam", false },
                  { "Mr Sam Example", false },
                  { "a@example.org", false },
                  { "see a@example.org", false } };
    const BpTableDef *table = bp_table_get (BP_TABLE_RECIPIENTS);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        add (fixture, "board", "", "", "");
        GArray *records = fixture->tables->tables[BP_TABLE_RECIPIENTS].records;
        BpRecord *record = &g_array_index (records, BpRecord, records->len - 1);
        record->cells[bp_table_find_column (table, "name")] = "Sam Example";
        record->cells[bp_table_find_column (table, "exception_approved_by")] = cases[i].text;
        const BpRecipient *recipient = read_last (fixture);
        g_test_message ("'%s': %s", cases[i].text, recipient->exception_fault != NULL ? recipient->exception_fault : "");
        g_assert_cmpint (bp_recipient_has_exception (recipient), ==, cases[i].is_approval);
        g_assert_cmpint (recipient->exception_fault == NULL, ==, cases[i].is_approval || *cases[i].text == '\0');
    }
}

#define ADD(path_, test_) g_test_add ("/domain/recipient/" path_, Fixture, NULL, set_up, test_, tear_down)

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("days", test_row_is_in_force_from_its_first_day_to_its_last);
    ADD ("unreadable-day", test_day_that_cannot_be_read_is_no_open_end);
    ADD ("workbook", test_workbook_goes_only_where_the_row_says_so);
    ADD ("forum", test_forum_is_known_by_id_name_and_alias);
    ADD ("exception", test_exception_is_approved_by_somebody_else_with_a_name);
    return g_test_run ();
}
