#include "estimate/raps_loss.h"
#include <math.h>

#define HUBER_K 1.345
#define TUKEY_K 4.685
#define ROOT_HALF 0.70710678118654752440
#define ROOT_TWO_PI 2.50662827463100050242

#define MOMENTS 7

/* E[N^(2i)] over |N| <= k, for i from 0, by parts. */
static void moments_within(double k, double moments[MOMENTS])
{
    double edge = 2 * k * exp(-0.5 * k * k) / ROOT_TWO_PI;

    moments[0] = erf(k * ROOT_HALF);
    for (int i = 1; i < MOMENTS; i++) {
        moments[i] = (2 * i - 1) * moments[i - 1] - edge;
        edge *= k * k;
    }
}

static struct raps_loss squares(void)
{
    return (struct raps_loss){LOSS_L2, INFINITY, 1, 1, 2, 1};
}

static struct raps_loss huber(void)
{
    double k2 = HUBER_K * HUBER_K, m[MOMENTS];
    struct raps_loss loss = {.kind = LOSS_HUBER, .k = HUBER_K};

    moments_within(HUBER_K, m);
    loss.delta = m[0];
    loss.c1 = m[1] + k2 * (1 - m[0]);
    loss.c2 = m[2] + k2 * (1 - m[1]) - loss.delta * loss.delta;
    loss.c3 = m[1];
    return loss;
}

static struct raps_loss tukey(void)
{
    static const double fourth[] = {1, -4, 6, -4, 1}; /* of (1 - u)^4 */
    double k2 = TUKEY_K * TUKEY_K, power = 1, m[MOMENTS];
    struct raps_loss loss = {.kind = LOSS_TUKEY, .k = TUKEY_K};

    moments_within(TUKEY_K, m);
    loss.delta = m[1] - 2 * m[2] / k2 + m[3] / (k2 * k2);
    loss.c2 = -loss.delta * loss.delta;
    loss.c3 = m[1] - 6 * m[2] / k2 + 5 * m[3] / (k2 * k2);
    for (int i = 0; i < 5; i++) {
        loss.c1 += fourth[i] * m[i + 1] / power;
        loss.c2 += fourth[i] * m[i + 2] / power;
        power *= k2;
    }
    return loss;
}

struct raps_loss raps_loss_of(enum loss kind)
{
    switch (kind) {
    case LOSS_HUBER:
        return huber();
    case LOSS_TUKEY:
        return tukey();
    default:
        return squares();
    }
}
