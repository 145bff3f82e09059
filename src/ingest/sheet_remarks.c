#include "ingest/sheet_remarks.h"

static BpSource at_row (BpSource source, int row)
{
    source.row = row;
    return source;
}

/* Cells that do not hold what they should. */
static void note_cells (const BpSheetRemark *remark, BpSource source, const char *what, const char *how, bool is_left_out,
                        BpFindingList *findings)
{
    void (*const add) (BpFindingList *, BpFindingCode, BpSource, const char *, const char *, ...)
        = is_left_out ? bp_finding_list_add_quarantined : bp_finding_list_add;
    if (remark->count == 1)
        add (findings, BP_FINDING_CELL_ERROR, at_row (source, remark->row), remark->place, "Cell %s holds %s. %s", remark->place, what,
             how);
    else if (remark->count > 1)
        add (findings, BP_FINDING_CELL_ERROR, at_row (source, remark->row), remark->place, "%d cells hold %s, the first is %s. %s",
             remark->count, what, remark->place, how);
}

void bp_sheet_remarks_note (const BpSheetRemarks *remarks, const BpWorkbookSheet *sheet, BpSource source, bool is_return,
                            BpFindingList *findings)
{
    const BpSheetRemark *rows = &remarks->hidden_rows, *columns = &remarks->hidden_columns, *merged = &remarks->merged;
    if (sheet->is_hidden)
        bp_finding_list_add (findings, BP_FINDING_HIDDEN_CELLS, source, NULL, "The sheet is hidden. It was read.");
    if (rows->count > 0)
        bp_finding_list_add (findings, BP_FINDING_HIDDEN_CELLS, at_row (source, rows->row), NULL,
                             "%d hidden %s, the first in row %d. %s read.", rows->count, rows->count == 1 ? "row" : "rows", rows->row,
                             rows->count == 1 ? "It was" : "They were");
    if (columns->count > 0)
        bp_finding_list_add (findings, BP_FINDING_HIDDEN_CELLS, source, NULL, "%d hidden %s, the first is %s. %s read.", columns->count,
                             columns->count == 1 ? "column" : "columns", columns->place, columns->count == 1 ? "It was" : "They were");
    if (merged->count > 0)
        bp_finding_list_add (
            findings, BP_FINDING_MERGED_CELLS, source, merged->place,
            "%d %s of cells merged into one, the first %s. Only the first cell of such a range holds a value; the others were "
            "read as blank.",
            merged->count, merged->count == 1 ? "range" : "ranges", merged->place);
    if (!is_return) /* in a return the cell itself is refused */
        note_cells (&remarks->errors, source, "an error such as #N/A", "It was kept as it stands.", false, findings);
    note_cells (&remarks->unsaved_formulas, source, "a formula without a saved value", "It was read as blank.", is_return, findings);
    note_cells (&remarks->unreadable_dates, source, "a date that there is not", "The number itself was kept.", false, findings);
}
