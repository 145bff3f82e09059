#ifndef BP_TESTS_RENDER_PLAN_VIEW_H
#define BP_TESTS_RENDER_PLAN_VIEW_H

#include "render/pdf/block.h"

#include <math.h>
#include <string.h>

/* A page plan seen element by element: what the page rules ask of it. */

typedef struct
{
    int page, element;
    double x, right, baseline, top, bottom, size;
    const BpBox *box;
} PlanPiece;

typedef struct
{
    const BpPagePlan *plan;
    GArray **own;     /* of PlanPiece, for each element: its boxes, without those of elements inside */
    GArray *repeated; /* of PlanPiece: repeated headings, headers and names */
    int *end;         /* first element that is not inside this one */
} PlanView;

static inline const BpElement *view_element (const PlanView *view, int element)
{
    return &g_array_index (view->plan->elements, BpElement, (guint)element);
}

static inline int view_count (const PlanView *view)
{
    return (int)view->plan->elements->len;
}

static inline PlanPiece view_piece (int page, const BpBox *box)
{
    PlanPiece piece = { .page = page,
                        .element = box->element,
                        .x = MIN (box->x, box->x + box->width),
                        .right = MAX (box->x, box->x + box->width),
                        .baseline = box->y,
                        .size = box->kind == BP_BOX_TEXT ? box->height : 0.0,
                        .box = box };
    bp_box_get_extent (box, &piece.top, &piece.bottom);
    return piece;
}

static inline void view_init (PlanView *view, const BpPagePlan *plan)
{
    const int count = (int)plan->elements->len;
    view->plan = plan;
    view->own = g_new0 (GArray *, (gsize)count + 1);
    view->end = g_new0 (int, (gsize)count + 1);
    view->repeated = g_array_new (FALSE, FALSE, sizeof (PlanPiece));
    for (int i = 0; i < count; i++)
        view->own[i] = g_array_new (FALSE, FALSE, sizeof (PlanPiece));
    for (int i = count - 1; i >= 0; i--)
    {
        view->end[i] = MAX (view->end[i], i + 1);
        const int parent = g_array_index (plan->elements, BpElement, (guint)i).parent;
        if (parent >= 0)
            view->end[parent] = MAX (view->end[parent], view->end[i]);
    }
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            const PlanPiece piece = view_piece ((int)i, box);
            if (box->element >= 0 && box->kind != BP_BOX_LINK)
                g_array_append_val (view->own[box->element], piece);
            else if (box->element == BP_ARTIFACT_REPEATED && box->kind == BP_BOX_TEXT)
                g_array_append_val (view->repeated, piece);
        }
    }
}

static inline void view_clear (PlanView *view)
{
    for (int i = 0; i < view_count (view); i++)
        g_array_unref (view->own[i]);
    g_array_unref (view->repeated);
    g_free (view->own);
    g_free (view->end);
}

/* Calls for each piece of the element and of those inside it; for none if it is -1. */
#define VIEW_FOR_EACH_PIECE(view, of, piece)                                                                                               \
    for (int of##_at = (of); (of) >= 0 && of##_at < (view)->end[of]; of##_at++)                                                            \
        for (guint of##_j = 0; of##_j < (view)->own[of##_at]->len; of##_j++)                                                               \
            for (const PlanPiece *piece = &g_array_index ((view)->own[of##_at], PlanPiece, of##_j); piece != NULL; piece = NULL)

static inline bool view_is_heading (const PlanView *view, int element)
{
    const BpRole role = view_element (view, element)->role;
    return role >= BP_ROLE_H1 && role <= BP_ROLE_H6;
}

static inline int view_first_page (const PlanView *view, int element)
{
    int first = -1;
    VIEW_FOR_EACH_PIECE (view, element, piece)
    first = first < 0 ? piece->page : MIN (first, piece->page);
    return first;
}

static inline int view_last_page (const PlanView *view, int element)
{
    int last = -1;
    VIEW_FOR_EACH_PIECE (view, element, piece)
    last = MAX (last, piece->page);
    return last;
}

/* Lines of text at different heights on a page (-1: on all), below y. */
static inline int view_count_lines (const PlanView *view, int element, int page, double below)
{
    int count = 0;
    g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (double));
    VIEW_FOR_EACH_PIECE (view, element, piece)
    {
        if (piece->box->kind != BP_BOX_TEXT || (page >= 0 && piece->page != page) || piece->baseline <= below)
            continue;
        const double at = piece->page * 10000.0 + piece->baseline;
        bool is_new = true;
        for (guint i = 0; i < seen->len && is_new; i++)
            is_new = fabs (g_array_index (seen, double, i) - at) > 2.0;
        if (is_new)
            g_array_append_val (seen, at);
        count += is_new ? 1 : 0;
    }
    return count;
}

/* Whether the element has boxes on the page; where they begin and end. */
static inline bool view_get_extent (const PlanView *view, int element, int page, double *top_out, double *bottom_out)
{
    bool is_any = false;
    VIEW_FOR_EACH_PIECE (view, element, piece)
    {
        if (piece->page != page)
            continue;
        *top_out = is_any ? MIN (*top_out, piece->top) : piece->top;
        *bottom_out = is_any ? MAX (*bottom_out, piece->bottom) : piece->bottom;
        is_any = true;
    }
    return is_any;
}

/* Height of the element over all pages. */
static inline double view_get_height (const PlanView *view, int element)
{
    double height = 0.0, top, bottom;
    for (int i = 0; i < (int)view->plan->pages->len; i++)
        if (view_get_extent (view, element, i, &top, &bottom))
            height += bottom - top;
    return height;
}

static inline const char *view_first_text (const PlanView *view, int element)
{
    VIEW_FOR_EACH_PIECE (view, element, piece)
    if (piece->box->kind == BP_BOX_TEXT)
        return piece->box->text;
    return "no text";
}

static inline double view_body_bottom (const PlanView *view, int page)
{
    const BpPlanPage *of = bp_page_plan_get_page (view->plan, page);
    return of->height_pt - (of->is_landscape ? 48.0 : 52.0);
}

/* Room on a page below the heading that a continued page repeats. */
static inline double view_page_room (const PlanView *view, int page)
{
    return view_body_bottom (view, page) - 50.0 - 26.0;
}

/* The next element of the same parent; -1: none. */
static inline int view_next_sibling (const PlanView *view, int element)
{
    const int next = view->end[element], parent = view_element (view, element)->parent;
    return next < view_count (view) && view_element (view, next)->parent == parent ? next : -1;
}

static inline bool view_is_inside (const PlanView *view, int element, int outer)
{
    return element >= outer && element < view->end[outer];
}

/* Size of its first text; 0: none. */
static inline double view_type_size (const PlanView *view, int element)
{
    VIEW_FOR_EACH_PIECE (view, element, piece)
    if (piece->size > 0.0)
        return piece->size;
    return 0.0;
}

static inline bool view_is_caption (const PlanView *view, int element)
{
    const double size = view_type_size (view, element);
    return view_element (view, element)->role == BP_ROLE_P && size > 0.0 && size < 9.5;
}

/* A repeated text with these words on a page, at or below y; NULL: none. */
static inline const PlanPiece *view_find_repeated (const PlanView *view, int page, double from, const char *words)
{
    for (guint i = 0; i < view->repeated->len; i++)
    {
        const PlanPiece *piece = &g_array_index (view->repeated, PlanPiece, i);
        if (piece->page == page && piece->baseline >= from && strstr (piece->box->text, words) != NULL)
            return piece;
    }
    return NULL;
}

#endif
