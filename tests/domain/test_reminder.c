#include "domain/reminder.h"

#include <glib.h>

static const BpReminderRules rules = { .days_before = 3, .days_between = 3, .most = 2 };

/* Days from the due day (0) on. */
static void test_when_a_lead_may_be_reminded (void)
{
    const BpDate due = bp_date_new (2025, 8, 20);
    static const struct
    {
        int last, reminders, today;
        BpReminderAnswer answer;
    } cases[] = {
        { -20, 0, -4, BP_REMINDER_NOT_BEGUN }, /* too early */
        { -20, 0, -3, BP_REMINDER_DUE },       /* the first day */
        { -20, 0, 40, BP_REMINDER_DUE },       /* long after */
        { -3, 1, -3, BP_REMINDER_TOO_SOON },   /* the same day again */
        { -3, 1, -1, BP_REMINDER_TOO_SOON },   /* two days later */
        { -3, 1, 0, BP_REMINDER_DUE },         /* three days later */
        { -3, 1, -6, BP_REMINDER_NOT_BEGUN },  /* the clock was set back */
        { 5, 0, 5, BP_REMINDER_TOO_SOON },     /* a sheet that was sent late */
        { 5, 0, 7, BP_REMINDER_TOO_SOON },     /* two days after it */
        { 5, 0, 8, BP_REMINDER_DUE },          /* three days after it */
        { 0, 2, 100, BP_REMINDER_ENOUGH },     /* whatever the day */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        const BpReminderState state = { .due = due, .last_on = due + cases[i].last, .reminders = cases[i].reminders };
        g_test_message ("case %d", (int)i);
        g_assert_cmpint (bp_reminder_judge (&rules, &state, due + cases[i].today), ==, cases[i].answer);
    }
}

static void test_without_a_due_day_reminders_follow_the_sheet (void)
{
    const BpDate sent = bp_date_new (2025, 8, 1);
    const BpReminderState state = { .due = BP_DATE_NONE, .last_on = sent, .reminders = 0 };
    g_assert_cmpint (bp_reminder_judge (&rules, &state, sent + 2), ==, BP_REMINDER_TOO_SOON);
    g_assert_cmpint (bp_reminder_judge (&rules, &state, sent + 3), ==, BP_REMINDER_DUE);
}

/* Whatever the state, the next day that is named is the first on which it is due. */
static void test_the_next_day_is_the_first_that_is_due (void)
{
    const BpDate due = bp_date_new (2025, 8, 20);
    for (int has_due = 0; has_due < 2; has_due++)
        for (int last = -10; last <= 10; last++)
            for (int reminders = 0; reminders <= 2; reminders++)
            {
                const BpReminderState state = { .due = has_due ? due : BP_DATE_NONE, .last_on = due + last, .reminders = reminders };
                BpDate first = BP_DATE_NONE;
                for (BpDate day = due - 20; day < due + 20 && first == BP_DATE_NONE; day++)
                    if (bp_reminder_judge (&rules, &state, day) == BP_REMINDER_DUE)
                        first = day;
                g_assert_cmpint (bp_reminder_next (&rules, &state), ==, first);
            }
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/reminder/when_a_lead_may_be_reminded", test_when_a_lead_may_be_reminded);
    g_test_add_func ("/domain/reminder/without_a_due_day_reminders_follow_the_sheet", test_without_a_due_day_reminders_follow_the_sheet);
    g_test_add_func ("/domain/reminder/the_next_day_is_the_first_that_is_due", test_the_next_day_is_the_first_that_is_due);
    return g_test_run ();
}
