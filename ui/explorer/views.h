/*
 * The kinds of view that there are, and what each needs to be made.
 * In: what it shall show. Out: a view, ended by its kind's destroy. A new view is one file and
 * one line here.
 */
#ifndef UI_EXPLORER_VIEWS_H
#define UI_EXPLORER_VIEWS_H

#include "ui/explorer/view.h"

struct view *taxa_view_create(const struct state *state);
/* The pair of a taxon (and the state's outcome and direction); variant may be NULL. */
struct view *pair_view_create(const struct trait *taxon, const char *variant);
struct view *variant_view_create(const struct trait *taxon, const char *variant);
struct view *outcomes_view_create(const struct state *state);
/* The ledger, of one trait or all (NULL). */
struct view *ledger_view_create(const char *trait);
/* The ledger's rows that contain a text or fulfil a condition (NULL all). */
struct view *ledger_view_create_with(const char *filter);
/* Those entries that a number of the study's flow counts (chart/flow_counts.h). */
struct view *ledger_view_create_counted(enum direction direction, const char *disease,
                                        int step);
/* The charts of the whole study, one of them (its key) in front. */
struct view *charts_view_create(const char *chart);
/* The marked taxa side by side. */
struct view *compare_view_create(const struct state *state);
struct view *messages_view_create(void);
/* The rules of the verdict on a taxon's pair. */
struct view *verdict_view_create(const struct trait *taxon);
/* Plain words of a taxon, or of its pair in the outcome and direction shown; NULL: the study.
 */
struct view *plain_view_create(const struct trait *taxon, bool is_pair);
/* What is known of a taxon. */
struct view *card_view_create(const struct trait *taxon);
/* The methods, at one of them (NULL the first); with the answers of a taxon's pair, or of none
 * (NULL). */
struct view *methods_view_create(const struct trait *taxon, const char *method);
struct view *study_view_create(const struct state *state);
/* Both directions side by side: all taxa, with the cursor on one (key, or NULL); one pair. */
struct view *both_view_create(const struct state *state, const char *taxon);
struct view *both_pair_view_create(const struct trait *taxon);
/* Folders and files, from a folder. */
struct view *files_view_create(const char *folder);
/* How a file's columns are understood, to be changed before it is read. */
struct view *columns_view_create(struct state *state, const char *path);
/* Opens a file that was chosen: a study file at once, a table by way of its columns. */
struct effect columns_view_choose(struct state *state, const char *path);
/* What goes through the study's mediators, which must be there. */
struct view *through_view_create(const struct state *state);
/* Opens several exposures: a wide table, or (NULL) the one beside the study; says what is
 * wrong. */
struct effect several_view_open(const struct state *state, const char *path);
/* The form of methods and settings. */
struct view *settings_view_create(void);
/* A lesson of a file, at its first step; `data`: the folder of installed studies. NULL and the
 * error where it cannot be read. */
struct view *lesson_view_create(const char *path, const char *data, struct error *error);
/* The actions of the view below. */
struct view *help_view_create(unsigned view);

/* A list to choose an argument of `action` from. Texts are copied; `values` what is given to
 * the action, `labels` what is shown. */
struct view *menu_view_create(const char *title, const struct action *action,
                              const char *const *values, const char *const *labels,
                              size_t count, size_t chosen);

/* One line of text. */
enum prompt_kind {
    PROMPT_SEARCH,
    PROMPT_FILTER,
    PROMPT_COMMAND,
    PROMPT_FILE,
    PROMPT_NOTE,
    PROMPT_SETTING,
    PROMPT_NAME,
    PROMPT_ANSWER
};
struct view *prompt_view_create(enum prompt_kind kind, const struct action *action,
                                const char *text);
/* The same; `prefix` goes before what is typed in the argument. */
struct view *prompt_view_create_with(enum prompt_kind kind, const struct action *action,
                                     const char *prefix, const char *text);

#endif
