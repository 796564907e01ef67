/*
 * A chart as a figure for print: SVG, PDF or PNG, through cairo and Pango.
 * In: any chart. Out: a file, vector where the format is, at the widths that journals have.
 * The same marks as in the terminal: what contains the null is hollow, series differ in dashes
 * as well as in colour.
 */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "base/error.h"
#include "base/text.h"
#include "chart/chart.h"

enum figure_format { FIGURE_SVG, FIGURE_PDF, FIGURE_PNG };

/* The format that a path ends in, whatever its case; false for any other end. */
bool figure_format_of(const char *path, enum figure_format *format);

struct figure_options {
    const char *title; /* above the chart's own; NULL none */
    double width;      /* in millimetres: 90 and 190 are one and two columns of most journals */
    double dots;       /* an inch, of PNG */
};

/* Appends the figure's bytes to `bytes`. The height follows from what is drawn. */
MUST_USE bool figure_draw(const struct chart *chart, const struct figure_options *options,
                          enum figure_format format, struct text *bytes, struct error *error);

/*
 * The same as an element of a page of HTML: an SVG that is named by its title and told by the
 * chart's sentence, whose texts are text, and whose colours are the page's (--paper, --ink0 to
 * --ink10) so that it is legible in the dark too. All of its ids begin with `id`.
 */
MUST_USE bool figure_inline(const struct chart *chart, const struct figure_options *options,
                            const char *id, struct text *page, struct error *error);

#endif
