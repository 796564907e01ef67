/*
 * The path of penalties of MR-Lasso, with one exposure or several, as glmnet has it when as
 * many rows as columns are given. In: what each penalty gives, from the highest down. Out:
 * where the path ends, and which penalty is taken.
 */
#ifndef ESTIMATE_LASSO_PATH_H
#define ESTIMATE_LASSO_PATH_H

#include <stdbool.h>
#include <stddef.h>

#define LASSO_PENALTIES 100

/* A penalty's solution. */
struct lasso_fit {
    double penalty;
    size_t valid;     /* variants without an intercept */
    double scatter;   /* residual standard error of IVW on them; NaN where they are too few */
    double explained; /* share of the deviance */
};

struct lasso_path {
    struct lasso_fit fits[LASSO_PENALTIES];
    size_t count;
};

/* The penalty of step `index`, from the highest at 0. */
double lasso_path_penalty(double highest, size_t index);

/* Whether the path ends with the fit last added. */
bool lasso_path_is_end(const struct lasso_path *path);

/* From low penalties up, the last one before the valid variants scatter more than they may
 * (Rees and others 2019), the highest where they never do; at least `least` are valid. */
size_t lasso_path_choose(const struct lasso_path *path, size_t least);

#endif
