#ifndef BP_PACK_PACK_BUILDER_H
#define BP_PACK_PACK_BUILDER_H

#include "pack/pack.h"
#include "pack/report_layout.h"

struct BpSnapshot;
struct BpForum;

typedef struct
{
    bool is_draft;
    int version;             /* of the final packs of this day; 0: the first */
    const char *change_note; /* what this version changed; NULL: it corrects nothing */
    bool is_without_sheets;  /* for formats that print the sections alone: a large programme has a million cells in its sheets */
} BpPackOptions;

/* Builds the pack of one forum: each section of the layout turns the snapshot into nodes and sheets; numbers sections; fills cover and
 * contents. Never fails: an empty section has its standing sentence. */
BpPack *bp_pack_build (const struct BpSnapshot *snapshot, const struct BpForum *forum, const BpReportLayout *layout,
                       const BpPackOptions *options);

/* ---- section types, for `list sections`, strict loading and docs ---- */
typedef struct
{
    const char *name;           /* "action-tracker" */
    const char *description;    /* one line */
    const char *const *keys;    /* options accepted besides those all sections accept; NULL-ended */
    const char *const *columns; /* names accepted in `columns`; NULL if it has no such option */
    const char *subject;        /* what `filter`, `sort` and `group` speak of: "action", "kpi"; NULL if none */
} BpSectionTypeInfo;

int bp_section_type_count (void);
const BpSectionTypeInfo *bp_section_type_info (int index);
/* NULL if there is none. */
const BpSectionTypeInfo *bp_section_type_find (const char *name);
/* Options that every section accepts; NULL-ended. */
const char *const *bp_section_common_keys (void);
/* Checks the value of one option: a filter's fields, operators and values, columns, sort and group fields, numbers, yes/no. local_columns:
 * names of the local columns of the section's subject, actions where it has none (NULL-ended). Sets error to a message without file and
 * line. */
bool bp_section_option_check (const BpSectionTypeInfo *type, const char *key, const char *value, const char *const *local_columns,
                              GError **error);

#endif
