/*
 * What every view shares: the study, its results, what was left out by hand, which outcome and
 * direction are shown, and what was said. In: a study. Out: answers for views. Views read it;
 * results are replaced only by the loop.
 */
#ifndef UI_EXPLORER_STATE_H
#define UI_EXPLORER_STATE_H

#include "study/results.h"
#include "ui/explorer/asked.h"
#include "ui/explorer/history.h"
#include "ui/explorer/jumps.h"
#include "ui/explorer/keymap.h"
#include "ui/explorer/marks.h"
#include "ui/explorer/notes.h"
#include "ui/explorer/typed.h"

struct opening;

struct state {
    const struct study *study;
    /* So far, and the loop's: analyses that are under way are NULL. */
    const struct results *full;    /* nothing left out by hand; NULL: nothing was asked for */
    const struct results *partial; /* with hand exclusions; NULL when there are none */
    unsigned turn;                 /* grows whenever they change */
    struct asked chosen;           /* what the next computation does */
    struct asked shown;            /* what the results are of */
    struct asked given;            /* what the explorer was started with */
    struct history history;
    struct marks marks;
    struct jumps jumps;
    char *hint; /* what is wrong with the text being typed; NULL nothing */
    enum direction direction;
    size_t outcome;       /* index into study->outcomes: the disease */
    bool odds_ratio;      /* effects on log odds are shown as odds ratios */
    bool mouse;           /* taken by the program */
    bool ascii;           /* no glyphs outside ASCII */
    bool has_preview;     /* a person chose how many rows stand below the table */
    size_t preview;       /* so many */
    bool is_first_run;    /* nothing was kept yet: a hint is shown */
    struct keymap keymap; /* which key does what */
    struct notes notes;   /* on taxa */
    struct typed typed;   /* lines of the command line */
    struct typed searches, filters, files; /* lines of the other prompts */
    char *search;                          /* what n and N look for; NULL nothing */
    bool is_waiting;                       /* something is being computed */
    bool is_running;                       /* long enough to be said, with a gauge */
    double progress;                       /* of it, 0 to 1 */
    double remaining;                      /* seconds, NaN unknown */
    bool is_reading;                       /* files of another study */
    double read;                           /* of them, 0 to 1; NaN unknown */
    struct array messages;                 /* char *, oldest first */
    char *status;                          /* the last of them until the next key; NULL none */

    /* Files that are to become a study; NULL none yet. */
    struct opening *opening;
};

void state_begin(struct state *state, const struct study *study);
void state_end(struct state *state);

/* The results to show: with hand exclusions where there are some. NULL until something was
 * computed. Whether they have every pair. */
const struct results *state_results(const struct state *state);
bool state_is_complete(const struct state *state);

/* The pairs of the direction and outcome shown, counted. */
struct results_count state_count(const struct state *state);

/* The other side of every pair shown; NULL for a study without one. */
const struct trait *state_disease(const struct state *state);

/* The pair of a taxon with the disease in the direction shown, or NULL; its place in *index. */
const struct pair *state_pair(const struct state *state, const struct trait *taxon,
                              size_t *index);

/* What is known of a pair, or NULL; its analysis is NULL while it is under way; the same with
 * nothing left out. */
const struct pair_result *state_pair_result(const struct state *state, size_t pair);
const struct analysis *state_analysis(const struct state *state, size_t pair);
const struct analysis *state_full_analysis(const struct state *state, size_t pair);

/* Whether effects of this pair are shown as odds ratios. */
bool state_is_odds(const struct state *state, const struct pair *pair);

/* "Insomnia (simulated outcome)" without what the title says anyway: up to the bracket. The
 * caller's arena. */
const char *state_short_name(const struct trait *trait, struct arena *arena);

/* Keeps a message, with the keys of the {actions} that it names, and shows it until the next
 * key. */
void state_say(struct state *state, const char *text);

/* The trait of a key among the study's taxa, or NULL. */
const struct trait *state_taxon(const struct state *state, const char *key);

#endif
