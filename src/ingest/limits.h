#ifndef BP_INGEST_LIMITS_H
#define BP_INGEST_LIMITS_H

#include <glib.h>

/* What a workbook may come to. It is mailed about and comes from anyone, and a few kilobytes of zip archive can stand for gigabytes or
 * hours; each bound is far beyond what a spreadsheet program writes for a programme, and low enough that reading stays a matter of seconds
 * and of a few hundred megabytes. Limits of a spreadsheet program are those of Excel's specifications. */

#define BP_LIMIT_MB ((guint64)1024 * 1024)

/* ---- the archive ---- */
/* Entries: a few dozen; each sheet, chart and picture is one. */
#define BP_LIMIT_ENTRIES 20000
/* Bytes of an entry's name, or of a target that names one. */
#define BP_LIMIT_NAME_BYTES 2048
/* Bytes of a part when unpacked. */
#define BP_LIMIT_SHEET_BYTES (512 * BP_LIMIT_MB)
#define BP_LIMIT_STRINGS_BYTES (128 * BP_LIMIT_MB)
#define BP_LIMIT_PART_BYTES (16 * BP_LIMIT_MB)
/* Of all that is unpacked of one workbook: its largest sheet, its texts, and some more. */
#define BP_LIMIT_UNPACKED_BYTES (768 * BP_LIMIT_MB)

/* ---- XML ---- */
/* Elements stand a dozen deep. */
#define BP_LIMIT_DEPTH 256
/* Bytes of one tag, comment or instruction. The parser starts it anew with each piece of the file that it is given (CVE-2023-52425), so
 * that its time grows with the square of its length. The longest that is written are lists of ranges, of some 100,000 bytes. */
#define BP_LIMIT_TOKEN_BYTES BP_LIMIT_MB
/* Different names of elements and attributes in a part: the parser keeps each. The standard has some 1,500 for all parts together. */
#define BP_LIMIT_XML_NAMES 2000

/* ---- the workbook ---- */
#define BP_LIMIT_SHEETS 1000
/* Bytes of a sheet's name: 31 characters in a spreadsheet program. */
#define BP_LIMIT_SHEET_NAME_BYTES 255
/* What one part points at: its sheets and a few more. */
#define BP_LIMIT_RELATIONS 20000
/* Texts that cells share, each of which costs a place in a table. */
#define BP_LIMIT_STRINGS 4000000
/* Characters of a number format's code: what a longer one shows is not looked into. */
#define BP_LIMIT_FORMAT_CODE_CHARS 255

/* ---- sheets ---- */
#define BP_LIMIT_ROW 1048576
#define BP_LIMIT_COLUMN 16384
/* More of a cell is not kept: it is too large to be read anyway. */
#define BP_LIMIT_VALUE_BYTES ((gsize)2 * 64 * 1024)
#define BP_LIMIT_ROW_BYTES ((gsize)16 * 1024 * 1024)
/* Of text in all cells of a workbook, one that is shared counted for each cell that shows it: 100,000 rows of ten columns have 50 MB. */
#define BP_LIMIT_TEXT_BYTES (128 * BP_LIMIT_MB)

/* ---- a returned update sheet ---- */
/* Of text in all its cells: it goes into the data folder, and is read with every import from then on. */
#define BP_LIMIT_RETURN_TEXT_BYTES (16 * BP_LIMIT_MB)
/* Rows that hold something: a lead has some dozens of actions. */
#define BP_LIMIT_RETURN_ROWS 20000
/* Columns of a row that may be its headings, and sheets among which those to be filled in are looked for. */
#define BP_LIMIT_RETURN_COLUMNS 256
#define BP_LIMIT_RETURN_SHEETS 100

#endif
