/*
 * The room src/estimate: what all methods of the table have in common, on any number of
 * variants and on numbers that have no answer.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>

START_TEST(intervals_follow_the_level)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct estimate wide, narrow;

    fixture.settings.level = 0.9;
    narrow = fixture_run(&fixture, "ivw");
    fixture.settings.level = 0.99;
    wide = fixture_run(&fixture, "ivw");
    golden_close("90%", narrow.upper - narrow.b, 1.6448536269514722 * narrow.se, 1e-12);
    golden_close("99%", wide.b - wide.lower, 2.5758293035489004 * wide.se, 1e-12);
    fixture_end(&fixture);
}
END_TEST

static bool is_number(double value)
{
    return !isnan(value);
}

static void check_done(const struct estimate *estimate)
{
    ck_assert(isfinite(estimate->b));
    ck_assert_msg(estimate->p >= 0 && estimate->p <= 1 && estimate->neglog10_p >= 0,
                  "%s: b %g, se %g, p %g, -log10 p %g", estimate->method->key, estimate->b,
                  estimate->se, estimate->p, estimate->neglog10_p);
    if (estimate->method != methods_find("sign")) {
        /* an interval in pieces or without ends comes without a standard error */
        ck_assert((isfinite(estimate->se) && estimate->se > 0) || estimate->piece_count > 1 ||
                  isinf(estimate->lower));
        ck_assert(estimate->lower <= estimate->b && estimate->b <= estimate->upper);
        ck_assert(estimate->piece_count > 1 ||
                  estimate->contains_null == (estimate->lower <= 0 && 0 <= estimate->upper));
    }
    ck_assert_int_eq(is_number(estimate->q), is_number(estimate->q_p));
    ck_assert_int_eq(is_number(estimate->intercept), estimate->method->group == GROUP_EGGER);
}

static void check_not_done(const struct estimate *estimate)
{
    ck_assert_ptr_nonnull(estimate->note);
    ck_assert(isnan(estimate->b) && isnan(estimate->se) && isnan(estimate->p) &&
              isnan(estimate->neglog10_p) && isnan(estimate->lower) && isnan(estimate->q) &&
              isnan(estimate->intercept));
    ck_assert(!estimate->contains_null);
}

START_TEST(every_method_answers_every_number_of_variants)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    for (size_t variants = 0; variants <= 5; variants++) {
        fixture.pair = golden_first(whole, variants, fixture.arena);
        for (size_t i = 0; i < count; i++) {
            struct estimate got = fixture_run(&fixture, methods[i]->key);
            bool is_right = variants >= methods[i]->least &&
                            (methods[i]->most == 0 || variants <= methods[i]->most) &&
                            (methods[i]->needs & (NEEDS_LD | NEEDS_HERITABILITY)) == 0;

            ck_assert_ptr_eq(got.method, methods[i]);
            ck_assert_uint_eq(got.variants, variants);
            /* the first five have no outlier */
            is_right &= methods[i] != methods_find("presso_corrected");
            ck_assert_int_eq(got.status == ESTIMATE_DONE, is_right);
            (is_right ? check_done : check_not_done)(&got);
            ck_assert_int_eq(got.status == ESTIMATE_TOO_FEW, variants < methods[i]->least);
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(reasons_say_how_many)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");

    fixture.pair = golden_first(fixture.pair, 2, fixture.arena);
    ck_assert_str_eq(fixture_run(&fixture, "egger").note, "needs 3 variants, has 2");
    ck_assert_str_eq(fixture_run(&fixture, "wald").note, "is for 1 variant alone, has 2");
    fixture.pair = golden_first(fixture.pair, 0, fixture.arena);
    ck_assert_str_eq(fixture_run(&fixture, "wald").note, "needs 1 variant, has 0");
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_table_is_whole)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    size_t defaults = 0;

    ck_assert_uint_ge(count, 11);
    for (size_t i = 0; i < count; i++) {
        const struct method *method = methods[i];

        ck_assert_ptr_eq(methods_find(method->key), method);
        ck_assert(method->name != NULL && method->assumes != NULL && method->citation != NULL &&
                  (method->function != NULL) != (method->family != NULL));
        ck_assert_uint_ge(method->least, 1);
        defaults += method->is_default;
    }
    ck_assert_uint_eq(defaults, 6);
    ck_assert_ptr_null(methods_find("no such method"));
}
END_TEST

/* The sign test has no standard error, which is then the same. */
static bool is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Bits equal for the same seed; other bits for another seed, direction or trait. */
START_TEST(a_seed_repeats)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair, turned = *whole, renamed = *whole;
    struct trait other = {.key = "other"};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    turned.direction = REVERSE;
    renamed.exposure = &other;
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    for (size_t i = 1; i < count; i++) {
        struct estimate first = fixture_run(&fixture, methods[i]->key);
        struct estimate again = fixture_run(&fixture, methods[i]->key);
        struct estimate reseeded, reversed, foreign;
        /* draws say which variants are outliers, which these leave no doubt of */
        bool is_sure = methods[i] == methods_find("presso_corrected");
        bool varies = methods[i]->is_random && !is_sure;

        fixture.settings.seed++;
        reseeded = fixture_run(&fixture, methods[i]->key);
        fixture.settings.seed--;
        fixture.pair = &turned;
        reversed = fixture_run(&fixture, methods[i]->key);
        fixture.pair = &renamed;
        foreign = fixture_run(&fixture, methods[i]->key);
        fixture.pair = whole;
        ck_assert(is_same(first.se, again.se));
        /* of some methods that draw, the estimate is itself a mean of draws */
        ck_assert(methods[i]->is_random || is_same(first.b, reseeded.b));
        ck_assert_int_eq(!is_same(first.se, reseeded.se), varies);
        ck_assert_int_eq(!is_same(first.se, reversed.se), varies);
        ck_assert_int_eq(!is_same(first.se, foreign.se), varies);
    }
    fixture_end(&fixture);
}
END_TEST

/* Coding a variant by its other allele changes nothing. */
START_TEST(alleles_do_not_matter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair, flipped = *whole;
    double *bx = arena_get(fixture.arena, whole->count, sizeof *bx);
    double *by = arena_get(fixture.arena, whole->count, sizeof *by);
    const char *const keys[] = {"ivw", "ivw_are", "egger", "weighted_mode", "simple_mode"};

    for (size_t j = 0; j < whole->count; j++) {
        bx[j] = j % 2 ? whole->bx[j] : -whole->bx[j];
        by[j] = j % 2 ? whole->by[j] : -whole->by[j];
    }
    flipped.bx = bx;
    flipped.by = by;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct estimate first = fixture_run(&fixture, keys[i]), other;

        fixture.pair = &flipped;
        other = fixture_run(&fixture, keys[i]);
        fixture.pair = whole;
        golden_close(keys[i], other.b, first.b, 1e-12);
        golden_close(keys[i], other.se, first.se, 1e-12);
    }
    fixture_end(&fixture);
}
END_TEST

/* Runs all methods on four made variants; each answers, with a reason where it cannot. */
static void run_all(const double bx[4], const double sx[4], const double by[4],
                    const double sy[4])
{
    struct fixture fixture = fixture_begin();
    size_t count;
    const struct method *const *methods = methods_all(&count);

    for (size_t variants = 1; variants <= 4; variants++) {
        fixture.pair = golden_pair_of(bx, sx, by, sy, variants, fixture.arena);
        for (size_t i = 0; i < count; i++) {
            struct estimate got = fixture_run(&fixture, methods[i]->key);

            (got.status == ESTIMATE_DONE ? check_done : check_not_done)(&got);
        }
    }
    fixture_end(&fixture);
}

START_TEST(nothing_undefined_gets_out)
{
    const double zero[4] = {0}, one[4] = {1, 1, 1, 1}, some[4] = {1, -2, 3, 0.5};
    const double huge[4] = {1e200, -1e200, 2e200, 1e-200},
                 tiny[4] = {1e-200, 1e-200, 1e-200, 1};
    const double half[4] = {0, 1, 0, 2};
    const double *const columns[] = {zero, one, some, huge, tiny, half};
    size_t column_count = sizeof columns / sizeof columns[0];

    for (size_t i = 0; i < column_count; i++) {
        for (size_t j = 0; j < column_count; j++) {
            run_all(columns[i], one, columns[j], one);
            run_all(columns[i], tiny, columns[j], one);
            run_all(columns[i], one, columns[j], tiny);
            run_all(columns[i], tiny, columns[j], tiny);
        }
    }
}
END_TEST

START_TEST(a_variant_without_effect_is_fine_in_ivw)
{
    const double bx[] = {0, 0.1, 0.2}, sx[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05},
                 sy[] = {0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin();
    struct estimate got;

    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = fixture_run(&fixture, "ivw");
    golden_close("b", got.b, (0.1 * 0.02 + 0.2 * 0.05) / 0.05, 1e-12);
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_DONE);
    ck_assert_int_eq(fixture_run(&fixture, "weighted_median").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "simple_mode").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "ivw_are").status, ESTIMATE_UNDEFINED);
    fixture.pair = golden_first(fixture.pair, 1, fixture.arena);
    ck_assert_int_eq(fixture_run(&fixture, "wald").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

START_TEST(equal_exposures_leave_egger_undefined)
{
    const double bx[] = {0.1, -0.1, 0.1}, sx[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05},
                 sy[] = {0.01, 0.02, 0.03};
    struct fixture fixture = fixture_begin();
    struct estimate got;

    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = fixture_run(&fixture, "egger");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    check_not_done(&got);
    fixture_end(&fixture);
}
END_TEST

/* Four variants on a line whose P no double holds; and nearly so for t with one df. */
START_TEST(a_tiny_p_keeps_its_logarithm)
{
    const double bx[] = {1, 2, 3}, sx[] = {1e-3, 1e-3, 1e-3}, by[] = {1, 2, 3},
                 sy[] = {1e-3, 1e-3, 1e-3};
    struct fixture fixture = fixture_begin();
    struct estimate got;
    double z = sqrt(14) / 1e-3;

    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = fixture_run(&fixture, "ivw");
    ck_assert_double_eq(got.p, 0);
    golden_close("log p", got.neglog10_p,
                 (0.5 * z * z + log(z) - log(2 / sqrt(2 * acos(-1)))) / log(10), 1e-9);
    got = fixture_run(&fixture, "egger");
    /* slope 1, se 1e-3 / sqrt(2), one df: p = 2 / pi * atan(1 / t) */
    golden_close("log t", got.neglog10_p, -log10(2 / acos(-1) * atan(1e-3 / sqrt(2))), 1e-9);
    fixture_end(&fixture);
}
END_TEST

/* Residuals of a billionth are scatter, those of rounding are none. */
START_TEST(a_perfect_fit_is_not_a_near_one)
{
    const double bx[] = {0.1, 0.3, 0.7, 0.9}, sx[] = {0.01, 0.01, 0.01, 0.01},
                 near[] = {0.2, 0.6 + 1e-9, 1.4, 1.8 - 1e-9}, perfect[] = {0.2, 0.6, 1.4, 1.8},
                 sy[] = {0.01, 0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin();
    struct estimate got;

    fixture.pair = golden_pair_of(bx, sx, near, sy, 4, fixture.arena);
    got = fixture_run(&fixture, "ivw_mre");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(got.se > 1e-11 && got.se < 1e-8);
    fixture.pair = golden_pair_of(bx, sx, perfect, sy, 4, fixture.arena);
    got = fixture_run(&fixture, "ivw_mre");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

/* Modes draw together what each of them draws alone, whatever order they are asked for in. */
START_TEST(a_family_gives_what_each_gives_alone)
{
    static const char *const keys[] = {
        "weighted_mode_nome", "weighted_mode", "ivw",
        "penalised_mode",     "simple_mode",   "simple_mode_nome"};
    enum { COUNT = sizeof keys / sizeof keys[0] };
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const struct method *methods[COUNT];
    struct estimate together[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        methods[i] = methods_find(keys[i]);
    }
    estimate_run_all(methods, COUNT, fixture.pair, &fixture.settings, fixture.scratch,
                     fixture.arena, together);
    for (size_t i = 0; i < COUNT; i++) {
        struct estimate alone = fixture_run(&fixture, keys[i]);

        ck_assert_ptr_eq(together[i].method, methods[i]);
        ck_assert_double_eq(together[i].b, alone.b);
        ck_assert_double_eq(together[i].se, alone.se);
        ck_assert_double_eq(together[i].p, alone.p);
    }
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {intervals_follow_the_level, 1},
        {every_method_answers_every_number_of_variants, 1},
        {reasons_say_how_many, 1},
        {the_table_is_whole, 1},
        {a_seed_repeats, 1},
        {alleles_do_not_matter, 1},
        {nothing_undefined_gets_out, 1},
        {a_variant_without_effect_is_fine_in_ivw, 1},
        {equal_exposures_leave_egger_undefined, 1},
        {a_tiny_p_keeps_its_logarithm, 1},
        {a_perfect_fit_is_not_a_near_one, 1},
        {a_family_gives_what_each_gives_alone, 1},
    };

    numeric_start();
    return golden_run_each("estimate", tests, sizeof tests / sizeof tests[0]);
}
