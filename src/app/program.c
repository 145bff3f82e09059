#include "app/program.h"

#include "app/console.h"
#include "ingest/ingest.h"
#include "render/renderer.h"
#include "store/store.h"

json_t *bp_program_to_json (void)
{
    json_t *program = json_object (), *libraries = json_object ();
    json_object_set_new (program, "name", json_string ("boardpack"));
    json_object_set_new (program, "version", json_string (BP_VERSION));
    json_object_set_new (program, "source", json_string (bp_source_sum));
    g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
    json_object_set_new (libraries, "expat", bp_json_text (bp_expat_library_version ()));
    json_object_set_new (libraries, "glib", bp_json_text (glib));
    json_object_set_new (libraries, "icu", bp_json_text (bp_unicode_library_version ()));
    json_object_set_new (libraries, "jansson", bp_json_text (jansson_version_str ()));
    json_object_set_new (libraries, "libharu", bp_json_text (bp_pdf_library_version ()));
    json_object_set_new (libraries, "libxlsxwriter", bp_json_text (bp_xlsx_library_version ()));
    json_object_set_new (libraries, "libzip", bp_json_text (bp_zip_library_version ()));
    json_object_set_new (libraries, "sqlite", bp_json_text (bp_store_library_version ()));
    json_object_set_new (libraries, "zlib", bp_json_text (bp_zlib_library_version ()));
    json_object_set_new (program, "libraries", libraries);
    return program;
}
