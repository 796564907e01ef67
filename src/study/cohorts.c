#include "study/cohorts.h"

struct cohorts cohorts_create(void)
{
    return (struct cohorts){map_create(), map_create(), map_create()};
}

void cohorts_destroy(struct cohorts *cohorts)
{
    map_destroy(cohorts->first);
    map_destroy(cohorts->numbers);
    map_destroy(cohorts->several);
}

void cohorts_note(struct cohorts *cohorts, const char *name, const char *cohort)
{
    const char *known = cohort == NULL ? "" : cohort;
    size_t number = map_count(cohorts->numbers), first;
    if (!map_get(cohorts->numbers, known, &number)) {
        map_set(cohorts->numbers, known, number);
    }
    if (!map_get(cohorts->first, name, &first)) {
        map_set(cohorts->first, name, number);
    } else if (first != number) {
        map_set(cohorts->several, name, number);
    }
}

const char *cohorts_key(const struct cohorts *cohorts, const char *name, const char *cohort,
                        struct arena *arena)
{
    size_t unused;
    bool has_several =
        map_count(cohorts->several) > 0 && map_get(cohorts->several, name, &unused);
    return !has_several || cohort == NULL ? name : arena_format(arena, "%s (%s)", name, cohort);
}
