/*
 * Mediation of a whole study: every exposure, mediator and outcome in one batch.
 * In: a study with mediators, settings, multivariable methods. Out: what goes through each
 * mediator, with q-values over all triples of an outcome; paths through all mediators at once;
 * what each method says of the designs. Computed through the job pool; results do not depend on
 * the number of threads.
 */
#ifndef STUDY_MEDIATIONS_H
#define STUDY_MEDIATIONS_H

#include "base/job.h"
#include "multivariable/network.h"
#include "study/through.h"

struct mediations_options {
    struct estimate_settings settings;
    const struct mv_method *const *methods; /* of the triples' designs; none: 0 of them */
    size_t method_count;
};

struct mediated_triple {
    const struct through_triple *triple;
    struct mediation mediation;
    double q; /* of the product's P, Benjamini and Hochberg 1995, over the outcome's triples */
    struct mv_estimate *estimates; /* one a method */
};

/* All mediators of an exposure and outcome at once. */
struct mediated_network {
    const struct through_network *network;
    struct mediation whole;     /* its difference is what goes through any of them */
    struct estimate *a, *b;     /* one a mediator: of the exposure on it, and of it given all */
    struct network_path *paths; /* one a mediator: a b */
    /* Of each trait on each other, out of total effects (network.h), and their standard errors;
     * NULL: some total effect is not known. */
    double *direct, *direct_se;
};

struct mediations {
    const struct study *study;
    struct mediations_options options; /* borrows the methods */
    struct mediated_triple *triples;   /* in the order of study->through */
    size_t triple_count;
    struct mediated_network *networks;
    size_t network_count;
    struct arena **arenas; /* one a worker, and one behind them */
    size_t arena_count;
};

/* The settings, and of the methods those that are run where none are asked for: in `arena`. */
struct mediations_options mediations_default(const struct estimate_settings *settings,
                                             struct arena *arena);

/* Computes; NULL pool: one after the other. The caller ends it with mediations_destroy. A study
 * without mediators gives none. */
struct mediations *mediations_of(const struct study *study,
                                 const struct mediations_options *options,
                                 struct job_pool *pool);
void mediations_destroy(struct mediations *mediations);

/* The same in steps. Nothing is computed yet, on so many threads (0: what is made elsewhere).
 */
struct mediations *mediations_create(const struct study *study,
                                     const struct mediations_options *options, size_t threads);
/* The networks from `first` up to before `end`, and their triples, one a mediator each. */
void mediations_run(struct mediations *mediations, size_t first, size_t end,
                    struct job_pool *pool);
/* The q-values, once all is there. */
void mediations_adjust(struct mediations *mediations);

/* Where values belong that are made elsewhere. */
struct arena *mediations_arena(const struct mediations *mediations);

#endif
