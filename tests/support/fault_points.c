/* Runs a program and lets something go wrong at the Nth call by which it changes the disk or speaks to the network.
 *
 *   fault_points [--list FILE] [--calls all|disk|room] [--at N --do WHAT [--from-then-on]] PROGRAM [ARGUMENT…]
 *
 * Counted are (all) calls that change the disk or send something; (disk) those that change the disk; (room) those of them that need room on
 * it. WHAT is kill (SIGKILL before the call), kill-after, half (half of the bytes of a write, then SIGKILL; another call: kill), short
 * (half of the bytes, and it goes on), or an error that the call fails with: ENOSPC, EDQUOT, EROFS, EIO, EACCES, EFBIG; with --from-then-on
 * all counted calls after it fail too. FILE gets a line for each call counted: number, call, what on; the first that a fault struck ends
 * with
 * "!". Standard input and output, devices, pipes are not counted.
 *
 * Ends as the program does; 137 if it was killed here, 128 + signal if it died of another, 126 if it cannot be done on this machine.
 *
 * The calls are caught as they enter the kernel (seccomp and ptrace): a library put before the C library would miss what the C library
 * calls itself, which is all of stdio. Threads and children are followed, and counted with the program. */

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_IMPOSSIBLE 126
#define EXIT_KILLED (128 + SIGKILL)

#ifndef __x86_64__

int main (void)
{
    fputs ("fault_points: knows the calls of x86-64 alone\n", stderr);
    return EXIT_IMPOSSIBLE;
}

#else

/* Which calls are counted; each holds the next. */
typedef enum
{
    CALLS_ALL,
    CALLS_DISK,
    CALLS_ROOM
} Calls;

typedef enum
{
    DO_NOTHING,
    DO_KILL,
    DO_KILL_AFTER,
    DO_HALF,
    DO_SHORT,
    DO_FAIL
} Deed;

/* What the call is about: where its path or descriptor stands among the arguments. */
typedef enum
{
    ON_PATH_0,
    ON_PATH_1,
    ON_PATH_2, /* links: the new name */
    ON_PATH_3,
    ON_DESCRIPTOR,
    ON_SOCKET
} Subject;

typedef struct
{
    long number;
    const char *name;
    Subject subject;
    int flags_at; /* of open: the argument with the flags; else -1 */
    int needs_room, has_length;
} Call;

static const Call calls[] = {
    { SYS_open, "open", ON_PATH_0, 1, 1, 0 },
    { SYS_openat, "openat", ON_PATH_1, 2, 1, 0 },
    { SYS_creat, "creat", ON_PATH_0, -1, 1, 0 },
    { SYS_write, "write", ON_DESCRIPTOR, -1, 1, 1 },
    { SYS_pwrite64, "pwrite", ON_DESCRIPTOR, -1, 1, 1 },
    { SYS_writev, "writev", ON_DESCRIPTOR, -1, 1, 0 },
    { SYS_pwritev, "pwritev", ON_DESCRIPTOR, -1, 1, 0 },
    { SYS_sendto, "sendto", ON_SOCKET, -1, 0, 1 },
    { SYS_sendmsg, "sendmsg", ON_SOCKET, -1, 0, 0 },
    { SYS_copy_file_range, "copy_file_range", ON_DESCRIPTOR, -1, 1, 0 },
    { SYS_fsync, "fsync", ON_DESCRIPTOR, -1, 0, 0 },
    { SYS_fdatasync, "fdatasync", ON_DESCRIPTOR, -1, 0, 0 },
    { SYS_ftruncate, "ftruncate", ON_DESCRIPTOR, -1, 0, 0 },
    { SYS_truncate, "truncate", ON_PATH_0, -1, 0, 0 },
    { SYS_fallocate, "fallocate", ON_DESCRIPTOR, -1, 1, 0 },
    { SYS_fchmod, "fchmod", ON_DESCRIPTOR, -1, 0, 0 },
    { SYS_chmod, "chmod", ON_PATH_0, -1, 0, 0 },
    { SYS_fchmodat, "fchmodat", ON_PATH_1, -1, 0, 0 },
    { SYS_rename, "rename", ON_PATH_1, -1, 1, 0 },
    { SYS_renameat, "renameat", ON_PATH_3, -1, 1, 0 },
    { SYS_renameat2, "renameat2", ON_PATH_3, -1, 1, 0 },
    { SYS_link, "link", ON_PATH_1, -1, 1, 0 },
    { SYS_linkat, "linkat", ON_PATH_3, -1, 1, 0 },
    { SYS_symlink, "symlink", ON_PATH_1, -1, 1, 0 },
    { SYS_symlinkat, "symlinkat", ON_PATH_2, -1, 1, 0 },
    { SYS_unlink, "unlink", ON_PATH_0, -1, 0, 0 },
    { SYS_unlinkat, "unlinkat", ON_PATH_1, -1, 0, 0 },
    { SYS_mkdir, "mkdir", ON_PATH_0, -1, 1, 0 },
    { SYS_mkdirat, "mkdirat", ON_PATH_1, -1, 1, 0 },
    { SYS_rmdir, "rmdir", ON_PATH_0, -1, 0, 0 },
};
#define CALL_COUNT (sizeof calls / sizeof calls[0])

typedef struct
{
    Calls counted;
    long at, count;
    Deed deed;
    int code; /* errno of DO_FAIL */
    int from_then_on;
    FILE *list;
    pid_t program;
    int is_killed;
} Plan;

static void die (const char *what)
{
    fprintf (stderr, "fault_points: %s: %s\n", what, strerror (errno));
    exit (EXIT_IMPOSSIBLE);
}

/* ---- the program that is run ---- */

/* Lets the kernel stop at the calls of the table, and at no other: the program runs at nearly its own speed. */
static void ask_for_stops (void)
{
    struct sock_filter filter[4 + CALL_COUNT + 2];
    size_t length = 0;
    filter[length++] = (struct sock_filter)BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch));
    filter[length++] = (struct sock_filter)BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
    filter[length++] = (struct sock_filter)BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr));
    for (size_t i = 0; i < CALL_COUNT; i++)
        filter[length++]
            = (struct sock_filter)BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].number, (unsigned char)(CALL_COUNT - i), 0);
    filter[length++] = (struct sock_filter)BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog program = { .len = (unsigned short)length, .filter = filter };
    if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        die ("seccomp");
}

static void run_program (char **arguments)
{
    if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
        die ("ptrace");
    raise (SIGSTOP); /* until the options are set */
    ask_for_stops ();
    execvp (arguments[0], arguments);
    die (arguments[0]);
}

/* ---- looking at a call ---- */

static const Call *find_call (long number)
{
    for (size_t i = 0; i < CALL_COUNT; i++)
        if (calls[i].number == number)
            return &calls[i];
    return NULL;
}

static unsigned long long argument (const struct user_regs_struct *regs, int at)
{
    const unsigned long long arguments[] = { regs->rdi, regs->rsi, regs->rdx, regs->r10, regs->r8, regs->r9 };
    return arguments[at];
}

static void read_path (pid_t task, unsigned long long address, char *path, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++)
    {
        struct iovec here = { path + i, 1 }, there = { (void *)(address + i), 1 }; // NOLINT(performance-no-int-to-ptr)
        if (process_vm_readv (task, &here, 1, &there, 1, 0) != 1 || path[i] == '\0')
        {
            path[i] = '\0';
            return;
        }
    }
    path[size - 1] = '\0';
}

static void read_subject (pid_t task, const Call *call, const struct user_regs_struct *regs, char *text, size_t size)
{
    char link[64];
    if (call->subject <= ON_PATH_3)
    {
        read_path (task, argument (regs, (int)call->subject), text, size);
        return;
    }
    snprintf (link, sizeof link, "/proc/%d/fd/%d", (int)task, (int)regs->rdi);
    ssize_t length = readlink (link, text, size - 1);
    text[length > 0 ? length : 0] = '\0';
}

static int is_counted (const Plan *plan, const Call *call, const struct user_regs_struct *regs, const char *subject)
{
    const int is_socket = strncmp (subject, "socket:", 7) == 0;
    if (call->flags_at >= 0 && (argument (regs, call->flags_at) & (O_CREAT | O_WRONLY | O_RDWR)) == 0)
        return 0;
    if (call->subject >= ON_DESCRIPTOR && (int)regs->rdi >= 0 && (int)regs->rdi <= STDERR_FILENO)
        return 0;
    if (strncmp (subject, "/dev/", 5) == 0 || strncmp (subject, "/proc/", 6) == 0)
        return 0;
    if (call->subject >= ON_DESCRIPTOR && !is_socket && subject[0] != '/')
        return 0; /* a pipe, an eventfd */
    if (plan->counted == CALLS_ROOM && call->flags_at >= 0 && access (subject, F_OK) == 0)
        return 0; /* is there already */
    return plan->counted == CALLS_ALL || (!is_socket && (plan->counted == CALLS_DISK || call->needs_room));
}

/* ---- what goes wrong ---- */

static void kill_program (Plan *plan)
{
    plan->is_killed = 1;
    kill (plan->program, SIGKILL);
}

/* Returns whether the end of the call is to be waited for. */
static int strike (Plan *plan, pid_t task, const Call *call, struct user_regs_struct *regs)
{
    const int is_parted = call->has_length && regs->rdx > 1;
    switch (plan->deed)
    {
    case DO_NOTHING:
        return 0;
    case DO_KILL_AFTER:
        return 1;
    case DO_HALF:
    case DO_SHORT:
        if (is_parted)
        {
            regs->rdx /= 2;
            if (ptrace (PTRACE_SETREGS, task, NULL, regs) != 0)
                die ("ptrace");
            return plan->deed == DO_HALF;
        }
        if (plan->deed == DO_HALF)
            kill_program (plan);
        return 0;
    case DO_KILL:
        kill_program (plan);
        return 0;
    case DO_FAIL:
        regs->orig_rax = (unsigned long long)-1; /* no call */
        regs->rax = (unsigned long long)-plan->code;
        if (ptrace (PTRACE_SETREGS, task, NULL, regs) != 0)
            die ("ptrace");
        return 0;
    }
    return 0;
}

/* Returns whether the end of the call is to be waited for. */
static int meet_call (Plan *plan, pid_t task)
{
    struct user_regs_struct regs;
    char subject[4096];
    if (ptrace (PTRACE_GETREGS, task, NULL, &regs) != 0)
        return 0; /* killed meanwhile */
    const Call *call = find_call ((long)regs.orig_rax);
    if (call == NULL || plan->is_killed)
        return 0;
    read_subject (task, call, &regs, subject, sizeof subject);
    if (!is_counted (plan, call, &regs, subject))
        return 0;
    plan->count++;
    const int is_struck = plan->at > 0 && (plan->from_then_on ? plan->count >= plan->at : plan->count == plan->at);
    if (plan->list != NULL)
        fprintf (plan->list, "%ld %s %s%s\n", plan->count, call->name, subject, is_struck && plan->count == plan->at ? " !" : "");
    return is_struck ? strike (plan, task, call, &regs) : 0;
}

/* ---- following it ---- */

/* A stop of a task: what it is, and how the task goes on. */
static void meet_stop (Plan *plan, pid_t task, int status)
{
    const int signal_number = WSTOPSIG (status), event = status >> 16;
    int is_awaited = 0, passed_on = 0;
    if (event == PTRACE_EVENT_SECCOMP)
        is_awaited = meet_call (plan, task);
    else if (signal_number == (SIGTRAP | 0x80))
        kill_program (plan); /* the end of a call that was awaited */
    else if (event == 0 && signal_number != SIGSTOP && signal_number != SIGTRAP)
        passed_on = signal_number;
    ptrace (is_awaited ? PTRACE_SYSCALL : PTRACE_CONT, task, NULL, (void *)(long)passed_on); // NOLINT(performance-no-int-to-ptr)
}

static int follow (Plan *plan)
{
    const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
                         | PTRACE_O_EXITKILL;
    int status;
    if (waitpid (plan->program, &status, 0) < 0 || !WIFSTOPPED (status)
        || ptrace (PTRACE_SETOPTIONS, plan->program, NULL, (void *)options) != 0) // NOLINT(performance-no-int-to-ptr)
        die ("ptrace");
    ptrace (PTRACE_CONT, plan->program, NULL, NULL);
    for (;;)
    {
        pid_t task = waitpid (-1, &status, __WALL);
        if (task < 0)
            die ("waitpid");
        if (WIFSTOPPED (status))
            meet_stop (plan, task, status);
        else if (task == plan->program)
            return plan->is_killed && WIFSIGNALED (status) ? EXIT_KILLED
                   : WIFSIGNALED (status)                  ? 128 + WTERMSIG (status)
                                                           : WEXITSTATUS (status);
    }
}

/* ---- the command line ---- */

static int parse_deed (Plan *plan, const char *word)
{
    static const struct
    {
        const char *word;
        Deed deed;
        int code;
    } deeds[] = { { "kill", DO_KILL, 0 },        { "kill-after", DO_KILL_AFTER, 0 }, { "half", DO_HALF, 0 },      { "short", DO_SHORT, 0 },
                  { "ENOSPC", DO_FAIL, ENOSPC }, { "EDQUOT", DO_FAIL, EDQUOT },      { "EROFS", DO_FAIL, EROFS }, { "EIO", DO_FAIL, EIO },
                  { "EACCES", DO_FAIL, EACCES }, { "EFBIG", DO_FAIL, EFBIG } };
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp (deeds[i].word, word) == 0)
        {
            plan->deed = deeds[i].deed;
            plan->code = deeds[i].code;
            return 1;
        }
    return 0;
}

static int parse_option (Plan *plan, const char *option, const char *value)
{
    static const char *const names[] = { "all", "disk", "room" };
    if (strcmp (option, "--list") == 0)
        return (plan->list = fopen (value, "we")) != NULL;
    if (strcmp (option, "--at") == 0)
        return (plan->at = strtol (value, NULL, 10)) > 0;
    if (strcmp (option, "--do") == 0)
        return parse_deed (plan, value);
    if (strcmp (option, "--calls") == 0)
        for (int i = 0; i < 3; i++)
            if (strcmp (names[i], value) == 0)
            {
                plan->counted = (Calls)i;
                return 1;
            }
    return 0;
}

int main (int argc, char **argv)
{
    Plan plan = { .counted = CALLS_ALL };
    int at = 1;
    for (; at < argc && strncmp (argv[at], "--", 2) == 0; at++)
    {
        if (strcmp (argv[at], "--from-then-on") == 0)
            plan.from_then_on = 1;
        else if (at + 1 >= argc || !parse_option (&plan, argv[at], argv[at + 1]))
        {
            fprintf (stderr, "fault_points: wrong option %s\n", argv[at]);
            return EXIT_IMPOSSIBLE;
        }
        else
            at++;
    }
    if (at >= argc)
    {
        fputs ("fault_points: say which program\n", stderr);
        return EXIT_IMPOSSIBLE;
    }
    plan.program = fork ();
    if (plan.program < 0)
        die ("fork");
    if (plan.program == 0)
        run_program (argv + at);
    int code = follow (&plan);
    if (plan.list != NULL && fclose (plan.list) != 0)
        die ("--list");
    return code;
}

#endif
