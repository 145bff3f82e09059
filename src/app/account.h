#ifndef BP_APP_ACCOUNT_H
#define BP_APP_ACCOUNT_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* From which account of the system the program is used. A shared one (root, a service's) is used by whoever may; who that is tell the
 * login, which the kernel keeps (/proc/self/loginuid), and sudo (SUDO_UID). */
typedef struct
{
    char *user;        /* whom the program runs as; a name, or "user 1000" */
    GPtrArray *people; /* of char *: the accounts of people that are behind it, as far as can be told; none for a service by itself */
} BpAccount;

BpAccount *bp_account_read (void);
void bp_account_free (BpAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpAccount, bp_account_free)

/* {"user": "boardpack", "people": ["ann"]} of a manifest, and back: NULL if it is none. */
json_t *bp_account_to_json (const BpAccount *account);
BpAccount *bp_account_from_json (const json_t *object);
/* The people behind it ("ann"), or the user if none is known. Caller frees. */
char *bp_account_dup_text (const BpAccount *account);
/* One who is behind both; NULL if there is none. Borrowed. */
const char *bp_account_find_shared_person (const BpAccount *one, const BpAccount *other);

#endif
