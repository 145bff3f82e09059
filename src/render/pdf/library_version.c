#include "render/renderer.h"

#include <hpdf.h>
#include <unicode/uvernum.h>
#include <zlib.h>

const char *bp_pdf_library_version (void)
{
    return HPDF_GetVersion ();
}

const char *bp_unicode_library_version (void)
{
    return U_ICU_VERSION; /* every function of the library carries it in its name */
}

const char *bp_zlib_library_version (void)
{
    return zlibVersion ();
}
