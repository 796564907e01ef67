/*
 * The card of a taxon: what it is, what it does, how many people carry it.
 * In: a trait with its lineage. Out: sentences with their sources, from tables that are built
 * into the program (data/taxa). What is not written of a taxon itself is said of the nearest
 * rank above it that has a row, and the card says so.
 */
#ifndef STUDY_CARD_H
#define STUDY_CARD_H

#include "base/arena.h"
#include "gwas/association.h"

struct card {
    const char *lineage; /* "Firmicutes > Clostridia > ..." down to the taxon; NULL: unknown */
    const char *what;    /* a sentence in the language in use; NULL: nothing is written */
    enum trait_rank of;  /* of which rank that is said, and its name */
    const char *of_name;
    bool is_own;          /* said of the taxon itself */
    const char *sources;  /* "Louis and Flint 2017, ..."; NULL with `what` */
    double found_in;      /* at least so many people carry it; NaN: not known */
    double found_of;      /* of so many */
    const char *found_by; /* source of these */
};

/* Texts are static, the trait's, or in `arena`. A trait that is no taxon has an empty card. */
struct card card_of(const struct trait *trait, struct arena *arena);

#endif
