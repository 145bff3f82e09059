#include "app/send_journal.h"

#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_BYTES ((gsize)1024 * 1024 * 1024)

typedef struct
{
    BpSendState state;
    gint64 at;
} Memory;

struct BpSendJournal
{
    char *path;
    GHashTable *memories; /* key of a send → Memory, the last one */
    gsize length;         /* of its whole lines */
    int descriptor;       /* -1: not written to yet */
};

void bp_send_journal_free (BpSendJournal *journal)
{
    if (journal == NULL)
        return;
    if (journal->descriptor >= 0)
        close (journal->descriptor);
    g_hash_table_unref (journal->memories);
    g_free (journal->path);
    g_free (journal);
}

/* What the ledger tells messages apart by. */
static char *dup_key (const char *run, const char *forum, const char *lead, int round, bool is_recall, const char *address)
{
    g_autofree char *address_key = bp_send_dup_address_key (address);
    return g_strdup_printf ("%s\n%s\n%s\n%d\n%d\n%s", run, forum, lead, round, is_recall, address_key);
}

static char *dup_key_of (const BpSend *send)
{
    return dup_key (send->run, send->forum, send->lead, send->round, send->kind == BP_SEND_KIND_RECALL, send->address);
}

static void remember (BpSendJournal *journal, char *key, BpSendState state, gint64 at)
{
    Memory *memory = g_new (Memory, 1);
    *memory = (Memory){ state, at };
    g_hash_table_replace (journal->memories, key, memory);
}

/* ---- reading ---- */

static bool find_state (const char *name, BpSendState *state_out)
{
    for (int i = 0; i < BP_SEND_STATE_COUNT; i++)
        if (strcmp (bp_send_state_name ((BpSendState)i), name) == 0)
        {
            *state_out = (BpSendState)i;
            return true;
        }
    return false;
}

static bool read_line (BpSendJournal *journal, const char *line, gsize length)
{
    const char *run, *forum, *lead, *address, *name;
    int round, is_recall;
    json_int_t at;
    BpSendState state;
    json_t *object = json_loadb (line, length, 0, NULL);
    const bool is_read = object != NULL
                         && json_unpack (object, "{s:I, s:s, s:s, s:s, s:s, s:i, s:b, s:s}", "at", &at, "state", &name, "run", &run,
                                         "forum", &forum, "lead", &lead, "round", &round, "recall", &is_recall, "address", &address)
                                == 0
                         && find_state (name, &state);
    if (is_read)
        remember (journal, dup_key (run, forum, lead, round, is_recall != 0, address), state, (gint64)at);
    if (object != NULL)
        json_decref (object);
    return is_read;
}

static bool read_lines (BpSendJournal *journal, const char *text, GError **error)
{
    const char *at = text;
    int number = 1;
    for (const char *end = strchr (at, '\n'); end != NULL; at = end + 1, end = strchr (at, '\n'), number++)
        if (!read_line (journal, at, (gsize)(end - at)))
            return bp_fail (error, BP_ERROR_FAILED,
                            "%s, line %d: cannot be read; it says what was sent, so nothing is sent before the line is mended or taken out",
                            journal->path, number);
    journal->length = (gsize)(at - text);
    return true;
}

BpSendJournal *bp_send_journal_open (const char *store_path, GError **error)
{
    g_autofree char *real = realpath (store_path, NULL), *text = NULL;
    g_autoptr (BpSendJournal) journal = g_new0 (BpSendJournal, 1);
    gsize length;
    journal->path = g_strconcat (real != NULL ? real : store_path, ".sent", NULL);
    journal->memories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    journal->descriptor = -1;
    if (!bp_file_is_missing (journal->path)
        && (!bp_file_read (journal->path, MAX_BYTES, &text, &length, error) || !read_lines (journal, text, error)))
        return NULL;
    return g_steal_pointer (&journal);
}

bool bp_send_journal_remembers (const BpSendJournal *journal, const BpSend *send, BpSendState *state_out, gint64 *at_out)
{
    g_autofree char *key = dup_key_of (send);
    const Memory *memory = send->kind != BP_SEND_KIND_TEST ? g_hash_table_lookup (journal->memories, key) : NULL;
    if (memory == NULL)
        return false;
    *state_out = memory->state == BP_SEND_STATE_INTENT ? BP_SEND_STATE_DOUBTFUL : memory->state;
    *at_out = memory->at;
    return !bp_send_state_may_become (*state_out, BP_SEND_STATE_INTENT);
}

/* ---- writing ---- */

/* At the end of its whole lines. */
static bool open_end (BpSendJournal *journal, GError **error)
{
    if (journal->descriptor >= 0)
        return true;
    journal->descriptor = open (journal->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666); /* the umask says who else */
    if (journal->descriptor < 0)
        return bp_file_fail (error, journal->path, "the file cannot be opened", errno);
    return ftruncate (journal->descriptor, (off_t)journal->length) == 0
           || bp_file_fail (error, journal->path, "the file cannot be written", errno);
}

static char *dup_line (const BpSend *send, gint64 at)
{
    json_t *object = json_pack ("{s:I, s:s, s:s, s:s, s:s, s:i, s:b, s:s}", "at", (json_int_t)at, "state", bp_send_state_name (send->state),
                                "run", send->run, "forum", send->forum, "lead", send->lead, "round", send->round, "recall",
                                send->kind == BP_SEND_KIND_RECALL, "address", send->address);
    char *text = object != NULL ? json_dumps (object, JSON_COMPACT) : NULL;
    char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;
    free (text);
    if (object != NULL)
        json_decref (object);
    return line;
}

bool bp_send_journal_add (BpSendJournal *journal, const BpSend *send, gint64 at, GError **error)
{
    if (send->kind == BP_SEND_KIND_TEST)
        return true;
    g_autofree char *line = dup_line (send, at);
    if (line == NULL)
        return bp_fail (error, BP_ERROR_FAILED, "%s: the message to be entered has a name that is no UTF-8", journal->path);
    if (!open_end (journal, error))
        return false;
    const gsize length = strlen (line);
    if (!bp_file_write_all (journal->descriptor, line, length) || fdatasync (journal->descriptor) != 0)
        return bp_file_fail (error, journal->path, "the file cannot be written", errno);
    journal->length += length;
    remember (journal, dup_key_of (send), send->state, at);
    return true;
}
