#include "render/xlsx/package.h"

#include "render/xlsx/sheet_tags.h"

#include <errno.h>
#include <expat.h>
#include <string.h>
#include <zip.h>

#define CHUNK_BYTES 65536
#define MAX_PART_BYTES ((zip_uint64_t)1 << 31)
#define STYLES_PART "xl/styles.xml"
/* The date of every other part: 1 January 1980, the earliest that a ZIP archive knows. */
#define DOS_DATE_1980_01_01 0x21

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_t, zip_discard)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_file_t, zip_fclose)
typedef struct XML_ParserStruct XmlParser;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlParser, XML_ParserFree)

static zip_t *open_archive (const char *path, int flags, GError **error)
{
    int code = 0;
    zip_t *archive = zip_open (path, flags, &code);

    if (archive == NULL)
    {
        zip_error_t reason;
        zip_error_init_with_code (&reason, code);
        bp_fail (error, BP_ERROR_IO,
                 "%s: the workbook was not written whole (%s); is the disk full, or read-only? Free some space on it, then run again", path,
                 zip_error_strerror (&reason));
        zip_error_fini (&reason);
    }
    return archive;
}

static bool fail_part (const char *path, const char *part, const char *reason, GError **error)
{
    return bp_fail (error, BP_ERROR_IO,
                    "%s: part %s of the workbook is broken (%s); is the disk full, or read-only? Free some space on it, then run again",
                    path, part, reason);
}

/* NUL-ended; caller frees. NULL on error. */
static char *dup_part (zip_t *archive, const char *path, const char *part, gsize *length_out, GError **error)
{
    zip_stat_t stat;

    if (zip_stat (archive, part, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > MAX_PART_BYTES)
    {
        fail_part (path, part, zip_strerror (archive), error);
        return NULL;
    }
    g_autoptr (zip_file_t) file = zip_fopen (archive, part, 0);
    g_autofree char *contents = g_malloc (stat.size + 1);
    if (file == NULL || zip_fread (file, contents, stat.size) != (zip_int64_t)stat.size)
    {
        fail_part (path, part, file != NULL ? zip_file_strerror (file) : zip_strerror (archive), error);
        return NULL;
    }
    contents[stat.size] = '\0';
    *length_out = stat.size;
    return g_steal_pointer (&contents);
}

/* Raises count="n" of an element by one and puts addition at its end, or at its start. False if there is no such element. */
static bool add_child (GString *xml, const char *element, const char *addition, bool is_first)
{
    g_autofree char *open = g_strdup_printf ("<%s count=\"", element);
    g_autofree char *close = g_strdup_printf ("</%s>", element);
    const char *begin = strstr (xml->str, open);
    const char *end = begin != NULL ? strstr (begin, close) : NULL;

    if (end == NULL)
        return false;
    const char *digits = begin + strlen (open);
    char *rest = NULL;
    guint64 count = g_ascii_strtoull (digits, &rest, 10);
    if (rest == digits || !g_str_has_prefix (rest, "\">"))
        return false;
    g_autofree char *replaced = g_strdup_printf ("%" G_GUINT64_FORMAT "\">%s%.*s%s", count + 1, is_first ? addition : "",
                                                 (int)(end - (rest + 2)), rest + 2, is_first ? "" : addition);
    gssize at = digits - xml->str;
    g_string_erase (xml, at, end - digits);
    g_string_insert (xml, at, replaced);
    return true;
}

/* The named styles beside Normal: each with the number of its cells' xfId, and of the styles built into spreadsheet programs. */
static const struct
{
    const char *name;
    int id, built_in;
} heading_styles[] = { { "Heading 1", 1, 16 }, { "Heading 2", 2, 17 } };

/* The font of the cells that name the style: the style gets the same. NULL if no cell does. */
static char *dup_heading_font (const char *xml, int id)
{
    g_autofree char *attribute = g_strdup_printf (" xfId=\"%d\"", id);
    const char *cell = strstr (xml, attribute);
    const char *font = cell != NULL ? g_strrstr_len (xml, cell - xml, "fontId=\"") : NULL;

    if (font == NULL)
        return NULL;
    font += strlen ("fontId=\"");
    return g_strndup (font, strspn (font, "0123456789"));
}

/* Every workbook has cells of the first style, one with a dashboard of the second. */
static bool edit_styles (GString *xml)
{
    for (gsize i = 0; i < G_N_ELEMENTS (heading_styles); i++)
    {
        g_autofree char *font = dup_heading_font (xml->str, heading_styles[i].id);
        if (font == NULL)
            return i > 0;
        g_autofree char *format = g_strdup_printf ("<xf numFmtId=\"0\" fontId=\"%s\" fillId=\"0\" borderId=\"0\"/>", font);
        g_autofree char *style = g_strdup_printf ("<cellStyle name=\"%s\" xfId=\"%d\" builtinId=\"%d\"/>", heading_styles[i].name,
                                                  heading_styles[i].id, heading_styles[i].built_in);
        if (!add_child (xml, "cellStyleXfs", format, false) || !add_child (xml, "cellStyles", style, true))
            return false;
    }
    return true;
}

/* xml must outlive the closing of the archive. */
static bool replace_part (zip_t *archive, const char *path, const char *part, const GString *xml, GError **error)
{
    const zip_int64_t index = zip_name_locate (archive, part, 0);
    zip_source_t *source = zip_source_buffer (archive, xml->str, xml->len, 0);
    if (source == NULL || index < 0)
        return fail_part (path, part, zip_strerror (archive), error);
    if (zip_file_replace (archive, (zip_uint64_t)index, source, 0) != 0)
    {
        zip_source_free (source);
        return fail_part (path, part, zip_strerror (archive), error);
    }
    return zip_file_set_dostime (archive, (zip_uint64_t)index, 0, DOS_DATE_1980_01_01, 0) == 0
           || fail_part (path, part, zip_strerror (archive), error);
}

static bool close_archive (zip_t **archive, const char *path, GError **error)
{
    if (zip_close (*archive) != 0)
        return bp_fail (
            error, BP_ERROR_IO,
            "%s: the workbook cannot be written (%s); free some space on its disk, or make it writable if it is read-only, then run again",
            path, zip_strerror (*archive));
    *archive = NULL; /* zip_close has freed it */
    return true;
}

bool bp_xlsx_package_add_heading_styles (const char *path, GError **error)
{
    g_autoptr (zip_t) archive = open_archive (path, 0, error);
    gsize length = 0;

    if (archive == NULL)
        return false;
    g_autofree char *contents = dup_part (archive, path, STYLES_PART, &length, error);
    if (contents == NULL)
        return false;
    g_autoptr (GString) xml = g_string_new_len (contents, (gssize)length);
    if (!edit_styles (xml))
        return fail_part (path, STYLES_PART, "the list of styles is not as the library is known to write it", error);
    return replace_part (archive, path, STYLES_PART, xml, error) && close_archive (&archive, path, error);
}

/* From that row of a sheet on. */
static void edit_rows (GString *xml, guint first_row)
{
    static const char start[] = "<row r=\"", mark[] = " customHeight=\"1\"";
    for (char *row = strstr (xml->str, start); row != NULL; row = strstr (row + 1, start))
    {
        const char *end = strchr (row, '>');
        const char *found = end != NULL ? g_strstr_len (row, end - row, mark) : NULL;
        if (found != NULL && g_ascii_strtoull (row + strlen (start), NULL, 10) >= first_row)
            g_string_erase (xml, found - xml->str, (gssize)strlen (mark));
    }
}

static void free_string (gpointer string)
{
    g_string_free (string, TRUE);
}

bool bp_xlsx_package_let_rows_grow (const char *path, const guint *first_rows, guint sheet_count, GError **error)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (free_string);
    g_autoptr (zip_t) archive = open_archive (path, 0, error);
    if (archive == NULL)
        return false;
    for (guint i = 0; i < sheet_count; i++)
    {
        gsize length = 0;
        g_autofree char *part = g_strdup_printf ("xl/worksheets/sheet%u.xml", i + 1);
        g_autofree char *contents = first_rows[i] > 0 ? dup_part (archive, path, part, &length, error) : NULL;
        if (first_rows[i] == 0)
            continue;
        if (contents == NULL)
            return false;
        GString *xml = g_string_new_len (contents, (gssize)length);
        g_ptr_array_add (parts, xml);
        edit_rows (xml, first_rows[i]);
        if (!replace_part (archive, path, part, xml, error))
            return false;
    }
    return close_archive (&archive, path, error);
}

/* Reads one part to its end (which checks its checksum), piece by piece. take returns what is wrong with a piece; NULL if nothing is; the
 * last piece has no bytes. */
static bool read_part (zip_t *archive, const char *path, zip_uint64_t index,
                       const char *(*take) (void *data, const char *piece, gsize length), void *data, GError **error)
{
    const char *part = zip_get_name (archive, index, 0);
    g_autoptr (zip_file_t) file = zip_fopen_index (archive, index, 0);
    g_autofree char *piece = g_malloc (CHUNK_BYTES);
    zip_int64_t length = 0;

    if (file == NULL)
        return fail_part (path, part, zip_strerror (archive), error);
    do
    {
        length = zip_fread (file, piece, CHUNK_BYTES);
        const char *reason = length >= 0 ? take (data, piece, (gsize)length) : zip_file_strerror (file);
        if (reason != NULL)
            return fail_part (path, part, reason, error);
    } while (length > 0);
    return true;
}

static const char *parse_piece (void *data, const char *piece, gsize length)
{
    XmlParser *parser = data;

    return XML_Parse (parser, piece, (int)length, length == 0) == XML_STATUS_OK ? NULL : XML_ErrorString (XML_GetErrorCode (parser));
}

static bool parse_part (zip_t *archive, const char *path, zip_uint64_t index, GError **error)
{
    g_autoptr (XmlParser) parser = XML_ParserCreate (NULL);

    return read_part (archive, path, index, parse_piece, parser, error);
}

static const char *take_tags (void *data, const char *piece, gsize length)
{
    BpXlsxSheetTags *tags = data;

    bp_xlsx_sheet_tags_feed (tags, piece, length);
    return length == 0 ? bp_xlsx_sheet_tags_end (tags) : NULL;
}

static bool verify_sheet (zip_t *archive, const char *path, guint number, const BpXlsxSheetProof *proof, GError **error)
{
    g_autofree char *part = g_strdup_printf ("xl/worksheets/sheet%u.xml", number);
    zip_int64_t index = zip_name_locate (archive, part, 0);
    g_auto (BpXlsxSheetTags) tags;
    g_autofree char *reason = NULL;

    bp_xlsx_sheet_tags_init (&tags);
    if (index < 0)
        return fail_part (path, part, "it is missing", error);
    if (!read_part (archive, path, (zip_uint64_t)index, take_tags, &tags, error))
        return false;
    if (tags.row_count != proof->row_count)
        reason = g_strdup_printf ("%u of its %u rows are there", tags.row_count, proof->row_count);
    else if (tags.cell_count < proof->cell_count)
        reason = g_strdup_printf ("%u of its %u cells are there", tags.cell_count, proof->cell_count);
    else if (tags.table_count != proof->table_count)
        reason = g_strdup ("a table of it is missing");
    return reason == NULL || fail_part (path, part, reason, error);
}

bool bp_xlsx_package_verify (const char *path, const BpXlsxSheetProof *sheets, guint sheet_count, GError **error)
{
    static const char *const needed[]
        = { "[Content_Types].xml",  "_rels/.rels",       "xl/workbook.xml",  "xl/_rels/workbook.xml.rels", STYLES_PART,
            "xl/sharedStrings.xml", "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml" };
    g_autoptr (zip_t) archive = open_archive (path, ZIP_RDONLY | ZIP_CHECKCONS, error);
    guint table_count = 0;

    if (archive == NULL)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
        if (zip_name_locate (archive, needed[i], 0) < 0)
            return fail_part (path, needed[i], "it is missing", error);
    for (guint i = 0; i < sheet_count; i++)
    {
        if (!verify_sheet (archive, path, i + 1, &sheets[i], error))
            return false;
        table_count += sheets[i].table_count;
    }
    for (guint i = 0; i < table_count; i++)
    {
        g_autofree char *part = g_strdup_printf ("xl/tables/table%u.xml", i + 1);
        if (zip_name_locate (archive, part, 0) < 0)
            return fail_part (path, part, "it is missing", error);
    }
    zip_int64_t part_count = zip_get_num_entries (archive, 0);
    for (zip_int64_t i = 0; i < part_count; i++)
    {
        const char *name = zip_get_name (archive, (zip_uint64_t)i, 0);
        /* The sheets have been read. */
        if (!g_str_has_prefix (name, "xl/worksheets/sheet") && !parse_part (archive, path, (zip_uint64_t)i, error))
            return false;
    }
    return true;
}
