#include "estimate/mix.h"
#include "base/i18n.h"
#include "estimate/methods.h"
#include "numeric/minimise.h"
#include "numeric/summary.h"
#include <math.h>

/* Invalid variants' variance is at least so many times a middle error's: less is no pleiotropy
 * that a variant shows. */
#define LEAST_SPREAD 4

/* The package's bounds, when its grid is asked for. */
#define GRID_LEAST_SPREAD 1.1
#define GRID_MOST_VARIANCE 0.01
#define LEAST_GRID 3
#define MOST_GRID 1e6
#define GRID_ROUNDING 1e-9

/* The search reaches so many median deviations of the ratios from their weighted median, and
 * so many standard errors of the fixed-effect IVW further. */
#define SPREADS 6
#define MARGIN 3

/* Points of the coarse search, and how often its range may double. */
#define STRIDE 2
#define FEWEST_POINTS 32
#define MOST_POINTS 256
#define MOST_WIDENINGS 2

/* So many of the highest coarse points are looked at closely, unless that much lower. */
#define PEAKS 6
#define PEAK_DROP 0.1
#define HALVINGS 5

/* By how much invalid variants must raise the log-likelihood to be seen: their share and
 * variance cost as much by Akaike's criterion. */
#define LEAST_GAIN 2

/* Newton's last steps to the top, in the same standard errors. */
#define POLISH_STEPS 8
#define POLISH_NEAR 1e-9
#define POLISH_FAR 0.5

/* A search for the effect of the highest share. */
struct search {
    struct mix mix;
    double unit;
    double lowest, highest, step;
    size_t count;
    double likelihood;       /* the highest seen */
    double valid_likelihood; /* the same of valid variants only */
    size_t valid_point;      /* and where */
    double *shares;          /* at lowest + i step, MOST_POINTS places */
};

static double theta_at(const struct search *search, size_t i)
{
    return search->lowest + (double)i * search->step;
}

/* The range of the search around the ratios' median; false where there are none. */
static bool take_range(struct search *search, const struct pair *pair, struct arena *scratch)
{
    double *ratios = arena_get(scratch, pair->count, sizeof *ratios);
    double *strengths = arena_get(scratch, pair->count, sizeof *strengths);
    size_t *order = arena_get(scratch, pair->count, sizeof *order), count = 0;
    double information = 0, middle, reach;

    for (size_t j = 0; j < pair->count; j++) {
        double strength = fabs(pair->bx[j]) / pair->sy[j], ratio = pair->by[j] / pair->bx[j];

        information += strength * strength;
        if (strength > 0 && isfinite(ratio)) {
            ratios[count] = ratio;
            strengths[count++] = strength;
        }
    }
    if (count == 0) {
        return false;
    }
    search->unit = 1 / sqrt(information);
    middle = summary_weighted_median(ratios, strengths, count, order);
    for (size_t i = 0; i < count; i++) {
        ratios[i] = fabs(ratios[i] - middle);
    }
    reach = SPREADS * summary_weighted_median(ratios, strengths, count, order) +
            MARGIN * search->unit;
    search->lowest = middle - reach;
    search->highest = middle + reach;
    return isfinite(search->lowest) && isfinite(search->highest);
}

/* Shares along the range, by steps of about STRIDE standard errors. */
static void look_along(struct search *search)
{
    double range = search->highest - search->lowest;
    double points = ceil(range / (STRIDE * search->unit)) + 1;

    points = fmax(FEWEST_POINTS, fmin(MOST_POINTS, points));
    search->count = (size_t)points;
    search->step = range / (points - 1);
    search->likelihood = search->valid_likelihood = -INFINITY;
    search->valid_point = 0;
    for (size_t i = 0; i < search->count; i++) {
        double theta = theta_at(search, i), valid = -mix_valid_misfit(&search->mix, theta) / 2;
        struct mix_fit fit = mix_fit_at(&search->mix, theta);

        search->shares[i] = fit.share;
        search->likelihood = fmax(search->likelihood, valid + fit.gain);
        if (valid > search->valid_likelihood) {
            search->valid_likelihood = valid;
            search->valid_point = i;
        }
    }
}

static size_t highest_point(const struct search *search)
{
    size_t best = 0;

    for (size_t i = 1; i < search->count; i++) {
        best = search->shares[i] > search->shares[best] ? i : best;
    }
    return best;
}

/* Whether invalid variants explain nothing. */
static bool are_all_valid(const struct search *search)
{
    return search->likelihood - search->valid_likelihood < LEAST_GAIN ||
           search->shares[highest_point(search)] >= MIX_MOST_SHARE;
}

/* Looks along a range whose ends are not the best; false when it cannot be widened so far. */
static bool look_wide_enough(struct search *search)
{
    for (int i = 0; i <= MOST_WIDENINGS; i++) {
        double range = search->highest - search->lowest;
        size_t best;

        look_along(search);
        best = are_all_valid(search) ? search->valid_point : highest_point(search);
        if (best > 0 && best + 1 < search->count) {
            return true;
        }
        search->lowest -= best == 0 ? range : 0;
        search->highest += best == 0 ? 0 : range;
    }
    return false;
}

/* The best effect between the neighbours of a coarse point, by halves. */
static struct mix_fit narrow(struct search *search, double theta)
{
    struct mix_fit best = mix_fit_at(&search->mix, theta);
    double step = search->step;

    for (int i = 0; i < HALVINGS; i++) {
        double middle = best.theta;

        step /= 2;
        for (int side = -1; side <= 1; side += 2) {
            struct mix_fit fit = mix_fit_at(&search->mix, middle + side * step);

            best = fit.share > best.share ? fit : best;
        }
    }
    return best;
}

/* Newton's steps from close to the top; whether they arrive, where the share is level. */
static bool polish(struct search *search, struct mix_fit *fit)
{
    for (int i = 0; i < POLISH_STEPS; i++) {
        bool is_held = fit->hold == MIX_AT_LOWER;
        struct mix_slope slope = mix_slope_at(&search->mix, fit, search->unit, is_held);
        double step = slope.slope / slope.change;

        if (!(slope.change > 0) || !(fabs(step) < POLISH_FAR * search->unit)) {
            return false;
        }
        if (fabs(step) <= POLISH_NEAR * search->unit) {
            return true;
        }
        *fit = mix_fit_at(&search->mix, fit->theta - step);
    }
    return false;
}

/* The highest point that no neighbour exceeds, of those not taken yet (they are below 0). */
static size_t highest_peak(const struct search *search)
{
    const double *shares = search->shares;
    size_t best = 0;

    for (size_t i = 1; i + 1 < search->count; i++) {
        if (shares[i] > shares[best] && shares[i] >= shares[i - 1] &&
            shares[i] >= shares[i + 1]) {
            best = i;
        }
    }
    return best;
}

/* The best of the neighbourhoods of the highest coarse points. */
static struct mix_fit best_peak(struct search *search)
{
    struct mix_fit best = {.share = -1};

    for (int i = 0; i < PEAKS; i++) {
        size_t at = highest_peak(search);
        struct mix_fit fit;

        if (search->shares[at] < best.share - PEAK_DROP) {
            break;
        }
        fit = narrow(search, theta_at(search, at));
        best = fit.share > best.share ? fit : best;
        search->shares[at] = -1;
    }
    return best;
}

static double valid_misfit(double theta, void *context)
{
    return mix_valid_misfit(&((struct search *)context)->mix, theta);
}

/* Where no variant is seen to be invalid the mixture cannot tell effects apart; the likelihood
 * of valid variants can. */
static void fill_all_valid(struct search *search, struct estimate *estimate,
                           const struct estimate_settings *settings)
{
    double theta = theta_at(search, search->valid_point);

    (void)minimise_on_interval(valid_misfit, search, theta - search->step, theta + search->step,
                               &theta);
    estimate->b = theta;
    estimate->se = mix_valid_error(&search->mix, theta, search->unit);
    estimate->note = _("no variant is seen to be invalid: the likelihood of valid variants");
    estimate_fill_normal(estimate, settings);
}

static void fill_peak(struct search *search, struct estimate *estimate,
                      const struct estimate_settings *settings)
{
    struct mix_fit fit = best_peak(search);

    if (fit.share <= MIX_LEAST_SHARE) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, _("no effect suits any of the variants"));
    } else if (!polish(search, &fit)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the share of valid variants jumps where it is highest"));
    } else {
        estimate->b = fit.theta;
        estimate->se = mix_error_at(&search->mix, &fit, search->unit, fit.hold == MIX_AT_LOWER);
        estimate_fill_normal(estimate, settings);
    }
}

/* The search of our own. */
static void search_freely(struct search *search, struct arena *scratch,
                          struct estimate *estimate, const struct estimate_settings *settings)
{
    search->shares = arena_get(scratch, MOST_POINTS, sizeof *search->shares);
    if (!look_wide_enough(search)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the share of valid variants has no highest point near the ratios"));
    } else if (are_all_valid(search)) {
        fill_all_valid(search, estimate, settings);
    } else {
        fill_peak(search, estimate, settings);
    }
}

/* The mean of the grid's effects of highest share, as the package takes it. */
static struct mix_fit best_of_grid(struct search *search)
{
    struct mix_fit best = {.share = -1};
    size_t ties = 0;

    for (size_t i = 0; i < search->count; i++) {
        struct mix_fit fit = mix_fit_at(&search->mix, theta_at(search, i));

        if (fit.share > best.share) {
            best = (struct mix_fit){.share = fit.share};
            ties = 0;
        }
        if (fit.share == best.share) {
            best.theta += fit.theta;
            best.variance += fit.variance;
            ties++;
        }
    }
    best.theta /= (double)ties;
    best.variance /= (double)ties;
    return best;
}

/* The grid and the bounds of the package, whose units are those of standardised traits. */
static void search_grid(struct search *search, struct estimate *estimate,
                        const struct estimate_settings *settings)
{
    struct mix_fit best;

    search->mix.least_spread = GRID_LEAST_SPREAD;
    search->mix.most_variance = GRID_MOST_VARIANCE;
    if (!(mix_least_variance(&search->mix, 0) < GRID_MOST_VARIANCE)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the grid is for standardised effects, and these errors are too large; "
                        "leave mix_step out"));
        return;
    }
    best = best_of_grid(search);
    if (best.theta <= search->lowest || best.theta >= theta_at(search, search->count - 1)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the best effect is an end of the grid; set mix_lowest and mix_highest "
                        "further apart"));
        return;
    }
    estimate->b = best.theta;
    estimate->se = mix_error_at(&search->mix, &best, search->step, false);
    estimate_fill_normal(estimate, settings);
}

/* How many of the grid's three numbers are set; the grid when all are. */
static int take_grid(struct search *search, const struct estimate_settings *settings)
{
    double points;

    search->lowest = settings->parameters[PARAMETER_MIX_LOWEST];
    search->highest = settings->parameters[PARAMETER_MIX_HIGHEST];
    search->step = settings->parameters[PARAMETER_MIX_STEP];
    points = floor((search->highest - search->lowest) / search->step + GRID_ROUNDING) + 1;
    search->count = points >= LEAST_GRID && points <= MOST_GRID ? (size_t)points : 0;
    return !isnan(search->lowest) + !isnan(search->highest) + !isnan(search->step);
}

static void mix(const struct pair *pair, const struct estimate_settings *settings,
                struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct search search = {.mix = mix_begin(pair, LEAST_SPREAD, INFINITY, scratch)};
    int asked = take_grid(&search, settings);

    (void)stream;
    if (asked == 3 && search.count > 0) {
        search_grid(&search, estimate, settings);
    } else if (asked > 0) {
        estimate_fail(
            estimate, ESTIMATE_UNDEFINED,
            _("mix_lowest, mix_highest and mix_step make a grid together, of at least "
              "three points; set all or none"));
    } else if (take_range(&search, pair, scratch)) {
        search_freely(&search, scratch, estimate, settings);
    } else {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants' effects on the exposure give no finite value"));
    }
}

const struct method method_mix = {
    .key = "mix",
    .name = "MRMix",
    .group = GROUP_OTHER,
    .least = 3,
    .assumes = N_("the effect with the largest share of valid variants is the causal one; "
                  "pleiotropy of the others is normal around zero"),
    .citation = "Qi and Chatterjee 2019, Nat Commun 10:1941",
    .function = mix,
};
