#include "estimate/cml_work.h"

/* A move of less, in standard errors of the fixed-effect IVW, is the last: no digit that is
 * printed depends on it. */
#define PRECISION 1e-11

/* So few candidates are sorted by insertion. */
#define SMALL_WINDOW 16

static double *doubles(size_t count, struct arena *arena)
{
    return arena_get(arena, count, sizeof(double));
}

struct cml_work *cml_begin(const double *sx, const double *sy, size_t count,
                           struct arena *arena)
{
    struct cml_work *work = arena_get(arena, 1, sizeof *work);
    size_t padded = (count + LANES - 1) / LANES * LANES;
    double *own_sy = doubles(count, arena);

    *work = (struct cml_work){.count = count, .padded = padded, .sy = own_sy};
    work->y = doubles(padded, arena);
    work->x = doubles(padded, arena);
    work->r2 = doubles(padded, arena);
    work->m = doubles(padded, arena);
    work->next_m = doubles(padded, arena);
    work->distance = doubles(padded, arena);
    work->is_valid = arena_get(arena, padded, sizeof *work->is_valid);
    work->order = arena_get(arena, count, sizeof *work->order);
    work->first = doubles(count + 1, arena);
    work->choices = arena_get(arena, count, sizeof *work->choices);
    for (size_t j = count; j < padded; j++) {
        work->r2[j] = 1;
    }
    for (size_t j = 0; j < count; j++) {
        own_sy[j] = sy[j];
        work->r2[j] = sx[j] / sy[j] * (sx[j] / sy[j]);
    }
    return work;
}

/* Worse fits come first, equal ones as they came. */
static bool is_before(struct candidate one, struct candidate other)
{
    return one.distance > other.distance || (one.distance == other.distance && one.j < other.j);
}

/* Shell's sort, which is insertion alone for a few. */
static void sort(struct candidate *items, size_t count)
{
    size_t gap = count <= SMALL_WINDOW ? 2 : count;

    while (gap > 1) {
        gap = gap < 5 ? 1 : (gap * 5 - 1) / 11;
        for (size_t i = gap; i < count; i++) {
            struct candidate item = items[i];
            size_t at = i;

            for (; at >= gap && is_before(item, items[at - gap]); at -= gap) {
                items[at] = items[at - gap];
            }
            items[at] = item;
        }
    }
}

/* Parts items around a pivot from their middle; returns where the pivot lands. */
static size_t part(struct candidate *items, size_t count)
{
    struct candidate pivot = items[count / 2];
    size_t store = 0;

    items[count / 2] = items[count - 1];
    for (size_t i = 0; i + 1 < count; i++) {
        struct candidate item = items[i];

        items[i] = items[store];
        items[store] = item;
        store += (size_t)is_before(item, pivot);
    }
    items[count - 1] = items[store];
    items[store] = pivot;
    return store;
}

/* Brings the first `wanted` of items in their order to the front. */
static void bring_forward(struct candidate *items, size_t count, size_t wanted)
{
    while (count > SMALL_WINDOW) {
        size_t pivot = part(items, count);

        if (pivot == wanted) {
            return;
        }
        if (pivot > wanted) {
            count = pivot;
        } else {
            items += pivot + 1;
            count -= pivot + 1;
            wanted -= pivot + 1;
        }
    }
    sort(items, count);
}

void cml_load(struct cml_work *work, const double *bx, const double *by, size_t most)
{
    double information = 0, kept = 0;

    for (size_t j = 0; j < work->count; j++) {
        work->x[j] = bx[j] / work->sy[j];
        work->y[j] = by[j] / work->sy[j];
        information += work->x[j] * work->x[j];
        kept += work->x[j] * work->y[j];
        work->order[j] = (struct candidate){work->y[j] * work->y[j], j};
    }
    work->unit = 1 / sqrt(information);
    bring_forward(work->order, work->count, most);
    sort(work->order, most);
    for (size_t i = 0; i <= most; i++) {
        work->first[i] = kept / information;
        kept -= i < most ? work->x[work->order[i].j] * work->y[work->order[i].j] : 0;
    }
}

/* Makes the `invalid` variants of largest distance invalid; none that fits better than all
 * invalid ones of now can be among them. */
static void choose(struct cml_work *work, size_t invalid, double lowest_invalid)
{
    struct candidate *choices = work->choices;
    size_t count = 0;

    for (size_t j = 0; j < work->count; j++) {
        choices[count] = (struct candidate){work->distance[j], j};
        count += work->distance[j] >= lowest_invalid;
    }
    bring_forward(choices, count, invalid);
    memset(work->is_valid, 0xff, work->count * sizeof *work->is_valid);
    for (size_t i = 0; i < invalid; i++) {
        work->is_valid[choices[i].j] = 0;
    }
}

/* What a turn leaves: the next effect is along / across. */
struct turn {
    double along, across;
    double highest_valid, lowest_invalid;
};

double cml_work_sum(const wide_doubles *lanes)
{
    return ((*lanes)[0] + (*lanes)[1]) + ((*lanes)[2] + (*lanes)[3]);
}

double cml_work_highest(const wide_doubles *lanes)
{
    return fmax(fmax((*lanes)[0], (*lanes)[1]), fmax((*lanes)[2], (*lanes)[3]));
}

double cml_work_lowest(const wide_doubles *lanes)
{
    return fmin(fmin((*lanes)[0], (*lanes)[1]), fmin((*lanes)[2], (*lanes)[3]));
}

/* One turn at the effect theta: distances, true effects, and the sums of the next effect. */
WIDE_BODY void take_turn(struct cml_work *work, double theta, struct turn *turn)
{
    wide_doubles along = {0}, across = {0};
    struct cml_work_extremes extremes;

    cml_work_forget(&extremes);
    for (size_t j = 0; j < work->padded; j += LANES) {
        wide_doubles y, x, r2, m, fitted, off, toward;
        wide_words valid;

        memcpy(&y, work->y + j, sizeof y);
        memcpy(&x, work->x + j, sizeof x);
        memcpy(&r2, work->r2 + j, sizeof r2);
        memcpy(&m, work->m + j, sizeof m);
        memcpy(&valid, work->is_valid + j, sizeof valid);
        fitted = theta * m;
        off = (y - fitted) * (y - fitted);
        memcpy(work->distance + j, &off, sizeof off);
        cml_work_see(&extremes, &valid, &off);
        cml_work_blend(&valid, &y, &fitted, &toward);
        m = (x + theta * r2 * toward) / (1 + theta * theta * r2);
        memcpy(work->next_m + j, &m, sizeof m);
        along += toward * m;
        across += m * m;
    }
    turn->along = cml_work_sum(&along);
    turn->across = cml_work_sum(&across);
    turn->highest_valid = cml_work_highest(&extremes.highest_valid);
    turn->lowest_invalid = cml_work_lowest(&extremes.lowest_invalid);
}

WIDE_TARGET static void take_turn_wide(struct cml_work *work, double theta, struct turn *turn)
{
    take_turn(work, theta, turn);
}

static void take_turn_plain(struct cml_work *work, double theta, struct turn *turn)
{
    take_turn(work, theta, turn);
}

void cml_work_start(struct cml_work *work, size_t invalid)
{
    memset(work->m, 0, work->padded * sizeof *work->m);
    memset(work->is_valid, 0xff, work->padded * sizeof *work->is_valid);
    for (size_t i = 0; i < invalid; i++) {
        work->is_valid[work->order[i].j] = 0;
    }
}

/* A variant whose pleiotropy is exactly none is valid after all. */
static void free_exact(struct cml_work *work)
{
    for (size_t j = 0; j < work->count; j++) {
        if (work->distance[j] == 0) {
            work->is_valid[j] = UINT64_MAX;
        }
    }
}

struct cml_fit cml_work_measure(const struct cml_work *work, double theta)
{
    struct cml_fit fit = {theta, NAN, 0};
    double information = 0;

    for (size_t j = 0; j < work->count; j++) {
        double m = work->m[j], r2 = work->r2[j];
        double ex = work->x[j] - m, ey = work->y[j] - theta * m, bend = ey - theta * m;
        double counts = work->is_valid[j] ? 1 : 0;

        fit.misfit += counts * (ex * ex / r2 + ey * ey);
        information += counts * (m * m - bend * bend * r2 / (1 + theta * theta * r2));
    }
    if (information > 0) {
        fit.se = 1 / sqrt(information);
    }
    return fit;
}

bool cml_work_turn(struct cml_work *work, size_t invalid, double *theta)
{
    void (*const take)(struct cml_work *, double, struct turn *) =
        WIDE_IS_THERE() ? take_turn_wide : take_turn_plain;
    double *spare = work->m;
    struct turn turn;
    bool is_same;

    take(work, *theta, &turn);
    is_same = turn.highest_valid <= turn.lowest_invalid;
    if (!is_same) {
        choose(work, invalid, turn.lowest_invalid);
        take(work, *theta, &turn);
    }
    *theta = turn.along / turn.across;
    work->m = work->next_m;
    work->next_m = spare;
    return is_same;
}

struct cml_fit cml_fit_of(struct cml_work *work, size_t invalid)
{
    double theta = 0, before = NAN;

    cml_work_start(work, invalid);
    for (int i = 0;
         i < CML_WORK_MOST_TURNS && !(fabs(theta - before) <= PRECISION * work->unit); i++) {
        before = theta;
        cml_work_turn(work, invalid, &theta);
    }
    free_exact(work);
    return cml_work_measure(work, theta);
}

bool cml_is_invalid(const struct cml_work *work, size_t j)
{
    return work->is_valid[j] == 0;
}
