#include "delivery/pack_message.h"

#include "delivery/message_words.h"

static bool has_lines (const char *const *lines)
{
    return lines != NULL && lines[0] != NULL;
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

static void add_replaced (BpMessageBody *body, const BpPackMessage *pack, const char *of_what)
{
    const BpReplacedPack *replaced = pack->replaced;
    g_autofree char *now = dup_version (pack->version, "the new pack"), *before = dup_version (replaced->version, "the earlier one");
    g_autofree char *when = dup_when_sent (replaced);
    now[0] = g_ascii_toupper (now[0]);
    bp_message_add_sentence (body, "%s replaces %s%s%s.", now, before, of_what, when);
}

static void add_deletion (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *before = dup_version (pack->replaced != NULL ? pack->replaced->version : NULL, "the earlier one");
    if (pack->replaced != NULL && pack->replaced->is_notice)
        bp_message_add_sentence (body, "If you have got %s since, please delete it, and any copies.", before);
    else
        bp_message_add_sentence (body, "Please delete %s, and any copies.", before);
}

static void add_pack (BpMessageBody *body, const char *version, const char *as_of)
{
    bp_message_add_sentence (body, "The pack is attached%s. It shows the programme as at %s.", version, as_of);
}

static void add_notice (BpMessageBody *body, const BpPackMessage *pack, const char *version, const char *as_of)
{
    bp_message_add_sentence (body, "%s pack is ready%s. It shows the programme as at %s.", pack->replaced != NULL ? "A corrected" : "The",
                             version, as_of);
    if (pack->replaced != NULL)
    {
        add_replaced (body, pack, "");
        add_deletion (body, pack);
    }
    bp_message_add_sentence (body, "It is marked %s and may not be sent to this address, so nothing is attached.", pack->marking);
    if (bp_message_has_text (pack->where))
        bp_message_add_sentence (body, "%s", pack->where);
    else
        bp_message_add_sentence (body, "To see it, ask the contact below.");
}

static void add_correction (BpMessageBody *body, const BpPackMessage *pack, const char *version, const char *as_of)
{
    bp_message_add_sentence (body, "The pack has been corrected. The new one is attached%s; it shows the programme as at %s.", version,
                             as_of);
    if (pack->replaced != NULL)
        add_replaced (body, pack, "");
    add_deletion (body, pack);
}

static void add_recall (BpMessageBody *body, const BpPackMessage *pack, const char *as_of)
{
    g_autofree char *of_what = g_strdup_printf (" of the board pack for %s, as at %s", pack->forum, as_of);
    add_replaced (body, pack, of_what);
    bp_message_add_sentence (body, "You are no longer on the list, so the new one is not attached.");
    add_deletion (body, pack);
}

static void add_opening (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *version = bp_message_has_text (pack->version) ? g_strdup_printf (", version %s", pack->version) : g_strdup ("");
    for (int i = 0; pack->remarks != NULL && pack->remarks[i] != NULL; i++)
        bp_message_add_sentence (body, "%s", pack->remarks[i]);
    switch (pack->kind)
    {
    case BP_PACK_MESSAGE_FULL:
        add_pack (body, version, as_of);
        break;
    case BP_PACK_MESSAGE_NOTICE:
        add_notice (body, pack, version, as_of);
        break;
    case BP_PACK_MESSAGE_CORRECTION:
        add_correction (body, pack, version, as_of);
        break;
    case BP_PACK_MESSAGE_RECALL:
        add_recall (body, pack, as_of);
        break;
    }
}

/* ---- all of it ---- */

static bool is_without_pack (const BpPackMessage *pack)
{
    return pack->kind == BP_PACK_MESSAGE_NOTICE || pack->kind == BP_PACK_MESSAGE_RECALL;
}

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
    g_autofree char *occasion = dup_occasion (pack);
    g_autofree char *title = g_strdup_printf ("%s: %s", kind_words (pack), occasion);
    BpMessageBody *body = bp_message_body_new (pack->language, pack->marking, title);
    add_opening (body, pack);
    if (pack->kind == BP_PACK_MESSAGE_CORRECTION || pack->kind == BP_PACK_MESSAGE_RECALL)
        bp_message_add_list (body, "What changed", pack->changes);
    if (attachment_count > 0)
    {
        bp_message_body_begin (body, BP_MESSAGE_ASKS);
        bp_message_add_list (body, "Asks of the board", pack->asks);
        bp_message_body_begin (body, BP_MESSAGE_PAGE);
        bp_message_add_list (body, "Summary", pack->summary);
        bp_message_add_attachments (body, pack->marking, attachments, attachment_count);
    }
    bp_message_add_closing (body, pack->contact, pack->other_format, attachment_count > 0);
    return body;
}
