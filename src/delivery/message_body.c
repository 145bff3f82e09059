#include "delivery/message_body.h"

#include "delivery/header_text.h"

#define MAX_LINE_CHARS 2000

typedef enum
{
    LINE_HEADING,
    LINE_PARAGRAPH,
    LINE_ITEM
} LineKind;

typedef struct
{
    LineKind kind;
    char *text;
} Line;

struct BpMessageBody
{
    char *language, *marking, *title;
    GArray *lines;
};

static void clear_line (gpointer line)
{
    g_free (((Line *)line)->text);
}

BpMessageBody *bp_message_body_new (const char *language, const char *marking, const char *title)
{
    BpMessageBody *body = g_new0 (BpMessageBody, 1);
    body->language = g_strdup (language);
    body->marking = g_strdup (marking);
    body->title = g_strdup (title);
    body->lines = g_array_new (FALSE, FALSE, sizeof (Line));
    g_array_set_clear_func (body->lines, clear_line);
    return body;
}

void bp_message_body_free (BpMessageBody *body)
{
    if (body == NULL)
        return;
    g_free (body->language);
    g_free (body->marking);
    g_free (body->title);
    g_array_unref (body->lines);
    g_free (body);
}

static void add_line (BpMessageBody *body, LineKind kind, const char *text)
{
    Line line = { kind, g_strdup (text) };
    g_array_append_val (body->lines, line);
}

void bp_message_body_add_heading (BpMessageBody *body, const char *text)
{
    add_line (body, LINE_HEADING, text);
}

void bp_message_body_add_paragraph (BpMessageBody *body, const char *text)
{
    add_line (body, LINE_PARAGRAPH, text);
}

void bp_message_body_add_item (BpMessageBody *body, const char *text)
{
    add_line (body, LINE_ITEM, text);
}

bool bp_message_body_check (const BpMessageBody *body, GError **error)
{
    if (!bp_header_text_check ("the language", body->language, 35, error)
        || !bp_header_text_check ("the marking", body->marking, MAX_LINE_CHARS, error)
        || !bp_header_text_check ("the heading of the message", body->title, MAX_LINE_CHARS, error))
        return false;
    for (guint i = 0; i < body->lines->len; i++)
        if (!bp_header_text_check ("a line of the message", g_array_index (body->lines, Line, i).text, MAX_LINE_CHARS, error))
            return false;
    return true;
}

static LineKind kind_at (const BpMessageBody *body, guint index)
{
    return g_array_index (body->lines, Line, index).kind;
}

/* A blank line stands before everything but the further items of a list. */
char *bp_message_body_dup_plain (const BpMessageBody *body)
{
    GString *out = g_string_new (NULL);
    g_string_append_printf (out, "%s\n\n%s\n", body->marking, body->title);
    for (guint i = 0; i < body->lines->len; i++)
    {
        const Line *line = &g_array_index (body->lines, Line, i);
        bool is_further = i > 0 && line->kind == LINE_ITEM && kind_at (body, i - 1) == LINE_ITEM;
        bool is_under_heading = i > 0 && kind_at (body, i - 1) == LINE_HEADING;
        g_string_append_printf (out, "%s%s%s\n", is_further || is_under_heading ? "" : "\n", line->kind == LINE_ITEM ? "- " : "",
                                line->text);
    }
    return g_string_free (out, FALSE);
}

static void append_element (GString *out, const char *element, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text (text, -1);
    g_string_append_printf (out, "<%s>%s</%s>\n", element, escaped, element);
}

static void append_line (GString *out, const BpMessageBody *body, guint index)
{
    static const char *const elements[] = { "h2", "p", "li" }; /* in the order of LineKind */
    const Line *line = &g_array_index (body->lines, Line, index);
    bool is_item = line->kind == LINE_ITEM;
    if (is_item && (index == 0 || kind_at (body, index - 1) != LINE_ITEM))
        g_string_append (out, "<ul>\n");
    append_element (out, elements[line->kind], line->text);
    if (is_item && (index + 1 == body->lines->len || kind_at (body, index + 1) != LINE_ITEM))
        g_string_append (out, "</ul>\n");
}

/* Black on white, in the reader's own size: what a mail program strips of the style changes nothing that matters. */
char *bp_message_body_dup_html (const BpMessageBody *body)
{
    g_autofree char *language = g_markup_escape_text (body->language, -1);
    GString *out = g_string_new ("<!DOCTYPE html>\n");
    g_string_append_printf (out, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
    append_element (out, "title", body->title);
    g_string_append (out, "<style>body { font-family: Arial, sans-serif; line-height: 1.5; max-width: 40em; color: #1d1d1d; "
                          "background: #ffffff; }</style>\n</head>\n<body>\n<main>\n");
    g_autofree char *marking = g_markup_escape_text (body->marking, -1);
    g_string_append_printf (out, "<p><strong>%s</strong></p>\n", marking);
    append_element (out, "h1", body->title);
    for (guint i = 0; i < body->lines->len; i++)
        append_line (out, body, i);
    g_string_append (out, "</main>\n</body>\n</html>\n");
    return g_string_free (out, FALSE);
}
