#include "ui/explorer/taxa_values.h"

#include "base/map.h"
#include "base/memory.h"
#include <math.h>
#include <string.h>

enum {
    OF_P,
    OF_Q,
    OF_B,
    OF_SE,
    OF_ODDS,
    OF_VARIANTS,
    OF_STRENGTH,
    OF_I2,
    OF_Q_P,
    OF_INTERCEPT_P,
    OF_STEIGER_P,
    OF_ALIKE,
    OF_SET,
    OF_NAME,
    OF_KEY,
    OF_RANK,
    OF_MARKED,
    OF_DISTINCT,
    OF_LINEAGE,                         /* and the ranks */
    OF_CHECK = OF_LINEAGE + RANK_COUNT, /* and the places of diagnostics_all */
};

static const char *const yes_or_no[] = {"yes", "no", NULL};

/* In the order of enum judgement. */
static const char *const judgements[] = {"passed", "failed", "unjudged", "unrun", NULL};

static const struct expression_column columns[] = {
    {"p", EXPRESSION_NUMBER, NULL, OF_P},
    {"q", EXPRESSION_NUMBER, NULL, OF_Q},
    {"b", EXPRESSION_NUMBER, NULL, OF_B},
    {"se", EXPRESSION_NUMBER, NULL, OF_SE},
    {"or", EXPRESSION_NUMBER, NULL, OF_ODDS},
    {"nsnp", EXPRESSION_NUMBER, NULL, OF_VARIANTS},
    {"J", EXPRESSION_NUMBER, NULL, OF_VARIANTS},
    {"F", EXPRESSION_NUMBER, NULL, OF_STRENGTH},
    {"I2", EXPRESSION_NUMBER, NULL, OF_I2},
    {"Q_p", EXPRESSION_NUMBER, NULL, OF_Q_P},
    {"intercept_p", EXPRESSION_NUMBER, NULL, OF_INTERCEPT_P},
    {"steiger_p", EXPRESSION_NUMBER, NULL, OF_STEIGER_P},
    {"alike", EXPRESSION_NUMBER, NULL, OF_ALIKE},
    {"set", EXPRESSION_NUMBER, NULL, OF_SET},
    {"name", EXPRESSION_TEXT, NULL, OF_NAME},
    {"taxon", EXPRESSION_TEXT, NULL, OF_KEY},
    {"rank", EXPRESSION_TEXT, NULL, OF_RANK},
    {"kingdom", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_KINGDOM},
    {"phylum", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_PHYLUM},
    {"class", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_CLASS},
    {"order", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_ORDER},
    {"family", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_FAMILY},
    {"genus", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_GENUS},
    {"species", EXPRESSION_TEXT, NULL, OF_LINEAGE + RANK_SPECIES},
    {"Q", EXPRESSION_WORD, judgements, OF_CHECK + 0},
    {"E", EXPRESSION_WORD, judgements, OF_CHECK + 1},
    {"L", EXPRESSION_WORD, judgements, OF_CHECK + 2},
    {"S", EXPRESSION_WORD, judgements, OF_CHECK + 3},
    {"R", EXPRESSION_WORD, judgements, OF_CHECK + 4},
    {"F", EXPRESSION_WORD, judgements, OF_CHECK + 5},
    {"marked", EXPRESSION_WORD, yes_or_no, OF_MARKED},
    {"distinct", EXPRESSION_WORD, yes_or_no, OF_DISTINCT},
};

const struct expression_column *taxa_values_columns(size_t *count)
{
    *count = sizeof columns / sizeof columns[0];
    return columns;
}

size_t taxa_values_shared(const struct pair *one, const struct pair *other)
{
    size_t shared = 0, place;
    struct map *variants = map_create();
    for (size_t j = 0; j < one->count; j++) {
        (void)map_set(variants, pair_variant(one, j), j);
    }
    for (size_t j = 0; j < other->count; j++) {
        shared += map_get(variants, pair_variant(other, j), &place);
    }
    map_destroy(variants);
    return shared;
}

static const struct pair *pair_of(const struct state *state, const struct taxon_node *node)
{
    const struct analysis *analysis = state_analysis(state, node->pair);
    return analysis != NULL ? analysis->pair : state->study->pairs[node->pair];
}

static size_t alike_of(const struct state *state, const struct taxon_node *node)
{
    const struct pair_result *result = state_pair_result(state, node->pair);
    return result == NULL ? 0 : result->same_set;
}

size_t taxa_values_first_alike(const struct state *state, const struct taxa_tree *tree,
                               size_t node)
{
    const struct taxon_node *here = taxa_tree_node(tree, node);
    const struct pair *pair = pair_of(state, here);
    size_t alike = alike_of(state, here);
    for (size_t i = 0; alike > 0 && i < node; i++) {
        const struct taxon_node *other = taxa_tree_node(tree, i);
        const struct pair *its = pair_of(state, other);
        if (alike_of(state, other) == alike && its->count == pair->count &&
            taxa_values_shared(pair, its) == pair->count) {
            return i;
        }
    }
    return node;
}

static double number_of(const struct pair_result *result, int id)
{
    const struct analysis *analysis = result == NULL ? NULL : result->analysis;
    if (analysis == NULL) {
        return NAN;
    }
    const struct estimate *main = &analysis->main;
    bool has_main = main->status == ESTIMATE_DONE;
    switch (id) {
    case OF_P:
        return has_main ? main->p : NAN;
    case OF_Q:
        return result->q;
    case OF_B:
        return has_main ? main->b : NAN;
    case OF_SE:
        return has_main ? main->se : NAN;
    case OF_ODDS:
        return has_main && analysis->pair->outcome->unit == UNIT_LOG_ODDS ? exp(main->b) : NAN;
    case OF_STRENGTH:
        return analysis->strength.f_mean;
    case OF_I2:
        return analysis->heterogeneity.i2;
    case OF_Q_P:
        return analysis->heterogeneity.p;
    case OF_INTERCEPT_P:
        return analysis->egger.status == ESTIMATE_DONE ? analysis->egger.intercept_p : NAN;
    case OF_STEIGER_P:
        return analysis->steiger.is_known ? analysis->steiger.p : NAN;
    case OF_ALIKE:
        return (double)result->same_set;
    default:
        return NAN;
    }
}

/* The place of a check is that of its column, whatever the order of the table of checks. */
static const char *judgement_of(const struct state *state, size_t pair, int id)
{
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);
    for (size_t i = 0; state_results(state) != NULL && i < count; i++) {
        if (all[i]->letter == "QELSRF"[id - OF_CHECK]) {
            return judgements[results_judge(state_results(state), pair, all[i])];
        }
    }
    return judgements[JUDGE_NOT_RUN];
}

static const char *text_of(const struct taxa_values_row *row, int id)
{
    const struct taxon_node *node = taxa_tree_node(row->tree, row->node);
    const struct trait *trait = node->trait;
    if (id >= OF_CHECK) {
        return judgement_of(row->state, node->pair, id);
    }
    if (id >= OF_LINEAGE) {
        return trait->lineage[id - OF_LINEAGE];
    }
    switch (id) {
    case OF_NAME:
        return trait->name;
    case OF_KEY:
        return trait->key;
    case OF_RANK:
        return trait_is_taxon(trait) ? trait_rank_key(trait->rank) : NULL;
    case OF_MARKED:
        return yes_or_no[!marks_has(&row->state->marks, trait->key)];
    case OF_DISTINCT:
        return yes_or_no[taxa_values_first_alike(row->state, row->tree, row->node) !=
                         row->node];
    default:
        return NULL;
    }
}

struct expression_value taxa_values_of(const void *base, int id)
{
    const struct taxa_values_row *row = base;
    const struct taxon_node *node = taxa_tree_node(row->tree, row->node);
    struct expression_value value = {NAN, NULL};
    if (id == OF_VARIANTS) {
        value.number = (double)pair_of(row->state, node)->count;
    } else if (id == OF_SET) {
        value.number = 1 + (double)taxa_values_first_alike(row->state, row->tree, row->node);
    } else if (id < OF_NAME) {
        value.number = number_of(state_pair_result(row->state, node->pair), id);
    } else {
        value.text = text_of(row, id);
    }
    return value;
}
