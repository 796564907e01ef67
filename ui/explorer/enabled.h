/*
 * Whether an action can be done now, and in words why not.
 * In: the state and the view that the person is in. Out: true, or false and the reason. Each is
 * named in the table of actions.
 */
#ifndef UI_EXPLORER_ENABLED_H
#define UI_EXPLORER_ENABLED_H

#include <stdbool.h>

struct state;
struct view;

bool enabled_next(const struct state *state, const struct view *view, const char **reason);
bool enabled_unmark(const struct state *state, const struct view *view, const char **reason);
bool enabled_compare(const struct state *state, const struct view *view, const char **reason);
bool enabled_jump_back(const struct state *state, const struct view *view, const char **reason);
bool enabled_jump_forward(const struct state *state, const struct view *view,
                          const char **reason);
bool enabled_results(const struct state *state, const struct view *view, const char **reason);
bool enabled_complete(const struct state *state, const struct view *view, const char **reason);
bool enabled_compute(const struct state *state, const struct view *view, const char **reason);
bool enabled_restore(const struct state *state, const struct view *view, const char **reason);
bool enabled_undo(const struct state *state, const struct view *view, const char **reason);
bool enabled_redo(const struct state *state, const struct view *view, const char **reason);
bool enabled_reverse(const struct state *state, const struct view *view, const char **reason);
bool enabled_outcome(const struct state *state, const struct view *view, const char **reason);
bool enabled_through(const struct state *state, const struct view *view, const char **reason);
bool enabled_scale(const struct state *state, const struct view *view, const char **reason);

#endif
