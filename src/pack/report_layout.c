#include "pack/report_layout.h"

#include "base/number.h"

static void free_section_layout (gpointer data)
{
    BpSectionLayout *section = data;

    g_clear_pointer (&section->options, g_hash_table_unref);
    g_free (section);
}

BpReportLayout *bp_report_layout_new (const char *file)
{
    BpReportLayout *layout = g_new0 (BpReportLayout, 1);

    layout->strings = g_string_chunk_new (1024);
    layout->file = file != NULL ? g_string_chunk_insert (layout->strings, file) : NULL;
    layout->sections = g_ptr_array_new_with_free_func (free_section_layout);
    return layout;
}

void bp_report_layout_free (BpReportLayout *layout)
{
    if (layout == NULL)
        return;
    g_ptr_array_unref (layout->sections);
    g_string_chunk_free (layout->strings);
    g_free (layout);
}

const char *bp_section_layout_find (const BpSectionLayout *layout, const char *key)
{
    return layout->options != NULL ? g_hash_table_lookup (layout->options, key) : NULL;
}

bool bp_section_layout_is (const BpSectionLayout *layout, const char *key)
{
    const char *value = bp_section_layout_find (layout, key);

    return value != NULL && g_ascii_strcasecmp (value, "yes") == 0;
}

int bp_section_layout_get_int (const BpSectionLayout *layout, const char *key, int fallback)
{
    const char *value = bp_section_layout_find (layout, key);
    gint64 number = 0;

    if (value == NULL || !bp_integer_parse (value, &number) || number < 0 || number > G_MAXINT)
        return fallback;
    return (int)number;
}
