#include "base/i18n.h"
#include "simulate/simulate.h"
#include <math.h>
#include <string.h>

static bool has(const struct map *names, const char *name)
{
    size_t unused;
    return map_get(names, name, &unused);
}

static bool check_targets(const struct simulate_model *model, const char *path,
                          struct map *targets, struct error *error)
{
    for (size_t i = 0; i < model->targets.count; i++) {
        const struct simulate_target *target = array_at(&model->targets, i);
        map_set(targets, target->key, i);
        if (isnan(target->n) || target->cases >= target->n) {
            return error_set(error, ERROR_DATA, path, 0, "value",
                             _("found no n of \"%s\" above its cases; add a row n"),
                             target->key);
        }
    }
    if (model->targets.count == 0) {
        return error_set(error, ERROR_DATA, path, 0, "key",
                         _("found no trait to simulate; add a row n, or name a table of taxa"));
    }
    return true;
}

static bool check_effects(const struct simulate_model *model, const char *path,
                          const struct map *targets, const struct map *exposures,
                          struct error *error)
{
    for (size_t i = 0; i < model->effects.count; i++) {
        const struct simulate_effect *effect = array_at(&model->effects, i);
        bool has_target = has(targets, effect->outcome);
        if (!has_target || !has(exposures, effect->exposure)) {
            return error_set(error, ERROR_DATA, path, 0, has_target ? "exposure" : "outcome",
                             _("found an effect of \"%s\" on \"%s\", one of which is not "
                               "there; correct the name"),
                             effect->exposure, effect->outcome);
        }
    }
    return true;
}

static bool check_variants(const struct simulate_model *model, const char *path,
                           const struct map *variants, struct error *error)
{
    for (size_t i = 0; i < model->pleiotropic.count; i++) {
        const char *variant = *(const char **)array_at(&model->pleiotropic, i);
        if (!has(variants, variant)) {
            return error_set(error, ERROR_DATA, path, 0, "SNP",
                             _("found \"%s\", which is no instrument; correct the id"),
                             variant);
        }
    }
    return true;
}

bool simulate_model_check(const struct simulate_model *model, const struct array *rows,
                          const char *path, struct error *error)
{
    struct map *targets = map_create(), *exposures = map_create(), *variants = map_create();
    for (size_t i = 0; i < rows->count; i++) {
        const struct gwas_row *row = array_at(rows, i);
        map_set(exposures, row->trait == NULL ? model->exposure : row->trait, i);
        map_set(variants, row->association.variant, i);
    }
    bool is_right = check_targets(model, path, targets, error) &&
                    check_effects(model, path, targets, exposures, error) &&
                    check_variants(model, path, variants, error);
    map_destroy(targets);
    map_destroy(exposures);
    map_destroy(variants);
    return is_right;
}
