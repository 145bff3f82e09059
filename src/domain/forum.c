#include "domain/forum.h"

#include "base/text.h"

#include <string.h>

static bool is_folded_equal (const char *name, const char *folded)
{
    if (name == NULL)
        return false;
    g_autofree char *own = bp_text_dup_folded (name);
    return strcmp (own, folded) == 0;
}

static bool has_alias (const BpForum *forum, const char *folded)
{
    for (gsize i = 0; forum->aliases != NULL && forum->aliases[i] != NULL; i++)
        if (is_folded_equal (forum->aliases[i], folded))
            return true;
    return false;
}

const BpForum *bp_forum_find_id (const BpForumSet *set, const char *id)
{
    for (int i = 0; i < set->count; i++)
        if (strcmp (set->forums[i].id, id) == 0)
            return &set->forums[i];
    return NULL;
}

const BpForum *bp_forum_find (const BpForumSet *set, const char *word)
{
    if (word == NULL || bp_text_is_blank (word))
        return NULL;
    g_autofree char *trimmed = bp_text_dup_trimmed (word);
    for (int i = 0; i < set->count; i++)
        if (g_ascii_strcasecmp (set->forums[i].id, trimmed) == 0)
            return &set->forums[i];
    g_autofree char *folded = bp_text_dup_folded (word);
    for (int i = 0; i < set->count; i++)
        if (is_folded_equal (set->forums[i].name, folded))
            return &set->forums[i];
    for (int i = 0; i < set->count; i++)
        if (has_alias (&set->forums[i], folded))
            return &set->forums[i];
    return NULL;
}

const char *bp_forums_internal_marking (const BpForumSet *forums)
{
    for (int i = 0; i < forums->count; i++)
        if (forums->forums[i].audience == BP_AUDIENCE_INTERNAL && forums->forums[i].marking != NULL && *forums->forums[i].marking != '\0')
            return forums->forums[i].marking;
    return NULL;
}
