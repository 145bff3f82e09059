#include "app/next_step.h"

#include "app/console.h"
#include "app/list_sends.h"

#include <string.h>

#define LATEST "latest"

/* ---- commands ---- */

static void append_word (GString *text, const char *word)
{
    static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.,:/@+=";
    g_autofree char *quoted = strspn (word, plain) == strlen (word) && *word != '\0' ? g_strdup (word) : g_shell_quote (word);
    g_string_append_printf (text, " %s", quoted);
}

void bp_next_step_append_forums (GString *text, const char *const *forums)
{
    for (int i = 0; forums != NULL && forums[i] != NULL; i++)
    {
        g_string_append (text, " --forum");
        append_word (text, forums[i]);
    }
}

char *bp_next_step_dup_approve (const char *run, const char *const *forums)
{
    GString *text = g_string_new ("boardpack approve");
    append_word (text, run);
    bp_next_step_append_forums (text, forums);
    g_string_append (text, " --by NAME --role ROLE");
    return g_string_free (text, FALSE);
}

/* The call that was made, without what only shapes its answer. */
static GString *new_call (const BpDispatch *dispatch, const char *confirmation, bool is_correction)
{
    const BpOptions *options = dispatch->options;
    GString *text = g_string_new (dispatch->is_for_leads ? "boardpack collect" : "boardpack send");
    if (options->approved)
        g_string_append (text, " --approved");
    else if (!dispatch->is_for_leads || strcmp (confirmation, LATEST) != 0)
        append_word (text, confirmation);
    bp_next_step_append_forums (text, (const char *const *)options->forums);
    if (options->lead != NULL)
    {
        g_string_append (text, " --lead");
        append_word (text, options->lead);
    }
    if (is_correction)
        g_string_append (text, " --correction");
    if (options->remind)
        g_string_append (text, " --remind");
    return text;
}

static char *dup_confirmed (const BpDispatch *dispatch, const char *confirmation)
{
    GString *text = new_call (dispatch, confirmation, dispatch->options->is_correction);
    if (dispatch->options->to_me != NULL)
    {
        g_string_append (text, " --to-me");
        append_word (text, dispatch->options->to_me);
    }
    g_string_append (text, " --confirm");
    append_word (text, confirmation);
    return g_string_free (text, FALSE);
}

/* ---- what a person has to find out ---- */

/* "boardpack send --resolve 2025-07-31-1 --forum bbp --to ann@example.org" */
static char *dup_resolve (const BpSend *send)
{
    const bool is_lead = bp_send_is_for_lead (send);
    GString *text = g_string_new (is_lead ? "boardpack collect --resolve" : "boardpack send --resolve");
    append_word (text, send->run);
    g_string_append (text, is_lead ? " --lead" : " --forum");
    append_word (text, bp_send_whose (send));
    g_string_append (text, " --to");
    append_word (text, send->address);
    return g_string_free (text, FALSE);
}

void bp_next_step_for_doubtful (const BpOptions *options, const BpSend *send)
{
    g_autofree char *command = dup_resolve (send);
    if (send->state == BP_SEND_STATE_DOUBTFUL && send->kind != BP_SEND_KIND_TEST)
        bp_console_message (options, "next: find out whether %s has it, then: %s --arrived|--not-arrived --by NAME --note TEXT",
                            send->address, command);
}

/* Whether there is any. */
static bool say_all_doubtful (const BpDispatch *dispatch)
{
    bool has_any = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (letter->fault != NULL || letter->send->state != BP_SEND_STATE_DOUBTFUL || letter->send->kind == BP_SEND_KIND_TEST)
            continue;
        bp_next_step_for_doubtful (dispatch->options, letter->send);
        has_any = true;
    }
    return has_any;
}

/* ---- after a rehearsal ---- */

/* Versions of 2 and more go with --correction, and others do not: whether one was held that the other call would send. */
static bool is_other_call (const BpDispatch *dispatch)
{
    const BpOptions *options = dispatch->options;
    bool has_other = false;
    for (guint i = 0; i < dispatch->packs->len; i++)
    {
        const BpSendablePack *pack = dispatch->packs->pdata[i];
        has_other = has_other || (pack->refusal == NULL && (pack->version > 1) != (bool)options->is_correction);
    }
    return has_other && options->to_me == NULL && !options->approved;
}

void bp_next_step_after_rehearsal (const BpDispatch *dispatch, const char *confirmation)
{
    g_autofree char *command = dup_confirmed (dispatch, confirmation);
    bool has_any = false;
    (void)say_all_doubtful (dispatch);
    for (guint i = 0; i < dispatch->letters->len; i++)
        has_any = has_any || bp_letter_goes (dispatch->letters->pdata[i]);
    if (has_any)
        bp_console_message (dispatch->options, "next, to send: %s", command);
    if (is_other_call (dispatch))
    {
        g_autoptr (GString) other = new_call (dispatch, confirmation, !dispatch->options->is_correction);
        bp_console_message (dispatch->options, "next, for %s: %s", dispatch->options->is_correction ? "first versions" : "corrections",
                            other->str);
    }
}

/* ---- after a delivery ---- */

static bool is_open (const BpLetter *letter)
{
    return letter->fault == NULL && letter->obstacle == NULL && bp_send_state_may_become (letter->send->state, BP_SEND_STATE_INTENT);
}

/* A scheduler asks no server again that refused for good: that goes by name, once somebody has seen to it. */
static void say_refused_by_name (const BpDispatch *dispatch)
{
    g_autoptr (GHashTable) runs = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpSend *send = ((const BpLetter *)dispatch->letters->pdata[i])->send;
        if (send->state == BP_SEND_STATE_REJECTED && g_hash_table_add (runs, send->run))
            bp_console_message (dispatch->options,
                                "next, for what was rejected: see to the address, then: boardpack send %s%s --confirm %s", send->run,
                                send->version > 1 ? " --correction" : "", send->run);
    }
}

/* What a server will not take, a person can say. */
static void say_refused_recalls (const BpDispatch *dispatch)
{
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpSend *send = ((const BpLetter *)dispatch->letters->pdata[i])->send;
        if (send->kind != BP_SEND_KIND_RECALL || send->state != BP_SEND_STATE_REJECTED)
            continue;
        g_autofree char *command = dup_resolve (send);
        bp_console_message (dispatch->options, "next, or: tell %s to delete the earlier version, then: %s --told --by NAME --note TEXT",
                            send->address, command);
    }
}

static void say_open (const BpDispatch *dispatch, const char *confirmation)
{
    int counts[BP_SEND_STATE_COUNT] = { 0 };
    g_autofree char *command = dup_confirmed (dispatch, confirmation);
    bool is_by_same = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        const BpLetter *letter = dispatch->letters->pdata[i];
        if (!is_open (letter))
            continue;
        counts[letter->send->state]++;
        is_by_same = is_by_same || !dispatch->options->approved || letter->send->state != BP_SEND_STATE_REJECTED;
    }
    if (dispatch->options->approved)
        counts[BP_SEND_STATE_REJECTED] = 0;
    g_autofree char *states = bp_send_counts_dup_text (counts);
    if (is_by_same)
        bp_console_message (dispatch->options, "next, for %s: the same command: %s", states, command);
    if (dispatch->options->approved)
        say_refused_by_name (dispatch);
    say_refused_recalls (dispatch);
}

/* Nothing is left to do but to look. */
static void say_done (const BpDispatch *dispatch, const char *confirmation)
{
    const BpOptions *options = dispatch->options;
    if (dispatch->is_for_leads)
        bp_console_message (options, "next, to see what has come back: boardpack list returns");
    else if (options->to_me == NULL)
        bp_console_message (options, "next, to see who has what: boardpack list sends%s%s", options->approved ? "" : " ",
                            options->approved ? "" : confirmation);
}

/* A test is there to be looked at before the others get theirs. */
static void say_tested (const BpDispatch *dispatch, const char *confirmation)
{
    g_autoptr (GString) call = new_call (dispatch, confirmation, dispatch->options->is_correction);
    g_autofree char *approve = bp_next_step_dup_approve (confirmation, (const char *const *)dispatch->options->forums);
    const bool is_draft = dispatch->packs->len > 0 && ((const BpSendablePack *)dispatch->packs->pdata[0])->version == 0;
    if (dispatch->is_for_leads)
        bp_console_message (dispatch->options, "next, to rehearse: %s", call->str);
    else if (is_draft)
        bp_console_message (dispatch->options, "next, for the packs that can be approved: boardpack run --prepared-by NAME");
    else
        bp_console_message (dispatch->options, "next, unless that is done: %s; then, to rehearse: %s", approve, call->str);
}

void bp_next_step_after_delivery (const BpDispatch *dispatch, const char *confirmation)
{
    const bool has_doubtful = say_all_doubtful (dispatch);
    bool has_open = false, has_obstacle = false;
    for (guint i = 0; i < dispatch->letters->len; i++)
    {
        has_open = has_open || is_open (dispatch->letters->pdata[i]);
        has_obstacle = has_obstacle || ((const BpLetter *)dispatch->letters->pdata[i])->obstacle != NULL; /* and it says what to do */
    }
    if (has_open)
        say_open (dispatch, confirmation);
    else if (dispatch->options->to_me != NULL && !has_doubtful && dispatch->letters->len > 0)
        say_tested (dispatch, confirmation);
    else if (!has_doubtful && !has_obstacle && dispatch->letters->len > 0)
        say_done (dispatch, confirmation);
}
