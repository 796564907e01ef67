#include "numeric/robust_line.h"
#include "numeric/bisquare.h"
#include "numeric/random.h"
#include "numeric/robust_errors.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Starts: every point or pair of points, up to so many; of them the best are refined. */
#define MOST_POINTS 1000
#define ALL_PAIRS_UP_TO 80
#define SOME_PAIRS 1500
#define KEPT 10

#define MOST_STEPS 2000
#define PRECISION 1e-11 /* of fitted values, in scales */
#define ROUGH 1e-4      /* of scales that only say which starts are best */

/* A line and the scale of the residuals around it. */
struct candidate {
    struct bisquare_line line;
    double scale;
};

struct point {
    double x, y, root;
};

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

/* By slope from the origin, so that which points are starts does not hang on their order. */
static int by_slope(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    int order = compare(a->y / a->x, b->y / b->x);

    return order != 0 ? order : compare(a->x * a->root, b->x * b->root);
}

static int by_place(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    int order = compare(a->x, b->x);

    order = order != 0 ? order : compare(a->y, b->y);
    return order != 0 ? order : compare(a->root, b->root);
}

static struct bisquare_cloud cloud_of(const struct point *points, size_t count,
                                      bool has_intercept, struct arena *scratch)
{
    struct bisquare_cloud cloud = {.count = count, .coefficients = has_intercept ? 2 : 1};

    cloud.one = arena_get(scratch, BISQUARE_PLACES(count), sizeof *cloud.one);
    cloud.x = arena_get(scratch, BISQUARE_PLACES(count), sizeof *cloud.x);
    cloud.y = arena_get(scratch, BISQUARE_PLACES(count), sizeof *cloud.y);
    cloud.rest = arena_get(scratch, BISQUARE_PLACES(count), sizeof *cloud.rest);
    for (size_t j = 0; j < count; j++) {
        cloud.one[j] = has_intercept ? points[j].root : 0;
        cloud.x[j] = points[j].x * points[j].root;
        cloud.y[j] = points[j].y * points[j].root;
    }
    return cloud;
}

/* Puts a candidate into the list of the best, worst first to go; sorted by scale. */
static void keep(struct candidate best[KEPT], size_t *kept, struct candidate found)
{
    size_t at = *kept < KEPT ? (*kept)++ : KEPT - 1;

    while (at > 0 && best[at - 1].scale > found.scale) {
        best[at] = best[at - 1];
        at--;
    }
    best[at] = found;
}

/* One step from a start; kept if its scale is below the worst of the best. False where the
 * points lie on the start or on the line after the step. */
static bool consider(struct bisquare_cloud *cloud, struct bisquare_line line,
                     struct candidate best[KEPT], size_t *kept)
{
    size_t apart = bisquare_residuals(cloud, line);
    double worst = *kept < KEPT ? 0 : best[KEPT - 1].scale, scale, moved;

    if (!((double)apart > BISQUARE_BREAKDOWN * bisquare_degrees(cloud))) {
        best[0] = (struct candidate){line, 0};
        return false;
    }
    scale = worst > 0 ? worst * sqrt(bisquare_excess(cloud, worst))
                      : bisquare_scale(cloud, apart, 0, ROUGH);
    moved = bisquare_step(cloud, scale, BISQUARE_SCALE_TUNING, &line);
    if (!isfinite(moved)) {
        return true;
    }
    apart = bisquare_residuals(cloud, line);
    if (worst == 0 || bisquare_excess(cloud, worst) < 1) {
        keep(best, kept, (struct candidate){line, bisquare_scale(cloud, apart, worst, ROUGH)});
    }
    return best[0].scale > 0;
}

/* The starts through the origin: the slopes of points. */
static bool consider_points(struct bisquare_cloud *cloud, struct candidate best[KEPT],
                            size_t *kept)
{
    size_t starts = cloud->count < MOST_POINTS ? cloud->count : MOST_POINTS;

    for (size_t i = 0; i < starts; i++) {
        size_t j = starts == cloud->count ? i : i * (cloud->count - 1) / (starts - 1);
        double slope = cloud->y[j] / cloud->x[j];

        if (isfinite(slope) && !consider(cloud, (struct bisquare_line){0, slope}, best, kept)) {
            return false;
        }
    }
    return true;
}

static bool consider_pair(struct bisquare_cloud *cloud, size_t i, size_t j,
                          struct candidate best[KEPT], size_t *kept)
{
    double xi = cloud->x[i] / cloud->one[i], yi = cloud->y[i] / cloud->one[i];
    double xj = cloud->x[j] / cloud->one[j], yj = cloud->y[j] / cloud->one[j];
    double slope = (yj - yi) / (xj - xi);
    bool is_upright = fabs(xj - xi) <= BISQUARE_ROUNDING * (fabs(xi) + fabs(xj));

    return is_upright || !isfinite(slope) ||
           consider(cloud, (struct bisquare_line){yi - slope * xi, slope}, best, kept);
}

/* The starts with an intercept: the lines through pairs of points, all or a fixed choice. */
static bool consider_pairs(struct bisquare_cloud *cloud, struct candidate best[KEPT],
                           size_t *kept)
{
    struct random_stream stream = random_stream_of(0, NULL, NULL, "robust line");

    if (cloud->count <= ALL_PAIRS_UP_TO) {
        for (size_t i = 0; i < cloud->count; i++) {
            for (size_t j = 0; j < i; j++) {
                if (!consider_pair(cloud, i, j, best, kept)) {
                    return false;
                }
            }
        }
        return true;
    }
    for (int n = 0; n < SOME_PAIRS; n++) {
        size_t i = random_below(&stream, cloud->count), j = random_below(&stream, cloud->count);

        if (!consider_pair(cloud, i, j, best, kept)) {
            return false;
        }
    }
    return true;
}

/* Steps, each at the scale of the line before, until one stands still; false where none does.
 */
static bool refine(struct bisquare_cloud *cloud, struct candidate *found)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        size_t apart = bisquare_residuals(cloud, found->line);
        double moved;

        found->scale = bisquare_scale(cloud, apart, found->scale, BISQUARE_PRECISION);
        if (found->scale == 0) {
            return true;
        }
        moved = bisquare_step(cloud, found->scale, BISQUARE_SCALE_TUNING, &found->line);
        if (moved < PRECISION || !isfinite(moved)) {
            return isfinite(moved);
        }
    }
    return false;
}

/* The line whose residuals have the smallest scale. */
static enum robust_outcome s_estimate(struct bisquare_cloud *cloud, struct candidate *found)
{
    struct candidate best[KEPT];
    size_t kept = 0;
    bool is_found = false;

    if (!(cloud->coefficients == 1 ? consider_points : consider_pairs)(cloud, best, &kept)) {
        return ROBUST_EXACT;
    }
    for (size_t i = 0; i < kept; i++) {
        if (refine(cloud, &best[i]) && (!is_found || best[i].scale < found->scale)) {
            *found = best[i];
            is_found = true;
        }
    }
    if (!is_found) {
        return kept == 0 ? ROBUST_NO_LINE : ROBUST_NOT_CONVERGED;
    }
    return found->scale > 0 ? ROBUST_DONE : ROBUST_EXACT;
}

static bool m_estimate(struct bisquare_cloud *cloud, double scale, struct bisquare_line *line)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        double moved;

        bisquare_residuals(cloud, *line);
        moved = bisquare_step(cloud, scale, ROBUST_TUNING, line);
        if (moved < PRECISION) {
            return true;
        }
        if (!isfinite(moved)) {
            return false;
        }
    }
    return false;
}

/* The columns of the points, row after row. */
static double *rows_of(const struct bisquare_cloud *cloud, struct arena *scratch)
{
    size_t columns = cloud->coefficients;
    double *rows = arena_get(scratch, cloud->count * columns, sizeof *rows);

    for (size_t j = 0; j < cloud->count; j++) {
        rows[j * columns] = cloud->one[j];
        rows[j * columns + columns - 1] = cloud->x[j];
    }
    return rows;
}

static void fill(struct bisquare_cloud *cloud, const struct candidate *start,
                 struct bisquare_line end, struct arena *scratch, struct robust_line *line)
{
    double *first = arena_get(scratch, cloud->count, sizeof *first), errors[2];
    bool has_intercept = cloud->coefficients == 2;

    bisquare_residuals(cloud, start->line);
    memcpy(first, cloud->rest, cloud->count * sizeof *first);
    bisquare_residuals(cloud, end);
    robust_errors(rows_of(cloud, scratch), first, cloud->rest, cloud->count,
                  cloud->coefficients, start->scale, scratch, errors);
    *line = (struct robust_line){.intercept = end.intercept,
                                 .intercept_se = has_intercept ? errors[0] : NAN,
                                 .slope = end.slope,
                                 .slope_se = errors[has_intercept],
                                 .scale = start->scale};
}

static enum robust_outcome fit(struct bisquare_cloud *cloud, struct arena *scratch,
                               struct robust_line *line)
{
    struct candidate start = {{0, 0}, 0};
    struct bisquare_line end;
    enum robust_outcome outcome;

    if (cloud->count <= cloud->coefficients) {
        return ROBUST_NO_LINE;
    }
    outcome = s_estimate(cloud, &start);
    if (outcome != ROBUST_DONE) {
        return outcome;
    }
    end = start.line;
    if (!m_estimate(cloud, start.scale, &end)) {
        return ROBUST_NOT_CONVERGED;
    }
    fill(cloud, &start, end, scratch, line);
    return ROBUST_DONE;
}

enum robust_outcome robust_line_fit(const double *x, const double *y, const double *w,
                                    size_t count, bool has_intercept, struct arena *scratch,
                                    struct robust_line *line)
{
    struct arena_mark mark = arena_mark(scratch);
    struct point *points = arena_get(scratch, count + 1, sizeof *points);
    struct bisquare_cloud cloud;
    enum robust_outcome outcome;
    size_t kept = 0;

    for (size_t j = 0; j < count; j++) {
        if (w[j] > 0) {
            points[kept++] = (struct point){x[j], y[j], sqrt(w[j])};
        }
    }
    qsort(points, kept, sizeof *points, has_intercept ? by_place : by_slope);
    cloud = cloud_of(points, kept, has_intercept, scratch);
    outcome = fit(&cloud, scratch, line);
    arena_reset(scratch, mark);
    return outcome;
}
