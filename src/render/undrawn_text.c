#include "render/undrawn_text.h"

static void free_part (gpointer pointer)
{
    BpUndrawnPart *part = pointer;
    g_free (part->characters);
    g_free (part->name);
    g_free (part);
}

static void free_text (gpointer pointer)
{
    BpUndrawnText *text = pointer;
    g_free (text->text);
    g_free (text->place);
    g_ptr_array_unref (text->parts);
    g_free (text);
}

GPtrArray *bp_undrawn_texts_new (void)
{
    return g_ptr_array_new_with_free_func (free_text);
}

BpUndrawnText *bp_undrawn_texts_add (GPtrArray *texts, const char *text, const char *place)
{
    BpUndrawnText *entry = g_new0 (BpUndrawnText, 1);
    entry->text = g_strdup (text);
    entry->place = g_strdup (place);
    entry->parts = g_ptr_array_new_with_free_func (free_part);
    g_ptr_array_add (texts, entry);
    return entry;
}

void bp_undrawn_text_take_part (BpUndrawnText *text, char *characters, char *name, const char *fate)
{
    for (guint i = 0; i < text->parts->len; i++)
        if (g_str_equal (((const BpUndrawnPart *)g_ptr_array_index (text->parts, i))->characters, characters))
        {
            g_free (characters);
            g_free (name);
            return;
        }
    BpUndrawnPart *part = g_new0 (BpUndrawnPart, 1);
    part->characters = characters;
    part->name = name;
    part->fate = fate;
    g_ptr_array_add (text->parts, part);
}
