#include "domain/approver.h"

#include "base/text.h"
#include "domain/person_name.h"

#include <glib.h>
#include <string.h>

/* Nobody's name begins with one of these, and a refusal may. */
static const char *const denials[]
    = { "no",       "not",     "non",        "none", "nil",      "null",     "never",    "nobody", "without", "pending",
        "awaiting", "waiting", "tbc",        "tbd",  "refused",  "rejected", "declined", "denied", "expired", "withdrawn",
        "revoked",  "unknown", "unapproved", "yes",  "approved", "to",       "see",      "n/a",    NULL };

static int count_letters (const char *word)
{
    int count = 0;
    for (; *word != '\0'; word = g_utf8_next_char (word))
        count += g_unichar_isalpha (g_utf8_get_char (word));
    return count;
}

static const char *first_word (char **words)
{
    while (*words != NULL && **words == '\0')
        words++;
    return *words;
}

/* Two words or more, one of which is more than an initial: "J. Smith". */
static bool is_name (char **words)
{
    int count = 0, longest = 0;
    for (int i = 0; words[i] != NULL; i++)
    {
        const int letters = count_letters (words[i]);
        count += letters > 0;
        longest = MAX (longest, letters);
    }
    return count >= 2 && longest >= 2;
}

char *bp_approver_dup_fault (const char *text, const char *person)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1), *plain = bp_text_dup_folded (valid), *quoted = bp_text_dup_quoted (valid);
    g_auto (GStrv) words = g_strsplit_set (plain, " ,;:/()", -1);
    if (bp_text_is_blank (valid))
        return NULL;
    if (strchr (plain, '@') != NULL || !is_name (words) || g_strv_contains (denials, first_word (words)))
        return g_strdup_printf ("'%s' is no name; write first and last name of whoever approved it", quoted);
    if (!bp_text_is_blank (person) && bp_person_names_may_be_one (valid, person))
        return g_strdup_printf ("'%s' is the recipient; write who else approved it", quoted);
    return NULL;
}
