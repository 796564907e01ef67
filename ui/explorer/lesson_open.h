/*
 * Opening a lesson by its key, or by the path of a file; without either, a list to choose from.
 */
#ifndef UI_EXPLORER_LESSON_OPEN_H
#define UI_EXPLORER_LESSON_OPEN_H

#include "lesson/lesson.h"
#include "ui/explorer/view.h"

/* `data`: the folder of what is installed; NULL: nothing is. */
struct effect lesson_open(const char *data, const struct order *order);

/* Whether each {key.NAME} in a lesson's texts names an action. */
MUST_USE bool lesson_knows_keys(const struct lesson *lesson, struct error *error);

#endif
