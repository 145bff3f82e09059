#ifndef BP_BASE_SETTINGS_H
#define BP_BASE_SETTINGS_H

#include "base/error.h"

/* The contents of one INI file, in file order, as read by config/ini_file.c. Names keep their spelling; look-ups ignore ASCII case. */
typedef struct
{
    char *section;
    char *key; /* NULL: the section's own line */
    char *value;
    int line;
} BpSetting;

typedef struct
{
    char *file;          /* as shown to users */
    GPtrArray *settings; /* of BpSetting */
} BpSettings;

BpSettings *bp_settings_new (const char *file);
void bp_settings_free (BpSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSettings, bp_settings_free)
void bp_settings_add (BpSettings *settings, const char *section, const char *key, const char *value, int line);
/* NULL if there is none. key NULL: the section's own line. Borrowed. */
const BpSetting *bp_settings_find (const BpSettings *settings, const char *section, const char *key);
const char *bp_settings_find_value (const BpSettings *settings, const char *section, const char *key);
/* The names of the sections in file order, NULL-ended; free the array alone with g_free. */
const char **bp_settings_dup_sections (const BpSettings *settings);
/* Fails, naming file, line and the nearest of the known names: "config/x.ini, line 12: unknown key 'lable' in [complete]; did you mean
 * 'label'?" */
bool bp_settings_fail_unknown (const BpSettings *settings, const BpSetting *setting, const char *const *known, GError **error);
/* Fails: "config/x.ini, line 12: [section] key: <message>". */
bool bp_settings_fail_value (const BpSettings *settings, const BpSetting *setting, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Strict readers of a value: they set *out and return true if the key is there and well formed, leave it alone and return true if absent,
 * else fail. */
bool bp_settings_get_bool (const BpSettings *settings, const char *section, const char *key, bool *out, GError **error);
bool bp_settings_get_int (const BpSettings *settings, const char *section, const char *key, int min, int max, int *out, GError **error);

#endif
