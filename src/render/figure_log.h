#ifndef BP_RENDER_FIGURE_LOG_H
#define BP_RENDER_FIGURE_LOG_H

#include "pack/value.h"

/* Every figure that a renderer writes, with the place where it stands: compared across the packs of a run and with the snapshot. */
typedef struct
{
    const char *key;   /* "actions.done" */
    const char *text;  /* as printed: bp_value_dup_text */
    const char *place; /* "page 3", "Summary!B4" */
} BpFigureEntry;

typedef struct BpFigureLog BpFigureLog;
BpFigureLog *bp_figure_log_new (void);
void bp_figure_log_free (BpFigureLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpFigureLog, bp_figure_log_free)
/* Does nothing for a value without a figure key. Strings are copied. log may be NULL. */
void bp_figure_log_add (BpFigureLog *log, const BpValue *value, const char *place);
guint bp_figure_log_length (const BpFigureLog *log);
const BpFigureEntry *bp_figure_log_get (const BpFigureLog *log, guint index);

#endif
