/*
 * What is timed, and against what. Prints a line a figure: median wall seconds of five runs,
 * peak memory, and the ratio to a named reference run on the same machine just before.
 * References: `awk` computing the inverse variance weighted estimate alone from the same table;
 * starting empty processes, which measures the machine's speed of the moment. Then every method
 * that draws or searches, by itself (bench_methods.c). Nothing here asserts: a person reads it.
 * `bench program` and `bench methods` do one half, `bench frames` the frames alone, `bench
 * lesson` a lesson whose slider moves, `bench rawstudy` studies of whole GWAS files, `bench
 * mediation` mediators, `bench overlap` coverage where samples overlap, `bench wide` studies of
 * very many pairs, `bench clump` clumping, of a million variants too, `bench reading` large
 * files (by itself only: it needs 3 GB of disk); `--r` sets R's packages beside the methods.
 */
#include "bench.h"
#include "numeric/start.h"
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 5

struct figure {
    double seconds; /* median */
    double megabytes;
};

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

double bench_median(double *seconds, size_t count)
{
    qsort(seconds, count, sizeof seconds[0], compare);
    return seconds[count / 2];
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

/* One run through the shell, its output thrown away; peak memory of the largest process. */
struct bench_figure bench_once(const char *command)
{
    double start = bench_now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench: failed: %s\n", command);
        exit(1);
    }
    return (struct bench_figure){.seconds = bench_now() - start,
                                 .megabytes = (double)usage.ru_maxrss / 1024.0,
                                 .processor =
                                     seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)};
}

static double run_once(const char *command, double *megabytes)
{
    struct bench_figure figure = bench_once(command);
    *megabytes = figure.megabytes;
    return figure.seconds;
}

static struct figure run(const char *command)
{
    double seconds[RUNS];
    struct figure figure = {0};
    run_once(command, &figure.megabytes);
    for (int i = 0; i < RUNS; i++) {
        seconds[i] = run_once(command, &figure.megabytes);
    }
    figure.seconds = bench_median(seconds, RUNS);
    return figure;
}

struct bench_figure bench_run(const char *command)
{
    struct figure figure = run(command);
    return (struct bench_figure){.seconds = figure.seconds, .megabytes = figure.megabytes};
}

void bench_run_once(const char *command)
{
    double unused;
    run_once(command, &unused);
}

/* Seconds until the program on a terminal of 100x30 has shown `wanted`; -1 when it never does.
 */
static double first_screen(const char *program, const char *wanted)
{
    struct winsize size = {.ws_row = 30, .ws_col = 100};
    int terminal = -1;
    double start = bench_now();
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    char seen[1 << 16];
    size_t length = 0;
    double answer = -1;
    while (answer < 0 && length < sizeof seen - 1 && bench_now() - start < 10) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        if (poll(&ready, 1, 100) <= 0) {
            continue;
        }
        ssize_t got = read(terminal, seen + length, sizeof seen - 1 - length);
        if (got <= 0) {
            break;
        }
        length += (size_t)got;
        seen[length] = '\0';
        /* a terminal answers when it is asked where the cursor is */
        if (strstr(seen, "\033[6n") != NULL && strstr(seen, wanted) == NULL) {
            if (write(terminal, "\033[1;2R", 6) != 6) {
                break;
            }
            *strstr(seen, "\033[6n") = ' ';
        }
        if (strstr(seen, wanted) != NULL) {
            answer = bench_now() - start;
        }
    }
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    close(terminal);
    return answer;
}

static void print(const char *name, struct figure figure, const char *reference,
                  struct figure against)
{
    printf("%-44s %8.3f s %7.1f MB   %6.2f x %s (%.3f s)\n", name, figure.seconds,
           figure.megabytes, figure.seconds / against.seconds, reference, against.seconds);
    fflush(stdout);
}

#define AWK_IVW                                                                                \
    "awk -F'\\t' 'NR>1{w=1/($4*$4); a+=w*$1*$3; b+=w*$1*$1} END{print a/b, 1/sqrt(b)}' "

static void bench_sizes(const char *program)
{
    static const int sizes[] = {10, 100, 1000, 10000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char make[512], ours[512], theirs[512], name[64], table[64];
        snprintf(table, sizeof table, "/tmp/taxamr-bench-%d-%d.tsv", (int)getpid(), sizes[i]);
        snprintf(make, sizeof make,
                 "awk 'BEGIN{srand(7); OFS=\"\\t\"; print \"bx\",\"sx\",\"by\",\"sy\"; "
                 "for(i=0;i<%d;i++){x=.05+.1*rand(); print x,.01+.005*rand(),"
                 ".2*x+.02*(rand()-.5),.01+.005*rand()}}' > %s",
                 sizes[i], table);
        double unused;
        run_once(make, &unused);
        snprintf(ours, sizeof ours, "%s mr --methods all --boot 1000 %s", program, table);
        snprintf(theirs, sizeof theirs, AWK_IVW "%s", table);
        snprintf(name, sizeof name, "mr, every method, 1000 draws, J = %d", sizes[i]);
        struct figure reference = run(theirs);
        print(name, run(ours), "awk, IVW only", reference);
        unlink(table);
    }
}

static void bench_study(const char *program)
{
    char ours[1024];
    snprintf(ours, sizeof ours,
             "d=$(mktemp -d) && %s run --quiet --methods all --boot 1000 -o $d/out; s=$?; "
             "rm -r $d; exit $s",
             program);
    struct figure reference = run("i=0; while [ $i -lt 100 ]; do /bin/true; i=$((i+1)); done");
    print("run, bundled study, both ways, every method", run(ours), "100 empty processes",
          reference);
}

#define CLUMPED "$CLUMP/bolt.sumstats.txt.gz"
#define REFERENCE " --bfile $CLUMP/g1000 "

/* The index variants of a small reference, beside plink1.9 where it is found. */
static void bench_clump(const char *program)
{
    char ours[1024];
    const char *theirs =
        "d=$(mktemp -d) && plink1.9 --silent" REFERENCE "--clump " CLUMPED
        " --clump-field P_BOLT_LMM --clump-p1 1e-3 --clump-p2 1e-3 --clump-r2 0.1 "
        "--clump-kb 250 --out $d/out 2>/dev/null; s=$?; rm -r $d; exit $s";
    bool is_there = system("command -v plink1.9 >/dev/null") == 0;
    snprintf(ours, sizeof ours,
             "%s clump --quiet " CLUMPED REFERENCE "--p1 1e-3 --r2 0.1 --kb 250", program);
    struct figure reference = run(is_there ? theirs : "/bin/true");
    print("clump, 6,481 variants, 489 people", run(ours),
          is_there ? "plink1.9" : "an empty process; plink1.9 not found", reference);
}

static void bench_screen(const char *program)
{
    double seconds[RUNS];
    for (int i = 0; i < RUNS; i++) {
        seconds[i] = first_screen(program, "Actinobacteria");
    }
    struct figure reference = run("/bin/true"),
                  screen = {.seconds = bench_median(seconds, RUNS)};
    print("first screen on a terminal, 100x30", screen, "an empty process", reference);
}

static bool is_asked(int count, char **words, const char *word)
{
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

int main(int count, char **words)
{
    const char *program = getenv("TAXAMR");
    if (program == NULL) {
        fprintf(stderr, "bench: run it as `make bench`\n");
        return 1;
    }
    if (is_asked(count, words, "frames")) {
        bench_frames(program);
        return 0;
    }
    if (is_asked(count, words, "lesson")) {
        numeric_start();
        bench_lesson();
        return 0;
    }
    if (is_asked(count, words, "index")) {
        bench_index();
        return 0;
    }
    if (is_asked(count, words, "reading")) {
        bench_reading();
        return 0;
    }
    if (is_asked(count, words, "simulate")) {
        bench_simulate();
        return 0;
    }
    if (is_asked(count, words, "overlap")) {
        numeric_start();
        bench_overlap();
        return 0;
    }
    if (is_asked(count, words, "mediation")) {
        bench_mediation(program);
        return 0;
    }
    if (is_asked(count, words, "rawstudy")) {
        bench_rawstudy(program);
        return 0;
    }
    if (is_asked(count, words, "wide")) {
        bench_wide(program);
        return 0;
    }
    if (is_asked(count, words, "clump")) {
        bench_clump(program);
        bench_clump_large(program);
        return 0;
    }
    if (!is_asked(count, words, "methods")) {
        bench_study(program);
        bench_sizes(program);
        bench_clump(program);
        bench_screen(program);
        bench_frames(program);
    }
    if (!is_asked(count, words, "program")) {
        numeric_start();
        bench_methods(is_asked(count, words, "--r"));
    }
    return 0;
}
