#include "estimate/lasso_path.h"
#include <math.h>

#define RATIO 1e-4      /* of the lowest penalty to the highest */
#define LEAST 5         /* penalties before the path may end */
#define EXPLAINED 0.999 /* deviance explained that ends it */
#define GAIN 1e-5       /* relative gain of it that ends it */

/* The upper 5% of chi-square with one degree of freedom. */
#define CHI_SQUARE_95 3.841458820694124

double lasso_path_penalty(double highest, size_t index)
{
    return highest * pow(RATIO, (double)index / (LASSO_PENALTIES - 1));
}

bool lasso_path_is_end(const struct lasso_path *path)
{
    const struct lasso_fit *last = &path->fits[path->count - 1];

    return path->count == LASSO_PENALTIES ||
           (path->count >= LEAST &&
            (last->explained > EXPLAINED ||
             last->explained - last[-1].explained < GAIN * last->explained));
}

size_t lasso_path_choose(const struct lasso_path *path, size_t least)
{
    size_t chosen = path->count - 1;

    while (chosen > 0) {
        const struct lasso_fit *here = &path->fits[chosen], *above = here - 1;

        if (above->scatter > 1 &&
            above->scatter - here->scatter > CHI_SQUARE_95 / (double)above->valid) {
            break;
        }
        chosen--;
    }
    while (chosen > 0 && path->fits[chosen].valid < least) {
        chosen--;
    }
    return chosen;
}
