#include "app/store_json.h"

#include "app/console.h"
#include "store/pack_file.h"

char *bp_instant_dup_text (gint64 seconds)
{
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
    return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

json_t *bp_pack_files_to_json (const GPtrArray *files)
{
    json_t *list = json_array ();
    for (guint i = 0; i < files->len; i++)
    {
        const BpPackFile *file = files->pdata[i];
        json_t *object = json_object ();
        json_object_set_new (object, "path", bp_json_text (file->path));
        json_object_set_new (object, "sha256", bp_json_text (file->sha256));
        json_array_append_new (list, object);
    }
    return list;
}
