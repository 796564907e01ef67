#include "estimate/blend.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Places for bins at first, and at most: a table that grows stays in the processor's cache. */
#define FIRST_SLOTS ((size_t)1 << 12)
#define SLOTS ((size_t)1 << 17)

/* Bins to one spread of the mean, and bits of the spread's mantissa that tell bins apart; fewer
 * when full. */
#define FINENESS 12
#define FIRST_BITS 4
#define MANTISSA_BITS 52

/* Points of the grid to the narrowest spread, and at most. */
#define POINTS_PER_SPREAD 6
#define MOST_POINTS (1 << 18)

/* Beyond this many spreads a density is nothing. */
#define REACH 8.5

/* Densities below this share of the highest do not say how fine the grid is. */
#define LEAST_SHARE 1e-6

struct bin {
    double weight;         /* 0: free */
    double cell, level;    /* level: the spread, cut short */
    double moment, square; /* of the means around the bin's middle; square counts variances */
};

struct blend {
    struct bin *bins;
    struct arena *arena;
    size_t used, slots;
    double fine; /* width of a bin in spreads */
    int bits;
};

struct normal {
    double weight, mean, sd;
};

/* Values of the density at first + i * step. */
struct grid {
    double first, step;
    double *values;
    size_t count;
};

struct blend *blend_begin(struct arena *arena)
{
    struct blend *blend = arena_get(arena, 1, sizeof *blend);

    blend->bins = arena_get(arena, FIRST_SLOTS, sizeof *blend->bins);
    blend->arena = arena;
    blend->slots = FIRST_SLOTS;
    blend->fine = 1.0 / FINENESS;
    blend->bits = FIRST_BITS;
    return blend;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The spread without its lower bits. */
static double level_of(const struct blend *blend, double sd)
{
    uint64_t bits = bits_of(sd) >> (MANTISSA_BITS - blend->bits)
                                       << (MANTISSA_BITS - blend->bits);
    double level;

    memcpy(&level, &bits, sizeof level);
    return level;
}

static double middle_of(const struct blend *blend, const struct bin *bin)
{
    return (bin->cell + 0.5) * bin->level * blend->fine;
}

/* The bin of these numbers, or the free one that it may take. */
static struct bin *find(struct blend *blend, double level, double cell)
{
    uint64_t hash = bits_of(cell) * 0x9e3779b97f4a7c15u + bits_of(level) * 0xc2b2ae3d27d4eb4fu;
    size_t slot = (size_t)(hash >> 40) & (blend->slots - 1);

    while (blend->bins[slot].weight > 0 &&
           (blend->bins[slot].cell != cell || blend->bins[slot].level != level)) {
        slot = (slot + 1) & (blend->slots - 1);
    }
    return &blend->bins[slot];
}

static void put(struct blend *blend, struct normal normal)
{
    double level = level_of(blend, normal.sd);
    double width = level * blend->fine, cell = floor(normal.mean / width), away;
    struct bin *bin = find(blend, level, cell);

    if (bin->weight == 0) {
        *bin = (struct bin){.cell = cell, .level = level};
        blend->used++;
    }
    away = normal.mean - (cell + 0.5) * width;
    bin->weight += normal.weight;
    bin->moment += normal.weight * away;
    bin->square += normal.weight * (away * away + normal.sd * normal.sd);
}

static struct normal normal_of(const struct blend *blend, const struct bin *bin)
{
    double away = bin->moment / bin->weight;

    return (struct normal){bin->weight, middle_of(blend, bin) + away,
                           sqrt(bin->square / bin->weight - away * away)};
}

/* A larger table, or once there is none bins twice as wide, with all that was in the bins. */
static void make_room(struct blend *blend)
{
    struct blend old = *blend;

    blend->used = 0;
    if (old.slots < SLOTS) {
        blend->slots = old.slots * 2;
    } else {
        blend->fine = old.fine * 2;
        blend->bits = old.bits > 0 ? old.bits - 1 : 0;
    }
    blend->bins = arena_get(blend->arena, blend->slots, sizeof *blend->bins);
    for (size_t i = 0; i < old.slots; i++) {
        if (old.bins[i].weight > 0) {
            put(blend, normal_of(&old, &old.bins[i]));
        }
    }
}

void blend_add(struct blend *blend, double weight, double mean, double sd)
{
    if (weight > 0) {
        put(blend, (struct normal){weight, mean, sd});
    }
    while (blend->used > blend->slots / 4 * 3) {
        make_room(blend);
    }
}

static struct normal *normals_of(const struct blend *blend, struct arena *arena)
{
    struct normal *normals = arena_get(arena, blend->used, sizeof *normals);
    size_t count = 0;

    for (size_t i = 0; i < blend->slots; i++) {
        if (blend->bins[i].weight > 0) {
            normals[count++] = normal_of(blend, &blend->bins[i]);
        }
    }
    return normals;
}

/* What matters: from where to where, and how narrow. */
struct extent {
    double low, high, narrowest;
};

static struct extent extent_of(const struct normal *normals, size_t count)
{
    struct extent extent = {INFINITY, -INFINITY, INFINITY};
    double highest = 0;

    for (size_t i = 0; i < count; i++) {
        highest = fmax(highest, normals[i].weight / normals[i].sd);
    }
    for (size_t i = 0; i < count; i++) {
        const struct normal *at = &normals[i];

        if (at->weight / at->sd >= LEAST_SHARE * highest) {
            extent.low = fmin(extent.low, at->mean - 4 * at->sd);
            extent.high = fmax(extent.high, at->mean + 4 * at->sd);
            extent.narrowest = fmin(extent.narrowest, at->sd);
        }
    }
    return extent;
}

/* Adds one density to the grid, each value from the one before it. */
static void spread_over(const struct grid *grid, const struct normal *normal)
{
    double first = ceil((normal->mean - REACH * normal->sd - grid->first) / grid->step);
    double last = floor((normal->mean + REACH * normal->sd - grid->first) / grid->step);
    double height = normal->weight / normal->sd, dz = grid->step / normal->sd, z, ratio, bend;

    first = fmax(first, 0);
    last = fmin(last, (double)grid->count - 1);
    if (!(first <= last)) {
        return;
    }
    z = (grid->first + first * grid->step - normal->mean) / normal->sd;
    height *= exp(-z * z / 2);
    ratio = exp(-dz * (z + dz / 2));
    bend = exp(-dz * dz);
    for (size_t i = (size_t)first; i <= (size_t)last; i++) {
        grid->values[i] += height;
        height *= ratio;
        ratio *= bend;
    }
}

/* False where the narrowest spread would need more points than there may be. */
static bool fill_grid(struct grid *grid, struct extent extent, const struct normal *normals,
                      size_t count, struct arena *arena)
{
    double range = extent.high - extent.low;
    double points = ceil(range / extent.narrowest * POINTS_PER_SPREAD) + 1;

    if (!(points <= MOST_POINTS)) {
        return false;
    }
    grid->first = extent.low;
    grid->count = (size_t)points;
    grid->step = range / (points - 1);
    grid->values = arena_get(arena, grid->count, sizeof *grid->values);
    for (size_t i = 0; i < count; i++) {
        spread_over(grid, &normals[i]);
    }
    return true;
}

static double highest_of(const struct grid *grid)
{
    double highest = 0;

    for (size_t i = 0; i < grid->count; i++) {
        highest = fmax(highest, grid->values[i]);
    }
    return highest;
}

static double place(const struct grid *grid, size_t i)
{
    return grid->first + grid->step * (double)i;
}

static void add_tops(const struct grid *grid, double least, struct outline *outline)
{
    for (size_t i = 1; i + 1 < grid->count && outline->top_count < BLEND_TOPS; i++) {
        if (grid->values[i] >= least && grid->values[i] > grid->values[i - 1] &&
            grid->values[i] >= grid->values[i + 1]) {
            outline->tops[outline->top_count++] = place(grid, i);
        }
    }
}

/* Where the line from a point to the next, of logarithms, has a height. */
static double between(const struct grid *grid, size_t i, double height)
{
    double here = log(grid->values[i]), next = log(grid->values[i + 1]);

    return place(grid, i) + grid->step * (log(height) - here) / (next - here);
}

static void add_pieces(const struct grid *grid, double height, struct region *region)
{
    double lower = NAN;

    for (size_t i = 0; i + 1 < grid->count; i++) {
        bool is_in = grid->values[i] >= height, is_next = grid->values[i + 1] >= height;

        if (!is_in && is_next) {
            lower = grid->values[i] > 0 ? between(grid, i, height) : place(grid, i);
        } else if (is_in && !is_next) {
            region_add(region, lower,
                       grid->values[i + 1] > 0 ? between(grid, i, height) : place(grid, i), 0);
        }
    }
}

/* Pieces that begin above a height. */
static size_t count_pieces(const struct grid *grid, double height)
{
    size_t count = 0;

    for (size_t i = 0; i + 1 < grid->count; i++) {
        count += grid->values[i] < height && grid->values[i + 1] >= height;
    }
    return count;
}

bool blend_outline(const struct blend *blend, double share, struct arena *arena,
                   struct outline *outline)
{
    struct normal *normals = normals_of(blend, arena);
    struct extent extent = extent_of(normals, blend->used);
    struct grid grid;
    double height;

    *outline = (struct outline){.width = extent.narrowest};
    do {
        double range = extent.high - extent.low;

        if (!fill_grid(&grid, extent, normals, blend->used, arena)) {
            return false;
        }
        height = share * highest_of(&grid);
        extent.low -= range / 2;
        extent.high += range / 2;
    } while (grid.values[0] >= height || grid.values[grid.count - 1] >= height);
    add_tops(&grid, 0.95 * height / share, outline);
    outline->region = region_begin(count_pieces(&grid, height), arena);
    add_pieces(&grid, height, &outline->region);
    return true;
}
