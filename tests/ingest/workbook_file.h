#ifndef BP_TESTS_WORKBOOK_FILE_H
#define BP_TESTS_WORKBOOK_FILE_H

#include <glib.h>
#include <string.h>
#include <zip.h>

/* Workbooks made by hand, part by part, so that they can be wrong in any way. */

typedef struct
{
    const char *name, *contents;
} WorkbookPart;

#define WORKBOOK_RELATIONS_OPEN "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define WORKBOOK_RELATION(id, kind, target)                                                                                                \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" kind "\" Target=\"" target   \
    "\"/>"

static const char workbook_root_relations[]
    = WORKBOOK_RELATIONS_OPEN WORKBOOK_RELATION ("r1", "officeDocument", "xl/workbook.xml") "</Relationships>";
static const char workbook_relations[] = WORKBOOK_RELATIONS_OPEN WORKBOOK_RELATION ("r1", "worksheet", "worksheets/sheet1.xml")
    WORKBOOK_RELATION ("r2", "sharedStrings", "sharedStrings.xml") WORKBOOK_RELATION ("r3", "styles", "/xl/styles.xml")
        WORKBOOK_RELATION ("r4", "worksheet", "worksheets/sheet2.xml") WORKBOOK_RELATION (
            "r5", "chartsheet", "chartsheets/sheet1.xml") "<Relationship Id=\"r6\" Type=\"x/hyperlink\" Target=\"http://example.org/\" "
                                                          "TargetMode=\"External\"/></Relationships>";
static const char workbook_one_sheet[]
    = "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"plans\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
/* formats: 1 is a day, 2 a month, 3 a percentage, 4 two decimals, 5 a year, 6 a time, 7 a day in words */
static const char workbook_styles[]
    = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"[$-809]dddd\\, d mmmm yyyy;@\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"17\"/><xf numFmtId=\"9\"/>"
      "<xf numFmtId=\"2\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
/* A header of the table plans. */
#define PLANS_HEADER                                                                                                                       \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>plan</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>title</t></is></c>"               \
    "<c r=\"C1\" t=\"inlineStr\"><is><t>note</t></is></c></row>"

/* Writes the parts, an array that a NULL name ends, to path. */
static void workbook_write_parts (const char *path, const WorkbookPart *parts)
{
    zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    g_assert_nonnull (archive);
    for (; parts->name != NULL; parts++)
    {
        zip_source_t *source = zip_source_buffer (archive, parts->contents, strlen (parts->contents), 0);
        g_assert_cmpint (zip_file_add (archive, parts->name, source, ZIP_FL_ENC_UTF_8), >=, 0);
    }
    g_assert_cmpint (zip_close (archive), ==, 0);
}

/* Writes a workbook of one sheet, plans. strings may be NULL. */
static void workbook_write (const char *path, const char *sheet, const char *strings)
{
    const WorkbookPart parts[] = { { "_rels/.rels", workbook_root_relations },
                                   { "xl/workbook.xml", workbook_one_sheet },
                                   { "xl/_rels/workbook.xml.rels", workbook_relations },
                                   { "xl/styles.xml", workbook_styles },
                                   { "xl/sharedStrings.xml", strings != NULL ? strings : "<sst/>" },
                                   { "xl/worksheets/sheet1.xml", sheet },
                                   { NULL, NULL } };
    workbook_write_parts (path, parts);
}

#endif
