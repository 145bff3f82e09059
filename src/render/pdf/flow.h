#ifndef BP_RENDER_PDF_FLOW_H
#define BP_RENDER_PDF_FLOW_H

#include "pack/pack.h"
#include "render/pdf/block.h"
#include "render/theme.h"

#define BP_MARGIN_PT 48.0
#define BP_BODY_TOP_PT 50.0
#define BP_MOST_NOTES 6
#define BP_MOST_FEET 12

/* How closely a section is set: a section with a page budget that it overflows is set again, tighter. */
typedef enum
{
    BP_DENSITY_NORMAL,
    BP_DENSITY_CLOSE,
    BP_DENSITY_FULL,
    BP_DENSITY_COUNT
} BpDensity;

typedef struct BpFlow BpFlow;

/* Draws what a page repeats when a table goes on: header and group row. first is the block that the new page begins with. */
typedef void (*BpRepeatHeader) (BpFlow *flow, const BpBlock *first, void *data);

/* A text whose number is known only when all pages are: "Page 3 of 16", a page number in the contents. */
typedef struct
{
    int page;           /* where it stands */
    guint box;          /* index in that page's boxes */
    const char *target; /* section whose page is printed */
    double right_x;
} BpPageReference;

typedef struct
{
    const BpValue *value;
    int page;
} BpPlacedFigure;

/* A page that ends above its bottom, so that its last block goes over to the page after it. */
typedef struct
{
    int page;
    double y;
} BpFoot;

/* Everything a layout function needs: where the next block stands, and what is around it. */
struct BpFlow
{
    const BpPack *pack;
    const BpTheme *theme;
    BpFonts *fonts;
    BpTypeScale types;
    BpPagePlan *plan;
    GArray *references; /* of BpPageReference */
    GArray *figures;    /* of BpPlacedFigure */

    /* the page */
    double left, width, bottom; /* of the body */
    double foot;                /* where blocks end on this page: above the bottom if the page is to let go of its last ones */
    BpFoot feet[BP_MOST_FEET];  /* of pages still to come */
    int foot_count;
    double y;           /* where the next block begins */
    bool is_fresh;      /* nothing but repeated headings stands on the page */
    BpBlock *capture;   /* takes the blocks in place of the page; NULL */
    GPtrArray *pending; /* of BpBlock: waiting for the block they must stand with */

    /* the section */
    const char *section_name;    /* for "(continued)" */
    const char *subsection_name; /* of a section inside that began on the page; NULL */
    const char *part_name;       /* last heading inside the section: repeated on the page where what it heads goes on; NULL */
    const char *section_aside;   /* at the right of a continued heading; NULL */
    bool is_landscape;
    BpDensity density;
    double spare;                /* height that the section's one page leaves when it is set: a drawing in it may take so much more */
    int parent;                  /* element that new parts go into */
    int heading_level;           /* structure level of the last heading: none is skipped */
    int section_level;           /* structure level of the section's own heading */
    int section_depth;           /* 0: a section; 1: below one */
    double gap;                  /* before the next part */
    bool has_chart_next;         /* below the part and its captions follows a chart */
    const char *heading_above;   /* text of the heading just above the next part; NULL */
    int heading_above_level;     /* 1: of the section; 0: none */
    const BpSection *container;  /* the section around, if it prints no heading of its own; NULL */
    int container_heading;       /* its heading's element, until that is printed; then BP_ARTIFACT_REPEATED */
    int level_lift;              /* sections around that print no heading of their own */
    const BpSection *carried[4]; /* such sections, whose place is the next page to begin */
    int carried_count;

    /* the table that is being set; NULL repeat: none */
    BpRepeatHeader repeat;
    void *repeat_data;
    const char *continued_name;              /* of the table; NULL: the section's */
    bool is_table_open;                      /* its header stands on the page before */
    double reserve;                          /* kept free below rows for "Continues on page 3" */
    const BpParagraph *notes[BP_MOST_NOTES]; /* captions after the next part, which stands on their page: it takes them, or leaves them */
    int note_count;
    bool keeps_text; /* the text that is set stands on the page of what follows */
};

void bp_flow_init (BpFlow *flow, const BpPack *pack, const BpTheme *theme, BpFonts *fonts, BpPagePlan *plan);
void bp_flow_clear (BpFlow *flow);

/* Begins a page in the section's orientation; what was pending goes first. */
void bp_flow_start_page (BpFlow *flow, bool is_landscape);
/* Takes the block. It is placed at once, or with the next one if it keeps to it; a page begins where it does not fit. */
void bp_flow_add (BpFlow *flow, BpBlock *block);
/* The heading that was just added names a part of the section, which is named again on the page where it goes on. */
void bp_flow_name_part (BpFlow *flow, const char *name);
/* Places what is pending, though nothing follows. */
void bp_flow_flush (BpFlow *flow);
/* Ends the page, if anything stands on it: the next block begins a new one. */
void bp_flow_break_page (BpFlow *flow);
/* Lets the current page, or one that is still to begin, end at y, whatever fits below. Without effect if too many do already. */
void bp_flow_add_foot (BpFlow *flow, int page, double y);
/* Lets nothing more begin on the current page. */
void bp_flow_close_page (BpFlow *flow);
/* Puts a block straight onto the current page at y, without any rule. Frees it. */
void bp_flow_place_at (BpFlow *flow, BpBlock *block, double y);
/* Room left on the page. */
double bp_flow_get_room (const BpFlow *flow);
/* Room for the next block on this page, below what waits to stand with it, and on a page that is begun for both. */
double bp_flow_get_next_room (const BpFlow *flow);
double bp_flow_get_fresh_room (const BpFlow *flow);
int bp_flow_current_page (const BpFlow *flow);

/* A new element below the flow's parent. */
int bp_flow_add_element (BpFlow *flow, BpRole role);
/* A figure with the words that stand for it. */
int bp_flow_add_figure (BpFlow *flow, const char *alternative);
/* The theme's colours and the flow's types, for short. */
BpColour bp_flow_colour (const BpFlow *flow, BpColourRole role);
const BpType *bp_flow_type (const BpFlow *flow, BpTypeRole role);
/* Breaks one text of one type. Free with bp_broken_text_free. */
BpBrokenText *bp_flow_break_text (BpFlow *flow, BpTypeRole type, const char *text, double width, BpBreakStyle style);
/* Adds a text that stays in one line; returns its width. align 1: x is its right end, 2: its middle. */
double bp_flow_add_text (BpFlow *flow, BpBlock *block, int element, BpTypeRole type, const char *text, double x, double baseline,
                         int align);
/* Adds the number of a section's page, right aligned at right_x: known only at the end. */
void bp_flow_add_page_number (BpFlow *flow, BpBlock *block, int element, BpTypeRole type, const char *target, double right_x,
                              double baseline);

/* A point to come back to: the plan as it was, before a trial. */
typedef struct
{
    guint pages, boxes /* of the last page */, elements, anchors, bookmarks, references, figures;
    BpFlow saved;
} BpFlowMark;
void bp_flow_remember (BpFlow *flow, BpFlowMark *mark_out);
void bp_flow_return (BpFlow *flow, const BpFlowMark *mark);

#endif
