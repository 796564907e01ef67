#include "raps_definition.h"
#include <check.h>
#include <math.h>

double raps_psi(enum loss kind, double t)
{
    double u = t / 4.685;

    switch (kind) {
    case LOSS_HUBER:
        return fabs(t) <= 1.345 ? t : copysign(1.345, t);
    case LOSS_TUKEY:
        return fabs(u) < 1 ? t * (1 - u * u) * (1 - u * u) : 0;
    default:
        return t;
    }
}

double raps_rho(enum loss kind, double t)
{
    double u = fmin(1, fabs(t) / 4.685);

    switch (kind) {
    case LOSS_HUBER:
        return fabs(t) <= 1.345 ? t * t / 2 : 1.345 * fabs(t) - 1.345 * 1.345 / 2;
    case LOSS_TUKEY:
        return 1 - pow(1 - u * u, 3);
    default:
        return t * t / 2;
    }
}

struct raps_rest raps_rest_at(const struct pair *pair, enum loss kind, bool weighs_by_sx2,
                              double b, double tau2)
{
    double delta = raps_loss_of(kind).delta;
    struct raps_rest rest = {0, 0, 0, 0};

    for (size_t j = 0; j < pair->count; j++) {
        double x = pair->bx[j], y = pair->by[j], sx2 = pair->sx[j] * pair->sx[j];
        double s2 = pair->sy[j] * pair->sy[j] + tau2, v = s2 + b * b * sx2;
        double t = (y - b * x) / sqrt(v), weight = weighs_by_sx2 ? sx2 : 1;
        double exposure = (x / sx2 + b * y / s2) / (1 / sx2 + b * b / s2);
        double effect = exposure * raps_psi(kind, t) / sqrt(v);

        rest.effect += effect;
        rest.effect_size += fabs(effect);
        rest.excess += weight * (t * raps_psi(kind, t) - delta) / v;
        rest.excess_size += weight * delta / v;
    }
    return rest;
}

void raps_check_solves(const struct pair *pair, enum loss kind, bool weighs_by_sx2,
                       const struct raps_fit *fit, bool is_overdispersed)
{
    struct raps_rest rest = raps_rest_at(pair, kind, weighs_by_sx2, fit->b, fit->tau2);

    ck_assert_int_eq(fit->status, ESTIMATE_DONE);
    ck_assert_double_le(fabs(rest.effect), 1e-11 * rest.effect_size);
    if (fit->tau2 > 0) {
        ck_assert_double_le(fabs(rest.excess), 1e-11 * rest.excess_size);
    } else if (is_overdispersed && weighs_by_sx2) {
        ck_assert_double_le(rest.excess, 0);
    }
}
