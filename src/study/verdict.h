/*
 * What a pair's estimate is worth: a grade from A to E by rules that anyone can read in
 * data/verdict.tsv, each with its number.
 * In: results. Out: for each rule its number, its threshold and whether it holds; the grade; a
 * few words. No grade below A lets anyone say "causal".
 */
#ifndef STUDY_VERDICT_H
#define STUDY_VERDICT_H

#include "study/meta.h"

enum verdict_rule {
    RULE_NOMINAL,
    RULE_FDR,
    RULE_VARIANTS,
    RULE_METHODS,
    RULE_LEAVE_ONE_OUT,
    RULE_OUTLIERS,
    RULE_GENOME_WIDE,
    RULE_HETEROGENEITY,
    RULE_INTERCEPT,
    RULE_DIRECTION,
    RULE_REVERSE,
    RULE_REPLICATED,
    RULE_POWER,
    VERDICT_RULES
};

struct verdict_rule_text {
    const char *key;
    const char *asks; /* N_(), what must hold, in a few words */
    const char *sign; /* "<", "≤" or "≥": how the number must stand to the threshold */
};
const struct verdict_rule_text *verdict_rule_text(enum verdict_rule rule);

/* The rules of data/verdict.tsv, built into the program. */
struct verdict_rules {
    double threshold[VERDICT_RULES];
    const char *grades[VERDICT_RULES]; /* that need the rule: "ABC"; "" none */
};
struct verdict_rules verdict_rules(void);

/* Rules out of the text of such a table; false where it is not one. `grades` point into static
 * texts. */
bool verdict_rules_parse(const char *table, struct verdict_rules *rules);

struct ruling {
    double value;          /* NaN: there is none */
    enum judgement judged; /* against the threshold */
};

struct verdict {
    char grade; /* 'A' to 'E'; '-' where there is no estimate, or not yet every number */
    const char *words;
    bool has_power; /* the number of RULE_POWER reaches its threshold, whatever is excluded */
    struct ruling rulings[VERDICT_RULES];
};

/*
 * A grade is the best all of whose rules hold: what cannot be judged does not hold. Words are
 * static. Of one pair, looking for the pairs that it is compared with, in `scratch`.
 */
struct verdict verdict_of(const struct results *results, size_t pair, struct arena *scratch);

/* The same of one pair after the other: what they are compared with is found once. */
struct verdicts {
    const struct results *results;
    struct verdict_rules rules;
    const size_t *opposite;
    const struct replication *replications;
    struct arena *arena, *scratch;
};
struct verdicts verdicts_begin(const struct results *results);
struct verdict verdicts_at(const struct verdicts *verdicts, size_t pair);
void verdicts_end(struct verdicts *verdicts);

#endif
