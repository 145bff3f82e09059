#include "config/ini_reader.h"

static const char *const mail_keys[] = { "server", "port", "sender", "subject_prefix", NULL };
static const char *const allow_keys[] = { "domains", NULL };

/* Only the names and the port: the values are for sending. */
bool bp_mail_ini_check (const BpSettings *settings, GError **error)
{
    const BpIniSection known[] = { { "mail", mail_keys }, { "allow", allow_keys }, { NULL, NULL } };
    int port = 0;
    return bp_ini_check_names (settings, known, error) && bp_settings_get_int (settings, "mail", "port", 1, 65535, &port, error);
}
