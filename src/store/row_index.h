#ifndef BP_STORE_ROW_INDEX_H
#define BP_STORE_ROW_INDEX_H

#include "domain/table.h"

/* The rows of a table to be imported, found by their key cells. Each is given out once: of equal rows, which only a table without key may
 * have, one after the other. */
typedef struct
{
    const GArray *records; /* of BpRecord; borrowed */
    const int *key;        /* cells, ended by -1; borrowed */
    guint *slots;          /* hash table: index of a record + 1; 0: free */
    guint *next;           /* for each record the next one with the same key, + 1; 0: none */
    gsize mask;
    bool *is_taken;
} BpRowIndex;

void bp_row_index_init (BpRowIndex *index, const GArray *records, const int *key);
void bp_row_index_clear (BpRowIndex *index);
/* Takes the row whose key is that of cells (of a whole row); false if there is none, or none left. */
bool bp_row_index_take (BpRowIndex *index, const char *const *cells, guint *record_out);
/* Two rows have the same key. */
bool bp_row_index_find_double (const BpRowIndex *index, guint *first_out, guint *second_out);

#endif
