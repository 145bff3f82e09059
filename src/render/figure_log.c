#include "render/figure_log.h"

struct BpFigureLog
{
    GArray *entries; /* of BpFigureEntry */
    GStringChunk *strings;
};

BpFigureLog *bp_figure_log_new (void)
{
    BpFigureLog *log = g_new0 (BpFigureLog, 1);
    log->entries = g_array_new (FALSE, FALSE, sizeof (BpFigureEntry));
    log->strings = g_string_chunk_new (4096);
    return log;
}

void bp_figure_log_free (BpFigureLog *log)
{
    if (log == NULL)
        return;
    g_array_unref (log->entries);
    g_string_chunk_free (log->strings);
    g_free (log);
}

void bp_figure_log_add (BpFigureLog *log, const BpValue *value, const char *place)
{
    if (log == NULL || value->figure == NULL)
        return;
    g_autofree char *text = bp_value_dup_text (value);
    const BpFigureEntry entry = { .key = g_string_chunk_insert_const (log->strings, value->figure),
                                  .text = g_string_chunk_insert_const (log->strings, text),
                                  .place = g_string_chunk_insert_const (log->strings, place) };
    g_array_append_val (log->entries, entry);
}

guint bp_figure_log_length (const BpFigureLog *log)
{
    return log == NULL ? 0 : log->entries->len;
}

const BpFigureEntry *bp_figure_log_get (const BpFigureLog *log, guint index)
{
    g_assert (log != NULL && index < log->entries->len);
    return &g_array_index (log->entries, BpFigureEntry, index);
}
