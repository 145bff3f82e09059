#include "domain/marking.h"

#include <glib.h>
#include <string.h>

#define OFFICIAL "OFFICIAL"
#define SENSITIVE "OFFICIAL-SENSITIVE"

/* Capitals, in words with one blank or hyphen between them. */
static bool is_descriptor (const char *text)
{
    bool is_between = true;
    for (; *text != '\0'; text++)
    {
        const bool is_letter = g_ascii_isupper (*text);
        if (!is_letter && (is_between || (*text != ' ' && *text != '-')))
            return false;
        is_between = !is_letter;
    }
    return !is_between;
}

/* The letters alone, in lower case, compatible forms folded: what a reader sees of it. */
static char *dup_letters (const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *folded = g_utf8_casefold (normal, -1);
    GString *letters = g_string_new (NULL);
    for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
        if (g_unichar_isalpha (g_utf8_get_char (at)))
            g_string_append_unichar (letters, g_utf8_get_char (at));
    return g_string_free (letters, FALSE);
}

bool bp_marking_is_known (const char *marking)
{
    if (marking == NULL || !g_str_has_prefix (marking, SENSITIVE))
        return g_strcmp0 (marking, OFFICIAL) == 0;
    const char *rest = marking + strlen (SENSITIVE);
    return *rest == '\0' || (*rest == ' ' && is_descriptor (rest + 1) && strstr (rest, OFFICIAL) == NULL && !bp_marking_has_secret (rest));
}

bool bp_marking_is_sensitive (const char *marking)
{
    return g_strcmp0 (marking, OFFICIAL) != 0;
}

const char *bp_marking_find_alike (const char *text)
{
    g_autofree char *letters = dup_letters (text);
    if (g_str_has_prefix (letters, "officialsensitive"))
        return SENSITIVE;
    return g_str_has_prefix (letters, "official") ? OFFICIAL : NULL;
}

bool bp_marking_has_word (const char *text)
{
    g_autofree char *letters = dup_letters (text);
    return strstr (letters, "official") != NULL || strstr (letters, "sensitive") != NULL || strstr (letters, "secret") != NULL;
}

bool bp_marking_has_secret (const char *text)
{
    g_autofree char *letters = dup_letters (text);
    return strstr (letters, "secret") != NULL;
}
