#include "app/run_comparison.h"

#include "app/run_folder.h"
#include "app/run_records.h"
#include "base/atomic_file.h"

#include <string.h>

#define MAX_RECORD_BYTES ((gsize)1024 * 1024 * 1024)

static void add (GPtrArray *list, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void add (GPtrArray *list, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_ptr_array_add (list, g_strdup_vprintf (format, arguments));
    va_end (arguments);
}

/* ---- reasons ---- */

static void compare_word (const char *what, const char *kept, const char *made, GPtrArray *reasons)
{
    if (strcmp (kept, made) == 0)
        return;
    if (*kept == '\0')
        add (reasons, "%s was not recorded", what);
    else
        add (reasons, "%s is %s, it was %s", what, *made == '\0' ? "not there" : made, kept);
}

static void compare_libraries (const json_t *kept, const json_t *made, GPtrArray *reasons)
{
    const char *name;
    json_t *version;
    json_object_foreach ((json_t *)made, name, version)
    {
        g_autofree char *what = g_strdup_printf ("the version of %s", name);
        compare_word (what, bp_manifest_text (kept, name), json_string_value (version), reasons);
    }
    json_object_foreach ((json_t *)kept, name, version) if (json_object_get (made, name) == NULL)
        add (reasons, "%s %s is no longer used", name, json_string_value (version));
}

static void compare_part (const json_t *kept, const json_t *made, GPtrArray *reasons)
{
    const char *path = bp_manifest_text (json_is_object (kept) ? kept : made, "path");
    if (strcmp (bp_manifest_text (kept, "sha256"), bp_manifest_text (made, "sha256")) != 0)
        add (reasons, "%s is another file", path);
    else if (strcmp (path, bp_manifest_text (made, "path")) != 0)
        add (reasons, "%s stands elsewhere", path);
}

void bp_run_comparison_list_reasons (const json_t *kept, const json_t *made, GPtrArray *reasons)
{
    const json_t *program_then = json_object_get (kept, "program"), *program_now = json_object_get (made, "program");
    const json_t *fonts_then = json_object_get (kept, "fonts"), *fonts_now = json_object_get (made, "fonts");
    if (json_integer_value (json_object_get (kept, "manifest_version")) != json_integer_value (json_object_get (made, "manifest_version")))
        add (reasons, "the manifest is of version %lld", (long long)json_integer_value (json_object_get (kept, "manifest_version")));
    compare_word ("the program's version", bp_manifest_text (program_then, "version"), bp_manifest_text (program_now, "version"), reasons);
    if (strcmp (bp_manifest_text (program_then, "version"), bp_manifest_text (program_now, "version")) == 0
        && strcmp (bp_manifest_text (program_then, "source"), bp_manifest_text (program_now, "source")) != 0)
        add (reasons, "the program was built from other sources of the same version");
    compare_libraries (json_object_get (program_then, "libraries"), json_object_get (program_now, "libraries"), reasons);
    for (size_t i = 0; i < MAX (json_array_size (fonts_then), json_array_size (fonts_now)); i++)
        compare_part (json_array_get (fonts_then, i), json_array_get (fonts_now, i), reasons);
    if (json_object_get (kept, "colour_profile") != NULL)
        compare_part (json_object_get (kept, "colour_profile"), json_object_get (made, "colour_profile"), reasons);
}

/* ---- byte for byte ---- */

static bool compare_file (const BpRunComparison *comparison, const char *name, GError **error)
{
    g_autofree char *kept_path = g_build_filename (comparison->kept_folder, name, NULL);
    g_autofree char *made_path = g_build_filename (comparison->made_folder, name, NULL);
    g_autofree char *kept = bp_file_dup_sha256 (kept_path, error);
    if (kept == NULL)
        return false;
    g_autofree char *made = bp_file_dup_sha256 (made_path, NULL);
    if (made == NULL)
        add (comparison->differences, "%s is not made any more", name);
    else if (strcmp (kept, made) != 0)
        add (comparison->differences, "%s comes out otherwise", name);
    return true;
}

bool bp_run_compare_files (const BpRunComparison *comparison, guint *files_out, GError **error)
{
    static const char *const lists[] = { "outputs", "update_sheets", "records" };
    *files_out = 1;
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
        const json_t *entry;
        size_t index;
        json_array_foreach (json_object_get (comparison->kept, lists[i]), index, entry)
        {
            if (!compare_file (comparison, bp_manifest_text (entry, "path"), error))
                return false;
            ++*files_out;
        }
    }
    return compare_file (comparison, "manifest.json", error);
}

/* ---- by figures ---- */

/* Key to text of a record, which it cuts into pieces: the table's strings are the contents'. skip: columns before the key. */
static GHashTable *index_lines (char *contents, int skip)
{
    GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
    for (char *line = contents, *next; line != NULL && *line != '\0'; line = next)
    {
        next = strchr (line, '\n');
        if (next != NULL)
            *next++ = '\0';
        for (int i = 0; i < skip && line != NULL; i++)
            line = (line = strchr (line, '\t')) != NULL ? line + 1 : NULL;
        char *text = line != NULL ? strchr (line, '\t') : NULL;
        if (text == NULL)
            continue;
        *text++ = '\0';
        g_hash_table_insert (table, line, text);
    }
    return table;
}

static gint compare_keys (gconstpointer left, gconstpointer right)
{
    return strcmp (left, right);
}

/* All that was kept must come out again. */
static bool compare_record (const BpRunComparison *comparison, const char *name, int skip, guint *count_out, GError **error)
{
    g_autofree char *kept_path = g_build_filename (comparison->kept_folder, name, NULL);
    g_autofree char *made_path = g_build_filename (comparison->made_folder, name, NULL);
    g_autofree char *kept_text = NULL, *made_text = NULL;
    gsize kept_length, made_length;
    if (!bp_file_read (kept_path, MAX_RECORD_BYTES, &kept_text, &kept_length, error)
        || !bp_file_read (made_path, MAX_RECORD_BYTES, &made_text, &made_length, error))
        return false;
    g_autoptr (GHashTable) kept = index_lines (kept_text, skip), made = index_lines (made_text, skip);
    *count_out = g_hash_table_size (kept);
    GList *keys = g_list_sort (g_hash_table_get_keys (kept), compare_keys);
    for (const GList *key = keys; key != NULL; key = key->next)
    {
        const char *before = g_hash_table_lookup (kept, key->data), *now = g_hash_table_lookup (made, key->data);
        if (now == NULL)
            add (comparison->differences, "%s was '%s' and does not come out again", (const char *)key->data, before);
        else if (strcmp (before, now) != 0)
            add (comparison->differences, "%s was '%s' and comes out as '%s'", (const char *)key->data, before, now);
    }
    g_list_free (keys);
    return true;
}

/* Before version 2 no figures were kept: the counts of the manifest are what there is. */
static void compare_counts (const BpRunComparison *comparison, guint *facts_out)
{
    static const char *const keys[] = { "tables", "actions" };
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
        if (!json_equal (json_object_get (comparison->kept, keys[i]), json_object_get (comparison->made, keys[i])))
            add (comparison->differences, "the manifest's \"%s\" come out otherwise", keys[i]);
    *facts_out = (guint)(json_array_size (json_object_get (comparison->kept, "tables"))
                         + json_object_size (json_object_get (comparison->kept, "actions")));
}

bool bp_run_compare_figures (const BpRunComparison *comparison, guint *facts_out, guint *figures_out, GError **error)
{
    if (json_object_get (comparison->kept, "records") == NULL)
    {
        compare_counts (comparison, facts_out);
        return true;
    }
    return compare_record (comparison, BP_RECORD_SNAPSHOT, 0, facts_out, error)
           && compare_record (comparison, BP_RECORD_FIGURES, 1, figures_out, error);
}
