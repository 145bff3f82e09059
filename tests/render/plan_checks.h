#ifndef BP_TESTS_RENDER_PLAN_CHECKS_H
#define BP_TESTS_RENDER_PLAN_CHECKS_H

#include "render/pdf/block.h"
#include "render/pdf/layout.h"
#include "render/pdf/pdf_document.h"

/* What must hold on every page of every pack. */

typedef struct
{
    BpTheme *theme;
    BpPdfDocument *document;
    BpFonts *fonts;
    BpPagePlan *plan;
    BpRenderReport report;
    BpFigureLog *figures;
} PlanFixture;

static inline BpTheme *plan_new_theme (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (BpSettings) settings = bp_settings_new ("theme.ini");
    BpTheme *theme = bp_theme_new (settings, &error);
    g_assert_no_error (error);
    return theme;
}

static inline void plan_fixture_init (PlanFixture *fixture, const BpPack *pack)
{
    g_autoptr (GError) error = NULL;
    fixture->theme = plan_new_theme ();
    fixture->document = bp_pdf_document_new (fixture->theme, &error);
    g_assert_no_error (error);
    bp_render_report_init (&fixture->report);
    fixture->figures = bp_figure_log_new ();
    fixture->fonts = bp_fonts_new (bp_pdf_document_glyph_width, fixture->document, fixture->report.undrawn);
    fixture->plan = bp_layout_pack (pack, fixture->theme, fixture->fonts, fixture->figures, &fixture->report);
}

static inline void plan_fixture_clear (PlanFixture *fixture)
{
    bp_page_plan_free (fixture->plan);
    bp_fonts_free (fixture->fonts);
    bp_figure_log_free (fixture->figures);
    bp_render_report_clear (&fixture->report);
    bp_pdf_document_free (fixture->document);
    bp_theme_free (fixture->theme);
}

static inline bool plan_is_frame (const BpBox *box)
{
    return box->element == BP_ARTIFACT_HEADER || box->element == BP_ARTIFACT_FOOTER;
}

static inline void plan_check_box (const BpPlanPage *page, int number, const BpBox *box)
{
    double top, bottom;
    bp_box_get_extent (box, &top, &bottom);
    if (box->kind == BP_BOX_TEXT)
    {
        if (box->height < 8.999)
            g_error ("page %d: \"%s\" is set in %.2f points", number, box->text, box->height);
        if (!g_utf8_validate (box->text, -1, NULL) || strpbrk (box->text, "\n\t\r\a\033") != NULL)
            g_error ("page %d: text that must not be drawn", number);
    }
    double left = box->x;
    for (int i = 0; box->kind == BP_BOX_PATH && i < box->point_count; i++)
        left = i == 0 ? box->x + box->points[0] : MIN (left, box->x + box->points[2 * i]);
    if (left < 48.0 - 0.6 || box->x + box->width > page->width_pt - 48.0 + 0.6)
        g_error ("page %d: \"%s\" from %.2f to %.2f is outside the margins", number, box->text != NULL ? box->text : "a shape", box->x,
                 box->x + box->width);
    const double foot = page->height_pt - (page->is_landscape ? 48.0 : 52.0);
    if (!plan_is_frame (box) && bottom > foot + 0.6)
        g_error ("page %d: \"%s\" ends at %.2f, below the body's end at %.2f", number, box->text != NULL ? box->text : "a shape", bottom,
                 foot);
    if (!plan_is_frame (box) && top < 49.0 && number > 1)
        g_error ("page %d: \"%s\" begins at %.2f, in the header", number, box->text != NULL ? box->text : "a shape", top);
}

/* Ink of two texts: capitals and descenders, not the whole line. */
static inline bool plan_overlap (const BpBox *a, const BpBox *b)
{
    const double slack = 0.3;
    const bool across = a->x + slack < b->x + b->width && b->x + slack < a->x + a->width;
    const bool down = a->y - 0.72 * a->height + slack < b->y + 0.2 * b->height && b->y - 0.72 * b->height + slack < a->y + 0.2 * a->height;
    return across && down;
}

static inline void plan_check_pages (const BpPagePlan *plan)
{
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const BpPlanPage *page = bp_page_plan_get_page (plan, (int)i);
        for (guint j = 0; j < page->boxes->len; j++)
        {
            const BpBox *box = &g_array_index (page->boxes, BpBox, j);
            plan_check_box (page, (int)i + 1, box);
            g_assert_cmpint (box->element, <, (int)plan->elements->len);
            for (guint k = j + 1; box->kind == BP_BOX_TEXT && k < page->boxes->len; k++)
            {
                const BpBox *other = &g_array_index (page->boxes, BpBox, k);
                if (other->kind == BP_BOX_TEXT && plan_overlap (box, other))
                    g_error ("page %u: \"%s\" and \"%s\" overlap", i + 1, box->text, other->text);
            }
        }
    }
}

static inline void plan_check_structure (const BpPagePlan *plan)
{
    int last_heading = 0;
    for (guint i = 0; i < plan->elements->len; i++)
    {
        const BpElement *element = &g_array_index (plan->elements, BpElement, i);
        g_assert_cmpint (element->parent, <, (int)i);
        g_assert_cmpint (i == 0 ? -1 : 0, <=, element->parent);
        if (element->role >= BP_ROLE_H1 && element->role <= BP_ROLE_H6)
        {
            const int level = (int)element->role - BP_ROLE_H1 + 1;
            g_assert_cmpint (level, <=, last_heading + 1);
            last_heading = level;
        }
        const BpRole parent = i == 0 ? BP_ROLE_DOCUMENT : g_array_index (plan->elements, BpElement, (guint)element->parent).role;
        if (element->role == BP_ROLE_TR)
            g_assert_cmpint (parent, ==, BP_ROLE_TABLE);
        if (element->role == BP_ROLE_TH || element->role == BP_ROLE_TD)
            g_assert_cmpint (parent, ==, BP_ROLE_TR);
        if (element->role == BP_ROLE_LI)
            g_assert_cmpint (parent, ==, BP_ROLE_L);
        if (element->role == BP_ROLE_TOCI)
            g_assert_cmpint (parent, ==, BP_ROLE_TOC);
        if (element->role == BP_ROLE_FIGURE || element->role == BP_ROLE_TABLE)
            g_assert_nonnull (element->alternative);
    }
}

/* Texts of one page, from top to bottom and left to right as drawn, joined by newlines. */
static inline char *plan_dup_page_text (const BpPagePlan *plan, int page)
{
    GString *text = g_string_new (NULL);
    const BpPlanPage *of = bp_page_plan_get_page (plan, page);
    for (guint i = 0; i < of->boxes->len; i++)
    {
        const BpBox *box = &g_array_index (of->boxes, BpBox, i);
        if (box->kind == BP_BOX_TEXT)
            g_string_append_printf (text, "%s\n", box->text);
    }
    return g_string_free (text, FALSE);
}

#endif
