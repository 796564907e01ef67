#include "overlap_world.h"
#include "numeric/tail.h"
#include <math.h>

const struct overlap_world overlap_worlds[] = {
    {"no one in both samples", 0.2, 0, 0.3, 0.02, 5e-8, true},
    {"half of the people in both", 0.2, 0.25, 0.3, 0.02, 5e-8, false},
    {"the same people, no effect", 0, 0.5, 0.3, 0.02, 5e-8, true},
    {"the same people, against the effect", 0.2, -0.5, 0.3, 0.02, 5e-8, true},
    {"the same people, variants of P below 1e-5", 0.2, 0.5, 0.3, 0.02, 1e-5, true},
    {"many small effects", 0.2, 0.5, 0.3, 0.1, 1e-5, true},
};
const size_t overlap_world_count = sizeof overlap_worlds / sizeof *overlap_worlds;

/* Markers of one draw that are kept. */
struct chosen {
    struct harmonised *rows;
    size_t *order;
    double *numbers; /* bx, sx, by, sy */
    size_t count;
};

static struct chosen chosen_of(struct arena *arena)
{
    return (struct chosen){arena_get(arena, OVERLAP_MARKERS, sizeof(struct harmonised)),
                           arena_get(arena, OVERLAP_MARKERS, sizeof(size_t)),
                           arena_get(arena, (size_t)4 * OVERLAP_MARKERS, sizeof(double)), 0};
}

static void keep(struct chosen *chosen, double x, double y)
{
    size_t at = chosen->count++;
    double *numbers = chosen->numbers;

    numbers[at] = x;
    numbers[OVERLAP_MARKERS + at] = 1 / sqrt(OVERLAP_EXPOSURE_N);
    numbers[2 * OVERLAP_MARKERS + at] = y;
    numbers[3 * OVERLAP_MARKERS + at] = 1 / sqrt(OVERLAP_OUTCOME_N);
    chosen->order[at] = at;
    chosen->rows[at].x.beta = x;
    chosen->rows[at].x.se = 1 / sqrt(OVERLAP_EXPOSURE_N);
    chosen->rows[at].x.n = OVERLAP_EXPOSURE_N;
    chosen->rows[at].y.n = OVERLAP_OUTCOME_N;
    chosen->rows[at].keep = true;
}

static struct estimate_settings settings_of(const struct overlap_world *world,
                                            double heritability)
{
    struct estimate_settings settings = estimate_default_settings();

    settings.parameters[PARAMETER_OVERLAP_H2] = heritability;
    settings.parameters[PARAMETER_OVERLAP_INTERCEPT] = world->intercept;
    settings.parameters[PARAMETER_OVERLAP_P] = world->p;
    settings.parameters[PARAMETER_OVERLAP_MARKERS] = OVERLAP_MARKERS;
    return settings;
}

static struct pair *pair_of(const struct chosen *chosen, struct arena *arena)
{
    struct pair *pair = arena_get(arena, 1, sizeof *pair);

    *pair = (struct pair){.rows = chosen->rows,
                          .row_count = chosen->count,
                          .count = chosen->count,
                          .row = chosen->order,
                          .bx = chosen->numbers,
                          .sx = chosen->numbers + OVERLAP_MARKERS,
                          .by = chosen->numbers + (size_t)2 * OVERLAP_MARKERS,
                          .sy = chosen->numbers + (size_t)3 * OVERLAP_MARKERS};
    return pair;
}

struct pair *overlap_world_draw(const struct overlap_world *world, struct random_stream *stream,
                                struct arena *arena, struct estimate_settings *settings)
{
    struct chosen chosen = chosen_of(arena);
    double cut = tail_z_of_neglog10(-log10(world->p)) / sqrt(OVERLAP_EXPOSURE_N);
    double spread = sqrt(world->heritability / (world->share * OVERLAP_MARKERS)), sum = 0;

    for (size_t j = 0; j < OVERLAP_MARKERS; j++) {
        bool acts = random_uniform(stream) < world->share;
        double beta = acts ? spread * random_normal(stream) : 0;
        double error = random_normal(stream), own;

        sum += beta * beta;
        if (fabs(beta + error / sqrt(OVERLAP_EXPOSURE_N)) >= cut) {
            own = world->intercept * error +
                  sqrt(1 - world->intercept * world->intercept) * random_normal(stream);
            keep(&chosen, beta + error / sqrt(OVERLAP_EXPOSURE_N),
                 world->effect * beta + own / sqrt(OVERLAP_OUTCOME_N));
        }
    }
    *settings = settings_of(world, sum);
    return pair_of(&chosen, arena);
}

struct overlap_coverage overlap_world_coverage(const struct overlap_world *world,
                                               const char *key, int draws)
{
    struct random_stream stream = random_stream_of(11, "overlap", world->name, NULL);
    struct estimate_settings settings;
    struct arena *arena = arena_create(), *scratch = arena_create();
    struct overlap_coverage coverage = {0, 0, 0};
    double squares = 0;

    for (int i = 0; i < draws; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct pair *pair = overlap_world_draw(world, &stream, arena, &settings);
        struct estimate got = estimate_run(methods_find(key), pair, &settings, scratch, arena);

        coverage.held += got.lower <= world->effect && world->effect <= got.upper;
        coverage.mean += got.b;
        squares += got.b * got.b;
        arena_reset(arena, mark);
    }
    coverage.held /= draws;
    coverage.mean /= draws;
    coverage.deviation = sqrt(squares / draws - coverage.mean * coverage.mean);
    arena_destroy(arena);
    arena_destroy(scratch);
    return coverage;
}
