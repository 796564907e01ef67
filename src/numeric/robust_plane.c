#include "numeric/robust_plane.h"
#include "numeric/bisquare.h"
#include "numeric/linear.h"
#include "numeric/random.h"
#include "numeric/robust_errors.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Starts: every choice of rows up to so many, beyond it so many of them; with six columns and
 * half of the rows astray, the odds of none being clean are e^-62. The best are refined. */
#define MOST_STARTS 4000
#define KEPT 10

#define MOST_STEPS 2000
#define PRECISION 1e-11 /* of fitted values, in scales */
#define ROUGH 1e-4      /* of scales that only say which starts are best */

/* Rows with the root of their weight multiplied in, y last; the residuals stand in the cloud,
 * which finds their scale and has no columns of its own. */
struct plane {
    size_t count, columns;
    double *rows;                /* count x (columns + 1) */
    struct bisquare_cloud cloud; /* count, coefficients and rest alone */
    double *matrix, *vector;     /* columns squared, and columns */
};

struct start {
    double *coefficients;
    double scale;
};

struct best {
    struct start starts[KEPT];
    size_t count;
};

/* The sign of a row does not matter to its order: the first entry that is not 0 is positive. */
static void orient(double *row, size_t columns)
{
    size_t k = 0;

    while (k < columns && row[k] == 0) {
        k++;
    }
    if (k < columns && row[k] < 0) {
        for (size_t l = 0; l <= columns; l++) {
            row[l] *= -1;
        }
    }
}

static int by_entries(const double *left, const double *right, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (left[k] != right[k]) {
            return left[k] < right[k] ? -1 : 1;
        }
    }
    return 0;
}

/* Sorts rows of `width` entries: merge sort from the bottom, the width not being a constant. */
static void sort_rows(double *rows, size_t count, size_t width, double *room)
{
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t from = 0; from < count; from += 2 * run) {
            size_t middle = from + run < count ? from + run : count;
            size_t end = from + 2 * run < count ? from + 2 * run : count;
            size_t left = from, right = middle;

            for (size_t at = from; at < end; at++) {
                bool is_left = right == end ||
                               (left < middle && by_entries(&rows[left * width],
                                                            &rows[right * width], width) <= 0);

                memcpy(&room[at * width], &rows[(is_left ? left++ : right++) * width],
                       width * sizeof *rows);
            }
        }
        memcpy(rows, room, count * width * sizeof *rows);
    }
}

static struct plane plane_of(const double *x, const double *y, const double *w, size_t count,
                             size_t columns, struct arena *scratch)
{
    size_t width = columns + 1;
    struct plane plane = {.count = count,
                          .columns = columns,
                          .rows = arena_get(scratch, count * width, sizeof(double)),
                          .cloud = {.count = count, .coefficients = columns},
                          .matrix = arena_get(scratch, columns * columns, sizeof(double)),
                          .vector = arena_get(scratch, columns, sizeof(double))};

    plane.cloud.rest = arena_get(scratch, BISQUARE_PLACES(count), sizeof(double));
    for (size_t j = 0; j < count; j++) {
        for (size_t k = 0; k < columns; k++) {
            plane.rows[j * width + k] = sqrt(w[j]) * x[j * columns + k];
        }
        plane.rows[j * width + columns] = sqrt(w[j]) * y[j];
        orient(&plane.rows[j * width], columns);
    }
    sort_rows(plane.rows, count, width, arena_get(scratch, count * width, sizeof(double)));
    return plane;
}

/* Fills the residuals; how many are apart from 0, beyond rounding. */
static size_t find_residuals(struct plane *plane, const double *coefficients)
{
    size_t apart = 0;

    for (size_t j = 0; j < plane->count; j++) {
        const double *row = &plane->rows[j * (plane->columns + 1)];
        double rest = row[plane->columns], size = fabs(rest);

        for (size_t k = 0; k < plane->columns; k++) {
            rest -= row[k] * coefficients[k];
            size += fabs(row[k] * coefficients[k]);
        }
        rest = fabs(rest) <= BISQUARE_ROUNDING * size ? 0 : rest;
        plane->cloud.rest[j] = rest;
        apart += rest != 0;
    }
    return apart;
}

/* The most that fitted values change with the coefficients. */
static double farthest(const struct plane *plane, const double *change)
{
    double most = 0;

    for (size_t j = 0; j < plane->count; j++) {
        double moved = 0;

        for (size_t k = 0; k < plane->columns; k++) {
            moved += plane->rows[j * (plane->columns + 1) + k] * change[k];
        }
        most = fmax(most, fabs(moved));
    }
    return most;
}

/* A step of reweighted least squares from the residuals that are there; how far the fitted
 * values went at most, in scales. NaN where the rows with weight do not fix the plane. */
static double take_step(struct plane *plane, double scale, double tuning, double *coefficients)
{
    size_t columns = plane->columns;

    memset(plane->matrix, 0, columns * columns * sizeof *plane->matrix);
    memset(plane->vector, 0, columns * sizeof *plane->vector);
    for (size_t j = 0; j < plane->count; j++) {
        const double *row = &plane->rows[j * (columns + 1)];
        double weight = bisquare_weight(plane->cloud.rest[j] / scale, tuning);

        for (size_t k = 0; weight > 0 && k < columns; k++) {
            plane->vector[k] += weight * plane->cloud.rest[j] * row[k];
            for (size_t l = 0; l < columns; l++) {
                plane->matrix[k * columns + l] += weight * row[k] * row[l];
            }
        }
    }
    if (!linear_solve(plane->matrix, plane->vector, columns)) {
        return NAN;
    }
    for (size_t k = 0; k < columns; k++) {
        coefficients[k] += plane->vector[k];
        if (!isfinite(coefficients[k])) {
            return NAN;
        }
    }
    return farthest(plane, plane->vector) / scale;
}

/* Puts a start into the list of the best, sorted by scale; the worst goes. */
static void keep(struct best *best, size_t columns, const double *coefficients, double scale)
{
    size_t at = best->count < KEPT ? best->count++ : KEPT - 1;
    struct start place = best->starts[at];

    memcpy(place.coefficients, coefficients, columns * sizeof *coefficients);
    place.scale = scale;
    while (at > 0 && best->starts[at - 1].scale > scale) {
        best->starts[at] = best->starts[at - 1];
        at--;
    }
    best->starts[at] = place;
}

/* The exact fit of some rows into `coefficients`; false where they do not fix it. */
static bool fit_exactly(struct plane *plane, const size_t *at, double *coefficients)
{
    size_t columns = plane->columns;

    for (size_t i = 0; i < columns; i++) {
        const double *row = &plane->rows[at[i] * (columns + 1)];

        memcpy(&plane->matrix[i * columns], row, columns * sizeof *row);
        coefficients[i] = row[columns];
    }
    if (!linear_solve(plane->matrix, coefficients, columns)) {
        return false;
    }
    for (size_t k = 0; k < columns; k++) {
        if (!isfinite(coefficients[k])) {
            return false;
        }
    }
    return true;
}

/* One step from a start, kept if its scale is below the worst of the best. False where so many
 * rows lie on the plane that there is no scale. */
static bool consider(struct plane *plane, const size_t *at, double *coefficients,
                     struct best *best)
{
    double worst = best->count < KEPT ? 0 : best->starts[KEPT - 1].scale, scale;
    size_t apart;

    if (!fit_exactly(plane, at, coefficients)) {
        return true;
    }
    apart = find_residuals(plane, coefficients);
    scale = bisquare_scale(&plane->cloud, apart, worst, ROUGH);
    if (scale > 0 && isnan(take_step(plane, scale, BISQUARE_SCALE_TUNING, coefficients))) {
        return true;
    }
    if (scale > 0) {
        apart = find_residuals(plane, coefficients);
        scale = bisquare_scale(&plane->cloud, apart, scale, ROUGH);
    }
    if (best->count < KEPT || scale < worst) {
        keep(best, plane->columns, coefficients, scale);
    }
    return scale > 0;
}

/* The next choice of rows in order; false after the last. */
static bool next_choice(size_t *at, size_t columns, size_t count)
{
    for (size_t i = columns; i-- > 0;) {
        if (at[i] < count - columns + i) {
            at[i]++;
            for (size_t k = i + 1; k < columns; k++) {
                at[k] = at[k - 1] + 1;
            }
            return true;
        }
    }
    return false;
}

/* Different rows, as the stream has it. */
static void draw_choice(struct random_stream *stream, size_t *at, size_t columns, size_t count)
{
    for (size_t i = 0; i < columns; i++) {
        size_t k = 0;

        at[i] = random_below(stream, count);
        while (k < i && at[k] != at[i]) {
            k++;
        }
        i -= k < i; /* that row is there already: once more */
    }
}

static double choices(size_t count, size_t columns)
{
    double all = 1;

    for (size_t k = 0; k < columns; k++) {
        all *= (double)(count - k) / (double)(k + 1);
    }
    return all;
}

/* False where a start has no scale. */
static bool consider_all(struct plane *plane, struct best *best, struct arena *scratch)
{
    struct random_stream stream = random_stream_of(0, NULL, NULL, "robust plane");
    size_t *at = arena_get(scratch, plane->columns, sizeof *at);
    double *coefficients = arena_get(scratch, plane->columns, sizeof *coefficients);

    if (choices(plane->count, plane->columns) > MOST_STARTS) {
        for (size_t i = 0; i < MOST_STARTS; i++) {
            draw_choice(&stream, at, plane->columns, plane->count);
            if (!consider(plane, at, coefficients, best)) {
                return false;
            }
        }
        return true;
    }
    for (size_t k = 0; k < plane->columns; k++) {
        at[k] = k;
    }
    do {
        if (!consider(plane, at, coefficients, best)) {
            return false;
        }
    } while (next_choice(at, plane->columns, plane->count));
    return true;
}

/* Steps until one stands still, each at the scale of the fit before (first fit) or all at one
 * scale (last fit). False where none does. */
static bool settle(struct plane *plane, struct start *start, double tuning, bool is_first)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        size_t apart = find_residuals(plane, start->coefficients);
        double moved;

        if (is_first) {
            start->scale =
                bisquare_scale(&plane->cloud, apart, start->scale, BISQUARE_PRECISION);
        }
        if (start->scale == 0) {
            return true;
        }
        moved = take_step(plane, start->scale, tuning, start->coefficients);
        if (moved < PRECISION || isnan(moved)) {
            return !isnan(moved);
        }
    }
    return false;
}

/* The plane whose residuals have the smallest scale. */
static enum robust_outcome first_fit(struct plane *plane, struct arena *scratch,
                                     struct start *found)
{
    struct best best = {0};
    bool is_found = false;

    for (size_t i = 0; i < KEPT; i++) {
        best.starts[i].coefficients = arena_get(scratch, plane->columns, sizeof(double));
    }
    if (!consider_all(plane, &best, scratch)) {
        return ROBUST_EXACT;
    }
    for (size_t i = 0; i < best.count; i++) {
        if (settle(plane, &best.starts[i], BISQUARE_SCALE_TUNING, true) &&
            (!is_found || best.starts[i].scale < found->scale)) {
            *found = best.starts[i];
            is_found = true;
        }
    }
    if (!is_found) {
        return best.count == 0 ? ROBUST_NO_LINE : ROBUST_NOT_CONVERGED;
    }
    return found->scale > 0 ? ROBUST_DONE : ROBUST_EXACT;
}

/* The rows without their y. */
static double *columns_of(const struct plane *plane, struct arena *scratch)
{
    size_t columns = plane->columns;
    double *rows = arena_get(scratch, plane->count * columns, sizeof *rows);

    for (size_t j = 0; j < plane->count; j++) {
        memcpy(&rows[j * columns], &plane->rows[j * (columns + 1)], columns * sizeof *rows);
    }
    return rows;
}

static enum robust_outcome fit(struct plane *plane, struct arena *scratch, struct start *found,
                               double *errors)
{
    enum robust_outcome outcome = first_fit(plane, scratch, found);
    double *first;

    if (outcome != ROBUST_DONE) {
        return outcome;
    }
    first = arena_get(scratch, plane->count, sizeof *first);
    (void)find_residuals(plane, found->coefficients);
    memcpy(first, plane->cloud.rest, plane->count * sizeof *first);
    if (!settle(plane, found, ROBUST_TUNING, false)) {
        return ROBUST_NOT_CONVERGED;
    }
    (void)find_residuals(plane, found->coefficients);
    robust_errors(columns_of(plane, scratch), first, plane->cloud.rest, plane->count,
                  plane->columns, found->scale, scratch, errors);
    return ROBUST_DONE;
}

enum robust_outcome robust_plane_fit(const double *x, const double *y, const double *w,
                                     size_t rows, size_t columns, struct arena *scratch,
                                     double *coefficients, double *errors, double *scale)
{
    struct arena_mark mark = arena_mark(scratch);
    struct start found = {NULL, 0};
    enum robust_outcome outcome = ROBUST_NO_LINE;

    if (rows > columns) {
        struct plane plane = plane_of(x, y, w, rows, columns, scratch);

        outcome = fit(&plane, scratch, &found, errors);
    }
    if (outcome == ROBUST_DONE) {
        memcpy(coefficients, found.coefficients, columns * sizeof *coefficients);
        *scale = found.scale;
    }
    arena_reset(scratch, mark);
    return outcome;
}
