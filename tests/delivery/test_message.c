#include "base/atomic_file.h"
#include "delivery/pack_message.h"

#include <string.h>
#include <sys/stat.h>

static const char PDF_BYTES[] = "%PDF-1.7\nnot much of one\n%%EOF\n";

typedef struct
{
    BpPackMessage pack;
    BpAttachment attachment;
    gsize attachment_count;
    const char *to_name, *to, *key;
    gsize max_bytes;
} Letter;

static const char *const summary[] = { "41 of 69 actions are on track.", "3 are off track.", NULL };
static const BpPackMessageAsk asks[] = { { 1, "Approve", "New date of action 2.1", "By 12 September 2025. Owner: Learner Support" },
                                         { 3, "Note", "The plan", "No date given. No owner" } };
static const char *const changes[] = { "Page 3: the share of plans in time is 61%, not 16%.", NULL };

static Letter new_letter (BpPackMessageKind kind)
{
    Letter letter = { .pack = { .kind = kind,
                                .language = "en-GB",
                                .marking = "OFFICIAL-SENSITIVE",
                                .subject_prefix = "SEND programme",
                                .forum = "Partnership Board",
                                .meeting_date = bp_date_new (2025, 9, 12),
                                .as_of = bp_date_new (2025, 7, 31),
                                .version = "1",
                                .summary = summary,
                                .handling = "For board members. Illustrative data.",
                                .asks_heading = "Three asks of this meeting",
                                .asks = asks,
                                .ask_count = G_N_ELEMENTS (asks),
                                .asks_note = "And 1 more, in the pack.",
                                .changes = changes,
                                .contact = "Programme office, office@example.org" },
                      .attachment = { BP_ATTACHMENT_PDF, "bbp-2025-07-31.pdf", g_bytes_new_static (PDF_BYTES, sizeof PDF_BYTES - 1) },
                      .attachment_count = kind == BP_PACK_MESSAGE_NOTICE ? 0 : 1,
                      .to_name = "A. Member",
                      .to = "member@example.org",
                      .key = "0123456789abcdef0123456789abcdef01234567" };
    return letter;
}

static GBytes *write_letter (const Letter *letter, GError **error)
{
    g_autofree char *subject = bp_pack_message_dup_subject (&letter->pack);
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&letter->pack, &letter->attachment, letter->attachment_count, error);
    if (body == NULL)
        return NULL;
    const BpMessage message = { .from = { "Programme office", "office@example.org" },
                                .to = { letter->to_name, letter->to },
                                .subject = subject,
                                .body = body,
                                .attachments = &letter->attachment,
                                .attachment_count = letter->attachment_count,
                                .key = letter->key,
                                .date_epoch = 1757408400,
                                .max_bytes = letter->max_bytes };
    return bp_message_write (&message, error);
}

static char *dup_written (const Letter *letter)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = write_letter (letter, &error);
    g_assert_no_error (error);
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void assert_refused (const Letter *letter, const char *words)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = write_letter (letter, &error);
    g_assert_null (bytes);
    g_assert_error (error, BP_ERROR, BP_ERROR_DELIVERY);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, words));
}

static void marking_stands_first_in_the_subject (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autofree char *subject = bp_pack_message_dup_subject (&letter.pack);
    g_assert_cmpstr (subject, ==, "OFFICIAL-SENSITIVE: SEND programme: Partnership Board, 12 September 2025");
    letter.pack.subject_trigger = "[secure]";
    letter.pack.subject_prefix = NULL;
    letter.pack.kind = BP_PACK_MESSAGE_CORRECTION;
    g_autofree char *correction = bp_pack_message_dup_subject (&letter.pack);
    g_assert_cmpstr (correction, ==, "[secure] OFFICIAL-SENSITIVE: Corrected board pack: Partnership Board, 12 September 2025");
    g_bytes_unref (letter.attachment.bytes);
}

static void body_says_all_that_it_must (void)
{
    static const char *const said[] = { "OFFICIAL-SENSITIVE\nFor board members. Illustrative data.\n\nBoard pack: Partnership Board\n\n"
                                        "Version 1 of the pack for the meeting on 12 September 2025 is attached. It\n"
                                        "shows the programme as at 31 July 2025.\n\nThree asks of this meeting\n"
                                        "1. Approve: New date of action 2.1\n   By 12 September 2025. Owner: Learner Support\n"
                                        "3. Note: The plan\n   No date given. No owner\n\nAnd 1 more, in the pack.\n",
                                        "- bbp-2025-07-31.pdf (PDF, 1 kB), marked OFFICIAL-SENSITIVE\n",
                                        "- 41 of 69 actions are on track.\n",
                                        "Contact: Programme office, office@example.org\n",
                                        "another format",
                                        "received this message in error" };
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&letter.pack, &letter.attachment, 1, NULL);
    g_autofree char *plain = bp_message_body_dup_plain (body);
    for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
        g_test_message ("%s", said[i]);
        g_assert_nonnull (strstr (plain, said[i]));
    }
    g_assert_true (g_str_has_prefix (plain, said[0]));
    g_bytes_unref (letter.attachment.bytes);
}

/* A draft has no version, and a forum may have no date. */
static void opening_says_which_pack_it_is (void)
{
    const BpReplacedPack replaced = { .version = "1", .sent_on = bp_date_new (2025, 8, 1) };
    static const struct
    {
        BpPackMessageKind kind;
        const char *version;
        bool has_meeting;
        const char *words;
    } cases[] = {
        { BP_PACK_MESSAGE_FULL, "1", true, "Version 1 of the pack for the meeting on 12 September 2025 is attached." },
        { BP_PACK_MESSAGE_FULL, NULL, true, "A draft of the pack for the meeting on 12 September 2025 is attached." },
        { BP_PACK_MESSAGE_FULL, "1", false, "Version 1 of the pack is attached." },
        { BP_PACK_MESSAGE_NOTICE, "2", true, "Version 2 of the pack for the meeting on 12 September 2025 is ready." },
        { BP_PACK_MESSAGE_CORRECTION, "2", true, "Version 2 of the pack for the meeting on 12 September 2025 is attached." },
        { BP_PACK_MESSAGE_RECALL, "2", true,
          "Version 2 replaces version 1 of the pack for the meeting on 12 September 2025, as at 31 July 2025, which you were sent on "
          "1 August 2025." },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        Letter letter = new_letter (cases[i].kind);
        letter.attachment_count = cases[i].kind == BP_PACK_MESSAGE_NOTICE || cases[i].kind == BP_PACK_MESSAGE_RECALL ? 0 : 1;
        letter.pack.version = cases[i].version;
        letter.pack.meeting_date = cases[i].has_meeting ? letter.pack.meeting_date : BP_DATE_NONE;
        letter.pack.replaced = cases[i].kind == BP_PACK_MESSAGE_RECALL ? &replaced : NULL;
        g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&letter.pack, &letter.attachment, letter.attachment_count, NULL);
        g_autofree char *plain = bp_message_body_dup_plain (body);
        g_strdelimit (plain, "\n", ' ');
        g_test_message ("%s", plain);
        g_assert_nonnull (strstr (plain, cases[i].words));
        g_assert_nonnull (strstr (plain, "as at 31 July 2025"));
        g_bytes_unref (letter.attachment.bytes);
    }
}

/* Gaps in the numbers show: what is not there has one, too. */
static void asks_are_a_numbered_list (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&letter.pack, &letter.attachment, 1, NULL);
    g_autofree char *html = bp_message_body_dup_html (body);
    const char *list = strstr (html, "<ol"), *third = strstr (html, "<li value=\"3\"");
    g_assert_nonnull (list);
    g_assert_true (third > list && strstr (html, "</ol>") > third);
    g_assert_nonnull (strstr (html, "<strong>Approve:</strong> New date of action 2.1"));
    g_bytes_unref (letter.attachment.bytes);
}

static void markup_in_data_stays_text (void)
{
    static const char *const hostile[] = { "<script>alert(1)</script> & <img src=x>", NULL };
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    const BpPackMessageAsk ask = { 1, hostile[0], hostile[0], hostile[0] };
    letter.pack.summary = hostile;
    letter.pack.handling = hostile[0];
    letter.pack.asks = &ask;
    letter.pack.ask_count = 1;
    letter.pack.forum = "Board <b>\"A\" & B</b>";
    g_autoptr (BpMessageBody) body = bp_pack_message_new_body (&letter.pack, &letter.attachment, 1, NULL);
    g_autofree char *html = bp_message_body_dup_html (body);
    g_assert_null (strstr (html, "<script"));
    g_assert_null (strstr (html, "<img"));
    g_assert_null (strstr (html, "<b>"));
    g_assert_nonnull (strstr (html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=x&gt;"));
    g_bytes_unref (letter.attachment.bytes);
}

static void notice_holds_nothing_of_the_pack (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_NOTICE);
    g_autofree char *text = dup_written (&letter);
    g_assert_null (strstr (text, "41 of 69"));
    g_assert_null (strstr (text, "New date of action"));
    g_assert_null (strstr (text, "application/"));
    g_assert_nonnull (strstr (text, "nothing is attached"));
    letter.attachment_count = 1;
    assert_refused (&letter, "a notice has no attachment");
    g_bytes_unref (letter.attachment.bytes);
}

static void recall_holds_nothing_of_the_pack_and_says_which_it_recalls (void)
{
    BpReplacedPack replaced = { .version = "1", .sent_on = bp_date_new (2025, 8, 1) };
    Letter letter = new_letter (BP_PACK_MESSAGE_RECALL);
    letter.attachment_count = 0;
    letter.pack.version = "2";
    letter.pack.replaced = NULL;
    assert_refused (&letter, "which version it recalls");
    letter.pack.replaced = &replaced;
    g_autofree char *text = dup_written (&letter);
    g_assert_null (strstr (text, "41 of 69"));
    g_assert_null (strstr (text, "New date of action"));
    g_assert_null (strstr (text, "application/"));
    g_assert_null (strstr (text, "61%"));
    g_assert_nonnull (strstr (text, "Please delete version 1, and any copies."));
    letter.attachment_count = 1;
    assert_refused (&letter, "nor has a recall");
    replaced.is_doubtful = true;
    letter.attachment_count = 0;
    g_autofree char *doubtful = dup_written (&letter);
    g_assert_nonnull (strstr (doubtful, "which may have been sent to you on"));
    g_bytes_unref (letter.attachment.bytes);
}

static void correction_says_what_changed_or_is_refused (void)
{
    static const char *const none[] = { NULL };
    Letter letter = new_letter (BP_PACK_MESSAGE_CORRECTION);
    g_autofree char *text = dup_written (&letter);
    g_assert_nonnull (strstr (text, "the share of plans in time is 61%"));
    g_assert_nonnull (strstr (text, "delete the earlier one"));
    letter.pack.changes = none;
    assert_refused (&letter, "give a change note");
    letter = new_letter (BP_PACK_MESSAGE_FULL);
    letter.attachment_count = 0;
    assert_refused (&letter, "any other message has one");
    g_bytes_unref (letter.attachment.bytes);
}

static void same_data_give_the_same_bytes (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autofree char *first = dup_written (&letter), *second = dup_written (&letter);
    g_assert_cmpstr (first, ==, second);
    g_assert_nonnull (strstr (first, "Message-Id: <0123456789abcdef0123456789abcdef01234567@example.org>\r\n"));
    g_assert_nonnull (strstr (first, "Date: Tue, 09 Sep 2025 09:00:00 +0000\r\n"));
    g_bytes_unref (letter.attachment.bytes);
}

static void keys_differ_when_any_part_does (void)
{
    static const char *const lists[][4] = { { "run", "forum", "a@example.org", NULL },
                                            { "run", "forum", "b@example.org", NULL },
                                            { "run", "foruma", "@example.org", NULL },
                                            { "run2", "forum", "a@example.org", NULL },
                                            { "run", "forum", NULL, NULL } };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (lists); j++)
        {
            g_autofree char *a = bp_message_dup_key (lists[i]), *b = bp_message_dup_key (lists[j]);
            g_assert_cmpint (strcmp (a, b) == 0, ==, i == j);
        }
}

static void every_line_is_short_and_seven_bit (void)
{
    static const char *const long_lines[] = { "\xe2\x80\x93 \xf0\x9f\x99\x82 . From here . From", ".", "From there", NULL };
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autofree char *forum = g_strnfill (180, 'x');
    letter.pack.summary = long_lines;
    letter.pack.forum = forum;
    letter.to_name = "Zo\xc3\xab \xe6\x9d\x8e, \"the\" <member>";
    g_autofree char *text = dup_written (&letter);
    gsize line = 0;
    for (const char *at = text; *at != '\0'; at++)
    {
        g_assert_cmpint ((guchar)*at, <, 128);
        line = *at == '\n' ? 0 : line + 1;
        g_assert_cmpuint (line, <=, 998);
        g_assert_true ((*at == '\n') == (at > text && at[-1] == '\r'));
    }
    g_assert_true (g_str_has_suffix (text, "\r\n"));
    g_bytes_unref (letter.attachment.bytes);
}

static void line_ends_and_controls_are_refused_everywhere (void)
{
    static const char *const bad[]
        = { "x\r\nBcc: other@example.org", "x\ny", "x\ry", "x\ty", "x\x7fy", "x\xc2\x85y", "x\xe2\x80\xa8y", "x\xe2\x80\xaey", "x\xff" };
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        for (int place = 0; place < 7; place++)
        {
            Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
            const char **places[] = { &letter.pack.marking,         &letter.pack.forum,   &letter.pack.subject_prefix, &letter.to_name,
                                      &letter.attachment.file_name, &letter.pack.contact, &letter.pack.handling };
            *places[place] = bad[i];
            assert_refused (&letter, i == G_N_ELEMENTS (bad) - 1 ? "no valid UTF-8" : "a line end or control character");
            g_bytes_unref (letter.attachment.bytes);
        }
        for (int place = 0; place < 3; place++)
        {
            Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
            BpPackMessageAsk ask = asks[0];
            const char **places[] = { &ask.kind, &ask.text, &ask.below };
            *places[place] = bad[i];
            letter.pack.asks = &ask;
            letter.pack.ask_count = 1;
            assert_refused (&letter, "a line of the message");
            g_bytes_unref (letter.attachment.bytes);
        }
    }
}

/* Marks of direction, tags, a blank without width, a soft hyphen. */
static void what_is_not_seen_is_refused_but_for_joiners (void)
{
    static const gunichar hidden[] = { 0x200E, 0x200F, 0x061C, 0x202A, 0x2066, 0x2069, 0xE0041, 0xE0001, 0x200B, 0xFEFF, 0x00AD };
    for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
        char letter_text[7] = { 0 };
        g_unichar_to_utf8 (hidden[i], letter_text);
        g_autofree char *name = g_strdup_printf ("Ann%sOther", letter_text);
        Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
        letter.to_name = name;
        assert_refused (&letter, "one that is not seen");
        g_bytes_unref (letter.attachment.bytes);
    }
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    letter.to_name = "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae\xd9\x88\xd8\xa7\xd9\x87\xd9\x85"; /* a joiner, as Persian is written */
    g_autofree char *text = dup_written (&letter);
    g_assert_cmpuint (strlen (text), >, 0);
    g_bytes_unref (letter.attachment.bytes);
}

static void names_of_attachments_have_no_folder (void)
{
    static const char *const bad[] = { "", ".pdf", "../x.pdf", "a/b.pdf", "a\\b.pdf" };
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
        Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
        letter.attachment.file_name = bad[i];
        assert_refused (&letter, "is no name for an attachment");
        g_bytes_unref (letter.attachment.bytes);
    }
}

static void too_big_a_message_is_refused_with_the_sizes (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_bytes_unref (letter.attachment.bytes);
    letter.attachment.bytes = g_bytes_new_take (g_malloc0 (9000000), 9000000);
    letter.max_bytes = 10000000;
    assert_refused (&letter, "the message would have 12.");
    letter.max_bytes = 13000000;
    g_autofree char *text = dup_written (&letter);
    g_assert_cmpuint (strlen (text), <, letter.max_bytes);
    g_bytes_unref (letter.attachment.bytes);
}

static void saved_message_is_for_owner_and_group_alone (void)
{
    Letter letter = new_letter (BP_PACK_MESSAGE_FULL);
    g_autofree char *folder = g_dir_make_tmp ("boardpack-message-XXXXXX", NULL), *path = g_build_filename (folder, "1.eml", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = write_letter (&letter, &error);
    g_assert_true (bp_message_save (bytes, path, &error));
    struct stat status;
    g_assert_cmpint (stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0137, ==, 0);
    g_assert_cmpint (status.st_size, ==, (gssize)g_bytes_get_size (bytes));
    g_assert_true (bp_folder_remove (folder, NULL));
    g_assert_false (bp_message_save (bytes, path, &error));
    g_bytes_unref (letter.attachment.bytes);
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/message/marking_stands_first_in_the_subject", marking_stands_first_in_the_subject);
    g_test_add_func ("/message/body_says_all_that_it_must", body_says_all_that_it_must);
    g_test_add_func ("/message/opening_says_which_pack_it_is", opening_says_which_pack_it_is);
    g_test_add_func ("/message/asks_are_a_numbered_list", asks_are_a_numbered_list);
    g_test_add_func ("/message/markup_in_data_stays_text", markup_in_data_stays_text);
    g_test_add_func ("/message/notice_holds_nothing_of_the_pack", notice_holds_nothing_of_the_pack);
    g_test_add_func ("/message/recall_holds_nothing_of_the_pack_and_says_which_it_recalls",
                     recall_holds_nothing_of_the_pack_and_says_which_it_recalls);
    g_test_add_func ("/message/correction_says_what_changed_or_is_refused", correction_says_what_changed_or_is_refused);
    g_test_add_func ("/message/same_data_give_the_same_bytes", same_data_give_the_same_bytes);
    g_test_add_func ("/message/keys_differ_when_any_part_does", keys_differ_when_any_part_does);
    g_test_add_func ("/message/every_line_is_short_and_seven_bit", every_line_is_short_and_seven_bit);
    g_test_add_func ("/message/line_ends_and_controls_are_refused_everywhere", line_ends_and_controls_are_refused_everywhere);
    g_test_add_func ("/message/what_is_not_seen_is_refused_but_for_joiners", what_is_not_seen_is_refused_but_for_joiners);
    g_test_add_func ("/message/names_of_attachments_have_no_folder", names_of_attachments_have_no_folder);
    g_test_add_func ("/message/too_big_a_message_is_refused_with_the_sizes", too_big_a_message_is_refused_with_the_sizes);
    g_test_add_func ("/message/saved_message_is_for_owner_and_group_alone", saved_message_is_for_owner_and_group_alone);
    return g_test_run ();
}
