/*
 * What --convention mendelianrandomization changes, against that package's golden rows: fixed
 * effects for few variants, normal probabilities, first-order weights, Fieller's interval.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

#define PACKAGE "MendelianRandomization0.10.0"
#define FIELLER "mr_pivw(Boot.Fieller=TRUE)"

static struct fixture other(struct fixture fixture)
{
    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    return fixture;
}

static double want(const struct fixture *fixture, const char *function, const char *quantity)
{
    return golden_find(&fixture->golden, PACKAGE, function, NULL, quantity)->value;
}

static const struct {
    const char *key, *function;
    double b, se; /* precision */
    size_t least;
} of_corners[] = {
    {"ivw", "mr_ivw_default", 1e-10, 1e-10, 2},
    {"ivw_delta", "mr_ivw_delta", 1e-10, 1e-10, 2},
    {"ivw_penalised", "mr_ivw_penalized", 1e-9, 1e-9, 2},
    {"divw", "mr_divw", 1e-10, 1e-10, 2},
    {"simple_median", "mr_median_simple", 1e-10, 0.12, 3},
    {"weighted_median", "mr_median_weighted", 1e-10, 0.12, 3},
    {"penalised_weighted_median", "mr_median_penalized", 1e-9, 0.12, 3},
    {"simple_mode", "mr_mbe_unweighted_delta", 1e-8, 0.15, 3},
    {"simple_mode_nome", "mr_mbe_unweighted_simple", 1e-8, 0.15, 3},
    {"weighted_mode", "mr_mbe_weighted_delta", 1e-8, 0.15, 3},
    {"weighted_mode_nome", "mr_mbe_weighted_simple", 1e-8, 0.15, 3},
};

#define CORNER_METHODS ((int)(sizeof of_corners / sizeof of_corners[0]))

/* Of errors drawn by one seed there is no spread; with 4,000 draws ours is known to 3% at most,
 * as is the package's with its own number. */
START_TEST(corner_sets_are_the_package_s)
{
    struct fixture fixture = other(fixture_begin_corner(fixture_corners[_i]));

    fixture.settings.boot = 4000;
    for (int i = 0; i < CORNER_METHODS; i++) {
        const char *function = of_corners[i].function;
        struct estimate got;

        if (fixture.pair->count < of_corners[i].least) {
            continue;
        }
        got = fixture_run(&fixture, of_corners[i].key);
        golden_close(function, got.b, want(&fixture, function, "Estimate"), of_corners[i].b);
        golden_close(function, got.se, want(&fixture, function, "StdError"), of_corners[i].se);
        golden_close("p", got.p, 2 * (1 - 0.5 * (1 + erf(fabs(got.b / got.se) / sqrt(2)))),
                     got.p > 1e-3 ? 1e-8 : INFINITY);
    }
    fixture_end(&fixture);
}
END_TEST

/* The package takes its probabilities from 1, which leaves them 16 places. */
START_TEST(egger_of_corner_sets_has_normal_probabilities)
{
    struct fixture fixture = other(fixture_begin_corner(fixture_corners[1 + _i]));
    struct estimate got = fixture_run(&fixture, "egger");

    golden_close("b", got.b, want(&fixture, "mr_egger", "Estimate"), 1e-10);
    golden_close("se", got.se, want(&fixture, "mr_egger", "StdError.Est"), 1e-10);
    ck_assert_double_eq_tol(got.p, want(&fixture, "mr_egger", "Pvalue.Est"), 1e-11);
    golden_close("a", got.intercept, want(&fixture, "mr_egger", "Intercept"), 1e-10);
    golden_close("a se", got.intercept_se, want(&fixture, "mr_egger", "StdError.Int"), 1e-10);
    ck_assert_double_eq_tol(got.intercept_p, want(&fixture, "mr_egger", "Pvalue.Int"), 1e-11);
    golden_close("Q", got.q, want(&fixture, "mr_egger", "Heter.Stat[1]"), 1e-10);
    fixture_end(&fixture);
}
END_TEST

/* The package's search stops short elsewhere; with few variants it arrives. */
START_TEST(likelihood_of_few_variants_is_the_package_s)
{
    struct fixture fixture = other(fixture_begin_corner(fixture_corners[_i]));
    struct estimate got = fixture_run(&fixture, "maxlik");

    golden_close("b", got.b, want(&fixture, "mr_maxlik", "Estimate"), 1e-3);
    golden_close("se", got.se, want(&fixture, "mr_maxlik", "StdError"), 1e-3);
    golden_close("Q", got.q, want(&fixture, "mr_maxlik", "Heter.Stat[1]"), 1e-5);
    fixture_end(&fixture);
}
END_TEST

static void check_se(const struct fixture *fixture, const char *key, const char *function,
                     double rough)
{
    const struct golden_row *row = golden_find(&fixture->golden, NULL, function, NULL, "se");
    double got = fixture_run(fixture, key).se;

    ck_assert_msg(fabs(got - row->value) <= fmax(3 * row->sd, rough * row->value),
                  "%s: se %g, want %g (sd %g)", key, got, row->value, row->sd);
}

/* Their spreads come of three seeds each, some by luck too small: then three times the 1.7% to
 * which 5,000 draws give a median absolute deviation. */
START_TEST(errors_of_modes_and_medians_agree)
{
    struct fixture fixture = other(fixture_begin_results(fixture_sets[_i]));

    fixture.settings.boot = 10000;
    check_se(&fixture, "simple_median", "mr_median(weighting=simple,iterations=10000)", 0.05);
    fixture.settings.boot = 5000;
    check_se(&fixture, "weighted_mode",
             "mr_mbe(weighting=weighted,stderror=delta,phi=1,iterations=5000)", 0.05);
    check_se(&fixture, "simple_mode",
             "mr_mbe(weighting=unweighted,stderror=delta,phi=1,iterations=5000)", 0.05);
    check_se(&fixture, "weighted_mode_nome",
             "mr_mbe(weighting=weighted,stderror=simple,phi=1,iterations=5000)", 0.05);
    check_se(&fixture, "simple_mode_nome",
             "mr_mbe(weighting=unweighted,stderror=simple,phi=1,iterations=5000)", 0.05);
    fixture_end(&fixture);
}
END_TEST

/* An end moves with the quantile drawn: by 3% of half the interval from one seed of 1000 to
 * the truth. */
START_TEST(the_fieller_interval_is_the_package_s)
{
    struct fixture fixture = other(fixture_begin_results(fixture_sets[_i]));
    struct estimate got = fixture_run(&fixture, "pivw");
    double low = fixture_want(&fixture, FIELLER, "ci_low");
    double high = fixture_want(&fixture, FIELLER, "ci_high"), allowed = 0.12 * (high - low) / 2;

    golden_close("b", got.b, fixture_want(&fixture, FIELLER, "estimate"), 1e-10);
    golden_close("se", got.se, fixture_want(&fixture, FIELLER, "se"), 1e-10);
    ck_assert_double_eq_tol(got.lower, low, allowed);
    ck_assert_double_eq_tol(got.upper, high, allowed);
    ck_assert_uint_eq(got.piece_count, 0);
    ck_assert(!got.contains_null);
    ck_assert_double_eq(got.p, 0.001); /* where the package says 0 */
    golden_close("log p", got.neglog10_p, 3, 1e-14);
    ck_assert_ptr_nonnull(got.note);
    fixture.settings.boot = 20000;
    got = fixture_run(&fixture, "pivw");
    ck_assert_double_eq_tol(got.lower, low, 0.75 * allowed);
    ck_assert_double_eq_tol(got.upper, high, 0.75 * allowed);
    fixture_end(&fixture);
}
END_TEST

/* The statistic of an effect, as published, in plain sums. */
static double statistic(const struct pair *pair, double tau2, double b)
{
    double m1 = 0, m2 = 0, v1 = 0, v2 = 0, v12 = 0, m1p, m2p, w;

    for (size_t j = 0; j < pair->count; j++) {
        double x = pair->bx[j], y = pair->by[j], s = pow(pair->sx[j], 2),
               o = pow(pair->sy[j], 2);

        m1 += x * y / o;
        m2 += (x * x - s) / o;
        v1 += (y * y * x * x - (y * y - o - tau2) * (x * x - s)) / (o * o);
        v2 += (4 * (x * x - s) * s + 2 * s * s) / (o * o);
        v12 += 2 * y * x * s / (o * o);
    }
    m2p = m2 / 2 + copysign(sqrt(m2 * m2 / 4 + v2), m2);
    m1p = m1 + v12 / v2 * (m2p - m2);
    w = m2p / (2 * m2p - m2);
    return pow(m1p - b * m2p, 2) / (v1 - 2 * b * w * v12 + b * b * w * w * v2);
}

START_TEST(both_ends_of_a_fieller_interval_are_equally_far)
{
    struct fixture fixture = other(fixture_begin_corner("under"));
    struct estimate got = fixture_run(&fixture, "pivw");
    double low = statistic(fixture.pair, 0, got.lower), high;

    high = statistic(fixture.pair, 0, got.upper);
    golden_close("ends", low, high, 1e-8);
    ck_assert_double_lt(statistic(fixture.pair, 0, got.b), 1e-20);
    /* the limit is close to that of chi-square */
    ck_assert_double_eq_tol(low, 3.84, 0.8);
    ck_assert(got.contains_null);
    ck_assert_double_eq_tol(got.p, 0.494, 0.08);
    ck_assert_ptr_null(got.note);
    fixture_end(&fixture);
}
END_TEST

static void check_rays(const struct fixture *fixture, const struct estimate *got)
{
    ck_assert(isinf(got->pieces[0].lower) && isinf(got->pieces[1].upper));
    ck_assert(isinf(got->lower) && isinf(got->upper));
    ck_assert_double_lt(got->pieces[0].upper, got->pieces[1].lower);
    ck_assert(got->b <= got->pieces[0].upper || got->b >= got->pieces[1].lower);
    ck_assert_int_eq(got->contains_null,
                     got->pieces[0].upper >= 0 || got->pieces[1].lower <= 0);
    golden_close("ends", statistic(fixture->pair, 0, got->pieces[0].upper),
                 statistic(fixture->pair, 0, got->pieces[1].lower), 1e-8);
    ck_assert_ptr_nonnull(got->note);
}

/* Exposures not far above their noise, the outcome clear: with the level the interval becomes
 * all effects but those about 0, then all. */
START_TEST(weak_variants_leave_two_rays)
{
    const double bx[] = {2.1, -1.4, 0.3, -1.4, 3.8, -0.5}, s[] = {1, 1, 1, 1, 1, 1},
                 by[] = {2.8, -1.6, 0.2, -2.4, 3.8, 0.1};
    struct fixture fixture = other(fixture_begin_made(bx, s, by, s, 6));
    int stage = 0, rays = 0;

    for (double level = 0.5; level < 1; level += 0.002) {
        struct estimate got;
        int now;

        fixture.settings.level = level;
        got = fixture_run(&fixture, "pivw");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        now = isfinite(got.lower) ? 0 : got.piece_count == 2 ? 1 : 2;
        ck_assert_int_ge(now, stage);
        stage = now;
        rays += now == 1 && !got.contains_null;
        if (now == 1) {
            check_rays(&fixture, &got);
        }
    }
    ck_assert_int_gt(rays, 0);
    fixture_end(&fixture);
}
END_TEST

/* Where even the effect's own variance is negative there is no such interval. */
START_TEST(a_negative_variance_leaves_nothing)
{
    const double bx[] = {1.2, 1.1, 1.3, 0.9, 1.2, 1.4}, s[] = {1, 1, 1, 1, 1, 1},
                 by[] = {9, 8, 9, 7, 9, 10};
    struct fixture fixture = other(fixture_begin_made(bx, s, by, s, 6));
    struct estimate got = fixture_run(&fixture, "pivw");

    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert(isnan(got.b) && isnan(got.se));
    ck_assert(isnan(got.p) && isnan(got.lower) && isnan(got.upper));
    ck_assert(!got.contains_null);
    ck_assert_ptr_nonnull(got.note);
    fixture_end(&fixture);
}
END_TEST

START_TEST(noise_leaves_every_effect)
{
    const double bx[] = {1.2, -1.1, 1.3, 0.9, -1.2, 1.4}, s[] = {1, 1, 1, 1, 1, 1},
                 by[] = {0.4, 0.3, -1, 0.7, 1, -0.1};
    struct fixture fixture = other(fixture_begin_made(bx, s, by, s, 6));
    struct estimate got = fixture_run(&fixture, "pivw");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_uint_eq(got.piece_count, 0);
    ck_assert(isinf(got.lower) && isinf(got.upper) && got.lower < got.upper);
    ck_assert(got.contains_null);
    ck_assert_ptr_nonnull(got.note);
    fixture_end(&fixture);
}
END_TEST

/* Draws follow the seed and the units; the effect and its error do not draw. */
START_TEST(fieller_draws_follow_seed_and_units)
{
    struct fixture fixture = other(fixture_begin_corner("under"));
    struct pair scaled = *fixture.pair;
    size_t count = scaled.count;
    double *by = arena_get(fixture.arena, count, sizeof *by);
    double *sy = arena_get(fixture.arena, count, sizeof *sy);
    struct estimate first = fixture_run(&fixture, "pivw"), again, reseeded;

    again = fixture_run(&fixture, "pivw");
    ck_assert_double_eq(again.lower, first.lower);
    fixture.settings.seed++;
    reseeded = fixture_run(&fixture, "pivw");
    fixture.settings.seed--;
    ck_assert_double_ne(reseeded.lower, first.lower);
    ck_assert_double_eq(reseeded.se, first.se);
    for (size_t j = 0; j < count; j++) {
        by[j] = 1e-9 * scaled.by[j];
        sy[j] = 1e-9 * scaled.sy[j];
    }
    scaled.by = by, scaled.sy = sy;
    fixture.pair = &scaled;
    again = fixture_run(&fixture, "pivw");
    golden_close("lower", 1e9 * again.lower, first.lower, 1e-9);
    golden_close("upper", 1e9 * again.upper, first.upper, 1e-9);
    golden_close("p", again.p, first.p, 2e-3);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {corner_sets_are_the_package_s, FIXTURE_CORNERS},
        {egger_of_corner_sets_has_normal_probabilities, FIXTURE_CORNERS - 1},
        {likelihood_of_few_variants_is_the_package_s, 2},
        {errors_of_modes_and_medians_agree, FIXTURE_SETS},
        {the_fieller_interval_is_the_package_s, FIXTURE_SETS},
        {both_ends_of_a_fieller_interval_are_equally_far, 1},
        {weak_variants_leave_two_rays, 1},
        {a_negative_variance_leaves_nothing, 1},
        {noise_leaves_every_effect, 1},
        {fieller_draws_follow_seed_and_units, 1},
    };

    numeric_start();
    return golden_run_each("estimate_convention", tests, sizeof tests / sizeof tests[0]);
}
