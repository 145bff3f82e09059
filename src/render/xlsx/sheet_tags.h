#ifndef BP_RENDER_XLSX_SHEET_TAGS_H
#define BP_RENDER_XLSX_SHEET_TAGS_H

#include <glib.h>
#include <stdbool.h>

/* Checks the tags of a sheet's part as it is read back: each that was opened is closed, in order, and nothing is cut off. A million cells
 * make seven million tags, for which a whole XML parser takes as long as the rest of the workbook; what else it would find, the text of
 * cells, is fit for XML before it is written. */
typedef struct
{
    guint row_count, cell_count, table_count;
    /* private */
    GString *rest;    /* a tag that the last piece has cut */
    GString *path;    /* the open elements: "/worksheet/sheetData/row" */
    const char *why;  /* NULL: no fault so far */
    bool has_element; /* the first one has been opened */
} BpXlsxSheetTags;

void bp_xlsx_sheet_tags_init (BpXlsxSheetTags *tags);
void bp_xlsx_sheet_tags_clear (BpXlsxSheetTags *tags);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpXlsxSheetTags, bp_xlsx_sheet_tags_clear)
/* Takes the next piece. */
void bp_xlsx_sheet_tags_feed (BpXlsxSheetTags *tags, const char *piece, gsize length);
/* Once all pieces are fed: what is wrong, in words; NULL if nothing is. Static. */
const char *bp_xlsx_sheet_tags_end (const BpXlsxSheetTags *tags);

#endif
