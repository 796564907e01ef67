/*
 * Radial regressions in all their weights and fits, and each variant's part in them, against
 * the golden tables and, where RadialMR looks in [-2, 2] alone, against what defines the fit.
 */
#include "estimate/radial.h"
#include "fixture.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

static const char *const weight_words[] = {"first", "second", "modified"};
static const char *const fit_words[] = {"plain", "iterated", "exact", "exact_random"};

static void choose(struct fixture *fixture, enum radial_weights weights, enum radial_fit fit)
{
    fixture->settings.parameters[PARAMETER_RADIAL_WEIGHTS] = weights;
    fixture->settings.parameters[PARAMETER_RADIAL_FIT] = fit;
}

static double want(const struct fixture *fixture, const char *function, const char *method,
                   const char *quantity)
{
    return golden_find(&fixture->golden, "RadialMR", function, method, quantity)->value;
}

static const char *ivw_of(const struct fixture *fixture, int weights)
{
    return arena_format(fixture->arena, "ivw_radial(alpha=0.05,weights=%d,tol=1e-4)",
                        weights + 1);
}

static const char *egger_of(const struct fixture *fixture, int weights)
{
    return arena_format(fixture->arena, "egger_radial(alpha=0.05,weights=%d)", weights + 1);
}

START_TEST(each_weight_gives_radial_mr_s_ivw)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i % 2]);
    const char *function = ivw_of(&fixture, _i / 2);
    struct estimate got;

    choose(&fixture, (enum radial_weights)(_i / 2), RADIAL_PLAIN);
    got = fixture_run(&fixture, "ivw_radial");
    golden_close("b", got.b, want(&fixture, function, "Effect", "estimate"), 1e-11);
    golden_close("se", got.se, want(&fixture, function, "Effect", "se"), 1e-11);
    golden_close("p", got.p, want(&fixture, function, "Effect", "pval"), 1e-9);
    golden_close("Q", got.q, want(&fixture, function, "Q", "Q"), 1e-11);
    golden_close("df", got.q_df, want(&fixture, function, "Q", "Q_df"), 0);
    fixture_end(&fixture);
}
END_TEST

/* The package has J - 1 degrees of freedom for Q here; a line takes two. */
START_TEST(each_weight_gives_radial_mr_s_egger)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i % 2]);
    const char *function = egger_of(&fixture, _i / 2);
    struct estimate got;

    choose(&fixture, (enum radial_weights)(_i / 2), RADIAL_PLAIN);
    got = fixture_run(&fixture, "egger_radial");
    golden_close("b", got.b, want(&fixture, function, NULL, "estimate"), 1e-10);
    golden_close("se", got.se, want(&fixture, function, NULL, "se"), 1e-10);
    golden_close("p", got.p, want(&fixture, function, NULL, "pval"), 1e-9);
    golden_close("a", got.intercept, want(&fixture, function, NULL, "intercept"), 1e-9);
    golden_close("a se", got.intercept_se, want(&fixture, function, NULL, "intercept_se"),
                 1e-10);
    golden_close("a p", got.intercept_p, want(&fixture, function, NULL, "intercept_pval"),
                 1e-9);
    golden_close("Q", got.q, want(&fixture, function, NULL, "Q"), 1e-11);
    golden_close("df", got.q_df, (double)fixture.pair->count - 2, 0);
    fixture_end(&fixture);
}
END_TEST

static const char *const corners_with_radial[] = {"hdl_chd", "presso_E1", "under"};

static double want_corner(const struct fixture *fixture, const char *function,
                          const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, NULL, quantity)->value;
}

START_TEST(corner_sets_are_radial_mr_s_too)
{
    static const char *const names[] = {"1st", "2nd", "Mod.2nd"};
    struct fixture fixture = fixture_begin_corner(corners_with_radial[_i]);

    for (int weights = RADIAL_FIRST; weights <= RADIAL_MODIFIED; weights++) {
        const char *ivw = arena_format(fixture.arena, "ivw_radial_w%d", weights + 1);
        const char *egger = arena_format(fixture.arena, "egger_radial_w%d", weights + 1);
        const char *effect = arena_format(fixture.arena, "%s_Effect (%s)", ivw, names[weights]);
        const char *slope = arena_format(fixture.arena, "%s_Wj", egger);
        const char *up = arena_format(fixture.arena, "%s_(Intercept)", egger);
        struct estimate got;

        choose(&fixture, (enum radial_weights)weights, RADIAL_PLAIN);
        got = fixture_run(&fixture, "ivw_radial");
        golden_close("b", got.b, want_corner(&fixture, effect, "b"), 1e-10);
        golden_close("se", got.se, want_corner(&fixture, effect, "se"), 1e-10);
        golden_close("Q", got.q, want_corner(&fixture, ivw, "Q"), 1e-10);
        got = fixture_run(&fixture, "egger_radial");
        golden_close("b", got.b, want_corner(&fixture, slope, "b"), 1e-9);
        golden_close("se", got.se, want_corner(&fixture, slope, "se"), 1e-9);
        golden_close("a", got.intercept, want_corner(&fixture, up, "b"), 1e-9);
        golden_close("a se", got.intercept_se, want_corner(&fixture, up, "se"), 1e-9);
        golden_close("Q", got.q, want_corner(&fixture, egger, "Q"), 1e-10);
    }
    fixture_end(&fixture);
}
END_TEST

/* Where the lowest Q is within the package's [-2, 2], to the precision of its search. */
START_TEST(exact_fits_of_corner_sets_are_radial_mr_s)
{
    struct fixture fixture = fixture_begin_corner(corners_with_radial[1 + _i]);
    struct estimate got;

    choose(&fixture, RADIAL_MODIFIED, RADIAL_EXACT);
    got = fixture_run(&fixture, "ivw_radial");
    ck_assert_double_eq_tol(got.b, want_corner(&fixture, "ivw_radial_w3_Exact (FE)", "b"),
                            1.3e-4);
    golden_close("se", got.se, want_corner(&fixture, "ivw_radial_w3_Exact (FE)", "se"), 1e-4);
    choose(&fixture, RADIAL_MODIFIED, RADIAL_ITERATED);
    got = fixture_run(&fixture, "ivw_radial");
    golden_close("b", got.b, want_corner(&fixture, "ivw_radial_w3_Iterative", "b"), 2e-6);
    golden_close("se", got.se, want_corner(&fixture, "ivw_radial_w3_Iterative", "se"), 2e-6);
    fixture_end(&fixture);
}
END_TEST

/* The package's rounds end at a change of 1e-4, ours where nothing changes. */
START_TEST(iterated_weights_are_those_of_their_own_slope)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i % 2]);
    const char *function = ivw_of(&fixture, _i / 2);
    double sum_xx = 0, sum_xy = 0;
    struct estimate got;

    choose(&fixture, (enum radial_weights)(_i / 2), RADIAL_ITERATED);
    got = fixture_run(&fixture, "ivw_radial");
    golden_close("b", got.b, want(&fixture, function, "Iterative", "estimate"), 2e-6);
    golden_close("se", got.se, want(&fixture, function, "Iterative", "se"), 2e-6);
    golden_close("p", got.p, want(&fixture, function, "Iterative", "pval"), 1e-4);
    for (size_t j = 0; j < fixture.pair->count; j++) {
        double x = fixture.pair->bx[j], sy = fixture.pair->sy[j],
               w = 1 / (sy * sy + pow(got.b * fixture.pair->sx[j], 2));

        sum_xx += w * x * x;
        sum_xy += w * x * fixture.pair->by[j];
    }
    golden_close("slope", got.b, sum_xy / sum_xx, 1e-12);
    fixture_end(&fixture);
}
END_TEST

static double profile(const struct pair *pair, double phi, double b)
{
    double q = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double e = pair->by[j] - b * pair->bx[j];

        q += e * e / (phi * pair->sy[j] * pair->sy[j] + b * b * pair->sx[j] * pair->sx[j]);
    }
    return q;
}

/* By walking, then by halving steps: slow, and with nothing in common with the program's. */
static double lowest(const struct pair *pair, double phi)
{
    double at = 0, best = INFINITY;

    for (double b = -20; b < 20; b += 0.01) {
        at = profile(pair, phi, b) < best ? b : at;
        best = fmin(best, profile(pair, phi, b));
    }
    for (double step = 0.01; step > 1e-11; step /= 2) {
        at = profile(pair, phi, at + step) < profile(pair, phi, at) ? at + step : at;
        at = profile(pair, phi, at - step) < profile(pair, phi, at) ? at - step : at;
    }
    return at;
}

static double error_of(const struct pair *pair, double b)
{
    double sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        sum += pair->bx[j] * pair->bx[j] /
               (pair->sy[j] * pair->sy[j] + b * b * pair->sx[j] * pair->sx[j]);
    }
    return 1 / sqrt(sum);
}

START_TEST(the_exact_fit_is_the_lowest_q_anywhere)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got;

    choose(&fixture, RADIAL_MODIFIED, RADIAL_EXACT);
    got = fixture_run(&fixture, "ivw_radial");
    golden_close("b", got.b, lowest(fixture.pair, 1), 1e-7);
    golden_close("b", got.b, fixture_run(&fixture, "maxlik").b, 1e-13);
    golden_close("se", got.se, error_of(fixture.pair, got.b), 1e-12);
    golden_close("Q", got.q, profile(fixture.pair, 1, got.b), 1e-12);
    golden_close("p", got.p, tail_normal_two_sided(got.b / got.se), 1e-14);
    if (_i == 0) { /* the package stops at the wall of its search, 1.99994 */
        golden_close("LDL", got.b, 3.1733, 1e-5);
    } else {
        const char *function = ivw_of(&fixture, 2);

        golden_close("b", got.b, want(&fixture, function, "Exact FE", "estimate"), 1e-4);
        golden_close("se", got.se, want(&fixture, function, "Exact FE", "se"), 1e-4);
        golden_close("p", got.p, want(&fixture, function, "Exact FE", "pval"), 1e-2);
    }
    fixture_end(&fixture);
}
END_TEST

/* phi by halving between 1 and what is surely above. */
static double phi_of(const struct pair *pair)
{
    double low = 1, high = 20, df = (double)pair->count - 1;

    while (high - low > 1e-9) {
        double middle = (low + high) / 2;
        bool is_low = profile(pair, middle, lowest(pair, middle)) > df;

        *(is_low ? &low : &high) = middle;
    }
    return (low + high) / 2;
}

/* The package's standard error is of one bootstrap of 1000; each is known to 2.2%. */
START_TEST(the_exact_random_fit_has_q_at_its_degrees_of_freedom)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const char *function = ivw_of(&fixture, 2);
    struct estimate got, again;
    double se = want(&fixture, function, "Exact RE", "se");

    choose(&fixture, RADIAL_MODIFIED, RADIAL_EXACT_RANDOM);
    got = fixture_run(&fixture, "ivw_radial");
    golden_close("b", got.b, want(&fixture, function, "Exact RE", "estimate"), 2e-4);
    golden_close("b", got.b, lowest(fixture.pair, phi_of(fixture.pair)), 1e-6);
    golden_close("se", got.se, se, 0.1);
    golden_close("p", got.p, tail_t_two_sided(got.b / got.se, (double)fixture.pair->count - 1),
                 1e-13);
    again = fixture_run(&fixture, "ivw_radial");
    ck_assert_double_eq(again.se, got.se);
    fixture.settings.seed++;
    again = fixture_run(&fixture, "ivw_radial");
    ck_assert_double_eq(again.b, got.b);
    ck_assert_double_ne(again.se, got.se);
    fixture_end(&fixture);
}
END_TEST

/* One bootstrap with everything done slowly and another generator. */
START_TEST(the_bootstrap_is_that_of_variants)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct random_stream stream = random_stream_of(7, "other", "stream", "here");
    double sum = 0, squares = 0, boot = 60, spread;
    struct pair *whole = fixture.pair;
    size_t count = whole->count;
    double *bx = arena_get(fixture.arena, count, sizeof *bx);
    double *sx = arena_get(fixture.arena, count, sizeof *sx);
    double *by = arena_get(fixture.arena, count, sizeof *by);
    double *sy = arena_get(fixture.arena, count, sizeof *sy);
    struct pair sample = *whole;

    sample.bx = bx, sample.sx = sx, sample.by = by, sample.sy = sy;
    for (int i = 0; i < boot; i++) {
        double b;

        for (size_t j = 0; j < count; j++) {
            size_t from = random_below(&stream, count);

            bx[j] = whole->bx[from], sx[j] = whole->sx[from];
            by[j] = whole->by[from], sy[j] = whole->sy[from];
        }
        ck_assert(radial_exact(&sample, true, fixture.arena, &b));
        sum += b;
        squares += b * b;
    }
    spread = sqrt((squares - sum * sum / boot) / (boot - 1));
    choose(&fixture, RADIAL_MODIFIED, RADIAL_EXACT_RANDOM);
    /* three standard errors of a spread of 60 draws */
    golden_close("se", fixture_run(&fixture, "ivw_radial").se, spread, 3 / sqrt(2 * boot));
    fixture_end(&fixture);
}
END_TEST

static double want_variant(const struct fixture *fixture, const char *function,
                           const char *quantity, const char *variant)
{
    for (size_t i = 0; i < fixture->golden.count; i++) {
        const struct golden_row *row = &fixture->golden.rows[i];

        if (strcmp(row->function, function) == 0 && strcmp(row->quantity, quantity) == 0 &&
            strcmp(row->snp, variant) == 0) {
            return row->value;
        }
    }
    ck_abort_msg("no golden %s of %s, %s", quantity, variant, function);
    return NAN;
}

static void check_variants(const struct fixture *fixture, const struct radial_plot *plot,
                           const char *function, bool has_points)
{
    double outliers = 0;

    for (size_t j = 0; j < fixture->pair->count; j++) {
        const char *variant = pair_variant(fixture->pair, j);

        golden_close("Qj", plot->q[j], want_variant(fixture, function, "Qj", variant), 1e-7);
        outliers += tail_chi_square(plot->q[j], 1) < 0.05;
        if (has_points) {
            golden_close("Wj", plot->root_weight[j],
                         want_variant(fixture, function, "Wj", variant), 1e-11);
            golden_close("BetaWj", plot->value[j],
                         want_variant(fixture, function, "BetaWj", variant), 1e-11);
        }
    }
    golden_close("outliers", outliers, want(fixture, function, NULL, "n_outliers"), 0);
}

START_TEST(each_variant_has_its_weight_and_its_part_in_q)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i % 2]);
    struct estimate blank = {.status = ESTIMATE_DONE};
    struct radial_plot plot;

    choose(&fixture, (enum radial_weights)(_i / 2), RADIAL_PLAIN);
    ck_assert(
        radial_plot(fixture.pair, RADIAL_IVW, &fixture.settings, fixture.arena, &blank, &plot));
    check_variants(&fixture, &plot, ivw_of(&fixture, _i / 2), true);
    ck_assert(radial_plot(fixture.pair, RADIAL_EGGER, &fixture.settings, fixture.arena, &blank,
                          &plot));
    check_variants(&fixture, &plot, egger_of(&fixture, _i / 2), false);
    fixture_end(&fixture);
}
END_TEST

static struct fixture begin_scaled(const struct fixture *from, double x, double y)
{
    const struct pair *pair = from->pair;
    double *numbers = arena_get(from->arena, 4 * pair->count, sizeof *numbers);
    size_t count = pair->count;
    struct fixture to;

    for (size_t j = 0; j < count; j++) {
        double sign = j % 2 ? -1 : 1;

        numbers[j] = sign * x * pair->bx[j];
        numbers[count + j] = x * pair->sx[j];
        numbers[2 * count + j] = sign * y * pair->by[j];
        numbers[3 * count + j] = y * pair->sy[j];
    }
    to = fixture_begin_made(numbers, numbers + count, numbers + 2 * count, numbers + 3 * count,
                            count);
    to.settings = from->settings;
    return to;
}

/* In every weight and fit: alleles do nothing, units scale. */
START_TEST(alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const double units[] = {1e-12, 1, 1e6};

    choose(&fixture, (enum radial_weights)(_i % 3), (enum radial_fit)(_i / 3));
    fixture.settings.boot = 20;
    for (size_t i = 0; i < 3; i++) {
        struct fixture scaled = begin_scaled(&fixture, 1 / units[i], units[i]);
        double unit = units[i] * units[i];
        struct estimate first = fixture_run(&fixture, "ivw_radial"),
                        other = fixture_run(&scaled, "ivw_radial");

        ck_assert_msg(other.status == ESTIMATE_DONE, "%s %s", weight_words[_i % 3],
                      fit_words[_i / 3]);
        golden_close(fit_words[_i / 3], other.b / unit, first.b, 1e-8);
        golden_close(weight_words[_i % 3], other.se / unit, first.se, 1e-7);
        first = fixture_run(&fixture, "egger_radial");
        other = fixture_run(&scaled, "egger_radial");
        golden_close(weight_words[_i % 3], other.b / unit, first.b, 1e-9);
        golden_close(weight_words[_i % 3], other.se / unit, first.se, 1e-9);
        fixture_end(&scaled);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(what_has_no_finite_fit_is_said)
{
    const double bx[] = {0.1, -0.1, 0.2, -0.2}, s[] = {0.01, 0.01, 0.01, 0.01},
                 by[] = {0.5, 0.5, 0.9, 0.9}, none[] = {0, 0.1, 0.2, 0.3};

    for (int fit = RADIAL_PLAIN; fit <= RADIAL_EXACT_RANDOM; fit++) {
        struct fixture fixture = fixture_begin_made(none, s, by, s, 4);
        struct estimate got;

        choose(&fixture, RADIAL_MODIFIED, (enum radial_fit)fit);
        got = fixture_run(&fixture, "ivw_radial");
        ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
        ck_assert_ptr_nonnull(got.note);
        fixture_end(&fixture);
        /* ratios of both signs and far apart: Q is lowest at an infinite effect */
        fixture = fixture_begin_made(bx, s, by, s, 4);
        choose(&fixture, RADIAL_MODIFIED, (enum radial_fit)fit);
        got = fixture_run(&fixture, "ivw_radial");
        if (fit == RADIAL_EXACT || fit == RADIAL_EXACT_RANDOM) {
            ck_assert_int_ne(got.status, ESTIMATE_DONE);
            ck_assert(got.note != NULL && isnan(got.b) && isnan(got.se));
        }
        fixture_end(&fixture);
    }
}
END_TEST

/* All variants on one line: Q is 0 and phi stays 1. */
START_TEST(a_perfect_line_is_found_by_every_fit)
{
    const double bx[] = {0.1, 0.2, 0.3, 0.25}, s[] = {0.01, 0.02, 0.01, 0.03};
    double by[4];

    for (int j = 0; j < 4; j++) {
        by[j] = 0.5 * bx[j];
    }
    for (int fit = RADIAL_PLAIN; fit <= RADIAL_EXACT_RANDOM; fit++) {
        struct fixture fixture = fixture_begin_made(bx, s, by, s, 4);
        struct estimate blank = {.status = ESTIMATE_DONE};
        struct radial_plot plot;

        choose(&fixture, RADIAL_MODIFIED, (enum radial_fit)fit);
        ck_assert(radial_plot(fixture.pair, RADIAL_IVW, &fixture.settings, fixture.arena,
                              &blank, &plot));
        golden_close("slope", plot.line.slope, 0.5, 1e-9);
        ck_assert_double_lt(plot.line.rss, 1e-20);
        fixture_end(&fixture);
    }
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {each_weight_gives_radial_mr_s_ivw, 6},
        {each_weight_gives_radial_mr_s_egger, 6},
        {corner_sets_are_radial_mr_s_too, 3},
        {exact_fits_of_corner_sets_are_radial_mr_s, 2},
        {iterated_weights_are_those_of_their_own_slope, 6},
        {the_exact_fit_is_the_lowest_q_anywhere, 2},
        {the_exact_random_fit_has_q_at_its_degrees_of_freedom, 2},
        {the_bootstrap_is_that_of_variants, 1},
        {each_variant_has_its_weight_and_its_part_in_q, 6},
        {alleles_and_units_do_not_matter, 12},
        {what_has_no_finite_fit_is_said, 1},
        {a_perfect_line_is_found_by_every_fit, 1},
    };

    numeric_start();
    return golden_run_each("estimate_radial", tests, sizeof tests / sizeof tests[0]);
}
