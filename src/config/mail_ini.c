#include "base/number.h"
#include "config/ini_reader.h"

#include "domain/marking.h"

#include <string.h>

static const char *const server_keys[] = { "host",
                                           "port",
                                           "security",
                                           "ca_file",
                                           "auth",
                                           "user",
                                           "secret_file",
                                           "token_command",
                                           "client_certificate",
                                           "client_key",
                                           "hello_name",
                                           "connect_timeout_seconds",
                                           "reply_timeout_seconds",
                                           "message_timeout_seconds",
                                           "tries",
                                           "retry_wait_seconds",
                                           NULL };
static const char *const mail_keys[] = { "sender", "sender_name", "subject_prefix", "subject_trigger", "testers", "size_limit_mb", NULL };
static const char *const allow_keys[] = { "domains", NULL };
static const char *const operator_keys[] = { "address", NULL };
static const char *const collect_keys[] = { "reply_to", "remind_from", "remind_every", "remind_at_most", NULL };

static const char *const securities[] = { "starttls", "tls", NULL };                       /* in the order of BpMailSecurity */
static const char *const auths[] = { "none", "password", "xoauth2", "certificate", NULL }; /* in the order of BpMailAuth */

#define DEFAULT_STARTTLS_PORT 587
#define DEFAULT_TLS_PORT 465

typedef struct
{
    const char *key;
    gsize offset; /* of the int in BpMailServer */
    int min, max, standard;
} ServerNumber;

/* The server's time to answer the end of a message is the one to be generous with (RFC 5321, 4.5.3.2: ten minutes): too short makes
 * doubtful messages. */
static const ServerNumber numbers[] = {
    { "connect_timeout_seconds", offsetof (BpMailServer, connect_timeout_seconds), 1, 600, 30 },
    { "reply_timeout_seconds", offsetof (BpMailServer, reply_timeout_seconds), 1, 3600, 600 },
    { "message_timeout_seconds", offsetof (BpMailServer, message_timeout_seconds), 1, 7200, 1800 },
    { "tries", offsetof (BpMailServer, tries), 1, 20, 4 },
    { "retry_wait_seconds", offsetof (BpMailServer, retry_wait_seconds), 1, 3600, 120 },
};

static int *number_of (BpMailServer *server, const ServerNumber *number)
{
    return (int *)(gpointer)((char *)server + number->offset);
}

static bool read_numbers (const BpSettings *settings, BpMailServer *server, GError **error)
{
    server->port = server->security == BP_MAIL_TLS ? DEFAULT_TLS_PORT : DEFAULT_STARTTLS_PORT;
    if (!bp_settings_get_int (settings, "server", "port", 1, 65535, &server->port, error))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
        int *number = number_of (server, &numbers[i]);
        if (!bp_settings_get_int (settings, "server", numbers[i].key, numbers[i].min, numbers[i].max, number, error))
            return false;
    }
    return true;
}

/* A name with a folder in it is relative to the programme, unless absolute. */
static bool read_path (BpProgrammeConfig *config, const BpSettings *settings, const char *key, bool is_name_kept, const char **out,
                       GError **error)
{
    if (!bp_ini_get_text (config, settings, "server", key, BP_INI_OPTIONAL, out, error))
        return false;
    if (*out == NULL || g_path_is_absolute (*out) || (is_name_kept && strchr (*out, '/') == NULL))
        return true;
    g_autofree char *path = g_build_filename (config->root, *out, NULL);
    *out = bp_ini_take (config, path);
    return true;
}

/* What each way to log in cannot do without. */
static bool check_auth (const BpSettings *settings, const BpMailServer *server, GError **error)
{
    const struct
    {
        BpMailAuth auth;
        const char *key, *value;
    } needs[] = { { BP_MAIL_AUTH_PASSWORD, "user", server->user },
                  { BP_MAIL_AUTH_PASSWORD, "secret_file", server->secret_file },
                  { BP_MAIL_AUTH_XOAUTH2, "user", server->user },
                  { BP_MAIL_AUTH_XOAUTH2, "token_command", server->token_command },
                  { BP_MAIL_AUTH_CERTIFICATE, "client_certificate", server->client_certificate },
                  { BP_MAIL_AUTH_CERTIFICATE, "client_key", server->client_key } };
    for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
        if (server->auth == needs[i].auth && needs[i].value == NULL)
            return bp_ini_fail_missing (settings, "server", needs[i].key, error);
    return true;
}

static bool read_server (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    BpMailServer *server = &config->mail.server;
    int security = BP_MAIL_STARTTLS, auth = BP_MAIL_AUTH_NONE;
    if (!bp_ini_get_word (settings, "server", "security", securities, BP_INI_OPTIONAL, &security, error)
        || !bp_ini_get_word (settings, "server", "auth", auths, BP_INI_OPTIONAL, &auth, error)
        || !bp_ini_get_text (config, settings, "server", "host", BP_INI_OPTIONAL, &server->host, error)
        || !bp_ini_get_text (config, settings, "server", "user", BP_INI_OPTIONAL, &server->user, error)
        || !bp_ini_get_text (config, settings, "server", "token_command", BP_INI_OPTIONAL, &server->token_command, error)
        || !bp_ini_get_text (config, settings, "server", "hello_name", BP_INI_OPTIONAL, &server->hello_name, error)
        || !read_path (config, settings, "ca_file", false, &server->ca_file, error)
        || !read_path (config, settings, "client_certificate", false, &server->client_certificate, error)
        || !read_path (config, settings, "client_key", true, &server->client_key, error)
        || !read_path (config, settings, "secret_file", true, &server->secret_file, error))
        return false;
    server->security = (BpMailSecurity)security;
    server->auth = (BpMailAuth)auth;
    return read_numbers (settings, server, error) && check_auth (settings, server, error);
}

/* "3d" */
static bool read_days (const BpSettings *settings, const char *key, int min, int max, int *days, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, "collect", key);
    if (setting == NULL)
        return true;
    g_autofree char *number = g_strdup (setting->value);
    const gsize length = strlen (number);
    gint64 value = -1;
    if (length > 0 && number[length - 1] == 'd')
        number[length - 1] = '\0';
    if (!bp_integer_parse (number, &value) || value < min || value > max)
        return bp_settings_fail_value (settings, setting, error, "give days from %d to %d, as 3d", min, max);
    *days = (int)value;
    return true;
}

static bool read_collect (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    BpMailSettings *mail = &config->mail;
    return bp_ini_get_text (config, settings, "collect", "reply_to", BP_INI_OPTIONAL, &mail->reply_to, error)
           && read_days (settings, "remind_from", 0, 60, &mail->reminders.days_before, error)
           && read_days (settings, "remind_every", 1, 60, &mail->reminders.days_between, error)
           && bp_settings_get_int (settings, "collect", "remind_at_most", 0, 20, &mail->reminders.most, error);
}

void bp_mail_set_defaults (BpProgrammeConfig *config)
{
    BpMailServer *server = &config->mail.server;
    server->port = DEFAULT_STARTTLS_PORT;
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        *number_of (server, &numbers[i]) = numbers[i].standard;
    config->mail.size_limit_mb = 10;
    config->mail.testers = bp_ini_take_list (config, NULL);
    config->mail.domains = bp_ini_take_list (config, NULL);
    config->mail.reminders = (BpReminderRules){ .days_before = 3, .days_between = 3, .most = 3 };
}

/* It stands before the marking in a subject, so nothing in it may be taken for one. */
static bool check_trigger (const BpSettings *settings, const char *trigger, GError **error)
{
    return trigger == NULL || !bp_marking_has_word (trigger)
           || bp_settings_fail_value (settings, bp_settings_find (settings, "mail", "subject_trigger"), error,
                                      "'%s' stands before the marking and must not look like one: leave out OFFICIAL, SENSITIVE and SECRET",
                                      trigger);
}

bool bp_mail_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpIniSection known[] = { { "server", server_keys },   { "mail", mail_keys },         { "allow", allow_keys },
                                   { "collect", collect_keys }, { "operator", operator_keys }, { NULL, NULL } };
    BpMailSettings *mail = &config->mail;
    if (!bp_ini_check_names (settings, known, error) || !read_server (config, settings, error)
        || !bp_ini_get_text (config, settings, "mail", "sender", BP_INI_OPTIONAL, &mail->sender, error)
        || !bp_ini_get_text (config, settings, "mail", "sender_name", BP_INI_OPTIONAL, &mail->sender_name, error)
        || !bp_ini_get_text (config, settings, "mail", "subject_prefix", BP_INI_OPTIONAL, &mail->subject_prefix, error)
        || !bp_ini_get_text (config, settings, "mail", "subject_trigger", BP_INI_OPTIONAL, &mail->subject_trigger, error)
        || !check_trigger (settings, mail->subject_trigger, error)
        || !bp_ini_get_text (config, settings, "operator", "address", BP_INI_OPTIONAL, &mail->operator_address, error)
        || !bp_settings_get_int (settings, "mail", "size_limit_mb", 1, 150, &mail->size_limit_mb, error)
        || !read_collect (config, settings, error))
        return false;
    mail->testers = bp_ini_take_list (config, bp_settings_find_value (settings, "mail", "testers"));
    mail->domains = bp_ini_take_list (config, bp_settings_find_value (settings, "allow", "domains"));
    return true;
}
