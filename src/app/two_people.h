#ifndef BP_APP_TWO_PEOPLE_H
#define BP_APP_TWO_PEOPLE_H

#include "app/account.h"
#include "app/finished_run.h"

/* Two people look at a pack that is marked anything but OFFICIAL: fails unless whoever approves it is another than who prepared it, by the
 * name that is given and by the account that is used; and if that cannot be told. */
bool bp_two_people_check (const BpFinishedRun *run, const char *forum, const char *marking, const char *approved_by,
                          const BpAccount *approver, GError **error);

#endif
