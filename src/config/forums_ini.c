#include "config/ini_reader.h"

#include "base/text.h"
#include "domain/marking.h"

#include <string.h>

static const char *const forum_keys[]
    = { "name",    "short",    "aliases",  "parents", "advises",      "role",       "role_short", "membership", "template",
        "marking", "handling", "audience", "working", "mail_domains", "valid_from", "valid_to",   NULL };
static const char *const audiences[] = { "internal", "partner", "public", NULL }; /* in the order of BpAudience */

/* The folders of a run that stand beside those of its forums. */
static const char *const reserved_ids[] = { "inputs", "evidence", "updates", NULL };

#define ROLE_SHORT_MAX 60

/* A section of the file: a forum, or what changes for it from a day. */
typedef struct
{
    const char *name; /* as in the file */
    char *id;
    BpDate from; /* BP_DATE_NONE: the forum itself */
} ForumSection;

static void clear_section (gpointer section)
{
    g_free (((ForumSection *)section)->id);
}

static const char *const *forum_ids (BpProgrammeConfig *config, const GArray *sections)
{
    const char **ids = bp_ini_alloc (config, (sections->len + 1) * sizeof *ids);
    guint count = 0;
    for (guint i = 0; i < sections->len; i++)
    {
        const ForumSection *section = &g_array_index (sections, ForumSection, i);
        if (section->from == BP_DATE_NONE)
            ids[count++] = section->id;
    }
    return ids;
}

/* ---- names of sections ---- */

static bool read_section_name (const BpSettings *settings, const char *name, GArray *sections, GError **error)
{
    const BpSetting *line = bp_settings_find (settings, name, NULL);
    const char *at = strchr (name, '@');
    ForumSection section = { .name = name, .from = BP_DATE_NONE };
    if (at != NULL && !bp_date_parse_iso (at + 1, &section.from))
        return bp_settings_fail_value (settings, line, error, "'%s' is no date; write the section as [forum@2025-09-01]", at + 1);
    section.id = at == NULL ? g_strdup (name) : g_strndup (name, (gsize)(at - name));
    bool is_id = bp_ini_is_id (section.id);
    g_array_append_val (sections, section);
    if (g_strv_contains (reserved_ids, section.id))
        return bp_settings_fail_value (settings, line, error, "no forum can be called '%s': a folder of a run's own has that name",
                                       section.id);
    return is_id || bp_settings_fail_value (settings, line, error, "a forum's id has 1 to 40 small letters, digits and hyphens");
}

static bool read_section_names (const BpSettings *settings, GArray *sections, GError **error)
{
    g_autofree const char **names = bp_settings_dup_sections (settings);
    for (int i = 0; names[i] != NULL; i++)
        if (!read_section_name (settings, names[i], sections, error))
            return false;
    return true;
}

/* ---- values, whether they are in force or not ---- */

/* OFFICIAL or OFFICIAL-SENSITIVE to the letter: who gets a pack, and who may approve it, hangs on it. */
static bool check_marking (const BpSettings *settings, const char *section, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, "marking");
    if (setting == NULL || bp_text_is_blank (setting->value) || bp_marking_is_known (setting->value))
        return true;
    const char *marking = setting->value, *alike = bp_marking_find_alike (marking);
    if (bp_marking_has_secret (marking))
        return bp_settings_fail_value (
            settings, setting, error,
            "'%s' is refused: SECRET material must not be handled by this program; use OFFICIAL or OFFICIAL-SENSITIVE", marking);
    if (alike != NULL && bp_marking_is_sensitive (alike))
        return bp_settings_fail_value (settings, setting, error,
                                       "'%s' is not known; write OFFICIAL-SENSITIVE, in capitals with one hyphen and no blank beside it; a "
                                       "descriptor follows in capitals after one blank: OFFICIAL-SENSITIVE COMMERCIAL",
                                       marking);
    return bp_settings_fail_value (
        settings, setting, error,
        "'%s' is not known; write OFFICIAL, in capitals and with nothing after it, or OFFICIAL-SENSITIVE, perhaps "
        "with a descriptor in capitals: OFFICIAL-SENSITIVE COMMERCIAL",
        marking);
}

/* A template is a file of the templates folder, and nothing else. */
static bool check_template (const BpSettings *settings, const char *section, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, "template");
    if (setting == NULL || bp_text_is_blank (setting->value))
        return true;
    const char *file = setting->value;
    if (strchr (file, '/') != NULL || strchr (file, '\\') != NULL || strstr (file, "..") != NULL || file[0] == '.')
        return bp_settings_fail_value (settings, setting, error, "'%s' must be the name of a file in the templates folder, without a path",
                                       file);
    return g_str_has_suffix (file, ".ini") || bp_settings_fail_value (settings, setting, error, "'%s' must end in .ini", file);
}

static bool check_ids (const BpSettings *settings, const char *section, const char *key, const char *const *ids, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, key);
    if (setting == NULL)
        return true;
    g_auto (GStrv) words = bp_text_split_list (setting->value, '|');
    for (int i = 0; words[i] != NULL; i++)
        if (!g_strv_contains (ids, words[i]))
        {
            const char *nearest = bp_text_find_nearest (words[i], ids);
            if (nearest != NULL)
                return bp_settings_fail_value (settings, setting, error, "there is no forum '%s'; did you mean '%s'?", words[i], nearest);
            return bp_settings_fail_value (settings, setting, error, "there is no forum '%s'; add a section [%s] or take it out", words[i],
                                           words[i]);
        }
    return true;
}

static bool check_role_short (const BpSettings *settings, const char *section, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, "role_short");
    glong length = setting == NULL ? 0 : g_utf8_strlen (setting->value, -1);
    return length <= ROLE_SHORT_MAX
           || bp_settings_fail_value (settings, setting, error, "has %ld characters; at most %d have room", length, ROLE_SHORT_MAX);
}

/* A domain is sent to as it stands here, so anything else in the list is refused: "@example.org", "*.example.org". */
static bool check_domains (const BpSettings *settings, const char *section, GError **error)
{
    const BpSetting *setting = bp_settings_find (settings, section, "mail_domains");
    g_auto (GStrv) domains = bp_text_split_list (setting == NULL ? "" : setting->value, '|');
    for (int i = 0; domains[i] != NULL; i++)
        if (!bp_ini_is_domain (domains[i]))
            return bp_settings_fail_value (settings, setting, error, "'%s' is no domain; write it as example.org", domains[i]);
    return true;
}

static bool check_values (const BpSettings *settings, const ForumSection *section, const char *const *ids, GError **error)
{
    const char *name = section->name;
    BpDate date = BP_DATE_NONE;
    int audience = 0;
    bool working = false;
    if (section->from != BP_DATE_NONE && !g_strv_contains (ids, section->id))
    {
        const char *nearest = bp_text_find_nearest (section->id, ids);
        return bp_settings_fail_value (
            settings, bp_settings_find (settings, name, NULL), error, "there is no forum [%s] for this to change%s%s%s", section->id,
            nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
    }
    return bp_ini_check_keys (settings, name, forum_keys, error) && check_marking (settings, name, error)
           && check_template (settings, name, error) && check_ids (settings, name, "parents", ids, error)
           && check_ids (settings, name, "advises", ids, error) && check_role_short (settings, name, error)
           && check_domains (settings, name, error) && bp_ini_get_date (settings, name, "valid_from", &date, error)
           && bp_ini_get_date (settings, name, "valid_to", &date, error)
           && bp_ini_get_word (settings, name, "audience", audiences, BP_INI_OPTIONAL, &audience, error)
           && bp_settings_get_bool (settings, name, "working", &working, error);
}

/* ---- a forum as it is on the day ---- */

/* The name of the section whose value of key is in force: the newest override that has it, or the forum's own. NULL if none has. */
static const char *section_in_force (const BpSettings *settings, const GArray *sections, const char *id, const char *key, BpDate as_of)
{
    const char *name = NULL;
    BpDate newest = BP_DATE_NONE;
    for (guint i = 0; i < sections->len; i++)
    {
        const ForumSection *section = &g_array_index (sections, ForumSection, i);
        if (strcmp (section->id, id) != 0 || bp_settings_find (settings, section->name, key) == NULL)
            continue;
        if (section->from != BP_DATE_NONE && section->from > as_of)
            continue;
        if (name == NULL || section->from >= newest)
        {
            name = section->name;
            newest = section->from;
        }
    }
    return name;
}

static const BpSetting *setting_in_force (const BpSettings *settings, const GArray *sections, const char *id, const char *key, BpDate as_of)
{
    const char *section = section_in_force (settings, sections, id, key, as_of);
    return section == NULL ? NULL : bp_settings_find (settings, section, key);
}

/* "" and fallback NULL give fallback. */
static const char *text_in_force (BpProgrammeConfig *config, const BpSettings *settings, const GArray *sections, const char *id,
                                  const char *key, BpDate as_of, const char *fallback)
{
    const BpSetting *setting = setting_in_force (settings, sections, id, key, as_of);
    return setting == NULL || bp_text_is_blank (setting->value) ? fallback : bp_ini_take (config, setting->value);
}

/* A list that is there and blank allows nobody, rather than everybody whom mail.ini allows. */
static const char *const *domains_in_force (BpProgrammeConfig *config, const BpSettings *settings, const GArray *sections, const char *id,
                                            BpDate as_of)
{
    const BpSetting *setting = setting_in_force (settings, sections, id, "mail_domains", as_of);
    return setting == NULL ? NULL : bp_ini_take_list (config, setting->value);
}

static bool read_period (const BpSettings *settings, const GArray *sections, BpForum *forum, BpDate as_of, GError **error)
{
    forum->valid_from = BP_DATE_NONE;
    forum->valid_to = BP_DATE_NONE;
    const char *from = section_in_force (settings, sections, forum->id, "valid_from", as_of);
    const char *to = section_in_force (settings, sections, forum->id, "valid_to", as_of);
    if (from != NULL && !bp_ini_get_date (settings, from, "valid_from", &forum->valid_from, error))
        return false;
    if (to != NULL && !bp_ini_get_date (settings, to, "valid_to", &forum->valid_to, error))
        return false;
    if (forum->valid_from != BP_DATE_NONE && forum->valid_to != BP_DATE_NONE && forum->valid_to < forum->valid_from)
        return bp_settings_fail_value (settings, bp_settings_find (settings, to, "valid_to"), error, "the forum ends before it begins");
    return true;
}

static bool read_forum (BpProgrammeConfig *config, const BpSettings *settings, const GArray *sections, const char *id, BpDate as_of,
                        BpForum *forum, GError **error)
{
    forum->id = bp_ini_take (config, id);
    forum->name = text_in_force (config, settings, sections, id, "name", as_of, NULL);
    if (forum->name == NULL)
        return bp_ini_fail_missing (settings, id, "name", error);
    forum->short_name = text_in_force (config, settings, sections, id, "short", as_of, forum->name);
    forum->aliases = bp_ini_take_list (config, text_in_force (config, settings, sections, id, "aliases", as_of, NULL));
    forum->parents = bp_ini_take_list (config, text_in_force (config, settings, sections, id, "parents", as_of, NULL));
    forum->advises = bp_ini_take_list (config, text_in_force (config, settings, sections, id, "advises", as_of, NULL));
    forum->role = text_in_force (config, settings, sections, id, "role", as_of, "");
    forum->role_short = text_in_force (config, settings, sections, id, "role_short", as_of, "");
    forum->membership = text_in_force (config, settings, sections, id, "membership", as_of, "");
    forum->template_file = text_in_force (config, settings, sections, id, "template", as_of, NULL);
    forum->marking = text_in_force (config, settings, sections, id, "marking", as_of, NULL);
    forum->handling = text_in_force (config, settings, sections, id, "handling", as_of, "");
    forum->mail_domains = domains_in_force (config, settings, sections, id, as_of);
    int audience = BP_AUDIENCE_INTERNAL;
    const char *section = section_in_force (settings, sections, id, "audience", as_of);
    if (section != NULL && !bp_ini_get_word (settings, section, "audience", audiences, BP_INI_OPTIONAL, &audience, error))
        return false;
    forum->audience = (BpAudience)audience;
    section = section_in_force (settings, sections, id, "working", as_of);
    if (section != NULL && !bp_settings_get_bool (settings, section, "working", &forum->is_working, error))
        return false;
    if (forum->template_file != NULL && forum->marking == NULL)
        return bp_settings_fail_value (settings, setting_in_force (settings, sections, id, "template", as_of), error,
                                       "a forum with a template needs a marking; add 'marking = OFFICIAL'");
    return read_period (settings, sections, forum, as_of, error);
}

static bool is_valid_on (const BpForum *forum, BpDate as_of)
{
    return (forum->valid_from == BP_DATE_NONE || forum->valid_from <= as_of)
           && (forum->valid_to == BP_DATE_NONE || forum->valid_to >= as_of);
}

/* ---- the forums together ---- */

static const BpForum *find_id (const BpForumSet *set, const char *id)
{
    for (int i = 0; i < set->count; i++)
        if (strcmp (set->forums[i].id, id) == 0)
            return &set->forums[i];
    return NULL;
}

/* Walks up from forum; returns the path back to start as "a → b → a", or NULL. seen: forums from which there is no way back. */
static char *find_ring (const BpForumSet *set, const BpForum *start, const BpForum *forum, GHashTable *seen)
{
    g_hash_table_add (seen, (gpointer)forum);
    for (int i = 0; forum->parents[i] != NULL; i++)
    {
        const BpForum *parent = find_id (set, forum->parents[i]);
        if (parent == start)
            return g_strdup_printf ("%s → %s", forum->id, start->id);
        if (parent == NULL || g_hash_table_contains (seen, parent))
            continue;
        g_autofree char *rest = find_ring (set, start, parent, seen);
        if (rest != NULL)
            return g_strdup_printf ("%s → %s", forum->id, rest);
    }
    return NULL;
}

static bool check_rings (const BpSettings *settings, const GArray *sections, const BpForumSet *set, BpDate as_of, GError **error)
{
    for (int i = 0; i < set->count; i++)
    {
        g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
        g_autofree char *ring = find_ring (set, &set->forums[i], &set->forums[i], seen);
        if (ring != NULL)
            return bp_settings_fail_value (settings, setting_in_force (settings, sections, set->forums[i].id, "parents", as_of), error,
                                           "the forums report to one another in a ring (%s); take one of these parents out", ring);
    }
    return true;
}

static bool claim_name (const BpSettings *settings, GHashTable *names, const BpForum *forum, const char *name, const BpSetting *setting,
                        GError **error)
{
    char *folded = bp_text_dup_folded (name);
    const BpForum *before = g_hash_table_lookup (names, folded);
    if (before != NULL && before != forum)
    {
        g_free (folded);
        return bp_settings_fail_value (settings, setting, error, "'%s' is a name of [%s] already; data could not tell the two apart", name,
                                       before->id);
    }
    g_hash_table_insert (names, folded, (gpointer)forum);
    return true;
}

static bool check_spellings (const BpSettings *settings, const GArray *sections, const BpForumSet *set, BpDate as_of, GError **error)
{
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < set->count; i++)
    {
        const BpForum *forum = &set->forums[i];
        if (!claim_name (settings, names, forum, forum->id, bp_settings_find (settings, forum->id, NULL), error)
            || !claim_name (settings, names, forum, forum->name, setting_in_force (settings, sections, forum->id, "name", as_of), error))
            return false;
        for (int j = 0; forum->aliases[j] != NULL; j++)
            if (!claim_name (settings, names, forum, forum->aliases[j], setting_in_force (settings, sections, forum->id, "aliases", as_of),
                             error))
                return false;
    }
    return true;
}

bool bp_forums_ini_read (BpProgrammeConfig *config, const BpSettings *settings, BpDate as_of, GError **error)
{
    g_autoptr (GArray) sections = g_array_new (FALSE, TRUE, sizeof (ForumSection));
    g_array_set_clear_func (sections, clear_section);
    if (!read_section_names (settings, sections, error))
        return false;
    const char *const *ids = forum_ids (config, sections);
    if (ids[0] == NULL)
        return bp_fail (error, BP_ERROR_CONFIG, "%s: there is no forum; add a section such as [programme-board]", settings->file);
    for (guint i = 0; i < sections->len; i++)
        if (!check_values (settings, &g_array_index (sections, ForumSection, i), ids, error))
            return false;
    BpForumSet *set = &config->programme.forums;
    set->forums = bp_ini_alloc (config, sections->len * sizeof *set->forums);
    for (int i = 0; ids[i] != NULL; i++)
    {
        BpForum forum = { .id = NULL };
        if (!read_forum (config, settings, sections, ids[i], as_of, &forum, error))
            return false;
        if (is_valid_on (&forum, as_of))
            set->forums[set->count++] = forum;
    }
    return check_rings (settings, sections, set, as_of, error) && check_spellings (settings, sections, set, as_of, error);
}
