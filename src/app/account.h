#ifndef BP_APP_ACCOUNT_H
#define BP_APP_ACCOUNT_H

/* Whose account the program is called from, as the system calls it (by number, if it has no name): who logged in, also where sudo or su has
 * made another user of them since; of a service, its user. The environment has no say. UTF-8; caller frees. */
char *bp_account_dup_name (void);

#endif
