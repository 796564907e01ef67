/*
 * Small random pairs of wild scales, with ties and zeros, through every method of the table:
 * each answers sensibly or says why not, and other alleles or units change nothing. A failure
 * names its seed. Meant for sanitizers as much as for its own checks.
 */
#include "fixture.h"
#include "invariants.h"
#include "numeric/start.h"
#include "variations.h"
#include <math.h>

#define SEEDS 200
/* Seeds that one test tries. */
#define BATCH 20
#define MOST_VARIANTS 12
#define BOOT 60
#define N 50000
/* Wild scales lose so much by cancellation. */
#define LOSS 100

/* How a set came about. */
struct recipe {
    double scale_x, scale_y; /* powers of ten of units */
    double spread;           /* powers of ten between variants */
    double zeros, ties;      /* chances, a number */
};

static double power_of_ten(struct random_stream *stream, double range)
{
    return pow(10, range * (2 * random_uniform(stream) - 1));
}

static struct recipe recipe_of(struct random_stream *stream)
{
    struct recipe recipe = {.scale_x = power_of_ten(stream, 12),
                            .scale_y = power_of_ten(stream, 12),
                            .spread = 4 * random_uniform(stream)};

    recipe.zeros = random_uniform(stream) < 0.3 ? 0.3 * random_uniform(stream) : 0;
    recipe.ties = random_uniform(stream) < 0.4 ? 0.6 * random_uniform(stream) : 0;
    if (random_uniform(stream) < 0.3) {
        recipe.spread = 0;
    }
    return recipe;
}

static void fill(double *beta, double *se, size_t count, double scale,
                 const struct recipe *recipe, struct random_stream *stream)
{
    for (size_t j = 0; j < count; j++) {
        beta[j] = scale * random_normal(stream) * power_of_ten(stream, recipe->spread);
        se[j] = 0.2 * scale * power_of_ten(stream, recipe->spread);
        if (random_uniform(stream) < recipe->zeros) {
            beta[j] = 0;
        }
        if (j > 0 && random_uniform(stream) < recipe->ties) {
            beta[j] = beta[j - 1];
        }
        if (j > 0 && random_uniform(stream) < recipe->ties) {
            se[j] = se[j - 1];
        }
    }
}

static struct pair *draw_pair(int seed, struct arena *arena)
{
    struct random_stream stream = random_stream_of((uint64_t)seed, "fuzz", NULL, NULL);
    struct recipe recipe = recipe_of(&stream);
    size_t count = 1 + random_below(&stream, MOST_VARIANTS);
    double bx[MOST_VARIANTS], sx[MOST_VARIANTS], by[MOST_VARIANTS], sy[MOST_VARIANTS];

    fill(bx, sx, count, recipe.scale_x, &recipe, &stream);
    fill(by, sy, count, recipe.scale_y, &recipe, &stream);
    if (random_uniform(&stream) < 0.1) {
        for (size_t j = 0; j < count; j++) {
            by[j] = 0.75 * bx[j] * recipe.scale_y / recipe.scale_x;
        }
    }
    return variation_known(golden_pair_of(bx, sx, by, sy, count, arena), N, 0.25, arena);
}

static bool has_zero(const struct pair *pair)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (pair->bx[j] == 0) {
            return true;
        }
    }
    return false;
}

/* The method on a variation of the pair must agree; random ones are drawn anew by alleles. */
static void compare(struct faults *faults, const struct fixture *fixture,
                    const struct estimate *first, const struct pair *other, const char *what,
                    double factor)
{
    struct comparison how = {.what = what,
                             .factor = factor,
                             .precision = LOSS * invariants_precision(first->method)};
    struct estimate got = estimate_run(first->method, other, &fixture->settings,
                                       fixture->scratch, fixture->arena);

    invariants_valid(faults, &got);
    invariants_same(faults, first, &got, &how);
}

static void try_pair(struct faults *faults, const struct fixture *fixture)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    const struct pair *flipped = variation_flipped(fixture->pair, 0, 2, fixture->arena);
    const struct pair *larger = variation_scaled(fixture->pair, 1, 0x1p10, fixture->arena);
    const struct pair *smaller = variation_scaled(fixture->pair, 0x1p-10, 1, fixture->arena);
    bool is_oriented = !has_zero(fixture->pair);

    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(fixture, methods[i]->key);

        invariants_valid(faults, &got);
        if (!methods[i]->is_random &&
            (is_oriented || !invariants_excuse(methods[i], HAS_ORIENTATION))) {
            compare(faults, fixture, &got, flipped, "other alleles", 1);
        }
        compare(faults, fixture, &got, larger, "outcome times 1024", 0x1p10);
        compare(faults, fixture, &got, smaller, "exposure over 1024", 0x1p10);
    }
}

START_TEST(wild_pairs_are_answered)
{
    size_t faults_in_all = 0;

    for (int seed = _i * BATCH; seed < (_i + 1) * BATCH; seed++) {
        struct fixture fixture = fixture_begin();
        struct faults faults = {0};

        fixture.settings.boot = fixture.settings.presso_sims = BOOT;
        fixture.pair = draw_pair(seed, fixture.arena);
        faults.data = arena_format(fixture.arena, "seed %d (J %zu)", seed, fixture.pair->count);
        try_pair(&faults, &fixture);
        faults_in_all += faults.count;
        fixture_end(&fixture);
    }
    ck_assert_uint_eq(faults_in_all, 0);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {wild_pairs_are_answered, SEEDS / BATCH},
    };

    numeric_start();
    return golden_run_each("estimate_fuzz", tests, sizeof tests / sizeof tests[0]);
}
