#include "domain/period_tokens.h"

#include <string.h>

/* The longest timeframe that can be understood is far shorter; what is longer is prose. */
#define MAX_BYTES 240

static bool is_bullet (gunichar character)
{
    return character == 0x2022 || character == 0x00b7 || character == 0x2192 || character == 0x25cf || character == 0x25aa;
}

static bool is_invisible (gunichar character)
{
    return (character >= 0x200b && character <= 0x200f) || character == 0x2060 || character == 0xfeff || character == 0x00ad;
}

static char mark_of (gunichar character)
{
    if ((character >= 0x2010 && character <= 0x2015) || character == 0x2212)
        return '-';
    if (character == 0x2018 || character == 0x2019 || character == 0x02bc || character == 0x00b4 || character == '`')
        return '\'';
    return character < 0x80 && strchr ("-/.,;&'()", (int)character) != NULL ? (char)character : '?';
}

/* The length of a mark-up tag at cursor, or 0. */
static gsize tag_length (const char *cursor)
{
    if (*cursor != '<' || (!g_ascii_isalpha (cursor[1]) && cursor[1] != '/'))
        return 0;
    const char *end = strchr (cursor, '>');
    return end == NULL || end - cursor > 24 ? 0 : (gsize)(end - cursor) + 1;
}

static BpPeriodToken *append_token (BpPeriodTokens *tokens, BpPeriodTokenKind kind)
{
    if (tokens->count == BP_PERIOD_TOKENS_MAX)
        return NULL;
    BpPeriodToken *token = &tokens->tokens[tokens->count++];
    *token = (BpPeriodToken){ .kind = kind };
    return token;
}

static const char *read_number (const char *cursor, BpPeriodToken *token)
{
    for (; g_ascii_isdigit (*cursor); cursor++)
    {
        if (token->digits < 9)
            token->number = token->number * 10 + (*cursor - '0');
        token->digits++;
    }
    return cursor;
}

/* NULL if the word is longer than any that periods are made of. */
static const char *read_word (const char *cursor, BpPeriodToken *token)
{
    gsize length = 0;
    for (gunichar character = g_utf8_get_char (cursor); g_unichar_isalpha (character); character = g_utf8_get_char (cursor))
    {
        char encoded[6];
        gsize bytes = (gsize)g_unichar_to_utf8 (g_unichar_tolower (character), encoded);
        if (length + bytes >= sizeof token->word)
            return NULL;
        memcpy (token->word + length, encoded, bytes);
        length += bytes;
        cursor = g_utf8_next_char (cursor);
    }
    return *cursor == '.' ? cursor + 1 : cursor; /* "Sept." */
}

/* "12 th" and "12<sup>th</sup>": the ending belongs to the number before it. */
static void join_ordinal (BpPeriodTokens *tokens)
{
    static const char *const endings[] = { "st", "nd", "rd", "th" };
    if (tokens->count < 2 || tokens->tokens[tokens->count - 2].kind != BP_TOKEN_NUMBER)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
        if (strcmp (tokens->tokens[tokens->count - 1].word, endings[i]) == 0)
        {
            tokens->count--;
            tokens->tokens[tokens->count - 1].is_ordinal = true;
            return;
        }
}

/* One token from cursor on; NULL if it cannot be one. */
static const char *read_token (const char *cursor, gunichar character, BpPeriodTokens *tokens)
{
    bool is_digit = character < 0x80 && g_ascii_isdigit ((char)character);
    bool is_letter = g_unichar_isalpha (character);
    BpPeriodToken *token = append_token (tokens, is_digit ? BP_TOKEN_NUMBER : is_letter ? BP_TOKEN_WORD : BP_TOKEN_MARK);
    if (token == NULL)
        return NULL;
    if (is_digit)
        return read_number (cursor, token);
    if (!is_letter)
    {
        token->mark = mark_of (character);
        return g_utf8_next_char (cursor);
    }
    const char *after = read_word (cursor, token);
    if (after != NULL)
        join_ordinal (tokens);
    return after;
}

bool bp_period_tokens_read (const char *text, BpPeriodTokens *tokens_out)
{
    tokens_out->count = 0;
    gsize length = strnlen (text, MAX_BYTES + 1);
    if (length > MAX_BYTES || !g_utf8_validate (text, (gssize)length, NULL))
        return false;
    const char *cursor = text;
    while (*cursor != '\0')
    {
        gunichar character = g_utf8_get_char (cursor);
        gsize tag = tag_length (cursor);
        if (tag > 0)
            cursor += tag;
        else if (g_unichar_isspace (character) || is_invisible (character) || is_bullet (character))
            cursor = g_utf8_next_char (cursor);
        else
            cursor = read_token (cursor, character, tokens_out);
        if (cursor == NULL)
            return false;
    }
    while (tokens_out->count > 0 && bp_period_token_is_mark (&tokens_out->tokens[tokens_out->count - 1], '.'))
        tokens_out->count--;
    return true;
}

bool bp_period_token_is_word (const BpPeriodToken *token, const char *word)
{
    return token->kind == BP_TOKEN_WORD && strcmp (token->word, word) == 0;
}

bool bp_period_token_is_mark (const BpPeriodToken *token, char mark)
{
    return token->kind == BP_TOKEN_MARK && token->mark == mark;
}

int bp_period_tokens_match (const BpPeriodToken *tokens, int count, const char *words)
{
    int matched = 0;
    for (const char *word = words; *word != '\0';)
    {
        gsize length = strcspn (word, " ");
        const BpPeriodToken *token = &tokens[matched];
        if (matched == count || token->kind != BP_TOKEN_WORD || strlen (token->word) != length || strncmp (token->word, word, length) != 0)
            return 0;
        matched++;
        word += length;
        word += *word == ' ';
    }
    return matched;
}
