#ifndef BP_TESTS_SUPPORT_PACK_BUILDER_FIXTURE_H
#define BP_TESTS_SUPPORT_PACK_BUILDER_FIXTURE_H

#include "pack/pack_builder.h"
#include "support/table_builder.h"

#include <string.h>

/* A programme in memory, a layout written as in a template, and the pack that they make. Tests include table_builder.c before this. */

static const char *const fixture_reasons[]
    = { "off-track", "at-risk", "no-update", "undated", "overdue", "unapproved-move", "disagrees", NULL };

typedef struct
{
    BpProgramme programme;
    BpTableSet *set;
    BpSnapshot *snapshot;
    BpForum forum;
    BpReportLayout *layout;
    BpPack *pack;
} PackFixture;

static inline void pack_fixture_init (PackFixture *fixture)
{
    static const char *const none[] = { NULL };
    *fixture = (PackFixture){ .programme = table_builder_programme () };
    fixture->programme.rules.exception_reasons = fixture_reasons;
    fixture->set = bp_table_set_new (&fixture->programme.fields);
    fixture->forum = (BpForum){ .id = "board",
                                .name = "The Board",
                                .short_name = "Board",
                                .aliases = none,
                                .parents = none,
                                .advises = none,
                                .marking = "OFFICIAL",
                                .audience = BP_AUDIENCE_INTERNAL,
                                .valid_from = BP_DATE_NONE,
                                .valid_to = BP_DATE_NONE };
    fixture->layout = bp_report_layout_new ("report-templates/board.ini");
    fixture->layout->period = "term";
}

/* A section of the layout: its type, then options as "key = value". */
static inline void pack_fixture_add_section (PackFixture *fixture, const char *id, const char *type, ...)
{
    BpSectionLayout *section = g_new0 (BpSectionLayout, 1);
    section->id = g_string_chunk_insert (fixture->layout->strings, id);
    section->type = g_string_chunk_insert (fixture->layout->strings, type);
    section->options = g_hash_table_new (g_str_hash, g_str_equal);
    va_list options;
    va_start (options, type);
    for (const char *option = va_arg (options, const char *); option != NULL; option = va_arg (options, const char *))
    {
        g_auto (GStrv) halves = g_strsplit (option, " = ", 2);
        g_hash_table_insert (section->options, g_string_chunk_insert (fixture->layout->strings, halves[0]),
                             g_string_chunk_insert (fixture->layout->strings, halves[1]));
    }
    va_end (options);
    g_ptr_array_add (fixture->layout->sections, section);
}

/* Builds snapshot and pack; can be called again after more rows. */
static inline BpPack *pack_fixture_build (PackFixture *fixture, const char *as_of)
{
    g_clear_pointer (&fixture->pack, bp_pack_free);
    g_clear_pointer (&fixture->snapshot, bp_snapshot_free);
    fixture->snapshot = table_builder_snapshot (&fixture->programme, fixture->set, as_of);
    fixture->pack = bp_pack_build (fixture->snapshot, &fixture->forum, fixture->layout, NULL);
    return fixture->pack;
}

static inline void pack_fixture_clear (PackFixture *fixture)
{
    g_clear_pointer (&fixture->pack, bp_pack_free);
    g_clear_pointer (&fixture->snapshot, bp_snapshot_free);
    bp_table_set_free (fixture->set);
    bp_report_layout_free (fixture->layout);
    table_builder_clear_programme (&fixture->programme);
}

static inline const BpSection *pack_fixture_section (const BpPack *pack, const char *id)
{
    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpNode *node = g_ptr_array_index (pack->sections, i);
        if (strcmp (node->as.section.id, id) == 0)
            return &node->as.section;
    }
    g_error ("no section %s", id);
}

/* The index-th node of a kind in a section (not in its sub-sections); fails the test if there is none. */
static inline const BpNode *pack_fixture_node (const BpSection *section, BpNodeKind kind, int index)
{
    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *node = g_ptr_array_index (section->children, i);
        if (node->kind == kind && index-- == 0)
            return node;
    }
    g_error ("section %s has no such node of kind %s", section->id, bp_node_kind_name (kind));
}

static inline guint pack_fixture_count (const BpSection *section, BpNodeKind kind)
{
    guint count = 0;
    for (guint i = 0; i < section->children->len; i++)
        count += ((const BpNode *)g_ptr_array_index (section->children, i))->kind == kind;
    return count;
}

/* All lines of a cell, separated by " / ". Caller frees. */
static inline char *pack_fixture_dup_cell (const BpCell *cell)
{
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < cell->lines->len; i++)
    {
        const BpCellLine *line = &g_array_index (cell->lines, BpCellLine, i);
        g_autofree char *value = bp_value_dup_text (&line->value);
        g_autofree char *beside = bp_value_dup_text (&line->beside);
        g_string_append_printf (text, "%s%s%s%s%s%s", i > 0 ? " / " : "", line->lead_in != NULL ? line->lead_in : "",
                                line->lead_in != NULL ? " " : "", value, *beside != '\0' ? " + " : "", beside);
    }
    return g_strdup (text->str);
}

/* The row of a table with that key; fails the test if there is none. */
static inline const BpTableRow *pack_fixture_row (const BpNode *table, const char *key)
{
    for (guint i = 0; i < table->as.table.rows->len; i++)
    {
        const BpTableRow *row = &g_array_index (table->as.table.rows, BpTableRow, i);
        if (g_strcmp0 (row->key, key) == 0)
            return row;
    }
    g_error ("no row %s", key);
}

static inline void pack_fixture_assert_cell (const BpNode *table, const char *key, int column, const char *expected)
{
    g_autofree char *text = pack_fixture_dup_cell (&pack_fixture_row (table, key)->cells[column]);
    g_assert_cmpstr (text, ==, expected);
}

static inline const BpSheet *pack_fixture_sheet (const BpPack *pack, const char *name)
{
    for (guint i = 0; i < pack->sheets->len; i++)
    {
        const BpSheet *sheet = g_ptr_array_index (pack->sheets, i);
        if (strcmp (sheet->name, name) == 0)
            return sheet;
    }
    g_error ("no sheet %s", name);
}

/* The text of a cell of a sheet, by the title of its column. Caller frees. */
static inline char *pack_fixture_dup_sheet_cell (const BpSheet *sheet, guint row, const char *title)
{
    for (int c = 0; c < sheet->column_count; c++)
        if (strcmp (sheet->columns[c].title, title) == 0)
        {
            const BpValue value = bp_sheet_cell (sheet, row, c);
            return bp_value_dup_text (&value);
        }
    g_error ("sheet %s has no column %s", sheet->name, title);
}

#endif
