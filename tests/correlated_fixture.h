/*
 * Correlations for tests of correlated variants, and generalised least squares by plain
 * elimination to hold answers against.
 * In: a fixture; a covariance and columns. Out: its pair with LD; coefficients.
 */
#ifndef TESTS_CORRELATED_FIXTURE_H
#define TESTS_CORRELATED_FIXTURE_H

#include "fixture.h"

/* The most variants of an answer. */
#define CORRELATED_MOST 100

/* A correlation of two places: none; one that falls off with distance and changes its sign; one
 * so weak that GSMR keeps every variant. */
typedef double correlation_function(size_t one, size_t other);
double correlated_none(size_t one, size_t other);
double correlated_falling(size_t one, size_t other);
double correlated_weak(size_t one, size_t other);

/* Gives the fixture's pair these correlations. */
void correlated_give(struct fixture *fixture, correlation_function *correlation);

/* The answers of generalised least squares of y on up to two columns. */
struct answer {
    double b[2], se[2], q;
};

/* Of count x 3 columns, the last of them y, on the first `used`. The covariance is consumed. */
struct answer correlated_answer(double *covariance, const double *columns, size_t count,
                                size_t used);

#endif
