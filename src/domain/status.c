#include "domain/status.h"

#include "base/text.h"

#include <string.h>

const BpStatus *bp_status_find (const BpStatusScale *scale, const char *word)
{
    if (bp_text_is_blank (word == NULL ? "" : word))
        return NULL;
    g_autofree char *wanted = bp_text_dup_folded (word);
    for (int i = 0; i < scale->count; i++)
    {
        g_autofree char *code = bp_text_dup_folded (scale->statuses[i].code);
        if (strcmp (code, wanted) == 0)
            return &scale->statuses[i];
    }
    for (int i = 0; i < scale->count; i++)
    {
        g_autofree char *label = bp_text_dup_folded (scale->statuses[i].label);
        if (strcmp (label, wanted) == 0)
            return &scale->statuses[i];
    }
    return NULL;
}

const BpStatus *bp_status_find_use (const BpStatusScale *scale, BpStatusUse use)
{
    for (int i = 0; i < scale->count; i++)
        if (scale->statuses[i].use == use)
            return &scale->statuses[i];
    return NULL;
}

bool bp_status_is_done (const BpStatus *status)
{
    return status != NULL && status->counts_as == BP_COUNTS_AS_DONE;
}

bool bp_status_is_open (const BpStatus *status)
{
    return status != NULL && status->counts_as == BP_COUNTS_AS_OPEN;
}
