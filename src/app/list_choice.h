#ifndef BP_APP_LIST_CHOICE_H
#define BP_APP_LIST_CHOICE_H

#include "app/programme_folder.h"

/* Of which runs and forums approvals and sends are listed. */
typedef struct
{
    char *run;         /* its id; NULL: all */
    char **forums;     /* ids, or words that are none today; NULL: all */
    bool is_run_there; /* its folder stands; it may have been deleted, and the store still knows it */
    char *unknown;     /* a word that is no forum today; NULL */
} BpListChoice;

/* run: as typed, an id or "latest"; NULL. */
bool bp_list_choice_read (BpListChoice *choice, const BpProgrammeFolder *folder, const BpOptions *options, const char *run, GError **error);
void bp_list_choice_clear (BpListChoice *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpListChoice, bp_list_choice_clear)
bool bp_list_choice_has_forum (const BpListChoice *choice, const char *forum);
/* If nothing was found: fails if that is because there is no such run or forum. */
bool bp_list_choice_check_empty (const BpListChoice *choice, const BpProgrammeFolder *folder, GError **error);
/* " of bbp in 2025-07-31-1"; "" if all was chosen. Caller frees. */
char *bp_list_choice_dup_words (const BpListChoice *choice);

#endif
