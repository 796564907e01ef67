/*
 * Which associations stand for an exposure, and how strongly.
 * In: a trait's associations and a threshold. Out: the instruments, what was left out and why,
 * and F and R2 of each variant.
 */
#ifndef INSTRUMENT_INSTRUMENT_H
#define INSTRUMENT_INSTRUMENT_H

#include "gwas/association.h"
#include <stdbool.h>
#include <stddef.h>

struct instrument_settings {
    bool all;           /* every row is an instrument already */
    double p_threshold; /* otherwise P must be below this; compared in -log10 */
};

/* Whether an association stands for its exposure. An association without P is taken from z. */
bool instrument_is_chosen(const struct association *association,
                          const struct instrument_settings *settings);

/* -log10 of its P, taken from z where it has none. */
double instrument_neglog10_p(const struct association *association);

/* F of one variant: (beta / se)^2. */
double instrument_f(const struct association *association);

/* How an R2 came about; words by instrument_r2_text. */
enum r2_basis {
    R2_UNKNOWN,  /* no sample size and no frequency */
    R2_PN,       /* from P and N: the F quantile with (1, n - 1) df, F / (n - 2 + F) */
    R2_BSEN,     /* from beta, SE and N: F = (b / se)^2, F / (n - 2 + F) */
    R2_EAF,      /* 2 f (1 - f) beta^2, beta per SD */
    R2_LOG_ODDS, /* binary trait, not converted without case share and prevalence */
};

/*
 * Share of the trait's variance that one variant explains; NaN when unknown. P and N as
 * TwoSampleMR's get_r_from_pn; P too small for its quantile falls back on beta, SE and N.
 * *basis tells how; may be NULL.
 */
double instrument_r2(const struct association *association, enum r2_basis *basis);
double instrument_r2_pn(double p, double neglog10_p, double n);
double instrument_r2_bsen(double beta, double se, double n);
/* On the scale of liability, of log odds, from the allele's frequency in a study with that
 * share of cases and the prevalence in the population: TwoSampleMR's get_r_from_lor, logit. */
double instrument_r2_log_odds(double beta, double eaf, double case_share, double prevalence);
/* The allele's frequency in that population (get_population_allele_frequency). */
double instrument_population_frequency(double beta, double eaf, double case_share,
                                       double prevalence);
const char *instrument_r2_text(enum r2_basis basis);

#endif
