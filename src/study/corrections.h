/*
 * What many tests leave of each pair's P: all corrections, over its family, its rank and its
 * clade, and the finding that it is part of.
 * In: results. Out: one correction a pair, and totals a family.
 */
#ifndef STUDY_CORRECTIONS_H
#define STUDY_CORRECTIONS_H

#include "study/family.h"

/* Adjusted P of one pair; NaN without a test. */
struct correction {
    double bonferroni, bh, by, storey; /* over its direction and disease */
    double rank;                       /* BH among the taxa of its rank */
    double tree;                       /* down the taxonomy: multiplicity_tree */
    double effective;                  /* Sidak with the effective number of tests */
    size_t finding;                    /* the pair that stands for its finding */
    size_t finding_count;              /* pairs in it */
    size_t place;                      /* of the pair in its family */
    double nearest, least;             /* struct finding */
};

struct corrections {
    struct test_families families;
    struct correction *pairs; /* study->pair_count */
    double *effective;        /* effective tests, one a family */
    double *pi0;              /* one a family */
    const struct results *results;
};

/* In `arena`, which also holds the families. The effective number of tests takes time where
 * many taxa share variants: without `counts_effective` it and what rests on it are NaN. */
struct corrections corrections_of(const struct results *results, bool counts_effective,
                                  struct arena *arena);

/* How many of a family have an adjusted P below `level`, by the corrections' names. */
struct correction_hits {
    size_t tested, nominal, bonferroni, bh, by, storey, rank, tree, effective;
    size_t findings, nominal_findings; /* different ones, tested and with P < level */
};
/* `rank` RANK_COUNT: of all ranks. */
struct correction_hits corrections_hits(const struct corrections *corrections, size_t family,
                                        enum trait_rank rank, double level);

#endif
