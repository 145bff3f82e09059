#include "render/pdf/structure_writer.h"

#include "render/pdf/number_text.h"

#include <math.h>

/* The objects in their order: the root, the root of the parent tree, a leaf of it for each page, one for all links, the elements. */
enum
{
    ROOT,
    PARENT_TREE,
    FIRST_LEAF
};

typedef struct
{
    const BpStructure *structure;
    unsigned first_object;
    const unsigned *pages;
    GString *out;
    guint page; /* of the element that is written; G_MAXUINT: none */
} Writing;

struct BpStructureWriter
{
    const BpStructure *structure;
    unsigned first_object;
    unsigned *pages;
};

static guint count_leaves (const BpStructure *structure)
{
    return structure->plan->pages->len + (structure->links->len > 0 ? 1 : 0);
}

guint bp_structure_count_objects (const BpStructure *structure)
{
    return FIRST_LEAF + count_leaves (structure) + structure->written_count;
}

static unsigned object_of (const Writing *writing, int element)
{
    return writing->first_object + FIRST_LEAF + count_leaves (writing->structure) + writing->structure->numbers[element] - 1;
}

/* ---- text and numbers ---- */

static void append_byte (GString *out, unsigned byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        g_string_append_c (out, '\\');
    if (byte == '\r' || byte == '\n')
        g_string_append (out, byte == '\r' ? "\\r" : "\\n");
    else
        g_string_append_c (out, (char)byte);
}

/* A text string: as it is where it is ASCII, else UTF-16BE with its mark. */
static void append_text (GString *out, const char *text)
{
    g_string_append_c (out, '(');
    if (g_str_is_ascii (text))
        for (const char *at = text; *at != '\0'; at++)
            append_byte (out, (unsigned char)*at);
    else
    {
        g_autofree char *valid = g_utf8_make_valid (text, -1);
        glong length = 0;
        g_autofree gunichar2 *units = g_utf8_to_utf16 (valid, -1, NULL, &length, NULL);
        g_string_append (out, "\xFE\xFF");
        for (glong i = 0; i < length; i++)
        {
            append_byte (out, units[i] >> 8);
            append_byte (out, units[i] & 0xFF);
        }
    }
    g_string_append_c (out, ')');
}

static void append_hundredths (GString *out, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    const double rounded = round (number * 100.0) / 100.0;
    g_string_append_printf (out, "%s ", g_ascii_formatd (buffer, sizeof buffer, "%.2f", rounded == 0.0 ? 0.0 : rounded));
}

/* ---- elements ---- */

static void append_attributes (const Writing *writing, int index, BpRole role)
{
    const BpElement *element = bp_structure_get_element (writing->structure, index);
    GString *out = writing->out;
    switch (role)
    {
    case BP_ROLE_TH:
    case BP_ROLE_TD:
        if (role == BP_ROLE_TD && element->column_span <= 1)
            return;
        g_string_append (out, "/A<</O/Table");
        if (role == BP_ROLE_TH && element->scope != BP_SCOPE_NONE)
            g_string_append (out, element->scope == BP_SCOPE_COLUMN ? "/Scope/Column" : "/Scope/Row");
        if (element->column_span > 1)
            g_string_append_printf (out, "/ColSpan %d", element->column_span);
        g_string_append (out, ">>");
        return;
    case BP_ROLE_TABLE:
        if (element->alternative == NULL)
            return;
        g_string_append (out, "/A<</O/Table/Summary");
        append_text (out, element->alternative);
        g_string_append (out, ">>");
        return;
    case BP_ROLE_L:
        g_string_append_printf (out, "/A<</O/List/ListNumbering/%s>>",
                                element->is_numbered     ? "Decimal"
                                : element->is_plain_list ? "None"
                                                         : "Disc");
        return;
    case BP_ROLE_FIGURE:
        if (element->alternative != NULL)
        {
            g_string_append (out, "/Alt");
            append_text (out, element->alternative);
        }
        if (element->page < 0)
            return;
        const double height = bp_page_plan_get_page (writing->structure->plan, element->page)->height_pt;
        const double corners[4] = { element->left, height - element->bottom, element->right, height - element->top };
        g_string_append (out, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++)
            append_hundredths (out, corners[i]);
        g_string_append (out, "]>>");
        return;
    default:
        return;
    }
}

static void append_sequence (void *data, guint sequence)
{
    const Writing *writing = data;
    guint mcid;
    const guint page = bp_structure_find_page (writing->structure, sequence, &mcid);
    if (page == writing->page)
    {
        bp_append_unsigned (writing->out, mcid);
        g_string_append_c (writing->out, ' ');
    }
    else
        g_string_append_printf (writing->out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", writing->pages[page], mcid);
}

static void append_child (void *data, int element)
{
    const Writing *writing = data;
    bp_append_reference (writing->out, object_of (writing, element));
    g_string_append_c (writing->out, ' ');
}

static void append_links (const Writing *writing, int index)
{
    const BpTaggedLink *link = bp_structure_find_link (writing->structure, index);
    for (; link != NULL; link = link->next < 0 ? NULL : &g_array_index (writing->structure->links, BpTaggedLink, (guint)link->next))
        g_string_append_printf (writing->out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", writing->pages[link->page], link->object);
}

static void append_element (Writing *writing, int index)
{
    const BpStructure *structure = writing->structure;
    const int parent = bp_structure_get_element (structure, index)->parent;
    const BpRole role = bp_structure_get_role (structure, index);
    g_string_append (writing->out, "<</S/");
    g_string_append (writing->out, bp_role_name (role));
    g_string_append (writing->out, "/P ");
    bp_append_reference (writing->out, parent < 0 ? writing->first_object + ROOT : object_of (writing, parent));
    append_attributes (writing, index, role);
    writing->page = G_MAXUINT;
    if (bp_structure_count_contents (structure, index) > 0)
    {
        guint mcid;
        writing->page = bp_structure_find_page (structure, bp_structure_get_content (structure, index, 0), &mcid);
        g_string_append (writing->out, "/Pg ");
        bp_append_reference (writing->out, writing->pages[writing->page]);
    }
    g_string_append (writing->out, "/K[");
    bp_structure_visit (structure, index, append_sequence, append_child, writing);
    append_links (writing, index);
    if (writing->out->str[writing->out->len - 1] == ' ')
        g_string_truncate (writing->out, writing->out->len - 1);
    g_string_append (writing->out, "]>>");
}

/* ---- the trees ---- */

static void append_root (const Writing *writing)
{
    const BpStructure *structure = writing->structure;
    g_string_append (writing->out, "<</Type/StructTreeRoot");
    if (structure->written_count > 0)
        g_string_append_printf (writing->out, "/K[%u 0 R]", object_of (writing, structure->written[0]));
    g_string_append_printf (writing->out, "/ParentTree %u 0 R/ParentTreeNextKey %u>>", writing->first_object + PARENT_TREE,
                            structure->plan->pages->len + structure->links->len);
}

static void append_parent_tree (const Writing *writing)
{
    g_string_append (writing->out, "<</Kids[");
    for (guint i = 0; i < count_leaves (writing->structure); i++)
        g_string_append_printf (writing->out, "%u 0 R ", writing->first_object + FIRST_LEAF + i);
    g_string_append (writing->out, "]>>");
}

/* The elements of a page's sequences, by MCID. */
static void append_page_leaf (const Writing *writing, guint page)
{
    const BpStructure *structure = writing->structure;
    const guint start = g_array_index (structure->page_starts, guint, page), end = g_array_index (structure->page_starts, guint, page + 1);
    g_string_append_printf (writing->out, "<</Limits[%u %u]/Nums[%u[", page, page, page);
    for (guint i = start; i < end; i++)
        append_child ((void *)writing, g_array_index (structure->owners, int, i));
    g_string_append (writing->out, "]]>>");
}

static void append_link_leaf (const Writing *writing)
{
    const BpStructure *structure = writing->structure;
    const guint first = structure->plan->pages->len;
    g_string_append_printf (writing->out, "<</Limits[%u %u]/Nums[", first, first + structure->links->len - 1);
    for (guint i = 0; i < structure->links->len; i++)
    {
        const int element = g_array_index (structure->links, BpTaggedLink, i).element;
        if (element >= 0)
            g_string_append_printf (writing->out, "%u %u 0 R ", first + i, object_of (writing, element));
    }
    g_string_append (writing->out, "]>>");
}

void bp_structure_append_object (const BpStructure *structure, guint index, unsigned first_object, const unsigned *pages, GString *out)
{
    Writing writing = { structure, first_object, pages, out, G_MAXUINT };
    const guint leaves = count_leaves (structure);
    if (index == ROOT)
        append_root (&writing);
    else if (index == PARENT_TREE)
        append_parent_tree (&writing);
    else if (index - FIRST_LEAF < structure->plan->pages->len)
        append_page_leaf (&writing, index - FIRST_LEAF);
    else if (index - FIRST_LEAF < leaves)
        append_link_leaf (&writing);
    else
        append_element (&writing, structure->written[index - FIRST_LEAF - leaves]);
}

static void append_object (void *data, unsigned index, GString *out)
{
    const BpStructureWriter *writer = data;
    bp_structure_append_object (writer->structure, index, writer->first_object, writer->pages, out);
}

BpStructureWriter *bp_structure_writer_new (BpPdfDocument *document, const BpStructure *structure)
{
    BpStructureWriter *writer = g_new0 (BpStructureWriter, 1);
    const guint pages = structure->plan->pages->len;
    writer->structure = structure;
    writer->pages = g_new (unsigned, (gsize)pages + 1);
    for (guint i = 0; i < pages; i++)
        writer->pages[i] = bp_pdf_document_object_number (bp_pdf_document_get_page (document, (int)i));
    writer->first_object = bp_pdf_document_reserve_objects (document, bp_structure_count_objects (structure));
    bp_pdf_document_set_object_writer (document, append_object, writer);
    return writer;
}

unsigned bp_structure_writer_get_root (const BpStructureWriter *writer)
{
    return writer->first_object + ROOT;
}

void bp_structure_writer_free (BpStructureWriter *writer)
{
    if (writer == NULL)
        return;
    g_free (writer->pages);
    g_free (writer);
}
