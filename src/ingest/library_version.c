#include "ingest/ingest.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

const char *bp_zip_library_version (void)
{
    return zip_libzip_version ();
}

/* "expat_2.5.0" */
const char *bp_expat_library_version (void)
{
    const char *version = XML_ExpatVersion ();
    const char *number = strchr (version, '_');
    return number != NULL ? number + 1 : version;
}
