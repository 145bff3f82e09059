#ifndef BP_RENDER_UNDRAWN_TEXT_H
#define BP_RENDER_UNDRAWN_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* A grapheme that could not be drawn as it is. */
typedef struct
{
    char *characters; /* as they stand in the text; of bytes that are no UTF-8 the bytes themselves */
    char *name;       /* "U+1F600 GRINNING FACE" */
    const char *fate; /* "drawn as □"; static */
} BpUndrawnPart;

/* A text with such graphemes, as it was to be printed. */
typedef struct
{
    char *text;       /* valid UTF-8 */
    char *place;      /* name of the section; NULL: headers and footers */
    GPtrArray *parts; /* of BpUndrawnPart, each grapheme once */
} BpUndrawnText;

/* Elements BpUndrawnText; free with g_ptr_array_unref. */
GPtrArray *bp_undrawn_texts_new (void);
BpUndrawnText *bp_undrawn_texts_add (GPtrArray *texts, const char *text, const char *place);
/* Takes characters and name. */
void bp_undrawn_text_take_part (BpUndrawnText *text, char *characters, char *name, const char *fate);

#endif
