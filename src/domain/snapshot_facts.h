#ifndef BP_DOMAIN_SNAPSHOT_FACTS_H
#define BP_DOMAIN_SNAPSHOT_FACTS_H

#include "domain/snapshot.h"

/* Appends what the snapshot says, one fact a line: "action SIP:1.1.2 status<TAB>on-track". It is kept with a run, so that a later version
 * can be held against what this one computed: a key keeps its meaning for good; new facts get new keys. Without sources (a row may move to
 * another file) and words as they are typed, which are in the inputs. Line ends, tabs and backslashes in a value are escaped as in C. */
void bp_snapshot_facts_append (const BpSnapshot *snapshot, GString *facts);
/* One such line, for facts of other kinds. */
void bp_fact_append (GString *facts, const char *key, const char *value);

#endif
