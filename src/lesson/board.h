/*
 * What a step of a lesson shows, computed: the pair, its analysis, its chart.
 * In: a step, and where its sliders stand. Out: a chart and the numbers behind the step's
 * words. Studies are read once and kept; a move of a slider draws the same simulated study
 * again with that one thing changed.
 */
#ifndef LESSON_BOARD_H
#define LESSON_BOARD_H

#include "chart/chart.h"
#include "lesson/lesson.h"
#include "lesson/quantity.h"

struct board;

/* `folder`: where installed studies are. The caller ends it with board_destroy. */
struct board *board_create(const char *folder);
void board_destroy(struct board *board);

/* Brings on a step of a lesson, its sliders where the step says. Both are borrowed. */
MUST_USE bool board_set(struct board *board, const struct lesson *lesson,
                        const struct lesson_step *step, struct error *error);

/* Where a slider of the step stands; moves it, no further than it goes. False: it stood there,
 * or what it asks for cannot be had together with the other choices. */
double board_slider(const struct board *board, size_t slider);
bool board_slide(struct board *board, size_t slider, double value);
/* One step to the right, or to the left (negative). */
bool board_nudge(struct board *board, size_t slider, int steps);

/* Where numbers are read. */
const struct quantity_source *board_source(const struct board *board);

/* Whether of many rows only those with the largest share of Q are shown, as at first. */
void board_fold(struct board *board);

/* The chart of the step, or NULL; the truth is drawn into it when it is revealed. Borrowed
 * until the step or a slider changes. */
const struct chart *board_chart(struct board *board, bool is_revealed);

/* What the step puts under the cursor; OF_NOTHING: nothing. */
struct identity board_marked(const struct board *board);

/* What "reveal" says, in `arena`. */
const char *board_truth(const struct board *board, struct arena *arena);

/* Whether any effect on the board is made up. */
bool board_is_simulated(const struct board *board);

/* A name of the pair for a title; in `arena`. */
const char *board_title(const struct board *board, struct arena *arena);

/* Whether all that the step calls a fact is one, and its number is there; otherwise the error
 * says at which line of the lesson what is the case. */
MUST_USE bool board_check(const struct board *board, struct error *error);

#endif
