/* A library that is loaded before others and moves the clock of the day by the seconds that stand in /etc/clock-offset; nothing else of it,
 * so that waiting, files' times and what processes share stay what they are, also for a process that becomes another user. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long offset (void)
{
    static long seconds;
    static int is_read;
    char text[32] = "";
    int file = is_read ? -1 : open ("/etc/clock-offset", O_RDONLY | O_CLOEXEC);
    if (file >= 0)
    {
        if (read (file, text, sizeof text - 1) > 0)
            seconds = strtol (text, NULL, 10);
        close (file);
    }
    is_read = 1;
    return seconds;
}

int clock_gettime (clockid_t clock, struct timespec *now)
{
    int code = (int)syscall (SYS_clock_gettime, clock, now);
    if (code == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset ();
    return code;
}

int gettimeofday (struct timeval *now, void *zone)
{
    struct timespec exact;
    (void)zone;
    int code = clock_gettime (CLOCK_REALTIME, &exact);
    *now = (struct timeval){ exact.tv_sec, exact.tv_nsec / 1000 };
    return code;
}

time_t time (time_t *now)
{
    struct timespec exact;
    clock_gettime (CLOCK_REALTIME, &exact);
    if (now != NULL)
        *now = exact.tv_sec;
    return exact.tv_sec;
}
