#include "delivery/pack_message.h"

#include "base/text.h"

#define BYTES_IN_KB 1000
#define BYTES_IN_MB 1000000

static bool has_text (const char *text)
{
    return text != NULL && !bp_text_is_blank (text);
}

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
    GString *out = g_string_new (NULL);
    if (has_text (pack->subject_trigger))
        g_string_append_printf (out, "%s ", pack->subject_trigger);
    g_string_append_printf (out, "%s: ", pack->marking);
    if (has_text (pack->subject_prefix))
        g_string_append_printf (out, "%s: ", pack->subject_prefix);
    if (pack->kind != BP_PACK_MESSAGE_FULL)
        g_string_append_printf (out, "%s: ", kind_words (pack));
    g_string_append (out, occasion);
    return g_string_free (out, FALSE);
}

static void add_list (BpMessageBody *body, const char *heading, const char *const *lines)
{
    if (!has_lines (lines))
        return;
    bp_message_body_add_heading (body, heading);
    for (; *lines != NULL; lines++)
        bp_message_body_add_item (body, *lines);
}

static void add_sentence (BpMessageBody *body, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void add_sentence (BpMessageBody *body, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    bp_message_body_add_paragraph (body, text);
}

/* "84 kB", "1.2 MB" */
static char *dup_size (gsize bytes)
{
    if (bytes < BYTES_IN_MB)
        return g_strdup_printf ("%" G_GSIZE_FORMAT " kB", (bytes + BYTES_IN_KB - 1) / BYTES_IN_KB);
    return g_strdup_printf ("%.1f MB", (double)bytes / BYTES_IN_MB);
}

static void add_attachments (BpMessageBody *body, const BpPackMessage *pack, const BpAttachment *attachments, gsize count)
{
    static const char *const type_words[] = { "PDF", "Excel workbook" }; /* of BpAttachmentType */
    bp_message_body_add_heading (body, "Attached");
    for (gsize i = 0; i < count; i++)
    {
        g_autofree char *size = dup_size (g_bytes_get_size (attachments[i].bytes));
        g_autofree char *text
            = g_strdup_printf ("%s (%s, %s), marked %s", attachments[i].file_name, type_words[attachments[i].type], size, pack->marking);
        bp_message_body_add_item (body, text);
    }
}

static void add_opening (BpMessageBody *body, const BpPackMessage *pack)
{
    g_autofree char *as_of = bp_date_dup_text (pack->as_of, BP_DATE_LONG);
    g_autofree char *version = has_text (pack->version) ? g_strdup_printf (" (version %s)", pack->version) : g_strdup ("");
    switch (pack->kind)
    {
    case BP_PACK_MESSAGE_FULL:
        add_sentence (body, "The pack is attached%s. It shows the programme as at %s.", version, as_of);
        break;
    case BP_PACK_MESSAGE_NOTICE:
        add_sentence (body, "The pack is ready%s. It shows the programme as at %s.", version, as_of);
        add_sentence (body, "It is marked %s and may not be sent to this address, so nothing is attached.", pack->marking);
        if (has_text (pack->where))
            add_sentence (body, "%s", pack->where);
        else
            add_sentence (body, "To see it, ask the contact below.");
        break;
    case BP_PACK_MESSAGE_CORRECTION:
        add_sentence (body, "The pack has been corrected. The new one is attached%s; it shows the programme as at %s.", version, as_of);
        add_sentence (body, "Please delete the earlier one, and any copies of it.");
        break;
    }
}

static void add_closing (BpMessageBody *body, const BpPackMessage *pack)
{
    bp_message_body_begin (body, BP_MESSAGE_CLOSING);
    bp_message_body_add_heading (body, "Questions");
    add_sentence (body, "Contact: %s", pack->contact);
    if (has_text (pack->other_format))
        add_sentence (body, "%s", pack->other_format);
    else
        add_sentence (body, "For another format, such as large print or a version for a screen reader, ask the same contact.");
    bp_message_body_add_heading (body, "If this is not for you");
    add_sentence (body, "If you received this message in error, please tell the contact above at once, then delete it. Do not open, "
                        "copy or forward anything attached.");
}

static bool check_pack (const BpPackMessage *pack, gsize attachment_count, GError **error)
{
    if (!has_text (pack->marking) || !has_text (pack->forum) || !has_text (pack->contact))
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
        add_list (body, "What changed", pack->changes);
    if (attachment_count > 0)
    {
        bp_message_body_begin (body, BP_MESSAGE_ASKS);
        add_list (body, "Asks of the board", pack->asks);
        bp_message_body_begin (body, BP_MESSAGE_PAGE);
        add_list (body, "Summary", pack->summary);
        add_attachments (body, pack, attachments, attachment_count);
    }
    add_closing (body, pack);
    return body;
}
