/*
 * A page of HTML in the making: text that is escaped, elements, tables that can be sorted.
 * In: texts and tables, hostile until they are in here. Out: well-formed HTML appended to a
 * struct text. Tags and attributes come from the program and are taken as they are.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/text.h"
#include <stdbool.h>

/* Cleaned and escaped, for text and for attributes in quotation marks. NULL adds nothing. */
void html_text(struct text *page, const char *text);

/* <tag attributes>text</tag>; attributes NULL: none. */
void html_element(struct text *page, const char *tag, const char *attributes, const char *text);

/* What folds: <details> with its summary, opened until html_fold_end. */
void html_fold(struct text *page, const char *attributes, const char *summary);
void html_fold_end(struct text *page);

/*
 * A table with caption and headings. Columns of numbers stand right: bit i of `numbers` is
 * column i. `headings` end in NULL; `id` is what links lead to, or NULL.
 */
void html_table_begin(struct text *page, const char *id, const char *caption,
                      const char *const *headings, uint64_t numbers);
/* Cells of a row: text, the same in a heading cell of the row, a count. */
void html_row(struct text *page);
void html_cell(struct text *page, const char *text);
void html_row_heading(struct text *page, const char *text);
void html_count(struct text *page, size_t count);
void html_row_end(struct text *page);
void html_table_end(struct text *page);

/* A table as the program prints it, tab-separated with a header, of which `columns` are shown
 * (NULL: all), and at most so many rows. Numbers have four digits; the caption counts rows. */
struct html_table {
    const char *id, *caption;
    const char *const *columns;
    size_t most;
    bool is_by_strength; /* the rows stand by their pairs' P, which the caption says */
};
void html_table_of(struct text *page, const struct html_table *how, const char *tsv);

/* A number in four digits, as above; NaN as "NA". */
void html_number(struct text *page, double value);

#endif
