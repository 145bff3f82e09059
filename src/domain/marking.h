#ifndef BP_DOMAIN_MARKING_H
#define BP_DOMAIN_MARKING_H

#include <stdbool.h>

/* The protective markings of the Government Security Classifications that a pack may bear: OFFICIAL, or OFFICIAL-SENSITIVE, perhaps with a
 * descriptor in capitals after one blank (OFFICIAL-SENSITIVE COMMERCIAL). Nothing else is one, not even what reads alike. */
bool bp_marking_is_known (const char *marking);
/* Whether the marking asks for more care than OFFICIAL does: every one that is not OFFICIAL to the letter, unknown ones and none at all
 * too. */
bool bp_marking_is_sensitive (const char *marking);
/* Of what is no marking: the one that reads alike ("official – sensitive": "OFFICIAL-SENSITIVE"); NULL if none does. Static. */
const char *bp_marking_find_alike (const char *text);
/* Whether the text holds a word of a marking (official, sensitive, secret), however it is typed: what stands before a marking must not look
 * like one. */
bool bp_marking_has_word (const char *text);
/* Whether that word is "secret": material that must not be handled here at all. */
bool bp_marking_has_secret (const char *text);

#endif
