/*
 * The lines under a chart, and its sentence: what the diagnostics of a pair say, in words.
 * In: an analysis. Out: texts in an arena, NULL where there is nothing to say.
 */
#ifndef CHART_NOTES_H
#define CHART_NOTES_H

#include "chart/chart.h"

/* Why there is nothing to draw, when no variant can be used; otherwise NULL. */
const char *notes_nothing(const struct analysis *analysis, struct arena *arena);

/* Q, df, p, I2 with its interval; NULL below two variants. */
const char *notes_q(const struct analysis *analysis, struct arena *arena);

/* The same with tau, and a warning when there are few variants. */
const char *notes_heterogeneity(const struct analysis *analysis, struct arena *arena);

/* Q' around MR Egger. */
const char *notes_heterogeneity_egger(const struct analysis *analysis, struct arena *arena);

/* The Egger intercept. */
const char *notes_intercept(const struct analysis *analysis, struct arena *arena);

/* The variant with the largest share of Q, and what becomes of p without it. */
const char *notes_influence(const struct analysis *analysis, struct arena *arena);

/* The pleiotropic regions that variants lie in, with counts and why; NULL: none. */
const char *notes_regions(const struct analysis *analysis, struct arena *arena);

/* "7 variants; IVW odds ratio 1.08 (1.01 to 1.15) excludes no effect". */
const char *notes_main(const struct analysis *analysis, bool exponential, struct arena *arena);

/* "largest share of Q: rs2278683, 45%"; NULL below two variants. */
const char *notes_largest(const struct analysis *analysis, struct arena *arena);

/* The variant with the largest share of Q, or whose leaving out shifts IVW most (in standard
 * errors of the whole, *shift); CHART_NO_MARK when there is none. */
size_t notes_largest_variant(const struct analysis *analysis);
size_t notes_largest_shift(const struct analysis *analysis, double *shift);
double notes_shift(const struct analysis *analysis, size_t j);

/* Texts joined by `between`; NULL ones are left out. */
const char *notes_join(const char *one, const char *between, const char *other,
                       struct arena *arena);

#endif
