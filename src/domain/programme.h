#ifndef BP_DOMAIN_PROGRAMME_H
#define BP_DOMAIN_PROGRAMME_H

#include "domain/calendar.h"
#include "domain/forum.h"
#include "domain/spc.h"
#include "domain/status.h"
#include "domain/table.h"

/* config/rules.ini */
typedef struct
{
    int amber_within_days;                /* 30 */
    int stale_update_days;                /* 120 */
    int soon_days;                        /* 30 */
    int kpi_stale_after_days;             /* 200 */
    int top_exceptions;                   /* 3 */
    int red_periods;                      /* 2 */
    int escalate_overdue_days;            /* 30 */
    int no_update_periods;                /* 2 */
    BpSpcRule spc;                        /* 12, 12, 7, 7, no */
    const char *const *exception_reasons; /* "off-track", "at-risk", "no-update", "undated", "overdue", "unapproved-move", "disagrees" */
} BpRuleSettings;

typedef enum
{
    BP_ALIAS_LEAD,
    BP_ALIAS_FORUM,
    BP_ALIAS_AREA,
    BP_ALIAS_STATUS,
    BP_ALIAS_KINDS
} BpAliasKind;

typedef struct
{
    const char *abbreviation;
    const char *meaning;
} BpGlossaryEntry;

/* Everything of config/ that the domain needs. Owned and freed by config (bp_programme_config_free). */
typedef struct
{
    const char *name, *short_name, *organisation, *contact, *language, *geography;
    const char *notice, *notice_short; /* NULL: none */
    const char *version;
    bool fill_down_leads;
    const char *const *fraction_files; /* files of data/ whose percentages are typed as fractions */
    const char *const *checks_off;
    BpCalendar calendar;
    BpStatusScale statuses;
    BpRuleSettings rules;
    BpForumSet forums; /* as on the as-of date */
    BpFieldSet fields;
    GHashTable *aliases[BP_ALIAS_KINDS]; /* folded spelling → canonical name */
    BpGlossaryEntry *glossary;
    int glossary_count;
} BpProgramme;

/* What stands wherever there is no room for the whole notice: the short one, else the notice up to its first full stop. NULL if there is
 * none; caller frees. */
char *bp_programme_dup_short_notice (const BpProgramme *programme);

#endif
