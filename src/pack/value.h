#ifndef BP_PACK_VALUE_H
#define BP_PACK_VALUE_H

#include "base/date.h"

/* Meaning, not looks: the theme maps tones to colours. */
typedef enum
{
    BP_TONE_NONE,
    BP_TONE_RED,
    BP_TONE_AMBER,
    BP_TONE_GREEN,
    BP_TONE_COMPLETE,
    BP_TONE_NO_DATA
} BpTone;
typedef enum
{
    BP_SHAPE_DIAMOND,
    BP_SHAPE_CIRCLE,
    BP_SHAPE_TRIANGLE,
    BP_SHAPE_SQUARE,
    BP_SHAPE_DASHED_SQUARE,
    BP_SHAPE_OPEN_CIRCLE,
    BP_SHAPE_PENTAGON,
    BP_SHAPE_DOWN_TRIANGLE
} BpShape;

/* A status as it is drawn and spelt: letter, word, shape and tone. */
typedef struct
{
    const char *word;
    const char *letter;
    BpShape shape;
    BpTone tone;
} BpMark;

typedef enum
{
    BP_DIRECTION_NONE,
    BP_DIRECTION_UP,
    BP_DIRECTION_DOWN,
    BP_DIRECTION_LEVEL
} BpDirection;
typedef enum
{
    BP_JUDGEMENT_NONE,
    BP_JUDGEMENT_GOOD,
    BP_JUDGEMENT_BAD,
    BP_JUDGEMENT_NEUTRAL
} BpJudgement;
typedef enum
{
    BP_SIGN_ERROR,
    BP_SIGN_CHECK,
    BP_SIGN_NOTE,
    BP_SIGN_AGREES
} BpSign;

typedef enum
{
    BP_VALUE_NONE,
    BP_VALUE_TEXT,
    BP_VALUE_COUNT,      /* a whole number */
    BP_VALUE_NUMBER,     /* with decimals and perhaps a unit word after it ("38 weeks") */
    BP_VALUE_PERCENT,    /* number is 0 to 100; printed "67%" by the rule never 100% unless n = d nor 0% unless n = 0 */
    BP_VALUE_POINTS,     /* signed change in percentage points "+12 points" */
    BP_VALUE_CHANGE,     /* signed change with unit "+8 trainers", "−12 weeks" */
    BP_VALUE_MONEY,      /* pounds */
    BP_VALUE_OF,         /* "26 of 69" */
    BP_VALUE_OF_PERCENT, /* "26 (38%)" : numerator with its share of denominator */
    BP_VALUE_DATE,
    BP_VALUE_STATUS,        /* mark */
    BP_VALUE_STATUS_CHANGE, /* from → mark; "None" if from.word is NULL */
    BP_VALUE_MOVEMENT,      /* disc and word "Improved" */
    BP_VALUE_SHORTHAND,     /* "[x]" */
    BP_VALUE_SIGN,          /* error, check, note, agrees, with its word */
    BP_VALUE_TAG,           /* boxed word: "Stale", "No measure" */
    BP_VALUE_DOT,           /* a coverage dot; text is what it says to a reader without eyes ("tested by measure 5") */
    BP_VALUE_SPARK,         /* points with an optional target line; text is its alternative */
    BP_VALUE_YES_NO
} BpValueKind;

/* One typed figure or word. The one function that formats it is bp_value_dup_text, so every format prints the same. Strings belong to the
 * pack. A pack of a large programme holds a million of these: what never goes together shares its place, so read only what the kind has. */
typedef struct
{
    BpValueKind kind;
    int decimals;
    const char *text;   /* TEXT, SHORTHAND, TAG, MOVEMENT and SIGN words, DOT and SPARK alternatives */
    const char *unit;   /* word after a number; NULL */
    const char *figure; /* key under which renderers log this figure ("actions.done"), compared across the packs of a run; NULL */
    union
    {
        struct
        {
            double number;                 /* COUNT, NUMBER, PERCENT, POINTS, CHANGE, MONEY */
            double numerator, denominator; /* OF, OF_PERCENT, and PERCENT if has_share */
        };
        struct
        {
            BpMark mark, from; /* STATUS, STATUS_CHANGE */
        };
        struct
        {
            const double *points; /* SPARK: NAN is a gap */
            double target;        /* SPARK: NAN for none */
            int point_count;
        };
        struct
        {
            BpDate date; /* DATE */
            BpDateStyle date_style;
        };
    };
    BpDirection direction; /* MOVEMENT */
    BpJudgement judgement;
    BpSign sign; /* SIGN */
    bool has_share;
    bool yes; /* YES_NO */
} BpValue;

/* What is printed, in full: "26 of 69", "67%", "31 July 2025", "[x]". Caller frees. "" for NONE. */
char *bp_value_dup_text (const BpValue *value);

BpValue bp_value_none (void);
BpValue bp_value_text (const char *text);
BpValue bp_value_count (gint64 count);
BpValue bp_value_number (double number, int decimals, const char *unit);
BpValue bp_value_percent (double percent, int decimals);
BpValue bp_value_percent_of (double numerator, double denominator, int decimals);
BpValue bp_value_of (int numerator, int denominator);
BpValue bp_value_of_percent (int numerator, int denominator);
BpValue bp_value_date (BpDate date, BpDateStyle style);
BpValue bp_value_status (BpMark mark);
BpValue bp_value_status_change (BpMark from, BpMark to);
BpValue bp_value_shorthand (const char *text);
BpValue bp_value_tag (const char *text);
BpValue bp_value_sign (BpSign sign, const char *word);
BpValue bp_value_movement (BpDirection direction, BpJudgement judgement, const char *word);
BpValue bp_value_yes_no (bool yes);
/* The same value with a figure key. */
BpValue bp_value_with_figure (BpValue value, const char *figure);

#endif
