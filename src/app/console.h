#ifndef BP_APP_CONSOLE_H
#define BP_APP_CONSOLE_H

#include "app/options.h"

#include <jansson.h>

/* Answers go to stdout, messages to stderr. Text is UTF-8; what a terminal would obey instead of showing it (controls, marks that turn the
 * direction of writing) is printed as "\\x1b" or "\\u202e", and in messages, which are one line, line ends too. */
typedef enum
{
    BP_INK_PLAIN,
    BP_INK_RED,
    BP_INK_YELLOW,
    BP_INK_DIM,
    BP_INK_BOLD
} BpInk;

void bp_console_answer (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* The text, filled up to so many characters, and two spaces. */
void bp_console_answer_padded (const char *text, glong width);
glong bp_console_width (const char *text);
/* One word or phrase of an answer, coloured if stdout is a terminal and colours are wanted. */
void bp_console_answer_ink (const BpOptions *options, BpInk ink, const char *text);
/* Not with --quiet; with --mask no address is whole. A line end is added. */
void bp_console_message (const BpOptions *options, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "boardpack: …" on stderr, always. */
void bp_console_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Whether progress is shown at all: on a terminal, and not with --quiet. */
bool bp_console_has_progress (const BpOptions *options);
/* What is being done now: on a terminal alone, one line that the next replaces. NULL clears it. */
void bp_console_progress (const BpOptions *options, const char *text);
/* Prints an answer as JSON and lets go of it. */
void bp_console_answer_json (json_t *answer);
/* A JSON string of any text (invalid UTF-8 is replaced); JSON null of NULL. */
json_t *bp_json_text (const char *text);
/* False if stdout could not take all that was written: a full disk, for example. */
bool bp_console_flush (void);

#endif
