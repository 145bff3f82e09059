#include "ingest/text_row.h"

#include "base/text.h"

bool bp_text_cell_is_blank (const BpTextCell *cell)
{
    bool is_ascii = true;
    for (gsize i = 0; i < cell->length; i++)
    {
        unsigned char byte = (unsigned char)cell->text[i];
        if (byte == '\0' || (byte > ' ' && byte < 0x80))
            return false;
        is_ascii &= byte < 0x80 && (byte == ' ' || (byte >= '\t' && byte <= '\r'));
    }
    if (is_ascii)
        return true;
    g_autofree char *text = g_strndup (cell->text, cell->length);
    return g_utf8_validate (text, -1, NULL) && bp_text_is_blank (text);
}

void bp_text_cell_append (const BpTextCell *cell, GString *text)
{
    if (cell->is_literal)
    {
        g_string_append_len (text, cell->text, (gssize)cell->length);
        return;
    }
    for (gsize i = 0; i < cell->length; i++)
    {
        char byte = cell->text[i];
        bool has_next = i + 1 < cell->length;
        if (byte == '"' && has_next && cell->text[i + 1] == '"')
            i++;
        else if (byte == '\r')
        {
            i += has_next && cell->text[i + 1] == '\n';
            byte = '\n';
        }
        g_string_append_c (text, byte);
    }
}

bool bp_text_row_is_blank (const BpTextRow *row)
{
    if (row->has_more || row->is_broken)
        return false;
    for (int i = 0; i < row->kept_count; i++)
        if (row->cells[i].length > 0 && !bp_text_cell_is_blank (&row->cells[i]))
            return false;
    return true;
}

bool bp_text_row_is_too_wide (const BpTextRow *row, int width)
{
    for (int i = width; i < row->kept_count; i++)
        if (!bp_text_cell_is_blank (&row->cells[i]))
            return true;
    return row->has_more;
}

void bp_column_name (int column, char *name)
{
    char letters[8];
    int count = 0;
    for (; column > 0 && count < 7; column = (column - 1) / 26)
        letters[count++] = (char)('A' + (column - 1) % 26);
    for (int i = 0; i < count; i++)
        name[i] = letters[count - 1 - i];
    name[count] = '\0';
}
