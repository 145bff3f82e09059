#ifndef BP_DELIVERY_SECRET_H
#define BP_DELIVERY_SECRET_H

#include "base/error.h"

/* Passwords and access tokens. They come from files or commands, never from flags, INI files or the environment, and stand in no message of
 * ours. */

/* Fails unless path is an ordinary file that nobody but its owner can read, and that belongs to this user or root. A name without '/' is a
 * systemd credential in credentials_folder ($CREDENTIALS_DIRECTORY; NULL if there is none), where the system itself may let a group read.
 * Returns the path that it stands for; caller frees. what names it: "secret_file". */
char *bp_secret_dup_path (const char *what, const char *path, const char *credentials_folder, GError **error);
/* The text of such a file without the line end; one line, not empty. Free with bp_secret_free. */
char *bp_secret_load (const char *what, const char *path, const char *credentials_folder, GError **error);
/* Runs command (split into words as a shell would, but without a shell) and returns what it prints, one line. Fails if it ends with another
 * status than 0, prints nothing, or takes more than timeout_seconds. Free with bp_secret_free. */
char *bp_secret_from_command (const char *command, int timeout_seconds, GError **error);
/* Overwrites, then frees. NULL is allowed. */
void bp_secret_free (char *secret);
/* The forms in which a secret goes to a server that might say it back: as it is, and base64, by itself and with the user, at each of the
 * three places that it can begin at. NULL-ended; user may be NULL. Free with bp_secret_forms_free, which overwrites them. */
GPtrArray *bp_secret_forms_new (const char *user, const char *secret);
void bp_secret_forms_free (GPtrArray *forms);

#endif
