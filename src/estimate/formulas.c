#include "estimate/formulas.h"
#include "base/i18n.h"
#include <string.h>

static const struct formula formulas[] = {
    {"wald", N_("b = by/bx\nse = sy/|bx|"), 0, {0}},
    {"ivw",
     N_("w = bx^2/sy^2, r = by/bx\nb = sum(w r)/sum(w)\n"
        "se = max(1, s)/sqrt(sum(w)), s^2 = Q/(J-1), Q = sum(w (r-b)^2)"),
     0,
     {0}},
    {"ivw_fe",
     N_("w = bx^2/sy^2, r = by/bx\nb = sum(w r)/sum(w)\nse = 1/sqrt(sum(w))"),
     0,
     {0}},
    {"ivw_mre",
     N_("w = bx^2/sy^2, r = by/bx\nb = sum(w r)/sum(w)\n"
        "se = s/sqrt(sum(w)), s^2 = Q/(J-1), also where s is below 1"),
     0,
     {0}},
    {"ivw_are",
     N_("r = by/bx, v = sy^2/bx^2 + r^2 sx^2/bx^2\n"
        "t2 >= 0 by restricted maximum likelihood\n"
        "w = 1/(v+t2); b = sum(w r)/sum(w); se = 1/sqrt(sum(w))"),
     0,
     {0}},
    {"egger",
     N_("alleles turned so that bx > 0\nby = a + b bx, weights 1/sy^2\n"
        "se times max(1, s) of the fit; a tests directional pleiotropy"),
     0,
     {0}},
    {"egger_boot",
     N_("bx* drawn from N(bx, sx), by* from N(by, sy), many times\n"
        "w = 1/sy^2; slope = cov(w bx*, w by*)/var(w bx*)\n"
        "b is the mean of the slopes, se their deviation"),
     0,
     {0}},
    {"simple_median",
     N_("b = median of r = by/bx\nse from drawing both effects again"),
     0,
     {0}},
    {"weighted_median",
     N_("w = 1/(sy^2/bx^2 + by^2 sx^2/bx^4), or bx^2/sy^2 as MendelianRandomization\n"
        "r = by/bx in order; b = r where the running sum of w passes one half\n"
        "se from drawing both effects again"),
     0,
     {0}},
    {"penalised_weighted_median",
     N_("p = tail of chi2(1) at w (r-b)^2, b and w of the weighted median\n"
        "w* = w min(1, penalty p)\nb = weighted median with w*"),
     1,
     {PARAMETER_PENALTY}},
    {"simple_mode",
     N_("density of r = by/bx, equal weights\n"
        "h = phi 0.9 min(deviation, MAD)/J^(1/5)\nb = where the density is highest; se drawn"),
     1,
     {PARAMETER_BANDWIDTH}},
    {"weighted_mode",
     N_("density of r = by/bx, weights 1/se(r)^2\n"
        "h = phi 0.9 min(deviation, MAD)/J^(1/5)\nb = where the density is highest; se drawn"),
     1,
     {PARAMETER_BANDWIDTH}},
    {"penalised_mode",
     N_("as the weighted mode b0, then w* = w min(1, penalty p)\n"
        "p = tail of chi2(1) at (r-b0)^2/se(r)^2\nb = mode with w*; se drawn"),
     2,
     {PARAMETER_BANDWIDTH, PARAMETER_PENALTY}},
    {"simple_mode_nome",
     N_("density of r = by/bx, equal weights, se(r) = sy/|bx|\nb = where it is highest"),
     1,
     {PARAMETER_BANDWIDTH}},
    {"weighted_mode_nome",
     N_("density of r = by/bx, weights bx^2/sy^2\nb = where it is highest"),
     1,
     {PARAMETER_BANDWIDTH}},
    {"ivw_radial",
     N_("w = bx^2/sy^2, or with sx too; r = by/bx\nsqrt(w) r = b sqrt(w), least squares\n"
        "weights modified: made again at the slope found"),
     2,
     {PARAMETER_RADIAL_WEIGHTS, PARAMETER_RADIAL_FIT}},
    {"egger_radial",
     N_("w as in radial IVW, r = by/bx\nsqrt(w) r = a + b sqrt(w), least squares"),
     1,
     {PARAMETER_RADIAL_WEIGHTS}},
    {"ivw_delta",
     N_("r = by/bx, v = (sy^2 + r^2 sx^2 - 2 psi r sx sy)/bx^2\n"
        "b = sum(r/v)/sum(1/v), as IVW"),
     1,
     {PARAMETER_PSI}},
    {"ivw_penalised",
     N_("p = tail of chi2(1) at w (r-m)^2, m the median\nw* = w min(1, 100 p)\n"
        "b = IVW with w*"),
     0,
     {0}},
    {"egger_penalised",
     N_("p = tail of chi2(1) at each squared residual of MR Egger\n"
        "w* = w min(1, 100 p)\nMR Egger with w*"),
     0,
     {0}},
    {"ivw_robust",
     N_("by = b bx, weights 1/sy^2, MM regression\nTukey's bisquare loss on the residuals"),
     0,
     {0}},
    {"egger_robust",
     N_("by = a + b bx, weights 1/sy^2, MM regression\nTukey's bisquare loss on the residuals"),
     0,
     {0}},
    {"egger_simex",
     N_("noise of variance k sx^2 is added to bx, k = 0.5, 1, 1.5, 2\n"
        "MR Egger of each; a parabola in k, read at k = -1"),
     0,
     {0}},
    {"sign",
     N_("b = 2 k/J - 1, k = pairs of effects with the same sign\np = binomial test of one "
        "half"),
     0,
     {0}},
    {"uwr", N_("by = b bx, equal weights, no intercept"), 0, {0}},
    {"grip",
     N_("bx by = a + b bx^2, weights 1/(bx sy)^2\nthe same whichever allele is counted"),
     0,
     {0}},
    {"grip_adjusted",
     N_("bx by = a + b bx^2, weights 1/(bx sy)^2\nb freed of the noise sx^2 in bx^2"),
     0,
     {0}},
    {"maxlik",
     N_("bx ~ N(x, sx), by ~ N(b x, sy)\nlikelihood highest over b and every x\n"
        "se from its curvature"),
     0,
     {0}},
    {"raps",
     N_("t = (by - b bx)/sqrt(sy^2 + t2 + b^2 sx^2)\n"
        "sum of a robust score of t is 0; t2 solves a second equation"),
     2,
     {PARAMETER_LOSS, PARAMETER_OVERDISPERSION}},
    {"raps_mle",
     N_("t = (by - b bx)/sqrt(sy^2 + t2 + b^2 sx^2)\nprofile likelihood, loss of t made "
        "robust"),
     2,
     {PARAMETER_LOSS, PARAMETER_OVERDISPERSION}},
    {"divw",
     N_("b = sum(bx by/sy^2)/sum((bx^2 - sx^2)/sy^2)\nse as of a ratio, pleiotropy counted in"),
     0,
     {0}},
    {"pivw",
     N_("d = sum((bx^2 - sx^2)/sy^2), e its error\n"
        "d* = d/2 + sign(d) sqrt(d^2/4 + e^2)\nb = (sum(bx by/sy^2) + c (d*-d))/d*, c = what "
        "goes with e"),
     0,
     {0}},
    {"conmix",
     N_("each ratio: max(N(r; b, s), N(r; 0, sqrt(s^2 + psi^2)))\n"
        "b = where the product is highest; interval by the likelihood ratio, in pieces"),
     2,
     {PARAMETER_CONMIX_PSI, PARAMETER_CONMIX_STEP}},
    {"lasso",
     N_("sum((by - a - b bx)^2/sy^2) + 2 lambda sum(J d |a|/sy)\n"
        "d the spread of the variant's column, as glmnet scales it\n"
        "variants with a = 0 are valid; b = IVW of these"),
     0,
     {0}},
    {"hetpen",
     N_("each set of variants: IVW, weight by Q and by its size\n"
        "b = the mode of the weighted sum over all sets"),
     1,
     {PARAMETER_VALID_SHARE}},
    {"gsmr",
     N_("r = by/bx with errors of both sides, and LD\n"
        "variants that differ from a strong one are left out (HEIDI)\n"
        "b = 1'V^-1 r/1'V^-1 1"),
     2,
     {PARAMETER_HEIDI_P, PARAMETER_LD_SAMPLE_SIZE}},
    {"presso",
     N_("by = b bx, weights 1/sy^2, as IVW\nbeside it the tests of MR-PRESSO"),
     0,
     {0}},
    {"presso_corrected",
     N_("each variant: (by - b bx)^2 with b from the others\n"
        "against the same of simulated data; outliers go, then IVW"),
     1,
     {PARAMETER_PRESSO_DISTORTION}},
    {"cml",
     N_("likelihood of bx ~ N(x, sx), by ~ N(b x + a, sy)\n"
        "at most K of the a are not 0; K weighed by BIC"),
     1,
     {PARAMETER_SAMPLE_SIZE}},
    {"cml_dp",
     N_("as cml, on effects drawn again from N(bx, sx) and N(by, sy)\n"
        "b is the mean of the draws, se their deviation"),
     2,
     {PARAMETER_SAMPLE_SIZE, PARAMETER_PERTURBATIONS}},
    {"mix",
     N_("by - b bx: share p N(0, sqrt(sy^2 + b^2 sx^2)) + (1-p) N(0, sqrt(t2))\n"
        "b = where the fitted p is highest, on a grid"),
     3,
     {PARAMETER_MIX_LOWEST, PARAMETER_MIX_HIGHEST, PARAMETER_MIX_STEP}},
    {"overlap",
     N_("share p of M markers acts, effects N(0, h2/(p M)); p from sum(bx^2)\n"
        "b = (IVW - intercept E[e bx]/E[bx^2]) E[bx^2]/E[x bx], of |bx/sx| > T"),
     2,
     {PARAMETER_OVERLAP_H2, PARAMETER_OVERLAP_INTERCEPT}},
};

const struct formula *formulas_of(const struct method *method)
{
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++) {
        if (strcmp(formulas[i].method, method->key) == 0) {
            return &formulas[i];
        }
    }
    return NULL;
}

const char *formulas_letters(void)
{
    return N_("bx, sx: a variant's effect on the exposure and its error; by, sy: on the "
              "outcome; J variants");
}

const char *formulas_group(enum method_group group)
{
    static const char *const names[] = {
        [GROUP_SINGLE] = N_("one variant"),
        [GROUP_IVW] = N_("weighted means (IVW)"),
        [GROUP_EGGER] = N_("lines with intercept"),
        [GROUP_MEDIAN] = N_("medians"),
        [GROUP_MODE] = N_("modes"),
        [GROUP_OTHER] = N_("others"),
    };
    return names[group];
}
