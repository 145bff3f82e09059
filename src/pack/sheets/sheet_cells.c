#include "pack/sheets/sheet_cells.h"

#include "base/text.h"

BpValue bp_sheet_text (const BpBuild *build, const char *text, const char *otherwise)
{
    if (text == NULL || bp_text_is_blank (text))
        return bp_value_shorthand (otherwise);
    return bp_value_text (bp_pack_text (build->pack, text));
}

BpValue bp_sheet_date (BpDate date, const char *otherwise)
{
    return date != BP_DATE_NONE ? bp_value_date (date, BP_DATE_LONG) : bp_value_shorthand (otherwise);
}

BpValue bp_sheet_in_pack (const BpBuild *build, gconstpointer row)
{
    return bp_value_yes_no (g_hash_table_contains (build->printed, row));
}

BpValue bp_sheet_figure (const BpBuild *build, BpValue value, const char *format, ...)
{
    va_list arguments;

    va_start (arguments, format);
    char *key = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    return bp_value_with_figure (value, bp_pack_take (build->pack, key));
}

void bp_sheet_add_note (const BpBuild *build, BpSheet *sheet, const char *text)
{
    g_ptr_array_add (sheet->notes, (gpointer)bp_pack_text (build->pack, text));
}
