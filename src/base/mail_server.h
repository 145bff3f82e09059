#ifndef BP_BASE_MAIL_SERVER_H
#define BP_BASE_MAIL_SERVER_H

/* How to reach the server that passes mail on: read by config, used by delivery, which may not see one another. Plain data; strings are
 * borrowed. docs/sending.md says what each setting means. */

typedef enum
{
    BP_MAIL_STARTTLS, /* the connection begins plain and must become TLS before anything is said */
    BP_MAIL_TLS       /* TLS from the first byte */
} BpMailSecurity;

typedef enum
{
    BP_MAIL_AUTH_NONE,       /* the relay knows this machine by its address */
    BP_MAIL_AUTH_PASSWORD,   /* user and secret_file */
    BP_MAIL_AUTH_XOAUTH2,    /* user and token_command */
    BP_MAIL_AUTH_CERTIFICATE /* client_certificate and client_key */
} BpMailAuth;

typedef struct
{
    const char *host;
    int port;
    BpMailSecurity security;
    const char *ca_file; /* NULL: the system's authorities */
    BpMailAuth auth;
    const char *user;
    const char *secret_file;   /* the password; a name without '/' is a systemd credential */
    const char *token_command; /* prints an access token */
    const char *client_certificate, *client_key;
    const char *hello_name; /* what the client calls itself; NULL: this machine's name */
    int connect_timeout_seconds, reply_timeout_seconds, message_timeout_seconds;
    int tries;              /* of a message that is to be tried later; at least 1 */
    int retry_wait_seconds; /* before the second try; doubled for each further one */
} BpMailServer;

#endif
