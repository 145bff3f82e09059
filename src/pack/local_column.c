#include "pack/local_column.h"

#include "base/number.h"
#include "base/text.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/wording.h"

static const BpLocalField *field_of (const BpBuild *build, int table, int index)
{
    return bp_field_set_get (&build->snapshot->programme->fields, (BpTableId)table, index);
}

int bp_local_count (const BpBuild *build, int table)
{
    if (bp_release_is_withholding (build->release))
        return 0;
    return bp_field_set_count (&build->snapshot->programme->fields, (BpTableId)table);
}

const char *bp_local_title (const BpBuild *build, int table, int index)
{
    return field_of (build, table, index)->title;
}

static BpValue number_value (const BpNumber *number)
{
    if (number->is_percent)
        return bp_value_percent (number->value, number->decimals);
    BpValue value = bp_value_number (number->value, number->decimals, NULL);
    if (number->is_money)
        value.kind = BP_VALUE_MONEY;
    return value;
}

BpValue bp_local_value (const BpBuild *build, int table, int index, const char *const *local)
{
    const BpLocalField *field = field_of (build, table, index);
    const char *text = local != NULL ? local[index] : NULL;
    BpNumber number;
    BpDate date;

    if (text == NULL || bp_text_is_blank (text))
        return bp_value_shorthand ("[z]");
    switch (field->type)
    {
    case BP_FIELD_NUMBER:
        if (bp_number_parse (text, &number))
            return number_value (&number);
        break;
    case BP_FIELD_DATE:
        if (bp_date_parse (text, &date))
            return bp_value_date (date, BP_DATE_LONG);
        break;
    case BP_FIELD_YES_NO:
        if (bp_text_parse_yes_no (text) >= 0)
            return bp_value_yes_no (bp_text_parse_yes_no (text) == 1);
        break;
    case BP_FIELD_TEXT:
        break;
    }
    return bp_value_text (bp_pack_text (build->pack, text));
}

const char *bp_local_sentences (const BpBuild *build, int table, const char *const *local)
{
    g_autoptr (GString) text = g_string_new (NULL);
    int count = local != NULL ? bp_local_count (build, table) : 0;

    for (int i = 0; i < count; i++)
    {
        BpValue value = bp_local_value (build, table, i, local);
        if (value.kind == BP_VALUE_SHORTHAND)
            continue;
        g_autofree char *words = bp_value_dup_text (&value);
        g_autofree char *sentence = g_strdup_printf ("%s: %s", bp_local_title (build, table, i), words);
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", bp_words_sentence (build->pack, sentence));
    }
    return bp_pack_text (build->pack, text->str);
}

void bp_local_add_line (const BpBuild *build, BpCell *cell, int table, const char *const *local)
{
    const char *text = bp_local_sentences (build, table, local);

    if (*text != '\0')
        bp_cell_add_text (build->pack, cell, BP_LINE_SECOND, text);
}
