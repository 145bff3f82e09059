#include "chart_pack.h"
#include "hostile_pack.h"
#include "plan_checks.h"
#include "render/renderer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define DEMO_PAGES "14"

typedef struct
{
    char *folder, *path;
} PdfFile;

static void pdf_file_init (PdfFile *file)
{
    g_autoptr (GError) error = NULL;
    file->folder = g_dir_make_tmp ("boardpack-pdf-XXXXXX", &error);
    g_assert_no_error (error);
    file->path = g_build_filename (file->folder, "pack.pdf", NULL);
}

static void pdf_file_clear (PdfFile *file)
{
    g_remove (file->path);
    g_rmdir (file->folder);
    g_free (file->path);
    g_free (file->folder);
}

static void render (const BpPack *pack, const char *path)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpTheme) theme = plan_new_theme ();
    const BpRenderOptions options = { .created_at = 1753920000, .producer = "boardpack 0.1.0" };
    g_assert_true (bp_pdf_render (pack, theme, &options, path, NULL, NULL, &error));
    g_assert_no_error (error);
}

/* Runs a program on the file; fails if it says anything on stderr. Returns its output, or NULL (and skips) if it is not installed. */
static char *run_tool (const char *const *words)
{
    g_autofree char *program = g_find_program_in_path (words[0]);
    if (program == NULL)
    {
        g_test_skip (words[0]);
        return NULL;
    }
    g_autoptr (GError) error = NULL;
    g_autofree char *complaints = NULL;
    char *output = NULL;
    int status = 0;
    /* Tools of others are not built with our sanitizers. */
    g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &complaints, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (complaints, ==, "");
    g_assert_cmpint (status, ==, 0);
    return output;
}

static void test_files_are_sound (void)
{
    for (int i = 0; i < 3; i++)
    {
        PdfFile file;
        pdf_file_init (&file);
        g_autoptr (BpPack) pack = i == 0 ? demo_pack_new () : i == 1 ? hostile_pack_new () : chart_pack_new ();
        render (pack, file.path);
        const char *const check[] = { "qpdf", "--check", file.path, NULL };
        g_autofree char *said = run_tool (check);
        g_assert_true (said == NULL || strstr (said, "No syntax or stream encoding errors found") != NULL);
        const char *const text[] = { "pdftotext", "-layout", file.path, "-", NULL };
        g_autofree char *words = run_tool (text);
        g_assert_true (words == NULL || strstr (words, "Page 1 of ") != NULL);
        const char *const fonts[] = { "pdffonts", file.path, NULL };
        g_autofree char *list = run_tool (fonts);
        g_assert_true (list == NULL || strstr (list, " no ") == NULL || strstr (list, "yes yes yes") != NULL);
        pdf_file_clear (&file);
    }
}

static void test_text_reads_back (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autoptr (BpPack) pack = demo_pack_new ();
    render (pack, file.path);
    const char *const text[] = { "pdftotext", file.path, "-", NULL };
    g_autofree char *words = run_tool (text);
    static const char *const wanted[] = { "Area SEND",
                                          "Summary on one page",
                                          "26 of 69 actions are complete, 13 behind plan",
                                          "Rounded percentages add up to 101",
                                          "(38%)",
                                          "122 days overdue",
                                          "children’s input",
                                          "“No date”",
                                          "No measure",
                                          "Service Manager –",
                                          "Continues on page 7",
                                          "Page " DEMO_PAGES " of " DEMO_PAGES };
    for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (wanted); i++)
        if (strstr (words, wanted[i]) == NULL)
            g_error ("\"%s\" cannot be read back", wanted[i]);
    pdf_file_clear (&file);
}

static void test_properties_are_set (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autoptr (BpPack) pack = demo_pack_new ();
    render (pack, file.path);
    const char *const info[] = { "pdfinfo", "-isodates", file.path, NULL };
    g_autofree char *said = run_tool (info);
    static const char *const wanted[] = { "Area SEND Partnership Board: board pack, 31 July 2025",
                                          "Author:          Westbrook Borough Based Partnership",
                                          "Producer:        boardpack 0.1.0",
                                          "CreationDate:    2025-07-31T00:00:00Z",
                                          "PDF version:     1.7",
                                          "Pages:           " DEMO_PAGES };
    for (gsize i = 0; said != NULL && i < G_N_ELEMENTS (wanted); i++)
        if (strstr (said, wanted[i]) == NULL)
            g_error ("\"%s\" is not in %s", wanted[i], said);
    g_autofree char *bytes = NULL;
    g_assert_true (g_file_get_contents (file.path, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, "%PDF-1.7\n"));
    pdf_file_clear (&file);
}

static guint count_in_file (const char *path, const char *needle)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
    guint count = 0;
    const gsize size = strlen (needle);
    for (gsize i = 0; i + size <= length; i++)
        count += memcmp (bytes + i, needle, size) == 0 ? 1 : 0;
    return count;
}

static void test_links_and_bookmarks_are_there (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autoptr (BpPack) pack = demo_pack_new ();
    render (pack, file.path);
    g_autofree char *plain = g_strconcat (file.path, ".plain", NULL);
    const char *const unpack[] = { "qpdf", "--qdf", "--object-streams=disable", file.path, plain, NULL };
    g_autofree char *nothing = run_tool (unpack);
    if (nothing == NULL)
    {
        pdf_file_clear (&file);
        return;
    }
    /* 7 rows on the cover and 9 of the contents lead somewhere; "odd" has no section. */
    g_assert_cmpuint (count_in_file (plain, "/Subtype /Link"), ==, 16);
    g_assert_cmpuint (count_in_file (plain, "/DisplayDocTitle true"), ==, 1);
    g_assert_cmpuint (count_in_file (plain, "/PageMode /UseOutlines"), ==, 1);
    g_assert_cmpuint (count_in_file (plain, "/Lang (en-GB)"), ==, 1);
    g_assert_cmpuint (count_in_file (plain, "begincidrange"), ==, 0);
    g_remove (plain);
    const char *const outline[] = { "mutool", "show", file.path, "outline", NULL };
    g_autofree char *said = run_tool (outline);
    static const char *const wanted[] = { "\"1 Summary on one page\"\t#page=3", "\"2 Areas for improvement\"\t#page=4",
                                          "\"Area 2: timeliness", "\"Headline measures\"", "\"A Data quality\"\t#page=" DEMO_PAGES };
    for (gsize i = 0; said != NULL && i < G_N_ELEMENTS (wanted); i++)
        if (strstr (said, wanted[i]) == NULL)
            g_error ("%s is not in the outline:\n%s", wanted[i], said);
    pdf_file_clear (&file);
}

static void test_same_pack_gives_the_same_bytes (void)
{
    g_autofree char *sums[2] = { NULL, NULL };
    for (int i = 0; i < 2; i++)
    {
        PdfFile file;
        pdf_file_init (&file);
        g_autoptr (BpPack) pack = demo_pack_new ();
        render (pack, file.path);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
        sums[i] = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
        if (i == 0)
            g_usleep (1100000); /* the clock moves on, the file does not */
        pdf_file_clear (&file);
    }
    g_assert_cmpstr (sums[0], ==, sums[1]);
    g_free (sums[1]);
    sums[1] = NULL;
}

static gpointer render_in_thread (gpointer data)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    render (pack, data);
    return NULL;
}

static void test_packs_render_side_by_side (void)
{
    PdfFile files[3];
    GThread *threads[3];
    for (int i = 0; i < 3; i++)
    {
        pdf_file_init (&files[i]);
        threads[i] = g_thread_new ("render", render_in_thread, files[i].path);
    }
    g_autofree char *first = NULL;
    gsize first_length = 0;
    for (int i = 0; i < 3; i++)
    {
        g_thread_join (threads[i]);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        g_assert_true (g_file_get_contents (files[i].path, &bytes, &length, NULL));
        if (i > 0)
            g_assert_true (length == first_length && memcmp (bytes, first, length) == 0);
        else
        {
            first = g_steal_pointer (&bytes);
            first_length = length;
        }
        pdf_file_clear (&files[i]);
    }
}

static void test_failures_name_the_path (void)
{
    g_autoptr (BpPack) pack = demo_pack_new ();
    g_autoptr (BpTheme) theme = plan_new_theme ();
    const BpRenderOptions options = { .created_at = 0, .producer = "boardpack" };
    g_autoptr (GError) missing = NULL;
    g_assert_false (bp_pdf_render (pack, theme, &options, "/nowhere/at/all/pack.pdf", NULL, NULL, &missing));
    g_assert_error (missing, BP_ERROR, BP_ERROR_IO);
    g_assert_nonnull (strstr (missing->message, "/nowhere/at/all/pack.pdf"));
    g_free (theme->font_bold);
    theme->font_bold = g_strdup (BP_TEST_ROOT "/LICENSE");
    g_autoptr (GError) font = NULL;
    PdfFile file;
    pdf_file_init (&file);
    g_assert_false (bp_pdf_render (pack, theme, &options, file.path, NULL, NULL, &font));
    g_assert_error (font, BP_ERROR, BP_ERROR_RENDER);
    g_assert_nonnull (strstr (font->message, "LICENSE"));
    g_assert_false (g_file_test (file.path, G_FILE_TEST_EXISTS));
    pdf_file_clear (&file);
}

/* A limit on the size of files stands for a disk that is full: every write of our own is checked, the last as well as the first. */
static void test_no_file_is_left_when_it_does_not_fit (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autofree char *partial = g_strconcat (file.path, ".partial", NULL);
    g_autoptr (BpPack) pack = demo_pack_new ();
    g_autoptr (BpTheme) theme = plan_new_theme ();
    const BpRenderOptions options = { .created_at = 1753920000, .producer = "boardpack 0.1.0" };
    render (pack, file.path);
    GStatBuf whole;
    g_assert_cmpint (g_stat (file.path, &whole), ==, 0);
    g_remove (file.path);
    struct rlimit before;
    getrlimit (RLIMIT_FSIZE, &before);
    (void)signal (SIGXFSZ, SIG_IGN);
    const rlim_t size = (rlim_t)whole.st_size, limits[] = { 0, 1, size / 3, size / 2, size - 1 };
    for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
        g_autoptr (GError) error = NULL;
        setrlimit (RLIMIT_FSIZE, &(struct rlimit){ limits[i], before.rlim_max });
        const bool is_rendered = bp_pdf_render (pack, theme, &options, file.path, NULL, NULL, &error);
        setrlimit (RLIMIT_FSIZE, &before);
        g_assert_false (is_rendered);
        g_assert_error (error, BP_ERROR, BP_ERROR_IO);
        g_assert_nonnull (strstr (error->message, file.path));
        g_assert_false (g_file_test (file.path, G_FILE_TEST_EXISTS) || g_file_test (partial, G_FILE_TEST_EXISTS));
    }
    setrlimit (RLIMIT_FSIZE, &(struct rlimit){ size, before.rlim_max });
    render (pack, file.path);
    setrlimit (RLIMIT_FSIZE, &before);
    (void)signal (SIGXFSZ, SIG_DFL);
    pdf_file_clear (&file);
}

/* Numbers that are ours stand between those of libharu, which makes more of its own after them. */
static void append_numbered (void *data, unsigned index, GString *out)
{
    g_assert_cmpuint (index, ==, (*(unsigned *)data)++);
    g_string_append_printf (out, "<</Index %u>>", index);
}

static void test_own_objects_are_written (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autoptr (GError) error = NULL;
    g_autoptr (BpTheme) theme = plan_new_theme ();
    g_autoptr (BpPdfDocument) document = bp_pdf_document_new (theme, &error);
    g_assert_no_error (error);
    const char *names[2];
    g_autoptr (GString) operators = g_string_new ("0 0 10 10 re f\n");
    bp_pdf_document_set_contents (document, bp_pdf_document_add_page (document, 595, 842, names), operators);
    const unsigned first = bp_pdf_document_reserve_objects (document, 450);
    HPDF_Page page = bp_pdf_document_add_page (document, 595, 842, names);
    bp_pdf_document_set_contents (document, page, operators);
    const unsigned second = bp_pdf_document_reserve_objects (document, 2);
    g_assert_cmpuint (bp_pdf_document_object_number (page), >=, first + 450);
    g_assert_cmpuint (second, >, bp_pdf_document_object_number (page));
    HPDF_Array list = HPDF_Array_New (bp_pdf_document_get_handle (document)->mmgr);
    HPDF_Dict_Add (page, "Own", list);
    HPDF_Array_Add (list, bp_pdf_document_new_reference (document, first + 449));
    HPDF_Array_Add (list, bp_pdf_document_new_reference (document, second + 1));
    unsigned count = 0;
    bp_pdf_document_set_object_writer (document, append_numbered, &count);
    g_assert_true (bp_pdf_document_save (document, file.path, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count, ==, 452);
    const char *const check[] = { "qpdf", "--check", file.path, NULL };
    g_autofree char *said = run_tool (check);
    const char *const show[2][5]
        = { { "mutool", "show", file.path, "pages/2/Own/1", NULL }, { "mutool", "show", file.path, "pages/2/Own/2", NULL } };
    for (int i = 0; said != NULL && i < 2; i++)
    {
        g_autofree char *object = run_tool (show[i]);
        g_assert_true (object == NULL || strstr (object, i == 0 ? "/Index 449" : "/Index 451") != NULL);
    }
    pdf_file_clear (&file);
}

/* The file says that it keeps a standard only where it does; what is missing is told. */
static void test_marks_are_earned (void)
{
    g_autoptr (BpTheme) theme = plan_new_theme ();
    const BpRenderOptions options = { .created_at = 0, .producer = "boardpack" };
    static const char *const standards[] = { "PDF/UA-1", "PDF/A-2a" };
    for (int i = 0; i < 3; i++) /* nothing missing; no profile; no title either */
    {
        PdfFile file;
        pdf_file_init (&file);
        g_autoptr (BpPack) pack = demo_pack_new ();
        if (i == 1)
        {
            g_free (theme->colour_profile);
            theme->colour_profile = g_strdup ("/nowhere/sRGB.icc");
        }
        if (i == 2)
            pack->title = "";
        BpRenderReport report;
        bp_render_report_init (&report);
        g_assert_true (bp_pdf_render (pack, theme, &options, file.path, NULL, &report, NULL));
        g_assert_cmpuint (count_in_file (file.path, "<pdfuaid:part>1</pdfuaid:part>"), ==, i < 2 ? 1 : 0);
        g_assert_cmpuint (count_in_file (file.path, "<pdfaid:conformance>A</pdfaid:conformance>"), ==, i < 1 ? 1 : 0);
        g_assert_cmpuint (report.unmarked->len, ==, (guint)i);
        for (int j = 0; j < i; j++)
            if (strstr (g_ptr_array_index (report.unmarked, (guint)j), standards[i == 2 ? j : 1]) == NULL)
                g_error ("%s", (char *)g_ptr_array_index (report.unmarked, (guint)j));
        bp_render_report_clear (&report);
        pdf_file_clear (&file);
    }
}

static void test_long_table_is_drawn (void)
{
    PdfFile file;
    pdf_file_init (&file);
    g_autoptr (BpPack) pack = demo_pack_start ();
    BpNode *section = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
    section->as.section.is_landscape = true;
    demo_add_tracker (pack, section, 125, 4);
    render (pack, file.path);
    const char *const text[] = { "pdftotext", "-layout", file.path, "-", NULL };
    g_autofree char *words = run_tool (text);
    for (int group = 0; words != NULL && group < 125; group++)
        for (int i = 0; i < 4; i++)
        {
            g_autofree char *ref = g_strdup_printf ("%d.%d.%d ", group / 4 + 1, group % 4 + 1, i + 1);
            if (strstr (words, ref) == NULL)
                g_error ("row %s is not in the file", ref);
        }
    pdf_file_clear (&file);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/render/pdf/files_are_sound", test_files_are_sound);
    g_test_add_func ("/render/pdf/text_reads_back", test_text_reads_back);
    g_test_add_func ("/render/pdf/properties_are_set", test_properties_are_set);
    g_test_add_func ("/render/pdf/links_and_bookmarks_are_there", test_links_and_bookmarks_are_there);
    g_test_add_func ("/render/pdf/same_pack_gives_the_same_bytes", test_same_pack_gives_the_same_bytes);
    g_test_add_func ("/render/pdf/packs_render_side_by_side", test_packs_render_side_by_side);
    g_test_add_func ("/render/pdf/failures_name_the_path", test_failures_name_the_path);
    g_test_add_func ("/render/pdf/marks_are_earned", test_marks_are_earned);
    g_test_add_func ("/render/pdf/long_table_is_drawn", test_long_table_is_drawn);
    g_test_add_func ("/render/pdf/no_file_is_left_when_it_does_not_fit", test_no_file_is_left_when_it_does_not_fit);
    g_test_add_func ("/render/pdf/own_objects_are_written", test_own_objects_are_written);
    return g_test_run ();
}
