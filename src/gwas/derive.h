/*
 * An effect and its SE out of what tables hold in their place: odds ratios, intervals, Z, P.
 * In: the figures of a row, NaN where missing. Out: beta and SE, and where they came from.
 */
#ifndef GWAS_DERIVE_H
#define GWAS_DERIVE_H

#include "gwas/columns.h"

/* The figures of a row. */
struct derive_figures {
    double beta;
    double se;           /* of beta; beside an odds ratio of it or of its log */
    double odds_ratio;   /* or a hazard ratio */
    double lower, upper; /* 95% interval, of the odds ratio where there is no beta */
    double z;
    double n, eaf;
    double neglog10_p;
};

/* What the SE of a row is. */
enum derive_se {
    DERIVE_GIVEN,       /* the table's own */
    DERIVE_GIVEN_RATIO, /* the table's own, beside an odds ratio: of it or of its log */
    DERIVE_INTERVAL,    /* from the 95% interval */
    DERIVE_Z,           /* |effect / z| */
    DERIVE_P,           /* |effect| over the z of P */
    DERIVE_N,           /* effect and SE from z, n and EAF, per SD of the trait */
    DERIVE_NONE,        /* there is none */
};

/*
 * Sets *beta (of an odds ratio its natural logarithm) and *se; NaN where nothing gives them. An
 * SE beside an odds ratio stays as it is. From Z: beta = z / sqrt(2 p (1-p) (n + z^2)) and its
 * SE, per SD of the trait (Zhu et al. 2016, Nat Genet 48:481).
 */
enum derive_se derive_effect(const struct derive_figures *figures, double *beta, double *se);

/*
 * How much better a row's P, or its interval, is met when the SE beside an odds ratio is that
 * of its logarithm than when it is that of the ratio itself: above 0 the logarithm, below 0 the
 * ratio, 0 where the row tells nothing. Odds ratios near 1 tell little. beta is ln OR.
 */
double derive_evidence(const struct derive_figures *figures, double beta);

/* EAF of the effect allele from the minor allele and its frequency; NaN when the minor allele
 * is neither. */
double derive_eaf(const char *effect, const char *other, const char *minor, double frequency);

#endif
