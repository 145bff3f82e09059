#include "store/sends.h"

#include <string.h>

#define MAX_WORDS 1000 /* bytes */

/* from × to, as sends.h says. */
static const bool may_become[BP_SEND_STATE_COUNT][BP_SEND_STATE_COUNT] = {
    [BP_SEND_STATE_PLANNED] = { [BP_SEND_STATE_INTENT] = true, [BP_SEND_STATE_FAILED] = true, [BP_SEND_STATE_TOLD] = true },
    [BP_SEND_STATE_INTENT] = { [BP_SEND_STATE_ACCEPTED] = true,
                               [BP_SEND_STATE_REJECTED] = true,
                               [BP_SEND_STATE_DEFERRED] = true,
                               [BP_SEND_STATE_DOUBTFUL] = true,
                               [BP_SEND_STATE_FAILED] = true },
    [BP_SEND_STATE_ACCEPTED] = { false },
    [BP_SEND_STATE_REJECTED] = { [BP_SEND_STATE_INTENT] = true, [BP_SEND_STATE_TOLD] = true },
    [BP_SEND_STATE_DEFERRED] = { [BP_SEND_STATE_INTENT] = true, [BP_SEND_STATE_FAILED] = true, [BP_SEND_STATE_TOLD] = true },
    [BP_SEND_STATE_DOUBTFUL] = { [BP_SEND_STATE_ACCEPTED] = true, [BP_SEND_STATE_FAILED] = true, [BP_SEND_STATE_TOLD] = true },
    [BP_SEND_STATE_FAILED] = { [BP_SEND_STATE_INTENT] = true, [BP_SEND_STATE_TOLD] = true },
    [BP_SEND_STATE_TOLD] = { false },
};

static const char *const state_names[BP_SEND_STATE_COUNT]
    = { "planned", "intent", "accepted", "rejected", "deferred", "doubtful", "failed", "told" };

static const char *const kind_names[BP_SEND_KIND_COUNT] = { "pack", "notice", "correction", "test", "sheet", "reminder", "recall" };

bool bp_send_state_may_become (BpSendState from, BpSendState to)
{
    return may_become[from][to];
}

bool bp_send_state_may_be_replaced (BpSendState state)
{
    return state == BP_SEND_STATE_PLANNED || state == BP_SEND_STATE_REJECTED || state == BP_SEND_STATE_FAILED;
}

const char *bp_send_state_name (BpSendState state)
{
    return state_names[state];
}

const char *bp_send_kind_name (BpSendKind kind)
{
    return kind_names[kind];
}

BpSend *bp_send_new (BpSendKind kind, const char *run, const char *forum, BpDate as_of, int version, const char *address,
                     const char *message_id, const GPtrArray *files)
{
    BpSend *send = g_new (BpSend, 1);
    *send = (BpSend){ .kind = kind,
                      .state = BP_SEND_STATE_PLANNED,
                      .run = g_strdup (run),
                      .forum = g_strdup (forum),
                      .lead = g_strdup (""),
                      .as_of = as_of,
                      .version = version,
                      .address = g_strdup (address),
                      .message_id = g_strdup (message_id),
                      .files = bp_pack_files_dup (files),
                      .words = g_strdup ("") };
    return send;
}

BpSend *bp_send_new_for_lead (BpSendKind kind, const char *run, const char *lead, BpDate as_of, int round, const char *address,
                              const char *message_id, const GPtrArray *files)
{
    BpSend *send = bp_send_new (kind, run, "", as_of, 0, address, message_id, files);
    g_free (send->lead);
    send->lead = g_strdup (lead);
    send->round = round;
    return send;
}

BpSend *bp_send_dup_planned (const BpSend *send)
{
    BpSend *copy
        = bp_send_new_for_lead (send->kind, send->run, send->lead, send->as_of, send->round, send->address, send->message_id, send->files);
    g_free (copy->forum);
    copy->forum = g_strdup (send->forum);
    copy->version = send->version;
    return copy;
}

bool bp_send_kind_attaches (BpSendKind kind)
{
    return kind != BP_SEND_KIND_NOTICE && kind != BP_SEND_KIND_RECALL;
}

char *bp_send_dup_address_key (const char *address)
{
    g_autofree char *valid = g_strstrip (g_utf8_make_valid (address, -1));
    return g_utf8_casefold (valid, -1);
}

bool bp_send_is_same_message (const BpSend *left, const BpSend *right)
{
    return left->kind == right->kind && strcmp (left->message_id, right->message_id) == 0
           && bp_pack_files_are_same (left->files, right->files);
}

void bp_send_take_message (BpSend *send, const BpSend *from)
{
    send->kind = from->kind;
    g_free (send->message_id);
    send->message_id = g_strdup (from->message_id);
    g_ptr_array_unref (send->files);
    send->files = bp_pack_files_dup (from->files);
}

void bp_send_exchange (BpSend *send, BpSend *other)
{
    const BpSend before = *send;
    *send = *other;
    *other = before;
}

bool bp_send_is_for_lead (const BpSend *send)
{
    return *send->lead != '\0';
}

const char *bp_send_whose (const BpSend *send)
{
    return bp_send_is_for_lead (send) ? send->lead : send->forum;
}

void bp_send_set_words (BpSend *send, const char *words)
{
    g_autofree char *line = g_utf8_make_valid (words != NULL ? words : "", -1);
    for (char *at = line; *at != '\0'; at++)
        if (g_ascii_iscntrl (*at))
            *at = ' ';
    g_strchomp (line);
    gsize length = strlen (line);
    if (length > MAX_WORDS)
        length = (gsize)(g_utf8_find_prev_char (line, line + MAX_WORDS + 1) - line);
    g_free (send->words);
    send->words = g_strndup (line, length);
}

void bp_send_free (BpSend *send)
{
    if (send == NULL)
        return;
    g_free (send->run);
    g_free (send->forum);
    g_free (send->lead);
    g_free (send->address);
    g_free (send->message_id);
    g_clear_pointer (&send->files, g_ptr_array_unref);
    g_free (send->words);
    g_free (send);
}

GPtrArray *bp_sends_new (void)
{
    return g_ptr_array_new_with_free_func ((GDestroyNotify)bp_send_free);
}
