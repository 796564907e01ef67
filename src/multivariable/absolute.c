#include "multivariable/absolute.h"
#include "numeric/linear.h"
#include <math.h>
#include <string.h>

/* Where a residual changes its sign along a way, and how much steeper that makes it. */
struct crossing {
    double at, weight;
    size_t row;
};

struct walk {
    const struct absolute *absolute;
    size_t *rows;
    double *inverse; /* of the rows' effects */
    double *coefficients, *residuals, *pull;
    struct crossing *crossings;
    bool *is_active;
};

static double dot(const double *x, const double *y, size_t count)
{
    double sum = 0;

    for (size_t k = 0; k < count; k++) {
        sum += x[k] * y[k];
    }
    return sum;
}

/* The first row, and the coefficients that the rows determine. */
static bool stand(struct walk *walk, struct arena *scratch)
{
    const struct absolute *absolute = walk->absolute;
    size_t columns = absolute->columns;

    memset(walk->is_active, 0, absolute->count * sizeof *walk->is_active);
    for (size_t i = 0; i < columns; i++) {
        memcpy(&walk->inverse[i * columns], &absolute->x[walk->rows[i] * columns],
               columns * sizeof *walk->inverse);
        walk->is_active[walk->rows[i]] = true;
    }
    if (!linear_invert(walk->inverse, columns, scratch)) {
        return false;
    }
    for (size_t k = 0; k < columns; k++) {
        walk->coefficients[k] = 0;
        for (size_t i = 0; i < columns; i++) {
            walk->coefficients[k] +=
                walk->inverse[k * columns + i] * absolute->y[walk->rows[i]];
        }
    }
    return true;
}

/* Residuals, and the pull of all rows that are off the line: sum of w sign(r) x. */
static void look(struct walk *walk)
{
    const struct absolute *absolute = walk->absolute;
    size_t columns = absolute->columns;

    memset(walk->pull, 0, columns * sizeof *walk->pull);
    for (size_t j = 0; j < absolute->count; j++) {
        const double *x = &absolute->x[j * columns];
        double sign;

        walk->residuals[j] =
            walk->is_active[j] ? 0 : absolute->y[j] - dot(x, walk->coefficients, columns);
        sign = walk->residuals[j] < 0 ? -1 : 1;
        for (size_t k = 0; !walk->is_active[j] && k < columns; k++) {
            walk->pull[k] += absolute->w[j] * sign * x[k];
        }
    }
}

/* The row to leave for the steepest way down; false where there is none. *slope < 0. */
static bool choose_row(const struct walk *walk, size_t *leave, double *direction, double *slope)
{
    const struct absolute *absolute = walk->absolute;
    size_t columns = absolute->columns;
    double most = 0, along = 0;

    for (size_t i = 0; i < columns; i++) {
        double pull = 0, weight = absolute->w[walk->rows[i]];

        for (size_t k = 0; k < columns; k++) {
            pull += walk->pull[k] * walk->inverse[k * columns + i];
        }
        if (fabs(pull) - weight > fmax(most, 1e-12 * weight)) {
            most = fabs(pull) - weight;
            along = pull;
            *leave = i;
        }
    }
    for (size_t k = 0; most > 0 && k < columns; k++) {
        direction[k] = (along > 0 ? 1 : -1) * walk->inverse[k * columns + *leave];
    }
    *slope = -most;
    return most > 0;
}

static bool is_before(const struct crossing *one, const struct crossing *other)
{
    return one->at < other->at || (one->at == other->at && one->row < other->row);
}

static void swap(struct crossing *one, struct crossing *other)
{
    struct crossing kept = *one;

    *one = *other;
    *other = kept;
}

/* Puts those before one of them in front of it, their weights together in *before; where it
 * then stands. */
static size_t part(struct crossing *crossings, size_t first, size_t end, double *before)
{
    struct crossing *pivot = &crossings[end - 1];
    size_t at = first;

    swap(&crossings[first + (end - first) / 2], pivot);
    *before = 0;
    for (size_t i = first; i + 1 < end; i++) {
        if (is_before(&crossings[i], pivot)) {
            *before += crossings[i].weight;
            swap(&crossings[i], &crossings[at++]);
        }
    }
    swap(&crossings[at], pivot);
    return at;
}

/* The crossing at which the way no longer goes down, sorting no more than it takes; NULL where
 * it goes down for ever. slope < 0. */
static const struct crossing *end_of(struct crossing *crossings, size_t count, double slope)
{
    size_t first = 0, end = count;

    while (first < end) {
        double before;
        size_t at = part(crossings, first, end, &before);

        if (slope + before >= 0) {
            end = at;
            continue;
        }
        slope += before + crossings[at].weight;
        first = at + 1;
        if (slope >= 0) {
            return &crossings[at];
        }
    }
    return end < count ? &crossings[end - 1] : NULL; /* but for rounding it was the last one */
}

/* The row whose crossing ends the way down; false where there is none. */
static bool choose_end(struct walk *walk, const double *direction, double slope, size_t *enter)
{
    const struct absolute *absolute = walk->absolute;
    const struct crossing *end;
    size_t count = 0;

    for (size_t j = 0; j < absolute->count; j++) {
        double change = dot(&absolute->x[j * absolute->columns], direction, absolute->columns);
        double residual = walk->residuals[j];

        if (!walk->is_active[j] && change != 0 && (residual < 0) == (change < 0)) {
            walk->crossings[count++] =
                (struct crossing){residual / change, 2 * absolute->w[j] * fabs(change), j};
        }
    }
    end = end_of(walk->crossings, count, slope);
    *enter = end == NULL ? *enter : end->row;
    return end != NULL;
}

static struct walk walk_of(const struct absolute *absolute, size_t *rows, double *coefficients,
                           struct arena *scratch)
{
    size_t columns = absolute->columns, count = absolute->count;

    return (struct walk){absolute,
                         rows,
                         arena_get(scratch, columns * columns, sizeof(double)),
                         coefficients,
                         arena_get(scratch, count, sizeof(double)),
                         arena_get(scratch, columns, sizeof(double)),
                         arena_get(scratch, count, sizeof(struct crossing)),
                         arena_get(scratch, count, sizeof(bool))};
}

bool absolute_minimise(const struct absolute *absolute, size_t *rows, double *coefficients,
                       struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    struct walk walk = walk_of(absolute, rows, coefficients, scratch);
    double *direction = arena_get(scratch, absolute->columns, sizeof *direction), slope;
    size_t leave = 0, enter = 0, steps = 100 + 20 * absolute->count;
    bool is_found = false;

    while (!is_found && steps-- > 0 && stand(&walk, scratch)) {
        look(&walk);
        if (!choose_row(&walk, &leave, direction, &slope)) {
            is_found = true;
        } else if (choose_end(&walk, direction, slope, &enter)) {
            rows[leave] = enter;
        } else {
            break;
        }
    }
    arena_reset(scratch, mark);
    return is_found;
}

/* Takes a row in if it is independent of those before it: by orthogonalising. */
static bool is_independent(double *basis, size_t taken, const double *x, size_t columns)
{
    double *rest = &basis[taken * columns], length = sqrt(dot(x, x, columns)), left;

    memcpy(rest, x, columns * sizeof *rest);
    for (int twice = 0; twice < 2; twice++) {
        for (size_t i = 0; i < taken; i++) {
            double along = dot(rest, &basis[i * columns], columns);

            for (size_t k = 0; k < columns; k++) {
                rest[k] -= along * basis[i * columns + k];
            }
        }
    }
    left = sqrt(dot(rest, rest, columns));
    for (size_t k = 0; k < columns; k++) {
        rest[k] /= left;
    }
    return left > 1e-8 * length;
}

bool absolute_begin(const struct absolute *absolute, size_t *rows, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    size_t columns = absolute->columns, taken = 0;
    double *basis = arena_get(scratch, columns * columns, sizeof *basis);

    for (size_t j = 0; j < absolute->count && taken < columns; j++) {
        if (is_independent(basis, taken, &absolute->x[j * columns], columns)) {
            rows[taken++] = j;
        }
    }
    arena_reset(scratch, mark);
    return taken == columns;
}
