#include "study/raw_near.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "study/choose_sides.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR 1e6

static int compare(const void *one, const void *other)
{
    const struct association *a = *(const struct association *const *)one;
    const struct association *b = *(const struct association *const *)other;
    int order = strcmp(a->chromosome, b->chromosome);
    return order != 0 ? order : (a->position > b->position) - (a->position < b->position);
}

static bool has_near(const struct chosen *chosen)
{
    const struct association **sorted = memory_get(chosen->count, sizeof *sorted);
    size_t count = 0;
    bool is_near = false;
    for (size_t i = 0; i < chosen->count; i++) {
        const struct association *one = chosen->instruments[i];
        if (one->chromosome != NULL && one->position >= 0) {
            sorted[count++] = one;
        }
    }
    if (count > 1) {
        qsort(sorted, count, sizeof *sorted, compare);
    }
    for (size_t i = 1; i < count && !is_near; i++) {
        is_near = strcmp(sorted[i]->chromosome, sorted[i - 1]->chromosome) == 0 &&
                  sorted[i]->position - sorted[i - 1]->position < NEAR;
    }
    memory_free(sorted);
    return is_near;
}

static size_t count_near(const struct side *side)
{
    size_t count = 0;
    for (size_t i = 0; i < side->as_exposure.traits.count; i++) {
        count += has_near(&side->chosen[i]);
    }
    return count;
}

void raw_warn_near(struct loader *loader, const struct array *sides)
{
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);
        struct choose_settings settings = sides_settings(loader, side->section);
        bool is_whole = side->section->files.count > 0 && side->section->instruments == NULL &&
                        !side->section->choice.all;
        size_t near = is_whole && !choose_is_clumped(&settings) ? count_near(side) : 0;
        if (near > 0) {
            *(const char **)array_add(&loader->study->warnings) = arena_format(
                loader->study->arena,
                ngettext("%s: %zu trait of \"%s\" has instruments within 1 Mb of each other, "
                         "which count as independent; set clump_r2 and a reference, or "
                         "clump_kb",
                         "%s: %zu traits of \"%s\" have instruments within 1 Mb of each other, "
                         "which count as independent; set clump_r2 and a reference, or "
                         "clump_kb",
                         (unsigned long)near),
                loader->plan->path, near, side->section->key);
        }
    }
}
