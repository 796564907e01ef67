/*
 * Methods of Mendelian randomisation: what each is, and what it answers for a pair.
 * In: a pair, settings, scratch memory, the random stream of this pair and method. Out: a
 * struct estimate. A method is a constant struct method at the foot of its family's file and
 * one address in methods.c; command line, explorer, manual and documentation are made from that
 * table.
 */
#ifndef ESTIMATE_ESTIMATE_H
#define ESTIMATE_ESTIMATE_H

#include "base/arena.h"
#include "estimate/parameters.h"
#include "numeric/random.h"
#include "pair/pair.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum estimate_status {
    ESTIMATE_DONE,
    ESTIMATE_TOO_FEW, /* fewer variants than the method needs */
    ESTIMATE_NOT_CONVERGED,
    ESTIMATE_UNDEFINED,     /* the formula has no value on these numbers */
    ESTIMATE_MISSING_INPUT, /* needs sample sizes, frequencies or LD that are not there */
};

/* Choices that packages make differently: floors and distributions of errors, median weights.
 */
enum convention { CONVENTION_TWOSAMPLEMR, CONVENTION_MENDELIANRANDOMIZATION };

struct estimate_settings {
    uint64_t seed;
    size_t boot;        /* bootstrap repetitions (1000) */
    size_t presso_sims; /* simulations of MR-PRESSO (1000) */
    bool wants_presso;  /* whether an analysis holds MR-PRESSO's tests, which cost time */
    double level;       /* of intervals (0.95) */
    enum convention convention;
    double parameters[PARAMETERS]; /* of single families, by enum parameter_id */
};

/* The settings when nothing was asked for. */
struct estimate_settings estimate_default_settings(void);

struct method;

/* A piece of an interval that may have gaps. */
struct interval_piece {
    double lower, upper;
};

/* One method's answer for a pair, in the outcome's unit per unit of exposure. NaN: no value. */
struct estimate {
    const struct method *method;
    enum estimate_status status;
    const char *note; /* in words why a value is missing or special; NULL when nothing is */
    size_t variants;  /* used */
    double b, se, p;
    double neglog10_p;                   /* survives below the smallest double */
    double lower, upper;                 /* interval at settings->level */
    bool contains_null;                  /* the interval holds 0, from the unrounded numbers */
    const struct interval_piece *pieces; /* of an interval in several; lower and upper span */
    size_t piece_count;                  /* 0: in one, from lower to upper */
    double q, q_df, q_p; /* heterogeneity around this estimate, where it is defined */
    double intercept, intercept_se, intercept_p; /* of Egger-like methods */
};

enum method_group {
    GROUP_SINGLE,
    GROUP_IVW,
    GROUP_EGGER,
    GROUP_MEDIAN,
    GROUP_MODE,
    GROUP_OTHER
};

/* What a method needs beyond the four numbers. */
enum method_need {
    NEEDS_NOTHING = 0,
    NEEDS_SAMPLE_SIZE = 1,
    NEEDS_FREQUENCY = 2,
    NEEDS_LD = 4,
    NEEDS_HERITABILITY = 8
};

typedef void method_function(const struct pair *pair, const struct estimate_settings *settings,
                             struct arena *scratch, struct random_stream *stream,
                             struct estimate *estimate);

/* Methods that draw the same numbers, and draw them once for all that are wanted. */
typedef void method_family_function(const struct pair *pair,
                                    const struct estimate_settings *settings,
                                    struct arena *scratch, struct random_stream *stream,
                                    struct estimate *const *estimates, size_t count);

struct method_family {
    const char *key; /* of their stream of random numbers */
    method_family_function *function;
};

struct method {
    const char *key;  /* "ivw" */
    const char *name; /* as TwoSampleMR prints it where it has one */
    enum method_group group;
    bool is_default;
    bool is_random;      /* its standard error is drawn, at the usual choices */
    bool is_share;       /* b is a share, not an effect: it has no odds ratio */
    size_t least, most;  /* number of variants; most 0: any */
    unsigned needs;      /* enum method_need */
    bool uses_ld;        /* where the pair has LD; others take the variants as independent */
    const char *assumes; /* one sentence for people, N_() */
    const char *citation;
    method_function *function;
    const struct method_family *family; /* whose function it is where `function` is NULL */
};

/* Every method, in the order of tables; *count of them. Static. */
const struct method *const *methods_all(size_t *count);

/* The method of a key, or NULL. */
const struct method *methods_find(const char *key);

/*
 * Runs methods on a pair, estimates[i] for methods[i]: checks the number of variants and
 * whether LD is there for a method that needs it, notes where LD is there and the method knows
 * nothing of it, seeds the stream of (seed, exposure, outcome, method or family; direction
 * included), resets scratch afterwards. An estimate depends on nothing that runs beside it.
 * What estimates point to is static or in `arena`: a function may leave note and pieces in
 * scratch.
 */
void estimate_run_all(const struct method *const *methods, size_t count,
                      const struct pair *pair, const struct estimate_settings *settings,
                      struct arena *scratch, struct arena *arena, struct estimate *estimates);

/* The same for one. */
struct estimate estimate_run(const struct method *method, const struct pair *pair,
                             const struct estimate_settings *settings, struct arena *scratch,
                             struct arena *arena);

/* The random stream that estimate_run gives to a method or family of this key. */
struct random_stream estimate_stream_of(const char *key, const struct pair *pair, uint64_t seed,
                                        struct arena *scratch);

/* What to say where there is no answer to numbers so large or small that their powers leave the
 * range of a double; NULL for usual numbers. Static. */
const char *estimate_range_warning(const struct pair *pair);

/* What to say of an answer that takes the variants of a pair as independent; NULL where nothing
 * is known of their correlations. Static. */
const char *estimate_ld_warning(const struct pair *pair);

/* Adds it to the note of an estimate whose method does not use LD; text in `arena`. */
void estimate_warn_of_ld(struct estimate *estimate, const struct pair *pair,
                         struct arena *arena);

/* For methods: fills p, interval and contains_null from b and se with the normal distribution,
 * or p from t with df degrees of freedom (the interval stays normal, as TwoSampleMR's). */
void estimate_fill_normal(struct estimate *estimate, const struct estimate_settings *settings);
void estimate_fill_t(struct estimate *estimate, double df,
                     const struct estimate_settings *settings);
/* For methods: heterogeneity around the estimate, p from chi-square. */
void estimate_fill_q(struct estimate *estimate, double q, double df);

/* Whether the convention takes fixed effects for so few variants: MendelianRandomization does
 * below four. */
bool estimate_is_fixed(const struct estimate_settings *settings, size_t count);

/* Sets a status and why; the numbers become NaN. */
void estimate_fail(struct estimate *estimate, enum estimate_status status, const char *note);

#endif
