#include "render/renderer.h"

#include <xlsxwriter.h>

const char *bp_xlsx_library_version (void)
{
    return lxw_version ();
}
