#include "ui/explorer/taxa_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <string.h>

static struct taxa_view *self(struct view *view)
{
    return (struct taxa_view *)view;
}

const struct taxa_row *taxa_view_row(const struct taxa_view *view, size_t row)
{
    return array_at(&view->rows, row);
}

const struct taxon_node *taxa_view_node(const struct taxa_view *view)
{
    return view->rows.count == 0
               ? NULL
               : taxa_tree_node(&view->tree, taxa_view_row(view, view->list.cursor)->node);
}

void taxa_view_go(struct taxa_view *view, size_t row)
{
    view->list.cursor = row;
    view->taxon = taxa_view_node(view)->trait->key;
}

static size_t row_of(const struct taxa_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->rows.count; i++) {
        const struct taxa_row *row = taxa_view_row(view, i);
        if (strcmp(taxa_tree_node(&view->tree, row->node)->trait->key, key) == 0) {
            return i;
        }
    }
    return TAXA_NONE;
}

static size_t node_of(const struct taxa_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->tree.nodes.count; i++) {
        if (strcmp(taxa_tree_node(&view->tree, i)->trait->key, key) == 0) {
            return i;
        }
    }
    return TAXA_NONE;
}

/* The row of the taxon, or of the branch that it is folded into. */
static size_t nearest_row(const struct taxa_view *view, const char *key)
{
    size_t node = node_of(view, key);
    while (node != TAXA_NONE) {
        const struct taxon_node *found = taxa_tree_node(&view->tree, node);
        size_t row = row_of(view, found->trait->key);
        if (row != TAXA_NONE) {
            return row;
        }
        node = found->parent;
    }
    return TAXA_NONE;
}

void taxa_view_follow(struct taxa_view *view, const struct state *state)
{
    struct taxa_order order = {view->sort, view->is_descending, false, view->filter};
    taxa_tree_follow(&view->tree, state);
    taxa_tree_rows(&view->tree, state, &order, &view->rows);
    size_t row = nearest_row(view, view->taxon);
    if (row != TAXA_NONE) {
        view->list.cursor = row;
    }
    /* Before the first drawing all rows are seen: none is scrolled away. */
    list_fit(&view->list, view->rows.count,
             view->list.height > 0 ? view->list.height : view->rows.count);
    if (view->taxon == NULL && view->rows.count > 0) {
        taxa_view_go(view, view->list.cursor);
    }
}

static void unfold_above(struct taxa_view *view, size_t node)
{
    size_t parent = taxa_tree_node(&view->tree, node)->parent;
    while (parent != TAXA_NONE) {
        struct taxon_node *above = taxa_tree_edit(&view->tree, parent);
        above->is_folded = false;
        parent = above->parent;
    }
}

/* Goes to a taxon wherever it is, also inside folded branches. */
static bool go_to(struct taxa_view *view, const struct state *state, const char *key)
{
    size_t node = node_of(view, key);
    if (node == TAXA_NONE) {
        return false;
    }
    unfold_above(view, node);
    view->taxon = taxa_tree_node(&view->tree, node)->trait->key;
    taxa_view_follow(view, state);
    return true;
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct taxa_view *view = self(base);
    struct array rows = ARRAY_OF(struct taxa_row);
    struct taxa_order order = {view->sort, view->is_descending, true, view->filter};
    taxa_view_follow(view, state);
    taxa_tree_rows(&view->tree, state, &order, &rows);
    size_t start = 0, count = rows.count, found = TAXA_NONE;
    size_t here = node_of(view, view->taxon);
    for (size_t i = 0; i < count; i++) {
        start = ((const struct taxa_row *)array_at(&rows, i))->node == here ? i : start;
    }
    for (size_t i = 0; i < count && found == TAXA_NONE; i++) {
        size_t offset = step < 0 ? count - 1 - i : i + (size_t)step;
        const struct taxa_row *row = array_at(&rows, (start + offset) % count);
        const struct trait *trait = taxa_tree_node(&view->tree, row->node)->trait;
        found = text_contains_fold(trait->name, text) ? row->node : TAXA_NONE;
    }
    array_destroy(&rows);
    return found != TAXA_NONE &&
           go_to(view, state, taxa_tree_node(&view->tree, found)->trait->key);
}

static struct effect fold(struct taxa_view *view, const struct state *state, bool is_folded)
{
    size_t node = node_of(view, view->taxon);
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

static struct effect sort_by(struct taxa_view *view, const struct state *state,
                             enum taxa_sort sort)
{
    view->is_descending = sort == view->sort && sort != SORT_TREE && !view->is_descending;
    view->sort = sort;
    taxa_view_follow(view, state);
    return effect_message(view->is_descending ? _("by %s, turned round") : _("by %s"),
                          taxa_sort_name(sort));
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
    if (!taxa_sort_of(order->argument, &sort)) {
        return effect_refuse(_("there is no column “%s”"), order->argument);
    }
    return sort_by(view, state, sort);
}

static struct effect filter(struct taxa_view *view, const struct state *state,
                            const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(prompt_view_create(PROMPT_FILTER, order->action, view->filter));
    }
    memory_free(view->filter);
    view->filter = *order->argument == '\0' ? NULL : memory_copy_text(order->argument);
    taxa_view_follow(view, state);
    return effect_none();
}

/* Clears what narrows the list; at the end of the ladder it says how to leave. */
static struct effect back(struct taxa_view *view, const struct state *state)
{
    if (view->filter != NULL) {
        memory_free(view->filter);
        view->filter = NULL;
        taxa_view_follow(view, state);
        return effect_none();
    }
    return effect_message("%s", _("this is the first screen; q leaves taxamr"));
}

static struct effect select_taxon(struct taxa_view *view, const struct state *state,
                                  const struct order *order)
{
    if (order->argument == NULL || !go_to(view, state, order->argument)) {
        return effect_refuse(_("there is no taxon with the key “%s” here"),
                             order->argument == NULL ? "" : order->argument);
    }
    return effect_none();
}

static struct effect act_on_rows(struct taxa_view *view, struct state *state,
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
    case ACT_FILTER:
        return filter(view, state, order);
    default:
        return effect_unhandled();
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct taxa_view *view = self(base);
    taxa_view_follow(view, state);
    if (list_move(&view->list, order)) {
        if (view->rows.count > 0) {
            taxa_view_go(view, view->list.cursor);
        }
        return effect_none();
    }
    const struct taxon_node *node = taxa_view_node(view);
    switch (order->action->id) {
    case ACT_OPEN:
        return node == NULL ? effect_none() : effect_open(pair_view_create(node->trait, NULL));
    case ACT_BACK:
        return back(view, state);
    case ACT_SELECT:
        return select_taxon(view, state, order);
    default:
        return act_on_rows(view, state, order);
    }
}

/* A click chooses a row; a click on the chosen row opens it. The first line of rows is the
 * third of the screen's middle. */
static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct taxa_view *view = self(base);
    taxa_view_follow(view, state);
    size_t at = row < 2 ? (size_t)-1 : list_row_at(&view->list, row - 2);
    if (at == (size_t)-1) {
        return effect_none();
    }
    if (at == view->list.cursor) {
        return (struct effect){.kind = EFFECT_DO, .action = action_named("open")};
    }
    taxa_view_go(view, at);
    return effect_none();
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct taxa_view *view = (const struct taxa_view *)base;
    return arena_format(scratch, "%zu/%zu", view->rows.count == 0 ? 0 : view->list.cursor + 1,
                        view->rows.count);
}

static struct place save(const struct view *base)
{
    return (struct place){.taxon = ((const struct taxa_view *)base)->taxon};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    if (place.taxon != NULL) {
        (void)go_to(self(base), state, place.taxon);
    }
}

/* The row of the cursor, then every row that is seen. */
static void wants(const struct view *base, const struct state *state, struct array *pairs)
{
    (void)state;
    const struct taxa_view *view = (const struct taxa_view *)base;
    const struct taxon_node *here = taxa_view_node(view);
    if (here != NULL) {
        *(size_t *)array_add(pairs) = here->pair;
    }
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row < view->rows.count) {
            *(size_t *)array_add(pairs) =
                taxa_tree_node(&view->tree, taxa_view_row(view, row)->node)->pair;
        }
    }
}

static void destroy(struct view *base)
{
    struct taxa_view *view = self(base);
    taxa_tree_end(&view->tree);
    array_destroy(&view->rows);
    memory_free(view->filter);
    memory_free(view);
}

static const struct view_kind taxa_view_kind = {
    .key = "taxa",
    .bit = IN_TAXA,
    .draw = taxa_view_draw,
    .title = taxa_view_title,
    .position = position,
    .sentence = taxa_view_sentence,
    .line = taxa_view_line,
    .act = act,
    .click = click,
    .wants = wants,
    .search = search,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *taxa_view_create(const struct state *state)
{
    struct taxa_view *view = memory_get(1, sizeof *view);
    view->base.kind = &taxa_view_kind;
    view->rows = ARRAY_OF(struct taxa_row);
    taxa_view_follow(view, state);
    return &view->base;
}
