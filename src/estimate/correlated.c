#include "estimate/correlated.h"
#include "base/i18n.h"
#include "numeric/cholesky.h"
#include <math.h>
#include <string.h>

/* Closer to 1 than this, two variants are one. */
#define SAME 1e-6

/* Why variant `bad` is determined by those before it: the one most like it is named. */
static const char *describe(const struct pair *pair, size_t bad, struct arena *arena)
{
    const double *r = pair->ld + bad * pair->count;
    size_t most = 0;

    for (size_t j = 1; j < bad; j++) {
        most = fabs(r[j]) > fabs(r[most]) ? j : most;
    }
    if (bad > 0 && fabs(r[most]) >= 1 - SAME) {
        return arena_format(arena,
                            _("found a correlation of %.6g between %s and %s, which says the "
                              "same twice; leave one of the two out"),
                            r[most], pair_variant(pair, most), pair_variant(pair, bad));
    }
    return arena_format(arena,
                        _("found correlations that no variants can have together (not positive "
                          "definite), first at %s; leave it out, or take LD from more people"),
                        pair_variant(pair, bad));
}

const char *correlated_refusal(const struct pair *pair, struct arena *arena)
{
    size_t cells = pair->count * pair->count, bad;
    double *root;

    if (pair->ld_root != NULL) {
        return NULL;
    }
    root = arena_get(arena, cells, sizeof *root);
    memcpy(root, pair->ld, cells * sizeof *root);
    bad = cholesky_factor(root, pair->count);
    return describe(pair, bad < pair->count ? bad : pair->count - 1, arena);
}

bool correlated_whiten(const struct pair *pair, struct arena *scratch, struct whitened *white,
                       struct estimate *estimate)
{
    size_t count = pair->count;
    double *columns = arena_get(scratch, 4 * count, sizeof *columns);

    *white =
        (struct whitened){columns, columns + count, columns + 2 * count, columns + 3 * count};
    if (pair->ld_root == NULL) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, correlated_refusal(pair, scratch));
        return false;
    }
    for (size_t j = 0; j < count; j++) {
        white->x[j] = pair->bx[j] / pair->sy[j];
        white->y[j] = pair->by[j] / pair->sy[j];
        white->one[j] = (pair->bx[j] < 0 ? -1 : 1) / pair->sy[j];
        white->weights[j] = 1;
    }
    cholesky_whiten(pair->ld_root, count, white->x);
    cholesky_whiten(pair->ld_root, count, white->y);
    cholesky_whiten(pair->ld_root, count, white->one);
    return true;
}
