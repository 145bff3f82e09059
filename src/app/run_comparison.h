#ifndef BP_APP_RUN_COMPARISON_H
#define BP_APP_RUN_COMPARISON_H

#include "base/error.h"

#include <jansson.h>

/* A run and the same run made again. */
typedef struct
{
    const json_t *kept, *made;             /* manifests */
    const char *kept_folder, *made_folder; /* of the runs */
    GPtrArray *differences;                /* of char *: added to */
} BpRunComparison;

/* Why the two need not be the same byte for byte: "the program's version is 0.2.0, it was 0.1.0". Adds char * to reasons. */
void bp_run_comparison_list_reasons (const json_t *kept, const json_t *made, GPtrArray *reasons);
/* Every file that the runs made, and the manifests themselves. */
bool bp_run_compare_files (const BpRunComparison *comparison, guint *files_out, GError **error);
/* Every fact of the snapshot and every figure that was printed, by key. Facts and figures that are new are no difference. */
bool bp_run_compare_figures (const BpRunComparison *comparison, guint *facts_out, guint *figures_out, GError **error);

#endif
