#include "app/list_choice.h"

#include "app/run_folder.h"
#include "base/text.h"

static void read_forums (BpListChoice *choice, const BpProgrammeFolder *folder, const BpOptions *options)
{
    const guint count = options->forums != NULL ? g_strv_length (options->forums) : 0;
    choice->forums = count > 0 ? g_new0 (char *, count + 1) : NULL;
    for (guint i = 0; i < count; i++)
    {
        g_autofree char *word = g_utf8_make_valid (options->forums[i], -1);
        const BpForum *forum = bp_forum_find (&folder->config->programme.forums, word);
        choice->forums[i] = g_strdup (forum != NULL ? forum->id : word);
        if (forum == NULL && choice->unknown == NULL)
            choice->unknown = g_strdup (word);
    }
}

bool bp_list_choice_read (BpListChoice *choice, const BpProgrammeFolder *folder, const BpOptions *options, const char *run, GError **error)
{
    read_forums (choice, folder, options);
    if (run != NULL)
        choice->run = bp_run_folder_find_id (folder->output, run, &choice->is_run_there, error);
    return run == NULL || choice->run != NULL;
}

void bp_list_choice_clear (BpListChoice *choice)
{
    g_clear_pointer (&choice->run, g_free);
    g_clear_pointer (&choice->forums, g_strfreev);
    g_clear_pointer (&choice->unknown, g_free);
}

bool bp_list_choice_has_forum (const BpListChoice *choice, const char *forum)
{
    return choice->forums == NULL || g_strv_contains ((const char *const *)choice->forums, forum);
}

bool bp_list_choice_check_empty (const BpListChoice *choice, const BpProgrammeFolder *folder, GError **error)
{
    if (choice->unknown != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "there is no forum '%s'; 'boardpack list forums' names them", choice->unknown);
    if (choice->run == NULL || choice->is_run_there)
        return true;
    g_autofree char *path = bp_run_folder_find (folder->output, choice->run, error); /* says what there is */
    return path != NULL;
}

char *bp_list_choice_dup_words (const BpListChoice *choice)
{
    g_autofree char *forums = choice->forums != NULL ? bp_text_dup_joined ((const char *const *)choice->forums, 0) : NULL;
    if (forums != NULL)
        return g_strdup_printf (" of %s%s%s", forums, choice->run != NULL ? " in " : "", choice->run != NULL ? choice->run : "");
    return choice->run != NULL ? g_strdup_printf (" of %s", choice->run) : g_strdup ("");
}
