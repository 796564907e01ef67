#include "estimate/profile.h"
#include "estimate/radial.h"
#include "numeric/minimise.h"
#include "numeric/summary.h"
#include <math.h>

/* Effects at which the lowest Q is looked for, once or for each of many samples. */
#define ANGLES 720
#define SAMPLE_ANGLES 48

/* Above where Q can reach its degrees of freedom, by more than rounding. */
#define ABOVE 1.001

/* What the search for phi walks with: the effect found last is where the next one starts. */
struct search {
    const struct profile *profile;
    double df;
    int angles; /* 0: only from t on */
    double t;
};

static bool lowest(struct search *search, double phi)
{
    if (search->angles == 0 && profile_descend(search->profile, phi, &search->t)) {
        return true;
    }
    return profile_lowest(search->profile, phi,
                          search->angles == 0 ? SAMPLE_ANGLES : search->angles, &search->t);
}

static double surplus(double phi, void *context)
{
    struct search *search = context;

    return lowest(search, phi) ? profile_at(search->profile, phi, search->t).q - search->df
                               : NAN;
}

/* The scatter around the line of first-order weights: Q with errors of the exposure is less. */
static double most_phi(const struct profile *profile, double df)
{
    double xx = 0, xy = 0, q = 0;

    for (size_t j = 0; j < profile->count; j++) {
        double x = profile->c[j] * profile->x[j];

        xx += x * x;
        xy += x * profile->y[j];
    }
    for (size_t j = 0; j < profile->count; j++) {
        double e = profile->y[j] - xy / xx * profile->c[j] * profile->x[j];

        q += e * e;
    }
    return ABOVE * q / df;
}

/* search->t is the effect at phi 1; moves it to that at the phi looked for. */
static bool find_phi(struct search *search)
{
    double phi = 1, most = most_phi(search->profile, search->df);

    if (!(surplus(1, search) > 0)) {
        return true;
    }
    return most > 1 && minimise_root(surplus, search, 1, most, &phi) && lowest(search, phi);
}

bool radial_exact(const struct pair *pair, bool is_random, struct arena *scratch, double *b)
{
    struct profile profile = profile_of(pair, scratch);
    struct search search = {&profile, (double)pair->count - 1, ANGLES, 0};

    if (!lowest(&search, 1) || (is_random && !find_phi(&search))) {
        return false;
    }
    *b = profile.unit * search.t;
    return true;
}

static void draw(const struct profile *from, struct profile *to, struct random_stream *stream)
{
    for (size_t j = 0; j < from->count; j++) {
        size_t i = random_below(stream, from->count);

        to->x[j] = from->x[i];
        to->y[j] = from->y[i];
        to->c[j] = from->c[i];
    }
}

double radial_exact_se(const struct pair *pair, size_t boot, struct arena *scratch,
                       struct random_stream *stream)
{
    struct profile whole = profile_of(pair, scratch), sample = profile_of(pair, scratch);
    double *effects = arena_get(scratch, boot, sizeof *effects);

    for (size_t i = 0; i < boot; i++) {
        struct search search = {&sample, (double)pair->count - 1, 0, 0};

        draw(&whole, &sample, stream);
        if (!profile_lowest(&sample, 1, SAMPLE_ANGLES, &search.t) || !find_phi(&search)) {
            return NAN;
        }
        effects[i] = whole.unit * search.t;
    }
    return summary_sd(effects, boot);
}
