#ifndef BP_RENDER_PDF_LAYOUT_PARTS_H
#define BP_RENDER_PDF_LAYOUT_PARTS_H

#include "render/pdf/flow.h"
#include "render/pdf/marks.h"

/* One function for each kind of node: turns it into blocks and hands them to the flow. The first block stands flow->gap below the part
 * before. */

/* ---- sections ---- */
/* "1 Summary on one page", "Area 2: timeliness": the small line above a message, and the bookmark. */
const char *bp_layout_section_name (BpFlow *flow, const BpSection *section);
/* The name is the heading, in the words of bookmark and contents; the message stands below it. */
void bp_layout_section_heading (BpFlow *flow, const BpSection *section, int depth, bool is_page_top);

/* ---- text ---- */
void bp_layout_heading (BpFlow *flow, int level, const char *text, const char *aside);
void bp_layout_paragraph (BpFlow *flow, const BpParagraph *paragraph);
/* Blocks of one or more lines so that neither the first nor the last line of a paragraph stands alone on a page. first may hold what stands
 * before the text (a bullet); it becomes the first block. */
void bp_layout_flow_lines (BpFlow *flow, BpBlock *first, int element, const BpBrokenText *broken, const BpSpan *spans, double x,
                           double width, const BpType *type, double gap);
/* Structure role of a heading of so many levels below the document's title, never skipping one. */
BpRole bp_layout_heading_role (BpFlow *flow, int level);
/* Small grey text below a figure or table. */
void bp_layout_caption (BpFlow *flow, const char *text, double gap);
/* Sets the captions that wait in the flow, all on one page with what stands before them. */
void bp_layout_notes (BpFlow *flow);

/* ---- lists ---- */
void bp_layout_list (BpFlow *flow, const BpList *list);
void bp_layout_contents (BpFlow *flow, const BpList *list);
/* What holds the words of a row of contents, below its TOCI: a link, or a paragraph where it leads nowhere. */
int bp_layout_contents_element (BpFlow *flow, int row_element, const BpListEntry *entry);
/* Facts in columns: label over value; small: bold label over a value in table size. Returns the height that they take below y in the block.
 */
double bp_layout_facts (BpFlow *flow, BpBlock *block, int list_element, const BpList *list, double x, double y, double width, int columns,
                        bool is_small);

/* ---- tables ---- */
void bp_layout_table (BpFlow *flow, const BpTableNode *table);

typedef struct
{
    double x, width; /* of the text, without padding */
    BpAlign align;
    bool is_narrow; /* a column of dots: hairlines at its sides, words in the middle */
    double outer_x, outer_width;
    bool has_changes; /* rows of it show a status before and after: lone statuses stand under the second */
} BpColumnFrame;
typedef struct
{
    double above, below; /* padding */
    double header_above, header_below;
    double side;
} BpTablePadding;
/* Widths of all columns for a table set in width points; frames has column_count places. */
void bp_layout_columns (BpFlow *flow, const BpTableNode *table, const BpTablePadding *padding, double left, double width,
                        BpColumnFrame *frames);

/* Draws a cell from y = 0 down; returns its height and the first line's baseline. first_box_out: index of its first box. */
double bp_layout_cell (BpFlow *flow, BpBlock *block, int element, const BpCell *cell, const BpColumnFrame *frame, BpTableStyle style,
                       bool is_large, double *baseline_out);
/* What a cell takes for its marks alone, without breaking a word, without breaking a date or the like, and in one line. */
typedef struct
{
    double mark_pt, word_pt, piece_pt, whole_pt;
} BpCellWidths;
void bp_layout_measure_cell (BpFlow *flow, const BpCell *cell, BpTableStyle style, bool is_large, BpCellWidths *widths_out);
/* Adds each of its lines to samples (of BpLineSample). */
void bp_layout_sample_cell (BpFlow *flow, const BpCell *cell, BpTableStyle style, bool is_large, int row, int column, GArray *samples);
/* In a table of rows the text columns are set in body size, the fixed ones beside them in table size. */
bool bp_layout_is_large_column (const BpTableNode *node, int column);
/* The type of a line of a cell. */
BpTypeRole bp_layout_cell_type (BpLineRole role, BpTableStyle style, bool is_large);

/* ---- the rest ---- */
void bp_layout_tiles (BpFlow *flow, const BpTiles *tiles);
void bp_layout_note (BpFlow *flow, const BpNote *note);
void bp_layout_chart (BpFlow *flow, const BpChart *chart);
/* The message as a heading, unless it stands above already, and the subtitle. */
void bp_layout_chart_heading (BpFlow *flow, const BpChart *chart);
/* The statuses of a chart's series in one line, spread over the measure; in equal columns over several lines where they are too many.
 * Returns the y below. */
double bp_layout_status_key (BpFlow *flow, BpBlock *block, const BpChart *chart, double x, double y, double width, bool with_counts);
/* A mark for each action in its month; false if the chart has nothing that could be drawn so: then nothing was set. */
bool bp_layout_timeline (BpFlow *flow, const BpChart *chart);
/* Who reports to whom, as boxes and lines; false if they are too many or cannot be drawn without lines that cross: then nothing was set. */
bool bp_layout_tree (BpFlow *flow, const BpChart *chart);
/* Planned and completed over time, drawn as wide as the flow. */
bool bp_layout_can_draw_burn_up (const BpChart *chart);
void bp_layout_burn_up (BpFlow *flow, const BpChart *chart);
/* Values over time, with limits or without: the drawing, its plot so high, and the key of its marks. */
void bp_layout_run_chart (BpFlow *flow, const BpChart *chart, double height);
/* Its subtitle; where its axis does not start at nought, with where it starts: "…; axis starts at 20". NULL for
 * none. Caller frees. */
char *bp_layout_run_chart_dup_subtitle (const BpChart *chart);
/* Whether it has values, but too few to draw a line: their table says all. */
bool bp_layout_run_chart_has_too_few (const BpChart *chart);
/* What stands below the table of such a chart: "Two values: too few for a chart. Target 75%, July 2026." Caller frees. */
char *bp_layout_run_chart_dup_undrawn (const BpChart *chart);
/* A height at which two such charts go on a page, as far as they can: others is the height of all but the plot. */
double bp_layout_run_chart_height (const BpFlow *flow, const BpChart *chart, double others);
/* A burn-up chart and, at its right, a heading with a counted list; true if it was possible. */
bool bp_layout_panels (BpFlow *flow, const BpChart *chart, const BpHeading *heading, const BpList *list);
/* A status bar with a list of facts at its right; true if it was possible. */
bool bp_layout_chart_beside_facts (BpFlow *flow, const BpChart *chart, const BpList *facts);
void bp_layout_cover (BpFlow *flow, const BpSection *section);
/* Header and footer of every page, page numbers of the contents: when all pages are known. */
void bp_layout_page_frames (BpFlow *flow);

#endif
