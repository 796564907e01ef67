#include "base/i18n.h"
#include "report/kinds.h"
#include "study/calibration.h"
#include "study/corrections.h"
#include <math.h>

#define LEVEL .05

static const char *const sets_columns[] = {"exposure",
                                           "rank",
                                           "outcome",
                                           "direction",
                                           "nsnp",
                                           "finding",
                                           "finding_size",
                                           "jaccard_nearest",
                                           "jaccard_least",
                                           "b",
                                           "se",
                                           "pval",
                                           NULL};

static const char *rank_text(const struct trait *taxon)
{
    return trait_is_taxon(taxon) ? trait_rank_key(taxon->rank) : NULL;
}

static void sets_row(const struct results *results, const struct correction *correction,
                     size_t index, struct table_writer *writer)
{
    const struct pair *pair = results->pairs[index].analysis->pair;
    const struct estimate *main = &results->pairs[index].analysis->main;
    table_text(writer, pair->exposure->key);
    table_text(writer, rank_text(study_taxon(pair)));
    table_text(writer, pair->outcome->key);
    table_text(writer, direction_key(pair->direction));
    kind_count(writer, pair->count);
    table_text(writer, results->study->pairs[correction->finding]->exposure->key);
    kind_count(writer, correction->finding_count);
    table_number(writer, correction->nearest);
    table_number(writer, correction->least);
    table_number(writer, main->b);
    table_number(writer, main->se);
    table_probability(writer, main->p, main->neglog10_p);
    table_end_row(writer);
}

/* A finding's pairs stand together, behind the one that stands for it. */
static void sets_fill(const struct results *results, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    struct corrections corrections = corrections_of(results, false, arena);
    size_t count = results->study->pair_count;
    size_t *next = arena_get(arena, count, sizeof *next);
    size_t *last = arena_get(arena, count, sizeof *last);
    for (size_t i = 0; i < count; i++) {
        size_t leader = corrections.pairs[i].finding;
        next[i] = count;
        if (leader != i) {
            next[last[leader]] = i;
        }
        last[leader] = i;
    }
    for (size_t i = 0; i < count; i++) {
        bool is_leader =
            results->pairs[i].analysis != NULL && corrections.pairs[i].finding == i;
        for (size_t at = is_leader ? i : count; at < count; at = next[at]) {
            sets_row(results, &corrections.pairs[at], at, writer);
        }
    }
    arena_destroy(arena);
}

const struct table_kind table_sets = {
    .key = "sets",
    .columns = sets_columns,
    .shows = N_("exposures whose instruments are the same, or nearly (Jaccard index of .8 or "
                "more), as one finding"),
    .fill = sets_fill,
    .is_of_study = true,
};

static const char *const calibration_columns[] = {"outcome",
                                                  "direction",
                                                  "rank",
                                                  "tested",
                                                  "findings",
                                                  "effective_tests",
                                                  "p_effective",
                                                  "pi0",
                                                  "lambda",
                                                  "nominal",
                                                  "nominal_findings",
                                                  "expected",
                                                  "bonferroni",
                                                  "bh",
                                                  "by",
                                                  "storey",
                                                  "by_rank",
                                                  "hierarchical",
                                                  "effective",
                                                  "permutations",
                                                  "null_hits",
                                                  "null_hits_lo",
                                                  "null_hits_up",
                                                  "hits_pval",
                                                  "null_lambda",
                                                  "least_pval",
                                                  "least_pval_adjusted",
                                                  "null_threshold",
                                                  NULL};

static void hit_cells(const struct correction_hits *hits, struct table_writer *writer)
{
    kind_count(writer, hits->nominal);
    kind_count(writer, hits->nominal_findings);
    table_number(writer, LEVEL * (double)hits->tested);
    kind_count(writer, hits->bonferroni);
    kind_count(writer, hits->bh);
    kind_count(writer, hits->by);
    kind_count(writer, hits->storey);
    kind_count(writer, hits->rank);
    kind_count(writer, hits->tree);
    kind_count(writer, hits->effective);
}

static void deal_cells(const struct calibration *seen, struct table_writer *writer)
{
    table_number(writer, seen == NULL ? NAN : (double)seen->deals);
    table_number(writer, seen == NULL ? NAN : seen->hits);
    table_number(writer, seen == NULL ? NAN : seen->hits_lower);
    table_number(writer, seen == NULL ? NAN : seen->hits_upper);
    table_number(writer, seen == NULL ? NAN : seen->hits_p);
    table_number(writer, seen == NULL ? NAN : seen->deal_lambda);
    table_number(writer, seen == NULL ? NAN : seen->least);
    table_number(writer, seen == NULL ? NAN : seen->least_p);
    table_number(writer, seen == NULL ? NAN : seen->threshold);
}

/* The inflation of one rank's tests. */
static double lambda_of(const struct corrections *corrections, size_t f, enum trait_rank rank,
                        struct arena *arena)
{
    const struct test_family *family = &corrections->families.families[f];
    const struct results *results = corrections->results;
    double *chi = arena_get(arena, family->count, sizeof *chi);
    size_t count = 0;
    for (size_t i = 0; i < family->count; i++) {
        const struct pair *pair = results->study->pairs[family->member[i]];
        if (!isnan(family->p[i]) && study_taxon(pair)->rank == rank) {
            double z = calibration_z(&results->pairs[family->member[i]].analysis->main);
            chi[count++] = z * z;
        }
    }
    return calibration_lambda(chi, count);
}

static void family_cells(const struct corrections *corrections, size_t f, const char *rank,
                         const struct correction_hits *hits, struct table_writer *writer)
{
    const struct test_family *family = &corrections->families.families[f];
    table_text(writer, family->disease->key);
    table_text(writer, direction_key(family->direction));
    table_text(writer, rank);
    kind_count(writer, hits->tested);
    kind_count(writer, hits->findings);
}

/* The whole family, then each rank of it that was tested. */
static void calibration_rows(const struct corrections *corrections, size_t f,
                             struct table_writer *writer, struct arena *arena)
{
    const struct test_family *family = &corrections->families.families[f];
    struct calibration seen =
        calibration_of(corrections->results, family, &corrections->results->options.settings);
    struct correction_hits hits = corrections_hits(corrections, f, RANK_COUNT, LEVEL);
    family_cells(corrections, f, "all", &hits, writer);
    table_number(writer, corrections->effective[f]);
    table_number(writer, -expm1(log1p(-LEVEL) / corrections->effective[f]));
    table_number(writer, corrections->pi0[f]);
    table_number(writer, seen.lambda);
    hit_cells(&hits, writer);
    deal_cells(&seen, writer);
    table_end_row(writer);
    for (enum trait_rank rank = RANK_KINGDOM; rank < RANK_COUNT; rank++) {
        hits = corrections_hits(corrections, f, rank, LEVEL);
        if (hits.tested > 0) {
            family_cells(corrections, f, trait_rank_key(rank), &hits, writer);
            table_number(writer, NAN);
            table_number(writer, NAN);
            table_number(writer, NAN);
            table_number(writer, lambda_of(corrections, f, rank, arena));
            hit_cells(&hits, writer);
            deal_cells(NULL, writer);
            table_end_row(writer);
        }
    }
}

static void calibration_fill(const struct results *results, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    struct corrections corrections = corrections_of(results, true, arena);
    for (size_t f = 0; f < corrections.families.count; f++) {
        calibration_rows(&corrections, f, writer, arena);
    }
    arena_destroy(arena);
}

const struct table_kind table_calibration = {
    .key = "calibration",
    .columns = calibration_columns,
    .shows = N_("how many tests there are and how many hits each correction leaves, beside "
                "what chance and permuted outcome effects give"),
    .fill = calibration_fill,
    .is_of_study = true,
};
