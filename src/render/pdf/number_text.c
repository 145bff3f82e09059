#include "render/pdf/number_text.h"

void bp_append_unsigned (GString *out, guint64 number)
{
    char digits[20];
    gsize start = sizeof digits;
    do
        digits[--start] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    g_string_append_len (out, digits + start, (gssize)(sizeof digits - start));
}

void bp_append_reference (GString *out, unsigned object)
{
    bp_append_unsigned (out, object);
    g_string_append_len (out, " 0 R", 4);
}
