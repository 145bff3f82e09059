#include "app/folder_recipients.h"

#include "ingest/ingest.h"
#include "store/sends.h"

#include <string.h>

void bp_folder_recipients_free (BpFolderRecipients *now)
{
    if (now == NULL)
        return;
    g_clear_pointer (&now->recipients, g_ptr_array_unref);
    bp_data_folder_clear (&now->data);
    g_free (now->fault);
    g_free (now);
}

/* A misspelt "to" would take the end from every row: the reader says so as an error. */
static const BpFinding *find_lost_days (const BpFindingList *findings)
{
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, i);
        if (finding->code == BP_FINDING_UNKNOWN_COLUMN && finding->level == BP_LEVEL_ERROR)
            return finding;
    }
    return NULL;
}

BpFolderRecipients *bp_folder_recipients_read (const BpProgrammeConfig *config)
{
    g_autoptr (GError) why = NULL;
    BpFolderRecipients *now = g_new0 (BpFolderRecipients, 1);
    if (!bp_data_folder_read (&now->data, config, &why))
    {
        now->fault = g_strdup_printf ("who has been taken off the list cannot be told: %s", why->message);
        return now;
    }
    const BpFinding *lost = find_lost_days (now->data.findings);
    if (lost != NULL)
        now->fault = g_strdup_printf ("%s: %s", lost->source.file, lost->text);
    else
        now->recipients = bp_recipients_read (now->data.tables, &config->programme);
    return now;
}

GPtrArray *bp_folder_recipients_list_left_out (const BpFolderRecipients *now)
{
    GPtrArray *left_out = g_ptr_array_new ();
    for (guint i = 0; now->data.findings != NULL && i < bp_finding_list_length (now->data.findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (now->data.findings, i);
        const BpTableDef *table = finding->quarantined ? bp_ingest_find_table (finding->source.file, finding->source.sheet) : NULL;
        if (table != NULL && table->id == BP_TABLE_RECIPIENTS)
            g_ptr_array_add (left_out, (gpointer)finding);
    }
    return left_out;
}

/* By the key of the address: the first that something goes to, else one that is refused. */
static GHashTable *index_list (const GPtrArray *list)
{
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->len; i++)
    {
        BpAddressee *addressee = list->pdata[i];
        g_autofree char *key = bp_send_dup_address_key (addressee->recipient->address);
        const BpAddressee *known = g_hash_table_lookup (index, key);
        if (known == NULL || known->refusal != NULL)
            g_hash_table_replace (index, g_steal_pointer (&key), addressee);
    }
    return index;
}

static void restrict_one (BpAddressee *addressee, const BpAddressee *now)
{
    if (now == NULL)
        addressee->refusal = g_strdup_printf (
            "is not in %s any more, or its row has ended or cannot be read; 'boardpack import' makes it so", addressee->recipient->file);
    else if (now->refusal != NULL)
        addressee->refusal = g_strdup_printf ("%s ('boardpack import' makes it so)", now->refusal);
    else
        addressee->has_workbook = addressee->has_workbook && now->has_workbook;
}

void bp_folder_recipients_restrict (const BpFolderRecipients *now, const BpForum *forum, bool is_sensitive, const BpMailSettings *mail,
                                    BpDate day, GPtrArray *list)
{
    g_autoptr (GPtrArray) listed = bp_recipient_list_new (now->recipients, forum, is_sensitive, mail, day);
    g_autoptr (GHashTable) index = index_list (listed);
    for (guint i = 0; i < list->len; i++)
    {
        BpAddressee *addressee = list->pdata[i];
        g_autofree char *key = bp_send_dup_address_key (addressee->recipient->address);
        if (addressee->refusal == NULL)
            restrict_one (addressee, g_hash_table_lookup (index, key));
    }
}
