#ifndef BP_APP_INPUT_FILES_H
#define BP_APP_INPUT_FILES_H

#include "app/programme_folder.h"
#include "domain/table.h"

/* One file that a run was made from. */
typedef struct
{
    char *path;   /* relative to the programme folder */
    char *shown;  /* the same in UTF-8: what the rows call it */
    char *copy;   /* relative to the run's folder: "inputs/data/actions.csv"; NULL: not copied */
    char *sha256; /* NULL: the file as it was imported is not at hand */
    gint64 bytes;
    int rows; /* loaded from it; -1 for configuration */
} BpInputFile;

/* Elements BpInputFile: the files of the data folder as they are now. Take it before they are read. NULL on failure. */
GPtrArray *bp_input_files_list_data (const BpProgrammeConfig *config, GError **error);
/* The files that the rows of tables came from, when they are not what stands in the data folder now: names and rows alone. */
GPtrArray *bp_input_files_list_known (const BpTableSet *tables);
/* The configuration and templates that were read. */
GPtrArray *bp_input_files_list_config (const BpProgrammeConfig *config, GError **error);
/* Sets the rows of each. */
void bp_input_files_count_rows (GPtrArray *files, const BpTableSet *tables);
/* Copies them into folder/inputs. Fails if one is no longer what it was when it was listed. */
bool bp_input_files_copy (GPtrArray *files, const BpProgrammeConfig *config, const char *folder, GError **error);

#endif
