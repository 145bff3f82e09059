#include "support/table_builder.c"

#include "support/pack_fixture.h"

/* One local column of each type, over every table that a pack shows. */
static BpLocalField fields[] = {
    { BP_TABLE_ACTIONS, "cost", BP_FIELD_NUMBER, "Cost" },
    { BP_TABLE_ACTIONS, "checked", BP_FIELD_DATE, "Checked" },
    { BP_TABLE_ACTIONS, "agreed", BP_FIELD_YES_NO, "Agreed" },
    { BP_TABLE_ACTIONS, "reason_why", BP_FIELD_TEXT, "reason" }, /* the updates have one: not of this sheet's own */
    { BP_TABLE_ACTIONS, "first_lead", BP_FIELD_TEXT, "Lead" },   /* called as one of the sheet's own */
    { BP_TABLE_ACTIONS, "second_lead", BP_FIELD_TEXT, "LEAD" },
    { BP_TABLE_UPDATES, "seen_by", BP_FIELD_TEXT, "Seen by" },
    { BP_TABLE_KPIS, "statutory", BP_FIELD_YES_NO, "Statutory" },
    { BP_TABLE_KPIS, "remark", BP_FIELD_TEXT, "Remark of ours" },
    { BP_TABLE_KPI_VALUES, "batch", BP_FIELD_TEXT, "Batch" },
    { BP_TABLE_RECOMMENDATIONS, "weight", BP_FIELD_NUMBER, "Weight" },
    { BP_TABLE_DECISIONS, "minute", BP_FIELD_TEXT, "Minute" },
    { BP_TABLE_RISKS, "register", BP_FIELD_TEXT, "Register" },
    { BP_TABLE_MEETINGS, "room", BP_FIELD_TEXT, "Room" },
    { BP_TABLE_NARRATIVE, "author", BP_FIELD_TEXT, "Author" },
    { BP_TABLE_CLAIMS, "page", BP_FIELD_NUMBER, "Page" },
    { BP_TABLE_MEMBERS, "votes", BP_FIELD_YES_NO, "Votes" },
};

/* Rare words stand in every local column, so that a pack can be searched for them. */
static void set_up (PackFixture *fixture)
{
    fixture->programme = table_builder_programme ();
    fixture->programme.forums = (BpForumSet){ .forums = pack_forums, .count = PACK_FORUM_COUNT };
    fixture->programme.fields = (BpFieldSet){ fields, G_N_ELEMENTS (fields) };
    BpTableSet *set = fixture->set = bp_table_set_new (&fixture->programme.fields);
    table_builder_add_plan (set);
    table_builder_add (set, BP_TABLE_ACTIONS, "plan|ref|area|action|lead|timeframe|cost|checked|agreed|reason_why|first_lead|second_lead",
                       "SIP|1.1.1|1.1|Write|Ann Lead|March 2025|1,200.50|2025-05-01|y|aardvark|bandicoot|capybara",
                       "SIP|1.1.2|1.1|Train|Ann Lead|June 2025|about ten|next dugong|perhaps|||",
                       "SIP|1.2.1|1.2|Pay|Ann Lead|June 2025|£40|||||", "SIP|2.1|2|Sign|Ann Lead|June 2025|12%|||||", NULL);
    table_builder_add (set, BP_TABLE_UPDATES, "plan|ref|as_of|status|progress|public_progress|seen_by",
                       "SIP|1.1.1|2025-07-25|on-track|Well|Well|echidna", NULL);
    table_builder_add (set, BP_TABLE_KPIS, "kpi|title|area|unit|polarity|period_kind|people|statutory|remark",
                       "K1|Better|SIP:1.1|count|higher|quarter|yes|y|fossa", "K2|Other|SIP:1.1|count|higher|quarter|no||", NULL);
    table_builder_add (set, BP_TABLE_KPI_VALUES, "kpi|period|value|batch", "K1|Q4 2024/25|3|gerenuk", "K2|Q3 2024/25|50|hyrax",
                       "K2|Q4 2024/25|60|", NULL);
    table_builder_add (set, BP_TABLE_RECOMMENDATIONS, "ref|text|areas|weight", "A|Do better|1|7.5", NULL);
    table_builder_add (set, BP_TABLE_DECISIONS, "forum|ref|ask|raised_on|outcome|decided_on|minute",
                       "world|W1|Open the hall|2025-07-01|Agreed|2025-07-10|ibex", "board|B1|Fund it|2025-07-01|Agreed|2025-07-10|jerboa",
                       NULL);
    table_builder_add (set, BP_TABLE_RISKS, "risk|as_of|title|likelihood|impact|register", "R1|2025-07-25|Late|4|4|kinkajou", NULL);
    table_builder_add (set, BP_TABLE_MEETINGS, "forum|date|room", "board|2025-09-10|lemur", NULL);
    table_builder_add (set, BP_TABLE_NARRATIVE, "as_of|kind|text|audience|author", "2025-07-25|achievement|Opened|public|markhor", NULL);
    table_builder_add (set, BP_TABLE_CLAIMS, "claim|text|stated|unit|measure|numerator|denominator|page",
                       "C1|Half|50|percent|share|50|100|numbat", NULL);
    table_builder_add (set, BP_TABLE_MEMBERS, "forum|member|organisation|votes", "board|The chair|The council|true", NULL);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, set, "2025-07-31");
}

static BpValue cell_of (const BpPack *pack, const char *name, guint row, const char *title)
{
    const BpSheet *sheet = pack_get_sheet (pack, name);
    g_assert_cmpuint (row, <, bp_sheet_row_count (sheet));
    return bp_sheet_cell (sheet, row, pack_sheet_column (sheet, title));
}

static void test_every_sheet_carries_them (void)
{
    static const struct
    {
        const char *sheet;
        guint row;
        const char *title, *text;
        BpValueKind kind;
    } cases[] = {
        { "Actions", 0, "Cost (number)", "1,200.50", BP_VALUE_NUMBER },
        { "Actions", 0, "Checked", "1 May 2025", BP_VALUE_DATE },
        { "Actions", 0, "Agreed", "Yes", BP_VALUE_YES_NO },
        { "Actions", 0, "reason (local)", "aardvark", BP_VALUE_TEXT },
        { "Actions", 0, "Lead", "Ann Lead", BP_VALUE_TEXT },
        { "Actions", 0, "Lead (local)", "bandicoot", BP_VALUE_TEXT },
        { "Actions", 0, "LEAD (local 2)", "capybara", BP_VALUE_TEXT },
        /* a column of numbers or dates holds nothing else; what is neither Yes nor No stands as typed */
        { "Actions", 1, "Cost (number)", "[er]", BP_VALUE_SHORTHAND },
        { "Actions", 1, "Checked", "[er]", BP_VALUE_SHORTHAND },
        { "Actions", 1, "Agreed", "perhaps", BP_VALUE_TEXT },
        { "Actions", 1, "reason (local)", "[z]", BP_VALUE_SHORTHAND },
        { "Actions", 2, "Cost (number)", "£40", BP_VALUE_MONEY },
        { "Actions", 2, "Checked", "[z]", BP_VALUE_SHORTHAND },
        { "Actions", 3, "Cost (number)", "12%", BP_VALUE_PERCENT },
        { "Updates", 0, "Seen by", "echidna", BP_VALUE_TEXT },
        { "KPIs", 0, "Statutory", "Yes", BP_VALUE_YES_NO },
        { "KPIs", 0, "Remark of ours", "fossa", BP_VALUE_TEXT },
        { "KPIs", 1, "Statutory", "[z]", BP_VALUE_SHORTHAND },
        { "KPI_Values", 0, "Batch", "gerenuk", BP_VALUE_TEXT },
        { "KPI_Values", 2, "Batch", "[z]", BP_VALUE_SHORTHAND },
        { "Coverage", 0, "Weight (number)", "7.5", BP_VALUE_NUMBER },
        { "Decisions", 0, "Minute", "jerboa", BP_VALUE_TEXT },
        { "Risks", 0, "Register", "kinkajou", BP_VALUE_TEXT },
        { "Meetings", 0, "Room", "lemur", BP_VALUE_TEXT },
        { "Narrative", 0, "Author", "markhor", BP_VALUE_TEXT },
        { "Claims", 0, "Page (number)", "[er]", BP_VALUE_SHORTHAND },
    };
    PackFixture fixture;
    set_up (&fixture);
    g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_BOARD, LINES ("cover"));
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        const BpValue cell = cell_of (pack, cases[i].sheet, cases[i].row, cases[i].title);
        const BpValue *value = &cell;
        g_autofree char *text = bp_value_dup_text (value);
        if (value->kind != cases[i].kind || strcmp (text, cases[i].text) != 0)
            g_error ("%s, row %u, %s: “%s” of kind %d, not “%s”", cases[i].sheet, cases[i].row, cases[i].title, text, (int)value->kind,
                     cases[i].text);
    }
    pack_fixture_close (&fixture);
}

static void test_sections_carry_them (void)
{
    PackFixture fixture;
    set_up (&fixture);
    g_autoptr (BpReportLayout) layout = pack_layout_new (LINES ("action-tracker", "kpi-details", "governance"));
    g_hash_table_insert (((BpSectionLayout *)g_ptr_array_index (layout->sections, 0))->options, (gpointer) "columns",
                         (gpointer) "ref|cost|checked|agreed");
    g_autoptr (BpPack) pack = pack_build (&fixture, PACK_BOARD, layout);
    g_autofree char *text = pack_dup_pdf_text (pack);
    static const char *const wanted[]
        = { "1,200.50", "1 May 2025", "about ten", "next dugong", "£40", "Statutory: Yes.", "Remark of ours: fossa.", "Votes: Yes." };
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (strstr (text, wanted[i]) == NULL)
            g_error ("no “%s” in\n%s", wanted[i], text);
    /* blank ones are left out */
    const char *first = strstr (text, "Statutory:");
    g_assert_null (strstr (first + 1, "Statutory:"));
    pack_fixture_close (&fixture);
}

/* A local cell may quote the figure of its row. */
static void test_a_hidden_value_hides_its_local_cells (void)
{
    PackFixture fixture;
    set_up (&fixture);
    g_autoptr (BpPack) pack = pack_build_lines (&fixture, PACK_PARTNERS, LINES ("cover"));
    g_assert_cmpstr (cell_of (pack, "KPI_Values", 0, "Batch").text, ==, "[c]");
    g_assert_cmpstr (cell_of (pack, "KPI_Values", 1, "Batch").text, ==, "hyrax");
    pack_fixture_close (&fixture);
}

static void test_the_public_reads_none (void)
{
    static const char *const words[]
        = { "1,200.50", "about ten", "aardvark", "bandicoot", "capybara", "dugong", "echidna", "fossa",     "gerenuk", "hyrax",  "7.5",
            "ibex",     "jerboa",    "kinkajou", "lemur",     "markhor",  "numbat", "Votes",   "Statutory", "Cost",    "perhaps" };
    PackFixture fixture;
    set_up (&fixture);
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();
    for (guint i = 0; i < layout->sections->len; i++)
    {
        BpSectionLayout *section = g_ptr_array_index (layout->sections, i);
        if (strcmp (section->type, "action-tracker") == 0)
            g_hash_table_insert (section->options, (gpointer) "columns", (gpointer) "cost|agreed|first_lead");
    }
    g_autoptr (BpPack) pack = pack_build (&fixture, PACK_WORLD, layout);
    g_autofree char *text = bp_pack_dup_text (pack);
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (strstr (text, words[i]) != NULL)
            g_error ("“%s” stands in the public pack", words[i]);
    const GPtrArray *notes = pack_get_sheet (pack, "Meetings")->notes;
    g_assert_cmpuint (notes->len, ==, 1);
    g_assert_cmpstr (g_ptr_array_index (notes, 0), ==, "Not published: the programme\u2019s own columns.");
    /* the tracker still lists its actions */
    g_assert_true (pack_get_section (pack, "action-tracker")->children->len > 0);
    g_assert_nonnull (strstr (text, "1.1.2"));
    pack_fixture_close (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pack/local_columns/every_sheet_carries_them_in_their_type", test_every_sheet_carries_them);
    g_test_add_func ("/pack/local_columns/sections_carry_them", test_sections_carry_them);
    g_test_add_func ("/pack/local_columns/a_hidden_value_hides_its_local_cells", test_a_hidden_value_hides_its_local_cells);
    g_test_add_func ("/pack/local_columns/the_public_reads_none", test_the_public_reads_none);
    return g_test_run ();
}
