#include "render/pdf/page_plan.h"

#include <math.h>
#include <string.h>

const char *bp_role_name (BpRole role)
{
    static const char *const names[BP_ROLE_COUNT]
        = { "Document", "Sect",  "H1", "H2", "H3", "H4",      "H5",     "H6",   "P",   "L",    "LI",       "Lbl",
            "LBody",    "Table", "TR", "TH", "TD", "Caption", "Figure", "Link", "TOC", "TOCI", "Reference" };
    return names[role];
}

static void free_page (void *data)
{
    BpPlanPage *page = data;
    g_array_unref (page->boxes);
    g_free (page);
}

BpPagePlan *bp_page_plan_new (void)
{
    BpPagePlan *plan = g_new0 (BpPagePlan, 1);
    plan->pages = g_ptr_array_new_with_free_func (free_page);
    plan->elements = g_array_new (FALSE, TRUE, sizeof (BpElement));
    plan->anchors = g_array_new (FALSE, TRUE, sizeof (BpAnchor));
    plan->bookmarks = g_array_new (FALSE, TRUE, sizeof (BpBookmark));
    plan->strings = g_string_chunk_new (16 * 1024);
    plan->owned = g_ptr_array_new_with_free_func (g_free);
    return plan;
}

void bp_page_plan_free (BpPagePlan *plan)
{
    if (plan == NULL)
        return;
    g_ptr_array_unref (plan->pages);
    g_array_unref (plan->elements);
    g_array_unref (plan->anchors);
    g_array_unref (plan->bookmarks);
    g_string_chunk_free (plan->strings);
    g_ptr_array_unref (plan->owned);
    g_free (plan);
}

BpPlanPage *bp_page_plan_add_page (BpPagePlan *plan, bool is_landscape)
{
    BpPlanPage *page = g_new0 (BpPlanPage, 1);
    page->is_landscape = is_landscape;
    page->width_pt = is_landscape ? BP_PAGE_LONG_PT : BP_PAGE_SHORT_PT;
    page->height_pt = is_landscape ? BP_PAGE_SHORT_PT : BP_PAGE_LONG_PT;
    page->boxes = g_array_sized_new (FALSE, TRUE, sizeof (BpBox), 64);
    g_ptr_array_add (plan->pages, page);
    return page;
}

const BpPlanPage *bp_page_plan_get_page (const BpPagePlan *plan, int page)
{
    g_assert (page >= 0 && (guint)page < plan->pages->len);
    return g_ptr_array_index (plan->pages, (guint)page);
}

int bp_page_plan_add_element (BpPagePlan *plan, int parent, BpRole role)
{
    const BpElement element = { .role = role, .parent = parent, .page = -1 };
    g_array_append_val (plan->elements, element);
    return (int)plan->elements->len - 1;
}

BpElement *bp_page_plan_get_element (BpPagePlan *plan, int element)
{
    g_assert (element >= 0 && (guint)element < plan->elements->len);
    return &g_array_index (plan->elements, BpElement, (guint)element);
}

const char *bp_page_plan_copy (BpPagePlan *plan, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert (plan->strings, text);
}

const double *bp_page_plan_copy_points (BpPagePlan *plan, const double *points, int count)
{
    double *copy = g_memdup2 (points, sizeof (double) * 2 * (gsize)count);
    g_ptr_array_add (plan->owned, copy);
    return copy;
}

const BpAnchor *bp_page_plan_find_anchor (const BpPagePlan *plan, const char *id)
{
    for (guint i = 0; id != NULL && i < plan->anchors->len; i++)
    {
        const BpAnchor *anchor = &g_array_index (plan->anchors, BpAnchor, i);
        if (g_str_equal (anchor->id, id))
            return anchor;
    }
    return NULL;
}

/* ---- dump ---- */

static void append_number (GString *out, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    const double rounded = round (number * 100.0) / 100.0;
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.2f", rounded == 0.0 ? 0.0 : rounded));
}

static void append_colour (GString *out, const char *label, BpColour colour)
{
    g_string_append_printf (out, " %s#%02X%02X%02X", label, colour.red, colour.green, colour.blue);
}

static void append_element (GString *out, const BpPagePlan *plan, int element)
{
    static const char *const artifacts[] = { "", "layout", "header", "footer", "repeated" };
    if (element < 0)
        g_string_append_printf (out, " %s", artifacts[-element]);
    else
        g_string_append_printf (out, " %s:%d", bp_role_name (g_array_index (plan->elements, BpElement, (guint)element).role), element);
}

static void append_paint (GString *out, const BpBox *box)
{
    if (box->is_filled)
        append_colour (out, "fill ", box->fill);
    if (box->is_stroked)
    {
        append_colour (out, "stroke ", box->stroke);
        g_string_append_c (out, ' ');
        append_number (out, (double)box->weight);
        if (box->dash_on > 0)
        {
            g_string_append (out, " dash ");
            append_number (out, (double)box->dash_on);
            g_string_append_c (out, ' ');
            append_number (out, (double)box->dash_off);
        }
    }
}

static void append_place (GString *out, const char *kind, const BpBox *box)
{
    g_string_append_printf (out, "  %s ", kind);
    append_number (out, box->x);
    g_string_append_c (out, ' ');
    append_number (out, box->y);
    g_string_append_c (out, ' ');
    if (box->kind == BP_BOX_TEXT)
        g_string_append_c (out, 'w');
    append_number (out, box->width);
    g_string_append_c (out, box->kind == BP_BOX_TEXT ? ' ' : 'x');
    append_number (out, box->height);
}

static void append_box (GString *out, const BpPagePlan *plan, const BpBox *box)
{
    switch (box->kind)
    {
    case BP_BOX_TEXT:
        append_place (out, "text", box);
        g_string_append (out, box->face == BP_FACE_BOLD ? " bold" : " regular");
        append_colour (out, "", box->fill);
        if (box->letter_space != 0)
        {
            g_string_append (out, " space ");
            append_number (out, (double)box->letter_space);
        }
        break;
    case BP_BOX_RECTANGLE:
        append_place (out, "rect", box);
        break;
    case BP_BOX_ELLIPSE:
        append_place (out, "ellipse", box);
        break;
    case BP_BOX_LINE:
        append_place (out, "line", box);
        break;
    case BP_BOX_PATH:
        append_place (out, box->is_closed ? "polygon" : "path", box);
        break;
    case BP_BOX_LINK:
        append_place (out, "link", box);
        break;
    }
    if (box->kind != BP_BOX_TEXT)
        append_paint (out, box);
    for (int i = 0; box->kind == BP_BOX_PATH && i < box->point_count; i++)
    {
        g_string_append (out, " (");
        append_number (out, box->points[2 * i]);
        g_string_append_c (out, ' ');
        append_number (out, box->points[2 * i + 1]);
        g_string_append_c (out, ')');
    }
    append_element (out, plan, box->element);
    if (box->text != NULL)
        g_string_append_printf (out, " | %s", box->text);
    g_string_append_c (out, '\n');
}

static void append_structure (GString *out, const BpPagePlan *plan)
{
    g_autofree int *depths = g_new0 (int, plan->elements->len + 1);
    g_string_append (out, "structure\n");
    for (guint i = 0; i < plan->elements->len; i++)
    {
        const BpElement *element = &g_array_index (plan->elements, BpElement, i);
        depths[i] = element->parent < 0 ? 1 : depths[element->parent] + 1;
        g_string_append_printf (out, "%*s%u %s", depths[i] * 2, "", i, bp_role_name (element->role));
        if (element->scope != BP_SCOPE_NONE)
            g_string_append (out, element->scope == BP_SCOPE_COLUMN ? " column" : " row");
        if (element->column_span > 1)
            g_string_append_printf (out, " over %d columns", element->column_span);
        if (element->alternative != NULL)
            g_string_append_printf (out, " | %s", element->alternative);
        g_string_append_c (out, '\n');
    }
    g_string_append (out, "bookmarks\n");
    for (guint i = 0; i < plan->bookmarks->len; i++)
    {
        const BpBookmark *bookmark = &g_array_index (plan->bookmarks, BpBookmark, i);
        g_string_append_printf (out, "%*spage %d | %s\n", bookmark->level * 2, "", bookmark->page + 1, bookmark->title);
    }
}

char *bp_page_plan_dup_text (const BpPagePlan *plan, bool with_structure)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = g_ptr_array_index (plan->pages, i);
        g_string_append_printf (out, "page %u %s ", i + 1, page->is_landscape ? "landscape" : "portrait");
        append_number (out, page->width_pt);
        g_string_append_c (out, 'x');
        append_number (out, page->height_pt);
        g_string_append_c (out, '\n');
        for (guint j = 0; j < page->boxes->len; j++)
            append_box (out, plan, &g_array_index (page->boxes, BpBox, j));
    }
    if (with_structure)
        append_structure (out, plan);
    return g_string_free (out, FALSE);
}
