#ifndef BP_CONFIG_INI_READER_H
#define BP_CONFIG_INI_READER_H

#include "config/programme_config.h"

/* What the files of config/ share: known names, and values read strictly into the configuration's own memory. */

/* A section and its keys. keys NULL: any key. */
typedef struct
{
    const char *section; /* NULL ends the table */
    const char *const *keys;
} BpIniSection;

/* Fails at the first section or key that the table lacks, with the nearest known name. */
bool bp_ini_check_names (const BpSettings *settings, const BpIniSection *known, GError **error);
/* The same for one section's keys. */
bool bp_ini_check_keys (const BpSettings *settings, const char *section, const char *const *keys, GError **error);
/* Copies text into the configuration; NULL stays NULL. */
const char *bp_ini_take (BpProgrammeConfig *config, const char *text);
/* Zeroed memory that is freed with the configuration. */
void *bp_ini_alloc (BpProgrammeConfig *config, gsize size);
/* Splits a value at '|' into a NULL-ended list in the configuration; NULL gives an empty list. */
const char *const *bp_ini_take_list (BpProgrammeConfig *config, const char *value);

typedef enum
{
    BP_INI_OPTIONAL,
    BP_INI_REQUIRED
} BpIniNeed;
/* Reads one text into *out (in the configuration). Absent or blank: fails if it is required, else leaves *out alone. */
bool bp_ini_get_text (BpProgrammeConfig *config, const BpSettings *settings, const char *section, const char *key, BpIniNeed need,
                      const char **out, GError **error);
/* The same for "2025-07-31". */
bool bp_ini_get_date (const BpSettings *settings, const char *section, const char *key, BpDate *out, GError **error);
/* One of a NULL-ended list of words: sets *index_out. Another word fails and lists them. */
bool bp_ini_get_word (const BpSettings *settings, const char *section, const char *key, const char *const *words, BpIniNeed need,
                      int *index_out, GError **error);
/* "[section] has no 'key'", at the section's line. Always false. */
bool bp_ini_fail_missing (const BpSettings *settings, const char *section, const char *key, GError **error);
/* [a-z0-9-]{1,40} */
bool bp_ini_is_id (const char *text);
/* Two or more labels of letters, digits and hyphens with dots between them. */
bool bp_ini_is_domain (const char *text);

/* ---- one for each file of config/ ---- */
bool bp_programme_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
bool bp_forums_ini_read (BpProgrammeConfig *config, const BpSettings *settings, BpDate as_of, GError **error);
bool bp_status_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
bool bp_calendar_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
bool bp_rules_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
bool bp_fields_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
/* Reads the forums' and statuses' names too: after those files. */
bool bp_aliases_ini_read (BpProgrammeConfig *config, const BpSettings *settings, const BpSettings *forums, GError **error);
bool bp_glossary_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
bool bp_mail_ini_read (BpProgrammeConfig *config, const BpSettings *settings, GError **error);
/* What mail.ini leaves out. */
void bp_mail_set_defaults (BpProgrammeConfig *config);
/* The defaults of rules.ini, and of what other files leave out. */
void bp_rules_set_defaults (BpProgrammeConfig *config);

#endif
