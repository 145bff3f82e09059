#include "pack/sheets/sheet_cells.h"

#include "base/text.h"
#include "pack/release.h"
#include "pack/wording.h"

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

void bp_sheet_withhold (const BpBuild *build, BpSheet *sheet, const char *const *titles)
{
    g_autoptr (GPtrArray) withheld = g_ptr_array_new ();
    int kept = 0;

    if (!bp_release_is_withholding (build->release))
        return;
    for (int c = 0; c < sheet->column_count; c++)
    {
        if (g_strv_contains (titles, sheet->columns[c].title))
        {
            g_ptr_array_add (withheld, (gpointer)bp_words_lower_first (build->pack, sheet->columns[c].title));
            continue;
        }
        for (guint r = 0; r < sheet->rows->len; r++)
        {
            BpValue *cells = g_array_index (sheet->rows, BpValue *, r);
            cells[kept] = cells[c];
        }
        sheet->columns[kept++] = sheet->columns[c];
    }
    sheet->column_count = kept;
    bp_sheet_add_note (build, sheet, bp_pack_format (build->pack, "Not published: %s.", bp_words_joined (build->pack, withheld, 0)));
}

void bp_sheet_add_note (const BpBuild *build, BpSheet *sheet, const char *text)
{
    g_ptr_array_add (sheet->notes, (gpointer)bp_pack_text (build->pack, text));
}
