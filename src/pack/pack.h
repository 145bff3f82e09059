#ifndef BP_PACK_PACK_H
#define BP_PACK_PACK_H

#include "pack/node.h"

/* One real table of the workbook: every row that the audience may see; a template's filters cut sections, not sheets. */
typedef enum
{
    BP_SHEET_TEXT,
    BP_SHEET_NUMBER,
    BP_SHEET_PERCENT,
    BP_SHEET_DATE,
    BP_SHEET_COUNT
} BpSheetColumnType;
typedef struct
{
    const char *title; /* with its unit: "Days overdue", "Latest (per cent)" */
    BpSheetColumnType type;
    int width_chars;
} BpSheetColumn;
/* What a reader is to type into the cells of a column. */
typedef enum
{
    BP_SHEET_INPUT_NONE,
    BP_SHEET_INPUT_TEXT,
    BP_SHEET_INPUT_CHOICE, /* one of choices */
    BP_SHEET_INPUT_PAST_DATE,
    BP_SHEET_INPUT_NUMBER
} BpSheetInputKind;
typedef struct
{
    BpSheetInputKind kind;
    const char *const *choices; /* CHOICE: NULL-ended */
    const char *prompt;         /* shown beside the cell; NULL: none */
} BpSheetInput;
typedef struct
{
    const char *name;        /* "Actions": a sheet name, letters, digits and underscore, at most 31 */
    const char *title;       /* A1 */
    const char *description; /* for the contents sheet */
    GPtrArray *notes;        /* of const char *: lines above the table */
    BpSheetColumn *columns;
    const BpSheetInput *inputs; /* column_count of them; NULL: nothing is to be filled in */
    int column_count;
    struct BpSheetRows *rows; /* read with bp_sheet_cell */
} BpSheet;

typedef struct
{
    const char *key; /* "actions.done" */
    BpValue value;
} BpPackFigure;

/* A format-neutral document: one forum's pack on one day. Owns all nodes and strings; renderers never edit it. */
typedef struct
{
    /* what stands on covers, headers, footers and in file properties */
    const char *programme_name, *organisation, *contact, *language;
    const char *forum_id, *forum_name;
    const char *title; /* of the file: "Area SEND Partnership Board: board pack, 31 July 2025" */
    const char *cover_title, *cover_subtitle;
    GPtrArray *cover_lines; /* of const char *: what the workbook's cover says below title and marking; NULL: what a board pack's says */
    const char *marking, *handling;
    const char *notice, *notice_short; /* NULL: none */
    int version;                       /* 1, 2, …: of the forum's final packs of that day */
    const char *version_text;          /* "Version 1, 31 July 2025" */
    const char *change_note;           /* what a correction changed; NULL: it is none */
    const char *period_text;           /* "Summer term 2025" */
    bool is_draft;
    bool is_working; /* workbook with freeze panes, filters and a dashboard */
    BpDate as_of, meeting_date;
    int page_budget;
    GPtrArray *sections;           /* of BpNode, kind SECTION, in order */
    GPtrArray *sheets;             /* of BpSheet */
    struct BpDashboard *dashboard; /* of a working workbook; NULL: none */
    GArray *marks;                 /* of BpMark: the whole scale, in the fixed order */
    GArray *figures;               /* of BpPackFigure: the snapshot's own totals, to compare what renderers log */
    GPtrArray *notes;              /* of const char *: shorthand and rules in force, for the workbook's Notes sheet */
    GStringChunk *strings;
    GPtrArray *owned;
} BpPack;

BpPack *bp_pack_new (void);
void bp_pack_free (BpPack *pack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPack, bp_pack_free)

/* Makers of nodes; every text is copied into the pack, its straight quotes and apostrophes as curly ones. NULL stays NULL. */
const char *bp_pack_text (BpPack *pack, const char *text);
/* Byte for byte: for cells of a workbook that quote what was typed. */
const char *bp_pack_raw_text (BpPack *pack, const char *text);
const char *bp_pack_format (BpPack *pack, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Copies text and frees it. */
const char *bp_pack_take (BpPack *pack, char *text);
void *bp_pack_alloc (BpPack *pack, gsize size); /* zeroed, freed with the pack */
/* The same value with its strings and points copied into the pack: for the fields that a caller fills in itself. */
BpValue bp_pack_value (BpPack *pack, BpValue value);
BpNode *bp_pack_add_section (BpPack *pack, GPtrArray *to, const char *id, const char *name);
BpNode *bp_pack_add_heading (BpPack *pack, BpNode *section, int level, const char *text, const char *aside);
BpNode *bp_pack_add_paragraph (BpPack *pack, BpNode *section, BpParagraphRole role, const char *text);
BpNode *bp_pack_add_list (BpPack *pack, BpNode *section, BpListStyle style);
BpListEntry *bp_pack_add_entry (BpPack *pack, BpNode *list, const char *label, const char *text);
BpNode *bp_pack_new_table (BpPack *pack, BpTableStyle style, const char *caption, const BpTableColumn *columns, int column_count);
BpNode *bp_pack_add_table (BpPack *pack, BpNode *section, BpTableStyle style, const char *caption, const BpTableColumn *columns,
                           int column_count);
/* Valid until the next row is added. */
BpTableRow *bp_pack_add_row (BpPack *pack, BpNode *table, BpRowKind kind, const char *key);
void bp_pack_add_group_row (BpPack *pack, BpNode *table, const char *text, const char *aside);
void bp_cell_add (BpPack *pack, BpCell *cell, BpLineRole role, BpValue value);
void bp_cell_add_text (BpPack *pack, BpCell *cell, BpLineRole role, const char *text);
/* Sets the second value of the cell's last line. */
void bp_cell_set_beside (BpPack *pack, BpCell *cell, BpValue value);
void bp_cell_add_led (BpPack *pack, BpCell *cell, BpLineRole role, const char *lead_in, const char *text);
BpNode *bp_pack_add_tiles (BpPack *pack, BpNode *section, BpTilesStyle style);
BpTile *bp_pack_add_tile (BpPack *pack, BpNode *tiles, const char *title);
BpNode *bp_pack_add_chart (BpPack *pack, BpNode *section, BpChartType type, const char *title, const char *subtitle,
                           const char *alternative);
BpNode *bp_pack_add_note (BpPack *pack, BpNode *section, BpNoteStyle style, const char *heading);
void bp_pack_add_note_row (BpPack *pack, BpNode *note, const char *label, const char *text, const char *aside);
void bp_pack_add_page_break (BpPack *pack, BpNode *section);
BpSheet *bp_pack_add_sheet (BpPack *pack, const char *name, const char *title, const char *description, const BpSheetColumn *columns,
                            int column_count);
/* A row of column_count values, all NONE, to fill in; it holds until the next row is added or any cell is read. In a column that is filled
 * in by the reader, NONE is a cell left blank for it. */
BpValue *bp_sheet_add_row (BpPack *pack, BpSheet *sheet);
guint bp_sheet_row_count (const BpSheet *sheet);
BpValue bp_sheet_cell (const BpSheet *sheet, guint row, int column);
/* Takes a column out, with its cells. */
void bp_sheet_remove_column (BpSheet *sheet, int column);
void bp_pack_add_figure (BpPack *pack, const char *key, BpValue value);

#endif
