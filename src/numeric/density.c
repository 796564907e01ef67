#include "numeric/summary.h"
#include "numeric/wide.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define GRID 512
#define CUT 3       /* bandwidths from the outermost values to the ends of the points given */
#define MARGIN 4    /* more of them to the ends of the grid that is binned */
#define REACH 8     /* bandwidths after which the kernel is nothing: exp(-32) */
#define SAFETY 1e-9 /* for rounding */
#define COARSE_REACH 5 /* the same for the coarse search: exp(-12.5) is in its error */

/* Nodes to which that can be: they are a quarter of a bandwidth apart, or more. */
#define NODE_REACH 24

/*
 * The density on the inner grid is the binned weights convolved with the kernel. Between two of
 * its points it can rise above both by a bounded factor only, and a coarser binning misses it
 * by a bounded amount only, so gaps that cannot hold the top are never looked into: a mode
 * costs some dozens of sums instead of a transform of 1024 points, and is the same grid point.
 */

/* As many as there are lanes, wherever in an array. */
typedef double loose_doubles
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

/* Where the kernel's highest point lies in its table. */
#define MIDDLE (GRID + 2 * LANES)

/* The search: bins, kernel, the heights known so far, and the best point given so far. */
struct search {
    double low, step;   /* of the inner grid */
    double from, pitch; /* of the points given */
    double ratio;       /* kernel step in bandwidths */
    double total;       /* weight */
    int stride;         /* grid steps from one node of the coarse binning to the next */
    int first, last;    /* bins with anything in them lie between */
    int reach;          /* the last step at which the kernel is not nothing */
    double mass[GRID + 1];
    double coarse_mass[NODE_REACH + GRID + 1 + NODE_REACH + LANES]; /* node 0 at NODE_REACH */
    double coarse[GRID + 1 + LANES];           /* heights at the nodes; see coarse_can_reach */
    double kernel[2 * (GRID + 2 * LANES) + 1]; /* at MIDDLE + k steps, to both sides */
    double height[GRID];
    bool is_known[GRID / LANES]; /* heights, as many as there are lanes each */
    double best;
    int best_point;
};

static void place(struct search *search, double least, double most, double h)
{
    double to = most + CUT * h;

    search->from = least - CUT * h;
    search->pitch = (to - search->from) / (GRID - 1);
    search->low = search->from - MARGIN * h;
    search->step = (to + MARGIN * h - search->low) / (GRID - 1);
    /* The kernel's grid has 2 GRID points on twice the length, as in R before 4.4. */
    search->ratio = 2 * (to + MARGIN * h - search->low) / (2 * GRID - 1) / h;
    search->reach =
        REACH / search->ratio < GRID - 2 ? (int)(REACH / search->ratio) + 1 : GRID - 1;
    search->best = -1;
    search->best_point = 0;
}

/* No value is nearer to an end of the inner grid than this, so no bin there is filled. */
static void find_support(struct search *search)
{
    int empty = (int)((CUT + MARGIN) / search->ratio * 0.99) - 1;

    search->first = empty > 0 ? empty : 0;
    search->last = GRID - 1 - search->first;
}

/* A power of two of grid steps that is at most half a bandwidth, but at least one step. */
static void choose_stride(struct search *search)
{
    search->stride = 1;
    while (search->stride < 16 && 2 * search->stride * search->ratio <= 0.5) {
        search->stride *= 2;
    }
}

static void clear(double *values, int count)
{
    for (int i = 0; i < count; i++) {
        values[i] = 0;
    }
}

/* Shares a weight between the two places next to where it lies. */
static inline void share(double *masses, double at, double weight)
{
    int cell = (int)at;
    double part = at - cell;

    masses[cell] += weight * (1 - part);
    masses[cell + 1] += weight * part;
}

static void fill_bins(struct search *search, const double *values, const double *weights,
                      size_t count)
{
    double scale = 1 / search->step, shrink = 1.0 / search->stride;

    clear(search->mass + search->first, search->last + 2 - search->first);
    clear(search->coarse_mass, 2 * NODE_REACH + GRID / search->stride + 1 + LANES);
    search->total = 0;
    for (size_t j = 0; j < count; j++) {
        double at = (values[j] - search->low) * scale;

        share(search->mass, at, weights[j]);
        share(search->coarse_mass + NODE_REACH, at * shrink, weights[j]);
        search->total += weights[j];
    }
}

/*
 * exp(-k^2 ratio^2 / 2) from each to that a vector further: both factors follow a recurrence.
 * Behind the last there are zeros for the lanes that look beyond it.
 */
WIDE_BODY void fill_kernel(struct search *search)
{
    double f = exp(-0.5 * search->ratio * search->ratio);
    double f2 = f * f, f4 = f2 * f2, f8 = f4 * f4, f16 = f8 * f8, change = f16 * f16;
    wide_doubles value = {1, f, f4, f8 * f}, factor = {f16, f16 * f8, change, change * f8};
    double *middle = search->kernel + MIDDLE;

    for (int k = 0; k <= search->reach; k += LANES) {
        memcpy(middle + k, &value, sizeof value);
        value *= factor;
        factor *= change;
    }
    clear(middle + search->reach + 1, LANES);
    for (int k = 1; k <= search->reach + LANES; k++) {
        middle[-k] = middle[k];
    }
}

/* The heights at the nodes of the coarse binning between `from` and `to`. */
WIDE_BODY void fill_coarse(struct search *search, int from, int to)
{
    int reach = (int)(COARSE_REACH / search->ratio / search->stride) + 1;
    const double *kernel = search->kernel + MIDDLE;

    for (int i = from; i <= to; i += LANES) {
        const double *mass = search->coarse_mass + NODE_REACH + i;
        wide_doubles sum = *(const loose_doubles *)mass;

        for (int k = 1; k <= reach && k * search->stride <= search->reach; k++) {
            sum += (*(const loose_doubles *)(mass - k) + *(const loose_doubles *)(mass + k)) *
                   kernel[k * search->stride];
        }
        memcpy(search->coarse + i, &sum, sizeof sum);
    }
}

WIDE_BODY void fill_tables(struct search *search)
{
    fill_kernel(search);
    fill_coarse(search, search->first / search->stride, search->last / search->stride + 1);
}

/* The heights at grid points i to i + LANES - 1, in four sums so that additions need not wait
 * for each other. */
WIDE_BODY void fill_heights(struct search *search, int i)
{
    int from = i - search->reach, to = i + LANES - 1 + search->reach;
    const double *mass = search->mass, *kernel = search->kernel + MIDDLE + i;
    wide_doubles sum0 = {0}, sum1 = {0}, sum2 = {0}, sum3 = {0};
    int j = from > search->first ? from : search->first;

    to = to < search->last ? to : search->last;
    for (; j + 3 <= to; j += 4) {
        sum0 += mass[j] * *(const loose_doubles *)(kernel - j);
        sum1 += mass[j + 1] * *(const loose_doubles *)(kernel - j - 1);
        sum2 += mass[j + 2] * *(const loose_doubles *)(kernel - j - 2);
        sum3 += mass[j + 3] * *(const loose_doubles *)(kernel - j - 3);
    }
    for (; j <= to; j++) {
        sum0 += mass[j] * *(const loose_doubles *)(kernel - j);
    }
    sum0 = (sum0 + sum1) + (sum2 + sum3);
    memcpy(search->height + i, &sum0, sizeof sum0);
    search->is_known[i / LANES] = true;
}

WIDE_TARGET static void fill_tables_wide(struct search *search)
{
    fill_tables(search);
}

static void fill_tables_plain(struct search *search)
{
    fill_tables(search);
}

WIDE_TARGET static void fill_heights_wide(struct search *search, int i)
{
    fill_heights(search, i);
}

static void fill_heights_plain(struct search *search, int i)
{
    fill_heights(search, i);
}

static double height_at(struct search *search, int i)
{
    if (!search->is_known[i / LANES]) {
        (WIDE_IS_THERE() ? fill_heights_wide : fill_heights_plain)(search, i - i % LANES);
    }
    return search->height[i];
}

static double larger(double one, double other)
{
    return one > other ? one : other;
}

/* The points given that lie between grid point i and the next, by linear interpolation. */
static void look_at_points(struct search *search, int i)
{
    double left = height_at(search, i), right = height_at(search, i + 1);
    double start = search->low + i * search->step, end = start + search->step;
    int point = (int)ceil((start - search->from) / search->pitch);

    for (point = point < 0 ? 0 : point; point < GRID; point++) {
        double x = search->from + point * search->pitch, height;

        if (x > end) {
            break;
        }
        height = left + (right - left) * ((x - start) / search->step);
        if (height > search->best || (height == search->best && point < search->best_point)) {
            search->best = height;
            search->best_point = point;
        }
    }
}

/*
 * Whether the heights in a gap of `width` steps can reach the best, given those at its ends or
 * more. At a top M inside a gap the curvature is at least -M / h^2 (that of each kernel at its
 * own middle), so s bandwidths off the height is at least M (1 - s^2 / 2). A top as high as
 * the best is thus at least sqrt(2 p / best) from an end that is lower than it by p, and both
 * such distances must fit into the gap. One step has no inside.
 */
static inline bool can_reach(const struct search *search, double one, double other, int width)
{
    double span = width * search->ratio, short_one = search->best - one * (1 + SAFETY);
    double short_other = search->best - other * (1 + SAFETY), left;

    if (width == 1) {
        return larger(one, other) >= search->best;
    }
    /* sqrt(p) + sqrt(q) <= w sqrt(best / 2), squared twice */
    left = 0.5 * span * span * search->best - short_one - short_other;
    return short_one <= 0 || short_other <= 0 ||
           (left >= 0 && 4 * short_one * short_other <= left * left);
}

/*
 * The same from the coarse heights at the ends of a gap between nodes. Binning replaces the
 * kernel by straight lines between nodes w <= 1/2 bandwidths apart. They run below it by w^2 /
 * 8 times its downward curvature at most, which is below 1.25 times the lower end of the line.
 */
static bool coarse_can_reach(const struct search *search, double one, double other)
{
    double width = search->stride * search->ratio;
    double error = search->stride == 1 ? 1e-9 : 1.25 * width * width / 8;
    double rest = 1e-5 * search->total;

    return can_reach(search, one * (1 + error) + rest, other * (1 + error) + rest,
                     search->stride);
}

/* Looks for better points in the gap of `width` steps behind grid point i < GRID - 1. */
static void look_into(struct search *search, int i, int width)
{
    int end = i + width < GRID ? i + width : GRID - 1;

    if (!can_reach(search, height_at(search, i), height_at(search, end), width)) {
        return;
    }
    if (width == 1) {
        look_at_points(search, i);
        return;
    }
    look_into(search, i, width / 2);
    if (i + width / 2 < GRID - 1) {
        look_into(search, i + width / 2, width / 2);
    }
}

/* Outside the filled bins there is no top, and so no gap to look into. */
static double find_top(struct search *search)
{
    int stride = search->stride, first = search->first / stride;
    int last = (search->last < GRID - 1 ? search->last : GRID - 2) / stride;
    int start = first;
    double top = search->coarse[first];

    for (int node = first + 1; node <= last; node++) {
        start = search->coarse[node] > top ? node : start;
        top = larger(search->coarse[node], top);
    }
    look_into(search, start * stride, stride);
    for (int node = first; node <= last; node++) {
        if (coarse_can_reach(search, search->coarse[node], search->coarse[node + 1])) {
            look_into(search, node * stride, stride);
        }
    }
    return search->from + search->best_point * search->pitch;
}

double summary_density_mode(const double *values, const double *weights, size_t count,
                            double bandwidth)
{
    struct search search;
    struct summary_range range;

    if (count == 0 || !isfinite(bandwidth) || !(bandwidth > 0)) {
        return NAN;
    }
    range = summary_range_of(values, count);
    if (!isfinite(range.least) || !isfinite(range.most)) {
        return NAN;
    }
    place(&search, range.least, range.most, bandwidth);
    if (!isfinite(search.step) || !(search.pitch > 0)) {
        return NAN;
    }
    find_support(&search);
    choose_stride(&search);
    fill_bins(&search, values, weights, count);
    (WIDE_IS_THERE() ? fill_tables_wide : fill_tables_plain)(&search);
    memset(search.is_known, 0, sizeof search.is_known);
    return find_top(&search);
}
