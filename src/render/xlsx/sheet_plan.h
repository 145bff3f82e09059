#ifndef BP_RENDER_XLSX_SHEET_PLAN_H
#define BP_RENDER_XLSX_SHEET_PLAN_H

#include "base/error.h"
#include "pack/pack.h"
#include "render/figure_log.h"
#include "render/xlsx/cell.h"

typedef struct
{
    const char *header;
    double width_chars;
    bool is_right;
    const BpSheetInput *input; /* what is typed into its cells; NULL: nothing. Belongs to the pack */
    /* of its cells, in points: the widest figure, word and text */
    double figure_pt, word_pt, text_pt;
} BpXlsxColumn;

typedef struct BpXlsxDashboard BpXlsxDashboard;

/* One sheet as it will be written: lines in column A, and directly below them one table (none on the cover), or a dashboard. */
typedef struct
{
    const char *name;
    const char *table_name; /* NULL: no table */
    GPtrArray *lines;       /* of const char *: column A, from the first row */
    BpXlsxColumn *columns;
    int column_count;   /* of the table; the cover has one for its lines */
    int printed_count;  /* of the columns, from the left; what is at their right is for the screen. 0: all */
    GArray *cells;      /* of BpXlsxCell: row by row, without the header row */
    GArray *heights_pt; /* of double: one for each row from the top */
    bool rows_grow;     /* words are typed into the table's rows: its heights are the least, and rows grow with what they hold */
    bool is_landscape;
    BpXlsxDashboard *dashboard; /* NULL: none; else there is no table */
} BpXlsxSheet;

/* What a workbook will hold, decided before the library is called: no cell is measured or worded while writing. */
typedef struct
{
    GPtrArray *sheets; /* of BpXlsxSheet */
    BpXlsxCellPool pool;
} BpXlsxPlan;

/* The row of the table's header, from 0. */
int bp_xlsx_sheet_header_row (const BpXlsxSheet *sheet);
guint bp_xlsx_sheet_row_count (const BpXlsxSheet *sheet);

/* Plans every sheet of the pack, which must outlive the plan: Cover, Contents, Notes, then one for each BpSheet. Logs the figures of the
 * tables with their place
 * ("Actions!B9"). warnings (of char *) takes what had to be replaced or cut. Fails for names that no workbook may have, and for NaN or
 * infinite figures. */
BpXlsxPlan *bp_xlsx_plan_new (const BpPack *pack, BpFigureLog *figures, GPtrArray *warnings, GError **error);
void bp_xlsx_plan_free (BpXlsxPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpXlsxPlan, bp_xlsx_plan_free)
/* The plan as text, one record a line, fields separated by tabs: for tests, review and the benchmark's replay. Caller frees. */
char *bp_xlsx_plan_dup_text (const BpXlsxPlan *plan);

#endif
