#include "app/console.h"

#include "base/text.h"
#include "delivery/mail_address.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool has_progress = false;

static void clear_progress (void)
{
    if (has_progress)
        fputs ("\r\033[K", stderr);
    has_progress = false;
}

/* In one write: stderr is not buffered. keeps_lines: the text is an answer of many lines. */
static void put (FILE *stream, const char *before, const char *text, const char *after, bool keeps_lines)
{
    g_autoptr (GString) visible = g_string_new (before);
    bp_text_append_visible (visible, text, keeps_lines);
    g_string_append (visible, after);
    fwrite (visible->str, 1, visible->len, stream);
}

void bp_console_answer (const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    put (stdout, "", text, "", true);
}

glong bp_console_width (const char *text)
{
    return g_utf8_validate (text, -1, NULL) ? g_utf8_strlen (text, -1) : (glong)strlen (text);
}

void bp_console_answer_padded (const char *text, glong width)
{
    bp_console_answer ("%s%*s  ", text, (int)MAX (width - bp_console_width (text), 0), "");
}

void bp_console_answer_ink (const BpOptions *options, BpInk ink, const char *text)
{
    static const char *const codes[] = { "", "\033[31m", "\033[33m", "\033[2m", "\033[1m" };
    const char *no_color = g_getenv ("NO_COLOR");
    bool is_coloured = ink != BP_INK_PLAIN && !options->no_color && (no_color == NULL || *no_color == '\0') && isatty (STDOUT_FILENO);
    put (stdout, is_coloured ? codes[ink] : "", text, is_coloured ? "\033[0m" : "", true);
}

void bp_console_message (const BpOptions *options, const char *format, ...)
{
    if (options->quiet)
        return;
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    g_autofree char *masked = options->mask ? bp_mail_address_dup_masked (text) : NULL;
    clear_progress ();
    put (stderr, "", masked != NULL ? masked : text, "\n", false);
}

void bp_console_error (const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    clear_progress ();
    put (stderr, "boardpack: ", text, "\n", false);
}

bool bp_console_has_progress (const BpOptions *options)
{
    return !options->quiet && isatty (STDERR_FILENO);
}

void bp_console_progress (const BpOptions *options, const char *text)
{
    if (!bp_console_has_progress (options))
        return;
    clear_progress ();
    if (text == NULL)
        return;
    put (stderr, "", text, "", false);
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
