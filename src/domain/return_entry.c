#include "domain/return_entry.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

/* Of a cell in the data folder, and in a spreadsheet program. */
#define MAX_BYTES ((gsize)64 * 1024)
#define MAX_CHARS 32767

static char *fail (char **reason_out, char *reason)
{
    *reason_out = reason;
    return NULL;
}

static const BpStatus *find_letter (const BpStatusScale *scale, const char *typed)
{
    for (int i = 0; i < scale->count; i++)
        if (g_ascii_strcasecmp (scale->statuses[i].letter, typed) == 0)
            return &scale->statuses[i];
    return NULL;
}

/* By code, label or alias, else by letter. */
static const BpStatus *find_status (const BpSnapshot *snapshot, const char *typed)
{
    const BpProgramme *programme = snapshot->programme;
    const BpStatus *status = bp_status_find (&programme->statuses, typed);
    GHashTable *aliases = programme->aliases[BP_ALIAS_STATUS];
    g_autofree char *folded = bp_text_dup_folded (typed);
    const char *alias = status == NULL && aliases != NULL ? g_hash_table_lookup (aliases, folded) : NULL;
    if (alias != NULL)
        status = bp_status_find (&programme->statuses, alias);
    return status != NULL ? status : find_letter (&programme->statuses, typed);
}

/* "is no status; choose Complete (C), On track (G) or At risk (A)". */
static char *dup_status_reason (const BpStatusScale *scale)
{
    g_autoptr (GString) text = g_string_new ("is no status; choose one of these, or its letter: ");
    bool is_first = true;
    for (int i = 0; i < scale->count; i++)
    {
        const BpStatus *status = &scale->statuses[i];
        if (status->use != BP_STATUS_USE_REPORTED && status->use != BP_STATUS_USE_NOT_DUE)
            continue;
        g_string_append_printf (text, "%s%s (%s)", is_first ? "" : ", ", status->label, status->letter);
        is_first = false;
    }
    return g_strdup (text->str);
}

static char *dup_status (const BpSnapshot *snapshot, const char *typed, char **reason_out)
{
    const BpStatus *status = find_status (snapshot, typed);
    if (status == NULL)
        return fail (reason_out, dup_status_reason (&snapshot->programme->statuses));
    if (status->use == BP_STATUS_USE_NO_UPDATE)
        return fail (reason_out, g_strdup ("is what stands where nobody reports, so nobody can report it"));
    return g_strdup (status->code);
}

static char *dup_day (const char *typed, BpDate today, char **reason_out)
{
    BpDate day;
    if (!bp_date_parse (typed, &day))
        return fail (reason_out, g_strdup ("is no day that there is; type it as 25/07/2025"));
    if (day > today)
        return fail (reason_out, g_strdup ("is a day that is still to come"));
    return bp_date_dup_text (day, BP_DATE_ISO);
}

static char *dup_number (const char *typed, char **reason_out)
{
    BpNumber number;
    if (!bp_number_parse (typed, &number) || number.is_percent)
        return fail (reason_out, g_strdup ("is no number; type it in figures alone, as 41"));
    if (number.value < 0)
        return fail (reason_out, g_strdup ("is below nought"));
    return g_strdup (typed);
}

/* What a spreadsheet shows in the place of a result is nobody's text. */
static bool is_spreadsheet_error (const char *typed)
{
    static const char *const errors[] = { "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!" };
    for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
        if (strcmp (typed, errors[i]) == 0)
            return true;
    return false;
}

static char *dup_figure (const char *typed, char **reason_out)
{
    BpNumber number;
    if (bp_shorthand_parse (typed) == BP_SHORTHAND_NONE && !bp_number_parse (typed, &number))
        return fail (reason_out, g_strdup ("is neither a number nor shorthand; type 67%, 41 or [x]"));
    return g_strdup (typed);
}

static char *dup_timeframe (const char *typed, const BpSnapshot *snapshot, char **reason_out)
{
    BpTimeframe timeframe = bp_timeframe_parse (typed, &snapshot->programme->calendar);
    return timeframe.kind == BP_TIMEFRAME_UNKNOWN ? fail (
               reason_out, g_strdup ("is no date or time that is understood; type 31/10/2025, October 2025, Autumn 2025 or Q2 2025/26"))
                                                  : g_strdup (typed);
}

static char *dup_area (const char *typed, const BpSnapshot *snapshot, char **reason_out)
{
    const BpArea *area = bp_snapshot_find_area (snapshot, typed);
    return area == NULL ? fail (reason_out, g_strdup ("is no area by its plan and ref")) : g_strdup (area->key);
}

static char *dup_word (const char *const *words, const char *typed, const char *reason, char **reason_out)
{
    char *code = bp_update_sheet_dup_code (words, typed);
    return code != NULL ? code : fail (reason_out, g_strdup (reason));
}

char *bp_return_entry_dup (BpEntryKind kind, const char *typed, const BpSnapshot *snapshot, BpDate today, char **reason_out)
{
    *reason_out = NULL;
    if (strlen (typed) > MAX_BYTES || g_utf8_strlen (typed, -1) > MAX_CHARS)
        return fail (reason_out, g_strdup ("is too long: a cell holds 32,767 characters"));
    if (is_spreadsheet_error (typed))
        return fail (reason_out, g_strdup ("is an error of the spreadsheet; type what is meant"));
    switch (kind)
    {
    case BP_ENTRY_STATUS:
        return dup_status (snapshot, typed, reason_out);
    case BP_ENTRY_DAY:
        return dup_day (typed, today, reason_out);
    case BP_ENTRY_TIMEFRAME:
        return dup_timeframe (typed, snapshot, reason_out);
    case BP_ENTRY_FIGURE:
        return dup_figure (typed, reason_out);
    case BP_ENTRY_NUMBER:
        return dup_number (typed, reason_out);
    case BP_ENTRY_KIND:
        return dup_word (bp_update_sheet_kinds, typed, "is no kind of narrative", reason_out);
    case BP_ENTRY_AUDIENCE:
        return dup_word (bp_update_sheet_audiences, typed, "is no audience", reason_out);
    case BP_ENTRY_AREA:
        return dup_area (typed, snapshot, reason_out);
    case BP_ENTRY_SHOWN:
    case BP_ENTRY_KEY:
    case BP_ENTRY_TEXT:
        break;
    }
    return g_strdup (typed);
}

bool bp_return_entry_is_same (BpEntryKind kind, const char *a, const char *b, const BpSnapshot *snapshot)
{
    BpDate left_day, right_day;
    BpNumber left_number, right_number;
    g_autofree char *left = bp_text_dup_collapsed (a), *right = bp_text_dup_collapsed (b);
    if (strcmp (left, right) == 0)
        return true;
    switch (kind)
    {
    case BP_ENTRY_STATUS:
        return find_status (snapshot, left) != NULL && find_status (snapshot, left) == find_status (snapshot, right);
    case BP_ENTRY_DAY:
        return bp_date_parse (left, &left_day) && bp_date_parse (right, &right_day) && left_day == right_day;
    case BP_ENTRY_FIGURE:
    case BP_ENTRY_NUMBER:
        return bp_number_parse (left, &left_number) && bp_number_parse (right, &right_number)
               && ABS (left_number.value - right_number.value) < 1e-9;
    case BP_ENTRY_SHOWN:
    case BP_ENTRY_KEY:
    case BP_ENTRY_TEXT:
    case BP_ENTRY_TIMEFRAME:
    case BP_ENTRY_KIND:
    case BP_ENTRY_AREA:
    case BP_ENTRY_AUDIENCE:
        break;
    }
    return false;
}
