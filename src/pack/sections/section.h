#ifndef BP_PACK_SECTIONS_SECTION_H
#define BP_PACK_SECTIONS_SECTION_H

#include "pack/build.h"
#include "pack/kpi_view.h"
#include "pack/pack_builder.h"

struct BpAction;
struct BpActionCounts;
struct BpArea;
struct BpKpi;
struct BpProject;

typedef struct BpSectionType BpSectionType;

/* One section while it is being built. */
typedef struct
{
    const BpBuild *build;
    const BpSectionType *type;
    const BpSectionLayout *options;
    BpNode *node;       /* the section */
    BpSection *section; /* the same: node->as.section */
} BpSectionContext;

/* One section type: a file in this folder and a line in section_table.c. */
struct BpSectionType
{
    BpSectionTypeInfo info;
    const char *title;    /* name where the template gives none */
    const char *standing; /* what it says when there is nothing to say; `message` of the template replaces it */
    bool flows;           /* goes on below the section before it */
    bool is_last;         /* built when all others are: it speaks of them */
    void (*build) (BpSectionContext *context);
    bool fills_page; /* no section goes on below it */
};

extern const BpSectionType bp_section_table[]; /* ended by a NULL name */
const BpSectionType *bp_section_table_find (const char *name);

/* ---- what the options confine a section to ---- */

/* The actions of the section: `areas`, `projects`, `kpis`, `filter`, `sort`. Free with g_ptr_array_unref. */
GPtrArray *bp_section_dup_actions (const BpSectionContext *context);
GPtrArray *bp_section_dup_kpis (const BpSectionContext *context);
/* The top areas of `areas`, or all that have actions. */
GPtrArray *bp_section_dup_areas (const BpSectionContext *context);
GPtrArray *bp_section_dup_projects (const BpSectionContext *context);
/* All actions of the snapshot. */
bool bp_section_is_whole (const BpSectionContext *context, const GPtrArray *actions);
/* How so many of the section's actions are named: "actions", "actions in area 5", "milestones", "action chosen for this section". A total
 * over part of the plan always says which part. */
const char *bp_section_noun (const BpSectionContext *context, const GPtrArray *actions, int count);
/* Rows at most; G_MAXINT without a limit. */
int bp_section_limit (const BpSectionContext *context);
/* `detail = lines`: the short form. */
bool bp_section_is_in_lines (const BpSectionContext *context);
/* Whether a section of that type stands in this pack. */
bool bp_build_has_section (const BpBuild *build, const char *type);

/* The actions of the areas that sections of this pack are confined to: the forum's own. Empty if there are none, or if that is all of them.
 * Free with g_hash_table_unref. */
GHashTable *bp_build_dup_own_actions (const BpBuild *build);

/* ---- parts that many sections have ---- */

/* Sets the headline, unless the template has one. NULL leaves the name as the H1. */
void bp_section_set_headline (BpSectionContext *context, const char *headline);
void bp_section_set_message (BpSectionContext *context, const char *message);
/* Adds the standing sentence: the template's `message`, else text, else the type's own. */
void bp_section_add_standing (BpSectionContext *context, const char *text);
/* The sentence in place of what this audience may not see; no `message` of the template replaces it. */
void bp_section_add_withheld (BpSectionContext *context, const char *sentence);
/* "8 of 24 findings shown. …" below the last table where a limit cut it. */
void bp_section_add_cut_note (BpSectionContext *context, int shown, int total, const char *noun_plural, const char *sheet);
/* Says which areas, projects and measures the template names that the data do not have; nothing if there is none. */
void bp_section_add_unknown_note (BpSectionContext *context);
/* Notes that the row stands in the PDF: an action, a measure, a decision … */
void bp_build_mark_printed (const BpBuild *build, gconstpointer row);
/* Notes that the count with that key stands in the PDF: "actions.done". */
void bp_build_mark_figure (const BpBuild *build, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The same of each status that has a count under the prefix, as bp_words_status_counts names them. */
void bp_build_mark_status_figures (const BpBuild *build, const struct BpActionCounts *counts, const char *prefix);
/* "Changes: since the last pack (4 April 2025)"; NULL if there is no earlier date. */
const char *bp_build_since_text (const BpBuild *build);
/* Adds a status bar of counts with its table. title: the heading above it, NULL for none; source: the caption below it, NULL for none;
 * figure_prefix: "actions" or "actions.area.SIP:1", under which the counts are logged. */
BpNode *bp_section_add_status_bar (const BpBuild *build, BpNode *section, const struct BpActionCounts *counts, const char *title,
                                   const char *source, const char *figure_prefix);

/* ---- the section types ---- */

void bp_section_build_cover (BpSectionContext *context);
void bp_section_build_contents (BpSectionContext *context);
void bp_section_build_summary (BpSectionContext *context);
void bp_section_build_asks (BpSectionContext *context);
void bp_section_build_changes (BpSectionContext *context);
void bp_section_build_area_pages (BpSectionContext *context);
void bp_section_build_project_pages (BpSectionContext *context);
void bp_section_build_exceptions (BpSectionContext *context);
void bp_section_build_action_tracker (BpSectionContext *context);
void bp_section_build_kpi_scorecard (BpSectionContext *context);
void bp_section_build_kpi_details (BpSectionContext *context);
void bp_section_build_timeline (BpSectionContext *context);
void bp_section_build_coverage (BpSectionContext *context);
void bp_section_build_escalations (BpSectionContext *context);
void bp_section_build_risks (BpSectionContext *context);
void bp_section_build_forward_plan (BpSectionContext *context);
void bp_section_build_governance (BpSectionContext *context);
void bp_section_build_data_quality (BpSectionContext *context);
void bp_section_build_key (BpSectionContext *context);
void bp_section_build_glossary (BpSectionContext *context);

/* The status and movement tables of the key, for the contents page of packs without a section of that type. */
void bp_key_add_tables (const BpBuild *build, BpNode *section);

#endif
