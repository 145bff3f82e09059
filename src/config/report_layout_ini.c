#include "config/ini_reader.h"

#include "base/atomic_file.h"
#include "base/text.h"
#include "pack/pack_builder.h"

#include <string.h>

static const char *const pack_keys[] = { "title", "subtitle", "orientation", "page_budget", "period", NULL };
static const char *const orientations[] = { "portrait", "landscape", NULL };
static const char *const periods[] = { "term", "quarter", "month", NULL };
static const char PACK_SECTION[] = "pack";

static bool is_pack_section (const char *section)
{
    return g_ascii_strcasecmp (section, PACK_SECTION) == 0;
}

static bool read_pack (const BpSettings *settings, BpReportLayout *layout, GError **error)
{
    int orientation = 0;
    int period = 0;
    const char *title = bp_settings_find_value (settings, PACK_SECTION, "title");
    if (title == NULL || bp_text_is_blank (title))
        return bp_ini_fail_missing (settings, PACK_SECTION, "title", error);
    if (!bp_ini_check_keys (settings, PACK_SECTION, pack_keys, error)
        || !bp_ini_get_word (settings, PACK_SECTION, "orientation", orientations, BP_INI_OPTIONAL, &orientation, error)
        || !bp_ini_get_word (settings, PACK_SECTION, "period", periods, BP_INI_OPTIONAL, &period, error)
        || !bp_settings_get_int (settings, PACK_SECTION, "page_budget", 0, 10000, &layout->page_budget, error))
        return false;
    const char *subtitle = bp_settings_find_value (settings, PACK_SECTION, "subtitle");
    layout->title = g_string_chunk_insert_const (layout->strings, title);
    layout->subtitle = subtitle == NULL || bp_text_is_blank (subtitle) ? NULL : g_string_chunk_insert_const (layout->strings, subtitle);
    layout->is_landscape = orientation == 1;
    layout->period = periods[period];
    return true;
}

static bool fail_unknown_type (const BpSettings *settings, const BpSetting *setting, const char *word, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (int i = 0; i < bp_section_type_count (); i++)
        g_ptr_array_add (names, (gpointer)bp_section_type_info (i)->name);
    g_ptr_array_add (names, NULL);
    const char *nearest = bp_text_find_nearest (word, (const char *const *)names->pdata);
    if (nearest != NULL)
        return bp_settings_fail_value (settings, setting, error, "there is no section type '%s'; did you mean '%s'?", word, nearest);
    return bp_settings_fail_value (
        settings, setting, error,
        "there is no section type '%s'; 'boardpack list sections' names them ('type = …' gives a section of another name its type)", word);
}

/* The keys that a section of that type accepts, "type" among them. Free with g_free. */
static const char **dup_accepted_keys (const BpSectionTypeInfo *type)
{
    const char *const *common = bp_section_common_keys ();
    guint common_count = g_strv_length ((char **)common);
    guint own_count = type->keys == NULL ? 0 : g_strv_length ((char **)type->keys);
    const char **keys = g_new0 (const char *, common_count + own_count + 2);
    guint count = 0;
    for (guint i = 0; i < common_count; i++)
        keys[count++] = common[i];
    for (guint i = 0; i < own_count; i++)
        keys[count++] = type->keys[i];
    keys[count] = "type";
    return keys;
}

static bool add_option (const BpSettings *settings, const BpSetting *setting, const BpSectionTypeInfo *type,
                        const char *const *local_columns, BpReportLayout *layout, BpSectionLayout *section, GError **error)
{
    if (g_ascii_strcasecmp (setting->key, "type") == 0)
        return true;
    g_autofree char *key = g_ascii_strdown (setting->key, -1);
    if (bp_text_is_blank (setting->value))
        return bp_settings_fail_value (settings, setting, error, "is blank; give a value or leave the line out");
    GError *reason = NULL;
    if (!bp_section_option_check (type, key, setting->value, local_columns, &reason))
    {
        bp_settings_fail_value (settings, setting, error, "%s", reason == NULL ? "cannot be read" : reason->message);
        g_clear_error (&reason);
        return false;
    }
    g_hash_table_replace (section->options, g_string_chunk_insert_const (layout->strings, key),
                          g_string_chunk_insert_const (layout->strings, setting->value));
    return true;
}

/* NULL-ended names of the local columns of the table that the section's filter, sort and columns speak of; free with g_free. */
static const char **dup_local_columns (const BpProgrammeConfig *config, const BpSectionTypeInfo *type)
{
    BpTableId table = g_strcmp0 (type->subject, "kpi") == 0 ? BP_TABLE_KPIS : BP_TABLE_ACTIONS;
    int count = bp_field_set_count (&config->programme.fields, table);
    const char **names = g_new0 (const char *, (gsize)count + 1);
    for (int i = 0; i < count; i++)
        names[i] = bp_field_set_get (&config->programme.fields, table, i)->column;
    return names;
}

static bool read_section (const BpProgrammeConfig *config, const BpSettings *settings, const char *id, BpReportLayout *layout,
                          GError **error)
{
    const BpSetting *line = bp_settings_find (settings, id, NULL);
    const BpSetting *named = bp_settings_find (settings, id, "type");
    const char *word = named == NULL ? id : named->value;
    if (!bp_ini_is_id (id))
        return bp_settings_fail_value (settings, line, error, "a section's id has 1 to 40 small letters, digits and hyphens");
    const BpSectionTypeInfo *type = bp_section_type_find (word);
    if (type == NULL)
        return fail_unknown_type (settings, named == NULL ? line : named, word, error);
    g_autofree const char **accepted = dup_accepted_keys (type);
    if (!bp_ini_check_keys (settings, id, accepted, error))
        return false;
    g_autofree const char **local_columns = dup_local_columns (config, type);
    BpSectionLayout *section = g_new0 (BpSectionLayout, 1);
    section->id = g_string_chunk_insert_const (layout->strings, id);
    section->type = type->name;
    section->line = line->line;
    section->options = g_hash_table_new (g_str_hash, g_str_equal);
    g_ptr_array_add (layout->sections, section);
    for (guint i = 0; i < settings->settings->len; i++)
    {
        const BpSetting *setting = g_ptr_array_index (settings->settings, i);
        if (setting->key != NULL && g_ascii_strcasecmp (setting->section, id) == 0
            && !add_option (settings, setting, type, local_columns, layout, section, error))
            return false;
    }
    return true;
}

/* Notes a file that was read, for the manifest, once. */
static void note_file (BpProgrammeConfig *config, const char *name)
{
    for (guint i = 0; i < config->files->len; i++)
        if (strcmp (g_ptr_array_index (config->files, i), name) == 0)
            return;
    g_ptr_array_add (config->files, g_strdup (name));
}

BpReportLayout *bp_report_layout_load (BpProgrammeConfig *config, const BpForum *forum, GError **error)
{
    g_autofree char *name = g_build_filename (config->templates_folder, forum->template_file, NULL);
    g_autofree char *path = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (config->root, name, NULL);
    if (bp_file_is_missing (path))
    {
        bp_fail (error, BP_ERROR_CONFIG, "%s: the template of [%s] is not there; make it, or mend 'template' in config/forums.ini", name,
                 forum->id);
        return NULL;
    }
    g_autoptr (BpSettings) settings = bp_ini_file_load (path, name, error);
    if (settings == NULL)
        return NULL;
    g_autoptr (BpReportLayout) layout = bp_report_layout_new (name);
    if (!read_pack (settings, layout, error))
        return NULL;
    g_autofree const char **sections = bp_settings_dup_sections (settings);
    for (int i = 0; sections[i] != NULL; i++)
        if (!is_pack_section (sections[i]) && !read_section (config, settings, sections[i], layout, error))
            return NULL;
    if (layout->sections->len == 0)
    {
        bp_fail (error, BP_ERROR_CONFIG, "%s: there is no section besides [pack]; add one, for example [summary]", name);
        return NULL;
    }
    note_file (config, name);
    return g_steal_pointer (&layout);
}
