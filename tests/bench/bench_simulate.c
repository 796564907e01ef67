#include "bench.h"
#include "numeric/start.h"
#include "simulate/operating.h"
#include <stdio.h>

#define STUDIES 10000
#define VARIANTS 100
#define RUNS 3

static struct scenario scenario_of_bench(void)
{
    struct scenario scenario = scenario_usual();

    scenario.instruments = VARIANTS;
    scenario.kind = SCENARIO_DIRECTIONAL;
    scenario.invalid = 0.3;
    return scenario;
}

static double draw_all(const struct scenario *scenario)
{
    struct arena *arena = arena_create();
    struct arena_mark mark = arena_mark(arena);
    double start = bench_now();

    for (uint64_t i = 1; i <= STUDIES; i++) {
        (void)scenario_draw(scenario, 1, i, arena);
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
    return bench_now() - start;
}

static double judge_all(const struct scenario *scenario, struct job_pool *pool)
{
    const struct method *methods[] = {methods_find("ivw"), methods_find("egger")};
    struct operating_options options = {.methods = methods,
                                        .method_count = 2,
                                        .settings = estimate_default_settings(),
                                        .studies = STUDIES,
                                        .pool = pool};
    struct arena *arena = arena_create();
    double start = bench_now();

    (void)operating_of(scenario, &options, arena);
    arena_destroy(arena);
    return bench_now() - start;
}

void bench_simulate(void)
{
    struct scenario scenario = scenario_of_bench();
    struct job_pool *pool = job_pool_create(0);
    double drawing[RUNS], alone[RUNS], together[RUNS];

    numeric_start();
    for (int i = 0; i < RUNS; i++) {
        drawing[i] = draw_all(&scenario);
        alone[i] = judge_all(&scenario, NULL);
        together[i] = judge_all(&scenario, pool);
    }
    printf("simulate, %d studies of %d variants: drawn in %.2f s; operating characteristics of "
           "ivw and egger, with the effect and without, in %.2f s, on %zu threads %.2f s\n",
           STUDIES, VARIANTS, bench_median(drawing, RUNS), bench_median(alone, RUNS),
           job_pool_threads(pool), bench_median(together, RUNS));
    job_pool_destroy(pool);
}
