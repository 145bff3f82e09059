#include "ingest/sheet_reader.h"

#include "ingest/xml_part.h"

#include <math.h>
#include <string.h>

typedef enum
{
    CELL_NUMBER,
    CELL_SHARED,
    CELL_TEXT, /* the text of a formula */
    CELL_INLINE,
    CELL_BOOLEAN,
    CELL_ERROR,
    CELL_ISO_DATE
} CellType;

struct BpSheetReader
{
    const BpWorkbook *workbook;
    const BpWorkbookSheet *sheet;
    BpXmlPart *xml;
    BpSheetRemarks remarks;

    int row; /* the one being read; 0: none yet */
    bool is_row_hidden;
    bool has_content;  /* a cell of the row is not empty */
    int more_column;   /* of the first cell beyond the kept ones that is not blank; 0: none is */
    int last_column;   /* that holds something */
    int hidden_up_to;  /* columns up to this one have been looked at */
    GArray *cells;     /* of BpTextCell */
    GArray *offsets;   /* of gsize: where a cell's text stands in row_text; G_MAXSIZE: it is a shared one */
    GString *row_text; /* texts that are not shared */

    int column; /* 1-based; of the cell being read, or of the last one */
    CellType type;
    guint style;
    bool has_formula, takes_text;
    int reading_aids;
    GString *value;
};

static void remark (BpSheetRemark *kind, int row, const char *place)
{
    if (kind->count++ > 0)
        return;
    kind->row = row;
    g_strlcpy (kind->place, place, sizeof kind->place);
}

static void name_cell (const BpSheetReader *reader, char *name, gsize size)
{
    char column[8];
    bp_column_name (reader->column, column);
    g_snprintf (name, (gulong)size, "%s%d", column, reader->row);
}

static void remark_cell (BpSheetReader *reader, BpSheetRemark *kind)
{
    char name[16];
    name_cell (reader, name, sizeof name);
    remark (kind, reader->row, name);
}

static void refuse_cell (BpSheetReader *reader, const char *reason)
{
    char name[16];
    name_cell (reader, name, sizeof name);
    bp_xml_part_refuse (reader->xml, "sheet %s, cell %s: %s", reader->sheet->name, name, reason);
}

/* Digits alone, up to max; 0 otherwise. */
static int parse_index (const char *text, int max)
{
    gint64 value = 0;
    if (text[0] == '\0')
        return 0;
    for (; *text != '\0'; text++)
    {
        if (!g_ascii_isdigit (*text))
            return 0;
        value = value * 10 + (*text - '0');
        if (value > max)
            return 0;
    }
    return (int)value;
}

static void start_row (BpSheetReader *reader, const char **attributes)
{
    const char *typed = bp_xml_attribute (attributes, "r");
    int row = typed != NULL ? parse_index (typed, BP_LIMIT_ROW) : reader->row + 1;
    if (row <= reader->row || row > BP_LIMIT_ROW)
    {
        bp_xml_part_refuse (reader->xml, "sheet %s: row \"%.20s\" after row %d", reader->sheet->name, typed != NULL ? typed : "",
                            reader->row);
        return;
    }
    reader->row = row;
    reader->column = 0;
    reader->has_content = false;
    reader->more_column = reader->last_column = 0;
    reader->is_row_hidden = bp_xml_attribute_is_true (attributes, "hidden");
    g_array_set_size (reader->cells, 0);
    g_array_set_size (reader->offsets, 0);
    g_string_truncate (reader->row_text, 0);
}

static int column_of (const BpSheetReader *reader, const char *reference)
{
    int column = 0;
    gsize letters = 0;
    for (; g_ascii_isalpha (reference[letters]) && letters < 4; letters++)
        column = column * 26 + g_ascii_toupper (reference[letters]) - 'A' + 1;
    return letters <= 3 && parse_index (reference + letters, BP_LIMIT_ROW) == reader->row ? column : 0;
}

static CellType type_of (const char *name)
{
    static const struct
    {
        const char *name;
        CellType type;
    } types[] = { { "s", CELL_SHARED },  { "str", CELL_TEXT }, { "inlineStr", CELL_INLINE },
                  { "b", CELL_BOOLEAN }, { "e", CELL_ERROR },  { "d", CELL_ISO_DATE } };
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (types); i++)
        if (strcmp (types[i].name, name) == 0)
            return types[i].type;
    return CELL_NUMBER;
}

static void start_cell (BpSheetReader *reader, const char **attributes)
{
    const char *reference = bp_xml_attribute (attributes, "r"), *style = bp_xml_attribute (attributes, "s");
    const int format_count = (int)reader->workbook->formats.formats->len;
    int column = reference != NULL ? column_of (reader, reference) : reader->column + 1;
    if (reader->row == 0 || column <= reader->column || column > BP_LIMIT_COLUMN)
    {
        bp_xml_part_refuse (reader->xml, "sheet %s, row %d: the cell \"%.20s\" is out of place", reader->sheet->name, reader->row,
                            reference != NULL ? reference : "");
        return;
    }
    reader->column = column;
    reader->type = type_of (bp_xml_attribute (attributes, "t"));
    /* one too many is out of the list, and so is what is no number */
    reader->style = style == NULL || strcmp (style, "0") == 0 ? 0 : (guint)parse_index (style, format_count);
    reader->has_formula = false;
    g_string_truncate (reader->value, 0);
    const bool is_none = style != NULL && ((reader->style == 0 && strcmp (style, "0") != 0) || (int)reader->style >= format_count);
    if (is_none && format_count > 0)
        refuse_cell (reader, "it names a format that there is not");
}

static void keep_cell (BpSheetReader *reader, const BpTextCell *cell, gsize offset)
{
    if (cell->length == 0)
        return;
    reader->has_content = true;
    if (reader->column > BP_TEXT_ROW_KEPT_CELLS)
    {
        if (bp_text_cell_is_blank (cell))
            return;
        reader->last_column = reader->column;
        if (reader->more_column == 0)
            reader->more_column = reader->column;
        return;
    }
    reader->last_column = reader->column;
    static const BpTextCell blank = { .text = "", .is_literal = true };
    const gsize shared = G_MAXSIZE;
    while (reader->cells->len + 1 < (guint)reader->column)
    {
        g_array_append_val (reader->cells, blank);
        g_array_append_val (reader->offsets, shared);
    }
    g_array_append_vals (reader->cells, cell, 1);
    g_array_append_val (reader->offsets, offset);
}

static void keep_shared (BpSheetReader *reader)
{
    const BpSharedStrings *strings = &reader->workbook->strings;
    char *end;
    guint64 index = g_ascii_strtoull (reader->value->str, &end, 10);
    if (end == reader->value->str || *end != '\0' || index >= bp_shared_strings_count (strings))
    {
        g_autofree char *reason = g_strdup_printf ("it names text %.20s of %u", reader->value->str, bp_shared_strings_count (strings));
        refuse_cell (reader, reason);
        return;
    }
    BpTextCell cell = { .is_literal = true, .shared = (guint)index + 1 };
    cell.text = bp_shared_strings_get (strings, (guint)index, &cell.length);
    if (cell.length > BP_LIMIT_VALUE_BYTES)
    {
        cell.length = BP_LIMIT_VALUE_BYTES;
        while ((cell.text[cell.length] & 0xc0) == 0x80)
            cell.length--; /* to where a character starts */
    }
    keep_cell (reader, &cell, G_MAXSIZE);
}

static void append_number (BpSheetReader *reader)
{
    const char *typed = reader->value->str;
    char *end;
    bool is_number = typed[0] != '\0' && typed[strspn (typed, "0123456789+-.eE")] == '\0';
    double number = is_number ? g_ascii_strtod (typed, &end) : 0;
    if (!is_number || *end != '\0' || !isfinite (number))
        g_string_append (reader->row_text, typed);
    else if (!bp_cell_formats_append (&reader->workbook->formats, reader->style, number, reader->row_text))
        remark_cell (reader, &reader->remarks.unreadable_dates);
}

static void append_value (BpSheetReader *reader)
{
    GString *text = reader->row_text;
    gsize start = text->len;
    switch (reader->type)
    {
    case CELL_BOOLEAN:
        g_string_append (text, strcmp (reader->value->str, "1") == 0   ? "TRUE"
                               : strcmp (reader->value->str, "0") == 0 ? "FALSE"
                                                                       : reader->value->str);
        break;
    case CELL_ERROR:
        remark_cell (reader, &reader->remarks.errors);
        g_string_append (text, reader->value->str);
        break;
    case CELL_ISO_DATE:
        g_string_append_len (text, reader->value->str, (gssize)strcspn (reader->value->str, "T"));
        break;
    case CELL_TEXT:
    case CELL_INLINE:
        g_string_append_len (text, reader->value->str, (gssize)reader->value->len);
        bp_office_text_decode (text, start);
        break;
    case CELL_NUMBER:
    case CELL_SHARED:
        append_number (reader);
        break;
    }
}

static void end_cell (BpSheetReader *reader)
{
    if (reader->value->len == 0)
    {
        if (reader->has_formula && reader->type != CELL_TEXT)
            remark_cell (reader, &reader->remarks.unsaved_formulas);
        return;
    }
    if (reader->type == CELL_SHARED)
    {
        keep_shared (reader);
        return;
    }
    gsize offset = reader->row_text->len;
    if (offset > BP_LIMIT_ROW_BYTES)
    {
        refuse_cell (reader, "its row is larger than any that is read");
        return;
    }
    append_value (reader);
    BpTextCell cell = { .text = reader->row_text->str + offset, .length = reader->row_text->len - offset, .is_literal = true };
    keep_cell (reader, &cell, offset);
}

static void take_columns (BpSheetReader *reader, const char **attributes)
{
    const char *min = bp_xml_attribute (attributes, "min"), *max = bp_xml_attribute (attributes, "max");
    int first = min != NULL ? parse_index (min, BP_LIMIT_COLUMN) : 0, last = max != NULL ? parse_index (max, BP_LIMIT_COLUMN) : 0;
    /* hidden up to the right edge: the empty rest of the sheet */
    if (!bp_xml_attribute_is_true (attributes, "hidden") || first == 0 || last < first || last == BP_LIMIT_COLUMN)
        return;
    char name[8];
    bp_column_name (first, name);
    /* they come in their order; one that is named again is hidden once */
    const int count = last - MAX (first - 1, reader->hidden_up_to);
    if (count <= 0)
        return;
    reader->hidden_up_to = last;
    remark (&reader->remarks.hidden_columns, 0, name);
    reader->remarks.hidden_columns.count += count - 1;
}

static void start_element (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    (void)xml;
    BpSheetReader *reader = data;
    if (strcmp (element, "c") == 0)
        start_cell (reader, attributes);
    else if (strcmp (element, "v") == 0 || strcmp (element, "t") == 0)
        reader->takes_text = reader->reading_aids == 0;
    else if (strcmp (element, "f") == 0)
        reader->has_formula = true;
    else if (strcmp (element, "row") == 0)
        start_row (reader, attributes);
    else if (strcmp (element, "rPh") == 0)
        reader->reading_aids++;
    else if (strcmp (element, "col") == 0)
        take_columns (reader, attributes);
    else if (strcmp (element, "mergeCell") == 0)
    {
        const char *range = bp_xml_attribute (attributes, "ref");
        remark (&reader->remarks.merged, 0, range != NULL ? range : "");
    }
}

static void end_element (BpXmlPart *xml, const char *element, void *data)
{
    BpSheetReader *reader = data;
    if (strcmp (element, "v") == 0 || strcmp (element, "t") == 0)
        reader->takes_text = false;
    else if (strcmp (element, "c") == 0)
        end_cell (reader);
    else if (strcmp (element, "rPh") == 0)
        reader->reading_aids--;
    else if (strcmp (element, "row") == 0 && reader->has_content)
        bp_xml_part_pause (xml);
}

static void take_text (BpXmlPart *xml, const char *text, int length, void *data)
{
    (void)xml;
    BpSheetReader *reader = data;
    if (reader->takes_text && reader->value->len < BP_LIMIT_VALUE_BYTES)
        g_string_append_len (reader->value, text, length);
}

BpSheetReader *bp_sheet_reader_open (const BpWorkbook *workbook, const BpWorkbookSheet *sheet, GError **error)
{
    static const BpXmlHandlers handlers = { start_element, end_element, take_text };
    BpOfficePart *part = bp_office_part_open (workbook->package, sheet->part, BP_LIMIT_SHEET_BYTES, error);
    if (part == NULL)
        return NULL;
    BpSheetReader *reader = g_new0 (BpSheetReader, 1);
    reader->workbook = workbook;
    reader->sheet = sheet;
    reader->cells = g_array_new (FALSE, FALSE, sizeof (BpTextCell));
    reader->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
    reader->row_text = g_string_new (NULL);
    reader->value = g_string_new (NULL);
    reader->xml = bp_xml_part_new (part, &handlers, reader);
    return reader;
}

void bp_sheet_reader_free (BpSheetReader *reader)
{
    if (reader == NULL)
        return;
    bp_xml_part_free (reader->xml);
    g_array_unref (reader->cells);
    g_array_unref (reader->offsets);
    g_string_free (reader->row_text, TRUE);
    g_string_free (reader->value, TRUE);
    g_free (reader);
}

bool bp_sheet_reader_next (BpSheetReader *reader, int width, BpTextRow *row_out, GError **error)
{
    if (bp_xml_part_parse (reader->xml, error) != BP_XML_PAUSED)
        return false;
    /* row_text may have moved while the row was read */
    BpTextCell *cells = (BpTextCell *)(void *)reader->cells->data;
    gsize length = 0;
    for (guint i = 0; i < reader->cells->len; i++)
    {
        gsize offset = g_array_index (reader->offsets, gsize, i);
        if (offset != G_MAXSIZE)
            cells[i].text = reader->row_text->str + offset;
        length += cells[i].length;
    }
    if (!bp_office_package_take_text (reader->workbook->package, length))
        return bp_office_package_distrust (reader->workbook->package, error,
                                           "its cells hold more than %d MB of text; split it, or delete what is not needed",
                                           (int)(BP_LIMIT_TEXT_BYTES / BP_LIMIT_MB));
    if (reader->is_row_hidden)
    {
        g_autofree char *place = g_strdup_printf ("row %d", reader->row);
        remark (&reader->remarks.hidden_rows, reader->row, place);
    }
    int count = (int)reader->cells->len;
    *row_out = (BpTextRow){ .cells = cells,
                            .kept_count = count,
                            .cell_count = MAX (reader->last_column, width),
                            .has_more = reader->more_column > 0,
                            .more_column = reader->more_column,
                            .length = length,
                            .line = reader->row,
                            .line_count = 1 };
    return true;
}

const BpSheetRemarks *bp_sheet_reader_remarks (const BpSheetReader *reader)
{
    return &reader->remarks;
}
