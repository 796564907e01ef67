/*
 * Mediation of one triple and the designs that it rests on: values against computations of
 * another kind, intervals against closed forms, coverage by simulation, refusals, corners.
 */
#include "golden.h"
#include "multivariable/join.h"
#include "multivariable/mediation.h"
#include "numeric/random.h"
#include <math.h>
#include <string.h>

#define LEVEL_Z 1.959963984540054

enum { MOST = 64 };

/* Effects of variants on exposure, mediator and outcome; which of them stand for which. */
struct triple {
    double x[MOST], m[MOST], y[MOST], sx[MOST], sm[MOST], sy[MOST];
    size_t count, own;    /* the first `own` stand for the exposure */
    bool is_turned[MOST]; /* the design has the other allele */
    struct arena *arena, *scratch;
    struct estimate_settings settings;
};

static struct triple begin(void)
{
    struct triple triple = {.arena = arena_create(),
                            .scratch = arena_create(),
                            .settings = estimate_default_settings()};
    triple.settings.boot = 200;
    return triple;
}

static void end(struct triple *triple)
{
    arena_destroy(triple->arena);
    arena_destroy(triple->scratch);
}

static struct design design_of(const struct triple *triple)
{
    static const char *const names[] = {"X", "M"};
    size_t count = triple->count;
    struct arena *arena = triple->arena;
    const char **variants = arena_get(arena, count, sizeof *variants);
    double *x = arena_get(arena, 2 * count, sizeof *x);
    double *sx = arena_get(arena, 2 * count, sizeof *sx);
    double *y = arena_get(arena, count, sizeof *y);
    double *p = arena_get(arena, 2 * count, sizeof *p);
    double *correlation = arena_get(arena, 4, sizeof *correlation);
    double *n = arena_get(arena, 2, sizeof *n);

    for (size_t j = 0; j < count; j++) {
        double sign = triple->is_turned[j] ? -1 : 1;

        variants[j] = arena_format(arena, "v%zu", j + 1);
        x[2 * j] = sign * triple->x[j];
        x[2 * j + 1] = sign * triple->m[j];
        sx[2 * j] = triple->sx[j];
        sx[2 * j + 1] = triple->sm[j];
        y[j] = sign * triple->y[j];
    }
    correlation[0] = correlation[3] = 1;
    n[0] = n[1] = 1e5;
    return (struct design){.outcome = "Y",
                           .exposures = names,
                           .exposure_count = 2,
                           .variants = variants,
                           .count = count,
                           .x = x,
                           .sx = sx,
                           .y = y,
                           .sy = arena_get(arena, count, sizeof(double)),
                           .p = p,
                           .n = n,
                           .outcome_n = 1e5,
                           .correlation = correlation};
}

static struct mediation run_with(struct triple *triple, size_t mediator_instruments)
{
    struct design design = design_of(triple);
    struct pair *total = golden_pair_of(triple->x, triple->sx, triple->y, triple->sy,
                                        triple->own, triple->arena);
    struct pair *first = golden_pair_of(triple->x, triple->sx, triple->m, triple->sm,
                                        triple->own, triple->arena);

    design.sy = triple->sy;
    const struct mediation_input input = {total, first, &design, mediator_instruments};
    return mediation_of(&input, &triple->settings, triple->scratch, triple->arena);
}

static struct mediation run(struct triple *triple)
{
    return run_with(triple, triple->count - triple->own);
}

/* True effects a, b and c'; the errors of exposure and mediator are as given. */
static void draw(struct triple *triple, struct random_stream *stream, double a, double b,
                 double direct, double error)
{
    triple->count = 40;
    triple->own = 20;
    for (size_t j = 0; j < triple->count; j++) {
        bool is_own = j < triple->own;
        double x = is_own ? 0.05 + 0.1 * (double)(j % 7) / 7 : 0;
        double m = a * x + (is_own ? 0 : 0.06 + 0.1 * (double)(j % 5) / 5);

        triple->sx[j] = triple->sm[j] = error;
        triple->sy[j] = 0.02;
        triple->x[j] = x + 1e-6 * random_normal(stream);
        triple->m[j] = m + error * random_normal(stream);
        triple->y[j] = direct * x + b * m + 0.02 * random_normal(stream);
    }
}

/* --- values ------------------------------------------------------------------------------ */

/* The covariance of two estimates is the sum over variants of what each gains by a unit of the
 * outcome's effect there, times its variance; both are linear in these effects. */
static double covariance_by_steps(struct triple *triple, bool of_direct)
{
    struct mediation here = run(triple);
    double sum = 0;

    for (size_t j = 0; j < triple->own; j++) {
        triple->y[j] += 1;
        struct mediation there = run(triple);
        triple->y[j] -= 1;
        double total = there.total.b - here.total.b;
        double other = of_direct ? there.direct.b - here.direct.b : there.b.b - here.b.b;

        sum += total * other * triple->sy[j] * triple->sy[j];
    }
    return sum;
}

static double scale_of(double q, double df)
{
    return q > df ? q / df : 1;
}

START_TEST(covariances_are_those_of_linear_estimates)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(1, "x", "y", "covariance");

    draw(&triple, &stream, 0.4, 0.3, 0.1, 0.001);
    for (size_t j = 0; j < triple.count; j++) {
        triple.is_turned[j] = j % 3 == 1; /* the mediator's file counts another allele */
        triple.y[j] = 0.5 * triple.y[j];  /* residuals below their errors: nothing is scaled */
    }
    struct mediation got = run(&triple);
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_double_eq(scale_of(got.total.q, got.total.q_df), 1);
    golden_close("direct", got.total_direct, covariance_by_steps(&triple, true), 1e-6);
    golden_close("b", got.total_b, covariance_by_steps(&triple, false), 1e-6);
    end(&triple);
}
END_TEST

/* On one set of variants, a weighted as the outcome is, c - c' is a b; and the variance of the
 * difference is what the fit of two adds, se(c')^2 - se(c)^2. */
START_TEST(product_is_difference_on_one_set)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(2, "x", "y", "same");

    draw(&triple, &stream, 0.4, 0.3, 0.1, 0.01);
    triple.own = triple.count;
    for (size_t j = 0; j < triple.count; j++) {
        triple.y[j] *= 0.3;
        triple.x[j] += 0.02 * (double)(j % 4);
        triple.sm[j] = 3 * triple.sy[j]; /* a's weights are then those of the outcome */
    }
    struct mediation got = run_with(&triple, 20);
    golden_close("product", got.product.b, got.difference.b, 1e-10);
    golden_close("covariance", got.total_direct, got.total.se * got.total.se, 1e-10);
    golden_close("variance", got.difference.se * got.difference.se,
                 got.direct.se * got.direct.se - got.total.se * got.total.se, 1e-9);
    golden_close("by b", got.difference.se, fabs(got.a.b) * got.b.se, 1e-9);
    end(&triple);
}
END_TEST

START_TEST(intervals_are_closed_forms)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(3, "x", "y", "closed");

    draw(&triple, &stream, 0.5, 0.4, 0.2, 0.005);
    struct mediation got = run(&triple);
    double a = got.a.b, sa = got.a.se, b = got.b.b, sb = got.b.se;
    double c = got.total.b, sc = got.total.se, d = got.direct.b, sd = got.direct.se;

    golden_close("a b", got.product.b, a * b, 1e-12);
    golden_close("Sobel", got.product.se, sqrt(a * a * sb * sb + b * b * sa * sa), 1e-12);
    golden_close("upper", got.product.upper, a * b + LEVEL_Z * got.product.se, 1e-12);
    golden_close("c - c'", got.difference.b, c - d, 1e-12);
    golden_close("its se", got.difference.se, sqrt(sc * sc + sd * sd - 2 * got.total_direct),
                 1e-12);
    double share = got.product.b / c, si = got.product.se;
    double var = si * si / (c * c) + share * share * sc * sc / (c * c) -
                 2 * share * a * got.total_b / (c * c);
    golden_close("share", got.proportion.b, share, 1e-12);
    golden_close("its se", got.proportion.se, sqrt(var), 1e-12);
    var = sd * sd / (c * c) + d * d * sc * sc / (c * c * c * c) -
          2 * d * got.total_direct / (c * c * c);
    golden_close("1 - c'/c", got.proportion_difference.b, 1 - d / c, 1e-12);
    golden_close("its se", got.proportion_difference.se, sqrt(var), 1e-12);
    end(&triple);
}
END_TEST

/* Percentiles of draws: of a normal value its interval; the same for the same seed and names.
 */
START_TEST(draws_are_of_the_estimates)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(4, "x", "y", "draws");

    draw(&triple, &stream, 0.5, 0.4, 0.2, 0.005);
    triple.settings.boot = 200000;
    struct mediation one = run(&triple), other = run(&triple);
    double noise = 4 * 2.68 / sqrt(200000) * one.difference.se; /* of a quantile at .025 */
    ck_assert_double_le(fabs(one.difference.boot_lower - one.difference.lower), noise);
    ck_assert_double_le(fabs(one.difference.boot_upper - one.difference.upper), noise);
    ck_assert_double_eq(one.product.boot_lower, other.product.boot_lower);
    triple.settings.seed++;
    other = run(&triple);
    ck_assert_double_ne(one.product.boot_lower, other.product.boot_lower);
    ck_assert_double_lt(one.proportion.boot_lower, one.proportion.b);
    ck_assert_double_gt(one.proportion.boot_upper, one.proportion.b);
    end(&triple);
}
END_TEST

/* Flipping all alleles of a variant, or the outcome's unit, changes nothing but the unit. */
START_TEST(alleles_and_units_do_not_matter)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(5, "x", "y", "flip");

    draw(&triple, &stream, 0.5, 0.4, 0.2, 0.005);
    struct mediation one = run(&triple);
    for (size_t j = 0; j < triple.count; j++) {
        double sign = j % 2 == 0 ? -1 : 1;

        triple.x[j] *= sign;
        triple.m[j] *= sign;
        triple.y[j] *= sign * 1e6;
        triple.sy[j] *= 1e6;
        triple.is_turned[j] = j % 5 == 0;
    }
    struct mediation other = run(&triple);
    golden_close("product", other.product.b, 1e6 * one.product.b, 1e-9);
    golden_close("difference", other.difference.se, 1e6 * one.difference.se, 1e-9);
    golden_close("share", other.proportion.se, one.proportion.se, 1e-9);
    golden_close("drawn", other.proportion.boot_upper, one.proportion.boot_upper, 1e-9);
    end(&triple);
}
END_TEST

/* --- coverage ---------------------------------------------------------------------------- */

struct tally {
    const char *what;
    double truth;
    size_t held, drawn_held, count;
};

static void count_in(struct tally *tally, const struct mediated *value)
{
    if (!isnan(value->b)) {
        tally->count++;
        tally->held += value->lower <= tally->truth && tally->truth <= value->upper;
        tally->drawn_held +=
            value->boot_lower <= tally->truth && tally->truth <= value->boot_upper;
    }
}

static void count_effect(struct tally *tally, const struct estimate *effect)
{
    tally->count++;
    tally->held += effect->lower <= tally->truth && tally->truth <= effect->upper;
    tally->drawn_held = tally->held;
}

/* Between the level less three Monte Carlo errors, and above it as far as errors that are never
 * below fixed make intervals wider (at most 2 points here). */
static void check_share(const char *what, const char *how, size_t held, size_t count)
{
    double share = (double)held / (double)count;
    double error = sqrt(0.95 * 0.05 / (double)count);

    ck_assert_msg(share >= 0.95 - 3 * error - 0.005 && share <= 0.97 + 3 * error,
                  "%s, %s: %.4f of %zu", what, how, share, count);
}

START_TEST(intervals_hold_the_truth)
{
    const double a = 0.4, b = 0.5, direct = 0.3, total = direct + a * b;
    struct tally tallies[] = {
        {"total", total, 0, 0, 0},         {"direct", direct, 0, 0, 0},
        {"product", a * b, 0, 0, 0},       {"difference", a * b, 0, 0, 0},
        {"share", a * b / total, 0, 0, 0}, {"share of difference", a * b / total, 0, 0, 0}};
    struct random_stream stream = random_stream_of(6, "x", "y", "coverage");
    struct triple triple = begin();

    for (size_t i = 0; i < 2000; i++) {
        struct arena_mark mark = arena_mark(triple.arena);

        draw(&triple, &stream, a, b, direct, 0.004);
        struct mediation got = run(&triple);
        count_effect(&tallies[0], &got.total);
        count_effect(&tallies[1], &got.direct);
        count_in(&tallies[2], &got.product);
        count_in(&tallies[3], &got.difference);
        count_in(&tallies[4], &got.proportion);
        count_in(&tallies[5], &got.proportion_difference);
        arena_reset(triple.arena, mark);
    }
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++) {
        ck_assert_uint_ge(tallies[i].count, 1990);
        check_share(tallies[i].what, "delta", tallies[i].held, tallies[i].count);
        check_share(tallies[i].what, "drawn", tallies[i].drawn_held, tallies[i].count);
    }
    end(&triple);
}
END_TEST

/* --- refusals and corners ---------------------------------------------------------------- */

START_TEST(proportions_are_refused_in_words)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(7, "x", "y", "refusals");

    draw(&triple, &stream, -0.4, 0.5, 0.6, 0.004);
    struct mediation got = run(&triple);
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(isnan(got.proportion.b) && isnan(got.proportion.boot_lower));
    ck_assert_ptr_nonnull(strstr(got.note, "opposite signs"));
    ck_assert_double_lt(got.product.b, 0);

    draw(&triple, &stream, 0.4, 0.5, -0.2, 0.004);
    got = run(&triple);
    ck_assert(got.total.contains_null);
    ck_assert(isnan(got.proportion.b) && isnan(got.proportion_difference.b));
    ck_assert_ptr_nonnull(strstr(got.note, "the interval of the total effect holds 0"));
    ck_assert(!got.product.contains_null);
    end(&triple);
}
END_TEST

static void check_empty(const struct mediation *got, enum estimate_status status,
                        const char *part)
{
    ck_assert_int_eq(got->status, status);
    ck_assert_ptr_nonnull(got->note);
    ck_assert_msg(strstr(got->note, part) != NULL, "%s", got->note);
    ck_assert(isnan(got->product.b) && isnan(got->difference.b) && isnan(got->proportion.b));
    ck_assert(isnan(got->product.boot_lower) && isnan(got->direct.b));
}

START_TEST(corners_say_why)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(8, "x", "y", "corners");

    draw(&triple, &stream, 0.4, 0.5, 0.3, 0.004);
    struct mediation got = run_with(&triple, 0);
    check_empty(&got, ESTIMATE_TOO_FEW, "no variant stands for the mediator");
    ck_assert(isfinite(got.total.b) && isfinite(got.a.b));

    triple.own = 0; /* no variant is in both */
    got = run_with(&triple, 20);
    check_empty(&got, ESTIMATE_TOO_FEW, "no variant of the exposure");

    triple.own = 1;
    triple.count = 2; /* J = K: the effects are there, without residuals to judge them by */
    got = run(&triple);
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(isfinite(got.product.b) && isfinite(got.product.se));

    triple.count = 1; /* J < K */
    got = run_with(&triple, 1);
    check_empty(&got, ESTIMATE_TOO_FEW, "needs 2 variants");

    draw(&triple, &stream, 0.4, 0.5, 0.3, 0.004);
    for (size_t j = 0; j < triple.count; j++) {
        triple.m[j] = 2 * triple.x[j];
    }
    got = run(&triple);
    check_empty(&got, ESTIMATE_UNDEFINED, "determine each other");
    end(&triple);
}
END_TEST

/* A mediator whose variants are noise is told by its conditional F. */
START_TEST(weak_mediators_are_noted)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(9, "x", "y", "weak");

    draw(&triple, &stream, 0.4, 0.5, 0.6, 0.004);
    struct mediation got = run(&triple);
    ck_assert(got.note == NULL || strstr(got.note, "conditional F") == NULL);
    ck_assert_double_gt(got.f_mediator, 10);
    for (size_t j = triple.own; j < triple.count; j++) {
        triple.m[j] = 0.004 * random_normal(&stream);
    }
    got = run(&triple);
    ck_assert_double_lt(got.f_mediator, 10);
    ck_assert_ptr_nonnull(strstr(got.note, "conditional F below 10"));
    end(&triple);
}
END_TEST

/* Designs have no LD, so that the total effect leaves it out, and says so. */
START_TEST(the_total_effect_leaves_ld_out)
{
    struct triple triple = begin();
    struct random_stream stream = random_stream_of(9, "x", "y", "ld");
    struct pair *plain, *linked;
    double *ld;

    draw(&triple, &stream, 0.4, 0.5, 0.6, 0.004);
    plain = golden_pair_of(triple.x, triple.sx, triple.y, triple.sy, triple.own, triple.arena);
    ld = arena_get(triple.arena, triple.own * triple.own, sizeof *ld);
    for (size_t i = 0; i < triple.own * triple.own; i++) {
        ld[i] = i / triple.own == i % triple.own ? 1 : 0.3;
    }
    linked = pair_with_ld(triple.arena, plain, ld);
    struct estimate one =
        mediation_univariable(plain, &triple.settings, triple.scratch, triple.arena);
    struct estimate other =
        mediation_univariable(linked, &triple.settings, triple.scratch, triple.arena);
    ck_assert_double_eq(one.b, other.b);
    ck_assert_double_eq(one.se, other.se);
    ck_assert_ptr_null(one.note);
    ck_assert_str_eq(other.note, "takes the variants as independent");
    end(&triple);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {covariances_are_those_of_linear_estimates,
                                  product_is_difference_on_one_set,
                                  intervals_are_closed_forms,
                                  draws_are_of_the_estimates,
                                  alleles_and_units_do_not_matter,
                                  intervals_hold_the_truth,
                                  proportions_are_refused_in_words,
                                  corners_say_why,
                                  weak_mediators_are_noted,
                                  the_total_effect_leaves_ld_out};

    return golden_run("mediation", tests, sizeof tests / sizeof *tests);
}
