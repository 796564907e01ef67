/*
 * The words of a chart: its scale, its directions, numbers inside sentences.
 * In: a pair or an analysis and how a person wants to see it. Out: texts in an arena.
 */
#ifndef CHART_WORDS_H
#define CHART_WORDS_H

#include "chart/chart.h"

/* Whether effects are shown as odds ratios: asked for, and the outcome is log odds. */
bool words_exponential(const struct pair *pair, const struct chart_options *options);

/* "log odds of insomnia per SD of abundance". */
const char *words_scale(const struct pair *pair, bool exponential, struct arena *arena);

/* "effect" or "odds ratio", as a sentence says it after a method. */
const char *words_effect(const struct pair *pair, bool exponential);

/* Sets the words beside the null: "lower odds", "higher odds". */
void words_directions(const struct pair *pair, struct axis *axis);

/* "forward" or "reverse", of estimates. */
const char *words_direction(enum direction direction);

/* "c Actinobacteria"; a trait that is no taxon has its name. */
const char *words_trait(const struct trait *trait, struct arena *arena);

/* "1 variant", "7 variants". */
const char *words_variants(size_t count, struct arena *arena);

/* "7 variants", or "6 of 7 variants, 1 excluded by hand" beside a fuller analysis (or NULL). */
const char *words_used(const struct analysis *analysis, const struct analysis *full,
                       struct arena *arena);

/* "OR (95% CI)" or "effect (95% CI)"; "95%". */
const char *words_interval_heading(bool exponential, double level, struct arena *arena);
const char *words_level(double level, struct arena *arena);

/* "21%", "0.4%"; "-" for NaN. */
const char *words_percent(double share, struct arena *arena);

/* chart_interval with `between` the ends instead of ", "; an interval in pieces has all their
 * ends, a missing one is said to be missing, and a share is no odds ratio. */
const char *words_interval(const struct estimate *estimate, bool exponential,
                           const char *between, struct arena *arena);

/* Whether an estimate has an effect or a share to tell, with an interval or without. */
bool words_has_value(const struct estimate *estimate);

/* "IVW", and otherwise the method's name: for narrow columns. */
const char *words_method(const struct method *method);

/* Why an estimate has no value, in two or three words. */
const char *words_status(enum estimate_status status);

#endif
