#include "estimate/ratio.h"
#include "base/i18n.h"
#include <math.h>

bool ratios_of(const struct pair *pair, struct arena *scratch, struct estimate *estimate,
               struct ratios *ratios)
{
    ratios->ratio = arena_get(scratch, pair->count, sizeof *ratios->ratio);
    ratios->variance = arena_get(scratch, pair->count, sizeof *ratios->variance);
    for (size_t j = 0; j < pair->count; j++) {
        double ratio = pair->by[j] / pair->bx[j];
        double first = pair->sy[j] / pair->bx[j], second = ratio * pair->sx[j] / pair->bx[j];

        ratios->ratio[j] = ratio;
        ratios->variance[j] = first * first + second * second;
        if (!isfinite(ratio) || !isfinite(ratios->variance[j]) || !(ratios->variance[j] > 0)) {
            estimate_fail(estimate, ESTIMATE_UNDEFINED,
                          _("a variant's effect on the exposure is 0, so its ratio is not "
                            "finite"));
            return false;
        }
    }
    return true;
}
