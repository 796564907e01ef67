/*
 * Checks that one pair cannot answer: the study knows the other direction and all other P.
 */
#include "base/i18n.h"
#include "diagnose/checks.h"

static enum judgement not_run(const struct analysis *analysis)
{
    (void)analysis;
    return JUDGE_NOT_RUN;
}

static const char *says(const struct analysis *analysis, struct arena *arena)
{
    (void)analysis;
    (void)arena;
    return _("is answered by the whole study");
}

const struct diagnostic diagnostic_reverse = {
    .key = "reverse",
    .letter = 'R',
    .name = N_("Reverse direction"),
    .explains = N_("Passed where the outcome shows no effect on the exposure."),
    .judge = not_run,
    .says = says,
};

const struct diagnostic diagnostic_discovery = {
    .key = "discovery",
    .letter = 'F',
    .name = N_("False discovery rate"),
    .explains = N_("Passed where the effect survives the correction for all pairs of the study "
                   "(q below .05)."),
    .judge = not_run,
    .says = says,
};
