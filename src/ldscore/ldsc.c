#include "ldscore/ldsc.h"
#include "base/i18n.h"
#include "ldscore/block.h"
#include "numeric/summary.h"
#include <math.h>

/* Weights are made anew from the line that they gave so often. */
#define ROUNDS 2

/* The median of chi-square of one degree of freedom, as ldsc rounds it. */
#define CHANCE_MEDIAN 0.4549

/* How an expectation rises with the LD score: heritability or covariance, and intercept. */
struct rise {
    double slope, intercept;
};

/* A regression under way. */
struct task {
    const struct ldsc_data *data;
    int first, second;            /* which z */
    const struct ldsc_fit *of[2]; /* the fits of each alone; NULL: this is one of them */
    double *products, *n;         /* of z; sizes, of two samples their geometric mean */
    double mean_n;
    struct arena *arena;
};

/* The rows that a step fits, with room for their weights. */
struct step {
    struct block_rows rows;
    double *w;
    const size_t *places; /* of its rows in the data; NULL: all in order */
    const double *levels; /* the LD scores that the weights go by */
    double intercept;     /* taken from y already, where the line has none of its own */
};

static double within(double value, double least, double most)
{
    return fmin(fmax(value, least), most);
}

/* One over the variance of a row's product, and over how often its neighbours count what it
 * tells: 1 / (E[z1^2] E[z2^2] + E[z1 z2]^2) / score. */
static double weight(const struct task *task, size_t row, double level, struct rise both)
{
    const struct ldsc_data *data = task->data;
    double per = fmax(level, 1) / data->markers, least = task->of[0] == NULL ? 0 : -1;
    double shared = within(both.slope, least, 1) * task->n[row] * per + both.intercept;
    double one = shared, other = shared;

    if (task->of[0] != NULL) {
        one = within(task->of[0]->slope, 0, 1) * data->n[task->first][row] * per +
              task->of[0]->intercept;
        other = within(task->of[1]->slope, 0, 1) * data->n[task->second][row] * per +
                task->of[1]->intercept;
    }
    return 1 / (one * other + shared * shared) / fmax(data->scores[row], 1);
}

static bool weigh(const struct task *task, const struct step *step, struct rise both)
{
    bool is_good = true;

    for (size_t i = 0; i < step->rows.count; i++) {
        size_t row = step->places == NULL ? i : step->places[i];

        step->w[i] = weight(task, row, step->levels[i], both);
        is_good = is_good && step->w[i] > 0 && isfinite(step->w[i]);
    }
    return is_good;
}

/* Fits, weighs by what was fitted, and so on; at last with blocks left out. */
static bool iterate(const struct task *task, const struct step *step, const size_t *ends,
                    struct block_line *all, struct block_line *without)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct rise rise;

        if (!block_fit_all(&step->rows, all)) {
            return false;
        }
        rise = (struct rise){all->slope * task->data->markers / task->mean_n,
                             step->rows.has_intercept ? all->intercept : step->intercept};
        if (!weigh(task, step, rise)) {
            return false;
        }
    }
    return block_fit(&step->rows, ends, LDSC_BLOCKS, all, without);
}

static struct task begin(const struct ldsc_data *data, int first, int second,
                         struct arena *arena)
{
    struct task task = {.data = data, .first = first, .second = second, .arena = arena};

    task.products = arena_get(arena, data->count, sizeof *task.products);
    task.n = arena_get(arena, data->count, sizeof *task.n);
    for (size_t i = 0; i < data->count; i++) {
        task.products[i] = data->z[first][i] * data->z[second][i];
        task.n[i] =
            first == second ? data->n[first][i] : sqrt(data->n[first][i] * data->n[second][i]);
    }
    task.mean_n = summary_mean(task.n, data->count);
    return task;
}

/* All rows, weighed as the ratio of means says: the mean product over the mean score times the
 * size, the intercept being what chance gives. */
static bool step_of_all(const struct task *task, struct step *step)
{
    const struct ldsc_data *data = task->data;
    size_t count = data->count;
    double *x = arena_get(task->arena, count, sizeof *x);
    double *w = arena_get(task->arena, count, sizeof *w), chance = task->of[0] == NULL ? 1 : 0;
    double mean = summary_mean(task->products, count);

    for (size_t i = 0; i < count; i++) {
        x[i] = data->scores[i] * task->n[i] / task->mean_n;
    }
    *step = (struct step){{count, x, task->products, w, false}, w, NULL, data->scores, 0};
    return weigh(
        task, step,
        (struct rise){data->markers * (mean - chance) / (summary_mean(x, count) * task->mean_n),
                      chance});
}

static bool is_small(const struct task *task, size_t row)
{
    double one = task->data->z[task->first][row], other = task->data->z[task->second][row];

    return one * one < LDSC_SMALL_CHI_SQUARE && other * other < LDSC_SMALL_CHI_SQUARE;
}

/* Of those the rows whose chi-square is small, to find the intercept by. */
static struct step step_of_small(const struct task *task, const struct step *all)
{
    size_t count = 0, size = all->rows.count;
    size_t *places = arena_get(task->arena, size, sizeof *places);
    double *x = arena_get(task->arena, size, sizeof *x);
    double *y = arena_get(task->arena, size, sizeof *y);
    double *w = arena_get(task->arena, size, sizeof *w);

    for (size_t i = 0; i < size; i++) {
        if (is_small(task, i)) {
            x[count] = all->rows.x[i];
            y[count] = all->rows.y[i];
            w[count] = all->rows.w[i];
            places[count++] = i;
        }
    }
    return (struct step){{count, x, y, w, true}, w, places, x, 0};
}

/* Where the blocks of the small rows end among all rows. */
static void carry_ends(const struct step *small, const size_t *ends, size_t count,
                       size_t *carried)
{
    for (size_t b = 0; b < LDSC_BLOCKS; b++) {
        carried[b] = b + 1 == LDSC_BLOCKS ? count : small->places[ends[b]];
    }
}

/* What a line through the first intercept gains in slope when that intercept falls by 1. */
static double slope_per_intercept(const struct block_rows *rows)
{
    double x = 0, xx = 0;

    for (size_t i = 0; i < rows->count; i++) {
        x += rows->w[i] * rows->x[i];
        xx += rows->w[i] * rows->x[i] * rows->x[i];
    }
    return x / xx;
}

/* Slopes and intercepts with blocks left out, both steps together, and their errors. */
static void finish(const struct task *task, struct block_line slope, struct block_line line,
                   double gain, const struct block_line *slopes, const struct block_line *lines,
                   struct ldsc_fit *fit)
{
    double *tops = arena_get(task->arena, LDSC_BLOCKS, sizeof *tops);
    double *feet = arena_get(task->arena, LDSC_BLOCKS, sizeof *feet);
    double scale = task->data->markers / task->mean_n;

    for (size_t b = 0; b < LDSC_BLOCKS; b++) {
        feet[b] = lines[b].intercept;
        tops[b] = scale * (slopes[b].slope - gain * (feet[b] - line.intercept));
    }
    fit->slope = scale * slope.slope;
    fit->slope_se = block_se(tops, LDSC_BLOCKS);
    fit->intercept = line.intercept;
    fit->intercept_se = block_se(feet, LDSC_BLOCKS);
    fit->slopes = tops;
}

static const char *fit_steps(const struct task *task, struct ldsc_fit *fit)
{
    struct block_line line, slope, lines[LDSC_BLOCKS], slopes[LDSC_BLOCKS];
    size_t ends[LDSC_BLOCKS], count = task->data->count;
    struct step all, small;
    double gain;

    if (!step_of_all(task, &all)) {
        return _("its weights cannot be told: an intercept is not above 0");
    }
    gain = slope_per_intercept(&all.rows);
    small = step_of_small(task, &all);
    if (small.rows.count < LDSC_LEAST_VARIANTS) {
        return _("too few variants have a chi-square below 30");
    }
    block_ends(small.rows.count, LDSC_BLOCKS, ends);
    if (!iterate(task, &small, ends, &line, lines)) {
        return _("no line can be fitted: LD scores times sizes do not differ, or an intercept "
                 "is not above 0");
    }
    carry_ends(&small, ends, count, ends);
    for (size_t i = 0; i < count; i++) {
        task->products[i] -= line.intercept;
    }
    all.intercept = line.intercept;
    if (!iterate(task, &all, ends, &slope, slopes)) {
        return _("no line can be fitted: an intercept is not above 0");
    }
    finish(task, slope, line, gain, slopes, lines, fit);
    return NULL;
}

static struct ldsc_fit fit_task(struct task *task)
{
    size_t count = task->data->count;
    struct ldsc_fit fit = {.variants = count, .inflation = NAN, .slope = NAN, .slope_se = NAN};

    fit.intercept = fit.intercept_se = NAN;
    fit.mean = summary_mean(task->products, count);
    if (task->of[0] == NULL) {
        double *spare = arena_get(task->arena, count, sizeof *spare);

        fit.inflation = summary_median(task->products, count, spare) / CHANCE_MEDIAN;
    }
    fit.failure = count < LDSC_LEAST_VARIANTS ? _("too few variants") : fit_steps(task, &fit);
    return fit;
}

struct ldsc_fit ldsc_heritability(const struct ldsc_data *data, int side, struct arena *arena)
{
    struct task task = begin(data, side, side, arena);

    return fit_task(&task);
}

struct ldsc_fit ldsc_covariance(const struct ldsc_data *data, const struct ldsc_fit *first,
                                const struct ldsc_fit *second, struct arena *arena)
{
    struct task task = begin(data, 0, 1, arena);

    task.of[0] = first;
    task.of[1] = second;
    return fit_task(&task);
}

struct ldsc_correlation ldsc_correlation(const struct ldsc_fit *first,
                                         const struct ldsc_fit *second,
                                         const struct ldsc_fit *both)
{
    double without[LDSC_BLOCKS];

    if (!(first->slope > 0) || !(second->slope > 0) || both->failure != NULL) {
        return (struct ldsc_correlation){NAN, NAN};
    }
    for (size_t b = 0; b < LDSC_BLOCKS; b++) {
        without[b] = first->slopes[b] > 0 && second->slopes[b] > 0
                         ? both->slopes[b] / sqrt(first->slopes[b] * second->slopes[b])
                         : NAN;
    }
    return (struct ldsc_correlation){both->slope / sqrt(first->slope * second->slope),
                                     block_se(without, LDSC_BLOCKS)};
}
