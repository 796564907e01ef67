#include "ui/explorer/taxa_tree.h"

#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/taxa_lineage.h"
#include <stdlib.h>
#include <string.h>

const struct taxon_node *taxa_tree_node(const struct taxa_tree *tree, size_t node)
{
    return array_at(&tree->nodes, node);
}

struct taxon_node *taxa_tree_edit(struct taxa_tree *tree, size_t node)
{
    return array_at(&tree->nodes, node);
}

void taxa_tree_end(struct taxa_tree *tree)
{
    array_destroy(&tree->nodes);
}

static void add_nodes(struct taxa_tree *tree, const struct state *state)
{
    struct map *pairs = lineage_pairs(state);
    for (size_t i = 0; i < state->study->exposure_count; i++) {
        size_t index;
        const struct trait *trait = state->study->exposures[i];
        if (map_get(pairs, trait->key, &index) && state->study->pairs[index]->row_count > 0) {
            struct taxon_node *node = array_add(&tree->nodes);
            *node = (struct taxon_node){trait, index, TAXA_NONE, TAXA_NONE, TAXA_NONE, false};
        }
    }
    map_destroy(pairs);
}

static void find_parents(struct taxa_tree *tree)
{
    struct lineage lineage = lineage_begin();
    for (size_t i = 0; i < tree->nodes.count; i++) {
        lineage_add(&lineage, taxa_tree_node(tree, i)->trait, i);
    }
    for (size_t i = 0; i < tree->nodes.count; i++) {
        struct taxon_node *node = taxa_tree_edit(tree, i);
        (void)lineage_above(&lineage, node->trait, &node->parent);
    }
    lineage_end(&lineage);
}

struct named_node {
    const char *name;
    size_t node;
};

static int by_name(const void *one, const void *other)
{
    const struct named_node *a = one, *b = other;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->node > b->node) - (a->node < b->node);
}

static struct named_node *nodes_by_name(const struct taxa_tree *tree)
{
    struct named_node *names = memory_get(tree->nodes.count, sizeof *names);
    for (size_t i = 0; i < tree->nodes.count; i++) {
        names[i] = (struct named_node){taxa_tree_node(tree, i)->trait->name, i};
    }
    qsort(names, tree->nodes.count, sizeof *names, by_name);
    return names;
}

/* From the last name to the first, each put in front of its siblings. */
static void link_nodes(struct taxa_tree *tree)
{
    struct named_node *names = nodes_by_name(tree);
    tree->root = TAXA_NONE;
    for (size_t i = tree->nodes.count; i-- > 0;) {
        struct taxon_node *node = taxa_tree_edit(tree, names[i].node);
        size_t *first = node->parent == TAXA_NONE
                            ? &tree->root
                            : &taxa_tree_edit(tree, node->parent)->first_child;
        node->sibling = *first;
        *first = names[i].node;
    }
    memory_free(names);
}

static size_t count_variants(const struct taxa_tree *tree, const struct study *study)
{
    struct map *seen = map_create();
    for (size_t i = 0; i < tree->nodes.count; i++) {
        const struct pair *pair = study->pairs[taxa_tree_node(tree, i)->pair];
        for (size_t j = 0; j < pair->row_count; j++) {
            (void)map_set(seen, pair->rows[j].x.variant, j);
        }
    }
    size_t count = map_count(seen);
    map_destroy(seen);
    return count;
}

static void keep_folds(struct taxa_tree *tree, const struct array *old)
{
    for (size_t i = 0; i < old->count; i++) {
        const struct taxon_node *before = array_at(old, i);
        for (size_t j = 0; before->is_folded && j < tree->nodes.count; j++) {
            struct taxon_node *node = taxa_tree_edit(tree, j);
            node->is_folded = node->is_folded || node->trait == before->trait;
        }
    }
}

void taxa_tree_follow(struct taxa_tree *tree, const struct state *state)
{
    bool is_new = tree->nodes.item_size == 0;
    if (!is_new && tree->direction == state->direction && tree->outcome == state->outcome) {
        return;
    }
    struct array old = tree->nodes;
    *tree = (struct taxa_tree){.nodes = ARRAY_OF(struct taxon_node),
                               .direction = state->direction,
                               .outcome = state->outcome};
    add_nodes(tree, state);
    find_parents(tree);
    link_nodes(tree);
    keep_folds(tree, &old);
    tree->variants = count_variants(tree, state->study);
    array_destroy(&old);
}
