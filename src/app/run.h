#ifndef BP_APP_RUN_H
#define BP_APP_RUN_H

#include "app/account.h"
#include "app/consistency.h"
#include "app/data_import.h"
#include "app/input_files.h"
#include "app/lock.h"
#include "app/options.h"
#include "app/publication.h"
#include "app/update_sheets.h"

/* What a run that is made again (`verify`) takes from the first one instead of the clock, the store and the programme's own folders. */
typedef struct
{
    const char *output; /* where it is written: a private folder */
    int number;         /* of the run's id */
    gint64 stamp;       /* the time that files carry */
    gint64 import_id;
    const char *store;         /* where the rows of that import are; NULL: in the data folder */
    const BpFindingList *lost; /* findings that only the first import of the data could make */
    json_t *account;           /* of the first manifest; NULL: it does not say */
    GHashTable *versions;      /* forum id → version that its packs print (GINT_TO_POINTER); 1 for any other */
} BpRunRepeat;

/* Everything of one run, in the order in which it comes to be. */
typedef struct
{
    const BpOptions *options;
    bool with_import;          /* `run`: import first; `build`: what was imported last */
    const BpRunRepeat *repeat; /* NULL: a new run */
    BpProgrammeFolder folder;
    gint64 stamp; /* seconds since 1970, which files carry as the time of their making */
    BpTheme *theme;
    GPtrArray *renderers;    /* of const BpRenderer *, NULL-ended */
    bool with_update_sheets; /* the format `update` was asked for */
    GPtrArray *layouts, *forums;
    GArray *versions;  /* of int, beside forums: what their packs print */
    char *prepared_by; /* a name given, or that of the account */
    json_t *account;   /* that it was made from (account.h), for the manifest; NULL: made again from one that does not say */
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
    GPtrArray *records;           /* of BpRunRecord */
    bool was_stopped_by_findings; /* --strict or quarantine_fails: nothing was built */
} BpRun;

/* Import (if with_import), check, build, publish. On failure nothing is published and the store is as it was, or holds a whole import. True
 * with was_stopped_by_findings set: findings stopped it before building. */
bool bp_run_make (BpRun *run, const BpOptions *options, bool with_import, GError **error);
/* Makes a run again from its inputs, in the folder of options: nothing is imported, locked or recorded. */
bool bp_run_make_again (BpRun *run, const BpOptions *options, const BpRunRepeat *repeat, GError **error);
void bp_run_clear (BpRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRun, bp_run_clear)

#endif
