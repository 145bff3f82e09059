#include "render/pdf/pdf_save.h"

#include "base/atomic_file.h"
#include "render/pdf/number_text.h"

#include <string.h>
#include <zlib.h>

#define OBJECTS_PER_STREAM 200
#define DIGEST_CHARS 32 /* of the SHA-256, in hex: the 16 bytes usual for an identifier */
#define NUMBER_MASK 0x00FFFFFFU

/* Where an object is: the three fields of a cross-reference stream. */
typedef enum
{
    PLACE_FREE,
    PLACE_OFFSET,   /* where: bytes from the start of the file */
    PLACE_IN_STREAM /* where: number of the object stream; index: place in it */
} PlaceKind;

typedef struct
{
    PlaceKind kind;
    unsigned index;
    guint64 where;
} Place;

typedef struct
{
    HPDF_Doc document;
    HPDF_Stream sink; /* what libharu writes to: appends to text */
    GString *text;    /* the bodies of the objects of the open object stream, or the dictionary of a stream */
    GString *numbers; /* "number offset" of each of them */
    unsigned packed_count, packed_number;
    GArray *places; /* of Place, by object number */
    BpAtomicFile *file;
    GChecksum *checksum;
    guint64 size;
    HPDF_STATUS status;
} Save;

/* ---- numbers ---- */

unsigned bp_pdf_skip_numbers (HPDF_Doc document, unsigned count)
{
    const unsigned first = document->xref->start_offset + document->xref->entries->count;
    document->xref->start_offset += count; /* what comes later is numbered from there; objects carry their numbers with them */
    return first;
}

unsigned bp_pdf_number_of (const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & NUMBER_MASK;
}

static void set_place (Save *save, unsigned number, Place place)
{
    if (number >= save->places->len)
        g_array_set_size (save->places, number + 1); /* cleared: PLACE_FREE */
    g_array_index (save->places, Place, number) = place;
}

/* ---- bytes ---- */

static void write_bytes (Save *save, const void *bytes, gsize length)
{
    g_checksum_update (save->checksum, bytes, (gssize)length);
    save->size += length;
    if (!bp_atomic_file_append (save->file, bytes, length) && save->status == HPDF_OK)
        save->status = HPDF_FILE_IO_ERROR;
}

static HPDF_STATUS append_to_text (HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    g_string_append_len (stream->attr, (const char *)bytes, length);
    return HPDF_OK;
}

static void note_status (Save *save, HPDF_STATUS status)
{
    if (save->status == HPDF_OK)
        save->status = status;
}

/* Caller frees; NULL if there is no memory for it. */
static GByteArray *deflate_bytes (const void *bytes, gsize length)
{
    uLongf packed_length = compressBound ((uLong)length);
    GByteArray *packed = g_byte_array_sized_new ((guint)packed_length);
    g_byte_array_set_size (packed, (guint)packed_length);
    if (compress2 (packed->data, &packed_length, bytes, (uLong)length, BP_PDF_DEFLATE_LEVEL) != Z_OK)
    {
        g_byte_array_unref (packed);
        return NULL;
    }
    return g_byte_array_set_size (packed, (guint)packed_length);
}

/* An object of its own with a dictionary that ends before ">>" is added. */
static void write_stream_object (Save *save, unsigned number, const char *dictionary, const void *bytes, gsize length)
{
    set_place (save, number, (Place){ .kind = PLACE_OFFSET, .where = save->size });
    g_autofree char *head = g_strdup_printf ("%u 0 obj\n%s\nstream\n", number, dictionary);
    write_bytes (save, head, strlen (head));
    write_bytes (save, bytes, length);
    static const char tail[] = "\nendstream\nendobj\n";
    write_bytes (save, tail, sizeof tail - 1);
}

static void write_deflated (Save *save, unsigned number, const char *entries, const void *bytes, gsize length)
{
    g_autoptr (GByteArray) packed = deflate_bytes (bytes, length);
    if (packed == NULL)
    {
        note_status (save, HPDF_FAILD_TO_ALLOC_MEM);
        return;
    }
    g_autofree char *dictionary = g_strdup_printf ("<<%s/Filter/FlateDecode/Length %u>>", entries, packed->len);
    write_stream_object (save, number, dictionary, packed->data, packed->len);
}

/* ---- packed objects ---- */

static void close_packed (Save *save)
{
    if (save->packed_count == 0)
        return;
    g_autofree char *entries = g_strdup_printf ("/Type/ObjStm/N %u/First %zu", save->packed_count, save->numbers->len);
    g_string_append_len (save->numbers, save->text->str, (gssize)save->text->len);
    write_deflated (save, save->packed_number, entries, save->numbers->str, save->numbers->len);
    g_string_truncate (save->numbers, 0);
    g_string_truncate (save->text, 0);
    save->packed_count = 0;
}

/* Its body is what is appended to the text next. */
static void begin_packed (Save *save, unsigned number)
{
    if (save->packed_count == OBJECTS_PER_STREAM)
        close_packed (save);
    if (save->packed_count == 0)
        save->packed_number = bp_pdf_skip_numbers (save->document, 1);
    set_place (save, number, (Place){ .kind = PLACE_IN_STREAM, .where = save->packed_number, .index = save->packed_count });
    bp_append_unsigned (save->numbers, number);
    g_string_append_c (save->numbers, ' ');
    bp_append_unsigned (save->numbers, save->text->len);
    g_string_append_c (save->numbers, ' ');
    save->packed_count++;
}

static void pack_object (Save *save, void *object)
{
    begin_packed (save, bp_pdf_number_of (object));
    note_status (save, HPDF_Obj_WriteValue (object, save->sink, NULL));
    g_string_append_c (save->text, '\n');
}

static void pack_own_objects (Save *save, const BpPdfOwnObjects *own)
{
    unsigned index = 0;
    for (guint i = 0; i < own->runs->len; i++)
    {
        const BpPdfRun *run = &g_array_index (own->runs, BpPdfRun, i);
        for (unsigned j = 0; j < run->count; j++)
        {
            begin_packed (save, run->first + j);
            own->append_object (own->data, index++, save->text);
            g_string_append_c (save->text, '\n');
        }
    }
}

/* ---- streams of libharu ---- */

/* The length is written into the dictionary: libharu makes it an object of its own, as it knows it only afterwards. */
static void write_stream (Save *save, HPDF_Dict dict)
{
    HPDF_Stream data = dict->stream;
    g_autoptr (GString) dictionary = g_string_new (NULL);
    g_autoptr (GString) bytes = g_string_new (NULL);
    save->sink->attr = bytes;
    HPDF_STATUS status = HPDF_Stream_WriteToStream (data, save->sink, HPDF_STREAM_FILTER_NONE, NULL);
    g_autoptr (GByteArray) packed = NULL;
    if ((dict->filter & HPDF_STREAM_FILTER_FLATE_DECODE) != 0)
    {
        packed = deflate_bytes (bytes->str, bytes->len);
        HPDF_Dict_AddName (dict, "Filter", "FlateDecode");
        if (packed == NULL)
            status = HPDF_FAILD_TO_ALLOC_MEM;
    }
    const gsize length = packed != NULL ? packed->len : bytes->len;
    HPDF_Dict_AddNumber (dict, "Length", (HPDF_INT32)length);
    save->sink->attr = dictionary;
    dict->stream = NULL; /* writes the dictionary alone */
    if (status == HPDF_OK)
        status = HPDF_Dict_Write (dict, save->sink, NULL);
    dict->stream = data;
    save->sink->attr = save->text;
    note_status (save, status);
    if (status == HPDF_OK)
        write_stream_object (save, bp_pdf_number_of (dict), dictionary->str, packed != NULL ? (char *)packed->data : bytes->str, length);
}

/* Writing a font adds objects to the list. */
static void write_library_objects (Save *save)
{
    HPDF_List entries = save->document->xref->entries;
    for (HPDF_UINT i = 1; i < entries->count && save->status == HPDF_OK; i++)
    {
        HPDF_Dict object = ((HPDF_XrefEntry)HPDF_List_ItemAt (entries, i))->obj;
        const unsigned kind = object->header.obj_class & HPDF_OCLASS_ANY;
        if (kind == HPDF_OCLASS_DICT && object->stream != NULL)
            write_stream (save, object);
        else if (kind != HPDF_OCLASS_NUMBER) /* the lengths of streams */
            pack_object (save, object);
    }
}

/* ---- cross-references ---- */

static unsigned bytes_for (guint64 number)
{
    unsigned count = 1;
    for (; number > 0xFF; number >>= 8)
        count++;
    return count;
}

static void put_number (guint8 *to, guint64 number, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        to[i] = (guint8)(number >> 8 * (width - 1 - i));
}

/* Rows of three fields, each row as the difference to the one above (PNG's predictor "up"): packs to a few bits an object. */
static GByteArray *table_rows (const GArray *places, unsigned where_width, unsigned index_width)
{
    const unsigned width = 1 + where_width + index_width;
    guint8 row[32] = { 0 }, above[32] = { 0 };
    g_assert (width <= sizeof row);
    GByteArray *rows = g_byte_array_sized_new ((width + 1) * places->len);
    for (guint i = 0; i < places->len; i++)
    {
        const Place *place = &g_array_index (places, Place, i);
        put_number (row, place->kind, 1);
        put_number (row + 1, place->where, where_width);
        put_number (row + 1 + where_width, place->kind == PLACE_FREE ? 0xFFFF : place->index, index_width);
        guint8 difference[33] = { 2 };
        for (unsigned j = 0; j < width; j++)
            difference[1 + j] = (guint8)(row[j] - above[j]);
        g_byte_array_append (rows, difference, width + 1);
        memcpy (above, row, width);
    }
    return rows;
}

static void write_table (Save *save)
{
    const unsigned number = bp_pdf_skip_numbers (save->document, 1);
    const guint64 start = save->size;
    set_place (save, number, (Place){ .kind = PLACE_OFFSET, .where = start });
    const unsigned where_width = bytes_for (MAX (start, number)), index_width = 2;
    g_autoptr (GByteArray) rows = table_rows (save->places, where_width, index_width);
    g_autoptr (GChecksum) copy = g_checksum_copy (save->checksum);
    g_autofree char *digest = g_strndup (g_checksum_get_string (copy), DIGEST_CHARS);
    g_autoptr (GString) entries = g_string_new ("/Type/XRef");
    g_string_append_printf (entries, "/Size %u/Root %u 0 R", save->places->len, bp_pdf_number_of (save->document->catalog));
    if (save->document->info != NULL)
        g_string_append_printf (entries, "/Info %u 0 R", bp_pdf_number_of (save->document->info));
    g_string_append_printf (entries, "/ID[<%s><%s>]/W[1 %u %u]/DecodeParms<</Predictor 12/Columns %u>>", digest, digest, where_width,
                            index_width, 1 + where_width + index_width);
    write_deflated (save, number, entries->str, rows->data, rows->len);
    g_autofree char *end = g_strdup_printf ("startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", start);
    write_bytes (save, end, strlen (end));
}

/* ---- the file ---- */

static void write_file (Save *save, const BpPdfOwnObjects *own)
{
    static const char header[] = "%PDF-1.7\012%\267\276\255\252\012";
    write_bytes (save, header, sizeof header - 1);
    set_place (save, 0, (Place){ .kind = PLACE_FREE });
    write_library_objects (save);
    if (own->append_object != NULL && save->status == HPDF_OK)
        pack_own_objects (save, own);
    close_packed (save);
    write_table (save);
}

bool bp_pdf_save (HPDF_Doc document, const BpPdfOwnObjects *own, const char *path, HPDF_STATUS *status_out, GError **error)
{
    *status_out = HPDF_OK;
    g_autoptr (BpAtomicFile) file = bp_atomic_file_open (path, error);
    if (file == NULL)
        return false;
    g_autoptr (GString) text = g_string_new (NULL), numbers = g_string_new (NULL);
    g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (Place));
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    Save save = { .document = document, .text = text, .numbers = numbers, .places = places, .file = file, .checksum = checksum };
    save.sink = HPDF_CallbackWriter_New (document->mmgr, append_to_text, text);
    if (save.sink == NULL)
    {
        *status_out = HPDF_FAILD_TO_ALLOC_MEM;
        return false;
    }
    write_file (&save, own);
    save.sink->attr = NULL; /* ours, not the stream's to free */
    HPDF_Stream_Free (save.sink);
    if (save.status != HPDF_OK && save.status != HPDF_FILE_IO_ERROR)
    {
        *status_out = save.status;
        return false;
    }
    return bp_atomic_file_commit (file, error);
}
