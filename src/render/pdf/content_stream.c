#include "render/pdf/content_stream.h"

#include "render/pdf/number_text.h"

#include <math.h>

#define CIRCLE_HANDLE 0.5522847498 /* of a Bézier quarter circle, per radius */

void bp_content_stream_init (BpContentStream *stream, double page_height, const char *const font_names[2], BpStructure *structure)
{
    *stream = (BpContentStream){ .text = g_string_sized_new (16 * 1024),
                                 .page_height = page_height,
                                 .font_names = { font_names[0], font_names[1] },
                                 .face = -1,
                                 .weight = -1.0,
                                 .structure = structure };
    stream->fill = stream->stroke = G_MAXUINT32;
}

void bp_content_stream_clear (BpContentStream *stream)
{
    g_string_free (stream->text, TRUE);
}

/* Three decimals at most, no exponent, never "-0": whatever the locale. */
static void add_number (BpContentStream *stream, double number)
{
    g_assert (isfinite (number) && fabs (number) < 32767.0);
    gint64 thousandths = (gint64)llround (number * 1000.0);
    if (thousandths < 0)
    {
        g_string_append_c (stream->text, '-');
        thousandths = -thousandths;
    }
    bp_append_unsigned (stream->text, (guint64)thousandths / 1000);
    int rest = (int)(thousandths % 1000);
    if (rest > 0)
    {
        char digits[4] = { '.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10) };
        g_string_append_len (stream->text, digits, rest % 100 == 0 ? 2 : rest % 10 == 0 ? 3 : 4);
    }
    g_string_append_c (stream->text, ' ');
}

static void add_numbers (BpContentStream *stream, const double *numbers, int count, const char *operator)
{
    for (int i = 0; i < count; i++)
        add_number (stream, numbers[i]);
    g_string_append (stream->text, operator);
    g_string_append_c (stream->text, '\n');
}

static void set_colour (BpContentStream *stream, BpColour colour, guint32 *current, const char *operator)
{
    const guint32 packed = (guint32)colour.red << 16 | (guint32)colour.green << 8 | colour.blue;
    if (*current == packed)
        return;
    *current = packed;
    const double channels[3] = { colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0 };
    add_numbers (stream, channels, 3, operator);
}

/* ---- text ---- */

static void add_byte (GString *text, unsigned byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        g_string_append_c (text, '\\');
    if (byte == '\r' || byte == '\n')
        g_string_append (text, byte == '\r' ? "\\r" : "\\n");
    else
        g_string_append_c (text, (char)byte);
}

/* Codes are UTF-16 units of two bytes; the layout has let only characters of the basic plane through. */
static void add_literal (GString *text, const char *characters, bool ends_with_space)
{
    g_string_append_c (text, '(');
    for (const char *at = characters; *at != '\0'; at = g_utf8_next_char (at))
    {
        const gunichar character = g_utf8_get_char (at);
        add_byte (text, character >> 8 & 0xFF);
        add_byte (text, character & 0xFF);
    }
    if (ends_with_space)
        g_string_append_len (text, "\0 ", 2);
    g_string_append (text, ") Tj\n");
}

/* Words that a line's end or a gap divides need a space between them all the same: those who take the text out of the page find words by
 * it (ISO 32000-1, 14.8.2.5). It is drawn behind the last letter, where it is not seen. */
static bool needs_space (const BpBox *box, const BpBox *next)
{
    if (box->element < 0 || box->is_word_cut)
        return false;
    if (next == NULL || next->kind != BP_BOX_TEXT || next->element != box->element || fabs (next->y - box->y) >= 0.01)
        return true;
    const double after = next->x - box->x - box->width, before = box->x - next->x - next->width; /* from right to left */
    return MIN (fabs (after), fabs (before)) >= 0.05 * box->height;
}

static void add_text (BpContentStream *stream, const BpBox *box, bool ends_with_space)
{
    set_colour (stream, box->fill, &stream->fill, "rg");
    g_string_append (stream->text, "BT\n");
    if (stream->face != box->face || stream->size != box->height)
    {
        stream->face = box->face;
        stream->size = box->height;
        g_string_append_c (stream->text, '/');
        g_string_append (stream->text, stream->font_names[box->face]);
        g_string_append_c (stream->text, ' ');
        add_numbers (stream, &box->height, 1, "Tf");
    }
    if (stream->letter_space != (double)box->letter_space)
    {
        stream->letter_space = (double)box->letter_space;
        add_numbers (stream, &stream->letter_space, 1, "Tc");
    }
    const double place[2] = { box->x, stream->page_height - box->y };
    add_numbers (stream, place, 2, "Td");
    add_literal (stream->text, box->text, ends_with_space);
    g_string_append (stream->text, "ET\n");
}

/* ---- shapes ---- */

static void set_line (BpContentStream *stream, const BpBox *box)
{
    set_colour (stream, box->stroke, &stream->stroke, "RG");
    if (stream->weight != (double)box->weight)
    {
        stream->weight = (double)box->weight;
        add_numbers (stream, &stream->weight, 1, "w");
    }
    if (stream->dash_on != (double)box->dash_on || stream->dash_off != (double)box->dash_off)
    {
        stream->dash_on = (double)box->dash_on;
        stream->dash_off = (double)box->dash_off;
        g_string_append_c (stream->text, '[');
        if (box->dash_on > 0)
        {
            add_number (stream, stream->dash_on);
            add_number (stream, stream->dash_off);
        }
        g_string_append (stream->text, "] 0 d\n");
    }
    if (stream->has_round_joins != box->has_round_joins)
    {
        stream->has_round_joins = box->has_round_joins;
        g_string_append (stream->text, box->has_round_joins ? "1 j 1 J\n" : "0 j 0 J\n");
    }
}

static void add_ellipse_path (BpContentStream *stream, const BpBox *box)
{
    const double rx = box->width / 2.0, ry = box->height / 2.0, cx = box->x + rx, cy = stream->page_height - box->y - ry;
    const double hx = rx * CIRCLE_HANDLE, hy = ry * CIRCLE_HANDLE;
    const double start[2] = { cx + rx, cy };
    const double curves[4][6] = { { cx + rx, cy + hy, cx + hx, cy + ry, cx, cy + ry },
                                  { cx - hx, cy + ry, cx - rx, cy + hy, cx - rx, cy },
                                  { cx - rx, cy - hy, cx - hx, cy - ry, cx, cy - ry },
                                  { cx + hx, cy - ry, cx + rx, cy - hy, cx + rx, cy } };
    add_numbers (stream, start, 2, "m");
    for (int i = 0; i < 4; i++)
        add_numbers (stream, curves[i], 6, "c");
    g_string_append (stream->text, "h\n");
}

static void add_path (BpContentStream *stream, const BpBox *box)
{
    for (int i = 0; i < box->point_count; i++)
    {
        const double point[2] = { box->x + box->points[2 * i], stream->page_height - box->y - box->points[2 * i + 1] };
        add_numbers (stream, point, 2, i == 0 ? "m" : "l");
    }
    if (box->is_closed)
        g_string_append (stream->text, "h\n");
}

static void add_outline (BpContentStream *stream, const BpBox *box)
{
    switch (box->kind)
    {
    case BP_BOX_RECTANGLE:
    {
        const double rectangle[4] = { box->x, stream->page_height - box->y - box->height, box->width, box->height };
        add_numbers (stream, rectangle, 4, "re");
        return;
    }
    case BP_BOX_ELLIPSE:
        add_ellipse_path (stream, box);
        return;
    case BP_BOX_LINE:
    {
        const double from[2] = { box->x, stream->page_height - box->y },
                     to[2] = { box->x + box->width, stream->page_height - box->y - box->height };
        add_numbers (stream, from, 2, "m");
        add_numbers (stream, to, 2, "l");
        return;
    }
    case BP_BOX_PATH:
        add_path (stream, box);
        return;
    case BP_BOX_TEXT:
    case BP_BOX_LINK:
        return;
    }
}

/* ---- marks ---- */

static const char *artifact_mark (int artifact)
{
    switch (artifact)
    {
    case BP_ARTIFACT_LAYOUT:
        return "/Artifact <</Type/Layout>> BDC\n";
    case BP_ARTIFACT_HEADER:
        return "/Artifact <</Type/Pagination/Subtype/Header>> BDC\n";
    case BP_ARTIFACT_FOOTER:
        return "/Artifact <</Type/Pagination/Subtype/Footer>> BDC\n";
    case BP_ARTIFACT_REPEATED:
        return "/Artifact <</Type/Pagination>> BDC\n";
    default:
        return NULL;
    }
}

static void open_sequence (BpContentStream *stream, int of)
{
    if (stream->structure == NULL || (stream->is_open && stream->open == of))
        return;
    bp_content_stream_finish (stream);
    const BpPagePlan *plan = stream->structure->plan;
    const bool is_element = of >= 0 && (guint)of < plan->elements->len;
    const char *mark = artifact_mark (of);
    if (!is_element && mark == NULL)
    {
        stream->structure->untagged++;
        return;
    }
    if (is_element)
    {
        g_string_append_c (stream->text, '/');
        g_string_append (stream->text, bp_role_name (g_array_index (plan->elements, BpElement, (guint)of).role));
        g_string_append (stream->text, " <</MCID ");
        bp_append_unsigned (stream->text, bp_structure_add_content (stream->structure, of));
        g_string_append (stream->text, ">> BDC\n");
    }
    else
        g_string_append (stream->text, mark);
    stream->open = of;
    stream->is_open = true;
}

void bp_content_stream_finish (BpContentStream *stream)
{
    if (stream->is_open)
        g_string_append (stream->text, "EMC\n");
    stream->is_open = false;
}

void bp_content_stream_add_box (BpContentStream *stream, const BpBox *box, const BpBox *next)
{
    if (box->kind == BP_BOX_LINK || (box->kind != BP_BOX_TEXT && !box->is_filled && !box->is_stroked))
        return;
    open_sequence (stream, box->element);
    if (box->kind == BP_BOX_TEXT)
    {
        add_text (stream, box, stream->structure != NULL && needs_space (box, next));
        return;
    }
    if (box->is_filled)
        set_colour (stream, box->fill, &stream->fill, "rg");
    if (box->is_stroked)
        set_line (stream, box);
    add_outline (stream, box);
    g_string_append (stream->text, box->is_filled && box->is_stroked ? "B\n" : box->is_filled ? "f\n" : "S\n");
}
