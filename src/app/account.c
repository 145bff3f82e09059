#include "app/account.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOGIN_FILE "/proc/self/loginuid"
#define FIRST_PERSON ((uid_t)1000) /* below are the system's accounts (Debian policy 9.2) */
#define NOBODY ((uid_t)65534)

static char *dup_name (uid_t user)
{
    struct passwd entry, *found = NULL;
    char buffer[16 * 1024];
    if (getpwuid_r (user, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL && *found->pw_name != '\0')
        return g_utf8_make_valid (found->pw_name, -1);
    return g_strdup_printf ("user %u", (unsigned)user);
}

void bp_account_free (BpAccount *account)
{
    if (account == NULL)
        return;
    g_free (account->user);
    g_clear_pointer (&account->people, g_ptr_array_unref);
    g_free (account);
}

/* ---- who is at the keyboard ---- */

/* A number that is no user's (4294967295: nobody has logged in) makes nothing. */
static void add_person (BpAccount *account, const char *number)
{
    guint64 user;
    g_autofree char *digits = number != NULL ? g_strchomp (g_strdup (number)) : NULL;
    if (digits == NULL || !g_ascii_string_to_unsigned (digits, 10, FIRST_PERSON, G_MAXUINT32 - 1, &user, NULL) || user == NOBODY)
        return;
    g_autofree char *name = dup_name ((uid_t)user);
    if (!g_ptr_array_find_with_equal_func (account->people, name, g_str_equal, NULL))
        g_ptr_array_add (account->people, g_steal_pointer (&name));
}

/* All that is told counts, so that SUDO_UID, which the user of an own account can set at will, can add to it but take nothing away. */
BpAccount *bp_account_read (void)
{
    g_autofree char *login = NULL, *user = g_strdup_printf ("%u", (unsigned)getuid ());
    BpAccount *account = g_new (BpAccount, 1);
    *account = (BpAccount){ dup_name (getuid ()), g_ptr_array_new_with_free_func (g_free) };
    if (g_file_get_contents (LOGIN_FILE, &login, NULL, NULL))
        add_person (account, login);
    add_person (account, user);
    add_person (account, g_getenv ("SUDO_UID"));
    return account;
}

/* ---- kept and compared ---- */

json_t *bp_account_to_json (const BpAccount *account)
{
    json_t *object = json_object (), *people = json_array ();
    for (guint i = 0; i < account->people->len; i++)
        json_array_append_new (people, json_string (account->people->pdata[i]));
    json_object_set_new (object, "user", json_string (account->user));
    json_object_set_new (object, "people", people);
    return object;
}

BpAccount *bp_account_from_json (const json_t *object)
{
    const char *user = json_string_value (json_object_get (object, "user"));
    const json_t *people = json_object_get (object, "people"), *person;
    size_t i;
    if (user == NULL || !json_is_array (people))
        return NULL;
    BpAccount *account = g_new (BpAccount, 1);
    *account = (BpAccount){ g_strdup (user), g_ptr_array_new_with_free_func (g_free) };
    json_array_foreach (people, i, person) if (json_is_string (person))
        g_ptr_array_add (account->people, g_strdup (json_string_value (person)));
    return account;
}

char *bp_account_dup_text (const BpAccount *account)
{
    g_autoptr (GString) people = g_string_new (NULL);
    for (guint i = 0; i < account->people->len; i++)
        g_string_append_printf (people, "%s%s", i > 0 ? ", " : "", (const char *)account->people->pdata[i]);
    return g_strdup (people->len > 0 ? people->str : account->user);
}

const char *bp_account_find_shared_person (const BpAccount *one, const BpAccount *other)
{
    for (guint i = 0; i < one->people->len; i++)
        if (g_ptr_array_find_with_equal_func (other->people, one->people->pdata[i], g_str_equal, NULL))
            return one->people->pdata[i];
    return NULL;
}
