/*
 * A pair, what is known of it and the memory of both, for tests of methods and diagnostics.
 * In: a folder or data set of tests/golden, or numbers. Out: a fixture that begins and ends,
 * and runs methods by their key.
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "estimate/estimate.h"
#include "golden.h"

struct fixture {
    struct arena *arena, *scratch;
    struct pair *pair;
    struct golden golden;
    struct estimate_settings settings;
};

/* Two whole sets with results.csv, and the sets of corners/expected.csv. */
#define FIXTURE_SETS 2
#define FIXTURE_CORNERS 6
extern const char *const fixture_sets[FIXTURE_SETS];
extern const char *const fixture_corners[FIXTURE_CORNERS];

/* No pair yet; the pair and answers of a folder; those of a corner; these numbers. */
struct fixture fixture_begin(void);
struct fixture fixture_begin_results(const char *folder);
struct fixture fixture_begin_corner(const char *dataset);
struct fixture fixture_begin_made(const double *bx, const double *sx, const double *by,
                                  const double *sy, size_t count);
/* The fixture's pair in the other order, every other variant by its other allele, outcomes in a
 * unit `scale` times smaller. */
struct pair *fixture_turned(const struct fixture *fixture, double scale);
struct fixture fixture_begin_table(const char *table); /* without answers */
void fixture_end(struct fixture *fixture);

/* What the method of a key answers; the method must be there. */
struct estimate fixture_run(const struct fixture *fixture, const char *key);

/* The golden value of a function (any package and method); the test fails if there is none. */
double fixture_want(const struct fixture *fixture, const char *function, const char *quantity);

/* That a method is done, and has the golden b, se and p of a function. */
void fixture_check_effect(const struct fixture *fixture, const struct estimate *got,
                          const char *function, double precision);

/* Holds every golden row of a function, method and quantity against what got() says of its
 * variant, given `all` and the variant's place in the pair (the count of variants for the row
 * "All"). How many rows there were. */
typedef double fixture_getter(const void *all, const struct pair *pair, size_t j);
size_t fixture_check_rows(const struct fixture *fixture, const char *function,
                          const char *method, const char *quantity, fixture_getter *got,
                          const void *all, double precision);

#endif
