/*
 * Whether an answer is right. In: what a person typed or chose. Out: right, wrong, or that it
 * is no answer; the right one is read off the data as they are on the board.
 */
#ifndef LESSON_ANSWER_H
#define LESSON_ANSWER_H

#include "lesson/lesson.h"
#include "lesson/quantity.h"

enum verdict_on_answer { ANSWER_NONE, ANSWER_RIGHT, ANSWER_WRONG };

/* A number, or the number of a choice from 1 on. ANSWER_NONE: neither. */
enum verdict_on_answer answer_judge(const struct lesson_step *step,
                                    const struct quantity_source *source, const char *answer);

/* The right answer as a person would give it, and one that is wrong; in `arena`. */
const char *answer_right(const struct lesson_step *step, const struct quantity_source *source,
                         struct arena *arena);
const char *answer_wrong(const struct lesson_step *step, const struct quantity_source *source,
                         struct arena *arena);

#endif
