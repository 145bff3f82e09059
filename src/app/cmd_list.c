#include "app/command_table.h"

#include "app/console.h"
#include "app/list_approvals.h"
#include "app/list_returns.h"
#include "app/list_sends.h"
#include "app/programme_folder.h"
#include "app/update_sheets.h"
#include "base/text.h"
#include "domain/finding.h"
#include "pack/pack_builder.h"
#include "render/renderer.h"

#include <string.h>

static json_t *words_to_json (const char *const *words)
{
    json_t *list = json_array ();
    for (int i = 0; words != NULL && words[i] != NULL; i++)
        json_array_append_new (list, bp_json_text (words[i]));
    return list;
}

/* ---- sections ---- */

static void print_words (const char *title, const char *const *words)
{
    if (words == NULL || words[0] == NULL)
        return;
    g_autofree char *list = g_strjoinv (", ", (char **)words);
    bp_console_answer ("    %s: %s\n", title, list);
}

static bool list_sections (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    json_t *list = json_array ();
    for (int i = 0; i < bp_section_type_count (); i++)
    {
        const BpSectionTypeInfo *type = bp_section_type_info (i);
        json_t *object = json_object ();
        json_object_set_new (object, "name", bp_json_text (type->name));
        json_object_set_new (object, "description", bp_json_text (type->description));
        json_object_set_new (object, "options", words_to_json (type->keys));
        json_object_set_new (object, "columns", words_to_json (type->columns));
        json_object_set_new (object, "subject", bp_json_text (type->subject));
        json_array_append_new (list, object);
        if (options->json)
            continue;
        bp_console_answer ("%-16s %s\n", type->name, type->description);
        print_words ("options", type->keys);
        print_words ("columns", type->columns);
    }
    if (options->json)
    {
        bp_console_answer_json (list);
        return true;
    }
    json_decref (list);
    bp_console_answer ("\nEvery section takes:\n");
    print_words ("options", bp_section_common_keys ());
    return true;
}

/* ---- forums ---- */

static const char *audience_name (BpAudience audience)
{
    switch (audience)
    {
    case BP_AUDIENCE_INTERNAL:
        return "internal";
    case BP_AUDIENCE_PARTNER:
        return "partner";
    case BP_AUDIENCE_PUBLIC:
        return "public";
    }
    return "";
}

static json_t *forum_to_json (const BpForum *forum)
{
    json_t *object = json_object ();
    json_object_set_new (object, "id", bp_json_text (forum->id));
    json_object_set_new (object, "name", bp_json_text (forum->name));
    json_object_set_new (object, "aliases", words_to_json (forum->aliases));
    json_object_set_new (object, "parents", words_to_json (forum->parents));
    json_object_set_new (object, "template", bp_json_text (forum->template_file));
    json_object_set_new (object, "marking", bp_json_text (forum->marking));
    json_object_set_new (object, "audience", bp_json_text (audience_name (forum->audience)));
    return object;
}

static bool list_forums (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error)
{
    g_auto (BpProgrammeFolder) folder = { 0 };
    if (!bp_programme_folder_open (&folder, options, error))
        return false;
    const BpForumSet *set = &folder.config->programme.forums;
    json_t *list = json_array ();
    for (int i = 0; i < set->count; i++)
    {
        const BpForum *forum = &set->forums[i];
        json_array_append_new (list, forum_to_json (forum));
        if (!options->json)
            bp_console_answer ("%-26s %s (%s%s%s)\n", forum->id, forum->name,
                               forum->template_file == NULL ? "no pack" : forum->template_file, forum->marking == NULL ? "" : ", ",
                               forum->marking == NULL ? "" : forum->marking);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    return true;
}

/* ---- checks ---- */

static bool list_checks (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    json_t *list = json_array ();
    for (int i = 0; i < BP_FINDING_COUNT; i++)
    {
        const BpFindingKind *kind = bp_finding_kind_get ((BpFindingCode)i);
        json_t *object = json_object ();
        json_object_set_new (object, "code", bp_json_text (kind->id));
        json_object_set_new (object, "name", bp_json_text (kind->name));
        json_object_set_new (object, "level", bp_json_text (bp_level_name (kind->level)));
        json_object_set_new (object, "title", bp_json_text (kind->title));
        json_object_set_new (object, "advice", bp_json_text (kind->advice));
        json_array_append_new (list, object);
        if (!options->json)
            bp_console_answer ("%s  %-5s  %s\n", kind->id, bp_level_name (kind->level), kind->title);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    return true;
}

/* ---- formats ---- */

static bool list_formats (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    json_t *list = json_array ();
    for (const BpRenderer *renderer = bp_renderer_table; renderer->name != NULL; renderer++)
    {
        json_t *object = json_object ();
        json_object_set_new (object, "name", bp_json_text (renderer->name));
        json_object_set_new (object, "extension", bp_json_text (renderer->extension));
        json_object_set_new (object, "description", bp_json_text (renderer->description));
        json_array_append_new (list, object);
        if (!options->json)
            bp_console_answer ("%-6s %s\n", renderer->name, renderer->description);
    }
    json_t *update = json_object ();
    json_object_set_new (update, "name", bp_json_text (BP_UPDATE_FORMAT));
    json_object_set_new (update, "extension", bp_json_text ("xlsx"));
    json_object_set_new (update, "description", bp_json_text (BP_UPDATE_FORMAT_DESCRIPTION));
    json_array_append_new (list, update);
    if (options->json)
        bp_console_answer_json (list);
    else
    {
        bp_console_answer ("%-6s %s\n", BP_UPDATE_FORMAT, BP_UPDATE_FORMAT_DESCRIPTION);
        json_decref (list);
    }
    return true;
}

/* ---- tables ---- */

static json_t *table_to_json (const BpTableDef *table)
{
    json_t *object = json_object ();
    json_object_set_new (object, "name", bp_json_text (table->name));
    json_object_set_new (object, "title", bp_json_text (table->title));
    json_t *columns = json_array ();
    for (const BpColumnDef *column = table->columns; column->name != NULL; column++)
    {
        json_t *entry = json_object ();
        json_object_set_new (entry, "name", bp_json_text (column->name));
        json_object_set_new (entry, "title", bp_json_text (column->title));
        json_object_set_new (entry, "required", json_boolean (column->is_required));
        json_object_set_new (entry, "key", json_boolean (column->is_key));
        json_array_append_new (columns, entry);
    }
    json_object_set_new (object, "columns", columns);
    return object;
}

static void print_table (const BpTableDef *table)
{
    bp_console_answer ("%s: %s\n    ", table->name, table->title);
    for (const BpColumnDef *column = table->columns; column->name != NULL; column++)
        bp_console_answer ("%s%s%s%s%s", column == table->columns ? "" : ", ", column->is_key ? "_" : "", column->name,
                           column->is_key ? "_" : "", column->is_required ? "*" : "");
    bp_console_answer ("\n");
}

static bool list_tables (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    json_t *list = json_array ();
    for (int i = 0; i < BP_TABLE_COUNT; i++)
    {
        const BpTableDef *table = bp_table_get ((BpTableId)i);
        json_array_append_new (list, table_to_json (table));
        if (!options->json)
            print_table (table);
    }
    if (options->json)
        bp_console_answer_json (list);
    else
        json_decref (list);
    return true;
}

static bool list_returns (const BpOptions *options, const char *run G_GNUC_UNUSED, GError **error)
{
    return bp_list_returns (options, error);
}

/* ---- the command ---- */

static const struct
{
    const char *name;
    bool (*print) (const BpOptions *options, const char *run, GError **error);
    bool takes_run;  /* and --forum */
    bool takes_file; /* and --to, --mask */
} subjects[] = {
    { "sections", list_sections, false, false },     { "forums", list_forums, false, false }, { "checks", list_checks, false, false },
    { "formats", list_formats, false, false },       { "tables", list_tables, false, false }, { "returns", list_returns, false, false },
    { "approvals", bp_list_approvals, true, false }, { "sends", bp_list_sends, true, true },
};

static bool check_subject (gsize subject, const BpOptions *options, const char *run, GError **error)
{
    const char *name = subjects[subject].name;
    if (run != NULL && !subjects[subject].takes_run)
        return bp_fail (error, BP_ERROR_USAGE, "'list %s' does not take '%s'; approvals and sends alone can be those of a run", name, run);
    if (options->forums != NULL && !subjects[subject].takes_run)
        return bp_fail (error, BP_ERROR_USAGE, "'list %s' has no option --forum; 'list approvals' and 'list sends' have", name);
    if (options->file != NULL && !subjects[subject].takes_file)
        return bp_fail (error, BP_ERROR_USAGE, "'list %s' has no option --file; 'list sends' has", name);
    if (options->mask && !subjects[subject].takes_file)
        return bp_fail (error, BP_ERROR_USAGE, "'list %s' has no option --mask; 'list sends' has", name);
    return options->to == NULL || subjects[subject].takes_file
           || bp_fail (error, BP_ERROR_USAGE, "'list %s' has no option --to; 'list sends' has", name);
}

BpExitCode bp_cmd_list (const BpOptions *options, const char *const *arguments, GError **error)
{
    const char *names[G_N_ELEMENTS (subjects) + 1] = { NULL };
    for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
        names[i] = subjects[i].name;
        if (g_strcmp0 (arguments[0], subjects[i].name) == 0)
            return check_subject (i, options, arguments[1], error) && subjects[i].print (options, arguments[1], error) ? BP_EXIT_WELL
                                                                                                                       : BP_EXIT_FAILED;
    }
    g_autofree char *list = bp_text_dup_joined (names, 0);
    const char *nearest = arguments[0] == NULL ? NULL : bp_text_find_nearest (arguments[0], names);
    if (arguments[0] == NULL)
        bp_fail (error, BP_ERROR_USAGE, "say what to list: %s", list);
    else if (nearest != NULL)
        bp_fail (error, BP_ERROR_USAGE, "'%s' cannot be listed; did you mean '%s'?", arguments[0], nearest);
    else
        bp_fail (error, BP_ERROR_USAGE, "'%s' cannot be listed; what can be: %s", arguments[0], list);
    return BP_EXIT_USAGE;
}
