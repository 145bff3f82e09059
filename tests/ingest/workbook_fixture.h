#ifndef BP_TESTS_WORKBOOK_FIXTURE_H
#define BP_TESTS_WORKBOOK_FIXTURE_H

#include "base/atomic_file.h"
#include "ingest/ingest.h"
#include "workbook_file.h"

#include <glib/gstdio.h>

/* A folder with one workbook. */
typedef struct
{
    char *root, *path;
    BpTableSet *set;
    BpFindingList *findings;
    GError *error;
} Book;

static void book_open (Book *book)
{
    *book = (Book){ .root = g_dir_make_tmp ("boardpack-workbook-XXXXXX", NULL), .set = bp_table_set_new (NULL) };
    book->path = g_build_filename (book->root, "book.xlsx", NULL);
    book->findings = bp_finding_list_new ();
}

static bool book_read (Book *book)
{
    return bp_ingest_read_file (book->root, "book.xlsx", book->set, book->findings, &book->error);
}

static void book_close (Book *book)
{
    g_assert_true (bp_folder_remove (book->root, NULL));
    bp_table_set_free (book->set);
    bp_finding_list_free (book->findings);
    g_clear_error (&book->error);
    g_free (book->root);
    g_free (book->path);
}

/* "2:SIP|Title||note/": the rows of plans. */
static char *dup_plans (const Book *book)
{
    GString *text = g_string_new (NULL);
    const GArray *records = book->set->tables[BP_TABLE_PLANS].records;
    for (guint i = 0; i < records->len; i++)
    {
        const BpRecord *record = &g_array_index (records, BpRecord, i);
        g_assert_cmpstr (record->file, ==, "book.xlsx");
        g_string_append_printf (text, "%s@%d:", record->sheet, record->row);
        for (int cell = 0; cell < bp_table_set_width (book->set, BP_TABLE_PLANS); cell++)
            g_string_append_printf (text, "%s%s", cell == 0 ? "" : "|", record->cells[cell]);
        g_string_append_c (text, '/');
    }
    return g_string_free (text, FALSE);
}

/* "F14 A2:B2/F13 3/": code, and value or else row of each finding. */
static char *dup_findings (const Book *book)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < bp_finding_list_length (book->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (book->findings, i);
        g_string_append_printf (text, "%s %s", bp_finding_kind_get (finding->code)->id, finding->value != NULL ? finding->value : "");
        g_string_append_printf (text, "%s%d/", finding->value != NULL ? " " : "", finding->source.row);
    }
    return g_string_free (text, FALSE);
}

#define ROW(number, cells) "<row r=\"" number "\">" cells "</row>"
#define TEXT(cell, text) "<c r=\"" cell "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define PLAN(row, cell) ROW (row, TEXT ("A" row, "A") TEXT ("B" row, "a") cell)

#endif
