/*
 * How often intervals hold the truth in made genomes whose samples overlap
 * (tests/overlap_world.h): more draws of what tests/test_estimate_overlap.c shows.
 */
#include "../overlap_world.h"
#include "bench.h"
#include <math.h>
#include <stdio.h>

#define DRAWS 3000

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
    printf("%d draws each, chance 0.4%%; %.0f s\n", DRAWS, bench_now() - start);
}
