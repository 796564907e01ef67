#include "numeric/robust_line.h"
#include "numeric/random.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Bisquares of breakdown 50% and of efficiency 95%. */
#define SCALE_TUNING 1.54764
#define LINE_TUNING 4.685061
#define BREAKDOWN 0.5

/* Starts: every point or pair of points, up to so many; of them the best are refined. */
#define MOST_POINTS 1000
#define ALL_PAIRS_UP_TO 80
#define SOME_PAIRS 1500
#define KEPT 10

#define MOST_STEPS 2000
#define PRECISION 1e-11 /* of fitted values, in scales */
#define ROUNDING (8 * DBL_EPSILON)

/* Points with their weights multiplied in; one is the intercept's column, 0 without one. */
struct cloud {
    size_t count;
    size_t coefficients;
    double *one, *x, *y;
    double *rest;
};

struct line {
    double intercept, slope;
};

/* A line and the scale of the residuals around it. */
struct candidate {
    struct line line;
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

static struct cloud cloud_of(const struct point *points, size_t count, bool has_intercept,
                             struct arena *scratch)
{
    struct cloud cloud = {.count = count, .coefficients = has_intercept ? 2 : 1};

    cloud.one = arena_get(scratch, count + 1, sizeof *cloud.one);
    cloud.x = arena_get(scratch, count + 1, sizeof *cloud.x);
    cloud.y = arena_get(scratch, count + 1, sizeof *cloud.y);
    cloud.rest = arena_get(scratch, count + 1, sizeof *cloud.rest);
    for (size_t j = 0; j < count; j++) {
        cloud.one[j] = has_intercept ? points[j].root : 0;
        cloud.x[j] = points[j].x * points[j].root;
        cloud.y[j] = points[j].y * points[j].root;
    }
    return cloud;
}

/* Residuals, 0 where they are rounding; how many are not. */
static size_t residuals(struct cloud *cloud, struct line line)
{
    size_t apart = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        double up = line.intercept * cloud->one[j], along = line.slope * cloud->x[j];
        double rest = cloud->y[j] - up - along;
        bool is_rounding =
            fabs(rest) <= ROUNDING * (fabs(cloud->y[j]) + fabs(up) + fabs(along));

        cloud->rest[j] = is_rounding ? 0 : rest;
        apart += !is_rounding;
    }
    return apart;
}

static double degrees(const struct cloud *cloud)
{
    return (double)(cloud->count - cloud->coefficients);
}

/* The bisquare's rho, at most 1, its derivative over u, and psi with its derivative. */
static double rho(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 1 : 1 - rest * rest * rest;
}

static double weight(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 0 : rest * rest;
}

static double psi_slope(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 0 : rest * (1 - 5 * t * t);
}

/* Mean rho over the breakdown: 1 at the scale of the residuals, more where it is smaller. */
static double excess(const struct cloud *cloud, double scale)
{
    double sum = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        sum += rho(cloud->rest[j] / scale, SCALE_TUNING);
    }
    return sum / (degrees(cloud) * BREAKDOWN);
}

/* The scale of the residuals, from a first guess; 0 where too few are apart from 0. */
static double scale_of(const struct cloud *cloud, size_t apart, double scale)
{
    if (!((double)apart > BREAKDOWN * degrees(cloud))) {
        return 0;
    }
    if (!(scale > 0)) {
        double sum = 0;

        for (size_t j = 0; j < cloud->count; j++) {
            sum += fabs(cloud->rest[j]);
        }
        scale = sum / (double)apart;
    }
    for (int i = 0; i < MOST_STEPS; i++) {
        double factor = sqrt(excess(cloud, scale));

        scale *= factor;
        if (fabs(factor - 1) < 1e-13) {
            break;
        }
    }
    return scale;
}

/* Symmetric 2 x 2; without an intercept only the slope's corner is used. */
struct square {
    double ii, is, ss;
};

static struct square inverse(struct square m, size_t coefficients)
{
    double determinant = m.ii * m.ss - m.is * m.is;

    if (coefficients == 1) {
        return (struct square){0, 0, 1 / m.ss};
    }
    return (struct square){m.ss / determinant, -m.is / determinant, m.ii / determinant};
}

static struct line times(struct square m, struct line v)
{
    return (struct line){m.ii * v.intercept + m.is * v.slope,
                         m.is * v.intercept + m.ss * v.slope};
}

static void add_point(struct square *m, const struct cloud *cloud, size_t j, double factor)
{
    m->ii += factor * cloud->one[j] * cloud->one[j];
    m->is += factor * cloud->one[j] * cloud->x[j];
    m->ss += factor * cloud->x[j] * cloud->x[j];
}

static void add_column(struct line *v, const struct cloud *cloud, size_t j, double factor)
{
    v->intercept += factor * cloud->one[j];
    v->slope += factor * cloud->x[j];
}

/* One step of reweighted least squares from the residuals that are there; how far it went, in
 * scales. Steps are made from the residuals, which loses fewer digits than starting anew. */
static double step(struct cloud *cloud, double scale, double tuning, struct line *line)
{
    struct square m = {0, 0, 0};
    struct line v = {0, 0}, change;
    double most = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        double w = weight(cloud->rest[j] / scale, tuning);

        add_point(&m, cloud, j, w);
        add_column(&v, cloud, j, w * cloud->rest[j]);
    }
    change = times(inverse(m, cloud->coefficients), v);
    line->intercept += change.intercept;
    line->slope += change.slope;
    for (size_t j = 0; j < cloud->count; j++) {
        double moved =
            fabs(change.intercept * cloud->one[j] + change.slope * cloud->x[j]) / scale;

        most = moved > most || isnan(moved) ? moved : most;
    }
    return most;
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
static bool consider(struct cloud *cloud, struct line line, struct candidate best[KEPT],
                     size_t *kept)
{
    size_t apart = residuals(cloud, line);
    double worst = *kept < KEPT ? 0 : best[KEPT - 1].scale, scale, moved;

    if (!((double)apart > BREAKDOWN * degrees(cloud))) {
        best[0] = (struct candidate){line, 0};
        return false;
    }
    scale = worst > 0 ? worst * sqrt(excess(cloud, worst)) : scale_of(cloud, apart, 0);
    moved = step(cloud, scale, SCALE_TUNING, &line);
    if (!isfinite(moved)) {
        return true;
    }
    apart = residuals(cloud, line);
    if (worst == 0 || excess(cloud, worst) < 1) {
        keep(best, kept, (struct candidate){line, scale_of(cloud, apart, worst)});
    }
    return best[0].scale > 0;
}

/* The starts through the origin: the slopes of points. */
static bool consider_points(struct cloud *cloud, struct candidate best[KEPT], size_t *kept)
{
    size_t starts = cloud->count < MOST_POINTS ? cloud->count : MOST_POINTS;

    for (size_t i = 0; i < starts; i++) {
        size_t j = starts == cloud->count ? i : i * (cloud->count - 1) / (starts - 1);
        double slope = cloud->y[j] / cloud->x[j];

        if (isfinite(slope) && !consider(cloud, (struct line){0, slope}, best, kept)) {
            return false;
        }
    }
    return true;
}

static bool consider_pair(struct cloud *cloud, size_t i, size_t j, struct candidate best[KEPT],
                          size_t *kept)
{
    double xi = cloud->x[i] / cloud->one[i], yi = cloud->y[i] / cloud->one[i];
    double xj = cloud->x[j] / cloud->one[j], yj = cloud->y[j] / cloud->one[j];
    double slope = (yj - yi) / (xj - xi);
    bool is_upright = fabs(xj - xi) <= ROUNDING * (fabs(xi) + fabs(xj));

    return is_upright || !isfinite(slope) ||
           consider(cloud, (struct line){yi - slope * xi, slope}, best, kept);
}

/* The starts with an intercept: the lines through pairs of points, all or a fixed choice. */
static bool consider_pairs(struct cloud *cloud, struct candidate best[KEPT], size_t *kept)
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

/* Steps and scale together until both stand still; false where they do not. */
static bool refine(struct cloud *cloud, struct candidate *found)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        size_t apart = residuals(cloud, found->line);
        double factor = sqrt(excess(cloud, found->scale)), moved;

        if (!((double)apart > BREAKDOWN * degrees(cloud))) {
            found->scale = 0;
            return true;
        }
        found->scale *= factor;
        moved = step(cloud, found->scale, SCALE_TUNING, &found->line);
        if (moved < PRECISION && fabs(factor - 1) < PRECISION) {
            return true;
        }
        if (!isfinite(moved)) {
            return false;
        }
    }
    return false;
}

/* The line whose residuals have the smallest scale. */
static enum robust_outcome s_estimate(struct cloud *cloud, struct candidate *found)
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

static bool m_estimate(struct cloud *cloud, double scale, struct line *line)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        double moved;

        residuals(cloud, *line);
        moved = step(cloud, scale, LINE_TUNING, line);
        if (moved < PRECISION) {
            return true;
        }
        if (!isfinite(moved)) {
            return false;
        }
    }
    return false;
}

/* Sums over the points of first (r0) and last (r) residuals in scales, for the covariance. */
struct sums {
    struct square curvature, spread; /* sum psi'(r) z z', sum psi(r)^2 z z' */
    struct line pull;                /* sum psi'(r) r z */
    struct line cross;               /* sum psi(r) rho(r0) z */
    double stretch;                  /* mean rho'(r0) r0 */
    double noise;                    /* mean rho(r0)^2 - breakdown^2 */
};

static struct sums sums_of(const struct cloud *cloud, const double *first, double scale)
{
    struct sums sums = {0};
    double n = (double)cloud->count;

    for (size_t j = 0; j < cloud->count; j++) {
        double r = cloud->rest[j] / scale, r0 = first[j] / scale;
        double bend = psi_slope(r, LINE_TUNING), psi = r * weight(r, LINE_TUNING);
        double chi = rho(r0, SCALE_TUNING);

        add_point(&sums.curvature, cloud, j, bend);
        add_point(&sums.spread, cloud, j, psi * psi);
        add_column(&sums.pull, cloud, j, bend * r);
        add_column(&sums.cross, cloud, j, psi * chi);
        sums.stretch +=
            6 * r0 * r0 * weight(r0, SCALE_TUNING) / (SCALE_TUNING * SCALE_TUNING) / n;
        sums.noise += (chi * chi - BREAKDOWN * BREAKDOWN) / n;
    }
    return sums;
}

/* e' A spread A e for the coefficient e. */
static double sandwich(struct square a, struct square spread, struct line e)
{
    struct line left = times(a, e), right = times(spread, left);

    return left.intercept * right.intercept + left.slope * right.slope;
}

/* The variance of one coefficient e, robustbase's .vcov.avar1. */
static double variance(const struct cloud *cloud, const struct sums *sums, double scale,
                       struct line e)
{
    double n = (double)cloud->count;
    struct square a = inverse(sums->curvature, cloud->coefficients);
    struct line shift, reach;
    double along, across;

    a.ii *= scale, a.is *= scale, a.ss *= scale;
    shift = times(a, sums->pull);
    reach = times(a, sums->cross);
    along = (e.intercept * shift.intercept + e.slope * shift.slope) / sums->stretch;
    across = e.intercept * reach.intercept + e.slope * reach.slope;
    return sandwich(a, sums->spread, e) - 2 * along * across / n +
           sums->noise * along * along / n;
}

static void fill(struct cloud *cloud, const struct candidate *start, struct line end,
                 struct arena *scratch, struct robust_line *line)
{
    double *first = arena_get(scratch, cloud->count, sizeof *first), scale = start->scale;
    struct sums sums;

    residuals(cloud, start->line);
    for (size_t j = 0; j < cloud->count; j++) {
        first[j] = cloud->rest[j];
    }
    residuals(cloud, end);
    sums = sums_of(cloud, first, scale);
    *line = (struct robust_line){
        .intercept = end.intercept, .intercept_se = NAN, .slope = end.slope, .scale = scale};
    line->slope_se = sqrt(variance(cloud, &sums, scale, (struct line){0, 1}));
    if (cloud->coefficients == 2) {
        line->intercept_se = sqrt(variance(cloud, &sums, scale, (struct line){1, 0}));
    }
}

static enum robust_outcome fit(struct cloud *cloud, struct arena *scratch,
                               struct robust_line *line)
{
    struct candidate start = {{0, 0}, 0};
    struct line end;
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
    struct cloud cloud;
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
