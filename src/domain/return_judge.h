#ifndef BP_DOMAIN_RETURN_JUDGE_H
#define BP_DOMAIN_RETURN_JUDGE_H

#include "domain/lead_return.h"
#include "domain/stored_rows.h"

/* What the parts that judge a returned sheet share. */
typedef struct
{
    const BpLeadReturn *back;
    const BpReturnContext *context;
    BpStoredRows *now, *base; /* base = now where nothing can have changed */
    BpTableSet *out;
    BpFindingList *findings;
    const char *lead; /* canonical */
    /* of the sheet that is being judged: what its rows were about so far; and rows of earlier copies of it, already in out, by what they
     * are about (index + 1) */
    GHashTable *seen, *kept;
} BpReturnJudge;

/* The row that is being judged. */
typedef struct
{
    BpUpdateSheetId sheet;
    const BpReturnRow *row;
} BpReturnPlace;

void bp_return_judge_action (BpReturnJudge *judge, BpReturnPlace place);
void bp_return_judge_measure (BpReturnJudge *judge, BpReturnPlace place);
void bp_return_judge_narrative (BpReturnJudge *judge, BpReturnPlace place);

/* ---- places and findings ---- */

/* "F9". Caller frees. */
char *bp_return_dup_cell (const BpReturnJudge *judge, BpReturnPlace place, int column);
BpSource bp_return_source (const BpReturnJudge *judge, BpReturnPlace place, int column);
/* As much of a text as a finding shows; "nothing" for a blank one. Caller frees. */
char *bp_return_dup_shown (const char *text);
/* Finding S03: the cell cannot be. what_out: "The cell was left out." */
void bp_return_refuse_cell (BpReturnJudge *judge, BpReturnPlace place, int column, const char *reason, const char *what_out);
/* Finding S02: nobody knows what the row is about. */
void bp_return_refuse_row (BpReturnJudge *judge, BpReturnPlace place, int column, const char *what);
/* False, with finding S04, if an earlier row of the sheet was about the same. */
bool bp_return_is_first (BpReturnJudge *judge, BpReturnPlace place, int column, const char *key);
/* Finding S05 if lead is not the sheet's. */
void bp_return_note_other_lead (BpReturnJudge *judge, BpReturnPlace place, int column, const char *key, const char *lead);

#define BP_RETURN_CELL_OUT "The cell was left out."
#define BP_RETURN_ROW_OUT "The row was left out."

/* ---- cells ---- */

bool bp_return_has_entries (BpReturnPlace place);
bool bp_return_is_typed (const char *cell);
/* Reads the cells of a row into entries (one for each column, NULL: nothing to import). Caller frees with bp_return_clear_entries. */
void bp_return_read_entries (BpReturnJudge *judge, BpReturnPlace place, char **entries);
void bp_return_clear_entries (char **entries);
bool bp_return_is_any (char *const *entries);
void bp_return_set_cell (BpReturnJudge *judge, BpTableId table, BpRecord *record, const char *column, const char *text);
void bp_return_set_day (BpReturnJudge *judge, BpTableId table, BpRecord *record, const char *column, BpDate day);
/* The row of an earlier copy of the sheet about the same; NULL. Valid until a row is added. */
BpRecord *bp_return_find_kept (const BpReturnJudge *judge, BpTableId table, const char *key);
/* Writes the entries into the row; an answer of an earlier copy of the sheet that is replaced is named by finding S08. What the data said
 * anyway when the sheet was made (stood_before; NULL: never) is no answer. */
typedef const char *(*BpStoodBefore) (const BpReturnJudge *judge, const BpRecord *record, const char *column);
void bp_return_set_entries (BpReturnJudge *judge, BpReturnPlace place, char *const *entries, BpRecord *record, BpStoodBefore stood_before);

#endif
