#include "ingest/sheet_comments.h"

#include "base/text.h"
#include "ingest/xml_part.h"

#include <string.h>

/* Of one comment: what is beyond is not looked at. */
#define MAX_COMMENT_BYTES 4096
#define MAX_CELL_BYTES 16

typedef struct
{
    BpSheetComments *comments;
    char *cell; /* of the comment that is being read; NULL: it has none */
    GString *text;
    bool is_text; /* within <t> of a comment */
    int reading_aids;
} CommentsReading;

static void start_element (BpXmlPart *xml, const char *element, const char **attributes, void *data)
{
    (void)xml;
    CommentsReading *reading = data;
    if (strcmp (element, "comment") == 0)
    {
        const char *ref = bp_xml_attribute (attributes, "ref");
        g_free (reading->cell);
        reading->cell = ref != NULL && strlen (ref) <= MAX_CELL_BYTES ? bp_text_dup_quoted (ref) : g_strdup ("?");
        g_string_truncate (reading->text, 0);
    }
    else if (strcmp (element, "rPh") == 0)
        reading->reading_aids++;
    else if (strcmp (element, "t") == 0)
        reading->is_text = reading->cell != NULL && reading->reading_aids == 0;
}

/* Newer programs keep threads of comments elsewhere, and put before what they say here that older programs cannot show them. */
static char *dup_said (const char *text)
{
    const char *said = g_str_has_prefix (text, "[Threaded comment]") ? strstr (text, "Comment:") : NULL;
    return bp_text_dup_trimmed (said != NULL ? said + strlen ("Comment:") : text);
}

static void end_element (BpXmlPart *xml, const char *element, void *data)
{
    (void)xml;
    CommentsReading *reading = data;
    if (strcmp (element, "rPh") == 0)
        reading->reading_aids--;
    else if (strcmp (element, "t") == 0)
        reading->is_text = false;
    if (strcmp (element, "comment") != 0 || reading->cell == NULL)
        return;
    g_autofree char *valid = g_utf8_make_valid (reading->text->str, (gssize)reading->text->len); /* it may have been cut within a letter */
    g_autofree char *said = dup_said (valid);
    if (*said != '\0' && reading->comments->count++ == 0)
    {
        reading->comments->cell = g_strdup (reading->cell);
        reading->comments->text = g_steal_pointer (&said);
    }
    g_clear_pointer (&reading->cell, g_free);
}

static void take_text (BpXmlPart *xml, const char *text, int length, void *data)
{
    (void)xml;
    const CommentsReading *reading = data;
    if (reading->is_text && reading->text->len < MAX_COMMENT_BYTES)
        g_string_append_len (reading->text, text, MIN ((gssize)length, (gssize)(MAX_COMMENT_BYTES - reading->text->len)));
}

bool bp_sheet_comments_read (BpSheetComments *comments, const BpWorkbook *workbook, const BpWorkbookSheet *sheet, GError **error)
{
    static const BpXmlHandlers handlers = { start_element, end_element, take_text };
    g_autofree char *part = NULL;
    *comments = (BpSheetComments){ 0 };
    if (!bp_workbook_find_comments (workbook, sheet, &part, error))
        return false;
    if (part == NULL)
        return true;
    CommentsReading reading = { .comments = comments, .text = g_string_new (NULL) };
    const bool is_read = bp_xml_part_read (workbook->package, part, BP_LIMIT_PART_BYTES, &handlers, &reading, error);
    g_string_free (reading.text, TRUE);
    g_free (reading.cell);
    return is_read;
}

void bp_sheet_comments_clear (BpSheetComments *comments)
{
    g_clear_pointer (&comments->cell, g_free);
    g_clear_pointer (&comments->text, g_free);
    comments->count = 0;
}
