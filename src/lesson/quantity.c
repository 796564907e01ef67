#include "lesson/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a number belongs to: it stands before the dot of its name. */
enum owner {
    OF_THE_PAIR,
    OF_AN_ESTIMATE,
    OF_A_VARIANT,
    OF_THE_PATH,
    OF_THE_STUDY,
    OF_THE_TRUTH
};

struct quantity {
    enum owner owner;
    const char *name;
};

/* data/lessons/README.md says what each is. */
static const struct quantity quantities[] = {
    {OF_THE_PAIR, "nsnp"},
    {OF_THE_PAIR, "q"},
    {OF_THE_PAIR, "q_df"},
    {OF_THE_PAIR, "q_p"},
    {OF_THE_PAIR, "i2"},
    {OF_THE_PAIR, "f_mean"},
    {OF_THE_PAIR, "f_least"},
    {OF_THE_PAIR, "intercept"},
    {OF_THE_PAIR, "intercept_p"},
    {OF_THE_PAIR, "prediction_lower"},
    {OF_THE_PAIR, "prediction_upper"},
    {OF_THE_PAIR, "loo_lower"},
    {OF_THE_PAIR, "loo_upper"},
    {OF_THE_PAIR, "r2_exposure"},
    {OF_THE_PAIR, "r2_outcome"},
    {OF_THE_PAIR, "steiger_p"},
    {OF_THE_PAIR, "presso_p"},
    {OF_THE_PAIR, "outliers"},
    {OF_THE_PAIR, "n_exposure"},
    {OF_THE_PAIR, "n_outcome"},
    {OF_AN_ESTIMATE, "b"},
    {OF_AN_ESTIMATE, "se"},
    {OF_AN_ESTIMATE, "p"},
    {OF_AN_ESTIMATE, "lower"},
    {OF_AN_ESTIMATE, "upper"},
    {OF_AN_ESTIMATE, "or"},
    {OF_AN_ESTIMATE, "or_lower"},
    {OF_AN_ESTIMATE, "or_upper"},
    {OF_A_VARIANT, "bx"},
    {OF_A_VARIANT, "sx"},
    {OF_A_VARIANT, "by"},
    {OF_A_VARIANT, "sy"},
    {OF_A_VARIANT, "ratio"},
    {OF_A_VARIANT, "ratio_se"},
    {OF_A_VARIANT, "ratio_or"},
    {OF_A_VARIANT, "f"},
    {OF_A_VARIANT, "weight"},
    {OF_A_VARIANT, "q_share"},
    {OF_THE_PATH, "total"},
    {OF_THE_PATH, "a"},
    {OF_THE_PATH, "b"},
    {OF_THE_PATH, "direct"},
    {OF_THE_PATH, "direct_lower"},
    {OF_THE_PATH, "direct_upper"},
    {OF_THE_PATH, "indirect"},
    {OF_THE_PATH, "indirect_lower"},
    {OF_THE_PATH, "indirect_upper"},
    {OF_THE_PATH, "share"},
    {OF_THE_STUDY, "tested"},
    {OF_THE_STUDY, "expected"},
    {OF_THE_STUDY, "nominal"},
    {OF_THE_STUDY, "significant"},
    {OF_THE_STUDY, "bonferroni"},
    {OF_THE_TRUTH, "effect"},
    {OF_THE_TRUTH, "apparent"},
    {OF_THE_TRUTH, "invalid"},
};
#define QUANTITIES (sizeof quantities / sizeof *quantities)

/* "rs1.bx" as "rs1" and "bx"; without a dot all of it is the latter. */
struct parts {
    size_t owner; /* bytes of it */
    const char *name;
};

static struct parts parts_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot == NULL ? (struct parts){0, name}
                       : (struct parts){(size_t)(dot - name), dot + 1};
}

static bool owner_is(const char *name, struct parts parts, const char *owner)
{
    return strlen(owner) == parts.owner && strncmp(name, owner, parts.owner) == 0;
}

static const struct method *method_of(const char *name, struct parts parts)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (owner_is(name, parts, methods[i]->key)) {
            return methods[i];
        }
    }
    return NULL;
}

static bool is_of(enum owner owner, const char *name, struct parts parts)
{
    switch (owner) {
    case OF_THE_PAIR:
        return parts.owner == 0;
    case OF_THE_PATH:
        return owner_is(name, parts, "path");
    case OF_THE_STUDY:
        return owner_is(name, parts, "study");
    case OF_THE_TRUTH:
        return owner_is(name, parts, "truth");
    case OF_AN_ESTIMATE:
        return method_of(name, parts) != NULL;
    case OF_A_VARIANT:
        return parts.owner > 0 && method_of(name, parts) == NULL;
    }
    return false;
}

/* The row of the table that a name is of, or NULL. */
static const struct quantity *quantity_named(const char *name, struct parts parts)
{
    for (size_t i = 0; i < QUANTITIES; i++) {
        if (strcmp(quantities[i].name, parts.name) == 0 &&
            is_of(quantities[i].owner, name, parts)) {
            return &quantities[i];
        }
    }
    return NULL;
}

bool quantity_is_name(const char *name)
{
    return quantity_named(name, parts_of(name)) != NULL;
}

const char *quantity_list(struct arena *arena)
{
    static const char *const before[] = {"",      "METHOD.", "VARIANT.",
                                         "path.", "study.",  "truth."};
    const char *list = "";
    for (size_t i = 0; i < QUANTITIES; i++) {
        list = arena_format(arena, "%s%s%s%s", list, i == 0 ? "" : ", ",
                            before[quantities[i].owner], quantities[i].name);
    }
    return list;
}

/* A name beside its value. */
struct named {
    const char *name;
    double value;
};

static bool take(const struct named *values, size_t count, const char *name, double *value)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(values[i].name, name) == 0) {
            *value = values[i].value;
            return true;
        }
    }
    return false;
}

/* The end of all intervals of leave-one-out that lies furthest out on a side. */
static double loo_end(const struct analysis *analysis, int side)
{
    double end = NAN;
    for (size_t i = 0; i < analysis->leave_one_out_count; i++) {
        const struct estimate *estimate = &analysis->leave_one_out[i];
        end = side < 0 ? fmin(end, estimate->lower) : fmax(end, estimate->upper);
    }
    return end;
}

static bool of_pair(const struct quantity_source *source, const char *name, double *value)
{
    const struct analysis *of = source->analysis;
    const struct scenario *scenario = source->scenario;
    if (of == NULL) {
        return false;
    }
    const struct named values[] = {
        {"nsnp", (double)of->pair->count},
        {"q", of->heterogeneity.q},
        {"q_df", of->heterogeneity.df},
        {"q_p", of->heterogeneity.p},
        {"i2", 100 * of->heterogeneity.i2},
        {"f_mean", of->strength.f_mean},
        {"f_least", of->strength.f_least},
        {"intercept", of->egger.intercept},
        {"intercept_p", of->egger.intercept_p},
        {"prediction_lower", of->prediction_lower},
        {"prediction_upper", of->prediction_upper},
        {"loo_lower", loo_end(of, -1)},
        {"loo_upper", loo_end(of, 1)},
        {"r2_exposure", 100 * of->steiger.r2_exposure},
        {"r2_outcome", 100 * of->steiger.r2_outcome},
        {"steiger_p", of->steiger.p},
        {"presso_p", of->presso == NULL ? NAN : of->presso->p},
        {"outliers", of->presso == NULL ? NAN : (double)of->presso->outliers},
        {"n_exposure", scenario == NULL ? NAN : scenario->n_exposure},
        {"n_outcome", scenario == NULL ? NAN : scenario->n_outcome},
    };
    return take(values, sizeof values / sizeof *values, name, value);
}

/* Of the main estimate, of Egger, or of a method that the step asks for. */
static const struct estimate *estimate_of(const struct analysis *analysis,
                                          const struct method *method)
{
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        if (analysis->estimates[i].method == method) {
            return &analysis->estimates[i];
        }
    }
    return analysis->main.method == method    ? &analysis->main
           : analysis->egger.method == method ? &analysis->egger
                                              : NULL;
}

static bool of_estimate(const struct analysis *analysis, const struct method *method,
                        const char *name, double *value)
{
    const struct estimate *of = analysis == NULL ? NULL : estimate_of(analysis, method);
    if (of == NULL) {
        return false;
    }
    const struct named values[] = {{"b", of->b},
                                   {"se", of->se},
                                   {"p", of->p},
                                   {"lower", of->lower},
                                   {"upper", of->upper},
                                   {"or", exp(of->b)},
                                   {"or_lower", exp(of->lower)},
                                   {"or_upper", exp(of->upper)}};
    return take(values, sizeof values / sizeof *values, name, value);
}

static bool of_variant(const struct analysis *analysis, const char *whole, struct parts parts,
                       double *value)
{
    const struct pair *pair = analysis == NULL ? NULL : analysis->pair;
    size_t j = 0, count = pair == NULL ? 0 : pair->count;
    while (j < count && !owner_is(whole, parts, pair_variant(pair, j))) {
        j++;
    }
    if (j == count) {
        return false;
    }
    const struct single_variant *single = &analysis->singles[j];
    const struct named values[] = {{"bx", pair->bx[j]},
                                   {"sx", pair->sx[j]},
                                   {"by", pair->by[j]},
                                   {"sy", pair->sy[j]},
                                   {"ratio", single->b},
                                   {"ratio_se", single->se},
                                   {"ratio_or", exp(single->b)},
                                   {"f", single->f},
                                   {"weight", 100 * single->weight_share},
                                   {"q_share", 100 * single->q_share}};
    return take(values, sizeof values / sizeof *values, parts.name, value);
}

static bool of_path(const struct quantity_source *source, const char *name, double *value)
{
    if (source->through == NULL) {
        return false;
    }
    const struct mediation *of = &source->through->mediation;
    const struct named values[] = {{"total", of->total.b},
                                   {"a", of->a.b},
                                   {"b", of->b.b},
                                   {"direct", of->direct.b},
                                   {"direct_lower", of->direct.lower},
                                   {"direct_upper", of->direct.upper},
                                   {"indirect", of->product.b},
                                   {"indirect_lower", of->product.lower},
                                   {"indirect_upper", of->product.upper},
                                   {"share", 100 * of->product.b / of->total.b}};
    return take(values, sizeof values / sizeof *values, name, value);
}

static bool of_study(const struct quantity_source *source, const char *name, double *value)
{
    if (source->results == NULL) {
        return false;
    }
    struct results_count count =
        results_count_of(source->results, source->disease, source->direction);
    const struct named values[] = {{"tested", (double)count.tested},
                                   {"expected", count.expected},
                                   {"nominal", (double)count.nominal},
                                   {"significant", (double)count.significant},
                                   {"bonferroni", 0.05 / (double)count.tested}};
    return take(values, sizeof values / sizeof *values, name, value);
}

static double count_invalid(const struct quantity_source *source)
{
    double invalid = 0;
    for (size_t j = 0; j < source->analysis->pair->count; j++) {
        invalid += source->truth->is_invalid[j];
    }
    return invalid;
}

static bool of_truth(const struct quantity_source *source, const char *name, double *value)
{
    bool is_simulated = source->truth != NULL;
    const struct named values[] = {
        {"effect", is_simulated ? source->truth->effect : source->effect},
        {"apparent", is_simulated ? NAN : source->apparent},
        {"invalid", is_simulated ? count_invalid(source) : NAN}};
    return take(values, sizeof values / sizeof *values, name, value) && !isnan(*value);
}

bool quantity_of(const struct quantity_source *source, const char *name, double *value)
{
    struct parts parts = parts_of(name);
    const struct quantity *quantity = quantity_named(name, parts);
    if (quantity == NULL) {
        return false;
    }
    switch (quantity->owner) {
    case OF_THE_PAIR:
        return of_pair(source, parts.name, value);
    case OF_AN_ESTIMATE:
        return of_estimate(source->analysis, method_of(name, parts), parts.name, value);
    case OF_A_VARIANT:
        return of_variant(source->analysis, name, parts, value);
    case OF_THE_PATH:
        return of_path(source, parts.name, value);
    case OF_THE_STUDY:
        return of_study(source, parts.name, value);
    case OF_THE_TRUTH:
        return of_truth(source, parts.name, value);
    }
    return false;
}
