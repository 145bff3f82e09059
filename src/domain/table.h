#ifndef BP_DOMAIN_TABLE_H
#define BP_DOMAIN_TABLE_H

#include "domain/finding.h"

/* The tables of the data contract, as data: ingest finds headers by them, the store makes its schema from them, docs and `list` print them.
 */
typedef enum
{
    BP_TABLE_PLANS,
    BP_TABLE_AREAS,
    BP_TABLE_PROJECTS,
    BP_TABLE_ACTIONS,
    BP_TABLE_ACTION_LINKS, /* project, kpis and milestone of an action, kept apart from the published plan */
    BP_TABLE_UPDATES,
    BP_TABLE_KPIS,
    BP_TABLE_KPI_TARGETS, /* target, baseline and owner of a KPI, kept apart from the published list */
    BP_TABLE_KPI_VALUES,
    BP_TABLE_NARRATIVE,
    BP_TABLE_RECOMMENDATIONS,
    BP_TABLE_CLAIMS,
    BP_TABLE_MEETINGS,
    BP_TABLE_DECISIONS,
    BP_TABLE_RISKS,
    BP_TABLE_LEADS,
    BP_TABLE_MEMBERS,
    BP_TABLE_RECIPIENTS,
    BP_TABLE_COUNT
} BpTableId;

typedef struct
{
    const char *name; /* NULL ends the list */
    bool is_required;
    bool is_key;
    const char *title; /* one line for docs and workbook headers */
} BpColumnDef;

typedef struct
{
    BpTableId id;
    const char *name;           /* "kpi_values" */
    const BpColumnDef *columns; /* ended by a NULL name; the contract's order */
    const char *title;
} BpTableDef;

const BpTableDef *bp_table_get (BpTableId id);
/* By name, without regard to ASCII case; NULL if there is none. */
const BpTableDef *bp_table_find (const char *name);
int bp_table_column_count (const BpTableDef *table);
/* -1 if there is none. */
int bp_table_find_column (const BpTableDef *table, const char *name);

/* A local column of config/fields.ini. */
typedef enum
{
    BP_FIELD_TEXT,
    BP_FIELD_NUMBER,
    BP_FIELD_DATE,
    BP_FIELD_YES_NO
} BpFieldType;
typedef struct
{
    BpTableId table;
    const char *column;
    BpFieldType type;
    const char *title;
} BpLocalField;

/* One row of a file, as text. Cells stand in the order of the table's columns, then the local columns of that table (in the order of
 * BpFieldSet). A cell is never NULL: "" is blank. Cells are as typed (not trimmed), but for keys, which are trimmed. */
typedef struct
{
    const char **cells;
    const char *file; /* "data/actions.csv" */
    const char *sheet;
    int row;
    bool is_key_inferred; /* the ref was blank and has been inferred */
} BpRecord;

/* The local columns of a programme. */
typedef struct
{
    BpLocalField *fields;
    guint count;
} BpFieldSet;

int bp_field_set_count (const BpFieldSet *set, BpTableId table);
/* The index-th local field of that table; its cell is at bp_table_column_count () + index. */
const BpLocalField *bp_field_set_get (const BpFieldSet *set, BpTableId table, int index);

/* All rows of one table, in the order of files and rows. */
typedef struct
{
    const BpTableDef *def;
    GArray *records; /* of BpRecord */
    int file_count;  /* files (or sheets) that held this table */
    int row_count;   /* data rows seen, quarantined ones included: the "of 69" in "69 of 69 loaded" */
} BpTable;

/* Every table of a programme; owns all strings. */
typedef struct
{
    BpTable tables[BP_TABLE_COUNT];
    const BpFieldSet *fields; /* borrowed */
    GStringChunk *strings;
} BpTableSet;

BpTableSet *bp_table_set_new (const BpFieldSet *fields);
void bp_table_set_free (BpTableSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpTableSet, bp_table_set_free)
/* Number of cells of a record of that table: contract columns and local ones. */
int bp_table_set_width (const BpTableSet *set, BpTableId table);
/* Adds an empty record (all cells "") and returns it; valid until the next add. */
BpRecord *bp_table_set_add (BpTableSet *set, BpTableId table);
/* Copies text into the set. */
const char *bp_table_set_take_text (BpTableSet *set, const char *text, gssize length);

/* What happens between reading and storing (data contract, "Tables" and "Rules"); pure. In this order: trims keys; skips nothing;
 * infers blank refs of actions where the sequence of their area has exactly one gap (A01; else A02 and quarantine); quarantines rows
 * without a required value (R01); of rows with the same key keeps one if identical (R03), else quarantines all (R02). Quarantined records
 * are removed from the set and listed in quarantined_out (may be NULL; indices are of no use afterwards). */
void bp_table_set_admit (BpTableSet *set, BpFindingList *findings);

#endif
