#include "render/renderer.h"

#include <hpdf.h>

const char *bp_pdf_library_version (void)
{
    return HPDF_GetVersion ();
}
