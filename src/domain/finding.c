#include "domain/finding.h"

#include "base/text.h"

#include <stdarg.h>
#include <string.h>

/* A finding is read by a person and kept with every run: a cell of a megabyte, found wanting in each of 100,000 rows, must not fill memory
 * and disk. Texts quote far less; this is the net below them. */
#define MAX_VALUE_CHARS 500
#define MAX_TEXT_CHARS 2000

struct BpFindingList
{
    GArray *findings; /* of BpFinding */
    GStringChunk *strings;
};

BpFindingList *bp_finding_list_new (void)
{
    BpFindingList *list = g_new0 (BpFindingList, 1);
    list->findings = g_array_new (FALSE, FALSE, sizeof (BpFinding));
    list->strings = g_string_chunk_new (4096);
    return list;
}

void bp_finding_list_free (BpFindingList *list)
{
    if (list == NULL)
        return;
    g_array_unref (list->findings);
    g_string_chunk_free (list->strings);
    g_free (list);
}

/* File and column names recur on every finding: they are kept once. */
static const char *keep_name (BpFindingList *list, const char *name)
{
    if (name == NULL)
        return NULL;
    g_autofree char *shortened = strlen (name) > MAX_TEXT_CHARS ? bp_text_dup_quoted (name) : NULL;
    return g_string_chunk_insert_const (list->strings, shortened != NULL ? shortened : name);
}

/* What is typed in a data file may be no UTF-8; a finding is printed, stored and drawn, so it always is. */
static const char *keep_text (BpFindingList *list, const char *text, int max_chars)
{
    if (text == NULL)
        return NULL;
    if (g_utf8_validate (text, -1, NULL) && g_utf8_strlen (text, 4 * max_chars) < max_chars)
        return g_string_chunk_insert (list->strings, text);
    g_autofree char *start = g_strndup (text, 4 * ((gsize)max_chars + 1)), *shortened = bp_text_dup_shortened (start, max_chars);
    return g_string_chunk_insert (list->strings, shortened);
}

static BpSource keep_source (BpFindingList *list, BpSource source)
{
    source.file = keep_name (list, source.file);
    source.sheet = keep_name (list, source.sheet);
    source.column = keep_name (list, source.column);
    return source;
}

static void add_formatted (BpFindingList *list, BpFindingCode code, bool quarantined, BpSource source, const char *value,
                           const char *format, va_list arguments) G_GNUC_PRINTF (6, 0);

static void add_formatted (BpFindingList *list, BpFindingCode code, bool quarantined, BpSource source, const char *value,
                           const char *format, va_list arguments)
{
    const BpFindingKind *kind = bp_finding_kind_get (code);
    g_autofree char *text = g_strdup_vprintf (format, arguments);
    BpFinding finding = {
        .code = code,
        .level = quarantined ? BP_LEVEL_ERROR : kind->level,
        .quarantined = quarantined,
        .source = keep_source (list, source),
        .value = keep_text (list, value, MAX_VALUE_CHARS),
        .text = keep_text (list, text, MAX_TEXT_CHARS),
        .advice = kind->advice,
    };
    g_array_append_val (list->findings, finding);
}

void bp_finding_list_add (BpFindingList *list, BpFindingCode code, BpSource source, const char *value, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    add_formatted (list, code, false, source, value, format, arguments);
    va_end (arguments);
}

void bp_finding_list_add_quarantined (BpFindingList *list, BpFindingCode code, BpSource source, const char *value, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    add_formatted (list, code, true, source, value, format, arguments);
    va_end (arguments);
}

void bp_finding_list_append (BpFindingList *list, const BpFinding *finding)
{
    BpFinding copy = *finding;
    copy.source = keep_source (list, finding->source);
    copy.value = keep_text (list, finding->value, MAX_VALUE_CHARS);
    copy.text = finding->text == NULL ? "" : keep_text (list, finding->text, MAX_TEXT_CHARS);
    copy.advice = finding->advice == NULL ? bp_finding_kind_get (finding->code)->advice : keep_name (list, finding->advice);
    g_array_append_val (list->findings, copy);
}

void bp_finding_list_append_all (BpFindingList *list, const BpFindingList *others)
{
    guint length = others->findings->len; /* list may be others itself */
    for (guint i = 0; i < length; i++)
        bp_finding_list_append (list, &g_array_index (others->findings, BpFinding, i));
}

guint bp_finding_list_length (const BpFindingList *list)
{
    return list->findings->len;
}

const BpFinding *bp_finding_list_get (const BpFindingList *list, guint index)
{
    g_assert (index < list->findings->len);
    return &g_array_index (list->findings, BpFinding, index);
}

static int compare_files (const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return bp_ref_compare (a, b);
}

/* A total order, so that equal findings come to stand together and the same data always print the same list. */
static int compare_findings (gconstpointer left, gconstpointer right)
{
    const BpFinding *a = left;
    const BpFinding *b = right;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    int order = compare_files (a->source.file, b->source.file);
    if (order == 0)
        order = g_strcmp0 (a->source.sheet, b->source.sheet);
    if (order == 0)
        order = (a->source.row > b->source.row) - (a->source.row < b->source.row);
    if (order == 0)
        order = g_strcmp0 (a->source.column, b->source.column);
    if (order == 0)
        order = g_strcmp0 (a->value, b->value);
    if (order == 0)
        order = g_strcmp0 (a->text, b->text);
    if (order == 0)
        order = g_strcmp0 (a->advice, b->advice);
    return order == 0 ? (int)a->quarantined - (int)b->quarantined : order;
}

void bp_finding_list_sort (BpFindingList *list)
{
    g_array_sort (list->findings, compare_findings);
    guint kept = 0;
    for (guint i = 0; i < list->findings->len; i++)
    {
        const BpFinding *finding = &g_array_index (list->findings, BpFinding, i);
        if (kept > 0 && compare_findings (finding, &g_array_index (list->findings, BpFinding, kept - 1)) == 0)
            continue;
        g_array_index (list->findings, BpFinding, kept) = *finding;
        kept++;
    }
    g_array_set_size (list->findings, kept);
}

guint bp_finding_list_count (const BpFindingList *list, BpLevel level)
{
    guint count = 0;
    for (guint i = 0; i < list->findings->len; i++)
        count += g_array_index (list->findings, BpFinding, i).level == level;
    return count;
}

guint bp_finding_list_count_alike (const BpFindingList *list, guint first)
{
    const BpFinding *finding = bp_finding_list_get (list, first);
    guint count = 1;

    while (first + count < list->findings->len)
    {
        const BpFinding *next = bp_finding_list_get (list, first + count);
        if (next->code != finding->code || next->level != finding->level)
            break;
        count++;
    }
    return count;
}

guint bp_finding_list_count_quarantined (const BpFindingList *list)
{
    guint count = 0;
    for (guint i = 0; i < list->findings->len; i++)
        count += g_array_index (list->findings, BpFinding, i).quarantined;
    return count;
}

void bp_finding_list_remove_codes (BpFindingList *list, const char *const *off)
{
    bool is_off[BP_FINDING_COUNT] = { false };
    for (gsize i = 0; off != NULL && off[i] != NULL; i++)
    {
        const BpFindingKind *kind = bp_finding_kind_find (off[i]);
        if (kind != NULL)
            is_off[kind->code] = true;
    }
    guint kept = 0;
    for (guint i = 0; i < list->findings->len; i++)
    {
        const BpFinding *finding = &g_array_index (list->findings, BpFinding, i);
        if (is_off[finding->code] && !finding->quarantined)
            continue;
        g_array_index (list->findings, BpFinding, kept) = *finding;
        kept++;
    }
    g_array_set_size (list->findings, kept);
}

const char *bp_level_name (BpLevel level)
{
    switch (level)
    {
    case BP_LEVEL_NOTE:
        return "note";
    case BP_LEVEL_CHECK:
        return "check";
    case BP_LEVEL_ERROR:
        return "error";
    }
    return "error";
}
