#include "app/command_line.h"

#include "app/command_table.h"
#include "app/console.h"
#include "app/interrupt.h"
#include "base/text.h"
#include "delivery/mail_address.h"

#include <string.h>

static void print_help (void)
{
    g_autoptr (GString) text
        = g_string_new ("Usage: boardpack [-C DIR] COMMAND [ARGUMENT…] [OPTION…]\n\n"
                        "Turns the action and KPI data of a programme into one board pack for each of its forums.\n\nCommands:\n");
    for (const BpCommand *command = bp_command_table; command->name != NULL; command++)
        g_string_append_printf (text, "  %-9s %s\n", command->name, command->summary);
    g_string_append (text, "\nOptions of every command, before or after it:\n");
    bp_options_describe (BP_OPTION_EVERY, text);
    g_string_append (
        text, "\n'boardpack COMMAND --help' says more about one.\n\n"
              "Exit codes: 0 well; 1 failed; 2 wrong usage; 3 built, but rows were left out; 4 findings of level error (check, --strict);\n"
              "5 sent in part; 10 no programme here; 11 another run is at work; 130 stopped.\n");
    bp_console_answer ("%s", text->str);
}

static void print_command_help (const BpCommand *command)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *summary = bp_text_dup_capitalised (command->summary);
    g_string_append_printf (text, "Usage: boardpack [-C DIR] %s%s%s [OPTION…]\n\n%s.\n\n%s\n\nOptions:\n", command->name,
                            *command->arguments == '\0' ? "" : " ", command->arguments, summary, command->description);
    bp_options_describe (command->options, text);
    bp_console_answer ("%s", text->str);
}

static bool fail_unknown_command (const char *word, GError **error)
{
    if (g_strv_contains (bp_command_later, word))
        return bp_fail (error, BP_ERROR_USAGE, "'%s' is not available in this version; 'boardpack --help' lists the commands", word);
    const char *names[32] = { NULL };
    for (gsize i = 0; i < G_N_ELEMENTS (names) - 1 && bp_command_table[i].name != NULL; i++)
        names[i] = bp_command_table[i].name;
    const char *nearest = bp_text_find_nearest (word, names);
    if (nearest != NULL)
        return bp_fail (error, BP_ERROR_USAGE, "there is no command '%s'; did you mean '%s'?", word, nearest);
    return bp_fail (error, BP_ERROR_USAGE, "there is no command '%s'; 'boardpack --help' lists the commands", word);
}

/* Takes the word at index out of a NULL-ended list. */
static void remove_word (char **words, int index)
{
    g_free (words[index]);
    for (int i = index; words[i] != NULL; i++)
        words[i] = words[i + 1];
}

static bool check_arguments (const BpCommand *command, char **arguments, GError **error)
{
    for (int i = 0; arguments[i] != NULL; i++)
    {
        if (!g_utf8_validate (arguments[i], -1, NULL))
            return bp_fail (error, BP_ERROR_USAGE, "an argument is not UTF-8");
        if (command->max_arguments >= 0 && i >= command->max_arguments)
            return bp_fail (error, BP_ERROR_USAGE, "'%s' does not take '%s'; 'boardpack %s --help' says what it takes", command->name,
                            arguments[i], command->name);
    }
    return true;
}

/* Words of a mail server, or of whoever typed an address, stand in errors, too. */
static void propagate (const BpOptions *options, GError *why, GError **error)
{
    g_autofree char *masked = options->mask ? bp_mail_address_dup_masked (why->message) : NULL;
    if (masked != NULL)
        g_set_error_literal (error, why->domain, why->code, masked);
    if (masked != NULL)
        g_error_free (why);
    else
        g_propagate_error (error, why);
}

static BpExitCode run_command (const BpCommand *command, char ***words, GError **error)
{
    g_auto (BpOptions) options = { .jobs = 1 };
    if (!bp_options_parse (&options, command->options, command->name, words, error))
        return BP_EXIT_USAGE;
    if (options.help || options.version)
    {
        if (options.help)
            print_command_help (command);
        else
            bp_console_answer ("boardpack %s\n", BP_VERSION);
        return BP_EXIT_WELL;
    }
    char **arguments = *words + 1;
    if (arguments[0] != NULL && strcmp (arguments[0], "--") == 0)
        remove_word (arguments, 0);
    if (!check_arguments (command, arguments, error))
        return BP_EXIT_USAGE;
    g_autoptr (GError) why = NULL;
    BpExitCode code = command->run (&options, (const char *const *)arguments, &why);
    if (why != NULL)
        propagate (&options, g_steal_pointer (&why), error);
    bp_console_progress (&options, NULL);
    return code;
}

/* Without a command there are only --help and --version. */
static BpExitCode run_without_command (char ***words, GError **error)
{
    g_auto (BpOptions) options = { .jobs = 1 };
    if (!bp_options_parse (&options, BP_OPTION_EVERY, NULL, words, error))
        return BP_EXIT_USAGE;
    if (options.version)
        bp_console_answer ("boardpack %s\n", BP_VERSION);
    else if (options.help)
        print_help ();
    else
        bp_fail (error, BP_ERROR_USAGE, "name a command; 'boardpack --help' lists the commands");
    return BP_EXIT_WELL;
}

int bp_command_line_run (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) words = g_strdupv (argv);
    bp_interrupt_keep_writing ();
    BpExitCode code = BP_EXIT_WELL;
    int verb = bp_options_find_verb (argc, argv);
    if (verb == 0)
        code = run_without_command (&words, &error);
    else
    {
        const BpCommand *command = bp_command_find (argv[verb]);
        remove_word (words, verb);
        if (command == NULL)
            fail_unknown_command (argv[verb], &error);
        else
            code = run_command (command, &words, &error);
    }
    if (error != NULL)
    {
        bp_console_error ("%s", error->message);
        code = bp_exit_code_of_error (error);
    }
    if (!bp_console_flush ())
    {
        bp_console_error ("the answer could not be written to the end; is the disk full?");
        code = code == BP_EXIT_WELL ? BP_EXIT_FAILED : code;
    }
    return (int)code;
}
