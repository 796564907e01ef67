#include "base/i18n.h"
#include "report/kinds.h"
#include "study/card.h"
#include "study/published.h"
#include <math.h>

static const char *const card_columns[] = {
    "exposure",     "outcome",   "direction", "rank",     "lineage",
    "what",         "said_of",   "sources",   "found_in", "found_of",
    "found_source", "published", "agree",     "disagree", NULL};

/* How many findings on the pair's taxon there are, and how many signs are as here. */
static void published_cells(const struct analysis *analysis, struct table_writer *writer,
                            struct arena *arena)
{
    size_t count, here = 0, agrees[3] = {0};
    const struct published *findings = published_of(study_taxon(analysis->pair), &count, arena);
    for (size_t i = 0; i < count; i++) {
        if (published_is_of(&findings[i], analysis->pair)) {
            here++;
            agrees[published_agrees(&findings[i], &analysis->main)]++;
        }
    }
    kind_count(writer, here);
    kind_count(writer, agrees[AGREE_YES]);
    kind_count(writer, agrees[AGREE_NO]);
}

static void card_row(const struct analysis *analysis, struct table_writer *writer,
                     struct arena *arena)
{
    const struct trait *taxon = study_taxon(analysis->pair);
    struct card card = card_of(taxon, arena);
    if (!trait_is_taxon(taxon)) {
        return;
    }
    kind_pair_cells(writer, analysis->pair);
    table_text(writer, trait_rank_key(taxon->rank));
    table_text(writer, card.lineage);
    table_text(writer, card.what);
    table_text(writer, card.what == NULL ? NULL
                                         : arena_format(arena, "%s %s", trait_rank_key(card.of),
                                                        card.of_name));
    table_text(writer, card.sources);
    table_number(writer, card.found_in);
    table_number(writer, card.found_of);
    table_text(writer, card.found_by);
    published_cells(analysis, writer, arena);
    table_end_row(writer);
}

static void card_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, card_row);
}

const struct table_kind table_card = {
    .key = "card",
    .columns = card_columns,
    .shows = N_("what each taxon is, what it does, how many people carry it, with sources"),
    .fill = card_fill,
};

static const char *const published_columns[] = {"exposure",
                                                "outcome",
                                                "direction",
                                                "source",
                                                "sense",
                                                "or_published",
                                                "or_lci95_published",
                                                "or_uci95_published",
                                                "pval_published",
                                                "nsnp_published",
                                                "b_published",
                                                "se_published",
                                                "b",
                                                "se",
                                                "pval",
                                                "agree",
                                                "difference_pval",
                                                "note",
                                                NULL};

/* P of no difference between two estimates, as if they came from different people. */
static double difference_p(const struct published *finding, const struct estimate *estimate)
{
    double se = hypot(finding->se, estimate->se);
    return erfc(fabs(finding->b - estimate->b) / se / sqrt(2));
}

static void finding_row(const struct analysis *analysis, const struct published *finding,
                        struct table_writer *writer)
{
    const struct estimate *main = &analysis->main;
    bool is_log_odds = analysis->pair->outcome->unit == UNIT_LOG_ODDS &&
                       analysis->pair->exposure->unit == UNIT_SD;
    kind_pair_cells(writer, analysis->pair);
    table_text(writer, finding->source_full);
    table_text(writer, published_sense_key(finding->sense));
    table_number(writer, finding->odds);
    table_number(writer, finding->lower);
    table_number(writer, finding->upper);
    table_number(writer, finding->p);
    table_number(writer, finding->variants);
    table_number(writer, finding->b);
    table_number(writer, finding->se);
    table_number(writer, main->b);
    table_number(writer, main->se);
    table_probability(writer, main->p, main->neglog10_p);
    table_text(writer, published_agree_key(published_agrees(finding, main)));
    table_number(writer, is_log_odds ? difference_p(finding, main) : NAN);
    table_text(writer, finding->note);
    table_end_row(writer);
}

static void published_row(const struct analysis *analysis, struct table_writer *writer,
                          struct arena *arena)
{
    size_t count;
    const struct published *findings = published_of(study_taxon(analysis->pair), &count, arena);
    for (size_t i = 0; i < count; i++) {
        if (published_is_of(&findings[i], analysis->pair)) {
            finding_row(analysis, &findings[i], writer);
        }
    }
}

static void published_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, published_row);
}

const struct table_kind table_published = {
    .key = "published",
    .columns = published_columns,
    .shows = N_("effects that other studies published for these taxa, beside ours"),
    .fill = published_fill,
};
