/*
 * Steiger's test on both scales of a binary trait, its filter and its sensitivity; and the
 * power to see an effect: against the golden tables and against other ways to the same number.
 */
#include "diagnose/diagnose.h"
#include "diagnose/power.h"
#include "fixture.h"
#include "instrument/instrument.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct fixture begin_scalars(void)
{
    struct fixture fixture = fixture_begin();

    fixture.golden = golden_results("scalar_functions", fixture.arena);
    return fixture;
}

START_TEST(r2_of_log_odds_is_golden)
{
    struct fixture fixture = begin_scalars();
    size_t seen = 0;

    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];
        bool is_r = strcmp(row->function, "get_r_from_lor(model=logit,correction=FALSE)") == 0;
        double lor, af, cases, controls, prevalence, share;

        if (!is_r && strcmp(row->function, "get_population_allele_frequency") != 0) {
            continue;
        }
        ck_assert_int_eq(sscanf(row->snp, "lor=%lf;af=%lf;ncase=%lf;ncontrol=%lf;prev=%lf",
                                &lor, &af, &cases, &controls, &prevalence),
                         5);
        share = cases / (cases + controls);
        if (is_r) {
            golden_close(row->snp, instrument_r2_log_odds(lor, af, share, prevalence),
                         row->value * row->value, 1e-10);
        } else {
            golden_close(row->snp, instrument_population_frequency(lor, af, share, prevalence),
                         row->value, 1e-10);
        }
        seen++;
    }
    ck_assert_uint_eq(seen, 2 * 192);
    golden_close("no effect", instrument_population_frequency(0, 0.3, 0.4, 0.1), 0.3, 1e-14);
    ck_assert_double_nan(instrument_r2_log_odds(0.1, NAN, 0.4, 0.1));
    fixture_end(&fixture);
}
END_TEST

/* A pair of one variant with these correlations in 1000 and 5000 people. */
static struct pair *pair_of_r(double r_exposure, double r_outcome, struct arena *arena)
{
    const double n[] = {1000, 5000}, r[] = {r_exposure, r_outcome}, se[] = {0.01, 0.01};
    double beta[2];
    struct pair *pair;
    struct harmonised *row;

    for (int i = 0; i < 2; i++) {
        beta[i] = se[i] * sqrt(r[i] * r[i] * (n[i] - 2) / (1 - r[i] * r[i]));
    }
    pair = golden_pair_of(&beta[0], &se[0], &beta[1], &se[1], 1, arena);
    row = arena_get(arena, 1, sizeof *row);
    *row = pair->rows[0];
    row->x.n = n[0];
    row->y.n = n[1];
    return pair_create(arena, pair->exposure, pair->outcome, FORWARD, row, 1);
}

START_TEST(steiger_and_its_sensitivity_are_golden)
{
    struct fixture fixture = begin_scalars();
    size_t seen = 0;

    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];
        double r_exposure, r_outcome;
        struct steiger got;

        if (strcmp(row->function, "mr_steiger2(n_exp=1000,n_out=5000)") != 0) {
            continue;
        }
        ck_assert_int_eq(sscanf(row->snp, "r_exp=%lf;r_out=%lf", &r_exposure, &r_outcome), 2);
        got = steiger_of(pair_of_r(r_exposure, r_outcome, fixture.arena), &fixture.settings);
        ck_assert(got.is_known);
        if (strcmp(row->quantity, "steiger_test") == 0) {
            golden_close(row->snp, got.p, row->value, 1e-7);
        } else if (strcmp(row->quantity, "vz0") == 0) {
            golden_close(row->snp, got.vz0, row->value, 1e-9);
        } else if (strcmp(row->quantity, "vz1") == 0) {
            golden_close(row->snp, got.vz1, row->value, 1e-9);
        } else if (strcmp(row->quantity, "sensitivity_ratio") == 0) {
            golden_close(row->snp, got.sensitivity_ratio, row->value, 1e-9);
        } else if (strcmp(row->quantity, "correct") == 0 && r_exposure != r_outcome) {
            ck_assert_int_eq(got.is_correct, (int)row->value);
        }
        seen++;
    }
    ck_assert_uint_eq(seen, 54);
    fixture_end(&fixture);
}
END_TEST

START_TEST(sensitivity_of_a_set_is_golden)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct steiger got = steiger_of(fixture.pair, &fixture.settings);

    golden_close("vz0", got.vz0, fixture_want(&fixture, "mr_steiger", "vz0"), 1e-8);
    golden_close("vz1", got.vz1, fixture_want(&fixture, "mr_steiger", "vz1"), 1e-8);
    golden_close("ratio", got.sensitivity_ratio,
                 fixture_want(&fixture, "mr_steiger", "sensitivity_ratio"), 1e-8);
    fixture_end(&fixture);
}
END_TEST

/* The pair of another trait as its outcome. */
static struct pair *with_outcome(const struct fixture *fixture, struct trait trait)
{
    struct trait *outcome = arena_get(fixture->arena, 1, sizeof *outcome);
    const struct pair *pair = fixture->pair;

    *outcome = trait;
    outcome->key = "disease";
    return pair_create(fixture->arena, pair->exposure, outcome, FORWARD, pair->rows,
                       pair->row_count);
}

START_TEST(the_scale_is_said_and_never_guessed)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct trait disease = {.unit = UNIT_LOG_ODDS, .n = NAN, .cases = NAN};
    struct steiger plain = steiger_of(fixture.pair, &fixture.settings), got;
    struct pair *uncounted = with_outcome(&fixture, disease), *counted;

    disease.n = 184305;
    disease.cases = 60801;
    counted = with_outcome(&fixture, disease);
    ck_assert(plain.exposure_note == NULL && plain.outcome_note == NULL);
    got = steiger_of(counted, &fixture.settings);
    ck_assert_double_eq(got.p, plain.p);
    ck_assert_ptr_null(got.exposure_note);
    ck_assert_str_eq(got.outcome_note, "binary trait without a prevalence: R2 is on the "
                                       "observed scale, from P and N");
    fixture.settings.parameters[PARAMETER_PREVALENCE_OUTCOME] = 0.06;
    got = steiger_of(uncounted, &fixture.settings);
    ck_assert_double_eq(got.p, plain.p);
    ck_assert_str_eq(got.outcome_note, "prevalence unused, as the number of cases is unknown: "
                                       "R2 is on the observed scale, from P and N");
    got = steiger_of(counted, &fixture.settings);
    ck_assert_str_eq(got.outcome_note, "R2 is on the liability scale");
    fixture_end(&fixture);
}
END_TEST

/* Fisher's z of the sums, with as many people as in equal numbers of cases and controls. */
START_TEST(liability_is_summed_over_variants)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const struct trait disease = {.unit = UNIT_LOG_ODDS, .n = 184305, .cases = 60801};
    const struct trait risk = {.unit = UNIT_LINEAR, .n = 184305, .cases = 60801};
    double share = disease.cases / disease.n, r2 = 0, n_x = 0, n_y = 0, z;
    struct pair *pair = with_outcome(&fixture, disease);
    struct steiger got;

    fixture.settings.parameters[PARAMETER_PREVALENCE_OUTCOME] = 0.06;
    got = steiger_of(pair, &fixture.settings);
    for (size_t j = 0; j < pair->count; j++) {
        const struct harmonised *row = &pair->rows[pair->row[j]];

        r2 += instrument_r2_log_odds(row->y.beta, row->y.eaf, share, 0.06);
        n_x += row->x.n / (double)pair->count;
        n_y += row->y.n / (double)pair->count / (0.25 / share + 0.25 / (1 - share));
    }
    golden_close("R2", got.r2_outcome, r2, 1e-12);
    ck_assert_double_gt(r2, 0);
    z = (atanh(sqrt(got.r2_exposure)) - atanh(sqrt(r2))) / sqrt(1 / (n_x - 3) + 1 / (n_y - 3));
    golden_close("p", got.neglog10_p, tail_normal_two_sided_neglog10(z), 1e-10);
    golden_close(
        "of one", steiger_of_variant(pair, 3, &fixture.settings).r2_outcome,
        instrument_r2_log_odds(pair->by[3], pair->rows[pair->row[3]].y.eaf, share, 0.06),
        1e-12);
    pair = with_outcome(&fixture, risk);
    golden_close("risk", steiger_of_variant(pair, 3, &fixture.settings).r2_outcome,
                 instrument_r2_log_odds(pair->by[3] / share / (1 - share),
                                        pair->rows[pair->row[3]].y.eaf, share, 0.06),
                 1e-12);
    fixture_end(&fixture);
}
END_TEST

/* Variant 0 explains more of the outcome, variant 1 has no sample size. */
START_TEST(the_filter_keeps_what_points_right)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const struct pair *pair = fixture.pair;
    struct harmonised *rows = arena_get(fixture.arena, pair->row_count, sizeof *rows);
    bool *is_out = arena_get(fixture.arena, pair->count, sizeof *is_out);
    struct steiger_filter got;
    struct estimate want;

    memcpy(rows, pair->rows, pair->row_count * sizeof *rows);
    rows[pair->row[0]].y.beta = 1;
    rows[pair->row[1]].x.n = NAN;
    fixture.pair = pair_create(fixture.arena, pair->exposure, pair->outcome, FORWARD, rows,
                               pair->row_count);
    got = steiger_filter_of(fixture.pair, &fixture.settings, fixture.scratch, fixture.arena);
    ck_assert(got.wrong == 1 && got.unknown == 1 && got.kept == pair->count - 2);
    is_out[0] = is_out[1] = true;
    fixture.pair = pair_without(fixture.arena, pair, is_out);
    want = fixture_run(&fixture, "ivw");
    golden_close("b", got.estimate.b, want.b, 1e-14);
    golden_close("se", got.estimate.se, want.se, 1e-14);
    fixture.pair = golden_first(pair, 1, fixture.arena);
    got = steiger_filter_of(fixture.pair, &fixture.settings, fixture.scratch, fixture.arena);
    ck_assert_str_eq(got.estimate.method->key, "wald");
    golden_close("wald", got.estimate.b, pair->by[0] / pair->bx[0], 1e-14);
    fixture.pair = golden_first(pair, 0, fixture.arena);
    got = steiger_filter_of(fixture.pair, &fixture.settings, fixture.scratch, fixture.arena);
    ck_assert_int_eq(got.estimate.status, ESTIMATE_TOO_FEW);
    fixture_end(&fixture);
}
END_TEST

/* The tail of a non-central chi-square as a Poisson mixture of central ones. */
static double noncentral_tail(double q, double noncentrality)
{
    double weight = exp(-0.5 * noncentrality), tail = 0;

    for (int k = 0; k < 400; k++) {
        tail += weight * tail_chi_square(q, 1 + 2 * k);
        weight *= 0.5 * noncentrality / (k + 1);
    }
    return tail;
}

/* Brion, Shakhbazov and Visscher's equations as they print them. */
START_TEST(power_is_the_published_one)
{
    const double odds[] = {1.1, 1.3, 0.8}, sizes[] = {500, 5000, 60000};
    double bound = pow(quantile_normal(0.975), 2);

    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++) {
            double share = 0.3, r2 = 0.02, n = sizes[k];
            double b = share * (odds[i] / (1 + share * (odds[i] - 1)) - 1);
            double v = (share * (1 - share) - b * b) / (n * r2);

            golden_close("binary", power_at(log(odds[i]), r2, n, share, 0.05),
                         noncentral_tail(bound, b * b / v), 1e-9);
            b = 0.1 * (i + 1);
            v = (1 - b * b) / (n * r2);
            golden_close("quantitative", power_at(b, r2, n, NAN, 0.05),
                         noncentral_tail(bound, b * b / v), 1e-9);
        }
    }
    golden_close("none", power_at(0, 0.02, 1000, NAN, 0.05), 0.05, 1e-12);
    golden_close("either sign", power_at(-0.2, 0.02, 1000, NAN, 0.01),
                 power_at(0.2, 0.02, 1000, NAN, 0.01), 1e-14);
    ck_assert_double_nan(power_at(1.5, 0.02, 1000, NAN, 0.05));
}
END_TEST

static struct power power_with(const struct fixture *fixture, struct trait trait, double b)
{
    struct pair *pair = with_outcome(fixture, trait);
    struct strength strength = strength_of(pair);
    struct estimate estimate = {.status = ESTIMATE_DONE, .b = b};

    return power_of(pair, &strength, &estimate, &fixture->settings);
}

START_TEST(least_effects_and_numbers_have_a_power_of_80)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const struct trait traits[] = {{.unit = UNIT_LOG_ODDS, .n = 184305, .cases = 60801},
                                   {.unit = UNIT_SD, .n = NAN, .cases = NAN}};

    for (int i = 0; i < 2; i++) {
        struct power got = power_with(&fixture, traits[i], 0.3);

        ck_assert_int_eq(isnan(got.case_share), i == 1);
        golden_close("least", power_at(got.least_b, got.r2, got.n, got.case_share, got.alpha),
                     0.8, 1e-8);
        golden_close("n", power_at(0.3, got.r2, got.n_at_estimate, got.case_share, got.alpha),
                     0.8, 1e-8);
        golden_close("at", got.at_estimate,
                     power_at(0.3, got.r2, got.n, got.case_share, got.alpha), 1e-14);
        ck_assert(isnan(got.or_small) == (i == 1) && isnan(got.b_small) == (i == 0));
        ck_assert(got.alpha == 0.05);
    }
    golden_close(
        "1.1", power_with(&fixture, traits[0], 0.3).or_small,
        power_at(log(1.1), strength_of(fixture.pair).r2, 184305, 60801.0 / 184305, 0.05),
        1e-12);
    fixture.settings.level = 0.99;
    golden_close("alpha", power_with(&fixture, traits[1], 0.3).alpha, 0.01, 0);
    fixture_end(&fixture);
}
END_TEST

/* A difference in risk of a 0/1 outcome counts as it is. */
START_TEST(linear_effects_of_a_disease_are_differences_in_risk)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct trait risk = {.unit = UNIT_LINEAR, .n = 184305, .cases = 60801};
    double share = risk.cases / risk.n, b = 0.02;
    struct power got = power_with(&fixture, risk, b);
    double ncp = b * b * got.n * got.r2 / (share * (1 - share) - b * b);

    golden_close("power", got.at_estimate, noncentral_tail(pow(quantile_normal(0.975), 2), ncp),
                 1e-8);
    fixture_end(&fixture);
}
END_TEST

/* A disease as exposure: powers are per standard deviation of it, a small effect and the
 * estimate per its unit. */
START_TEST(power_knows_the_unit_of_a_disease_as_exposure)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct trait disease = {.n = 184305, .cases = 60801}, taxon = {.unit = UNIT_SD, .n = 18340};
    double share = disease.cases / disease.n, sd = sqrt(share * (1 - share));
    const struct {
        enum trait_unit unit;
        double b;
    } cases[] = {{UNIT_SD, 1}, {UNIT_LINEAR, sd}, {UNIT_LOG_ODDS, 1 / sd}};
    struct pair pair = *with_outcome(&fixture, taxon);
    struct strength strength = strength_of(&pair);
    struct estimate estimate = {.status = ESTIMATE_DONE, .b = 0.05};
    pair.exposure = &disease;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        disease.unit = cases[i].unit;
        struct power got = power_of(&pair, &strength, &estimate, &fixture.settings);
        ck_assert(got.has_scale);
        golden_close("small", got.at_small,
                     power_at(0.1 * cases[i].b, got.r2, got.n, NAN, got.alpha), 1e-12);
        golden_close("estimate", got.at_estimate,
                     power_at(0.05 * cases[i].b, got.r2, got.n, NAN, got.alpha), 1e-12);
        golden_close("per sd", got.b_small, power_at(0.1, got.r2, got.n, NAN, got.alpha),
                     1e-12);
    }
    disease.cases = NAN;
    ck_assert(!power_of(&pair, &strength, &estimate, &fixture.settings).has_scale);
    fixture_end(&fixture);
}
END_TEST

/* Within effects of 0.1 (odds ratios of 1.1) to both sides, not to one. */
START_TEST(a_small_effect_is_excluded_to_both_sides)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const struct trait outcomes[] = {
        {.unit = UNIT_SD, .n = 18340},
        {.unit = UNIT_LOG_ODDS, .n = 184305, .cases = 60801},
    };
    const double small[] = {0.1, log(1.1)};

    for (size_t i = 0; i < 2; i++) {
        const double lower[] = {-0.99, -1.01, -0.5, 1.01}, upper[] = {0.99, 0.5, 1.01, 2};
        struct pair pair = *with_outcome(&fixture, outcomes[i]);
        struct strength strength = strength_of(&pair);

        for (size_t k = 0; k < 4; k++) {
            struct estimate estimate = {.status = ESTIMATE_DONE,
                                        .lower = lower[k] * small[i],
                                        .upper = upper[k] * small[i]};

            ck_assert_int_eq(
                power_of(&pair, &strength, &estimate, &fixture.settings).excludes_small,
                k == 0);
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(power_says_what_is_missing)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct fixture bare = fixture_begin_results("lipid_ldl_chd");
    struct trait trait = {.unit = UNIT_LOG_ODDS, .n = NAN, .cases = NAN};
    struct power got = power_with(&fixture, trait, 0.3);

    ck_assert_str_eq(got.note, "the number of cases is unknown");
    ck_assert(isnan(got.at_estimate) && isnan(got.least_b));
    trait.unit = UNIT_SCORE;
    ck_assert_str_eq(power_with(&fixture, trait, 0.3).note,
                     "the outcome's effects are on a scale of the study's own");
    trait.unit = UNIT_UNKNOWN;
    got = power_with(&fixture, trait, 0.3);
    ck_assert_ptr_nonnull(strstr(got.note, "taken as per standard deviation"));
    ck_assert(isfinite(got.at_estimate));
    got = power_with(&bare, trait, 0.3);
    ck_assert_str_eq(got.note, "the variance of the exposure explained is unknown");
    ck_assert_double_nan(got.least_b);
    fixture_end(&bare);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        r2_of_log_odds_is_golden,
        steiger_and_its_sensitivity_are_golden,
        sensitivity_of_a_set_is_golden,
        the_scale_is_said_and_never_guessed,
        liability_is_summed_over_variants,
        the_filter_keeps_what_points_right,
        power_is_the_published_one,
        least_effects_and_numbers_have_a_power_of_80,
        linear_effects_of_a_disease_are_differences_in_risk,
        power_knows_the_unit_of_a_disease_as_exposure,
        a_small_effect_is_excluded_to_both_sides,
        power_says_what_is_missing,
    };

    numeric_start();
    return golden_run("direction", tests, sizeof tests / sizeof *tests);
}
