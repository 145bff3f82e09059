#ifndef BP_DOMAIN_PERSON_NAME_H
#define BP_DOMAIN_PERSON_NAME_H

#include <stdbool.h>

/* Whether two names may be one person's, however they are typed: case, accents' spelling, marks, the order of the words and titles (Mr, Dr,
 * Cllr) do not tell people apart, nor do words that only one of them has ("Sam Example", "Sam Example (SEND)"). Errs towards yes. A name
 * without a letter may be anybody's. */
bool bp_person_names_may_be_one (const char *left, const char *right);

#endif
