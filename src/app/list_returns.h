#ifndef BP_APP_LIST_RETURNS_H
#define BP_APP_LIST_RETURNS_H

#include "app/options.h"

/* Prints who has sent back the update sheets of the newest run that made any, with what was taken and left out of them, and who has not.
 * Fails if none were ever made. */
bool bp_list_returns (const BpOptions *options, GError **error);

#endif
