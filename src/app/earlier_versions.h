#ifndef BP_APP_EARLIER_VERSIONS_H
#define BP_APP_EARLIER_VERSIONS_H

#include "store/sends.h"

/* What the ledger says that addresses have of the earlier versions of a pack. */

typedef struct
{
    char *key, *address; /* as it was sent to last */
    char *run;
    int version;      /* the newest that it has, or was told of */
    int sure_version; /* the newest that it surely has, or had; 0: none */
    BpDate sent_on;
    bool is_attached; /* it has the pack; else it was told of it, or asked to delete what it had */
    bool is_doubtful; /* or may have */
} BpEarlierVersion;

typedef struct BpEarlierVersions
{
    GPtrArray *list; /* of BpEarlierVersion, in the order in which they were sent */
    GHashTable *by_key;
} BpEarlierVersions;

/* Of the forum's packs of that day, below that version; tests do not count. Whoever was told to delete a version does not have it any more.
 * NULL on failure. */
BpEarlierVersions *bp_earlier_versions_load (BpStore *store, const char *forum, BpDate as_of, int version, GError **error);
void bp_earlier_versions_free (BpEarlierVersions *versions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpEarlierVersions, bp_earlier_versions_free)
/* NULL: it never had one and heard of none. */
const BpEarlierVersion *bp_earlier_versions_find (const BpEarlierVersions *versions, const char *address);

#endif
