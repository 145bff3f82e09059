#include "domain/person_name.h"

#include <glib.h>
#include <string.h>

static const char *const titles[] = { "mr",   "mrs",  "ms",   "miss", "mx",         "dr",  "doctor",   "prof", "professor", "sir",
                                      "dame", "lord", "lady", "cllr", "councillor", "rev", "reverend", "hon",  NULL };

/* An apostrophe or accent belongs to its word; every other character that is no letter stands between words. */
static bool is_inner (gunichar character)
{
    return character == '\'' || character == 0x2018 || character == 0x2019 || character == 0x02bc || g_unichar_ismark (character);
}

static void end_word (GHashTable *words, GString *word)
{
    if (word->len > 0 && !g_strv_contains (titles, word->str))
        g_hash_table_add (words, g_strdup (word->str));
    g_string_truncate (word, 0);
}

static GHashTable *list_words (const char *name)
{
    g_autofree char *valid = g_utf8_make_valid (name, -1);
    g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *folded = g_utf8_casefold (normal, -1);
    g_autoptr (GString) word = g_string_new (NULL);
    GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
        const gunichar character = g_utf8_get_char (at);
        if (g_unichar_isalpha (character))
            g_string_append_unichar (word, character);
        else if (!is_inner (character))
            end_word (words, word);
    }
    end_word (words, word);
    return words;
}

static bool has_all (GHashTable *words, GHashTable *of)
{
    GHashTableIter iterator;
    gpointer word;
    g_hash_table_iter_init (&iterator, of);
    while (g_hash_table_iter_next (&iterator, &word, NULL))
        if (!g_hash_table_contains (words, word))
            return false;
    return true;
}

bool bp_person_names_may_be_one (const char *left, const char *right)
{
    g_autoptr (GHashTable) one = list_words (left), other = list_words (right);
    return has_all (one, other) || has_all (other, one);
}
