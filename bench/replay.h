#ifndef BENCH_REPLAY_H
#define BENCH_REPLAY_H

#include <glib.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <time.h>

/* Helpers of the replays: read a dump, time a loop, say how much memory it took. A benchmark that cannot go on says why and ends. */
static inline char *replay_read (const char *path)
{
    char *contents = NULL;
    GError *error = NULL;

    if (!g_file_get_contents (path, &contents, NULL, &error))
        g_error ("%s", error->message);
    return contents;
}

/* CPU time of this process so far, in milliseconds: all threads, the system's part included. */
static inline double replay_cpu_ms (void)
{
    struct timespec used;

    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1000.0 + (double)used.tv_nsec / 1e6;
}

/* One line for bench/run: "<name> <milliseconds of CPU> <peak kilobytes> <what was written>". */
static inline void replay_report (const char *name, double ms, const char *amount)
{
    struct rusage usage;

    getrusage (RUSAGE_SELF, &usage);
    g_print ("%s %.1f %ld %s\n", name, ms, usage.ru_maxrss, amount);
}

#endif
