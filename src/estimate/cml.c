#include "estimate/cml.h"
#include "base/i18n.h"
#include "estimate/methods.h"
#include <math.h>
#include <string.h>

/* Fits of less weight than this change no digit. */
#define LEAST_WEIGHT 1e-18

/* So many variants are named at most. */
#define MOST_NAMES 10

/* Fits this far above the least criterion weigh nothing; and how many standard errors of its
 * mean beyond are sure, once so many sets are in. */
#define FAR 40
#define SURE 6
#define SETS_TO_JUDGE 4

/* log n, or a failure. */
static bool take_log_n(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct estimate *estimate, double *log_n)
{
    double n = settings->parameters[PARAMETER_SAMPLE_SIZE];

    if (isnan(n)) {
        n = cml_sample_size(pair, scratch);
    }
    if (!(n > 1)) {
        estimate_fail(estimate, ESTIMATE_MISSING_INPUT, _("needs sample sizes"));
        return false;
    }
    *log_n = log(n);
    return true;
}

/* The fits to the data themselves, and which is best; false without a finite one. */
static bool take_fits(struct cml_work *work, const struct pair *pair, double log_n,
                      struct cml_fit *fits, size_t *count, size_t *best)
{
    cml_load(work, pair->bx, pair->by, pair->count - 2);
    *count = cml_fits(work, pair->count - 1, log_n, LEAST_WEIGHT, fits);
    *best = cml_best(fits, *count, log_n);
    return isfinite(cml_criterion(&fits[*best], *best, log_n));
}

static void fail_unfit(struct estimate *estimate)
{
    estimate_fail(estimate, ESTIMATE_UNDEFINED,
                  _("the variants' effects on the exposure give no finite value"));
}

static void fill(struct estimate *estimate, const struct cml_fit *average,
                 const struct estimate_settings *settings)
{
    estimate->b = average->b;
    estimate->se = average->se;
    estimate_fill_normal(estimate, settings);
}

/* Which variants the fit of least criterion takes for invalid. */
static const char *name_invalid(const struct cml_work *work, const struct pair *pair,
                                struct arena *scratch)
{
    const char *names = "";
    size_t count = 0;

    for (size_t j = 0; j < pair->count; j++) {
        if (cml_is_invalid(work, j)) {
            count++;
            names = count > MOST_NAMES
                        ? ""
                        : arena_format(scratch, "%s%s %s", names, count == 1 ? ":" : ",",
                                       pair_variant(pair, j));
        }
    }
    if (count == 0) {
        return NULL;
    }
    return arena_format(scratch,
                        ngettext("%zu variant taken for invalid%s",
                                 "%zu variants taken for invalid%s", (unsigned long)count),
                        count, names);
}

static void cml(const struct pair *pair, const struct estimate_settings *settings,
                struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct cml_work *work = cml_begin(pair->sx, pair->sy, pair->count, scratch);
    struct cml_fit *fits = arena_get(scratch, pair->count, sizeof *fits), average;
    size_t count, best;
    double log_n;

    (void)stream;
    if (!take_log_n(pair, settings, scratch, estimate, &log_n)) {
        return;
    }
    if (!take_fits(work, pair, log_n, fits, &count, &best)) {
        fail_unfit(estimate);
        return;
    }
    average = cml_average(fits, count, log_n);
    fill(estimate, &average, settings);
    if (estimate->status == ESTIMATE_DONE) {
        cml_fit_of(work, best);
        estimate->note = name_invalid(work, pair, scratch);
    }
}

/* Sums over perturbed sets of the fits with one number of invalid variants. Effects are less
 * the first set's, so that their squares keep their digits; misfits less those with as many
 * invalid variants as the data themselves have. */
struct sums {
    double first, b, b2, misfit, misfit2;
    bool is_far; /* a fit that no longer counts */
};

static void add(struct sums *sums, const struct cml_fit *fit, double usual, bool is_first)
{
    double b, misfit = fit->misfit - usual;

    sums->first = is_first ? fit->b : sums->first;
    b = fit->b - sums->first;
    sums->b += b;
    sums->b2 += b * b;
    sums->misfit += misfit;
    sums->misfit2 += misfit * misfit;
}

/* Mean effect, its standard deviation and mean misfit over so many sets. */
static struct cml_fit mean_fit(const struct sums *sums, size_t sets)
{
    double n = (double)sets, mean = sums->b / n;
    double squares = fmax(0, sums->b2 - n * mean * mean);

    return (struct cml_fit){sums->first + mean, sqrt(squares / (n - 1)), sums->misfit / n};
}

/* The variance of a mean misfit. */
static double misfit_variance(const struct sums *sums, size_t sets)
{
    double n = (double)sets, mean = sums->misfit / n;

    return fmax(0, sums->misfit2 / n - mean * mean) / (n - 1);
}

/* Leaves out the fits whose mean criterion is surely far from the least; *count is cut to the
 * last that counts. */
static void leave_far(struct sums *sums, size_t *count, size_t sets, double log_n)
{
    double least = INFINITY;
    size_t last = 0;

    for (size_t i = 0; i < *count; i++) {
        struct cml_fit mean = mean_fit(&sums[i], sets);
        double sure = SURE * sqrt(misfit_variance(&sums[i], sets));

        if (!sums[i].is_far) {
            least = fmin(least, cml_criterion(&mean, i, log_n) + sure);
        }
    }
    for (size_t i = 0; i < *count; i++) {
        struct cml_fit mean = mean_fit(&sums[i], sets);
        double sure = SURE * sqrt(misfit_variance(&sums[i], sets));

        sums[i].is_far |= cml_criterion(&mean, i, log_n) - sure > least + FAR;
        last = sums[i].is_far ? last : i;
    }
    *count = last + 1;
}

/* One perturbation: its fits are added to the sums, which keep what `usual` invalid variants
 * leave. */
static void add_set(struct cml_work *work, struct sums *sums, size_t count, size_t usual,
                    bool is_first)
{
    struct cml_fit standard = cml_fit_quickly(work, usual);

    for (size_t i = 0; i < count; i++) {
        if (!sums[i].is_far) {
            struct cml_fit fit = i == usual ? standard : cml_fit_quickly(work, i);

            add(&sums[i], &fit, standard.misfit, is_first);
        }
    }
}

/* Fits left out get a criterion that weighs nothing. */
static struct cml_fit average_of(const struct sums *sums, struct cml_fit *fits, size_t count,
                                 size_t sets, double log_n)
{
    for (size_t i = 0; i < count; i++) {
        fits[i] = mean_fit(&sums[i], sets);
        if (sums[i].is_far) {
            fits[i] = (struct cml_fit){0, NAN, INFINITY};
        }
    }
    return cml_average(fits, count, log_n);
}

/* Averages what perturbed sets say; `fits` holds `count` fits to the data, the best of them
 * with `usual` invalid variants, and is overwritten. */
static struct cml_fit perturb(struct cml_work *work, const struct pair *pair, size_t sets,
                              double log_n, struct cml_fit *fits, size_t count, size_t usual,
                              struct arena *scratch, struct random_stream *stream)
{
    double *bx = arena_get(scratch, pair->count, sizeof *bx);
    double *by = arena_get(scratch, pair->count, sizeof *by);
    struct sums *sums = arena_get(scratch, count, sizeof *sums);

    for (size_t set = 0; set < sets; set++) {
        random_normals(stream, pair->bx, pair->sx, bx, pair->count);
        random_normals(stream, pair->by, pair->sy, by, pair->count);
        cml_load(work, bx, by, count - 1 < usual ? usual : count - 1);
        add_set(work, sums, count, usual, set == 0);
        if (set + 1 >= SETS_TO_JUDGE) {
            leave_far(sums, &count, set + 1, log_n);
        }
    }
    return average_of(sums, fits, count, sets, log_n);
}

static void cml_dp(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    struct cml_work *work = cml_begin(pair->sx, pair->sy, pair->count, scratch);
    struct cml_fit *fits = arena_get(scratch, pair->count, sizeof *fits), average;
    size_t sets = (size_t)settings->parameters[PARAMETER_PERTURBATIONS], count, usual;
    double log_n;

    if (!take_log_n(pair, settings, scratch, estimate, &log_n)) {
        return;
    }
    if (!take_fits(work, pair, log_n, fits, &count, &usual)) {
        fail_unfit(estimate);
        return;
    }
    average = perturb(work, pair, sets, log_n, fits, count, usual, scratch, stream);
    fill(estimate, &average, settings);
}

const struct method method_cml = {
    .key = "cml",
    .name = "Constrained maximum likelihood",
    .group = GROUP_OTHER,
    .least = 3,
    .needs = NEEDS_SAMPLE_SIZE,
    .assumes =
        N_("the largest group of variants with one ratio is the valid one; averaged over "
           "the number of invalid variants"),
    .citation = "Xue, Shen and Pan 2021, Am J Hum Genet 108:1251",
    .function = cml,
};

const struct method method_cml_dp = {
    .key = "cml_dp",
    .name = "Constrained maximum likelihood (data perturbation)",
    .group = GROUP_OTHER,
    .is_random = true,
    .least = 3,
    .needs = NEEDS_SAMPLE_SIZE,
    .assumes =
        N_("as constrained maximum likelihood; the error counts that invalid variants are "
           "not known"),
    .citation = "Xue, Shen and Pan 2021, Am J Hum Genet 108:1251",
    .function = cml_dp,
};
