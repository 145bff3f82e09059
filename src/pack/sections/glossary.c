#include "domain/snapshot.h"
#include "pack/pack_words.h"
#include "pack/sections/section.h"

#include <string.h>

/* All words of the abbreviation stand in the pack, be it in the plural. */
static bool is_used (GHashTable *words, const char *abbreviation)
{
    g_auto (GStrv) parts = g_strsplit (abbreviation, " ", -1);

    for (int i = 0; parts[i] != NULL; i++)
    {
        g_autofree char *plural = g_strconcat (parts[i], "s", NULL);
        if (!g_hash_table_contains (words, parts[i]) && !g_hash_table_contains (words, plural))
            return false;
    }
    return true;
}

void bp_section_build_glossary (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    const BpProgramme *programme = build->snapshot->programme;
    BpPack *pack = build->pack;
    g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    BpNode *list = NULL;
    int count = 0;

    for (int i = 0; i < programme->glossary_count; i++)
    {
        g_autofree char **parts = g_strsplit (programme->glossary[i].abbreviation, " ", -1);
        for (int j = 0; parts[j] != NULL; j++)
        {
            g_hash_table_add (wanted, g_strconcat (parts[j], "s", NULL));
            g_hash_table_add (wanted, parts[j]);
        }
    }
    g_autoptr (GHashTable) words = bp_pack_dup_words_of (pack, wanted);
    bp_section_set_headline (context, NULL);
    for (int i = 0; i < programme->glossary_count; i++)
    {
        const BpGlossaryEntry *entry = &programme->glossary[i];
        if (!is_used (words, entry->abbreviation))
            continue;
        if (list == NULL)
            list = bp_pack_add_list (pack, context->node, BP_LIST_DEFINITIONS);
        bp_pack_add_entry (pack, list, entry->abbreviation, entry->meaning);
        bp_build_mark_printed (build, entry);
        count++;
    }
    if (count == 0)
        bp_section_add_standing (context, NULL);
    else
        bp_section_set_message (context, bp_pack_format (pack, "%d %s", count, count == 1 ? "abbreviation" : "abbreviations"));
}
