/*
 * Paths of a study: its file, its folder, and the files that it names.
 * In: what a person or a study file wrote. Out: paths that can be opened, in an arena.
 */
#ifndef STUDY_PLAN_PATH_H
#define STUDY_PLAN_PATH_H

#include "base/arena.h"
#include "base/error.h"

/* The study file of a folder, or the path itself when it is no folder. */
const char *plan_path_file(const char *path, struct arena *arena);

/* The folder of a file: "." when the path has none. */
const char *plan_path_folder(const char *file, struct arena *arena);

/* The name of a file without folder and without .gz, .tsv and the like: a trait's key. */
const char *plan_path_stem(const char *file, struct arena *arena);

/* How a file is called from within a folder, which both must be there: the way down or up and
 * down again; its absolute path where they share no folder below the root; NULL where one of
 * them is not there. */
const char *plan_path_from(const char *folder, const char *path, struct arena *arena);

/* A path relative to a folder; absolute paths stay as they are. */
const char *plan_path_in(const char *folder, const char *path, struct arena *arena);

/* The whole text of a small file (a study file), through the reader of lines, which refuses
 * folders, NUL bytes and the like. The caller frees *text. */
MUST_USE bool plan_path_text(const char *file, char **text, struct error *error);

#endif
