#ifndef BP_APP_RUN_DATA_H
#define BP_APP_RUN_DATA_H

#include "app/finished_run.h"
#include "config/programme_config.h"
#include "domain/snapshot.h"
#include "store/store.h"

/* What a finished run was made from, for messages that say something of it. */
typedef struct
{
    BpProgrammeConfig *config; /* as on the run's day */
    BpTableSet *tables;
    BpSnapshot *snapshot; /* NULL: there is a gap */
    char *gap;            /* why it cannot be had: configuration or templates are not those of the run */
} BpRunData;

/* root: the programme's folder. NULL on failure; a gap is none. */
BpRunData *bp_run_data_load (const char *root, const BpFinishedRun *run, BpStore *store, GError **error);
void bp_run_data_free (BpRunData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpRunData, bp_run_data_free)

#endif
