#include "render/pdf/conformance.h"

#include <string.h>

typedef enum
{
    FAULT_UNMARKED,
    FAULT_NESTING,
    FAULT_EMPTY,
    FAULT_FIRST_HEADING,
    FAULT_MANY_H1,
    FAULT_SKIPPED_HEADING,
    FAULT_RAGGED_TABLE,
    FAULT_NO_TABLE_HEADER,
    FAULT_HEADER_SCOPE,
    FAULT_FIGURE_WORDS,
    FAULT_FIGURE_PLACE,
    FAULT_LOOSE_DRAWING,
    FAULT_LOOSE_LINK,
    FAULT_LINK_WORDS,
    FAULT_GLYPH,
    FAULT_FONT,
    FAULT_TITLE,
    FAULT_LANGUAGE,
    FAULT_COUNT
} Fault;

static const char *const sentences[FAULT_COUNT] = {
    [FAULT_UNMARKED] = "something is drawn that is neither content nor decoration",
    [FAULT_NESTING] = "an element stands where it may not",
    [FAULT_EMPTY] = "an element has no content",
    [FAULT_FIRST_HEADING] = "the first heading is not of level 1",
    [FAULT_MANY_H1] = "there is more than one heading of level 1",
    [FAULT_SKIPPED_HEADING] = "a heading skips a level",
    [FAULT_RAGGED_TABLE] = "a row of a table has more or fewer cells than the one before",
    [FAULT_NO_TABLE_HEADER] = "a table has no header cell",
    [FAULT_HEADER_SCOPE] = "a header cell does not say what it heads",
    [FAULT_FIGURE_WORDS] = "a figure has no description",
    [FAULT_FIGURE_PLACE] = "a figure's place is not known",
    [FAULT_LOOSE_DRAWING] = "a shape stands among words without being a figure",
    [FAULT_LOOSE_LINK] = "a link belongs to no text",
    [FAULT_LINK_WORDS] = "a link does not say where it leads",
    [FAULT_GLYPH] = "a character has no glyph",
    [FAULT_FONT] = "a font is not in the file",
    [FAULT_TITLE] = "the file has no title",
    [FAULT_LANGUAGE] = "the file does not say its language",
};

struct BpConformance
{
    const BpStructure *structure; /* NULL before the plan is drawn */
    guint counts[FAULT_COUNT];
    guint pages[FAULT_COUNT]; /* of the first, from 1; 0: of none */
};
typedef BpConformance Check;

static void note (Check *check, Fault fault, guint page)
{
    if (check->counts[fault]++ == 0)
        check->pages[fault] = page;
}

static void note_element (Check *check, Fault fault, int element)
{
    const guint first = bp_structure_find_first (check->structure, element);
    guint mcid;
    note (check, fault, first == G_MAXUINT ? 0 : bp_structure_find_page (check->structure, first, &mcid) + 1);
}

/* ---- where elements may stand, and what may be in them ---- */

static bool is_grouping (BpRole role)
{
    return role == BP_ROLE_DOCUMENT || role == BP_ROLE_SECT;
}

static bool is_heading (BpRole role)
{
    return role >= BP_ROLE_H1 && role <= BP_ROLE_H6;
}

static bool holds_content (BpRole role)
{
    return is_heading (role) || role == BP_ROLE_P || role == BP_ROLE_LBL || role == BP_ROLE_LBODY || role == BP_ROLE_TH
           || role == BP_ROLE_TD || role == BP_ROLE_CAPTION || role == BP_ROLE_FIGURE || role == BP_ROLE_LINK;
}

static bool may_stand_in (BpRole role, BpRole parent)
{
    switch (role)
    {
    case BP_ROLE_DOCUMENT:
        return false;
    case BP_ROLE_LI:
        return parent == BP_ROLE_L;
    case BP_ROLE_LBL:
    case BP_ROLE_LBODY:
        return parent == BP_ROLE_LI;
    case BP_ROLE_TR:
        return parent == BP_ROLE_TABLE;
    case BP_ROLE_TH:
    case BP_ROLE_TD:
        return parent == BP_ROLE_TR;
    case BP_ROLE_TOCI:
        return parent == BP_ROLE_TOC;
    case BP_ROLE_REFERENCE:
        return parent == BP_ROLE_TOCI || holds_content (parent);
    case BP_ROLE_LINK:
        return parent == BP_ROLE_REFERENCE || holds_content (parent);
    case BP_ROLE_FIGURE:
    case BP_ROLE_P:
        return is_grouping (parent) || parent == BP_ROLE_TH || parent == BP_ROLE_TD || parent == BP_ROLE_LBODY || parent == BP_ROLE_TOCI
               || parent == BP_ROLE_REFERENCE;
    case BP_ROLE_CAPTION:
        return parent == BP_ROLE_TABLE || parent == BP_ROLE_L || parent == BP_ROLE_TOC || parent == BP_ROLE_FIGURE;
    case BP_ROLE_SECT:
    case BP_ROLE_H1:
    case BP_ROLE_H2:
    case BP_ROLE_H3:
    case BP_ROLE_H4:
    case BP_ROLE_H5:
    case BP_ROLE_H6:
        return is_grouping (parent);
    case BP_ROLE_L:
    case BP_ROLE_TABLE:
    case BP_ROLE_TOC:
        return is_grouping (parent) || parent == BP_ROLE_LBODY || parent == BP_ROLE_TD;
    case BP_ROLE_COUNT:
        return false;
    }
    g_assert_not_reached ();
}

static void check_place (Check *check, int index, BpRole role)
{
    const int parent = bp_structure_get_element (check->structure, index)->parent;
    const bool is_root = parent < 0;
    if (is_root ? role != BP_ROLE_DOCUMENT || index != check->structure->written[0]
                : !may_stand_in (role, bp_structure_get_role (check->structure, parent)))
        note_element (check, FAULT_NESTING, index);
    const guint contents = bp_structure_count_contents (check->structure, index);
    if (contents > 0 && !holds_content (role))
        note_element (check, FAULT_NESTING, index);
    const bool is_empty = contents == 0 && check->structure->first_child[index] < 0;
    if (is_empty && role != BP_ROLE_TD)
        note_element (check, FAULT_EMPTY, index);
}

/* ---- headings, tables, figures, links ---- */

static void check_heading (Check *check, int index, BpRole role, int *last_level)
{
    const int level = (int)role - BP_ROLE_H1 + 1;
    if (*last_level == 0 && level != 1)
        note_element (check, FAULT_FIRST_HEADING, index);
    else if (*last_level > 0 && level == 1)
        note_element (check, FAULT_MANY_H1, index);
    else if (*last_level > 0 && level > *last_level + 1)
        note_element (check, FAULT_SKIPPED_HEADING, index);
    *last_level = level;
}

static void check_table (Check *check, int table)
{
    const BpStructure *structure = check->structure;
    int columns = -1;
    bool has_header = false;
    for (int row = structure->first_child[table]; row >= 0; row = structure->next_sibling[row])
    {
        int cells = 0;
        for (int cell = structure->first_child[row]; cell >= 0; cell = structure->next_sibling[cell])
        {
            const BpElement *element = bp_structure_get_element (structure, cell);
            cells += MAX (element->column_span, 1);
            if (bp_structure_get_role (structure, cell) != BP_ROLE_TH)
                continue;
            has_header = true;
            if (element->scope == BP_SCOPE_NONE)
                note_element (check, FAULT_HEADER_SCOPE, cell);
        }
        if (columns >= 0 && cells != columns)
            note_element (check, FAULT_RAGGED_TABLE, row);
        columns = columns < 0 ? cells : columns;
    }
    if (!has_header)
        note_element (check, FAULT_NO_TABLE_HEADER, table);
}

static void check_figure (Check *check, int index)
{
    const BpElement *element = bp_structure_get_element (check->structure, index);
    if (element->alternative == NULL || *element->alternative == '\0')
        note_element (check, FAULT_FIGURE_WORDS, index);
    if (element->page < 0 || element->right < element->left || element->bottom < element->top)
        note_element (check, FAULT_FIGURE_PLACE, index);
}

static void check_links (Check *check)
{
    for (guint i = 0; i < check->structure->links->len; i++)
    {
        const BpTaggedLink *link = &g_array_index (check->structure->links, BpTaggedLink, i);
        const bool is_tagged = link->element >= 0 && bp_structure_get_role (check->structure, link->element) == BP_ROLE_LINK
                               && bp_structure_count_contents (check->structure, link->element) > 0;
        if (!is_tagged)
            note (check, FAULT_LOOSE_LINK, (guint)link->page + 1);
        if (!link->has_contents)
            note (check, FAULT_LINK_WORDS, (guint)link->page + 1);
    }
}

static void check_elements (Check *check)
{
    int last_level = 0;
    for (guint i = 0; i < check->structure->written_count; i++)
    {
        const int index = check->structure->written[i];
        const BpRole role = bp_structure_get_role (check->structure, index);
        check_place (check, index, role);
        if (is_heading (role))
            check_heading (check, index, role, &last_level);
        else if (role == BP_ROLE_TABLE)
            check_table (check, index);
        else if (role == BP_ROLE_FIGURE)
            check_figure (check, index);
    }
}

/* ---- boxes ---- */

static void check_box (Check *check, const BpPagePlan *plan, BpFonts *fonts, const BpBox *box, guint page)
{
    const bool is_shape = box->kind != BP_BOX_TEXT && box->kind != BP_BOX_LINK && (box->is_filled || box->is_stroked);
    if (is_shape && box->element >= 0 && g_array_index (plan->elements, BpElement, (guint)box->element).role != BP_ROLE_FIGURE)
        note (check, FAULT_LOOSE_DRAWING, page);
    for (const char *at = box->kind == BP_BOX_TEXT ? box->text : ""; *at != '\0'; at = g_utf8_next_char (at))
        if (!bp_fonts_has_glyph (fonts, box->face, g_utf8_get_char (at)))
            note (check, FAULT_GLYPH, page);
}

BpConformance *bp_conformance_new (const BpPagePlan *plan, BpFonts *fonts)
{
    BpConformance *conformance = g_new0 (BpConformance, 1);
    for (guint i = 0; i < plan->pages->len; i++)
    {
        const GArray *boxes = bp_page_plan_get_page (plan, (int)i)->boxes;
        for (guint j = 0; j < boxes->len; j++)
            check_box (conformance, plan, fonts, &g_array_index (boxes, BpBox, j), i + 1);
    }
    return conformance;
}

void bp_conformance_free (BpConformance *conformance)
{
    g_free (conformance);
}

/* ---- all of it ---- */

static char *dup_sentence (const Check *check, Fault fault)
{
    GString *text = g_string_new (sentences[fault]);
    if (check->pages[fault] > 0)
        g_string_append_printf (text, ", first on page %u", check->pages[fault]);
    if (check->counts[fault] > 1)
        g_string_append_printf (text, " (%u of these)", check->counts[fault]);
    return g_string_free (text, FALSE);
}

static bool is_blank (const char *text)
{
    return text == NULL || *text == '\0';
}

void bp_conformance_check (BpConformance *check, const BpStructure *structure, bool has_all_fonts, const BpMetadata *metadata,
                           GPtrArray *faults)
{
    check->structure = structure;
    check->counts[FAULT_UNMARKED] = structure->untagged;
    check_elements (check);
    check_links (check);
    if (!has_all_fonts)
        note (check, FAULT_FONT, 0);
    if (is_blank (metadata->title))
        note (check, FAULT_TITLE, 0);
    if (is_blank (metadata->language))
        note (check, FAULT_LANGUAGE, 0);
    for (Fault fault = 0; fault < FAULT_COUNT; fault++)
        if (check->counts[fault] > 0)
            g_ptr_array_add (faults, dup_sentence (check, fault));
}
