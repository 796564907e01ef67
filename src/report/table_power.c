#include "base/i18n.h"
#include "diagnose/power.h"
#include "report/kinds.h"

static const char *const columns[] = {"exposure",
                                      "outcome",
                                      "direction",
                                      "nsnp",
                                      "R2",
                                      "n_outcome",
                                      "case_share",
                                      "alpha",
                                      "power_at_estimate",
                                      "n_at_estimate",
                                      "power_or_1.1",
                                      "power_or_1.2",
                                      "power_b_0.1",
                                      "least_b",
                                      "note",
                                      NULL};

static void row_of(const struct analysis *analysis, struct table_writer *writer)
{
    struct power power =
        power_of(analysis->pair, &analysis->strength, &analysis->main, &analysis->settings);

    kind_pair_cells(writer, analysis->pair);
    kind_count(writer, analysis->pair->count);
    table_number(writer, power.r2);
    table_number(writer, power.n);
    table_number(writer, power.case_share);
    table_number(writer, power.alpha);
    table_number(writer, power.at_estimate);
    table_number(writer, power.n_at_estimate);
    table_number(writer, power.or_small);
    table_number(writer, power.or_large);
    table_number(writer, power.b_small);
    table_number(writer, power.least_b);
    table_text(writer, power.note);
    table_end_row(writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, row_of);
}

const struct table_kind table_power = {
    .key = "power",
    .columns = columns,
    .shows = N_("the effects that a pair could have shown, per standard deviation of the "
                "exposure"),
    .fill = fill,
};
