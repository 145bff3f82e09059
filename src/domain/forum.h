#ifndef BP_DOMAIN_FORUM_H
#define BP_DOMAIN_FORUM_H

#include "base/date.h"

typedef enum
{
    BP_AUDIENCE_INTERNAL,
    BP_AUDIENCE_PARTNER,
    BP_AUDIENCE_PUBLIC
} BpAudience;

/* A forum as it is on the as-of date: overrides by date have been applied. */
typedef struct BpForum
{
    const char *id;
    const char *name;
    const char *short_name;     /* = name if none is given */
    const char *const *aliases; /* NULL-ended, like all lists here */
    const char *const *parents; /* ids: reports to */
    const char *const *advises; /* ids */
    const char *role;
    const char *role_short;
    const char *membership;
    const char *template_file; /* NULL: gets no pack */
    const char *marking;
    const char *handling;
    const char *const *mail_domains; /* that its pack may be sent to; empty: none; NULL: those of mail.ini */
    BpAudience audience;
    bool is_working;
    BpDate valid_from, valid_to; /* BP_DATE_NONE: open */
} BpForum;

typedef struct
{
    BpForum *forums; /* those valid on the as-of date, in the order of the file */
    int count;
} BpForumSet;

/* By id, else by name or alias, folded (bp_text_dup_folded); NULL if there is none. */
const BpForum *bp_forum_find (const BpForumSet *set, const char *word);
/* The forum of that id, and no other: of what was made for a forum, which another may have taken the name of since. */
const BpForum *bp_forum_find_id (const BpForumSet *set, const char *id);
/* The marking of what is written inside the programme: that of the first internal forum that has one; NULL. Borrowed. */
const char *bp_forums_internal_marking (const BpForumSet *forums);

#endif
