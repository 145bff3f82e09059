#ifndef BP_DOMAIN_REMINDER_H
#define BP_DOMAIN_REMINDER_H

#include "base/date.h"

/* When a lead who has not sent a sheet back may be reminded: never so often that nobody reads it any more. */
typedef struct
{
    int days_before;  /* the due day that reminders begin */
    int days_between; /* two messages to one lead about one day, the sheet itself included */
    int most;         /* reminders about one day */
} BpReminderRules;

/* What a lead was told about one as-of date. */
typedef struct
{
    BpDate due;     /* BP_DATE_NONE: none is known, and reminders need not wait for it */
    BpDate last_on; /* of the last message that was sent or may have been */
    int reminders;  /* so far */
} BpReminderState;

typedef enum
{
    BP_REMINDER_DUE,
    BP_REMINDER_TOO_SOON,  /* after the last message */
    BP_REMINDER_NOT_BEGUN, /* the due day is too far away */
    BP_REMINDER_ENOUGH     /* somebody has to talk to the lead */
} BpReminderAnswer;

BpReminderAnswer bp_reminder_judge (const BpReminderRules *rules, const BpReminderState *state, BpDate today);
/* The first day on which it would be BP_REMINDER_DUE; BP_DATE_NONE if it is enough. */
BpDate bp_reminder_next (const BpReminderRules *rules, const BpReminderState *state);

#endif
