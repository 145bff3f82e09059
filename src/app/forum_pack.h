#ifndef BP_APP_FORUM_PACK_H
#define BP_APP_FORUM_PACK_H

#include "domain/snapshot.h"
#include "pack/pack_builder.h"
#include "render/renderer.h"

/* One file of a pack. */
typedef struct
{
    const BpRenderer *renderer;
    char *path; /* relative to the run's folder: "bbp/bbp-2025-07-31.pdf" */
    char *sha256;
    gint64 bytes;
    BpFigureLog *figures;
    BpRenderReport report;
} BpPackOutput;

/* The pack of one forum, in every format asked for. The pack itself is gone once its files are written: it is by far the largest thing. */
typedef struct
{
    const BpForum *forum;
    const BpReportLayout *layout;
    GPtrArray *outputs;   /* of BpPackOutput, in the order of the formats */
    BpFigureLog *figures; /* the snapshot's own totals, as the pack carried them */
    int page_budget;      /* 0: none */
    int version;          /* that it prints */
    BpFindingList *findings;
    GError *error;
} BpForumPack;

/* What all packs of a run share; read by several threads, written by none. */
typedef struct
{
    const BpSnapshot *snapshot;
    const BpTheme *theme;
    const BpRenderer *const *renderers; /* NULL-ended */
    const char *folder;                 /* the run's, as written to */
    bool is_draft;
    const char *correction; /* what versions after the first change; NULL: not said */
    gint64 created_at;
    int jobs;
} BpPackPlan;

/* Builds and renders the pack of each forum, up to plan->jobs at a time. The result does not depend on their number. Elements BpForumPack
 * in the forums' order. versions: of int, beside forums. NULL on failure. */
GPtrArray *bp_forum_packs_make (const BpPackPlan *plan, const GPtrArray *forums, const GPtrArray *layouts, const GArray *versions,
                                GError **error);
/* What making the packs brought up: texts that a workbook cannot hold, page budgets that are exceeded. */
void bp_forum_packs_add_findings (const GPtrArray *packs, BpFindingList *findings);

#endif
