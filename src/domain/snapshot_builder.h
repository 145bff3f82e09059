#ifndef BP_DOMAIN_SNAPSHOT_BUILDER_H
#define BP_DOMAIN_SNAPSHOT_BUILDER_H

#include "domain/snapshot.h"

/* Private to the files that build a snapshot: what is needed while rows are read, and no longer. */
typedef struct
{
    BpSnapshot *snapshot;
    const BpProgramme *programme; /* = snapshot->programme */
    const BpTableSet *tables;
    BpFindingList *findings; /* = snapshot->findings */

    GHashTable *plan_index;                         /* id → BpPlan */
    GHashTable *plan_order;                         /* BpPlan → 1-based position */
    GHashTable *project_index;                      /* folded id or title → BpProject */
    GHashTable *lead_index;                         /* folded lead → BpLead */
    GHashTable *lead_cache;                         /* as typed → canonical lead */
    GHashTable *forum_cache;                        /* as typed → BpForum, or NULL */
    GHashTable *status_cache;                       /* as typed → BpStatus, or NULL */
    GHashTable *alias_index[BP_ALIAS_KINDS];        /* as typed → AliasUse, or NULL */
    GPtrArray *alias_uses;                          /* in order of first use */
    GHashTable *timeframe_cache;                    /* text → BpTimeframe */
    GHashTable *period_cache[BP_PERIOD_CENSUS + 1]; /* by kind: text → CachedPeriod */
    GHashTable *known_kpis;                         /* ids of kpis.csv, also those not yet in force */
    GHashTable *kpi_definitions;                    /* id → number of definitions in force until the as-of date */

    BpArea *area_block; /* every area, in the order of the rows */
    guint area_count;
    guint *area_ranks; /* display position of each of area_block */
    BpAction *action_block;
    guint action_count;
    guint *action_ranks; /* display position of each of action_block */
} BpSnapshotBuilder;

/* ---- memory: all of it belongs to the snapshot ---- */

/* Zeroed block of count elements; freed with the snapshot. Never NULL. */
void *bp_snapshot_builder_take_block (BpSnapshotBuilder *builder, gsize count, gsize size);
/* An empty array of borrowed pointers; freed with the snapshot. */
GPtrArray *bp_snapshot_builder_new_array (BpSnapshotBuilder *builder);
/* Copies text into the snapshot; NULL gives "". Equal short texts share a copy. */
const char *bp_snapshot_builder_intern (BpSnapshotBuilder *builder, const char *text);

/* ---- typed words, cached because the same few stand in thousands of rows ---- */
BpTimeframe bp_snapshot_builder_timeframe (BpSnapshotBuilder *builder, const char *text);
BpPeriodReading bp_snapshot_builder_period (BpSnapshotBuilder *builder, const char *text, BpPeriodKind kind, BpPeriod *period_out);

/* ---- the tables, in the order in which they are read ---- */
void bp_snapshot_builder_read_plans (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_leads (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_projects (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_areas (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_kpis (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_kpi_values (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_actions (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_updates (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_narrative (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_recommendations (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_claims (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_meetings (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_decisions (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_risks (BpSnapshotBuilder *builder);
void bp_snapshot_builder_read_members (BpSnapshotBuilder *builder);
/* Keeps nothing of them: who gets a pack is asked on the day of sending (recipient.h). */
void bp_snapshot_builder_check_recipients (BpSnapshotBuilder *builder);

/* Puts actions into display order under their areas, and snapshot->actions with them. */
void bp_snapshot_builder_order_actions (BpSnapshotBuilder *builder);
/* Compares two actions by their display order. For g_ptr_array_sort_with_data; data is the builder. */
int bp_snapshot_builder_compare_actions (gconstpointer a, gconstpointer b, gpointer builder);

#endif
