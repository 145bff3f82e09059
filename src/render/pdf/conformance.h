#ifndef BP_RENDER_PDF_CONFORMANCE_H
#define BP_RENDER_PDF_CONFORMANCE_H

#include "render/pdf/fonts.h"
#include "render/pdf/metadata.h"
#include "render/pdf/structure.h"

/* Whether a drawn plan keeps what PDF/UA-1 (ISO 14289-1) promises, as far as the writer's own records tell: everything that is painted is
 * content or decoration; elements stand where they may; headings begin at H1, of which there is one, and skip no level; the rows of a table
 * are alike and its headers say what they head; figures are described; links lead somewhere and say where; every character has a glyph; all
 * fonts are in the file; title and language are set. What does not hold is appended to faults (of char *), one sentence for each kind with
 * its first page. */
typedef struct BpConformance BpConformance;
/* Looks at what will be drawn, before it is: drawing gives up the boxes. */
BpConformance *bp_conformance_new (const BpPagePlan *plan, BpFonts *fonts);
void bp_conformance_free (BpConformance *conformance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpConformance, bp_conformance_free)
/* Looks at the rest, once, and gives the answer. The structure is that of the drawn plan, and closed. */
void bp_conformance_check (BpConformance *conformance, const BpStructure *structure, bool has_all_fonts, const BpMetadata *metadata,
                           GPtrArray *faults);

#endif
