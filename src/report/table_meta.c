#include "base/i18n.h"
#include "report/kinds.h"
#include "study/meta.h"
#include <math.h>

static const char *const columns[] = {"exposure",
                                      "rank",
                                      "outcome",
                                      "direction",
                                      "across",
                                      "exposure_cohort",
                                      "outcome_cohort",
                                      "model",
                                      "k",
                                      "b",
                                      "se",
                                      "pval",
                                      "lo_ci",
                                      "up_ci",
                                      "or",
                                      "or_lci95",
                                      "or_uci95",
                                      "weight",
                                      "Q",
                                      "Q_df",
                                      "Q_pval",
                                      "I2",
                                      "tau2",
                                      "prediction_lo",
                                      "prediction_up",
                                      "same_sign",
                                      "replication_pval",
                                      "note",
                                      NULL};

/* The cohort of a side, where a row has one: a cohort's own, or what the group keeps. */
static const char *cohort(const struct meta *meta, const struct pair *pair, bool is_exposure)
{
    const struct trait *trait = is_exposure ? pair->exposure : pair->outcome;
    enum meta_across varies = is_exposure ? META_EXPOSURE_COHORTS : META_OUTCOME_COHORTS;
    bool is_one_cohort = pair != meta->group->first || meta->group->across != META_ALL_COHORTS;
    return is_one_cohort && meta->group->across != varies ? trait->cohort : NULL;
}

static void head_cells(const struct meta *meta, const char *exposure_cohort,
                       const char *outcome_cohort, const char *model, size_t count,
                       struct table_writer *writer)
{
    const struct pair *first = meta->group->first;
    enum trait_rank rank = study_taxon(first)->rank;
    table_text(writer, trait_shared_name(first->exposure));
    table_text(writer, rank == RANK_NONE ? NULL : trait_rank_key(rank));
    table_text(writer, trait_shared_name(first->outcome));
    table_text(writer, direction_key(first->direction));
    table_text(writer, meta_across_key(meta->group->across));
    table_text(writer, exposure_cohort);
    table_text(writer, outcome_cohort);
    table_text(writer, model);
    kind_count(writer, count);
}

static void effect_cells(const struct meta *meta, double b, double se, double p,
                         double neglog10_p, double lower, double upper,
                         struct table_writer *writer)
{
    bool is_odds = meta->is_log_odds;
    table_number(writer, b);
    table_number(writer, se);
    table_probability(writer, p, neglog10_p);
    table_number(writer, lower);
    table_number(writer, upper);
    table_number(writer, is_odds ? exp(b) : NAN);
    table_number(writer, is_odds ? exp(lower) : NAN);
    table_number(writer, is_odds ? exp(upper) : NAN);
}

static void missing_cells(size_t count, struct table_writer *writer)
{
    for (size_t i = 0; i < count; i++) {
        table_number(writer, NAN);
    }
}

static void item_row(const struct results *results, const struct meta *meta, size_t i,
                     struct table_writer *writer)
{
    const struct meta_item *item = &meta->items[i];
    const struct pair *pair = results->study->pairs[item->pair];
    head_cells(meta, pair->exposure->cohort, pair->outcome->cohort, "cohort", 1, writer);
    effect_cells(meta, item->b, item->se, item->p, item->neglog10_p, item->lower, item->upper,
                 writer);
    table_number(writer, meta->refusal == NULL ? item->weight : NAN);
    missing_cells(7, writer);
    kind_count(writer, (item->b < 0) == (meta->items[0].b < 0));
    table_number(writer, item->replication_p);
    table_text(writer, NULL);
    table_end_row(writer);
}

static void fit_row(const struct meta *meta, enum meta_model model, struct table_writer *writer)
{
    const struct meta_fit *fit = &meta->fits[model];
    const struct pair *first = meta->group->first;
    head_cells(meta, cohort(meta, first, true), cohort(meta, first, false),
               meta_model_key(model), meta->count, writer);
    effect_cells(meta, fit->b, fit->se, fit->p, fit->neglog10_p, fit->lower, fit->upper,
                 writer);
    table_number(writer, NAN);
    table_number(writer, meta->q);
    table_number(writer, meta->q_df);
    table_number(writer, meta->q_p);
    table_number(writer, meta->i2);
    table_number(writer, fit->tau2);
    table_number(writer, fit->prediction_lower);
    table_number(writer, fit->prediction_upper);
    kind_count(writer, meta->same_sign);
    table_number(writer, NAN);
    struct text note = {0};
    text_add(&note, meta->note == NULL ? "" : meta->note);
    text_addf(&note, "%s%s", note.length > 0 && fit->note != NULL ? "; " : "",
              fit->note == NULL ? "" : fit->note);
    table_text(writer, note.length == 0 ? NULL : note.bytes);
    text_drop(&note);
    table_end_row(writer);
}

/* What was not put together has a row that says why. */
static void refusal_row(const struct meta *meta, struct table_writer *writer)
{
    const struct pair *first = meta->group->first;
    head_cells(meta, cohort(meta, first, true), cohort(meta, first, false), "refused",
               meta->count, writer);
    missing_cells(18, writer);
    table_text(writer, meta->refusal);
    table_end_row(writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    struct meta_groups groups = meta_groups_of(results->study, arena);
    for (size_t g = 0; g < groups.count; g++) {
        struct meta meta = meta_of(results, &groups.groups[g], arena);
        for (size_t i = 0; i < meta.count; i++) {
            item_row(results, &meta, i, writer);
        }
        if (meta.refusal != NULL) {
            refusal_row(&meta, writer);
            continue;
        }
        for (enum meta_model model = META_FIXED; model < META_MODELS; model++) {
            fit_row(&meta, model, writer);
        }
    }
    arena_destroy(arena);
}

const struct table_kind table_meta = {
    .key = "meta",
    .columns = columns,
    .shows = N_("the same taxon and disease in several cohorts: each, and put together by "
                "fixed and random effects"),
    .fill = fill,
    .is_of_study = true,
};
