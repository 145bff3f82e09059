#include "app/account.h"

#include <glib.h>
#include <pwd.h>
#include <unistd.h>

char *bp_account_dup_name (void)
{
    const uid_t user = getuid ();
    struct passwd entry, *found = NULL;
    char buffer[16 * 1024];
    if (getpwuid_r (user, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL && *found->pw_name != '\0')
        return g_utf8_make_valid (found->pw_name, -1);
    return g_strdup_printf ("user %u", (unsigned)user);
}
