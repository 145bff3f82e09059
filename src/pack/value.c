#include "pack/value.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* "weeks" after "1" is "week": units are given in the plural. */
static char *dup_with_unit (char *number_text, const char *unit)
{
    g_autofree char *number = number_text;

    if (unit == NULL || *unit == '\0')
        return g_steal_pointer (&number);
    const char *bare = number;
    if (*bare == '+')
        bare++;
    else if (g_str_has_prefix (bare, "\u2212"))
        bare += strlen ("\u2212");
    gsize length = strlen (unit);
    bool is_one = strcmp (bare, "1") == 0;
    if (is_one && length > 2 && unit[length - 1] == 's' && unit[length - 2] != 's')
        length--;
    return g_strdup_printf ("%s %.*s", number, (int)length, unit);
}

static bool rounds_to_nought (double number, int decimals)
{
    return fabs (number) * pow (10.0, decimals) < 0.5;
}

/* A change that is not nought never prints as nought: it gets up to two more decimals. */
static char *dup_signed (double number, int decimals)
{
    int digits = decimals;

    while (number != 0.0 && rounds_to_nought (number, digits) && digits < decimals + 2)
        digits++;
    g_autofree char *text = bp_number_dup_text (number, digits);
    if (number > 0.0 && !rounds_to_nought (number, digits))
        return g_strconcat ("+", text, NULL);
    return g_steal_pointer (&text);
}

static char *dup_percent (const BpValue *value)
{
    double percent = value->number;

    if (value->has_share && value->denominator > 0.0)
        percent = bp_share_percent (value->numerator, value->denominator, value->decimals);
    else if (percent > 0.0 && percent < 100.0)
        percent = bp_share_percent (percent, 100.0, value->decimals);
    g_autofree char *text = bp_number_dup_text (percent, value->decimals);
    return g_strconcat (text, "%", NULL);
}

static char *dup_of_percent (const BpValue *value)
{
    g_autofree char *count = bp_number_dup_text (value->numerator, 0);

    if (value->denominator <= 0.0)
        return g_steal_pointer (&count);
    g_autofree char *share = bp_number_dup_text (bp_share_percent (value->numerator, value->denominator, value->decimals), value->decimals);
    return g_strdup_printf ("%s (%s%%)", count, share);
}

static char *dup_of (const BpValue *value)
{
    g_autofree char *count = bp_number_dup_text (value->numerator, 0);
    g_autofree char *total = bp_number_dup_text (value->denominator, 0);

    return g_strdup_printf ("%s of %s", count, total);
}

static char *dup_money (const BpValue *value)
{
    g_autofree char *text = bp_number_dup_text (fabs (value->number), value->decimals);
    bool is_negative = value->number < 0.0 && !rounds_to_nought (value->number, value->decimals);

    return g_strconcat (is_negative ? "\u2212£" : "£", text, NULL);
}

static char *dup_status_change (const BpValue *value)
{
    if (value->from.word == NULL)
        return g_strdup ("None");
    return g_strdup_printf ("%s → %s", value->from.word, value->mark.word != NULL ? value->mark.word : "");
}

char *bp_value_dup_text (const BpValue *value)
{
    switch (value->kind)
    {
    case BP_VALUE_NONE:
        return g_strdup ("");
    case BP_VALUE_COUNT:
        return dup_with_unit (bp_number_dup_text (value->number, 0), value->unit);
    case BP_VALUE_NUMBER:
        return dup_with_unit (bp_number_dup_text (value->number, value->decimals), value->unit);
    case BP_VALUE_PERCENT:
        return dup_percent (value);
    case BP_VALUE_POINTS:
        return dup_with_unit (dup_signed (value->number, value->decimals), "points");
    case BP_VALUE_CHANGE:
        return dup_with_unit (dup_signed (value->number, value->decimals), value->unit);
    case BP_VALUE_MONEY:
        return dup_money (value);
    case BP_VALUE_OF:
        return dup_of (value);
    case BP_VALUE_OF_PERCENT:
        return dup_of_percent (value);
    case BP_VALUE_DATE:
        return bp_date_dup_text (value->date, value->date_style);
    case BP_VALUE_STATUS:
        return g_strdup (value->mark.word != NULL ? value->mark.word : "");
    case BP_VALUE_STATUS_CHANGE:
        return dup_status_change (value);
    case BP_VALUE_YES_NO:
        return g_strdup (value->yes ? "Yes" : "No");
    case BP_VALUE_TEXT:
    case BP_VALUE_MOVEMENT:
    case BP_VALUE_SHORTHAND:
    case BP_VALUE_SIGN:
    case BP_VALUE_TAG:
    case BP_VALUE_DOT:
    case BP_VALUE_SPARK:
        return g_strdup (value->text != NULL ? value->text : "");
    }
    g_assert_not_reached ();
}

static BpValue value_of_kind (BpValueKind kind)
{
    BpValue value = { .kind = kind };

    return value;
}

BpValue bp_value_none (void)
{
    return value_of_kind (BP_VALUE_NONE);
}

BpValue bp_value_text (const char *text)
{
    BpValue value = value_of_kind (BP_VALUE_TEXT);

    value.text = text;
    return value;
}

BpValue bp_value_count (gint64 count)
{
    BpValue value = value_of_kind (BP_VALUE_COUNT);

    value.number = (double)count;
    return value;
}

BpValue bp_value_number (double number, int decimals, const char *unit)
{
    BpValue value = value_of_kind (BP_VALUE_NUMBER);

    value.number = number;
    value.decimals = decimals;
    value.unit = unit;
    return value;
}

BpValue bp_value_percent (double percent, int decimals)
{
    BpValue value = value_of_kind (BP_VALUE_PERCENT);

    value.number = percent;
    value.decimals = decimals;
    return value;
}

BpValue bp_value_percent_of (double numerator, double denominator, int decimals)
{
    BpValue value = value_of_kind (BP_VALUE_PERCENT);

    value.decimals = decimals;
    value.has_share = denominator > 0.0;
    value.numerator = numerator;
    value.denominator = denominator;
    value.number = denominator > 0.0 ? numerator / denominator * 100.0 : 0.0;
    return value;
}

BpValue bp_value_of (int numerator, int denominator)
{
    BpValue value = value_of_kind (BP_VALUE_OF);

    value.has_share = true;
    value.numerator = numerator;
    value.denominator = denominator;
    return value;
}

BpValue bp_value_of_percent (int numerator, int denominator)
{
    BpValue value = bp_value_of (numerator, denominator);

    value.kind = BP_VALUE_OF_PERCENT;
    return value;
}

BpValue bp_value_date (BpDate date, BpDateStyle style)
{
    BpValue value = value_of_kind (BP_VALUE_DATE);

    value.date = date;
    value.date_style = style;
    return value;
}

BpValue bp_value_status (BpMark mark)
{
    BpValue value = value_of_kind (BP_VALUE_STATUS);

    value.mark = mark;
    return value;
}

BpValue bp_value_status_change (BpMark from, BpMark to)
{
    BpValue value = value_of_kind (BP_VALUE_STATUS_CHANGE);

    value.from = from;
    value.mark = to;
    return value;
}

BpValue bp_value_shorthand (const char *text)
{
    BpValue value = value_of_kind (BP_VALUE_SHORTHAND);

    value.text = text;
    return value;
}

BpValue bp_value_tag (const char *text)
{
    BpValue value = value_of_kind (BP_VALUE_TAG);

    value.text = text;
    return value;
}

BpValue bp_value_sign (BpSign sign, const char *word)
{
    BpValue value = value_of_kind (BP_VALUE_SIGN);

    value.sign = sign;
    value.text = word;
    return value;
}

BpValue bp_value_movement (BpDirection direction, BpJudgement judgement, const char *word)
{
    BpValue value = value_of_kind (BP_VALUE_MOVEMENT);

    value.direction = direction;
    value.judgement = judgement;
    value.text = word;
    return value;
}

BpValue bp_value_yes_no (bool yes)
{
    BpValue value = value_of_kind (BP_VALUE_YES_NO);

    value.yes = yes;
    return value;
}

BpValue bp_value_with_figure (BpValue value, const char *figure)
{
    value.figure = figure;
    return value;
}
