#include "app/command_table.h"

#include "app/console.h"
#include "app/programme_folder.h"
#include "app/starter_files.h"
#include "base/atomic_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Nothing is written if one of the files is there already. */
static bool check_free (const char *folder, GError **error)
{
    for (const BpStarterFile *file = bp_starter_files; file->path != NULL; file++)
    {
        g_autofree char *path = g_build_filename (folder, file->path, NULL);
        if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
            return bp_fail (error, BP_ERROR_FAILED, "%s is there already, and is not overwritten; choose an empty folder", path);
    }
    return true;
}

static bool write_file (const char *folder, const BpStarterFile *file, GError **error)
{
    g_autofree char *path = g_build_filename (folder, file->path, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    if (g_mkdir_with_parents (parent, 0777) != 0)
        return bp_file_fail (error, parent, "the folder cannot be made", errno);
    return bp_atomic_file_write (path, file->contents, strlen (file->contents), error);
}

/* A folder with half a programme in it could neither be used nor be tried again. Only what this call has written is taken away. */
static void remove_files (const char *folder, const BpStarterFile *end)
{
    for (const BpStarterFile *file = bp_starter_files; file < end; file++)
    {
        g_autofree char *path = g_build_filename (folder, file->path, NULL);
        g_unlink (path);
    }
}

BpExitCode bp_cmd_init (const BpOptions *options, const char *const *arguments, GError **error)
{
    const char *root = bp_options_folder (options);
    g_autofree char *folder = arguments[0] == NULL                                           ? g_strdup (root)
                              : g_path_is_absolute (arguments[0]) || options->folder == NULL ? g_strdup (arguments[0])
                                                                                             : g_build_filename (root, arguments[0], NULL);
    if (!check_free (folder, error))
        return BP_EXIT_FAILED;
    bp_programme_folder_withhold (BP_WITHHELD_MODES);
    json_t *list = json_array ();
    for (const BpStarterFile *file = bp_starter_files; file->path != NULL; file++)
    {
        if (!write_file (folder, file, error))
        {
            remove_files (folder, file);
            json_decref (list);
            return BP_EXIT_FAILED;
        }
        g_autofree char *path = g_build_filename (folder, file->path, NULL);
        json_array_append_new (list, bp_json_text (path));
        if (!options->json)
            bp_console_answer ("%s\n", path);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    bp_console_message (options, "A new programme is in %s. Next: 'boardpack -C %s check', then 'boardpack -C %s run'.", folder, folder,
                        folder);
    return BP_EXIT_WELL;
}
