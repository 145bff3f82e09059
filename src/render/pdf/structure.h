#ifndef BP_RENDER_PDF_STRUCTURE_H
#define BP_RENDER_PDF_STRUCTURE_H

#include "render/pdf/page_plan.h"

/* The writer's own record of what was drawn for which element: kept while a plan is drawn, then closed and used to write the structure tree
 * and to check it. A pack of some thousand pages has hundreds of thousands of elements, so it holds a few numbers for each and no text. */

typedef struct
{
    int element;       /* its Link */
    int page;          /* from 0 */
    unsigned object;   /* number of the annotation */
    bool has_contents; /* words for those who do not see where it stands */
    int next;          /* the next one of the same element; -1 */
} BpTaggedLink;

typedef struct
{
    const BpPagePlan *plan;
    GArray *owners;      /* of int: the element of every marked sequence, page after page; its place on its page is its MCID */
    GArray *page_starts; /* of guint: where each page begins in owners, and at last where the last one ends */
    GArray *links;       /* of BpTaggedLink, in the order of their annotations */
    guint untagged;      /* boxes that were painted outside any sequence: none, if all is well */

    /* after bp_structure_close */
    guint *content_starts;           /* by element, and one more: where its sequences begin in contents */
    guint *contents;                 /* indices in owners, element after element */
    int *first_child, *next_sibling; /* elements that are written; -1 */
    guint *numbers;                  /* by element: from 1 in the order of writing; 0: it has no content and is left out */
    int *written;                    /* by number - 1: the element */
    guint written_count;
    GHashTable *first_links; /* element → index in links + 1 */
} BpStructure;

/* The plan must outlive it. */
BpStructure *bp_structure_new (const BpPagePlan *plan);
void bp_structure_free (BpStructure *structure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpStructure, bp_structure_free)

/* While drawing, page after page: begins the next page. */
void bp_structure_begin_page (BpStructure *structure);
/* Notes a marked sequence of the element on the current page; returns its MCID there. */
guint bp_structure_add_content (BpStructure *structure, int element);
/* Notes an annotation; returns the place of its parent in the parent tree. All pages must have begun. */
int bp_structure_add_link (BpStructure *structure, int element, int page, unsigned object, bool has_contents);
/* Decides which elements are written: those with content somewhere below them, and the cells of every row that has any. */
void bp_structure_close (BpStructure *structure);

/* Questions, after closing. */
const BpElement *bp_structure_get_element (const BpStructure *structure, int element);
bool bp_structure_is_written (const BpStructure *structure, int element);
/* The role that it is written with: a row's header without words is a plain cell, a link that leads nowhere is a paragraph. */
BpRole bp_structure_get_role (const BpStructure *structure, int element);
guint bp_structure_count_contents (const BpStructure *structure, int element);
/* Index in owners of the element's content number i. */
guint bp_structure_get_content (const BpStructure *structure, int element, guint i);
/* Page and MCID of a sequence. */
guint bp_structure_find_page (const BpStructure *structure, guint sequence, guint *mcid_out);
/* The first sequence of the element or anything below it; G_MAXUINT if there is none. */
guint bp_structure_find_first (const BpStructure *structure, int element);
/* The first of an element's annotations, or NULL. */
const BpTaggedLink *bp_structure_find_link (const BpStructure *structure, int element);

/* Calls content for each sequence and child for each element below, in reading order: a sequence stands before the first child whose own
 * content comes after it. */
void bp_structure_visit (const BpStructure *structure, int element, void (*content) (void *data, guint sequence),
                         void (*child) (void *data, int element), void *data);

#endif
