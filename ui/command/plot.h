/*
 * What the files of `plot` share: showing a chart, as text or as a figure.
 * In: a chart and options. Out: a picture on standard output or in a file, or an error.
 */
#ifndef UI_COMMAND_PLOT_H
#define UI_COMMAND_PLOT_H

#include "chart/chart.h"
#include "ui/command/options.h"

/* The kind of plot that is no chart of a pair or a whole study. */
#define PLOT_PATH "path"

/* To a file where one was named, otherwise as text. */
MUST_USE bool plot_show(const struct options *options, const struct study *study,
                        const struct chart *chart, const char *title, struct arena *arena,
                        struct error *error);

/* What goes through a mediator: the exposure, mediator and outcome asked for, or those whose
 * indirect effect has the smallest P. */
MUST_USE bool plot_path(const struct options *options, const struct study *study,
                        struct error *error);

#endif
