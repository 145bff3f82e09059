/* The floor for the PDF: the boxes of the page plan through libharu's public calls, nothing measured, tagged or decided.
 *   replay_pdf PLAN-DUMP REGULAR.ttf BOLD.ttf OUT.pdf      (the dump of bp_page_plan_dup_text) */
#include "replay.h"

#include <hpdf.h>
#include <string.h>

typedef enum
{
    OP_PAGE,
    OP_TEXT,
    OP_RECTANGLE,
    OP_ELLIPSE,
    OP_LINE,
    OP_PATH
} OpKind;

typedef struct
{
    float red, green, blue;
} Paint;

/* One line of the dump. */
typedef struct
{
    OpKind kind;
    float x, y, width, height;
    bool is_bold, is_filled, is_stroked, is_closed;
    Paint fill, stroke;
    float weight, dash_on, dash_off, space;
    float *points;
    int point_count;
    char *text;
} Op;

static void free_op (gpointer data)
{
    g_free (((Op *)data)->points);
    g_free (((Op *)data)->text);
}

static float take_number (const char **at)
{
    char *end = NULL;
    double number = g_ascii_strtod (*at, &end);

    *at = end;
    return (float)number;
}

static bool take (const char **at, const char *word)
{
    while (**at == ' ')
        (*at)++;
    if (!g_str_has_prefix (*at, word))
        return false;
    *at += strlen (word);
    return true;
}

static Paint take_colour (const char **at)
{
    guint64 rgb = 0;

    if (take (at, "#"))
    {
        g_autofree char *digits = g_strndup (*at, 6);
        rgb = g_ascii_strtoull (digits, NULL, 16);
        *at += 6;
    }
    return (Paint){ (float)(rgb >> 16 & 0xFF) / 255.0f, (float)(rgb >> 8 & 0xFF) / 255.0f, (float)(rgb & 0xFF) / 255.0f };
}

static void take_points (Op *op, const char **at)
{
    GArray *points = g_array_new (FALSE, FALSE, sizeof (float));

    while (take (at, "("))
    {
        float x = take_number (at), y = take_number (at);
        g_array_append_val (points, x);
        g_array_append_val (points, y);
        (void)take (at, ")");
    }
    op->point_count = (int)points->len / 2;
    op->points = (float *)(void *)g_array_free (points, FALSE);
}

static void take_paint (Op *op, const char **at)
{
    op->is_filled = take (at, "fill ");
    if (op->is_filled)
        op->fill = take_colour (at);
    op->is_stroked = take (at, "stroke ");
    if (op->is_stroked)
    {
        op->stroke = take_colour (at);
        op->weight = take_number (at);
    }
    if (take (at, "dash "))
    {
        op->dash_on = take_number (at);
        op->dash_off = take_number (at);
    }
}

static void take_place (Op *op, const char **at)
{
    op->x = take_number (at);
    op->y = take_number (at);
    if (!take (at, "w"))
        (void)take (at, "x");
    op->width = take_number (at);
    if (**at == 'x')
        (*at)++;
    op->height = take_number (at);
}

static bool read_op (Op *op, const char *line)
{
    static const struct
    {
        const char *word;
        OpKind kind;
    } kinds[] = { { "text ", OP_TEXT }, { "rect ", OP_RECTANGLE }, { "ellipse ", OP_ELLIPSE },
                  { "line ", OP_LINE }, { "path ", OP_PATH },      { "polygon ", OP_PATH } };
    const char *at = line;

    if (g_str_has_prefix (line, "page "))
    {
        const char *size = strrchr (line, ' ') + 1;
        op->width = take_number (&size);
        size++;
        op->height = take_number (&size);
        return true;
    }
    if (*line != ' ')
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
        if (!take (&at, kinds[i].word))
            continue;
        op->kind = kinds[i].kind;
        op->is_closed = strcmp (kinds[i].word, "polygon ") == 0;
        take_place (op, &at);
        if (op->kind == OP_TEXT)
        {
            op->is_bold = take (&at, "bold");
            if (!op->is_bold)
                (void)take (&at, "regular");
            op->fill = take_colour (&at);
            op->space = take (&at, "space ") ? take_number (&at) : 0.0f;
            const char *words = strstr (at, " | ");
            op->text = g_strdup (words != NULL ? words + 3 : "");
            return true;
        }
        take_paint (op, &at);
        if (op->kind == OP_PATH)
            take_points (op, &at);
        return true;
    }
    return false;
}

static GArray *read_ops (const char *path)
{
    g_autofree char *contents = replay_read (path);
    g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
    GArray *ops = g_array_new (FALSE, TRUE, sizeof (Op));

    g_array_set_clear_func (ops, free_op);
    for (char **line = lines; *line != NULL; line++)
    {
        Op op = { .kind = OP_PAGE };
        if (g_str_equal (*line, "structure"))
            break;
        if (read_op (&op, *line))
            g_array_append_val (ops, op);
    }
    return ops;
}

static void paint (HPDF_Page page, const Op *op)
{
    if (op->is_filled && op->is_stroked)
        op->is_closed ? HPDF_Page_ClosePathFillStroke (page) : HPDF_Page_FillStroke (page);
    else if (op->is_filled)
        HPDF_Page_Fill (page);
    else if (op->is_closed)
        HPDF_Page_ClosePathStroke (page);
    else
        HPDF_Page_Stroke (page);
}

static void draw_shape (HPDF_Page page, const Op *op, float page_height)
{
    float y = page_height - op->y;

    if (op->is_filled)
        HPDF_Page_SetRGBFill (page, op->fill.red, op->fill.green, op->fill.blue);
    if (op->is_stroked)
    {
        /* the public call takes whole points alone */
        HPDF_UINT16 dash[] = { (HPDF_UINT16)(op->dash_on + 0.5f), (HPDF_UINT16)MAX (op->dash_off + 0.5f, 1.0f) };
        HPDF_Page_SetRGBStroke (page, op->stroke.red, op->stroke.green, op->stroke.blue);
        HPDF_Page_SetLineWidth (page, op->weight);
        if (dash[0] > 0)
            HPDF_Page_SetDash (page, dash, 2, 0);
    }
    if (op->kind == OP_RECTANGLE)
        HPDF_Page_Rectangle (page, op->x, y - op->height, op->width, op->height);
    else if (op->kind == OP_ELLIPSE)
        HPDF_Page_Ellipse (page, op->x + op->width / 2, y - op->height / 2, op->width / 2, op->height / 2);
    else if (op->kind == OP_LINE)
    {
        HPDF_Page_MoveTo (page, op->x, y);
        HPDF_Page_LineTo (page, op->x + op->width, y - op->height);
    }
    else
        for (int i = 0; i < op->point_count; i++)
            (i == 0 ? HPDF_Page_MoveTo : HPDF_Page_LineTo) (page, op->x + op->points[2 * i], y - op->points[2 * i + 1]);
    if (op->kind != OP_PATH || op->point_count > 0)
        paint (page, op);
    if (op->is_stroked && op->dash_on > 0.0f)
        HPDF_Page_SetDash (page, NULL, 0, 0);
}

static void draw_text (HPDF_Page page, const Op *op, const HPDF_Font fonts[2], float page_height)
{
    HPDF_Page_SetFontAndSize (page, fonts[op->is_bold], op->height);
    HPDF_Page_SetRGBFill (page, op->fill.red, op->fill.green, op->fill.blue);
    HPDF_Page_SetCharSpace (page, op->space);
    HPDF_Page_BeginText (page);
    HPDF_Page_TextOut (page, op->x, page_height - op->y, op->text);
    HPDF_Page_EndText (page);
}

static void stop (HPDF_STATUS code, HPDF_STATUS detail, void *unused)
{
    (void)unused;
    g_error ("libharu: error 0x%04X, detail %u", (guint)code, (guint)detail);
}

int main (int argc, char **argv)
{
    if (argc != 5)
        g_error ("usage: replay_pdf PLAN-DUMP REGULAR.ttf BOLD.ttf OUT.pdf");
    g_autoptr (GArray) ops = read_ops (argv[1]);
    double began = replay_cpu_ms ();
    HPDF_Doc document = HPDF_New (stop, NULL);
    guint page_count = 0;

    HPDF_SetCompressionMode (document, HPDF_COMP_ALL);
    HPDF_SetPagesConfiguration (document, 64);
    HPDF_UseUTFEncodings (document);
    const HPDF_Font fonts[] = { HPDF_GetFont (document, HPDF_LoadTTFontFromFile (document, argv[2], HPDF_TRUE), "UTF-8"),
                                HPDF_GetFont (document, HPDF_LoadTTFontFromFile (document, argv[3], HPDF_TRUE), "UTF-8") };
    HPDF_Page page = NULL;
    float page_height = 0.0f;
    for (guint i = 0; i < ops->len; i++)
    {
        const Op *op = &g_array_index (ops, Op, i);
        if (op->kind == OP_PAGE)
        {
            page = HPDF_AddPage (document);
            page_height = op->height;
            HPDF_Page_SetWidth (page, op->width);
            HPDF_Page_SetHeight (page, op->height);
            page_count++;
        }
        else if (op->kind == OP_TEXT)
            draw_text (page, op, fonts, page_height);
        else
            draw_shape (page, op, page_height);
    }
    HPDF_SaveToFile (document, argv[4]);
    HPDF_Free (document);
    g_autofree char *amount = g_strdup_printf ("%u pages", page_count);
    replay_report ("replay_pdf", replay_cpu_ms () - began, amount);
    return 0;
}
