#ifndef BP_DELIVERY_MAIL_ADDRESS_H
#define BP_DELIVERY_MAIL_ADDRESS_H

#include "base/error.h"

/* Fails unless address is local@domain and nothing else: ASCII; the local part a dot-atom of at most 64 characters (RFC 5321, 4.1.2,
 * without quoted strings, and without what mail servers route by: % ! | / ` and the like, a hyphen in front); the domain two or more labels
 * of letters, digits and hyphens; 254 characters in all. what names it in the message. */
bool bp_mail_address_check (const char *what, const char *address, GError **error);
/* The domain of a checked address. Borrowed. */
const char *bp_mail_address_domain (const char *address);
/* The text with each word in it that is like an address, in whatever case, brackets or quotes, as "a***@example.org": its first letter and
 * its domain. Caller frees. */
char *bp_mail_address_dup_masked (const char *text);

#endif
