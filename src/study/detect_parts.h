/*
 * What looking at a table and at a VCF share. Private to this room.
 * In: rows as they come. Out: what they show of a trait, and a guess at its unit.
 */
#ifndef STUDY_DETECT_PARTS_H
#define STUDY_DETECT_PARTS_H

#include "study/detect.h"

/* What the first rows show. */
struct detect_sample {
    double n, cases;            /* largest; NaN: unknown */
    double spread[DETECT_ROWS]; /* 2 f (1 - f) N SE^2: the variance of the trait */
    size_t spread_count;
    bool has_frequency;
    bool is_binary;    /* known to have cases and controls */
    const char *trait; /* of the first row that names one, in the arena */
    bool has_traits;
};

/* Adds a row. Missing numbers are NaN, a missing trait NULL. */
void detect_look(struct detect_sample *sample, double eaf, double se, double n,
                 const char *trait, struct arena *arena);

/* Whether it is a taxon, by its name or its file's, and what that makes of the threshold. */
void detect_taxon(struct detected *found, const struct detect_sample *sample,
                  struct arena *arena);

/* The unit by the trait's name and the standard errors; sorts the spreads. */
void detect_unit(struct detected *found, struct detect_sample *sample, struct arena *arena);

/* Keeps what is known of columns. */
void detect_keep_lines(struct detected *found, const struct array *lines, struct arena *arena);

/* detect_file of a VCF that was opened; ends `lines`. */
MUST_USE bool detect_vcf(struct lines *lines, const char *const *overrides, size_t count,
                         struct arena *arena, struct detected *found, struct error *error);

#endif
