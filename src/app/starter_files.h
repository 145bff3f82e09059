#ifndef BP_APP_STARTER_FILES_H
#define BP_APP_STARTER_FILES_H

/* One file of a new programme folder, as `init` writes it. */
typedef struct
{
    const char *path; /* NULL ends the table */
    const char *contents;
} BpStarterFile;

extern const BpStarterFile bp_starter_files[];

#endif
