#include "ingest/office_package.h"

#include "base/text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* What of a workbook may still be read. */
typedef struct
{
    guint64 unpacked, text; /* bytes */
} Allowance;

struct BpOfficePackage
{
    zip_t *archive;
    char *shown;
    Allowance *left;
};

struct BpOfficePart
{
    const BpOfficePackage *package;
    zip_file_t *file;
    char *name;
    guint64 left; /* bytes of it that may still come */
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

/* What a spreadsheet program puts beside a workbook while it has it open: "~$" and the workbook's name. */
static bool is_lock_file (const char *path)
{
    g_autofree char *name = g_path_get_basename (path);
    return g_str_has_prefix (name, "~$");
}

static bool check_start (const char *path, const char *shown, GError **error)
{
    if (is_lock_file (path))
        return bp_fail (error, BP_ERROR_DATA,
                        "%s: is a lock file, since the workbook is open in a spreadsheet program; save and close it there, and name the "
                        "workbook itself (without \"~$\")",
                        shown);
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
    const char *step = name;
    for (const char *at = name;; at++)
    {
        if (*at == '\\' || (*at != '\0' && (unsigned char)*at < ' '))
            return false;
        if (*at != '/' && *at != '\0')
            continue;
        if (at == step + 2 && step[0] == '.' && step[1] == '.')
            return false;
        if (*at == '\0')
            return true;
        step = at + 1;
    }
}

bool bp_office_package_distrust (const BpOfficePackage *package, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *reason = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    return bp_fail (error, BP_ERROR_DATA, "%s: cannot be trusted: %s", package->shown, reason);
}

static bool check_entry (const BpOfficePackage *package, zip_uint64_t index, GHashTable *names, GError **error)
{
    zip_stat_t stat;
    if (zip_stat_index (package->archive, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0)
        return bp_fail (error, BP_ERROR_DATA, "%s: its list of parts is damaged; open it in a spreadsheet and save it again",
                        package->shown);
    g_autofree char *quoted = bp_text_dup_quoted (stat.name);
    if (strlen (stat.name) > BP_LIMIT_NAME_BYTES)
        return bp_office_package_distrust (package, error, "the name of its part \"%s\" has more than %d bytes", quoted,
                                           BP_LIMIT_NAME_BYTES);
    if (!is_safe_name (stat.name))
        return bp_office_package_distrust (package, error, "it has a part named \"%s\", which points out of the workbook", quoted);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        return bp_fail (error, BP_ERROR_DATA, "%s: is encrypted; take the password off and save it again", package->shown);
    if (!g_hash_table_add (names, g_ascii_strdown (stat.name, -1)))
        return bp_office_package_distrust (package, error, "it has two parts named \"%s\"", quoted);
    return true;
}

static bool check_entries (const BpOfficePackage *package, GError **error)
{
    zip_int64_t count = zip_get_num_entries (package->archive, 0);
    if (count > BP_LIMIT_ENTRIES)
        return bp_office_package_distrust (package, error, "it has %" G_GINT64_FORMAT " parts; a workbook has a few dozen", (gint64)count);
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
    package->left = g_new (Allowance, 1);
    *package->left = (Allowance){ .unpacked = BP_LIMIT_UNPACKED_BYTES, .text = BP_LIMIT_TEXT_BYTES };
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
    g_free (package->left);
    g_free (package);
}

bool bp_office_package_has (const BpOfficePackage *package, const char *part)
{
    return zip_name_locate (package->archive, part, ZIP_FL_NOCASE) >= 0;
}

bool bp_office_package_fail (const BpOfficePackage *package, const char *part, const char *reason, GError **error)
{
    g_autofree char *quoted = bp_text_dup_quoted (part);
    return bp_fail (error, BP_ERROR_DATA, "%s: its part \"%s\" is damaged (%s); open it in a spreadsheet and save it again", package->shown,
                    quoted, reason);
}

bool bp_office_package_take_text (const BpOfficePackage *package, gsize length)
{
    bool is_enough = length <= package->left->text;
    package->left->text -= is_enough ? length : package->left->text;
    return is_enough;
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
        g_autofree char *quoted = bp_text_dup_quoted (part);
        bp_office_package_distrust (package, error,
                                    "its part \"%s\" unpacks to more than %" G_GUINT64_FORMAT
                                    " MB; delete the rows and columns that are not needed",
                                    quoted, max_bytes / BP_LIMIT_MB);
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
    Allowance *left = part->package->left;
    if ((guint64)count > left->unpacked)
    {
        bp_office_package_distrust (
            part->package, error, "its parts unpack to more than %" G_GUINT64_FORMAT " MB together; delete the sheets that are not needed",
            BP_LIMIT_UNPACKED_BYTES / BP_LIMIT_MB);
        return -1;
    }
    left->unpacked -= (guint64)count;
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
