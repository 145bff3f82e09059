#include "pack/sections/section.h"

#include "pack/wording.h"

#define MOST_CONTENTS_ROWS 24
#define MOST_ROWS_ABOVE_KEY 16 /* so that the key stands on the same page */

static int count_sub_sections (const BpSection *section)
{
    int count = 0;

    for (guint i = 0; i < section->children->len; i++)
    {
        const BpNode *child = g_ptr_array_index (section->children, i);
        count += child->kind == BP_NODE_SECTION && child->as.section.in_contents;
    }
    return count;
}

/* Which sections show their sub-sections: over so many rows the longest loses them first. Set of BpSection. */
static GHashTable *choose_expanded (const BpPack *pack, int most_rows)
{
    GHashTable *expanded = g_hash_table_new (NULL, NULL);
    int rows = 0;

    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *section = &((BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
        if (!section->in_contents)
            continue;
        rows += 1 + count_sub_sections (section);
        if (count_sub_sections (section) > 0)
            g_hash_table_add (expanded, (gpointer)section);
    }
    while (rows > most_rows && g_hash_table_size (expanded) > 0)
    {
        const BpSection *longest = NULL;
        for (guint i = 0; i < pack->sections->len; i++)
        {
            const BpSection *section = &((BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
            if (g_hash_table_contains (expanded, section)
                && (longest == NULL || count_sub_sections (section) > count_sub_sections (longest)))
                longest = section;
        }
        g_assert (longest != NULL); /* some section still shows sub-sections, else rows would fit */
        rows -= count_sub_sections (longest);
        g_hash_table_remove (expanded, longest);
    }
    return expanded;
}

void bp_section_build_contents (BpSectionContext *context)
{
    BpPack *pack = context->build->pack;
    bool has_key_below = !bp_build_has_section (context->build, "key");
    g_autoptr (GHashTable) expanded = choose_expanded (pack, has_key_below ? MOST_ROWS_ABOVE_KEY : MOST_CONTENTS_ROWS);
    BpNode *list = bp_pack_add_list (pack, context->node, BP_LIST_CONTENTS);

    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *section = &((BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
        if (!section->in_contents)
            continue;
        BpListEntry *entry = bp_pack_add_entry (pack, list, section->number, section->name);
        entry->link = section->id;
        entry->level = 1;
        if (!g_hash_table_contains (expanded, section))
            continue;
        for (guint j = 0; j < section->children->len; j++)
        {
            const BpNode *child = g_ptr_array_index (section->children, j);
            if (child->kind != BP_NODE_SECTION || !child->as.section.in_contents)
                continue;
            /* The message of a sub-section is its short title. */
            const BpSection *sub = &child->as.section;
            BpListEntry *row = bp_pack_add_entry (pack, list, sub->label, sub->message != NULL ? sub->message : sub->name);
            row->link = sub->id;
            row->level = 2;
        }
    }
    if (!has_key_below)
        return;
    /* A section of its own, so that it is not parted where a page holds it. */
    BpNode *key = bp_pack_add_section (pack, context->section->children, bp_pack_format (pack, "%s/key", context->section->id),
                                       "How to read this pack");
    key->as.section.starts_page = false;
    key->as.section.in_contents = false;
    key->as.section.is_landscape = context->section->is_landscape;
    bp_key_add_tables (context->build, key);
}
