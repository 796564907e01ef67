/*
 * A lesson's file as entries: a key at the start of a line, and what stands behind it.
 * In: lines. Out: keys with their values, lines of text folded into paragraphs; and what the
 * keys mean, one row a key (keys.c).
 */
#ifndef LESSON_PARSE_H
#define LESSON_PARSE_H

#include "base/array.h"
#include "base/text.h"
#include "lesson/lesson.h"

/* "key: value", further lines of the value indented. */
struct entry {
    const char *key;
    struct text value; /* clean; a blank line between indented ones is '\n' */
    long line;
};

/* The entries of a file, struct entry, the caller's: entries_drop. */
MUST_USE bool entries_read(const char *path, struct arena *arena, struct array *entries,
                           struct error *error);
void entries_drop(struct array *entries);

/* A lesson that is being made. Lists of the present step grow here until it is finished. */
struct making {
    struct lesson *lesson;
    struct arena *arena;
    struct error *error;
    struct array steps; /* struct lesson_step */
    struct lesson_scene
        scene;                /* of the present step, as in the one before until it says more */
    struct lesson_step *step; /* the present one; NULL: before the first */
    struct array choices, sliders, facts, methods, without;
    unsigned long given; /* keys of the step so far: places in the table, as bits */
};

/* Does what an entry says. */
MUST_USE bool keys_take(struct making *making, const struct entry *entry);

/* Takes the value of a key. */
typedef bool key_function(struct making *making, const struct entry *entry);

/* Keys of a scene (keys_scene.c), and of what moves in it and must hold (keys_moving.c). */
key_function keys_study, keys_pair, keys_simulate, keys_methods, keys_chart, keys_without,
    keys_mark, keys_slider, keys_fact;

/* Checks and closes the present step, if there is one (finish.c). */
MUST_USE bool making_finish_step(struct making *making);

/* The words of a value, one after the other: start with NULL; a copy in the arena, or NULL
 * behind the last. */
const char *making_word(struct making *making, const char **rest);

/* Records what was found at a line of the file, and what to do. False. */
#define MAKING_REFUSE(making, line, ...)                                                       \
    error_set((making)->error, ERROR_DATA, (making)->lesson->path, line, NULL, __VA_ARGS__)

#endif
