/*
 * Golden tables for tests: what the R packages answer, and the pairs they were asked about.
 * In: a folder under tests/golden (found through $srcdir). Out: rows, single values, pairs.
 */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "base/arena.h"
#include "pair/pair.h"
#include <check.h>
#include <stddef.h>

/* One answer. Texts are "" where the table has none; sd is NaN where it is not random. */
struct golden_row {
    const char *dataset, *package, *function, *method, *quantity, *snp, *note;
    double value, sd;
};

struct golden {
    struct golden_row *rows;
    size_t count;
};

/* The rows of FOLDER/results.csv, and of corners/expected.csv (one dataset of it). */
struct golden golden_results(const char *folder, struct arena *arena);
struct golden golden_corner(const char *dataset, struct arena *arena);

/* The first row that matches; NULL or "" arguments match anything. Fails the test if none. */
const struct golden_row *golden_find(const struct golden *golden, const char *package,
                                     const char *function, const char *method,
                                     const char *quantity);

/* The pair of a harmonised table ("lipid_ldl_chd/input.csv"). */
struct pair *golden_pair(const char *table, struct arena *arena);

/* A pair of these numbers, from variants v1, v2 ...; P and N are unknown. */
struct pair *golden_pair_of(const double *bx, const double *sx, const double *by,
                            const double *sy, size_t count, struct arena *arena);

/* The first `count` variants of a pair. */
struct pair *golden_first(const struct pair *pair, size_t count, struct arena *arena);

/* Fails the test unless got is want to a relative precision (absolute for 0); NaN equals NaN.
 */
void golden_close(const char *what, double got, double want, double precision);

/* Runs tests as one suite; what main returns. */
int golden_run(const char *name, const TTest *const *tests, size_t count);

/* The same for tests that run several times, with _i from 0 up. */
struct golden_test {
    const TTest *test;
    int times;
};
int golden_run_each(const char *name, const struct golden_test *tests, size_t count);

#endif
