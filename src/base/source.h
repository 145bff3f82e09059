#ifndef BP_BASE_SOURCE_H
#define BP_BASE_SOURCE_H

/* Where an imported value came from, so that a message can say where to mend it. Strings are borrowed (interned). */
typedef struct
{
    const char *file;   /* relative to the programme folder, "data/actions.csv"; NULL: none */
    const char *sheet;  /* NULL for a CSV file */
    int row;            /* 1-based line in a CSV file (of the record's first line), row in a sheet; 0: none */
    const char *column; /* column name; NULL: the whole row */
} BpSource;

/* The order of files everywhere: natural order of their paths without the extension, so that "data/actions.csv" comes before
 * "data/actions-2.csv" and that before "data/actions-10.csv". Like strcmp; a NULL comes first. */
int bp_source_compare_files (const char *a, const char *b);
/* How a path is called in messages and sources: UTF-8 on one line, whatever bytes its name has. Caller frees. */
char *bp_source_dup_shown (const char *path);

#endif
