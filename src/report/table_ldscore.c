#include "report/table_ldscore.h"
#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>

static const char *const columns[] = {
    "trait", "with",  "nsnp",      "h2",           "h2_se",   "gcov",      "gcov_se",
    "rg",    "rg_se", "intercept", "intercept_se", "mean_zz", "lambda_gc", NULL};

/* What rows are made of. */
struct named {
    const struct found *found;
    const char *const *names;
};

static void add(struct table_writer *writer, const char *trait, const char *with,
                const struct ldsc_fit *fit, struct ldsc_correlation correlation)
{
    bool is_one = with == NULL;

    table_text(writer, trait);
    table_text(writer, with);
    kind_count(writer, fit->variants);
    table_number(writer, is_one ? fit->slope : NAN);
    table_number(writer, is_one ? fit->slope_se : NAN);
    table_number(writer, is_one ? NAN : fit->slope);
    table_number(writer, is_one ? NAN : fit->slope_se);
    table_number(writer, correlation.r);
    table_number(writer, correlation.se);
    table_number(writer, fit->intercept);
    table_number(writer, fit->intercept_se);
    table_number(writer, fit->mean);
    table_number(writer, fit->inflation);
    table_end_row(writer);
}

static void fill_found(const void *rows, struct table_writer *writer)
{
    const struct named *of = rows;
    const struct ldsc_correlation none = {NAN, NAN};

    for (int side = 0; side < 2; side++) {
        add(writer, of->names[side], NULL, &of->found->traits[side], none);
    }
    add(writer, of->names[0], of->names[1], &of->found->both, of->found->correlation);
}

void table_ldscore_print(const struct found *found, const char *const names[2],
                         enum table_format format, struct text *text)
{
    const struct named of = {found, names};

    table_print_rows(columns, fill_found, &of, format, text);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    (void)results;
    (void)writer;
}

const struct table_kind table_ldscore = {
    .key = "ldscore",
    .columns = columns,
    .shows = N_("heritability, genetic correlation and intercepts by LD score regression, of "
                "overlap"),
    .fill = fill,
};
