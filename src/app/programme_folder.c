#include "app/programme_folder.h"

#include "base/text.h"

#include <string.h>
#include <sys/stat.h>

char *bp_programme_folder_dup_path (const BpProgrammeConfig *config, const char *path)
{
    return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (config->root, path, NULL);
}

void bp_programme_folder_withhold (unsigned modes)
{
    umask ((mode_t)modes);
}

bool bp_programme_folder_open (BpProgrammeFolder *folder, const BpOptions *options, GError **error)
{
    if (!bp_clock_read (&folder->clock, error))
        return false;
    folder->as_of = options->as_of == BP_DATE_NONE ? folder->clock.today : options->as_of;
    folder->config = bp_programme_config_load (bp_options_folder (options), folder->as_of, error);
    if (folder->config == NULL)
        return false;
    bp_programme_folder_withhold (folder->config->withheld_modes);
    folder->output = bp_programme_folder_dup_path (folder->config, folder->config->output_folder);
    folder->store = bp_programme_folder_dup_path (folder->config, folder->config->store_path);
    return true;
}

void bp_programme_folder_close (BpProgrammeFolder *folder)
{
    g_clear_pointer (&folder->config, bp_programme_config_free);
    g_clear_pointer (&folder->output, g_free);
    g_clear_pointer (&folder->store, g_free);
}

static bool fail_unknown_forum (const BpForumSet *set, const char *word, GError **error)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new ();
    for (int i = 0; i < set->count; i++)
        g_ptr_array_add (ids, (gpointer)set->forums[i].id);
    g_ptr_array_add (ids, NULL);
    const char *nearest = bp_text_find_nearest (word, (const char *const *)ids->pdata);
    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "there is no forum '%s'; did you mean '%s'?", word, nearest);
    return bp_fail (error, BP_ERROR_USAGE, "there is no forum '%s' on that day; 'boardpack list forums' names them", word);
}

/* Which forums were asked for: a set of BpForum. NULL only is all that have a template. */
static bool select_forums (const BpForumSet *set, char **only, GHashTable *wanted, GError **error)
{
    for (int i = 0; only == NULL && i < set->count; i++)
        if (set->forums[i].template_file != NULL)
            g_hash_table_add (wanted, &set->forums[i]);
    for (int i = 0; only != NULL && only[i] != NULL; i++)
    {
        const BpForum *forum = g_utf8_validate (only[i], -1, NULL) ? bp_forum_find (set, only[i]) : NULL;
        if (forum == NULL)
            return fail_unknown_forum (set, only[i], error);
        if (forum->template_file == NULL)
            return bp_fail (error, BP_ERROR_USAGE, "the forum '%s' gets no pack: it has no template in config/forums.ini", forum->id);
        g_hash_table_add (wanted, (gpointer)forum);
    }
    return true;
}

bool bp_programme_folder_load_layouts (const BpProgrammeFolder *folder, char **only, GPtrArray **layouts_out, GPtrArray **forums_out,
                                       GError **error)
{
    const BpForumSet *set = &folder->config->programme.forums;
    g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
    g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify)bp_report_layout_free);
    g_autoptr (GPtrArray) forums = g_ptr_array_new ();
    if (!select_forums (set, only, wanted, error))
        return false;
    for (int i = 0; i < set->count; i++)
    {
        if (!g_hash_table_contains (wanted, &set->forums[i]))
            continue;
        BpReportLayout *layout = bp_report_layout_load (folder->config, &set->forums[i], error);
        if (layout == NULL)
            return false;
        g_ptr_array_add (layouts, layout);
        g_ptr_array_add (forums, &set->forums[i]);
    }
    if (layouts->len == 0)
        return bp_fail (error, BP_ERROR_CONFIG,
                        "config/forums.ini: no forum has a template on that day, so there is no pack to make; add 'template = …'");
    *layouts_out = g_steal_pointer (&layouts);
    *forums_out = g_steal_pointer (&forums);
    return true;
}
