/*
 * What narrows a list: plain words, or a condition; one that is set, and one that is only tried
 * while it is typed.
 * In: a text and the columns that a condition may ask for. Out: which one rules now, and what
 * is wrong with a text.
 */
#ifndef UI_EXPLORER_FILTER_H
#define UI_EXPLORER_FILTER_H

#include "ui/explorer/expression.h"

struct filter {
    char *text;                    /* as it was written */
    struct expression *expression; /* NULL: plain words */
};

struct filters {
    struct filter set; /* text NULL: all rows are shown */
    struct filter tried;
    bool is_trying; /* the tried one rules, also when it shows all */
};

/* The one that rules; NULL: all rows are shown. */
const struct filter *filters_ruling(const struct filters *filters);

/* Sets a filter (NULL or empty: none) and ends the trial. Where the text is wrong nothing
 * changes and the sentence why is returned, which the caller frees; else NULL. */
char *filters_set(struct filters *filters, const char *text,
                  const struct expression_column *columns, size_t count);

/* Tries one while it is typed; NULL ends the trial. What cannot be read yet leaves the last
 * condition tried, and says why, as above. */
char *filters_try(struct filters *filters, const char *text,
                  const struct expression_column *columns, size_t count);

void filters_end(struct filters *filters);

/* "p<.05 & nsnp>=3": a condition in few letters, for status lines. The caller frees it. */
char *filter_short(const char *text);

#endif
