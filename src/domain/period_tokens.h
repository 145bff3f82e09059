#ifndef BP_DOMAIN_PERIOD_TOKENS_H
#define BP_DOMAIN_PERIOD_TOKENS_H

#include "domain/period.h"

/* The words, numbers and marks of a typed period or timeframe: what period and timeframe grammar are written in. Private to domain. */
typedef enum
{
    BP_TOKEN_WORD,
    BP_TOKEN_NUMBER,
    BP_TOKEN_MARK
} BpPeriodTokenKind;

typedef struct
{
    BpPeriodTokenKind kind;
    char word[24];   /* lower case; "" if it is no word */
    int number;      /* value of a number */
    int digits;      /* how many digits it was typed with */
    bool is_ordinal; /* "12th" */
    char mark;       /* one of - / . , ; & ' ( ); '?' for any other character */
} BpPeriodToken;

#define BP_PERIOD_TOKENS_MAX 32

typedef struct
{
    BpPeriodToken tokens[BP_PERIOD_TOKENS_MAX];
    int count;
} BpPeriodTokens;

/* Splits text: case, kinds of dash, apostrophe and blank, markup (<sup>, <b>), bullets and the dots of abbreviations are evened out. False
 * if it is no UTF-8, or longer than any period or timeframe can be: it is then not understood. */
bool bp_period_tokens_read (const char *text, BpPeriodTokens *tokens_out);
bool bp_period_token_is_word (const BpPeriodToken *token, const char *word);
bool bp_period_token_is_mark (const BpPeriodToken *token, char mark);
/* How many of the tokens are these words ("academic year"), counted from the first: their number, or 0 if they do not stand there. */
int bp_period_tokens_match (const BpPeriodToken *tokens, int count, const char *words);
/* The grammar of bp_period_parse on part of a text. */
BpPeriodReading bp_period_tokens_parse (const BpPeriodToken *tokens, int count, BpPeriodKind kind, const BpCalendar *calendar,
                                        BpPeriod *period_out);

#endif
