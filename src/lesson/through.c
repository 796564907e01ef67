#include "lesson/through.h"

#include <math.h>
#include <string.h>

static const struct through_triple *triple_of(const struct study *study,
                                              const struct pair *pair)
{
    const struct through *through = study->through;
    for (size_t i = 0; through != NULL && i < through->triple_count; i++) {
        const struct through_triple *triple = &through->triples[i];
        if (pair->direction == FORWARD &&
            strcmp(triple->exposure->key, pair->exposure->key) == 0 &&
            strcmp(triple->outcome->key, pair->outcome->key) == 0) {
            return triple;
        }
    }
    return NULL;
}

struct mediated_triple *lesson_through(const struct study *study, const struct pair *pair,
                                       struct arena *scratch, struct arena *arena)
{
    const struct through_triple *triple = triple_of(study, pair);
    struct estimate_settings settings = estimate_default_settings();
    if (triple == NULL) {
        return NULL;
    }
    struct mediated_triple *of = arena_get(arena, 1, sizeof *of);
    const struct mediation_input input = {triple->total, triple->first, &triple->joined.design,
                                          triple->joined.own[1]};
    settings.seed = study->seed;
    of->triple = triple;
    of->mediation = mediation_of(&input, &settings, scratch, arena);
    of->q = NAN;
    return of;
}
