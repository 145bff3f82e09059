#ifndef BP_PACK_PACK_WORDS_H
#define BP_PACK_PACK_WORDS_H

#include "pack/pack.h"

/* Calls visit for every text that stands in a node of the pack, in reading order. */
typedef void (*BpTextVisitor) (const char *text, gpointer data);
void bp_pack_visit_texts (const BpPack *pack, BpTextVisitor visit, gpointer data);
/* Which of wanted (a set of words: letters and digits alone) stand in the pack, spelt so. A set of wanted's own strings; free with
 * g_hash_table_unref. */
GHashTable *bp_pack_dup_words_of (const BpPack *pack, GHashTable *wanted);

#endif
