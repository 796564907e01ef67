/*
 * Taxa by lineage, folded, filtered and sorted, as rows.
 * In: a state and how a person wants them. Out: rows from top to bottom. A taxon's parent is
 * the nearest rank above it that the study shows; classes left out by a study leave no gap.
 */
#ifndef UI_EXPLORER_TAXA_TREE_H
#define UI_EXPLORER_TAXA_TREE_H

#include "ui/explorer/filter.h"
#include "ui/explorer/state.h"

#define TAXA_NONE ((size_t)-1)

struct taxon_node {
    const struct trait *trait;
    size_t pair;                 /* in the study, for the outcome and direction shown */
    size_t parent;               /* nodes, TAXA_NONE: none */
    size_t first_child, sibling; /* in order of name */
    bool is_folded;
};

struct taxa_row {
    size_t node, depth;
    bool has_children;
};

enum taxa_sort {
    SORT_TREE,
    SORT_NAME,
    SORT_VARIANTS,
    SORT_STRENGTH,
    SORT_EFFECT,
    SORT_P,
    SORT_Q,
    SORT_CHECKS,
    SORT_MARKED,
    SORT_COUNT
};

/* The name of an order for scripts and menus ("tree", "p"), and for people. */
const char *taxa_sort_key(enum taxa_sort sort);
const char *taxa_sort_name(enum taxa_sort sort);
bool taxa_sort_of(const char *key, enum taxa_sort *sort);

struct taxa_tree {
    struct array nodes;       /* struct taxon_node */
    size_t root;              /* the first of the topmost, by name */
    size_t variants;          /* distinct ones of all pairs shown */
    enum direction direction; /* that it was made for */
    size_t outcome;
};

/* Begin with {0}; fills it for the state's outcome and direction where that changed. Folds
 * are kept. */
void taxa_tree_follow(struct taxa_tree *tree, const struct state *state);
void taxa_tree_end(struct taxa_tree *tree);

const struct taxon_node *taxa_tree_node(const struct taxa_tree *tree, size_t node);
struct taxon_node *taxa_tree_edit(struct taxa_tree *tree, size_t node);

struct taxa_order {
    enum taxa_sort sort;
    bool is_descending;
    bool is_unfolded;            /* as if nothing were folded, for searching */
    const struct filter *filter; /* NULL: all */
};

/* Fills rows (struct taxa_row), from the top. */
void taxa_tree_rows(const struct taxa_tree *tree, const struct state *state,
                    const struct taxa_order *order, struct array *rows);

#endif
