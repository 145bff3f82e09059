#include "render/pdf/structure.h"

BpStructure *bp_structure_new (const BpPagePlan *plan)
{
    BpStructure *structure = g_new0 (BpStructure, 1);
    structure->plan = plan;
    structure->owners = g_array_new (FALSE, FALSE, sizeof (int));
    structure->page_starts = g_array_new (FALSE, FALSE, sizeof (guint));
    structure->links = g_array_new (FALSE, FALSE, sizeof (BpTaggedLink));
    structure->first_links = g_hash_table_new (NULL, NULL);
    return structure;
}

void bp_structure_free (BpStructure *structure)
{
    if (structure == NULL)
        return;
    g_array_unref (structure->owners);
    g_array_unref (structure->page_starts);
    g_array_unref (structure->links);
    g_hash_table_unref (structure->first_links);
    g_free (structure->content_starts);
    g_free (structure->contents);
    g_free (structure->first_child);
    g_free (structure->next_sibling);
    g_free (structure->numbers);
    g_free (structure->written);
    g_free (structure);
}

/* ---- while drawing ---- */

void bp_structure_begin_page (BpStructure *structure)
{
    g_array_append_val (structure->page_starts, structure->owners->len);
}

guint bp_structure_add_content (BpStructure *structure, int element)
{
    g_assert (element >= 0 && (guint)element < structure->plan->elements->len && structure->page_starts->len > 0);
    g_array_append_val (structure->owners, element);
    return structure->owners->len - 1 - g_array_index (structure->page_starts, guint, structure->page_starts->len - 1);
}

int bp_structure_add_link (BpStructure *structure, int element, int page, unsigned object, bool has_contents)
{
    const BpTaggedLink link = { element, page, object, has_contents, -1 };
    g_array_append_val (structure->links, link);
    const guint place = structure->links->len;
    guint before = GPOINTER_TO_UINT (g_hash_table_lookup (structure->first_links, GINT_TO_POINTER (element)));
    if (before == 0)
        g_hash_table_insert (structure->first_links, GINT_TO_POINTER (element), GUINT_TO_POINTER (place));
    else
    {
        BpTaggedLink *last = &g_array_index (structure->links, BpTaggedLink, before - 1);
        while (last->next >= 0)
            last = &g_array_index (structure->links, BpTaggedLink, (guint)last->next);
        last->next = (int)place - 1;
    }
    return (int)(structure->plan->pages->len + place - 1);
}

/* ---- closing ---- */

static void sort_contents (BpStructure *structure)
{
    const guint elements = structure->plan->elements->len;
    guint *starts = structure->content_starts = g_new0 (guint, (gsize)elements + 2);
    structure->contents = g_new (guint, (gsize)structure->owners->len + 1);
    for (guint i = 0; i < structure->owners->len; i++)
        starts[g_array_index (structure->owners, int, i) + 2]++;
    for (guint i = 2; i <= elements + 1; i++)
        starts[i] += starts[i - 1];
    for (guint i = 0; i < structure->owners->len; i++) /* leaves in each place where the next element begins */
        structure->contents[starts[g_array_index (structure->owners, int, i) + 1]++] = i;
}

static bool has_own_content (const BpStructure *structure, guint element)
{
    return structure->content_starts[element + 1] > structure->content_starts[element]
           || g_hash_table_contains (structure->first_links, GINT_TO_POINTER ((int)element));
}

static bool is_cell (const BpElement *element)
{
    return element->role == BP_ROLE_TH || element->role == BP_ROLE_TD;
}

static void choose_written (BpStructure *structure)
{
    const guint count = structure->plan->elements->len;
    guint *numbers = structure->numbers = g_new0 (guint, (gsize)count + 1);
    for (guint i = count; i-- > 0;) /* parents stand before their children */
    {
        const BpElement *element = bp_structure_get_element (structure, (int)i);
        if (numbers[i] == 0 && has_own_content (structure, i))
            numbers[i] = 1;
        if (numbers[i] != 0 && element->parent >= 0)
            numbers[element->parent] = 1;
    }
    for (guint i = 0; i < count; i++)
    {
        const BpElement *element = bp_structure_get_element (structure, (int)i);
        const bool is_empty_cell = numbers[i] == 0 && is_cell (element) && element->parent >= 0 && numbers[element->parent] != 0;
        if (numbers[i] != 0 || is_empty_cell)
            numbers[i] = ++structure->written_count;
    }
    structure->written = g_new (int, (gsize)structure->written_count + 1);
    for (guint i = 0; i < count; i++)
        if (numbers[i] != 0)
            structure->written[numbers[i] - 1] = (int)i;
}

static void link_children (BpStructure *structure)
{
    const guint count = structure->plan->elements->len;
    structure->first_child = g_new (int, (gsize)count + 1);
    structure->next_sibling = g_new (int, (gsize)count + 1);
    for (guint i = 0; i < count; i++)
        structure->first_child[i] = structure->next_sibling[i] = -1;
    for (guint i = count; i-- > 0;)
    {
        const int parent = bp_structure_get_element (structure, (int)i)->parent;
        if (structure->numbers[i] == 0 || parent < 0)
            continue;
        structure->next_sibling[i] = structure->first_child[parent];
        structure->first_child[parent] = (int)i;
    }
}

void bp_structure_close (BpStructure *structure)
{
    g_assert (structure->numbers == NULL);
    g_array_append_val (structure->page_starts, structure->owners->len);
    sort_contents (structure);
    choose_written (structure);
    link_children (structure);
}

/* ---- questions ---- */

const BpElement *bp_structure_get_element (const BpStructure *structure, int element)
{
    return &g_array_index (structure->plan->elements, BpElement, (guint)element);
}

bool bp_structure_is_written (const BpStructure *structure, int element)
{
    return structure->numbers[element] != 0;
}

BpRole bp_structure_get_role (const BpStructure *structure, int element)
{
    const BpRole role = bp_structure_get_element (structure, element)->role;
    if (role == BP_ROLE_TH && bp_structure_get_element (structure, element)->scope == BP_SCOPE_ROW
        && bp_structure_find_first (structure, element) == G_MAXUINT)
        return BP_ROLE_TD;
    if (role == BP_ROLE_LINK && bp_structure_find_link (structure, element) == NULL)
        return BP_ROLE_P;
    return role;
}

guint bp_structure_count_contents (const BpStructure *structure, int element)
{
    return structure->content_starts[element + 1] - structure->content_starts[element];
}

guint bp_structure_get_content (const BpStructure *structure, int element, guint i)
{
    return structure->contents[structure->content_starts[element] + i];
}

guint bp_structure_find_page (const BpStructure *structure, guint sequence, guint *mcid_out)
{
    guint low = 0, high = structure->page_starts->len - 1;
    while (high - low > 1)
    {
        const guint middle = low + (high - low) / 2;
        if (g_array_index (structure->page_starts, guint, middle) <= sequence)
            low = middle;
        else
            high = middle;
    }
    *mcid_out = sequence - g_array_index (structure->page_starts, guint, low);
    return low;
}

guint bp_structure_find_first (const BpStructure *structure, int element)
{
    guint first = bp_structure_count_contents (structure, element) > 0 ? bp_structure_get_content (structure, element, 0) : G_MAXUINT;
    for (int child = structure->first_child[element]; child >= 0; child = structure->next_sibling[child])
        first = MIN (first, bp_structure_find_first (structure, child));
    return first;
}

const BpTaggedLink *bp_structure_find_link (const BpStructure *structure, int element)
{
    const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (structure->first_links, GINT_TO_POINTER (element)));
    return place == 0 ? NULL : &g_array_index (structure->links, BpTaggedLink, place - 1);
}

void bp_structure_visit (const BpStructure *structure, int element, void (*content) (void *data, guint sequence),
                         void (*child) (void *data, int element), void *data)
{
    const guint count = bp_structure_count_contents (structure, element);
    guint i = 0;
    for (int below = structure->first_child[element]; below >= 0; below = structure->next_sibling[below])
    {
        const guint first = i < count ? bp_structure_find_first (structure, below) : G_MAXUINT;
        while (i < count && bp_structure_get_content (structure, element, i) < first)
            content (data, bp_structure_get_content (structure, element, i++));
        child (data, below);
    }
    while (i < count)
        content (data, bp_structure_get_content (structure, element, i++));
}
