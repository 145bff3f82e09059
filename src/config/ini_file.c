#include "base/atomic_file.h"
#include "base/text.h"
#include "config/programme_config.h"

#include <iniparser.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* iniparser reads the values, but it merges duplicates, cuts values at ';' and '#', forgets line numbers and takes a directory for an empty
 * file. So every file is first scanned here, strictly; what the scan lets pass, every version of iniparser reads alike, and the two
 * readings are compared. */

#define MAX_FILE_BYTES (1024 * 1024)
/* iniparser's line buffer is 1,024 bytes with the line end and the final NUL. */
#define MAX_LINE_BYTES 1020
#define MAX_NAME_BYTES 200

typedef struct
{
    const char *name; /* of the file, for messages */
    int line;
    char *section;    /* the open one; NULL before the first */
    GHashTable *seen; /* lower-case "section" or "section:key" → line */
    BpSettings *settings;
} Scan;

static char parser_message[200];

/* iniparser's error callback: process-wide and variadic. Its last message is kept for ours. */
static int G_GNUC_PRINTF (1, 2) record_parser_message (const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    int length = g_vsnprintf (parser_message, sizeof parser_message, format, arguments);
    va_end (arguments);
    g_strchomp (parser_message);
    return length;
}

static bool G_GNUC_PRINTF (3, 4) fail_line (const Scan *scan, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *message = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: %s", scan->name, scan->line, message);
}

/* Remembers a section ("name") or key ("section:name"); fails if it was there before, naming that line. */
static bool remember (Scan *scan, const char *what, const char *name, char *full_name, GError **error)
{
    char *folded = g_ascii_strdown (full_name, -1);
    g_free (full_name);
    int first_line = GPOINTER_TO_INT (g_hash_table_lookup (scan->seen, folded));
    if (first_line > 0)
    {
        g_free (folded);
        return fail_line (scan, error, "the %s '%s' is there twice (first in line %d); keep one of them", what, name, first_line);
    }
    g_hash_table_insert (scan->seen, folded, GINT_TO_POINTER (scan->line));
    return true;
}

static bool check_name (const Scan *scan, const char *what, const char *name, bool must_be_ascii, GError **error)
{
    if (*name == '\0')
        return fail_line (scan, error, "a %s needs a name", what);
    if (strlen (name) > MAX_NAME_BYTES)
        return fail_line (scan, error, "the name of a %s has at most %d characters", what, MAX_NAME_BYTES);
    const char *bad = strpbrk (name, ":;#\"[]\\");
    if (bad != NULL)
        return fail_line (scan, error, "the %s '%s' holds a '%c'; names may not hold : ; # \" [ ] or a backslash", what, name, *bad);
    if (must_be_ascii && !g_str_is_ascii (name))
        return fail_line (scan, error, "the %s '%s' holds a letter that is not ASCII; use a to z, 0 to 9, - and _", what, name);
    return true;
}

static bool scan_section (Scan *scan, char *text, GError **error)
{
    char *end = strchr (text, ']');
    if (end == NULL)
        return fail_line (scan, error, "the section's name has no closing ]");
    if (end[1] != '\0')
        return fail_line (scan, error, "there is text after the ] of the section; put it on a line of its own");
    *end = '\0';
    char *name = g_strstrip (text + 1);
    if (!check_name (scan, "section", name, true, error) || !remember (scan, "section", name, g_strdup (name), error))
        return false;
    g_free (scan->section);
    scan->section = g_strdup (name);
    bp_settings_add (scan->settings, name, NULL, NULL, scan->line);
    return true;
}

/* Takes the quotes off in place and refuses what iniparser would cut or misread. Returns NULL on failure. */
static char *scan_value (const Scan *scan, const char *key, char *value, GError **error)
{
    char quote = *value;
    if (quote == '"' || quote == '\'')
    {
        char *end = strchr (value + 1, quote);
        if (end == NULL)
            return fail_line (scan, error, "the value of '%s' starts with a %c that is never closed", key, quote), NULL;
        if (end[1] != '\0')
            return fail_line (scan, error,
                              "the value of '%s' goes on after its closing %c; quotes have no escapes: use the other kind of quote inside",
                              key, quote),
                   NULL;
        if (strchr (value, '\\') != NULL)
            return fail_line (scan, error, "the value of '%s' holds a backslash inside quotes; quotes have no escapes", key), NULL;
        *end = '\0';
        return value + 1;
    }
    const char *cut = strpbrk (value, ";#");
    if (cut != NULL)
        return fail_line (scan, error,
                          "the value of '%s' holds a '%c'; put the whole value in double quotes, or the comment on a line of its own", key,
                          *cut),
               NULL;
    return value;
}

static bool scan_setting (Scan *scan, char *text, GError **error)
{
    char *equals = strchr (text, '=');
    if (equals == NULL)
        return fail_line (scan, error, "'%s' is neither a comment, a [section] nor a 'key = value'", text);
    *equals = '\0';
    char *key = g_strstrip (text);
    if (scan->section == NULL)
        return fail_line (scan, error, "'%s' stands before the first [section]", key);
    if (!check_name (scan, "key", key, false, error) || !remember (scan, "key", key, g_strdup_printf ("%s:%s", scan->section, key), error))
        return false;
    char *value = scan_value (scan, key, g_strstrip (equals + 1), error);
    if (value == NULL)
        return false;
    bp_settings_add (scan->settings, scan->section, key, value, scan->line);
    return true;
}

static bool scan_line (Scan *scan, char *text, GError **error)
{
    if (strlen (text) > MAX_LINE_BYTES)
        return fail_line (scan, error, "the line is longer than %d bytes; shorten it", MAX_LINE_BYTES);
    for (const char *at = text; *at != '\0'; at++)
        if (g_ascii_iscntrl (*at) && *at != '\t')
            return fail_line (scan, error, "the line holds a control character (%s%02X); remove it",
                              *at == '\r' ? "a lone carriage return, " : "0x", (unsigned)(guchar)*at);
    g_strstrip (text);
    if (*text == '\0')
        return true;
    /* iniparser joins the next line to this one, even to a comment. */
    if (g_str_has_suffix (text, "\\"))
        return fail_line (scan, error, "a line may not end with a backslash; values stand on one line");
    if (*text == ';' || *text == '#')
        return true;
    return *text == '[' ? scan_section (scan, text, error) : scan_setting (scan, text, error);
}

static int line_of_offset (const char *contents, gsize offset)
{
    int line = 1;
    for (gsize i = 0; i < offset; i++)
        line += contents[i] == '\n';
    return line;
}

static bool check_bytes (const char *name, const char *contents, gsize length, GError **error)
{
    if (length >= 2 && (memcmp (contents, "\xFF\xFE", 2) == 0 || memcmp (contents, "\xFE\xFF", 2) == 0))
        return bp_fail (error, BP_ERROR_CONFIG, "%s, line 1: the file is UTF-16; save it as UTF-8", name);
    const char *nul = memchr (contents, '\0', length);
    if (nul != NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: the file holds a NUL byte; it is no text file", name,
                        line_of_offset (contents, (gsize)(nul - contents)));
    const char *bad = NULL;
    if (!g_utf8_validate (contents, (gssize)length, &bad))
        return bp_fail (error, BP_ERROR_CONFIG, "%s, line %d: the file is not UTF-8; save it as UTF-8", name,
                        line_of_offset (contents, (gsize)(bad - contents)));
    return true;
}

static BpSettings *scan_text (const char *name, const char *contents, GError **error)
{
    Scan scan = { .name = name, .settings = bp_settings_new (name) };
    g_autoptr (BpSettings) settings = scan.settings;
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    scan.seen = seen;
    g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
    bool is_read = true;
    for (int i = 0; lines[i] != NULL && is_read; i++)
    {
        gsize length = strlen (lines[i]);
        if (length > 0 && lines[i][length - 1] == '\r')
            lines[i][length - 1] = '\0';
        scan.line = i + 1;
        is_read = scan_line (&scan, lines[i], error);
    }
    g_free (scan.section);
    return is_read ? g_steal_pointer (&settings) : NULL;
}

/* iniparser reads paths alone, and a byte order mark is a syntax error to it: such a file is handed over as a copy without the mark. The
 * copy is in memory: a full or missing folder for temporary files must not stop a programme from being read. */
static dictionary *load_without_mark (const char *name, const char *contents, GError **error)
{
    gsize length = strlen (contents);
    int descriptor = memfd_create ("boardpack", MFD_CLOEXEC);
    bool is_copied = descriptor >= 0 && (length == 0 || write (descriptor, contents, length) == (ssize_t)length);
    g_autofree char *copy = g_strdup_printf ("/proc/self/fd/%d", descriptor);
    dictionary *values = is_copied && lseek (descriptor, 0, SEEK_SET) == 0 ? iniparser_load (copy) : NULL;
    if (descriptor >= 0)
        close (descriptor);
    if (values == NULL)
        bp_fail (error, BP_ERROR_CONFIG,
                 "%s, line 1: the file begins with a byte order mark and cannot be read here; save it without the mark", name);
    return values;
}

/* Takes the values from iniparser; the scan's own reading must agree. */
static bool take_values (BpSettings *settings, const dictionary *values, GError **error)
{
    for (guint i = 0; i < settings->settings->len; i++)
    {
        BpSetting *setting = g_ptr_array_index (settings->settings, i);
        if (setting->key == NULL)
            continue;
        g_autofree char *name = g_strdup_printf ("%s:%s", setting->section, setting->key);
        const char *value = iniparser_getstring (values, name, NULL);
        if (g_strcmp0 (value, setting->value) != 0)
            return bp_settings_fail_value (settings, setting, error, "the value cannot be read unambiguously; put it in double quotes");
    }
    return true;
}

BpSettings *bp_ini_file_load (const char *path, const char *name, GError **error)
{
    static gsize is_set_up = 0;
    if (g_once_init_enter (&is_set_up))
    {
        iniparser_set_error_callback (record_parser_message);
        g_once_init_leave (&is_set_up, 1);
    }
    g_autofree char *contents = NULL;
    gsize length = 0;
    if (!bp_file_read (path, MAX_FILE_BYTES, &contents, &length, error) || !check_bytes (name, contents, length, error))
        return NULL;
    bool has_mark = g_str_has_prefix (contents, "\xEF\xBB\xBF");
    const char *text = contents + (has_mark ? 3 : 0);
    g_autoptr (BpSettings) settings = scan_text (name, text, error);
    if (settings == NULL)
        return NULL;
    parser_message[0] = '\0';
    dictionary *values = has_mark ? load_without_mark (name, text, error) : iniparser_load (path);
    if (values == NULL)
    {
        if (error != NULL && *error == NULL)
            bp_fail (error, BP_ERROR_CONFIG, "%s: the file cannot be read (%s)", name, parser_message);
        return NULL;
    }
    bool is_taken = take_values (settings, values, error);
    iniparser_freedict (values);
    return is_taken ? g_steal_pointer (&settings) : NULL;
}
