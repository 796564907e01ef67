/*
 * What a careful epidemiologist would tell a lay reader of a pair, of a taxon, of a study.
 * In: results. Out: whole sentences in five parts: what was compared, how large the difference
 * is, how sure that is, what could fool us, what it does not mean. They are made from the
 * numbers by rules and are never stronger than the verdict: only grade A may speak of a cause,
 * and no lower one uses a word that says as much.
 */
#ifndef STUDY_PLAIN_WORDS_H
#define STUDY_PLAIN_WORDS_H

#include "study/verdict.h"

enum plain_part {
    PLAIN_COMPARED,
    PLAIN_SIZE,
    PLAIN_SURE,
    PLAIN_FOOLED,
    PLAIN_NOT,
    PLAIN_PARTS
};

/* "What was compared", for people. */
const char *plain_words_head(enum plain_part part);

struct plain_words {
    char grade;           /* of the pair; the best of a taxon's or a study's; '-': none */
    const char *headline; /* one sentence */
    const char *parts[PLAIN_PARTS];
};

/* All in `arena`. Of the study's pair `pair`; its verdict as verdicts_at gives it. */
struct plain_words plain_words_of_pair(const struct results *results, size_t pair,
                                       const struct verdict *verdict, struct arena *arena);

/* Of every pair of a taxon (study_taxon's key), in both directions. */
struct plain_words plain_words_of_taxon(const struct verdicts *verdicts, const char *taxon,
                                        struct arena *arena);

struct plain_gathering;
struct plain_words plain_words_of_study(const struct verdicts *verdicts, struct arena *arena);

/* The same of a study in slices (slices.h), one after the other: what is kept of each lives in
 * the arena. The caller ends it, before the arena. */
struct plain_gathering *plain_gather_begin(struct arena *arena);
void plain_gather(struct plain_gathering *of, const struct verdicts *verdicts);
void plain_gather_end(struct plain_gathering *of);
struct plain_words plain_words_gathered(const struct plain_gathering *of, struct arena *arena);

/* Its taxa, in the order of the study's exposures; the key of one, and its words. */
size_t plain_gathered_taxa(const struct plain_gathering *of);
const char *plain_gathered_key(const struct plain_gathering *of, size_t taxon);
struct plain_words plain_words_gathered_taxon(const struct plain_gathering *of, size_t taxon,
                                              struct arena *arena);

/* "Dorea (genus)" of a taxon, the name of another trait. In `arena`, or borrowed. */
const char *plain_words_name(const struct trait *trait, struct arena *arena);

#endif
