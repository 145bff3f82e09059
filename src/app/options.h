#ifndef BP_APP_OPTIONS_H
#define BP_APP_OPTIONS_H

#include "base/date.h"
#include "base/error.h"

/* Which options a command takes. */
typedef enum
{
    BP_OPTION_EVERY = 1 << 0, /* -C, --json, --quiet, --no-color, --strict, --help */
    BP_OPTION_AS_OF = 1 << 1,
    BP_OPTION_KNOWN = 1 << 2,
    BP_OPTION_FORUM = 1 << 3,
    BP_OPTION_FORMAT = 1 << 4,
    BP_OPTION_DRAFT = 1 << 5,
    BP_OPTION_JOBS = 1 << 6,
    BP_OPTION_LEAD = 1 << 7,
    BP_OPTION_PREPARED_BY = 1 << 8,
    BP_OPTION_CORRECTION = 1 << 9,
    BP_OPTION_BY = 1 << 10,
    BP_OPTION_ROLE = 1 << 11,
    BP_OPTION_NOTE = 1 << 12,
    BP_OPTION_WITHDRAW = 1 << 13,
    BP_OPTION_FILE = 1 << 14,
    BP_OPTION_WITHIN = 1 << 15,
    BP_OPTION_SEND_ALONE = 1 << 16, /* what no other command takes */
    BP_OPTION_MAIL = 1 << 17,       /* what commands that send take */
    BP_OPTION_REMIND = 1 << 18,
    BP_OPTION_MASK = 1 << 19,
    BP_OPTION_MANIFEST_SUM = 1 << 24,
    BP_OPTION_TO = 1 << 25,
    BP_OPTION_SEND
    = BP_OPTION_MAIL | BP_OPTION_TO | BP_OPTION_MASK | BP_OPTION_SEND_ALONE | BP_OPTION_FORUM | BP_OPTION_BY | BP_OPTION_NOTE,
    BP_OPTION_COLLECT = BP_OPTION_MAIL | BP_OPTION_TO | BP_OPTION_MASK | BP_OPTION_REMIND | BP_OPTION_LEAD | BP_OPTION_BY | BP_OPTION_NOTE,
    BP_OPTION_APPROVE = BP_OPTION_FORUM | BP_OPTION_BY | BP_OPTION_ROLE | BP_OPTION_NOTE | BP_OPTION_WITHDRAW,
    BP_OPTION_BUILD = BP_OPTION_AS_OF | BP_OPTION_KNOWN | BP_OPTION_FORUM | BP_OPTION_FORMAT | BP_OPTION_LEAD | BP_OPTION_DRAFT
                      | BP_OPTION_JOBS | BP_OPTION_PREPARED_BY | BP_OPTION_CORRECTION
} BpOptionSet;

typedef struct
{
    /* as typed; NULL: not given */
    char *folder, *as_of_text, *known_text, *formats_text, *jobs_text, *lead, *within_text;
    char *file, *manifest_sum;
    char *confirm, *to_me, *to;
    char *prepared_by, *correction, *by, *role, *note; /* one line of UTF-8, trimmed */
    char **forums;
    gboolean json, quiet, no_color, strict, help, version, draft, withdraw, is_correction, approved, remind, mask, resolve, arrived,
        not_arrived, told; /* GLib's option parser writes gbooleans */
    /* as read */
    BpDate as_of; /* BP_DATE_NONE: today */
    BpDate known; /* BP_DATE_NONE: now */
    int jobs;     /* at least 1 */
    int within_days;
    char **formats; /* NULL: pdf and xlsx */
} BpOptions;

void bp_options_clear (BpOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpOptions, bp_options_clear)

/* The index of the command's word in argv, past options and their values; 0 if there is none. */
int bp_options_find_verb (int argc, char **argv);
/* Reads the options of a command from *argv (NULL-ended, program name first), in any order, and takes them out; what is left are the
 * arguments. verb names the command in messages (NULL: none). Fails with BP_ERROR_USAGE. */
bool bp_options_parse (BpOptions *options, BpOptionSet accepted, const char *verb, char ***argv, GError **error);
/* One line for each option of the set: "  --as-of DATE   …". */
void bp_options_describe (BpOptionSet accepted, GString *text);
const char *bp_options_folder (const BpOptions *options); /* "." if -C was not given */

#endif
