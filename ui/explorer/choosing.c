#include "ui/explorer/choosing.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/views.h"

/* What is now chosen and not computed, or why nothing was. */
static struct effect answer(const struct state *state, bool is_taken, struct error *error)
{
    if (!is_taken) {
        return effect_error(error);
    }
    struct text text = {0};
    asked_say_difference(&state->chosen, &state->shown, &text);
    struct effect effect =
        text.length == 0 ? effect_message("%s", _("as it was computed"))
                         : effect_message(_("%s; {compute} computes with it"), text.bytes);
    text_drop(&text);
    return effect;
}

struct effect choosing_set(struct state *state, const struct order *order)
{
    struct error error = {0};
    if (order->argument == NULL) {
        return effect_open(settings_view_create());
    }
    bool is_taken = asked_take(&state->chosen, order->argument, state->study->seed, &error);
    return answer(state, is_taken, &error);
}

struct effect choosing_methods(struct state *state, const struct order *order)
{
    struct error error = {0};
    if (order->argument == NULL) {
        return effect_open(settings_view_create());
    }
    bool is_taken = asked_take_methods(&state->chosen, order->argument, &error);
    return answer(state, is_taken, &error);
}

void choosing_say_run(struct state *state)
{
    struct text text = {0};
    asked_say_difference(&state->chosen, &state->given, &text);
    if (text.length > 0) {
        struct effect effect = effect_message(_("computing with %s"), text.bytes);
        state_say(state, effect.text);
        memory_free(effect.text);
    }
    text_drop(&text);
}
