#include "store/store.h"

#include <sqlite3.h>

const char *bp_store_library_version (void)
{
    return sqlite3_libversion ();
}
