#ifndef BP_TESTS_SUPPORT_TABLE_BUILDER_H
#define BP_TESTS_SUPPORT_TABLE_BUILDER_H

#include "domain/snapshot.h"

/* Small programmes in memory, for tests of the domain. Tests include table_builder.c. */

/* A programme with the status scale complete, as-planned, on-track, at-risk, off-track, paused, no-update (codes so), the forums "board"
 * and "group", no leads to fill down, and the default calendar and rules. Static parts are shared: do not free. Clear with
 * table_builder_clear_programme. */
BpProgramme table_builder_programme (void);
void table_builder_clear_programme (BpProgramme *programme);
void table_builder_add_alias (BpProgramme *programme, BpAliasKind kind, const char *spelling, const char *canonical);

/* Adds rows to a table: header and rows as cells between '|', the rows NULL-ended. File is data/<table>.csv, the first row of a table
 * stands in line 2. */
void table_builder_add (BpTableSet *set, BpTableId table, const char *header, ...) G_GNUC_NULL_TERMINATED;
/* Plan SIP "A plan", approved 2025-01-01; area 1 with sub-areas 1.1 and 1.2; area 2. */
void table_builder_add_plan (BpTableSet *set);

/* The snapshot on that day ("2025-07-31"). */
BpSnapshot *table_builder_snapshot (const BpProgramme *programme, const BpTableSet *set, const char *as_of);
/* A date of "2025-07-31"; BP_DATE_NONE for "". */
BpDate table_builder_date (const char *iso);
/* How many findings of that code there are. */
guint table_builder_count_findings (const BpSnapshot *snapshot, BpFindingCode code);
/* The index-th finding of that code; fails the test if there is none. */
const BpFinding *table_builder_finding (const BpSnapshot *snapshot, BpFindingCode code, guint index);
/* Prints all findings, for debugging. */
void table_builder_print_findings (const BpSnapshot *snapshot);

#endif
