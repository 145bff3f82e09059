#include "pack/sheets/sheet_cells.h"

#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/local_column.h"
#include "pack/release.h"
#include "pack/wording.h"

#include <string.h>

/* What people and spreadsheets write where there is nothing to say, and its shorthand; NULL: that of a blank cell. */
static const struct
{
    const char *word, *shorthand;
} nothings[] = {
    { "n/a", "[z]" },     { "na", "[z]" },     { "n.a.", "[z]" },     { "null", NULL },    { "nil", NULL },
    { "nan", NULL },      { "#n/a", NULL },    { "#null!", "[er]" },  { "#ref!", "[er]" }, { "#value!", "[er]" },
    { "#name?", "[er]" }, { "#num!", "[er]" }, { "#div/0!", "[er]" },
};

/* Whether a text is a dash, dots or the like, and no word. */
static bool is_bare_sign (const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
        if (g_utf8_strchr ("-–—*.…:~# ", -1, g_utf8_get_char (at)) == NULL)
            return false;
    return true;
}

/* The shorthand for a text that says nothing; NULL if it says something. */
static const char *shorthand_for (const char *text, const char *otherwise)
{
    if (text == NULL || is_bare_sign (text))
        return otherwise;
    for (gsize i = 0; i < G_N_ELEMENTS (nothings); i++)
        if (g_ascii_strcasecmp (text, nothings[i].word) == 0)
            return nothings[i].shorthand != NULL ? nothings[i].shorthand : otherwise;
    return bp_text_is_blank (text) ? otherwise : NULL;
}

BpValue bp_sheet_text (const BpBuild *build, const char *text, const char *otherwise)
{
    const char *shorthand = shorthand_for (text, otherwise);

    if (shorthand != NULL)
        return bp_value_shorthand (shorthand);
    return bp_value_text (bp_pack_text (build->pack, text));
}

BpValue bp_sheet_typed (const BpBuild *build, const char *text, const char *otherwise)
{
    if (text == NULL || bp_text_is_blank (text))
        return bp_value_shorthand (otherwise);
    return bp_value_text (bp_pack_raw_text (build->pack, text));
}

BpValue bp_sheet_date (BpDate date, const char *otherwise)
{
    return date != BP_DATE_NONE ? bp_value_date (date, BP_DATE_LONG) : bp_value_shorthand (otherwise);
}

BpValue bp_sheet_in_pack (const BpBuild *build, gconstpointer row)
{
    return bp_value_yes_no (g_hash_table_contains (build->printed, row));
}

BpValue bp_sheet_figure_in_pack (const BpBuild *build, const char *key)
{
    return bp_value_yes_no (g_hash_table_contains (build->figures, key));
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

    for (int c = 0; c < sheet->column_count;)
        if (g_strv_contains (titles, sheet->columns[c].title))
        {
            g_ptr_array_add (withheld, (gpointer)bp_words_lower_first (build->pack, sheet->columns[c].title));
            bp_sheet_remove_column (sheet, c);
        }
        else
            c++;
    bp_sheet_add_note (build, sheet, bp_pack_format (build->pack, "Not published: %s.", bp_words_joined (build->pack, withheld, 0)));
}

static BpSheetColumnType local_type (BpFieldType type)
{
    switch (type)
    {
    case BP_FIELD_NUMBER:
        return BP_SHEET_NUMBER;
    case BP_FIELD_DATE:
        return BP_SHEET_DATE;
    case BP_FIELD_TEXT:
    case BP_FIELD_YES_NO:
        return BP_SHEET_TEXT;
    }
    g_assert_not_reached ();
}

static bool has_column (const BpSheet *sheet, const char *title)
{
    g_autofree char *folded = bp_text_dup_folded (title);

    for (int i = 0; i < sheet->column_count; i++)
    {
        g_autofree char *other = bp_text_dup_folded (sheet->columns[i].title);
        if (strcmp (folded, other) == 0)
            return true;
    }
    return false;
}

/* Figures have a unit in their header: what the title says, else they are numbers. */
static const char *title_with_unit (const BpBuild *build, const BpLocalField *field)
{
    bool has_unit = strchr (field->title, '(') != NULL || strchr (field->title, '%') != NULL || strstr (field->title, "£") != NULL;

    return field->type == BP_FIELD_NUMBER && !has_unit ? bp_pack_format (build->pack, "%s (number)", field->title) : field->title;
}

/* A local column may be called as one of ours, or as another local one: header cells are unique. */
static const char *local_title (const BpBuild *build, const BpSheet *sheet, const BpLocalField *field)
{
    const char *own = title_with_unit (build, field);
    const char *title = own;

    if (has_column (sheet, title))
        title = bp_pack_format (build->pack, "%s (local)", own);
    for (int i = 2; has_column (sheet, title); i++)
        title = bp_pack_format (build->pack, "%s (local %d)", own, i);
    return title;
}

void bp_sheet_add_local_columns (const BpBuild *build, BpSheet *sheet, int table)
{
    const BpFieldSet *fields = &build->snapshot->programme->fields;
    int count = bp_local_count (build, table);
    int own = sheet->column_count;

    g_assert (bp_sheet_row_count (sheet) == 0);
    if (count < bp_field_set_count (fields, (BpTableId)table))
        bp_sheet_add_note (build, sheet, "Not published: the programme's own columns.");
    if (count == 0)
        return;
    BpSheetColumn *columns = bp_pack_alloc (build->pack, sizeof (BpSheetColumn) * (gsize)(own + count));
    memcpy (columns, sheet->columns, sizeof (BpSheetColumn) * (gsize)own);
    sheet->columns = columns;
    for (int i = 0; i < count; i++)
    {
        const BpLocalField *field = bp_field_set_get (fields, (BpTableId)table, i);
        columns[own + i] = (BpSheetColumn){ bp_pack_text (build->pack, local_title (build, sheet, field)), local_type (field->type), 18 };
        sheet->column_count++;
    }
}

void bp_sheet_fill_local (const BpBuild *build, const BpSheet *sheet, BpValue *cells, int table, const char *const *local, bool is_hidden)
{
    int count = bp_local_count (build, table);
    int first = sheet->column_count - count;

    for (int i = 0; i < count; i++)
    {
        bool is_typed = sheet->columns[first + i].type != BP_SHEET_TEXT;
        cells[first + i] = is_hidden ? bp_value_shorthand ("[c]") : bp_local_value (build, table, i, local);
        /* A column of figures or dates holds nothing else; the finding says what was typed. */
        if (is_typed && cells[first + i].kind == BP_VALUE_TEXT)
            cells[first + i] = bp_value_shorthand ("[er]");
    }
}

void bp_sheet_add_note (const BpBuild *build, BpSheet *sheet, const char *text)
{
    g_ptr_array_add (sheet->notes, (gpointer)bp_pack_text (build->pack, text));
}
