#ifndef BENCH_REPLAY_H
#define BENCH_REPLAY_H

#include <glib.h>
#include <stdbool.h>
#include <sys/resource.h>

/* Helpers of the replays: read a dump, time a loop, say how much memory it took. A benchmark that cannot go on says why and ends. */
static inline char *replay_read (const char *path)
{
    char *contents = NULL;
    GError *error = NULL;

    if (!g_file_get_contents (path, &contents, NULL, &error))
        g_error ("%s", error->message);
    return contents;
}

static inline double replay_ms_since (gint64 began)
{
    return (double)(g_get_monotonic_time () - began) / 1000.0;
}

/* One line for bench/run: "<name> <milliseconds> <peak kilobytes> <what was written>". */
static inline void replay_report (const char *name, double ms, const char *amount)
{
    struct rusage usage;

    getrusage (RUSAGE_SELF, &usage);
    g_print ("%s %.1f %ld %s\n", name, ms, usage.ru_maxrss, amount);
}

#endif
