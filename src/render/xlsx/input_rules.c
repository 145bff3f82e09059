#include "render/xlsx/input_rules.h"

#include <string.h>

/* Rows that somebody may add below the table. */
#define ROWS_BELOW 200
/* Of Excel: the words of a drop-down with their commas; a prompt; its title. */
#define MAX_LIST_CHARS 255
#define MAX_PROMPT_CHARS 255
#define MAX_TITLE_CHARS 32

/* Words with a comma in them, or too many, cannot stand in a rule: the cell then has its prompt alone, and is checked when it comes back.
 */
static bool can_list (const char *const *choices)
{
    glong length = 0;
    for (int i = 0; choices[i] != NULL; i++)
    {
        if (strchr (choices[i], ',') != NULL)
            return false;
        length += g_utf8_strlen (choices[i], -1) + (i > 0 ? 1 : 0);
    }
    return length > 0 && length <= MAX_LIST_CHARS;
}

static void set_rule (lxw_data_validation *rule, const BpSheetInput *input)
{
    static char today[] = "=TODAY()";
    rule->ignore_blank = LXW_VALIDATION_ON;
    rule->validate = LXW_VALIDATION_TYPE_ANY;
    switch (input->kind)
    {
    case BP_SHEET_INPUT_CHOICE:
        if (!can_list (input->choices))
            break;
        rule->validate = LXW_VALIDATION_TYPE_LIST;
        rule->value_list = (char **)input->choices;
        rule->error_message = (char *)"Choose one of the list, or leave the cell blank.";
        break;
    case BP_SHEET_INPUT_PAST_DATE:
        rule->validate = LXW_VALIDATION_TYPE_DATE_FORMULA;
        rule->criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
        rule->value_formula = today;
        rule->error_message = (char *)"Type a day such as 25/07/2025, not after today, or leave the cell blank.";
        break;
    case BP_SHEET_INPUT_NUMBER:
        rule->validate = LXW_VALIDATION_TYPE_DECIMAL;
        rule->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        rule->value_number = -1e12;
        /* shorthand such as [x] may stand in place of a number */
        rule->error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
        rule->error_message = (char *)"That is no number. Keep it only if it is shorthand, such as [x] for not available.";
        break;
    case BP_SHEET_INPUT_NONE:
    case BP_SHEET_INPUT_TEXT:
        break;
    }
}

static char *dup_cut (const char *text, glong max)
{
    return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max));
}

bool bp_xlsx_add_input_rules (lxw_worksheet *page, const BpXlsxSheet *sheet, GError **error)
{
    lxw_row_t first = (lxw_row_t)bp_xlsx_sheet_header_row (sheet) + 1;
    lxw_row_t last = first + bp_xlsx_sheet_row_count (sheet) - 1 + ROWS_BELOW;
    for (int i = 0; i < sheet->column_count; i++)
    {
        const BpSheetInput *input = sheet->columns[i].input;
        if (input == NULL)
            continue;
        lxw_data_validation rule = { 0 };
        set_rule (&rule, input);
        g_autofree char *title = dup_cut (sheet->columns[i].header, MAX_TITLE_CHARS);
        g_autofree char *prompt = input->prompt != NULL ? dup_cut (input->prompt, MAX_PROMPT_CHARS) : NULL;
        rule.input_title = title;
        rule.input_message = prompt;
        rule.error_title = title;
        lxw_error code = worksheet_data_validation_range (page, first, (lxw_col_t)i, last, (lxw_col_t)i, &rule);
        if (code != LXW_NO_ERROR)
            return bp_fail (error, BP_ERROR_RENDER, "the workbook's library refused the rule of the column \"%s\": %s",
                            sheet->columns[i].header, lxw_strerror (code));
    }
    return true;
}
