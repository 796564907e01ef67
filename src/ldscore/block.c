#include "ldscore/block.h"
#include <math.h>

/* Weighted sums over rows. */
struct sums {
    double w, x, xx, y, xy;
};

static struct sums sum(const struct block_rows *rows, size_t from, size_t to)
{
    struct sums sums = {0, 0, 0, 0, 0};

    for (size_t i = from; i < to; i++) {
        double wx = rows->w[i] * rows->x[i];

        sums.w += rows->w[i];
        sums.x += wx;
        sums.xx += wx * rows->x[i];
        sums.y += rows->w[i] * rows->y[i];
        sums.xy += wx * rows->y[i];
    }
    return sums;
}

static struct sums minus(const struct sums *all, const struct sums *part)
{
    return (struct sums){all->w - part->w, all->x - part->x, all->xx - part->xx,
                         all->y - part->y, all->xy - part->xy};
}

/* Below this part of its terms a determinant is rounding alone. */
#define SINGULAR 1e-12

static bool solve(const struct sums *sums, bool has_intercept, struct block_line *line)
{
    double determinant = sums->w * sums->xx - sums->x * sums->x;

    if (!has_intercept) {
        *line = (struct block_line){sums->xy / sums->xx, 0};
        return sums->xx > 0 && isfinite(line->slope);
    }
    line->slope = (sums->w * sums->xy - sums->x * sums->y) / determinant;
    line->intercept = (sums->y - line->slope * sums->x) / sums->w;
    return determinant > SINGULAR * sums->w * sums->xx && isfinite(line->slope);
}

bool block_fit_all(const struct block_rows *rows, struct block_line *all)
{
    struct sums whole = sum(rows, 0, rows->count);

    return solve(&whole, rows->has_intercept, all);
}

bool block_fit(const struct block_rows *rows, const size_t *ends, size_t blocks,
               struct block_line *all, struct block_line *without)
{
    struct sums whole = {0, 0, 0, 0, 0}, part, rest;
    bool is_done;

    for (size_t b = 0; b < blocks; b++) {
        part = sum(rows, b == 0 ? 0 : ends[b - 1], ends[b]);
        whole = (struct sums){whole.w + part.w, whole.x + part.x, whole.xx + part.xx,
                              whole.y + part.y, whole.xy + part.xy};
    }
    is_done = solve(&whole, rows->has_intercept, all);
    for (size_t b = 0; b < blocks && is_done; b++) {
        part = sum(rows, b == 0 ? 0 : ends[b - 1], ends[b]);
        rest = minus(&whole, &part);
        is_done = solve(&rest, rows->has_intercept, &without[b]);
    }
    return is_done;
}

void block_ends(size_t count, size_t blocks, size_t *ends)
{
    double step = (double)count / (double)blocks;

    for (size_t b = 0; b < blocks; b++) {
        ends[b] = b + 1 == blocks ? count : (size_t)floor((double)(b + 1) * step);
    }
}

double block_se(const double *without, size_t blocks)
{
    double count = (double)blocks, mean = 0, squares = 0;

    for (size_t b = 0; b < blocks; b++) {
        mean += without[b] / count;
    }
    for (size_t b = 0; b < blocks; b++) {
        squares += (without[b] - mean) * (without[b] - mean);
    }
    return sqrt((count - 1) * squares / count);
}
