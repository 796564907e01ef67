/*
 * Many tests at once: corrections against their definitions, trees of tests, effective tests,
 * findings, permuted outcome effects.
 */
#include "golden.h"
#include "numeric/eigen.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "report/kinds.h"
#include "study/calibration.h"
#include "study/corrections.h"
#include "study/effective.h"
#include "study/multiplicity.h"
#include "study_fixture.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANY = 60 };

/* Draws with ties, small ones and gaps. */
static void draw(double *p, size_t count, const char *name)
{
    struct random_stream stream = random_stream_of(5, "tests", "of", name);
    for (size_t i = 0; i < count; i++) {
        p[i] = pow(random_uniform(&stream), 3);
        p[i] = i % 7 == 3 ? NAN : i % 11 == 5 ? p[i - 1] : p[i];
    }
}

/* Step-up by its definition: the least, over all P not below, of P times tests over how many
 * are as small. */
static double step_up(const double *p, size_t count, size_t i)
{
    double least = INFINITY;
    for (size_t k = 0; k < count; k++) {
        double as_small = 0;
        for (size_t l = 0; l < count; l++) {
            as_small += p[l] <= p[k];
        }
        if (p[k] >= p[i]) {
            least = fmin(least, p[k] * (double)multiplicity_tested(p, count) / as_small);
        }
    }
    return least;
}

static void close_to(double got, double wanted)
{
    golden_close("adjusted", got, wanted, 1e-12);
}

START_TEST(corrections_are_their_definitions)
{
    double p[MANY], got[MANY], harmonic = 0, above = 0;
    draw(p, MANY, "definitions");
    size_t tested = multiplicity_tested(p, MANY);
    for (size_t i = 1; i <= tested; i++) {
        harmonic += 1. / (double)i;
    }
    for (size_t i = 0; i < MANY; i++) {
        above += !isnan(p[i]) && p[i] > .5;
    }
    double pi0 = fmin(1, (above + 1) / (.5 * (double)tested));
    close_to(multiplicity_pi0(p, MANY), pi0);
    ck_assert(pi0 < 1);
    multiplicity_bonferroni(p, MANY, got);
    for (size_t i = 0; i < MANY; i++) {
        close_to(got[i], isnan(p[i]) ? NAN : fmin(1, p[i] * (double)tested));
    }
    multiplicity_by(p, MANY, got);
    for (size_t i = 0; i < MANY; i++) {
        close_to(got[i], isnan(p[i]) ? NAN : fmin(1, harmonic * step_up(p, MANY, i)));
    }
    multiplicity_storey(p, MANY, got);
    for (size_t i = 0; i < MANY; i++) {
        close_to(got[i], isnan(p[i]) ? NAN : pi0 * step_up(p, MANY, i));
    }
}
END_TEST

/* Five P by hand: p.adjust(c(.01, .02, .03, .04, .05)) with "BY" has the factor 137/60. */
START_TEST(corrections_of_five)
{
    static const double p[] = {.05, .01, .04, .02, .03};
    double got[5];
    multiplicity_by(p, 5, got);
    close_to(got[1], .05 * 137 / 60);
    close_to(got[0], .05 * 137 / 60);
    multiplicity_bonferroni(p, 5, got);
    close_to(got[0], .25);
    multiplicity_storey(p, 5, got); /* none above .5, and one more: .4 of five tests */
    close_to(got[3], .05 * .4);
    ck_assert(isnan(multiplicity_pi0(p, 0)));
    close_to(multiplicity_sidak(.01, 3), 1 - .99 * .99 * .99);
    close_to(multiplicity_sidak(1e-18, 100), 1e-16);
    close_to(multiplicity_sidak(1, 2), 1);
}
END_TEST

/* Two phyla; below the first two families of which one has two genera; an untested node. */
START_TEST(a_tree_asks_its_parents)
{
    static const double p[] = {.001, .5, .03, .04, .0001, .2, NAN, .01};
    static const size_t parent[] = {8, 8, 0, 0, 2, 2, 0, 1};
    double got[8];
    multiplicity_tree(p, parent, 8, got);
    close_to(got[0], .002);
    close_to(got[1], .5);
    close_to(got[2], .04); /* .03 * 2 / 1 and .04 * 2 / 2 */
    close_to(got[3], .04);
    close_to(got[4], .04); /* its own is .0002, its family's .04 */
    close_to(got[5], .2);
    ck_assert(isnan(got[6]));
    close_to(got[7], .5); /* the phylum above it shows nothing */
}
END_TEST

START_TEST(eigenvalues)
{
    double matrix[25], values[5];
    for (size_t i = 0; i < 25; i++) {
        matrix[i] = i % 6 == 0 ? 1 : .3;
    }
    eigen_values(matrix, 5, values);
    close_to(values[0], 1 + 4 * .3);
    for (size_t i = 1; i < 5; i++) {
        close_to(values[i], .7);
    }
    double broken[] = {1, 0, NAN, 1};
    eigen_values(broken, 2, values);
    ck_assert(isnan(values[0]) && isnan(values[1]));
    eigen_values(NULL, 0, values);
}
END_TEST

/* A pair of variants called by letters; a capital has its alleles the other way round. */
static struct pair *pair_called(const char *letters, const double *bx, struct arena *arena)
{
    size_t count = strlen(letters);
    struct harmonised *rows = arena_get(arena, count, sizeof *rows);
    struct trait *trait = arena_get(arena, 2, sizeof *trait);
    for (size_t j = 0; j < count; j++) {
        bool is_turned = letters[j] < 'a';
        struct association x = {.variant = arena_format(arena, "rs%c", letters[j] | 32),
                                .effect_allele = is_turned ? "G" : "A",
                                .other_allele = is_turned ? "A" : "G",
                                .beta = is_turned ? -bx[j] : bx[j],
                                .se = .01,
                                .p = .01,
                                .neglog10_p = 2};
        rows[j] = (struct harmonised){.x = x, .y = x, .keep = true};
        rows[j].y.beta = (is_turned ? -.01 : .01) * (double)(letters[j] | 32);
        rows[j].y.se = .02;
    }
    return pair_create(arena, &trait[0], &trait[1], FORWARD, rows, count);
}

static double tests_of(const char *const *letters, size_t count, struct arena *arena)
{
    static const double bx[] = {.1, .2, .15, .12, .3};
    const struct pair *pairs[8];
    for (size_t i = 0; i < count; i++) {
        pairs[i] = pair_called(letters[i], bx, arena);
    }
    struct shared_variants shared = shared_variants_of(pairs, count, arena);
    return effective_tests(&shared);
}

START_TEST(effective_numbers)
{
    struct arena *arena = arena_create();
    close_to(tests_of((const char *const[]){"abc", "abc", "aBC"}, 3, arena), 1);
    close_to(tests_of((const char *const[]){"abc", "def", "g", ""}, 4, arena), 3);
    close_to(tests_of((const char *const[]){"abc", "abc", "def"}, 3, arena), 2);
    /* ab and ac share a: r = .1 * .1 / (.1 * .1 + .2 * .2) */
    double r = .01 / .05, root = sqrt(1 + r) + sqrt(1 - r);
    close_to(tests_of((const char *const[]){"ab", "ac"}, 2, arena), root * root / 2);
    close_to(tests_of((const char *const[]){"ab", "AC", "xyz"}, 3, arena), root * root / 2 + 1);
    close_to(tests_of(NULL, 0, arena), 0);
    arena_destroy(arena);
}
END_TEST

/* The correlation against draws of what is shared. */
START_TEST(correlations_are_those_of_draws)
{
    struct arena *arena = arena_create();
    static const double x[] = {.1, .2, .15, .12}, other[] = {.3, .05, .2, .1};
    const struct pair *pairs[] = {pair_called("abcd", x, arena),
                                  pair_called("Cxby", other, arena)};
    struct shared_variants shared = shared_variants_of(pairs, 2, arena);
    double *room = arena_get(arena, shared.count, sizeof *room);
    double r = effective_correlation(&shared.pairs[0], &shared.pairs[1], room);
    struct random_stream stream = random_stream_of(1, "draws", "of", "correlation");
    double one = 0, two = 0, both = 0;
    for (size_t draw = 0; draw < 40000; draw++) {
        double y[6], first = 0, second = 0; /* a b c d x y */
        random_standard_normals(&stream, y, 6);
        first = x[0] * y[0] + x[1] * y[1] + x[2] * y[2] + x[3] * y[3];
        second = other[0] * y[2] + other[1] * y[4] + other[2] * y[1] + other[3] * y[5];
        one += first * first;
        two += second * second;
        both += first * second;
    }
    ck_assert(fabs(both / sqrt(one * two) - r) < .02);
    ck_assert(fabs(r - .085 / sqrt(.0869 * .1425)) < 1e-12);
    arena_destroy(arena);
}
END_TEST

START_TEST(nearly_the_same_is_one_finding)
{
    struct arena *arena = arena_create();
    static const double bx[] = {.1, .2, .15, .12, .3, .1};
    static const char *const letters[] = {"abcd", "xy", "dcba", "abcde", "", "ab", "abcdef"};
    const struct pair *pairs[7];
    for (size_t i = 0; i < 7; i++) {
        pairs[i] = pair_called(letters[i], bx, arena);
    }
    struct shared_variants shared = shared_variants_of(pairs, 7, arena);
    ck_assert_uint_eq(shared.count, 8);
    const struct finding *findings = findings_of(&shared, arena);
    static const size_t leaders[] = {0, 1, 0, 0, 4, 5, 0};
    for (size_t i = 0; i < 7; i++) {
        ck_assert_uint_eq(findings[i].leader, leaders[i]);
    }
    ck_assert_uint_eq(findings[6].count, 4);
    close_to(findings[0].nearest, 1);
    close_to(findings[6].nearest, 5. / 6);
    close_to(findings[3].least, 4. / 6); /* by way of abcde */
    ck_assert(isnan(findings[1].nearest) && isnan(findings[4].least));
    arena_destroy(arena);
}
END_TEST

START_TEST(the_bundled_study)
{
    struct study *study = study_fixture_load("gut-insomnia");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct arena *arena = arena_create();
    struct corrections all = corrections_of(results, true, arena);
    ck_assert_uint_eq(all.families.count, 2);
    struct correction_hits hits = corrections_hits(&all, 0, RANK_COUNT, .05);
    ck_assert_uint_eq(hits.tested, 186);
    ck_assert_uint_eq(hits.findings, 153);
    ck_assert_uint_eq(hits.nominal, results_count_of(results, NULL, FORWARD).nominal);
    ck_assert(hits.nominal_findings <= hits.nominal);
    ck_assert(all.effective[0] > 120 && all.effective[0] < 153);
    close_to(all.effective[1], 211); /* other outcomes */
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct correction *pair = &all.pairs[i];
        double p = family_p(results, i);
        ck_assert(pair->bonferroni >= pair->bh && pair->by >= pair->bh);
        ck_assert(pair->storey <= pair->bh * (1 + 1e-15) && pair->bh >= p);
        ck_assert(pair->bh == results->pairs[i].q);
        ck_assert(pair->effective <= pair->bonferroni * (1 + 1e-12));
        ck_assert(pair->tree >= p * (1 - 1e-15) && pair->rank >= p * (1 - 1e-15));
    }
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

static struct calibration calibrate(const struct results *results, size_t family, uint64_t seed)
{
    struct arena *arena = arena_create();
    struct test_families families = families_of(results, arena);
    struct estimate_settings settings = results->options.settings;
    settings.seed = seed;
    struct calibration seen = calibration_of(results, &families.families[family], &settings);
    arena_destroy(arena);
    return seen;
}

START_TEST(deals_are_calibrated)
{
    struct study *study = study_fixture_load("gut-insomnia");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    for (size_t f = 0; f < 2; f++) {
        struct calibration seen = calibrate(results, f, 1), again = calibrate(results, f, 1),
                           other = calibrate(results, f, 2);
        ck_assert(memcmp(&seen, &again, sizeof seen) == 0);
        ck_assert(seen.hits != other.hits);
        ck_assert_uint_eq(seen.deals, CALIBRATION_DEALS);
        /* The made outcome has few effects: about 1 in 20 tests is a hit by chance. */
        ck_assert(fabs(seen.hits / (double)seen.tested - .05) < .01);
        ck_assert(fabs(seen.hits - other.hits) < .6);
        ck_assert(seen.hits_lower < seen.hits && seen.hits < seen.hits_upper);
        ck_assert(seen.hits_p > 0 && seen.hits_p <= 1 && seen.least_p > 0);
        /* A few variants act past any taxon, and serve some as their only one. */
        ck_assert(seen.threshold > 0 && seen.threshold < .05 / 50);
    }
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* One exposure of one variant: every deal is the Wald ratio as it was seen. */
START_TEST(one_test_is_dealt_to_itself)
{
    char path[] = "/tmp/test_testing.XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(
        "exposure outcome SNP bx sx by sy\na o rs1 .1 .01 .03 .01\nb o rs1 -.2 .01 -.03 .01\n",
        file);
    fclose(file);
    struct gwas_options reading = {0};
    struct error error = {0};
    struct study *study;
    ck_assert(study_load_harmonised(path, &reading, &study, &error));
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct calibration seen = calibrate(results, 0, 3);
    ck_assert_uint_eq(seen.tested, 2);
    ck_assert(seen.hits == 2 && seen.hits_lower == 2 && seen.hits_upper == 2);
    ck_assert(seen.hits_p == 1);
    close_to(seen.lambda, 9 / .45493642311957283);
    close_to(seen.deal_lambda, 9 / .45493642311957283);
    golden_close("threshold", seen.threshold, results->pairs[0].analysis->main.p, 1e-10);
    results_destroy(results);
    study_destroy(study);
    unlink(path);
}
END_TEST

/* The tables of one worker and of several are the same, byte for byte. */
START_TEST(threads_do_not_show)
{
    struct study *study = study_fixture_load("gut-insomnia");
    const struct table_kind *const kinds[] = {&table_sets, &table_calibration, &table_summary};
    struct job_pool *pool = job_pool_create(7);
    struct results *one = study_fixture_run(study, NULL, 0, 10, NULL);
    struct results *seven = study_fixture_run(study, NULL, 0, 10, pool);
    for (size_t i = 0; i < 3; i++) {
        struct text first = {0}, second = {0};
        table_print(kinds[i], one, TABLE_TSV, &first);
        table_print(kinds[i], seven, TABLE_TSV, &second);
        ck_assert_str_eq(first.bytes, second.bytes);
        ck_assert_ptr_nonnull(strchr(first.bytes, '\n'));
        text_drop(&first);
        text_drop(&second);
    }
    job_pool_destroy(pool);
    results_destroy(one);
    results_destroy(seven);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {corrections_are_their_definitions, 1},
        {corrections_of_five, 1},
        {a_tree_asks_its_parents, 1},
        {eigenvalues, 1},
        {effective_numbers, 1},
        {correlations_are_those_of_draws, 1},
        {nearly_the_same_is_one_finding, 1},
        {the_bundled_study, 1},
        {deals_are_calibrated, 1},
        {one_test_is_dealt_to_itself, 1},
        {threads_do_not_show, 1},
    };

    numeric_start();
    return golden_run_each("testing", tests, sizeof tests / sizeof tests[0]);
}
