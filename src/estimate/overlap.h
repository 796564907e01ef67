/*
 * What choosing variants by their P and having people in both samples do to IVW, and IVW
 * without it (Mounier and Kutalik 2023, Genetic Epidemiology 47:314; the R package MRlap). In:
 * effects per standard deviation of genotype and traits, the exposure's heritability, the
 * intercept of the cross-trait LD score regression. Out: the corrected effect. A share pi of
 * the markers acts on the exposure, their effects normal with variance h2 / (pi M); pi is found
 * from how large the chosen variants' effects are.
 */
#ifndef ESTIMATE_OVERLAP_H
#define ESTIMATE_OVERLAP_H

#include <stdbool.h>

struct overlap {
    double exposure_n, outcome_n;
    double intercept;    /* of cross-trait LD score regression; 0: no one in both samples */
    double heritability; /* of the exposure, in its sample */
    double markers;      /* independent ones, M */
    double cut;          /* variants are chosen when |z| is at least this */
    double squares;      /* sum of the chosen variants' squared effects on the exposure */
};

/* The share of markers that act, between one of them and 0.3; false where none gives such
 * squares. */
bool overlap_share(const struct overlap *overlap, double *share);

/* What IVW's expectation is made of at a share: corrected = (observed - shift) * stretch. */
struct overlap_bias {
    double shift, stretch;
};
struct overlap_bias overlap_bias_at(const struct overlap *overlap, double share);

/* The corrected effect of an observed one; NaN where there is no share. */
double overlap_corrected(const struct overlap *overlap, double observed);

#endif
