/*
 * What every method of the table must do with a pair written down in another way: other
 * alleles, other units, another order, a variant that went and came back. A new method is
 * covered by standing in the table; who is excused from what stands in invariants.c.
 */
#include "fixture.h"
#include "invariants.h"
#include "numeric/start.h"
#include "variations.h"
#include <math.h>

#define N 100000
#define EAF 0.3
/* Draws of the random methods, and the fewest that any of them takes on its own. */
#define BOOT 400
#define FEWEST_DRAWS 200

/* The sets that all is tried on: two large ones and the corners, down to two variants. */
#define SETS (FIXTURE_SETS + FIXTURE_CORNERS)

static struct fixture begin_set(int i)
{
    struct fixture fixture = i < FIXTURE_SETS
                                 ? fixture_begin_results(fixture_sets[i])
                                 : fixture_begin_corner(fixture_corners[i - FIXTURE_SETS]);

    fixture.pair = variation_known(fixture.pair, N, EAF, fixture.arena);
    fixture.settings.boot = fixture.settings.presso_sims = BOOT;
    return fixture;
}

static const char *name_of_set(int i)
{
    return i < FIXTURE_SETS ? fixture_sets[i] : fixture_corners[i - FIXTURE_SETS];
}

/* Every method on both pairs, compared; precision 0 of `how` means the method's own. */
static void compare_all(struct faults *faults, struct fixture *fixture,
                        const struct pair *other, struct comparison how)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    bool is_own = how.precision == 0;
    size_t done = 0;

    how.draws = FEWEST_DRAWS;
    for (size_t i = 0; i < count; i++) {
        struct estimate first = estimate_run(methods[i], fixture->pair, &fixture->settings,
                                             fixture->scratch, fixture->arena);
        struct estimate second = estimate_run(methods[i], other, &fixture->settings,
                                              fixture->scratch, fixture->arena);

        how.precision = is_own ? invariants_precision(methods[i]) : how.precision;
        invariants_valid(faults, &first);
        invariants_valid(faults, &second);
        invariants_same(faults, &first, &second, &how);
        done += first.status == ESTIMATE_DONE;
    }
    /* few variants are too few for many, but large sets are for nearly all */
    ck_assert_uint_ge(done, fixture->pair->count < 10 ? 1 : count / 2);
}

START_TEST(alleles_change_nothing)
{
    struct fixture fixture = begin_set(_i);
    struct faults faults = {.data = name_of_set(_i)};
    struct comparison how = {.factor = 1, .is_drawn_anew = true};

    how.what = "one variant by its other allele";
    compare_all(&faults, &fixture,
                variation_flipped(fixture.pair, 1, fixture.pair->count, fixture.arena), how);
    how.what = "every second by its other allele";
    compare_all(&faults, &fixture, variation_flipped(fixture.pair, 0, 2, fixture.arena), how);
    how.what = "all by their other alleles";
    compare_all(&faults, &fixture, variation_flipped(fixture.pair, 0, 1, fixture.arena), how);
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

/* Powers of two are exact in binary, so that only the method can differ. */
static const double scales[] = {1. / 1024, 0x1p20, 10, 1e-9, 1e6};
#define SCALES (sizeof scales / sizeof scales[0])

START_TEST(the_outcome_s_unit_multiplies)
{
    struct fixture fixture = begin_set(_i);
    struct faults faults = {.data = name_of_set(_i)};

    for (size_t i = 0; i < SCALES; i++) {
        struct comparison how = {.factor = scales[i]};

        how.what = arena_format(fixture.arena, "outcome times %g", scales[i]);
        compare_all(&faults, &fixture,
                    variation_scaled(fixture.pair, 1, scales[i], fixture.arena), how);
    }
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_exposure_s_unit_divides)
{
    struct fixture fixture = begin_set(_i);
    struct faults faults = {.data = name_of_set(_i)};

    for (size_t i = 0; i < SCALES; i++) {
        struct comparison how = {.factor = 1 / scales[i]};

        how.what = arena_format(fixture.arena, "exposure times %g", scales[i]);
        compare_all(&faults, &fixture,
                    variation_scaled(fixture.pair, scales[i], 1, fixture.arena), how);
    }
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_order_changes_nothing)
{
    struct fixture fixture = begin_set(_i);
    struct faults faults = {.data = name_of_set(_i)};
    struct random_stream stream = random_stream_of(1, "order", NULL, NULL);
    struct comparison how = {.factor = 1, .is_drawn_anew = true, .what = "last first"};

    compare_all(&faults, &fixture, variation_reversed(fixture.pair, fixture.arena), how);
    how.what = "shuffled";
    compare_all(&faults, &fixture, variation_shuffled(fixture.pair, &stream, fixture.arena),
                how);
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

/* Bit for bit: the answer knows the variants, not the way to them. */
START_TEST(a_variant_left_out_comes_back_whole)
{
    struct fixture fixture = begin_set(_i);
    struct faults faults = {.data = name_of_set(_i)};
    struct pair *whole = fixture.pair;
    size_t count;
    const struct method *const *methods = methods_all(&count);
    bool *is_excluded = arena_get(fixture.arena, whole->count, sizeof *is_excluded);
    struct comparison how = {.factor = 1, .what = "left out and restored"};

    for (size_t i = 0; i < count; i++) {
        struct estimate first = fixture_run(&fixture, methods[i]->key), without, again;

        is_excluded[1] = true;
        fixture.pair = pair_without(fixture.arena, whole, is_excluded);
        without = fixture_run(&fixture, methods[i]->key);
        is_excluded[1] = false;
        fixture.pair = pair_without(fixture.arena, whole, is_excluded);
        again = fixture_run(&fixture, methods[i]->key);
        fixture.pair = whole;
        invariants_valid(&faults, &without);
        invariants_same(&faults, &first, &again, &how);
    }
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

/* Methods that want sample sizes, frequencies or LD. */
START_TEST(a_method_without_its_needs_says_so)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[0]);
    struct faults faults = {.data = "a pair without sample sizes, frequencies and LD"};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture.pair = variation_known(fixture.pair, NAN, NAN, fixture.arena);
    fixture.settings.boot = fixture.settings.presso_sims = BOOT;
    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(&fixture, methods[i]->key);

        invariants_valid(&faults, &got);
        ck_assert_msg(got.status != ESTIMATE_MISSING_INPUT || methods[i]->needs != 0,
                      "%s: %s, and yet it says it needs nothing", methods[i]->key, got.note);
    }
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {alleles_change_nothing, SETS},
        {the_outcome_s_unit_multiplies, SETS},
        {the_exposure_s_unit_divides, SETS},
        {the_order_changes_nothing, SETS},
        {a_variant_left_out_comes_back_whole, SETS},
        {a_method_without_its_needs_says_so, 1},
    };

    numeric_start();
    return golden_run_each("estimate_properties", tests, sizeof tests / sizeof tests[0]);
}
