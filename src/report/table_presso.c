#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>

static const char *const columns[] = {"exposure", "outcome", "direction", "test", "SNP",
                                      "RSSobs",   "pval",    "b",         "se",   "exceeding",
                                      "nsim",     "note",    NULL};

/* What a row says behind the pair, the test and the variant. */
struct cells {
    double rss, p, b, se, exceeding, sims;
    const char *note;
};

static const struct cells empty = {NAN, NAN, NAN, NAN, NAN, NAN, NULL};

static void add_row(const struct analysis *analysis, const char *test, const char *variant,
                    const struct cells *cells, struct table_writer *writer)
{
    kind_pair_cells(writer, analysis->pair);
    table_text(writer, test);
    table_text(writer, variant);
    table_number(writer, cells->rss);
    table_number(writer, cells->p);
    table_number(writer, cells->b);
    table_number(writer, cells->se);
    table_number(writer, cells->exceeding);
    table_number(writer, cells->sims);
    table_text(writer, cells->note);
    table_end_row(writer);
}

static void add_global(const struct analysis *analysis, struct table_writer *writer)
{
    const struct presso *presso = analysis->presso;
    struct cells cells = empty;

    cells.note = presso->note;
    if (presso->is_done) {
        cells.rss = presso->rss;
        cells.p = presso->p;
        cells.exceeding = (double)presso->exceeding;
        cells.sims = (double)presso->sims;
    }
    add_row(analysis, "Global Test", NULL, &cells, writer);
}

static void add_variants(const struct analysis *analysis, struct table_writer *writer)
{
    const struct presso *presso = analysis->presso;

    for (size_t j = 0; presso->is_done && j < presso->count; j++) {
        const struct presso_variant *variant = &presso->variants[j];
        struct cells cells = empty;

        cells.rss = variant->rss;
        cells.note = _("the global test sees no outlier to look for");
        if (presso->has_outlier_test) {
            cells.p = variant->p;
            cells.exceeding = (double)variant->exceeding;
            cells.sims = (double)presso->sims;
            cells.note = variant->note;
        }
        add_row(analysis, "Outlier Test", pair_variant(analysis->pair, j), &cells, writer);
    }
}

static void add_distortion(const struct analysis *analysis, struct table_writer *writer)
{
    const struct presso *presso = analysis->presso;
    struct cells cells = empty;

    cells.note = presso->distortion_note;
    if (!isnan(presso->distortion)) {
        cells.b = presso->distortion;
        cells.p = presso->distortion_p;
        cells.exceeding = (double)presso->distortion_exceeding;
        cells.sims = (double)presso->sims;
    }
    add_row(analysis, "Distortion Test", NULL, &cells, writer);
}

static void add_estimate(const struct analysis *analysis, const char *test,
                         const struct estimate *estimate, struct table_writer *writer)
{
    struct cells cells = empty;

    cells.b = estimate->b;
    cells.se = estimate->se;
    cells.p = estimate->p;
    cells.note = estimate->note;
    add_row(analysis, test, NULL, &cells, writer);
}

static void rows(const struct analysis *analysis, struct table_writer *writer)
{
    if (analysis->presso == NULL) {
        return;
    }
    add_global(analysis, writer);
    add_variants(analysis, writer);
    add_distortion(analysis, writer);
    add_estimate(analysis, "Raw", &analysis->presso->raw, writer);
    add_estimate(analysis, "Outlier-corrected", &analysis->presso->corrected, writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, rows);
}

const struct table_kind table_presso = {
    .key = "presso",
    .columns = columns,
    .shows = N_("MR-PRESSO: the global test, each variant, the distortion, both estimates"),
    .fill = fill,
};
