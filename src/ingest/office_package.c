#include "ingest/office_package.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* A workbook has a few dozen entries; each sheet, chart and picture is one. */
#define MAX_ENTRIES 20000

struct BpOfficePackage
{
    zip_t *archive;
    char *shown;
};

struct BpOfficePart
{
    const BpOfficePackage *package;
    zip_file_t *file;
    char *name;
    guint64 left; /* bytes that may still come */
};

/* What the first bytes of a file that is no archive say of it; NULL: nothing. */
static const char *describe_start (const char *bytes, gsize length)
{
    static const char compound[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if (length == 0)
        return "is empty; save the workbook again";
    if (length >= 8 && memcmp (bytes, compound, 8) == 0)
        return "is encrypted, or a workbook of the old kind (.xls); take the password off and save it as \"Excel Workbook (.xlsx)\"";
    if (length >= 4 && memcmp (bytes, "PK\3\4", 4) == 0)
        return NULL;
    for (gsize i = 0; i < length; i++)
        if ((unsigned char)bytes[i] < ' ' && strchr ("\t\r\n", bytes[i]) == NULL)
            return "is no workbook; save it as \"Excel Workbook (.xlsx)\"";
    return "is text under the name of a workbook; name it after its kind (.csv)";
}

static bool check_start (const char *path, const char *shown, GError **error)
{
    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return bp_fail (error, BP_ERROR_IO, "%s: is no regular file", shown);
    FILE *file = g_fopen (path, "rbe");
    if (file == NULL)
        return bp_fail (error, BP_ERROR_IO, "%s: cannot be opened; may this user read it?", shown);
    char bytes[512];
    gsize length = fread (bytes, 1, sizeof bytes, file);
    bool is_read = ferror (file) == 0;
    fclose (file);
    if (!is_read)
        return bp_fail (error, BP_ERROR_IO, "%s: cannot be read", shown);
    const char *fault = describe_start (bytes, length);
    return fault == NULL || bp_fail (error, BP_ERROR_DATA, "%s: %s", shown, fault);
}

/* A name that stays within the archive: relative, with no step upwards, no backslash and no control character. */
static bool is_safe_name (const char *name)
{
    if (name[0] == '/' || name[0] == '\0' || !g_utf8_validate (name, -1, NULL) || (g_ascii_isalpha (name[0]) && name[1] == ':'))
        return false;
    for (const char *at = name; *at != '\0'; at++)
        if (*at == '\\' || (unsigned char)*at < ' ')
            return false;
    g_auto (GStrv) steps = g_strsplit (name, "/", -1);
    for (int i = 0; steps[i] != NULL; i++)
        if (strcmp (steps[i], "..") == 0)
            return false;
    return true;
}

static bool check_entry (const BpOfficePackage *package, zip_uint64_t index, GHashTable *names, GError **error)
{
    zip_stat_t stat;
    if (zip_stat_index (package->archive, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0)
        return bp_fail (error, BP_ERROR_DATA, "%s: its list of parts is damaged; open it in a spreadsheet and save it again",
                        package->shown);
    g_autofree char *name = g_utf8_make_valid (stat.name, -1), *printable = g_strescape (name, NULL);
    if (!is_safe_name (stat.name))
        return bp_fail (error, BP_ERROR_DATA, "%s: cannot be trusted: it has a part named \"%s\", which points out of the workbook",
                        package->shown, printable);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        return bp_fail (error, BP_ERROR_DATA, "%s: is encrypted; take the password off and save it again", package->shown);
    if (!g_hash_table_add (names, g_ascii_strdown (stat.name, -1)))
        return bp_fail (error, BP_ERROR_DATA, "%s: cannot be trusted: it has two parts named \"%s\"", package->shown, printable);
    return true;
}

static bool check_entries (const BpOfficePackage *package, GError **error)
{
    zip_int64_t count = zip_get_num_entries (package->archive, 0);
    if (count > MAX_ENTRIES)
        return bp_fail (error, BP_ERROR_DATA, "%s: cannot be trusted: it has %" G_GINT64_FORMAT " parts; a workbook has a few dozen",
                        package->shown, (gint64)count);
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (zip_int64_t i = 0; i < count; i++)
        if (!check_entry (package, (zip_uint64_t)i, names, error))
            return false;
    return true;
}

BpOfficePackage *bp_office_package_open (const char *path, const char *shown, GError **error)
{
    if (!check_start (path, shown, error))
        return NULL;
    int code = 0;
    g_autoptr (BpOfficePackage) package = g_new0 (BpOfficePackage, 1);
    package->shown = g_strdup (shown);
    package->archive = zip_open (path, ZIP_RDONLY, &code);
    if (package->archive == NULL)
    {
        zip_error_t reason;
        zip_error_init_with_code (&reason, code);
        bp_fail (error, BP_ERROR_DATA, "%s: is cut short or damaged (%s); fetch it again, or open it in a spreadsheet and save it", shown,
                 zip_error_strerror (&reason));
        zip_error_fini (&reason);
        return NULL;
    }
    return check_entries (package, error) ? g_steal_pointer (&package) : NULL;
}

void bp_office_package_free (BpOfficePackage *package)
{
    if (package == NULL)
        return;
    if (package->archive != NULL)
        zip_discard (package->archive);
    g_free (package->shown);
    g_free (package);
}

bool bp_office_package_has (const BpOfficePackage *package, const char *part)
{
    return zip_name_locate (package->archive, part, ZIP_FL_NOCASE) >= 0;
}

bool bp_office_package_fail (const BpOfficePackage *package, const char *part, const char *reason, GError **error)
{
    g_autofree char *printable = g_strescape (part, NULL);
    return bp_fail (error, BP_ERROR_DATA, "%s: its part \"%s\" is damaged (%s); open it in a spreadsheet and save it again", package->shown,
                    printable, reason);
}

BpOfficePart *bp_office_part_open (const BpOfficePackage *package, const char *part, guint64 max_bytes, GError **error)
{
    zip_int64_t index = zip_name_locate (package->archive, part, ZIP_FL_NOCASE);
    if (index < 0)
    {
        bp_office_package_fail (package, part, "it is missing", error);
        return NULL;
    }
    zip_stat_t stat;
    bool has_size = zip_stat_index (package->archive, (zip_uint64_t)index, 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
    if (has_size && stat.size > max_bytes)
    {
        bp_fail (error, BP_ERROR_DATA,
                 "%s: cannot be trusted: its part \"%s\" unpacks to more than %" G_GUINT64_FORMAT
                 " MB; delete the rows and columns that are not needed",
                 package->shown, part, max_bytes / (1024 * 1024));
        return NULL;
    }
    zip_file_t *file = zip_fopen_index (package->archive, (zip_uint64_t)index, 0);
    if (file == NULL)
    {
        bp_office_package_fail (package, part, zip_strerror (package->archive), error);
        return NULL;
    }
    BpOfficePart *opened = g_new (BpOfficePart, 1);
    *opened = (BpOfficePart){ .package = package, .file = file, .name = g_strdup (part), .left = max_bytes };
    return opened;
}

void bp_office_part_free (BpOfficePart *part)
{
    if (part == NULL)
        return;
    zip_fclose (part->file);
    g_free (part->name);
    g_free (part);
}

gssize bp_office_part_read (BpOfficePart *part, char *bytes, gsize size, GError **error)
{
    zip_int64_t count = zip_fread (part->file, bytes, size);
    if (count < 0)
    {
        bp_office_package_fail (part->package, part->name, zip_file_strerror (part->file), error);
        return -1;
    }
    /* an archive may understate its sizes */
    if ((guint64)count > part->left)
    {
        bp_office_package_fail (part->package, part->name, "it unpacks to more than it says", error);
        return -1;
    }
    part->left -= (guint64)count;
    return (gssize)count;
}

const char *bp_office_part_name (const BpOfficePart *part)
{
    return part->name;
}

const BpOfficePackage *bp_office_part_package (const BpOfficePart *part)
{
    return part->package;
}
