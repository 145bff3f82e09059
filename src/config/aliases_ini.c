#include "config/ini_reader.h"

#include "base/text.h"

#include <string.h>

static const char *const kinds[] = { "leads", "forums", "areas", "status", NULL }; /* in the order of BpAliasKind */

/* What an alias stands for must be known where the configuration can tell; leads and areas are rows of data, which the checks look at. */
static bool check_target (const BpProgrammeConfig *config, const BpSettings *settings, const BpSettings *forums, BpAliasKind kind,
                          const BpSetting *setting, GError **error)
{
    if (bp_text_is_blank (setting->value))
        return bp_settings_fail_value (settings, setting, error, "is blank; write 'spelling = name'");
    if (kind == BP_ALIAS_STATUS && bp_status_find (&config->programme.statuses, setting->value) == NULL)
        return bp_settings_fail_value (settings, setting, error, "there is no status '%s' in config/status.ini", setting->value);
    if (kind == BP_ALIAS_FORUM && bp_settings_find (forums, setting->value, NULL) == NULL)
        return bp_settings_fail_value (settings, setting, error, "there is no forum '%s' in %s", setting->value, forums->file);
    return true;
}

static bool add_alias (BpProgrammeConfig *config, const BpSettings *settings, BpAliasKind kind, const BpSetting *setting, GError **error)
{
    char *spelling = bp_text_dup_folded (setting->key);
    const char *before = g_hash_table_lookup (config->programme.aliases[kind], spelling);
    if (before != NULL && strcmp (before, setting->value) != 0)
    {
        g_free (spelling);
        return bp_settings_fail_value (settings, setting, error, "this spelling already stands for '%s'; keep one of them", before);
    }
    g_hash_table_insert (config->programme.aliases[kind], spelling, (gpointer)bp_ini_take (config, setting->value));
    return true;
}

bool bp_aliases_ini_read (BpProgrammeConfig *config, const BpSettings *settings, const BpSettings *forums, GError **error)
{
    const BpIniSection known[] = { { "leads", NULL }, { "forums", NULL }, { "areas", NULL }, { "status", NULL }, { NULL, NULL } };
    if (!bp_ini_check_names (settings, known, error))
        return false;
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        int kind = 0;
        while (g_ascii_strcasecmp (kinds[kind], setting->section) != 0)
            kind++;
        if (setting->key != NULL
            && (!check_target (config, settings, forums, (BpAliasKind)kind, setting, error)
                || !add_alias (config, settings, (BpAliasKind)kind, setting, error)))
            return false;
    }
    return true;
}
