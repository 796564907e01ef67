/*
 * From a key to the screen: the program on a pseudo-terminal of 200x60 with the bundled study.
 * A line a movement: bytes a frame, the middle and the slowest of the times from the key to the
 * frame's last byte, and the processor's time a frame, which other work on the machine does not
 * lengthen.
 */
#include "bench.h"
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS = 200, ROWS = 60, FRAMES = 40, QUIET = 40 /* milliseconds: a frame is over */ };

/* What is timed: keys that lead there, and the keys of which each is a frame, in turn. */
static const struct {
    const char *name, *before, *keys;
} movements[] = {
    {"taxa, cursor down", "", "j"},
    {"taxa, cursor down and up", "g", "jk"},
    {"taxa, a screen down and up", "g", "\006\002"},
    {"pair of 7, forest, cursor", "gj\r2", "jk"},
    {"pair of 7, scatter, cursor", "3", "jk"},
    {"pair of 94, methods, cursor", "r1", "jk"},
    {"pair of 94, forest, cursor", "2", "jk"},
    {"pair of 94, forest unfolded, cursor", "z", "jk"},
    {"pair of 94, scatter, cursor", "3", "jk"},
    {"pair of 94, density, cursor", "9", "jk"},
    {"pair of 94, likelihood, cursor", ":tab likelihood\r", "jk"},
    {"pair of 94, from chart to chart", "", "\t"},
    {"variant left out and taken back", "2r2jj", "x"},
    {"lesson, slider moved", ":learn medians\rnnn", "lh"},
};

struct terminal {
    int master;
    pid_t child;
};

struct frame {
    double seconds;
    size_t bytes;
};

/* Reads until nothing comes for QUIET milliseconds; the time of the last byte. Where the
 * program asks for the cursor, it is told. */
static struct frame read_frame(const struct terminal *terminal, double start, int wait)
{
    struct frame frame = {0, 0};
    struct pollfd ready = {.fd = terminal->master, .events = POLLIN};
    char bytes[1 << 16];

    while (poll(&ready, 1, frame.bytes == 0 ? wait : QUIET) > 0) {
        ssize_t got = read(terminal->master, bytes, sizeof bytes - 1);
        if (got <= 0) {
            break;
        }
        bytes[got] = '\0';
        frame.bytes += (size_t)got;
        frame.seconds = bench_now() - start;
        if (strstr(bytes, "\033[6n") != NULL && write(terminal->master, "\033[1;2R", 6) != 6) {
            break;
        }
    }
    return frame;
}

static struct frame press(const struct terminal *terminal, const char *key, size_t length)
{
    double start = bench_now();

    if (write(terminal->master, key, length) != (ssize_t)length) {
        return (struct frame){-1, 0};
    }
    return read_frame(terminal, start, 1000);
}

static void prepare(const struct terminal *terminal, const char *keys)
{
    for (; *keys != '\0'; keys++) {
        (void)press(terminal, keys, 1);
    }
}

/* Seconds that the program has computed so far. */
static double processor_time(pid_t child)
{
    clockid_t clock;
    struct timespec time = {0};

    if (clock_getcpuclockid(child, &clock) == 0) {
        (void)clock_gettime(clock, &time);
    }
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void time_movement(const struct terminal *terminal, const char *name, const char *keys)
{
    double seconds[FRAMES];
    size_t bytes = 0, count = strlen(keys);
    double before = processor_time(terminal->child);

    for (size_t i = 0; i < FRAMES; i++) {
        struct frame frame = press(terminal, keys + i % count, 1);
        seconds[i] = frame.seconds;
        bytes += frame.bytes;
    }
    double middle = bench_median(seconds, FRAMES); /* sorts them */
    double computed = (processor_time(terminal->child) - before) / FRAMES;
    printf("%-40s %6zu bytes %7.0f us, slowest %7.0f, processor %6.0f\n", name, bytes / FRAMES,
           1e6 * middle, 1e6 * seconds[FRAMES - 1], 1e6 * computed);
    fflush(stdout);
}

/* Until everything is computed and shown: half a second without work. */
static void wait_until_idle(const struct terminal *terminal)
{
    double before = -1, now = 0;

    for (int i = 0; i < 240 && now - before > 0.001; i++) {
        (void)read_frame(terminal, bench_now(), 500);
        before = now;
        now = processor_time(terminal->child);
    }
}

void bench_frames(const char *program)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    struct terminal terminal;

    terminal.child = forkpty(&terminal.master, NULL, NULL, &size);
    if (terminal.child == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execl(program, program, "--quiet", (char *)NULL);
        _exit(127);
    }
    printf("frames at %dx%d, from the key to the last byte\n", COLUMNS, ROWS);
    wait_until_idle(&terminal);
    for (size_t i = 0; i < sizeof movements / sizeof movements[0]; i++) {
        prepare(&terminal, movements[i].before);
        time_movement(&terminal, movements[i].name, movements[i].keys);
    }
    kill(terminal.child, SIGTERM);
    waitpid(terminal.child, NULL, 0);
    close(terminal.master);
}
