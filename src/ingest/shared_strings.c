#include "ingest/shared_strings.h"

#include "ingest/xml_part.h"

#include <string.h>

typedef struct
{
    BpSharedStrings *strings;
    bool is_text;     /* within <t> */
    int reading_aids; /* within <rPh>: how the text is spoken, not what it says */
} StringsReading;

static void start_element (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    (void)xml, (void)attributes;
    StringsReading *reading = data;
    if (strcmp (element, "rPh") == 0)
        reading->reading_aids++;
    else if (strcmp (element, "t") == 0)
        reading->is_text = reading->reading_aids == 0;
}

static void end_element (BpXmlPart *xml, const char *element, void *data)
{
    StringsReading *reading = data;
    BpSharedStrings *strings = reading->strings;
    if (strcmp (element, "rPh") == 0)
        reading->reading_aids--;
    else if (strcmp (element, "t") == 0)
        reading->is_text = false;
    else if (strcmp (element, "si") == 0 && strings->starts->len > BP_LIMIT_STRINGS)
        bp_xml_part_refuse (xml, "it has more than %d texts", BP_LIMIT_STRINGS);
    else if (strcmp (element, "si") == 0)
    {
        bp_office_text_decode (strings->text, g_array_index (strings->starts, gsize, strings->starts->len - 1));
        g_array_append_val (strings->starts, strings->text->len);
    }
}

static void take_text (BpXmlPart *xml, const char *text, int length, void *data)
{
    (void)xml;
    const StringsReading *reading = data;
    if (reading->is_text)
        g_string_append_len (reading->strings->text, text, length);
}

bool bp_shared_strings_read (BpSharedStrings *strings, const BpOfficePackage *package, const char *part, GError **error)
{
    static const BpXmlHandlers handlers = { start_element, end_element, take_text };
    gsize start = 0;
    strings->text = g_string_new (NULL);
    strings->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
    g_array_append_val (strings->starts, start);
    StringsReading reading = { .strings = strings };
    return part == NULL || bp_xml_part_read (package, part, BP_LIMIT_STRINGS_BYTES, &handlers, &reading, error);
}

void bp_shared_strings_clear (BpSharedStrings *strings)
{
    if (strings->text != NULL)
        g_string_free (strings->text, TRUE);
    g_clear_pointer (&strings->starts, g_array_unref);
    strings->text = NULL;
}

guint bp_shared_strings_count (const BpSharedStrings *strings)
{
    return strings->starts->len - 1;
}

const char *bp_shared_strings_get (const BpSharedStrings *strings, guint index, gsize *length_out)
{
    gsize start = g_array_index (strings->starts, gsize, index);
    *length_out = g_array_index (strings->starts, gsize, index + 1) - start;
    return strings->text->str + start;
}

/* The character of `_xHHHH_` at text; 0 if that is not what stands there. */
static gunichar escaped_character (const char *text, gsize length)
{
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return 0;
    gunichar value = 0;
    for (int i = 2; i < 6; i++)
    {
        int digit = g_ascii_xdigit_value (text[i]);
        if (digit < 0)
            return 0;
        value = value * 16 + (gunichar)digit;
    }
    bool is_text = value >= ' ' || value == '\t' || value == '\n' || value == '\r';
    return is_text && g_unichar_validate (value) ? value : 0;
}

void bp_office_text_decode (GString *text, gsize start)
{
    if (memchr (text->str + start, '_', text->len - start) == NULL && memchr (text->str + start, '\r', text->len - start) == NULL)
        return;
    /* what is written is never longer than what has been read */
    gsize to = start;
    for (gsize from = start; from < text->len;)
    {
        char bytes[6] = { text->str[from] };
        int count = 1;
        gsize step = 1;
        gunichar character = escaped_character (text->str + from, text->len - from);
        if (character != 0)
        {
            count = g_unichar_to_utf8 (character, bytes);
            step = 7;
        }
        from += step;
        if (count == 1 && bytes[0] == '\r')
        {
            if (from < text->len && text->str[from] == '\n')
                from++;
            else if (escaped_character (text->str + from, text->len - from) == '\n')
                from += 7;
            bytes[0] = '\n';
        }
        memcpy (text->str + to, bytes, (gsize)count);
        to += (gsize)count;
    }
    g_string_truncate (text, to);
}
