/*
 * Multivariable Mendelian randomisation: the direct effect of each of several exposures.
 * In: a design, settings, scratch memory, the random stream of the design and the method. Out:
 * one effect an exposure, given the others. A method is a constant struct mv_method at the foot
 * of its family's file and one address in methods.c, as for one exposure.
 */
#ifndef MULTIVARIABLE_MULTIVARIABLE_H
#define MULTIVARIABLE_MULTIVARIABLE_H

#include "base/array.h"
#include "estimate/estimate.h"
#include "multivariable/design.h"

struct mv_method;

/* One method's answer for a design: an effect an exposure, in the outcome's unit per unit of
 * exposure, the other exposures held. */
struct mv_estimate {
    const struct mv_method *method;
    enum estimate_status status;
    const char *note;
    size_t variants;
    struct estimate *effects; /* K; only b, se, p, neglog10_p and the interval are filled */
    double q, q_df, q_p;      /* heterogeneity around this estimate, where it is defined */
    double intercept, intercept_se, intercept_p;
};

/* What a method works with. */
struct mv_work {
    const struct design *design;
    const struct estimate_settings *settings;
    struct arena *scratch;
    struct random_stream *stream;
};

struct mv_method {
    const char *key; /* "mv_ivw" */
    const char *name;
    bool is_default;
    bool is_random;
    bool uses_ld;
    size_t beyond;       /* variants it needs beyond one an exposure */
    unsigned needs;      /* enum method_need */
    const char *assumes; /* N_() */
    const char *citation;
    void (*function)(const struct mv_work *work, struct mv_estimate *estimate);
};

/* Every method, in the order of tables. Static. */
const struct mv_method *const *mv_methods_all(size_t *count);
const struct mv_method *mv_methods_find(const char *key);

/*
 * The methods of a list: keys with commas between them, or "default", or "all". Adds pointers
 * to `methods` (const struct mv_method *). False when a key is none of them: *unknown says
 * which, borrowed from `list` up to its comma.
 */
MUST_USE bool mv_methods_take(const char *list, struct array *methods, const char **unknown);

/* Runs one method on a design. What the estimate points to is in `arena`; scratch is reset. */
struct mv_estimate mv_run(const struct mv_method *method, const struct design *design,
                          const struct estimate_settings *settings, struct arena *scratch,
                          struct arena *arena);

/* For methods: sets a status and why, the numbers NaN. */
void mv_fail(const struct mv_work *work, struct mv_estimate *estimate,
             enum estimate_status status, const char *note);

/* For methods: effects from coefficients and standard errors, normal, or t with df degrees of
 * freedom for P and interval. */
void mv_fill_normal(const struct mv_work *work, struct mv_estimate *estimate,
                    const double *effects, const double *errors);
void mv_fill_t(const struct mv_work *work, struct mv_estimate *estimate, const double *effects,
               const double *errors, double df);

#endif
