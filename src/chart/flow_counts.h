/*
 * What a study's flow counts, from all exposures to the tests that pass every check.
 * In: results, a direction and a disease. Out: numbers, and for each number the question
 * whether one pair, association or entry of the ledger is counted in it: whoever lists what a
 * number counts asks the same question that the number was made with.
 */
#ifndef CHART_FLOW_COUNTS_H
#define CHART_FLOW_COUNTS_H

#include "chart/family.h"

enum flow_step {
    FLOW_EXPOSURES,
    FLOW_WITHOUT,     /* exposures without an instrument */
    FLOW_INSTRUMENTS, /* associations of exposures, each counted once */
    FLOW_WEAK,        /* of them with F below 10 */
    FLOW_GENOME_WIDE, /* with p < 5e-8 */
    FLOW_NEAR,        /* within 10 Mb of another one of the same exposure */
    FLOW_PALINDROMIC, /* palindromic and kept all the same */
    FLOW_NONE,        /* pairs of no, one, two, more variants */
    FLOW_ONE,
    FLOW_TWO,
    FLOW_MORE,
    FLOW_TESTED,
    FLOW_UNTESTED,
    FLOW_NOMINAL, /* p < .05 */
    FLOW_SOUND,   /* of them, where no check but that of q failed */
    FLOW_FOUND,   /* q < .05 */
    FLOW_HOLDS,   /* of them, where no check failed */
    FLOW_PASSED,  /* of them, where every check could be judged and passed */
    FLOW_STEPS,
    FLOW_LEDGER = 100,  /* + reason: entries of the ledger from harmonising on */
    FLOW_READING = 200, /* + reason: rows dropped while reading the study's files */
};

struct flow_counts {
    size_t of[FLOW_STEPS];
    size_t variants;  /* different ones among the instruments */
    double least_f;   /* NaN without instruments */
    size_t looked_up; /* rows of all pairs: the ledger's entries from harmonising on */
    size_t ledger[REASONS], reading[REASONS];
    size_t sets; /* different sets of variants */
};

/* Counts everything; memory of the counting comes from `arena`. */
struct flow_counts flow_counts_of(const struct family *family, struct arena *arena);

/* What a row of the flow stands for, and back; FLOW_STEPS when it stands for no number. */
struct identity flow_counts_identity(int step);
int flow_counts_step(struct identity of);

/* What a step counts, in words: "with p < 5e-8". */
const char *flow_counts_words(int step);

/* Whether a pair is counted in a step from FLOW_NONE on. */
bool flow_counts_pair(const struct results *results, size_t pair, int step);

/* Whether each row of a pair is counted in a step of associations, in `counted` (row_count). */
void flow_counts_rows(const struct pair *pair, int step, bool *counted, struct arena *arena);

/* The pairs that stand for the exposures of a family, each by its first pair with rows: their
 * number, indices into study->pairs in `arena`. */
size_t flow_counts_exposures(const struct family *family, size_t **pairs, struct arena *arena);

/* Whether an entry, with what is left out by hand taken into account, is counted in a step of
 * the ledger. `disease` NULL: any. */
bool flow_counts_entry(const struct ledger_entry *entry, enum direction direction,
                       const char *disease, int step);

#endif
