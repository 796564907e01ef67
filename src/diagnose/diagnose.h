/*
 * Whether to believe an estimate: one diagnostic a file, listed in diagnostics.c.
 * In: a pair and settings. Out: numbers of each diagnostic, and a judgement (seen, not seen,
 * cannot be judged) for the check letters of tables and screens.
 */
#ifndef DIAGNOSE_DIAGNOSE_H
#define DIAGNOSE_DIAGNOSE_H

#include "estimate/estimate.h"
#include "estimate/presso.h"

/* Cochran's Q around IVW or Ruecker's Q' around Egger, with I2 and its interval (Higgins and
 * Thompson 2002, Stat Med 21:1539, test-based interval of H), all NaN when df < 1. */
struct heterogeneity {
    const struct method *method;
    double q, df, p;
    double i2, i2_lower, i2_upper; /* 0 to 1 */
    double tau2;                   /* additive, DerSimonian and Laird; IVW without LD only */
};
struct heterogeneity heterogeneity_of(const struct pair *pair, const struct method *method,
                                      const struct estimate *estimate, double level);

/* A variant alone: the Wald ratio, its weight and what it does to the whole. */
struct single_variant {
    size_t j;        /* index in the pair */
    double b, se, p; /* Wald ratio */
    double lower, upper;
    bool contains_null;
    double weight_share; /* of the IVW weight, 0 to 1 */
    double q_share;      /* of Cochran's Q, 0 to 1 */
    double studentised;  /* externally, in the IVW fit; > 0: ratio above it; NaN for J < 3 */
    double cook;         /* Cook's distance; NaN for J < 2 */
    double f, r2_exposure, r2_outcome;
};
/* One a variant, in pair order, in `arena`. */
struct single_variant *single_variants_of(const struct pair *pair,
                                          const struct estimate_settings *settings,
                                          struct arena *arena);

/* Leave-one-out of a method: pair->count + 1 estimates, the last of all variants ("All"); for
 * J <= 2 only "All", as TwoSampleMR (*count says). In `arena`. */
struct estimate *leave_one_out_of(const struct pair *pair, const struct method *method,
                                  const struct estimate_settings *settings,
                                  struct arena *scratch, struct arena *arena, size_t *count);

/* A method's leave-one-out, as leave_one_out_of gives it. */
struct leave_one_out {
    const struct method *method;
    struct estimate *estimates;
    size_t count;
};

/* How strong the instruments are. R2 is the sum over variants, NaN when one is unknown. */
struct strength {
    double f_mean, f_least;
    double r2;
    double i2_gx;          /* unweighted, of |bx| with sx (Bowden et al. 2016, IJE 45:1961) */
    double i2_gx_weighted; /* of |bx|/sy with sx/sy, as MendelianRandomization */
};
struct strength strength_of(const struct pair *pair);

/*
 * Steiger's test of direction (Hemani, Tilling and Davey Smith 2017, PLoS Genet 13:e1007081).
 * R2 are from P and N as of quantitative traits. Where the settings hold the prevalence of a
 * binary trait whose number of cases is known, they are on the scale of liability, and people
 * count as in equal numbers of cases and controls.
 */
struct steiger {
    double r2_exposure, r2_outcome; /* sums over variants */
    bool is_known;                  /* sample sizes were there and the sums are below 1 */
    bool is_correct;                /* r2_exposure > r2_outcome */
    double p, neglog10_p;
    double vz0, vz1;          /* room for measurement error under which it is wrong, or right */
    double sensitivity_ratio; /* vz1 / vz0 */
    const char *note;         /* why unknown; static */
    const char *exposure_note,
        *outcome_note; /* on the scale of a binary trait; static or NULL */
};
struct steiger steiger_of(const struct pair *pair, const struct estimate_settings *settings);
/* The same for one variant, 0 <= j < count; r from effect, SE and N, as TwoSampleMR's filter.
 */
struct steiger steiger_of_variant(const struct pair *pair, size_t j,
                                  const struct estimate_settings *settings);

/* IVW (the Wald ratio for one) of the variants whose direction is known and right. */
struct steiger_filter {
    size_t kept, wrong, unknown; /* numbers of variants */
    struct estimate estimate;    /* ESTIMATE_TOO_FEW for none */
};
struct steiger_filter steiger_filter_of(const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena);

/* Prediction interval of a new variant's effect (Higgins et al. 2009, JRSS A 172:137), t with
 * J - 2 df around IVW; NaN for J < 3. */
void prediction_interval_of(const struct pair *pair, const struct estimate *ivw,
                            const struct heterogeneity *heterogeneity, double level,
                            double *lower, double *upper);

/* All that is known of one pair, in one arena. */
struct analysis {
    const struct pair *pair;
    struct estimate_settings settings;
    struct estimate *estimates; /* of the methods asked for, in their order */
    size_t estimate_count;
    struct estimate main;  /* ivw, or wald for one variant; status TOO_FEW for none */
    struct estimate egger; /* for the intercept; status says whether there is one */
    struct heterogeneity heterogeneity; /* around ivw */
    struct heterogeneity heterogeneity_egger;
    struct single_variant *singles; /* pair->count */
    struct estimate *leave_one_out;
    size_t leave_one_out_count;
    struct strength strength;
    struct steiger steiger;
    double prediction_lower, prediction_upper;
    const struct presso *presso; /* NULL unless settings.wants_presso, or a method needs it */
    struct leave_one_out *left_out; /* of methods asked for by name; left_out_count */
    size_t left_out_count;
};

/* Runs `count` methods and every diagnostic on a pair; the result lives in `arena`. */
struct analysis *analysis_create(const struct pair *pair, const struct method *const *methods,
                                 size_t count, const struct estimate_settings *settings,
                                 struct arena *scratch, struct arena *arena);

/* Adds leave-one-out of `count` methods to an analysis, in `arena`. */
void analysis_leave_out(struct analysis *analysis, const struct method *const *methods,
                        size_t count, struct arena *scratch, struct arena *arena);

/* What a check says of an analysis. */
enum judgement {
    JUDGE_PASSED,
    JUDGE_FAILED,
    JUDGE_CANNOT, /* too few variants, or numbers missing */
    JUDGE_NOT_RUN,
};

/* A check: its letter, its question, and its judgement. The table is diagnostics.c. */
struct diagnostic {
    const char *key;      /* "heterogeneity" */
    char letter;          /* 'Q' */
    const char *name;     /* for people, N_() */
    const char *explains; /* one sentence, N_() */
    enum judgement (*judge)(const struct analysis *analysis);
    /* one line of figures for people, in `arena`: "3.6 on 6 df, p .73" */
    const char *(*says)(const struct analysis *analysis, struct arena *arena);
};
const struct diagnostic *const *diagnostics_all(size_t *count);

/* '-' not run, the letter, '!' or '.' (cannot be judged), for tables in plain text. */
char diagnostic_mark(const struct diagnostic *diagnostic, enum judgement judgement);

#endif
