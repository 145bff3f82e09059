#include "support/table_builder.c"

#include "base/text.h"
#include "config/programme_config.h"
#include "ingest/ingest.h"
#include "support/pack_fixture.h"

/* What holds of every pack, whatever the programme and the template: checked on packs of the repository's programmes with their own
 * templates, and on the small and the empty programme with every section type. */

typedef struct
{
    GHashTable *ids;   /* of sections */
    GPtrArray *links;  /* const char *: targets of contents rows */
    GHashTable *known; /* figure key → text, from pack->figures */
    const char *forum;
} Shape;

static bool is_blank (const char *text)
{
    return text == NULL || bp_text_is_blank (text);
}

static void check_figure (const Shape *shape, const BpValue *value)
{
    if (value->figure == NULL)
        return;
    const char *known = g_hash_table_lookup (shape->known, value->figure);
    g_autofree char *text = bp_value_dup_text (value);
    if (g_strcmp0 (known, text) != 0)
        g_error ("%s: figure %s is “%s”, the snapshot's is “%s”", shape->forum, value->figure, text, known != NULL ? known : "(none)");
}

/* A matrix's cell without a dot is the only one that may stand empty. */
static void check_cell (const Shape *shape, const BpTableNode *table, const BpTableColumn *column, const BpCell *cell)
{
    if (cell->lines->len == 0)
        g_error ("%s: a cell of “%s”, column %s, is empty", shape->forum, table->caption, column->title);
    for (guint l = 0; l < cell->lines->len; l++)
    {
        const BpCellLine *line = &g_array_index (cell->lines, BpCellLine, l);
        bool may_be_empty = column->align == BP_ALIGN_CENTRE && line->value.kind == BP_VALUE_NONE;
        g_autofree char *text = bp_value_dup_text (&line->value);
        /* A mark without its word says its letter: the word stands in the table's header. */
        bool is_bare_mark = line->value.kind == BP_VALUE_STATUS && !is_blank (line->value.mark.letter);
        if (!may_be_empty && !is_bare_mark && is_blank (text))
            g_error ("%s: a line in “%s”, column %s, is blank", shape->forum, table->caption, column->title);
        check_figure (shape, &line->value);
        check_figure (shape, &line->beside);
    }
}

static void check_table (const Shape *shape, const BpTableNode *table)
{
    bool has_row_header = false;
    if (is_blank (table->caption))
        g_error ("%s: a table has no caption", shape->forum);
    g_assert_cmpint (table->column_count, >, 0);
    g_assert_cmpuint (table->rows->len, >, 0);
    for (int c = 0; c < table->column_count; c++)
    {
        if (is_blank (table->columns[c].title))
            g_error ("%s: column %d of “%s” has no title", shape->forum, c + 1, table->caption);
        has_row_header = has_row_header || table->columns[c].is_row_header;
    }
    g_assert_true (has_row_header || table->style == BP_TABLE_FULL || table->style == BP_TABLE_PANEL);
    for (guint r = 0; r < table->rows->len; r++)
    {
        const BpTableRow *row = &g_array_index (table->rows, BpTableRow, r);
        int count = row->kind == BP_ROW_GROUP ? 1 : table->column_count;
        for (int c = 0; c < count; c++)
            check_cell (shape, table, &table->columns[c], &row->cells[c]);
    }
}

static void check_chart (const Shape *shape, const BpChart *chart)
{
    if (is_blank (chart->alternative))
        g_error ("%s: the chart “%s” has no alternative", shape->forum, chart->title);
    for (int c = 0; c < chart->category_count; c++)
        g_assert_false (is_blank (chart->categories[c]));
    for (int s = 0; s < chart->series_count; s++)
        g_assert_false (is_blank (chart->series[s].name));
}

static void check_node (const BpNode *node, gpointer data)
{
    Shape *shape = data;

    switch (node->kind)
    {
    case BP_NODE_SECTION:
        if (!g_hash_table_add (shape->ids, (gpointer)node->as.section.id))
            g_error ("%s: two sections are called %s", shape->forum, node->as.section.id);
        g_assert_false (is_blank (node->as.section.name));
        g_assert_cmpuint (node->as.section.children->len, >, 0);
        g_assert_true (node->as.section.headline == NULL || !is_blank (node->as.section.headline));
        return;
    case BP_NODE_HEADING:
        g_assert_true (node->as.heading.level == 2 || node->as.heading.level == 3);
        g_assert_false (is_blank (node->as.heading.text));
        return;
    case BP_NODE_PARAGRAPH:
        g_assert_false (is_blank (node->as.paragraph.text));
        return;
    case BP_NODE_LIST:
        g_assert_cmpuint (node->as.list.entries->len, >, 0);
        for (guint i = 0; i < node->as.list.entries->len; i++)
        {
            const BpListEntry *entry = &g_array_index (node->as.list.entries, BpListEntry, i);
            g_assert_false (is_blank (entry->text));
            check_figure (shape, &entry->value);
            if (entry->link != NULL)
                g_ptr_array_add (shape->links, (gpointer)entry->link);
        }
        return;
    case BP_NODE_TABLE:
        check_table (shape, &node->as.table);
        return;
    case BP_NODE_TILES:
        for (guint i = 0; i < node->as.tiles.tiles->len; i++)
        {
            const BpTile *tile = &g_array_index (node->as.tiles.tiles, BpTile, i);
            g_assert_false (is_blank (tile->title));
            g_assert_cmpint (tile->figure.kind, !=, BP_VALUE_NONE);
            check_figure (shape, &tile->figure);
        }
        return;
    case BP_NODE_CHART:
        check_chart (shape, &node->as.chart);
        return;
    case BP_NODE_NOTE:
        g_assert_cmpuint (node->as.note.rows->len, >, 0);
        for (guint i = 0; i < node->as.note.rows->len; i++)
            g_assert_false (is_blank (g_array_index (node->as.note.rows, BpNoteRow, i).text));
        return;
    case BP_NODE_PAGE_BREAK:
        return;
    }
}

/* ---- sheets ---- */

static bool fits_column (BpSheetColumnType type, const BpValue *cell)
{
    /* [x], [c] and [z] may stand anywhere. */
    if (cell->kind == BP_VALUE_SHORTHAND)
        return true;
    switch (type)
    {
    case BP_SHEET_TEXT:
        return cell->kind == BP_VALUE_TEXT || cell->kind == BP_VALUE_YES_NO;
    case BP_SHEET_DATE:
        return cell->kind == BP_VALUE_DATE && cell->date != BP_DATE_NONE;
    case BP_SHEET_COUNT:
        return cell->kind == BP_VALUE_COUNT;
    case BP_SHEET_PERCENT:
        return cell->kind == BP_VALUE_PERCENT;
    case BP_SHEET_NUMBER:
        return cell->kind == BP_VALUE_NUMBER || cell->kind == BP_VALUE_COUNT || cell->kind == BP_VALUE_PERCENT
               || cell->kind == BP_VALUE_POINTS || cell->kind == BP_VALUE_CHANGE || cell->kind == BP_VALUE_MONEY;
    }
    g_assert_not_reached ();
}

static void check_sheet (const Shape *shape, const BpSheet *sheet)
{
    g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_assert_false (is_blank (sheet->title) || is_blank (sheet->description));
    g_assert_cmpuint (strlen (sheet->name), <=, 31);
    for (const char *at = sheet->name; *at != '\0'; at++)
        g_assert_true (g_ascii_isalnum (*at) || *at == '_');
    for (int c = 0; c < sheet->column_count; c++)
    {
        if (is_blank (sheet->columns[c].title) || !g_hash_table_add (titles, g_ascii_strdown (sheet->columns[c].title, -1)))
            g_error ("%s: column %d of sheet %s is blank or called as another", shape->forum, c + 1, sheet->name);
        g_assert_cmpint (sheet->columns[c].width_chars, >, 0);
    }
    for (guint r = 0; r < bp_sheet_row_count (sheet); r++)
        for (int c = 0; c < sheet->column_count; c++)
        {
            const BpValue value = bp_sheet_cell (sheet, r, c);
            const BpValue *cell = &value;
            g_autofree char *text = bp_value_dup_text (cell);
            if (cell->kind == BP_VALUE_NONE || is_blank (text))
                g_error ("%s: sheet %s, row %u: %s is empty", shape->forum, sheet->name, r + 1, sheet->columns[c].title);
            if (!fits_column (sheet->columns[c].type, cell))
                g_error ("%s: sheet %s, row %u: “%s” does not fit %s", shape->forum, sheet->name, r + 1, text, sheet->columns[c].title);
            check_figure (shape, cell);
        }
}

/* ---- a pack ---- */

/* Numbers run 1, 2, 3 … over plain sections and A, B, C … over annexes; cover and contents have none. */
static void check_numbers (const BpPack *pack)
{
    int number = 0, letter = 0;
    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *section = &((BpNode *)pack->sections->pdata[i])->as.section;
        if (section->style != BP_SECTION_PLAIN)
        {
            g_assert_null (section->number);
            continue;
        }
        g_assert_nonnull (section->number);
        g_autofree char *expected
            = g_ascii_isdigit (section->number[0]) ? g_strdup_printf ("%d", ++number) : g_strdup_printf ("%c", 'A' + letter++);
        g_assert_cmpstr (section->number, ==, expected);
    }
}

/* The contents' first level is every plain section in order, under its own number, name and id. */
static void check_contents (const BpPack *pack)
{
    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *contents = &((BpNode *)pack->sections->pdata[i])->as.section;
        if (contents->style != BP_SECTION_CONTENTS)
            continue;
        const BpNode *list = contents->children->pdata[0];
        g_assert_cmpint (list->kind, ==, BP_NODE_LIST);
        guint at = 0;
        for (guint s = 0; s < pack->sections->len; s++)
        {
            const BpSection *section = &((BpNode *)pack->sections->pdata[s])->as.section;
            if (section->style != BP_SECTION_PLAIN)
                continue;
            while (at < list->as.list.entries->len && g_array_index (list->as.list.entries, BpListEntry, at).level == 2)
                at++;
            g_assert_cmpuint (at, <, list->as.list.entries->len);
            const BpListEntry *entry = &g_array_index (list->as.list.entries, BpListEntry, at++);
            g_assert_cmpstr (entry->label, ==, section->number);
            g_assert_cmpstr (entry->text, ==, section->name);
            g_assert_cmpstr (entry->link, ==, section->id);
        }
    }
}

/* The figures of the pack, each once; the counts are those of the snapshot. */
static GHashTable *new_figures (const BpPack *pack, const BpSnapshot *snapshot)
{
    GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
    const struct
    {
        const char *key;
        int count;
    } counts[] = { { "actions.total", snapshot->counts.total },
                   { "actions.done", snapshot->counts.done },
                   { "actions.open", snapshot->counts.open },
                   { "actions.paused", snapshot->counts.paused },
                   { "actions.overdue", snapshot->counts.overdue },
                   { "actions.undated", snapshot->counts.undated },
                   { "actions.without_update", snapshot->counts.without_update },
                   { "actions.disagree", snapshot->counts.disagree },
                   { "actions.changed", snapshot->counts.changed },
                   { "actions.planned_done", snapshot->counts.planned_done },
                   { "actions.dated", snapshot->counts.dated },
                   { "kpis.total", (int)snapshot->kpis->len } };

    for (guint i = 0; i < pack->figures->len; i++)
    {
        const BpPackFigure *figure = &g_array_index (pack->figures, BpPackFigure, i);
        if (!g_hash_table_insert (known, (gpointer)figure->key, bp_value_dup_text (&figure->value)))
            g_error ("%s: figure %s stands twice", pack->forum_id, figure->key);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
        BpValue value = bp_value_count (counts[i].count);
        g_autofree char *text = bp_value_dup_text (&value);
        g_assert_cmpstr (g_hash_table_lookup (known, counts[i].key), ==, text);
    }
    for (int s = 0; s < snapshot->programme->statuses.count; s++)
    {
        g_autofree char *key = g_strdup_printf ("actions.status.%s", snapshot->programme->statuses.statuses[s].code);
        BpValue value = bp_value_count (snapshot->counts.by_status[s]);
        g_autofree char *text = bp_value_dup_text (&value);
        g_assert_cmpstr (g_hash_table_lookup (known, key), ==, text);
    }
    return known;
}

static void check_pack (const BpPack *pack, const BpSnapshot *snapshot)
{
    Shape shape = { .ids = g_hash_table_new (g_str_hash, g_str_equal),
                    .links = g_ptr_array_new (),
                    .known = new_figures (pack, snapshot),
                    .forum = pack->forum_id };
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    g_assert_false (is_blank (pack->title) || is_blank (pack->cover_title) || is_blank (pack->version_text)
                    || is_blank (pack->period_text));
    pack_walk (pack->sections, check_node, &shape);
    for (guint i = 0; i < shape.links->len; i++)
        if (!g_hash_table_contains (shape.ids, shape.links->pdata[i]))
            g_error ("%s: a link to %s, which is not there", pack->forum_id, (const char *)shape.links->pdata[i]);
    check_numbers (pack);
    check_contents (pack);
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = pack->sheets->pdata[i];
        if (!g_hash_table_add (names, g_ascii_strdown (sheet->name, -1)))
            g_error ("%s: two sheets are called %s", pack->forum_id, sheet->name);
        check_sheet (&shape, sheet);
    }
    g_hash_table_unref (shape.ids);
    g_hash_table_unref (shape.known);
    g_ptr_array_unref (shape.links);
}

/* Two packs of one run: a key that both have says the same; packs of the same audience have the same keys, and all have those of actions.
 */
static void check_same_figures (const BpPack *a, const BpPack *b, const BpSnapshot *snapshot, bool is_same_audience)
{
    g_autoptr (GHashTable) figures_a = new_figures (a, snapshot);
    g_autoptr (GHashTable) figures_b = new_figures (b, snapshot);
    GHashTableIter iter;
    gpointer key, text;
    guint shared = 0;

    g_hash_table_iter_init (&iter, figures_a);
    while (g_hash_table_iter_next (&iter, &key, &text))
    {
        const char *other = g_hash_table_lookup (figures_b, key);
        if (other != NULL)
            g_assert_cmpstr (other, ==, text);
        else if (is_same_audience || !g_str_has_prefix (key, "kpi."))
            g_error ("%s has the figure %s, %s has not", a->forum_id, (const char *)key, b->forum_id);
        shared += other != NULL;
    }
    g_assert_cmpuint (shared, >, 20);
    if (is_same_audience)
        g_assert_cmpuint (g_hash_table_size (figures_a), ==, g_hash_table_size (figures_b));
}

/* ---- programmes ---- */

static void test_memory (gconstpointer data)
{
    PackFill fill = data != NULL ? pack_fill_small : NULL;
    static const char *const days[] = { "2024-12-31", "2025-04-04", "2025-07-31", "2027-01-31" };
    g_autoptr (BpReportLayout) layout = pack_layout_new_of_all ();

    for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
    {
        PackFixture fixture;
        pack_fixture_open (&fixture, fill, days[d]);
        BpPack *packs[PACK_FORUM_COUNT];
        for (int forum = 0; forum < PACK_FORUM_COUNT; forum++)
        {
            packs[forum] = pack_build (&fixture, forum, layout);
            check_pack (packs[forum], fixture.snapshot);
        }
        for (int forum = 1; forum < PACK_FORUM_COUNT; forum++)
            check_same_figures (packs[0], packs[forum], fixture.snapshot, pack_forums[forum].audience == BP_AUDIENCE_INTERNAL);
        for (int forum = 0; forum < PACK_FORUM_COUNT; forum++)
            bp_pack_free (packs[forum]);
        pack_fixture_close (&fixture);
    }
}

static void test_files (gconstpointer root)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (BP_TEST_ROOT, root, NULL);
    BpDate date = table_builder_date ("2025-07-31");
    g_autoptr (BpProgrammeConfig) config = bp_programme_config_load (path, date, &error);
    g_assert_no_error (error);
    g_autoptr (BpTableSet) set = bp_table_set_new (&config->programme.fields);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    bp_ingest_read_folder (path, config->data_folder, set, findings, &error);
    g_assert_no_error (error);
    bp_table_set_admit (set, findings);
    BpSnapshotOptions options = { .as_of = date, .known = BP_DATE_NONE, .since = BP_DATE_NONE, .import_findings = findings };
    g_autoptr (BpSnapshot) snapshot = bp_snapshot_new (&config->programme, set, &options);
    g_autoptr (BpReportLayout) all = pack_layout_new_of_all ();
    g_autoptr (BpPack) first = NULL;
    int count = 0;

    for (int i = 0; i < config->programme.forums.count; i++)
    {
        const BpForum *forum = &config->programme.forums.forums[i];
        if (forum->template_file == NULL)
            continue;
        g_autoptr (BpReportLayout) layout = bp_report_layout_load (config, forum, &error);
        g_assert_no_error (error);
        const BpPackOptions draft = { .is_draft = true };
        BpPack *own = bp_pack_build (snapshot, forum, layout, &draft);
        check_pack (own, snapshot);
        g_assert_true (own->is_draft);
        g_autoptr (BpPack) whole = bp_pack_build (snapshot, forum, all, NULL);
        check_pack (whole, snapshot);
        if (first == NULL && forum->audience == BP_AUDIENCE_INTERNAL)
            first = own;
        else
        {
            if (first != NULL)
                check_same_figures (first, own, snapshot, forum->audience == BP_AUDIENCE_INTERNAL);
            bp_pack_free (own);
        }
        count++;
    }
    g_assert_cmpint (count, >, 0);
}

static const BpSheet *find_sheet (const BpPack *pack, const char *name)
{
    for (guint i = 0; i < pack->sheets->len; i++)
        if (strcmp (((const BpSheet *)pack->sheets->pdata[i])->name, name) == 0)
            return pack->sheets->pdata[i];
    return NULL;
}

/* Two templates of one forum give the same figures and the same sheets but for the column that says what stands in the PDF, and the sheet
 * of members, who are named where the pages name them. */
static void test_templates_cut_sections_alone (void)
{
    PackFixture fixture;
    pack_fixture_open (&fixture, pack_fill_small, "2025-07-31");
    g_autoptr (BpPack) little = pack_build_lines (&fixture, PACK_GROUP, LINES ("action-tracker;filter=overdue = yes;limit=1"));
    g_autoptr (BpReportLayout) all = pack_layout_new_of_all ();
    g_autoptr (BpPack) much = pack_build (&fixture, PACK_GROUP, all);
    check_same_figures (little, much, fixture.snapshot, true);
    g_assert_null (find_sheet (little, "Members"));
    g_assert_nonnull (find_sheet (much, "Members"));
    g_assert_cmpuint (little->sheets->len + 1, ==, much->sheets->len);
    for (guint i = 0; i < little->sheets->len; i++)
    {
        const BpSheet *a = little->sheets->pdata[i], *b = find_sheet (much, a->name);
        g_assert_nonnull (b);
        g_assert_cmpuint (bp_sheet_row_count (a), ==, bp_sheet_row_count (b));
        for (guint r = 0; r < bp_sheet_row_count (a); r++)
            for (int c = 0; c < a->column_count; c++)
            {
                const BpValue cell_a_value = bp_sheet_cell (a, r, c);
                g_autofree char *cell_a = bp_value_dup_text (&cell_a_value);
                const BpValue cell_b_value = bp_sheet_cell (b, r, c);
                g_autofree char *cell_b = bp_value_dup_text (&cell_b_value);
                if (strcmp (a->columns[c].title, "In this pack\u2019s PDF") != 0)
                    g_assert_cmpstr (cell_a, ==, cell_b);
            }
    }
    pack_fixture_close (&fixture);
}

static void test_more_annexes_than_letters (void)
{
    PackFixture fixture;
    g_autoptr (BpReportLayout) layout = bp_report_layout_new ("many.ini");
    for (int i = 0; i < 28; i++)
    {
        g_autofree char *line = g_strdup_printf ("k%d;type=key;annex=yes", i);
        pack_layout_add (layout, line);
    }
    pack_fixture_open (&fixture, NULL, "2025-07-31");
    g_autoptr (BpPack) pack = pack_build (&fixture, PACK_GROUP, layout);
    g_assert_cmpstr (pack_get_section (pack, "k0")->number, ==, "A");
    g_assert_cmpstr (pack_get_section (pack, "k25")->number, ==, "Z");
    g_assert_cmpstr (pack_get_section (pack, "k26")->number, ==, "A2");
    g_assert_cmpstr (pack_get_section (pack, "k27")->number, ==, "A3");
    pack_fixture_close (&fixture);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/pack/pack_shape/of_the_empty_programme", NULL, test_memory);
    g_test_add_data_func ("/pack/pack_shape/of_the_small_programme", "small", test_memory);
    g_test_add_data_func ("/pack/pack_shape/of_the_sample", ".", test_files);
    g_test_add_data_func ("/pack/pack_shape/of_the_facts_alone", "tests/fixtures/facts-only", test_files);
    g_test_add_data_func ("/pack/pack_shape/of_a_second_borough", "tests/fixtures/second-borough", test_files);
    g_test_add_func ("/pack/pack_shape/templates_cut_sections_alone", test_templates_cut_sections_alone);
    g_test_add_func ("/pack/pack_shape/annexes_go_on_after_z", test_more_annexes_than_letters);
    return g_test_run ();
}
