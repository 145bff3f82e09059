#ifndef BP_PACK_REPORT_LAYOUT_H
#define BP_PACK_REPORT_LAYOUT_H

#include "base/error.h"

/* One section of a report template. Everything a template can say; what a section type accepts stands in its table entry. */
typedef struct
{
    const char *id;   /* as in the template: "summary" */
    const char *type; /* name of a section type */
    int line;
    GHashTable *options; /* key → value (const char *), only keys that the type accepts */
} BpSectionLayout;

typedef struct
{
    const char *file; /* "report-templates/bbp.ini" */
    const char *title, *subtitle;
    bool is_landscape;
    int page_budget;
    const char *period;  /* "term", "quarter", "month" */
    GPtrArray *sections; /* of BpSectionLayout */
    GStringChunk *strings;
} BpReportLayout;

BpReportLayout *bp_report_layout_new (const char *file);
void bp_report_layout_free (BpReportLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpReportLayout, bp_report_layout_free)
/* NULL if absent. */
const char *bp_section_layout_find (const BpSectionLayout *layout, const char *key);
bool bp_section_layout_is (const BpSectionLayout *layout, const char *key); /* "yes" */
int bp_section_layout_get_int (const BpSectionLayout *layout, const char *key, int fallback);

#endif
