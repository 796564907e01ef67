/*
 * How often intervals hold the truth in made genomes whose samples overlap
 * (tests/overlap_world.h): more draws of what tests/test_estimate_overlap.c shows.
 */
#include "../ldscore_world.h"
#include "../overlap_world.h"
#include "bench.h"
#include <math.h>
#include <stdio.h>

#define DRAWS 3000
#define LDSCORE_DRAWS 1000

/* The same where heritability and intercept come from LD score regression. */
static void bench_ldscore(void)
{
    static const char *const asked[] = {"h2", "covariance", "intercept", "effect"};

    for (size_t i = 0; i < ldscore_world_count; i++) {
        const struct ldscore_world *world = &ldscore_worlds[i];
        struct ldscore_answers answers = ldscore_world_ask(world, LDSCORE_DRAWS);

        for (int j = 0; j < ASKED; j++) {
            const struct ldscore_answer *of = &answers.of[j];

            printf("%-36s %-10s truth %7.4f mean %7.4f spread %.4f se %.4f held %5.1f%%\n",
                   world->name, asked[j], of->truth, of->mean, of->deviation, of->se,
                   100 * of->held);
        }
        printf("%-36s refused %d of %d\n", world->name, answers.refused, LDSCORE_DRAWS);
    }
}

void bench_overlap(void)
{
    double start = bench_now();

    printf("%-44s %8s %8s %8s %8s\n", "95% intervals that hold the truth", "overlap", "effect",
           "ivw", "effect");
    for (size_t i = 0; i < overlap_world_count; i++) {
        const struct overlap_world *world = &overlap_worlds[i];
        struct overlap_coverage here = overlap_world_coverage(world, "overlap", DRAWS);
        struct overlap_coverage ivw = overlap_world_coverage(world, "ivw", DRAWS);

        printf("%-36s (%5.2f) %7.1f%% %8.4f %7.1f%% %8.4f\n", world->name, world->effect,
               100 * here.held, here.mean, 100 * ivw.held, ivw.mean);
    }
    bench_ldscore();
    printf("%d draws each, chance 0.4%% (LD scores: %d, 0.7%%); %.0f s\n", DRAWS, LDSCORE_DRAWS,
           bench_now() - start);
}
