#include "ui/explorer/taxa_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/marking.h"
#include "ui/explorer/taxa_arrange.h"
#include "ui/explorer/taxa_counts.h"
#include "ui/explorer/taxa_values.h"
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

size_t taxa_view_find(const struct taxa_view *view, const char *key)
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
    size_t node = taxa_view_find(view, key);
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
    struct taxa_order order = {view->sort, view->is_descending, false,
                               filters_ruling(&view->filters)};
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
    size_t node = taxa_view_find(view, key);
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
    struct taxa_order order = {view->sort, view->is_descending, true,
                               filters_ruling(&view->filters)};
    taxa_view_follow(view, state);
    taxa_tree_rows(&view->tree, state, &order, &rows);
    size_t start = 0, count = rows.count, found = TAXA_NONE;
    size_t here = taxa_view_find(view, view->taxon);
    for (size_t i = 0; i < count; i++) {
        start = ((const struct taxa_row *)array_at(&rows, i))->node == here ? i : start;
    }
    for (size_t i = 0; i < count && found == TAXA_NONE; i++) {
        const struct taxa_row *row = array_at(&rows, list_turn(start, i, step, count));
        const struct trait *trait = taxa_tree_node(&view->tree, row->node)->trait;
        found = text_contains_fold(trait->name, text) ? row->node : TAXA_NONE;
    }
    array_destroy(&rows);
    return found != TAXA_NONE &&
           go_to(view, state, taxa_tree_node(&view->tree, found)->trait->key);
}

struct effect taxa_view_filter(struct taxa_view *view, const struct state *state,
                               const char *text)
{
    size_t count;
    const struct expression_column *columns = taxa_values_columns(&count);
    char *said = filters_set(&view->filters, text, columns, count);
    taxa_view_follow(view, state);
    struct effect effect = said == NULL ? effect_none() : effect_refuse("%s", said);
    memory_free(said);
    return effect;
}

static struct effect filter(struct taxa_view *view, const struct state *state,
                            const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(
            prompt_view_create(PROMPT_FILTER, order->action, view->filters.set.text));
    }
    return taxa_view_filter(view, state, order->argument);
}

static char *narrow(struct view *base, const struct state *state, const char *text)
{
    struct taxa_view *view = self(base);
    size_t count;
    const struct expression_column *columns = taxa_values_columns(&count);
    char *said = filters_try(&view->filters, text, columns, count);
    taxa_view_follow(view, state);
    return said;
}

/* By its key it goes on to the next row, so that many are marked in a row. */
static struct effect mark(struct taxa_view *view, struct state *state,
                          const struct order *order)
{
    struct effect effect = marking_turn(state, &view->base, order);
    if (order->key != NULL && view->list.cursor + 1 < view->rows.count) {
        taxa_view_go(view, view->list.cursor + 1);
    }
    taxa_view_follow(view, state);
    return effect;
}

static struct effect mark_shown(const struct taxa_view *view, struct state *state)
{
    for (size_t i = 0; i < view->rows.count; i++) {
        size_t node = taxa_view_row(view, i)->node;
        marks_add(&state->marks, taxa_tree_node(&view->tree, node)->trait->key);
    }
    return marking_said(state);
}

/* Clears what narrows the list; the end of the ladder is the loop's. */
static struct effect back(struct taxa_view *view, const struct state *state)
{
    if (view->filters.set.text != NULL) {
        return taxa_view_filter(view, state, NULL);
    }
    return effect_of(EFFECT_BACK);
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

static struct effect act_on_marks(struct taxa_view *view, struct state *state,
                                  const struct order *order)
{
    switch (order->action->id) {
    case ACT_MARK:
        return mark(view, state, order);
    case ACT_MARK_SHOWN:
        return mark_shown(view, state);
    case ACT_COUNTS:
        return taxa_counts_act(view, state, order);
    default:
        return taxa_arrange_act(view, state, order);
    }
}

static struct effect act_on_rows(struct taxa_view *view, struct state *state,
                                 const struct order *order)
{
    switch (order->action->id) {
    case ACT_FILTER:
        return filter(view, state, order);
    default:
        return act_on_marks(view, state, order);
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

/* A click chooses a row; a click on the chosen row opens it; one on the counts lists them. The
 * first line of rows is the third of the screen's middle. */
static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct taxa_view *view = self(base);
    taxa_view_follow(view, state);
    if (row == 0) {
        return (struct effect){.kind = EFFECT_DO, .action = action_named("counts")};
    }
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
    const struct taxa_view *view = (const struct taxa_view *)base;
    size_t marked = marks_count(&state->marks);
    const char *marks = marked == 0 ? "" : arena_format(scratch, _("%zu marked  "), marked);
    return arena_format(scratch, "%s%zu/%zu", marks,
                        view->rows.count == 0 ? 0 : view->list.cursor + 1, view->rows.count);
}

static struct place save(const struct view *base)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    const struct taxon_node *node = taxa_view_node(view);
    return (struct place){.taxon = node == NULL ? view->taxon : node->trait->key};
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
    filters_end(&view->filters);
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
    .table = taxa_view_table,
    .figure = taxa_view_figure,
    .act = act,
    .click = click,
    .wants = wants,
    .search = search,
    .narrow = narrow,
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
