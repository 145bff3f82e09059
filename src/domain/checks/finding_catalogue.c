#include "domain/finding.h"

#include <stddef.h>

/* Code, level, title and advice of every finding: `check`, `list checks`, the data-quality annex and the documents read them here. */

#define KIND(code_, id_, level_, title_, advice_)                                                                                          \
    [BP_FINDING_##code_] = { BP_FINDING_##code_, id_, #code_, BP_LEVEL_##level_, title_, advice_ }

static const BpFindingKind kinds[BP_FINDING_COUNT] = {
    KIND (FILE_ENCODING, "F01", CHECK, "A file that is not plain UTF-8",
          "Save the file as \"CSV UTF-8\" and look at its accented letters and dashes."),
    KIND (ROWS_ABOVE_HEADER, "F02", NOTE, "Rows above the header",
          "Nothing needs doing; move titles and notes out of the file if they confuse."),
    KIND (REPEATED_HEADER, "F03", NOTE, "A header that stands again among the rows",
          "Nothing needs doing; delete the repeated header when the file is next edited."),
    KIND (UNKNOWN_COLUMN, "F04", CHECK, "A column that the table does not have",
          "Correct the column's name, or declare it in config/fields.ini if it is your own."),
    KIND (UNKNOWN_FILE, "F05", CHECK, "A file in the data folder that is no table",
          "Name the file after its table (actions.csv, updates-2025.csv), or move it elsewhere."),
    KIND (ROW_TOO_WIDE, "F06", ERROR, "A row with more cells than the header",
          "Look for a stray separator in the row, or put the cell that holds it in quotes."),
    KIND (ROW_UNDECODABLE, "F07", ERROR, "A row with bytes that are no text", "Type the damaged words again and save the file as UTF-8."),
    KIND (CELL_TOO_LARGE, "F08", ERROR, "A cell of more than 64 KiB",
          "Shorten the cell; look for a quotation mark that was never closed above it."),
    KIND (STRAY_QUOTE, "F09", CHECK, "A quotation mark out of place",
          "Close the quotation, or double the mark where it belongs to the text."),
    KIND (LINE_ENDS, "F10", NOTE, "Unusual line ends or a second byte-order mark",
          "Nothing needs doing; saving the file again as \"CSV UTF-8\" mends it."),
    KIND (ROW_TOO_NARROW, "F11", CHECK, "A row with fewer cells than the header",
          "Check that no cell is missing in the middle of the row; the last ones are read as blank."),

    KIND (REQUIRED_MISSING, "R01", ERROR, "A row without a required value", "Fill in the value, or delete the row."),
    KIND (DUPLICATE_DIFFERENT, "R02", ERROR, "Rows with the same key that say different things",
          "Keep the right row and delete the others, or correct the key."),
    KIND (DUPLICATE_SAME, "R03", NOTE, "The same row more than once", "Delete the repeated row; it counts once."),
    KIND (ROW_REMOVED, "R04", CHECK, "A row that was there at the last import and is gone",
          "Put the row back if it was deleted by mistake; its history is kept."),
    KIND (VALUE_UNREADABLE, "R05", ERROR, "A value that cannot be read as a number, date or listed word",
          "Type the value as the column asks for it; a blank is better than a guess."),
    KIND (UNKNOWN_REFERENCE, "R06", ERROR, "A name or ref that stands in no table",
          "Correct the spelling, add the row that is meant, or add the spelling to config/aliases.ini."),
    KIND (ALIAS_USED, "R07", NOTE, "A spelling that was read as another name", "Nothing needs doing; use the full name where you can."),

    KIND (REF_INFERRED, "A01", CHECK, "An action whose blank ref was inferred", "Write the ref into the plan's table if it is right."),
    KIND (REF_NOT_INFERRED, "A02", ERROR, "An action whose blank ref cannot be inferred", "Give the action its ref."),
    KIND (ACTION_WITHOUT_LEAD, "A03", CHECK, "An action without a lead",
          "Name the lead, or set fill_down_leads = yes in config/programme.ini if cells were merged."),
    KIND (LEAD_INHERITED, "A04", NOTE, "A lead taken from the row above",
          "Nothing needs doing if the plan's table had merged cells; else type the lead."),
    KIND (LEAD_IS_DATE, "A05", ERROR, "A lead that looks like a date", "Look whether the cells of the row have moved by one column."),
    KIND (TIMEFRAME_BLANK, "A06", ERROR, "An action without a timeframe",
          "Ask the lead for a date; until then the action is shown as undated, never as on track."),
    KIND (TIMEFRAME_UNKNOWN, "A07", ERROR, "A timeframe that was not understood",
          "Type a day, month, term, quarter or year of a stated kind, for example \"September 2025\"; until then the action is shown as "
          "undated."),
    KIND (TIMEFRAME_TWO_DATES, "A08", CHECK, "Two dates in one timeframe",
          "Split the action in two, or leave it: the first date is a milestone and the last is when it is due."),
    KIND (TIMEFRAME_RECURRING, "A09", NOTE, "An action that comes round again", "Nothing needs doing; give an update for each occurrence."),
    KIND (TIMEFRAME_ONGOING, "A10", NOTE, "An action that is on-going",
          "Agree a review date: it has no due date, so it can never be overdue."),
    KIND (TIMEFRAME_COMPLETE, "A11", NOTE, "An action that the plan itself calls complete",
          "Give the day of completion and the evidence in an update."),
    KIND (TIMEFRAME_TBC, "A12", CHECK, "A timeframe still to be confirmed",
          "Ask the lead for a date; until then the action is shown as undated."),
    KIND (DUE_BEFORE_PLAN, "A13", NOTE, "An action due before the plan was approved",
          "Check the date, or report the action as complete if it is done."),
    KIND (SAME_ACTION_TEXT, "A14", CHECK, "Two actions with the same words", "Check that both are meant; they count as two."),
    KIND (ACTION_IS_PARENT, "A15", NOTE, "An action with other actions under it",
          "Nothing needs doing; it counts once, and the dates under it are not rolled up."),
    KIND (SAME_AREA_TITLE, "A16", CHECK, "Two areas with the same title", "Correct the title of the one that borrowed it."),
    KIND (AREA_RING, "A17", ERROR, "Areas that are each other's parents",
          "Correct the parent column; until then these parents are ignored."),
    KIND (NO_ACTIONS, "A18", ERROR, "No actions at all", "Put the plan's actions into data/actions.csv."),
    KIND (ACTION_WITHOUT_PROJECT, "A19", NOTE, "An action that belongs to no project",
          "Name its project in data/actions.csv or data/action_links.csv if it has one."),

    KIND (STATUS_UNKNOWN, "U01", ERROR, "A status that is not on the scale",
          "Use a status of config/status.ini, or add the spelling to config/aliases.ini."),
    KIND (NO_UPDATE, "U02", CHECK, "An action that was due and has no update",
          "Ask the lead for an update; until then it is shown as \"no update received\", with the days since its date."),
    KIND (UPDATE_STALE, "U03", CHECK, "An update that is too old", "Ask the lead for a new update."),
    KIND (COMMENTARY_MISSING, "U04", CHECK, "A status that needs a reason and a way back, without them",
          "Ask the lead for the reason and the path to green."),
    KIND (EVIDENCE_MISSING, "U05", CHECK, "A status that needs evidence, without it", "Ask the lead for the evidence of completion."),
    KIND (EVIDENCE_OTHER_MEASURE, "U06", CHECK, "Evidence from a measure that is not the action's own",
          "Check that the measure tests what the action promised."),
    KIND (STATUS_DISAGREES, "U07", CHECK, "A reported status better than dates and updates allow",
          "Ask the lead to explain or correct the status; both are shown."),
    KIND (MOVE_UNAPPROVED, "U08", CHECK, "A date moved without approval",
          "Name the forum that approved the move, or take it to the next meeting; the approved date still counts."),
    KIND (COMPLETED_IN_FUTURE, "U09", ERROR, "A completion date after the update's own date",
          "Correct the date, or report the day as a forecast."),
    KIND (STATUS_WENT_BACK, "U10", CHECK, "An action that was complete and is open again", "Check that it was reopened on purpose."),

    KIND (KPI_WITHOUT_VALUE, "K01", CHECK, "A KPI without any value",
          "Add its values to data/kpi_values.csv, or say when the first is expected."),
    KIND (KPI_WITHOUT_TARGET, "K02", CHECK, "A KPI without a target",
          "Agree a target and put it into data/kpis.csv or data/kpi_targets.csv."),
    KIND (KPI_WITHOUT_ACTION, "K03", CHECK, "A KPI that no action is linked to",
          "Link the actions that should move it, or ask whether it is still needed."),
    KIND (PERIOD_AMBIGUOUS, "K04", ERROR, "A year that could be of several kinds",
          "Write \"AY 2024/25\", \"FY 2024/25\" or \"CY 2024\", or give the KPI its period_kind."),
    KIND (PERIOD_UNKNOWN, "K05", ERROR, "A period that was not understood",
          "Type it as \"2024-09\", \"Q2 2024/25\", \"Autumn 2024\", \"AY 2024/25\" or \"2024-09-30\"."),
    KIND (VALUE_DISAGREES, "K06", ERROR, "A value that its own numerator and denominator do not give",
          "Correct the value or the counts; the counts are used."),
    KIND (SHARE_NOT_SUPPLIED, "K07", NOTE, "A percentage without numerator and denominator",
          "Ask for both counts; until then \"n not supplied\" is printed."),
    KIND (PERCENT_AS_FRACTION, "K08", ERROR, "A percentage that looks like a fraction",
          "Type 67% rather than 0.67, or set scale = fraction for the file in config/programme.ini."),
    KIND (TRAJECTORY_AMBIGUOUS, "K09", ERROR, "A trajectory whose periods cannot be told",
          "Give each projected value its period, of the same kind as the target's."),
    KIND (KPI_STALE, "K10", CHECK, "A KPI whose latest value is too old", "Ask the owner for a newer value, or say when it is expected."),
    KIND (TARGET_MET_EARLY, "K11", CHECK, "A target met before its time",
          "Agree a new target: a met target no longer tells the board anything."),
    KIND (OTHER_SEASON, "K12", NOTE, "A comparison with another quarter, term or month of the year",
          "Compare with the same time of the year when there is a value for it."),
    KIND (SERIES_BREAK, "K13", NOTE, "A break in a series", "Compare across the break with care; say in the note what changed."),
    KIND (BENCHMARK_ALONE, "K14", CHECK, "A benchmark without a local value of the same period", "Add the local value of that period."),
    KIND (POLARITY_MISSING, "K15", CHECK, "A KPI that does not say which direction is better",
          "Give its polarity: higher, lower, near or none."),
    KIND (PERCENT_OUT_OF_RANGE, "K16", CHECK, "A percentage under 0 or over 100", "Check the value, or the KPI's unit."),
    KIND (DENOMINATOR_ZERO, "K17", ERROR, "A denominator of nought, or counts that make no share",
          "Correct the counts; without a share the value is shown as not available."),
    KIND (PERIOD_KIND_DIFFERS, "K18", CHECK, "A value whose period is not of the KPI's kind",
          "Give the value for a period of the KPI's kind; this one is not compared with the others."),
    KIND (REBASE_WAITS, "K19", NOTE, "New limits that wait for more values",
          "Nothing to do: the limits before go on until there are enough values. Check the period if it lies outside the series."),
    KIND (GAP_STOPS_LIMITS, "K20", NOTE, "A gap that keeps a series from having limits",
          "Supply the missing values: limits need values in a row."),

    KIND (RECOMMENDATION_WITHOUT_ACTION, "C01", CHECK, "A recommendation that no action answers",
          "Name the actions or the area that answer it, or add one to the plan."),
    KIND (RECOMMENDATION_WITHOUT_KPI, "C02", CHECK, "A recommendation that no KPI measures", "Name the KPI that would show it is met."),
    KIND (AREA_WITHOUT_KPI, "C03", NOTE, "An area or sub-area without a KPI",
          "Name a KPI for it, or accept that its effect is not measured."),

    KIND (CLAIM_DISAGREES, "L01", ERROR, "A stated figure that the data do not give",
          "Correct the sentence or the data before either is published again."),
    KIND (CLAIM_NOT_TESTABLE, "L02", CHECK, "A stated figure that cannot be tested", "Add the values or counts behind it."),

    KIND (MEETING_UNDATED, "G01", NOTE, "A meeting without a date", "Give the date once it is known."),
    KIND (DECISION_OVERDUE, "G02", CHECK, "A decision that was needed by now", "Record its outcome, or put it on the next agenda."),

    KIND (GLYPH_MISSING, "P01", CHECK, "Letters or signs that the PDF cannot draw",
          "Write it in letters that the font has; another font in config/theme.ini helps if the script needs no joining of letters."),
    KIND (PAGE_BUDGET, "P02", CHECK, "A pack or section longer than its page budget",
          "Narrow its filter or limit, or raise page_budget in the report template."),
    KIND (FIGURES_DIFFER, "P03", ERROR, "A figure that differs between two outputs of a run",
          "Do not send the packs; report this as a fault of the program."),
    KIND (PDF_UNMARKED, "P04", CHECK, "A PDF that does not say it is accessible (PDF/UA-1) or fit to be kept (PDF/A-2a)",
          "The text says what is missing. If that is no file to install, report it as a fault of the program."),
    KIND (SHEET_TEXT_CHANGED, "P05", CHECK, "A text that a workbook cannot hold, or show whole",
          "Shorten the text, or type the characters again that were replaced."),
};

const BpFindingKind *bp_finding_kind_get (BpFindingCode code)
{
    g_assert ((unsigned)code < BP_FINDING_COUNT);
    return &kinds[code];
}

const BpFindingKind *bp_finding_kind_find (const char *id)
{
    for (size_t i = 0; id != NULL && i < BP_FINDING_COUNT; i++)
        if (g_ascii_strcasecmp (kinds[i].id, id) == 0)
            return &kinds[i];
    return NULL;
}
