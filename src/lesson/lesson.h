/*
 * A lesson: steps that show a chart, say one thing and ask one thing.
 * In: a text file that a teacher wrote (data/lessons/README.md explains the format). Out: its
 * steps, checked as far as that is possible without any data; what is wrong with the file is
 * one sentence with its line. Numbers are never written down: a step names them, and they are
 * read off the data when it is shown.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include "base/arena.h"
#include "base/error.h"
#include "estimate/estimate.h"
#include "simulate/scenario.h"

/* The chart of what goes through a mediator. */
#define LESSON_PATH "path"

/* What a step's chart and numbers are made of. A key that a step does not have is as in the
 * step before. */
struct lesson_scene {
    const char *study;              /* name of an installed study; NULL: simulated */
    const char *exposure, *outcome; /* keys in it; NULL: its first pair */
    enum direction direction;
    struct scenario scenario; /* of a simulated pair */
    uint64_t seed;
    const struct method *const *methods; /* beside the main estimate */
    size_t method_count;
    const char *chart;          /* key of a chart of a pair or of a study; NULL: none */
    const char *const *without; /* variants that are left out */
    size_t without_count;
    const char *mark; /* the variant under the cursor; NULL: none */
    long line;        /* of the last key that says something about it */
};

/* A choice of the scenario that a person moves. */
struct lesson_slider {
    const struct scenario_field *field;
    double least, most;
    double step;    /* added, or a factor */
    bool is_factor; /* "x2" */
};

/* What must hold for the texts to be true: "ivw.p < 0.05". */
struct lesson_fact {
    const char *left, *right; /* names of numbers; right may be a number */
    char sign;                /* '<' or '>' */
    long line;
};

struct lesson_step {
    long line;
    const char *heading, *text; /* paragraphs of a text end in '\n' */
    struct lesson_scene scene;
    const struct lesson_slider *sliders;
    size_t slider_count;
    const struct lesson_fact *facts;
    size_t fact_count;
    const char *ask;
    const char *const *choices; /* NULL: a number is asked for */
    size_t choice_count, correct;
    const char *number; /* the name of the right number; NULL: a choice */
    double tolerance;   /* how far an answer may be off */
    const char *right, *wrong;
    const char *truth; /* what is revealed; NULL: only what a simulation knows */
};

struct lesson {
    const char *key;  /* the name of its file without its ending */
    const char *path; /* for messages */
    const char *title, *about;
    double order; /* in the list */
    const struct lesson_step *steps;
    size_t step_count;
};

/* Reads a lesson; all of it lives in `arena`. */
MUST_USE bool lesson_read(const char *path, struct arena *arena, struct lesson *lesson,
                          struct error *error);

#endif
