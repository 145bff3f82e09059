#include "app/undrawn_findings.h"

#include "base/text.h"

#include <string.h>

#define MOST_NAMED 4
#define EXCERPT_CHARS 60

/* Graphemes that some pack could not draw, each once, in the order in which they came up. */
typedef struct
{
    GPtrArray *parts;  /* of const BpUndrawnPart *, borrowed */
    GHashTable *found; /* their characters, of those that stand in a cell */
} Catalogue;

/* 'U+1F600 GRINNING FACE; U+1F680 ROCKET (drawn as "□")' of those parts that is_wanted says; what became of a part stands behind the last
 * of those that it became of. Caller frees; NULL if there are none. */
static char *dup_names (const GPtrArray *parts, bool (*is_wanted) (const BpUndrawnPart *part, void *data), void *data)
{
    GString *names = g_string_new (NULL);
    const char *fate = NULL;
    int count = 0;
    for (guint i = 0; i < parts->len; i++)
    {
        const BpUndrawnPart *part = g_ptr_array_index (parts, i);
        if (!is_wanted (part, data) || ++count > MOST_NAMED)
            continue;
        if (fate != NULL && !g_str_equal (fate, part->fate))
            g_string_append_printf (names, " (%s)", fate);
        g_string_append_printf (names, "%s%s", count > 1 ? "; " : "", part->name);
        fate = part->fate;
    }
    if (count > 0)
        g_string_append_printf (names, " (%s)", fate);
    if (count > MOST_NAMED)
        g_string_append_printf (names, " and %d more", count - MOST_NAMED);
    return g_string_free (names, count == 0);
}

static void add_finding (BpFindingList *findings, BpSource source, const char *value, const char *where, const char *names,
                         const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *line = bp_text_dup_cleaned (valid);
    g_autofree char *excerpt = bp_text_dup_shortened (line, EXCERPT_CHARS);
    bp_finding_list_add (findings, BP_FINDING_GLYPH_MISSING, source, value, "%sThe font cannot draw %s in \"%s\".", where, names, excerpt);
}

/* ---- cells ---- */

typedef struct
{
    const Catalogue *catalogue;
    const char *text;
} CellSearch;

static bool stands_in_cell (const BpUndrawnPart *part, void *data)
{
    const CellSearch *search = data;
    if (strstr (search->text, part->characters) == NULL)
        return false;
    g_hash_table_add (search->catalogue->found, part->characters);
    return true;
}

static const char *column_name (const BpTableSet *tables, BpTableId table, int column)
{
    const BpTableDef *def = bp_table_get (table);
    const int own = bp_table_column_count (def);
    return column < own ? def->columns[column].name : bp_field_set_get (tables->fields, table, column - own)->column;
}

static void search_cell (const Catalogue *catalogue, const BpTableSet *tables, BpTableId table, const BpRecord *record, int column,
                         BpFindingList *findings)
{
    const char *cell = record->cells[column];
    g_autofree char *composed = g_str_is_ascii (cell) ? NULL : g_utf8_normalize (cell, -1, G_NORMALIZE_NFC);
    CellSearch search = { catalogue, composed != NULL ? composed : cell };
    g_autofree char *names = dup_names (catalogue->parts, stands_in_cell, &search);
    if (names == NULL)
        return;
    const BpSource source = { g_intern_string (record->file), record->sheet == NULL ? NULL : g_intern_string (record->sheet), record->row,
                              column_name (tables, table, column) };
    add_finding (findings, source, cell, "", names, cell);
}

static void search_cells (const Catalogue *catalogue, const BpTableSet *tables, BpFindingList *findings)
{
    for (int table = 0; table < BP_TABLE_COUNT; table++)
    {
        const GArray *records = tables->tables[table].records;
        const int width = bp_table_set_width (tables, (BpTableId)table);
        for (guint i = 0; i < records->len; i++)
            for (int column = 0; column < width; column++)
                search_cell (catalogue, tables, (BpTableId)table, &g_array_index (records, BpRecord, i), column, findings);
    }
}

/* ---- texts ---- */

static bool stands_in_no_cell (const BpUndrawnPart *part, void *data)
{
    return !g_hash_table_contains (((const Catalogue *)data)->found, part->characters);
}

static void add_other_texts (const BpPackOutput *output, Catalogue *catalogue, BpFindingList *findings)
{
    g_autofree char *name = g_path_get_basename (output->path);
    for (guint i = 0; i < output->report.undrawn->len; i++)
    {
        const BpUndrawnText *text = g_ptr_array_index (output->report.undrawn, i);
        g_autofree char *names = dup_names (text->parts, stands_in_no_cell, catalogue);
        if (names == NULL)
            continue;
        g_autofree char *where = text->place == NULL ? g_strdup_printf ("%s, headers and footers: ", name)
                                                     : g_strdup_printf ("%s, section '%s': ", name, text->place);
        add_finding (findings, (BpSource){ .file = NULL }, NULL, where, names, text->text);
    }
}

static void gather_parts (const BpPackOutput *output, Catalogue *catalogue, GHashTable *known)
{
    for (guint i = 0; i < output->report.undrawn->len; i++)
    {
        const BpUndrawnText *text = g_ptr_array_index (output->report.undrawn, i);
        for (guint j = 0; j < text->parts->len; j++)
        {
            const BpUndrawnPart *part = g_ptr_array_index (text->parts, j);
            if (g_hash_table_add (known, part->characters))
                g_ptr_array_add (catalogue->parts, (gpointer)part);
        }
    }
}

bool bp_undrawn_findings_are_due (const GPtrArray *packs)
{
    for (guint i = 0; i < packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
            if (((const BpPackOutput *)g_ptr_array_index (pack->outputs, j))->report.undrawn->len > 0)
                return true;
    }
    return false;
}

void bp_undrawn_findings_add (const GPtrArray *packs, const BpTableSet *tables, BpFindingList *findings)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new ();
    g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal), found = g_hash_table_new (g_str_hash, g_str_equal);
    Catalogue catalogue = { parts, found };
    for (guint i = 0; i < packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
            gather_parts (g_ptr_array_index (pack->outputs, j), &catalogue, known);
    }
    search_cells (&catalogue, tables, findings);
    for (guint i = 0; i < packs->len; i++)
    {
        const BpForumPack *pack = g_ptr_array_index (packs, i);
        for (guint j = 0; j < pack->outputs->len; j++)
            add_other_texts (g_ptr_array_index (pack->outputs, j), &catalogue, findings);
    }
}
