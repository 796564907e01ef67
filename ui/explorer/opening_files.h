/*
 * Files that are to become a study: how each is understood, and which side of a pair it is.
 * In: paths and what a person says of them. Out: a study, or an error in one sentence.
 */
#ifndef UI_EXPLORER_OPENING_FILES_H
#define UI_EXPLORER_OPENING_FILES_H

#include "base/array.h"
#include "study/study.h"

enum opening_side { SIDE_EXPOSURE, SIDE_OUTCOME, SIDE_BOTH, SIDES };

/* The side that "exposure", "outcome" or "harmonised" names; false for other words. */
bool opening_side_of(const char *key, enum opening_side *side);

/* A file as it is to be read. Texts are its own. */
struct source {
    char *path;
    char *name; /* of the trait; NULL: after the file */
    enum trait_unit unit;
    double threshold;       /* on P, of an exposure's instruments; NaN: every variant */
    struct array overrides; /* char *, "role=NAME" */
};

struct source source_create(const char *path);
void source_destroy(struct source *source);
/* A copy with texts of its own. */
struct source source_copy(const struct source *source);

/* What is known of the two sides so far; a path of NULL: not chosen. */
struct opening {
    struct source sides[2]; /* [SIDE_EXPOSURE], [SIDE_OUTCOME] */
};

struct opening *opening_begin(void);
void opening_end(struct opening *opening);

/* Keeps a copy as a side, in place of what was there. */
void opening_take(struct opening *opening, enum opening_side side, const struct source *source);
bool opening_is_whole(const struct opening *opening);

/* A study of the two sides; of one harmonised table. On true it is the caller's. `watch` may be
 * NULL. */
MUST_USE bool opening_load(const struct opening *opening, struct gwas_watch *watch,
                           struct study **study, struct error *error);
MUST_USE bool opening_load_harmonised(const struct source *source, struct gwas_watch *watch,
                                      struct study **study, struct error *error);

/* Whether a file is one of the study's made-up outcomes. */
bool opening_is_made_up(const struct study *study, const char *path);

/* A file that the present study knows to be made up stays so in a study of it. */
void opening_keep_simulated(struct study *study, const struct study *present);

#endif
