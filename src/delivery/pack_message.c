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
        return "Board pack ready";
    case BP_PACK_MESSAGE_CORRECTION:
        return "Corrected board pack";
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

static void add_opening (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *version = bp_message_has_text (pack->version) ? g_strdup_printf (" (version %s)", pack->version) : g_strdup ("");
    switch (pack->kind)
    {
    case BP_PACK_MESSAGE_FULL:
        bp_message_add_sentence (body, "The pack is attached%s. It shows the programme as at %s.", version, as_of);
        break;
    case BP_PACK_MESSAGE_NOTICE:
        bp_message_add_sentence (body, "The pack is ready%s. It shows the programme as at %s.", version, as_of);
        bp_message_add_sentence (body, "It is marked %s and may not be sent to this address, so nothing is attached.", pack->marking);
        if (bp_message_has_text (pack->where))
            bp_message_add_sentence (body, "%s", pack->where);
        else
            bp_message_add_sentence (body, "To see it, ask the contact below.");
        break;
    case BP_PACK_MESSAGE_CORRECTION:
        bp_message_add_sentence (body, "The pack has been corrected. The new one is attached%s; it shows the programme as at %s.", version,
                                 as_of);
        bp_message_add_sentence (body, "Please delete the earlier one, and any copies of it.");
        break;
    }
}

static bool check_pack (const BpPackMessage *pack, gsize attachment_count, GError **error)
{
    if (!bp_message_has_text (pack->marking) || !bp_message_has_text (pack->forum) || !bp_message_has_text (pack->contact))
        return bp_fail (error, BP_ERROR_DELIVERY, "a message needs a marking, a forum and a contact");
    if ((pack->kind == BP_PACK_MESSAGE_NOTICE) != (attachment_count == 0))
        return bp_fail (error, BP_ERROR_DELIVERY, "a notice has no attachment, and any other message has one");
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
    if (pack->kind == BP_PACK_MESSAGE_CORRECTION)
        bp_message_add_list (body, "What changed", pack->changes);
    if (attachment_count > 0)
    {
        bp_message_body_begin (body, BP_MESSAGE_ASKS);
        bp_message_add_list (body, "Asks of the board", pack->asks);
        bp_message_body_begin (body, BP_MESSAGE_PAGE);
        bp_message_add_list (body, "Summary", pack->summary);
        bp_message_add_attachments (body, pack->marking, attachments, attachment_count);
    }
    bp_message_add_closing (body, pack->contact, pack->other_format);
    return body;
}
