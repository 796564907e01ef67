#include "estimate/methods.h"
#include "estimate/mix.h"
#include "fixture.h"
#include "numeric/jet.h"
#include "numeric/start.h"
#include <math.h>

/* The package's bounds. */
#define SPREAD 1.1
#define MOST_VARIANCE 0.01

static void ask_for_grid(struct fixture *fixture)
{
    fixture->settings.parameters[PARAMETER_MIX_LOWEST] = -1;
    fixture->settings.parameters[PARAMETER_MIX_HIGHEST] = 1;
    fixture->settings.parameters[PARAMETER_MIX_STEP] = 0.01;
}

START_TEST(the_grid_is_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const char *function = "MRMix(theta_temp_vec=seq(-1,1,0.01))";
    struct mix mix = mix_begin(fixture.pair, SPREAD, MOST_VARIANCE, fixture.arena);
    struct mix_fit fit = mix_fit_at(&mix, fixture_want(&fixture, function, "estimate"));
    struct estimate got;

    ask_for_grid(&fixture);
    got = fixture_run(&fixture, "mix");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(&fixture, function, "estimate"), 1e-12);
    golden_close("se", got.se, fixture_want(&fixture, function, "se"), 1e-6);
    golden_close("p", got.p, fixture_want(&fixture, function, "pval"), 1e-5);
    golden_close("share", fit.share, fixture_want(&fixture, function, "pi0"), 1e-6);
    golden_close("variance", fit.variance, fixture_want(&fixture, function, "sigma2"), 1e-6);
    fixture_end(&fixture);
}
END_TEST

/* Expectation and maximisation by turns from the package's start, to its own stop. */
static struct mix_fit fit_by_turns(const struct mix *mix, double theta)
{
    const struct pair *pair = mix->pair;
    double least = mix_least_variance(mix, theta), last_share = 0, n = (double)pair->count;
    struct mix_fit fit = {.theta = theta, .share = 0.6, .variance = 1e-5};

    for (int turn = 1; turn <= 50000; turn++) {
        double sum = 0, squares = 0;

        for (size_t j = 0; j < pair->count; j++) {
            double e = pair->by[j] - theta * pair->bx[j];
            double v = pair->sy[j] * pair->sy[j] + theta * theta * pair->sx[j] * pair->sx[j];
            double valid = fit.share / sqrt(v) * exp(-e * e / v / 2);
            double other = (1 - fit.share) / sqrt(fit.variance);
            double weight =
                1 / (1 + other * exp(-e * e / fit.variance / 2) / fmax(valid, 1e-300));

            sum += weight;
            squares += (1 - weight) * e * e;
        }
        fit.share = fmin(fmax(sum / n, MIX_LEAST_SHARE), MIX_MOST_SHARE);
        fit.variance = fmin(fmax(squares / (n - sum), least), mix->most_variance);
        if (turn % 1000 == 0) {
            if (fabs(fit.share - last_share) < 1e-6) {
                break;
            }
            last_share = fit.share;
        }
    }
    return fit;
}

START_TEST(fits_are_those_of_expectation_and_maximisation)
{
    static const char *const corners[] = {"small4", "under", "hdl_chd"};
    struct fixture fixture = _i < 2 ? fixture_begin_results(fixture_sets[_i])
                                    : fixture_begin_corner(corners[_i - 2]);
    struct mix mix = mix_begin(fixture.pair, SPREAD, MOST_VARIANCE, fixture.arena);

    for (double theta = -1; theta < 1.01; theta += 0.1) {
        struct mix_fit got = mix_fit_at(&mix, theta), want = fit_by_turns(&mix, theta);

        ck_assert_double_lt(fabs(got.share - want.share), 1e-4);
        golden_close("variance", got.variance, want.variance, 1e-3);
    }
    fixture_end(&fixture);
}
END_TEST

/* The log-likelihood less that of valid variants only, as it is defined. */
static double gain(const struct mix *mix, double theta, double share, double variance)
{
    const struct pair *pair = mix->pair;
    double sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double e = pair->by[j] - theta * pair->bx[j];
        double v = pair->sy[j] * pair->sy[j] + theta * theta * pair->sx[j] * pair->sx[j];
        double ratio = sqrt(v / variance) * exp(e * e / v / 2 - e * e / variance / 2);

        sum += log(share + (1 - share) * ratio);
    }
    return sum;
}

START_TEST(no_share_and_variance_is_more_likely)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct mix mix = mix_begin(fixture.pair, 4, INFINITY, fixture.arena);

    for (double theta = -2; theta < 5; theta += 0.5) {
        struct mix_fit fit = mix_fit_at(&mix, theta);

        golden_close("gain", fit.gain, gain(&mix, theta, fit.share, fit.variance), 1e-9);
        for (double share = 0.02; share < 1; share += 0.02) {
            for (double more = 1; more < 1e5; more *= 1.3) {
                double variance = more * mix_least_variance(&mix, theta);

                ck_assert_double_le(gain(&mix, theta, share, variance),
                                    fit.gain + 1e-9 * fabs(fit.gain));
            }
        }
    }
    fixture_end(&fixture);
}
END_TEST

/* The highest share of all effects around. */
START_TEST(no_effect_has_a_higher_share)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct mix mix = mix_begin(fixture.pair, 4, INFINITY, fixture.arena);
    struct estimate got = fixture_run(&fixture, "mix");
    double share;

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    share = mix_fit_at(&mix, got.b).share;
    for (double off = -8; off < 8; off += 0.01) {
        ck_assert_double_le(mix_fit_at(&mix, got.b + off * got.se).share, share + 1e-12);
    }
    fixture_end(&fixture);
}
END_TEST

/* Every number moved a little either way, and the estimate looked for again. */
START_TEST(the_error_is_the_delta_method_s)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *pair = fixture.pair, moved = *pair;
    struct estimate got = fixture_run(&fixture, "mix");
    double *bx = arena_get(fixture.arena, pair->count, sizeof *bx), squares = 0;
    double *by = arena_get(fixture.arena, pair->count, sizeof *by);

    for (size_t i = 0; i < pair->count; i++) {
        bx[i] = pair->bx[i], by[i] = pair->by[i];
    }
    moved.bx = bx, moved.by = by;
    fixture.pair = &moved;
    for (size_t i = 0; i < 2 * pair->count; i++) {
        size_t j = i / 2;
        double *at = i % 2 ? &bx[j] : &by[j], was = *at, step = 1e-3;
        double noise = i % 2 ? pair->sx[j] : pair->sy[j], change;

        *at = was + step * noise;
        change = fixture_run(&fixture, "mix").b;
        *at = was - step * noise;
        change -= fixture_run(&fixture, "mix").b;
        *at = was;
        squares += change * change / (4 * step * step);
    }
    golden_close("se", got.se, sqrt(squares), 1e-4);
    fixture_end(&fixture);
}
END_TEST

/* Where the share is highest with the variance held at a bound, by thirds. */
static double highest_by_thirds(struct mix *mix, double low, double high)
{
    while (high - low > 1e-9) {
        double left = low + (high - low) / 3, right = high - (high - low) / 3;

        if (mix_fit_at(mix, left).share < mix_fit_at(mix, right).share) {
            low = left;
        } else {
            high = right;
        }
    }
    return (low + high) / 2;
}

START_TEST(a_held_variance_has_its_own_error)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *pair = fixture.pair, moved = *pair;
    double *by = arena_get(fixture.arena, pair->count, sizeof *by), squares = 0;
    double *bx = arena_get(fixture.arena, pair->count, sizeof *bx);
    struct mix mix = mix_begin(&moved, 12, INFINITY, fixture.arena);
    struct mix_fit fit;
    struct mix_slope slope;

    for (size_t i = 0; i < pair->count; i++) {
        bx[i] = pair->bx[i], by[i] = pair->by[i];
    }
    moved.bx = bx, moved.by = by;
    fit = mix_fit_at(&mix, highest_by_thirds(&mix, 2, 4));
    ck_assert_int_eq(fit.hold, MIX_AT_LOWER);
    ck_assert(fit.share > 0.1 && fit.share < 0.99);
    slope = mix_slope_at(&mix, &fit, 1, true);
    ck_assert_double_gt(slope.change, 0);
    ck_assert_double_lt(fabs(slope.slope / slope.change), 1e-5);
    for (size_t i = 0; i < 2 * pair->count; i++) {
        double *at = i % 2 ? &bx[i / 2] : &by[i / 2], was = *at, change;
        double step = 0.05 * (i % 2 ? pair->sx[i / 2] : pair->sy[i / 2]);

        *at = was + step;
        change = highest_by_thirds(&mix, 2, 4);
        *at = was - step;
        change -= highest_by_thirds(&mix, 2, 4);
        *at = was;
        squares += change * change / 0.01;
    }
    golden_close("se", mix_error_at(&mix, &fit, 1, true), sqrt(squares), 5e-3);
    fixture_end(&fixture);
}
END_TEST

/* Many small sets without pleiotropy: no effect far from the truth, whatever chance does. */
START_TEST(valid_variants_give_the_likelihood_s_effect)
{
    struct random_stream stream = random_stream_of(3, "x", "y", "z");
    double bx[60], sx[60], by[60], sy[60];
    int all_valid = 0, covered = 0;

    for (int set = 0; set < 100; set++) {
        struct fixture fixture;
        struct estimate got;

        for (size_t j = 0; j < 60; j++) {
            double strength = 0.05 * random_normal(&stream);

            sx[j] = 0.005, sy[j] = 0.01 + 0.005 * random_uniform(&stream);
            bx[j] = strength + sx[j] * random_normal(&stream);
            by[j] = 0.3 * strength + sy[j] * random_normal(&stream);
        }
        fixture = fixture_begin_made(bx, sx, by, sy, 60);
        got = fixture_run(&fixture, "mix");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert_double_lt(fabs(got.b - 0.3), 5 * got.se);
        all_valid += got.note != NULL;
        covered += got.lower < 0.3 && got.upper > 0.3;
        fixture_end(&fixture);
    }
    ck_assert_int_ge(all_valid, 80);
    ck_assert_int_ge(covered, 88);
}
END_TEST

START_TEST(invalid_variants_are_left_behind)
{
    struct random_stream stream = random_stream_of(5, "x", "y", "z");
    double bx[80], sx[80], by[80], sy[80];
    int covered = 0;

    for (int set = 0; set < 60; set++) {
        struct fixture fixture;
        struct estimate got;

        for (size_t j = 0; j < 80; j++) {
            double strength = 0.05 + 0.05 * random_uniform(&stream);

            sx[j] = 0.005, sy[j] = 0.01;
            bx[j] = strength + sx[j] * random_normal(&stream);
            by[j] = 0.3 * strength + sy[j] * random_normal(&stream);
            by[j] += j % 4 == 0 ? 0.05 * random_normal(&stream) : 0;
        }
        fixture = fixture_begin_made(bx, sx, by, sy, 80);
        got = fixture_run(&fixture, "mix");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert_double_lt(fabs(got.b - 0.3), 0.15);
        covered += got.lower < 0.3 && got.upper > 0.3;
        fixture_end(&fixture);
    }
    ck_assert_int_ge(covered, 48);
}
END_TEST

START_TEST(alleles_units_and_order_do_not_matter)
{
    const double scales[] = {1e-10, 1e6};
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct pair *whole = fixture.pair, turned = *whole;
    size_t count = whole->count;
    double *numbers = arena_get(fixture.arena, 4 * count, sizeof *numbers);

    for (size_t scale = 0; scale < 2; scale++) {
        struct estimate first = fixture_run(&fixture, "mix"), other;

        for (size_t j = 0; j < count; j++) {
            size_t from = count - 1 - j;
            double sign = j % 3 == 0 ? -1 : 1;

            numbers[j] = sign * 1e3 * whole->bx[from];
            numbers[count + j] = 1e3 * whole->sx[from];
            numbers[2 * count + j] = sign * scales[scale] * whole->by[from];
            numbers[3 * count + j] = scales[scale] * whole->sy[from];
        }
        turned.bx = numbers, turned.sx = numbers + count;
        turned.by = numbers + 2 * count, turned.sy = numbers + 3 * count;
        fixture.pair = &turned;
        other = fixture_run(&fixture, "mix");
        fixture.pair = whole;
        golden_close("b", other.b / scales[scale] * 1e3, first.b, 1e-8);
        golden_close("se", other.se / scales[scale] * 1e3, first.se, 1e-7);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(odd_effects_have_an_answer_or_a_reason)
{
    const double zero[] = {0, 0, 0, 0, 0}, s[] = {0.01, 0.01, 0.01, 0.01, 0.01};
    const double one_zero[] = {0, 0.1, 0.2, 0.3, 0.15}, by[] = {0.01, 0.02, 0.05, 0.06, 0.03};
    const double same_x[] = {0.1, 0.1, 0.1, 0.1, 0.1},
                 same_y[] = {0.02, 0.02, 0.02, 0.02, 0.02};
    const double twice[] = {0, 0.2, 0.4, 0.6, 0.3};
    const double *const sets[][2] = {
        {zero, by}, {one_zero, by}, {same_x, same_y}, {one_zero, twice}, {one_zero, zero}};

    for (size_t set = 0; set < 5; set++) {
        struct fixture fixture = fixture_begin_made(sets[set][0], s, sets[set][1], s, 5);
        struct estimate got = fixture_run(&fixture, "mix");

        ck_assert_int_eq(got.status, set == 0 ? ESTIMATE_UNDEFINED : ESTIMATE_DONE);
        ck_assert_ptr_nonnull(got.note);
        ck_assert(set == 0 || (isfinite(got.b) && got.se > 0));
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(grids_that_cannot_answer_say_so)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    double *values = fixture.settings.parameters;

    values[PARAMETER_MIX_STEP] = 0.01;
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_UNDEFINED);
    values[PARAMETER_MIX_LOWEST] = 0.5, values[PARAMETER_MIX_HIGHEST] = 0.51;
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_UNDEFINED);
    values[PARAMETER_MIX_LOWEST] = 0, values[PARAMETER_MIX_HIGHEST] = 0.3;
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_NOT_CONVERGED);
    ck_assert_ptr_nonnull(fixture_run(&fixture, "mix").note);
    values[PARAMETER_MIX_HIGHEST] = 1;
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_DONE);
    fixture_end(&fixture);
    /* errors beyond the package's highest variance */
    fixture = fixture_begin_corner("presso_E1");
    ask_for_grid(&fixture);
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

START_TEST(too_few_variants_are_said)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");

    fixture.pair = golden_first(fixture.pair, 2, fixture.arena);
    ck_assert_int_eq(fixture_run(&fixture, "mix").status, ESTIMATE_TOO_FEW);
    fixture_end(&fixture);
}
END_TEST

/* Numbers that no study has give a value or a reason, and an end. */
START_TEST(hostile_numbers_come_to_an_end)
{
    const double zero[5] = {0}, some[] = {1, -2, 3, 0.5, 0.1}, one[] = {1, 1, 1, 1, 1};
    const double huge[] = {1e200, -1e200, 2e200, 1e-200, 1};
    const double tiny[] = {1e-200, 1e-200, 1e-200, 1, 1e-300};
    const double *const effects[] = {zero, one, some, huge, tiny};
    const double *const errors[] = {one, tiny};

    for (int i = 0; i < 5 * 5 * 2 * 2; i++) {
        struct fixture fixture = fixture_begin_made(effects[i % 5], errors[i / 25 % 2],
                                                    effects[i / 5 % 5], errors[i / 50], 5);
        struct estimate got = fixture_run(&fixture, "mix");
        bool is_done = got.status == ESTIMATE_DONE;

        ck_assert_int_eq(is_done, isfinite(got.b));
        ck_assert(is_done ? got.se > 0 && isfinite(got.se) : got.note != NULL);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(ten_thousand_variants_work)
{
    const size_t count = 10000;
    struct fixture fixture = fixture_begin();
    struct random_stream stream = random_stream_of(7, "x", "y", "z");
    double *numbers = arena_get(fixture.arena, 4 * count, sizeof *numbers);
    struct estimate got;

    for (size_t j = 0; j < count; j++) {
        double strength = 0.05 + 0.05 * random_uniform(&stream);

        numbers[j] = strength + 0.005 * random_normal(&stream);
        numbers[count + j] = 0.005;
        numbers[2 * count + j] = 0.3 * strength + 0.01 * random_normal(&stream);
        numbers[2 * count + j] += j % 5 == 0 ? 0.05 * random_normal(&stream) : 0;
        numbers[3 * count + j] = 0.01;
    }
    fixture.pair = golden_pair_of(numbers, numbers + count, numbers + 2 * count,
                                  numbers + 3 * count, count, fixture.arena);
    got = fixture_run(&fixture, "mix");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_double_lt(fabs(got.b - 0.3), 5 * got.se);
    ck_assert_double_lt(got.se, 0.01);
    fixture_end(&fixture);
}
END_TEST

/* exp(x y) log(z + t^2) / z at a point, whose derivatives are known. */
START_TEST(jets_are_derivatives)
{
    const double x = 0.3, y = 0.7, z = 1.2, t = 0.4;
    struct jet jx = jet_variable(0, x, 1), jy = jet_variable(1, y, 1);
    struct jet jz = jet_variable(2, z, 1), jt = jet_variable(3, t, 1);
    struct jet xy = jet_product(&jx, &jy), tt = jet_product(&jt, &jt), sum, jet;
    double e = exp(x * y), w = z + t * t;

    xy = jet_exp(&xy);
    sum = jet_sum(1, &jz, 1, &tt);
    sum = jet_log(&sum);
    jet = jet_product(&xy, &sum);
    jz = jet_reciprocal(&jz);
    jet = jet_product(&jet, &jz);
    golden_close("f", jet_derivative(&jet, 0, 0, 0, 0), e * log(w) / z, 1e-14);
    golden_close("fx", jet_derivative(&jet, 1, 0, 0, 0), y * e * log(w) / z, 1e-14);
    golden_close("fxxx", jet_derivative(&jet, 3, 0, 0, 0), y * y * y * e * log(w) / z, 1e-13);
    golden_close("fxxy", jet_derivative(&jet, 2, 1, 0, 0), (2 * y + x * y * y) * e * log(w) / z,
                 1e-13);
    golden_close("ftt", jet_derivative(&jet, 0, 0, 0, 2), e / z * (2 / w - 4 * t * t / (w * w)),
                 1e-13);
    golden_close("fxzt", jet_derivative(&jet, 1, 0, 1, 1),
                 y * e * 2 * t * (-1 / (w * w * z) - 1 / (w * z * z)), 1e-13);
    golden_close("fzzz", jet_derivative(&jet, 0, 0, 3, 0),
                 e * (2 / (w * w * w * z) + 3 / (w * w * z * z) + 6 / (w * z * z * z) -
                      6 * log(w) / (z * z * z * z)),
                 1e-12);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {the_grid_is_the_package_s, FIXTURE_SETS},
        {fits_are_those_of_expectation_and_maximisation, 5},
        {no_share_and_variance_is_more_likely, FIXTURE_SETS},
        {no_effect_has_a_higher_share, FIXTURE_SETS},
        {the_error_is_the_delta_method_s, 1},
        {a_held_variance_has_its_own_error, 1},
        {valid_variants_give_the_likelihood_s_effect, 1},
        {invalid_variants_are_left_behind, 1},
        {alleles_units_and_order_do_not_matter, FIXTURE_SETS},
        {odd_effects_have_an_answer_or_a_reason, 1},
        {grids_that_cannot_answer_say_so, 1},
        {too_few_variants_are_said, 1},
        {hostile_numbers_come_to_an_end, 1},
        {ten_thousand_variants_work, 1},
        {jets_are_derivatives, 1},
    };

    numeric_start();
    return golden_run_each("estimate_mix", tests, sizeof tests / sizeof tests[0]);
}
