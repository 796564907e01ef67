#include "ui/explorer/opening_files.h"

#include "base/i18n.h"
#include "base/memory.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* A pair of more variants was not chosen for its instruments, and takes too long. */
static const size_t MOST_VARIANTS = 20000;

static const char *const side_keys[SIDES] = {"exposure", "outcome", "harmonised"};

bool opening_side_of(const char *key, enum opening_side *side)
{
    for (int i = 0; i < SIDES; i++) {
        if (strcmp(side_keys[i], key) == 0) {
            *side = (enum opening_side)i;
            return true;
        }
    }
    return false;
}

struct source source_create(const char *path)
{
    return (struct source){
        .path = memory_copy_text(path), .threshold = NAN, .overrides = ARRAY_OF(char *)};
}

void source_destroy(struct source *source)
{
    for (size_t i = 0; i < source->overrides.count; i++) {
        memory_free(*(char **)array_at(&source->overrides, i));
    }
    if (source->path != NULL) {
        array_destroy(&source->overrides);
    }
    memory_free(source->path);
    memory_free(source->name);
    *source = (struct source){.path = NULL};
}

struct source source_copy(const struct source *source)
{
    struct source copy = source_create(source->path);
    copy.name = memory_copy_text(source->name);
    copy.unit = source->unit;
    copy.threshold = source->threshold;
    for (size_t i = 0; i < source->overrides.count; i++) {
        *(char **)array_add(&copy.overrides) =
            memory_copy_text(*(char **)array_at(&source->overrides, i));
    }
    return copy;
}

struct opening *opening_begin(void)
{
    return memory_get(1, sizeof(struct opening));
}

void opening_end(struct opening *opening)
{
    for (int i = 0; opening != NULL && i < 2; i++) {
        source_destroy(&opening->sides[i]);
    }
    memory_free(opening);
}

void opening_take(struct opening *opening, enum opening_side side, const struct source *source)
{
    struct source copy = source_copy(source);
    source_destroy(&opening->sides[side]);
    opening->sides[side] = copy;
}

bool opening_is_whole(const struct opening *opening)
{
    return opening->sides[SIDE_EXPOSURE].path != NULL &&
           opening->sides[SIDE_OUTCOME].path != NULL;
}

static struct gwas_options reading(const struct source *source, struct gwas_watch *watch)
{
    return (struct gwas_options){.watch = watch,
                                 .overrides = (const char *const *)source->overrides.items,
                                 .override_count = source->overrides.count};
}

/* Whether there is something to compute, and not so much that it cannot be meant. */
static bool check(struct study *study, const char *path, struct error *error)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        size_t count = study->pairs[i]->count;
        if (count > MOST_VARIANTS) {
            return error_set(error, ERROR_DATA, path, 0, NULL,
                             _("found %zu variants for one pair; set a threshold on p, and "
                               "clump before"),
                             count);
        }
    }
    return study->pair_count > 0 ||
           error_set(error, ERROR_DATA, path, 0, NULL,
                     _("found no pair; give files with variants in common"));
}

static bool finish(struct study *made, const char *path, struct study **study,
                   struct error *error)
{
    if (!check(made, path, error)) {
        study_destroy(made);
        return false;
    }
    *study = made;
    return true;
}

bool opening_load(const struct opening *opening, struct gwas_watch *watch, struct study **study,
                  struct error *error)
{
    struct study_side sides[2];
    for (int i = 0; i < 2; i++) {
        const struct source *source = &opening->sides[i];
        sides[i] = (struct study_side){source->path, reading(source, watch), source->name,
                                       source->unit};
    }
    double threshold = opening->sides[SIDE_EXPOSURE].threshold;
    struct instrument_settings instruments = {isnan(threshold),
                                              isnan(threshold) ? 0 : threshold};
    struct study *made;
    return study_load_sides(&sides[SIDE_EXPOSURE], &sides[SIDE_OUTCOME], ACTION_INFER,
                            &instruments, &made, error) &&
           finish(made, sides[SIDE_EXPOSURE].path, study, error);
}

bool opening_load_harmonised(const struct source *source, struct gwas_watch *watch,
                             struct study **study, struct error *error)
{
    struct gwas_options options = reading(source, watch);
    struct study *made;
    if (!study_load_harmonised(source->path, &options, &made, error)) {
        return false;
    }
    for (size_t i = 0; i < made->outcome_count; i++) {
        made->outcomes[i]->unit = source->unit;
    }
    if (made->outcome_count == 1 && source->name != NULL) {
        made->outcomes[0]->name = arena_text(made->arena, source->name);
    }
    return finish(made, source->path, study, error);
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat first, second;
    return one != NULL && other != NULL && stat(one, &first) == 0 &&
           stat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

bool opening_is_made_up(const struct study *study, const char *path)
{
    bool found = false;
    for (size_t i = 0; i < study->outcome_count; i++) {
        const struct trait *trait = study->outcomes[i];
        found = found || (trait->is_simulated && is_same_file(trait->file, path));
    }
    return found;
}

void opening_keep_simulated(struct study *study, const struct study *present)
{
    for (size_t i = 0; i < study->files.count; i++) {
        const struct study_file *file = array_at(&study->files, i);
        study->is_simulated = study->is_simulated || opening_is_made_up(present, file->path);
    }
    for (size_t i = 0; study->is_simulated && i < study->outcome_count; i++) {
        study->outcomes[i]->is_simulated = true;
    }
}
