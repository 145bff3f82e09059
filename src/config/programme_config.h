#ifndef BP_CONFIG_PROGRAMME_CONFIG_H
#define BP_CONFIG_PROGRAMME_CONFIG_H

#include "base/mail_server.h"
#include "base/settings.h"
#include "domain/programme.h"
#include "domain/reminder.h"
#include "pack/report_layout.h"

/* mail.ini. What is needed to send is not required of a programme that does not: host and sender may be NULL. */
typedef struct
{
    BpMailServer server;
    const char *sender, *sender_name;
    const char *subject_prefix;
    const char *subject_trigger; /* what the gateway acts on for addresses off the secure domains: "[secure]" */
    const char *const *testers;  /* addresses, beside sender, that tests of sensitive packs may go to; NULL-ended */
    int size_limit_mb;           /* of a whole message */
    const char *const *domains;  /* that may be sent to; NULL-ended */
    const char *reply_to;        /* whom leads send their sheets back to; NULL: the sender */
    BpReminderRules reminders;
    const char *operator_address; /* who hears what came of a scheduled run; NULL: nobody */
} BpMailSettings;

/* Where [paths] says nothing about access: files 0640, folders 0750. */
#define BP_WITHHELD_MODES 0027u

/* config/ of one programme folder, read and checked. Owns everything it hands out. */
typedef struct
{
    char *root;                                                        /* the programme folder as given */
    char *data_folder, *templates_folder, *output_folder, *store_path; /* relative to root unless absolute */
    BpProgramme programme;                                             /* forums as on as_of */
    BpSettings *theme;                                                 /* theme.ini, for the renderers; an empty one if there is no file */
    BpMailSettings mail;
    bool quarantine_fails;
    unsigned withheld_modes; /* permissions that nothing boardpack writes has */
    GPtrArray *files;        /* char *: INI files read, relative to root, for the manifest */
    GStringChunk *strings;
    GPtrArray *owned;
} BpProgrammeConfig;

/* Fails with BP_ERROR_NO_PROGRAMME if root has no config/programme.ini; with BP_ERROR_CONFIG, naming file and line, for anything that
 * cannot be read. */
BpProgrammeConfig *bp_programme_config_load (const char *root, BpDate as_of, GError **error);
void bp_programme_config_free (BpProgrammeConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpProgrammeConfig, bp_programme_config_free)

/* The layout of a forum: report-templates/<template>. Strict: unknown section types, options, columns, fields and values fail with file and
 * line. */
BpReportLayout *bp_report_layout_load (BpProgrammeConfig *config, const BpForum *forum, GError **error);

/* Reads one INI file strictly (pre-scan, then iniparser): regular file, UTF-8, no NUL, no duplicates, balanced quotes, ';' and '#' only
 * inside quotes, no text after ']'. name is what messages call it. */
BpSettings *bp_ini_file_load (const char *path, const char *name, GError **error);

#endif
