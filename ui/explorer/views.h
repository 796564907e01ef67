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
struct view *messages_view_create(void);
/* The form of methods and settings. */
struct view *settings_view_create(void);
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
    PROMPT_SETTING
};
struct view *prompt_view_create(enum prompt_kind kind, const struct action *action,
                                const char *text);

#endif
