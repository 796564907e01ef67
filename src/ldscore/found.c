#include "ldscore/found.h"
#include "base/i18n.h"
#include "ldscore/effects.h"

static bool refuse(const struct ldsc_fit *fit, const char *path, struct error *error)
{
    return fit->failure == NULL ||
           error_set(error, ERROR_DATA, path, 0, NULL,
                     _("LD score regression has no answer: %s"), fit->failure);
}

/* Weights of both rest on each one's intercept. */
static const char *to_blame(const struct found *found, const char *const paths[2])
{
    return found->traits[0].intercept > 0 ? paths[1] : paths[0];
}

static bool fit_all(const struct ldsc_data *data, const char *const paths[2],
                    struct arena *arena, struct found *found, struct error *error)
{
    for (int side = 0; side < 2; side++) {
        found->traits[side] = ldsc_heritability(data, side, arena);
        if (!refuse(&found->traits[side], paths[side], error)) {
            return false;
        }
    }
    found->both = ldsc_covariance(data, &found->traits[0], &found->traits[1], arena);
    if (!refuse(&found->both, to_blame(found, paths), error)) {
        return false;
    }
    found->correlation = ldsc_correlation(&found->traits[0], &found->traits[1], &found->both);
    return true;
}

bool found_read(const char *folder, const char *const paths[2],
                const struct gwas_options *options, struct arena *arena, struct found *found,
                struct error *error)
{
    struct arena *scratch = arena_create();
    struct scores scores;
    struct effects sides[2];
    struct ldsc_data data;
    bool is_done = scores_read(folder, scratch, &scores, error);

    if (is_done) {
        is_done = effects_read(paths[0], options, &scores, scratch, &sides[0], error) &&
                  effects_read(paths[1], options, &scores, scratch, &sides[1], error) &&
                  effects_join(&scores, &sides[0], &sides[1], scratch, &data, error) &&
                  fit_all(&data, paths, arena, found, error);
        found->chromosomes = scores.chromosomes;
        scores_drop(&scores);
    }
    arena_destroy(scratch);
    return is_done;
}
