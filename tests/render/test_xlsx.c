#include "render/xlsx/package.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/text_measure.h"

#include "base/atomic_file.h"
#include "render/renderer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zip.h>

/* ---- a pack, a folder ---- */

static BpPack *make_pack (void)
{
    BpPack *pack = bp_pack_new ();

    pack->programme_name = bp_pack_text (pack, "Improvement programme");
    pack->organisation = bp_pack_text (pack, "Some Council");
    pack->contact = bp_pack_text (pack, "someone@example.org");
    pack->forum_id = bp_pack_text (pack, "board");
    pack->forum_name = bp_pack_text (pack, "Programme Board");
    pack->title = bp_pack_text (pack, "Programme Board: board pack, 31 July 2025");
    pack->cover_title = bp_pack_text (pack, "Programme Board");
    pack->cover_subtitle = bp_pack_text (pack, "Board pack of the improvement programme");
    pack->marking = bp_pack_text (pack, "OFFICIAL");
    pack->handling = bp_pack_text (pack, "For members of the board.");
    pack->version_text = bp_pack_text (pack, "Version 1.0, 31 July 2025");
    pack->period_text = bp_pack_text (pack, "Summer term 2025");
    pack->as_of = bp_date_new (2025, 7, 31);
    g_ptr_array_add (pack->notes, (gpointer)bp_pack_text (pack, "[x] means not available in this programme."));
    return pack;
}

static BpSheet *add_actions (BpPack *pack, int rows)
{
    const BpSheetColumn columns[] = { { "Ref", BP_SHEET_TEXT, 8 },
                                      { "Action", BP_SHEET_TEXT, 50 },
                                      { "Due date", BP_SHEET_DATE, 16 },
                                      { "Done (per cent)", BP_SHEET_PERCENT, 10 },
                                      { "Status", BP_SHEET_TEXT, 14 } };
    BpSheet *sheet
        = bp_pack_add_sheet (pack, "Actions", "Every action of the plan", "One row for each action", columns, G_N_ELEMENTS (columns));

    g_ptr_array_add (sheet->notes, (gpointer)bp_pack_text (pack, "Dates are the last approved ones."));
    for (int i = 0; i < rows; i++)
    {
        BpValue *row = bp_sheet_add_row (pack, sheet);
        row[0] = bp_value_text (bp_pack_format (pack, "4.%d", i + 10));
        row[1] = bp_value_text (bp_pack_format (pack, "Action %d: recruit, train and keep the people that the plan needs, and say so", i));
        row[2] = bp_value_date (bp_date_new (2025, 9, 30) + i % 500, BP_DATE_LONG);
        row[3] = bp_value_with_figure (bp_value_percent_of (i + 1, rows, 0), i == 0 ? "actions.share" : NULL);
        row[4] = bp_value_text ("On track");
    }
    return sheet;
}

typedef struct
{
    char *folder, *path;
    BpTheme *theme;
    BpRenderOptions options;
    BpRenderReport report;
    BpFigureLog *figures;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (GError) error = NULL;
    BpSettings *settings = bp_settings_new ("config/theme.ini");

    (void)unused;
    fixture->folder = g_dir_make_tmp ("boardpack-xlsx-XXXXXX", &error);
    g_assert_no_error (error);
    fixture->path = g_build_filename (fixture->folder, "pack.xlsx", NULL);
    fixture->theme = bp_theme_new (settings, &error);
    g_assert_no_error (error);
    bp_settings_free (settings);
    fixture->options = (BpRenderOptions){ .created_at = 1753920000, .producer = "boardpack test" };
    bp_render_report_init (&fixture->report);
    fixture->figures = bp_figure_log_new ();
}

static void tear_down (Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    bp_folder_remove (fixture->folder, NULL);
    bp_theme_free (fixture->theme);
    bp_render_report_clear (&fixture->report);
    bp_figure_log_free (fixture->figures);
    g_free (fixture->folder);
    g_free (fixture->path);
}

static bool render (Fixture *fixture, const BpPack *pack, const char *path, GError **error)
{
    return bp_xlsx_render (pack, fixture->theme, &fixture->options, path, fixture->figures, &fixture->report, error);
}

static void render_well (Fixture *fixture, const BpPack *pack)
{
    g_autoptr (GError) error = NULL;
    bool is_written = render (fixture, pack, fixture->path, &error);

    g_assert_no_error (error);
    g_assert_true (is_written);
}

static guint count_files (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    guint count = 0;

    while (g_dir_read_name (dir) != NULL)
        count++;
    return count;
}

static char *dup_part (const char *path, const char *name)
{
    zip_t *archive = zip_open (path, ZIP_RDONLY, NULL);
    g_assert_nonnull (archive);
    zip_stat_t stat;
    g_assert_cmpint (zip_stat (archive, name, 0, &stat), ==, 0);
    zip_file_t *file = zip_fopen (archive, name, 0);
    char *contents = g_malloc0 (stat.size + 1);
    g_assert_cmpint (zip_fread (file, contents, stat.size), ==, (gint64)stat.size);
    zip_fclose (file);
    zip_discard (archive);
    return contents;
}

static void assert_contains (const char *text, const char *part)
{
    if (strstr (text, part) == NULL)
        g_error ("\"%s\" not found in: %s", part, text);
}

/* ---- names ---- */

static void names_that_no_workbook_may_have_are_refused (void)
{
    const char *const bad[] = { "",
                                "Two words",
                                "Cover",
                                "contents",
                                "NOTES",
                                "History",
                                "actions",
                                "A-B",
                                "It's",
                                "[x]",
                                "Stra\u00DFe",
                                "a/b",
                                "Name_that_is_longer_than_31_signs" };
    const BpSheetColumn column = { "Ref", BP_SHEET_TEXT, 8 };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        g_autoptr (BpPack) pack = make_pack ();
        g_autoptr (GError) error = NULL;
        add_actions (pack, 1);
        bp_pack_add_sheet (pack, bad[i], "Title", "", &column, 1);
        g_assert_false (bp_xlsx_check_sheets (pack, &error));
        g_assert_error (error, BP_ERROR, BP_ERROR_RENDER);
    }
}

static void column_titles_are_unique_and_never_blank (void)
{
    const char *const bad[][2] = { { "Ref", "ref" }, { "Ref", "" }, { "Ref", " " }, { "Ref", "\xff" } };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        g_autoptr (BpPack) pack = make_pack ();
        g_autoptr (GError) error = NULL;
        const BpSheetColumn columns[] = { { bad[i][0], BP_SHEET_TEXT, 8 }, { bad[i][1], BP_SHEET_TEXT, 8 } };
        bp_pack_add_sheet (pack, "Table", "Title", "", columns, 2);
        g_assert_false (bp_xlsx_check_sheets (pack, &error));
        assert_contains (error->message, "sheet Table");
    }
}

/* ---- whole workbooks ---- */

static void workbook_has_cover_contents_notes_and_a_table_a_sheet (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();

    (void)unused;
    add_actions (pack, 3);
    render_well (fixture, pack);
    g_autofree char *workbook = dup_part (fixture->path, "xl/workbook.xml");
    const char *at = workbook;
    const char *const names[] = { "name=\"Cover\"", "name=\"Contents\"", "name=\"Notes\"", "name=\"Actions\"" };
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
        at = strstr (at, names[i]);
        g_assert_nonnull (at);
    }
    g_autofree char *table = dup_part (fixture->path, "xl/tables/table3.xml");
    assert_contains (table, "name=\"Actions_table\"");
    /* title, one table, marking, date, the sheet's own note, then the header: three rows from row 7 on */
    assert_contains (table, "ref=\"A6:E9\"");
    g_assert_null (strstr (table, "autoFilter"));
    g_autofree char *sheet = dup_part (fixture->path, "xl/worksheets/sheet4.xml");
    g_assert_null (strstr (sheet, "<pane"));
    g_assert_null (strstr (sheet, "<f>"));
    g_assert_null (strstr (sheet, "mergeCell"));
    g_assert_null (strstr (sheet, "headerFooter"));
    assert_contains (sheet, "paperSize=\"9\"");
    g_autofree char *contents = dup_part (fixture->path, "xl/worksheets/sheet2.xml");
    assert_contains (contents, "location=\"'Actions'!A1\"");
    g_autofree char *core = dup_part (fixture->path, "docProps/core.xml");
    assert_contains (core, "2025-07-31T00:00:00Z");
    assert_contains (core, "<dc:creator>Some Council</dc:creator>");
    assert_contains (core, "<dc:description>OFFICIAL</dc:description>");
    g_autofree char *custom = dup_part (fixture->path, "docProps/custom.xml");
    assert_contains (custom, "name=\"Classification\"");
    g_autofree char *styles = dup_part (fixture->path, "xl/styles.xml");
    assert_contains (styles, "<cellStyle name=\"Heading 1\" xfId=\"1\" builtinId=\"16\"/>");
    g_assert_null (strstr (styles, "Calibri"));
    g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void working_copy_has_filters_and_frozen_header (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();

    (void)unused;
    pack->is_working = true;
    add_actions (pack, 3);
    render_well (fixture, pack);
    g_autofree char *table = dup_part (fixture->path, "xl/tables/table3.xml");
    assert_contains (table, "<autoFilter ref=\"A6:E9\"/>");
    g_autofree char *sheet = dup_part (fixture->path, "xl/worksheets/sheet4.xml");
    assert_contains (sheet, "<pane ySplit=\"6\"");
}

static void same_pack_gives_the_same_bytes_in_any_time_zone (Fixture *fixture, gconstpointer unused)
{
    const char *const zones[] = { "UTC", "Asia/Tokyo", "America/St_Johns" };
    g_autofree char *before = g_strdup (g_getenv ("TZ"));
    g_autofree char *first = NULL;

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
        g_autoptr (BpPack) pack = make_pack ();
        g_setenv ("TZ", zones[i], TRUE);
        tzset ();
        add_actions (pack, 50);
        render_well (fixture, pack);
        g_autofree char *digest = bp_file_dup_sha256 (fixture->path, NULL);
        if (first == NULL)
            first = g_strdup (digest);
        g_assert_cmpstr (digest, ==, first);
        if (i == 0)
            g_usleep (2100000); /* the archive's own clock ticks in steps of two seconds */
    }
    if (before != NULL)
        g_setenv ("TZ", before, TRUE);
    else
        g_unsetenv ("TZ");
    tzset ();
}

/* Packs are rendered by several threads at a time. */
static gpointer render_in_thread (gpointer path)
{
    Fixture fixture;
    g_autoptr (BpPack) pack = make_pack ();

    set_up (&fixture, NULL);
    add_actions (pack, 300);
    bool is_written = render (&fixture, pack, path, NULL);
    tear_down (&fixture, NULL);
    return is_written ? bp_file_dup_sha256 (path, NULL) : NULL;
}

static void threads_side_by_side_write_the_same_bytes (Fixture *fixture, gconstpointer unused)
{
    GThread *threads[6];
    char *paths[G_N_ELEMENTS (threads)];
    g_autofree char *first = NULL;

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
        paths[i] = g_strdup_printf ("%s/%" G_GSIZE_FORMAT ".xlsx", fixture->folder, i);
        threads[i] = g_thread_new ("render", render_in_thread, paths[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
        g_autofree char *digest = g_thread_join (threads[i]);
        g_assert_nonnull (digest);
        if (first == NULL)
            first = g_strdup (digest);
        g_assert_cmpstr (digest, ==, first);
        g_free (paths[i]);
    }
    g_assert_cmpuint (count_files (fixture->folder), ==, G_N_ELEMENTS (threads));
}

static void hostile_text_stays_text_and_is_warned_of (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();
    const BpSheetColumn columns[] = { { "Text", BP_SHEET_TEXT, 20 } };
    BpSheet *sheet = bp_pack_add_sheet (pack, "Hostile", "Hostile text", "", columns, 1);
    g_autofree char *huge = g_strnfill (40000, 'x');
    const char *const texts[] = { "=1+2",
                                  "+cmd|' /C calc'!A0",
                                  "-2+3",
                                  "@SUM(A1)",
                                  "=HYPERLINK(\"http://x\")",
                                  "http://example.org",
                                  "{=1}",
                                  "bad \xff byte",
                                  "\x01\x02",
                                  "<b>&amp;\"'",
                                  "]]>",
                                  "_x0041_",
                                  huge,
                                  "12" };

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        bp_sheet_add_row (pack, sheet)[0] = bp_value_text (texts[i]);
    render_well (fixture, pack);
    g_autofree char *xml = dup_part (fixture->path, "xl/worksheets/sheet4.xml");
    g_assert_null (strstr (xml, "<f"));
    g_assert_null (strstr (xml, "<hyperlink"));
    /* every cell of the table is a string, "12" too, and every line above it */
    guint strings = 0;
    for (const char *at = xml; (at = strstr (at, " t=\"inlineStr\"")) != NULL; at++)
        strings++;
    g_assert_cmpuint (strings, ==, 4 + 1 + G_N_ELEMENTS (texts));
    g_assert_cmpuint (fixture->report.warnings->len, ==, 4); /* one too long to be seen whole, two replaced, that one cut */
    assert_contains (g_ptr_array_index (fixture->report.warnings, 1), "Hostile!A13: 1 characters");
    assert_contains (g_ptr_array_index (fixture->report.warnings, 2), "Hostile!A14: 2 characters");
    assert_contains (g_ptr_array_index (fixture->report.warnings, 3), "Hostile!A18: the text is over 32767 characters");
}

static void figures_are_logged_with_their_cell (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();

    (void)unused;
    add_actions (pack, 4);
    render_well (fixture, pack);
    g_assert_cmpuint (bp_figure_log_length (fixture->figures), ==, 1);
    const BpFigureEntry *entry = bp_figure_log_get (fixture->figures, 0);
    g_assert_cmpstr (entry->key, ==, "actions.share");
    g_assert_cmpstr (entry->text, ==, "25%");
    g_assert_cmpstr (entry->place, ==, "Actions!D7");
}

static void empty_sheet_has_a_standing_row_and_no_blank_cell (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;

    add_actions (pack, 0);
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, NULL, warnings, &error);
    g_assert_no_error (error);
    const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, 3);
    g_assert_cmpuint (bp_xlsx_sheet_row_count (sheet), ==, 1);
    g_assert_cmpstr (g_array_index (sheet->cells, BpXlsxCell, 0).text, ==, "None");
    for (guint i = 1; i < sheet->cells->len; i++)
        g_assert_cmpstr (g_array_index (sheet->cells, BpXlsxCell, i).text, ==, "[z]");
    /* [z] is used, so the Notes sheet explains it; [x] has the pack's own words */
    g_autofree char *text = bp_xlsx_plan_dup_text (plan);
    assert_contains (text, "[z] means not applicable.");
    assert_contains (text, "[x] means not available in this programme.");
    g_assert_null (strstr (text, "[c] means"));
}

static void every_text_fits_its_cell (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    const BpSheetColumn columns[]
        = { { "Incomprehensibilities", BP_SHEET_TEXT, 4 }, { "Number", BP_SHEET_COUNT, 2 }, { "Long", BP_SHEET_TEXT, 20 } };
    BpSheet *from = bp_pack_add_sheet (pack, "Wide", "Wide", "", columns, 3);
    BpValue *row = bp_sheet_add_row (pack, from);
    g_autoptr (GString) essay = g_string_new (NULL);

    for (int i = 0; i < 400; i++)
        g_string_append (essay, "words and ");
    row[0] = bp_value_text ("short");
    row[1] = bp_value_count (123456789);
    row[2] = bp_value_text (essay->str);
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, NULL, warnings, NULL);
    const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, 3);
    g_assert_cmpfloat (bp_xlsx_column_width_pt (sheet->columns[0].width_chars), >=,
                       bp_xlsx_widest_word_pt ("Incomprehensibilities", true, 0.0));
    g_assert_cmpfloat (bp_xlsx_column_width_pt (sheet->columns[1].width_chars), >=, bp_xlsx_text_width_pt ("123,456,789", 12, false));
    double height = g_array_index (sheet->heights_pt, double, sheet->heights_pt->len - 1);
    int lines = bp_xlsx_line_count (essay->str, bp_xlsx_column_width_pt (sheet->columns[2].width_chars), false);
    g_assert_cmpfloat (height, >=, lines * 14.0);
    g_assert_cmpfloat (height, <=, 409.0);
    g_assert_cmpuint (warnings->len, ==, 0);
    g_assert_true (sheet->is_landscape);
}

/* A sheet of so many columns of that width, as planned. */
static const BpXlsxSheet *plan_wide_sheet (BpXlsxPlan **plan_out, BpPack *pack, int column_count, int width_chars)
{
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    g_autofree BpSheetColumn *columns = g_new0 (BpSheetColumn, (gsize)column_count);

    for (int i = 0; i < column_count; i++)
        columns[i] = (BpSheetColumn){ bp_pack_format (pack, "Column %d", i + 1), BP_SHEET_TEXT, width_chars };
    BpSheet *sheet = bp_pack_add_sheet (pack, "Wide", "Wide", NULL, columns, column_count);
    BpValue *cells = bp_sheet_add_row (pack, sheet);
    for (int i = 0; i < column_count; i++)
        cells[i] = bp_value_text ("word");
    *plan_out = bp_xlsx_plan_new (pack, NULL, warnings, NULL);
    return g_ptr_array_index ((*plan_out)->sheets, 3);
}

static double printed_pt (const BpXlsxSheet *sheet, int columns)
{
    double width = 0.0;

    for (int i = 0; i < columns; i++)
        width += bp_xlsx_column_width_pt (sheet->columns[i].width_chars);
    return 12.0 * 755.0 / width;
}

static void a_sheet_too_wide_for_paper_prints_its_first_columns_and_says_so (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = NULL;
    const BpXlsxSheet *sheet = plan_wide_sheet (&plan, pack, 30, 20);
    const char *line = g_ptr_array_index (sheet->lines, sheet->lines->len - 1);

    g_assert_cmpint (sheet->printed_count, ==, 10);
    g_assert_cmpfloat (printed_pt (sheet, 10), >=, 6.0);
    g_assert_cmpfloat (printed_pt (sheet, 12), <, 6.0);
    g_assert_cmpstr (line, ==, "On paper: columns A to J. Columns K to AD are for the screen.");
}

static void one_column_over_is_spoken_of_as_one (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = NULL;
    const BpXlsxSheet *sheet = plan_wide_sheet (&plan, pack, 2, 148);
    const char *line = g_ptr_array_index (sheet->lines, sheet->lines->len - 1);

    g_assert_cmpint (sheet->printed_count, ==, 1);
    g_assert_cmpstr (line, ==, "On paper: column A. Column B is for the screen.");
}

static void a_sheet_that_fits_is_printed_whole (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (BpXlsxPlan) plan = NULL;
    const BpXlsxSheet *sheet = plan_wide_sheet (&plan, pack, 10, 20);

    g_assert_cmpint (sheet->printed_count, ==, 0);
    for (guint i = 0; i < sheet->lines->len; i++)
        g_assert_false (g_str_has_prefix (g_ptr_array_index (sheet->lines, i), "On paper"));
}

static void lines_wider_than_their_table_go_on_below (void)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    const BpSheetColumn columns[] = { { "Name", BP_SHEET_TEXT, 20 }, { "Number (n)", BP_SHEET_COUNT, 20 } };
    BpSheet *from = bp_pack_add_sheet (pack, "Narrow", "Narrow", "", columns, 2);
    const char *note = "The first sentence fits. The second one is so long that it does not fit, and is broken between words. End.";
    g_autoptr (GString) all = g_string_new (NULL);

    g_ptr_array_add (from->notes, (gpointer)note);
    bp_sheet_add_row (pack, from)[0] = bp_value_text ("x");
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, NULL, warnings, NULL);
    const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, plan->sheets->len - 1);
    double room_pt = bp_xlsx_column_width_pt (sheet->columns[0].width_chars + sheet->columns[1].width_chars);
    for (guint i = 1; i < sheet->lines->len; i++)
    {
        const char *line = g_ptr_array_index (sheet->lines, i);
        g_assert_cmpfloat (bp_xlsx_text_width_pt (line, 12, false), <=, room_pt * 1.1);
        g_string_append_printf (all, "%s ", line);
    }
    g_assert_nonnull (strstr (all->str, note));
    bool is_broken_at_sentence = false;
    for (guint i = 0; i < sheet->lines->len; i++)
        is_broken_at_sentence |= strcmp (g_ptr_array_index (sheet->lines, i), "The first sentence fits.") == 0;
    g_assert_true (is_broken_at_sentence);
}

/* ---- what goes wrong ---- */

static void nan_refuses_the_workbook_and_names_the_cell (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autoptr (GError) error = NULL;
    BpSheet *sheet = add_actions (pack, 2);

    (void)unused;
    bp_sheet_add_row (pack, sheet)[3] = bp_value_percent (NAN, 0);
    g_assert_false (render (fixture, pack, fixture->path, &error));
    g_assert_error (error, BP_ERROR, BP_ERROR_RENDER);
    assert_contains (error->message, "sheet Actions, row 3 of the table, column \"Done (per cent)\"");
    g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void full_disk_gives_an_error_and_no_file (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();
    struct rlimit before, limit;

    (void)unused;
    add_actions (pack, 3000);
    g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
    void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
    /* Limits that strike the library's temporary parts, its archive, and ours. */
    for (rlim_t bytes = 1000; bytes < 200000; bytes += 23000)
    {
        g_autoptr (GError) error = NULL;
        limit = before;
        limit.rlim_cur = bytes;
        g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
        bool is_written = render (fixture, pack, fixture->path, &error);
        g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
        g_assert_false (is_written);
        g_assert_error (error, BP_ERROR, BP_ERROR_IO);
        g_assert_cmpuint (count_files (fixture->folder), ==, 0);
    }
    signal (SIGXFSZ, handler);
    render_well (fixture, pack);
}

static void unwritable_place_gives_an_error (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autofree char *missing = g_build_filename (fixture->folder, "no", "such", "folder.xlsx", NULL);
    g_autofree char *taken = g_build_filename (fixture->folder, "taken.xlsx", NULL);
    g_autofree char *inside = g_build_filename (taken, "file", NULL);
    const char *const paths[] = { missing, taken };

    (void)unused;
    add_actions (pack, 1);
    g_mkdir (taken, 0700);
    g_file_set_contents (inside, "x", 1, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
        g_autoptr (GError) error = NULL;
        g_assert_false (render (fixture, pack, paths[i], &error));
        g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    }
    g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void damaged_workbook_is_not_passed (Fixture *fixture, gconstpointer unused)
{
    g_autoptr (BpPack) pack = make_pack ();
    g_autofree char *contents = NULL;
    gsize length = 0;
    BpXlsxSheetProof proofs[4] = { { .row_count = 0 } };

    (void)unused;
    add_actions (pack, 40);
    render_well (fixture, pack);
    g_autoptr (BpXlsxPlan) plan = bp_xlsx_plan_new (pack, NULL, fixture->report.warnings, NULL);
    for (guint i = 0; i < 4; i++)
    {
        const BpXlsxSheet *sheet = g_ptr_array_index (plan->sheets, i);
        proofs[i] = (BpXlsxSheetProof){ sheet->heights_pt->len, sheet->cells->len, sheet->table_name != NULL };
    }
    g_assert_true (bp_xlsx_package_verify (fixture->path, proofs, 4, NULL));
    g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
    for (gsize kept = 0; kept < length; kept += MAX (length / 25, 1))
    {
        g_autoptr (GError) error = NULL;
        g_file_set_contents (fixture->path, contents, (gssize)kept, NULL);
        g_assert_false (bp_xlsx_package_verify (fixture->path, proofs, 4, &error));
        g_assert_error (error, BP_ERROR, BP_ERROR_IO);
    }
    g_file_set_contents (fixture->path, contents, (gssize)length, NULL);
    proofs[3].row_count++;
    g_autoptr (GError) error = NULL;
    g_assert_false (bp_xlsx_package_verify (fixture->path, proofs, 4, &error));
    assert_contains (error->message, "xl/worksheets/sheet4.xml");
    proofs[3].row_count--;
    proofs[3].cell_count += 100;
    g_clear_error (&error);
    g_assert_false (bp_xlsx_package_verify (fixture->path, proofs, 4, &error));
    assert_contains (error->message, "cells are there");
    proofs[3].cell_count -= 100;
    /* a changed byte in the compressed cells */
    contents[length / 3] = (char)~contents[length / 3];
    g_file_set_contents (fixture->path, contents, (gssize)length, NULL);
    g_assert_false (bp_xlsx_package_verify (fixture->path, proofs, 4, NULL));
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/xlsx/names/names_that_no_workbook_may_have_are_refused", names_that_no_workbook_may_have_are_refused);
    g_test_add_func ("/render/xlsx/names/column_titles_are_unique_and_never_blank", column_titles_are_unique_and_never_blank);
    g_test_add_func ("/render/xlsx/plan/empty_sheet_has_a_standing_row_and_no_blank_cell",
                     empty_sheet_has_a_standing_row_and_no_blank_cell);
    g_test_add_func ("/render/xlsx/plan/every_text_fits_its_cell", every_text_fits_its_cell);
    g_test_add_func ("/render/xlsx/plan/lines_wider_than_their_table_go_on_below", lines_wider_than_their_table_go_on_below);
    g_test_add_func ("/render/xlsx/plan/a_sheet_too_wide_prints_its_first_columns",
                     a_sheet_too_wide_for_paper_prints_its_first_columns_and_says_so);
    g_test_add_func ("/render/xlsx/plan/one_column_over_is_spoken_of_as_one", one_column_over_is_spoken_of_as_one);
    g_test_add_func ("/render/xlsx/plan/a_sheet_that_fits_is_printed_whole", a_sheet_that_fits_is_printed_whole);
#define ADD(name) g_test_add ("/render/xlsx/workbook/" #name, Fixture, NULL, set_up, name, tear_down)
    ADD (workbook_has_cover_contents_notes_and_a_table_a_sheet);
    ADD (working_copy_has_filters_and_frozen_header);
    ADD (same_pack_gives_the_same_bytes_in_any_time_zone);
    ADD (threads_side_by_side_write_the_same_bytes);
    ADD (hostile_text_stays_text_and_is_warned_of);
    ADD (figures_are_logged_with_their_cell);
    ADD (nan_refuses_the_workbook_and_names_the_cell);
    ADD (full_disk_gives_an_error_and_no_file);
    ADD (unwritable_place_gives_an_error);
    ADD (damaged_workbook_is_not_passed);
#undef ADD
    return g_test_run ();
}
