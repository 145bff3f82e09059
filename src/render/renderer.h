#ifndef BP_RENDER_RENDERER_H
#define BP_RENDER_RENDERER_H

#include "base/error.h"
#include "pack/pack.h"
#include "render/figure_log.h"
#include "render/theme.h"
#include "render/undrawn_text.h"

typedef struct
{
    gint64 created_at;    /* seconds since 1970: stamps the file (SOURCE_DATE_EPOCH, else the as-of date); never the clock */
    const char *producer; /* "boardpack 0.1.0" */
} BpRenderOptions;

/* What a renderer tells beside the file. Clear with bp_render_report_clear. */
typedef struct
{
    int page_count;            /* PDF; else 0 */
    GPtrArray *warnings;       /* of char *: "Actions!C12: the text is over 32767 characters and was cut …" */
    GPtrArray *undrawn;        /* of BpUndrawnText: what the PDF's fonts cannot draw */
    GPtrArray *unmarked;       /* of char *: why a PDF does not say that it is PDF/UA-1 or PDF/A-2a; none: it says so */
    GHashTable *section_pages; /* section id → pages it takes (GINT_TO_POINTER); PDF */
} BpRenderReport;

void bp_render_report_init (BpRenderReport *report);
void bp_render_report_clear (BpRenderReport *report);

/* One format: a folder here and a line in renderer_table.c. */
typedef struct
{
    const char *name;      /* "pdf"; NULL ends the table */
    const char *extension; /* "pdf" */
    const char *description;
    bool reads_sheets; /* of the pack, besides its sections */
    /* Writes the whole file to path (in a folder of the run's own: no other reader yet), logging every figure it prints. */
    bool (*render) (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                    BpRenderReport *report, GError **error);
} BpRenderer;

extern const BpRenderer bp_renderer_table[];
/* NULL if there is none. */
const BpRenderer *bp_renderer_find (const char *name);

bool bp_pdf_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                    BpRenderReport *report, GError **error);
bool bp_xlsx_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                     BpRenderReport *report, GError **error);
bool bp_text_render (const BpPack *pack, const BpTheme *theme, const BpRenderOptions *options, const char *path, BpFigureLog *figures,
                     BpRenderReport *report, GError **error);

/* Versions of the libraries that are in use, for the manifest. Static. */
const char *bp_pdf_library_version (void);     /* libharu */
const char *bp_unicode_library_version (void); /* ICU */
const char *bp_zlib_library_version (void);
const char *bp_xlsx_library_version (void); /* libxlsxwriter */

#endif
