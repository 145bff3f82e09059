#ifndef BP_STORE_PACK_FILE_H
#define BP_STORE_PACK_FILE_H

#include <glib.h>
#include <stdbool.h>

/* A file of a pack, as approvals and sends name it. */
typedef struct
{
    char *path;   /* relative to the run's folder: "bbp/bbp-2025-07-31.pdf" */
    char *sha256; /* 64 hex digits */
} BpPackFile;

/* A list of BpPackFile that frees them. */
GPtrArray *bp_pack_files_new (void);
void bp_pack_files_add (GPtrArray *files, const char *path, const char *sha256);
GPtrArray *bp_pack_files_dup (const GPtrArray *files);
bool bp_pack_files_are_same (const GPtrArray *left, const GPtrArray *right);

#endif
