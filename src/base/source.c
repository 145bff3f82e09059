#include "base/source.h"

#include "base/text.h"

#include <string.h>

static char *dup_without_extension (const char *path)
{
    const char *dot = strrchr (path, '.');
    return dot == NULL || strchr (dot, '/') != NULL ? g_strdup (path) : g_strndup (path, (gsize)(dot - path));
}

int bp_source_compare_files (const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    g_autofree char *left = dup_without_extension (a), *right = dup_without_extension (b);
    int order = bp_ref_compare (left, right);
    return order != 0 ? order : strcmp (a, b);
}

char *bp_source_dup_shown (const char *path)
{
    g_autofree char *name = g_filename_display_name (path);
    g_autoptr (GString) shown = g_string_new (NULL);
    bp_text_append_visible (shown, name, false);
    return g_strdup (shown->str);
}
