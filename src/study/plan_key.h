/*
 * The keys of a study file: what each may hold, and turning its text into a value.
 * In: the text behind `key =`. Out: a value in its place, or what to write instead.
 * One table is the file's own keys, the other those of its exposure and outcome sections.
 */
#ifndef STUDY_PLAN_KEY_H
#define STUDY_PLAN_KEY_H

#include "base/arena.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum key_kind {
    KEY_TEXT,
    KEY_PATH, /* relative to the study's folder */
    KEY_NUMBER,
    KEY_THRESHOLD, /* above 0, at most 1 */
    KEY_SHARE,     /* from 0 up to but not 1 */
    KEY_SEED,
    KEY_FLAG,
    KEY_UNIT,
    KEY_ACTION,
    KEY_DIRECTIONS, /* a list; its place is bool [2] */
    KEY_PATHS,      /* a list, as all below; their place is struct plan_texts */
    KEY_COLUMNS,    /* "role=NAME" */
};

/* Texts of a list, in an arena. */
struct plan_texts {
    const char **items;
    size_t count;
};

/* Whether a key takes a list, { } around it and commas between. */
bool plan_key_is_list(enum key_kind kind);

struct plan_key {
    const char *name;
    enum key_kind kind;
    size_t offset; /* in struct plan or struct plan_section */
};

/* The keys outside of sections, and inside; ended by a NULL name. */
extern const struct plan_key plan_keys[];
extern const struct plan_key plan_section_keys[];

/* The key of a name, or NULL. */
const struct plan_key *plan_key_find(const struct plan_key *keys, const char *name);

/*
 * Puts the value of `text` at `place` (NULL: only checks it). Returns NULL, or what may be
 * written instead. Texts go to `arena`, paths start in `folder`; both may be NULL with place.
 */
const char *plan_key_convert(enum key_kind kind, const char *text, const char *folder,
                             struct arena *arena, void *place);

/* The value at `place` as its text, appended; false where none was given, and of lists, seeds
 * and actions, which others say. */
bool plan_key_say(enum key_kind kind, const void *place, struct text *text);

#endif
