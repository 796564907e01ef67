#include "estimate/cml_work.h"

/* The precision of quick fits, in standard errors of the fixed-effect IVW, is far below the
 * noise of perturbed effects; and of its size is the square of a jump's last step. */
#define PRECISION 1e-6
#define JUMP_PRECISION 1e-3

/* Turns without another variant before a jump: it then leads where turns would in 99 of 100. */
#define TURNS_TO_TRUST 2

/* Newton's steps to the bottom of a valley, and a step, in standard errors, that leaves it. */
#define MOST_STEPS 5
#define FAR_STEP 10

/* The likelihood of the valid variants at an effect: its misfit, slope and curvature by the
 * effect; and what a turn that starts at its best effect sees. */
struct valley {
    double misfit, slope, curvature;
};

WIDE_BODY void look(struct cml_work *work, double theta, struct valley *valley)
{
    wide_doubles misfit = {0}, slope = {0}, curvature = {0};

    for (size_t j = 0; j < work->padded; j += LANES) {
        wide_doubles y, x, r2, e, r, bend, term;
        wide_words valid;

        memcpy(&y, work->y + j, sizeof y);
        memcpy(&x, work->x + j, sizeof x);
        memcpy(&r2, work->r2 + j, sizeof r2);
        memcpy(&valid, work->is_valid + j, sizeof valid);
        e = y - theta * x;
        r = 1 / (1 + theta * theta * r2);
        /* half the derivative of log(1 + theta^2 r2) */
        bend = theta * r2 * r;
        term = (wide_doubles)(valid & (wide_words)(e * e * r));
        misfit += term;
        slope -= bend * term;
        term = (wide_doubles)(valid & (wide_words)(e * x * r));
        slope -= term;
        curvature += 4 * bend * term;
        term = (wide_doubles)(valid &
                              (wide_words)(x * x * r + e * e * r * (4 * bend * bend - r2 * r)));
        curvature += term;
    }
    valley->misfit = cml_work_sum(&misfit);
    valley->slope = cml_work_sum(&slope);
    valley->curvature = cml_work_sum(&curvature);
}

/* The true effects that go with an effect and the present valid variants, as turns without end
 * would leave them; whether the variants would stay the same. */
WIDE_BODY void settle(struct cml_work *work, double theta, bool *stays)
{
    struct cml_work_extremes extremes;

    cml_work_forget(&extremes);
    for (size_t j = 0; j < work->padded; j += LANES) {
        wide_doubles y, x, r2, m, off;
        wide_words valid;

        memcpy(&y, work->y + j, sizeof y);
        memcpy(&x, work->x + j, sizeof x);
        memcpy(&r2, work->r2 + j, sizeof r2);
        memcpy(&valid, work->is_valid + j, sizeof valid);
        m = (x + theta * r2 * y) / (1 + theta * theta * r2);
        cml_work_blend(&valid, &m, &x, &m);
        memcpy(work->m + j, &m, sizeof m);
        off = (y - theta * m) * (y - theta * m);
        cml_work_see(&extremes, &valid, &off);
    }
    *stays =
        cml_work_highest(&extremes.highest_valid) <= cml_work_lowest(&extremes.lowest_invalid);
}

WIDE_TARGET static void look_wide(struct cml_work *work, double theta, struct valley *valley)
{
    look(work, theta, valley);
}

static void look_plain(struct cml_work *work, double theta, struct valley *valley)
{
    look(work, theta, valley);
}

WIDE_TARGET static void settle_wide(struct cml_work *work, double theta, bool *stays)
{
    settle(work, theta, stays);
}

static void settle_plain(struct cml_work *work, double theta, bool *stays)
{
    settle(work, theta, stays);
}

/* Newton's steps from *theta to the bottom of the valley of the present valid variants; false
 * where they do not get there. */
static bool descend(struct cml_work *work, double *theta, double near, struct valley *valley)
{
    double at = *theta;

    for (int i = 0; i < MOST_STEPS; i++) {
        double step;

        (WIDE_IS_THERE() ? look_wide : look_plain)(work, at, valley);
        step = valley->slope / valley->curvature;
        if (!(valley->curvature > 0) || !(fabs(step) < FAR_STEP * work->unit)) {
            return false;
        }
        at -= step;
        /* what is left of the error goes with the square of the step */
        if (fabs(step) <= near) {
            valley->misfit -= valley->slope * step;
            *theta = at;
            return true;
        }
    }
    return false;
}

/* Whether turns without end would stay where a jump to the bottom of the valley leads. */
static bool jump(struct cml_work *work, double *theta, struct cml_fit *fit)
{
    struct valley valley;
    bool stays;

    if (!descend(work, theta, JUMP_PRECISION * work->unit, &valley)) {
        return false;
    }
    (WIDE_IS_THERE() ? settle_wide : settle_plain)(work, *theta, &stays);
    *fit = (struct cml_fit){*theta, NAN, valley.misfit};
    return stays;
}

struct cml_fit cml_fit_quickly(struct cml_work *work, size_t invalid)
{
    double theta = work->first[invalid], before = 0, near = PRECISION * work->unit;
    struct cml_fit fit;
    int same = 0;

    /* after the first turn */
    cml_work_start(work, invalid);
    memcpy(work->m, work->x, work->padded * sizeof *work->m);
    for (int i = 1; i < CML_WORK_MOST_TURNS && !(fabs(theta - before) <= near); i++) {
        before = theta;
        same = cml_work_turn(work, invalid, &theta) ? same + 1 : 0;
        if (same >= TURNS_TO_TRUST && jump(work, &theta, &fit)) {
            return fit;
        }
    }
    return cml_work_measure(work, theta);
}
