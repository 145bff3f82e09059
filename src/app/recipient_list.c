#include "app/recipient_list.h"

#include "base/text.h"
#include "delivery/mail_address.h"
#include "store/sends.h"

#include <string.h>

static void free_addressee (gpointer pointer)
{
    BpAddressee *addressee = pointer;
    g_free (addressee->refusal);
    g_free (addressee);
}

bool bp_recipient_list_allows (const BpForum *forum, const BpMailSettings *mail, const char *address)
{
    const bool has_own = forum != NULL && forum->mail_domains != NULL;
    const char *const *domains = has_own ? forum->mail_domains : mail->domains;
    const char *domain = bp_mail_address_domain (address);
    for (int i = 0; domains != NULL && domains[i] != NULL; i++)
        if (g_ascii_strcasecmp (domains[i], domain) == 0)
            return true;
    return false;
}

static bool is_same_address (const char *one, const char *other)
{
    g_autofree char *key = bp_send_dup_address_key (one), *other_key = bp_send_dup_address_key (other);
    return strcmp (key, other_key) == 0;
}

bool bp_recipient_list_has_tester (const BpMailSettings *mail, const char *address)
{
    bool is_found = mail->sender != NULL && is_same_address (mail->sender, address);
    for (int i = 0; mail->testers != NULL && mail->testers[i] != NULL; i++)
        is_found = is_found || is_same_address (mail->testers[i], address);
    return is_found;
}

/* Why nothing may go to that row; NULL if something may. */
static char *dup_refusal (const BpRecipient *recipient, bool is_outside)
{
    if (recipient->fault != NULL)
        return g_strdup_printf ("%s, row %d: %s", recipient->file, recipient->row, recipient->fault);
    if (is_outside && *recipient->exception_approved_by == '\0')
        return g_strdup_printf ("%s, row %d: its domain is not on the allow-list, and nobody has approved an exception", recipient->file,
                                recipient->row);
    if (is_outside && recipient->exception_fault != NULL)
        return g_strdup_printf ("its domain is not on the allow-list, and %s, row %d says who approved an exception: %s", recipient->file,
                                recipient->row, recipient->exception_fault);
    return NULL;
}

static BpAddressee *new_addressee (const BpRecipient *recipient, const BpForum *forum, bool is_sensitive, const BpMailSettings *mail)
{
    g_autoptr (GError) why = NULL;
    BpAddressee *addressee = g_new0 (BpAddressee, 1);
    addressee->recipient = recipient;
    if (!bp_mail_address_check ("the address", recipient->address, &why))
    {
        addressee->refusal = g_strdup_printf ("%s, row %d: %s", recipient->file, recipient->row, why->message);
        addressee->is_to_mend = true;
        return addressee;
    }
    addressee->is_outside = !bp_recipient_list_allows (forum, mail, recipient->address);
    addressee->refusal = dup_refusal (recipient, addressee->is_outside);
    addressee->is_to_mend = addressee->refusal != NULL;
    addressee->is_notice = addressee->is_outside && is_sensitive;
    addressee->has_workbook = recipient->wants_workbook && !addressee->is_notice;
    return addressee;
}

/* Nobody gets two: the address that is in keys already is refused. */
static void refuse_second (BpAddressee *addressee, GHashTable *keys)
{
    if (addressee->refusal != NULL)
        return;
    char *key = bp_send_dup_address_key (addressee->recipient->address);
    if (!g_hash_table_add (keys, key)) /* takes the key in either case */
        addressee->refusal = g_strdup_printf ("%s, row %d: this forum has the address on an earlier row, which counts",
                                              addressee->recipient->file, addressee->recipient->row);
}

GPtrArray *bp_recipient_list_new (const GPtrArray *recipients, const BpForum *forum, bool is_sensitive, const BpMailSettings *mail,
                                  BpDate day)
{
    g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *list = g_ptr_array_new_with_free_func (free_addressee);
    for (guint i = 0; i < recipients->len; i++)
    {
        const BpRecipient *recipient = recipients->pdata[i];
        if (recipient->forum != forum || (recipient->fault == NULL && !bp_recipient_is_in_force (recipient, day)))
            continue;
        BpAddressee *addressee = new_addressee (recipient, forum, is_sensitive, mail);
        refuse_second (addressee, keys);
        g_ptr_array_add (list, addressee);
    }
    return list;
}
