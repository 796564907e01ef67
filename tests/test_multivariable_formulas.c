/*
 * What every method that counts the exposures' errors, conditional F and Q_A make of errors
 * that are correlated, each pair its own, against the formulas computed here by other means.
 */
#include "multivariable/strength.h"
#include "mv_fixture.h"
#include "numeric/linear.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 3 };

/* The lipids, and MR-PRESSO's set, their errors correlated. */
static struct mv_fixture begin(size_t which)
{
    static const char *const folders[] = {"mv_lipids_chd", "mv_presso"};
    static const double lipids[] = {1, -0.1, 0.2, -0.1, 1, -0.4, 0.2, -0.4, 1};
    static const double presso[] = {1, 0.3, 0.3, 1};
    struct mv_fixture fixture = mv_fixture_golden(folders[which], 0);

    fixture.design.correlation = which == 0 ? lipids : presso;
    return fixture;
}

static double residual(const struct design *of, const double *effects, size_t j)
{
    double rest = of->y[j];

    for (size_t k = 0; k < of->exposure_count; k++) {
        rest -= effects[k] * of->x[j * of->exposure_count + k];
    }
    return rest;
}

/* t' diag(sx) R diag(sx) t of one variant. */
static double of_errors(const struct design *of, const double *effects, size_t j)
{
    size_t columns = of->exposure_count;
    double sum = 0;

    for (size_t k = 0; k < columns; k++) {
        for (size_t l = 0; l < columns; l++) {
            sum += effects[k] * effects[l] * of->correlation[k * columns + l] *
                   of->sx[j * columns + k] * of->sx[j * columns + l];
        }
    }
    return sum;
}

/* The sum of squares that a method makes least, `more` being the variance that it adds. */
typedef double objective(const struct design *of, const double *effects, double more);

static double over_all_errors(const struct design *of, const double *effects, double more)
{
    double sum = 0;

    for (size_t j = 0; j < of->count; j++) {
        double rest = residual(of, effects, j);

        sum += rest * rest / (of->sy[j] * of->sy[j] + more + of_errors(of, effects, j));
    }
    return sum;
}

static double a_of(double n, double b, double s)
{
    return 1 / (n * s * s + b * b);
}

/* S_kl of GMM at one variant, but for its a's. */
static double moment(const struct design *of, size_t k, size_t l)
{
    size_t columns = of->exposure_count;
    double left = of->correlation[k * columns + l], j_less = (double)of->count - 1;

    for (size_t j = 0; j < of->count; j++) {
        size_t at = j * columns;

        left -= sqrt(a_of(of->n[k], of->x[at + k], of->sx[at + k]) *
                     a_of(of->n[l], of->x[at + l], of->sx[at + l])) *
                of->x[at + k] * of->x[at + l];
    }
    return left / sqrt((of->n[k] - j_less) * (of->n[l] - j_less));
}

static double of_outcome(const struct design *of)
{
    double left = 1;

    for (size_t j = 0; j < of->count; j++) {
        left -= a_of(of->outcome_n, of->y[j], of->sy[j]) * of->y[j] * of->y[j];
    }
    return left / (of->outcome_n - (double)of->count + 1);
}

static double over_moments(const struct design *of, const double *effects, double more)
{
    size_t columns = of->exposure_count;
    double sum = 0, outcome = of_outcome(of), s[MOST * MOST];

    for (size_t i = 0; i < columns * columns; i++) {
        s[i] = moment(of, i / columns, i % columns);
    }
    for (size_t j = 0; j < of->count; j++) {
        double rest = residual(of, effects, j);
        double omega = outcome / a_of(of->outcome_n, of->y[j], of->sy[j]) + more;

        for (size_t i = 0; i < columns * columns; i++) {
            size_t k = i / columns, l = i % columns, at = j * columns;

            omega += effects[k] * effects[l] * s[i] /
                     sqrt(a_of(of->n[k], of->x[at + k], of->sx[at + k]) *
                          a_of(of->n[l], of->x[at + l], of->sx[at + l]));
        }
        sum += rest * rest / omega;
    }
    return sum;
}

/* That no coordinate has a slope: a step of 1e-3 to either side raises the sum alike. */
static void check_least(const char *key, const struct design *of, objective *sum,
                        const struct mv_estimate *got, double more)
{
    double effects[MOST];

    for (size_t k = 0; k < of->exposure_count; k++) {
        effects[k] = got->effects[k].b;
    }
    for (size_t k = 0; k < of->exposure_count; k++) {
        double step = 1e-3, here = sum(of, effects, more), up, down;

        effects[k] += step;
        up = sum(of, effects, more) - here;
        effects[k] -= 2 * step;
        down = sum(of, effects, more) - here;
        effects[k] += step;
        ck_assert_msg(up > 0 && down > 0, "%s: not the least", key);
        ck_assert_msg(fabs(up - down) < 5e-3 * (up + down), "%s: %g and %g", key, up, down);
    }
}

START_TEST(methods_make_their_own_sum_least)
{
    struct mv_fixture fixture = begin((size_t)_i);
    const struct design *of = &fixture.design;
    struct mv_estimate me = mv_fixture_run(&fixture, "mv_ivw_me");
    struct mv_estimate gmm = mv_fixture_run(&fixture, "mv_gmm_fe");
    struct mv_estimate robust = mv_fixture_run(&fixture, "mv_gmm");
    struct mv_estimate qhet = mv_fixture_run(&fixture, "mv_qhet");
    double df = (double)(of->count - of->exposure_count), more = 0;

    check_least("mv_ivw_me", of, over_all_errors, &me, 0);
    golden_close("its Q", me.q,
                 over_all_errors(of,
                                 (double[]){me.effects[0].b, me.effects[1].b,
                                            of->exposure_count == 3 ? me.effects[2].b : 0},
                                 0),
                 1e-9);
    check_least("mv_gmm_fe", of, over_moments, &gmm, 0);
    (void)sscanf(robust.note, "overdispersion %lf", &more);
    check_least("mv_gmm", of, over_moments, &robust, more / of->outcome_n);
    (void)sscanf(qhet.note, "variance of pleiotropy %lf", &more);
    check_least("mv_qhet", of, over_all_errors, &qhet, more);
    ck_assert_double_le(qhet.q, df * (1 + 1e-5));
    mv_fixture_end(&fixture);
}
END_TEST

/* Conditional F: the direction d is the regression on the others without weights, -1 for the
 * exposure itself; Q_A: IVW's residuals. */
START_TEST(strength_and_agreement_are_the_formulas)
{
    struct mv_fixture fixture = begin((size_t)_i);
    const struct design *of = &fixture.design;
    size_t columns = of->exposure_count;
    struct mv_strength strengths[MOST];
    struct mv_estimate ivw = mv_fixture_run(&fixture, "mv_ivw_fe");
    struct mv_heterogeneity all = mv_heterogeneity_of(of, fixture.scratch);
    double effects[MOST];

    mv_strength_of(of, strengths, fixture.scratch);
    for (size_t k = 0; k < columns; k++) {
        double d[MOST], matrix[MOST * MOST] = {0}, sum = 0;

        effects[k] = ivw.effects[k].b;
        for (size_t l = 0; l < columns; l++) { /* normal equations; d_k is fixed at -1 */
            d[l] = l == k ? -1 : 0;
            for (size_t m = 0; m < columns; m++) {
                matrix[l * columns + m] = l == k ? l == m : 0;
                for (size_t j = 0; l != k && j < of->count; j++) {
                    matrix[l * columns + m] += of->x[j * columns + l] * of->x[j * columns + m];
                }
            }
        }
        ck_assert(linear_solve(matrix, d, columns));
        for (size_t j = 0; j < of->count; j++) {
            double along = 0;

            for (size_t l = 0; l < columns; l++) {
                along += d[l] * of->x[j * columns + l];
            }
            sum += along * along / of_errors(of, d, j);
        }
        golden_close("conditional F", strengths[k].f_conditional, sum / (double)of->count,
                     1e-9);
    }
    golden_close("Q_A", all.q, over_all_errors(of, effects, 0), 1e-9);
    mv_fixture_end(&fixture);
}
END_TEST

/* --- standard errors --------------------------------------------------------------------- */

static double scaled_residual(const struct design *of, const double *effects, size_t j,
                              double more)
{
    return residual(of, effects, j) /
           sqrt(of->sy[j] * of->sy[j] + more + of_errors(of, effects, j));
}

/* A, the second differences of half the sum, and B, of the slopes of each residual. */
static void fill_sandwich(const struct design *of, const bool *is_out, const double *effects,
                          double more, double *a, double *b)
{
    const double step = 1e-4;
    size_t columns = of->exposure_count;

    for (size_t i = 0; i < columns * columns; i++) {
        size_t k = i / columns, l = i % columns;

        a[i] = b[i] = 0;
        for (size_t j = 0; j < of->count; j++) {
            double value[2][2], slope[2] = {0, 0}, at[MOST];

            for (int way = 0; way < 4 && !is_out[j]; way++) {
                memcpy(at, effects, columns * sizeof *at);
                at[k] += way % 2 == 0 ? step : -step;
                at[l] += way / 2 == 0 ? step : -step;
                value[way % 2][way / 2] = scaled_residual(of, at, j, more);
            }
            for (int side = 0; side < 4 && !is_out[j]; side++) {
                memcpy(at, effects, columns * sizeof *at);
                at[side / 2 == 0 ? k : l] += side % 2 == 0 ? step : -step;
                slope[side / 2] +=
                    (side % 2 == 0 ? 1 : -1) * scaled_residual(of, at, j, more) / (2 * step);
            }
            if (!is_out[j]) {
                a[i] += (value[0][0] * value[0][0] - value[0][1] * value[0][1] -
                         value[1][0] * value[1][0] + value[1][1] * value[1][1]) /
                        (8 * step * step);
            }
            b[i] += slope[0] * slope[1];
        }
    }
}

/* The roots of the diagonal of A^-1 B A^-1, or of A^-1. */
static void check_errors(const char *key, const struct design *of, const bool *is_out,
                         const struct mv_estimate *got, double more, double scale,
                         bool is_sandwich, struct arena *arena)
{
    double a[MOST * MOST], b[MOST * MOST], effects[MOST];
    size_t columns = of->exposure_count;

    for (size_t k = 0; k < columns; k++) {
        effects[k] = got->effects[k].b;
    }
    fill_sandwich(of, is_out, effects, more, a, b);
    ck_assert(linear_invert(a, columns, arena));
    for (size_t k = 0; k < columns; k++) {
        double variance = is_sandwich
                              ? linear_form(&a[k * columns], b, &a[k * columns], columns)
                              : a[k * columns + k];

        golden_close(key, got->effects[k].se, scale * sqrt(variance), 2e-5);
    }
}

static double outcome_scale(const struct design *of, const struct mv_estimate *got)
{
    double sum = 0, effects[MOST];

    for (size_t k = 0; k < of->exposure_count; k++) {
        effects[k] = got->effects[k].b;
    }
    for (size_t j = 0; j < of->count; j++) {
        double rest = residual(of, effects, j) / of->sy[j];

        sum += rest * rest;
    }
    return sqrt(fmax(1, sum / (double)(of->count - of->exposure_count)));
}

START_TEST(errors_are_the_formulas)
{
    struct mv_fixture fixture = begin((size_t)_i);
    const struct design *of = &fixture.design;
    bool *is_out = arena_get(fixture.arena, of->count, sizeof *is_out);
    struct mv_estimate me = mv_fixture_run(&fixture, "mv_ivw_me");
    struct mv_estimate qhet = mv_fixture_run(&fixture, "mv_qhet");
    double more = 0;

    (void)sscanf(qhet.note, "variance of pleiotropy %lf", &more);
    check_errors("mv_ivw_me", of, is_out, &me, 0, outcome_scale(of, &me), true, fixture.arena);
    check_errors("mv_qhet", of, is_out, &qhet, more, 1, true, fixture.arena);
    mv_fixture_end(&fixture);
}
END_TEST

/* --- cML, as it is written down ---------------------------------------------------------- */

struct plain_cml {
    double effects[MOST], criterion;
    bool *is_out;
};

static void take_out(const struct design *of, const double *mu, const double *effects,
                     size_t invalid, double *direct)
{
    struct design there = *of;

    there.x = mu;
    for (size_t j = 0; j < of->count; j++) {
        direct[j] = 0;
    }
    for (size_t i = 0; i < invalid; i++) {
        size_t worst = 0;
        double most = -1;

        for (size_t j = 0; j < of->count; j++) {
            double z = residual(&there, effects, j) / of->sy[j];

            if (direct[j] == 0 && z * z > most) {
                worst = j;
                most = z * z;
            }
        }
        direct[worst] = residual(&there, effects, worst);
    }
}

/* The inverse of diag(sx) R diag(sx) at one variant. */
static void precision_at(const struct design *of, size_t j, double *precision,
                         struct arena *arena)
{
    size_t columns = of->exposure_count;

    for (size_t i = 0; i < columns * columns; i++) {
        precision[i] = of->correlation[i] * of->sx[j * columns + i / columns] *
                       of->sx[j * columns + i % columns];
    }
    ck_assert(linear_invert(precision, columns, arena));
}

static void fit_mu(const struct design *of, const double *effects, const double *direct,
                   double *mu, struct arena *arena)
{
    size_t columns = of->exposure_count;

    for (size_t j = 0; j < of->count; j++) {
        double precision[MOST * MOST], matrix[MOST * MOST];
        double w = 1 / (of->sy[j] * of->sy[j]);

        precision_at(of, j, precision, arena);
        for (size_t k = 0; k < columns; k++) {
            mu[j * columns + k] = w * effects[k] * (of->y[j] - direct[j]);
            for (size_t l = 0; l < columns; l++) {
                mu[j * columns + k] += precision[k * columns + l] * of->x[j * columns + l];
                matrix[k * columns + l] =
                    precision[k * columns + l] + w * effects[k] * effects[l];
            }
        }
        ck_assert(linear_solve(matrix, &mu[j * columns], columns));
    }
}

static void fit_theta(const struct design *of, const double *mu, const double *direct,
                      double *effects)
{
    size_t columns = of->exposure_count;
    double matrix[MOST * MOST] = {0};

    memset(effects, 0, columns * sizeof *effects);
    for (size_t j = 0; j < of->count; j++) {
        double w = 1 / (of->sy[j] * of->sy[j]);

        for (size_t i = 0; i < columns * columns; i++) {
            matrix[i] += w * mu[j * columns + i / columns] * mu[j * columns + i % columns];
        }
        for (size_t k = 0; k < columns; k++) {
            effects[k] += w * mu[j * columns + k] * (of->y[j] - direct[j]);
        }
    }
    ck_assert(linear_solve(matrix, effects, columns));
}

static double twice_log(const struct design *of, const double *mu, const double *effects,
                        const double *direct, struct arena *arena)
{
    struct design there = *of;
    size_t columns = of->exposure_count;
    double sum = 0;

    there.x = mu;
    for (size_t j = 0; j < of->count; j++) {
        double precision[MOST * MOST], off[MOST];
        double z = (residual(&there, effects, j) - direct[j]) / of->sy[j];

        precision_at(of, j, precision, arena);
        for (size_t k = 0; k < columns; k++) {
            off[k] = of->x[j * columns + k] - mu[j * columns + k];
        }
        sum += z * z + linear_form(off, precision, off, columns);
    }
    return sum;
}

static struct plain_cml plain_cml_of(const struct design *of, double log_n, struct arena *arena)
{
    size_t cells = of->count * of->exposure_count;
    double *mu = arena_get(arena, cells, sizeof *mu);
    double *direct = arena_get(arena, of->count, sizeof *direct);
    struct plain_cml best = {.criterion = INFINITY,
                             .is_out = arena_get(arena, of->count, sizeof(bool))};

    for (size_t invalid = 0; invalid <= (of->count + 1) / 2; invalid++) {
        double effects[MOST] = {0}, before[MOST], step = 1, criterion;

        memcpy(mu, of->x, cells * sizeof *mu);
        for (int round = 0; round < 100 && step > 1e-4; round++) {
            memcpy(before, effects, sizeof before);
            take_out(of, mu, effects, invalid, direct);
            fit_mu(of, effects, direct, mu, arena);
            fit_theta(of, mu, direct, effects);
            step = 0;
            for (size_t k = 0; k < of->exposure_count; k++) {
                step += fabs(effects[k] - before[k]);
            }
        }
        criterion = twice_log(of, mu, effects, direct, arena) + (double)invalid * log_n;
        if (criterion < best.criterion) {
            best.criterion = criterion;
            memcpy(best.effects, effects, sizeof effects);
            for (size_t j = 0; j < of->count; j++) {
                best.is_out[j] = direct[j] != 0;
            }
        }
    }
    return best;
}

START_TEST(cml_is_what_is_written_down)
{
    struct mv_fixture fixture = begin((size_t)_i);
    struct mv_estimate got;
    struct plain_cml plain;

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 1000;
    got = mv_fixture_run(&fixture, "mv_cml");
    plain = plain_cml_of(&fixture.design, log(1000), fixture.arena);
    for (size_t k = 0; k < fixture.design.exposure_count; k++) {
        golden_close("mv_cml", got.effects[k].b, plain.effects[k], 1e-9);
    }
    check_errors("mv_cml", &fixture.design, plain.is_out, &got, 0, 1, false, fixture.arena);
    mv_fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{methods_make_their_own_sum_least, 2},
                                        {strength_and_agreement_are_the_formulas, 2},
                                        {errors_are_the_formulas, 2},
                                        {cml_is_what_is_written_down, 2}};

    return golden_run_each("multivariable formulas", tests, sizeof tests / sizeof *tests);
}
