/*
 * Outliers of the radial plot, leave-one-out of IVW from sums, and the agreement of methods:
 * against the golden tables and against refits.
 */
#include "diagnose/agreement.h"
#include "diagnose/diagnose.h"
#include "diagnose/influence.h"
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

#define RADIAL "ivw_radial(alpha=0.05,weights=3,tol=1e-4)"

static size_t place_of(const struct pair *pair, const char *variant)
{
    size_t j = 0;

    while (strcmp(pair_variant(pair, j), variant) != 0) {
        j++;
        ck_assert_uint_lt(j, pair->count);
    }
    return j;
}

/* The plot has the root of a weight on its axis. */
static double of_outlier(const struct radial_outlier *outlier, const char *quantity)
{
    return strcmp(quantity, "Qj") == 0        ? outlier->q
           : strcmp(quantity, "Wj") == 0      ? sqrt(outlier->weight)
           : strcmp(quantity, "Qj_pval") == 0 ? outlier->p
                                              : NAN;
}

START_TEST(radial_outliers_are_golden)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        struct radial_outlier *got = influence_radial_of(fixture.pair, fixture.arena);
        size_t seen = 0, outliers = 0, strict = 0, strict_wanted = 0;

        for (size_t k = 0; k < fixture.golden.count; k++) {
            const struct golden_row *row = &fixture.golden.rows[k];

            if (strcmp(row->function, RADIAL) == 0 && row->snp[0] != '\0' &&
                row->quantity[0] != 'B') {
                double value =
                    of_outlier(&got[place_of(fixture.pair, row->snp)], row->quantity);

                golden_close(row->quantity, value, row->value, 1e-8);
                strict_wanted += strcmp(row->quantity, "Qj_pval") == 0 &&
                                 row->value < 0.05 / (double)fixture.pair->count;
                seen++;
            }
        }
        for (size_t j = 0; j < fixture.pair->count; j++) {
            outliers += got[j].is_outlier;
            strict += got[j].is_outlier_bonferroni;
        }
        ck_assert_uint_eq(seen, 3 * fixture.pair->count);
        ck_assert_uint_eq(outliers, (size_t)golden_find(&fixture.golden, "RadialMR", RADIAL,
                                                        NULL, "n_outliers")
                                        ->value);
        ck_assert_uint_eq(strict, strict_wanted);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(radial_outliers_of_odd_variants)
{
    const double bx[] = {0, 0.1, 0.2}, none[] = {0, 0, 0}, s[] = {0.01, 0.01, 0.01};
    const double by[] = {0.05, 0.01, 0.02};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 3);
    struct radial_outlier *got = influence_radial_of(fixture.pair, fixture.arena);

    golden_close("no exposure", got[0].weight, 0, 0);
    ck_assert(got[0].is_outlier && got[0].is_outlier_bonferroni && !got[1].is_outlier);
    got = influence_radial_of(golden_pair_of(none, s, by, s, 3, fixture.arena), fixture.arena);
    ck_assert(isnan(got[0].p) && !got[0].is_outlier);
    got = influence_radial_of(golden_first(fixture.pair, 1, fixture.arena), fixture.arena);
    ck_assert(isnan(got[0].q) && !got[0].is_outlier_bonferroni);
    fixture_end(&fixture);
}
END_TEST

static struct estimate run_without(const struct fixture *fixture, const char *key,
                                   const bool *is_out)
{
    return estimate_run(methods_find(key), pair_without(fixture->arena, fixture->pair, is_out),
                        &fixture->settings, fixture->scratch, fixture->arena);
}

/* Every answer of leave-one-out against the method run without the variant. */
static void check_sums(struct fixture *fixture)
{
    size_t count;
    bool *is_out = arena_get(fixture->arena, fixture->pair->count, sizeof *is_out);
    struct estimate *got =
        leave_one_out_of(fixture->pair, methods_find("ivw"), &fixture->settings,
                         fixture->scratch, fixture->arena, &count);

    ck_assert_uint_eq(count, fixture->pair->count + 1);
    for (size_t j = 0; j + 1 < count; j++) {
        struct estimate want;

        is_out[j] = true;
        want = run_without(fixture, "ivw", is_out);
        is_out[j] = false;
        ck_assert_int_eq(got[j].status, want.status);
        ck_assert_ptr_eq(got[j].method, want.method);
        ck_assert_uint_eq(got[j].variants, want.variants);
        ck_assert_int_eq(got[j].contains_null, want.contains_null);
        ck_assert(isnan(got[j].intercept) && got[j].piece_count == 0);
        if (want.status != ESTIMATE_DONE) {
            ck_assert_str_eq(got[j].note, want.note);
            continue;
        }
        ck_assert_double_lt(fabs(got[j].b - want.b), 1e-12 * fmax(fabs(want.b), fabs(want.se)));
        golden_close("se", got[j].se, want.se, 1e-12);
        ck_assert_double_lt(fabs(got[j].q - want.q), 1e-12 * fmax(want.q, 1));
        golden_close("p", got[j].p, want.p, 1e-9);
    }
}

START_TEST(leave_one_out_of_ivw_is_its_refit)
{
    static const enum convention conventions[] = {CONVENTION_TWOSAMPLEMR,
                                                  CONVENTION_MENDELIANRANDOMIZATION};

    for (size_t i = 1; i < FIXTURE_CORNERS; i++) {
        struct fixture fixture = fixture_begin_corner(fixture_corners[i]);

        fixture.settings.convention = conventions[i % 2];
        check_sums(&fixture);
        fixture_end(&fixture);
    }
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);

        check_sums(&fixture);
        fixture_end(&fixture);
    }
}
END_TEST

/* One variant that outweighs all others, one far out, a perfect fit, and one with an effect. */
START_TEST(sums_survive_a_variant_that_is_all)
{
    const double bx[][4] = {{0.1, 0.12, 0.2, 1e4},
                            {0.1, 0.12, 0.2, 0.15},
                            {0.1, 0.2, 0.3, 0.4},
                            {0, 0, 0, 0.1},
                            {1e-12, 3e-12, 2e-12, 4e-12}};
    const double by[][4] = {{0.011, 0.02, 0.03, 5e5},
                            {0.011, 0.012, 0.02, 1e5},
                            {0.05, 0.1, 0.15, 0.2},
                            {0.01, 0.02, 0.01, 0.05},
                            {0.01, 0.02, 0.01, 0.05}};
    const double s[] = {0.01, 0.012, 0.011, 0.009};

    for (int i = 0; i < 5; i++) {
        struct fixture fixture = fixture_begin_made(bx[i], s, by[i], s, 4);

        check_sums(&fixture);
        fixture_end(&fixture);
    }
}
END_TEST

/* Methods without and with the main one's sign, and one whose interval is elsewhere. */
START_TEST(agreement_counts_sign_and_interval)
{
    const struct interval_piece pieces[] = {{-3, -2}, {5, 6}};
    struct estimate estimates[] = {
        {.method = methods_find("ivw"), .b = 1, .lower = 0.5, .upper = 1.5},
        {.method = methods_find("egger"), .b = 0.2, .lower = -1, .upper = 0.6},
        {.method = methods_find("maxlik"), .b = -0.1, .lower = -1, .upper = 0.8},
        {.method = methods_find("divw"), .b = 3, .lower = 2, .upper = 4},
        {.method = methods_find("grip"),
         .b = 5.5,
         .lower = -3,
         .upper = 6,
         .pieces = pieces,
         .piece_count = 2},
        {.method = methods_find("sign"), .b = 1, .lower = NAN, .upper = NAN},
        {.method = methods_find("pivw"), .status = ESTIMATE_UNDEFINED},
    };
    struct analysis analysis = {.estimates = estimates, .estimate_count = 7};
    struct agreement got;

    analysis.main = estimates[0];
    got = agreement_of(&analysis);
    ck_assert_uint_eq(got.of, 4);
    ck_assert_uint_eq(got.agree, 1);
    analysis.main.status = ESTIMATE_TOO_FEW;
    ck_assert_uint_eq(agreement_of(&analysis).of, 0);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        radial_outliers_are_golden,         radial_outliers_of_odd_variants,
        leave_one_out_of_ivw_is_its_refit,  sums_survive_a_variant_that_is_all,
        agreement_counts_sign_and_interval,
    };

    numeric_start();
    return golden_run("diagnose_more", tests, sizeof tests / sizeof *tests);
}
