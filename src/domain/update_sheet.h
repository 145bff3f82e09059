#ifndef BP_DOMAIN_UPDATE_SHEET_H
#define BP_DOMAIN_UPDATE_SHEET_H

#include "domain/table.h"

/* The sheets of a lead's update workbook, as data: it is made by them, and what comes back is read by them. */
typedef enum
{
    BP_UPDATE_SHEET_ACTIONS,
    BP_UPDATE_SHEET_MEASURES,
    BP_UPDATE_SHEET_NARRATIVE,
    BP_UPDATE_SHEET_COUNT
} BpUpdateSheetId;

/* What may stand in a column. All but the first two are typed by the lead. */
typedef enum
{
    BP_ENTRY_SHOWN, /* for the reader alone; not looked at when it comes back */
    BP_ENTRY_KEY,   /* says what the row is about */
    BP_ENTRY_STATUS,
    BP_ENTRY_DAY, /* not after the day of import */
    BP_ENTRY_TEXT,
    BP_ENTRY_TIMEFRAME,
    BP_ENTRY_FIGURE, /* a number, a percentage or shorthand */
    BP_ENTRY_NUMBER, /* from nought up */
    BP_ENTRY_KIND,
    BP_ENTRY_AREA,
    BP_ENTRY_AUDIENCE
} BpEntryKind;

typedef struct
{
    const char *title;  /* as headed; "(fill in)" is added to what is typed */
    const char *column; /* of the table, understood as a header too; NULL for what is shown alone */
    BpEntryKind kind;
    int width_chars;
    const char *prompt; /* shown when the cell is chosen; NULL: none */
} BpUpdateSheetColumn;

typedef struct
{
    const char *name; /* "Actions" */
    BpTableId table;  /* that its rows go to */
    const BpUpdateSheetColumn *columns;
    int column_count;
} BpUpdateSheetDef;

/* Columns by which a returned row is judged. */
enum
{
    BP_ACTIONS_PLAN,
    BP_ACTIONS_REF,
    BP_ACTIONS_ACTION,
    BP_ACTIONS_DUE,
    BP_ACTIONS_PRESENT_STATUS,
    BP_ACTIONS_LAST_REPORT,
    BP_ACTIONS_STATUS,
    BP_ACTIONS_COMPLETED_ON,
    BP_ACTIONS_PROGRESS,
    BP_ACTIONS_PUBLIC_PROGRESS,
    BP_ACTIONS_NEXT_STEP,
    BP_ACTIONS_FORECAST,
    BP_ACTIONS_REASON,
    BP_ACTIONS_WAY_BACK,
    BP_ACTIONS_ASK,
    BP_ACTIONS_EVIDENCE
};
enum
{
    BP_MEASURES_KPI,
    BP_MEASURES_TITLE,
    BP_MEASURES_PERIOD,
    BP_MEASURES_UNIT,
    BP_MEASURES_LATEST,
    BP_MEASURES_VALUE,
    BP_MEASURES_NUMERATOR,
    BP_MEASURES_DENOMINATOR,
    BP_MEASURES_NOTE
};
enum
{
    BP_NARRATIVE_COLUMN_KIND,
    BP_NARRATIVE_COLUMN_TEXT,
    BP_NARRATIVE_COLUMN_AREA,
    BP_NARRATIVE_COLUMN_AUDIENCE
};

/* Lines of the cover by which import knows the workbook: a label, then what it says. */
#define BP_UPDATE_COVER_LEAD "Lead: "
#define BP_UPDATE_COVER_PROGRAMME "Programme: "
#define BP_UPDATE_COVER_AS_OF "As at: "
#define BP_UPDATE_COVER_BASE "Base: import "
#define BP_UPDATE_COVER_SHEET "Sheet: "
#define BP_UPDATE_FILL_IN " (fill\u00a0in)"

const BpUpdateSheetDef *bp_update_sheet_get (BpUpdateSheetId id);
bool bp_update_sheet_is_typed (const BpUpdateSheetColumn *column);
/* The column that a header means, whatever stands after it in brackets: its title or the table's own name for it; -1 if none. */
int bp_update_sheet_find_column (const BpUpdateSheetDef *sheet, const char *header);

/* Kinds of narrative and audiences as leads choose them ("Next step"), in the order of their codes; NULL-ended. */
extern const char *const bp_update_sheet_kinds[];
extern const char *const bp_update_sheet_audiences[];
/* The word as the table has it ("next_step"), for a word that is one of the list in any case, dashes and underscores as blanks; NULL if it
 * is none. Caller frees. */
char *bp_update_sheet_dup_code (const char *const *words, const char *word);

#endif
