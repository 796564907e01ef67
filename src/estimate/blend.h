/*
 * A mixture of very many normal densities, gathered into few: those of nearly the same mean and
 * spread become one with their common mean and variance. Its density is close to the whole
 * one's (to about 1e-3), close enough to find every top and every crossing of a height; whoever
 * has the whole refines them. In: weights, means, standard deviations. Out: places.
 */
#ifndef ESTIMATE_BLEND_H
#define ESTIMATE_BLEND_H

#include "base/arena.h"
#include "base/error.h"
#include "estimate/region.h"

struct blend;

/* Tops that are looked at; the lesser ones come within a twentieth of the highest. */
#define BLEND_TOPS 8

/* What a blend shows. */
struct outline {
    double tops[BLEND_TOPS];
    size_t top_count;
    double width;         /* the narrowest spread that matters */
    struct region region; /* where the density is above a share of its highest */
};

/* An empty blend in `arena`. */
struct blend *blend_begin(struct arena *arena);

/* Adds a density; weight >= 0, sd > 0, all finite. */
void blend_add(struct blend *blend, double weight, double mean, double sd);

/* The outline above `share` (below 1) of the highest density, on a grid fine against the
 * narrowest spread and wide enough for all; false where these lie too far apart for one grid.
 * The blend has some weight. In `arena`. */
MUST_USE bool blend_outline(const struct blend *blend, double share, struct arena *arena,
                            struct outline *outline);

#endif
