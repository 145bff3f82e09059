#ifndef BP_TESTS_SUPPORT_PROGRAMME_FIXTURE_H
#define BP_TESTS_SUPPORT_PROGRAMME_FIXTURE_H

#include "base/atomic_file.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

/* A programme folder in the temporary directory, as small as the configuration allows; tests replace one file and see what happens. */

static const char FIXTURE_PROGRAMME[] = "[programme]\nname = A small programme\norganisation = A council\n";
static const char FIXTURE_STATUS[]
    = "[complete]\nlabel = Complete\nletter = C\nshape = diamond\ncolour = complete\ncounts_as = done\n"
      "[on-track]\nlabel = On track\nletter = G\nshape = circle\ncolour = green\ncounts_as = open\n"
      "[no-update]\nlabel = No update\nletter = U\nshape = dashed-square\ncolour = no-data\ncounts_as = open\nused_for = no-update\n"
      "[as-planned]\nlabel = Complete (as planned)\nletter = P\nshape = pentagon\ncolour = complete\ncounts_as = done\nused_for = "
      "as-planned\n";
static const char FIXTURE_FORUMS[]
    = "[board]\nname = The Board\ntemplate = board.ini\nmarking = OFFICIAL\n[group]\nname = The Group\nparents = board\n";

typedef struct
{
    char *root;
} ProgrammeFixture;

static inline void fixture_write (const ProgrammeFixture *fixture, const char *path, const char *contents, gssize length)
{
    g_autofree char *full = g_build_filename (fixture->root, path, NULL);
    g_autofree char *folder = g_path_get_dirname (full);
    g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
    g_autoptr (GError) error = NULL;
    g_file_set_contents (full, contents, length, &error);
    g_assert_no_error (error);
}

static inline void fixture_set_up (ProgrammeFixture *fixture)
{
    g_autoptr (GError) error = NULL;
    fixture->root = g_dir_make_tmp ("boardpack-test-XXXXXX", &error);
    g_assert_no_error (error);
    fixture_write (fixture, "config/programme.ini", FIXTURE_PROGRAMME, -1);
    fixture_write (fixture, "config/status.ini", FIXTURE_STATUS, -1);
    fixture_write (fixture, "config/forums.ini", FIXTURE_FORUMS, -1);
}

static inline void fixture_tear_down (ProgrammeFixture *fixture)
{
    bp_folder_remove (fixture->root, NULL);
    g_clear_pointer (&fixture->root, g_free);
}

#endif
