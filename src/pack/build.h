#ifndef BP_PACK_BUILD_H
#define BP_PACK_BUILD_H

#include "pack/pack.h"
#include "pack/report_layout.h"

struct BpForum;
struct BpRelease;
struct BpSnapshot;

/* What all sections and sheets of one pack share while it is being built. */
typedef struct BpBuild
{
    BpPack *pack;
    const struct BpSnapshot *snapshot;
    const struct BpForum *forum;
    const BpReportLayout *layout;
    struct BpRelease *release; /* what this audience may see */
    const void *main_plan;     /* the BpPlan whose refs are printed bare; NULL if several plans hold actions */
    GPtrArray *
        statuses; /* of const BpStatus: the scale, then those of silence that it lacks but some action has; index is the position or less */
    GPtrArray *inferred;       /* of BpAction: those whose ref was inferred */
    const char *inferred_mark; /* what stands after such a ref in an ask: "*", which the key explains */
    GHashTable *headings;      /* BpArea → its heading, made once */
    GHashTable *views;         /* BpKpi → its BpKpiView, made once */
    GHashTable *limits;        /* BpKpi → its BpKpiLimits, made once */
    GHashTable *cards;         /* set of the actions that have a card in a section already: it is not printed a second time in full */
    GHashTable *figures;       /* set of the keys of counts ("actions.done") that stand in a section, in figures or in words */
    GHashTable *printed;       /* set of rows (actions, KPIs, decisions …) that stand in a section: the workbook's in_pack column */
} BpBuild;

/* Both free with g_ptr_array_unref. */
GPtrArray *bp_build_dup_statuses (const struct BpSnapshot *snapshot);
GPtrArray *bp_build_dup_inferred (const struct BpSnapshot *snapshot);

#endif
