#include "delivery/pack_message.h"

#include "delivery/message_words.h"

static bool has_lines (const char *const *lines)
{
    return lines != NULL && lines[0] != NULL;
}

static bool is_without_pack (const BpPackMessage *pack)
{
    return pack->kind == BP_PACK_MESSAGE_NOTICE || pack->kind == BP_PACK_MESSAGE_RECALL;
}

/* "Partnership Board, 12 September 2025" */
static char *dup_occasion (const BpPackMessage *pack)
{
    if (pack->meeting_date == BP_DATE_NONE)
        return g_strdup (pack->forum);
    g_autofree char *date = bp_date_dup_text (pack->meeting_date, BP_DATE_LONG);
    return g_strdup_printf ("%s, %s", pack->forum, date);
}

static const char *kind_words (const BpPackMessage *pack)
{
    switch (pack->kind)
    {
    case BP_PACK_MESSAGE_FULL:
        return "Board pack";
    case BP_PACK_MESSAGE_NOTICE:
        return pack->replaced != NULL ? "Corrected board pack" : "Board pack ready";
    case BP_PACK_MESSAGE_CORRECTION:
        return "Corrected board pack";
    case BP_PACK_MESSAGE_RECALL:
        return "Replaced board pack";
    }
    g_assert_not_reached ();
}

char *bp_pack_message_dup_subject (const BpPackMessage *pack)
{
    g_autofree char *occasion = dup_occasion (pack);
    g_autofree char *about
        = pack->kind != BP_PACK_MESSAGE_FULL ? g_strdup_printf ("%s: %s", kind_words (pack), occasion) : g_strdup (occasion);
    return bp_message_dup_subject (pack->subject_trigger, pack->marking, pack->subject_prefix, about);
}

/* ---- the opening ---- */

/* "version 2"; otherwise is what to say when nobody knows which. */
static char *dup_version (const char *version, const char *otherwise)
{
    return bp_message_has_text (version) ? g_strdup_printf ("version %s", version) : g_strdup (otherwise);
}

/* ", which you were sent on 1 August 2025" */
static char *dup_when_sent (const BpReplacedPack *replaced)
{
    if (replaced->sent_on == BP_DATE_NONE)
        return g_strdup ("");
    g_autofree char *date = bp_date_dup_text (replaced->sent_on, BP_DATE_LONG);
    const char *words = replaced->is_doubtful ? "which may have been sent to you" : "which you were sent";
    return g_strdup_printf (", %s on %s", replaced->is_notice ? "of which you were told" : words, date);
}

/* "Version 2 replaces version 1, which you were sent on 1 August 2025." */
static char *dup_replaced (const BpPackMessage *pack, const char *of_what)
{
    const BpReplacedPack *replaced = pack->replaced;
    g_autofree char *now = dup_version (pack->version, "the new pack"), *before = dup_version (replaced->version, "the earlier one");
    g_autofree char *when = dup_when_sent (replaced);
    now[0] = g_ascii_toupper (now[0]);
    return g_strdup_printf ("%s replaces %s%s%s.", now, before, of_what, when);
}

static char *dup_deletion (const BpPackMessage *pack)
{
    g_autofree char *before = dup_version (pack->replaced != NULL ? pack->replaced->version : NULL, "the earlier one");
    return pack->replaced != NULL && pack->replaced->is_notice
               ? g_strdup_printf ("If you have got %s since, please delete it, and any copies.", before)
               : g_strdup_printf ("Please delete %s, and any copies.", before);
}

/* What is replaced, if that is known, and what to do about it. */
static void add_replaced (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *replaced = pack->replaced != NULL ? dup_replaced (pack, "") : g_strdup ("The pack has been corrected.");
    g_autofree char *deletion = dup_deletion (pack);
    bp_message_add_sentence (body, "%s %s", replaced, deletion);
}

/* "the pack for the meeting on 12 September 2025": whose meeting it is says the heading above. */
static char *dup_what (const BpPackMessage *pack)
{
    if (pack->meeting_date == BP_DATE_NONE)
        return g_strdup ("the pack");
    g_autofree char *date = bp_date_dup_text (pack->meeting_date, BP_DATE_LONG);
    return g_strdup_printf ("the pack for the meeting on %s", date);
}

/* "Version 2 of the pack for the meeting on 12 September 2025 is attached. It shows the programme as at 31 July 2025." */
static void add_arrival (BpMessageBody *body, const BpPackMessage *pack, const char *as_of)
{
    g_autofree char *version = dup_version (pack->version, "a draft"), *what = dup_what (pack);
    version[0] = g_ascii_toupper (version[0]);
    bp_message_add_sentence (body, "%s of %s is %s. It shows the programme as at %s.", version, what,
                             is_without_pack (pack) ? "ready" : "attached", as_of);
}

static void add_notice (BpMessageBody *body, const BpPackMessage *pack, const char *as_of)
{
    add_arrival (body, pack, as_of);
    if (pack->replaced != NULL)
        add_replaced (body, pack);
    bp_message_add_sentence (body,
                             "The pack is marked %s and may not be sent to this address, so nothing is attached. To see it, ask the "
                             "contact below.",
                             pack->marking);
}

static void add_correction (BpMessageBody *body, const BpPackMessage *pack, const char *as_of)
{
    add_arrival (body, pack, as_of);
    add_replaced (body, pack);
}

static void add_recall (BpMessageBody *body, const BpPackMessage *pack, const char *as_of)
{
    g_autofree char *what = dup_what (pack), *of_what = g_strdup_printf (" of %s, as at %s", what, as_of);
    g_autofree char *replaced = dup_replaced (pack, of_what), *deletion = dup_deletion (pack);
    bp_message_add_sentence (body, "%s", replaced);
    bp_message_add_sentence (body, "You are no longer on the list, so the new one is not attached. %s", deletion);
}

static void add_opening (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    for (int i = 0; pack->remarks != NULL && pack->remarks[i] != NULL; i++)
        bp_message_add_sentence (body, "%s", pack->remarks[i]);
    switch (pack->kind)
    {
    case BP_PACK_MESSAGE_FULL:
        add_arrival (body, pack, as_of);
        break;
    case BP_PACK_MESSAGE_NOTICE:
        add_notice (body, pack, as_of);
        break;
    case BP_PACK_MESSAGE_CORRECTION:
        add_correction (body, pack, as_of);
        break;
    case BP_PACK_MESSAGE_RECALL:
        add_recall (body, pack, as_of);
        break;
    }
}

/* ---- what the pack holds ---- */

static void add_asks (BpMessageBody *body, const BpPackMessage *pack)
{
    if (bp_message_has_text (pack->asks_heading))
    {
        bp_message_body_begin (body, BP_MESSAGE_ASKS);
        bp_message_body_add_heading (body, pack->asks_heading);
        for (gsize i = 0; i < pack->ask_count; i++)
            bp_message_body_add_numbered (body, pack->asks[i].number, pack->asks[i].kind, pack->asks[i].text, pack->asks[i].below);
    }
    if (bp_message_has_text (pack->asks_note))
        bp_message_add_sentence (body, "%s", pack->asks_note);
    bp_message_body_begin (body, BP_MESSAGE_PAGE);
}

/* ---- all of it ---- */

static bool check_pack (const BpPackMessage *pack, gsize attachment_count, GError **error)
{
    if (!bp_message_has_text (pack->marking) || !bp_message_has_text (pack->forum) || !bp_message_has_text (pack->contact))
        return bp_fail (error, BP_ERROR_DELIVERY, "a message needs a marking, a forum and a contact");
    if (is_without_pack (pack) != (attachment_count == 0))
        return bp_fail (error, BP_ERROR_DELIVERY, "a notice has no attachment, nor has a recall, and any other message has one");
    if (pack->kind == BP_PACK_MESSAGE_RECALL && pack->replaced == NULL)
        return bp_fail (error, BP_ERROR_DELIVERY, "a recall has to say which version it recalls");
    if (pack->kind == BP_PACK_MESSAGE_CORRECTION && !has_lines (pack->changes))
        return bp_fail (error, BP_ERROR_DELIVERY, "a correction has to say what changed; give a change note");
    return true;
}

BpMessageBody *bp_pack_message_new_body (const BpPackMessage *pack, const BpAttachment *attachments, gsize attachment_count, GError **error)
{
    if (!check_pack (pack, attachment_count, error))
        return NULL;
    g_autofree char *title = g_strdup_printf ("%s: %s", kind_words (pack), pack->forum);
    BpMessageBody *body = bp_message_body_new (pack->language, pack->marking, title);
    bp_message_body_set_handling (body, pack->handling);
    add_opening (body, pack);
    if (pack->kind == BP_PACK_MESSAGE_CORRECTION)
        bp_message_add_list (body, "What changed", pack->changes);
    if (attachment_count > 0)
    {
        add_asks (body, pack);
        bp_message_add_list (body, "Summary", pack->summary);
        bp_message_add_attachments (body, pack->marking, attachments, attachment_count);
    }
    bp_message_add_closing (body, pack->contact, pack->other_format, attachment_count > 0);
    return body;
}
