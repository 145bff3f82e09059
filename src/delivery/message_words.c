#include "delivery/message_words.h"

#include "base/text.h"

#define BYTES_IN_KB 1000
#define BYTES_IN_MB 1000000

bool bp_message_has_text (const char *text)
{
    return text != NULL && !bp_text_is_blank (text);
}

char *bp_message_dup_subject (const char *trigger, const char *marking, const char *prefix, const char *about)
{
    GString *out = g_string_new (NULL);
    if (bp_message_has_text (trigger))
        g_string_append_printf (out, "%s ", trigger);
    g_string_append_printf (out, "%s: ", marking);
    if (bp_message_has_text (prefix))
        g_string_append_printf (out, "%s: ", prefix);
    g_string_append (out, about);
    return g_string_free (out, FALSE);
}

void bp_message_add_sentence (BpMessageBody *body, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    bp_message_body_add_paragraph (body, text);
}

void bp_message_add_list (BpMessageBody *body, const char *heading, const char *const *lines)
{
    if (lines == NULL || lines[0] == NULL)
        return;
    bp_message_body_add_heading (body, heading);
    for (; *lines != NULL; lines++)
        bp_message_body_add_item (body, *lines);
}

/* "84 kB", "1.2 MB" */
static char *dup_size (gsize bytes)
{
    if (bytes < BYTES_IN_MB)
        return g_strdup_printf ("%" G_GSIZE_FORMAT " kB", (bytes + BYTES_IN_KB - 1) / BYTES_IN_KB);
    return g_strdup_printf ("%.1f MB", (double)bytes / BYTES_IN_MB);
}

void bp_message_add_attachments (BpMessageBody *body, const char *marking, const BpAttachment *attachments, gsize count)
{
    static const char *const type_words[] = { "PDF", "Excel workbook" }; /* of BpAttachmentType */
    bp_message_body_add_heading (body, "Attached");
    for (gsize i = 0; i < count; i++)
    {
        g_autofree char *size = dup_size (g_bytes_get_size (attachments[i].bytes));
        g_autofree char *text
            = g_strdup_printf ("%s (%s, %s), marked %s", attachments[i].file_name, type_words[attachments[i].type], size, marking);
        bp_message_body_add_item (body, text);
    }
}

void bp_message_add_closing (BpMessageBody *body, const char *contact, const char *other_format, bool has_attachments)
{
    bp_message_body_begin (body, BP_MESSAGE_CLOSING);
    bp_message_body_add_heading (body, "Questions");
    bp_message_add_sentence (body, "Contact: %s", contact);
    if (bp_message_has_text (other_format))
        bp_message_add_sentence (body, "%s", other_format);
    else
        bp_message_add_sentence (body, "For another format, such as large print or a version for a screen reader, ask the same contact.");
    bp_message_body_add_heading (body, "If this is not for you");
    bp_message_add_sentence (body,
                             "If you received this message in error, please tell the contact above at once, then delete it. Do not %s.",
                             has_attachments ? "open, copy or forward anything attached" : "copy or forward it");
}
