/*
 * A lesson in the explorer: the step on the board, what a person answered, where the sliders
 * stand. In: a lesson. Out: screens; a presenter's screens hold one idea each and no keys.
 */
#ifndef UI_EXPLORER_LESSON_VIEW_H
#define UI_EXPLORER_LESSON_VIEW_H

#include "lesson/answer.h"
#include "lesson/board.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/views.h"

/* The screens that a presenter shows of a step, one after the other. */
enum lesson_page { PAGE_TEXT, PAGE_CHART, PAGE_QUESTION, LESSON_PAGES };

struct lesson_view {
    struct view base;
    struct arena *arena; /* owns the lesson */
    struct lesson lesson;
    struct board *board;
    size_t step;
    size_t focus; /* among choices (or the line of the number) and, behind them, sliders */
    char *answer; /* as it was given; NULL: not yet */
    enum verdict_on_answer verdict;
    bool is_revealed;
    bool is_chart_alone; /* Tab: the chart has the screen for itself */
    bool is_presenting;
    enum lesson_page page; /* of a presenter */
    size_t first, cut;     /* line of text on top; lines that the last frame had no room for */
    bool is_at_end;        /* the last lines are what matters now */
    struct paint_state paint;
};

const struct lesson_step *lesson_view_step(const struct lesson_view *view);

/* How many things of the step can be in focus; which slider is (the first where none is), or
 * LESSON_NO_SLIDER in a step without any. */
#define LESSON_NO_SLIDER ((size_t)-1)
size_t lesson_view_answers(const struct lesson_view *view);
size_t lesson_view_slider(const struct lesson_view *view);

void lesson_view_draw(struct view *view, const struct drawing *drawing);

/* The lines of the step's words (lesson_words.c). */
enum lesson_part { LESSON_SAYS = 1, LESSON_ASKS = 2, LESSON_MOVES = 4, LESSON_ALL = 7 };
struct lesson_line {
    const char *text;
    enum role role;
    size_t indent;
    size_t item; /* what the line is of, among what can be in focus; LESSON_NO_ITEM */
};
#define LESSON_NO_ITEM ((size_t)-1)
/* struct lesson_line, the caller's; texts in `scratch`. *anchor: the line to keep in sight. */
struct array lesson_words_of(const struct lesson_view *view, const struct keymap *keymap,
                             unsigned parts, size_t columns, struct arena *scratch,
                             size_t *anchor);

#endif
