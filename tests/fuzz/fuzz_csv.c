/* Whatever bytes a CSV file holds: no crash, and each row that was seen is kept or named. The first byte chooses the table. */
#include "ingest/table_reader.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const BpTableDef *table = bp_table_get ((BpTableId)(data[0] % BP_TABLE_COUNT));
    g_autoptr (BpTableSet) set = bp_table_set_new (NULL);
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    g_autoptr (GError) error = NULL;
    char *bytes = g_malloc (size);
    for (size_t i = 1; i < size; i++)
        bytes[i - 1] = (char)data[i];
    bytes[size - 1] = '\0';
    if (bp_table_read_csv ("fuzz.csv", table, &bytes, size - 1, set, findings, &error))
    {
        const BpTable *rows = &set->tables[table->id];
        g_assert_cmpint (rows->row_count, ==, (int)rows->records->len + (int)bp_finding_list_count_quarantined (findings));
        bp_table_set_admit (set, findings);
    }
    else
        g_assert_nonnull (error);
    g_free (bytes);
    return 0;
}
