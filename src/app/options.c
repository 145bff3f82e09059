#include "app/options.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

typedef struct
{
    BpOptionSet set;
    const char *name;
    char letter; /* or 0 */
    GOptionArg kind;
    gsize offset; /* in BpOptions */
    const char *value_name;
    const char *description;
} OptionDef;

#define MAX_JOBS 64
#define MAX_NAME_CHARS 100
#define MAX_NOTE_CHARS 300 /* a correction has room on the cover */
#define DEFAULT_WITHIN_DAYS 14
#define MAX_WITHIN_DAYS 3660

/* Values are taken as file names: bytes as typed, whatever the locale. */
static const OptionDef option_table[] = {
    { BP_OPTION_AS_OF, "as-of", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, as_of_text), "DATE",
      "the day whose state is shown, as 2025-07-31 (default: today in London)" },
    { BP_OPTION_KNOWN, "known", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, known_text), "DATE",
      "use only what had been imported by the end of that day" },
    { BP_OPTION_FORUM, "forum", 0, G_OPTION_ARG_FILENAME_ARRAY, offsetof (BpOptions, forums), "ID",
      "only this forum's pack; may be given again" },
    { BP_OPTION_FORMAT, "format", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, formats_text), "LIST",
      "formats, separated by commas: pdf, xlsx, text, update (default: pdf,xlsx)" },
    { BP_OPTION_LEAD, "lead", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, lead), "NAME",
      "only this lead's update sheet (of a build, with --format update)" },
    { BP_OPTION_DRAFT, "draft", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, draft), NULL, "mark every page as a draft" },
    { BP_OPTION_CORRECTION, "correction", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, correction), "TEXT",
      "what changed since the version that was approved; on the cover of each pack built, and in its message" },
    { BP_OPTION_PREPARED_BY, "prepared-by", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, prepared_by), "NAME",
      "who prepared the packs (default: the user's name)" },
    { BP_OPTION_BY, "by", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, by), "NAME", "who approves, withdraws or resolves" },
    { BP_OPTION_ROLE, "role", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, role), "ROLE", "in which role" },
    { BP_OPTION_NOTE, "note", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, note), "TEXT", "a note that is kept with it" },
    { BP_OPTION_WITHDRAW, "withdraw", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, withdraw), NULL,
      "take an approval back, while nothing was sent; needs --note" },
    { BP_OPTION_FILE, "file", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, file), "FILE",
      "with sends: who was sent this file (a path, or its SHA-256)" },
    { BP_OPTION_MANIFEST_SUM, "manifest-sum", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, manifest_sum), "SUM",
      "the SHA-256 of manifest.json, from the minutes: it vouches for the run as the store does" },
    { BP_OPTION_MAIL, "confirm", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, confirm), "RUN",
      "really send: the run, typed again ('approved' with --approved, 'latest' without a run)" },
    { BP_OPTION_MAIL, "to-me", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, to_me), "ADDRESS",
      "a test of each message to that address alone; needs no approval" },
    { BP_OPTION_SEND_ALONE, "correction", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, is_correction), NULL,
      "send version 2 or later; whoever has an earlier one is told that it is replaced" },
    { BP_OPTION_SEND_ALONE, "approved", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, approved), NULL,
      "all that was approved in the last month and is still to go: the scheduled job" },
    { BP_OPTION_MASK, "mask", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, mask), NULL, "print no address whole: a***@example.org" },
    { BP_OPTION_MAIL, "resolve", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, resolve), NULL,
      "say whether a doubtful message arrived; with --to, --by, --note" },
    { BP_OPTION_TO, "to", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, to), "ADDRESS",
      "with sends or --resolve: messages to that address alone" },
    { BP_OPTION_MAIL, "arrived", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, arrived), NULL, "with --resolve: it did" },
    { BP_OPTION_MAIL, "not-arrived", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, not_arrived), NULL,
      "with --resolve: it did not, and may be sent again" },
    { BP_OPTION_SEND_ALONE, "told", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, told), NULL,
      "with --resolve: somebody who had to delete an earlier pack, and could not be written to, was told" },
    { BP_OPTION_REMIND, "remind", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, remind), NULL,
      "remind those, too, who have their sheet and have not returned it" },
    { BP_OPTION_JOBS, "jobs", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, jobs_text), "N",
      "packs made at the same time (default: one for each processor)" },
    { BP_OPTION_WITHIN, "within", 0, G_OPTION_ARG_FILENAME, offsetof (BpOptions, within_text), "TIME",
      "how far to look ahead, as 14d or 6w (default: 14d)" },
    { BP_OPTION_EVERY, "directory", 'C', G_OPTION_ARG_FILENAME, offsetof (BpOptions, folder), "DIR",
      "the programme's folder (default: this one)" },
    { BP_OPTION_EVERY, "json", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, json), NULL, "print the answer as JSON" },
    { BP_OPTION_EVERY, "quiet", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, quiet), NULL, "print answers and errors alone" },
    { BP_OPTION_EVERY, "no-color", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, no_color), NULL, "no colours, as with NO_COLOR set" },
    { BP_OPTION_EVERY, "strict", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, strict), NULL,
      "findings of level error stop the command (exit 4)" },
    { BP_OPTION_EVERY, "help", 'h', G_OPTION_ARG_NONE, offsetof (BpOptions, help), NULL, "this text" },
    { BP_OPTION_EVERY, "version", 0, G_OPTION_ARG_NONE, offsetof (BpOptions, version), NULL, "the program's version" },
};

void bp_options_clear (BpOptions *options)
{
    g_free (options->folder);
    g_free (options->as_of_text);
    g_free (options->known_text);
    g_free (options->formats_text);
    g_free (options->jobs_text);
    g_free (options->lead);
    g_free (options->file);
    g_free (options->manifest_sum);
    g_free (options->confirm);
    g_free (options->to_me);
    g_free (options->to);
    g_free (options->prepared_by);
    g_free (options->correction);
    g_free (options->by);
    g_free (options->role);
    g_free (options->note);
    g_free (options->within_text);
    g_strfreev (options->forums);
    g_strfreev (options->formats);
    *options = (BpOptions){ .jobs = 1 };
}

const char *bp_options_folder (const BpOptions *options)
{
    return options->folder == NULL ? "." : options->folder;
}

static bool is_named (const OptionDef *option, const char *argument)
{
    const gsize length = strlen (option->name);
    if (!g_str_has_prefix (argument, "--"))
        return option->letter != 0 && argument[0] == '-' && argument[1] == option->letter;
    return strncmp (argument + 2, option->name, length) == 0 && (argument[2 + length] == '\0' || argument[2 + length] == '=');
}

/* The option that an argument names ("--as-of", "--as-of=…", "-C"), one that is accepted before one that is not; NULL if none. */
static const OptionDef *find_option (const char *argument, BpOptionSet accepted)
{
    const OptionDef *other = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (option_table); i++)
    {
        const OptionDef *option = &option_table[i];
        if (!is_named (option, argument))
            continue;
        if ((option->set & accepted) != 0)
            return option;
        other = other != NULL ? other : option;
    }
    return other;
}

/* Whether the option's value is the next argument. */
static bool takes_next (const char *argument, BpOptionSet accepted)
{
    const OptionDef *option = find_option (argument, accepted);
    if (option == NULL || option->kind == G_OPTION_ARG_NONE)
        return false;
    return g_str_has_prefix (argument, "--") ? strchr (argument, '=') == NULL : argument[2] == '\0';
}

int bp_options_find_verb (int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
    {
        if (argv[i][0] != '-')
            return i;
        if (takes_next (argv[i], BP_OPTION_EVERY))
            i++;
    }
    return 0;
}

/* A better message than the parser's for an option that does not exist, or that this command does not take. */
static bool check_known (BpOptionSet accepted, const char *verb, char **argv, GError **error)
{
    for (int i = 1; argv[i] != NULL; i++)
    {
        if (argv[i][0] != '-' || argv[i][1] == '\0')
            continue;
        if (strcmp (argv[i], "--") == 0)
            return true;
        const OptionDef *option = find_option (argv[i], accepted);
        g_autofree char *help = verb == NULL ? g_strdup ("boardpack --help") : g_strdup_printf ("boardpack %s --help", verb);
        if (option != NULL && (option->set & accepted) == 0)
            return bp_fail (error, BP_ERROR_USAGE, "'%s' has no option --%s; '%s' lists its options", verb, option->name, help);
        if (option == NULL)
        {
            const char *names[G_N_ELEMENTS (option_table) + 1] = { NULL };
            guint count = 0;
            for (gsize j = 0; j < G_N_ELEMENTS (option_table); j++)
                if ((option_table[j].set & accepted) != 0)
                    names[count++] = option_table[j].name;
            g_autofree char *word = g_strdup (argv[i] + strspn (argv[i], "-"));
            word[strcspn (word, "=")] = '\0';
            const char *nearest = bp_text_find_nearest (word, names);
            if (nearest != NULL)
                return bp_fail (error, BP_ERROR_USAGE, "unknown option %s; did you mean --%s?", argv[i], nearest);
            return bp_fail (error, BP_ERROR_USAGE, "unknown option %s; '%s' lists the options", argv[i], help);
        }
        if (takes_next (argv[i], accepted) && argv[i + 1] != NULL)
            i++;
    }
    return true;
}

static bool read_date (const char *name, const char *text, BpDate *date_out, GError **error)
{
    *date_out = BP_DATE_NONE;
    return text == NULL || bp_date_parse_iso (text, date_out)
           || bp_fail (error, BP_ERROR_USAGE, "--%s %s: that is no date; write it as 2025-07-31", name, text);
}

/* Controls, and what changes a text without being seen (joiners, marks of direction), could make one name look like another. */
static bool is_seen (gunichar character)
{
    return !g_unichar_iscntrl (character) && g_unichar_type (character) != G_UNICODE_FORMAT;
}

/* A name or note that is kept or printed: one line of words. Trims it. */
static bool read_line (const char *name, char *text, glong max_chars, GError **error)
{
    if (text == NULL)
        return true;
    if (!g_utf8_validate (text, -1, NULL))
        return bp_fail (error, BP_ERROR_USAGE, "--%s: the text is not UTF-8", name);
    g_strstrip (text);
    if (bp_text_is_blank (text))
        return bp_fail (error, BP_ERROR_USAGE, "--%s: the text is blank", name);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
        if (!is_seen (g_utf8_get_char (at)))
            return bp_fail (error, BP_ERROR_USAGE, "--%s: the text must be one line, without tabs, invisible characters and the like",
                            name);
    return g_utf8_strlen (text, -1) <= max_chars
           || bp_fail (error, BP_ERROR_USAGE, "--%s: the text has %ld characters; %ld is the most", name, g_utf8_strlen (text, -1),
                       max_chars);
}

static bool read_lines (const BpOptions *options, GError **error)
{
    return read_line ("by", options->by, MAX_NAME_CHARS, error) && read_line ("role", options->role, MAX_NAME_CHARS, error)
           && read_line ("prepared-by", options->prepared_by, MAX_NAME_CHARS, error)
           && read_line ("note", options->note, MAX_NOTE_CHARS, error)
           && read_line ("correction", options->correction, MAX_NOTE_CHARS, error);
}

/* "14", "14d" or "2w" */
static bool read_within (BpOptions *options, GError **error)
{
    options->within_days = DEFAULT_WITHIN_DAYS;
    if (options->within_text == NULL)
        return true;
    g_autofree char *number = g_strdup (options->within_text);
    const gsize length = strlen (number);
    const char unit = length > 0 ? number[length - 1] : '\0';
    gint64 days = -1;
    if (unit == 'd' || unit == 'w')
        number[length - 1] = '\0';
    if (!bp_integer_parse (number, &days) || days < 0 || days > MAX_WITHIN_DAYS)
        return bp_fail (error, BP_ERROR_USAGE, "--within %s: give days or weeks, as 14d or 6w", options->within_text);
    options->within_days = (int)MIN (unit == 'w' ? days * 7 : days, MAX_WITHIN_DAYS);
    return true;
}

static bool read_values (BpOptions *options, GError **error)
{
    if (!read_lines (options, error) || !read_date ("as-of", options->as_of_text, &options->as_of, error)
        || !read_date ("known", options->known_text, &options->known, error) || !read_within (options, error))
        return false;
    options->jobs = (int)MIN (g_get_num_processors (), MAX_JOBS);
    gint64 jobs = 0;
    if (options->jobs_text != NULL)
    {
        if (!bp_integer_parse (options->jobs_text, &jobs) || jobs < 1 || jobs > MAX_JOBS)
            return bp_fail (error, BP_ERROR_USAGE, "--jobs %s: give a whole number from 1 to %d", options->jobs_text, MAX_JOBS);
        options->jobs = (int)jobs;
    }
    if (options->formats_text != NULL)
    {
        options->formats = bp_text_split_list (options->formats_text, ',');
        if (options->formats[0] == NULL)
            return bp_fail (error, BP_ERROR_USAGE, "--format names no format; 'boardpack list formats' lists them");
    }
    return true;
}

bool bp_options_parse (BpOptions *options, BpOptionSet accepted, const char *verb, char ***argv, GError **error)
{
    if (!check_known (accepted, verb, *argv, error))
        return false;
    g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
    for (gsize i = 0; i < G_N_ELEMENTS (option_table); i++)
    {
        const OptionDef *option = &option_table[i];
        GOptionEntry entry
            = { option->name, option->letter, 0, option->kind, (char *)options + option->offset, option->description, option->value_name };
        if ((option->set & accepted) != 0)
            g_array_append_val (entries, entry);
    }
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);
    g_option_context_set_help_enabled (context, FALSE);
    g_option_context_add_main_entries (context, (const GOptionEntry *)(gpointer)entries->data, NULL);
    return g_option_context_parse_strv (context, argv, error) && read_values (options, error);
}

void bp_options_describe (BpOptionSet accepted, GString *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS (option_table); i++)
    {
        const OptionDef *option = &option_table[i];
        if ((option->set & accepted) == 0)
            continue;
        g_autofree char *spelling = NULL;
        if (option->letter == 'C')
            spelling = g_strdup_printf ("-C %s", option->value_name);
        else
            spelling = g_strdup_printf ("--%s%s%s", option->name, option->value_name == NULL ? "" : " ",
                                        option->value_name == NULL ? "" : option->value_name);
        g_string_append_printf (text, "  %-18s %s\n", spelling, option->description);
    }
}
