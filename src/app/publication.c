#include "app/publication.h"

#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PARTIAL_PREFIX ".partial-"
#define LATEST "latest"

struct BpPublication
{
    char *output;
    char *partial; /* NULL when finished */
    char *day;     /* folder of the day */
    char *run_id;
    char *name;
};

/* `latest` and the partial folders of runs that died. */
static bool remove_leftovers (const char *output, GError **error)
{
    g_autoptr (GDir) dir = g_dir_open (output, 0, error);
    if (dir == NULL)
        return false;
    for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
        g_autofree char *path = g_build_filename (output, name, NULL);
        if (g_str_has_prefix (name, PARTIAL_PREFIX) && !bp_folder_remove (path, error))
            return false;
        if (g_str_has_prefix (name, "." LATEST "-"))
            g_unlink (path);
    }
    return true;
}

int bp_publication_find_last (const char *output_folder, BpDate as_of)
{
    g_autofree char *date = bp_date_dup_text (as_of, BP_DATE_ISO);
    g_autofree char *day = g_build_filename (output_folder, date, NULL);
    g_autoptr (GDir) dir = g_dir_open (day, 0, NULL);
    int highest = 0;
    for (const char *name = dir == NULL ? NULL : g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
        gsize length = strlen (date);
        if (strncmp (name, date, length) != 0 || name[length] != '-')
            continue;
        gint64 number = g_ascii_strtoll (name + length + 1, NULL, 10);
        if (number > highest && number < G_MAXINT)
            highest = (int)number;
    }
    return highest;
}

static bool check_latest (const char *output, GError **error)
{
    g_autofree char *path = g_build_filename (output, LATEST, NULL);
    struct stat status;
    if (lstat (path, &status) != 0 || S_ISLNK (status.st_mode))
        return true;
    return bp_fail (error, BP_ERROR_IO, "%s: there is something other than a link of that name; move it away, then run again", path);
}

BpPublication *bp_publication_begin (const char *output_folder, BpDate as_of, int number, GError **error)
{
    if (!remove_leftovers (output_folder, error) || !check_latest (output_folder, error))
        return NULL;
    g_autofree char *date = bp_date_dup_text (as_of, BP_DATE_ISO);
    g_autoptr (BpPublication) publication = g_new0 (BpPublication, 1);
    publication->output = g_strdup (output_folder);
    publication->day = g_build_filename (output_folder, date, NULL);
    publication->run_id = g_strdup_printf ("%s-%d", date, number > 0 ? number : bp_publication_find_last (output_folder, as_of) + 1);
    publication->name = g_build_filename (date, publication->run_id, NULL);
    g_autofree char *partial = g_strdup_printf ("%s/" PARTIAL_PREFIX "%d", output_folder, (int)getpid ());
    if (g_mkdir (partial, 0777) != 0)
    {
        bp_file_fail (error, partial, "the folder cannot be made", errno);
        return NULL;
    }
    publication->partial = g_steal_pointer (&partial);
    return g_steal_pointer (&publication);
}

void bp_publication_free (BpPublication *publication)
{
    if (publication == NULL)
        return;
    if (publication->partial != NULL)
        bp_folder_remove (publication->partial, NULL);
    g_free (publication->output);
    g_free (publication->partial);
    g_free (publication->day);
    g_free (publication->run_id);
    g_free (publication->name);
    g_free (publication);
}

const char *bp_publication_run_id (const BpPublication *publication)
{
    return publication->run_id;
}

const char *bp_publication_folder (const BpPublication *publication)
{
    return publication->partial;
}

const char *bp_publication_name (const BpPublication *publication)
{
    return publication->name;
}

/* nftw callback: a file's bytes, or a folder's names, to the disk. */
static int sync_entry (const char *path, const struct stat *status G_GNUC_UNUSED, int type G_GNUC_UNUSED, struct FTW *where G_GNUC_UNUSED)
{
    int descriptor = open (path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int code = fsync (descriptor) == 0 || errno == EINVAL ? 0 : errno;
    close (descriptor);
    return code;
}

static bool switch_latest (const BpPublication *publication, GError **error)
{
    g_autofree char *link = g_strdup_printf ("%s/." LATEST "-%d", publication->output, (int)getpid ());
    g_autofree char *latest = g_build_filename (publication->output, LATEST, NULL);
    g_unlink (link);
    if (symlink (publication->name, link) != 0)
        return bp_file_fail (error, link, "the link to the new run cannot be made", errno);
    if (g_rename (link, latest) == 0)
        return true;
    bp_file_fail (error, latest, "the link cannot be switched to the new run", errno);
    g_unlink (link);
    return false;
}

/* A run that failed is not to be found among the others. Where it cannot be moved any more it stays: it is whole. */
static void take_back (BpPublication *publication, const char *final)
{
    g_autofree char *partial = g_strdup_printf ("%s/" PARTIAL_PREFIX "%d", publication->output, (int)getpid ());
    if (g_rename (final, partial) == 0)
        publication->partial = g_steal_pointer (&partial);
}

bool bp_publication_finish (BpPublication *publication, bool is_latest, GError **error)
{
    g_autofree char *final = g_build_filename (publication->output, publication->name, NULL);
    int code = nftw (publication->partial, sync_entry, 16, FTW_DEPTH | FTW_PHYS);
    if (code != 0)
        return bp_file_fail (error, publication->partial, "cannot be written to the disk", code > 0 ? code : errno);
    if (g_mkdir (publication->day, 0777) != 0 && errno != EEXIST)
        return bp_file_fail (error, publication->day, "the folder cannot be made", errno);
    if (g_rename (publication->partial, final) != 0)
        return bp_file_fail (error, final, "the finished run cannot be put in its place", errno);
    g_clear_pointer (&publication->partial, g_free);
    if (bp_folder_sync (publication->day, error) && (!is_latest || switch_latest (publication, error)))
        return !is_latest || bp_folder_sync (publication->output, error);
    take_back (publication, final);
    return false;
}
