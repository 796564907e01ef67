/*
 * Reading a GWAS of ten million rows and twelve columns: gigabytes (of 10^9 bytes) of the text
 * a second, for selecting by P, looking up 1,000 ids and parsing four columns, out of plain,
 * gzip, BGZF and zstd files, beside tools that do less with the same bytes. READING_ROWS in the
 * environment makes another number of rows.
 */
#include "base/arena.h"
#include "base/map.h"
#include "bench.h"
#include "gwas/gwas.h"
#include "gwas/numbers.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 3
#define IDS 1000

/* The made files; all in one folder that goes at the end. */
struct made {
    char folder[64];
    size_t rows;
    double megabytes; /* of the text, in millions of bytes */
};

static uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static double random_unit(uint64_t *state)
{
    return ((double)(random_next(state) >> 11) + 0.5) / 9007199254740992.0;
}

static uint64_t id_of(size_t row)
{
    return 1000 + 7 * (uint64_t)row;
}

/* As R and PLINK print it: "0.8123", and "3.217e-06" below 1e-4. */
static int print_p(char *out, double p)
{
    return p < 1e-4 ? sprintf(out, "%.3e", p) : sprintf(out, "%.4g", p);
}

static void print_row(FILE *file, size_t row, size_t rows, uint64_t *state)
{
    static const char bases[] = "ACGT";
    char p[32];
    uint64_t bits = random_next(state);
    unsigned one = bits & 3, other = (one + 1 + (bits >> 2 & 1)) & 3;
    size_t chromosome = 1 + row * 22 / rows;

    print_p(p, random_unit(state));
    fprintf(file, "rs%" PRIu64 "\t%zu\t%zu\t%c\t%c\t%.4f\t%.6f\t%.6f\t%s\t%u\t0.%03u\t%c%c\n",
            id_of(row), chromosome, 10000 + row * 22 % rows * 11, bases[one], bases[other],
            random_unit(state), 0.04 * (random_unit(state) - 0.5),
            0.003 + 0.002 * random_unit(state), p, 380000 + (unsigned)(bits >> 8 & 8191),
            600 + (unsigned)(bits >> 24) % 400, bits >> 40 & 1 ? '+' : '-',
            bits >> 41 & 1 ? '+' : '-');
}

static void run_or_end(const char *command)
{
    if (system(command) != 0) {
        fprintf(stderr, "bench: failed: %s\n", command);
        exit(1);
    }
}

static bool is_there(const char *tool)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", tool);
    return system(command) == 0;
}

static void pack(const struct made *made, const char *tool, const char *options,
                 const char *ending)
{
    char command[256];
    if (is_there(tool)) {
        snprintf(command, sizeof command, "%s %s <%s/gwas.tsv >%s/gwas.tsv.%s", tool, options,
                 made->folder, made->folder, ending);
        run_or_end(command);
    }
}

static struct made make_files(void)
{
    const char *asked = getenv("READING_ROWS"), *folder = getenv("TMPDIR");
    struct made made = {.rows = asked == NULL ? 10000000 : strtoul(asked, NULL, 10)};
    char path[96];
    uint64_t state = 20261126;
    struct stat status;

    snprintf(made.folder, sizeof made.folder, "%.40s/taxamr-bench-XXXXXX",
             folder == NULL ? "/tmp" : folder);
    if (mkdtemp(made.folder) == NULL) {
        exit(1);
    }
    snprintf(path, sizeof path, "%s/gwas.tsv", made.folder);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        exit(1);
    }
    fputs("SNP\tCHR\tBP\tA1\tA2\teaf\tbeta\tse\tP\tN\tINFO\tdirection\n", file);
    for (size_t row = 0; row < made.rows; row++) {
        print_row(file, row, made.rows, &state);
    }
    if (fclose(file) != 0 || stat(path, &status) != 0) {
        exit(1);
    }
    made.megabytes = (double)status.st_size / 1e6;
    pack(&made, "gzip", "-c -4", "gz");
    pack(&made, "bgzip", "-c -l 1 -@ 4", "bgz");
    pack(&made, "zstd", "-q -c -1", "zst");
    return made;
}

/* The best of some runs: by the clock, and of processors, which others do not take away. */
struct cost {
    double seconds, processor, megabytes;
};

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

/* One run in a process of its own. */
static struct cost timed(void (*work)(void *), void *context)
{
    double start = bench_now();
    pid_t child = fork();
    struct rusage usage;
    int status;

    if (child == 0) {
        work(context);
        _exit(0);
    }
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench: a run failed\n");
        exit(1);
    }
    return (struct cost){bench_now() - start,
                         seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
                         (double)usage.ru_maxrss / 1024.0};
}

static struct cost best_of(void (*work)(void *), void *context)
{
    struct cost best = timed(work, context);
    for (int i = 1; i < RUNS; i++) {
        struct cost cost = timed(work, context);
        best.seconds = cost.seconds < best.seconds ? cost.seconds : best.seconds;
        best.processor = cost.processor < best.processor ? cost.processor : best.processor;
    }
    return best;
}

enum question { BY_P, BY_IDS, FOUR_COLUMNS, QUESTIONS };

/* One reading: a file, what is wanted of it, and on how many threads. */
struct reading {
    char path[96];
    const struct made *made;
    enum question question;
    size_t threads;
};

/* How much was taken, for a check. */
struct sums {
    size_t rows;
    double totals[4];
};

static void take_numbers(void *context, const double *values, size_t rows)
{
    struct sums *sums = context;

    sums->rows += rows;
    for (size_t i = 0; i < 4 * rows; i++) {
        sums->totals[i % 4] += values[i];
    }
}

static void read_numbers(const struct reading *reading)
{
    static const char *const names[] = {"beta", "se", "P", "N"};
    struct sums sums = {0};
    struct error error = {0};

    if (!numbers_read(reading->path, names, 4, reading->threads, take_numbers, &sums, &error) ||
        sums.rows != reading->made->rows || !(sums.totals[3] > 0)) {
        fprintf(stderr, "bench: %s\n", error_message(&error));
        _exit(1);
    }
}

static void read_wanted(void *context)
{
    const struct reading *reading = context;
    struct gwas_options options = {.threads = reading->threads};
    struct arena *arena = arena_create();
    struct map *ids = map_create();
    struct gwas_table table;
    struct error error = {0};

    if (reading->question == FOUR_COLUMNS) {
        read_numbers(reading);
        return;
    }
    for (size_t i = 0; i < IDS; i++) {
        char id[32];
        snprintf(id, sizeof id, "rs%" PRIu64, id_of(i * reading->made->rows / IDS));
        (void)map_set(ids, id, i);
    }
    if (reading->question == BY_IDS) {
        options.wanted.variants = ids;
    } else {
        options.wanted.most_p = 5e-8;
    }
    if (!gwas_read(reading->path, &options, arena, &table, &error)) {
        fprintf(stderr, "bench: %s\n", error_message(&error));
        _exit(1);
    }
    if (table.read != reading->made->rows ||
        (reading->question == BY_IDS && table.rows.count != IDS)) {
        fprintf(stderr, "bench: found %zu of %zu rows\n", table.rows.count, table.read);
        _exit(1);
    }
}

static void run_command(void *context)
{
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    execl("/bin/sh", "sh", "-c", context, (char *)NULL);
    _exit(127);
}

static void print(const struct made *made, const char *name, struct cost cost,
                  struct cost against)
{
    double gigabytes = made->megabytes / 1e3;

    printf("%-40s %7.3f s %5.2f GB/s %8.3f s %5.2f GB/s %6.1f MB", name, cost.seconds,
           gigabytes / cost.seconds, cost.processor, gigabytes / cost.processor,
           cost.megabytes);
    if (against.seconds > 0) {
        printf(" %6.2f x %6.2f x", cost.seconds / against.seconds,
               cost.processor / against.processor);
    }
    printf("\n");
    fflush(stdout);
}

/* A tool on one of the files; the command runs in their folder. */
static struct cost tool(const struct made *made, const char *name, const char *needs,
                        const char *command)
{
    struct cost cost = {0, 0, 0};
    char filled[1024];

    if (!is_there(needs)) {
        printf("%-40s not here\n", name);
        return cost;
    }
    snprintf(filled, sizeof filled, "cd %s && { %s; }", made->folder, command);
    cost = best_of(run_command, filled);
    print(made, name, cost, (struct cost){0, 0, 0});
    return cost;
}

static void ours(const struct made *made, const char *ending, enum question question,
                 size_t threads, struct cost against)
{
    struct reading reading = {.made = made, .question = question, .threads = threads};
    static const char *const questions[] = {"P below 5e-8", "1,000 ids", "four columns"};
    char name[96];

    snprintf(reading.path, sizeof reading.path, "%.70s/gwas.tsv%s", made->folder, ending);
    snprintf(name, sizeof name, "%s, %s%s", questions[question],
             *ending == '\0' ? "plain" : ending + 1, threads == 1 ? ", one thread" : "");
    if (access(reading.path, R_OK) == 0) {
        print(made, name, best_of(read_wanted, &reading), against);
    }
}

#define HAS_DATA_TABLE                                                                         \
    "command -v Rscript >/dev/null && Rscript -e "                                             \
    "'quit(status = !requireNamespace(\"data.table\", quietly = TRUE))' >/dev/null 2>&1"
#define FREAD                                                                                  \
    "Rscript -e 'library(data.table); d <- fread(\"gwas.tsv\"); print(sum(d$P < 5e-8))'"

void bench_reading(void)
{
    static const char *const endings[] = {"", ".gz", ".bgz", ".zst"};
    struct made made = make_files();
    struct cost against[4];

    printf("reading, %zu rows, %.0f MB of text: by the clock, of processors, memory, and as a "
           "ratio\nto the tool's of the same file; the best of %d runs\n",
           made.rows, made.megabytes, RUNS);
    against[0] = tool(&made, "cat >/dev/null", "cat", "cat gwas.tsv | cat");
    tool(&made, "wc -l", "wc", "wc -l gwas.tsv");
    against[1] = tool(&made, "igzip -dc, gz", "igzip", "igzip -dc gwas.tsv.gz");
    against[2] = tool(&made, "igzip -dc, bgz", "igzip", "igzip -dc gwas.tsv.bgz");
    against[3] = tool(&made, "zstd -dc, zst", "zstd", "zstd -qdc gwas.tsv.zst");
    for (size_t i = 0; i < 4; i++) {
        for (int question = 0; question < QUESTIONS; question++) {
            ours(&made, endings[i], (enum question)question, 1, against[i]);
            ours(&made, endings[i], (enum question)question, 0, against[i]);
        }
    }
    if (getenv("READING_QUICK") == NULL) {
        tool(&made, "zcat | awk '$9 < 5e-8', gz", "zcat",
             "zcat gwas.tsv.gz | awk -F'\\t' '$9 < 5e-8'");
        if (system(HAS_DATA_TABLE) == 0) {
            tool(&made, "data.table::fread, all columns, plain", "Rscript", FREAD);
        }
    }
    char clean[96];
    snprintf(clean, sizeof clean, "rm -r %s", made.folder);
    run_or_end(clean);
}
