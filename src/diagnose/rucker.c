#include "diagnose/rucker.h"
#include "base/i18n.h"
#include "estimate/ivw.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

#define THRESHOLD 0.05
#define FEWEST 3

/* A residual sum below this share of the whole is rounding. */
#define ROUNDING 1e-24

/* Removing stops before fewer variants than this would be left. */
#define FEWEST_LEFT 4

static struct rucker_test test_of(double q, double df)
{
    return (struct rucker_test){q, df, tail_chi_square(q, df)};
}

static void fill_interval(struct rucker_model *model, double level)
{
    double reach = quantile_normal(0.5 + 0.5 * level) * model->se;

    model->lower = model->b - reach;
    model->upper = model->b + reach;
}

static void fill_ivw(struct rucker_model *model, const struct line_fit *line, double sigma,
                     double level)
{
    *model = (struct rucker_model){.b = line->slope,
                                   .se = line->slope_se * sigma,
                                   .intercept = NAN,
                                   .intercept_se = NAN,
                                   .intercept_p = NAN};
    model->p = tail_normal_two_sided(model->b / model->se);
    model->neglog10_p = tail_normal_two_sided_neglog10(model->b / model->se);
    fill_interval(model, level);
}

static void fill_egger(struct rucker_model *model, const struct line_fit *line, double sigma,
                       double df, double level)
{
    *model = (struct rucker_model){.b = line->slope,
                                   .se = line->slope_se * sigma,
                                   .intercept = line->intercept,
                                   .intercept_se = line->intercept_se * sigma};
    model->p = tail_t_two_sided(model->b / model->se, df);
    model->neglog10_p = tail_t_two_sided_neglog10(model->b / model->se, df);
    model->intercept_p = tail_normal_two_sided(model->intercept / model->intercept_se);
    fill_interval(model, level);
}

/* What is left of the scatter in the error of a fixed model; NaN stays NaN. */
static double fixed_part(double sigma)
{
    return sigma > 1 ? 1 : sigma;
}

/* The scatter around a line; NaN where the fit is perfect but for rounding: there is no error
 * to be had from it. */
static double scatter_of(const struct line_fit *line, double df, double sum_yy)
{
    return line->rss > ROUNDING * sum_yy ? sqrt(line->rss / df) : NAN;
}

/* The two lines, and the scatter around each. */
struct lines {
    struct line_fit ivw, egger;
    double sigma, sigma_egger;
};

static struct lines lines_of(const struct points *points, size_t count)
{
    struct lines lines = {
        .ivw = regression_through_origin(points->x, points->y, points->w, count),
        .egger = regression_with_intercept(points->x, points->y, points->w, count)};
    double sum_yy = 0;

    for (size_t j = 0; j < count; j++) {
        sum_yy += points->w[j] * points->y[j] * points->y[j];
    }
    lines.sigma = scatter_of(&lines.ivw, (double)count - 1, sum_yy);
    lines.sigma_egger = scatter_of(&lines.egger, (double)count - 2, sum_yy);
    return lines;
}

static void fill_models(struct rucker *rucker, const struct lines *lines, double level)
{
    double df = rucker->egger.df, sigma = lines->sigma, sigma_egger = lines->sigma_egger;
    struct rucker_model *models = rucker->models;

    fill_ivw(&models[RUCKER_IVW_FIXED], &lines->ivw, fixed_part(sigma), level);
    fill_ivw(&models[RUCKER_IVW_RANDOM], &lines->ivw, sigma, level);
    fill_egger(&models[RUCKER_EGGER_FIXED], &lines->egger, fixed_part(sigma_egger), df, level);
    fill_egger(&models[RUCKER_EGGER_RANDOM], &lines->egger, sigma_egger, df, level);
}

static enum rucker_kind select_model(const struct rucker *rucker)
{
    if (!(rucker->ivw.p <= THRESHOLD)) {
        return RUCKER_IVW_FIXED;
    }
    if (!(rucker->difference.p <= THRESHOLD)) {
        return RUCKER_IVW_RANDOM;
    }
    return rucker->egger.p <= THRESHOLD ? RUCKER_EGGER_RANDOM : RUCKER_EGGER_FIXED;
}

/* The sums behind the leverage of a regression; through the origin the centre is 0. */
struct spread {
    double centre, sum_w, sum_xx;
};

static struct spread spread_of(const struct points *points, size_t count, bool has_intercept)
{
    struct spread spread = {0};

    for (size_t j = 0; j < count; j++) {
        spread.sum_w += points->w[j];
        spread.centre += has_intercept ? points->w[j] * points->x[j] : 0;
    }
    spread.centre /= spread.sum_w;
    for (size_t j = 0; j < count; j++) {
        double from = points->x[j] - spread.centre;

        spread.sum_xx += points->w[j] * from * from;
    }
    return spread;
}

/* Cook 1977, Technometrics 19:15, of a weighted regression with one or two coefficients. */
static void fill_cook(struct rucker *rucker, const struct points *points,
                      const struct lines *lines, bool has_intercept)
{
    const struct line_fit *line = has_intercept ? &lines->egger : &lines->ivw;
    struct spread spread = spread_of(points, rucker->variants, has_intercept);
    double coefficients = has_intercept ? 2 : 1;
    double sigma = has_intercept ? lines->sigma_egger : lines->sigma;

    for (size_t j = 0; j < rucker->variants; j++) {
        double from = points->x[j] - spread.centre, w = points->w[j];
        double rest = points->y[j] - line->slope * points->x[j] - line->intercept;
        double leverage =
            w * from * from / spread.sum_xx + (has_intercept ? w / spread.sum_w : 0);

        rucker->cook[j] = w * rest * rest * leverage /
                          (coefficients * sigma * sigma * (1 - leverage) * (1 - leverage));
    }
}

/* What the intercept takes from Q, not below 0; NaN where there is no line with one. */
static double gain_of(const struct lines *lines)
{
    double gain = lines->ivw.rss - lines->egger.rss;

    return gain < 0 ? 0 : gain;
}

static void fill(struct rucker *rucker, const struct points *points, const struct lines *lines,
                 double level)
{
    double count = (double)rucker->variants;

    rucker->ivw = test_of(lines->ivw.rss, count - 1);
    rucker->egger = test_of(lines->egger.rss, count - 2);
    rucker->difference = test_of(gain_of(lines), 1);
    fill_models(rucker, lines, level);
    rucker->selected = select_model(rucker);
    fill_cook(rucker, points, lines, rucker->selected >= RUCKER_EGGER_FIXED);
}

struct rucker rucker_of(const struct pair *pair, const struct estimate_settings *settings,
                        struct arena *arena)
{
    struct rucker rucker = {.variants = pair->count,
                            .cook = arena_get(arena, pair->count, sizeof(double))};
    struct points points = points_oriented(pair, arena);
    struct lines lines;

    if (pair->count < FEWEST) {
        rucker.note = _("needs three variants");
        return rucker;
    }
    lines = lines_of(&points, pair->count);
    if (!isfinite(lines.ivw.slope) || !isfinite(lines.ivw.rss)) {
        rucker.note = ivw_no_line(&lines.ivw);
        return rucker;
    }
    fill(&rucker, &points, &lines, settings->level);
    return rucker;
}

/* How many variants of `rucker` stay at 4 / J. */
static size_t staying(const struct rucker *rucker)
{
    size_t count = 0;

    for (size_t j = 0; j < rucker->variants; j++) {
        count += !(rucker->cook[j] > 4 / (double)rucker->variants);
    }
    return count;
}

/* Marks those that do not; `rucker` speaks of the variants that were not marked yet. */
static void remove_high(struct rucker_trimmed *trimmed, size_t count)
{
    const struct rucker *rucker = &trimmed->rucker;
    size_t at = 0;

    for (size_t j = 0; j < count; j++) {
        if (!trimmed->is_removed[j]) {
            trimmed->is_removed[j] = rucker->cook[at++] > 4 / (double)rucker->variants;
            trimmed->removed += trimmed->is_removed[j];
        }
    }
}

struct rucker_trimmed rucker_trimmed_of(const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena)
{
    struct rucker_trimmed trimmed = {.rucker = rucker_of(pair, settings, arena),
                                     .is_removed = arena_get(arena, pair->count, sizeof(bool))};

    while (trimmed.rucker.note == NULL && staying(&trimmed.rucker) < trimmed.rucker.variants &&
           staying(&trimmed.rucker) >= FEWEST_LEFT) {
        const struct pair *left;

        remove_high(&trimmed, pair->count);
        left = pair_without(scratch, pair, trimmed.is_removed);
        trimmed.rucker = rucker_of(left, settings, arena);
    }
    return trimmed;
}

char rucker_letter(enum rucker_kind kind)
{
    return (char)('A' + (int)kind);
}

const char *rucker_name(enum rucker_kind kind)
{
    static const char *const names[RUCKER_MODELS] = {"IVW fixed effects", "IVW random effects",
                                                     "Egger fixed effects",
                                                     "Egger random effects"};

    return names[kind];
}
