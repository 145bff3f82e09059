#include "render/renderer.h"

void bp_render_report_init (BpRenderReport *report)
{
    report->page_count = 0;
    report->warnings = g_ptr_array_new_with_free_func (g_free);
    report->undrawn = bp_undrawn_texts_new ();
    report->unmarked = g_ptr_array_new_with_free_func (g_free);
    report->section_pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void bp_render_report_clear (BpRenderReport *report)
{
    g_clear_pointer (&report->warnings, g_ptr_array_unref);
    g_clear_pointer (&report->undrawn, g_ptr_array_unref);
    g_clear_pointer (&report->unmarked, g_ptr_array_unref);
    g_clear_pointer (&report->section_pages, g_hash_table_unref);
    report->page_count = 0;
}

const BpRenderer *bp_renderer_find (const char *name)
{
    for (const BpRenderer *renderer = bp_renderer_table; renderer->name != NULL; renderer++)
        if (name != NULL && g_ascii_strcasecmp (renderer->name, name) == 0)
            return renderer;
    return NULL;
}
