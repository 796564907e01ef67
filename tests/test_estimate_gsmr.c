/*
 * GSMR and HEIDI against a second computation by plain elimination, and on sets made so that it
 * is known what must be left out.
 */
#include "correlated_fixture.h"
#include "estimate/heidi.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* The second computation of GSMR where nothing is left out. */
static struct answer gsmr_by_elimination(const struct pair *pair)
{
    static double covariance[CORRELATED_MOST * CORRELATED_MOST], columns[CORRELATED_MOST * 3];
    size_t count = pair->count;

    for (size_t i = 0; i < count; i++) {
        double ratio = pair->by[i] / pair->bx[i];

        columns[i * 3] = 1;
        columns[i * 3 + 2] = ratio;
        for (size_t k = 0; k < count; k++) {
            double other = pair->by[k] / pair->bx[k];
            double c = pair->sy[i] * pair->sy[k] / (pair->bx[i] * pair->bx[k]) +
                       ratio * other * pair->sx[i] * pair->sx[k] / (pair->bx[i] * pair->bx[k]);

            covariance[i * count + k] = pair->ld[i * count + k] * c * (i == k ? 1.000001 : 1);
        }
    }
    return correlated_answer(covariance, columns, count, 1);
}

START_TEST(gsmr_by_elimination_of_all)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        struct estimate got;
        struct answer want;

        correlated_give(&fixture, correlated_weak);
        fixture.settings.parameters[PARAMETER_HEIDI_P] = 0;
        got = fixture_run(&fixture, "gsmr");
        want = gsmr_by_elimination(fixture.pair);
        ck_assert_uint_eq(got.variants, fixture.pair->count);
        ck_assert_ptr_null(got.note);
        golden_close("b", got.b, want.b[0], 1e-11);
        golden_close("se", got.se, want.se[0], 1e-11);
        golden_close("q", got.q, want.q, 1e-10);
        golden_close("p", got.p, tail_normal_two_sided(got.b / got.se), 1e-13);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(gsmr_without_exposure_error_is_fixed_effects)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const struct pair *pair = fixture.pair;
    double *sx = arena_get(fixture.arena, pair->count, sizeof *sx);
    struct estimate got, want;

    for (size_t j = 0; j < pair->count; j++) {
        sx[j] = 1e-9 * pair->sx[j];
    }
    fixture.pair = golden_pair_of(pair->bx, sx, pair->by, pair->sy, pair->count, fixture.arena);
    correlated_give(&fixture, correlated_none);
    fixture.settings.parameters[PARAMETER_HEIDI_P] = 0;
    got = fixture_run(&fixture, "gsmr");
    want = fixture_run(&fixture, "ivw_fe");
    golden_close("b", got.b, want.b, 1e-12);
    golden_close("se", got.se, want.se * sqrt(1.000001), 1e-12);
    correlated_give(&fixture, correlated_weak);
    got = fixture_run(&fixture, "gsmr");
    want = fixture_run(&fixture, "ivw_fe");
    golden_close("b", got.b, want.b, 1e-5);
    golden_close("se", got.se, want.se, 1e-5);
    fixture_end(&fixture);
}
END_TEST

/* Twelve variants, the same ratio of 0.5 but for what a test changes. */
struct dozen {
    double bx[12], sx[12], by[12], sy[12];
};

static struct dozen dozen(void)
{
    struct dozen dozen;

    for (size_t j = 0; j < 12; j++) {
        dozen.bx[j] = (j % 2 == 0 ? 1 : -1) * (0.1 + 0.01 * (double)j);
        dozen.sx[j] = dozen.sy[j] = 0.01;
        dozen.by[j] = 0.5 * dozen.bx[j];
    }
    return dozen;
}

static struct fixture begin_dozen(const struct dozen *dozen, correlation_function *correlation)
{
    struct fixture fixture = fixture_begin_made(dozen->bx, dozen->sx, dozen->by, dozen->sy, 12);

    correlated_give(&fixture, correlation);
    return fixture;
}

/* Places 10 and 11 in strong LD, 3 and 4 at the bound. */
static double two_blocks(size_t one, size_t other)
{
    size_t low = one < other ? one : other, high = one < other ? other : one;

    return low == 10 && high == 11 ? -0.8 : low == 3 && high == 4 ? 0.2 : low == high;
}

START_TEST(gsmr_leaves_out_the_weaker_in_ld)
{
    const bool only_11[12] = {[10] = true};
    struct dozen data = dozen();
    struct fixture fixture = begin_dozen(&data, two_blocks), without = fixture;
    struct estimate got = fixture_run(&fixture, "gsmr"), want;

    ck_assert_uint_eq(got.variants, 11);
    ck_assert_str_eq(got.note, "uses 11 of 12 variants: in LD with stronger ones 1, HEIDI "
                               "outliers 0");
    without.pair = pair_without(fixture.arena, fixture.pair, only_11);
    want = fixture_run(&without, "gsmr");
    ck_assert_ptr_null(want.note);
    golden_close("b", got.b, want.b, 1e-13);
    golden_close("se", got.se, want.se, 1e-13);
    fixture_end(&fixture);
}
END_TEST

START_TEST(gsmr_forgets_chance_correlations)
{
    struct dozen data = dozen();
    struct fixture fixture = begin_dozen(&data, two_blocks);
    double *people = &fixture.settings.parameters[PARAMETER_LD_SAMPLE_SIZE];
    struct estimate all = fixture_run(&fixture, "gsmr"), none_kept, kept;

    /* one of 55 correlations: kept where its P is below .05 / 55, r2 n above 11 */
    *people = 270;
    none_kept = fixture_run(&fixture, "gsmr");
    *people = 280;
    kept = fixture_run(&fixture, "gsmr");
    golden_close("kept", kept.se, all.se, 1e-15);
    ck_assert(fabs(none_kept.se - all.se) > 1e-4 * all.se);
    fixture_end(&fixture);
}
END_TEST

START_TEST(gsmr_names_heidi_outliers)
{
    const bool is_excluded[12] = {[7] = true};
    struct dozen data = dozen();
    struct fixture fixture, without;
    struct estimate got, want;

    data.by[7] = -data.by[7];
    fixture = without = begin_dozen(&data, correlated_weak);
    got = fixture_run(&fixture, "gsmr");
    ck_assert_str_eq(got.note, "uses 11 of 12 variants: in LD with stronger ones 0, HEIDI "
                               "outliers 1 v8");
    without.pair = pair_without(fixture.arena, fixture.pair, is_excluded);
    want = fixture_run(&without, "gsmr");
    golden_close("b", got.b, want.b, 1e-13);
    golden_close("b", got.b, 0.5, 1e-13);
    ck_assert_double_eq_tol(got.q, 0, 1e-20);
    fixture.settings.parameters[PARAMETER_HEIDI_P] = 0;
    ck_assert_uint_eq(fixture_run(&fixture, "gsmr").variants, 12);
    fixture_end(&fixture);
}
END_TEST

/*
 * Five ratios -1, 0, 1, 2, 3: the middle fifth reaches from 0.6 to 1.4 and holds 1 alone, whose
 * variant is the weakest. Then six, where it holds two and the stronger counts.
 */
START_TEST(heidi_compares_with_the_strongest_in_the_middle)
{
    const double ratio[] = {-1, 3, 1, 0, 2, 1.2}, bx[] = {0.9, 0.8, 0.1, 0.7, 0.6, 0.3};
    const double s[] = {1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-2};
    double by[6];
    bool is_outlier[6];

    for (size_t j = 0; j < 6; j++) {
        by[j] = ratio[j] * bx[j];
    }
    for (size_t count = 5; count <= 6; count++) {
        struct fixture fixture = fixture_begin_made(bx, s, by, s, count);
        struct heidi_ratios ratios;

        correlated_give(&fixture, correlated_none);
        ratios = heidi_ratios_of(fixture.pair, fixture.arena);
        heidi_outliers(&ratios, 0.999, is_outlier, fixture.scratch);
        for (size_t j = 0; j < count; j++) {
            ck_assert_msg(is_outlier[j] == (j != 2), "%zu of %zu", j, count);
        }
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(heidi_counts_the_correlation)
{
    const double bx[] = {0.1, 0.12}, sx[] = {0.01, 0.01}, by[] = {0.1, 0.1},
                 sy[] = {0.02, 0.03};
    struct fixture fixture = fixture_begin_made(bx, sx, by, sy, 2);
    double r = 0.2, ld[] = {1, 0.2, 0.2, 1}, c[3], d = by[0] / bx[0] - by[1] / bx[1], p;
    struct heidi_ratios ratios;
    bool is_outlier[2];

    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    ratios = heidi_ratios_of(fixture.pair, fixture.arena);
    c[0] = 0.2 * 0.2 + pow(1 / 10.0, 2);
    c[1] = 0.25 * 0.25 + pow(by[1] / bx[1] / 12, 2);
    c[2] = r * (0.2 * 0.25 + 1 / 10.0 * by[1] / bx[1] / 12);
    p = tail_chi_square(d * d / (c[0] + c[1] - 2 * c[2]), 1);
    heidi_outliers(&ratios, p * (1 - 1e-9), is_outlier, fixture.scratch);
    ck_assert(!is_outlier[0] && !is_outlier[1]);
    heidi_outliers(&ratios, p * (1 + 1e-9), is_outlier, fixture.scratch);
    ck_assert(is_outlier[0] && !is_outlier[1]);
    fixture_end(&fixture);
}
END_TEST

START_TEST(gsmr_with_few_variants_says_so)
{
    struct dozen data = dozen();
    struct fixture fixture = fixture_begin_made(data.bx, data.sx, data.by, data.sy, 2);
    struct estimate got;

    data.bx[1] = 0;
    correlated_give(&fixture, correlated_weak);
    ck_assert_ptr_nonnull(strstr(fixture_run(&fixture, "gsmr").note, "at least 10"));
    fixture.pair = golden_pair_of(data.bx, data.sx, data.by, data.sy, 2, fixture.arena);
    correlated_give(&fixture, correlated_weak);
    got = fixture_run(&fixture, "gsmr");
    ck_assert_uint_eq(got.variants, 1);
    ck_assert_ptr_nonnull(strstr(got.note, "without an effect on the exposure 1"));
    golden_close("b", got.b, 0.5, 1e-14);
    golden_close("se", got.se, sqrt((0.01 + 0.25 * 0.01) * 1.000001), 1e-13);
    ck_assert(isnan(got.q));
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        gsmr_by_elimination_of_all,       gsmr_without_exposure_error_is_fixed_effects,
        gsmr_leaves_out_the_weaker_in_ld, gsmr_forgets_chance_correlations,
        gsmr_names_heidi_outliers,        heidi_compares_with_the_strongest_in_the_middle,
        heidi_counts_the_correlation,     gsmr_with_few_variants_says_so,
    };

    numeric_start();
    return golden_run("estimate_gsmr", tests, sizeof tests / sizeof tests[0]);
}
