#include "app/console.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool has_progress = false;

static void put_clean (FILE *stream, const char *text)
{
    for (const guchar *at = (const guchar *)text; *at != '\0'; at++)
    {
        /* U+0080 to U+009F are terminal controls too */
        bool is_c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0;
        if (is_c1)
            at++;
        bool is_control = is_c1 || (*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7F;
        fputc (is_control ? '?' : *at, stream);
    }
}

static void G_GNUC_PRINTF (2, 0) put_formatted (FILE *stream, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    put_clean (stream, text);
}

static void clear_progress (void)
{
    if (has_progress)
        fputs ("\r\033[K", stderr);
    has_progress = false;
}

void bp_console_answer (const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    put_formatted (stdout, format, arguments);
    va_end (arguments);
}

void bp_console_answer_ink (const BpOptions *options, BpInk ink, const char *text)
{
    static const char *const codes[] = { "", "\033[31m", "\033[33m", "\033[2m", "\033[1m" };
    const char *no_color = g_getenv ("NO_COLOR");
    bool is_coloured = ink != BP_INK_PLAIN && !options->no_color && (no_color == NULL || *no_color == '\0') && isatty (STDOUT_FILENO);
    if (is_coloured)
        fputs (codes[ink], stdout);
    put_clean (stdout, text);
    if (is_coloured)
        fputs ("\033[0m", stdout);
}

void bp_console_message (const BpOptions *options, const char *format, ...)
{
    if (options->quiet)
        return;
    clear_progress ();
    va_list arguments;
    va_start (arguments, format);
    put_formatted (stderr, format, arguments);
    va_end (arguments);
    fputc ('\n', stderr);
}

void bp_console_error (const char *format, ...)
{
    clear_progress ();
    fputs ("boardpack: ", stderr);
    va_list arguments;
    va_start (arguments, format);
    put_formatted (stderr, format, arguments);
    va_end (arguments);
    fputc ('\n', stderr);
}

void bp_console_progress (const BpOptions *options, const char *text)
{
    if (options->quiet || !isatty (STDERR_FILENO))
        return;
    clear_progress ();
    if (text == NULL)
        return;
    put_clean (stderr, text);
    fflush (stderr);
    has_progress = true;
}

json_t *bp_json_text (const char *text)
{
    if (text == NULL)
        return json_null ();
    json_t *string = json_string (text);
    if (string != NULL)
        return string;
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    return json_string (valid);
}

void bp_console_answer_json (json_t *answer)
{
    char *text = json_dumps (answer, JSON_INDENT (2));
    fputs (text == NULL ? "null" : text, stdout);
    fputc ('\n', stdout);
    free (text);
    json_decref (answer);
}

bool bp_console_flush (void)
{
    return fflush (stdout) == 0 && ferror (stdout) == 0;
}
