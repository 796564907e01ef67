/*
 * What the methods say of every pair of a study.
 * In: a study, methods, settings, variants excluded by hand. Out: one analysis a pair, computed
 * through the job pool, with q-values and the check letters that need the whole study. Results
 * do not depend on the number of threads. They live in one arena, replaced whole when run
 * again.
 */
#ifndef STUDY_RESULTS_H
#define STUDY_RESULTS_H

#include "base/job.h"
#include "diagnose/diagnose.h"
#include "study/study.h"

/* Variants left out by hand, as a set of ids; NULL or empty: none. */
struct exclusions {
    const char *const *variants;
    size_t count;
};

struct results_options {
    const struct method *const *methods;
    size_t method_count;
    const struct method *const *left_out; /* whose leave-one-out is wanted besides the main */
    size_t left_out_count;
    struct estimate_settings settings;
    struct exclusions exclusions;
};

/* A pair's place in its study. */
struct pair_result {
    const struct analysis *analysis; /* NULL until it was run */
    double q;               /* Benjamini and Hochberg 1995 over its direction and outcome */
    enum judgement reverse; /* the other direction shows nothing at p < .05 */
    enum judgement fdr;     /* q < .05 */
    size_t same_set;        /* how many other traits have exactly these variants */
};

struct results {
    const struct study *study;
    struct results_options options; /* settings as given; lists copied */
    struct pair_result *pairs;      /* study->pair_count */
};

struct results_job;

/*
 * Starts the computation and returns at once; NULL pool computes before returning. The caller
 * asks results_job_done and ends it with results_finish.
 */
struct results_job *results_start(const struct study *study,
                                  const struct results_options *options, struct job_pool *pool);
size_t results_job_done(struct results_job *job);
size_t results_job_count(const struct results_job *job);
bool results_job_is_over(struct results_job *job);
void results_cancel(struct results_job *job);

/* Waits; the results are the caller's (results_destroy), NULL when cancelled. */
struct results *results_finish(struct results_job *job);
void results_destroy(struct results *results);

/*
 * Runs again only the pairs that hold one of the variants whose exclusion changed; the others
 * are taken from `old`, which stays the caller's and must outlive the answer. For the explorer:
 * a few pairs, so it computes at once.
 */
struct results *results_with_exclusions(const struct results *old,
                                        const struct exclusions *exclusions,
                                        struct job_pool *pool);

/* The judgement of a check for a pair, study-wide ones (R, F) included. */
enum judgement results_judge(const struct results *results, size_t pair,
                             const struct diagnostic *diagnostic);

/* How many pairs of a direction and outcome (NULL: all) were tested, and how many have p or q
 * below .05; expected is .05 times tested. */
struct results_count {
    size_t tested, nominal, significant;
    double expected;
};
struct results_count results_count_of(const struct results *results, const char *disease,
                                      enum direction direction);

/* Benjamini and Hochberg 1995 (JRSS B 57:289): adjusted P in q; NaN stay NaN and do not count.
 */
void results_adjust(const double *p, size_t count, double *q);

#endif
