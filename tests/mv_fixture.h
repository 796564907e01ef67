/*
 * A design and the memory behind it, for tests of src/multivariable.
 * In: a wide table's text or a golden folder, or numbers. Out: a fixture that begins and ends.
 */
#ifndef TESTS_MV_FIXTURE_H
#define TESTS_MV_FIXTURE_H

#include "golden.h"
#include "multivariable/multivariable.h"

struct mv_fixture {
    struct arena *arena, *scratch;
    struct design design;
    struct estimate_settings settings;
    struct golden golden;
    size_t dropped;
};

/* Of a folder of tests/golden, its results beside it; exposures' errors correlate so. */
struct mv_fixture mv_fixture_golden(const char *folder, double correlation);

/* Simulated: J x K effects of unit variance, true effects 1, -1, 1 ..., errors of these sizes;
 * pleiotropy of this spread. Without a random stream of the program: a small generator. */
struct mv_fixture mv_fixture_made(size_t count, size_t columns, double sx, double sy,
                                  double pleiotropy, uint64_t seed);

void mv_fixture_end(struct mv_fixture *fixture);

struct mv_estimate mv_fixture_run(const struct mv_fixture *fixture, const char *key);

#endif
