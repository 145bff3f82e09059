#ifndef BP_PACK_NODE_H
#define BP_PACK_NODE_H

#include "pack/value.h"

#include <glib.h>

/* The closed set of node kinds. A `switch` over them has no default, so that a forgotten kind fails to compile. */
typedef enum
{
    BP_NODE_SECTION,
    BP_NODE_HEADING,
    BP_NODE_PARAGRAPH,
    BP_NODE_LIST,
    BP_NODE_TABLE,
    BP_NODE_TILES,
    BP_NODE_CHART,
    BP_NODE_NOTE,
    BP_NODE_PAGE_BREAK
} BpNodeKind;

typedef struct BpNode BpNode;

/* ---- section ---- */
typedef enum
{
    BP_SECTION_PLAIN,
    BP_SECTION_COVER,
    BP_SECTION_CONTENTS
} BpSectionStyle;
typedef struct
{
    const char *id; /* unique in the pack; the target of links: "summary", "area-pages/2" */
    BpSectionStyle style;
    const char *number;   /* "1", "A"; NULL for cover, contents and sub-sections */
    const char *label;    /* of a sub-section in the contents: "Area 2"; NULL */
    const char *name;     /* "Summary on one page" */
    const char *headline; /* the H1: what the reader should take away; NULL: the name stands as H1 */
    const char *subtitle; /* 10/13 under the H1; NULL */
    const char *message;  /* a few words for the cover's list; NULL */
    bool is_landscape;
    bool fills_page;  /* no section goes on below it */
    bool starts_page; /* else it goes on below the section before it, as an H2 */
    bool in_contents;
    int page_budget;     /* 0: none */
    GPtrArray *children; /* of BpNode; sub-sections are children too */
} BpSection;

/* ---- heading: H2 or H3 ---- */
typedef struct
{
    int level; /* 2 or 3 */
    const char *text;
    const char *aside; /* caption at the right end; NULL */
} BpHeading;

/* ---- paragraph ---- */
typedef enum
{
    BP_PARAGRAPH_BODY,
    BP_PARAGRAPH_CAPTION,
    BP_PARAGRAPH_STANDING,     /* "No changes this period.": between two rules */
    BP_PARAGRAPH_ORGANISATION, /* the cover's parts */
    BP_PARAGRAPH_TITLE,
    BP_PARAGRAPH_SUBTITLE
} BpParagraphRole;
typedef struct
{
    BpParagraphRole role;
    const char *lead_in; /* bold words before the text; NULL */
    const char *text;
} BpParagraph;

/* ---- list ---- */
typedef enum
{
    BP_LIST_BULLETS, /* text */
    BP_LIST_NUMBERED,
    BP_LIST_DEFINITIONS, /* label: term, text: meaning; two columns if short */
    BP_LIST_FACTS,       /* label over value, four columns: the cover's facts, an area's lead */
    BP_LIST_COUNTED,     /* label: a figure, text: what it counts ("12  actions completed") */
    BP_LIST_CONTENTS     /* label, text, link: contents rows; the page number comes from the layout */
} BpListStyle;
typedef struct
{
    const char *label;
    BpValue value; /* FACTS, COUNTED: the figure */
    const char *text;
    const char *aside; /* the cover's message column; NULL */
    const char *link;  /* id of a section; NULL */
    int level;         /* CONTENTS: 1 or 2 */
} BpListEntry;
typedef struct
{
    BpListStyle style;
    GArray *entries; /* of BpListEntry */
} BpList;

/* ---- table ---- */
typedef enum
{
    BP_TABLE_FULL,  /* navy header; may break over pages; the header repeats */
    BP_TABLE_PANEL, /* ink header on white, 1.5 navy rule; short */
    BP_TABLE_ROWS   /* no header drawn (readers of the structure hear the titles before the rows): change lists, next steps, 12 pt */
} BpTableStyle;
typedef enum
{
    BP_ALIGN_LEFT,
    BP_ALIGN_RIGHT,
    BP_ALIGN_CENTRE
} BpAlign;
typedef enum
{
    BP_LINE_MAIN,
    BP_LINE_STRONG,
    BP_LINE_SECOND,
    BP_LINE_ALARM /* "92 days overdue" */
} BpLineRole;
typedef struct
{
    const char *title; /* never empty: a header cell always has words */
    BpAlign align;
    double width_share; /* of the space that the fixed columns leave; 0 for a fixed column */
    double width_pt;    /* fixed width at 10 pt type; 0: by share, or by widest content if share is 0 too */
    bool is_row_header;
} BpTableColumn;
typedef struct
{
    BpLineRole role;
    const char *lead_in; /* bold words before it: "Way back:"; NULL */
    BpValue value;
    BpValue beside; /* a second value on the same line: n of d beside a tag, the word beside a spark; NONE usually */
} BpCellLine;
typedef struct
{
    GArray *lines; /* of BpCellLine; never empty in a finished pack: an empty cell has words of its own */
} BpCell;
typedef enum
{
    BP_ROW_PLAIN,
    BP_ROW_GROUP /* one cell over all columns */,
    BP_ROW_HIGHLIGHT /* surface behind it */
} BpRowKind;
typedef struct
{
    BpRowKind kind;
    BpCell *cells;     /* column_count of them; GROUP: cells[0] alone */
    const char *aside; /* GROUP: counts at the right end; NULL */
    const char *key;   /* stable name of the row: an action's key; NULL */
} BpTableRow;
typedef struct
{
    BpTableStyle style;
    const char *caption; /* what it is, for readers of the structure; never NULL */
    BpTableColumn *columns;
    int column_count;
    GArray *rows;          /* of BpTableRow */
    const char *footnote;  /* caption below; NULL */
    const char *continued; /* name used when it goes on over a page; NULL: the section's */
} BpTableNode;

/* ---- tiles ---- */
typedef enum
{
    BP_TILES_KPI,
    BP_TILES_COUNTERS
} BpTilesStyle;
typedef struct
{
    const char *title;
    BpValue figure;
    BpValue spark;             /* NONE: none */
    BpValue movement;          /* NONE: none */
    const char *movement_text; /* "Improved 4 points"; NULL */
    const char *lines[2];      /* n of d and period; target */
} BpTile;
typedef struct
{
    BpTilesStyle style;
    GArray *tiles; /* of BpTile */
} BpTiles;

/* ---- chart ---- */
typedef enum
{
    BP_CHART_STATUS_BAR,
    BP_CHART_BURN_UP,
    BP_CHART_RUN,
    BP_CHART_TIMELINE,
    BP_CHART_COVERAGE,
    BP_CHART_GOVERNANCE
} BpChartType;
/* What a point of a statistical process control chart says. */
typedef enum
{
    BP_POINT_PLAIN, /* no judgement: a run chart */
    BP_POINT_USUAL, /* usual (common-cause) variation */
    BP_POINT_IMPROVEMENT,
    BP_POINT_CONCERN,
    BP_POINT_NEUTRAL /* special cause, neither better nor worse */
} BpPointMeaning;
typedef struct
{
    const char *name;
    bool is_dashed;
    double *values;                 /* one for each category; NAN is a gap */
    const char *const *value_notes; /* for each category NULL or "[x]", "[c]" */
    const BpPointMeaning *meanings; /* RUN: for each category; NULL: all plain */
    const char *last_text;          /* RUN: its last value as printed elsewhere: "46%"; NULL: by the axis's decimals and unit */
    BpMark mark;                    /* STATUS_BAR: of the part */
} BpChartSeries;
/* RUN: a level line. */
typedef enum
{
    BP_REFERENCE_TARGET,
    BP_REFERENCE_BENCHMARK,
    BP_REFERENCE_MEAN,
    BP_REFERENCE_LIMIT
} BpReferenceKind;
typedef struct
{
    BpReferenceKind kind;
    double value;
    const char *label; /* "Target 75%, July 2026"; NULL: the line has its words elsewhere (the mean before a re-basing) */
    int first, last;   /* the categories that it spans, both included */
} BpChartReference;
/* RUN: an upright dashed line before a category: "Series break", "Limits set on these 12 months". */
typedef struct
{
    int category;
    const char *text;
    bool is_break; /* what is before cannot be compared with what is after: no line joins them */
} BpChartEvent;
/* RUN: words at a point: "Above the limit", "Baseline 21%, Q4 2022/23". */
typedef struct
{
    int category;
    const char *text;
    bool is_quiet; /* of less weight: the baseline, below its point where there is room */
} BpChartRemark;
/* RUN with limits: the two icons of Making Data Count, each with its word. */
typedef enum
{
    BP_VARIATION_NONE, /* too few points */
    BP_VARIATION_USUAL,
    BP_VARIATION_IMPROVING_HIGH,
    BP_VARIATION_IMPROVING_LOW,
    BP_VARIATION_CONCERNING_HIGH,
    BP_VARIATION_CONCERNING_LOW,
    BP_VARIATION_NEUTRAL_HIGH,
    BP_VARIATION_NEUTRAL_LOW
} BpVariationIcon;
typedef enum
{
    BP_ASSURANCE_NONE, /* no target, no direction, or too few points */
    BP_ASSURANCE_PASS, /* the target is met whatever the usual variation brings */
    BP_ASSURANCE_FAIL,
    BP_ASSURANCE_HIT_OR_MISS
} BpAssuranceIcon;
/* TIMELINE: one action. */
typedef struct
{
    const char *ref;
    BpMark mark;
    bool is_open;
    BpDate date;           /* the approved one; BP_DATE_NONE: it has none */
    BpDate original;       /* where it stood before it moved; BP_DATE_NONE: it has not moved */
    const BpDate *repeats; /* after date, rising, none after the timeline's last day */
    int repeat_count;
} BpTimelineMark;
/* Actions that share a row: a sub-area. */
typedef struct
{
    const char *name;
    BpTimelineMark *marks;
    int mark_count;
} BpTimelineLane;
/* An area. */
typedef struct
{
    const char *name;
    BpTimelineLane *lanes;
    int lane_count;
} BpTimelineGroup;
typedef struct
{
    BpDate first, last; /* whole months; today and every date of a mark lie between */
    BpDate today;
    BpTimelineGroup *groups;
    int group_count;
    const char *caption; /* below the drawing, not below a table in its place */
} BpTimeline;
/* GOVERNANCE: a box. */
typedef struct
{
    const char *name, *short_name;
    const char *role; /* a few words; of this one "This forum: …" */
    bool is_this;
    int level; /* 0 is the top: no node stands on the level of its parent or above it, but in a ring */
} BpTreeNode;
typedef enum
{
    BP_EDGE_REPORTS_TO,
    BP_EDGE_ADVISES
} BpEdgeKind;
typedef struct
{
    BpEdgeKind kind;
    int from, to; /* nodes */
} BpTreeEdge;
typedef struct
{
    BpTreeNode *nodes;
    int node_count;
    BpTreeEdge *edges;
    int edge_count;
    const char *caption; /* below the drawing, not below a table in its place */
} BpTree;
typedef struct
{
    BpChartType type;
    const char *title;                  /* the message */
    const char *subtitle;               /* measure, unit, place, period */
    const char *aside;                  /* STATUS_BAR: right of the title; NULL */
    const char *alternative;            /* generated: what the data does */
    const char *const *categories;      /* x labels: "Q1 2025/26", or what is below its group alone: "Q1" */
    const char *const *category_groups; /* second row of x labels: "2025/26"; printed where it changes; NULL: none */
    const double *category_positions;   /* BURN_UP: the last day of each month, as a date. RUN: for each category its place in time, in any
                                           unit; unequal gaps are drawn unequal; NULL: equal */
    int category_count;
    BpChartSeries *series;
    int series_count;
    BpChartReference *references;
    int reference_count;
    BpChartEvent *events;
    int event_count;
    BpChartRemark *remarks;
    int remark_count;
    int axis_decimals;
    const char *axis_unit; /* after each number of the axis: "%"; NULL: none */
    bool is_axis_free;     /* lines that may start above nought */
    bool has_limits;       /* RUN: an XmR chart, with a key for the meanings of its points */
    BpVariationIcon variation;
    const char *variation_word; /* "Special cause: improvement, low"; NULL: no icon */
    BpAssuranceIcon assurance;
    const char *assurance_word; /* "Will consistently miss the target"; NULL: no icon */
    const char *source;         /* caption */
    const BpTimeline *timeline; /* TIMELINE: what is drawn; the series count the statuses. NULL: the table alone */
    const BpTree *tree;         /* GOVERNANCE: the same */
    BpNode *table;              /* the numbers, a TABLE node; NULL only where a table of them stands beside it in the section */
} BpChart;

/* ---- note: a box ---- */
typedef enum
{
    BP_NOTE_ASKS,   /* group tint, navy bar; rows: label "1. Decide", text, aside owner and date */
    BP_NOTE_NOTICE, /* surface, navy bar */
    BP_NOTE_CARD    /* bar in the tone of mark; heading: ref and title; rows: Reason, Way back, Owner and date */
} BpNoteStyle;
typedef struct
{
    const char *label;
    const char *text;
    const char *aside; /* NULL; lines separated by \n */
} BpNoteRow;
typedef struct
{
    BpNoteStyle style;
    const char *ref;     /* CARD; NULL */
    const char *heading; /* NULL for none */
    BpMark mark;         /* CARD; word NULL for none */
    GArray *rows;        /* of BpNoteRow */
} BpNote;

struct BpNode
{
    BpNodeKind kind;
    union
    {
        BpSection section;
        BpHeading heading;
        BpParagraph paragraph;
        BpList list;
        BpTableNode table;
        BpTiles tiles;
        BpChart chart;
        BpNote note;
    } as;
};

const char *bp_node_kind_name (BpNodeKind kind);

#endif
