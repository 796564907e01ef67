/*
 * The likelihood of the contamination mixture, for those who draw it (Burgess, Foley, Allara,
 * Staley and Howson 2020, Nat Commun 11:376). In: a pair; the settings' level and conmix_psi.
 * Out: the profile log likelihood over the effect, its top, and the effects of the set at that
 * level, exactly, whatever conmix_step says.
 */
#ifndef ESTIMATE_CONMIX_H
#define ESTIMATE_CONMIX_H

#include "estimate/estimate.h"

struct mixture;

struct conmix_profile {
    const struct mixture *mixture;
    double effect; /* at the top */
    double top;    /* how much likelier than if every variant were invalid */
    double
        depth; /* how far below the top the set reaches, the scatter of valid ratios counted */
    const struct interval_piece
        *pieces; /* of the set, from low to high; ends may be infinite */
    size_t piece_count;
};

/* False where the mixture cannot be formed: fewer than two variants, a variant without an
 * effect on the exposure, every ratio 0. The profile lives in `arena`. */
bool conmix_profile(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *arena, struct conmix_profile *profile);

/* The log likelihood at an effect less that at the top: at most 0, but for rounding. */
double conmix_profile_at(const struct conmix_profile *profile, double effect);

/* Whether variant j counts as valid at the top. */
bool conmix_is_valid(const struct conmix_profile *profile, size_t j);

#endif
