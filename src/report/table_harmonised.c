#include "base/i18n.h"
#include "instrument/regions.h"
#include "report/kinds.h"
#include <math.h>

static const char *const harmonised_columns[] = {"exposure",
                                                 "outcome",
                                                 "direction",
                                                 "SNP",
                                                 "effect_allele",
                                                 "other_allele",
                                                 "beta.exposure",
                                                 "se.exposure",
                                                 "eaf.exposure",
                                                 "pval.exposure",
                                                 "beta.outcome",
                                                 "se.outcome",
                                                 "eaf.outcome",
                                                 "pval.outcome",
                                                 "palindromic",
                                                 "ambiguous",
                                                 "mr_keep",
                                                 "reason",
                                                 "samplesize.exposure",
                                                 "samplesize.outcome",
                                                 "region",
                                                 "proxy",
                                                 "proxy_r2",
                                                 NULL};

static void side_cells(struct table_writer *writer, const struct association *side)
{
    table_number(writer, side == NULL ? NAN : side->beta);
    table_number(writer, side == NULL ? NAN : side->se);
    table_number(writer, side == NULL ? NAN : side->eaf);
    table_probability(writer, side == NULL ? NAN : side->p,
                      side == NULL ? NAN : side->neglog10_p);
}

static void harmonised_row(struct table_writer *writer, const struct pair *pair,
                           const struct harmonised *row, bool by_hand)
{
    const struct association *outcome = row->y_read == NULL ? NULL : &row->y;
    kind_pair_cells(writer, pair);
    table_text(writer, row->x.variant);
    table_text(writer, row->x.effect_allele);
    table_text(writer, row->x.other_allele);
    side_cells(writer, &row->x);
    side_cells(writer, outcome);
    table_flag(writer, row->is_palindromic);
    table_flag(writer, row->is_ambiguous);
    table_flag(writer, row->keep && !by_hand);
    table_text(writer, reason_text(row->keep && by_hand ? REASON_EXCLUDED : row->reason));
    table_number(writer, row->x.n);
    table_number(writer, outcome == NULL ? NAN : outcome->n);
    table_text(writer, row->region == NULL ? NULL : row->region->name);
    table_text(writer, row->proxy);
    table_number(writer, row->proxy == NULL ? NAN : row->proxy_r2);
    table_end_row(writer);
}

static void harmonised_fill(const struct results *results, struct table_writer *writer)
{
    struct map *excluded = exclusions_ids(&results->options.exclusions);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        const struct pair *pair = results->study->pairs[i];
        for (size_t j = 0; j < pair->row_count; j++) {
            const struct harmonised *row = &pair->rows[j];
            harmonised_row(writer, pair, row, exclusions_has(excluded, row->x.variant));
        }
    }
    map_destroy(excluded);
}

const struct table_kind table_harmonised = {
    .key = "harmonised",
    .columns = harmonised_columns,
    .shows = N_("both sides of every instrument on the exposure's alleles"),
    .fill = harmonised_fill,
};
