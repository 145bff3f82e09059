#include "pack/sections/section.h"

#include "domain/snapshot.h"
#include "pack/wording.h"

#include <string.h>

static void add_fact (const BpBuild *build, BpNode *list, const char *label, const char *text)
{
    BpListEntry *entry = bp_pack_add_entry (build->pack, list, label, text);

    entry->value = bp_pack_value (build->pack, bp_value_text (text));
}

static void add_facts (const BpBuild *build, BpNode *section)
{
    BpPack *pack = build->pack;
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);

    add_fact (build, facts, "Meeting",
              pack->meeting_date != BP_DATE_NONE ? bp_words_date (pack, pack->meeting_date, BP_DATE_LONG) : "To be confirmed");
    add_fact (build, facts, "Data as at", bp_words_date (pack, pack->as_of, BP_DATE_LONG));
    add_fact (build, facts, "Reporting period", pack->period_text);
    add_fact (build, facts, "Version",
              bp_pack_format (pack, "%d, %s", pack->version,
                              pack->is_draft              ? "Draft"
                              : pack->change_note != NULL ? "corrected"
                                                          : "final"));
    if (build->snapshot->known != BP_DATE_NONE)
        add_fact (build, facts, "As known on", bp_words_date (pack, build->snapshot->known, BP_DATE_LONG));
}

static void add_contents (const BpBuild *build, BpNode *node)
{
    BpPack *pack = build->pack;
    int count = 0;

    for (guint i = 0; i < pack->sections->len; i++)
        count += ((BpNode *)g_ptr_array_index (pack->sections, i))->as.section.in_contents;
    if (count == 0)
        return;
    bp_pack_add_heading (pack, node, 2, "In this pack", NULL);
    BpNode *list = bp_pack_add_list (pack, node, BP_LIST_CONTENTS);
    for (guint i = 0; i < pack->sections->len; i++)
    {
        const BpSection *section = &((BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
        if (!section->in_contents)
            continue;
        BpListEntry *entry = bp_pack_add_entry (pack, list, section->number, section->name);
        entry->aside = section->message;
        entry->link = section->id;
        entry->level = 1;
    }
}

/* "Illustrative data." stands bold before the rest of the notice. */
static void add_notice (const BpBuild *build, BpNode *node)
{
    BpPack *pack = build->pack;
    const char *stop = strchr (pack->notice, '.');
    bool has_lead = stop != NULL && stop - pack->notice < 40 && stop[1] == ' ';

    BpNode *note = bp_pack_add_note (pack, node, BP_NOTE_NOTICE, NULL);
    if (has_lead)
        bp_pack_add_note_row (pack, note, bp_pack_format (pack, "%.*s", (int)(stop - pack->notice) + 1, pack->notice), stop + 2, NULL);
    else
        bp_pack_add_note_row (pack, note, NULL, pack->notice, NULL);
}

void bp_section_build_cover (BpSectionContext *context)
{
    const BpBuild *build = context->build;
    BpPack *pack = build->pack;
    const char *handling = bp_words_is_blank (pack->handling) ? NULL : pack->handling;
    const char *contact = bp_words_is_blank (pack->contact) ? NULL : pack->contact;

    bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_ORGANISATION, pack->organisation);
    bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_TITLE, pack->cover_title);
    bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_SUBTITLE, pack->cover_subtitle);
    add_facts (build, context->node);
    add_contents (build, context->node);
    if (pack->notice != NULL)
        add_notice (build, context->node);
    if (pack->change_note != NULL)
        bp_pack_add_paragraph (pack, context->node, BP_PARAGRAPH_BODY, pack->change_note)->as.paragraph.lead_in
            = bp_pack_format (pack, "Changed in version %d:", pack->version);
    if (handling == NULL && contact == NULL)
        return;
    BpNode *paragraph = bp_pack_add_paragraph (
        pack, context->node, BP_PARAGRAPH_BODY,
        bp_pack_format (pack, "%s%s%s", handling != NULL ? bp_words_lower_first (pack, bp_words_sentence (pack, handling)) : "",
                        handling != NULL && contact != NULL ? " " : "", contact != NULL ? bp_words_sentence (pack, contact) : ""));
    paragraph->as.paragraph.lead_in = handling != NULL ? "Handling:" : NULL;
}
