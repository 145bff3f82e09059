#ifndef BP_DOMAIN_LEAD_RETURN_H
#define BP_DOMAIN_LEAD_RETURN_H

#include "domain/snapshot.h"
#include "domain/update_sheet.h"

#define BP_RETURN_MAX_COLUMNS 16

/* A row of a returned sheet that holds something. */
typedef struct
{
    int row;            /* in the workbook */
    const char **cells; /* by the columns of the sheet's definition, trimmed; "" is blank */
} BpReturnRow;

typedef struct
{
    const char *name;                           /* as it is called in the workbook; NULL: there is no such sheet */
    const char *letters[BP_RETURN_MAX_COLUMNS]; /* of each column of the definition, where it stands now: "F"; NULL: it is gone */
    GArray *rows;                               /* of BpReturnRow */
} BpReturnSheet;

/* A cell that stands where nothing is read: on the cover, on the sheet Notes or above a table. */
typedef struct
{
    const char *sheet;  /* as it is called in the workbook */
    const char *column; /* "A" */
    int row;
    char *text; /* owned */
} BpReturnLine;

/* An update sheet as it came back. Owns its strings. */
typedef struct
{
    const char *file; /* as messages call it */
    const char *lead, *id;
    const char *programme; /* NULL: its cover names none */
    GArray *front;         /* of BpReturnLine */
    BpDate as_of;
    gint64 base; /* the import that it was made from */
    BpReturnSheet sheets[BP_UPDATE_SHEET_COUNT];
    GStringChunk *strings;
    GPtrArray *owned;
} BpLeadReturn;

BpLeadReturn *bp_lead_return_new (const char *file);
void bp_lead_return_free (BpLeadReturn *back);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpLeadReturn, bp_lead_return_free)
/* A row of blank cells to fill in. */
BpReturnRow *bp_lead_return_add_row (BpLeadReturn *back, BpUpdateSheetId sheet, int row);
/* The name of the file of the data folder in which the rows of a table are kept: "updates-return-<id>.csv". Caller frees. */
char *bp_lead_return_dup_file_name (BpTableId table, const char *id);

/* Puts the rows that the return's files are to hold into the data as if they had been read from there, in the place of those that they
 * held. */
void bp_lead_return_apply (const BpLeadReturn *back, const BpTableSet *rows, BpTableSet *data);

/* What a return is held against. */
typedef struct
{
    const BpSnapshot *snapshot; /* of the data as they are now, as at the return's day */
    const BpTableSet *now;      /* the same data */
    const BpTableSet *base;     /* as they were when the sheet was made; NULL: the same as now, or not known */
    BpDate today;
} BpReturnContext;

/* Turns what was typed into rows of updates, kpi_values and narrative, added to out: all that the return's own files are to hold. A blank
 * cell means that nothing has changed, and what an earlier copy of the same sheet said stays unless this one says something else. A cell
 * that cannot be is left out, a row for which the data say something else since the sheet was made is left out whole; both are named with
 * sheet and cell. Pure. */
void bp_lead_return_judge (const BpLeadReturn *back, const BpReturnContext *context, BpTableSet *out, BpFindingList *findings);

#endif
