/*
 * Several GWAS as the exposures of one outcome.
 * In: a file an exposure, the outcome's file, which variants are instruments and how they are
 * clumped. Out: the joined design with its ledger. Files may be whole GWAS: of their rows only
 * instruments, and what the other files' instruments ask for, are kept.
 */
#ifndef STUDY_SEVERAL_H
#define STUDY_SEVERAL_H

#include "multivariable/join.h"
#include "study/study.h"

/* The P below which a variant is an instrument, where none is asked for. */
#define SEVERAL_P 5e-8

struct several_asked {
    const char *const *exposures; /* paths */
    size_t exposure_count;
    const char *outcome;
    struct gwas_options reading;
    enum harmonise_action action;
    double p;              /* NaN: SEVERAL_P; 1: every row is an instrument */
    double r2, kb;         /* NaN: 0.001 and CHOOSE_KB */
    const char *reference; /* PLINK 1 set; NULL: clumped by distance alone */
};

/*
 * Reads and joins. Traits are called after their files. `study` (made by study_create, the
 * caller's) owns all and has the warnings, how it was clumped among them.
 */
MUST_USE bool several_read(const struct several_asked *asked, struct study *study,
                           struct joined *joined, struct error *error);

#endif
