/*
 * A view: one screen or dialogue, with its own state, on a stack.
 * In: orders, typed keys, clicks. Out: cells, and effects that say what the loop shall do. A
 * view keeps its position by identity (taxon, variant), never by row, and changes nothing
 * outside of itself but the state that every view shares.
 */
#ifndef UI_EXPLORER_VIEW_H
#define UI_EXPLORER_VIEW_H

#include "base/error.h"
#include "base/text.h"
#include "ui/explorer/action.h"
#include "ui/explorer/state.h"
#include "ui/painter.h"

enum effect_kind {
    EFFECT_NONE,
    EFFECT_UNHANDLED, /* not this view's: the loop's general actions may do it */
    EFFECT_OPEN,      /* view */
    EFFECT_BACK,
    EFFECT_RUN,    /* compute everything again */
    EFFECT_TOGGLE, /* text: a variant to leave out, or to take back */
    EFFECT_CANCEL,
    EFFECT_MESSAGE, /* text */
    EFFECT_REFUSE,  /* text: it could not be done, and why; ends a script */
    EFFECT_READ,    /* reading: files, of which a study is opened once they are read */
    EFFECT_COPY,    /* text */
    EFFECT_DO,      /* order, with text as argument, for the view below; a dialogue ends */
    EFFECT_COMMAND, /* text, a line as in a script, likewise */
    EFFECT_LOOK,    /* text, searched for in the view below while it is typed */
    EFFECT_TRY,     /* text, by which the view below is narrowed while it is typed */
    EFFECT_LEAVE,   /* a dialogue ends and the view below returns to where it was */
    EFFECT_QUIT
};

struct effect {
    enum effect_kind kind;
    struct view *view;           /* handed over */
    char *text;                  /* handed over */
    const char *key;             /* static */
    const struct action *action; /* of EFFECT_DO */
    struct reading *reading;     /* handed over */
};

/* Where a view stands, by identity; texts are borrowed from the study. */
struct place {
    const char *taxon;
    const char *variant;
    const char *other; /* a method, a file's line: what else it has */
    size_t tab;
    struct identity of;      /* what the cursor of a study's chart stands on */
    struct identity counted; /* the number whose list is shown; OF_NOTHING: none */
};

/* What draw gets: cells, where, and memory until the next frame. */
struct drawing {
    struct canvas *canvas;
    struct rectangle area;
    const struct state *state;
    struct arena *scratch;
};

struct view_kind {
    const char *key;
    enum view_bit bit;
    bool is_dialogue; /* drawn over the view below */
    void (*draw)(struct view *view, const struct drawing *drawing);
    /* The left of the title line, in `scratch`. Dialogues have none. */
    const char *(*title)(const struct view *view, const struct state *state,
                         struct arena *scratch);
    /* Whether it shows other data than the study's, which may be made up where these are not.
     * NULL: never. */
    bool (*is_apart)(const struct view *view, const struct state *state);
    /* "2/186" for the key line, or NULL; likewise. */
    const char *(*position)(const struct view *view, const struct state *state,
                            struct arena *scratch);
    /* What it shows in one sentence, for a person who cannot see it; the row as text for the
     * clipboard. In `scratch`. */
    const char *(*sentence)(const struct view *view, const struct state *state,
                            struct arena *scratch);
    const char *(*line)(const struct view *view, const struct state *state,
                        struct arena *scratch);
    /* Its table as it is shown, rows filtered and sorted, as TSV with a header; its picture as
     * text. False: it has none now. NULL likewise. */
    bool (*table)(const struct view *view, const struct state *state, struct text *text);
    bool (*chart)(const struct view *view, const struct state *state, size_t columns,
                  struct text *text);
    /* Whether it has the whole screen now, without title and key line. NULL: never. */
    bool (*is_bare)(const struct view *view);
    /* Its picture for a figure, in `arena` or its own until it changes. NULL: none now. */
    const struct chart *(*figure)(const struct view *view, const struct state *state,
                                  struct arena *arena);
    struct effect (*act)(struct view *view, struct state *state, const struct order *order);
    /* A view that takes text gets every key first; EFFECT_UNHANDLED hands it on. */
    struct effect (*type)(struct view *view, struct state *state, const char *key);
    struct effect (*click)(struct view *view, struct state *state, size_t column, size_t row);
    /* Adds the pairs that it shows (size_t, in the study), what is looked at first. NULL: none.
     */
    void (*wants)(const struct view *view, const struct state *state, struct array *pairs);
    /* Moves to what contains text: step 0 from here on, 1 the next, -1 the one before. */
    bool (*search)(struct view *view, const struct state *state, const char *text, int step);
    /* Narrows by a text while it is typed; NULL: as it was before. Returns what is wrong with
     * it (the caller frees it) or NULL. */
    char *(*narrow)(struct view *view, const struct state *state, const char *text);
    struct place (*save)(const struct view *view);
    void (*restore)(struct view *view, const struct state *state, struct place place);
    void (*destroy)(struct view *view);
};

/* The first member of every view's own struct. */
struct view {
    const struct view_kind *kind;
};

struct effect effect_none(void);
struct effect effect_unhandled(void);
struct effect effect_of(enum effect_kind kind);
struct effect effect_open(struct view *view);
/* With a copy of text. */
struct effect effect_text(enum effect_kind kind, const char *text);
struct effect effect_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct effect effect_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A refusal with the message of an error, which is cleared. */
struct effect effect_error(struct error *error);

#endif
