#include "config/ini_reader.h"

#include "base/text.h"

#include <string.h>

static const char *const status_keys[]
    = { "label", "letter", "shape", "colour", "meaning", "counts_as", "needs", "used_for", "severity", NULL };
static const char *const shapes[]
    = { "diamond", "circle", "triangle", "square", "dashed-square", "open-circle", "pentagon", "down-triangle", NULL };
static const char *const colours[] = { "red", "amber", "green", "complete", "no-data", "none", NULL };
static const char *const counts[] = { "open", "done", "paused", NULL };               /* in the order of BpCountsAs */
static const char *const uses[] = { "", "no-update", "as-planned", "not-due", NULL }; /* of BpStatusUse */
static const char *const severities[] = { "", "at-risk", "off-track", NULL };         /* of BpSeverity */
static const char *const needs[] = { "commentary", "evidence", "approval", NULL };    /* bits of BpStatusNeeds */

static bool read_needs (const BpSettings *settings, const char *code, unsigned *needs_out, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, code, "needs");
    if (setting == NULL)
        return true;
    g_auto (GStrv) words = bp_text_split_list (setting->value, '|');
    for (int i = 0; words[i] != NULL; i++)
    {
        int bit = 0;
        while (needs[bit] != NULL && g_ascii_strcasecmp (needs[bit], words[i]) != 0)
            bit++;
        if (needs[bit] == NULL)
            return bp_settings_fail_value (settings, setting, error,
                                           "'%s' is not known; it is a list of commentary, evidence, approval, separated by |", words[i]);
        *needs_out |= 1u << bit;
    }
    return true;
}

static bool read_look (BpProgrammeConfig *config, const BpSettings *settings, const char *code, BpStatus *status, GError **error)
{
    int shape = 0;
    int colour = 0;
    if (!bp_ini_get_text (config, settings, code, "letter", BP_INI_REQUIRED, &status->letter, error)
        || !bp_ini_get_word (settings, code, "shape", shapes, BP_INI_REQUIRED, &shape, error)
        || !bp_ini_get_word (settings, code, "colour", colours, BP_INI_REQUIRED, &colour, error))
        return false;
    if (g_utf8_strlen (status->letter, -1) != 1)
        return bp_settings_fail_value (settings, bp_settings_find (settings, code, "letter"), error, "'%s' is not one letter",
                                       status->letter);
    status->shape = shapes[shape];
    status->colour = colours[colour];
    return true;
}

static bool read_status (BpProgrammeConfig *config, const BpSettings *settings, const char *code, BpStatus *status, GError **error)
{
    int counts_as = 0;
    int use = BP_STATUS_USE_REPORTED;
    int severity = BP_SEVERITY_NONE;
    status->code = bp_ini_take (config, code);
    status->meaning = "";
    if (!bp_ini_get_text (config, settings, code, "label", BP_INI_REQUIRED, &status->label, error)
        || !read_look (config, settings, code, status, error)
        || !bp_ini_get_text (config, settings, code, "meaning", BP_INI_OPTIONAL, &status->meaning, error)
        || !bp_ini_get_word (settings, code, "counts_as", counts, BP_INI_REQUIRED, &counts_as, error)
        || !bp_ini_get_word (settings, code, "used_for", uses, BP_INI_OPTIONAL, &use, error)
        || !bp_ini_get_word (settings, code, "severity", severities, BP_INI_OPTIONAL, &severity, error)
        || !read_needs (settings, code, &status->needs, error))
        return false;
    status->counts_as = (BpCountsAs)counts_as;
    status->use = (BpStatusUse)use;
    status->severity = (BpSeverity)severity;
    return true;
}

/* Whoever reads a pack in greyscale, or a spreadsheet alone, must be able to tell two statuses apart. */
static bool check_pair (const BpSettings *settings, const BpStatus *status, const BpStatus *before, GError **error)
{
    if (strcmp (status->shape, before->shape) == 0 && strcmp (status->colour, before->colour) == 0)
        return bp_settings_fail_value (settings, bp_settings_find (settings, status->code, "shape"), error,
                                       "[%s] has the same shape and colour (%s, %s); change one of them", before->code, before->shape,
                                       before->colour);
    if (g_ascii_strcasecmp (status->letter, before->letter) == 0)
        return bp_settings_fail_value (settings, bp_settings_find (settings, status->code, "letter"), error,
                                       "[%s] has the letter '%s' already; use another", before->code, before->letter);
    g_autofree char *label = bp_text_dup_folded (status->label);
    g_autofree char *label_before = bp_text_dup_folded (before->label);
    if (strcmp (label, label_before) == 0)
        return bp_settings_fail_value (settings, bp_settings_find (settings, status->code, "label"), error,
                                       "[%s] has the label '%s' already; use another", before->code, before->label);
    return true;
}

/* At least min and at most one status with that use, which counts as counts_as. */
static bool check_use (const BpSettings *settings, const BpStatusScale *scale, BpStatusUse use, int min, BpCountsAs counts_as,
                       const char *what, GError **error)
{
    const BpStatus *first = NULL;
    for (int i = 0; i < scale->count; i++)
    {
        const BpStatus *status = &scale->statuses[i];
        if (status->use != use)
            continue;
        if (first != NULL)
            return bp_settings_fail_value (settings, bp_settings_find (settings, status->code, "used_for"), error,
                                           "[%s] is used for %s already; only one status may be", first->code, uses[use]);
        if (status->counts_as != counts_as)
            return bp_settings_fail_value (settings, bp_settings_find (settings, status->code, "counts_as"), error,
                                           "the status used for %s must count as '%s'", uses[use], counts[counts_as]);
        first = status;
    }
    if (first == NULL && min > 0)
        return bp_fail (error, BP_ERROR_CONFIG, "%s: no status says 'used_for = %s'; add that line to the status for %s", settings->file,
                        uses[use], what);
    return true;
}

static bool check_scale (const BpSettings *settings, const BpStatusScale *scale, GError **error)
{
    bool has_reported = false;
    for (int i = 0; i < scale->count; i++)
    {
        has_reported = has_reported || scale->statuses[i].use == BP_STATUS_USE_REPORTED;
        for (int j = 0; j < i; j++)
            if (!check_pair (settings, &scale->statuses[i], &scale->statuses[j], error))
                return false;
    }
    if (!has_reported)
        return bp_fail (error, BP_ERROR_CONFIG, "%s: no status can be reported; leave 'used_for' out of at least one", settings->file);
    return check_use (settings, scale, BP_STATUS_USE_NO_UPDATE, 1, BP_COUNTS_AS_OPEN, "actions that nobody has reported on", error)
           && check_use (settings, scale, BP_STATUS_USE_AS_PLANNED, 1, BP_COUNTS_AS_DONE, "actions that the plan itself calls complete",
                         error)
           && check_use (settings, scale, BP_STATUS_USE_NOT_DUE, 0, BP_COUNTS_AS_OPEN, "", error);
}

bool bp_status_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error)
{
    g_autofree const char **codes = bp_settings_dup_sections (settings);
    guint count = g_strv_length ((char **)codes);
    BpStatus *statuses = bp_ini_alloc (config, count * sizeof *statuses);
    for (guint i = 0; i < count; i++)
    {
        if (!bp_ini_is_id (codes[i]))
            return bp_settings_fail_value (settings, bp_settings_find (settings, codes[i], NULL), error,
                                           "a status code has 1 to 40 small letters, digits and hyphens");
        if (!bp_ini_check_keys (settings, codes[i], status_keys, error) || !read_status (config, settings, codes[i], &statuses[i], error))
            return false;
        statuses[i].position = (int)i;
    }
    config->programme.statuses = (BpStatusScale){ statuses, (int)count };
    return check_scale (settings, &config->programme.statuses, error);
}
