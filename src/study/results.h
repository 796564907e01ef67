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
#include "study/exclusions.h"
#include "study/study.h"

/* Below this P is nominal and q significant. */
#define RESULTS_LEVEL 0.05

struct results_options {
    const struct method *const *methods;
    size_t method_count;
    const struct method *const *left_out; /* whose leave-one-out is wanted besides the main */
    size_t left_out_count;
    struct estimate_settings settings;
    struct exclusions exclusions;
    bool wants_mediations; /* whether parts (parts.h) hold what goes through mediators */
    bool has_preview;      /* every pair is analysed without methods first, which is quick */
};

/* A pair's place in its study. */
struct pair_result {
    const struct analysis *analysis; /* NULL until it was run */
    bool is_preview;        /* the analysis is without its methods, which are under way */
    double q;               /* Benjamini and Hochberg 1995 over its direction and outcome */
    enum judgement reverse; /* the other direction shows nothing at p < .05 */
    enum judgement fdr;     /* q < .05 */
    size_t same_set;        /* how many other traits have exactly these variants */
    uint64_t set;           /* stands for its set of variants */
};

struct mediations;

struct results {
    const struct study *study;
    struct results_options options;      /* settings as given; lists copied */
    struct pair_result *pairs;           /* study->pair_count */
    const struct mediations *mediations; /* borrowed; NULL: not computed with it */
};

struct results_job;

/*
 * Starts the computation and returns at once; NULL pool computes before returning. The caller
 * asks results_job_is_over and ends it with results_finish, or keeps it, looks at what it has
 * so far, and ends it with results_job_destroy.
 */
struct results_job *results_start(const struct study *study,
                                  const struct results_options *options, struct job_pool *pool);

/*
 * The same with other exclusions, running only pairs that hold one of the variants whose
 * exclusion changed; the others come from `base`, complete or not, which stays the caller's and
 * must outlive what is made.
 */
struct results_job *results_start_from(const struct results *base,
                                       const struct exclusions *exclusions,
                                       struct job_pool *pool);
/* Runs the pairs that `base` lacks; the others come from it, and it must outlive what is made.
 */
struct results_job *results_start_rest(const struct results *base, struct job_pool *pool);

/* Pieces of work done, and in all: one a pair, with previews two. */
size_t results_job_done(struct results_job *job);
size_t results_job_count(const struct results_job *job);
bool results_job_is_over(struct results_job *job);
void results_cancel(struct results_job *job);

/* Which pairs (indices in the study) come first from now on; the rest keep their order. */
void results_job_prefer(struct results_job *job, const size_t *pairs, size_t count);

/* Waits for a pair's methods, but not longer than so many seconds; for everything it was not
 * told to leave. */
void results_job_wait_for(struct results_job *job, size_t pair, double seconds);
void results_job_wait(struct results_job *job);

/*
 * What is done so far: analyses that are not are NULL or previews, and what rests on all pairs
 * of a set (q, fdr, reverse, same_set) is not known (NaN, JUDGE_NOT_RUN, 0) before the set is
 * complete. The same pointer each time, borrowed until the job ends; it changes only in this
 * call, which belongs to the thread that started the job. Complete ones are those of
 * results_finish.
 */
const struct results *results_job_look(struct results_job *job);

/* The share of the work that was done when last looked at, 0 to 1: a pair of many variants is
 * more of it. */
double results_job_progress(const struct results_job *job);

/* How many times a pair's analysis was replaced in the results so far: the same as before when
 * a look found nothing new. */
size_t results_job_changes(const struct results_job *job);

/* Whether they have every pair with its methods. */
bool results_are_complete(const struct results *results);

/* Goes on with what a cancelled job left, once it is over. */
void results_job_resume(struct results_job *job);

/* Waits; the results are the caller's (results_destroy), NULL when cancelled. */
struct results *results_finish(struct results_job *job);
/* Waits for pieces under way only, and drops everything. */
void results_job_destroy(struct results_job *job);
void results_destroy(struct results *results);

/* results_start_from complete `old`, finished. */
struct results *results_with_exclusions(const struct results *old,
                                        const struct exclusions *exclusions,
                                        struct job_pool *pool);

/* The judgement of a check for a pair, study-wide ones (R, F) included. */
enum judgement results_judge(const struct results *results, size_t pair,
                             const struct diagnostic *diagnostic);

/* How many pairs of a direction and outcome (NULL: all) were tested, and how many have p or q
 * below .05; expected is .05 times tested. */
struct results_count {
    size_t pairs, analysed; /* so far */
    size_t tested, nominal, significant;
    double expected;
};
struct results_count results_count_of(const struct results *results, const char *disease,
                                      enum direction direction);

/* Adds those of tests of all diseases to what other slices of the study (slices.h) have. */
void results_count_more(struct results_count *count, const struct results *results,
                        enum direction direction);

/* Benjamini and Hochberg 1995 (JRSS B 57:289): adjusted P in q; NaN stay NaN and do not count.
 */
void results_adjust(const double *p, size_t count, double *q);

#endif
