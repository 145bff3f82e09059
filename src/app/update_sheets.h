#ifndef BP_APP_UPDATE_SHEETS_H
#define BP_APP_UPDATE_SHEETS_H

#include "domain/lead_duties.h"
#include "render/theme.h"

/* The format that is no pack of a forum: a workbook for each lead. */
#define BP_UPDATE_FORMAT "update"
#define BP_UPDATE_FORMAT_DESCRIPTION "Update sheet: a workbook for each lead to fill in and send back"

/* Of the run, in which they stand. */
#define BP_UPDATE_FOLDER "updates"

/* One workbook of the run. */
typedef struct
{
    char *lead, *slug;
    char *path; /* relative to the run's folder: "updates/update-<slug>-2025-07-31.xlsx" */
    char *sha256;
    gint64 bytes;
    int actions, values; /* rows to report on */
} BpUpdateSheetFile;

/* What all of them share. */
typedef struct
{
    const BpSnapshot *snapshot;
    const BpTheme *theme;
    const char *folder; /* the run's, as written to */
    gint64 base;        /* the import whose data they show */
    gint64 created_at;
} BpUpdateSheetPlan;

/* Whom sheets are made for: every lead with something to report on (elements BpLeadDuties), or the one called lead, by name or as in file
 * names. NULL, with BP_ERROR_USAGE, if that one has nothing to report on. */
GPtrArray *bp_update_sheets_choose (const BpSnapshot *snapshot, const char *lead, GError **error);
/* Writes the workbooks. Elements BpUpdateSheetFile, in the order of the leads; what a workbook cannot hold is added to findings. */
GPtrArray *bp_update_sheets_make (const BpUpdateSheetPlan *plan, const GPtrArray *leads, BpFindingList *findings, GError **error);

#endif
