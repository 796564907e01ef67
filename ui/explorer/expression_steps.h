/*
 * A condition taken apart: its steps in the order in which they are done, on a stack of truths.
 * In: what the parser found. Out: what evaluation walks, without recursion, so that no text is
 * too deep for it.
 */
#ifndef UI_EXPLORER_EXPRESSION_STEPS_H
#define UI_EXPLORER_EXPRESSION_STEPS_H

#include "base/arena.h"
#include "base/array.h"
#include "ui/explorer/expression.h"

/* Parentheses inside of each other; the stack of truths then stays within 64. */
enum { EXPRESSION_DEEPEST = 20 };

enum expression_sign {
    SIGN_LESS,
    SIGN_LESS_EQUAL,
    SIGN_MORE,
    SIGN_MORE_EQUAL,
    SIGN_EQUAL,
    SIGN_NOT_EQUAL,
    SIGN_CONTAINS
};

enum expression_step_kind { STEP_COMPARE, STEP_NOT, STEP_AND, STEP_OR };

struct expression_step {
    enum expression_step_kind kind;
    struct expression_column column;
    enum expression_sign sign;
    double number;    /* NaN: NA */
    const char *text; /* NULL: NA */
};

struct expression {
    struct arena *arena; /* the values' texts */
    struct array steps;  /* struct expression_step */
};

/* Fills a condition that has nothing yet; false with *said. */
bool expression_parse(struct expression *expression, const char *text,
                      const struct expression_column *columns, size_t count, char **said);

#endif
