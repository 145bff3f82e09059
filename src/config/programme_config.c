#include "config/ini_reader.h"

#include "base/atomic_file.h"
#include "base/text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Every file of config/, and whether a programme can do without it. */
static const struct
{
    const char *name;
    bool is_required;
} config_files[] = {
    { "programme.ini", true }, { "forums.ini", true },   { "status.ini", true },    { "calendar.ini", false }, { "rules.ini", false },
    { "fields.ini", false },   { "aliases.ini", false }, { "glossary.ini", false }, { "theme.ini", false },    { "mail.ini", false },
};

/* A misspelt file would be ignored in silence, and its settings with it. */
static bool check_file_names (const char *root, GError **error)
{
    const char *names[G_N_ELEMENTS (config_files) + 1] = { NULL };
    for (gsize i = 0; i < G_N_ELEMENTS (config_files); i++)
        names[i] = config_files[i].name;
    g_autofree char *folder = g_build_filename (root, "config", NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    if (dir == NULL)
        return bp_file_fail (error, folder, "the folder cannot be read", g_access (folder, R_OK) != 0 ? errno : EIO);
    g_autofree char *first = NULL;
    for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
        if (g_str_has_suffix (name, ".ini") && name[0] != '.' && !g_strv_contains (names, name)
            && (first == NULL || strcmp (name, first) < 0))
        {
            g_free (first);
            first = g_strdup (name);
        }
    if (first == NULL)
        return true;
    const char *nearest = bp_text_find_nearest (first, names);
    return bp_fail (error, BP_ERROR_CONFIG, "config/%s: there is no configuration file of that name%s%s%s; rename it, or move it elsewhere",
                    first, nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
}

/* NULL with no error: the file is not there and need not be. */
static BpSettings *load_file (BpProgrammeConfig *config, const char *file, bool is_required, GError **error)
{
    g_autofree char *name = g_build_filename ("config", file, NULL);
    g_autofree char *path = g_build_filename (config->root, name, NULL);
    if (bp_file_is_missing (path))
    {
        if (is_required)
            bp_fail (error, BP_ERROR_CONFIG, "%s is not there; every programme needs it ('boardpack init' makes an example)", name);
        return NULL;
    }
    BpSettings *settings = bp_ini_file_load (path, name, error);
    if (settings != NULL)
        g_ptr_array_add (config->files, g_strdup (name));
    return settings;
}

typedef bool (*ReadFile) (BpProgrammeConfig *config, const BpSettings *settings, GError **error);

/* Loads and reads one file; does nothing where an optional one is not there. */
static bool read_file (BpProgrammeConfig *config, const char *file, bool is_required, ReadFile read, GError **error)
{
    GError *failure = NULL;
    g_autoptr (BpSettings) settings = load_file (config, file, is_required, &failure);
    if (failure != NULL)
    {
        g_propagate_error (error, failure);
        return false;
    }
    return settings == NULL || read (config, settings, error);
}

/* Forums, and the aliases that speak of them. */
static bool read_forums (BpProgrammeConfig *config, BpDate as_of, GError **error)
{
    g_autoptr (BpSettings) forums = load_file (config, "forums.ini", true, error);
    if (forums == NULL || !bp_forums_ini_read (config, forums, as_of, error))
        return false;
    GError *failure = NULL;
    g_autoptr (BpSettings) aliases = load_file (config, "aliases.ini", false, &failure);
    if (failure != NULL)
    {
        g_propagate_error (error, failure);
        return false;
    }
    return aliases == NULL || bp_aliases_ini_read (config, aliases, forums, error);
}

static bool read_theme (BpProgrammeConfig *config, GError **error)
{
    GError *failure = NULL;
    config->theme = load_file (config, "theme.ini", false, &failure);
    if (failure != NULL)
    {
        g_propagate_error (error, failure);
        return false;
    }
    if (config->theme == NULL)
        config->theme = bp_settings_new ("config/theme.ini");
    return true;
}

static BpProgrammeConfig *new_config (const char *root)
{
    BpProgrammeConfig *config = g_new0 (BpProgrammeConfig, 1);
    config->root = g_strdup (root);
    config->files = g_ptr_array_new_with_free_func (g_free);
    config->strings = g_string_chunk_new (4096);
    config->owned = g_ptr_array_new_with_free_func (g_free);
    for (int i = 0; i < BP_ALIAS_KINDS; i++)
        config->programme.aliases[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    config->programme.calendar = *bp_calendar_default ();
    bp_rules_set_defaults (config);
    bp_mail_set_defaults (config);
    return config;
}

static bool find_programme (const char *root, GError **error)
{
    g_autofree char *path = g_build_filename (root, "config", "programme.ini", NULL);
    if (!bp_file_is_missing (path))
        return true;
    return bp_fail (error, BP_ERROR_NO_PROGRAMME,
                    "there is no programme in '%s' (no config/programme.ini); go to a programme's folder, name one with -C DIR, or make "
                    "one with 'boardpack init DIR'",
                    root);
}

BpProgrammeConfig *bp_programme_config_load (const char *root, BpDate as_of, GError **error)
{
    if (!find_programme (root, error) || !check_file_names (root, error))
        return NULL;
    g_autoptr (BpProgrammeConfig) config = new_config (root);
    if (!read_file (config, "programme.ini", true, bp_programme_ini_read, error)
        || !read_file (config, "status.ini", true, bp_status_ini_read, error)
        || !read_file (config, "calendar.ini", false, bp_calendar_ini_read, error)
        || !read_file (config, "rules.ini", false, bp_rules_ini_read, error)
        || !read_file (config, "fields.ini", false, bp_fields_ini_read, error) || !read_forums (config, as_of, error)
        || !read_file (config, "glossary.ini", false, bp_glossary_ini_read, error) || !read_theme (config, error)
        || !read_file (config, "mail.ini", false, bp_mail_ini_read, error))
        return NULL;
    return g_steal_pointer (&config);
}

void bp_programme_config_free (BpProgrammeConfig *config)
{
    if (config == NULL)
        return;
    g_free (config->root);
    g_free (config->data_folder);
    g_free (config->templates_folder);
    g_free (config->output_folder);
    g_free (config->store_path);
    g_clear_pointer (&config->theme, bp_settings_free);
    for (int i = 0; i < BP_ALIAS_KINDS; i++)
        g_hash_table_unref (config->programme.aliases[i]);
    g_ptr_array_unref (config->files);
    g_ptr_array_unref (config->owned);
    g_string_chunk_free (config->strings);
    g_free (config);
}
