#ifndef BP_DOMAIN_APPROVER_H
#define BP_DOMAIN_APPROVER_H

/* Why text, in a column that says who has approved something for a person, names nobody who can have: it is no name of two words or more,
 * or says that nobody has ("no", "not approved", "none yet"), or is the person. NULL: it names somebody, or is blank. person may be "".
 * Caller frees. */
char *bp_approver_dup_fault (const char *text, const char *person);

#endif
