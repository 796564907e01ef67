/*
 * An explorer without a terminal, for tests: the bundled study, few methods, few repetitions.
 * In: keys and lines of scripts. Out: the screen as text.
 */
#ifndef TESTS_EXPLORER_FIXTURE_H
#define TESTS_EXPLORER_FIXTURE_H

#include "ui/explorer/loop.h"

extern struct study *study;
extern struct explorer_options options;

/* Loads the study from $srcdir/data; ends it. */
void fixture_load(void);
void fixture_unload(void);

/* An explorer that has computed everything, drawn once; ended by loop_end. */
struct loop start(size_t columns, size_t rows);
void redraw(struct loop *loop);

/* Keys by their names, spaces between, or lines of a script behind a colon; `;` parts them. */
void play(struct loop *loop, const char *text);

/* The screen; the caller frees it. Whether it shows a text; if not, it is printed. */
char *screen_of(const struct loop *loop);
bool shows(const struct loop *loop, const char *text);

/* A path in the source tree; a whole file as text, empty when it is not there; a file with a
 * text. The caller frees what is returned. */
char *path_of(const char *name);
char *read_file(const char *path);
void write_file(const char *path, const char *text);

/* Compares a screen with tests/screens/NAME.txt, which GENERATE=1 writes anew. */
void compare_stored(const char *name, const char *screen);

#endif
