#include "pack/update_sheet.h"

#include "base/text.h"
#include "domain/kpi_state.h"
#include "domain/lead_duties.h"
#include "domain/update_sheet.h"

#include <string.h>

#define NARRATIVE_ROWS 8

typedef struct
{
    BpPack *pack;
    const BpSnapshot *snapshot;
    const BpLeadDuties *duties;
    const char *const *statuses, *const *areas; /* NULL-ended, of the pack */
} Builder;

char *bp_update_sheet_dup_id (const char *slug, BpDate as_of, gint64 base)
{
    g_autofree char *day = bp_date_dup_text (as_of, BP_DATE_ISO);
    return g_strdup_printf ("%s-%s-%" G_GINT64_FORMAT, slug, day, base);
}

/* ---- choices ---- */

static const char *const *own_words (BpPack *pack, const GPtrArray *words)
{
    const char **list = bp_pack_alloc (pack, sizeof (char *) * (words->len + 1));
    for (guint i = 0; i < words->len; i++)
        list[i] = bp_pack_raw_text (pack, words->pdata[i]);
    return list;
}

/* What a lead can report: not the statuses of silence. */
static const char *const *list_statuses (BpPack *pack, const BpStatusScale *scale)
{
    g_autoptr (GPtrArray) labels = g_ptr_array_new ();
    for (int i = 0; i < scale->count; i++)
        if (scale->statuses[i].use == BP_STATUS_USE_REPORTED || scale->statuses[i].use == BP_STATUS_USE_NOT_DUE)
            g_ptr_array_add (labels, (gpointer)scale->statuses[i].label);
    return own_words (pack, labels);
}

/* With those under it. */
static void add_area_keys (const BpArea *area, const BpArea *no_area, GPtrArray *keys)
{
    if (area == no_area)
        return;
    g_ptr_array_add (keys, (gpointer)area->key);
    for (guint i = 0; i < area->sub_areas->len; i++)
        add_area_keys (area->sub_areas->pdata[i], no_area, keys);
}

static const char *const *list_areas (BpPack *pack, const BpSnapshot *snapshot)
{
    g_autoptr (GPtrArray) keys = g_ptr_array_new ();
    for (guint i = 0; i < snapshot->areas->len; i++)
        add_area_keys (snapshot->areas->pdata[i], snapshot->no_area, keys);
    return own_words (pack, keys);
}

static void add_notes (const Builder *builder)
{
    const BpStatusScale *scale = &builder->snapshot->programme->statuses;
    GPtrArray *notes = builder->pack->notes;
    for (int i = 0; builder->statuses[i] != NULL; i++)
    {
        const BpStatus *status = bp_status_find (scale, builder->statuses[i]);
        const char *needs = "";
        if ((status->needs & BP_NEEDS_COMMENTARY) != 0)
            needs = " Please give the reason and the way back.";
        else if ((status->needs & BP_NEEDS_EVIDENCE) != 0)
            needs = " Please give the evidence.";
        g_ptr_array_add (notes, (gpointer)bp_pack_format (builder->pack, "Status %s: %s%s", status->label, status->meaning, needs));
    }
    for (int i = 0; builder->areas[i] != NULL; i++)
    {
        const BpArea *area = bp_snapshot_find_area (builder->snapshot, builder->areas[i]);
        if (area != NULL)
            g_ptr_array_add (notes, (gpointer)bp_pack_format (builder->pack, "Area %s: %s", area->key, area->title));
    }
}

/* ---- sheets ---- */

static BpSheetInput input_of (const Builder *builder, const BpUpdateSheetColumn *column)
{
    BpSheetInput input = { .kind = BP_SHEET_INPUT_TEXT, .prompt = column->prompt };
    switch (column->kind)
    {
    case BP_ENTRY_SHOWN:
    case BP_ENTRY_KEY:
        return (BpSheetInput){ .kind = BP_SHEET_INPUT_NONE };
    case BP_ENTRY_STATUS:
        input.choices = builder->statuses;
        break;
    case BP_ENTRY_KIND:
        input.choices = bp_update_sheet_kinds;
        break;
    case BP_ENTRY_AREA:
        input.choices = builder->areas;
        break;
    case BP_ENTRY_AUDIENCE:
        input.choices = bp_update_sheet_audiences;
        break;
    case BP_ENTRY_DAY:
        input.kind = BP_SHEET_INPUT_PAST_DATE;
        break;
    case BP_ENTRY_FIGURE:
    case BP_ENTRY_NUMBER:
        input.kind = BP_SHEET_INPUT_NUMBER;
        break;
    case BP_ENTRY_TEXT:
    case BP_ENTRY_TIMEFRAME:
        break;
    }
    if (input.choices != NULL)
        input.kind = BP_SHEET_INPUT_CHOICE;
    return input;
}

static BpSheet *add_sheet (const Builder *builder, BpUpdateSheetId id, const char *title, const char *description)
{
    const BpUpdateSheetDef *def = bp_update_sheet_get (id);
    g_autofree BpSheetColumn *columns = g_new0 (BpSheetColumn, (gsize)def->column_count);
    BpSheetInput *inputs = bp_pack_alloc (builder->pack, sizeof (BpSheetInput) * (gsize)def->column_count);
    for (int i = 0; i < def->column_count; i++)
    {
        const BpUpdateSheetColumn *column = &def->columns[i];
        bool is_typed = bp_update_sheet_is_typed (column);
        columns[i].title = bp_pack_format (builder->pack, "%s%s", column->title, is_typed ? BP_UPDATE_FILL_IN : "");
        columns[i].width_chars = column->width_chars;
        inputs[i] = input_of (builder, column);
        columns[i].type = inputs[i].kind == BP_SHEET_INPUT_NUMBER ? BP_SHEET_NUMBER : BP_SHEET_TEXT;
    }
    BpSheet *sheet = bp_pack_add_sheet (builder->pack, def->name, title, description, columns, def->column_count);
    sheet->inputs = inputs;
    g_ptr_array_add (sheet->notes, (gpointer) "Fill in the columns headed (fill in). Leave a cell blank if nothing has changed.");
    return sheet;
}

/* Byte for byte: import compares it. */
static BpValue key_cell (const Builder *builder, const char *text)
{
    return bp_value_text (bp_pack_raw_text (builder->pack, text));
}

static void append_words (GString *text, const char *label, const char *words)
{
    if (!bp_text_is_blank (words))
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", label, words);
}

/* The forecast that stands: of the newest update that gives one. */
static const char *latest_forecast (const BpAction *action)
{
    for (guint i = action->updates->len; i > 0; i--)
    {
        const BpUpdate *update = action->updates->pdata[i - 1];
        if (*update->forecast.text != '\0')
            return update->forecast.text;
    }
    return "";
}

/* What stands, so that a lead knows what a blank cell leaves as it is. */
static BpValue last_report_cell (const Builder *builder, const BpAction *action)
{
    const BpUpdate *told = action->latest;
    if (told == NULL)
        return bp_value_text ("No report yet");
    g_autofree char *day = bp_date_dup_text (told->as_of, BP_DATE_LONG);
    g_autoptr (GString) text = g_string_new (day);
    append_words (text, "Progress", told->progress);
    append_words (text, "Public progress", told->public_progress);
    append_words (text, "Next step", told->next_step);
    append_words (text, "Forecast", latest_forecast (action));
    append_words (text, "Reason", told->reason);
    append_words (text, "Way back", told->path_to_green);
    append_words (text, "Ask", told->ask);
    append_words (text, "Evidence", told->evidence);
    return bp_value_text (bp_pack_text (builder->pack, text->str));
}

/* "What each status means: [note 1] to [note 5]." */
static void add_note_line (const Builder *builder, BpSheet *sheet, const char *label, guint first, guint count)
{
    if (count == 1)
        g_ptr_array_add (sheet->notes, (gpointer)bp_pack_format (builder->pack, "%s: [note %u].", label, first));
    else if (count > 1)
        g_ptr_array_add (sheet->notes,
                         (gpointer)bp_pack_format (builder->pack, "%s: [note %u] to [note %u].", label, first, first + count - 1));
}

static guint count_words (const char *const *words)
{
    guint count = 0;
    while (words[count] != NULL)
        count++;
    return count;
}

static void add_actions (const Builder *builder)
{
    BpSheet *sheet = add_sheet (builder, BP_UPDATE_SHEET_ACTIONS, "Your open actions", "One row for each of your open actions");
    add_note_line (builder, sheet, "What each status means", 1, count_words (builder->statuses));
    const GPtrArray *actions = builder->duties->actions;
    for (guint i = 0; i < actions->len; i++)
    {
        const BpAction *action = actions->pdata[i];
        BpValue *cells = bp_sheet_add_row (builder->pack, sheet);
        cells[BP_ACTIONS_PLAN] = key_cell (builder, action->plan->id);
        cells[BP_ACTIONS_REF] = key_cell (builder, action->ref);
        cells[BP_ACTIONS_ACTION] = bp_value_text (bp_pack_text (builder->pack, action->text));
        cells[BP_ACTIONS_DUE] = action->due != BP_DATE_NONE ? bp_value_date (action->due, BP_DATE_LONG) : bp_value_shorthand ("[z]");
        cells[BP_ACTIONS_PRESENT_STATUS] = bp_value_text (bp_pack_text (builder->pack, action->status->label));
        cells[BP_ACTIONS_LAST_REPORT] = last_report_cell (builder, action);
    }
}

/* "67% (Q1 2025/26)". */
static BpValue latest_cell (const Builder *builder, const BpKpi *kpi)
{
    const BpKpiValue *latest = kpi->latest;
    if (latest == NULL)
        return bp_value_shorthand ("[x]");
    g_autofree char *period = bp_period_dup_text (&latest->period, &builder->snapshot->programme->calendar);
    g_autofree char *figure = latest->has_value ? bp_kpi_dup_figure (kpi->unit, latest->value, latest->decimals)
                                                : g_strdup (bp_shorthand_text (latest->shorthand));
    return bp_value_text (bp_pack_format (builder->pack, "%s (%s)", figure, period));
}

/* A period as the packs print it, with the kind of its year or census, so that it is read again whatever the measure's kind: "AY 2024/25",
 * "October 2025". Caller frees. */
static char *dup_canonical_period (const BpPeriod *period, const BpCalendar *calendar)
{
    g_autofree char *printed = bp_period_dup_text (period, calendar);
    switch (period->kind)
    {
    case BP_PERIOD_ACADEMIC_YEAR:
        return g_strdup_printf ("AY %s", printed);
    case BP_PERIOD_FINANCIAL_YEAR:
        return g_strdup_printf ("FY %s", printed);
    case BP_PERIOD_CALENDAR_YEAR:
        return g_strdup_printf ("CY %s", printed);
    case BP_PERIOD_CENSUS:
        return g_strdup_printf ("Census %s", printed);
    case BP_PERIOD_MONTH:
    case BP_PERIOD_NONE:
    case BP_PERIOD_DAY:
    case BP_PERIOD_QUARTER:
    case BP_PERIOD_TERM:
        break;
    }
    return g_steal_pointer (&printed);
}

static void add_measures (const Builder *builder)
{
    BpSheet *sheet
        = add_sheet (builder, BP_UPDATE_SHEET_MEASURES, "Values that are due", "One row for each value of your measures that is due");
    for (guint i = 0; i < builder->duties->owed->len; i++)
    {
        const BpOwedValue *owed = &g_array_index (builder->duties->owed, BpOwedValue, i);
        g_autofree char *period = dup_canonical_period (&owed->period, &builder->snapshot->programme->calendar);
        BpValue *cells = bp_sheet_add_row (builder->pack, sheet);
        cells[BP_MEASURES_KPI] = key_cell (builder, owed->kpi->id);
        cells[BP_MEASURES_TITLE] = bp_value_text (bp_pack_text (builder->pack, owed->kpi->title));
        cells[BP_MEASURES_PERIOD] = key_cell (builder, period);
        cells[BP_MEASURES_UNIT] = bp_value_text (bp_unit_words (owed->kpi->unit));
        cells[BP_MEASURES_LATEST] = latest_cell (builder, owed->kpi);
    }
}

static void add_narrative (const Builder *builder)
{
    BpSheet *sheet = add_sheet (builder, BP_UPDATE_SHEET_NARRATIVE, "What else the boards should read",
                                "Achievements, challenges and the like, in your words");
    const guint status_count = count_words (builder->statuses);
    add_note_line (builder, sheet, "What each area is about", status_count + 1, builder->pack->notes->len - status_count);
    for (int i = 0; i < NARRATIVE_ROWS; i++)
        bp_sheet_add_row (builder->pack, sheet);
}

/* ---- cover ---- */

static void add_line (const Builder *builder, const char *label, const char *text)
{
    if (text != NULL && !bp_text_is_blank (text))
        g_ptr_array_add (builder->pack->cover_lines, g_strconcat (label, text, NULL));
}

static const char *const instructions[] = {
    "What to do: fill in the columns headed (fill in) on the sheets Actions, Measures and Narrative, save the workbook and send it back.",
    "A blank cell means that nothing has changed: what stands under Last report goes on. To take something back, say so in words.",
    "Public progress left blank, too: what was published last goes on, and nothing of your new progress is published. Where nothing of an "
    "action ever was, partners read the progress itself.",
    "The columns New status, Kind, Area and Audience offer a list. If the status changes, give its reason and the way back where the "
    "Notes sheet asks for them: those of another status do not go on.",
    "You may sort, filter and move rows and columns, add columns of your own and delete rows. A deleted row changes nothing.",
    "Please leave Plan, Ref, Measure and Period due as they are: they say what a row is about. To report on an action that is not listed, "
    "add a row with its plan and ref below the others.",
    "Please leave this page as it is: the workbook is known by it when it comes back.",
};

static void add_return_line (const Builder *builder)
{
    const BpDate due = bp_lead_return_day (builder->snapshot);
    g_autofree char *day = bp_date_dup_text (due, BP_DATE_LONG);
    g_autofree char *by = due != BP_DATE_NONE ? g_strdup_printf (" by %s", day) : g_strdup ("");
    g_autofree char *text = g_strdup_printf ("Please send it back%s to whoever sent it to you.", by);
    add_line (builder, "", text);
}

static void fill_cover (const Builder *builder, gint64 base)
{
    const BpProgramme *programme = builder->snapshot->programme;
    g_autofree char *day = bp_date_dup_text (builder->snapshot->as_of, BP_DATE_LONG);
    g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, base);
    g_autofree char *id = bp_update_sheet_dup_id (builder->duties->slug, builder->snapshot->as_of, base);
    const guint actions = builder->duties->actions->len, owed = builder->duties->owed->len;
    g_autofree char *counts
        = g_strdup_printf ("%u open action%s, %u value%s due", actions, actions == 1 ? "" : "s", owed, owed == 1 ? "" : "s");
    builder->pack->cover_lines = g_ptr_array_new_with_free_func (g_free);
    add_line (builder, BP_UPDATE_COVER_LEAD, builder->duties->lead);
    add_line (builder, BP_UPDATE_COVER_PROGRAMME, programme->name);
    add_line (builder, "Organisation: ", programme->organisation);
    add_line (builder, BP_UPDATE_COVER_AS_OF, day);
    add_line (builder, "To report on: ", counts);
    add_return_line (builder);
    for (gsize i = 0; i < G_N_ELEMENTS (instructions); i++)
        add_line (builder, "", instructions[i]);
    add_line (builder, "Contact: ", programme->contact);
    add_line (builder, "Notice: ", programme->notice);
    add_line (builder, BP_UPDATE_COVER_BASE, number);
    add_line (builder, BP_UPDATE_COVER_SHEET, id);
}

static void fill_front (const Builder *builder)
{
    const BpProgramme *programme = builder->snapshot->programme;
    BpPack *pack = builder->pack;
    g_autofree char *day = bp_date_dup_text (builder->snapshot->as_of, BP_DATE_LONG);
    pack->programme_name = bp_pack_text (pack, programme->name);
    pack->organisation = bp_pack_text (pack, programme->organisation);
    pack->contact = bp_pack_text (pack, programme->contact);
    pack->language = bp_pack_text (pack, programme->language);
    pack->forum_name = bp_pack_text (pack, "update sheet");
    pack->period_text = bp_pack_text (pack, day);
    pack->title = bp_pack_format (pack, "Update sheet: %s, %s", builder->duties->lead, day);
    pack->cover_title = bp_pack_format (pack, "Update sheet: %s", builder->duties->lead);
    pack->marking = bp_pack_text (pack, bp_forums_internal_marking (&programme->forums));
    pack->as_of = builder->snapshot->as_of;
    pack->is_working = true;
}

BpPack *bp_update_sheet_build (const BpSnapshot *snapshot, const BpLeadDuties *duties, gint64 base)
{
    BpPack *pack = bp_pack_new ();
    Builder builder = { .pack = pack,
                        .snapshot = snapshot,
                        .duties = duties,
                        .statuses = list_statuses (pack, &snapshot->programme->statuses),
                        .areas = list_areas (pack, snapshot) };
    fill_front (&builder);
    fill_cover (&builder, base);
    add_notes (&builder);
    add_actions (&builder);
    add_measures (&builder);
    add_narrative (&builder);
    return pack;
}
