#include "base/settings.h"

#include "base/number.h"
#include "base/text.h"

static void free_setting (gpointer pointer)
{
    BpSetting *setting = pointer;
    g_free (setting->section);
    g_free (setting->key);
    g_free (setting->value);
    g_free (setting);
}

BpSettings *bp_settings_new (const char *file)
{
    BpSettings *settings = g_new0 (BpSettings, 1);
    settings->file = g_strdup (file);
    settings->settings = g_ptr_array_new_with_free_func (free_setting);
    return settings;
}

void bp_settings_free (BpSettings *settings)
{
    if (settings == NULL)
        return;
    g_ptr_array_unref (settings->settings);
    g_free (settings->file);
    g_free (settings);
}

void bp_settings_add (BpSettings *settings, const char *section, const char *key, const char *value, int line)
{
    BpSetting *setting = g_new0 (BpSetting, 1);
    setting->section = g_strdup (section);
    setting->key = g_strdup (key);
    setting->value = g_strdup (value);
    setting->line = line;
    g_ptr_array_add (settings->settings, setting);
}

const BpSetting *bp_settings_find (const BpSettings *settings, const char *section, const char *key)
{
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = settings->settings->pdata[i];
        if (g_ascii_strcasecmp (setting->section, section) != 0)
            continue;
        if (key == NULL ? setting->key == NULL : setting->key != NULL && g_ascii_strcasecmp (setting->key, key) == 0)
            return setting;
    }
    return NULL;
}

const char *bp_settings_find_value (const BpSettings *settings, const char *section, const char *key)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    return setting != NULL ? setting->value : NULL;
}

const char **bp_settings_dup_sections (const BpSettings *settings)
{
    GPtrArray *names = g_ptr_array_new ();
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = settings->settings->pdata[i];
        bool is_known = false;
        for (guint j = 0; j < names->len && !is_known; j++)
            is_known = g_ascii_strcasecmp (names->pdata[j], setting->section) == 0;
        if (!is_known)
            g_ptr_array_add (names, setting->section);
    }
    g_ptr_array_add (names, NULL);
    return (const char **)g_ptr_array_free (names, FALSE);
}

bool bp_settings_fail_unknown (const BpSettings *settings, const BpSetting *setting, const char *const *known, GError **error)
{
    bool is_section = setting->key == NULL;
    const char *name = is_section ? setting->section : setting->key;
    const char *nearest = bp_text_find_nearest (name, known);
    g_autoptr (GString) message = g_string_new (NULL);
    if (is_section)
        g_string_printf (message, "%s, line %d: unknown section [%s]", settings->file, setting->line, name);
    else
        g_string_printf (message, "%s, line %d: unknown key '%s' in [%s]", settings->file, setting->line, name, setting->section);
    if (nearest != NULL)
        g_string_append_printf (message, "; did you mean '%s'?", nearest);
    else
    {
        g_autofree char *list = bp_text_dup_joined (known, 0);
        g_string_append_printf (message, "; known are: %s", list);
    }
    return bp_fail (error, BP_ERROR_CONFIG, "%s", message->str);
}

bool bp_settings_fail_value (const BpSettings *settings, const BpSetting *setting, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *message = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    if (setting->key == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: [%s]: %s", settings->file, setting->line, setting->section, message);
    return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: [%s] %s: %s", settings->file, setting->line, setting->section, setting->key,
                    message);
}

bool bp_settings_get_bool (const BpSettings *settings, const char *section, const char *key, bool *out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL)
        return true;
    bool is_yes = g_ascii_strcasecmp (setting->value, "yes") == 0;
    if (!is_yes && g_ascii_strcasecmp (setting->value, "no") != 0)
        return bp_settings_fail_value (settings, setting, error, "'%s' is neither yes nor no", setting->value);
    *out = is_yes;
    return true;
}

bool bp_settings_get_int (const BpSettings *settings, const char *section, const char *key, int min, int max, int *out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL)
        return true;
    gint64 number;
    if (!bp_integer_parse (setting->value, &number) || number < min || number > max)
        return bp_settings_fail_value (settings, setting, error, "'%s' is not a whole number from %d to %d", setting->value, min, max);
    *out = (int)number;
    return true;
}
