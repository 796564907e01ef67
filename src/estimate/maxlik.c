#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/profile.h"
#include <math.h>

/* Places where the highest point of the likelihood is looked for. */
#define ANGLES 720

static double scatter(const struct estimate *estimate, const struct estimate_settings *settings)
{
    bool is_fixed = settings->convention != CONVENTION_MENDELIANRANDOMIZATION ||
                    estimate_is_fixed(settings, estimate->variants);

    return is_fixed ? 1 : sqrt(fmax(1, estimate->q / estimate->q_df));
}

static void maxlik(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    struct profile profile = profile_of(pair, scratch);
    struct profile_shape shape;
    double t;

    (void)stream;
    if (!profile_lowest(&profile, 1, ANGLES, &t)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the likelihood is highest at an infinite effect"));
        return;
    }
    shape = profile_at(&profile, 1, t);
    estimate_fill_q(estimate, shape.q, (double)pair->count - 1);
    estimate->b = profile.unit * t;
    estimate->se = profile.unit * sqrt(2 / shape.curvature) * scatter(estimate, settings);
    estimate_fill_normal(estimate, settings);
}

const struct method method_maxlik = {
    .key = "maxlik",
    .name = "Maximum likelihood",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes = N_("every variant is valid and shows the same effect; errors of the exposure "
                  "count"),
    .citation = "Burgess, Butterworth and Thompson 2013, Genet Epidemiol 37:658",
    .function = maxlik,
};
