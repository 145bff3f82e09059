#include "ingest/cell_formats.h"

#include "base/date.h"
#include "ingest/xml_part.h"

#include <math.h>
#include <string.h>

typedef struct
{
    BpCellFormats *formats;
    GHashTable *known;   /* number of a format → BpCellFormat, those of the workbook itself */
    bool is_cell_format; /* within <cellXfs> */
} FormatsReading;

/* The codes that every workbook has without spelling them out (ECMA-376, part 1, 18.8.30); those of dates in East Asian languages show a
 * day but for two. */
static const char *built_in_code (int number)
{
    switch (number)
    {
    case 2:
    case 4:
        return "0.00";
    case 9:
        return "0%";
    case 10:
        return "0.00%";
    case 14:
    case 15:
    case 16:
    case 22:
        return "d/m/yyyy";
    case 17:
        return "mmm-yy";
    case 18:
    case 19:
    case 20:
    case 21:
    case 45:
    case 46:
    case 47:
        return "h:mm";
    case 55:
    case 56:
        return "yyyy/m";
    default:
        return (number >= 27 && number <= 36) || (number >= 50 && number <= 58) ? "d/m/yyyy" : "General";
    }
}

/* What the first section of a code holds outside quotes, brackets and escapes. */
typedef struct
{
    bool has_day, has_month, has_year, has_time, has_percent;
    int decimals;
} CodeLetters;

static void take_letter (CodeLetters *letters, char letter)
{
    switch (g_ascii_tolower (letter))
    {
    case 'd':
        letters->has_day = true;
        break;
    case 'm':
        letters->has_month = true;
        break;
    case 'y':
        letters->has_year = true;
        break;
    case 'h':
    case 's':
        letters->has_time = true;
        break;
    case '%':
        letters->has_percent = true;
        break;
    default:
        break;
    }
}

/* [h], [mm], [ss]: time that has passed. */
static bool is_elapsed_time (const char *bracket)
{
    gsize length = strspn (bracket + 1, "hHmMsS");
    return length > 0 && bracket[1 + length] == ']';
}

static CodeLetters read_code (const char *code)
{
    CodeLetters letters = { 0 };
    for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
        if (*at == '"' || *at == '[')
        {
            letters.has_time |= *at == '[' && is_elapsed_time (at);
            const char *close = strchr (at + 1, *at == '"' ? '"' : ']');
            if (close == NULL)
                break;
            at = close;
        }
        else if (*at == '\\' || *at == '_' || *at == '*')
            at += at[1] != '\0';
        else if (*at == '.')
            letters.decimals = (int)MIN (strspn (at + 1, "0"), 15);
        else
            take_letter (&letters, *at);
    }
    return letters;
}

BpCellFormat bp_cell_format_from_code (const char *code)
{
    if (g_ascii_strcasecmp (code, "General") == 0 || g_utf8_strlen (code, -1) > BP_LIMIT_FORMAT_CODE_CHARS)
        return (BpCellFormat){ BP_CELL_NUMBER, 0 };
    CodeLetters letters = read_code (code);
    if (letters.has_day)
        return (BpCellFormat){ BP_CELL_DAY, 0 };
    if (letters.has_year)
        return (BpCellFormat){ letters.has_month ? BP_CELL_MONTH : BP_CELL_YEAR, 0 };
    if (letters.has_time)
        return (BpCellFormat){ BP_CELL_TIME, 0 };
    if (letters.has_month)
        return (BpCellFormat){ BP_CELL_DAY, 0 };
    if (letters.has_percent)
        return (BpCellFormat){ BP_CELL_PERCENT, 0 };
    return (BpCellFormat){ BP_CELL_NUMBER, letters.decimals };
}

static void take_cell_format (FormatsReading *reading, const char **attributes)
{
    const char *number = bp_xml_attribute (attributes, "numFmtId");
    int id = number != NULL ? (int)g_ascii_strtoll (number, NULL, 10) : 0;
    const BpCellFormat *known = g_hash_table_lookup (reading->known, GINT_TO_POINTER (id));
    BpCellFormat format = known != NULL ? *known : bp_cell_format_from_code (built_in_code (id));
    g_array_append_val (reading->formats->formats, format);
}

static void start_element (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    (void)xml;
    FormatsReading *reading = data;
    if (strcmp (element, "numFmt") == 0 && !reading->is_cell_format)
    {
        const char *id = bp_xml_attribute (attributes, "numFmtId"), *code = bp_xml_attribute (attributes, "formatCode");
        if (id != NULL && code != NULL)
        {
            const BpCellFormat format = bp_cell_format_from_code (code);
            g_hash_table_insert (reading->known, GINT_TO_POINTER ((int)g_ascii_strtoll (id, NULL, 10)), g_memdup2 (&format, sizeof format));
        }
    }
    else if (strcmp (element, "cellXfs") == 0)
        reading->is_cell_format = true;
    else if (strcmp (element, "xf") == 0 && reading->is_cell_format)
        take_cell_format (reading, attributes);
}

static void end_element (BpXmlPart *xml, const char *element, void *data)
{
    (void)xml;
    FormatsReading *reading = data;
    if (strcmp (element, "cellXfs") == 0)
        reading->is_cell_format = false;
}

bool bp_cell_formats_read (BpCellFormats *formats, const BpOfficePackage *package, const char *part, GError **error)
{
    static const BpXmlHandlers handlers = { start_element, end_element, NULL };
    formats->formats = g_array_new (FALSE, FALSE, sizeof (BpCellFormat));
    g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    FormatsReading reading = { .formats = formats, .known = known };
    return part == NULL || bp_xml_part_read (package, part, BP_LIMIT_PART_BYTES, &handlers, &reading, error);
}

void bp_cell_formats_clear (BpCellFormats *formats)
{
    g_clear_pointer (&formats->formats, g_array_unref);
}

/* Fifteen digits, as a spreadsheet shows them: 0.1 + 0.2 is 0.3. Without an exponent, unless there would be nothing but noughts. */
static void append_number (GString *text, double number, int decimals)
{
    gsize start = text->len;
    char digits[400];
    g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.15g", number));
    if (strchr (text->str + start, 'e') != NULL && fabs (number) > 1e-9)
    {
        bool is_small = fabs (number) < 1;
        g_string_truncate (text, start);
        g_string_append (text, g_ascii_formatd (digits, sizeof digits, is_small ? "%.20f" : "%.0f", number));
        while (is_small && text->str[text->len - 1] == '0')
            g_string_truncate (text, text->len - 1);
    }
    const char *point = strchr (text->str + start, '.');
    int shown = point != NULL ? (int)strlen (point + 1) : 0;
    if (shown < decimals && shown == 0)
        g_string_append_c (text, '.');
    for (; shown < decimals; shown++)
        g_string_append_c (text, '0');
}

/* Days since the epoch of the workbook. That of 1900 holds a 29 February 1900 that never was: day 60. */
static BpDate date_of (double days, bool is_1904)
{
    if (!(days >= 1 && days < 200000))
        return BP_DATE_NONE;
    int whole = (int)floor (days);
    if (is_1904)
        return bp_date_new (1904, 1, 1) + whole;
    if (whole == 60)
        return BP_DATE_NONE;
    return bp_date_new (1900, 1, 1) + whole - (whole < 60 ? 1 : 2);
}

static bool append_date (GString *text, double days, bool is_1904, BpCellKind kind)
{
    BpDate date = date_of (days, is_1904);
    int year, month, day;
    if (date == BP_DATE_NONE)
        return false;
    bp_date_split (date, &year, &month, &day);
    if (bp_date_new (year, month, day) == BP_DATE_NONE)
        return false;
    g_autofree char *shown = kind == BP_CELL_YEAR ? g_strdup_printf ("%d", year)
                                                  : bp_date_dup_text (date, kind == BP_CELL_MONTH ? BP_DATE_MONTH : BP_DATE_ISO);
    g_string_append (text, shown);
    return true;
}

static void append_time (GString *text, double days)
{
    double minutes = floor ((days - floor (days)) * 24 * 60 + 0.5);
    g_string_append_printf (text, "%02d:%02d", (int)(minutes / 60) % 24, (int)minutes % 60);
}

bool bp_cell_formats_append (const BpCellFormats *formats, guint style, double number, GString *text)
{
    BpCellFormat format = { BP_CELL_NUMBER, 0 };
    if (style < formats->formats->len)
        format = g_array_index (formats->formats, BpCellFormat, style);
    switch (format.kind)
    {
    case BP_CELL_PERCENT:
        append_number (text, number * 100, 0);
        g_string_append_c (text, '%');
        return true;
    case BP_CELL_DAY:
    case BP_CELL_MONTH:
    case BP_CELL_YEAR:
        if (append_date (text, number, formats->is_1904, format.kind))
            return true;
        append_number (text, number, 0);
        return false;
    case BP_CELL_TIME:
        append_time (text, number);
        return true;
    case BP_CELL_NUMBER:
        break;
    }
    append_number (text, number, format.decimals);
    return true;
}
