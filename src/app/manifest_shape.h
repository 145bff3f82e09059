#ifndef BP_APP_MANIFEST_SHAPE_H
#define BP_APP_MANIFEST_SHAPE_H

#include "base/error.h"

#include <jansson.h>

/* The program writes no longer one and reads no longer one: what is read takes many times its length in memory. */
#define BP_MANIFEST_MAX_BYTES ((gsize)32 * 1024 * 1024)

/* Where a manifest names files of its run's folder, and under which key. */
typedef struct
{
    const char *list, *key;
} BpManifestList;

#define BP_MANIFEST_LIST_COUNT 5
extern const BpManifestList bp_manifest_lists[BP_MANIFEST_LIST_COUNT];

/* Fails unless the program could have written it, as far as what it makes of it hangs on that: few enough files, none of them twice, and a
 * stamp that is a moment. path: of the manifest, for messages. */
bool bp_manifest_check_shape (const json_t *manifest, const char *path, GError **error);

#endif
