#include "base/i18n.h"
#include "estimate/heidi.h"
#include "estimate/methods.h"
#include "numeric/cholesky.h"
#include "numeric/regression.h"
#include "numeric/sort.h"
#include "numeric/tail.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Variants that share more than this with a stronger one are left out. */
#define MOST_R2 0.05

/* Correlations at or above this false discovery rate count as chance. */
#define CHANCE_FDR 0.05

/* Added to every variance, as a share of it: package gsmr adds the number itself, which is too
 * little or too much where effects are in other units. */
#define RIDGE 1e-6

/* The package asks for this many. */
#define ADVISED 10

/* Outliers that a note names. */
#define NAMED 5

/* What became of the variants. */
struct fate {
    size_t without_effect, in_ld, outliers;
    const char *names; /* of outliers */
};

static int compare_ranked(const void *one, const void *other)
{
    const double *a = one, *b = other;

    for (size_t i = 0; i < 3; i++) {
        if (a[i] != b[i]) {
            return a[i] > b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Places of the ratios, the strongest variant first. */
static size_t *by_strength(const struct heidi_ratios *ratios, struct arena *scratch)
{
    double(*ranked)[4] = arena_get(scratch, ratios->count, sizeof *ranked);
    size_t *order = arena_get(scratch, ratios->count, sizeof *order);

    for (size_t i = 0; i < ratios->count; i++) {
        ranked[i][0] = fabs(ratios->z[i]);
        ranked[i][1] = ratios->b[i];
        ranked[i][2] = fabs(ratios->outcome[i]);
        ranked[i][3] = (double)i;
    }
    qsort(ranked, ratios->count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < ratios->count; i++) {
        order[i] = (size_t)ranked[i][3];
    }
    return order;
}

/* Leaves out what is in LD with a stronger variant that stays. */
static void prune(struct heidi_ratios *ratios, struct fate *fate, struct arena *scratch)
{
    const size_t *order = by_strength(ratios, scratch);
    bool *is_excluded = arena_get(scratch, ratios->count, sizeof *is_excluded);

    for (size_t i = 0; i < ratios->count; i++) {
        const double *r = ratios->ld + order[i] * ratios->count;

        for (size_t k = 0; k < i; k++) {
            is_excluded[order[i]] |=
                !is_excluded[order[k]] && r[order[k]] * r[order[k]] > MOST_R2;
        }
        fate->in_ld += is_excluded[order[i]];
    }
    heidi_drop(ratios, is_excluded);
}

static double chance_of(double r, double people)
{
    return tail_chi_square(r * r * people, 1);
}

/* The largest P whose false discovery rate (Benjamini and Hochberg 1995) is below that of
 * chance; -1 for none. */
static double largest_kept(const struct heidi_ratios *ratios, double people,
                           struct arena *scratch)
{
    size_t cells = ratios->count * (ratios->count - 1) / 2, at = 0;
    double *p = arena_get(scratch, cells, sizeof *p);

    for (size_t i = 0; i < ratios->count; i++) {
        for (size_t k = 0; k < i; k++) {
            p[at++] = chance_of(ratios->ld[i * ratios->count + k], people);
        }
    }
    sort_numbers(p, cells);
    for (size_t rank = cells; rank > 0; rank--) {
        if (p[rank - 1] * (double)cells < CHANCE_FDR * (double)rank) {
            return p[rank - 1];
        }
    }
    return -1;
}

/* Correlations that `people` may show by chance become 0; NaN people: none does. */
static void forget_chance(struct heidi_ratios *ratios, double people, struct arena *scratch)
{
    double most;

    if (isnan(people) || ratios->count < 2) {
        return;
    }
    most = largest_kept(ratios, people, scratch);
    for (size_t i = 0; i < ratios->count; i++) {
        for (size_t k = 0; k < ratios->count; k++) {
            double *r = &ratios->ld[i * ratios->count + k];

            *r = i == k || chance_of(*r, people) <= most ? *r : 0;
        }
    }
}

static void drop_outliers(struct heidi_ratios *ratios, const struct pair *pair, double p,
                          struct fate *fate, struct arena *scratch)
{
    bool *is_outlier = arena_get(scratch, ratios->count, sizeof *is_outlier);

    heidi_outliers(ratios, p, is_outlier, scratch);
    for (size_t i = 0; i < ratios->count; i++) {
        if (is_outlier[i] && fate->outliers++ < NAMED) {
            fate->names =
                arena_format(scratch, "%s %s", fate->names, pair_variant(pair, ratios->j[i]));
        }
    }
    if (fate->outliers > NAMED) {
        fate->names = arena_format(scratch, "%s ...", fate->names);
    }
    heidi_drop(ratios, is_outlier);
}

/* Generalised least squares of the ratios on a constant. False where their covariance has no
 * inverse. */
static bool fit(const struct heidi_ratios *ratios, struct arena *scratch, struct line_fit *line)
{
    size_t count = ratios->count;
    double *root = arena_get(scratch, count * count, sizeof *root);
    double *columns = arena_get(scratch, 3 * count, sizeof *columns);
    double *one = columns, *b = columns + count, *weights = columns + 2 * count;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k <= i; k++) {
            root[i * count + k] = heidi_covariance(ratios, i, k);
        }
        root[i * count + i] *= 1 + RIDGE;
        one[i] = weights[i] = 1;
        b[i] = ratios->b[i];
    }
    if (cholesky_factor(root, count) < count) {
        return false;
    }
    cholesky_whiten(root, count, one);
    cholesky_whiten(root, count, b);
    *line = regression_through_origin(one, b, weights, count);
    return true;
}

static const char *note_of(const struct fate *fate, size_t all, size_t left,
                           struct arena *scratch)
{
    const char *note;

    if (left == all && left >= ADVISED) {
        return NULL;
    }
    note = arena_format(scratch,
                        _("uses %zu of %zu variants: in LD with stronger ones %zu, HEIDI "
                          "outliers %zu%s"),
                        left, all, fate->in_ld, fate->outliers, fate->names);
    if (fate->without_effect > 0) {
        note = arena_format(scratch, _("%s, without an effect on the exposure %zu"), note,
                            fate->without_effect);
    }
    return left >= ADVISED
               ? note
               : arena_format(scratch, _("%s; at least %d are advised"), note, ADVISED);
}

static void fill(struct estimate *estimate, const struct line_fit *line, size_t left,
                 const struct estimate_settings *settings)
{
    estimate->variants = left;
    estimate->b = line->slope;
    estimate->se = line->slope_se;
    if (left > 1) {
        estimate_fill_q(estimate, line->rss, (double)left - 1);
    }
    estimate_fill_normal(estimate, settings);
}

static void gsmr(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct heidi_ratios ratios = heidi_ratios_of(pair, scratch);
    struct fate fate = {.without_effect = pair->count - ratios.count, .names = ""};
    struct line_fit line;

    (void)stream;
    if (ratios.count == 0) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("no variant has an effect on the exposure"));
        return;
    }
    prune(&ratios, &fate, scratch);
    forget_chance(&ratios, settings->parameters[PARAMETER_LD_SAMPLE_SIZE], scratch);
    drop_outliers(&ratios, pair, settings->parameters[PARAMETER_HEIDI_P], &fate, scratch);
    if (!fit(&ratios, scratch, &line)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the correlations that are left are not positive definite"));
        return;
    }
    fill(estimate, &line, ratios.count, settings);
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note = note_of(&fate, pair->count, ratios.count, scratch);
    }
}

const struct method method_gsmr = {
    .key = "gsmr",
    .name = "GSMR",
    .group = GROUP_OTHER,
    .least = 2,
    .needs = NEEDS_LD,
    .uses_ld = true,
    .assumes = N_("variants are valid where their ratio does not differ from a strong one's in "
                  "the middle"),
    .citation = "Zhu et al. 2018, Nat Commun 9:224",
    .function = gsmr,
};
