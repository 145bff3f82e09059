#ifndef BP_RENDER_PDF_PAGE_PLAN_H
#define BP_RENDER_PDF_PAGE_PLAN_H

#include "pack/value.h"
#include "render/theme.h"

#include <glib.h>

/* What the layout decided: every page with its placed boxes, each box with its place in the structure tree. Nothing here knows the PDF
 * library: the plan is drawn by draw.c and dumped as text for tests and benchmarks. All lengths are points; x runs to the right and y
 * downwards from the page's top left. */

typedef enum
{
    BP_FACE_REGULAR,
    BP_FACE_BOLD
} BpFace;

/* Standard structure types of PDF, in the names of ISO 32000-1, 14.8.4. */
typedef enum
{
    BP_ROLE_DOCUMENT,
    BP_ROLE_SECT,
    BP_ROLE_H1,
    BP_ROLE_H2,
    BP_ROLE_H3,
    BP_ROLE_H4,
    BP_ROLE_H5,
    BP_ROLE_H6,
    BP_ROLE_P,
    BP_ROLE_L,
    BP_ROLE_LI,
    BP_ROLE_LBL,
    BP_ROLE_LBODY,
    BP_ROLE_TABLE,
    BP_ROLE_TR,
    BP_ROLE_TH,
    BP_ROLE_TD,
    BP_ROLE_CAPTION,
    BP_ROLE_FIGURE,
    BP_ROLE_LINK,
    BP_ROLE_TOC,
    BP_ROLE_TOCI,
    BP_ROLE_REFERENCE,
    BP_ROLE_COUNT
} BpRole;
const char *bp_role_name (BpRole role);

typedef enum
{
    BP_SCOPE_NONE,
    BP_SCOPE_COLUMN,
    BP_SCOPE_ROW
} BpScope;

/* Instead of an element: what is no content. A repeated header or heading is BP_ARTIFACT_REPEATED. */
#define BP_ARTIFACT_LAYOUT (-1)
#define BP_ARTIFACT_HEADER (-2)
#define BP_ARTIFACT_FOOTER (-3)
#define BP_ARTIFACT_REPEATED (-4)

/* One structure element. The tree is implied: elements stand in reading order, parents before children. */
typedef struct
{
    BpRole role : 8;
    BpScope scope : 8;       /* TH */
    bool is_numbered : 1;    /* L: ListNumbering Decimal instead of Disc */
    bool is_plain_list : 1;  /* L: ListNumbering None */
    int parent;              /* index; -1 for the document */
    int column_span;         /* TH, TD; 0 is 1 */
    int page;                /* FIGURE, LINK: where its boxes stand; -1 before they are placed */
    const char *alternative; /* FIGURE: what it shows; TABLE: what it is */
    double left, top, right, bottom;
} BpElement;

typedef enum
{
    BP_BOX_TEXT,
    BP_BOX_RECTANGLE,
    BP_BOX_ELLIPSE,
    BP_BOX_LINE,
    BP_BOX_PATH, /* straight lines through points, open or closed */
    BP_BOX_LINK  /* a rectangle that leads to a section */
} BpBoxKind;

/* A large pack has a third of a million of these: what never goes together shares its place, so read only what the kind has. */
typedef struct
{
    BpBoxKind kind : 8;
    BpFace face : 8;
    bool is_filled : 1, is_stroked : 1, is_closed : 1, has_round_joins : 1;
    bool is_word_cut : 1;  /* TEXT: the next line goes on with the same word */
    BpColour fill, stroke; /* TEXT: fill */
    int element;           /* index of its structure element, or BP_ARTIFACT_… */
    double x, y;           /* TEXT: start of the baseline; LINE: one end; else top left */
    double width, height;  /* TEXT: advance width, size of type; LINE: vector to the other end */
    union
    {
        struct
        {
            float weight;            /* of the stroke */
            float dash_on, dash_off; /* 0: solid */
        };
        float letter_space; /* TEXT */
    };
    int point_count;  /* PATH */
    const char *text; /* TEXT: drawable, NFC, from left to right; LINK: id of the section */
    union
    {
        const char *description; /* LINK: what a reader hears */
        const double *points;    /* PATH: x, y pairs relative to x, y */
    };
} BpBox;

typedef struct
{
    bool is_landscape;
    double width_pt, height_pt;
    GArray *boxes; /* of BpBox, in drawing order */
} BpPlanPage;

/* Where a link leads. */
typedef struct
{
    const char *id;
    int page; /* from 0 */
    double y;
} BpAnchor;

typedef struct
{
    const char *title;
    int level; /* from 1 */
    int page;  /* from 0 */
    double y;
} BpBookmark;

typedef struct
{
    GPtrArray *pages;  /* of BpPlanPage */
    GArray *elements;  /* of BpElement */
    GArray *anchors;   /* of BpAnchor */
    GArray *bookmarks; /* of BpBookmark, in reading order */
    GStringChunk *strings;
    GPtrArray *owned;
} BpPagePlan;

#define BP_PAGE_SHORT_PT 595.28
#define BP_PAGE_LONG_PT 841.89

BpPagePlan *bp_page_plan_new (void);
void bp_page_plan_free (BpPagePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPagePlan, bp_page_plan_free)
/* Appends an empty A4 page. */
BpPlanPage *bp_page_plan_add_page (BpPagePlan *plan, bool is_landscape);
const BpPlanPage *bp_page_plan_get_page (const BpPagePlan *plan, int page);
/* Appends an element below parent (-1: none) and returns its index. */
int bp_page_plan_add_element (BpPagePlan *plan, int parent, BpRole role);
/* Valid until the next element is added. */
BpElement *bp_page_plan_get_element (BpPagePlan *plan, int element);
/* The plan's own copy. */
const char *bp_page_plan_copy (BpPagePlan *plan, const char *text);
/* A copy of count points (two numbers each) that lives as long as the plan. */
const double *bp_page_plan_copy_points (BpPagePlan *plan, const double *points, int count);
/* The place of a section, or NULL. */
const BpAnchor *bp_page_plan_find_anchor (const BpPagePlan *plan, const char *id);

/* The whole plan, a line for each box: enough to draw the pages again without deciding anything. Caller frees.
 *   page 1 portrait 595.28x841.89
 *   text 48.00 84.00 w120.10 22 bold #12436D H1:3 | words
 *   rect 48.00 90.00 499.28x16.00 fill #12436D stroke #3D3D3D 0.75 | …
 * followed by elements and bookmarks where with_structure is set. */
char *bp_page_plan_dup_text (const BpPagePlan *plan, bool with_structure);

#endif
