#ifndef BP_TESTS_RENDER_RANDOM_PACK_H
#define BP_TESTS_RENDER_RANDOM_PACK_H

#include "demo_pack.h"

/* Packs that chance makes: the same for the same seed. Every text begins with a name of its own, so that a message leads to its node. */

typedef struct
{
    BpPack *pack;
    GRand *rand;
    int count; /* of names given */
} RandomPack;

static inline bool random_one_in (RandomPack *random, int of)
{
    return g_rand_int_range (random->rand, 0, of) == 0;
}

static inline int random_up_to (RandomPack *random, int least, int most)
{
    return g_rand_int_range (random->rand, least, most + 1);
}

/* A name and so many words. */
static inline const char *random_words (RandomPack *random, const char *kind, int words)
{
    static const char *const some[]
        = { "plan", "of", "families", "review", "is", "in", "assessment", "on", "the", "coordination", "and", "term" };
    GString *text = g_string_new (NULL);
    g_string_printf (text, "%s-%d", kind, ++random->count);
    for (int i = 1; i < words; i++)
        g_string_append_printf (text, " %s", some[g_rand_int_range (random->rand, 0, G_N_ELEMENTS (some))]);
    return bp_pack_take (random->pack, g_string_free (text, FALSE));
}

/* Mostly short, sometimes long. */
static inline int random_length (RandomPack *random, int most)
{
    return random_one_in (random, 4) ? random_up_to (random, 1, most) : random_up_to (random, 1, MAX (most / 10, 3));
}

static inline void random_add_heading (RandomPack *random, BpNode *section, int level)
{
    bp_pack_add_heading (random->pack, section, level, random_words (random, "heading", random_up_to (random, 1, 14)),
                         random_one_in (random, 3) ? random_words (random, "aside", random_up_to (random, 1, 20)) : NULL);
}

static inline void random_add_paragraph (RandomPack *random, BpNode *section)
{
    const BpParagraphRole role = random_one_in (random, 5)   ? BP_PARAGRAPH_CAPTION
                                 : random_one_in (random, 6) ? BP_PARAGRAPH_STANDING
                                                             : BP_PARAGRAPH_BODY;
    const int words = role == BP_PARAGRAPH_BODY ? random_length (random, 400) : random_up_to (random, 1, 40);
    const GPtrArray *before = section->as.section.children;
    const bool may_be_empty = before->len > 0 && ((const BpNode *)g_ptr_array_index (before, before->len - 1))->kind != BP_NODE_HEADING;
    bp_pack_add_paragraph (random->pack, section, role,
                           may_be_empty && random_one_in (random, 15) ? "" : random_words (random, "paragraph", words));
}

static inline void random_add_list (RandomPack *random, BpNode *section)
{
    static const BpListStyle styles[]
        = { BP_LIST_BULLETS, BP_LIST_BULLETS, BP_LIST_NUMBERED, BP_LIST_DEFINITIONS, BP_LIST_FACTS, BP_LIST_COUNTED };
    const BpListStyle style = styles[g_rand_int_range (random->rand, 0, G_N_ELEMENTS (styles))];
    BpNode *list = bp_pack_add_list (random->pack, section, style);
    const int entries = style == BP_LIST_FACTS ? random_up_to (random, 1, 7) : random_length (random, 60);
    const bool is_free = style == BP_LIST_BULLETS || style == BP_LIST_NUMBERED;
    for (int i = 0; i < entries; i++)
        bp_pack_add_entry (random->pack, list, is_free && !random_one_in (random, 4) ? NULL : random_words (random, "term", 1),
                           random_words (random, "entry", is_free ? random_length (random, 200) : random_up_to (random, 1, 14)));
}

static inline void random_fill_row (RandomPack *random, BpTableRow *row, int columns, int most_words)
{
    for (int i = 0; i < columns; i++)
    {
        const int lines = random_up_to (random, 1, 2);
        for (int j = 0; j < lines; j++)
        {
            const int words = i == 1 ? random_length (random, most_words) : i == 0 ? 1 : random_up_to (random, 1, 12);
            if (i == 2 && j == 0)
                bp_cell_add (random->pack, &row->cells[i], BP_LINE_MAIN, bp_value_status (*demo_mark (random_up_to (random, 0, 5))));
            else
                bp_cell_add_text (random->pack, &row->cells[i], j == 0 ? BP_LINE_MAIN : BP_LINE_SECOND,
                                  random_words (random, i == 0 && j == 0 ? "r" : "cell", words));
        }
    }
}

static inline BpNode *random_fill_table (RandomPack *random, BpNode *table, int columns, int rows, bool has_groups)
{
    const int most_words = random_one_in (random, 6) ? 1800 : 60;
    for (int i = 0; i < rows; i++)
    {
        if (has_groups && (i == 0 || random_one_in (random, 4)))
            bp_pack_add_group_row (random->pack, table, random_words (random, "group", random_up_to (random, 1, 16)),
                                   random_one_in (random, 2) ? random_words (random, "counts", 5) : NULL);
        random_fill_row (random, bp_pack_add_row (random->pack, table, random_one_in (random, 8) ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, NULL),
                         columns, most_words);
    }
    return table;
}

static inline void random_add_table (RandomPack *random, BpNode *section)
{
    const BpTableStyle style = (BpTableStyle)random_up_to (random, BP_TABLE_FULL, BP_TABLE_ROWS);
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, random_one_in (random, 3) ? 70 : 46, true },
                                      { "Action", BP_ALIGN_LEFT, 2, 0, false },
                                      { "Status", BP_ALIGN_LEFT, 0, 84, false },
                                      { "Update and way back", BP_ALIGN_LEFT, 1, 0, false } };
    const int count = random_up_to (random, 3, 4), rows = random_length (random, 50);
    BpNode *table = bp_pack_add_table (random->pack, section, style, random_words (random, "table", 4), columns, count);
    random_fill_table (random, table, count, rows, random_one_in (random, 2));
    if (random_one_in (random, 3))
        table->as.table.footnote = random_words (random, "footnote", random_up_to (random, 1, 30));
    for (int i = 0; random_one_in (random, 2) && i < random_up_to (random, 0, 3); i++)
        bp_pack_add_paragraph (random->pack, section, BP_PARAGRAPH_CAPTION, random_words (random, "note", random_up_to (random, 1, 50)));
}

static inline void random_add_tiles (RandomPack *random, BpNode *section)
{
    BpNode *tiles = bp_pack_add_tiles (random->pack, section, random_one_in (random, 2) ? BP_TILES_KPI : BP_TILES_COUNTERS);
    const int count = random_up_to (random, 1, 14);
    for (int i = 0; i < count; i++)
    {
        BpTile *tile = bp_pack_add_tile (random->pack, tiles, random_words (random, "tile", random_up_to (random, 1, 12)));
        tile->figure = bp_value_percent (random_up_to (random, 0, 100), 0);
        tile->lines[0] = random_words (random, "line", random_up_to (random, 1, 12));
        tile->lines[1] = random_one_in (random, 2) ? random_words (random, "line", 3) : NULL;
    }
}

static inline void random_add_chart (RandomPack *random, BpNode *section)
{
    static const double counts[] = { 26, 17, 9, 6, 3, 8 };
    const int kind = random_up_to (random, 0, 4);
    if (kind == 0)
        demo_add_status_bar (random->pack, section, random_words (random, "chart", 4), counts);
    else if (kind == 1)
    {
        demo_add_burn_up (random->pack, section);
        bp_pack_add_heading (random->pack, section, 2, random_words (random, "heading", 3), NULL);
        BpNode *list = bp_pack_add_list (random->pack, section, BP_LIST_COUNTED);
        for (int i = random_up_to (random, 1, 6); i > 0; i--)
            bp_pack_add_entry (random->pack, list, NULL, random_words (random, "counted", random_up_to (random, 1, 9)))->value
                = bp_value_count (i);
    }
    else
    {
        static const BpChartType types[] = { BP_CHART_RUN, BP_CHART_TIMELINE, BP_CHART_COVERAGE };
        BpNode *chart
            = bp_pack_add_chart (random->pack, section, types[kind - 2], random_words (random, "chart", random_up_to (random, 1, 16)),
                                 random_one_in (random, 2) ? random_words (random, "subtitle", random_up_to (random, 2, 30)) : NULL,
                                 random_words (random, "alternative", 30));
        const BpTableColumn columns[] = { { "Period", BP_ALIGN_LEFT, 0, 70, true },
                                          { "Value", BP_ALIGN_LEFT, 1, 0, false },
                                          { "State", BP_ALIGN_LEFT, 0, 84, false } };
        if (!random_one_in (random, 4))
            chart->as.chart.table = random_fill_table (
                random, bp_pack_new_table (random->pack, BP_TABLE_PANEL, random_words (random, "numbers", 3), columns, 3), 3,
                random_up_to (random, 1, 9), false);
        chart->as.chart.source = random_one_in (random, 2) ? random_words (random, "source", random_up_to (random, 1, 30)) : NULL;
    }
}

static inline void random_add_note (RandomPack *random, BpNode *section)
{
    const BpNoteStyle style = (BpNoteStyle)random_up_to (random, BP_NOTE_ASKS, BP_NOTE_CARD);
    BpNode *note = bp_pack_add_note (random->pack, section, style, random_words (random, "box", random_up_to (random, 1, 16)));
    if (style == BP_NOTE_CARD)
    {
        note->as.note.ref = random_words (random, "c", 1);
        note->as.note.mark = *demo_mark (random_up_to (random, 0, 5));
    }
    const int rows = style == BP_NOTE_ASKS ? random_length (random, 40) : random_up_to (random, 1, 4);
    const int most = random_one_in (random, 8) ? 1500 : 60;
    for (int i = 0; i < rows; i++)
        bp_pack_add_note_row (random->pack, note, style == BP_NOTE_NOTICE ? NULL : bp_pack_format (random->pack, "%d. Decide", i + 1),
                              random_words (random, "reason", random_length (random, most)),
                              style == BP_NOTE_ASKS && random_one_in (random, 2) ? "Owner: Learner Support\nBy 30 September 2025" : NULL);
}

static inline void random_add_nodes (RandomPack *random, BpNode *section, int count)
{
    for (int i = 0; i < count; i++)
    {
        if (random_one_in (random, 3))
            random_add_heading (random, section, 2);
        if (random_one_in (random, 5))
            random_add_heading (random, section, 3);
        switch (random_up_to (random, 0, 8))
        {
        case 0:
            random_add_table (random, section);
            break;
        case 1:
            random_add_tiles (random, section);
            break;
        case 2:
            random_add_chart (random, section);
            break;
        case 3:
            random_add_note (random, section);
            break;
        case 4:
        case 5:
            random_add_list (random, section);
            break;
        default:
            random_add_paragraph (random, section);
        }
    }
}

static inline BpNode *random_add_section (RandomPack *random, GPtrArray *to, const char *id, bool is_landscape)
{
    BpNode *section = bp_pack_add_section (random->pack, to, id, random_words (random, "section", random_up_to (random, 1, 4)));
    section->as.section.headline = random_one_in (random, 2) ? random_words (random, "headline", random_up_to (random, 2, 18)) : NULL;
    section->as.section.subtitle = random_one_in (random, 4) ? random_words (random, "subtitle", random_up_to (random, 2, 24)) : NULL;
    section->as.section.starts_page = random_one_in (random, 2);
    section->as.section.is_landscape = is_landscape;
    section->as.section.page_budget = random_one_in (random, 6) ? random_up_to (random, 1, 3) : 0;
    return section;
}

static inline void random_add_contents (RandomPack *random)
{
    BpNode *section = bp_pack_add_section (random->pack, random->pack->sections, "contents", "Contents");
    section->as.section.style = BP_SECTION_CONTENTS;
    bp_pack_add_list (random->pack, section, BP_LIST_CONTENTS);
}

/* A row for each section that is there: some are left out, as by a condition. */
static inline void random_fill_contents (RandomPack *random)
{
    const BpPack *pack = random->pack;
    BpNode *contents = g_ptr_array_index (pack->sections, 0);
    BpNode *list = g_ptr_array_index (contents->as.section.children, 0);
    for (guint i = 1; i < pack->sections->len; i++)
    {
        const BpSection *section = &((const BpNode *)g_ptr_array_index (pack->sections, i))->as.section;
        demo_add_link_row (random->pack, list, 1, bp_pack_format (random->pack, "%u", i), section->name, NULL, section->id);
        for (guint j = 0; j < section->children->len; j++)
        {
            const BpNode *child = g_ptr_array_index (section->children, j);
            if (child->kind == BP_NODE_SECTION)
                demo_add_link_row (random->pack, list, 2, "Part", child->as.section.name, NULL, child->as.section.id);
        }
    }
}

static inline BpPack *random_pack_new (guint32 seed)
{
    RandomPack random = { .pack = demo_pack_start (), .rand = g_rand_new_with_seed (seed) };
    random_add_contents (&random);
    const int sections = random_up_to (&random, 1, 6);
    bool is_landscape = random_one_in (&random, 4);
    for (int i = 0; i < sections; i++)
    {
        is_landscape = random_one_in (&random, 3) ? !is_landscape : is_landscape;
        BpNode *section = random_add_section (&random, random.pack->sections, bp_pack_format (random.pack, "section/%d", i), is_landscape);
        if (!random_one_in (&random, 10))
            random_add_nodes (&random, section, random_length (&random, 24));
        for (int j = random_one_in (&random, 3) ? random_up_to (&random, 1, 5) : 0; j > 0; j--)
        {
            if (section->as.section.children->len == 0) /* a heading does not stand alone */
                random_add_paragraph (&random, section);
            BpNode *part = random_add_section (&random, section->as.section.children, bp_pack_format (random.pack, "section/%d/%d", i, j),
                                               is_landscape);
            random_add_nodes (&random, part, random_up_to (&random, 1, 6));
        }
    }
    random_fill_contents (&random);
    g_rand_free (random.rand);
    return random.pack;
}

#endif
