#include "app/interrupt.h"

#include <signal.h>

static volatile sig_atomic_t has_come = 0;

static void note_signal (int signal_number G_GNUC_UNUSED)
{
    has_come = 1;
}

void bp_interrupt_keep_writing (void)
{
    signal (SIGXFSZ, SIG_IGN);
}

void bp_interrupt_watch (void)
{
    struct sigaction action = { .sa_handler = note_signal, .sa_flags = (int)(SA_RESTART | SA_RESETHAND) };
    sigemptyset (&action.sa_mask);
    sigaction (SIGINT, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    sigaction (SIGHUP, &action, NULL);
}

bool bp_interrupt_check (GError **error)
{
    return has_come == 0 || bp_fail (error, BP_ERROR_INTERRUPTED, "stopped; the packs of the last finished run are still there");
}
