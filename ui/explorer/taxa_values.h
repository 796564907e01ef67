/*
 * What a condition may ask of a taxon: the numbers of its pair, its names, the checks, marks.
 * In: a state, the tree of taxa, a row of it. Out: columns for expression.h and their values,
 * for the outcome and direction shown.
 */
#ifndef UI_EXPLORER_TAXA_VALUES_H
#define UI_EXPLORER_TAXA_VALUES_H

#include "ui/explorer/expression.h"
#include "ui/explorer/taxa_tree.h"

/* Every column, in the order in which they are listed; static. */
const struct expression_column *taxa_values_columns(size_t *count);

struct taxa_values_row {
    const struct state *state;
    const struct taxa_tree *tree;
    size_t node;
};

/* The value of a struct taxa_values_row. */
struct expression_value taxa_values_of(const void *row, int id);

/* How many variants two pairs have in common, and in both together. */
size_t taxa_values_shared(const struct pair *one, const struct pair *other);

/* The first node of the tree that stands on exactly the variants of this one. */
size_t taxa_values_first_alike(const struct state *state, const struct taxa_tree *tree,
                               size_t node);

#endif
