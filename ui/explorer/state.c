#include "ui/explorer/state.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/opening_files.h"
#include <math.h>
#include <string.h>

void state_begin(struct state *state, const struct study *study)
{
    *state = (struct state){.study = study, .odds_ratio = true, .remaining = NAN};
    state->messages = ARRAY_OF(char *);
    state->direction = study->has_direction[FORWARD] ? FORWARD : REVERSE;
    history_begin(&state->history);
}

void state_end(struct state *state)
{
    asked_end(&state->chosen);
    asked_end(&state->shown);
    asked_end(&state->given);
    for (size_t i = 0; i < state->messages.count; i++) {
        memory_free(*(char **)array_at(&state->messages, i));
    }
    array_destroy(&state->messages);
    typed_end(&state->searches);
    typed_end(&state->filters);
    typed_end(&state->files);
    marks_end(&state->marks);
    jumps_end(&state->jumps);
    memory_free(state->hint);
    history_end(&state->history);
    keymap_end(&state->keymap);
    notes_end(&state->notes);
    typed_end(&state->typed);
    memory_free(state->search);
    opening_end(state->opening);
}

const struct results *state_results(const struct state *state)
{
    return state->partial != NULL ? state->partial : state->full;
}

bool state_is_complete(const struct state *state)
{
    const struct results *results = state_results(state);
    return results != NULL && results_are_complete(results);
}

struct results_count state_count(const struct state *state)
{
    const struct trait *disease = state_disease(state);
    return state_results(state) == NULL
               ? (struct results_count){0}
               : results_count_of(state_results(state), disease == NULL ? NULL : disease->key,
                                  state->direction);
}

const struct trait *state_disease(const struct state *state)
{
    return state->study->outcome_count == 0 ? NULL : state->study->outcomes[state->outcome];
}

const struct pair *state_pair(const struct state *state, const struct trait *taxon,
                              size_t *index)
{
    const struct trait *disease = state_disease(state);
    if (disease == NULL || taxon == NULL) {
        return NULL;
    }
    bool forward = state->direction == FORWARD;
    return study_find_pair(state->study, forward ? taxon->key : disease->key,
                           forward ? disease->key : taxon->key, state->direction, index);
}

const struct pair_result *state_pair_result(const struct state *state, size_t pair)
{
    const struct results *results = state_results(state);
    return results == NULL ? NULL : &results->pairs[pair];
}

const struct analysis *state_analysis(const struct state *state, size_t pair)
{
    const struct pair_result *result = state_pair_result(state, pair);
    return result == NULL ? NULL : result->analysis;
}

const struct analysis *state_full_analysis(const struct state *state, size_t pair)
{
    return state->full == NULL ? NULL : state->full->pairs[pair].analysis;
}

bool state_is_odds(const struct state *state, const struct pair *pair)
{
    return state->odds_ratio && pair->outcome->unit == UNIT_LOG_ODDS;
}

const char *state_short_name(const struct trait *trait, struct arena *arena)
{
    const char *name = trait->name != NULL ? trait->name : trait->key;
    const char *bracket = trait->is_simulated ? strstr(name, " (") : NULL;
    return bracket == NULL ? name : arena_bytes(arena, name, (size_t)(bracket - name));
}

void state_say(struct state *state, const char *text)
{
    char *copy = keymap_said(&state->keymap, text);
    *(char **)array_add(&state->messages) = copy;
    state->status = copy;
}

const struct trait *state_taxon(const struct state *state, const char *key)
{
    for (size_t i = 0; i < state->study->exposure_count; i++) {
        if (strcmp(state->study->exposures[i]->key, key) == 0) {
            return state->study->exposures[i];
        }
    }
    return NULL;
}
