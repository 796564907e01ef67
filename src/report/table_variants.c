#include "base/i18n.h"
#include "numeric/tail.h"
#include "report/kinds.h"
#include <math.h>

static const char *const columns[] = {"exposure", "outcome", "direction", "SNP", "method",
                                      "b",        "se",      "p",         NULL};

static void add_row(struct table_writer *writer, const struct pair *pair, const char *variant,
                    const struct method *method, const double numbers[3], double neglog10_p)
{
    kind_pair_cells(writer, pair);
    table_text(writer, variant);
    table_text(writer, method->name);
    table_number(writer, numbers[0]);
    table_number(writer, numbers[1]);
    table_probability(writer, numbers[2], neglog10_p);
    table_end_row(writer);
}

/* An answer of `method`; missing where the estimate is another method's. */
static void add_estimate(struct table_writer *writer, const struct pair *pair,
                         const char *variant, const struct method *method,
                         const struct estimate *estimate)
{
    double numbers[3] = {NAN, NAN, NAN};
    if (estimate->method == method && estimate->status == ESTIMATE_DONE) {
        numbers[0] = estimate->b;
        numbers[1] = estimate->se;
        numbers[2] = estimate->p;
    }
    add_row(writer, pair, variant, method, numbers, estimate->neglog10_p);
}

static void add_all(struct table_writer *writer, const struct pair *pair, const char *key,
                    const struct estimate *estimate)
{
    const struct method *method = methods_find(key);
    struct text label = {0};
    text_addf(&label, "All - %s", method->name);
    add_estimate(writer, pair, label.bytes, method, estimate);
    text_drop(&label);
}

static void singlesnp_rows(const struct analysis *analysis, struct table_writer *writer)
{
    const struct pair *pair = analysis->pair;
    for (size_t i = 0; i < pair->count; i++) {
        const struct single_variant *single = &analysis->singles[i];
        double numbers[3] = {single->b, single->se, single->p};
        add_row(writer, pair, pair_variant(pair, single->j), methods_find("wald"), numbers,
                tail_normal_two_sided_neglog10(single->b / single->se));
    }
    add_all(writer, pair, "ivw", &analysis->main);
    add_all(writer, pair, "egger", &analysis->egger);
}

static void singlesnp_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, singlesnp_rows);
}

const struct table_kind table_singlesnp = {
    .key = "singlesnp",
    .columns = columns,
    .shows = N_("each variant alone, then all of them"),
    .fill = singlesnp_fill,
};

static void left_out_rows(struct table_writer *writer, const struct pair *pair,
                          const struct estimate *estimates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_all = i + 1 == count;
        add_estimate(writer, pair, is_all ? "All" : pair_variant(pair, i), estimates[i].method,
                     &estimates[i]);
    }
}

/* Leave-one-out of fewer than three variants is all of them only; with one, its Wald ratio.
 * Rows are of IVW, unless methods were named. */
static void leaveoneout_rows(const struct analysis *analysis, struct table_writer *writer)
{
    const struct pair *pair = analysis->pair;
    for (size_t i = 0; i < analysis->left_out_count; i++) {
        left_out_rows(writer, pair, analysis->left_out[i].estimates,
                      analysis->left_out[i].count);
    }
    if (analysis->left_out_count == 0) {
        left_out_rows(writer, pair, analysis->leave_one_out, analysis->leave_one_out_count);
    }
}

static void leaveoneout_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, leaveoneout_rows);
}

const struct table_kind table_leaveoneout = {
    .key = "leaveoneout",
    .columns = columns,
    .shows = N_("the estimate without each variant, then of all of them; of IVW, or of "
                "methods named"),
    .fill = leaveoneout_fill,
};
