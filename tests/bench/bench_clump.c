#include "bench.h"
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A made reference of the size that people have: 500 people, a million variants in blocks of
 * linkage disequilibrium, and P of a trait that some blocks bear on. In each block the people's
 * thousand haplotypes descend from eight, and a variant parts these eight in two; now and then
 * some of the thousand change, and in a variant of ten one person's genotype is missing.
 */
enum { PEOPLE = 500, VARIANTS = 1000000, BLOCK = 40, ANCESTORS = 8, WORDS = 8 };
enum { PER_CHROMOSOME = VARIANTS / 22 + 1 };

#define FOLDER_LENGTH 64

static uint64_t draw(uint64_t *seed)
{
    /* splitmix64: Steele, Lea and Flood 2014 */
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double draw_share(uint64_t *seed)
{
    return ((double)(draw(seed) >> 11) + 0.5) * 0x1p-53;
}

/* Who has which ancestor, in the first and in the second haplotype. */
struct block {
    uint64_t has[ANCESTORS][2][WORDS];
    bool is_signal;
};

static void new_block(struct block *block, uint64_t *seed)
{
    memset(block, 0, sizeof *block);
    for (int person = 0; person < PEOPLE; person++) {
        for (int side = 0; side < 2; side++) {
            uint64_t drawn = draw(seed);
            /* some ancestors have more descendants */
            int ancestor = (int)(drawn % ANCESTORS) & (int)((drawn >> 8) % ANCESTORS);
            block->has[ancestor][side][person / 64] |= UINT64_C(1) << (person % 64);
        }
    }
    block->is_signal = draw(seed) % 100 == 0;
}

/* Spreads 32 bits to every second of 64. */
static uint64_t spread(uint64_t bits)
{
    bits = (bits | bits << 16) & UINT64_C(0x0000ffff0000ffff);
    bits = (bits | bits << 8) & UINT64_C(0x00ff00ff00ff00ff);
    bits = (bits | bits << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    bits = (bits | bits << 2) & UINT64_C(0x3333333333333333);
    return (bits | bits << 1) & UINT64_C(0x5555555555555555);
}

static void write_genotypes(const struct block *block, uint64_t *seed, FILE *bed)
{
    uint64_t sides[2][WORDS] = {{0}}, packed[2 * WORDS];
    uint64_t parts = draw(seed);
    for (int ancestor = 0; ancestor < ANCESTORS; ancestor++) {
        for (int i = 0; (parts >> ancestor & 1) != 0 && i < 2 * WORDS; i++) {
            sides[i / WORDS][i % WORDS] |= block->has[ancestor][i / WORDS][i % WORDS];
        }
    }
    for (int i = 0; i < 12; i++) {
        uint64_t drawn = draw(seed);
        sides[drawn & 1][drawn >> 1 & 7] ^= UINT64_C(1) << (drawn >> 8 & 63);
    }
    for (int i = 0; i < 2 * WORDS; i++) {
        uint64_t one = sides[0][i / 2] >> (i % 2 * 32) & 0xffffffff;
        uint64_t other = sides[1][i / 2] >> (i % 2 * 32) & 0xffffffff;
        packed[i] = spread(one & other) | spread(one | other) << 1;
    }
    uint64_t missing = draw(seed) % PEOPLE;
    if (missing % 10 == 0) {
        packed[missing / 32] &= ~(UINT64_C(3) << (missing % 32 * 2));
        packed[missing / 32] |= UINT64_C(1) << (missing % 32 * 2);
    }
    packed[PEOPLE / 32] &= (UINT64_C(1) << (PEOPLE % 32 * 2)) - 1;
    fwrite(packed, 1, (PEOPLE + 3) / 4, bed);
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[2 * FOLDER_LENGTH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(1);
    }
    return file;
}

static void make_people(const char *folder)
{
    FILE *fam = open_in(folder, "made.fam");
    for (int i = 0; i < PEOPLE; i++) {
        fprintf(fam, "f%d p%d 0 0 %d -9\n", i, i, 1 + i % 2);
    }
    fclose(fam);
}

static void make_files(const char *folder)
{
    uint64_t seed = 20250812;
    struct block block;
    FILE *bed = open_in(folder, "made.bed"), *bim = open_in(folder, "made.bim"),
         *table = open_in(folder, "made.p");
    make_people(folder);
    fwrite("\x6c\x1b\x01", 1, 3, bed);
    fprintf(table, "SNP\tCHR\tBP\tA1\tA2\tP\n");
    for (int i = 0; i < VARIANTS; i++) {
        int chromosome = 1 + i / PER_CHROMOSOME;
        int position = 10000 + i % PER_CHROMOSOME * 2900 + (int)(draw(&seed) % 2000);
        if (i % BLOCK == 0) {
            new_block(&block, &seed);
        }
        double p = block.is_signal ? pow(10, -30 * draw_share(&seed)) : draw_share(&seed);
        write_genotypes(&block, &seed, bed);
        fprintf(bim, "%d\trs%d\t0\t%d\tA\tG\n", chromosome, 1000 + i, position);
        fprintf(table, "rs%d\t%d\t%d\tA\tG\t%.6g\n", 1000 + i, chromosome, position, p);
    }
    fclose(table);
    fclose(bim);
    fclose(bed);
}

static double seconds_of(const char *command)
{
    double start = bench_now();
    if (system(command) != 0) {
        fprintf(stderr, "bench: failed: %s\n", command);
        exit(1);
    }
    return bench_now() - start;
}

struct set {
    const char *p1, *r2, *kb;
};

#define RUNS 3

static void write_ours(char *command, size_t size, const char *program, const char *folder,
                       const struct set *set)
{
    snprintf(command, size,
             "%s clump -q %s/made.p --bfile %s/made --p1 %s --r2 %s --kb %s > %s/ours", program,
             folder, folder, set->p1, set->r2, set->kb, folder);
}

static void write_theirs(char *command, size_t size, const char *folder, const struct set *set)
{
    snprintf(command, size,
             "plink1.9 --silent --bfile %s/made --clump %s/made.p --clump-p1 %s --clump-p2 %s "
             "--clump-r2 %s --clump-kb %s --out %s/theirs 2>/dev/null >/dev/null",
             folder, folder, set->p1, set->p1, set->r2, set->kb, folder);
}

/* Whether the index variants are the same, in the same order. */
static bool are_same(const char *folder, long *count)
{
    char command[1024], path[2 * FOLDER_LENGTH];
    snprintf(command, sizeof command,
             "cd %s && awk 'NR > 1 {print $2}' ours > a && awk 'NR > 1 && NF > 0 {print $3}' "
             "theirs.clumped > b && wc -l < a > count && cmp -s a b",
             folder);
    bool is_same = system(command) == 0;
    snprintf(path, sizeof path, "%s/count", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%ld", count) != 1) {
        *count = 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return is_same;
}

/* One after the other, so that both meet the machine in the same mood. */
static void compare(const char *program, const char *folder, const struct set *set)
{
    char ours[1024], theirs[1024];
    double mine[RUNS], other[RUNS];
    bool is_there = system("command -v plink1.9 >/dev/null") == 0;
    write_ours(ours, sizeof ours, program, folder, set);
    write_theirs(theirs, sizeof theirs, folder, set);
    for (int i = 0; i < RUNS; i++) {
        mine[i] = seconds_of(ours);
        other[i] = is_there ? seconds_of(theirs) : 0;
    }
    double seconds = bench_median(mine, RUNS), against = bench_median(other, RUNS);
    printf("clump, 10^6 x %d, p1 %-5s r2 %-5s kb %-5s %7.3f s", PEOPLE, set->p1, set->r2,
           set->kb, seconds);
    if (is_there) {
        long count = 0;
        bool is_same = are_same(folder, &count);
        printf(", plink1.9 %7.3f s: %5.1f times; %ld index variants, %s\n", against,
               against / seconds, count, is_same ? "the same" : "NOT THE SAME");
    } else {
        printf("; plink1.9 not found\n");
    }
    fflush(stdout);
}

void bench_clump_large(const char *program)
{
    static const struct set sets[] = {{"1e-3", "0.1", "250"},
                                      {"1e-5", "0.01", "1000"},
                                      {"1e-5", "0.001", "10000"},
                                      {"5e-8", "0.001", "10000"},
                                      {"1", "0.5", "250"}};
    char folder[FOLDER_LENGTH], command[2 * FOLDER_LENGTH];
    snprintf(folder, sizeof folder, "%s/taxamr-bench-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(folder) == NULL) {
        fprintf(stderr, "bench: cannot make a temporary folder\n");
        exit(1);
    }
    make_files(folder);
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        compare(program, folder, &sets[i]);
    }
    snprintf(command, sizeof command, "rm -r %s", folder);
    if (system(command) != 0) {
        fprintf(stderr, "bench: cannot remove %s\n", folder);
    }
}
