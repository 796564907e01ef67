#include "base/i18n.h"
#include "diagnose/influence.h"
#include "report/kinds.h"
#include <math.h>

static const char *const columns[] = {"exposure",     "outcome",
                                      "direction",    "SNP",
                                      "weight_share", "q_share",
                                      "studentised",  "cooks_d",
                                      "cooks_cutoff", "b_without",
                                      "radial_q",     "radial_p",
                                      "is_outlier",   "is_outlier_bonferroni",
                                      "note",         NULL};

static void flag_cell(struct table_writer *writer, double p, bool value)
{
    if (isnan(p)) {
        table_text(writer, NULL);
    } else {
        table_flag(writer, value);
    }
}

/* Leaving a variant out is the one thing here that counts LD. */
static const char *ld_note(const struct pair *pair, struct arena *arena)
{
    const char *warning = estimate_ld_warning(pair);

    return warning == NULL ? NULL
                           : arena_format(arena, "%s: %s", warning, _("all but b_without"));
}

static void row_of(const struct analysis *analysis, const struct single_variant *single,
                   const struct radial_outlier *outlier, struct table_writer *writer,
                   struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    bool is_left_out = analysis->leave_one_out_count > 1;

    kind_pair_cells(writer, pair);
    table_text(writer, pair_variant(pair, single->j));
    table_number(writer, single->weight_share);
    table_number(writer, single->q_share);
    table_number(writer, single->studentised);
    table_number(writer, single->cook);
    table_number(writer, 4 / (double)pair->count);
    table_number(writer, is_left_out ? analysis->leave_one_out[single->j].b : NAN);
    table_number(writer, outlier->q);
    table_number(writer, outlier->p);
    flag_cell(writer, outlier->p, outlier->is_outlier);
    flag_cell(writer, outlier->p, outlier->is_outlier_bonferroni);
    table_text(writer, ld_note(pair, arena));
    table_end_row(writer);
}

static void rows_of(const struct analysis *analysis, struct table_writer *writer,
                    struct arena *arena)
{
    struct radial_outlier *outliers = influence_radial_of(analysis->pair, arena);

    for (size_t j = 0; j < analysis->pair->count; j++) {
        row_of(analysis, &analysis->singles[j], &outliers[j], writer, arena);
    }
}

static void fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, rows_of);
}

const struct table_kind table_influence = {
    .key = "influence",
    .columns = columns,
    .shows =
        N_("what each variant does to IVW, and whether it is an outlier of the radial plot"),
    .fill = fill,
};
