#include "ui/explorer/enabled.h"

#include "base/i18n.h"
#include "study/through.h"
#include "ui/explorer/compare_view.h"
#include "ui/explorer/jumps.h"

static bool because(const char **reason, bool can, const char *text)
{
    *reason = can ? NULL : text;
    return can;
}

bool enabled_results(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, state->full != NULL,
                   state->is_running ? _("the results are still being computed")
                                     : _("nothing was computed; {compute} computes"));
}

bool enabled_complete(const struct state *state, const struct view *view, const char **reason)
{
    return enabled_results(state, view, reason) &&
           because(reason, state_is_complete(state),
                   state->is_waiting ? _("the results are still being computed")
                                     : _("not all was computed; {compute} goes on"));
}

bool enabled_next(const struct state *state, const struct view *view, const char **reason)
{
    return because(reason, view->kind->bit == IN_VARIANT || state->search != NULL,
                   _("nothing was searched for; {search} searches"));
}

bool enabled_compute(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, !state->is_running || !asked_equal(&state->chosen, &state->shown),
                   _("it is being computed already"));
}

bool enabled_restore(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, history_exclusions(&state->history).count > 0,
                   _("no variant was left out by hand"));
}

bool enabled_undo(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, history_can_undo(&state->history), _("nothing to undo"));
}

bool enabled_redo(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, history_can_redo(&state->history), _("nothing was undone"));
}

bool enabled_reverse(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason,
                   state->study->has_direction[FORWARD] && state->study->has_direction[REVERSE],
                   _("this study has one direction only"));
}

bool enabled_outcome(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, state->study->outcome_count > 1, _("this study has one outcome"));
}

bool enabled_scale(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    const struct trait *disease = state_disease(state);
    return because(reason,
                   state->direction == FORWARD && disease != NULL &&
                       disease->unit == UNIT_LOG_ODDS,
                   _("the outcome is not in log odds"));
}

bool enabled_unmark(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, marks_count(&state->marks) > 0,
                   _("no taxon is marked; {mark} marks the one under the cursor"));
}

_Static_assert(COMPARE_MOST == 20, "what follows says so");

bool enabled_compare(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    size_t count = marks_count(&state->marks);
    return because(
        reason, count >= COMPARE_LEAST && count <= COMPARE_MOST,
        count < COMPARE_LEAST
            ? _("two taxa at least must be marked; {mark} marks")
            : _("more than 20 taxa are marked; {mark} takes a mark off, {unmark-all} all"));
}

bool enabled_jump_back(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason, jumps_can_go(&state->jumps, -1),
                   _("there was no jump before; opening, searching and turning are jumps"));
}

bool enabled_jump_forward(const struct state *state, const struct view *view,
                          const char **reason)
{
    (void)view;
    return because(reason, jumps_can_go(&state->jumps, 1), _("this is the last place"));
}

bool enabled_through(const struct state *state, const struct view *view, const char **reason)
{
    (void)view;
    return because(reason,
                   state->study->through != NULL && state->study->through->triple_count > 0,
                   _("this study has no mediator"));
}
