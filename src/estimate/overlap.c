#include "estimate/overlap.h"
#include "numeric/minimise.h"
#include "numeric/tail.h"
#include <math.h>

#define MOST_SHARE 0.3

/* Expectations over all markers, one marker's, of those that pass the cut. */
struct moments {
    double squares; /* of the observed effect on the exposure, squared */
    double causal;  /* of it times the true effect */
    double errors;  /* of it times its own error, times the sample's size */
};

/* The paper's A, B and C: a normal of variance 1 + n sigma^2, or 1, beyond the cut. */
static struct moments moments_at(const struct overlap *overlap, double share)
{
    double n = overlap->exposure_n, cut = overlap->cut;
    double variance = overlap->heritability / (share * overlap->markers);
    double spread = 1 + n * variance;
    double beyond = 0.5 * tail_normal_two_sided(cut / sqrt(spread));
    double edge = 2 * cut / sqrt(spread) * exp(density_normal_log(cut / sqrt(spread)));
    double acting = 2 * beyond + edge; /* E[z^2] over spread */
    double idle = tail_normal_two_sided(cut) + 2 * cut * exp(density_normal_log(cut));

    return (struct moments){(share * spread * acting + (1 - share) * idle) / n,
                            share * variance * acting, share * acting + (1 - share) * idle};
}

struct overlap_bias overlap_bias_at(const struct overlap *overlap, double share)
{
    struct moments at = moments_at(overlap, share);
    double covariance = overlap->intercept / sqrt(overlap->exposure_n * overlap->outcome_n);

    return (struct overlap_bias){covariance * at.errors / at.squares, at.squares / at.causal};
}

static double excess(double log_share, void *context)
{
    const struct overlap *overlap = context;

    return log(moments_at(overlap, exp(log_share)).squares * overlap->markers) -
           log(overlap->squares);
}

static double shortfall(double log_share, void *context)
{
    return -excess(log_share, context);
}

/* From few markers to many the squares rise a little at first, by the errors of those that act,
 * and then fall: the share is sought on the way down. */
bool overlap_share(const struct overlap *overlap, double *share)
{
    struct overlap copy = *overlap;
    double peak, where;

    (void)minimise_on_interval(shortfall, &copy, -log(overlap->markers), log(MOST_SHARE),
                               &peak);
    if (!minimise_root(excess, &copy, peak, log(MOST_SHARE), &where)) {
        return false;
    }
    *share = exp(where);
    return true;
}

double overlap_corrected(const struct overlap *overlap, double observed)
{
    struct overlap_bias bias;
    double share;

    if (!overlap_share(overlap, &share)) {
        return NAN;
    }
    bias = overlap_bias_at(overlap, share);
    return (observed - bias.shift) * bias.stretch;
}
