#include "config/ini_reader.h"

#include "base/text.h"

bool bp_glossary_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpIniSection known[] = { { "glossary", NULL }, { NULL, NULL } };
    if (!bp_ini_check_names (settings, known, error))
        return false;
    BpGlossaryEntry *entries = bp_ini_alloc (config, settings->settings->len * sizeof *entries);
    int count = 0;
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        if (setting->key == NULL)
            continue;
        if (bp_text_is_blank (setting->value))
            return bp_settings_fail_value (settings, setting, error, "is blank; write what it means");
        entries[count++] = (BpGlossaryEntry){ bp_ini_take (config, setting->key), bp_ini_take (config, setting->value) };
    }
    config->programme.glossary = entries;
    config->programme.glossary_count = count;
    return true;
}
