/*
 * Which lessons there are. In: the folder of lessons and a language. Out: each lesson once, in
 * the order that they say, in the language where there is such a file and in English where
 * not: NAME.txt and NAME.zh.txt.
 */
#ifndef LESSON_SHELF_H
#define LESSON_SHELF_H

#include "lesson/lesson.h"

struct shelf {
    struct arena *arena;
    const struct lesson *lessons;
    size_t count;
};

/* Reads every lesson; on true the caller ends it with shelf_drop. `language`: "zh"; "en" or
 * NULL is the language of NAME.txt. */
MUST_USE bool shelf_read(const char *folder, const char *language, struct shelf *shelf,
                         struct error *error);
void shelf_drop(struct shelf *shelf);

/* The lesson of a key, or NULL. */
const struct lesson *shelf_find(const struct shelf *shelf, const char *key);

#endif
