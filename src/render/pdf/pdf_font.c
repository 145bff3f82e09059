#include "render/pdf/pdf_font.h"

#include <stdbool.h>
#include <string.h>

#define MAX_RANGES 100 /* of a block in a map to Unicode */

/* ---- bytes of a stream ---- */

static HPDF_STATUS append (HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    g_byte_array_append (stream->attr, bytes, length);
    return HPDF_OK;
}

static HPDF_STATUS read_stream (HPDF_Dict dict, GByteArray *bytes)
{
    HPDF_Stream sink = HPDF_CallbackWriter_New (dict->mmgr, append, bytes);
    if (sink == NULL)
        return HPDF_FAILD_TO_ALLOC_MEM;
    const HPDF_STATUS status = HPDF_Stream_WriteToStream (dict->stream, sink, HPDF_STREAM_FILTER_NONE, NULL);
    sink->attr = NULL; /* ours, not the stream's to free */
    HPDF_Stream_Free (sink);
    return status;
}

static HPDF_STATUS replace_stream (HPDF_Dict dict, const void *bytes, gsize length)
{
    HPDF_MemStream_FreeData (dict->stream);
    return HPDF_Stream_Write (dict->stream, bytes, (HPDF_UINT)length);
}

/* ---- what is said of the codes ---- */

/* The first code after start that is in use or, if is_used is false, that is not. */
static unsigned find_code (const guint8 *used, unsigned start, bool is_used)
{
    while (start < BP_FONT_CODES && (used[start] != 0) != is_used)
        start++;
    return start;
}

/* libharu writes the map from codes to Unicode with operators that are not allowed there. Codes are UTF-16 units, so it is the identity. */
static HPDF_STATUS write_unicode_map (HPDF_Dict map, const guint8 *used)
{
    g_autoptr (GString) ranges = g_string_new (NULL), blocks = g_string_new (NULL);
    unsigned count = 0;
    for (unsigned from = find_code (used, 0, true); from < BP_FONT_CODES;)
    {
        const unsigned row_end = (from | 0xFF) + 1; /* a range may not change the high byte */
        const unsigned end = MIN (find_code (used, from, false), row_end);
        g_string_append_printf (ranges, "<%04X> <%04X> <%04X>\n", from, end - 1, from);
        from = find_code (used, end, true);
        if (++count == MAX_RANGES || from >= BP_FONT_CODES)
        {
            g_string_append_printf (blocks, "%u beginbfrange\n%sendbfrange\n", count, ranges->str);
            g_string_truncate (ranges, 0);
            count = 0;
        }
    }
    g_autofree char *text = g_strconcat ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                                         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                                         "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
                                         blocks->str, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n", NULL);
    return replace_stream (map, text, strlen (text));
}

/* Codes of one run share an array: "32 [278 278 355] 65 [667]". */
static HPDF_STATUS write_widths (HPDF_Dict descendant, HPDF_FontDef definition, const guint8 *used)
{
    HPDF_Array widths = HPDF_Array_New (descendant->mmgr);
    if (widths == NULL)
        return HPDF_FAILD_TO_ALLOC_MEM;
    HPDF_STATUS status = HPDF_Dict_Add (descendant, "W", widths);
    for (unsigned from = find_code (used, 0, true); from < BP_FONT_CODES && status == HPDF_OK;)
    {
        const unsigned end = find_code (used, from, false);
        HPDF_Array run = HPDF_Array_New (descendant->mmgr);
        status = run == NULL ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_Array_AddNumber (widths, (HPDF_INT32)from);
        if (status == HPDF_OK)
            status = HPDF_Array_Add (widths, run);
        for (unsigned code = from; code < end && status == HPDF_OK; code++)
            status = HPDF_Array_AddNumber (run, HPDF_TTFontDef_GetCharWidth (definition, (HPDF_UINT16)code));
        from = find_code (used, end, true);
    }
    return status;
}

static HPDF_STATUS write_glyph_map (HPDF_Dict map, HPDF_FontDef definition, const guint8 *used)
{
    g_autofree guint8 *glyphs = g_malloc0 (2 * BP_FONT_CODES);
    unsigned end = 1;
    for (unsigned code = find_code (used, 0, true); code < BP_FONT_CODES; code = find_code (used, end, true))
    {
        const unsigned glyph = HPDF_TTFontDef_GetGlyphid (definition, (HPDF_UINT16)code);
        glyphs[2 * code] = (guint8)(glyph >> 8);
        glyphs[2 * code + 1] = (guint8)glyph;
        end = code + 1;
    }
    return replace_stream (map, glyphs, 2 * (gsize)end);
}

/* ---- the program ---- */

#define HEAD_BYTES 12U  /* of a font file, before its directory */
#define ENTRY_BYTES 16U /* of the directory */
#define MAX_TABLES 32U
#define CHECKED_SUM 0xB1B0AFBAU /* of a whole file, whose head says what is missing to it */

typedef struct
{
    guint8 *bytes;
    guint32 length;
} Table;

static guint32 take_number (const guint8 *at, int width)
{
    guint32 number = 0;
    for (int i = 0; i < width; i++)
        number = number << 8 | at[i];
    return number;
}

static void add_number (GByteArray *out, guint32 number, int width)
{
    for (int i = width - 1; i >= 0; i--)
    {
        const guint8 byte = (guint8)(number >> 8 * i);
        g_byte_array_append (out, &byte, 1);
    }
}

static guint32 sum_of (const guint8 *bytes, gsize length)
{
    guint32 sum = 0;
    for (gsize i = 0; i < length; i++)
        sum += (guint32)bytes[i] << 8 * (3 - i % 4);
    return sum;
}

/* False if the table is not there or lies outside the file. */
static bool find_table (const GByteArray *program, const char *tag, Table *table_out)
{
    const guint32 count = program->len < HEAD_BYTES ? 0 : MIN (take_number (program->data + 4, 2), MAX_TABLES);
    for (guint32 i = 0; i < count && HEAD_BYTES + ENTRY_BYTES * (i + 1) <= program->len; i++)
    {
        const guint8 *entry = program->data + HEAD_BYTES + (gsize)ENTRY_BYTES * i;
        const guint32 offset = take_number (entry + 8, 4), length = take_number (entry + 12, 4);
        if (memcmp (entry, tag, 4) != 0)
            continue;
        *table_out = (Table){ program->data + offset, length };
        return offset <= program->len && length <= program->len - offset;
    }
    return false;
}

/* Widths of glyphs that are not drawn: nothing asks for them, and zeros pack well. */
static void clear_unused_metrics (const GByteArray *program, HPDF_TTFontDefAttr attributes)
{
    Table metrics, header;
    if (!find_table (program, "hmtx", &metrics) || !find_table (program, "hhea", &header) || header.length < 36)
        return;
    const guint32 count = take_number (header.bytes + 34, 2);
    for (guint32 glyph = 1; glyph < MIN (count, attributes->num_glyphs) && 4 * (glyph + 1) <= metrics.length; glyph++)
        if (attributes->glyph_tbl.flgs[glyph] == 0)
            memset (metrics.bytes + 4 * (gsize)glyph, 0, 4);
}

/* The numbers that let a reader search the directory by halves. */
static void add_directory_head (GByteArray *out, guint32 version, unsigned count)
{
    const unsigned selector = g_bit_storage (count) - 1, range = ENTRY_BYTES << selector;
    add_number (out, version, 4);
    add_number (out, count, 2);
    add_number (out, range, 2);
    add_number (out, selector, 2);
    add_number (out, ENTRY_BYTES * count - range, 2);
}

/* Keeps the tables that a PDF must embed (ISO 32000-1, 9.9): codes are led to glyphs by the file's own map, and names by the file's own
 * descriptor. NULL if one is missing that it cannot do without. */
static GByteArray *rebuild_program (const GByteArray *program)
{
    static const char *const tags[] = { "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep" };
    static const char optional[] = "cvt fpgm prep";
    const char *kept[G_N_ELEMENTS (tags)];
    Table tables[G_N_ELEMENTS (tags)];
    unsigned count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
        kept[count] = tags[i];
        if (find_table (program, tags[i], &tables[count]))
            count++;
        else if (strstr (optional, tags[i]) == NULL)
            return NULL;
    }
    GByteArray *directory = g_byte_array_new (), *bodies = g_byte_array_new ();
    add_directory_head (directory, take_number (program->data, 4), count);
    guint32 head = 0;
    for (unsigned i = 0; i < count; i++)
    {
        if (strcmp (kept[i], "head") == 0 && tables[i].length >= HEAD_BYTES)
        {
            head = HEAD_BYTES + ENTRY_BYTES * count + bodies->len;
            memset (tables[i].bytes + 8, 0, 4);
        }
        g_byte_array_append (directory, (const guint8 *)kept[i], 4);
        add_number (directory, sum_of (tables[i].bytes, tables[i].length), 4);
        add_number (directory, HEAD_BYTES + ENTRY_BYTES * count + bodies->len, 4);
        add_number (directory, tables[i].length, 4);
        g_byte_array_append (bodies, tables[i].bytes, tables[i].length);
        add_number (bodies, 0, (int)(-bodies->len & 3)); /* each starts at a multiple of four */
    }
    g_byte_array_append (directory, bodies->data, bodies->len);
    g_byte_array_unref (bodies);
    const guint32 adjustment = CHECKED_SUM - sum_of (directory->data, directory->len);
    for (int i = 0; i < 4 && head > 0; i++)
        directory->data[head + 8 + (guint32)i] = (guint8)(adjustment >> 8 * (3 - i));
    return directory;
}

static HPDF_STATUS trim_program (HPDF_Dict stream, HPDF_TTFontDefAttr attributes)
{
    g_autoptr (GByteArray) program = g_byte_array_new ();
    HPDF_STATUS status = read_stream (stream, program);
    if (status != HPDF_OK)
        return status;
    clear_unused_metrics (program, attributes);
    g_autoptr (GByteArray) rebuilt = rebuild_program (program);
    if (rebuilt == NULL)
        return HPDF_TTF_MISSING_TABLE;
    status = replace_stream (stream, rebuilt->data, rebuilt->len);
    return status == HPDF_OK ? HPDF_Dict_AddNumber (stream, "Length1", (HPDF_INT32)rebuilt->len) : status;
}

/* ---- all of it ---- */

HPDF_STATUS bp_pdf_font_trim (HPDF_Font font, const guint8 used[BP_FONT_CODES])
{
    HPDF_FontAttr attributes = font->attr;
    HPDF_FontDef definition = attributes->fontdef;
    HPDF_STATUS status = write_unicode_map (attributes->cmap_stream, used);
    if (status == HPDF_OK)
        status = write_widths (attributes->descendant_font, definition, used);
    if (status == HPDF_OK)
        status = write_glyph_map (attributes->map_stream, definition, used);
    if (status == HPDF_OK)
        status = font->before_write_fn (font); /* makes the descriptor and the program */
    HPDF_Dict program = status == HPDF_OK ? HPDF_Dict_GetItem (definition->descriptor, "FontFile2", HPDF_OCLASS_DICT) : NULL;
    return program != NULL ? trim_program (program, definition->attr) : status;
}
