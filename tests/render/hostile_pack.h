#ifndef BP_TESTS_RENDER_HOSTILE_PACK_H
#define BP_TESTS_RENDER_HOSTILE_PACK_H

#include "demo_pack.h"

#define HOSTILE_SCRIPTS                                                                                                                    \
    "\u6F22\u5B57\u304B\u306A\u4EA4\u3058\u308A\u6587\u304C\u7D9A\u304F\u9577\u3044\u4E00\u884C\u306E\u6587\u7AE0\u3067\u7A7A\u767D"       \
    "\u306F\u306A\u3044\u3002\u0E01\u0E34\u0E19\u0E02\u0E49\u0E32\u0E27 q\u0303 x\u030C \U0001F1EC\U0001F1E7 "                             \
    "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u05E9\u05DC\u05D5\u05DD \u202Eabc\u202C"

/* Contents that a page cannot like: nothing may be lost, cut, or stand on top of something else. */

#define HOSTILE_WORD "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochDonaudampfschifffahrtsgesellschaftskapitaenswitwenrente"

static inline char *hostile_dup_words (const char *word, int count)
{
    GString *text = g_string_new (NULL);
    for (int i = 0; i < count; i++)
        g_string_append_printf (text, "%s%s%d", i > 0 ? " " : "", word, i);
    return g_string_free (text, FALSE);
}

static inline void hostile_add_texts (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "texts",
                                           "A section name that is so long that it takes more than one line of the page even though it is "
                                           "set in small type, which nobody would wish for");
    section->as.section.number = "12";
    section->as.section.headline = "This message goes on and on, over more than the two lines that a message may take at the head of a "
                                   "page, so that the name of the section has to stand in its place instead of it";
    section->as.section.subtitle = "A subtitle, too, can be longer than its line: it wraps, and what follows moves down by as much as it "
                                   "needs, as everywhere else on the page.";
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY,
                           "Tab\there, newline\nthere, bell\a, escape\033[1m, NUL-like \xC0\x80, bad \xFF\xFE bytes, cut \xE2\x82, "
                           "surrogate \xED\xA0\x80, e\xCC\x81 composed, family \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7, "
                           "Arabic \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85, Hebrew \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D, (brackets) \\ and ) alone, "
                           "soft\xC2\xADhyphens, zero\xE2\x80\x8Bwidth, no\xC2\xA0"
                           "break.");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, HOSTILE_WORD HOSTILE_WORD HOSTILE_WORD);
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, HOSTILE_SCRIPTS HOSTILE_SCRIPTS)->as.paragraph.lead_in = HOSTILE_SCRIPTS;
    bp_pack_add_heading (pack, section, 2, HOSTILE_SCRIPTS, HOSTILE_SCRIPTS);
    bp_pack_add_heading (pack, section, 2, "A heading that is longer than its line and has an aside that does not fit beside it at all",
                         "an aside that is itself rather long, as asides go, and so goes below the heading");
    g_autofree char *long_text = hostile_dup_words ("word", 2500);
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, long_text);
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_STANDING, "No changes this period. The last change was on 12 May 2025.");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "");
    BpNode *numbers = bp_pack_add_list (pack, section, BP_LIST_NUMBERED);
    for (int i = 0; i < 120; i++)
        bp_pack_add_entry (pack, numbers, NULL,
                           i % 7 == 0 ? "A longer entry that takes more than one line, so that bullets and numbers can be seen to stand at "
                                        "the first of its lines and not at some other one."
                                      : "Short.");
    BpNode *definitions = bp_pack_add_list (pack, section, BP_LIST_DEFINITIONS);
    for (int i = 0; i < 9; i++)
        bp_pack_add_entry (
            pack, definitions, i % 2 == 0 ? "A term of several words that is long" : HOSTILE_WORD,
            "A meaning that is far too long for a column of its own, so that the list goes back to one column, below one another.");
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    for (int i = 0; i < 9; i++)
        bp_pack_add_entry (pack, facts, "Label", i == 4 ? HOSTILE_WORD : "A fact of some length");
    BpNode *counted = bp_pack_add_list (pack, section, BP_LIST_COUNTED);
    bp_pack_add_entry (pack, counted, NULL, "a number that is wide")->value = bp_value_count (123456789);
    bp_pack_add_entry (pack, counted, NULL, HOSTILE_WORD HOSTILE_WORD)->value = bp_value_count (3);
}

static inline void hostile_add_tables (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "tables", "Tables");
    section->as.section.number = "13";
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 36, true },
                                      { "Action", BP_ALIGN_LEFT, 1, 0, false },
                                      { "Status", BP_ALIGN_LEFT, 0, 78, false },
                                      { "A heading that wraps", BP_ALIGN_RIGHT, 0, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Rows of every height", columns, 4);
    bp_pack_add_group_row (pack, table,
                           "A group whose name is long enough to need two lines when its counts stand at the right of it, as they do",
                           "69 actions: 26 complete, 17 on track, 9 at risk, 6 off track, 3 no update");
    for (int i = 0; i < 6; i++)
    {
        g_autofree char *words = hostile_dup_words ("part", i == 2 ? 1200 : i == 4 ? 300 : 6);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "9.9.%d", i));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, i == 5 ? HOSTILE_WORD : i == 0 ? HOSTILE_SCRIPTS : words);
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN,
                     bp_value_status (i == 3 ? (BpMark){ "Awaiting a decision of the board", "W", BP_SHAPE_PENTAGON, BP_TONE_AMBER }
                                             : *demo_mark (i)));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, "Reported: on track");
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN,
                     i == 1 ? bp_value_text (HOSTILE_WORD) : bp_value_number (-1234567.891, 2, "weeks"));
    }
    BpNode *wide = bp_pack_add_section (pack, pack->sections, "wide", "A wide table");
    wide->as.section.is_landscape = true;
    BpTableColumn many[22];
    for (int i = 0; i < 22; i++)
        many[i] = (BpTableColumn){ i % 3 == 0 ? "Heading" : "Wide heading", i % 2 == 0 ? BP_ALIGN_LEFT : BP_ALIGN_RIGHT, i % 4 == 0 ? 1 : 0,
                                   0, i == 0 };
    BpNode *second = bp_pack_add_table (pack, wide, BP_TABLE_FULL, "More columns than a page holds", many, 22);
    for (int i = 0; i < 3; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, second, BP_ROW_PLAIN, NULL);
        for (int j = 0; j < 22; j++)
            bp_cell_add_text (pack, &row->cells[j], BP_LINE_MAIN, j % 5 == 0 ? "30 September 2025" : "words");
    }
    bp_pack_add_table (pack, wide, BP_TABLE_PANEL, "No rows", columns, 4);
    BpNode *rows = bp_pack_add_table (pack, wide, BP_TABLE_ROWS, "Rows over pages", columns, 4);
    for (int i = 0; i < 40; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, rows, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "1.%d", i));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "Telling families in time whether a plan will be amended.");
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_status (*demo_mark (i)));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, "12");
    }
}

static inline void hostile_add_figures (BpPack *pack)
{
    bp_pack_add_section (pack, pack->sections, "empty", "A section with nothing in it");
    BpNode *section = bp_pack_add_section (pack, pack->sections, "figures", "Figures");
    static const double nothing[] = { 0, 0, 0, 0, 0, 0 }, tiny[] = { 6800, 1, 1, 1, 0, 1 };
    demo_add_status_bar (pack, section, "A bar without actions", nothing);
    demo_add_status_bar (pack, section, "A bar with very small parts", tiny);
    BpNode *tiles = bp_pack_add_tiles (pack, section, BP_TILES_KPI);
    static const double gaps[] = { NAN, NAN, NAN }, one[] = { NAN, 3, NAN }, flat[] = { 5, 5, 5 };
    demo_add_tile (pack, tiles, "A title of a measure that is longer than its tile is wide",
                   bp_value_number (123456789012.0, 2, "pounds sterling"), bp_value_none (), NULL, NULL, NULL, NAN, gaps, 3);
    demo_add_tile (pack, tiles, "One point", bp_value_text (HOSTILE_WORD),
                   bp_value_movement (BP_DIRECTION_LEVEL, BP_JUDGEMENT_NONE, "Same"),
                   "Same as at the baseline and as at every other time that we know of",
                   "A line that is much longer than the tile, and so it wraps to a second one", NULL, 4, one, 3);
    demo_add_tile (pack, tiles, "Flat", bp_value_percent (0, 0), bp_value_none (), NULL, NULL, "Target", NAN, flat, 3);
    demo_add_tile (pack, tiles, HOSTILE_SCRIPTS, bp_value_text (HOSTILE_SCRIPTS), bp_value_none (), HOSTILE_SCRIPTS, HOSTILE_SCRIPTS, NULL,
                   NAN, NULL, 0);
    demo_add_tile (pack, tiles, "Bare", bp_value_none (), bp_value_none (), NULL, NULL, NULL, NAN, NULL, 0);
    BpNode *counters = bp_pack_add_tiles (pack, section, BP_TILES_COUNTERS);
    for (int i = 0; i < 8; i++)
        bp_pack_add_tile (pack, counters, i == 3 ? "a title of many words that needs lines" : "rows")->figure
            = bp_value_of (1000000 * i, 99999999);
    BpNode *run = bp_pack_add_chart (pack, section, BP_CHART_RUN, "A chart without a table", "Its alternative is printed",
                                     "The share rose from 21% to 46% over ten quarters.");
    run->as.chart.source = "Source: nobody.";
    BpNode *asks = bp_pack_add_note (pack, section, BP_NOTE_ASKS, "Sixty asks of this meeting");
    for (int i = 0; i < 60; i++)
        bp_pack_add_note_row (pack, asks, bp_pack_format (pack, "%d. Decide", i + 1),
                              "Fund two annual review officers to July 2026: brings 2.1.4 and 2.2.3 back on track",
                              i % 2 == 0 ? "Owner: Learner Support\nBy 30 September 2025" : NULL);
    bp_pack_add_note (pack, section, BP_NOTE_ASKS, "No asks of this meeting.");
    for (int i = 0; i < 4; i++)
    {
        g_autofree char *words = hostile_dup_words ("reason", i == 1 ? 900 : 3);
        BpNode *card = bp_pack_add_note (
            pack, section, BP_NOTE_CARD,
            i == 2 ? HOSTILE_WORD
                   : "A title that is long enough to reach the chip at the right and has to wrap before it gets there, twice");
        card->as.note.ref = bp_pack_format (pack, "2.2.%d", i);
        card->as.note.mark = *demo_mark (i + 2);
        bp_pack_add_note_row (pack, card, "Reason", words, NULL);
        bp_pack_add_note_row (pack, card, "A label that is longer than others", "Way back", NULL);
    }
}

static inline void hostile_add_contents (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "contents", "Contents");
    section->as.section.style = BP_SECTION_CONTENTS;
    BpNode *rows = bp_pack_add_list (pack, section, BP_LIST_CONTENTS);
    for (int i = 0; i < 14; i++)
    {
        demo_add_link_row (
            pack, rows, 1, bp_pack_format (pack, "%d", i + 1),
            i == 3 ? "A section whose name is so long that it needs two lines even across the whole width of the contents page" : "Section",
            NULL, i == 0 ? "texts" : "nowhere");
        for (int j = 0; j < i; j++)
            demo_add_link_row (pack, rows, 2, bp_pack_format (pack, "Programme area %d", j), "Sub-section", NULL, "tables");
    }
}

static inline void hostile_add_cover (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "cover", "Cover");
    section->as.section.style = BP_SECTION_COVER;
    bp_pack_add_paragraph (
        pack, section, BP_PARAGRAPH_TITLE,
        "The Joint Strategic Commissioning, Contracts, Procurement and Oversight Group for Special Educational Needs and Disabilities");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_SUBTITLE, "A subtitle");
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    for (int i = 0; i < 7; i++)
        bp_pack_add_entry (pack, facts, "Reporting period", "Summer term 2025");
    BpNode *rows = bp_pack_add_list (pack, section, BP_LIST_CONTENTS);
    for (int i = 0; i < 20; i++)
        demo_add_link_row (pack, rows, 1, i < 12 ? bp_pack_format (pack, "%d", i + 1) : bp_pack_format (pack, "%c", 'A' + i - 12),
                           "A section with a name", "a message that goes over a line, as messages can, now and then", "tables");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_BODY, "Handling words.");
}

static inline BpPack *hostile_pack_new (void)
{
    BpPack *pack = demo_pack_start ();
    pack->forum_name
        = "The Joint Strategic Commissioning, Contracts, Procurement and Oversight Group for Special Educational Needs and Disabilities";
    pack->marking = "official-sensitive personal and commercial";
    pack->is_draft = true;
    pack->title = "Board pack \xF0\x9F\x93\x98 (draft) \\ é";
    hostile_add_cover (pack);
    hostile_add_contents (pack);
    hostile_add_texts (pack);
    hostile_add_tables (pack);
    hostile_add_figures (pack);
    return pack;
}

#endif
