/*
 * What popular writing says of the gut and insomnia, beside what a study can and cannot say.
 * In: data/claims.tsv, built into the program, and results. Out: one answer a claim and pair
 * that bears on it, never stronger than the pair's verdict.
 */
#ifndef STUDY_CLAIMS_H
#define STUDY_CLAIMS_H

#include "study/verdict.h"

enum claim_kind {
    CLAIM_ABUNDANCE, /* those with the disease have more, or fewer, of a taxon */
    CLAIM_ORDER,     /* one changes before the other */
    CLAIM_LINK,      /* by way of something else */
};

/* Texts point into the arena that they were read into. */
struct claim {
    const char *key;
    enum claim_kind kind;
    const char *about;     /* "genus:Blautia"; words with commas between of a link; or "NA" */
    const char *direction; /* "fewer", "more", "before", "through" */
    const char *disease;   /* part of its outcome's name */
    const char *text;      /* in the language of the program, in our words */
};

/* How a study stands to a claim. */
enum claim_stand {
    CLAIM_NOT_IN_STUDY, /* what it is about is not there */
    CLAIM_CANNOT_SAY,
    CLAIM_UNKNOWN,  /* not computed, or no estimate */
    CLAIM_NOT_SEEN, /* grade E */
    CLAIM_CONTRARY, /* the other sign */
    CLAIM_WEAKLY_AGREES,
    CLAIM_AGREES, /* grade C or better; still no cause */
    CLAIM_STANDS
};

struct claim_answer {
    const struct claim *claim;
    const char *exposure, *outcome; /* keys of the pair; NULL: none bears on it */
    enum direction direction;
    char grade; /* of it, or '-' */
    enum claim_stand stand;
    const char *can, *cannot; /* whole sentences; cannot NULL: nothing to add */
};

/* "agrees weakly": of tables, untranslated. */
const char *claim_stand_key(enum claim_stand stand);
/* The same for people, translated. */
const char *claim_stand_words(enum claim_stand stand);
/* "abundance". */
const char *claim_kind_key(enum claim_kind kind);

/* Every claim, in the order of the file, in `arena`. */
const struct claim *claims_read(struct arena *arena, size_t *count);
/* Claims of the text of such a table; false where it is not one. */
bool claims_parse(const char *table, struct arena *arena, struct claim **claims, size_t *count);

/* What the study says of each, in `arena`; at least one answer a claim, in their order. */
const struct claim_answer *claims_answer(const struct verdicts *verdicts, struct arena *arena,
                                         size_t *count);

/* The same of a study in slices, whose results come one after the other: what bears on claims
 * is kept in `arena`. The caller ends it with claims_gather_end. */
struct claims_gathering;
struct claims_gathering *claims_gather_begin(struct arena *arena);
void claims_gather(struct claims_gathering *of, const struct verdicts *verdicts);
void claims_gather_end(struct claims_gathering *of);
const struct claim_answer *claims_gathered(const struct claims_gathering *of,
                                           struct arena *arena, size_t *count);

#endif
