/*
 * Choosing among instruments, and what stands for them in an outcome.
 * In: the instruments that are strong enough, as study_choose found them. Out: fewer of them, with
 * the ledger's entries of the others; rows of pairs filled by proxies; correlations of pairs.
 * Private to this room.
 */
#ifndef STUDY_CHOOSE_SIDES_H
#define STUDY_CHOOSE_SIDES_H

#include "study/reference.h"
#include "study/sides.h"

/* What a section asks for, with what the command line does over it. */
struct choose_settings sides_settings(const struct loader *loader,
                                      const struct plan_section *section);

/* Takes out of side->chosen what is not to stand for its trait. */
MUST_USE bool sides_refine(struct loader *loader, struct array *sides,
                           enum direction direction);

/* Takes one instrument out, with its reason; `other` is the variant that it gives way to. */
void sides_drop(struct loader *loader, const struct trait *trait,
                const struct association *instrument, enum direction direction,
                enum reason reason, const char *other, double r2);

/* Filters by frequency, INFO, F and region. */
void sides_filter(struct loader *loader, const struct choose_settings *settings,
                  const struct trait *trait, struct chosen *chosen, enum direction direction);

/* A place of each of a trait's instruments in the reference; NULL: by distance alone. */
struct sides_thinning {
    struct loader *loader;
    const struct choose_settings *settings;
    const struct plink *plink;
    enum direction direction;
};
void sides_thin(const struct sides_thinning *thinning, const struct trait *trait,
                struct chosen *chosen);

/* Fills the rows of a pair that are not in the outcome by proxies. */
void sides_use_proxies(const struct loader *loader, const struct choose_settings *settings,
                       const struct trait *outcome, struct harmonised *rows, size_t count);

/* Gives those of `pairs` (struct pair *) whose sections ask for it the correlations of their
 * reference, in their places. */
MUST_USE bool sides_correlate(struct loader *loader, struct array *pairs);

#endif
