#include "app/rehearsal.h"

#include "app/update_sheets.h"
#include "base/atomic_file.h"
#include "delivery/message.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER "rehearsals"

/* What was rehearsed is removed and written anew: not where a link leads. */
static bool check_link (const char *path, GError **error)
{
    return !g_file_test (path, G_FILE_TEST_IS_SYMLINK)
           || bp_fail (error, BP_ERROR_FAILED,
                       "%s: is a link; rehearsals are written to a folder of the output folder alone: remove the link", path);
}

bool bp_rehearsal_clear (const BpDispatch *dispatch, GError **error)
{
    g_autofree char *all = g_build_filename (dispatch->folder->output, FOLDER, NULL);
    if (!check_link (all, error))
        return false;
    for (guint i = 0; i < dispatch->runs->len; i++)
    {
        const BpFinishedRun *run = dispatch->runs->pdata[i];
        if (run->manifest == NULL) /* could not be opened */
            continue;
        g_autofree char *folder = g_build_filename (dispatch->folder->output, FOLDER, run->id, NULL);
        if (!check_link (folder, error))
            return false;
        if (!bp_file_is_missing (folder) && !bp_folder_remove (folder, error))
            return false;
    }
    return true;
}

/* Of what goes to leads, the one folder for all. */
static const char *folder_name (const BpSend *send)
{
    return bp_send_is_for_lead (send) ? BP_UPDATE_FOLDER : send->forum;
}

/* The number, never the address, is the file's name: an address may hold what a file name must not. */
static bool write_letter (const BpDispatch *dispatch, BpLetter *letter, int number, GError **error)
{
    g_autofree char *name = g_strdup_printf ("%03d.eml", number);
    g_autofree char *folder = g_build_filename (dispatch->folder->output, FOLDER, letter->send->run, folder_name (letter->send), NULL);
    g_autoptr (GBytes) bytes = bp_letter_write (letter, error);
    if (bytes == NULL)
        return false;
    if (g_mkdir_with_parents (folder, 0777) != 0)
        return bp_file_fail (error, folder, "the folder cannot be made", errno);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_free (letter->file);
    letter->file = g_strdup (g_str_has_prefix (path, "./") ? path + 2 : path);
    return bp_message_save (bytes, path, error);
}

bool bp_rehearsal_write (BpDispatch *dispatch, GError **error)
{
    const char *run = "", *name = "";
    int number = 0;
    if (!bp_rehearsal_clear (dispatch, error))
        return false;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        BpLetter *letter = dispatch->letters->pdata[i];
        if (!bp_letter_goes (letter))
            continue;
        const bool is_same = strcmp (run, letter->send->run) == 0 && strcmp (name, folder_name (letter->send)) == 0;
        number = is_same ? number + 1 : 1;
        run = letter->send->run;
        name = folder_name (letter->send);
        if (!write_letter (dispatch, letter, number, error))
            return false;
    }
    return true;
}
