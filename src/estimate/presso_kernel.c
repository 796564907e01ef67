#include "estimate/presso_kernel.h"
#include "numeric/wide.h"
#include <math.h>
#include <string.h>

/* Where everything of LANES draws side by side lies: item j of draw i at [j * LANES + i]. */
struct draws {
    double *x, *y;   /* standard normals first, then effects */
    uint64_t *above; /* minus the number of larger squares, by lane */
};

/* Below so many variants, numbers for several groups of draws are fetched at once. */
#define SEVERAL_BELOW 64
#define SEVERAL 4

/* Turns normals into effects, adds up what the slope needs, and counts the variants. */
WIDE_BODY void fill(const struct presso_model *model, const struct draws *draws,
                    const wide_words *used, wide_doubles *xx, wide_doubles *xy)
{
    /* what the loop writes is in none of these, which it could not know of their addresses */
    const struct presso_model of = *model;
    const struct draws at = *draws;
    wide_doubles sum_xx = {0}, sum_xy = {0};

    for (size_t j = 0; j < of.count; j++) {
        wide_doubles x, y, left;
        wide_words above;

        memcpy(&x, at.x + j * LANES, sizeof x);
        memcpy(&y, at.y + j * LANES, sizeof y);
        memcpy(&above, at.above + j * LANES, sizeof above);
        x = of.x[j] + of.x_error[j] * x;
        y = of.slope[j] * of.x[j] + y;
        left = y - of.slope[j] * x;
        above += (wide_words)(left * left > of.residual[j] * of.residual[j]) & *used;
        sum_xx += x * x;
        sum_xy += x * y;
        memcpy(at.x + j * LANES, &x, sizeof x);
        memcpy(at.y + j * LANES, &y, sizeof y);
        memcpy(at.above + j * LANES, &above, sizeof above);
    }
    *xx = sum_xx;
    *xy = sum_xy;
}

/* Sums of squares of y less the slope, without each variant, times x. */
WIDE_BODY void add_squares(size_t count, const struct draws *draws, const wide_doubles *xx,
                           const wide_doubles *xy, wide_doubles *squares)
{
    wide_doubles slope = *xy / *xx, share = 1 / *xx, sum = {0};
    const struct draws at = *draws;

    for (size_t j = 0; j < count; j++) {
        wide_doubles x, y, left;

        memcpy(&x, at.x + j * LANES, sizeof x);
        memcpy(&y, at.y + j * LANES, sizeof y);
        left = (y - slope * x) / (1 - x * x * share);
        sum += left * left;
    }
    *squares = sum;
}

/* How many of the lanes in use have a sum larger than the observed one. */
WIDE_BODY size_t group(const struct presso_model *model, const struct draws *draws,
                       size_t lanes)
{
    wide_doubles xx, xy, squares;
    wide_words used, above;
    size_t count = 0;

    for (size_t i = 0; i < LANES; i++) {
        used[i] = i < lanes ? UINT64_MAX : 0;
    }
    fill(model, draws, &used, &xx, &xy);
    add_squares(model->count, draws, &xx, &xy, &squares);
    above = (wide_words)(squares > model->residual_squares) & used;
    for (size_t i = 0; i < LANES; i++) {
        count += above[i] != 0;
    }
    return count;
}

WIDE_TARGET static size_t wide(const struct presso_model *model, const struct draws *draws,
                               size_t lanes)
{
    return group(model, draws, lanes);
}

static size_t plain(const struct presso_model *model, const struct draws *draws, size_t lanes)
{
    return group(model, draws, lanes);
}

static size_t *add_lanes(const uint64_t *above, size_t count, struct arena *scratch)
{
    size_t *sums = arena_get(scratch, count, sizeof *sums);

    for (size_t j = 0; j < count; j++) {
        for (size_t i = 0; i < LANES; i++) {
            sums[j] += (size_t)-above[j * LANES + i];
        }
    }
    return sums;
}

struct presso_exceeding presso_simulate(const struct presso_model *model, size_t sims,
                                        struct random_stream *stream, struct arena *scratch)
{
    size_t (*count_above)(const struct presso_model *, const struct draws *, size_t) =
        WIDE_IS_THERE() ? wide : plain;
    size_t several = model->count < SEVERAL_BELOW ? SEVERAL : 1;
    size_t size = model->count * LANES;
    double *normals = arena_get(scratch, 2 * several * size, sizeof *normals);
    struct draws draws = {.above = arena_get(scratch, size, sizeof(uint64_t))};
    struct presso_exceeding exceeding = {0};

    for (size_t done = 0; done < sims; done += LANES) {
        size_t turn = done / LANES % several;

        if (turn == 0) {
            random_standard_normals(stream, normals, 2 * several * size);
        }
        draws.x = normals + 2 * turn * size;
        draws.y = draws.x + size;
        exceeding.all += count_above(model, &draws, sims - done < LANES ? sims - done : LANES);
    }
    exceeding.of_variants = add_lanes(draws.above, model->count, scratch);
    return exceeding;
}

size_t presso_distort(const struct presso_pool *pool, double all, double distortion,
                      size_t sims, struct random_stream *stream, struct arena *scratch)
{
    double *uniforms = arena_get(scratch, pool->drawn, sizeof *uniforms);
    size_t above = 0;

    for (size_t sim = 0; sim < sims; sim++) {
        double xx = pool->always_xx, xy = pool->always_xy;

        random_uniforms(stream, uniforms, pool->drawn);
        for (size_t i = 0; i < pool->drawn; i++) {
            size_t j = (size_t)(uniforms[i] * (double)pool->count);

            xx += pool->xx[j];
            xy += pool->xy[j];
        }
        above += fabs((all * xx - xy) / xy) > fabs(distortion);
    }
    return above;
}
