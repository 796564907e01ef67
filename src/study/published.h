/*
 * Effects that other Mendelian randomisation studies have published for a taxon.
 * In: a trait with its lineage, or a pair. Out: findings from a table that is built into the
 * program (data/published.tsv), and whether the sign agrees with an estimate. A figure that is
 * not known for certain is missing.
 */
#ifndef STUDY_PUBLISHED_H
#define STUDY_PUBLISHED_H

#include "base/arena.h"
#include "estimate/estimate.h"

enum published_sense { SENSE_UNKNOWN, SENSE_MORE, SENSE_LESS };
enum published_agree { AGREE_UNKNOWN, AGREE_YES, AGREE_NO };

struct published {
    const char *outcome;        /* as diseases of studies are called */
    const char *outcome_words;  /* in the language in use */
    bool has_direction;         /* that it was printed which way was tested */
    enum direction direction;   /* FORWARD: the taxon is the exposure */
    enum published_sense sense; /* more of the outcome, or less */
    double b, se;               /* log odds ratio; NaN not known */
    double odds, lower, upper;  /* as printed; NaN */
    double p, variants;         /* NaN */
    const char *source;         /* "Yang et al. 2023" */
    const char *source_full;    /* with its journal */
    const char *note;           /* NULL none */
};

/* Every finding on a taxon, *count of them, in `arena`. */
const struct published *published_of(const struct trait *taxon, size_t *count,
                                     struct arena *arena);

/* Whether a finding is on a pair's outcome, and not on its other direction. */
bool published_is_of(const struct published *finding, const struct pair *pair);

/* Whether an estimate (NULL: none) has the finding's sign. */
enum published_agree published_agrees(const struct published *finding,
                                      const struct estimate *estimate);

/* Whether its odds ratio is not told apart from 1: by P where it is known, since printed ends
 * of intervals are rounded. */
bool published_contains_null(const struct published *finding);

/* "more", "less"; "yes", "no"; NULL unknown: as tables print them. */
const char *published_sense_key(enum published_sense sense);
const char *published_agree_key(enum published_agree agree);

#endif
