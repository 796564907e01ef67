#include "invariants.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CLOSED 1e-10
#define ITERATED 1e-6
/* Five standard deviations of a difference between two averages of independent draws. */
#define NOISE (5 * sqrt(2.))
/* A robust measure of spread varies more than a standard deviation, by about this. */
#define ROBUST 1.7

static const struct {
    const char *key;
    enum property property;
    const char *why;
} exceptions[] = {
    {"sign", HAS_ERROR, "a share of signs has no standard error"},
    {"sign", HAS_INTERVAL, "nor an interval: the test alone speaks"},
    {"sign", HAS_UNIT, "a share of signs has no unit"},
    {"sign", SCALES_ERROR, "a share of signs has no unit"},
    {"uwr", SCALES_ERROR, "its residuals have variance 1 at least, in the outcome's own unit"},
    {"hetpen", SCALES_EFFECT, "its models weigh by densities of the ratios, which have a unit"},
    {"hetpen", SCALES_ERROR, "its models weigh by densities of the ratios, which have a unit"},
    {"conmix", HAS_ERROR, "a likelihood gives its interval without a standard error"},
    {"conmix", SCALES_ERROR, "a likelihood gives its interval without a standard error"},
    {"presso_corrected", KEEPS_VARIANTS, "draws decide what is left out"},
};

const char *invariants_excuse(const struct method *method, enum property property)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        if (exceptions[i].property == property && strcmp(exceptions[i].key, method->key) == 0) {
            return exceptions[i].why;
        }
    }
    /* An Egger regression orients by the sign of bx; 0 counts as raising. */
    return property == HAS_ORIENTATION && method->group == GROUP_EGGER
               ? "0 counts as raising, as in the packages"
               : NULL;
}

/* Closed forms; what is not here may iterate, and is asked for less. */
static const char *const closed[] = {"wald",
                                     "ivw",
                                     "ivw_fe",
                                     "ivw_mre",
                                     "egger",
                                     "ivw_radial",
                                     "egger_radial",
                                     "ivw_delta",
                                     "sign",
                                     "uwr",
                                     "grip",
                                     "divw",
                                     "pivw",
                                     "ivw_penalised",
                                     "egger_penalised",
                                     "simple_median",
                                     "weighted_median",
                                     "penalised_weighted_median"};

double invariants_precision(const struct method *method)
{
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
        if (strcmp(closed[i], method->key) == 0) {
            return CLOSED;
        }
    }
    return ITERATED;
}

static void complain(struct faults *faults, const struct estimate *estimate, const char *format,
                     ...) __attribute__((format(printf, 3, 4)));

static void complain(struct faults *faults, const struct estimate *estimate, const char *format,
                     ...)
{
    va_list values;

    faults->count++;
    fprintf(stderr, "%s on %s: ", estimate->method->key, faults->data);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
}

static bool is_share(double value)
{
    return value >= 0 && value <= 1;
}

static void check_failed(struct faults *faults, const struct estimate *e)
{
    if (e->note == NULL || e->note[0] == '\0') {
        complain(faults, e, "status %d without a note", (int)e->status);
    }
    if (!isnan(e->b) || !isnan(e->se) || !isnan(e->p) || !isnan(e->neglog10_p) ||
        !isnan(e->lower) || !isnan(e->upper) || !isnan(e->q) || !isnan(e->intercept) ||
        e->contains_null || e->piece_count != 0) {
        complain(faults, e, "status %d and yet numbers (b %g, se %g)", (int)e->status, e->b,
                 e->se);
    }
}

static bool pieces_hold_zero(struct faults *faults, const struct estimate *e)
{
    bool holds = false;

    for (size_t i = 0; i < e->piece_count; i++) {
        const struct interval_piece *piece = &e->pieces[i];

        holds |= piece->lower <= 0 && piece->upper >= 0;
        if (!(piece->lower <= piece->upper) ||
            (i > 0 && !(e->pieces[i - 1].upper <= piece->lower))) {
            complain(faults, e, "piece %zu of the interval is out of order", i + 1);
        }
    }
    if (e->pieces[0].lower != e->lower || e->pieces[e->piece_count - 1].upper != e->upper) {
        complain(faults, e, "the ends of the interval are not those of its pieces");
    }
    return holds;
}

static void check_interval(struct faults *faults, const struct estimate *e)
{
    bool holds = e->lower <= 0 && 0 <= e->upper;

    if (invariants_excuse(e->method, HAS_INTERVAL) != NULL) {
        return;
    }
    if (!(e->lower <= e->upper)) {
        complain(faults, e, "interval %g to %g", e->lower, e->upper);
    } else if (e->piece_count == 0 && !(e->lower <= e->b && e->b <= e->upper)) {
        complain(faults, e, "b %.17g outside its interval %.17g to %.17g", e->b, e->lower,
                 e->upper);
    }
    if (e->piece_count > 0) {
        holds = pieces_hold_zero(faults, e);
    }
    if (e->contains_null != holds) {
        complain(faults, e, "contains_null is %d, interval %g to %g", e->contains_null,
                 e->lower, e->upper);
    }
}

static void check_p(struct faults *faults, const struct estimate *e)
{
    if (!is_share(e->p) || !(e->neglog10_p >= 0)) {
        complain(faults, e, "p %g, -log10 p %g", e->p, e->neglog10_p);
    } else if (e->p > 1e-290 &&
               !(fabs(-log10(e->p) - e->neglog10_p) <= 1e-9 * (1 + e->neglog10_p))) {
        complain(faults, e, "p %.17g is not 10^-%.17g", e->p, e->neglog10_p);
    }
}

static void check_rest(struct faults *faults, const struct estimate *e)
{
    if (isnan(e->q) != isnan(e->q_p) || isnan(e->q) != isnan(e->q_df)) {
        complain(faults, e, "Q %g, df %g, P %g", e->q, e->q_df, e->q_p);
    } else if (!isnan(e->q) && !(e->q >= 0 && e->q_df >= 0 && is_share(e->q_p))) {
        complain(faults, e, "Q %g, df %g, P %g", e->q, e->q_df, e->q_p);
    }
    if (isnan(e->intercept)) {
        return;
    }
    if (!isfinite(e->intercept) || !(e->intercept_se >= 0) || isinf(e->intercept_se) ||
        !is_share(e->intercept_p)) {
        complain(faults, e, "intercept %g, se %g, p %g", e->intercept, e->intercept_se,
                 e->intercept_p);
    }
}

/* An interval in pieces, or without an end, is not one to tell a standard error from; it must
 * be spoken of. */
static bool is_odd_interval(const struct estimate *e)
{
    return e->piece_count > 1 || isinf(e->lower) || isinf(e->upper);
}

void invariants_valid(struct faults *faults, const struct estimate *e)
{
    bool may_lack_error = invariants_excuse(e->method, HAS_ERROR) != NULL ||
                          (is_odd_interval(e) && e->note != NULL);

    if (e->status != ESTIMATE_DONE) {
        check_failed(faults, e);
        return;
    }
    if (!isfinite(e->b)) {
        complain(faults, e, "done, and b is %g", e->b);
    }
    if (!(isnan(e->se) && may_lack_error) && !(isfinite(e->se) && e->se > 0)) {
        complain(faults, e, "done, and se is %g (b %g)", e->se, e->b);
    }
    if (is_odd_interval(e) && e->note == NULL) {
        complain(faults, e, "interval %g to %g in %zu pieces without a note", e->lower,
                 e->upper, e->piece_count);
    }
    check_p(faults, e);
    check_interval(faults, e);
    check_rest(faults, e);
}

static bool is_close(double got, double want, double precision)
{
    return (isnan(got) && isnan(want)) || got == want ||
           fabs(got - want) <= precision * fabs(want);
}

static bool is_close_effect(const struct estimate *first, const struct estimate *second,
                            double factor, const struct comparison *comparison)
{
    double want = factor * first->b, se = isnan(first->se) ? fabs(first->b) : first->se;
    double allowed = comparison->precision * fmax(fabs(want), factor * se);

    if (comparison->is_drawn_anew && first->method->is_random) {
        allowed += NOISE * factor * se / sqrt((double)comparison->draws);
    }
    return fabs(second->b - want) <= allowed;
}

static bool is_close_error(const struct estimate *first, const struct estimate *second,
                           double factor, const struct comparison *comparison)
{
    double precision = comparison->precision;

    if (comparison->is_drawn_anew && first->method->is_random) {
        precision += NOISE * ROBUST / sqrt(2. * (double)comparison->draws);
    }
    return is_close(second->se, factor * first->se, precision);
}

static void compare_tests(struct faults *faults, const struct estimate *first,
                          const struct estimate *second, const struct comparison *comparison)
{
    double precision = 100 * comparison->precision;

    if (comparison->is_drawn_anew && first->method->is_random) {
        return;
    }
    if (invariants_excuse(first->method, SCALES_ERROR) != NULL && comparison->factor != 1) {
        return;
    }
    if (second->neglog10_p != first->neglog10_p &&
        !(fabs(second->neglog10_p - first->neglog10_p) <=
          precision * (1 + first->neglog10_p))) {
        complain(faults, first, "%s: -log10 p %.15g was %.15g", comparison->what,
                 second->neglog10_p, first->neglog10_p);
    }
    /* A sum of squares of almost nothing is rounding and no more. */
    if (!is_close(second->q, first->q, precision) &&
        fabs(second->q - first->q) > precision * 1e-6) {
        complain(faults, first, "%s: Q %.15g was %.15g", comparison->what, second->q, first->q);
    }
}

void invariants_same(struct faults *faults, const struct estimate *first,
                     const struct estimate *second, const struct comparison *comparison)
{
    const struct method *method = first->method;
    double factor = comparison->factor;

    if (comparison->is_drawn_anew && invariants_excuse(method, KEEPS_VARIANTS) != NULL) {
        return;
    }
    if (first->status != second->status) {
        complain(faults, first, "%s: status %d (%s) was %d (%s)", comparison->what,
                 (int)second->status, second->note == NULL ? "" : second->note,
                 (int)first->status, first->note == NULL ? "" : first->note);
        return;
    }
    if (first->status != ESTIMATE_DONE) {
        return;
    }
    if ((factor == 1 || !invariants_excuse(method, SCALES_EFFECT)) &&
        !is_close_effect(first, second, invariants_excuse(method, HAS_UNIT) ? 1 : factor,
                         comparison)) {
        complain(faults, first, "%s: b %.17g, want %.17g", comparison->what, second->b,
                 factor * first->b);
    }
    if ((factor == 1 || !invariants_excuse(method, SCALES_ERROR)) &&
        !is_close_error(first, second, factor, comparison)) {
        complain(faults, first, "%s: se %.17g, want %.17g", comparison->what, second->se,
                 factor * first->se);
    }
    compare_tests(faults, first, second, comparison);
}
