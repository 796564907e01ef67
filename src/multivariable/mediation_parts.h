/*
 * What the two files of mediation share: values by the delta method in mediation.c, percentiles
 * of draws in mediation_draws.c. Private to mediation.
 */
#ifndef MULTIVARIABLE_MEDIATION_PARTS_H
#define MULTIVARIABLE_MEDIATION_PARTS_H

#include "multivariable/mediation.h"

/* Fills the intervals by drawing of all four values, as far as they have one. */
void mediation_draw(const struct mediation_input *input,
                    const struct estimate_settings *settings, struct arena *scratch,
                    struct mediation *mediation);

#endif
