#ifndef BP_INGEST_WORKBOOK_H
#define BP_INGEST_WORKBOOK_H

#include "ingest/cell_formats.h"
#include "ingest/office_package.h"
#include "ingest/shared_strings.h"

typedef struct
{
    char *name;
    char *part;
    bool is_hidden;
} BpWorkbookSheet;

/* An open .xlsx file: its sheets, and what their cells refer to. */
typedef struct
{
    BpOfficePackage *package;
    GArray *sheets; /* of BpWorkbookSheet, in the order of their tabs; chart sheets are left out */
    BpSharedStrings strings;
    BpCellFormats formats;
} BpWorkbook;

/* Fails as bp_office_package_open does, and if a part that there must be is missing or damaged. Free with bp_workbook_free. */
BpWorkbook *bp_workbook_open (const char *path, const char *shown, GError **error);
void bp_workbook_free (BpWorkbook *workbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpWorkbook, bp_workbook_free)

/* The part that holds the comments on a sheet's cells; part_out is NULL if it has none. Caller frees. */
bool bp_workbook_find_comments (const BpWorkbook *workbook, const BpWorkbookSheet *sheet, char **part_out, GError **error);

#endif
