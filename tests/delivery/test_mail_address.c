#include "delivery/mail_address.h"

#include <string.h>

static void assert_judged (const char *address, bool is_good)
{
    g_autoptr (GError) error = NULL;
    g_test_message ("'%s'", address);
    g_assert_cmpint (bp_mail_address_check ("the address", address, &error), ==, is_good);
    g_assert_cmpint (error == NULL, ==, is_good);
}

static void plain_addresses_are_accepted (void)
{
    static const char *const good[] = { "a@example.org",       "first.last+tag@mail.example.org",
                                        "o'brien@example.org", "x_y-z@a-b.example.co",
                                        "a=b~c@example.org",   "UPPER@EXAMPLE.ORG",
                                        "1@2.example" };
    for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
        assert_judged (good[i], true);
    g_assert_cmpstr (bp_mail_address_domain (good[1]), ==, "mail.example.org");
}

static void whatever_is_not_one_address_is_refused (void)
{
    static const char *const bad[] = { "",
                                       "a",
                                       "@example.org",
                                       "a@",
                                       "a@localhost",
                                       "a@@example.org",
                                       "a@b@example.org",
                                       ".a@example.org",
                                       "a.@example.org",
                                       "a..b@example.org",
                                       "a b@example.org",
                                       " a@example.org",
                                       "a@example.org ",
                                       "a@example.org\n",
                                       "a@example.org\r\nRCPT TO:<b@example.org>",
                                       "a@example.org,b@example.org",
                                       "a@example.org;b@example.org",
                                       "<a@example.org>",
                                       "A <a@example.org>",
                                       "\"a b\"@example.org",
                                       "a(comment)@example.org",
                                       "a@[192.0.2.1]",
                                       "a@192.0.2.1",
                                       "a@-b.example",
                                       "a@b-.example",
                                       "a@example..org",
                                       "a@example.org.",
                                       "a@ex_ample.org",
                                       "a\t@example.org",
                                       "a\x7f@example.org",
                                       "a@example.org> SIZE=1",
                                       "zo\xc3\xab@example.org",
                                       "a@ex\xc3\xa4mple.org",
                                       "a@example.\xff" };
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        assert_judged (bad[i], false);
}

static void lengths_have_limits (void)
{
    g_autofree char *local = g_strnfill (64, 'a'), *label = g_strnfill (63, 'b');
    g_autofree char *longest = g_strdup_printf ("%s@%s.%s.%.61s", local, label, label, label);
    g_autofree char *long_local = g_strdup_printf ("a%s@example.org", local), *long_label = g_strdup_printf ("a@b%s.org", label);
    g_autofree char *too_long = g_strdup_printf ("%s@%s.%s.%.62s", local, label, label, label);
    g_assert_cmpuint (strlen (longest), ==, 254);
    assert_judged (longest, true);
    assert_judged (long_local, false);
    assert_judged (long_label, false);
    assert_judged (too_long, false);
}

static void letters_beyond_ascii_get_a_message_of_their_own (void)
{
    g_autoptr (GError) error = NULL;
    g_assert_false (bp_mail_address_check ("the recipient's address", "zo\xc3\xab@example.org", &error));
    g_assert_nonnull (strstr (error->message, "the recipient's address 'zo\xc3\xab@example.org'"));
    g_assert_nonnull (strstr (error->message, "plain ASCII"));
}

static void what_servers_route_by_is_refused_and_named (void)
{
    static const struct
    {
        const char *address, *character;
    } cases[] = { { "eve%example.com@example.org", "'%'" },
                  { "example.com!eve@example.org", "'!'" },
                  { "|sh@example.org", "'|'" },
                  { "/dev/null@example.org", "'/'" },
                  { "-oQ/tmp@example.org", "'-'" },
                  { "`id`@example.org", "'`'" },
                  { "$HOME@example.org", "'$'" },
                  { "=?utf-8?q?a?=@example.org", "'?'" }, /* a code of MIME, which some programs would read */
                  { "a&b@example.org", "'&'" } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
        g_autoptr (GError) error = NULL;
        assert_judged (cases[i].address, false);
        bp_mail_address_check ("the address", cases[i].address, &error);
        g_assert_nonnull (strstr (error->message, cases[i].character));
    }
    assert_judged ("a-b@example.org", true);
    assert_judged ("a%b@c@example.org", false);
}

static void assert_masked (const char *text, const char *masked)
{
    g_autofree char *got = bp_mail_address_dup_masked (text);
    g_assert_cmpstr (got, ==, masked);
}

static void every_address_in_words_is_masked (void)
{
    assert_masked ("ann@example.org", "a***@example.org");
    assert_masked ("550 5.1.1 <Ann.Other@Example.ORG>: no such user", "550 5.1.1 <A***@Example.ORG>: no such user");
    assert_masked ("a@b.example, c@d.example; 'e.f@g.example'", "a***@b.example, c***@d.example; 'e***@g.example'");
    assert_masked ("rcpt to:\"ann other\"@example.org.", "rcpt to:\"***@example.org.");
    assert_masked ("o'brien+x=y@example.org", "o***@example.org");
    assert_masked ("zo\xc3\xab@ex\xc3\xa4mple.org, \xc3\xab@x", "z***@ex\xc3\xa4mple.org, \xc3\xab***@x");
    assert_masked ("eve%mail.example!x@example.org /a@b", "e***@example.org /***@b");
    assert_masked ("at @ noon, x@y@z", "at @ noon, x***@y@z");
    assert_masked ("no address, 50% {here}", "no address, 50% {here}");
    assert_masked ("\xff"
                   "ann@example.org",
                   "\xef\xbf\xbd***@example.org");
    assert_masked ("", "");
}

int main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/mail_address/every_address_in_words_is_masked", every_address_in_words_is_masked);
    g_test_add_func ("/mail_address/plain_addresses_are_accepted", plain_addresses_are_accepted);
    g_test_add_func ("/mail_address/whatever_is_not_one_address_is_refused", whatever_is_not_one_address_is_refused);
    g_test_add_func ("/mail_address/lengths_have_limits", lengths_have_limits);
    g_test_add_func ("/mail_address/letters_beyond_ascii_get_a_message_of_their_own", letters_beyond_ascii_get_a_message_of_their_own);
    g_test_add_func ("/mail_address/what_servers_route_by_is_refused_and_named", what_servers_route_by_is_refused_and_named);
    return g_test_run ();
}
