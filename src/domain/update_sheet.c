#include "domain/update_sheet.h"

#include "base/text.h"

#include <string.h>

/* Narrow, so that all of them are read on paper. */
static const BpUpdateSheetColumn action_columns[] = {
    { "Plan", "plan", BP_ENTRY_KEY, 6, NULL },
    { "Ref", "ref", BP_ENTRY_KEY, 7, NULL },
    { "Action", NULL, BP_ENTRY_SHOWN, 20, NULL },
    { "Due date", NULL, BP_ENTRY_SHOWN, 16, NULL },
    { "Present status", NULL, BP_ENTRY_SHOWN, 10, NULL },
    { "Last report", NULL, BP_ENTRY_SHOWN, 20, NULL },
    { "New status", "status", BP_ENTRY_STATUS, 11, "Choose a status. Leave it blank if nothing has changed." },
    { "Completed on", "completed_on", BP_ENTRY_DAY, 13, "The day on which the action was completed, for example 25/07/2025." },
    { "Progress", "progress", BP_ENTRY_TEXT, 14, "What has been done since the last update, in a sentence or two." },
    { "Public progress", "public_progress", BP_ENTRY_TEXT, 11,
      "The same in words that anyone may read. If blank, what was published last goes on; where nothing ever was, partners read the "
      "progress." },
    { "Next step", "next_step", BP_ENTRY_TEXT, 11, "What happens next, and by when." },
    { "Forecast", "forecast", BP_ENTRY_TIMEFRAME, 11,
      "When it will be done, if not by its due date: 31/10/2025, October 2025, Autumn 2025, Q2 2025/26." },
    { "Reason", "reason", BP_ENTRY_TEXT, 11, "Why it is late or at risk. Needed with a new status that is one of these." },
    { "Way back", "path_to_green", BP_ENTRY_TEXT, 11, "How it is to be put right. Needed with a new status that is late or at risk." },
    { "Ask", "ask", BP_ENTRY_TEXT, 10, "What you need, and from whom." },
    { "Evidence", "evidence", BP_ENTRY_TEXT, 11, "What shows that it is done: a report, a link, a figure." },
};

static const BpUpdateSheetColumn measure_columns[] = {
    { "Measure", "kpi", BP_ENTRY_KEY, 10, NULL },
    { "Title", NULL, BP_ENTRY_SHOWN, 46, NULL },
    { "Period due", "period", BP_ENTRY_KEY, 16, NULL },
    { "Unit", NULL, BP_ENTRY_SHOWN, 12, NULL },
    { "Latest value", NULL, BP_ENTRY_SHOWN, 24, NULL },
    { "Value", "value", BP_ENTRY_FIGURE, 14, "A number, or a percentage such as 67%. [x] if it is not available." },
    { "Numerator", "numerator", BP_ENTRY_NUMBER, 14, "For a percentage: how many of them." },
    { "Denominator", "denominator", BP_ENTRY_NUMBER, 14, "For a percentage: out of how many." },
    { "Note", "note", BP_ENTRY_TEXT, 36, "What a reader of the figure must know." },
};

static const BpUpdateSheetColumn narrative_columns[] = {
    { "Kind", "kind", BP_ENTRY_KIND, 16, "Choose what it is." },
    { "Text", "text", BP_ENTRY_TEXT, 70, "One or two sentences." },
    { "Area", "area", BP_ENTRY_AREA, 16, "The area by its plan and ref. Leave it blank if it concerns the whole programme." },
    { "Audience", "audience", BP_ENTRY_AUDIENCE, 16, "The widest that may read it. Blank means internal." },
};

static const BpUpdateSheetDef sheets[BP_UPDATE_SHEET_COUNT] = {
    [BP_UPDATE_SHEET_ACTIONS] = { "Actions", BP_TABLE_UPDATES, action_columns, G_N_ELEMENTS (action_columns) },
    [BP_UPDATE_SHEET_MEASURES] = { "Measures", BP_TABLE_KPI_VALUES, measure_columns, G_N_ELEMENTS (measure_columns) },
    [BP_UPDATE_SHEET_NARRATIVE] = { "Narrative", BP_TABLE_NARRATIVE, narrative_columns, G_N_ELEMENTS (narrative_columns) },
};

const char *const bp_update_sheet_kinds[] = { "Achievement", "Challenge", "Change", "Impact", "Next step", "You said", "We did", NULL };
const char *const bp_update_sheet_audiences[] = { "Internal", "Partner", "Public", NULL };

const BpUpdateSheetDef *bp_update_sheet_get (BpUpdateSheetId id)
{
    g_assert ((unsigned)id < BP_UPDATE_SHEET_COUNT);
    return &sheets[id];
}

bool bp_update_sheet_is_typed (const BpUpdateSheetColumn *column)
{
    return column->kind != BP_ENTRY_SHOWN && column->kind != BP_ENTRY_KEY;
}

/* In any case, dashes and underscores as blanks. Caller frees. */
static char *dup_word (const char *text)
{
    g_autofree char *spaced = g_strdelimit (g_strdup (text), "_-", ' ');
    return bp_text_dup_folded (spaced);
}

static bool is_word (const char *name, const char *word)
{
    g_autofree char *folded = dup_word (name);
    return strcmp (folded, word) == 0;
}

static void index_name (GHashTable *index, const char *name, int column)
{
    g_autofree char *word = name != NULL ? dup_word (name) : NULL;
    if (word != NULL && !g_hash_table_contains (index, word))
        g_hash_table_insert (index, g_steal_pointer (&word), GINT_TO_POINTER (column + 1));
}

/* Word of a title or a name → column + 1. Made once: every cell of a sheet may be a heading. */
static GHashTable *index_of (const BpUpdateSheetDef *sheet)
{
    static GHashTable *indices[BP_UPDATE_SHEET_COUNT];
    static gsize is_made = 0;
    if (g_once_init_enter (&is_made))
    {
        for (int id = 0; id < BP_UPDATE_SHEET_COUNT; id++)
        {
            const BpUpdateSheetDef *def = bp_update_sheet_get ((BpUpdateSheetId)id);
            indices[id] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
            for (int i = 0; i < def->column_count; i++)
            {
                index_name (indices[id], def->columns[i].title, i);
                index_name (indices[id], def->columns[i].column, i);
            }
        }
        g_once_init_leave (&is_made, 1);
    }
    for (int id = 0; id < BP_UPDATE_SHEET_COUNT; id++)
        if (bp_update_sheet_get ((BpUpdateSheetId)id) == sheet)
            return indices[id];
    g_assert_not_reached ();
}

int bp_update_sheet_find_column (const BpUpdateSheetDef *sheet, const char *header)
{
    g_autofree char *bare = g_strndup (header, strcspn (header, "("));
    g_autofree char *trimmed = bp_text_dup_collapsed (bare);
    g_autofree char *word = dup_word (trimmed);
    return GPOINTER_TO_INT (g_hash_table_lookup (index_of (sheet), word)) - 1;
}

char *bp_update_sheet_dup_code (const char *const *words, const char *word)
{
    g_autofree char *trimmed = bp_text_dup_collapsed (word);
    g_autofree char *wanted = dup_word (trimmed);
    for (int i = 0; words[i] != NULL; i++)
    {
        if (!is_word (words[i], wanted))
            continue;
        g_autofree char *lower = g_ascii_strdown (words[i], -1);
        return g_strdup (g_strdelimit (lower, " ", '_'));
    }
    return NULL;
}
