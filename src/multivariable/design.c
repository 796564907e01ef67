#include "multivariable/design.h"
#include "base/i18n.h"
#include "multivariable/wide.h"
#include "numeric/linear.h"
#include <math.h>

/* The exposures by name, a comma between them. */
static const char *names(const struct design *design, struct arena *arena)
{
    const char *all = "";

    for (size_t k = 0; k < design->exposure_count; k++) {
        all = arena_format(arena, "%s%s%s", all, k == 0 ? "" : ", ", design->exposures[k]);
    }
    return all;
}

/* Enough variants, and no exposure that the others determine. */
static bool check(const char *path, const struct design *design, struct arena *arena,
                  struct error *error)
{
    struct linear_fit fit;
    const double *w = design_weights(design, arena);

    if (design->count < design->exposure_count) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found %zu usable variants for %zu exposures (%s); give at least as "
                           "many variants as exposures"),
                         design->count, design->exposure_count, names(design, arena));
    }
    if (!linear_fit(design->x, design->y, w, design->count, design->exposure_count, arena,
                    &fit)) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found exposure %s to be a combination of the exposures before it "
                           "(%s); leave one of them out"),
                         design->exposures[fit.dependent], names(design, arena));
    }
    return true;
}

/* The file, if there is one, names every exposure, and they can be correlated so. */
static bool check_correlations(const struct design *design,
                               const struct design_options *options, struct error *error)
{
    const struct correlations *given = options->correlations;

    return (given == NULL ||
            correlations_need(given, design->exposures, design->exposure_count, error)) &&
           correlations_check(given, design->exposures, design->exposure_count,
                              options->correlation, error);
}

static void set_sizes(struct design *design, const struct design_options *options,
                      struct arena *arena)
{
    double *n = arena_get(arena, design->exposure_count, sizeof *n);

    for (size_t k = 0; k < design->exposure_count; k++) {
        n[k] = isnan(options->exposure_n) ? design->n[k] : options->exposure_n;
    }
    design->n = n;
    design->outcome_n = isnan(options->outcome_n) ? design->outcome_n : options->outcome_n;
}

void design_fill(const struct design_options *options, struct arena *arena,
                 struct design *design)
{
    set_sizes(design, options, arena);
    design->correlation =
        correlations_matrix(options->correlations, design->exposures, design->exposure_count,
                            options->correlation, arena);
}

bool design_complete(const char *where, const struct design_options *options,
                     struct arena *arena, struct design *design, struct error *error)
{
    design_fill(options, arena, design);
    return check(where, design, arena, error) && check_correlations(design, options, error);
}

bool design_read(const char *path, const struct design_options *options, struct arena *arena,
                 struct design *design, size_t *dropped, struct error *error)
{
    return wide_read(path, options->ld, arena, design, dropped, error) &&
           design_complete(path, options, arena, design, error);
}

/* The exposures that `is_in` says. */
static struct design part(const struct design *design, const bool *is_in, struct arena *arena)
{
    size_t all = design->exposure_count, count = 0;
    struct design of = *design;
    size_t *from = arena_get(arena, all, sizeof *from);
    const char **exposures = arena_get(arena, all, sizeof *exposures);
    double *x = arena_get(arena, design->count * all, sizeof *x);
    double *sx = arena_get(arena, design->count * all, sizeof *sx);
    double *p = arena_get(arena, design->count * all, sizeof *p);
    double *n = arena_get(arena, all, sizeof *n);
    double *correlation = arena_get(arena, all * all, sizeof *correlation);

    for (size_t k = 0; k < all; k++) {
        if (is_in[k]) {
            from[count++] = k;
        }
    }
    for (size_t k = 0; k < count; k++) {
        exposures[k] = design->exposures[from[k]];
        n[k] = design->n[from[k]];
        for (size_t j = 0; j < design->count; j++) {
            x[j * count + k] = design->x[j * all + from[k]];
            sx[j * count + k] = design->sx[j * all + from[k]];
            p[j * count + k] = design->p[j * all + from[k]];
        }
        for (size_t l = 0; l < count; l++) {
            correlation[k * count + l] = design->correlation[from[k] * all + from[l]];
        }
    }
    of.exposures = exposures;
    of.exposure_count = count;
    of.x = x;
    of.sx = sx;
    of.p = p;
    of.n = n;
    of.correlation = correlation;
    return of;
}

struct design design_without(const struct design *design, size_t exposure, struct arena *arena)
{
    bool *is_in = arena_get(arena, design->exposure_count, sizeof *is_in);

    for (size_t k = 0; k < design->exposure_count; k++) {
        is_in[k] = k != exposure;
    }
    return part(design, is_in, arena);
}

struct design design_of_one(const struct design *design, size_t exposure, struct arena *arena)
{
    bool *is_in = arena_get(arena, design->exposure_count, sizeof *is_in);

    is_in[exposure] = true;
    return part(design, is_in, arena);
}

double *design_weights(const struct design *design, struct arena *arena)
{
    double *weights = arena_get(arena, design->count, sizeof *weights);

    for (size_t j = 0; j < design->count; j++) {
        weights[j] = 1 / (design->sy[j] * design->sy[j]);
    }
    return weights;
}
