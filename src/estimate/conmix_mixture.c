#include "estimate/conmix_mixture.h"
#include "numeric/summary.h"
#include <math.h>

/* The spread of invalid ratios, in spreads of all ratios. */
#define USUAL_SPREAD 1.5

static double gain_of(const struct component *component, double effect)
{
    double away = effect - component->ratio;

    return fmax(component->gain - away * away / (2 * component->variance), 0);
}

double mixture_gain(const struct mixture *mixture, double effect)
{
    double gain = 0;

    for (size_t j = 0; j < mixture->count; j++) {
        gain += gain_of(&mixture->components[j], effect);
    }
    return gain;
}

struct valid_set mixture_valid(const struct mixture *mixture, double effect)
{
    struct valid_set set = {0, 0, 0, 0, 0};
    double moment = 0;

    for (size_t j = 0; j < mixture->count; j++) {
        const struct component *at = &mixture->components[j];

        if (fabs(effect - at->ratio) < at->reach) {
            set.precision += 1 / at->variance;
            /* relative to a place nearby, so that little is lost */
            moment += (at->ratio - effect) / at->variance;
            set.top += at->gain;
            set.count++;
        }
    }
    set.mean = effect + (set.count == 0 ? 0 : moment / set.precision);
    for (size_t j = 0; j < mixture->count; j++) {
        const struct component *at = &mixture->components[j];
        double away = at->ratio - set.mean;

        if (fabs(effect - at->ratio) < at->reach) {
            set.scatter += away * away / at->variance;
        }
    }
    set.top -= set.scatter / 2;
    return set;
}

struct peak mixture_peak(const struct mixture *mixture, double effect)
{
    struct valid_set set = mixture_valid(mixture, effect);
    double spare = set.count < 2 ? 1 : (double)(set.count - 1);

    return (struct peak){effect, mixture_gain(mixture, effect), fmax(set.scatter / spare, 1),
                         set.count};
}

/* False where a number is not finite. */
static bool fill_components(const struct pair *pair, double psi, struct mixture *mixture)
{
    for (size_t j = 0; j < pair->count; j++) {
        struct component *at = &mixture->components[j];
        double psi2 = psi * psi, se = pair->sy[j] / pair->bx[j];

        at->variance = se * se;
        at->gain =
            (log1p(psi2 / at->variance) + at->ratio * at->ratio / (psi2 + at->variance)) / 2;
        at->reach = sqrt(2 * at->variance * at->gain);
        if (!isfinite(at->ratio) || !(at->variance > 0) || !isfinite(at->reach) ||
            !isfinite(1 / at->variance) || !isfinite(at->ratio * at->ratio / at->variance)) {
            return false;
        }
    }
    return true;
}

/* The spread that was set, or that of the ratios. */
static double spread(const struct mixture *mixture, const struct estimate_settings *settings,
                     struct arena *scratch)
{
    double set = settings->parameters[PARAMETER_CONMIX_PSI];
    double *ratios = arena_get(scratch, mixture->count, sizeof *ratios);

    for (size_t j = 0; j < mixture->count; j++) {
        ratios[j] = mixture->components[j].ratio;
    }
    return isnan(set) ? USUAL_SPREAD * summary_sd(ratios, mixture->count) : set;
}

bool mixture_begin(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct mixture *mixture)
{
    mixture->count = pair->count;
    mixture->components = arena_get(scratch, pair->count, sizeof *mixture->components);
    for (size_t j = 0; j < pair->count; j++) {
        mixture->components[j].ratio = pair->by[j] / pair->bx[j];
    }
    return fill_components(pair, spread(mixture, settings, scratch), mixture);
}
