#include "report/table_mv.h"
#include "base/array.h"
#include "multivariable/strength.h"
#include "report/kinds.h"
#include <math.h>
#include <string.h>

static void add_names(struct table_writer *writer, const struct mv_results *results,
                      const char *exposure)
{
    table_text(writer, exposure);
    table_text(writer, results->design->outcome);
    table_text(writer, direction_key(FORWARD));
}

/* All exposures as one name. */
static const char *all_exposures(const struct mv_results *results)
{
    const char *names = "";

    for (size_t k = 0; k < results->design->exposure_count; k++) {
        names = arena_format(results->scratch, "%s%s%s", names, k == 0 ? "" : ", ",
                             results->design->exposures[k]);
    }
    return names;
}

static void add_effect(struct table_writer *writer, const struct mv_results *results,
                       const struct mv_estimate *estimate, size_t exposure)
{
    const struct estimate *effect = &estimate->effects[exposure];

    add_names(writer, results, results->design->exposures[exposure]);
    table_text(writer, estimate->method->name);
    kind_count(writer, estimate->variants);
    kind_effect_cells(writer, effect, results->settings->level);
    table_text(writer, estimate->method->key);
    table_text(writer, estimate->note);
    table_end_row(writer);
}

static void fill_estimates(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;

    for (size_t i = 0; i < results->count; i++) {
        for (size_t k = 0; k < results->design->exposure_count; k++) {
            add_effect(writer, results, &results->estimates[i], k);
        }
    }
}

static void add_heterogeneity(struct table_writer *writer, const struct mv_results *results,
                              const char *method, const char *key, double q, double df,
                              double p)
{
    add_names(writer, results, all_exposures(results));
    table_text(writer, method);
    table_number(writer, q);
    table_number(writer, df);
    table_number(writer, p);
    table_number(writer, q > 0 ? fmax(0, (q - df) / q) : q == 0 ? 0 : NAN);
    table_text(writer, key);
    table_end_row(writer);
}

/* Q_A, and Q around each method that has one. */
static void fill_heterogeneity(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;
    struct mv_heterogeneity all = mv_heterogeneity_of(results->design, results->scratch);

    add_heterogeneity(writer, results, "Q_A", "q_a", all.q, all.df, all.p);
    for (size_t i = 0; i < results->count; i++) {
        const struct mv_estimate *estimate = &results->estimates[i];

        if (isfinite(estimate->q)) {
            add_heterogeneity(writer, results, estimate->method->name, estimate->method->key,
                              estimate->q, estimate->q_df, estimate->q_p);
        }
    }
}

static void fill_pleiotropy(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;

    for (size_t i = 0; i < results->count; i++) {
        const struct mv_estimate *estimate = &results->estimates[i];

        if (isfinite(estimate->intercept)) {
            add_names(writer, results, all_exposures(results));
            table_number(writer, estimate->intercept);
            table_number(writer, estimate->intercept_se);
            table_number(writer, estimate->intercept_p);
            table_text(writer, estimate->method->key);
            table_end_row(writer);
        }
    }
}

static void fill_strength(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;
    size_t count = results->design->exposure_count;
    struct mv_strength *strengths = arena_get(results->scratch, count, sizeof *strengths);
    double joint = mv_joint_strength(results->design, results->scratch);

    mv_strength_of(results->design, strengths, results->scratch);
    for (size_t k = 0; k < count; k++) {
        add_names(writer, results, results->design->exposures[k]);
        kind_count(writer, results->design->count);
        table_number(writer, strengths[k].f_mean);
        table_number(writer, strengths[k].f_min);
        table_number(writer, strengths[k].r2);
        table_number(writer, NAN);
        table_number(writer, strengths[k].f_conditional);
        table_number(writer, joint);
        table_end_row(writer);
    }
}

/* One row a variant and exposure. */
static void fill_harmonised(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;
    const struct design *design = results->design;

    for (size_t j = 0; j < design->count; j++) {
        for (size_t k = 0; k < design->exposure_count; k++) {
            size_t at = j * design->exposure_count + k;

            add_names(writer, results, design->exposures[k]);
            table_text(writer, design->variants[j]);
            table_number(writer, design->x[at]);
            table_number(writer, design->sx[at]);
            table_number(writer, design->p[at]);
            table_number(writer, design->y[j]);
            table_number(writer, design->sy[j]);
            table_end_row(writer);
        }
    }
}

static void fill_ledger(const void *rows, struct table_writer *writer)
{
    const struct mv_results *results = rows;

    for (size_t i = 0; i < results->ledger_count; i++) {
        kind_ledger_row(writer, &results->ledger[i]);
    }
}

static const char *const estimates[] = {
    "exposure", "outcome", "direction", "method",   "nsnp",     "b",   "se",   "pval",
    "lo_ci",    "up_ci",   "or",        "or_lci95", "or_uci95", "key", "note", NULL};
static const char *const heterogeneity[] = {"exposure", "outcome", "direction", "method", "Q",
                                            "Q_df",     "Q_pval",  "I2",        "key",    NULL};
static const char *const pleiotropy[] = {"exposure", "outcome", "direction", "egger_intercept",
                                         "se",       "pval",    "key",       NULL};
static const char *const strength[] = {"exposure",      "outcome", "direction", "nsnp",
                                       "F_mean",        "F_min",   "R2",        "I2_GX",
                                       "F_conditional", "F_joint", NULL};
static const char *const harmonised[] = {
    "exposure",    "outcome",       "direction",    "SNP",        "beta.exposure",
    "se.exposure", "pval.exposure", "beta.outcome", "se.outcome", NULL};

static const struct {
    const char *key;
    const char *const *columns;
    void (*fill)(const void *rows, struct table_writer *writer);
} kinds[] = {{"estimates", estimates, fill_estimates},
             {"heterogeneity", heterogeneity, fill_heterogeneity},
             {"pleiotropy", pleiotropy, fill_pleiotropy},
             {"strength", strength, fill_strength},
             {"harmonised", harmonised, fill_harmonised},
             {"ledger", kind_ledger_columns, fill_ledger}};

bool table_mv_print(const char *key, const struct mv_results *results, enum table_format format,
                    struct text *text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].key, key) == 0) {
            table_print_rows(kinds[i].columns, kinds[i].fill, results, format, text);
            return true;
        }
    }
    return false;
}
