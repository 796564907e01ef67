#include "tests/chart_fixture.h"

#include <math.h>

static const double Z = 1.959963984540054;

static const struct method ivw = {.key = "ivw", .name = "Inverse variance weighted"};
static const struct method wald = {.key = "wald", .name = "Wald ratio"};
static const struct method egger = {.key = "egger", .name = "MR Egger"};
static const struct method median = {.key = "weighted_median", .name = "Weighted median"};

static struct trait *trait(struct arena *arena, const char *name, enum trait_unit unit,
                           enum trait_rank rank)
{
    struct trait *made = arena_get(arena, 1, sizeof *made);
    made->key = made->name = name;
    made->unit = unit;
    made->rank = rank;
    return made;
}

/* The ratios of seven variants of a taxon, then a wave around a small effect. */
static double ratio_of(size_t j)
{
    static const double first[] = {0.172, 0.139, 0.083, 0.058, 0.041, 0.020, -0.021};
    return j < 7 ? first[j] : 0.05 + 0.2 * sin((double)j * 2.3);
}

static double error_of(size_t j)
{
    static const double first[] = {0.076, 0.105, 0.096, 0.095, 0.094, 0.096, 0.090};
    return j < 7 ? first[j] : 0.09 + 0.05 * cos((double)j * 1.7) + (j % 50 == 9 ? 2 : 0);
}

static struct harmonised *rows_of(size_t count, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, count, sizeof *rows);
    for (size_t j = 0; j < count; j++) {
        rows[j].keep = true;
        rows[j].x = (struct association){
            .variant = arena_format(arena, "rs%zu", 1000 + 37 * j), .beta = 0.1, .se = 0.01};
        rows[j].y = rows[j].x;
        rows[j].x.gene = j < 2 ? "LCT" : NULL;
        rows[j].y.beta = 0.1 * ratio_of(j);
        rows[j].y.se = 0.1 * error_of(j);
    }
    return rows;
}

static void fill(struct estimate *estimate, const struct method *method, size_t variants,
                 double b, double se)
{
    *estimate = (struct estimate){.method = method,
                                  .status = variants == 0 ? ESTIMATE_TOO_FEW : ESTIMATE_DONE,
                                  .variants = variants,
                                  .b = b,
                                  .se = se,
                                  .p = erfc(fabs(b / se) / sqrt(2)),
                                  .lower = b - Z * se,
                                  .upper = b + Z * se,
                                  .intercept = NAN};
    estimate->neglog10_p = -log10(estimate->p);
    estimate->contains_null = estimate->lower <= 0 && 0 <= estimate->upper;
}

/* IVW of fixed effects, variant `without` left out (or a number past the last). */
static void fill_ivw(struct estimate *estimate, const struct pair *pair, size_t without)
{
    double sum = 0, weights = 0;
    size_t used = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double weight = j == without ? 0 : pow(pair->bx[j] / pair->sy[j], 2);
        sum += weight * pair->by[j] / pair->bx[j];
        weights += weight;
        used += j != without;
    }
    fill(estimate, used == 1 ? &wald : &ivw, used, sum / weights, 1 / sqrt(weights));
}

static void fill_single(const struct analysis *analysis, size_t j, double total_weight)
{
    const struct pair *pair = analysis->pair;
    struct single_variant *single = &analysis->singles[j];
    double b = pair->by[j] / pair->bx[j], se = pair->sy[j] / pair->bx[j];
    double q = pow((b - analysis->main.b) / se, 2);
    *single = (struct single_variant){.j = j,
                                      .b = b,
                                      .se = se,
                                      .lower = b - Z * se,
                                      .upper = b + Z * se,
                                      .weight_share = 1 / (se * se) / total_weight,
                                      .q_share = q / analysis->heterogeneity.q,
                                      .studentised = (b - analysis->main.b) / se,
                                      .cook = q / 7};
    single->contains_null = single->lower <= 0 && 0 <= single->upper;
}

static void fill_singles(struct analysis *analysis)
{
    const struct pair *pair = analysis->pair;
    double q = 0, weight = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double se = pair->sy[j] / pair->bx[j];
        q += pow((pair->by[j] / pair->bx[j] - analysis->main.b) / se, 2);
        weight += 1 / (se * se);
    }
    double df = (double)pair->count - 1;
    analysis->heterogeneity = (struct heterogeneity){.q = q,
                                                     .df = df,
                                                     .p = 0.73,
                                                     .i2 = fmax(0, 1 - df / q),
                                                     .i2_lower = 0,
                                                     .i2_upper = 0.71};
    for (size_t j = 0; j < pair->count; j++) {
        fill_single(analysis, j, weight);
    }
}

static void fill_methods(struct analysis *analysis, struct arena *arena)
{
    size_t count = analysis->pair->count;
    analysis->estimates = arena_get(arena, 3, sizeof *analysis->estimates);
    analysis->estimate_count = 3;
    analysis->estimates[0] = analysis->main;
    size_t used = count < 3 ? 0 : count;
    fill(&analysis->estimates[1], &egger, used, 0.189, 0.141);
    fill(&analysis->estimates[2], &median, used, 0.061, 0.047);
    analysis->egger = analysis->estimates[1];
    analysis->egger.intercept = -0.009;
    analysis->egger.intercept_se = 0.011;
    analysis->egger.intercept_p = 0.44;
    analysis->heterogeneity_egger =
        (struct heterogeneity){.q = 2.9, .df = (double)count - 2, .p = 0.71};
}

static const struct analysis *analysis_of(const struct pair *pair, struct arena *arena)
{
    struct analysis *analysis = arena_get(arena, 1, sizeof *analysis);
    analysis->pair = pair;
    analysis->settings.level = 0.95;
    fill_ivw(&analysis->main, pair, pair->count);
    fill_methods(analysis, arena);
    analysis->singles = arena_get(arena, pair->count, sizeof *analysis->singles);
    fill_singles(analysis);
    analysis->leave_one_out_count = pair->count > 2 ? pair->count + 1 : 1;
    analysis->leave_one_out =
        arena_get(arena, analysis->leave_one_out_count, sizeof *analysis->leave_one_out);
    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        fill_ivw(&analysis->leave_one_out[j], pair, j);
    }
    analysis->leave_one_out[analysis->leave_one_out_count - 1] = analysis->main;
    double reach = pair->count > 2 ? 2.57 * analysis->main.se : NAN;
    analysis->prediction_lower = analysis->main.b - reach;
    analysis->prediction_upper = analysis->main.b + reach;
    return analysis;
}

const struct analysis *fixture_analysis(size_t count, struct arena *arena)
{
    return analysis_of(pair_create(arena,
                                   trait(arena, "class Actinobacteria", UNIT_SD, RANK_CLASS),
                                   trait(arena, "insomnia", UNIT_LOG_ODDS, RANK_NONE), FORWARD,
                                   rows_of(count, arena), count),
                       arena);
}

const struct analysis *fixture_without(const struct analysis *analysis, size_t j,
                                       struct arena *arena)
{
    bool *is_excluded = arena_get(arena, analysis->pair->count, sizeof *is_excluded);
    is_excluded[j] = true;
    return analysis_of(pair_without(arena, analysis->pair, is_excluded), arena);
}
