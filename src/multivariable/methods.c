#include "multivariable/methods.h"
#include <string.h>

static const struct mv_method *const methods[] = {
    &mv_method_ivw,       &mv_method_ivw_fe,   &mv_method_ivw_t,  &mv_method_multiple,
    &mv_method_intercept, &mv_method_specific, &mv_method_egger,  &mv_method_median,
    &mv_method_lasso,     &mv_method_cml,      &mv_method_cml_dp, &mv_method_gmm,
    &mv_method_gmm_fixed, &mv_method_ivw_me,   &mv_method_qhet,   &mv_method_presso,
    &mv_method_residual,  &mv_method_robust};

const struct mv_method *const *mv_methods_all(size_t *count)
{
    *count = sizeof methods / sizeof *methods;
    return methods;
}

static const struct mv_method *find(const char *key, size_t length)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (strlen(methods[i]->key) == length && strncmp(methods[i]->key, key, length) == 0) {
            return methods[i];
        }
    }
    return NULL;
}

const struct mv_method *mv_methods_find(const char *key)
{
    return find(key, strlen(key));
}

bool mv_methods_take(const char *list, struct array *taken, const char **unknown)
{
    bool is_all = strcmp(list, "all") == 0;

    if (is_all || strcmp(list, "default") == 0) {
        for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
            if (is_all || methods[i]->is_default) {
                *(const struct mv_method **)array_add(taken) = methods[i];
            }
        }
        return true;
    }
    for (const char *at = list;; at += *at == ',') {
        size_t length = strcspn(at, ",");
        const struct mv_method *method = find(at, length);

        if (method == NULL) {
            *unknown = at;
            return false;
        }
        *(const struct mv_method **)array_add(taken) = method;
        at += length;
        if (*at == '\0') {
            return true;
        }
    }
}
