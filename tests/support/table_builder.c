#include "support/table_builder.h"

#include "base/text.h"

#include <stdarg.h>
#include <string.h>

static BpStatus builder_statuses[] = {
    { .code = "complete",
      .label = "Complete",
      .letter = "C",
      .shape = "diamond",
      .colour = "complete",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_DONE,
      .needs = BP_NEEDS_EVIDENCE,
      .position = 0 },
    { .code = "as-planned",
      .label = "Complete (as planned)",
      .letter = "P",
      .shape = "pentagon",
      .colour = "complete",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_DONE,
      .use = BP_STATUS_USE_AS_PLANNED,
      .position = 1 },
    { .code = "on-track",
      .label = "On track",
      .letter = "G",
      .shape = "circle",
      .colour = "green",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_OPEN,
      .position = 2 },
    { .code = "at-risk",
      .label = "At risk",
      .letter = "A",
      .shape = "triangle",
      .colour = "amber",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_OPEN,
      .needs = BP_NEEDS_COMMENTARY,
      .severity = BP_SEVERITY_AT_RISK,
      .position = 3 },
    { .code = "off-track",
      .label = "Off track",
      .letter = "R",
      .shape = "square",
      .colour = "red",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_OPEN,
      .needs = BP_NEEDS_COMMENTARY,
      .severity = BP_SEVERITY_OFF_TRACK,
      .position = 4 },
    { .code = "paused",
      .label = "Paused",
      .letter = "H",
      .shape = "down-triangle",
      .colour = "none",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_PAUSED,
      .needs = BP_NEEDS_APPROVAL,
      .position = 5 },
    { .code = "no-update",
      .label = "No update received",
      .letter = "U",
      .shape = "dashed-square",
      .colour = "no-data",
      .meaning = "",
      .counts_as = BP_COUNTS_AS_OPEN,
      .use = BP_STATUS_USE_NO_UPDATE,
      .position = 6 },
};
static const char *const builder_none[] = { NULL };
static const char *const builder_board_aliases[] = { "The Big Board", NULL };
static BpForum builder_forums[] = {
    { .id = "board",
      .name = "The Board",
      .short_name = "Board",
      .aliases = builder_board_aliases,
      .parents = builder_none,
      .advises = builder_none,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
    { .id = "group",
      .name = "The Group",
      .short_name = "Group",
      .aliases = builder_none,
      .parents = builder_none,
      .advises = builder_none,
      .valid_from = BP_DATE_NONE,
      .valid_to = BP_DATE_NONE },
};

BpProgramme table_builder_programme (void)
{
    BpProgramme programme
        = { .name = "A programme", .organisation = "A council", .geography = "Hometown", .calendar = *bp_calendar_default () };
    programme.statuses = (BpStatusScale){ .statuses = builder_statuses, .count = G_N_ELEMENTS (builder_statuses) };
    programme.forums = (BpForumSet){ .forums = builder_forums, .count = G_N_ELEMENTS (builder_forums) };
    programme.rules = (BpRuleSettings){ .amber_within_days = 30,
                                        .stale_update_days = 120,
                                        .soon_days = 30,
                                        .kpi_stale_after_days = 200,
                                        .top_exceptions = 3,
                                        .red_periods = 2,
                                        .escalate_overdue_days = 30,
                                        .no_update_periods = 2,
                                        .spc = { .least_points = 12, .baseline_points = 12, .run_points = 7, .trend_points = 7 } };
    return programme;
}

void table_builder_clear_programme (BpProgramme *programme)
{
    for (int i = 0; i < BP_ALIAS_KINDS; i++)
        g_clear_pointer (&programme->aliases[i], g_hash_table_unref);
}

void table_builder_add_alias (BpProgramme *programme, BpAliasKind kind, const char *spelling, const char *canonical)
{
    if (programme->aliases[kind] == NULL)
        programme->aliases[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert (programme->aliases[kind], bp_text_dup_folded (spelling), g_strdup (canonical));
}

static int builder_column (const BpTableSet *set, BpTableId table, const char *name)
{
    const BpTableDef *def = bp_table_get (table);
    int column = bp_table_find_column (def, name);
    for (int i = 0; column < 0 && i < bp_field_set_count (set->fields, table); i++)
        if (g_ascii_strcasecmp (bp_field_set_get (set->fields, table, i)->column, name) == 0)
            return bp_table_column_count (def) + i;
    if (column < 0)
        g_error ("table %s has no column %s", def->name, name);
    return column;
}

void table_builder_add (BpTableSet *set, BpTableId table, const char *header, ...)
{
    g_auto (GStrv) names = g_strsplit (header, "|", -1);
    g_autofree char *file = g_strdup_printf ("data/%s.csv", bp_table_get (table)->name);
    va_list rows;
    va_start (rows, header);
    for (const char *row = va_arg (rows, const char *); row != NULL; row = va_arg (rows, const char *))
    {
        g_auto (GStrv) cells = g_strsplit (row, "|", -1);
        g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (names));
        BpRecord *record = bp_table_set_add (set, table);
        record->file = bp_table_set_take_text (set, file, -1);
        record->row = (int)set->tables[table].records->len + 1;
        for (int i = 0; cells[i] != NULL; i++)
            record->cells[builder_column (set, table, names[i])] = bp_table_set_take_text (set, cells[i], -1);
        set->tables[table].row_count++;
    }
    va_end (rows);
}

void table_builder_add_plan (BpTableSet *set)
{
    table_builder_add (set, BP_TABLE_PLANS, "plan|title|approved", "SIP|A plan|2025-01-01", NULL);
    table_builder_add (set, BP_TABLE_AREAS, "plan|ref|title|short|parent|position", "SIP|1|First area|First||1", "SIP|1.1|Part one||1|2",
                       "SIP|1.2|Part two||1|3", "SIP|2|Second area|Second||4", NULL);
}

BpDate table_builder_date (const char *iso)
{
    BpDate date = BP_DATE_NONE;
    if (*iso != '\0')
        g_assert_true (bp_date_parse_iso (iso, &date));
    return date;
}

BpSnapshot *table_builder_snapshot (const BpProgramme *programme, const BpTableSet *set, const char *as_of)
{
    BpSnapshotOptions options = { .as_of = table_builder_date (as_of), .known = BP_DATE_NONE, .since = BP_DATE_NONE };
    return bp_snapshot_new (programme, set, &options);
}

guint table_builder_count_findings (const BpSnapshot *snapshot, BpFindingCode code)
{
    guint count = 0;
    for (guint i = 0; i < bp_finding_list_length (snapshot->findings); i++)
        count += bp_finding_list_get (snapshot->findings, i)->code == code;
    return count;
}

const BpFinding *table_builder_finding (const BpSnapshot *snapshot, BpFindingCode code, guint index)
{
    for (guint i = 0; i < bp_finding_list_length (snapshot->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (snapshot->findings, i);
        if (finding->code == code && index-- == 0)
            return finding;
    }
    g_error ("there is no finding %s", bp_finding_kind_get (code)->id);
}

void table_builder_print_findings (const BpSnapshot *snapshot)
{
    for (guint i = 0; i < bp_finding_list_length (snapshot->findings); i++)
    {
        const BpFinding *finding = bp_finding_list_get (snapshot->findings, i);
        g_printerr ("%s %s %s:%d %s | %s | %s\n", bp_finding_kind_get (finding->code)->id, bp_level_name (finding->level),
                    finding->source.file != NULL ? finding->source.file : "-", finding->source.row,
                    finding->source.column != NULL ? finding->source.column : "-", finding->value != NULL ? finding->value : "",
                    finding->text);
    }
}
