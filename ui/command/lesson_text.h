/*
 * A lesson as text, for a pipe or a hand-out: every step with its chart, its question, the
 * right answer and the truth behind it. In: a lesson. Out: text.
 */
#ifndef UI_COMMAND_LESSON_TEXT_H
#define UI_COMMAND_LESSON_TEXT_H

#include "base/text.h"
#include "lesson/board.h"

/* Checks every fact of the lesson on the way. */
MUST_USE bool lesson_text_add(const struct lesson *lesson, struct board *board, size_t columns,
                              bool ascii, struct text *text, struct error *error);

#endif
