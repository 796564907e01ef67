/*
 * How methods do where the truth is known: bias, coverage, type 1 error and power over many
 * studies of one scenario, each with its Monte Carlo error (Morris, White and Crowther 2019,
 * Stat Med 38:2074, table 6).
 * In: a scenario, methods, a number of studies. Out: one row a method. The same studies are
 * drawn with the scenario's effect and with none, so that a row has both power and type 1
 * error. Numbers do not depend on the number of threads.
 */
#ifndef SIMULATE_OPERATING_H
#define SIMULATE_OPERATING_H

#include "base/job.h"
#include "estimate/estimate.h"
#include "simulate/scenario.h"

/* A number, and the standard error that the number of studies leaves it. NaN: there is none. */
struct operating_number {
    double value, error;
};

struct operating {
    const struct method *method;
    size_t studies, answered; /* with an estimate */
    double effect;            /* the truth */
    double mean_variants;     /* that the estimates used */
    double mean_b, mean_se;
    struct operating_number bias;     /* of b; NaN of methods whose b is no effect */
    struct operating_number spread;   /* standard deviation of b over studies */
    struct operating_number coverage; /* share of the intervals that hold the truth */
    struct operating_number type1;    /* share with P < 1 - level where the effect is 0 */
    struct operating_number power;    /* share with P < 1 - level; NaN where the effect is 0 */
};

/* Told of progress, by the thread that asked, about ten times a second. */
typedef void operating_progress_function(void *context, size_t done, size_t all);

struct operating_options {
    const struct method *const *methods;
    size_t method_count;
    struct estimate_settings settings; /* its seed is the studies' too */
    size_t studies;
    struct job_pool *pool; /* NULL: one after the other */
    operating_progress_function *progress;
    void *context;
};

/* One row a method, in `arena`; shares are of the studies with an estimate. */
struct operating *operating_of(const struct scenario *scenario,
                               const struct operating_options *options, struct arena *arena);

#endif
