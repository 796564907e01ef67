#include "numeric/summary.h"
#include <math.h>
#include <string.h>

#define GRID 512
#define CUT 3    /* bandwidths from the outermost values to the ends of the points given */
#define MARGIN 4 /* more of them to the ends of the grid that is binned */
#define REACH 9  /* bandwidths after which the kernel is nothing: exp(-40) */
#define COARSE_REACH 5 /* the same for the coarse search: exp(-12.5) is in its error */

/*
 * The density on the inner grid is the binned weights convolved with the kernel. Between two of
 * its points it can rise above both by a bounded factor only, and a coarser binning misses it
 * by a bounded amount only, so gaps that cannot hold the top are never looked into: a mode
 * costs some dozens of sums instead of a transform of 1024 points, and is the same grid point.
 */

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
    double coarse_mass[GRID + 1];
    double coarse[GRID + 1]; /* heights at the nodes; see coarse_bound */
    double kernel[2 * GRID]; /* at GRID + k steps, to both sides */
    double height[GRID];     /* negative: not known yet */
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

    clear(search->mass, GRID + 1);
    clear(search->coarse_mass, GRID / search->stride + 1);
    search->total = 0;
    for (size_t j = 0; j < count; j++) {
        double at = (values[j] - search->low) * scale;

        share(search->mass, at, weights[j]);
        share(search->coarse_mass, at * shrink, weights[j]);
        search->total += weights[j];
    }
}

/* exp(-k^2 ratio^2 / 2) from each to the next: both factors follow a recurrence. */
static void fill_kernel(struct search *search)
{
    double factor = exp(-0.5 * search->ratio * search->ratio), change = factor * factor;
    double value = 1, *middle = search->kernel + GRID;

    clear(search->kernel, 2 * GRID);
    for (int k = 0; k <= search->reach; k++) {
        middle[k] = middle[-k] = value;
        value *= factor;
        factor *= change;
    }
}

/* The heights at the nodes of the coarse binning, from each filled node outwards. */
static void fill_coarse(struct search *search)
{
    int stride = search->stride, nodes = GRID / stride + 1;
    int reach = COARSE_REACH / search->ratio < GRID
                    ? (int)(COARSE_REACH / search->ratio / stride) + 1
                    : nodes;
    double kernel[GRID + 1];

    for (int k = 0; k < nodes; k++) {
        kernel[k] = k * stride < GRID ? search->kernel[GRID + k * stride] : 0;
    }
    clear(search->coarse, nodes);
    for (int i = 0; i < nodes; i++) {
        double mass = search->coarse_mass[i], *to = search->coarse + i;
        int back = i < reach ? i : reach, ahead = nodes - 1 - i < reach ? nodes - 1 - i : reach;

        if (mass <= 0) {
            continue;
        }
        for (int k = 0; k <= ahead; k++) {
            to[k] += mass * kernel[k];
        }
        for (int k = 1; k <= back; k++) {
            to[-k] += mass * kernel[k];
        }
    }
}

/* Two doubles at a time, which every machine has registers for. */
typedef double two_doubles __attribute__((vector_size(2 * sizeof(double))));

static inline two_doubles product(const double *one, const double *other)
{
    two_doubles a, b;

    memcpy(&a, one, sizeof a);
    memcpy(&b, other, sizeof b);
    return a * b;
}

/* The sum of products, in eight sums so that additions need not wait for each other. */
static double dot(const double *one, const double *other, int count)
{
    two_doubles sum0 = {0}, sum1 = {0}, sum2 = {0}, sum3 = {0};
    double rest = 0;
    int k = 0;

    for (; k + 8 <= count; k += 8) {
        sum0 += product(one + k, other + k);
        sum1 += product(one + k + 2, other + k + 2);
        sum2 += product(one + k + 4, other + k + 4);
        sum3 += product(one + k + 6, other + k + 6);
    }
    for (; k < count; k++) {
        rest += one[k] * other[k];
    }
    sum0 = (sum0 + sum1) + (sum2 + sum3);
    return sum0[0] + sum0[1] + rest;
}

static double height_at(struct search *search, int i)
{
    int from = i - search->reach, to = i + search->reach;

    if (search->height[i] < 0) {
        from = from > search->first ? from : search->first;
        to = to < search->last ? to : search->last;
        search->height[i] = to < from ? 0
                                      : dot(search->mass + from,
                                            search->kernel + GRID + from - i, to - from + 1);
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
 * What the heights in a gap of `width` steps can reach, given the higher of its ends. At a top
 * M inside a gap of w bandwidths the curvature is at least -M / h^2 (that of each kernel at its
 * own middle), so the nearer end is at least M (1 - w^2 / 8). One step has no inside.
 */
static double bound(const struct search *search, double higher_end, int width)
{
    double span = width * search->ratio;

    return width == 1 ? higher_end : higher_end * (1 + 1e-9) / (1 - span * span / 8);
}

/*
 * The same from the coarse heights at the ends of a gap between nodes. Binning replaces the
 * kernel by straight lines between nodes w <= 1/2 bandwidths apart. They run below it by w^2 /
 * 8 times its downward curvature at most, which is below 1.25 times the lower end of the line.
 */
static double coarse_bound(const struct search *search, double higher_end)
{
    double width = search->stride * search->ratio;
    double error = search->stride == 1 ? 1e-9 : 1.25 * width * width / 8;

    return bound(search, higher_end * (1 + error) + 1e-5 * search->total, search->stride);
}

/* Looks for better points in the gap of `width` steps behind grid point i < GRID - 1. */
static void look_into(struct search *search, int i, int width)
{
    int end = i + width < GRID ? i + width : GRID - 1;

    if (bound(search, larger(height_at(search, i), height_at(search, end)), width) <
        search->best) {
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

static double find_top(struct search *search)
{
    int stride = search->stride, start = 0;

    for (int node = 1; node * stride < GRID - 1; node++) {
        start = search->coarse[node] > search->coarse[start] ? node : start;
    }
    look_into(search, start * stride, stride);
    for (int node = 0; node * stride < GRID - 1; node++) {
        double higher = larger(search->coarse[node], search->coarse[node + 1]);

        if (coarse_bound(search, higher) >= search->best) {
            look_into(search, node * stride, stride);
        }
    }
    return search->from + search->best_point * search->pitch;
}

double summary_density_mode(const double *values, const double *weights, size_t count,
                            double bandwidth)
{
    struct search search;
    double least = INFINITY, most = -INFINITY;

    for (size_t j = 0; j < count; j++) {
        if (!isfinite(values[j])) {
            return NAN;
        }
        least = values[j] < least ? values[j] : least;
        most = values[j] > most ? values[j] : most;
    }
    if (count == 0 || !isfinite(bandwidth) || !(bandwidth > 0)) {
        return NAN;
    }
    place(&search, least, most, bandwidth);
    if (!isfinite(search.step) || !(search.pitch > 0)) {
        return NAN;
    }
    find_support(&search);
    choose_stride(&search);
    fill_bins(&search, values, weights, count);
    fill_kernel(&search);
    fill_coarse(&search);
    for (int i = 0; i < GRID; i++) {
        search.height[i] = -1;
    }
    return find_top(&search);
}
