/*
 * Choices that one family of methods knows and the others do not: which weights a radial
 * regression has, which loss RAPS has. In: "radial_weights=first". Out: a number in the
 * settings. The table feeds --set, --help and the manual page.
 */
#ifndef ESTIMATE_PARAMETERS_H
#define ESTIMATE_PARAMETERS_H

#include "base/error.h"
#include <stdbool.h>
#include <stddef.h>

enum parameter_id {
    PARAMETER_BANDWIDTH,
    PARAMETER_PENALTY,
    PARAMETER_RADIAL_WEIGHTS, /* enum radial_weights */
    PARAMETER_RADIAL_FIT,     /* enum radial_fit */
    PARAMETER_LOSS,           /* enum loss */
    PARAMETER_OVERDISPERSION, /* 0 or 1 */
    PARAMETER_CONMIX_PSI,
    PARAMETER_CONMIX_STEP,
    PARAMETER_SAMPLE_SIZE,
    PARAMETER_PERTURBATIONS,
    PARAMETER_MIX_LOWEST,
    PARAMETER_MIX_HIGHEST,
    PARAMETER_MIX_STEP,
    PARAMETER_VALID_SHARE,
    PARAMETER_PREVALENCE_EXPOSURE,
    PARAMETER_PREVALENCE_OUTCOME,
    PARAMETER_LD_SAMPLE_SIZE,
    PARAMETER_HEIDI_P,
    PARAMETER_PRESSO_DISTORTION, /* enum presso_distortion */
    PARAMETER_PSI,
    PARAMETER_CONVERT, /* 0 or 1 */
    PARAMETER_MV_ORIENTATION,
    PARAMETER_MV_CORRELATION,
    PARAMETER_MV_EXPOSURE_N,
    PARAMETER_MV_OUTCOME_N,
    PARAMETER_OVERLAP_H2,
    PARAMETER_OVERLAP_H2_SE,
    PARAMETER_OVERLAP_INTERCEPT,
    PARAMETER_OVERLAP_INTERCEPT_SE,
    PARAMETER_OVERLAP_P,
    PARAMETER_OVERLAP_MARKERS,
    PARAMETER_OVERLAP_DRAWS,
    PARAMETERS
};

enum radial_weights { RADIAL_FIRST, RADIAL_SECOND, RADIAL_MODIFIED };
enum radial_fit { RADIAL_PLAIN, RADIAL_ITERATED, RADIAL_EXACT, RADIAL_EXACT_RANDOM };
enum presso_distortion { DISTORTION_WITHOUT_OUTLIERS, DISTORTION_WITH_OUTLIERS };
enum loss { LOSS_L2, LOSS_HUBER, LOSS_TUKEY };

struct parameter {
    const char *key;
    const char *shows;          /* N_() */
    const char *const *choices; /* words for 0, 1 ..., NULL-terminated; NULL: a number */
    double usual;               /* NaN: taken from the data */
    double least, most;
};

/* The parameter of an id. Static. */
const struct parameter *parameters_get(enum parameter_id id);

/* Sets one of `values` (PARAMETERS of them) from "key=value"; false with what may be written.
 */
MUST_USE bool parameters_take(double *values, const char *text, struct error *error);

#endif
