/*
 * Bringing an outcome's effects onto the exposure's alleles.
 * In: the same variant's two associations and an action. Out: a row that says what was done to
 * it and whether it may be used. Rules as TwoSampleMR 0.7.9's harmonise_data.
 */
#ifndef PAIR_HARMONISE_H
#define PAIR_HARMONISE_H

#include "base/arena.h"
#include "gwas/association.h"
#include "pair/reason.h"
#include <stdbool.h>

/* What to do with palindromic variants. */
enum harmonise_action {
    ACTION_FORWARD = 1, /* all alleles are on the forward strand: keep them */
    ACTION_INFER = 2,   /* infer the strand from the frequencies, drop the ambiguous */
    ACTION_DROP = 3,    /* drop every palindromic variant */
};

/* One variant, both sides. beta and eaf of the outcome are per the exposure's effect allele. */
struct harmonised {
    struct association x; /* as used */
    struct association y; /* brought to x's alleles */
    const struct association *x_read,
        *y_read;          /* as read; y_read NULL when not in the outcome */
    bool is_flipped;      /* the outcome's alleles were swapped */
    bool is_complemented; /* the outcome's alleles were read on the other strand */
    bool is_removed;      /* alleles cannot be made to agree */
    bool is_palindromic;
    bool is_ambiguous;
    bool keep;          /* mr_keep: may be used */
    enum reason reason; /* why not, or REASON_KEPT */
    /* The variant whose effect on the outcome stands in y, under x's alleles, as x's own is not
     * there; NULL: x itself. Their r2 in the reference. */
    const char *proxy;
    double proxy_r2;
    const struct region_bounds *region; /* pleiotropic (instrument/regions.h), or NULL */
};

/* Harmonises one variant. New texts (recoded alleles) go to `arena`; x and y are borrowed. */
struct harmonised harmonise_one(const struct association *x, const struct association *y,
                                enum harmonise_action action, struct arena *arena);

/*
 * Joins exposure instruments with an outcome's associations by id (case ignored; where an id
 * stands several times in the outcome, the row whose alleles match; where the outcome does not
 * have it, by chromosome, position and both alleles, unless the positions of those that have
 * one id differ: then the builds do; where no id is shared they are taken to be of one build)
 * and harmonises each. The
 * result has one row an exposure association, those absent from the outcome with
 * REASON_NOT_IN_OUTCOME, in order. *rows lives in `arena`.
 */
void harmonise_join(const struct association *const *x, size_t x_count,
                    const struct association *y, size_t y_count, enum harmonise_action action,
                    struct arena *arena, struct harmonised **rows);

#endif
