#include "domain/programme.h"

#include "base/text.h"

#include <string.h>

char *bp_programme_dup_short_notice (const BpProgramme *programme)
{
    if (programme->notice_short != NULL && *programme->notice_short != '\0')
        return g_strdup (programme->notice_short);
    if (programme->notice == NULL || bp_text_is_blank (programme->notice))
        return NULL;
    const char *stop = strchr (programme->notice, '.');
    return stop != NULL ? g_strndup (programme->notice, (gsize)(stop - programme->notice) + 1) : g_strdup (programme->notice);
}
