#include "base/i18n.h"
#include "diagnose/checks.h"
#include <math.h>

static enum judgement judge(const struct analysis *analysis)
{
    return checks_judge_p(analysis->egger.intercept_p);
}

static const char *says(const struct analysis *analysis, struct arena *arena)
{
    const struct estimate *egger = &analysis->egger;

    if (isnan(egger->intercept_p)) {
        return egger->note == NULL ? _("no intercept") : egger->note;
    }
    return arena_format(arena, _("intercept %.2g, SE %.2g, p %s"), egger->intercept,
                        egger->intercept_se, checks_p_text(egger->intercept_p, arena));
}

const struct diagnostic diagnostic_intercept = {
    .key = "intercept",
    .letter = 'E',
    .name = N_("Egger intercept"),
    .explains = N_("Passed where pleiotropy does not pull to one side (the intercept of "
                   "MR Egger, p at least .05)."),
    .judge = judge,
    .says = says,
};
