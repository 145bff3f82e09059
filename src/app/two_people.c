#include "app/two_people.h"

#include "base/text.h"
#include "domain/marking.h"
#include "domain/person_name.h"

#include <string.h>

#define OWN_ACCOUNT "another person must approve it, from their own account"

/* Whether the name that was given as the preparer's is an account's behind the approver. */
static bool is_account_of (const BpAccount *approver, const char *prepared_by)
{
    g_autofree char *wanted = bp_text_dup_folded (prepared_by);
    bool is_found = false;
    for (guint i = 0; !is_found && i < approver->people->len; i++)
    {
        g_autofree char *person = bp_text_dup_folded (approver->people->pdata[i]);
        is_found = strcmp (person, wanted) == 0;
    }
    return is_found;
}

/* Why the two accounts may be one person's; NULL if they are not. */
static char *dup_account_refusal (const BpAccount *builder, const BpAccount *approver)
{
    const char *shared = bp_account_find_shared_person (builder, approver);
    if (shared != NULL)
        return g_strdup_printf ("was built from the account of %s, who is approving it: " OWN_ACCOUNT, shared);
    if (approver->people->len == 0)
        return g_strdup_printf ("cannot be approved as %s, because nobody can tell who that is: approve from your own account, or by sudo "
                                "from it",
                                approver->user);
    if (builder->people->len == 0 && (strcmp (builder->user, approver->user) == 0 || strcmp (builder->user, "root") == 0))
        return g_strdup_printf ("was built as %s, and nobody can tell by whom: build it again from your own account, or by sudo from it; "
                                "then another person approves it",
                                builder->user);
    return NULL;
}

/* What speaks against it, as a sentence after "the pack of … "; NULL if nothing does. */
static char *dup_refusal (const BpFinishedRun *run, const char *approved_by, const BpAccount *approver)
{
    const char *prepared_by = bp_finished_run_prepared_by (run);
    g_autoptr (BpAccount) builder = bp_account_from_json (json_object_get (run->manifest, "account"));
    if (*prepared_by == '\0' || builder == NULL)
        return g_strdup_printf ("the manifest of %s does not say who prepared it and from which account, so nobody else can approve it: "
                                "build it again",
                                run->id);
    if (bp_person_names_may_be_one (approved_by, prepared_by) || is_account_of (approver, prepared_by))
        return g_strdup_printf ("was prepared by %s: " OWN_ACCOUNT " (packs that one person builds for another are built with "
                                "--prepared-by NAME; give names in full)",
                                prepared_by);
    return dup_account_refusal (builder, approver);
}

bool bp_two_people_check (const BpFinishedRun *run, const char *forum, const char *marking, const char *approved_by,
                          const BpAccount *approver, GError **error)
{
    if (!bp_marking_is_sensitive (marking))
        return true;
    g_autofree char *refusal = dup_refusal (run, approved_by, approver);
    return refusal == NULL || bp_fail (error, BP_ERROR_FAILED, "the pack of %s is marked %s and %s", forum, marking, refusal);
}
