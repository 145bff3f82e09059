#include "app/account.h"

#include <glib.h>
#include <pwd.h>
#include <stdbool.h>
#include <unistd.h>

#define LOGIN_FILE "/proc/self/loginuid"

/* Whom the kernel knows to have logged in: set once at login, kept through sudo, su and runuser. Services have none. */
static bool find_login (uid_t *user)
{
    g_autofree char *text = NULL;
    guint64 number;
    if (!g_file_get_contents (LOGIN_FILE, &text, NULL, NULL)
        || !g_ascii_string_to_unsigned (g_strchomp (text), 10, 0, G_MAXUINT32 - 1, &number, NULL)) /* the highest stands for nobody */
        return false;
    *user = (uid_t)number;
    return true;
}

char *bp_account_dup_name (void)
{
    uid_t user;
    struct passwd entry, *found = NULL;
    char buffer[16 * 1024];
    if (!find_login (&user))
        user = getuid ();
    if (getpwuid_r (user, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL && *found->pw_name != '\0')
        return g_utf8_make_valid (found->pw_name, -1);
    return g_strdup_printf ("user %u", (unsigned)user);
}
