/*
 * A condition as people write it: `p < 0.05 & nsnp >= 3 & !(phylum = Firmicutes)`.
 * In: its text, and the columns that there are. Out: whether it holds for a row, whose values
 * the caller gives; or one sentence that says where it is wrong and what may stand there. It
 * knows nothing of what rows are.
 *
 *   condition   any ("&" any)... ; conditions joined by "|" weigh less than those by "&"
 *   any         "!" any, "(" condition ")", or COLUMN SIGN VALUE
 *   SIGN        < <= > >= = != of numbers; = != ~ (contains) of texts; = != of words
 *   VALUE       a number (5% is 0.05), a word, a text as far as & | ) or in quotes, or NA
 */
#ifndef UI_EXPLORER_EXPRESSION_H
#define UI_EXPLORER_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

struct expression;

enum expression_kind { EXPRESSION_NUMBER, EXPRESSION_TEXT, EXPRESSION_WORD };

/* What can be asked of a row. Two columns of one name are told apart by what they are compared
 * with. */
struct expression_column {
    const char *name;
    enum expression_kind kind;
    const char *const *words; /* of EXPRESSION_WORD, NULL at the end; static */
    int id;                   /* that the caller's function is given */
};

/* A row's value in a column; missing: NaN, NULL. */
struct expression_value {
    double number;
    const char *text; /* also the word */
};

/* The caller's row, and how its values are found. */
struct expression_row {
    const void *row;
    struct expression_value (*value)(const void *row, int id);
};

/* Whether a text is meant as a condition: it holds a sign of one. Plain words do not. */
bool expression_is_meant(const char *text);

/*
 * The condition, ended by expression_destroy; NULL when it is none, then *said is one sentence
 * with the place, counted in letters from 1, which the caller frees. Columns are copied, their
 * texts are borrowed until the end.
 */
struct expression *expression_create(const char *text, const struct expression_column *columns,
                                     size_t count, char **said);
void expression_destroy(struct expression *expression);

/* Comparisons with a missing value do not hold, but for = NA (and != NA where one is there). */
bool expression_holds(const struct expression *expression, const struct expression_row *row);

#endif
