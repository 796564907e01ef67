#include "ui/explorer/taxa_arrange.h"

#include "base/i18n.h"
#include "base/memory.h"
#include <string.h>

static struct effect fold(struct taxa_view *view, const struct state *state, bool is_folded)
{
    size_t node = taxa_view_find(view, view->taxon);
    if (node == TAXA_NONE) {
        return effect_none();
    }
    struct taxon_node *here = taxa_tree_edit(&view->tree, node);
    if (here->first_child != TAXA_NONE && here->is_folded != is_folded) {
        here->is_folded = is_folded;
    } else if (is_folded && here->parent != TAXA_NONE) {
        view->taxon = taxa_tree_node(&view->tree, here->parent)->trait->key;
    }
    taxa_view_follow(view, state);
    return effect_none();
}

static struct effect turn_fold(struct taxa_view *view, const struct state *state)
{
    const struct taxon_node *node = taxa_view_node(view);
    if (node == NULL || node->first_child == TAXA_NONE) {
        return effect_refuse("%s", _("no taxon stands below this one"));
    }
    return fold(view, state, !node->is_folded);
}

static struct effect fold_all(struct taxa_view *view, const struct state *state)
{
    bool any = false;
    for (size_t i = 0; i < view->tree.nodes.count; i++) {
        any = any || taxa_tree_node(&view->tree, i)->is_folded;
    }
    for (size_t i = 0; i < view->tree.nodes.count; i++) {
        struct taxon_node *node = taxa_tree_edit(&view->tree, i);
        node->is_folded = !any && node->first_child != TAXA_NONE;
    }
    taxa_view_follow(view, state);
    return effect_none();
}

static struct effect sort_so(struct taxa_view *view, const struct state *state,
                             enum taxa_sort sort, bool is_descending)
{
    view->is_descending = is_descending && sort != SORT_TREE;
    view->sort = sort;
    taxa_view_follow(view, state);
    return effect_message(view->is_descending ? _("by %s, turned round") : _("by %s"),
                          taxa_sort_name(sort));
}

/* The same column again turns round. */
static struct effect sort_by(struct taxa_view *view, const struct state *state,
                             enum taxa_sort sort)
{
    return sort_so(view, state, sort, sort == view->sort && !view->is_descending);
}

static struct effect sort_menu(struct taxa_view *view, const struct order *order)
{
    const char *values[SORT_COUNT], *labels[SORT_COUNT];
    for (int i = 0; i < SORT_COUNT; i++) {
        values[i] = taxa_sort_key((enum taxa_sort)i);
        labels[i] = taxa_sort_name((enum taxa_sort)i);
    }
    return effect_open(menu_view_create(_("sort by"), order->action, values, labels, SORT_COUNT,
                                        (size_t)view->sort));
}

static struct effect sort_order(struct taxa_view *view, const struct state *state,
                                const struct order *order)
{
    enum taxa_sort sort;
    if (order->argument == NULL) {
        return sort_menu(view, order);
    }
    size_t length = strcspn(order->argument, " ");
    const char *way = order->argument + length + strspn(order->argument + length, " ");
    char *name = memory_copy_bytes(order->argument, length);
    bool is_known = taxa_sort_of(name, &sort);
    memory_free(name);
    if (!is_known) {
        return effect_refuse(_("there is no column “%s”"), order->argument);
    }
    bool is_down = strcmp(way, "descending") == 0;
    if (*way != '\0' && !is_down && strcmp(way, "ascending") != 0) {
        return effect_refuse(_("write ascending or descending instead of “%s”"), way);
    }
    return *way == '\0' ? sort_by(view, state, sort) : sort_so(view, state, sort, is_down);
}

struct effect taxa_arrange_act(struct taxa_view *view, const struct state *state,
                               const struct order *order)
{
    switch (order->action->id) {
    case ACT_LEFT:
        return fold(view, state, true);
    case ACT_RIGHT:
        return fold(view, state, false);
    case ACT_FOLD:
        return turn_fold(view, state);
    case ACT_FOLD_ALL:
        return fold_all(view, state);
    case ACT_SORT:
        return sort_order(view, state, order);
    case ACT_SORT_LEFT:
        return sort_by(view, state,
                       (enum taxa_sort)((view->sort + SORT_COUNT - 1) % SORT_COUNT));
    case ACT_SORT_RIGHT:
        return sort_by(view, state, (enum taxa_sort)((view->sort + 1) % SORT_COUNT));
    case ACT_FLAT:
        return sort_by(view, state, view->sort == SORT_TREE ? SORT_NAME : SORT_TREE);
    default:
        return effect_unhandled();
    }
}
