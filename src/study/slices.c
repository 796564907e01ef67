#include "study/slices.h"
#include "base/map.h"

/* Outcomes of a slice. */
enum { OUTCOMES = 8 };

static bool is_of_tables(const struct plan *plan)
{
    const struct array *both[] = {&plan->exposures, &plan->outcomes};
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < both[side]->count; i++) {
            if (((const struct plan_section *)array_at(both[side], i))->files.count > 0) {
                return false;
            }
        }
    }
    return plan->pairs == NULL;
}

static bool has_own_names(const struct array *outcomes)
{
    struct map *names = map_create();
    bool is_own = true;
    for (size_t i = 0; i < outcomes->count && is_own; i++) {
        const struct plan_section *section = array_at(outcomes, i);
        is_own = map_set(names, section->name == NULL ? section->key : section->name, i);
    }
    map_destroy(names);
    return is_own;
}

bool slices_count(const char *path, size_t *count, struct error *error)
{
    struct plan plan;
    struct arena *arena = arena_create();
    bool is_read = plan_read(path, arena, &plan, error);
    *count = 1;
    if (is_read) {
        if (is_of_tables(&plan) && has_own_names(&plan.outcomes) && plan.outcomes.count > 0) {
            *count = (plan.outcomes.count + OUTCOMES - 1) / OUTCOMES;
        }
        plan_destroy(&plan);
    }
    arena_destroy(arena);
    return is_read;
}

void slices_range(const struct plan *plan, size_t slice, size_t count, size_t *from,
                  size_t *end)
{
    size_t all = plan->outcomes.count;
    *from = count < 2 ? 0 : slice * OUTCOMES;
    *end = count < 2 || *from + OUTCOMES > all ? all : *from + OUTCOMES;
}
