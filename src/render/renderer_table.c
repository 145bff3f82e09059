#include "render/renderer.h"

/* One line for each format, in the order in which they are listed. */
const BpRenderer bp_renderer_table[] = {
    { "pdf", "pdf", "Board pack to read and print: A4, with bookmarks and links", false, bp_pdf_render },
    { "xlsx", "xlsx", "Workbook: one real table a sheet, typed cells", true, bp_xlsx_render },
    { "text", "txt", "The whole pack as plain text, for review", true, bp_text_render },
    { NULL, NULL, NULL, false, NULL },
};
