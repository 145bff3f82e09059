#include "app/run_records.h"

#include "base/atomic_file.h"
#include "domain/snapshot_facts.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static void free_record (gpointer pointer)
{
    BpRunRecord *record = pointer;
    g_free (record->path);
    g_free (record->sha256);
    g_free (record);
}

static bool write_record (GPtrArray *records, const char *folder, const char *name, const char *text, gsize length, GError **error)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    if (g_mkdir_with_parents (parent, 0777) != 0)
        return bp_file_fail (error, parent, "the folder cannot be made", errno);
    if (!bp_atomic_file_write (path, text, length, error))
        return false;
    BpRunRecord *record = g_new0 (BpRunRecord, 1);
    record->path = g_strdup (name);
    record->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);
    record->bytes = (gint64)length;
    g_ptr_array_add (records, record);
    return true;
}

/* Each figure once for each file that prints it: within one file it is the same everywhere, or the run would not have been published. */
static void append_figures (GString *text, const char *file, const BpFigureLog *figures)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < bp_figure_log_length (figures); i++)
    {
        const BpFigureEntry *entry = bp_figure_log_get (figures, i);
        if (!g_hash_table_add (seen, (gpointer)entry->key))
            continue;
        g_string_append_printf (text, "%s\t", file);
        bp_fact_append (text, entry->key, entry->text);
    }
}

static char *dup_figures (const BpRun *run, gsize *length_out)
{
    GString *text = g_string_new ("file\tfigure\ttext\n");
    for (guint i = 0; i < run->packs->len; i++)
    {
        const BpForumPack *pack = run->packs->pdata[i];
        g_autofree char *snapshot = g_strdup_printf ("snapshot of %s", pack->forum->id);
        append_figures (text, snapshot, pack->figures);
        for (guint j = 0; j < pack->outputs->len; j++)
        {
            const BpPackOutput *output = pack->outputs->pdata[j];
            append_figures (text, output->path, output->figures);
        }
    }
    *length_out = text->len;
    return g_string_free (text, FALSE);
}

static char *dup_facts (const BpRun *run, gsize *length_out)
{
    GString *text = g_string_new ("fact\tvalue\n");
    bp_snapshot_facts_append (run->snapshot, text);
    *length_out = text->len;
    return g_string_free (text, FALSE);
}

GPtrArray *bp_run_records_write (const BpRun *run, GError **error)
{
    const char *folder = bp_publication_folder (run->publication);
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
    gsize facts_length, figures_length;
    g_autofree char *facts = dup_facts (run, &facts_length);
    g_autofree char *figures = dup_figures (run, &figures_length);
    g_autofree char *summary = bp_run_summary_dup_text (run);
    if (!write_record (records, folder, BP_RECORD_FIGURES, figures, figures_length, error)
        || !write_record (records, folder, BP_RECORD_SNAPSHOT, facts, facts_length, error)
        || !write_record (records, folder, BP_RECORD_SUMMARY, summary, strlen (summary), error))
        return NULL;
    return g_steal_pointer (&records);
}
