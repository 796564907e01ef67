/*
 * Which of four models the scatter of the ratios asks for: IVW or MR Egger, fixed or random
 * (Ruecker et al. 2011, Biostatistics 12:122; Bowden et al. 2018, Int J Epidemiol 47:1264).
 * In: a pair. Out: three tests, four models, the one selected, and the same again without the
 * variants of large Cook's distance.
 */
#ifndef DIAGNOSE_RUCKER_H
#define DIAGNOSE_RUCKER_H

#include "estimate/estimate.h"

/* Selected where: Q is no more than chance; Q is, and Egger is no better; Egger is better, and
 * its Q' is no more than chance; neither. The tests are at .05. */
enum rucker_kind {
    RUCKER_IVW_FIXED,
    RUCKER_IVW_RANDOM,
    RUCKER_EGGER_FIXED,
    RUCKER_EGGER_RANDOM,
    RUCKER_MODELS
};

/* A chi-square test. */
struct rucker_test {
    double q, df, p;
};

/* As TwoSampleMR's mr_rucker: the error of a random model is the regression's own, that of a
 * fixed one leaves out the scatter only where this is more than chance; so both may fall below
 * that of method ivw. P is normal for IVW, Student's for the slope of Egger. A perfect fit has
 * no error and no P. */
struct rucker_model {
    double b, se, p, neglog10_p;
    double lower, upper;                         /* normal, at settings->level */
    double intercept, intercept_se, intercept_p; /* of Egger; P is normal */
};

struct rucker {
    size_t variants;
    const char *note; /* why it is unknown; static; NULL when known */
    struct rucker_test ivw, egger, difference;
    struct rucker_model models[RUCKER_MODELS];
    enum rucker_kind selected; /* where note is NULL */
    double *cook;              /* a variant, in the selected model's regression */
};

/* Needs three variants; `cook` is in `arena`. A pair where Egger has no value may still select
 * an IVW model. */
struct rucker rucker_of(const struct pair *pair, const struct estimate_settings *settings,
                        struct arena *arena);

/* Selection after variants with a Cook's distance above 4 / J were removed, again and again
 * while more than three remain, as TwoSampleMR's mr_rucker_cooksdistance. */
struct rucker_trimmed {
    struct rucker rucker;
    bool *is_removed; /* of each variant of the pair given */
    size_t removed;
};
struct rucker_trimmed rucker_trimmed_of(const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena);

/* 'A' to 'D', and "IVW fixed effects". */
char rucker_letter(enum rucker_kind kind);
const char *rucker_name(enum rucker_kind kind);

#endif
