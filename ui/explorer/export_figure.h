/*
 * The chart on the screen as a figure for print: SVG, PDF or PNG.
 * In: a view that has a chart, "[90mm] FILE". Out: a file, drawn as `taxamr plot -o` draws it,
 * and a message that says what it is.
 */
#ifndef UI_EXPLORER_EXPORT_FIGURE_H
#define UI_EXPLORER_EXPORT_FIGURE_H

#include "ui/explorer/view.h"

/* Takes a width from the front of a text: "90mm chart.svg" leaves "chart.svg" and 90. What
 * remains, NULL nothing; the width stays as it is where the text has none. */
const char *export_figure_width(const char *text, double *millimetres);

/* Draws and writes it. */
struct effect export_figure(const struct view *view, const struct state *state,
                            double millimetres, const char *path);

#endif
