#include "app/findings_report.h"

#include "base/text.h"

#include <string.h>

char *bp_finding_dup_place (const BpFinding *finding)
{
    const BpSource *source = &finding->source;
    if (source->file == NULL)
        return g_strdup ("");
    GString *place = g_string_new (NULL);
    bp_text_append_visible (place, source->file, false);
    if (source->sheet != NULL)
    {
        g_string_append (place, ", sheet ");
        bp_text_append_visible (place, source->sheet, false);
    }
    if (source->row > 0)
        g_string_append_printf (place, source->sheet != NULL ? ", row %d" : ":%d", source->row);
    return g_string_free (place, FALSE);
}

char *bp_finding_dup_line (const BpFinding *finding)
{
    GString *line = g_string_new (NULL);
    g_autofree char *place = bp_finding_dup_place (finding);
    g_string_append (line, place);
    g_autofree char *column = bp_text_dup_quoted (finding->source.column);
    if (*column != '\0')
        g_string_append_printf (line, " %s", column);
    if (line->len > 0)
        g_string_append (line, ": ");
    bp_text_append_visible (line, finding->text, false);
    if (finding->advice != NULL && *finding->advice != '\0')
        g_string_append_printf (line, " → %s", finding->advice);
    return g_string_free (line, FALSE);
}

void bp_findings_print (const BpOptions *options, const BpFindingList *findings)
{
    static const struct
    {
        BpLevel level;
        const char *heading;
        BpInk ink;
    } groups[]
        = { { BP_LEVEL_ERROR, "Errors", BP_INK_RED }, { BP_LEVEL_CHECK, "Checks", BP_INK_YELLOW }, { BP_LEVEL_NOTE, "Notes", BP_INK_DIM } };
    for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
        guint count = bp_finding_list_count (findings, groups[i].level);
        if (count == 0)
            continue;
        g_autofree char *heading = g_strdup_printf ("%s (%u)", groups[i].heading, count);
        bp_console_answer_ink (options, BP_INK_BOLD, heading);
        bp_console_answer ("\n");
        for (guint j = 0; j < bp_finding_list_length (findings); j++)
        {
            const BpFinding *finding = bp_finding_list_get (findings, j);
            if (finding->level != groups[i].level)
                continue;
            g_autofree char *line = bp_finding_dup_line (finding);
            bp_console_answer_ink (options, groups[i].ink, bp_level_name (finding->level));
            bp_console_answer (" %s %s\n", bp_finding_kind_get (finding->code)->id, line);
        }
        bp_console_answer ("\n");
    }
}

void bp_findings_print_errors (const BpOptions *options, const BpFindingList *findings, guint max)
{
    guint printed = 0;
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (findings, i);
        if (finding->level != BP_LEVEL_ERROR || printed++ >= max)
            continue;
        g_autofree char *line = bp_finding_dup_line (finding);
        bp_console_message (options, "error %s %s", bp_finding_kind_get (finding->code)->id, line);
    }
    if (printed > max)
        bp_console_message (options, "… and %u more errors; 'boardpack check' lists all findings", printed - max);
}

void bp_findings_print_messages (const BpOptions *options, const BpFindingList *findings, guint max_alike)
{
    for (guint i = 0, alike = 0; i < bp_finding_list_length (findings); i += alike)
    {
        const char *id = bp_finding_kind_get (bp_finding_list_get (findings, i)->code)->id;
        alike = bp_finding_list_count_alike (findings, i);
        for (guint j = i; j < i + MIN (alike, max_alike); j++)
        {
            const BpFinding *finding = bp_finding_list_get (findings, j);
            g_autofree char *line = bp_finding_dup_line (finding);
            bp_console_message (options, "%s %s %s", bp_level_name (finding->level), id, line);
        }
        if (alike > max_alike)
            bp_console_message (options, "… and %u more of %s; with --json all are listed", alike - max_alike, id);
    }
}

char *bp_findings_dup_counts (const BpFindingList *findings)
{
    guint errors = bp_finding_list_count (findings, BP_LEVEL_ERROR);
    guint checks = bp_finding_list_count (findings, BP_LEVEL_CHECK);
    guint notes = bp_finding_list_count (findings, BP_LEVEL_NOTE);
    return g_strdup_printf ("%u error%s, %u check%s, %u note%s", errors, errors == 1 ? "" : "s", checks, checks == 1 ? "" : "s", notes,
                            notes == 1 ? "" : "s");
}

static json_t *finding_to_json (const BpFinding *finding)
{
    const BpFindingKind *kind = bp_finding_kind_get (finding->code);
    json_t *object = json_object ();
    json_object_set_new (object, "code", bp_json_text (kind->id));
    json_object_set_new (object, "name", bp_json_text (kind->name));
    json_object_set_new (object, "level", bp_json_text (bp_level_name (finding->level)));
    json_object_set_new (object, "quarantined", json_boolean (finding->quarantined));
    json_object_set_new (object, "file", bp_json_text (finding->source.file));
    json_object_set_new (object, "sheet", bp_json_text (finding->source.sheet));
    json_object_set_new (object, "row", finding->source.row > 0 ? json_integer (finding->source.row) : json_null ());
    json_object_set_new (object, "column", bp_json_text (finding->source.column));
    json_object_set_new (object, "value", bp_json_text (finding->value));
    json_object_set_new (object, "text", bp_json_text (finding->text));
    json_object_set_new (object, "advice", bp_json_text (finding->advice));
    return object;
}

json_t *bp_findings_to_json (const BpFindingList *findings)
{
    json_t *object = json_object ();
    json_object_set_new (object, "error", json_integer (bp_finding_list_count (findings, BP_LEVEL_ERROR)));
    json_object_set_new (object, "check", json_integer (bp_finding_list_count (findings, BP_LEVEL_CHECK)));
    json_object_set_new (object, "note", json_integer (bp_finding_list_count (findings, BP_LEVEL_NOTE)));
    json_object_set_new (object, "quarantined", json_integer (bp_finding_list_count_quarantined (findings)));
    json_t *list = json_array ();
    for (guint i = 0; i < bp_finding_list_length (findings); i++)
        json_array_append_new (list, finding_to_json (bp_finding_list_get (findings, i)));
    json_object_set_new (object, "list", list);
    return object;
}
