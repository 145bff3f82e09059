#ifndef BP_APP_LIST_RETURNS_H
#define BP_APP_LIST_RETURNS_H

#include "app/programme_folder.h"

/* Prints who has sent back the update sheets of the newest run that made any, with what was taken and left out of them, and who has not.
 * Fails if none were ever made. */
bool bp_list_returns (const BpOptions *options, GError **error);
/* Whether the update sheet of that lead and day has come back and its file stands in the data folder. */
bool bp_list_returns_has (const BpProgrammeFolder *folder, const char *slug, const char *as_of);

#endif
