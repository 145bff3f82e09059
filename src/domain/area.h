#ifndef BP_DOMAIN_AREA_H
#define BP_DOMAIN_AREA_H

#include "base/source.h"

#include <glib.h>

typedef struct BpArea BpArea;

typedef struct
{
    const char *id, *title, *approved_text, *note;
    int approved_date, closes_date; /* BpDate */
    BpSource source;
} BpPlan;

/* An area for improvement (parent NULL) or a sub-area. */
struct BpArea
{
    const BpPlan *plan; /* never NULL */
    const char *ref;    /* "1", "1.2" */
    const char *key;    /* "SIP:1.2" */
    const char *title;
    const char *short_title; /* = title if none is given */
    const char *lead;
    BpArea *parent;       /* NULL for an area */
    GPtrArray *sub_areas; /* of BpArea, in display order; borrowed */
    GPtrArray *actions;   /* of BpAction under this very node, not under its sub-areas; in display order; borrowed */
    double position;
    BpSource source;
};

typedef struct BpProject
{
    const char *id, *title, *lead;
    GPtrArray *actions; /* borrowed */
    BpSource source;
} BpProject;

#endif
