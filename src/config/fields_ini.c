#include "config/ini_reader.h"

#include "base/text.h"

#include <string.h>

static const char *const field_keys[] = { "type", "title", NULL };
static const char *const types[] = { "text", "number", "date", "yes-no", NULL }; /* in the order of BpFieldType */

static bool is_column_name (const char *name)
{
    gsize length = strlen (name);
    if (length < 1 || length > 40 || !g_ascii_islower (name[0]))
        return false;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) && name[i] != '_')
            return false;
    return true;
}

/* Splits "<table>.<column>"; fails with the nearest table. */
static bool read_name (const BpSettings *settings, const char *section, const BpTableDef **table_out, const char **column_out,
                       GError **error)
{
    const BpSetting *line = bp_settings_find (settings, section, NULL);
    const char *dot = strchr (section, '.');
    if (dot == NULL)
        return bp_settings_fail_value (settings, line, error, "the section is named <table>.<column>, for example [actions.budget_code]");
    g_autofree char *name = g_strndup (section, (gsize)(dot - section));
    const BpTableDef *table = bp_table_find (name);
    if (table == NULL)
    {
        const char *names[BP_TABLE_COUNT + 1] = { NULL };
        for (int i = 0; i < BP_TABLE_COUNT; i++)
            names[i] = bp_table_get ((BpTableId)i)->name;
        const char *nearest = bp_text_find_nearest (name, names);
        return bp_settings_fail_value (settings, line, error, "there is no table '%s'%s%s%s", name,
                                       nearest == NULL ? "; 'boardpack list tables' names them" : "; did you mean '",
                                       nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
    }
    if (!is_column_name (dot + 1))
        return bp_settings_fail_value (settings, line, error,
                                       "'%s' is no name of a column; use a small letter, then small letters, digits and _", dot + 1);
    if (bp_table_find_column (table, dot + 1) >= 0)
        return bp_settings_fail_value (settings, line, error, "the table %s has a column '%s' of its own; use another name", table->name,
                                       dot + 1);
    *table_out = table;
    *column_out = dot + 1;
    return true;
}

bool bp_fields_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    g_autofree const char **sections = bp_settings_dup_sections (settings);
    guint count = g_strv_length ((char **)sections);
    BpLocalField *fields = bp_ini_alloc (config, count * sizeof *fields);
    for (guint i = 0; i < count; i++)
    {
        const BpTableDef *table = NULL;
        const char *column = NULL;
        int type = 0;
        if (!read_name (settings, sections[i], &table, &column, error) || !bp_ini_check_keys (settings, sections[i], field_keys, error)
            || !bp_ini_get_word (settings, sections[i], "type", types, BP_INI_REQUIRED, &type, error)
            || !bp_ini_get_text (config, settings, sections[i], "title", BP_INI_REQUIRED, &fields[i].title, error))
            return false;
        g_assert (table != NULL && column != NULL); /* read_name found both */
        fields[i].table = table->id;
        fields[i].column = bp_ini_take (config, column);
        fields[i].type = (BpFieldType)type;
    }
    config->programme.fields = (BpFieldSet){ fields, count };
    return true;
}
