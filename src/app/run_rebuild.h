#ifndef BP_APP_RUN_REBUILD_H
#define BP_APP_RUN_REBUILD_H

#include "app/options.h"

#include <jansson.h>

typedef enum
{
    BP_REBUILD_NONE,   /* it could not be made again */
    BP_REBUILD_BYTES,  /* every file was compared byte for byte */
    BP_REBUILD_FIGURES /* facts and figures were compared */
} BpRebuildMethod;

/* A run made again from its kept inputs, and what came of the comparison. */
typedef struct
{
    BpRebuildMethod method;
    GPtrArray *reasons;          /* of char *: why not byte for byte; why not at all */
    GPtrArray *differences;      /* of char * */
    guint files, facts, figures; /* compared */
} BpRunRebuild;

/* Makes the run of that folder again, in a private folder that is gone afterwards, and compares. Byte for byte if program, libraries, fonts
 * and all inputs are those of the run; by facts and figures otherwise. store: where rows are that the run did not keep; NULL: none. Fails
 * only if stopped. */
bool bp_run_rebuild (BpRunRebuild *rebuild, const json_t *manifest, const char *folder, const char *store, const BpOptions *options,
                     GError **error);
void bp_run_rebuild_clear (BpRunRebuild *rebuild);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpRunRebuild, bp_run_rebuild_clear)

#endif
