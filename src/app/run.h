#ifndef BP_APP_RUN_H
#define BP_APP_RUN_H

#include "app/consistency.h"
#include "app/data_import.h"
#include "app/input_files.h"
#include "app/lock.h"
#include "app/options.h"
#include "app/publication.h"
#include "app/update_sheets.h"

/* Everything of one run, in the order in which it comes to be. */
typedef struct
{
    const BpOptions *options;
    bool with_import; /* `run`: import first; `build`: what was imported last */
    BpProgrammeFolder folder;
    BpTheme *theme;
    GPtrArray *renderers;    /* of const BpRenderer *, NULL-ended */
    bool with_update_sheets; /* the format `update` was asked for */
    GPtrArray *layouts, *forums;
    GArray *versions;  /* of int, beside forums: what their packs print */
    char *prepared_by; /* a name given, or that of the user */
    BpLock *lock;
    GPtrArray *data_files, *config_files; /* of BpInputFile */
    bool is_data_current;                 /* the data folder holds what the packs show */
    BpDataFolder data;
    BpStore *store;
    BpImportCounts import_counts;
    gint64 import_id; /* the last import that the packs use; 0: none */
    BpTableSet *tables;
    BpFindingList *import_findings;
    BpSnapshot *snapshot;
    BpPublication *publication;
    GPtrArray *packs;         /* of BpForumPack */
    GPtrArray *leads;         /* of BpLeadDuties: who gets an update sheet; NULL: none was asked for */
    GPtrArray *update_sheets; /* of BpUpdateSheetFile; NULL: the same */
    BpConsistency consistency;
    BpFindingList *findings;      /* of the snapshot and the packs */
    bool was_stopped_by_findings; /* --strict or quarantine_fails: nothing was built */
} BpRun;

/* Import (if with_import), check, build, publish. On failure nothing is published and the store is as it was, or holds a whole import. True
 * with was_stopped_by_findings set: findings stopped it before building. */
bool bp_run_make (BpRun *run, const BpOptions *options, bool with_import, GError **error);
void bp_run_clear (BpRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRun, bp_run_clear)

#endif
