#include "multivariable/correlations.h"
#include "base/i18n.h"
#include "numeric/cholesky.h"
#include <math.h>
#include <string.h>

/* The place of a name; `count` where there is none. */
static size_t place_of(const struct correlations *correlations, const char *name)
{
    size_t at = 0;

    while (at < correlations->count && strcmp(correlations->names[at], name) != 0) {
        at++;
    }
    return at;
}

bool correlations_need(const struct correlations *correlations, const char *const *names,
                       size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (place_of(correlations, names[i]) == correlations->count) {
            return error_set(error, ERROR_DATA, correlations->path, 0, NULL,
                             _("found no correlation of %s; name it as the exposure is named, "
                               "with 0 for what is not correlated"),
                             names[i]);
        }
    }
    return true;
}

static double between_names(const struct correlations *correlations, const char *one,
                            const char *other, double between)
{
    size_t first, second;

    if (correlations == NULL) {
        return between;
    }
    first = place_of(correlations, one);
    second = place_of(correlations, other);
    if (first == correlations->count || second == correlations->count ||
        isnan(correlations->r[first * correlations->count + second])) {
        return between;
    }
    return correlations->r[first * correlations->count + second];
}

double *correlations_matrix(const struct correlations *correlations, const char *const *names,
                            size_t count, double between, struct arena *arena)
{
    double *matrix = arena_get(arena, count * count, sizeof *matrix);

    for (size_t i = 0; i < count; i++) {
        matrix[i * count + i] = 1;
        for (size_t k = 0; k < i; k++) {
            matrix[i * count + k] = matrix[k * count + i] =
                between_names(correlations, names[i], names[k], between);
        }
    }
    return matrix;
}

bool correlations_check(const struct correlations *correlations, const char *const *names,
                        size_t count, double between, struct error *error)
{
    struct arena *arena = arena_create();
    size_t end =
        cholesky_factor(correlations_matrix(correlations, names, count, between, arena), count);
    size_t place = 0;

    arena_destroy(arena);
    if (end == count) {
        return true;
    }
    if (correlations == NULL) {
        return error_set(
            error, ERROR_USAGE, NULL, 0, NULL,
            _("found mv_correlation=%g, which the errors of %zu exposures cannot have; "
              "give a value nearer to 0"),
            between, count);
    }
    place = place_of(correlations, names[end]);
    return error_set(error, ERROR_DATA, correlations->path,
                     place < correlations->count ? correlations->lines[place] : 0, names[end],
                     _("found correlations that %zu exposures cannot have together (not "
                       "positive definite); give values nearer to 0, or leave one exposure "
                       "out"),
                     count);
}
