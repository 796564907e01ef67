/*
 * The interval of penalized IVW that holds for weak variants too: Fieller's, with the
 * distribution of its statistic drawn (Xu, Wang, Fung and Liu 2023, Biometrics 79:2184).
 * In: a pair, the effect, the variance of pleiotropy. Out: p and an interval in one piece, in
 * two rays or without end.
 */
#ifndef ESTIMATE_FIELLER_H
#define ESTIMATE_FIELLER_H

#include "estimate/estimate.h"

/* lambda of penalized IVW, which leaves the least bias. */
#define FIELLER_PENALTY 1

/* Fills p, interval, pieces and note of an estimate whose b and se are there, from
 * settings->boot draws; fails it where the statistic's variance is negative. As mr_pivw
 * of R's MendelianRandomization, whose two rays overlap where they should not. */
void fieller_fill(const struct pair *pair, double tau2,
                  const struct estimate_settings *settings, struct arena *scratch,
                  struct random_stream *stream, struct estimate *estimate);

#endif
