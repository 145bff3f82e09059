#include "config/ini_reader.h"

#include "base/text.h"

#include <string.h>

static const BpIniSection *find_known (const BpIniSection *known, const char *section)
{
    for (; known->section != NULL; known++)
        if (g_ascii_strcasecmp (known->section, section) == 0)
            return known;
    return NULL;
}

static bool has_word (const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (g_ascii_strcasecmp (*words, word) == 0)
            return true;
    return false;
}

bool bp_ini_check_names (const BpSettings *settings, const BpIniSection *known, GError **error)
{
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        const BpIniSection *section = find_known (known, setting->section);
        if (section == NULL)
        {
            g_autoptr (GPtrArray) names = g_ptr_array_new ();
            for (const BpIniSection *each = known; each->section != NULL; each++)
                g_ptr_array_add (names, (gpointer)each->section);
            g_ptr_array_add (names, NULL);
            return bp_settings_fail_unknown (settings, setting, (const char *const *)names->pdata, error);
        }
        if (setting->key != NULL && section->keys != NULL && !has_word (section->keys, setting->key))
            return bp_settings_fail_unknown (settings, setting, section->keys, error);
    }
    return true;
}

bool bp_ini_check_keys (const BpSettings *settings, const char *section, const char *const *keys, GError **error)
{
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        if (setting->key != NULL && g_ascii_strcasecmp (setting->section, section) == 0 && !has_word (keys, setting->key))
            return bp_settings_fail_unknown (settings, setting, keys, error);
    }
    return true;
}

const char *bp_ini_take (BpProgrammeConfig *config, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert_const (config->strings, text);
}

void *bp_ini_alloc (BpProgrammeConfig *config, gsize size)
{
    void *block = g_malloc0 (MAX (size, 1));
    g_ptr_array_add (config->owned, block);
    return block;
}

const char *const *bp_ini_take_list (BpProgrammeConfig *config, const char *value)
{
    g_auto (GStrv) parts = bp_text_split_list (value == NULL ? "" : value, '|');
    guint count = g_strv_length (parts);
    const char **list = bp_ini_alloc (config, (count + 1) * sizeof *list);
    for (guint i = 0; i < count; i++)
        list[i] = bp_ini_take (config, parts[i]);
    return list;
}

bool bp_ini_fail_missing (const BpSettings *settings, const char *section, const char *key, GError **error)
{
    const BpSetting *line = bp_settings_find (settings, section, key);
    if (line != NULL)
        return bp_settings_fail_value (settings, line, error, "is blank; give a value");
    line = bp_settings_find (settings, section, NULL);
    if (line == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "%s: there is no section [%s]; add it, with '%s = …' in it", settings->file, section, key);
    return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: [%s] has no '%s'; add a line '%s = …'", settings->file, line->line, section, key,
                    key);
}

bool bp_ini_get_text (BpProgrammeConfig *config, const BpSettings *settings, const char *section, const char *key, BpIniNeed need,
                      const char **out, GError **error)
{
    const char *value = bp_settings_find_value (settings, section, key);
    if (value == NULL || bp_text_is_blank (value))
        return need == BP_INI_OPTIONAL || bp_ini_fail_missing (settings, section, key, error);
    *out = bp_ini_take (config, value);
    return true;
}

bool bp_ini_get_date (const BpSettings *settings, const char *section, const char *key, BpDate *out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL || bp_text_is_blank (setting->value))
        return true;
    if (!bp_date_parse_iso (setting->value, out))
        return bp_settings_fail_value (settings, setting, error, "'%s' is no date; write it as 2025-07-31", setting->value);
    return true;
}

bool bp_ini_get_word (const BpSettings *settings, const char *section, const char *key, const char *const *words, BpIniNeed need,
                      int *index_out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL || bp_text_is_blank (setting->value))
        return need == BP_INI_OPTIONAL || bp_ini_fail_missing (settings, section, key, error);
    for (int i = 0; words[i] != NULL; i++)
        if (g_ascii_strcasecmp (words[i], setting->value) == 0)
        {
            *index_out = i;
            return true;
        }
    g_autofree char *list = g_strjoinv (", ", (char **)words);
    return bp_settings_fail_value (settings, setting, error, "'%s' is not known; it is one of: %s", setting->value, list);
}

bool bp_ini_is_id (const char *text)
{
    gsize length = strlen (text);
    if (length < 1 || length > 40)
        return false;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
            return false;
    return true;
}

bool bp_ini_is_domain (const char *text)
{
    g_auto (GStrv) labels = g_strsplit (text, ".", -1);
    for (int i = 0; labels[i] != NULL; i++)
    {
        if (*labels[i] == '\0' || labels[i][0] == '-' || g_str_has_suffix (labels[i], "-"))
            return false;
        for (const char *at = labels[i]; *at != '\0'; at++)
            if (!g_ascii_isalnum (*at) && *at != '-')
                return false;
    }
    return g_strv_length (labels) >= 2;
}
