/*
 * Correlations (r, not r2) between variants, as an LD reference gives them.
 * In: a file in one of three forms, found from its first line:
 * - a square table with a header of variant ids, with or without a first column of the same ids
 *   (TwoSampleMR's ld_matrix, whose names carry the counted and the other allele as rs1_A_G;
 *   R's write.table and write.csv);
 * - a list with columns SNP_A, SNP_B and R (PLINK 1 --r; PLINK 2's ID_A, ID_B and PHASED_R or
 *   UNPHASED_R), where a pair that is not listed has no known correlation;
 * - a square of numbers alone, whose order the caller must know.
 * Out: where a variant stands in it, on which allele, and correlations by place.
 */
#ifndef INSTRUMENT_LD_H
#define INSTRUMENT_LD_H

#include "base/error.h"
#include "gwas/association.h"

struct ld;

/*
 * Reads a file. On true *ld is the caller's, ended with ld_destroy. Refuses what is not square,
 * not symmetric (by more than 1e-6), beyond -1 to 1 (likewise), without 1 on its diagonal, with
 * a variant twice or a cell without a number.
 */
MUST_USE bool ld_read(const char *path, struct ld **ld, struct error *error);
void ld_destroy(struct ld *ld);

/* One variant of correlations that are made, not read: the allele that counts first. */
struct ld_entry {
    const char *id, *first, *second;
};

/* Correlations of `count` variants as `r` has them, row after row; all copied. Ended with
 * ld_destroy. */
struct ld *ld_make(const struct ld_entry *entries, size_t count, const double *r);

/* How many variants it has, and whether their ids are known. */
size_t ld_count(const struct ld *ld);
bool ld_has_names(const struct ld *ld);

/* Names the variants of a bare square: `ids` has ld_count entries, none twice. */
void ld_name(struct ld *ld, const char *const *ids);

enum ld_match { LD_ABSENT, LD_ALLELES_DIFFER, LD_FOUND };

/* A variant's place. */
struct ld_place {
    enum ld_match match;
    size_t index;
    double sign;       /* -1: the file counts the association's other allele */
    bool is_unchecked; /* no alleles to compare: the effect allele is taken as counted */
};

/* The place of an association's variant, by its id (case ignored) and alleles. */
struct ld_place ld_find(const struct ld *ld, const struct association *variant);

/* The correlation between two places with match LD_FOUND, signed by the effect alleles; NaN
 * where a list does not have it. */
double ld_correlation(const struct ld *ld, const struct ld_place *one,
                      const struct ld_place *other);

#endif
