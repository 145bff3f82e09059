#include "config/ini_reader.h"

#include "base/text.h"
#include "domain/finding.h"

#include <string.h>

static const char *const programme_keys[]
    = { "name", "short_name", "organisation", "contact", "language", "geography", "notice", "notice_short", "version", NULL };
static const char *const path_keys[] = { "data", "templates", "output", "store", "access", NULL };
static const char *const import_keys[] = { "fill_down_leads", "quarantine_fails", NULL };
static const char *const import_file_keys[] = { "scale", NULL };
static const char *const check_keys[] = { "off", NULL };

static const char IMPORT_PREFIX[] = "import ";

static bool is_import_file (const char *section)
{
    return g_ascii_strncasecmp (section, IMPORT_PREFIX, strlen (IMPORT_PREFIX)) == 0;
}

/* The fixed sections, and one "import FILE" for each file that has one. */
static bool check_names (const BpSettings *settings, GError **error)
{
    const BpIniSection fixed[]
        = { { "programme", programme_keys }, { "paths", path_keys }, { "import", import_keys }, { "checks", check_keys } };
    g_autofree const char **sections = bp_settings_dup_sections (settings);
    g_autoptr (GArray) known = g_array_new (TRUE, TRUE, sizeof (BpIniSection));
    g_array_append_vals (known, fixed, G_N_ELEMENTS (fixed));
    for (int i = 0; sections[i] != NULL; i++)
        if (is_import_file (sections[i]))
        {
            BpIniSection section = { sections[i], import_file_keys };
            g_array_append_val (known, section);
        }
    return bp_ini_check_names (settings, (const BpIniSection *)(gpointer)known->data, error);
}

/* The packs' words are English; the tag only tells screen readers which English. */
static bool read_language (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    config->programme.language = "en-GB";
    if (!bp_ini_get_text (config, settings, "programme", "language", BP_INI_OPTIONAL, &config->programme.language, error))
        return false;
    const char *tag = config->programme.language;
    bool is_english = g_ascii_strncasecmp (tag, "en", 2) == 0
                      && (tag[2] == '\0' || (tag[2] == '-' && strlen (tag) == 5 && g_ascii_isalpha (tag[3]) && g_ascii_isalpha (tag[4])));
    return is_english
           || bp_settings_fail_value (settings, bp_settings_find (settings, "programme", "language"), error,
                                      "'%s' is not known; the packs are written in English: use en-GB", tag);
}

static bool read_notice (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    BpProgramme *programme = &config->programme;
    if (!bp_ini_get_text (config, settings, "programme", "notice", BP_INI_OPTIONAL, &programme->notice, error)
        || !bp_ini_get_text (config, settings, "programme", "notice_short", BP_INI_OPTIONAL, &programme->notice_short, error))
        return false;
    if (programme->notice == NULL && programme->notice_short != NULL)
        programme->notice = programme->notice_short;
    if (programme->notice == NULL || programme->notice_short != NULL)
        return true;
    /* up to the first full stop that ends a sentence, so that "v1.0" is not cut */
    const char *stop = strstr (programme->notice, ". ");
    g_autofree char *first
        = stop == NULL ? g_strdup (programme->notice) : g_strndup (programme->notice, (gsize)(stop + 1 - programme->notice));
    programme->notice_short = bp_ini_take (config, first);
    return true;
}

static bool read_programme (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    BpProgramme *programme = &config->programme;
    if (!bp_ini_get_text (config, settings, "programme", "name", BP_INI_REQUIRED, &programme->name, error)
        || !bp_ini_get_text (config, settings, "programme", "organisation", BP_INI_REQUIRED, &programme->organisation, error))
        return false;
    programme->short_name = programme->name;
    programme->contact = "";
    programme->geography = programme->organisation;
    programme->version = "1.0";
    return bp_ini_get_text (config, settings, "programme", "short_name", BP_INI_OPTIONAL, &programme->short_name, error)
           && bp_ini_get_text (config, settings, "programme", "contact", BP_INI_OPTIONAL, &programme->contact, error)
           && bp_ini_get_text (config, settings, "programme", "geography", BP_INI_OPTIONAL, &programme->geography, error)
           && bp_ini_get_text (config, settings, "programme", "version", BP_INI_OPTIONAL, &programme->version, error)
           && read_language (config, settings, error) && read_notice (config, settings, error);
}

static bool read_path (const BpSettings *settings, const char *key, const char *fallback, char **out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, "paths", key);
    if (setting != NULL && bp_text_is_blank (setting->value))
        return bp_settings_fail_value (settings, setting, error, "is blank; give a folder, or leave the line out for '%s'", fallback);
    *out = g_strdup (setting == NULL ? fallback : setting->value);
    return true;
}

/* Who may read what is written, whatever the user's own umask says. */
static bool read_access (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    static const char *const words[] = { "group", "owner", "group-write", "everyone", NULL };
    static const unsigned withheld[] = { BP_WITHHELD_MODES, 0077, 0007, 0022 };
    int word = 0;
    if (!bp_ini_get_word (settings, "paths", "access", words, BP_INI_OPTIONAL, &word, error))
        return false;
    config->withheld_modes = withheld[word];
    return true;
}

static bool read_paths (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    if (!read_path (settings, "data", "data", &config->data_folder, error)
        || !read_path (settings, "templates", "report-templates", &config->templates_folder, error)
        || !read_path (settings, "output", "output", &config->output_folder, error))
        return false;
    g_autofree char *store = g_build_filename (config->output_folder, "boardpack.sqlite", NULL);
    return read_path (settings, "store", store, &config->store_path, error);
}

static bool read_import (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    if (!bp_settings_get_bool (settings, "import", "fill_down_leads", &config->programme.fill_down_leads, error)
        || !bp_settings_get_bool (settings, "import", "quarantine_fails", &config->quarantine_fails, error))
        return false;
    static const char *const scales[] = { "percent", "fraction", NULL };
    g_autofree const char **sections = bp_settings_dup_sections (settings);
    guint count = 0;
    const char **files = bp_ini_alloc (config, (g_strv_length ((char **)sections) + 1) * sizeof *files);
    for (int i = 0; sections[i] != NULL; i++)
    {
        if (!is_import_file (sections[i]))
            continue;
        int scale = 0;
        if (!bp_ini_get_word (settings, sections[i], "scale", scales, BP_INI_REQUIRED, &scale, error))
            return false;
        g_autofree char *file = g_strstrip (g_strdup (sections[i] + strlen (IMPORT_PREFIX)));
        if (scale == 1)
            files[count++] = bp_ini_take (config, file);
    }
    config->programme.fraction_files = files;
    return true;
}

static bool read_checks (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, "checks", "off");
    const char *const *codes = bp_ini_take_list (config, setting == NULL ? NULL : setting->value);
    for (int i = 0; codes[i] != NULL; i++)
        if (bp_finding_kind_find (codes[i]) == NULL)
            return bp_settings_fail_value (settings, setting, error, "there is no finding '%s'; 'boardpack list checks' names them",
                                           codes[i]);
    config->programme.checks_off = codes;
    return true;
}

bool bp_programme_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    return check_names (settings, error) && read_programme (config, settings, error) && read_paths (config, settings, error)
           && read_access (config, settings, error) && read_import (config, settings, error) && read_checks (config, settings, error);
}
