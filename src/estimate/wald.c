#include "base/i18n.h"
#include "estimate/methods.h"
#include <math.h>

static void wald(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    (void)scratch;
    (void)stream;
    if (pair->bx[0] == 0) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variant's effect on the exposure is 0"));
        return;
    }
    estimate->b = pair->by[0] / pair->bx[0];
    estimate->se = pair->sy[0] / fabs(pair->bx[0]);
    estimate_fill_normal(estimate, settings);
}

const struct method method_wald = {
    .key = "wald",
    .name = "Wald ratio",
    .group = GROUP_SINGLE,
    .is_default = true,
    .least = 1,
    .most = 1,
    .assumes = N_("the one variant is a valid instrument"),
    .citation = "Lawlor et al. 2008, Stat Med 27:1133",
    .function = wald,
};
