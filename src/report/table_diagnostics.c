#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>

static const char *const heterogeneity_columns[] = {
    "exposure",      "outcome", "direction", "method", "Q",    "Q_df",
    "Q_pval",        "I2",      "I2_lo",     "I2_up",  "tau2", "prediction_lo",
    "prediction_up", NULL};

/* The prediction interval is around IVW; `is_main` says whether that is the row. */
static void heterogeneity_row(const struct analysis *analysis, const char *key,
                              const struct heterogeneity *heterogeneity, bool is_main,
                              struct table_writer *writer)
{
    kind_pair_cells(writer, analysis->pair);
    table_text(writer, methods_find(key)->name);
    table_number(writer, heterogeneity->q);
    table_number(writer, heterogeneity->df);
    table_number(writer, heterogeneity->p);
    table_number(writer, heterogeneity->i2);
    table_number(writer, heterogeneity->i2_lower);
    table_number(writer, heterogeneity->i2_upper);
    table_number(writer, heterogeneity->tau2);
    table_number(writer, is_main ? analysis->prediction_lower : NAN);
    table_number(writer, is_main ? analysis->prediction_upper : NAN);
    table_end_row(writer);
}

static void heterogeneity_rows(const struct analysis *analysis, struct table_writer *writer)
{
    heterogeneity_row(analysis, "ivw", &analysis->heterogeneity, true, writer);
    heterogeneity_row(analysis, "egger", &analysis->heterogeneity_egger, false, writer);
}

static void heterogeneity_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, heterogeneity_rows);
}

const struct table_kind table_heterogeneity = {
    .key = "heterogeneity",
    .columns = heterogeneity_columns,
    .shows = N_(
        "Cochran's Q around IVW and Ruecker's around MR Egger, I2 as a share of 1, and where "
        "the effect of another variant would lie"),
    .fill = heterogeneity_fill,
};

static const char *const pleiotropy_columns[] = {
    "exposure", "outcome", "direction", "egger_intercept", "se", "pval", NULL};

static void pleiotropy_row(const struct analysis *analysis, struct table_writer *writer)
{
    bool is_there = analysis->egger.status == ESTIMATE_DONE;
    kind_pair_cells(writer, analysis->pair);
    table_number(writer, is_there ? analysis->egger.intercept : NAN);
    table_number(writer, is_there ? analysis->egger.intercept_se : NAN);
    table_number(writer, is_there ? analysis->egger.intercept_p : NAN);
    table_end_row(writer);
}

static void pleiotropy_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, pleiotropy_row);
}

const struct table_kind table_pleiotropy = {
    .key = "pleiotropy",
    .columns = pleiotropy_columns,
    .shows = N_("the intercept of MR Egger: directional pleiotropy"),
    .fill = pleiotropy_fill,
};

static const char *const strength_columns[] = {
    "exposure", "outcome", "direction", "nsnp",           "F_mean",
    "F_min",    "R2",      "I2_GX",     "I2_GX_weighted", NULL};

static void strength_row(const struct analysis *analysis, struct table_writer *writer)
{
    kind_pair_cells(writer, analysis->pair);
    kind_count(writer, analysis->pair->count);
    table_number(writer, analysis->strength.f_mean);
    table_number(writer, analysis->strength.f_least);
    table_number(writer, analysis->strength.r2);
    table_number(writer, analysis->strength.i2_gx);
    table_number(writer, analysis->strength.i2_gx_weighted);
    table_end_row(writer);
}

static void strength_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, strength_row);
}

const struct table_kind table_strength = {
    .key = "strength",
    .columns = strength_columns,
    .shows = N_("how strong the instruments are"),
    .fill = strength_fill,
};
