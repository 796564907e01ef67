/*
 * The addresses of all checks, for the table in diagnostics.c, and the words they share. A new
 * diagnostic adds its line here and there, and stands at the foot of its own file.
 */
#ifndef DIAGNOSE_CHECKS_H
#define DIAGNOSE_CHECKS_H

#include "diagnose/diagnose.h"

extern const struct diagnostic diagnostic_heterogeneity, diagnostic_intercept,
    diagnostic_leave_one_out, diagnostic_steiger, diagnostic_reverse, diagnostic_discovery;

/* A check fails where its P is below this. */
#define CHECK_THRESHOLD 0.05

/* Passed where P is not small; cannot be judged where it is missing. */
enum judgement checks_judge_p(double p);

/* Leave-one-out of method ivw from sums over the others: estimates for pair->count > 2 variants
 * around whose IVW slope. Costs their number, not its square. */
void leave_one_out_ivw(const struct pair *pair, const struct estimate_settings *settings,
                       double slope, struct arena *scratch, struct arena *arena,
                       struct estimate *estimates);

/* A probability in two digits, without its leading zero: ".73", "3e-05". In `arena`. */
const char *checks_p_text(double p, struct arena *arena);

#endif
