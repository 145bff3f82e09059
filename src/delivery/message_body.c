#include "delivery/message_body.h"

#include "delivery/header_text.h"
#include "delivery/message_style.h"

#define MAX_LINE_CHARS 2000
#define PLAIN_COLUMNS 78

typedef enum
{
    LINE_HEADING,
    LINE_PARAGRAPH,
    LINE_ITEM,
    LINE_NUMBERED
} LineKind;

typedef struct
{
    LineKind kind;
    BpMessagePart part;
    char *text;
    int number;         /* of LINE_NUMBERED, as are: */
    char *lead, *below; /* NULL elsewhere */
} Line;

struct BpMessageBody
{
    char *language, *marking, *handling, *title;
    BpMessagePart part; /* of lines to come */
    GArray *lines;
};

static void clear_line (gpointer line)
{
    Line *cleared = line;
    g_free (cleared->text);
    g_free (cleared->lead);
    g_free (cleared->below);
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
    g_free (body->handling);
    g_free (body->title);
    g_array_unref (body->lines);
    g_free (body);
}

static void add_line (BpMessageBody *body, LineKind kind, const char *text)
{
    Line line = { .kind = kind, .part = body->part, .text = g_strdup (text) };
    g_array_append_val (body->lines, line);
}

void bp_message_body_set_handling (BpMessageBody *body, const char *handling)
{
    g_free (body->handling);
    body->handling = handling != NULL && *handling != '\0' ? g_strdup (handling) : NULL;
}

void bp_message_body_begin (BpMessageBody *body, BpMessagePart part)
{
    body->part = part;
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

void bp_message_body_add_numbered (BpMessageBody *body, int number, const char *lead, const char *text, const char *below)
{
    const Line line = { LINE_NUMBERED, body->part, g_strdup (text), number, g_strdup (lead), g_strdup (below) };
    g_array_append_val (body->lines, line);
}

static bool check_line (const Line *line, GError **error)
{
    const char *const texts[] = { line->text, line->lead, line->below };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        if (texts[i] != NULL && !bp_header_text_check ("a line of the message", texts[i], MAX_LINE_CHARS, error))
            return false;
    return true;
}

bool bp_message_body_check (const BpMessageBody *body, GError **error)
{
    if (!bp_header_text_check ("the language", body->language, 35, error)
        || !bp_header_text_check ("the marking", body->marking, MAX_LINE_CHARS, error)
        || (body->handling != NULL && !bp_header_text_check ("the line under the marking", body->handling, MAX_LINE_CHARS, error))
        || !bp_header_text_check ("the heading of the message", body->title, MAX_LINE_CHARS, error))
        return false;
    for (guint i = 0; i < body->lines->len; i++)
        if (!check_line (&g_array_index (body->lines, Line, i), error))
            return false;
    return true;
}

static const Line *line_at (const BpMessageBody *body, guint index)
{
    return &g_array_index (body->lines, Line, index);
}

static bool is_item (const Line *line)
{
    return line->kind == LINE_ITEM || line->kind == LINE_NUMBERED;
}

/* Whether an item's neighbour is one of the same list. */
static bool is_in_list (const BpMessageBody *body, guint index, guint neighbour)
{
    return neighbour < body->lines->len && line_at (body, neighbour)->kind == line_at (body, index)->kind
           && line_at (body, neighbour)->part == line_at (body, index)->part;
}

/* ---- plain text ---- */

static int width_of (const char *word)
{
    int width = 0;
    for (; *word != '\0'; word = g_utf8_next_char (word))
        width += g_unichar_iszerowidth (g_utf8_get_char (word)) ? 0 : g_unichar_iswide (g_utf8_get_char (word)) ? 2 : 1;
    return width;
}

/* Broken at blanks; a word that is longer than a line stands by itself. Lines after the first begin with indent. */
static void append_wrapped (GString *out, const char *text, const char *first, const char *indent)
{
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    int column = width_of (first);
    g_string_append (out, first);
    for (int i = 0; words[i] != NULL; i++)
    {
        const int width = width_of (words[i]);
        if (i > 0 && column + 1 + width > PLAIN_COLUMNS)
        {
            g_string_append_printf (out, "\n%s", indent);
            column = width_of (indent);
        }
        else if (i > 0)
        {
            g_string_append_c (out, ' ');
            column++;
        }
        g_string_append (out, words[i]);
        column += width;
    }
    g_string_append_c (out, '\n');
}

static void append_plain_line (GString *out, const Line *line)
{
    if (line->kind != LINE_NUMBERED)
    {
        append_wrapped (out, line->text, line->kind == LINE_ITEM ? "- " : "", line->kind == LINE_ITEM ? "  " : "");
        return;
    }
    g_autofree char *first = g_strdup_printf ("%d. ", line->number), *indent = g_strnfill (strlen (first), ' ');
    g_autofree char *text = g_strdup_printf ("%s: %s", line->lead, line->text);
    append_wrapped (out, text, first, indent);
    append_wrapped (out, line->below, indent, indent);
}

/* A blank line stands before everything but the further items of a list and what is under a heading. */
char *bp_message_body_dup_plain (const BpMessageBody *body)
{
    GString *out = g_string_new (NULL);
    append_wrapped (out, body->marking, "", "");
    if (body->handling != NULL)
        append_wrapped (out, body->handling, "", "");
    g_string_append_c (out, '\n');
    append_wrapped (out, body->title, "", "");
    for (guint i = 0; i < body->lines->len; i++)
    {
        const Line *line = line_at (body, i);
        const bool is_under_heading = i > 0 && line_at (body, i - 1)->kind == LINE_HEADING;
        if (!is_under_heading && !(is_item (line) && i > 0 && is_in_list (body, i, i - 1)))
            g_string_append_c (out, '\n');
        append_plain_line (out, line);
    }
    return g_string_free (out, FALSE);
}

/* ---- HTML ---- */

static void append_element (GString *out, const char *element, const char *attributes, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text (text, -1);
    g_string_append_printf (out, "<%s%s>%s</%s>\n", element, attributes, escaped, element);
}

static void append_numbered (GString *out, const Line *line)
{
    g_autofree char *lead = g_markup_escape_text (line->lead, -1), *text = g_markup_escape_text (line->text, -1);
    g_autofree char *below = g_markup_escape_text (line->below, -1);
    g_string_append_printf (out, "<li value=\"%d\"" NUMBERED_STYLE "><strong>%s:</strong> %s\n<div>%s</div></li>\n", line->number, lead,
                            text, below);
}

static void append_line (GString *out, const BpMessageBody *body, guint index)
{
    static const struct
    {
        const char *element, *attributes;
    } forms[] = { { "h2", HEADING_STYLE }, { "p", PARAGRAPH_STYLE }, { "li", ITEM_STYLE } }; /* in the order of LineKind */
    const Line *line = line_at (body, index);
    const char *list = line->kind == LINE_NUMBERED ? "ol" : "ul";
    if (is_item (line) && (index == 0 || !is_in_list (body, index, index - 1)))
        g_string_append_printf (out, "<%s" LIST_STYLE ">\n", list);
    if (line->kind == LINE_NUMBERED)
        append_numbered (out, line);
    else
        append_element (out, forms[line->kind].element, forms[line->kind].attributes, line->text);
    if (is_item (line) && !is_in_list (body, index, index + 1))
        g_string_append_printf (out, "</%s>\n", list);
}

/* One block: what is under the marking belongs to it. */
static void append_marking (GString *out, const BpMessageBody *body)
{
    g_string_append (out, "<div" MARKING_BLOCK_STYLE ">\n");
    append_element (out, "p", MARKING_STYLE, body->marking);
    if (body->handling != NULL)
        append_element (out, "p", HANDLING_STYLE, body->handling);
    g_string_append (out, "</div>\n");
}

char *bp_message_body_dup_html (const BpMessageBody *body)
{
    g_autofree char *language = g_markup_escape_text (body->language, -1);
    GString *out = g_string_new ("<!DOCTYPE html>\n");
    g_string_append_printf (out, "<html lang=\"%s\">\n" HEAD_START, language);
    append_element (out, "title", "", body->title);
    g_string_append (out, HEAD_END PAGE_START);
    append_marking (out, body);
    append_element (out, "h1", TITLE_STYLE, body->title);
    for (guint i = 0; i < body->lines->len; i++)
    {
        const BpMessagePart part = line_at (body, i)->part;
        if (i == 0 || part != line_at (body, i - 1)->part)
            g_string_append (out, part_starts[part]);
        append_line (out, body, i);
        if (i + 1 == body->lines->len || part != line_at (body, i + 1)->part)
            g_string_append (out, part_ends[part]);
    }
    g_string_append (out, PAGE_END);
    return g_string_free (out, FALSE);
}
