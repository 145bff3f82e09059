#ifndef BP_TESTS_FUZZ_ARCHIVE_H
#define BP_TESTS_FUZZ_ARCHIVE_H

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

/* What harnesses share that put workbooks together. An archive has checksums, so bytes turned in it seldom reach the readers behind it:
 * what is fuzzed is the text of its parts. */

#define SEPARATOR "\n----\n"

static const char root_relations[]
    = "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/* Whether the input is a file as it stands. */
static bool is_archive (const uint8_t *data, size_t size)
{
    return size >= 2 && data[0] == 'P' && data[1] == 'K';
}

/* bytes must stay until the archive is closed. */
static void add_part (zip_t *archive, const char *name, const void *bytes, size_t size)
{
    zip_int64_t index = zip_file_add (archive, name, zip_source_buffer (archive, bytes, size, 0), ZIP_FL_OVERWRITE);
    g_assert_cmpint (index, >=, 0);
    zip_set_file_compression (archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

/* In memory, where there is such a place. */
static const char *work_folder (void)
{
    static char *folder = NULL;
    if (folder == NULL)
        folder = g_strdup_printf ("%s/boardpack-fuzz-%d", g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (),
                                  (int)getpid ());
    g_mkdir (folder, 0700);
    return folder;
}

#endif
