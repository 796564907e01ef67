/*
 * Studies of a stated model: two-sample summary data whose truth is known.
 * In: a scenario (how many variants, how many people, what is wrong with which share of the
 * variants) and the number of a study. Out: one exposure and one outcome as any pair, with the
 * truth behind it. The same scenario, seed and number give the same study on every machine;
 * and every random number stands for the same thing whatever the choices, so that a study
 * changes little when a choice does.
 *
 * The model, for variant j with allele frequency f, v = 2 f (1 - f), by the allele that raises
 * the exposure: the exposure has variance 1 and direct effects g_j, whose variance explained
 * sums to h2; the outcome has variance 1, or is log odds; a valid variant has the effect
 * effect * g_j on the outcome. Marginal effects follow from the correlations of the variants.
 * Sampling errors have the SE 1 / sqrt(n v), on log odds 1 / sqrt(n v K (1 - K)); those of one
 * variant on both traits correlate by shared / sqrt(n1 n2) times the correlation of the traits
 * (Burgess, Davies and Thompson 2016, Genet Epidemiol 40:597).
 */
#ifndef SIMULATE_SCENARIO_H
#define SIMULATE_SCENARIO_H

#include "base/arena.h"
#include "base/error.h"
#include "pair/pair.h"
#include <stddef.h>
#include <stdint.h>

/* What is wrong with the variants that are invalid. */
enum scenario_kind {
    SCENARIO_VALID,       /* nothing: the share of invalid variants has no meaning */
    SCENARIO_BALANCED,    /* effects past the exposure, as often up as down */
    SCENARIO_DIRECTIONAL, /* effects past the exposure around a mean; InSIDE holds */
    SCENARIO_CORRELATED,  /* effects on a confounder of both traits; InSIDE is violated */
    SCENARIO_REVERSE,     /* effects on the outcome, which changes the exposure */
    SCENARIO_ANCESTRY,    /* hidden populations differ in frequency and in both traits */
    SCENARIO_KINDS
};

/* Whose P selects the variants. */
enum scenario_selection {
    SCENARIO_SAME_SAMPLE,  /* that of the exposure's effects themselves: the winner's curse */
    SCENARIO_OTHER_SAMPLE, /* that of another sample, as large: none */
};

/* Every choice. All are numbers, so that a table can list them (scenario_fields). */
struct scenario {
    double instruments;  /* J: variants before any selection */
    double n_exposure;   /* people in either study */
    double n_outcome;    /* people */
    double case_share;   /* of the outcome's people; NaN: a quantitative outcome */
    double h2;           /* variance of the exposure that the variants explain, 0 to 1 */
    double spread;       /* of their effects' sizes: 0 all equal, 1 half-normal */
    double null_share;   /* of the variants, that have no effect on the exposure */
    double effect;       /* true, of the exposure on the outcome */
    double kind;         /* enum scenario_kind */
    double invalid;      /* share of the variants that are */
    double invalid_mean; /* their effects past the exposure, per allele, by the allele that */
    double invalid_sd;   /* raises the exposure; not SCENARIO_REVERSE */
    double reverse;      /* effect of the outcome on the exposure; only SCENARIO_REVERSE */
    double overlap;      /* of the smaller study's people, that are in the other as well */
    double confounding;  /* correlation of the two traits that is not the effect's */
    double p_threshold;  /* variants with a larger P are left out; 1: none */
    double selection;    /* enum scenario_selection */
    double ld;           /* correlation r of neighbours; r^k of variants k apart */
};

/* One choice, for sliders, for the command line and for its help. */
struct scenario_field {
    const char *key;            /* "n_exposure" */
    const char *shows;          /* N_() */
    size_t offset;              /* of the double in struct scenario */
    double least, most;         /* both may be had */
    const char *const *choices; /* words for 0, 1 ...; NULL: a number */
    bool is_whole;
};
const struct scenario_field *scenario_fields(size_t *count);
double *scenario_value(struct scenario *scenario, const struct scenario_field *field);

/* 50 valid variants with a mean F of about 50, a study of insomnia's size, an effect of 0.1. */
struct scenario scenario_usual(void);

/* Sets one choice from "key=value"; false with what may be written. */
MUST_USE bool scenario_take(struct scenario *scenario, const char *text, struct error *error);

/* Whether the choices can be had together (every one within its bounds is not enough). */
MUST_USE bool scenario_check(const struct scenario *scenario, struct error *error);

/* The truth of one study. Arrays have one entry a variant of the pair. */
struct scenario_truth {
    double effect;
    size_t looked_at;         /* variants before selection */
    const double *bx, *by;    /* effects without sampling error, as the pair codes them */
    const double *pleiotropy; /* the part of by that is not effect * bx */
    const bool *is_invalid;
};

struct scenario_study {
    struct pair *pair; /* with LD where the scenario has it */
    struct scenario_truth truth;
};

/*
 * Study `number` of a scenario that scenario_check lets pass. Pair, traits, rows and truth live
 * in `arena`. The exposure's key is "exposure", or "exposure.N" from number 1 on; likewise
 * the outcome's.
 */
struct scenario_study scenario_draw(const struct scenario *scenario, uint64_t seed,
                                    uint64_t number, struct arena *arena);

/* The mean F that the variants have before selection, without LD: 1 + n h2 / J. */
double scenario_mean_f(const struct scenario *scenario);

/* The correlation of a variant's two sampling errors. */
double scenario_error_correlation(const struct scenario *scenario);

#endif
