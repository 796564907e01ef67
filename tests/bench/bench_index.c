/*
 * The side index of a GWAS of ten million rows: how long it takes to make, and to look up 1,000
 * ids or places by it, out of a plain and a BGZF file, beside looking them up without it.
 * INDEX_ROWS in the environment makes another number of rows.
 */
#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "bench.h"
#include "gwas/index.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define IDS 1000
#define RUNS 5

static void run_or_end(const char *command)
{
    if (system(command) != 0) {
        fprintf(stderr, "bench: failed: %s\n", command);
        exit(1);
    }
}

static void fail(struct error *error)
{
    char *message = error_message(error);

    fprintf(stderr, "bench: %s\n", message);
    memory_free(message);
    exit(1);
}

static size_t chromosome_of(size_t row, size_t rows)
{
    return 1 + row * 22 / rows;
}

static size_t position_of(size_t row, size_t rows)
{
    return 10000 + row * 22 % rows * 11;
}

static void make_file(const char *path, size_t rows)
{
    FILE *file = fopen(path, "w");
    uint64_t state = 1;

    if (file == NULL) {
        perror(path);
        exit(1);
    }
    fprintf(file, "SNP\tCHR\tBP\tA1\tA2\tEAF\tBETA\tSE\tP\tN\tINFO\tDIRECTION\n");
    for (size_t i = 0; i < rows; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        fprintf(file,
                "rs%zu\t%zu\t%zu\tA\tG\t0.%04u\t0.0%05u\t0.0041\t0.%04u\t386533\t0.9%02u\t++\n",
                1000 + 7 * i, chromosome_of(i, rows), position_of(i, rows),
                (unsigned)(state >> 40) % 10000, (unsigned)(state >> 20) % 100000,
                (unsigned)(state >> 30) % 10000, (unsigned)(state >> 50) % 100);
    }
    fclose(file);
}

/* Ids or places spread over the file. */
static struct map *wanted(size_t rows, bool are_places)
{
    struct map *all = map_create();
    char key[64];

    for (size_t i = 0; i < IDS; i++) {
        size_t row = i * (rows / IDS);

        if (are_places) {
            snprintf(key, sizeof key, "%zu:%zu", chromosome_of(row, rows),
                     position_of(row, rows));
        } else {
            snprintf(key, sizeof key, "rs%zu", 1000 + 7 * row);
        }
        map_set(all, key, 0);
    }
    return all;
}

/* How long a look-up took, and on all threads together. */
struct time {
    double wall, processor;
};

static double processor_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct time look_up(const char *path, size_t rows, bool are_places)
{
    struct map *all = wanted(rows, are_places);
    struct gwas_options options = {0};
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table table;
    struct time start, taken;

    if (are_places) {
        options.wanted.places = all;
    } else {
        options.wanted.variants = all;
    }
    start = (struct time){bench_now(), processor_now()};
    if (!gwas_read(path, &options, arena, &table, &error)) {
        fail(&error);
    }
    taken = (struct time){bench_now() - start.wall, processor_now() - start.processor};
    if (table.rows.count != IDS || table.note != NULL) {
        fprintf(stderr, "bench: %zu were found\n", table.rows.count);
        exit(1);
    }
    gwas_table_destroy(&table);
    arena_destroy(arena);
    map_destroy(all);
    return taken;
}

static struct time median_look_up(const char *path, size_t rows, bool are_places)
{
    double wall[RUNS], processor[RUNS];

    for (int i = 0; i < RUNS; i++) {
        struct time taken = look_up(path, rows, are_places);

        wall[i] = taken.wall;
        processor[i] = taken.processor;
    }
    return (struct time){bench_median(wall, RUNS), bench_median(processor, RUNS)};
}

static void bench_file(const char *path, const char *what, size_t rows)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct index_made made;
    struct stat file, index;
    struct time without = median_look_up(path, rows, false), with, by_place;
    struct time places_without = median_look_up(path, rows, true);
    double making;

    making = bench_now();
    if (!index_make(path, &options, &made, &error)) {
        fail(&error);
    }
    making = bench_now() - making;
    with = median_look_up(path, rows, false);
    by_place = median_look_up(path, rows, true);
    if (stat(path, &file) != 0 || stat(made.path, &index) != 0) {
        perror(path);
        exit(1);
    }
    printf("index, %s, %zu rows, %.0f MB: made in %.2f s, %.0f MB; %d ids in %.2f ms "
           "(%.2f of processor), without it %.0f ms; %d places in %.2f ms (%.2f of processor), "
           "without it %.0f ms\n",
           what, rows, 1e-6 * (double)file.st_size, making, 1e-6 * (double)index.st_size, IDS,
           1e3 * with.wall, 1e3 * with.processor, 1e3 * without.wall, IDS, 1e3 * by_place.wall,
           1e3 * by_place.processor, 1e3 * places_without.wall);
    unlink(made.path);
    memory_free(made.path);
}

void bench_index(void)
{
    const char *wish = getenv("INDEX_ROWS");
    size_t rows = wish == NULL ? 10000000 : strtoul(wish, NULL, 10);
    char folder[] = "/tmp/taxamr-bench-XXXXXX";
    char path[128], command[512];

    if (mkdtemp(folder) == NULL || rows < IDS) {
        fprintf(stderr, "bench: no folder, or fewer than %d rows\n", IDS);
        exit(1);
    }
    snprintf(path, sizeof path, "%s/gwas.tsv", folder);
    make_file(path, rows);
    bench_file(path, "plain", rows);
    if (system("command -v bgzip > /dev/null") == 0) {
        snprintf(command, sizeof command, "bgzip -@ 2 %s", path);
        run_or_end(command);
        snprintf(path, sizeof path, "%s/gwas.tsv.gz", folder);
        bench_file(path, "BGZF", rows);
    }
    snprintf(command, sizeof command, "rm -r %s", folder);
    run_or_end(command);
}
