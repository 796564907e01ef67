/*
 * What the parts of the bench share: the clock, medians of runs, whole programs and single
 * methods timed. In: a program, or nothing. Out: lines on standard output.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "pair/pair.h"
#include <stdbool.h>

/* Seconds of a clock that only goes forward; the median of some, which it sorts. */
double bench_now(void);
double bench_median(double *seconds, size_t count);

/* Median wall seconds of five runs of a command of the shell, and its peak memory; one run. */
struct bench_figure {
    double seconds;
    double megabytes;
    double processor; /* seconds of all threads; of one run only */
};
struct bench_figure bench_run(const char *command);
struct bench_figure bench_once(const char *command);
void bench_run_once(const char *command);

/* Studies of very many pairs (bench_wide.c). */
void bench_wide(const char *program);

/* A study of 200 whole GWAS files (bench_rawstudy.c). */
void bench_rawstudy(const char *program);

/* Mediation of a made study: 200 microbes, three mediators, every method (bench_mediation.c).
 */
void bench_mediation(const char *program);

/* From a key to the screen: bytes and microseconds a frame (bench_frames.c). */
void bench_frames(const char *program);

/* A slider of a lesson under way: frames a second (bench_lesson.c). */
void bench_lesson(void);

/* The side index: making it, and looking up by it (bench_index.c). */
void bench_index(void);

/* Clumping a million variants of 500 people, beside plink1.9 where it is found, and whether
 * both find the same (bench_clump.c). */
void bench_clump_large(const char *program);

/* Coverage where samples overlap (bench_overlap.c). */
void bench_overlap(void);

/*
 * Methods by themselves, in this process: milliseconds, nanoseconds a variant and draw, and the
 * ratio to the floor, which is drawing as many random numbers and nothing else. With
 * is_beside_r each is followed by R's own, where Rscript is found.
 */
void bench_methods(bool is_beside_r);

/* Studies of a stated model: drawing 10,000 of 100 variants, and judging methods on them
 * (bench_simulate.c). */
void bench_simulate(void);

/* Large files of associations, in this process, beside tools (bench_reading.c). */
void bench_reading(void);

/*
 * The seconds that R takes for a method of a key; negative when it has none, or no Rscript, or
 * not the package. bench_r_is_there says once whether there is an Rscript at all.
 */
bool bench_r_is_there(void);
double bench_r_seconds(const char *key, const struct pair *pair, size_t draws);

#endif
