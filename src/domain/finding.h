#ifndef BP_DOMAIN_FINDING_H
#define BP_DOMAIN_FINDING_H

#include "base/error.h"
#include "base/source.h"

/* Something is wrong in the data. Never a GError: all are collected, printed by `check`, kept with the run and shown in the pack. */
typedef enum
{
    BP_LEVEL_NOTE,  /* for information */
    BP_LEVEL_CHECK, /* someone should look */
    BP_LEVEL_ERROR  /* the figure or row cannot be trusted, or was quarantined */
} BpLevel;

/* Codes are stable: never renumber, only add. Code, level, title and advice of each stand in checks/finding_catalogue.c. */
typedef enum
{
    /* files */
    BP_FINDING_FILE_ENCODING,     /* F01 */
    BP_FINDING_ROWS_ABOVE_HEADER, /* F02 */
    BP_FINDING_REPEATED_HEADER,   /* F03 */
    BP_FINDING_UNKNOWN_COLUMN,    /* F04 */
    BP_FINDING_UNKNOWN_FILE,      /* F05 */
    BP_FINDING_ROW_TOO_WIDE,      /* F06 */
    BP_FINDING_ROW_UNDECODABLE,   /* F07 */
    BP_FINDING_CELL_TOO_LARGE,    /* F08 */
    BP_FINDING_STRAY_QUOTE,       /* F09 */
    BP_FINDING_LINE_ENDS,         /* F10 */
    BP_FINDING_ROW_TOO_NARROW,    /* F11 */
    BP_FINDING_UNKNOWN_SHEET,     /* F12 */
    BP_FINDING_HIDDEN_CELLS,      /* F13 */
    BP_FINDING_MERGED_CELLS,      /* F14 */
    BP_FINDING_CELL_ERROR,        /* F15 */
    BP_FINDING_RETURN_IN_DATA,    /* F16 */
    /* rows */
    BP_FINDING_REQUIRED_MISSING,    /* R01 */
    BP_FINDING_DUPLICATE_DIFFERENT, /* R02 */
    BP_FINDING_DUPLICATE_SAME,      /* R03 */
    BP_FINDING_ROW_REMOVED,         /* R04 */
    BP_FINDING_VALUE_UNREADABLE,    /* R05 */
    BP_FINDING_UNKNOWN_REFERENCE,   /* R06 */
    BP_FINDING_ALIAS_USED,          /* R07 */
    BP_FINDING_ROW_SUPERSEDED,      /* R08 */
    /* actions and areas */
    BP_FINDING_REF_INFERRED,           /* A01 */
    BP_FINDING_REF_NOT_INFERRED,       /* A02 */
    BP_FINDING_ACTION_WITHOUT_LEAD,    /* A03 */
    BP_FINDING_LEAD_INHERITED,         /* A04 */
    BP_FINDING_LEAD_IS_DATE,           /* A05 */
    BP_FINDING_TIMEFRAME_BLANK,        /* A06 */
    BP_FINDING_TIMEFRAME_UNKNOWN,      /* A07 */
    BP_FINDING_TIMEFRAME_TWO_DATES,    /* A08 */
    BP_FINDING_TIMEFRAME_RECURRING,    /* A09 */
    BP_FINDING_TIMEFRAME_ONGOING,      /* A10 */
    BP_FINDING_TIMEFRAME_COMPLETE,     /* A11 */
    BP_FINDING_TIMEFRAME_TBC,          /* A12 */
    BP_FINDING_DUE_BEFORE_PLAN,        /* A13 */
    BP_FINDING_SAME_ACTION_TEXT,       /* A14 */
    BP_FINDING_ACTION_IS_PARENT,       /* A15 */
    BP_FINDING_SAME_AREA_TITLE,        /* A16 */
    BP_FINDING_AREA_RING,              /* A17 */
    BP_FINDING_NO_ACTIONS,             /* A18 */
    BP_FINDING_ACTION_WITHOUT_PROJECT, /* A19 */
    /* updates and status */
    BP_FINDING_STATUS_UNKNOWN,         /* U01 */
    BP_FINDING_NO_UPDATE,              /* U02 */
    BP_FINDING_UPDATE_STALE,           /* U03 */
    BP_FINDING_COMMENTARY_MISSING,     /* U04 */
    BP_FINDING_EVIDENCE_MISSING,       /* U05 */
    BP_FINDING_EVIDENCE_OTHER_MEASURE, /* U06 */
    BP_FINDING_STATUS_DISAGREES,       /* U07 */
    BP_FINDING_MOVE_UNAPPROVED,        /* U08 */
    BP_FINDING_COMPLETED_IN_FUTURE,    /* U09 */
    BP_FINDING_STATUS_WENT_BACK,       /* U10 */
    /* KPIs */
    BP_FINDING_KPI_WITHOUT_VALUE,    /* K01 */
    BP_FINDING_KPI_WITHOUT_TARGET,   /* K02 */
    BP_FINDING_KPI_WITHOUT_ACTION,   /* K03 */
    BP_FINDING_PERIOD_AMBIGUOUS,     /* K04 */
    BP_FINDING_PERIOD_UNKNOWN,       /* K05 */
    BP_FINDING_VALUE_DISAGREES,      /* K06 stated value against numerator and denominator */
    BP_FINDING_SHARE_NOT_SUPPLIED,   /* K07 percentage without numerator and denominator */
    BP_FINDING_PERCENT_AS_FRACTION,  /* K08 */
    BP_FINDING_TRAJECTORY_AMBIGUOUS, /* K09 */
    BP_FINDING_KPI_STALE,            /* K10 */
    BP_FINDING_TARGET_MET_EARLY,     /* K11 */
    BP_FINDING_OTHER_SEASON,         /* K12 a different quarter or term of the year is compared */
    BP_FINDING_SERIES_BREAK,         /* K13 */
    BP_FINDING_BENCHMARK_ALONE,      /* K14 */
    BP_FINDING_POLARITY_MISSING,     /* K15 */
    BP_FINDING_PERCENT_OUT_OF_RANGE, /* K16 */
    BP_FINDING_DENOMINATOR_ZERO,     /* K17 */
    BP_FINDING_PERIOD_KIND_DIFFERS,  /* K18 a value's period is not of the KPI's kind */
    BP_FINDING_REBASE_WAITS,         /* K19 */
    BP_FINDING_GAP_STOPS_LIMITS,     /* K20 */
    /* coverage */
    BP_FINDING_RECOMMENDATION_WITHOUT_ACTION, /* C01 */
    BP_FINDING_RECOMMENDATION_WITHOUT_KPI,    /* C02 */
    BP_FINDING_AREA_WITHOUT_KPI,              /* C03 */
    /* claims */
    BP_FINDING_CLAIM_DISAGREES,    /* L01 */
    BP_FINDING_CLAIM_NOT_TESTABLE, /* L02 */
    /* governance */
    BP_FINDING_MEETING_UNDATED,  /* G01 */
    BP_FINDING_DECISION_OVERDUE, /* G02 */
    /* packs */
    BP_FINDING_GLYPH_MISSING,      /* P01 */
    BP_FINDING_PAGE_BUDGET,        /* P02 */
    BP_FINDING_FIGURES_DIFFER,     /* P03 */
    BP_FINDING_PDF_UNMARKED,       /* P04 */
    BP_FINDING_SHEET_TEXT_CHANGED, /* P05 */
    /* returned update sheets */
    BP_FINDING_RETURN_CONFLICT,           /* S01 */
    BP_FINDING_RETURN_ROW_UNKNOWN,        /* S02 */
    BP_FINDING_RETURN_ENTRY_IMPOSSIBLE,   /* S03 */
    BP_FINDING_RETURN_ROW_REPEATED,       /* S04 */
    BP_FINDING_RETURN_OTHER_LEAD,         /* S05 */
    BP_FINDING_RETURN_BASE_UNKNOWN,       /* S06 */
    BP_FINDING_RETURN_INCOMPLETE,         /* S07 */
    BP_FINDING_RETURN_ANSWER_REPLACED,    /* S08 */
    BP_FINDING_RETURN_COMMENTARY_MISSING, /* S09 */
    BP_FINDING_RETURN_COUNTS_LATER,       /* S10 */
    BP_FINDING_COUNT
} BpFindingCode;

typedef struct BpFinding
{
    BpFindingCode code;
    BpLevel level;
    bool quarantined; /* the row was left out */
    BpSource source;
    const char *value;  /* as typed; "" if blank; NULL if there is none */
    const char *text;   /* what is wrong and what the pack does, one or two sentences */
    const char *advice; /* what to do; never NULL */
} BpFinding;

/* Owns its findings and their strings. */
typedef struct BpFindingList BpFindingList;

BpFindingList *bp_finding_list_new (void);
void bp_finding_list_free (BpFindingList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpFindingList, bp_finding_list_free)
/* Adds one with the catalogue's level and advice. text is printf. Strings are copied. */
void bp_finding_list_add (BpFindingList *list, BpFindingCode code, BpSource source, const char *value, const char *format, ...)
    G_GNUC_PRINTF (5, 6);
/* The same for a row that was left out: level error, quarantined. */
void bp_finding_list_add_quarantined (BpFindingList *list, BpFindingCode code, BpSource source, const char *value, const char *format, ...)
    G_GNUC_PRINTF (5, 6);
/* Copies one, with the given level and advice (for findings read back from the store). */
void bp_finding_list_append (BpFindingList *list, const BpFinding *finding);
void bp_finding_list_append_all (BpFindingList *list, const BpFindingList *others);
guint bp_finding_list_length (const BpFindingList *list);
const BpFinding *bp_finding_list_get (const BpFindingList *list, guint index);
/* Worst level first, then code, file (natural order), row. Identical findings are kept once. */
void bp_finding_list_sort (BpFindingList *list);
guint bp_finding_list_count (const BpFindingList *list, BpLevel level);
/* Of a sorted list: how many from first on share its level and code, first itself included. */
guint bp_finding_list_count_alike (const BpFindingList *list, guint first);
guint bp_finding_list_count_quarantined (const BpFindingList *list);
/* Drops the findings whose code is in off (NULL-ended list of "A03" spellings); never one that says that a row was left out. */
void bp_finding_list_remove_codes (BpFindingList *list, const char *const *off);

typedef struct
{
    BpFindingCode code;
    const char *id;   /* "A03" */
    const char *name; /* "ACTION_WITHOUT_LEAD" */
    BpLevel level;
    const char *title;  /* what it looks for, for `boardpack list checks` */
    const char *advice; /* what to do */
} BpFindingKind;

const BpFindingKind *bp_finding_kind_get (BpFindingCode code);
/* NULL if no such id. */
const BpFindingKind *bp_finding_kind_find (const char *id);
const char *bp_level_name (BpLevel level); /* "error", "check", "note" */

#endif
