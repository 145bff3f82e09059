#include "render/xlsx/fixed_sheets.h"

#include "base/text.h"
#include "pack/dashboard.h"

#include <string.h>

/* The government's list: Analysis Function, "Using symbols and shorthand in tables". */
static const struct
{
    const char *shorthand, *meaning;
} shorthand_list[] = {
    { "[b]", "[b] means a break in the series: figures before and after are not comparable." },
    { "[c]", "[c] means confidential: the figure is withheld so that no person can be identified." },
    { "[e]", "[e] means estimated." },
    { "[er]", "[er] means that the figure supplied is in error." },
    { "[f]", "[f] means a forecast." },
    { "[low]", "[low] means that the figure rounds to nought but is not nought." },
    { "[p]", "[p] means provisional." },
    { "[r]", "[r] means revised since it was first given." },
    { "[u]", "[u] means of low reliability." },
    { "[w]", "[w] means that none was recorded." },
    { "[x]", "[x] means not available." },
    { "[z]", "[z] means not applicable." },
};

bool bp_xlsx_is_shorthand (const char *text)
{
    size_t letters = text[0] == '[' ? strspn (text + 1, "abcdefghijklmnopqrstuvwxyz") : 0;

    return letters >= 1 && letters <= 8 && strcmp (text + 1 + letters, "]") == 0;
}

static void add_line (GPtrArray *lines, const char *label, const char *text)
{
    if (text != NULL && !bp_text_is_blank (text))
        g_ptr_array_add (lines, g_strconcat (label, text, NULL));
}

static void add_date (GPtrArray *lines, const char *label, BpDate date)
{
    g_autofree char *text = bp_date_dup_text (date, BP_DATE_LONG);

    add_line (lines, label, text);
}

/* They come first on the sheet Notes. */
static void add_general_notes (GPtrArray *lines, guint count)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < count; i++)
        g_string_append_printf (text, "%s[note %u]", i > 0 ? ", " : "", i + 1);
    add_line (lines, "For the whole workbook: ", text->str);
}

GPtrArray *bp_xlsx_dup_cover_lines (const BpPack *pack, guint general_note_count)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

    add_line (lines, "", pack->cover_title != NULL ? pack->cover_title : pack->title);
    if (lines->len == 0)
        add_line (lines, "", "Board pack");
    add_line (lines, "Marking: ", pack->marking);
    for (guint i = 0; pack->cover_lines != NULL && i < pack->cover_lines->len; i++)
        add_line (lines, "", g_ptr_array_index (pack->cover_lines, i));
    if (pack->cover_lines != NULL)
        return lines;
    add_line (lines, "", pack->cover_subtitle);
    add_line (lines, "Organisation: ", pack->organisation);
    add_line (lines, "Programme: ", pack->programme_name);
    add_line (lines, "Forum: ", pack->forum_name);
    if (pack->meeting_date == BP_DATE_NONE)
        add_line (lines, "Meeting: ", "date to be confirmed");
    else
        add_date (lines, "Meeting: ", pack->meeting_date);
    add_line (lines, "Reporting period: ", pack->period_text);
    add_line (lines, "", pack->version_text);
    add_line (lines, "Changed in this version: ", pack->change_note);
    if (pack->is_draft)
        add_line (lines, "Status: ", "draft, not approved for circulation");
    add_date (lines, "Data as at: ", pack->as_of);
    add_line (lines, "Contact: ", pack->contact);
    add_line (lines, "Notice: ", pack->notice);
    add_line (lines, "Handling: ", pack->handling);
    add_general_notes (lines, general_note_count);
    add_line (
        lines, "",
        "This workbook holds the tables behind the board pack, with every row that this forum may see. The Contents sheet lists them; the "
        "Notes sheet explains shorthand and the rules in force.");
    return lines;
}

GPtrArray *bp_xlsx_dup_sheet_lines (const BpPack *pack, const char *title, const GPtrArray *notes, const char *shorthand_line)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

    add_line (lines, "", title);
    if (lines->len == 0)
        add_line (lines, "", "Table");
    add_line (lines, "", "This worksheet contains one table.");
    add_line (lines, "Marking: ", pack->marking);
    add_date (lines, "Data as at: ", pack->as_of);
    add_line (lines, "", pack->notice_short != NULL ? pack->notice_short : pack->notice);
    for (guint i = 0; notes != NULL && i < notes->len; i++)
        add_line (lines, "", g_ptr_array_index (notes, i));
    add_line (lines, "", shorthand_line);
    return lines;
}

GPtrArray *bp_xlsx_dup_dashboard_lines (const BpPack *pack)
{
    const BpDashboard *dashboard = pack->dashboard;
    GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *what
        = g_strdup_printf ("This worksheet contains %u tables of counts and %u charts.", dashboard->tallies->len, dashboard->graphs->len);

    add_line (lines, "", dashboard->title);
    add_line (lines, "", what);
    add_line (lines, "Marking: ", pack->marking);
    add_date (lines, "Data as at: ", pack->as_of);
    add_line (lines, "", pack->notice_short != NULL ? pack->notice_short : pack->notice);
    for (guint i = 0; i < dashboard->notes->len; i++)
        add_line (lines, "", g_ptr_array_index (dashboard->notes, i));
    return lines;
}

/* The number of the note that explains it; 0 if none does. */
static guint note_of (const GPtrArray *notes, const char *shorthand)
{
    for (guint i = 0; i < notes->len; i++)
        if (strstr (g_ptr_array_index (notes, i), shorthand) != NULL)
            return i + 1;
    return 0;
}

char *bp_xlsx_dup_shorthand_line (const GPtrArray *notes, GHashTable *shorthand_used)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (shorthand_list); i++)
    {
        const char *shorthand = shorthand_list[i].shorthand;
        guint note = g_hash_table_contains (shorthand_used, shorthand) ? note_of (notes, shorthand) : 0;
        if (note > 0)
            g_string_append_printf (text, text->len > 0 ? ", %s in [note %u]" : "Shorthand: %s is explained in [note %u]", shorthand, note);
    }
    if (text->len == 0)
        return NULL;
    g_string_append_c (text, '.');
    return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *bp_xlsx_dup_notes (const BpPack *pack, GHashTable *shorthand_used)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < pack->notes->len; i++)
        add_line (notes, "", g_ptr_array_index (pack->notes, i));
    for (gsize i = 0; i < G_N_ELEMENTS (shorthand_list); i++)
        if (g_hash_table_contains (shorthand_used, shorthand_list[i].shorthand) && note_of (notes, shorthand_list[i].shorthand) == 0)
            add_line (notes, "", shorthand_list[i].meaning);
    if (notes->len == 0)
        add_line (notes, "", "No notes: the tables use no shorthand.");
    return notes;
}
