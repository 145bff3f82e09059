#include "render/xlsx/sheet_tags.h"

#include <string.h>

/* No tag of a sheet is near it. */
#define MAX_TAG_BYTES 65536

void bp_xlsx_sheet_tags_init (BpXlsxSheetTags *tags)
{
    memset (tags, 0, sizeof *tags);
    tags->rest = g_string_new (NULL);
    tags->path = g_string_new (NULL);
}

void bp_xlsx_sheet_tags_clear (BpXlsxSheetTags *tags)
{
    g_string_free (g_steal_pointer (&tags->rest), TRUE);
    g_string_free (g_steal_pointer (&tags->path), TRUE);
}

static void fault (BpXlsxSheetTags *tags, const char *why)
{
    if (tags->why == NULL)
        tags->why = why;
}

/* The ">" of the tag that begins at "<"; NULL if it is not there before end. A quoted value may hold one. */
static const char *find_end (const char *tag, const char *end)
{
    for (const char *at = tag + 1; at < end; at++)
    {
        if (*at == '>')
            return at;
        if (*at == '"' && (at = memchr (at + 1, '"', (gsize)(end - at - 1))) == NULL)
            return NULL;
    }
    return NULL;
}

static bool is_named (const char *name, gsize length, const char *wanted)
{
    return strlen (wanted) == length && memcmp (name, wanted, length) == 0;
}

static void open_element (BpXlsxSheetTags *tags, const char *name, gsize length)
{
    if (tags->path->len == 0 && tags->has_element)
        fault (tags, "something follows its end");
    tags->has_element = true;
    if (is_named (name, length, "c"))
        tags->cell_count++;
    else if (is_named (name, length, "row"))
        tags->row_count++;
    else if (is_named (name, length, "tablePart"))
        tags->table_count++;
    g_string_append_c (tags->path, '/');
    g_string_append_len (tags->path, name, (gssize)length);
}

static void close_element (BpXlsxSheetTags *tags, const char *name, gsize length)
{
    GString *path = tags->path;
    bool is_last
        = path->len > length && path->str[path->len - length - 1] == '/' && memcmp (path->str + path->len - length, name, length) == 0;

    if (!is_last)
        fault (tags, "its tags do not match");
    else
        g_string_truncate (path, path->len - length - 1);
}

/* From "<" to ">". */
static void take_tag (BpXlsxSheetTags *tags, const char *tag, const char *end)
{
    bool is_closing = tag[1] == '/';
    const char *name = tag + (is_closing ? 2 : 1);
    gsize length = 0;

    if (tag[1] == '?')
        return;
    while (name + length < end && name[length] != ' ' && name[length] != '/')
        length++;
    if (length == 0)
        fault (tags, "a tag has no name");
    else if (is_closing)
        close_element (tags, name, length);
    else
    {
        open_element (tags, name, length);
        if (end[-1] == '/')
            close_element (tags, name, length);
    }
}

/* Returns where the first tag begins that is not whole; end if there is none. */
static const char *take_whole_tags (BpXlsxSheetTags *tags, const char *at, const char *end)
{
    const char *tag = NULL;

    while (tags->why == NULL && (tag = memchr (at, '<', (gsize)(end - at))) != NULL)
    {
        const char *tag_end = find_end (tag, end);
        if (tag_end == NULL)
            return tag;
        take_tag (tags, tag, tag_end);
        at = tag_end + 1;
    }
    return end;
}

void bp_xlsx_sheet_tags_feed (BpXlsxSheetTags *tags, const char *piece, gsize length)
{
    const char *end = piece + length;
    const char *at = piece;

    /* the tag that the piece before has cut: up to its end, or all there is */
    while (tags->rest->len > 0 && at < end)
    {
        const char *close = memchr (at, '>', (gsize)(end - at));
        const char *upto = close != NULL ? close + 1 : end;
        g_string_append_len (tags->rest, at, upto - at);
        at = upto;
        const char *left = take_whole_tags (tags, tags->rest->str, tags->rest->str + tags->rest->len);
        if (left != tags->rest->str)
            g_string_truncate (tags->rest, 0);
        if (tags->rest->len > MAX_TAG_BYTES)
            fault (tags, "a tag has no end");
        if (tags->why != NULL)
            return;
    }
    at = take_whole_tags (tags, at, end);
    g_string_append_len (tags->rest, at, end - at);
}

const char *bp_xlsx_sheet_tags_end (const BpXlsxSheetTags *tags)
{
    if (tags->why != NULL)
        return tags->why;
    if (tags->rest->len > 0 || tags->path->len > 0)
        return "its end is missing";
    return tags->has_element ? NULL : "it is empty";
}
