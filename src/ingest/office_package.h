#ifndef BP_INGEST_OFFICE_PACKAGE_H
#define BP_INGEST_OFFICE_PACKAGE_H

#include "base/error.h"
#include "ingest/limits.h"

/* The zip archive that a workbook is (ECMA-376, part 2). It comes from outside, so nothing in it is believed: names, sizes and encryption
 * are looked at before a part is read, and a part is read in pieces, up to a bound. Nothing is ever written to disk. */
typedef struct BpOfficePackage BpOfficePackage;

/* Opens the file at path; shown is what messages call it. Fails with BP_ERROR_DATA, saying what is wrong and what to do, if it is no
 * archive (text, an encrypted or an old workbook), is cut short, or has an entry that cannot be trusted. */
BpOfficePackage *bp_office_package_open (const char *path, const char *shown, GError **error);
void bp_office_package_free (BpOfficePackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpOfficePackage, bp_office_package_free)

bool bp_office_package_has (const BpOfficePackage *package, const char *part);
/* Fails with "file: its part … is damaged: reason". Returns false. */
bool bp_office_package_fail (const BpOfficePackage *package, const char *part, const char *reason, GError **error);

/* Takes length bytes off the text that the cells of the workbook may come to; false if there were not so many left. */
bool bp_office_package_take_text (const BpOfficePackage *package, gsize length);
/* Fails with "file: cannot be trusted: reason". Returns false. */
bool bp_office_package_distrust (const BpOfficePackage *package, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* A part that is being read. */
typedef struct BpOfficePart BpOfficePart;
/* Fails if there is no such part, or if it unpacks to more than max_bytes, or all parts that were read to more than a workbook may. */
BpOfficePart *bp_office_part_open (const BpOfficePackage *package, const char *part, guint64 max_bytes, GError **error);
void bp_office_part_free (BpOfficePart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpOfficePart, bp_office_part_free)
/* Unpacks the next bytes, at most size of them; 0 at the part's end, -1 on error. */
gssize bp_office_part_read (BpOfficePart *part, char *bytes, gsize size, GError **error);
const char *bp_office_part_name (const BpOfficePart *part);
const BpOfficePackage *bp_office_part_package (const BpOfficePart *part);

#endif
