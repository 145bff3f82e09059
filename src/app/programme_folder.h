#ifndef BP_APP_PROGRAMME_FOLDER_H
#define BP_APP_PROGRAMME_FOLDER_H

#include "app/clock.h"
#include "app/options.h"
#include "config/programme_config.h"

/* A programme as a command meets it: its configuration on one day, and where its files are. */
typedef struct
{
    BpProgrammeConfig *config;
    BpClock clock;
    BpDate as_of;
    char *output; /* paths that can be opened */
    char *store;
} BpProgrammeFolder;

/* From then on nothing that the program writes has those permissions, whatever the umask. */
void bp_programme_folder_withhold (unsigned modes);
/* Reads the configuration for --as-of, else today. From then on what the program writes has the permissions that it says. */
bool bp_programme_folder_open (BpProgrammeFolder *folder, const BpOptions *options, GError **error);
void bp_programme_folder_close (BpProgrammeFolder *folder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpProgrammeFolder, bp_programme_folder_close)

/* A path as the configuration names it, made one that can be opened. Caller frees. */
char *bp_programme_folder_dup_path (const BpProgrammeConfig *config, const char *path);
/* The layouts of every forum that gets a pack, in the forums' order: elements BpReportLayout, each beside its forum in forums_out
 * (borrowed). only: ids or names of forums, NULL for all; an unknown one, or one without a template, fails with BP_ERROR_USAGE. */
bool bp_programme_folder_load_layouts (const BpProgrammeFolder *folder, char **only, GPtrArray **layouts_out, GPtrArray **forums_out,
                                       GError **error);

#endif
