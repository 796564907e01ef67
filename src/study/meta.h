/*
 * Estimates of the same question in several cohorts, put together.
 * In: results. Out: each cohort's estimate on one scale, pooled by fixed and by random effects,
 * or why they cannot be put together.
 */
#ifndef STUDY_META_H
#define STUDY_META_H

#include "study/meta_group.h"
#include "study/results.h"

enum meta_model {
    META_FIXED,
    META_DL,      /* random effects; tau2 of DerSimonian and Laird 1986 */
    META_REML,    /* by restricted maximum likelihood */
    META_PM,      /* of Paule and Mandel 1982 */
    META_REML_HK, /* REML with the error of Hartung and Knapp 2001 (Stat Med 20:3875), t */
    META_MODELS
};

struct meta_fit {
    double b, se, p, neglog10_p;
    double lower, upper; /* at the settings' level */
    bool contains_null;
    double tau2;
    double prediction_lower,
        prediction_upper; /* of another cohort (Higgins, Thompson and
                           * Spiegelhalter 2009), t with k - 2 df; NaN: none */
    const char *note;     /* what to know of this one; NULL */
};

/* A cohort's estimate as it went in. */
struct meta_item {
    size_t pair;
    double b, se; /* converted where that was asked for */
    double p, neglog10_p;
    double lower, upper;
    bool contains_null;
    double weight;        /* share, of fixed effects */
    double replication_p; /* one-sided, in the direction of the first item; NaN of the first */
};

struct meta {
    const struct meta_group *group;
    const char *refusal;     /* why nothing was put together, in words; NULL: it was */
    const char *note;        /* what to know of it; NULL */
    struct meta_item *items; /* with an estimate */
    size_t count;
    size_t same_sign;        /* items with the sign of fixed effects */
    double q, q_df, q_p, i2; /* Cochran's, around fixed effects */
    struct meta_fit fits[META_MODELS];
    bool is_log_odds; /* the pooled effect is one of log odds */
};

/* In `arena`. Effects of different units are refused; with PARAMETER_CONVERT linear effects on
 * a 0/1 trait of known case share K become log odds: divided by K (1 - K) as an outcome,
 * multiplied by it as an exposure. So are estimates that are one finding (findings.h). */
struct meta meta_of(const struct results *results, const struct meta_group *group,
                    struct arena *arena);

/* "fixed", "dl", "reml", "pm", "reml_hk"; and for people. */
const char *meta_model_key(enum meta_model model);
const char *meta_model_name(enum meta_model model);

/* The pairs that ask what a pair asks, on outcome data of other cohorts. */
struct replication {
    size_t asked;      /* with an estimate */
    size_t same_sign;  /* of those */
    size_t replicated; /* of those with P below .05 */
};
/* One a pair of the study, in `arena`; and of one pair, looking for the others. */
struct replication *meta_replications(const struct results *results, struct arena *arena);
struct replication meta_replication_of(const struct results *results, size_t pair,
                                       struct arena *scratch);

#endif
