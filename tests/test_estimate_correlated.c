/*
 * Correlated variants: generalised least squares of IVW and Egger, and GSMR with HEIDI, against
 * a second computation by plain elimination, against sums by hand, and against what must not
 * change anything.
 */
#include "estimate/heidi.h"
#include "fixture.h"
#include "numeric/cholesky.h"
#include "numeric/regression.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

#define MOST 100

/* A correlation of two places. */
typedef double correlation_function(size_t one, size_t other);

static double none(size_t one, size_t other)
{
    return one == other;
}

/* Falls off with distance, with signs that change. */
static double falling(size_t one, size_t other)
{
    size_t distance = one > other ? one - other : other - one;
    double sign = (one % 3 == 0) != (other % 3 == 0) ? -1 : 1;

    return sign * pow(0.6, (double)distance);
}

/* Weak enough for GSMR to keep every variant. */
static double weak(size_t one, size_t other)
{
    return one == other ? 1 : 0.3 * falling(one, other);
}

static void give_ld(struct fixture *fixture, correlation_function *correlation)
{
    size_t count = fixture->pair->count;
    double *ld = arena_get(fixture->arena, count * count, sizeof *ld);

    for (size_t i = 0; i < count * count; i++) {
        ld[i] = correlation(i / count, i % count);
    }
    fixture->pair = pair_with_ld(fixture->arena, fixture->pair, ld);
}

/* Gauss and Jordan with pivots: replaces `right` (count x columns) by matrix^-1 right. */
static void eliminate(double *matrix, size_t count, double *right, size_t columns)
{
    for (size_t i = 0; i < count; i++) {
        size_t pivot = i;

        for (size_t k = i; k < count; k++) {
            pivot = fabs(matrix[k * count + i]) > fabs(matrix[pivot * count + i]) ? k : pivot;
        }
        for (size_t k = 0; k < count + columns; k++) {
            double *row = k < count ? &matrix[i * count + k] : &right[i * columns + k - count];
            double *other =
                k < count ? &matrix[pivot * count + k] : &right[pivot * columns + k - count];
            double kept = *row;

            *row = *other;
            *other = kept;
        }
        for (size_t k = 0; k < count; k++) {
            double share = matrix[k * count + i] / matrix[i * count + i];

            for (size_t c = 0; k != i && c < count; c++) {
                matrix[k * count + c] -= share * matrix[i * count + c];
            }
            for (size_t c = 0; k != i && c < columns; c++) {
                right[k * columns + c] -= share * right[i * columns + c];
            }
        }
    }
    for (size_t i = 0; i < count * columns; i++) {
        right[i] /= matrix[i / columns * count + i / columns];
    }
}

/* The answers of generalised least squares of y on up to two columns. */
struct answer {
    double b[2], se[2], q;
};

/* columns: count x 3, the last of them y; `used` of the first two. covariance is consumed. */
static struct answer answer_of(double *covariance, const double *columns, size_t count,
                               size_t used)
{
    static double solved[MOST * 3];
    double cross[4] = {0}, right[2] = {0}, unit[4] = {1, 0, 0, 1};
    struct answer answer = {.q = 0};

    ck_assert_uint_le(count, MOST);
    memcpy(solved, columns, count * 3 * sizeof *solved);
    eliminate(covariance, count, solved, 3);
    for (size_t j = 0; j < count; j++) {
        for (size_t a = 0; a < used; a++) {
            for (size_t b = 0; b < used; b++) {
                cross[a * used + b] += columns[j * 3 + a] * solved[j * 3 + b];
            }
            right[a] += columns[j * 3 + a] * solved[j * 3 + 2];
        }
    }
    eliminate(cross, used, unit, used);
    for (size_t a = 0; a < used; a++) {
        for (size_t b = 0; b < used; b++) {
            answer.b[a] += unit[a * used + b] * right[b];
        }
        answer.se[a] = sqrt(unit[a * used + a]);
    }
    for (size_t j = 0; j < count; j++) {
        double e = columns[j * 3 + 2], solved_e = solved[j * 3 + 2];

        for (size_t a = 0; a < used; a++) {
            e -= answer.b[a] * columns[j * 3 + a];
            solved_e -= answer.b[a] * solved[j * 3 + a];
        }
        answer.q += e * solved_e;
    }
    return answer;
}

/* By turning effects, rows and columns round where an exposure effect is negative. */
static struct answer oriented(const struct pair *pair, bool has_intercept)
{
    static double covariance[MOST * MOST], columns[MOST * 3];
    size_t count = pair->count;

    for (size_t i = 0; i < count; i++) {
        double sign = pair->bx[i] < 0 ? -1 : 1;

        columns[i * 3] = sign * pair->bx[i];
        columns[i * 3 + 1] = 1;
        columns[i * 3 + 2] = sign * pair->by[i];
        for (size_t k = 0; k < count; k++) {
            covariance[i * count + k] = sign * (pair->bx[k] < 0 ? -1 : 1) * pair->sy[i] *
                                        pair->sy[k] * pair->ld[i * count + k];
        }
    }
    return answer_of(covariance, columns, count, has_intercept ? 2 : 1);
}

static void check_same(const struct estimate *got, const struct estimate *want,
                       double precision)
{
    ck_assert_int_eq(got->status, want->status);
    golden_close("b", got->b, want->b, precision);
    golden_close("se", got->se, want->se, precision);
    golden_close("p", got->p, want->p, 100 * precision);
    golden_close("q", got->q, want->q, precision);
    golden_close("intercept", got->intercept, want->intercept, 10 * precision);
    golden_close("intercept se", got->intercept_se, want->intercept_se, precision);
}

static const char *const generalised[] = {"ivw", "ivw_fe", "ivw_mre", "egger"};

START_TEST(no_correlation_is_the_plain_answer)
{
    for (size_t i = 0; i < FIXTURE_SETS + FIXTURE_CORNERS; i++) {
        struct fixture fixture = i < FIXTURE_SETS
                                     ? fixture_begin_results(fixture_sets[i])
                                     : fixture_begin_corner(fixture_corners[i - FIXTURE_SETS]);
        struct fixture with = fixture;

        give_ld(&with, none);
        for (size_t k = 0; k < 4; k++) {
            struct estimate want = fixture_run(&fixture, generalised[k]);
            struct estimate got = fixture_run(&with, generalised[k]);

            check_same(&got, &want, 1e-12);
        }
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(two_variants_by_hand)
{
    const double bx[] = {0.2, -0.1}, sx[] = {0.01, 0.01}, by[] = {0.1, -0.02},
                 sy[] = {0.02, 0.05};
    struct fixture fixture = fixture_begin_made(bx, sx, by, sy, 2);
    double rho = 0.5, x1 = bx[0] / sy[0], x2 = bx[1] / sy[1], y1 = by[0] / sy[0],
           y2 = by[1] / sy[1];
    double xx = x1 * x1 - 2 * rho * x1 * x2 + x2 * x2;
    double xy = x1 * y1 - rho * (x1 * y2 + x2 * y1) + x2 * y2;
    double ld[] = {1, rho, rho, 1};
    struct estimate got;

    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    got = fixture_run(&fixture, "ivw_fe");
    golden_close("b", got.b, xy / xx, 1e-13);
    golden_close("se", got.se, sqrt((1 - rho * rho) / xx), 1e-13);
    fixture_end(&fixture);
}
END_TEST

START_TEST(least_squares_by_elimination)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        double df = (double)fixture.pair->count - 1;

        give_ld(&fixture, falling);
        struct answer want = oriented(fixture.pair, false);
        struct answer line = oriented(fixture.pair, true);
        struct estimate fe = fixture_run(&fixture, "ivw_fe"),
                        ivw = fixture_run(&fixture, "ivw"),
                        mre = fixture_run(&fixture, "ivw_mre"),
                        egger = fixture_run(&fixture, "egger");
        double sigma = sqrt(line.q / (df - 1)), floored = sigma > 1 ? sigma : 1;

        golden_close("b", fe.b, want.b[0], 1e-11);
        golden_close("se", fe.se, want.se[0], 1e-11);
        golden_close("q", fe.q, want.q, 1e-10);
        golden_close("mre", mre.se, want.se[0] * sqrt(want.q / df), 1e-11);
        golden_close("ivw", ivw.se, want.se[0] * fmax(1, sqrt(want.q / df)), 1e-11);
        golden_close("slope", egger.b, line.b[0], 1e-10);
        golden_close("slope se", egger.se, line.se[0] * floored, 1e-10);
        golden_close("intercept", egger.intercept, line.b[1], 1e-9);
        golden_close("intercept se", egger.intercept_se, line.se[1] * floored, 1e-10);
        golden_close("Q'", egger.q, line.q, 1e-10);
        golden_close("p", egger.p, tail_t_two_sided(egger.b / egger.se, df - 1), 1e-12);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(under_dispersion_is_floored)
{
    struct fixture fixture = fixture_begin_corner("under");
    struct estimate ivw, fe, mre;

    give_ld(&fixture, weak);
    ivw = fixture_run(&fixture, "ivw");
    fe = fixture_run(&fixture, "ivw_fe");
    mre = fixture_run(&fixture, "ivw_mre");
    ck_assert(mre.q < mre.q_df);
    golden_close("floor", ivw.se, fe.se, 1e-15);
    ck_assert(mre.se < fe.se);
    fixture_end(&fixture);
}
END_TEST

/* The pair with some of its variants by the other allele, in another order and unit. */
static struct pair *changed(const struct fixture *fixture, bool flips, bool reverses,
                            double unit)
{
    const struct pair *pair = fixture->pair;
    size_t count = pair->count;
    double *cells = arena_get(fixture->arena, (4 + count) * count, sizeof *cells);
    double *bx = cells, *sx = bx + count, *by = sx + count, *sy = by + count, *ld = sy + count;

    for (size_t i = 0; i < count; i++) {
        size_t from = reverses ? count - 1 - i : i;
        double sign = flips && i % 2 == 0 ? -1 : 1;

        bx[i] = sign * pair->bx[from];
        sx[i] = pair->sx[from];
        by[i] = unit * sign * pair->by[from];
        sy[i] = unit * pair->sy[from];
        for (size_t k = 0; k < count; k++) {
            size_t other = reverses ? count - 1 - k : k;
            double both = sign * (flips && k % 2 == 0 ? -1 : 1);

            ld[i * count + k] = both * pair->ld[from * count + other];
        }
    }
    return pair_with_ld(fixture->arena, golden_pair_of(bx, sx, by, sy, count, fixture->arena),
                        ld);
}

static void check_unchanged(struct fixture *fixture, const char *key, bool flips, bool reverses,
                            double unit)
{
    struct fixture other = *fixture;
    struct estimate want = fixture_run(fixture, key), got;

    other.pair = changed(fixture, flips, reverses, unit);
    got = fixture_run(&other, key);
    ck_assert_uint_eq(got.variants, want.variants);
    golden_close("b", got.b, unit * want.b, 1e-10);
    golden_close("se", got.se, unit * want.se, 1e-10);
    golden_close("q", got.q, want.q, 1e-9);
    golden_close("intercept", got.intercept, unit * want.intercept, 1e-8);
}

START_TEST(alleles_order_and_units_change_nothing)
{
    static const char *const keys[] = {"ivw", "ivw_fe", "ivw_mre", "egger", "gsmr"};
    static const double units[] = {1, 1e-12, 1e6};
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");

    give_ld(&fixture, falling);
    fixture.settings.parameters[PARAMETER_LD_SAMPLE_SIZE] = 500;
    for (size_t i = 0; i < 5; i++) {
        for (size_t k = 0; k < 3; k++) {
            check_unchanged(&fixture, keys[i], true, false, units[k]);
            check_unchanged(&fixture, keys[i], false, true, units[k]);
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_variant_twice_is_refused)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    size_t count = fixture.pair->count;
    double *ld;

    give_ld(&fixture, weak);
    ld = arena_get(fixture.arena, count * count, sizeof *ld);
    memcpy(ld, fixture.pair->ld, count * count * sizeof *ld);
    for (size_t k = 0; k < count; k++) {
        ld[5 * count + k] = ld[k * count + 5] = -ld[2 * count + k];
    }
    ld[5 * count + 5] = 1;
    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    for (size_t k = 0; k < 4; k++) {
        struct estimate got = fixture_run(&fixture, generalised[k]);

        ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
        ck_assert(isnan(got.b));
        ck_assert_ptr_nonnull(strstr(got.note, "-1 between snp3 and snp6"));
    }
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_DONE);
    fixture_end(&fixture);
}
END_TEST

START_TEST(impossible_correlations_are_refused)
{
    const double b[] = {0.1, 0.2, 0.3}, s[] = {0.01, 0.01, 0.01};
    double ld[] = {1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1};
    struct fixture fixture = fixture_begin_made(b, s, b, s, 3);
    struct estimate got;

    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    got = fixture_run(&fixture, "ivw");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(got.note, "first at v3"));
    fixture_end(&fixture);
}
END_TEST

START_TEST(corners_of_generalised_least_squares)
{
    const double none_x[] = {0, 0, 0}, same_x[] = {0.1, -0.1, 0.1}, sx[] = {0.01, 0.01, 0.01},
                 by[] = {0.1, 0.2, 0.3}, sy[] = {0.01, 0.02, 0.01};
    struct fixture fixture = fixture_begin_made(none_x, sx, by, sy, 3);

    give_ld(&fixture, weak);
    ck_assert_int_eq(fixture_run(&fixture, "ivw").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_UNDEFINED);
    fixture.pair = golden_pair_of(same_x, sx, by, sy, 3, fixture.arena);
    give_ld(&fixture, weak);
    ck_assert_int_eq(fixture_run(&fixture, "ivw").status, ESTIMATE_DONE);
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

START_TEST(other_methods_say_what_they_assume)
{
    struct fixture fixture = fixture_begin_corner("small4"), with = fixture;
    size_t count;
    const struct method *const *methods = methods_all(&count);

    give_ld(&with, weak);
    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(&with, methods[i]->key);
        struct estimate plain = fixture_run(&fixture, methods[i]->key);
        const char *end = got.note == NULL ? NULL : strstr(got.note, "as independent");

        ck_assert_msg((end != NULL) == (got.status == ESTIMATE_DONE && !methods[i]->uses_ld),
                      "%s", methods[i]->key);
        if (end != NULL) {
            check_same(&got, &plain, 1e-300);
        }
        if (end != NULL && plain.note != NULL) {
            ck_assert_int_eq(strncmp(got.note, plain.note, strlen(plain.note)), 0);
        }
    }
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_MISSING_INPUT);
    ck_assert_ptr_nonnull(strstr(fixture_run(&fixture, "gsmr").note, "--ld FILE"));
    fixture_end(&fixture);
}
END_TEST

START_TEST(variants_leave_with_their_correlations)
{
    struct fixture fixture = fixture_begin_corner("small4");
    const bool is_excluded[] = {false, true, false, false};
    const struct pair *without;

    give_ld(&fixture, falling);
    without = pair_without(fixture.arena, fixture.pair, is_excluded);
    ck_assert_uint_eq(without->count, 3);
    for (size_t i = 0; i < 9; i++) {
        static const size_t from[] = {0, 2, 3};

        ck_assert(without->ld[i] == falling(from[i / 3], from[i % 3]));
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(root_and_the_variable_that_has_none)
{
    double matrix[MOST * MOST], root[MOST * MOST], dependent[] = {4, 0, 0, 2, 9, 0, 2, 1, 1};

    for (size_t i = 0; i < MOST * MOST; i++) {
        matrix[i] = root[i] = 3 * falling(i / MOST, i % MOST);
    }
    ck_assert_uint_eq(cholesky_factor(root, MOST), MOST);
    for (size_t i = 0; i < MOST; i++) {
        for (size_t k = 0; k <= i; k++) {
            double sum = 0;

            for (size_t c = 0; c <= k; c++) {
                sum += root[i * MOST + c] * root[k * MOST + c];
            }
            ck_assert_double_eq_tol(sum, matrix[i * MOST + k], 1e-13);
        }
    }
    ck_assert_uint_eq(cholesky_factor(dependent, 3), 2);
}
END_TEST

/* The second computation of GSMR where nothing is left out. */
static struct answer gsmr_by_elimination(const struct pair *pair)
{
    static double covariance[MOST * MOST], columns[MOST * 3];
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
    return answer_of(covariance, columns, count, 1);
}

START_TEST(gsmr_by_elimination_of_all)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        struct estimate got;
        struct answer want;

        give_ld(&fixture, weak);
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
    give_ld(&fixture, none);
    fixture.settings.parameters[PARAMETER_HEIDI_P] = 0;
    got = fixture_run(&fixture, "gsmr");
    want = fixture_run(&fixture, "ivw_fe");
    golden_close("b", got.b, want.b, 1e-12);
    golden_close("se", got.se, want.se * sqrt(1.000001), 1e-12);
    give_ld(&fixture, weak);
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

    give_ld(&fixture, correlation);
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
    fixture = without = begin_dozen(&data, weak);
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

        give_ld(&fixture, none);
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
    give_ld(&fixture, weak);
    ck_assert_ptr_nonnull(strstr(fixture_run(&fixture, "gsmr").note, "at least 10"));
    fixture.pair = golden_pair_of(data.bx, data.sx, data.by, data.sy, 2, fixture.arena);
    give_ld(&fixture, weak);
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
        no_correlation_is_the_plain_answer,
        two_variants_by_hand,
        least_squares_by_elimination,
        under_dispersion_is_floored,
        alleles_order_and_units_change_nothing,
        a_variant_twice_is_refused,
        impossible_correlations_are_refused,
        corners_of_generalised_least_squares,
        other_methods_say_what_they_assume,
        variants_leave_with_their_correlations,
        root_and_the_variable_that_has_none,
        gsmr_by_elimination_of_all,
        gsmr_without_exposure_error_is_fixed_effects,
        gsmr_leaves_out_the_weaker_in_ld,
        gsmr_forgets_chance_correlations,
        gsmr_names_heidi_outliers,
        heidi_compares_with_the_strongest_in_the_middle,
        heidi_counts_the_correlation,
        gsmr_with_few_variants_says_so,
    };

    numeric_start();
    return golden_run("estimate_correlated", tests, sizeof tests / sizeof tests[0]);
}
