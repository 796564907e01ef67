#include "ui/explorer/taxa_tree.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/taxa_values.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key, *name;
} sorts[SORT_COUNT] = {
    [SORT_TREE] = {"tree", N_("tree by lineage")},
    [SORT_NAME] = {"taxon", N_("name of the taxon")},
    [SORT_VARIANTS] = {"J", N_("J, number of variants")},
    [SORT_STRENGTH] = {"F", N_("F, strength of the instruments")},
    [SORT_EFFECT] = {"effect", N_("effect")},
    [SORT_P] = {"p", N_("p")},
    [SORT_Q] = {"q", N_("q, p adjusted for all taxa")},
    [SORT_CHECKS] = {"checks", N_("checks passed")},
    [SORT_MARKED] = {"marked", N_("marked taxa first")},
};

const char *taxa_sort_key(enum taxa_sort sort)
{
    return sorts[sort].key;
}

const char *taxa_sort_name(enum taxa_sort sort)
{
    return gettext(sorts[sort].name);
}

bool taxa_sort_of(const char *key, enum taxa_sort *sort)
{
    for (int i = 0; i < SORT_COUNT; i++) {
        if (text_equal_fold(sorts[i].key, key)) {
            *sort = (enum taxa_sort)i;
            return true;
        }
    }
    return false;
}

static bool contains(const struct trait *trait, const char *words)
{
    if (text_contains_fold(trait->name, words) || text_contains_fold(trait->key, words)) {
        return true;
    }
    for (int rank = 0; rank < RANK_COUNT; rank++) {
        if (trait->lineage[rank] != NULL && text_contains_fold(trait->lineage[rank], words)) {
            return true;
        }
    }
    return false;
}

static bool matches(const struct taxa_tree *tree, const struct state *state, size_t node,
                    const struct filter *filter)
{
    if (filter == NULL) {
        return true;
    }
    if (filter->expression == NULL) {
        return contains(taxa_tree_node(tree, node)->trait, filter->text);
    }
    struct taxa_values_row taxon = {state, tree, node};
    struct expression_row row = {&taxon, taxa_values_of};
    return expression_holds(filter->expression, &row);
}

static void add_branch(const struct taxa_tree *tree, const struct state *state,
                       const struct taxa_order *order, size_t first, size_t depth,
                       struct array *rows)
{
    for (size_t i = first; i != TAXA_NONE; i = taxa_tree_node(tree, i)->sibling) {
        const struct taxon_node *node = taxa_tree_node(tree, i);
        bool is_shown = matches(tree, state, i, order->filter);
        if (is_shown) {
            struct taxa_row *row = array_add(rows);
            *row = (struct taxa_row){i, depth, node->first_child != TAXA_NONE};
        }
        if (!node->is_folded || order->is_unfolded || order->filter != NULL) {
            add_branch(tree, state, order, node->first_child, depth + is_shown, rows);
        }
    }
}

/* A row and what it is sorted by; missing numbers stand last in either order. */
struct sortable {
    struct taxa_row row;
    double number;
    const char *name;
    size_t place;
};

static double checks_passed(const struct results *results, size_t pair)
{
    size_t count, passed = 0;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; i < count; i++) {
        passed += results_judge(results, pair, diagnostics[i]) == JUDGE_PASSED;
    }
    return -(double)passed;
}

static double number_of(const struct state *state, size_t pair, enum taxa_sort sort)
{
    const struct pair_result *result = state_pair_result(state, pair);
    const struct analysis *analysis = result == NULL ? NULL : result->analysis;
    if (sort == SORT_VARIANTS) {
        return (double)(analysis == NULL ? state->study->pairs[pair] : analysis->pair)->count;
    }
    if (analysis == NULL) {
        return NAN;
    }
    switch (sort) {
    case SORT_STRENGTH:
        return analysis->strength.f_mean;
    case SORT_EFFECT:
        return analysis->main.b;
    case SORT_P:
        return analysis->main.neglog10_p > 0 ? -analysis->main.neglog10_p : analysis->main.p;
    case SORT_Q:
        return result->q;
    case SORT_CHECKS:
        return checks_passed(state_results(state), pair);
    default:
        return 0;
    }
}

static int compare(const struct sortable *one, const struct sortable *other, int sign)
{
    if (isnan(one->number) != isnan(other->number)) {
        return isnan(one->number) ? 1 : -1;
    }
    int order = one->name != NULL
                    ? strcmp(one->name, other->name)
                    : (one->number > other->number) - (one->number < other->number);
    return order != 0 ? sign * order
                      : (one->place > other->place) - (one->place < other->place);
}

static int ascending(const void *one, const void *other)
{
    return compare(one, other, 1);
}

static int descending(const void *one, const void *other)
{
    return compare(one, other, -1);
}

static void sort_rows(const struct taxa_tree *tree, const struct state *state,
                      const struct taxa_order *order, struct array *rows)
{
    struct sortable *sorted = memory_get(rows->count, sizeof *sorted);
    for (size_t i = 0; i < rows->count; i++) {
        const struct taxa_row *row = array_at(rows, i);
        const struct taxon_node *node = taxa_tree_node(tree, row->node);
        bool by_name = order->sort == SORT_NAME;
        sorted[i] = (struct sortable){{row->node, 0, false},
                                      by_name ? 0
                                      : order->sort == SORT_MARKED
                                          ? !marks_has(&state->marks, node->trait->key)
                                          : number_of(state, node->pair, order->sort),
                                      by_name ? node->trait->name : NULL,
                                      i};
    }
    qsort(sorted, rows->count, sizeof *sorted, order->is_descending ? descending : ascending);
    for (size_t i = 0; i < rows->count; i++) {
        *(struct taxa_row *)array_at(rows, i) = sorted[i].row;
    }
    memory_free(sorted);
}

void taxa_tree_rows(const struct taxa_tree *tree, const struct state *state,
                    const struct taxa_order *order, struct array *rows)
{
    struct taxa_order unfolded = *order;
    unfolded.is_unfolded = order->is_unfolded || order->sort != SORT_TREE;
    array_clear(rows);
    add_branch(tree, state, &unfolded, tree->root, 0, rows);
    if (order->sort != SORT_TREE) {
        sort_rows(tree, state, order, rows);
    }
}
