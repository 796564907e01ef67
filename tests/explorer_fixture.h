/*
 * An explorer without a terminal, for tests: the bundled study, few methods, few repetitions.
 * In: keys and lines of scripts. Out: the screen as text.
 */
#ifndef TESTS_EXPLORER_FIXTURE_H
#define TESTS_EXPLORER_FIXTURE_H

#include "golden.h"
#include "ui/explorer/loop.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

/* A taxon with seven variants; every taxon of one phylum with three or more, marked. */
#define CLASS ":select class.Actinobacteria.id.419;"
#define MARKED ":mark phylum = Actinobacteria & nsnp >= 3;"

extern struct study *study;
extern struct explorer_options options;

/* Loads the study from $srcdir/data; ends it. */
void fixture_load(void);
void fixture_unload(void);

/* An explorer that has computed everything, drawn once; ended by loop_end. */
struct loop start(size_t columns, size_t rows);
void redraw(struct loop *loop);

/* Keys by their names, spaces between, or lines of a script behind a colon; `;` parts them, and
 * `wait` among them waits until everything is computed. */
void play(struct loop *loop, const char *text);

/* A text that stands in the screen is clicked on. */
void click_on(struct loop *loop, const char *text);

/* Every row of a canvas is exactly as wide as the canvas, and the cursor is inside. */
void check_canvas(const struct canvas *canvas);

/* Keys drawn at random from a list, with clicks and resizes; `index` says which walk. */
void walk_at_random(const char *name, int index, size_t steps, const char *const *keys,
                    size_t count);

/* The screen; the caller frees it. Whether it shows a text; if not, it is printed. */
char *screen_of(const struct loop *loop);
bool shows(const struct loop *loop, const char *text);

/* A path in the source tree; a whole file as text, empty when it is not there; a file with a
 * text. The caller frees what is returned. */
char *path_of(const char *name);
char *read_file(const char *path);
void write_file(const char *path, const char *text);

/* How many files of a folder in the source tree have names that end like this. */
int files_in(const char *folder, const char *ending);

/* Goes to the root of the source tree, which paths are then relative to; false: it cannot. */
bool enter_tree(void);

/* Compares a screen with tests/screens/NAME.txt, which GENERATE=1 writes anew. */
void compare_stored(const char *name, const char *screen);

/* A screen of a size, by what is played, and its stored text. */
struct stored_screen {
    const char *name;
    size_t columns, rows;
    bool ascii;
    const char *play;
};
void check_stored(const struct stored_screen *stored);

/* A habit, by what is played on 100x30 and what must then be seen. */
struct habit {
    const char *name, *play, *seen;
};
void check_habit(const struct habit *habit);

/* Runs tests as one suite over the bundled study; `before` and `after` (NULL none) stand around
 * each. What main returns. */
int explorer_run_each(const char *name, void (*before)(void), void (*after)(void),
                      const struct golden_test *tests, size_t count);

#endif
