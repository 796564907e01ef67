/*
 * The median on several exposures: the effects with the least weighted sum of absolute
 * residuals, and how they scatter when all effects are drawn anew.
 */
#include "base/i18n.h"
#include "multivariable/absolute.h"
#include "multivariable/draw.h"
#include "multivariable/methods.h"
#include "numeric/summary.h"
#include <math.h>
#include <string.h>

static struct absolute absolute_of(const struct design *design, struct arena *scratch)
{
    return (struct absolute){design->count, design->exposure_count, design->x, design->y,
                             design_weights(design, scratch)};
}

/* Draws x and y and fits them from the rows of the estimate; effects of exposure k stand in
 * drawn[k * boot ...]. How many draws were fitted. */
static size_t draw(const struct mv_work *work, const struct absolute *absolute,
                   const size_t *rows, double *drawn)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count, done = 0;
    const double *root = draw_root(design, work->scratch);
    double *x = arena_get(work->scratch, design->count * columns, sizeof *x);
    double *y = arena_get(work->scratch, design->count, sizeof *y);
    double *effects = arena_get(work->scratch, columns, sizeof *effects);
    size_t *at = arena_get(work->scratch, columns, sizeof *at);
    struct absolute made = {design->count, columns, x, y, absolute->w};

    for (size_t i = 0; i < work->settings->boot; i++) {
        draw_exposures(design, root, work->stream, x);
        random_normals(work->stream, design->y, design->sy, y, design->count);
        memcpy(at, rows, columns * sizeof *at);
        if (absolute_minimise(&made, at, effects, work->scratch)) {
            for (size_t k = 0; k < columns; k++) {
                drawn[k * work->settings->boot + done] = effects[k];
            }
            done++;
        }
    }
    return done;
}

static void mv_median(const struct mv_work *work, struct mv_estimate *estimate)
{
    size_t columns = work->design->exposure_count, done;
    struct absolute absolute = absolute_of(work->design, work->scratch);
    size_t *rows = arena_get(work->scratch, columns, sizeof *rows);
    double *effects = arena_get(work->scratch, columns, sizeof *effects);
    double *errors = arena_get(work->scratch, columns, sizeof *errors);
    double *drawn = arena_get(work->scratch, columns * work->settings->boot, sizeof *drawn);

    if (!absolute_begin(&absolute, rows, work->scratch) ||
        !absolute_minimise(&absolute, rows, effects, work->scratch)) {
        mv_fail(work, estimate, ESTIMATE_NOT_CONVERGED, _("no minimum was found"));
        return;
    }
    done = draw(work, &absolute, rows, drawn);
    for (size_t k = 0; k < columns; k++) {
        errors[k] = done < 2 ? NAN : summary_sd(&drawn[k * work->settings->boot], done);
    }
    mv_fill_normal(work, estimate, effects, errors);
}

const struct mv_method mv_method_median = {
    .key = "mv_median",
    .name = "Multivariable median",
    .is_default = true,
    .is_random = true,
    .beyond = 1,
    .assumes = N_("more than half of the weight comes from valid variants"),
    .citation = "Grant and Burgess 2021, Statistics in Medicine 40:5813",
    .function = mv_median,
};
