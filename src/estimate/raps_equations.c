#include "estimate/raps_equations.h"
#include "numeric/minimise.h"
#include <math.h>

/* The steps away from a place: the first in standard errors, how fast they grow, how many. */
#define FIRST_STEP 0.125
#define GROWTH 1.3
#define STEPS 44

/* The steps in tau2: the first in a usual variance or in tau2, how fast they grow, how many. */
#define FIRST_EXCESS_STEP 1e-3
#define FIRST_EXCESS_SHARE 0.05
#define EXCESS_GROWTH 4
#define EXCESS_STEPS 200

/* Newton's steps to tau2: how many at most, and the last in shares of tau2. */
#define NEWTON_STEPS 20
#define NEWTON_PRECISION 1e-9

/* A change of sign whose value does not fall to this share is a jump, not a root. */
#define JUMP 1e-3

/* How much better than an infinite effect a finite one has to fit. */
#define LEAST_GAIN 1e-12

static double variance_of(const struct raps_data *data, size_t j, struct raps_place at)
{
    return data->sy2[j] + at.tau2 + at.b * at.b * data->sx2[j];
}

/* The variant with the largest variance; its v in *largest. */
static size_t largest_variance(const struct raps_data *data, struct raps_place at,
                               double *largest)
{
    size_t which = 0;

    *largest = 0;
    for (size_t j = 0; j < data->count; j++) {
        double v = variance_of(data, j, at);

        if (v > *largest) {
            *largest = v;
            which = j;
        }
    }
    return which;
}

static double effect_of_shared_scale(const struct raps_equations *in, struct raps_place at)
{
    const struct raps_data *data = in->data;
    double v, sum = 0, bend = at.b * data->sx2[largest_variance(data, at, &v)];

    for (size_t j = 0; j < data->count; j++) {
        double e = data->y[j] - at.b * data->x[j];

        sum += raps_loss_weight(&in->loss, e * e / v) * e * (data->x[j] * v + e * bend);
    }
    return sum / (v * v);
}

double raps_equations_effect(const struct raps_equations *in, struct raps_place at)
{
    const struct raps_data *data = in->data;
    double sum = 0;

    if (in->shares_scale) {
        return effect_of_shared_scale(in, at);
    }
    for (size_t j = 0; j < data->count; j++) {
        double sx2 = data->sx2[j], x = data->x[j], y = data->y[j];
        double s2 = data->sy2[j] + at.tau2, e = y - at.b * x;
        double share = 1 / (s2 + at.b * at.b * sx2);
        double weight = raps_loss_weight(&in->loss, e * e * share);

        sum += weight * e * share * ((x * s2 + at.b * y * sx2) * share);
    }
    return sum;
}

/* What is left of the equation of tau2, and its slope in tau2. */
struct excess {
    double value, slope;
};

static struct excess excess_at(const struct raps_equations *in, struct raps_place at)
{
    const struct raps_data *data = in->data;
    struct excess sums = {0, 0};
    double largest, shared = 0;

    if (in->shares_scale) {
        largest_variance(data, at, &largest);
        shared = 1 / largest;
    }
    for (size_t j = 0; j < data->count; j++) {
        double e = data->y[j] - at.b * data->x[j], share = 1 / variance_of(data, j, at);
        double scale = in->shares_scale ? shared : share, t2 = e * e * scale;
        double rest = t2 * raps_loss_weight(&in->loss, t2) - in->loss.delta;
        double weight = (in->weighs_by_sx2 ? data->sx2[j] : 1) * share;

        sums.value += weight * rest;
        sums.slope -= weight * (raps_loss_fall(&in->loss, t2) * scale + rest * share);
    }
    return sums;
}

double raps_equations_excess(const struct raps_equations *in, struct raps_place at)
{
    return excess_at(in, at).value;
}

double raps_equations_loss(const struct raps_equations *in, struct raps_place at)
{
    const struct raps_data *data = in->data;
    double sum = 0;

    for (size_t j = 0; j < data->count; j++) {
        double e = data->y[j] - at.b * data->x[j];

        sum += raps_loss_value(&in->loss, e * e / variance_of(data, j, at));
    }
    return sum;
}

/* The equations with one of the two numbers held. */
struct held {
    const struct raps_equations *in;
    struct raps_place at;
};

static double effect_at_b(double b, void *context)
{
    const struct held *held = context;

    return raps_equations_effect(held->in, (struct raps_place){b, held->at.tau2});
}

static double excess_at_tau2(double tau2, void *context)
{
    const struct held *held = context;

    return raps_equations_excess(held->in, (struct raps_place){held->at.b, tau2});
}

static double loss_at_infinity(const struct raps_equations *in)
{
    double sum = 0;

    for (size_t j = 0; j < in->data->count; j++) {
        double x = in->data->x[j];

        sum += raps_loss_value(&in->loss, x * x / in->data->sx2[j]);
    }
    return sum;
}

/* The lowest point of a valley. */
struct valley {
    double loss, b;
};

/* Looks at the valley between two effects, if there is one; likely effects go before others. */
static void take_valley(struct held *held, double left, double right, struct valley *likely,
                        struct valley *other)
{
    struct valley here;
    struct valley *lowest;

    if (!minimise_root(effect_at_b, held, left, right, &here.b)) {
        return;
    }
    lowest = fabs(here.b) <= held->in->data->bound ? likely : other;
    here.loss = raps_equations_loss(held->in, (struct raps_place){here.b, held->at.tau2});
    if (here.loss < lowest->loss) {
        *lowest = here;
    }
}

bool raps_equations_lowest(const struct raps_equations *in, double tau2, double *b)
{
    const double *grid = in->data->grid;
    struct held held = {in, {0, tau2}};
    struct valley likely = {INFINITY, NAN}, other = likely;
    double infinite = loss_at_infinity(in), last = 0;

    for (size_t i = 0; i < in->data->grid_count; i++) {
        double downhill = effect_at_b(grid[i], &held);

        if (i > 0 && last >= 0 && downhill <= 0 && last != downhill) {
            take_valley(&held, grid[i - 1], grid[i], &likely, &other);
        }
        last = downhill;
    }
    *b = isfinite(likely.loss) ? likely.b : other.b;
    return isfinite(likely.loss) || infinite - other.loss > LEAST_GAIN * infinite;
}

/* Newton's steps, as long as each is less than half the one before; false if they are not. */
static bool follow_slope(const struct held *held, double *tau2)
{
    double last = INFINITY;

    for (int i = 0; i < NEWTON_STEPS; i++) {
        struct excess here = excess_at(held->in, (struct raps_place){held->at.b, *tau2});
        double step = -here.value / here.slope;

        if (!(here.slope < 0) || !(fabs(step) < 0.5 * last)) {
            return false;
        }
        if (*tau2 == 0 && step <= 0) {
            return true;
        }
        last = fabs(step);
        *tau2 = fmax(0, *tau2 + step);
        if (last <= NEWTON_PRECISION * *tau2) {
            return true;
        }
    }
    return false;
}

/* The same by steps to one side and a bracket. */
static double walk_to_tau2(struct held *held, double near)
{
    double far = near, root;
    double step = fmax(FIRST_EXCESS_SHARE * near, FIRST_EXCESS_STEP * held->in->data->variance);
    double excess = excess_at_tau2(near, held);
    bool is_up = excess > 0;

    for (int i = 0; i < EXCESS_STEPS; i++) {
        double value;

        far = is_up ? near + step : fmax(0, near - step);
        value = excess_at_tau2(far, held);
        if ((value > 0) != is_up) {
            break;
        }
        if (far == 0) {
            return 0;
        }
        near = far;
        step *= EXCESS_GROWTH;
    }
    return minimise_root(excess_at_tau2, held, near, far, &root) ? root : NAN;
}

/* The root of the excess at held->at.b, reached from held->at.tau2 without a jump; 0 where the
 * excess is negative all the way down. A shared scale begins at 0. */
static double follow_tau2(struct held *held)
{
    double near = held->in->shares_scale ? 0 : held->at.tau2, tau2 = near;

    return follow_slope(held, &tau2) ? tau2 : walk_to_tau2(held, near);
}

double raps_equations_tau2(const struct raps_equations *in, struct raps_place from)
{
    return follow_tau2(&(struct held){in, from});
}

/* The equation of the effect where tau2 follows the effect. */
static double followed_effect(double b, void *context)
{
    struct held *held = context;
    struct held here = {held->in, {b, held->at.tau2}};

    return effect_at_b(b, &(struct held){held->in, {b, follow_tau2(&here)}});
}

/* One side of the search: where it is, and what the equation is there. */
struct side {
    struct held held;
    double value;
};

static struct side side_at(const struct raps_equations *in, struct raps_place from)
{
    struct side side = {{in, from}, 0};

    side.held.at.tau2 = follow_tau2(&side.held);
    side.value = effect_at_b(from.b, &side.held);
    return side;
}

/* A solution between two neighbouring places; false for none, and for a jump. */
static bool solve_between(struct side *last, const struct side *next, struct raps_place *found)
{
    double b, value, most = fmax(fabs(last->value), fabs(next->value));
    struct held here = last->held;

    if ((last->value > 0) == (next->value > 0) ||
        !minimise_root(followed_effect, &last->held, last->held.at.b, next->held.at.b, &b)) {
        return false;
    }
    here.at.b = b;
    here.at.tau2 = follow_tau2(&here);
    value = effect_at_b(b, &here);
    *found = here.at;
    return fabs(value) <= JUMP * most;
}

/* One step to one side; true if that found a solution nearer than *found. */
static bool step_aside(struct side *side, double step, double centre, double *nearest,
                       struct raps_place *found)
{
    const struct raps_place from = {side->held.at.b + step, side->held.at.tau2};
    struct side next = side_at(side->held.in, from);
    struct raps_place place;
    bool is_nearer = solve_between(side, &next, &place) && fabs(place.b - centre) < *nearest;

    if (is_nearer) {
        *nearest = fabs(place.b - centre);
        *found = place;
    }
    *side = next;
    return is_nearer;
}

/* A rough standard error of the effect, to measure steps by. */
static double rough_error(const struct raps_data *data, struct raps_place at)
{
    double information = 0;

    for (size_t j = 0; j < data->count; j++) {
        information += data->x[j] * data->x[j] / variance_of(data, j, at);
    }
    return 1 / sqrt(information);
}

bool raps_equations_nearest(const struct raps_equations *in, struct raps_place from,
                            bool is_downhill, struct raps_place *found)
{
    struct side right = side_at(in, from), left = right;
    double step = FIRST_STEP * rough_error(in->data, right.held.at), nearest = INFINITY;
    bool goes_right = !is_downhill || right.value > 0;
    bool goes_left = !is_downhill || right.value < 0;

    *found = right.held.at;
    if (right.value == 0) {
        return true;
    }
    for (int i = 0; i < STEPS && isfinite(step); i++) {
        bool is_right = goes_right && step_aside(&right, step, from.b, &nearest, found);
        bool is_left = goes_left && step_aside(&left, -step, from.b, &nearest, found);

        if (is_right || is_left) {
            return true;
        }
        step *= GROWTH;
    }
    return false;
}
