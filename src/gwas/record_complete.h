/*
 * What an association lacks and other cells of its row tell: counts of people, REF and ALT, an
 * id that is a place. In: a row, and its association as its own columns have it. Out: the same
 * with what could be completed.
 */
#ifndef GWAS_RECORD_COMPLETE_H
#define GWAS_RECORD_COMPLETE_H

#include "gwas/record.h"

/* Sample size from cases and controls, EAF from a minor allele or from counts of genotypes. */
MUST_USE bool record_complete_counts(struct record *record, struct association *association,
                                     struct error *error);

/* Alleles and place from an id, or from what is behind its dash, where there are no columns for
 * them; the other allele from REF and ALT. */
void record_complete_alleles(struct record *record, struct association *association);

#endif
