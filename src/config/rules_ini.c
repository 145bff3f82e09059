#include "config/ini_reader.h"

#include "base/text.h"

#include <string.h>

static const char *const computed_keys[] = { "amber_within_days", "stale_update_days", NULL };
static const char *const exception_keys[] = { "statuses", "top", NULL };
static const char *const escalation_keys[] = { "red_periods", "overdue_days", "no_update_periods", NULL };
static const char *const kpi_keys[] = { "stale_after_days", NULL };
static const char *const due_keys[] = { "soon_days", NULL };
static const char *const spc_keys[] = { "least_points", "baseline_points", "run_points", "trend_points", "screen_moving_ranges", NULL };
static const char *const reasons[] = { "off-track", "at-risk", "no-update", "undated", "overdue", "unapproved-move", "disagrees", NULL };

typedef struct
{
    const char *section, *key;
    gsize offset; /* of the int in BpRuleSettings */
    int min, max, standard;
} RuleNumber;

static const RuleNumber numbers[] = {
    { "computed", "amber_within_days", offsetof (BpRuleSettings, amber_within_days), 0, 3660, 30 },
    { "computed", "stale_update_days", offsetof (BpRuleSettings, stale_update_days), 1, 3660, 120 },
    { "exceptions", "top", offsetof (BpRuleSettings, top_exceptions), 0, 100, 3 },
    { "escalations", "red_periods", offsetof (BpRuleSettings, red_periods), 1, 100, 2 },
    { "escalations", "overdue_days", offsetof (BpRuleSettings, escalate_overdue_days), 0, 3660, 30 },
    { "escalations", "no_update_periods", offsetof (BpRuleSettings, no_update_periods), 1, 100, 2 },
    { "kpi", "stale_after_days", offsetof (BpRuleSettings, kpi_stale_after_days), 1, 3660, 200 },
    { "due", "soon_days", offsetof (BpRuleSettings, soon_days), 0, 3660, 30 },
    { "spc", "least_points", offsetof (BpRuleSettings, spc.least_points), 0, 100, 12 },
    { "spc", "baseline_points", offsetof (BpRuleSettings, spc.baseline_points), 0, 1000, 12 },
    { "spc", "run_points", offsetof (BpRuleSettings, spc.run_points), 0, 100, 7 },
    { "spc", "trend_points", offsetof (BpRuleSettings, spc.trend_points), 0, 100, 7 },
};

static int *number_of (BpRuleSettings *rules, const RuleNumber *number)
{
    return (int *)(gpointer)((char *)rules + number->offset);
}

void bp_rules_set_defaults (BpProgrammeConfig *config)
{
    BpRuleSettings *rules = &config->programme.rules;
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        *number_of (rules, &numbers[i]) = numbers[i].standard;
    rules->spc.screens_moving_ranges = false;
    rules->exception_reasons = reasons;
}

static bool read_reasons (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, "exceptions", "statuses");
    if (setting == NULL)
        return true;
    const char *const *words = bp_ini_take_list (config, setting->value);
    for (int i = 0; words[i] != NULL; i++)
        if (!g_strv_contains (reasons, words[i]))
        {
            g_autofree char *list = g_strjoinv ("|", (char **)reasons);
            return bp_settings_fail_value (settings, setting, error, "'%s' is not known; it is a list of: %s", words[i], list);
        }
    config->programme.rules.exception_reasons = words;
    return true;
}

bool bp_rules_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    const BpIniSection known[] = { { "computed", computed_keys },
                                   { "exceptions", exception_keys },
                                   { "escalations", escalation_keys },
                                   { "kpi", kpi_keys },
                                   { "due", due_keys },
                                   { "spc", spc_keys },
                                   { NULL, NULL } };
    if (!bp_ini_check_names (settings, known, error))
        return false;
    bp_rules_set_defaults (config);
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        if (!bp_settings_get_int (settings, numbers[i].section, numbers[i].key, numbers[i].min, numbers[i].max,
                                  number_of (&config->programme.rules, &numbers[i]), error))
            return false;
    return bp_settings_get_bool (settings, "spc", "screen_moving_ranges", &config->programme.rules.spc.screens_moving_ranges, error)
           && read_reasons (config, settings, error);
}
