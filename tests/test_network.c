/*
 * Networks of traits: direct effects out of total ones, their standard errors against finite
 * differences and by simulation, effects along paths.
 */
#include "golden.h"
#include "multivariable/mediation.h"
#include "multivariable/network.h"
#include "multivariable/network_totals.h"
#include "numeric/random.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

#define LEVEL_Z 1.959963984540054

enum { TRAITS = 4, CELLS = TRAITS * TRAITS, OWN = 60, LAST = TRAITS - 1 };

/* T = (I - G)^-1 scaled to a unit diagonal, of a network with a cycle. */
START_TEST(direct_effects_come_back_from_totals)
{
    const double direct[9] = {0, 0.4, 0.2, 0, 0, 0.5, 0.3, 0, 0};
    struct arena *arena = arena_create();
    double paths[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1}, power[9], total[9], got[9];

    memcpy(power, paths, sizeof power);
    for (int step = 0; step < 200; step++) { /* I + G + G^2 + ... */
        double next[9] = {0};

        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                next[i] += power[i / 3 * 3 + k] * direct[k * 3 + i % 3];
            }
        }
        memcpy(power, next, sizeof power);
        for (int i = 0; i < 9; i++) {
            paths[i] += power[i];
        }
    }
    for (int i = 0; i < 9; i++) { /* an intervention on i holds what comes back to it */
        total[i] = paths[i] / paths[i / 3 * 3 + i / 3];
    }
    ck_assert(network_direct(total, 3, got, arena));
    for (int i = 0; i < 9; i++) {
        ck_assert_double_eq_tol(got[i], direct[i], 1e-12);
    }
    total[1] = total[3] = 1; /* two traits that determine each other */
    total[2] = total[5] = total[6] = total[7] = 0;
    ck_assert(!network_direct(total, 3, got, arena));
    arena_destroy(arena);
}
END_TEST

START_TEST(paths_are_products)
{
    const double edges[] = {0.5, -0.3, 2}, errors[] = {0.1, 0.2, 0.05};
    const double none[] = {0, 0.4};
    struct network_path path = network_path_of(edges, errors, 3);
    double share = 0;

    for (int i = 0; i < 3; i++) {
        share += errors[i] * errors[i] / (edges[i] * edges[i]);
    }
    golden_close("path", path.b, -0.3, 1e-14);
    golden_close("se", path.se, 0.3 * sqrt(share), 1e-12);
    path = network_path_of(none, errors, 2);
    ck_assert_double_eq(path.b, 0);
    golden_close("an edge of 0", path.se, 0.4 * 0.1, 1e-14);
}
END_TEST

/* --- errors ------------------------------------------------------------------------------ */

/* A step of one total effect, and the delta method by hand. */
START_TEST(errors_are_those_of_finite_differences)
{
    const double total[9] = {1, 0.4, 0.3, -0.2, 1, 0.5, 0.1, 0, 1};
    struct arena *arena = arena_create();
    double covariance[81], slopes[9][9], errors[9];

    for (int i = 0; i < 81; i++) { /* of a form that is positive definite */
        covariance[i] = (i % 10 == 0 ? 0.02 : 0) + 0.01 * cos(i / 9) * cos(i % 9);
    }
    for (int at = 0; at < 9; at++) {
        double more[9], less[9], up[9], down[9];

        memcpy(more, total, sizeof more);
        memcpy(less, total, sizeof less);
        more[at] += 1e-5;
        less[at] -= 1e-5;
        ck_assert(network_direct(more, 3, up, arena) && network_direct(less, 3, down, arena));
        for (int i = 0; i < 9; i++) {
            slopes[i][at] = (up[i] - down[i]) / 2e-5;
        }
    }
    ck_assert(network_direct_errors(total, covariance, 3, errors, arena));
    for (int i = 0; i < 9; i++) {
        double sum = 0;

        for (int k = 0; k < 81; k++) {
            sum += slopes[i][k / 9] * slopes[i][k % 9] * covariance[k];
        }
        golden_close("error", errors[i], sqrt(sum), 1e-7);
    }
    arena_destroy(arena);
}
END_TEST

/* Of the effects of two traits on a third, by one variant that stands for both. */
static double covariance_with(const char *effect_allele, const char *other_allele)
{
    enum { COUNT = 3, SQUARE = COUNT * COUNT };
    const double x = 0.1, sx = 0.01, y = 0.05, sy = 0.02;
    const double b[SQUARE] = {0}, se[SQUARE] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    const double correlation[SQUARE] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    struct arena *arena = arena_create();
    struct pair *pairs[SQUARE] = {NULL};
    const struct network_totals totals = {COUNT, pairs, b, se, correlation};
    double covariance[SQUARE * SQUARE];

    for (size_t i = 0; i < 2; i++) {
        struct pair *pair = golden_pair_of(&x, &sx, &y, &sy, 1, arena);
        struct association *row = &((struct harmonised *)(uintptr_t)pair->rows)[0].x;

        row->effect_allele = i == 0 ? "A" : effect_allele;
        row->other_allele = i == 0 ? "G" : other_allele;
        pairs[i * COUNT + 2] = pair;
    }
    network_covariance(&totals, covariance, arena);
    arena_destroy(arena);
    return covariance[(0 * COUNT + 2) * SQUARE + 1 * COUNT + 2];
}

START_TEST(alleles_say_the_sign_of_a_covariance)
{
    double same = 0.02 * 0.02 / (0.1 * 0.1);

    golden_close("the same", covariance_with("a", "g"), same, 1e-12);
    golden_close("the other strand", covariance_with("T", "C"), same, 1e-12);
    golden_close("one allele", covariance_with("A", NULL), same, 1e-12);
    golden_close("not known", covariance_with(NULL, NULL), same, 1e-12);
    golden_close("the other allele", covariance_with("G", "A"), -same, 1e-12);
    golden_close("the other one alone", covariance_with("G", NULL), -same, 1e-12);
    golden_close("the other allele and strand", covariance_with("C", "T"), -same, 1e-12);
    ck_assert_double_eq(covariance_with("A", "C"), 0);
}
END_TEST

/* Traits whose errors are correlated: two mediators, measured in the same people. */
struct world {
    double direct[CELLS], total[CELLS], correlation[CELLS];
    struct pair *pairs[CELLS];
    struct arena *arena, *scratch;
    struct estimate_settings settings;
    struct random_stream stream;
};

static const double sizes[TRAITS] = {0.003, 0.004, 0.003, 0.004};

/* Total effects are the sums over paths; no trait changes what stands before it. */
static struct world begin(double correlation)
{
    struct world world = {
        .direct = {0, 0.5, -0.4, 0.1, 0, 0, 0.3, 0.5, 0, 0, 0, 0.4, 0, 0, 0, 0},
        .arena = arena_create(),
        .scratch = arena_create(),
        .settings = estimate_default_settings(),
        .stream = random_stream_of(9, "x", "y", "network")};

    for (int i = 0; i < CELLS; i++) {
        world.correlation[i] = i % (TRAITS + 1) == 0;
    }
    world.correlation[1 * TRAITS + 2] = world.correlation[2 * TRAITS + 1] = correlation;
    for (int i = TRAITS - 1; i >= 0; i--) {
        world.total[i * TRAITS + i] = 1;
        for (int j = i + 1; j < TRAITS; j++) {
            for (int k = i + 1; k <= j; k++) {
                world.total[i * TRAITS + j] +=
                    world.direct[i * TRAITS + k] * world.total[k * TRAITS + j];
            }
        }
    }
    return world;
}

static void end(struct world *world)
{
    arena_destroy(world->arena);
    arena_destroy(world->scratch);
}

/* The effects of trait `own`'s variants on every trait, with errors. */
static void draw_effects(struct world *world, int own, double effects[TRAITS][OWN])
{
    double r = world->correlation[1 * TRAITS + 2];

    for (int v = 0; v < OWN; v++) {
        double x = (v % 2 == 0 ? 1 : -1) * (0.08 + 0.04 * (v % 7) / 7.0);
        double error[TRAITS];

        for (int j = 0; j < TRAITS; j++) {
            error[j] = random_normal(&world->stream);
        }
        error[2] = r * error[1] + sqrt(1 - r * r) * error[2];
        for (int j = 0; j < TRAITS; j++) {
            effects[j][v] = world->total[own * TRAITS + j] * x + sizes[j] * error[j];
        }
    }
}

/* Variants are called after the trait that they stand for. */
static struct pair *pair_of(struct world *world, int own, int other,
                            double effects[TRAITS][OWN])
{
    double sx[OWN], sy[OWN];
    struct pair *pair;

    for (int v = 0; v < OWN; v++) {
        sx[v] = sizes[own];
        sy[v] = sizes[other];
    }
    pair = golden_pair_of(effects[own], sx, effects[other], sy, OWN, world->arena);
    for (int v = 0; v < OWN; v++) {
        ((struct harmonised *)(uintptr_t)pair->rows)[v].x.variant =
            arena_format(world->arena, "t%d-%d", own, v);
    }
    return pair;
}

static void draw(struct world *world)
{
    double effects[TRAITS][OWN];

    for (int i = 0; i < LAST; i++) {
        draw_effects(world, i, effects);
        for (int j = 0; j < TRAITS; j++) {
            world->pairs[i * TRAITS + j] = i == j ? NULL : pair_of(world, i, j, effects);
        }
    }
}

/* Direct effects with their errors, and with errors as if all total effects were independent.
 */
static void estimate(struct world *world, double *direct, double *errors, double *alone)
{
    double b[CELLS] = {0}, se[CELLS] = {0}, covariance[CELLS * CELLS];
    const struct network_totals totals = {TRAITS, world->pairs, b, se, world->correlation};

    for (int i = 0; i < CELLS; i++) {
        if (world->pairs[i] != NULL) {
            struct estimate one = mediation_univariable(world->pairs[i], &world->settings,
                                                        world->scratch, world->arena);

            b[i] = one.b;
            se[i] = one.se;
        }
    }
    network_covariance(&totals, covariance, world->scratch);
    ck_assert(network_direct(b, TRAITS, direct, world->scratch));
    ck_assert(network_direct_errors(b, covariance, TRAITS, errors, world->scratch));
    for (int i = 0; i < CELLS * CELLS; i++) {
        covariance[i] *= i % (CELLS + 1) == 0;
    }
    ck_assert(network_direct_errors(b, covariance, TRAITS, alone, world->scratch));
}

/* Of one direct effect over all draws. */
struct tally {
    double sum, squares, error, held, held_alone;
};

static void count(struct tally *tally, double truth, double got, double error, double alone)
{
    tally->sum += got - truth;
    tally->squares += (got - truth) * (got - truth);
    tally->error += error;
    tally->held += fabs(got - truth) <= LEVEL_Z * error;
    tally->held_alone += fabs(got - truth) <= LEVEL_Z * alone;
}

static void simulate(struct world *world, int sets, struct tally *tallies)
{
    for (int set = 0; set < sets; set++) {
        struct arena_mark mark = arena_mark(world->arena);
        double direct[CELLS], errors[CELLS], alone[CELLS];

        draw(world);
        estimate(world, direct, errors, alone);
        for (int i = 0; i < CELLS; i++) {
            count(&tallies[i], world->direct[i], direct[i], errors[i], alone[i]);
        }
        arena_reset(world->arena, mark);
    }
}

/* IVW's own error does not know that the errors of the two mediators go together: of the one on
 * the other it is too large. */
static bool is_overlapping(int i)
{
    return i == 1 * TRAITS + 2 || i == 2 * TRAITS + 1;
}

/* Within three Monte Carlo errors; errors that are never below fixed make a little more. */
static void check(int i, const struct tally *tally, int sets)
{
    double chance = 3 * sqrt(0.95 * 0.05 / sets), spread = 3 / sqrt(2.0 * sets);
    double sd = sqrt(tally->squares / sets), share = tally->held / sets;
    double error = tally->error / sets;

    ck_assert_msg(share >= 0.95 - chance && error >= sd * (1 - spread),
                  "%d: held %.4f, error %g, spread %g", i, share, error, sd);
    ck_assert_msg(error <= 2 * sd, "%d: error %g, spread %g", i, error, sd);
    ck_assert_msg(is_overlapping(i) ||
                      (share <= 0.97 + chance && error <= sd * (1.08 + spread)),
                  "%d: held %.4f, error %g, spread %g", i, share, error, sd);
    ck_assert_msg(fabs(tally->sum / sets) < sd / 3, "%d: off by %g", i, tally->sum / sets);
}

START_TEST(direct_intervals_hold_the_truth)
{
    const int sets = 1500;
    struct world world = begin(0.8);
    struct tally tallies[CELLS] = {{0}};

    simulate(&world, sets, tallies);
    for (int i = 0; i < LAST * TRAITS; i++) {
        if (i % (TRAITS + 1) != 0) {
            check(i, &tallies[i], sets);
        }
    }
    /* of the second mediator on the outcome: without the covariances it would not hold */
    ck_assert_double_lt(tallies[2 * TRAITS + LAST].held_alone / sets, 0.93);
    end(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {direct_effects_come_back_from_totals, paths_are_products,
                                  errors_are_those_of_finite_differences,
                                  alleles_say_the_sign_of_a_covariance,
                                  direct_intervals_hold_the_truth};

    return golden_run("network", tests, sizeof tests / sizeof *tests);
}
