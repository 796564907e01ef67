/*
 * A home for tests: a folder of its own under /tmp, with the XDG folders in it, so that
 * nobody's own files are read or written.
 */
#ifndef TESTS_HOME_FIXTURE_H
#define TESTS_HOME_FIXTURE_H

#include "explorer_fixture.h"
#include <stdbool.h>

/* The path by which these loops keep things. */
#define HOME_STUDY "/somewhere/study.conf"

/* Makes it and sets HOME and XDG_*; removes it. Whether there is one. */
void home_begin(void);
void home_end(void);
bool home_is_made(void);

/* A path inside, to be freed; whether anything is there. */
char *home_path(const char *name);
bool home_has(const char *name);

/* Writes the configuration file. */
void home_configure(const char *text);

/* The only file in a folder of the home as text, to be freed; its path, likewise. The test
 * fails when there is another number of files. */
char *home_only_text(const char *folder);
char *home_only_path(const char *folder);

/* An explorer as on a terminal: with what was kept, computed, drawn once on 100x30; and its
 * end, by which things are kept. */
struct loop home_loop_begin(bool is_fresh);
void home_loop_end(struct loop *loop);

#endif
