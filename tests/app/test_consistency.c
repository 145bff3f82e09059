#include "app/consistency.h"

#include <string.h>

/* A pack of one forum with one output, whose figures are given by hand. */
static BpForumPack *new_pack (const BpForum *forum, const char *path, const BpValue *own, const BpValue *printed, gsize count)
{
    BpForumPack *pack = g_new0 (BpForumPack, 1);
    pack->forum = forum;
    pack->figures = bp_figure_log_new ();
    pack->outputs = g_ptr_array_new ();
    g_autofree char *place = g_strdup_printf ("the snapshot (%s)", forum->id);
    BpPackOutput *output = g_new0 (BpPackOutput, 1);
    output->path = g_strdup (path);
    output->figures = bp_figure_log_new ();
    for (gsize i = 0; i < count; i++)
    {
        bp_figure_log_add (pack->figures, &own[i], place);
        bp_figure_log_add (output->figures, &printed[i], "page 3");
    }
    g_ptr_array_add (pack->outputs, output);
    return pack;
}

static void free_pack (gpointer pointer)
{
    BpForumPack *pack = pointer;
    BpPackOutput *output = g_ptr_array_index (pack->outputs, 0);
    bp_figure_log_free (output->figures);
    g_free (output->path);
    g_free (output);
    g_ptr_array_unref (pack->outputs);
    bp_figure_log_free (pack->figures);
    g_free (pack);
}

static guint count_differences (int printed_done, char **message_out)
{
    const BpForum one = { .id = "one" };
    const BpForum two = { .id = "two" };
    BpValue own[]
        = { bp_value_with_figure (bp_value_of (26, 69), "actions.done"), bp_value_with_figure (bp_value_count (69), "actions.total") };
    BpValue other[] = { bp_value_with_figure (bp_value_of (printed_done, 69), "actions.done"),
                        bp_value_with_figure (bp_value_count (69), "actions.total") };
    g_autoptr (GPtrArray) packs = g_ptr_array_new_with_free_func (free_pack);
    g_ptr_array_add (packs, new_pack (&one, "one/one.pdf", own, own, 2));
    g_ptr_array_add (packs, new_pack (&two, "two/two.xlsx", own, other, 2));
    g_autoptr (BpFindingList) findings = bp_finding_list_new ();
    BpConsistency consistency = { 0 };
    bp_consistency_compare (&consistency, packs, findings);
    g_assert_cmpuint (consistency.keys, ==, 2);
    g_assert_cmpuint (consistency.printed, ==, 4);
    guint count = consistency.differences->len;
    g_assert_cmpuint (bp_finding_list_length (findings), ==, count);
    if (count > 0)
        *message_out = g_strdup (g_ptr_array_index (consistency.differences, 0));
    bp_consistency_clear (&consistency);
    return count;
}

static void test_figures_that_agree_raise_nothing (void)
{
    g_assert_cmpuint (count_differences (26, NULL), ==, 0);
}

static void test_a_figure_that_differs_is_named_with_both_places (void)
{
    g_autofree char *message = NULL;
    g_assert_cmpuint (count_differences (25, &message), ==, 1);
    g_assert_cmpstr (message, ==, "actions.done is '26 of 69' in the snapshot (one) but '25 of 69' in two.xlsx, page 3");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/app/consistency/figures_that_agree_raise_nothing", test_figures_that_agree_raise_nothing);
    g_test_add_func ("/app/consistency/a_figure_that_differs_is_named_with_both_places",
                     test_a_figure_that_differs_is_named_with_both_places);
    return g_test_run ();
}
