#ifndef BP_RENDER_PDF_STRUCTURE_WRITER_H
#define BP_RENDER_PDF_STRUCTURE_WRITER_H

#include "render/pdf/pdf_document.h"
#include "render/pdf/structure.h"

/* Writes the structure tree and the parent tree of a closed structure as objects of the document. Their text is made one by one while the
 * document is saved. Free it after that. */
typedef struct BpStructureWriter BpStructureWriter;

/* Document and structure must outlive it. */
BpStructureWriter *bp_structure_writer_new (BpPdfDocument *document, const BpStructure *structure);
void bp_structure_writer_free (BpStructureWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpStructureWriter, bp_structure_writer_free)

/* Number of the root of the tree, for the catalog. */
unsigned bp_structure_writer_get_root (const BpStructureWriter *writer);

/* Number of objects, and the text of one of them as if the first had the number first_object: what the document is given. pages: the object
 * number of each page. */
guint bp_structure_count_objects (const BpStructure *structure);
void bp_structure_append_object (const BpStructure *structure, guint index, unsigned first_object, const unsigned *pages, GString *out);

#endif
