#ifndef BP_TESTS_RENDER_DEMO_PACK_H
#define BP_TESTS_RENDER_DEMO_PACK_H

#include "pack/pack.h"

#include <math.h>

/* A pack with every kind of node, in invented words: what renderers are tested and looked at with. */

static const BpMark demo_complete = { "Complete", "C", BP_SHAPE_DIAMOND, BP_TONE_COMPLETE };
static const BpMark demo_on_track = { "On track", "G", BP_SHAPE_CIRCLE, BP_TONE_GREEN };
static const BpMark demo_at_risk = { "At risk", "A", BP_SHAPE_TRIANGLE, BP_TONE_AMBER };
static const BpMark demo_off_track = { "Off track", "R", BP_SHAPE_SQUARE, BP_TONE_RED };
static const BpMark demo_no_update = { "No update", "U", BP_SHAPE_DASHED_SQUARE, BP_TONE_NO_DATA };
static const BpMark demo_not_started = { "Not started", "N", BP_SHAPE_OPEN_CIRCLE, BP_TONE_NONE };

static inline const BpMark *demo_mark (int index)
{
    static const BpMark *const marks[]
        = { &demo_complete, &demo_on_track, &demo_at_risk, &demo_off_track, &demo_no_update, &demo_not_started };
    return marks[index % 6];
}

static inline BpValue demo_spark (BpPack *pack, const char *text, double target, int count, const double *points)
{
    double *own = bp_pack_alloc (pack, sizeof (double) * (gsize)count);
    for (int i = 0; i < count; i++)
        own[i] = points[i];
    BpValue value = bp_value_none ();
    value.kind = BP_VALUE_SPARK;
    value.text = bp_pack_text (pack, text);
    value.points = own;
    value.point_count = count;
    value.target = target;
    return value;
}

static inline void demo_add_fact (BpPack *pack, BpNode *list, const char *label, const char *text)
{
    bp_pack_add_entry (pack, list, label, text);
}

static inline void demo_add_link_row (BpPack *pack, BpNode *list, int level, const char *label, const char *text, const char *aside,
                                      const char *link)
{
    BpListEntry *entry = bp_pack_add_entry (pack, list, label, text);
    entry->level = level;
    entry->aside = aside != NULL ? bp_pack_text (pack, aside) : NULL;
    entry->link = bp_pack_text (pack, link);
}

static inline void demo_add_cover (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "cover", "Cover");
    section->as.section.style = BP_SECTION_COVER;
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_ORGANISATION, "Westbrook Borough Based Partnership");
    bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_TITLE, "Area SEND Partnership Board");
    bp_pack_add_paragraph (
        pack, section, BP_PARAGRAPH_SUBTITLE,
        "Board pack on the special educational needs and disabilities (SEND) and alternative provision improvement programme");
    BpNode *facts = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    demo_add_fact (pack, facts, "Meeting", "18 September 2025");
    demo_add_fact (pack, facts, "Data as at", "31 July 2025");
    demo_add_fact (pack, facts, "Reporting period", "Summer term 2025");
    demo_add_fact (pack, facts, "Version", "1.0, final");
    bp_pack_add_heading (pack, section, 2, "In this pack", NULL);
    BpNode *rows = bp_pack_add_list (pack, section, BP_LIST_CONTENTS);
    demo_add_link_row (pack, rows, 1, "1", "Summary on one page", "26 of 69 complete, 13 behind plan", "summary");
    demo_add_link_row (pack, rows, 1, "2", "Areas for improvement", "One page for each of two areas", "areas");
    demo_add_link_row (pack, rows, 1, "3", "Action tracker", "All 69 actions", "tracker");
    demo_add_link_row (pack, rows, 1, "4", "Scorecard", "8 of 10 measures have improved", "scorecard");
    demo_add_link_row (pack, rows, 1, "5", "Coverage of the findings", "1 of 17 has no action, 5 no measure", "coverage");
    demo_add_link_row (pack, rows, 1, "6", "Governance and forward plan", "Next meeting 11 December 2025", "governance");
    demo_add_link_row (pack, rows, 1, "A", "Data quality", "69 of 69 actions loaded, 10 to check", "quality");
    BpNode *notice = bp_pack_add_note (pack, section, BP_NOTE_NOTICE, "Illustrative data.");
    bp_pack_add_note_row (pack, notice, NULL,
                          "Statuses and most figures in this pack were invented to show the design. They do not describe any service.",
                          NULL);
    BpNode *handling = bp_pack_add_paragraph (
        pack, section, BP_PARAGRAPH_BODY,
        "for board members and their deputies. For a copy in another format, write to the programme office: send.programme@example.org.");
    handling->as.paragraph.lead_in = "Handling:";
}

static inline void demo_add_contents (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "contents", "Contents");
    section->as.section.style = BP_SECTION_CONTENTS;
    BpNode *rows = bp_pack_add_list (pack, section, BP_LIST_CONTENTS);
    demo_add_link_row (pack, rows, 1, "1", "Summary on one page", NULL, "summary");
    demo_add_link_row (pack, rows, 1, "2", "Areas for improvement", NULL, "areas");
    demo_add_link_row (pack, rows, 2, "Area 1", "Working with children and young people", NULL, "areas/1");
    demo_add_link_row (pack, rows, 2, "Area 2", "Timeliness and quality of EHC planning", NULL, "areas/2");
    demo_add_link_row (pack, rows, 1, "3", "Action tracker", NULL, "tracker");
    demo_add_link_row (pack, rows, 1, "4", "Scorecard", NULL, "scorecard");
    demo_add_link_row (pack, rows, 1, "5", "Coverage of the findings", NULL, "coverage");
    demo_add_link_row (pack, rows, 1, "6", "Governance and forward plan", NULL, "governance");
    demo_add_link_row (pack, rows, 1, "A", "Data quality", NULL, "quality");
    demo_add_link_row (pack, rows, 1, "B", "Everything else", NULL, "odd");
    bp_pack_add_heading (pack, section, 2, "How to read this pack", NULL);
    const BpTableColumn columns[] = { { "Status", BP_ALIGN_LEFT, 0, 110, true },
                                      { "What it means", BP_ALIGN_LEFT, 1, 0, false },
                                      { "Counts as", BP_ALIGN_LEFT, 0, 70, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Key to statuses", columns, 3);
    static const char *const meanings[] = { "Done, and the evidence is recorded.",
                                            "Will finish by its approved date.",
                                            "May miss its date, or its date has moved. Reason given.",
                                            "Past its approved date, or cannot meet it. Way back given.",
                                            "Past its date and no update received. Never a guess.",
                                            "Starts later, as planned." };
    for (int i = 0; i < 6; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, bp_value_status (*demo_mark (i)));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, meanings[i]);
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, i == 0 ? "Done" : "Open");
    }
    const BpTableColumn moves[] = { { "Movement", BP_ALIGN_LEFT, 0, 110, true }, { "What it means", BP_ALIGN_LEFT, 1, 0, false } };
    BpNode *movement = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Key to movements", moves, 2);
    const BpValue discs[] = { bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "Improved"),
                              bp_value_movement (BP_DIRECTION_DOWN, BP_JUDGEMENT_BAD, "Worse"),
                              bp_value_movement (BP_DIRECTION_LEVEL, BP_JUDGEMENT_NEUTRAL, "Same"),
                              bp_value_movement (BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, "No value") };
    static const char *const says[]
        = { "The figure moved the way we want; the arrow shows which way it moved.", "The figure moved the other way.",
            "No change, or within the stated tolerance.", "Nothing to compare yet." };
    for (int i = 0; i < 4; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, movement, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN, discs[i]);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, says[i]);
    }
    movement->as.table.footnote = "Shorthand in tables: [c] hidden to protect people, [x] not available, [z] does not apply, [p] "
                                  "provisional, [r] revised. An asterisk after a reference means that it was "
                                  "missing in the plan and has been inferred.";
}

static inline BpNode *demo_add_status_bar (BpPack *pack, BpNode *section, const char *title, const double *counts)
{
    BpNode *node
        = bp_pack_add_chart (pack, section, BP_CHART_STATUS_BAR, title, NULL,
                             "Of 69 actions 26 are complete, 17 on track, 9 at risk, 6 off track, 3 without an update and 8 not started.");
    BpChart *chart = &node->as.chart;
    chart->category_count = 1;
    static const char *const categories[] = { "All actions" };
    chart->categories = categories;
    chart->series_count = 6;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 6);
    for (int i = 0; i < 6; i++)
    {
        chart->series[i].name = demo_mark (i)->word;
        chart->series[i].mark = *demo_mark (i);
        chart->series[i].values = bp_pack_alloc (pack, sizeof (double));
        chart->series[i].values[0] = counts[i];
    }
    return node;
}

static inline void demo_add_burn_up (BpPack *pack, BpNode *section)
{
    static double planned[] = { 2, 3, 4, 11, 18, 32, 34, 37, 39, 39, 51, 54, 55, 57, 57, 59, 62, 62, 62, 62, 62, 62, 64 };
    static double done[] = { 2, 2, 3, 7, 11, 14, 18, 21, 26, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    static const char *const months[]
        = { "Nov 24", "Dec 24", "Jan 25", "Feb 25", "Mar 25", "Apr 25", "May 25", "Jun 25", "Jul 25", "Aug 25", "Sep 25", "Oct 25",
            "Nov 25", "Dec 25", "Jan 26", "Feb 26", "Mar 26", "Apr 26", "May 26", "Jun 26", "Jul 26", "Aug 26", "Sep 26" };
    BpNode *node = bp_pack_add_chart (pack, section, BP_CHART_BURN_UP, "Completed against plan", "64 of 69 have an end date",
                                      "By July 2025, 39 of 64 actions were planned to be complete and 26 are: 13 behind.");
    BpChart *chart = &node->as.chart;
    chart->categories = months;
    chart->category_count = 23;
    chart->series_count = 2;
    chart->series = bp_pack_alloc (pack, sizeof (BpChartSeries) * 2);
    chart->series[0] = (BpChartSeries){ .name = "Planned", .is_dashed = true, .values = planned };
    chart->series[1] = (BpChartSeries){ .name = "Completed", .values = done };
}

static inline void demo_add_tile (BpPack *pack, BpNode *tiles, const char *title, BpValue figure, BpValue movement, const char *said,
                                  const char *first, const char *second, double target, const double *points, int count)
{
    BpTile *tile = bp_pack_add_tile (pack, tiles, title);
    tile->figure = figure;
    tile->movement = movement;
    tile->movement_text = said;
    tile->lines[0] = first;
    tile->lines[1] = second;
    if (count > 0)
        tile->spark = demo_spark (pack, "rose over eight quarters", target, count, points);
}

static inline void demo_add_summary (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "summary", "Summary on one page");
    section->as.section.number = "1";
    section->as.section.headline = "26 of 69 actions are complete, 13 behind plan";
    section->as.section.page_budget = 1;
    BpNode *asks = bp_pack_add_note (pack, section, BP_NOTE_ASKS, "Two asks of this meeting");
    bp_pack_add_note_row (pack, asks, "1. Decide", "Fund two annual review officers to July 2026: brings 2.1.4 and 2.2.3 back on track",
                          "Owner: Learner Support\nBy 30 September 2025");
    bp_pack_add_note_row (pack, asks, "2. Unblock", "Have providers share neuro-disability (ND) referral data: brings 5.1.1 back on track",
                          "Owner: NWL ICB\nBy 30 September 2025");
    static const double counts[] = { 26, 17, 9, 6, 3, 8 };
    demo_add_status_bar (pack, section, "Status of the 69 actions", counts);
    demo_add_burn_up (pack, section);
    bp_pack_add_heading (pack, section, 2, "Since the last pack (4 April 2025)", NULL);
    BpNode *changes = bp_pack_add_list (pack, section, BP_LIST_COUNTED);
    static const struct
    {
        int count;
        const char *text;
    } counted[] = { { 12, "actions completed" },
                    { 3, "now off track: 2.1.4, 2.2.3 and 3.3.3" },
                    { 3, "dates moved: 1.2.3, 2.3.2 and 4.2.5" },
                    { 3, "without an update: 1.1.2*, 3.2.2 and 4.4" } };
    for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
        bp_pack_add_entry (pack, changes, NULL, counted[i].text)->value
            = bp_value_with_figure (bp_value_count (counted[i].count), i == 0 ? "actions.done" : NULL);
    bp_pack_add_heading (pack, section, 2, "Headline measures", "Changes are from the baseline");
    BpNode *tiles = bp_pack_add_tiles (pack, section, BP_TILES_KPI);
    static const double rising[] = { 28, 30, 32 }, gapped[] = { 21, 24, 22, 27, 31, 30, 35, NAN, 41, 46 },
                        falling[] = { 50, 51, 49, 56, 48, 47, 46, 46, 45, 43, 41, 38 };
    const BpValue up = bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "Improved"),
                  down = bp_value_movement (BP_DIRECTION_DOWN, BP_JUDGEMENT_GOOD, "Improved"),
                  none = bp_value_movement (BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, "No value");
    demo_add_tile (pack, tiles, "Plans in mainstream schools", bp_value_percent (32, 0), up, "Improved 4 points",
                   "January 2024 (n not supplied)", "Target 32% by January 2027", 32, rising, 3);
    demo_add_tile (pack, tiles, "Satisfied with involvement", bp_value_percent_of (41, 61, 0), up, "Improved 34 points",
                   "41 of 61, Q2 2024/25, stale", "Target 75% by July 2026", 75, gapped, 7);
    demo_add_tile (pack, tiles, "Annual reviews on time", bp_value_percent_of (118, 184, 0), up, "Improved 12 points",
                   "118 of 184, Q1 2025/26", "Target 80% by July 2026", 80, gapped, 7);
    demo_add_tile (pack, tiles, "Amended plans in 8 weeks", bp_value_percent_of (58, 126, 0), up, "Improved 25 points",
                   "58 of 126, Q1 2025/26", "Target 75% by July 2026", 75, gapped, 10);
    demo_add_tile (pack, tiles, "Wait for ND assessment", bp_value_number (38, 0, "weeks"), down, "Improved 12 weeks", "July 2025, median",
                   "Target 26 weeks by July 2026", 26, falling, 12);
    demo_add_tile (pack, tiles, "AP pupils back in mainstream", bp_value_shorthand ("[x]"), none, "No target set",
                   "First value due September 2025", "n not supplied", NAN, NULL, 0);
    bp_pack_add_heading (pack, section, 2, "Top exceptions", NULL);
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 40, true },
                                      { "Off-track action", BP_ALIGN_LEFT, 0.28, 0, false },
                                      { "Reason", BP_ALIGN_LEFT, 0.24, 0, false },
                                      { "Way back", BP_ALIGN_LEFT, 0.26, 0, false },
                                      { "Owner, back by", BP_ALIGN_LEFT, 0, 100, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "The three most urgent actions", columns, 5);
    static const char *const rows[3][6] = { { "2.2.3", "Timely answers to families", "Two officer posts vacant since May",
                                              "Ask 1; team B clears the 68 late answers", "Learner Support", "31 October 2025" },
                                            { "5.1.1", "Shared picture of ND need and waits", "Referral data not shared by providers",
                                              "Ask 2; joint analysis in six weeks", "NWL ICB", "30 November 2025" },
                                            { "3.3.3", "Therapy assessments for EOTAS pupils", "No supplier for 11 of 34 pupils",
                                              "Call-off contract from 1 September", "AP and Pathways", "19 December 2025" } };
    for (int i = 0; i < 3; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, rows[i][0]);
        for (int j = 1; j < 5; j++)
            bp_cell_add_text (pack, &row->cells[j], BP_LINE_MAIN, rows[i][j]);
        bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, rows[i][5]);
    }
}

static inline void demo_add_area (BpPack *pack, BpNode *parent, int number, const char *name, const char *headline)
{
    BpNode *section = bp_pack_add_section (pack, parent->as.section.children, bp_pack_format (pack, "areas/%d", number), name);
    section->as.section.label = bp_pack_format (pack, "Area %d", number);
    section->as.section.headline = headline;
    section->as.section.page_budget = 1;
    static const double counts[] = { 6, 2, 1, 2, 0, 0 };
    BpNode *bar = demo_add_status_bar (pack, section, NULL, counts);
    bar->as.chart.source = "11 actions: 6 complete, 2 on track, 1 at risk, 2 off track";
    BpNode *lead = bp_pack_add_list (pack, section, BP_LIST_FACTS);
    demo_add_fact (pack, lead, "Lead", "Service Manager for Learner Support");
    bp_pack_add_heading (pack, section, 2, "Changes within the last reporting period", NULL);
    const BpTableColumn change_columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 48, true },
                                             { "What changed", BP_ALIGN_LEFT, 1, 0, false },
                                             { "Status", BP_ALIGN_LEFT, 0, 120, false } };
    BpNode *changes = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Changes of area 2", change_columns, 3);
    static const char *const said[3][2] = { { "2.1.3", "Dedicated officers now update out-of-date plans." },
                                            { "2.2.3", "Telling families in time whether a plan will be amended." },
                                            { "2.3.2", "Year 9 to 14 timeline: due September, not March." } };
    for (int i = 0; i < 3; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, changes, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, said[i][0]);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, said[i][1]);
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN,
                     i == 0   ? bp_value_status_change (demo_on_track, demo_complete)
                     : i == 1 ? bp_value_status_change (demo_at_risk, demo_off_track)
                              : bp_value_status (demo_at_risk));
    }
    bp_pack_add_heading (pack, section, 2, "Impact", NULL);
    BpNode *impact = bp_pack_add_list (pack, section, BP_LIST_BULLETS);
    bp_pack_add_entry (pack, impact, NULL, "Amended plans issued within eight weeks rose from 41% to 46% (58 of 126).");
    bp_pack_add_entry (pack, impact, NULL, "67% of families (41 of 61) were satisfied, double the baseline of 33%.");
    bp_pack_add_heading (pack, section, 2, "Measures", NULL);
    const BpTableColumn columns[] = { { "Measure", BP_ALIGN_LEFT, 1, 0, true },       { "Baseline", BP_ALIGN_RIGHT, 0, 74, false },
                                      { "Latest", BP_ALIGN_RIGHT, 0, 76, false },     { "Target", BP_ALIGN_RIGHT, 0, 56, false },
                                      { "On baseline", BP_ALIGN_LEFT, 0, 90, false }, { "Trend", BP_ALIGN_LEFT, 0, 68, false } };
    BpNode *measures = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Measures of the area", columns, 6);
    static const double gapped[] = { 21, 24, 22, 27, 31, 30, 35, NAN, 41, 46 };
    static const char *const titles[] = { "Annual reviews on time", "Amended plans in 8 weeks", "Clear plan for adulthood" };
    for (int i = 0; i < 3; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, measures, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, titles[i]);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, "Higher is better, quarter");
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, bp_value_percent (52 - 10 * i, 0));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, "Q4 2022/23");
        bp_cell_add (pack, &row->cells[2], BP_LINE_STRONG, bp_value_percent (64 - 10 * i, 0));
        bp_cell_add (pack, &row->cells[2], BP_LINE_SECOND, bp_value_of (118, 184));
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_percent (80, 0));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, "Jul 2026");
        bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "+12 points"));
        bp_cell_add (pack, &row->cells[5], BP_LINE_MAIN, demo_spark (pack, "rose from 21 to 46", 75, 10, gapped));
    }
    bp_pack_add_heading (pack, section, 2, "Key next steps", NULL);
    const BpTableColumn step_columns[]
        = { { "Step", BP_ALIGN_LEFT, 1, 0, true }, { "Who", BP_ALIGN_LEFT, 0, 92, false }, { "By", BP_ALIGN_RIGHT, 0, 100, false } };
    BpNode *steps = bp_pack_add_table (pack, section, BP_TABLE_ROWS, "Next steps", step_columns, 3);
    static const char *const step_texts[]
        = { "Appoint two fixed-term annual review officers.", "Pilot the Year 9 to Year 14 timeline with six SENCOs." };
    for (int i = 0; i < 2; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, steps, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, step_texts[i]);
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "Learner Support");
        bp_cell_add (pack, &row->cells[2], BP_LINE_MAIN, bp_value_date (bp_date_new (2025, 9, 30), BP_DATE_LONG));
    }
    bp_pack_add_heading (pack, section, 2, "Exceptions", NULL);
    static const char *const cards[3][2] = { { "2.2.3", "Timely answers to families" },
                                             { "2.1.4", "Training on annual review decisions" },
                                             { "2.3.2", "Year 9 to Year 14 timeline" } };
    for (int i = 0; i < 3; i++)
    {
        BpNode *card = bp_pack_add_note (pack, section, BP_NOTE_CARD, cards[i][1]);
        card->as.note.ref = cards[i][0];
        card->as.note.mark = i < 2 ? demo_off_track : demo_at_risk;
        bp_pack_add_note_row (pack, card, "Reason", "Two case officer posts vacant since May; 68 answers are late.", NULL);
        bp_pack_add_note_row (pack, card, "Way back", "Fund the posts (ask 1); team B clears the 68 by half-term.", NULL);
        bp_pack_add_note_row (pack, card, "Owner, date", "Service Manager for Learner Support, 31 October 2025", NULL);
    }
}

static inline void demo_add_areas (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "areas", "Areas for improvement");
    section->as.section.number = "2";
    demo_add_area (pack, section, 1, "working with children and young people", "Children are heard in more of their plans");
    demo_add_area (pack, section, 2, "timeliness and quality of education, health and care (EHC) planning",
                   "EHC planning is faster, but answers are late");
}

static inline void demo_add_tracker_row (BpPack *pack, BpNode *table, int group, int index)
{
    static const char *const texts[] = {
        "Allocate dedicated officers to focus on making decisions to amend plans when annual reviews take place.",
        "Monitor timeliness of communication to families on whether plan will be amended or not.",
        "Continue to embed the Quality Assurance Framework to improve quality of amended plans.",
        "Improve the quality of outcomes in EHC plans with a focus on PfA for every child: review and update documentation; ongoing "
        "training and development; continue to strengthen resources on "
        "Local Offer; monitor through QA Framework.",
        "Case officers to provide copy of notes/action/risks/issues of meeting to lead Joint Commissioner.",
    };
    BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, bp_pack_format (pack, "%d.%d", group, index));
    bp_cell_add_text (pack, &row->cells[0], BP_LINE_STRONG, bp_pack_format (pack, "%d.%d.%d", group / 4 + 1, group % 4 + 1, index + 1));
    bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, texts[(group + index) % 5]);
    bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN,
                      index % 2 == 0 ? "Service Manager for Learner Support" : "Service Manager – Education, Inclusion and Participation");
    bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_date (bp_date_new (2025, 3, 31), BP_DATE_LONG));
    if (index % 3 == 1)
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_ALARM, "122 days overdue");
    if (index % 3 == 2)
    {
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, "Was 31 March 2025");
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, "Moved once, 12 May");
    }
    bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, bp_value_status (*demo_mark (group + index)));
    if (index % 4 == 3)
        bp_cell_add_text (pack, &row->cells[4], BP_LINE_SECOND, "Reported: on track");
    bp_cell_add (pack, &row->cells[5], BP_LINE_MAIN,
                 index % 2 == 0 ? bp_value_status_change (*demo_mark (index + 1), *demo_mark (group + index))
                                : bp_value_status_change ((BpMark){ 0 }, demo_on_track));
    bp_cell_add_text (pack, &row->cells[6], BP_LINE_MAIN, "Two posts vacant; 68 late.");
    if (index % 3 == 1)
        bp_cell_add_led (pack, &row->cells[6], BP_LINE_MAIN, "Way back:", "ask 1, cleared by 31 October.");
}

static inline BpNode *demo_add_tracker (BpPack *pack, BpNode *section, int groups, int rows_each)
{
    const BpTableColumn columns[] = { { "Ref", BP_ALIGN_LEFT, 0, 42, true },
                                      { "Action", BP_ALIGN_LEFT, 0.64, 0, false },
                                      { "Lead", BP_ALIGN_LEFT, 0, 106, false },
                                      { "Due date", BP_ALIGN_LEFT, 0, 100, false },
                                      { "Status", BP_ALIGN_LEFT, 0, 78, false },
                                      { "Change", BP_ALIGN_LEFT, 0, 60, false },
                                      { "Update and way back", BP_ALIGN_LEFT, 0.36, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "All actions", columns, 7);
    for (int group = 0; group < groups; group++)
    {
        bp_pack_add_group_row (pack, table,
                               bp_pack_format (pack, "%d.%d Quality and timeliness of annual reviews", group / 4 + 1, group % 4 + 1),
                               "4 actions: 2 complete, 1 on track, 1 off track");
        for (int i = 0; i < rows_each; i++)
            demo_add_tracker_row (pack, table, group, i);
    }
    return table;
}

static inline void demo_add_scorecard (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "scorecard", "Scorecard");
    section->as.section.number = "4";
    section->as.section.headline = "Eight of ten measures have improved";
    section->as.section.subtitle
        = "Compared with the baseline, like period with like. One is worse, one is the same, one has no value yet.";
    const BpTableColumn columns[] = { { "Measure", BP_ALIGN_LEFT, 1, 0, true },     { "Baseline", BP_ALIGN_RIGHT, 0, 62, false },
                                      { "Latest", BP_ALIGN_RIGHT, 0, 67, false },   { "Target", BP_ALIGN_RIGHT, 0, 64, false },
                                      { "Benchmark", BP_ALIGN_LEFT, 0, 66, false }, { "On baseline", BP_ALIGN_LEFT, 0, 75, false },
                                      { "Trend", BP_ALIGN_LEFT, 0, 50, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Scorecard", columns, 7);
    static const double gapped[] = { 21, 24, 22, 27, 31, 30, 35, NAN, 41, 46 };
    static const char *const titles[] = { "New plans that show children’s input",
                                          "Satisfied with their involvement",
                                          "Annual reviews on time",
                                          "Final amended plans issued within eight weeks",
                                          "Suspensions per 100 pupils, secondary",
                                          "AP pupils back in mainstream",
                                          "Families aware of the Local Offer" };
    for (int i = 0; i < 7; i++)
    {
        if (i % 3 == 0)
            bp_pack_add_group_row (pack, table, bp_pack_format (pack, "Area %d: working with children and young people", i / 3 + 1), NULL);
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, titles[i]);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, "Higher is better, quarter");
        if (i == 5)
        {
            for (int j = 1; j < 4; j++)
                bp_cell_add (pack, &row->cells[j], j == 2 ? BP_LINE_STRONG : BP_LINE_MAIN, bp_value_shorthand ("[x]"));
            bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, "first value due Sep 2025");
            bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, bp_value_shorthand ("[z]"));
            bp_cell_add (pack, &row->cells[5], BP_LINE_MAIN, bp_value_movement (BP_DIRECTION_NONE, BP_JUDGEMENT_NONE, "No value"));
            bp_cell_add_text (pack, &row->cells[6], BP_LINE_SECOND, "No value yet");
            continue;
        }
        bp_cell_add (pack, &row->cells[1], BP_LINE_MAIN, bp_value_percent (62, 0));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, i == 4 ? "Spring 2023" : "Q4 2022/23");
        if (i == 1)
        {
            bp_cell_add (pack, &row->cells[2], BP_LINE_STRONG, bp_value_tag ("Stale"));
            g_array_index (row->cells[2].lines, BpCellLine, 0).beside = bp_value_percent (67, 0);
        }
        else
            bp_cell_add (pack, &row->cells[2], BP_LINE_STRONG, bp_value_percent (78, 0));
        bp_cell_add (pack, &row->cells[2], BP_LINE_SECOND, bp_value_of (412, 7774));
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_SECOND, i == 4 ? "Spring 2025" : "Q1 2025/26");
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_percent (85, 0));
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_SECOND, i == 4 ? "Summer 2026" : "Jul 2026");
        if (i == 4 || i == 3)
        {
            bp_cell_add_text (pack, &row->cells[4], BP_LINE_SECOND, "London 62%");
            bp_cell_add_text (pack, &row->cells[4], BP_LINE_SECOND, "England 54%");
        }
        else
            bp_cell_add (pack, &row->cells[4], BP_LINE_MAIN, bp_value_shorthand ("[x]"));
        bp_cell_add (pack, &row->cells[5], BP_LINE_MAIN,
                     i == 4   ? bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_BAD, "Worse")
                     : i == 6 ? bp_value_movement (BP_DIRECTION_LEVEL, BP_JUDGEMENT_NEUTRAL, "Same")
                              : bp_value_movement (BP_DIRECTION_UP, BP_JUDGEMENT_GOOD, "Improved"));
        bp_cell_add_text (pack, &row->cells[5], BP_LINE_SECOND, "+16 points");
        bp_cell_add (pack, &row->cells[6], BP_LINE_MAIN, demo_spark (pack, "rose from 21 to 46", 75, 10, gapped));
    }
    table->as.table.footnote
        = "[x] not available; [z] no comparable figure exists. Dashed line: target. Stale: its period ended over 200 days ago.";
}

static inline void demo_add_coverage (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "coverage", "Coverage of the findings");
    section->as.section.number = "5";
    section->as.section.headline = "One finding has no action, five no measure";
    section->as.section.subtitle = "17 inspection findings, the actions that answer them and the 13 measures that test them";
    BpTableColumn columns[18] = { { "Ref", BP_ALIGN_LEFT, 0, 34, true },
                                  { "Inspection finding", BP_ALIGN_LEFT, 1, 0, false },
                                  { "Plan", BP_ALIGN_LEFT, 0, 42, false },
                                  { "Done", BP_ALIGN_RIGHT, 0, 48, false } };
    static const char *const numbers[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13" };
    for (int i = 0; i < 13; i++)
        columns[4 + i] = (BpTableColumn){ numbers[i], BP_ALIGN_CENTRE, 0, 14.6, false };
    columns[17] = (BpTableColumn){ "Gap", BP_ALIGN_LEFT, 0, 74, false };
    BpNode *chart
        = bp_pack_add_chart (pack, section, BP_CHART_COVERAGE, NULL, NULL, "One finding of 17 has no action and five have no measure.");
    chart->as.chart.table = bp_pack_new_table (pack, BP_TABLE_FULL, "Coverage", columns, 18);
    BpNode *table = chart->as.chart.table;
    static const char *const findings[] = { "Genuine co-production", "Voice of children in reviews", "Out-of-date plans come first",
                                            "Annual review quality, pace", "Aged 19 and over: education, work or training" };
    for (int i = 0; i < 15; i++)
    {
        if (i % 3 == 0)
            bp_pack_add_group_row (pack, table, bp_pack_format (pack, "%d Working with children and young people", i / 3 + 1), NULL);
        const bool is_gap = i % 4 == 0;
        BpTableRow *row = bp_pack_add_row (pack, table, is_gap ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, bp_pack_format (pack, "%d%c", i / 3 + 1, 'a' + i % 3));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, findings[i % 5]);
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, "1.1");
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN, bp_value_of (1, 4));
        if (!is_gap)
        {
            BpValue dot = bp_value_none ();
            dot.kind = BP_VALUE_DOT;
            dot.text = bp_pack_format (pack, "tested by measure %d", i % 13 + 1);
            bp_cell_add (pack, &row->cells[4 + i % 13], BP_LINE_MAIN, dot);
        }
        else
            bp_cell_add (pack, &row->cells[17], BP_LINE_MAIN, bp_value_tag ("No measure"));
    }
    bp_pack_add_heading (pack, section, 3, "The 13 measures", NULL);
    BpNode *measures = bp_pack_add_list (pack, section, BP_LIST_DEFINITIONS);
    for (int i = 0; i < 13; i++)
        bp_pack_add_entry (pack, measures, numbers[i], i % 2 == 0 ? "Children’s input to plans" : "Annual reviews on time");
    BpNode *also
        = bp_pack_add_paragraph (pack, section, BP_PARAGRAPH_CAPTION,
                                 "measure 6 has no action; 2b and 2d share the four actions of 2.2; the 16 actions of area 4 count once.");
    also->as.paragraph.lead_in = "Also:";
}

static inline void demo_add_governance (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "governance", "Governance and forward plan");
    section->as.section.number = "6";
    section->as.section.headline = "Where this board sits, and what comes next";
    bp_pack_add_heading (pack, section, 2, "Forward plan to December 2025", NULL);
    const BpTableColumn columns[] = { { "Date", BP_ALIGN_LEFT, 0, 106, true },
                                      { "Forum", BP_ALIGN_LEFT, 1, 0, false },
                                      { "Item", BP_ALIGN_LEFT, 1, 0, false },
                                      { "Purpose", BP_ALIGN_LEFT, 0, 0, false },
                                      { "Papers due", BP_ALIGN_LEFT, 0, 70, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Forward plan", columns, 5);
    for (int i = 0; i < 6; i++)
    {
        const bool is_own = i % 3 == 0;
        BpTableRow *row = bp_pack_add_row (pack, table, is_own ? BP_ROW_HIGHLIGHT : BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN,
                     i == 5 ? bp_value_text ("To be confirmed") : bp_value_date (bp_date_new (2025, 9 + i / 2, 18), BP_DATE_LONG));
        bp_cell_add_text (pack, &row->cells[1], is_own ? BP_LINE_STRONG : BP_LINE_MAIN,
                          is_own ? "Area SEND Partnership Board" : "Borough Based Partnership");
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, "Summer term pack, new dates for four actions");
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, is_own ? "Approve" : "Discuss");
        bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, i == 5 ? "To be confirmed" : "5 Sep");
    }
    BpNode *glossary = bp_pack_add_section (pack, pack->sections, "glossary", "Glossary");
    glossary->as.section.starts_page = false;
    BpNode *terms = bp_pack_add_list (pack, glossary, BP_LIST_DEFINITIONS);
    static const char *const words[][2] = { { "AP", "Alternative provision" },
                                            { "DfE", "Department for Education" },
                                            { "EHC plan", "Education, health and care plan" },
                                            { "EOTAS", "Education other than at school" },
                                            { "ICB", "Integrated care board" },
                                            { "ND", "Neuro-disability" },
                                            { "PfA", "Preparation for adulthood" },
                                            { "SENCO", "Special educational needs coordinator" } };
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        bp_pack_add_entry (pack, terms, words[i][0], words[i][1]);
}

static inline void demo_add_quality (BpPack *pack)
{
    BpNode *section = bp_pack_add_section (pack, pack->sections, "quality", "Data quality");
    section->as.section.number = "A";
    section->as.section.headline = "Everything was loaded; ten items need attention";
    BpNode *counters = bp_pack_add_tiles (pack, section, BP_TILES_COUNTERS);
    bp_pack_add_tile (pack, counters, "actions loaded")->figure = bp_value_with_figure (bp_value_of (69, 69), "actions.loaded");
    bp_pack_add_tile (pack, counters, "KPI values loaded")->figure = bp_value_of (214, 214);
    bp_pack_add_tile (pack, counters, "rows left out")->figure = bp_value_count (0);
    bp_pack_add_tile (pack, counters, "error")->figure = bp_value_count (1);
    bp_pack_add_tile (pack, counters, "to check")->figure = bp_value_count (9);
    bp_pack_add_tile (pack, counters, "notes")->figure = bp_value_count (14);
    bp_pack_add_heading (pack, section, 2, "Main findings", NULL);
    const BpTableColumn columns[] = { { "Finding", BP_ALIGN_LEFT, 0, 72, true },
                                      { "Where", BP_ALIGN_LEFT, 0, 98, false },
                                      { "As typed", BP_ALIGN_LEFT, 0.3, 0, false },
                                      { "What this pack does", BP_ALIGN_LEFT, 0.4, 0, false },
                                      { "What to do", BP_ALIGN_LEFT, 0.3, 0, false } };
    BpNode *table = bp_pack_add_table (pack, section, BP_TABLE_FULL, "Findings", columns, 5);
    for (int i = 0; i < 8; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, table, BP_ROW_PLAIN, NULL);
        bp_cell_add (pack, &row->cells[0], BP_LINE_MAIN,
                     i == 0  ? bp_value_sign (BP_SIGN_ERROR, "Error")
                     : i < 5 ? bp_value_sign (BP_SIGN_CHECK, "Check")
                             : bp_value_sign (BP_SIGN_NOTE, "Note"));
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_SECOND, bp_pack_format (pack, "DQ%02d", i + 1));
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "actions, row 38");
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_SECOND, "Timeframe");
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, i % 2 == 0 ? "(blank)" : "April 2025 and then Termly");
        bp_cell_add_text (pack, &row->cells[3], BP_LINE_MAIN, "Action 3.3.6 has no date. Shown as “No date”, never as on track.");
        bp_cell_add_text (pack, &row->cells[4], BP_LINE_MAIN, "Learner Support to give a date");
    }
    table->as.table.footnote = "8 of 24 findings shown. The full list is in the workbook, sheet Data_Quality.";
    bp_pack_add_heading (pack, section, 2, "Figures in the text, computed again", NULL);
    const BpTableColumn claim_columns[] = { { "Claim", BP_ALIGN_LEFT, 1, 0, true },
                                            { "As stated", BP_ALIGN_RIGHT, 0, 0, false },
                                            { "From the data", BP_ALIGN_RIGHT, 0, 0, false },
                                            { "Result", BP_ALIGN_LEFT, 0, 86, false } };
    BpNode *claims = bp_pack_add_table (pack, section, BP_TABLE_PANEL, "Claims", claim_columns, 4);
    for (int i = 0; i < 3; i++)
    {
        BpTableRow *row = bp_pack_add_row (pack, claims, BP_ROW_PLAIN, NULL);
        bp_cell_add_text (pack, &row->cells[0], BP_LINE_MAIN, "London’s plans grew 9.21%");
        bp_cell_add_text (pack, &row->cells[1], BP_LINE_MAIN, "9.21%");
        bp_cell_add_text (pack, &row->cells[2], BP_LINE_MAIN, "9.21%, 85,601 to 93,487");
        bp_cell_add (pack, &row->cells[3], BP_LINE_MAIN,
                     i == 0 ? bp_value_sign (BP_SIGN_ERROR, "Disagrees") : bp_value_sign (BP_SIGN_AGREES, "Agrees"));
    }
}

static inline BpPack *demo_pack_start (void)
{
    BpPack *pack = bp_pack_new ();
    pack->programme_name = "the SEND improvement programme";
    pack->organisation = "Westbrook Borough Based Partnership";
    pack->language = "en-GB";
    pack->forum_id = "area-partnership-board";
    pack->forum_name = "Area SEND Partnership Board";
    pack->title = "Area SEND Partnership Board: board pack, 31 July 2025";
    pack->cover_title = pack->forum_name;
    pack->marking = "OFFICIAL";
    pack->notice_short = "Illustrative data.";
    pack->version_text = "Version 1.0, 5 September 2025";
    pack->as_of = bp_date_new (2025, 7, 31);
    for (int i = 0; i < 6; i++)
        g_array_append_val (pack->marks, *demo_mark (i));
    return pack;
}

static inline BpPack *demo_pack_new (void)
{
    BpPack *pack = demo_pack_start ();
    demo_add_cover (pack);
    demo_add_contents (pack);
    demo_add_summary (pack);
    demo_add_areas (pack);
    BpNode *tracker = bp_pack_add_section (pack, pack->sections, "tracker", "Action tracker");
    tracker->as.section.number = "3";
    tracker->as.section.headline = "Six actions are off track, three have no update";
    tracker->as.section.subtitle = "Change: since the pack of 4 April 2025";
    tracker->as.section.is_landscape = true;
    demo_add_tracker (pack, tracker, 8, 4);
    demo_add_scorecard (pack);
    demo_add_coverage (pack);
    demo_add_governance (pack);
    demo_add_quality (pack);
    return pack;
}

#endif
