#include "instrument/instrument.h"
#include <math.h>

/* Variance of the standard logistic distribution. */
#define LOGISTIC_VARIANCE (M_PI * M_PI / 3)

/*
 * The share of people in the study who are cases and carry the allele: the root of
 * odds (f - z)(c - z) = z (1 + z - f - c) between 0 and both f and c, in the form that does not
 * cancel near odds of 1.
 */
static double cases_with_allele(double odds, double frequency, double case_share)
{
    double square = odds - 1, line = 1 + (frequency + case_share) * square;
    double constant = odds * frequency * case_share;

    return 2 * constant / (line + sqrt(line * line - 4 * square * constant));
}

double instrument_population_frequency(double beta, double eaf, double case_share,
                                       double prevalence)
{
    double both = cases_with_allele(exp(beta), eaf, case_share);

    return (1 - prevalence) * (eaf - both) / (1 - case_share) + prevalence * both / case_share;
}

double instrument_r2_log_odds(double beta, double eaf, double case_share, double prevalence)
{
    double frequency = instrument_population_frequency(beta, eaf, case_share, prevalence);
    double variance = beta * beta * frequency * (1 - frequency);

    return variance / (variance + LOGISTIC_VARIANCE);
}
