#include "ui/explorer/compare_view.h"

#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/words.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key, *name;
} tabs[COMPARE_TABS] = {
    [COMPARE_FOREST] = {"forest", N_("Forest")},
    [COMPARE_METHODS] = {"methods", N_("Methods")},
    [COMPARE_SHARED] = {"shared", N_("Shared variants")},
};

const char *compare_tab_name(enum compare_tab tab)
{
    return gettext(tabs[tab].name);
}

static struct compare_view *self(struct view *view)
{
    return (struct compare_view *)view;
}

static size_t node_at(const struct compare_view *view, size_t row)
{
    return *(const size_t *)array_at(&view->nodes, row);
}

const struct taxon_node *compare_view_node(const struct compare_view *view, size_t row)
{
    return row < view->nodes.count ? taxa_tree_node(&view->tree, node_at(view, row)) : NULL;
}

const struct pair *compare_view_pair(const struct compare_view *view, const struct state *state,
                                     size_t row)
{
    const struct taxon_node *node = compare_view_node(view, row);
    const struct analysis *analysis = state_analysis(state, node->pair);
    return analysis != NULL ? analysis->pair : state->study->pairs[node->pair];
}

static void go(struct compare_view *view, size_t row)
{
    const struct taxon_node *node = compare_view_node(view, row);
    if (node != NULL) {
        view->list.cursor = row;
        view->taxon = node->trait->key;
    }
}

static void add_node(struct compare_view *view, const char *key)
{
    for (size_t i = 0; i < view->tree.nodes.count; i++) {
        if (strcmp(taxa_tree_node(&view->tree, i)->trait->key, key) == 0) {
            *(size_t *)array_add(&view->nodes) = i;
            return;
        }
    }
}

void compare_view_follow(struct compare_view *view, const struct state *state)
{
    taxa_tree_follow(&view->tree, state);
    array_clear(&view->nodes);
    size_t count = marks_count(&state->marks);
    for (size_t i = 0; i < count && view->nodes.count < COMPARE_MOST; i++) {
        add_node(view, marks_at(&state->marks, i));
    }
    list_fit(&view->list, view->nodes.count,
             view->list.height > 0 ? view->list.height : view->nodes.count);
    for (size_t i = 0; view->taxon != NULL && i < view->nodes.count; i++) {
        if (strcmp(compare_view_node(view, i)->trait->key, view->taxon) == 0) {
            view->list.cursor = i;
        }
    }
    go(view, view->list.cursor);
}

static struct effect turn_to(struct compare_view *view, size_t tab)
{
    view->tab = (enum compare_tab)(tab % COMPARE_TABS);
    view->first = 0;
    return effect_none();
}

static struct effect tab_named(struct compare_view *view, const char *name)
{
    char *end;
    unsigned long number = name == NULL ? 0 : strtoul(name, &end, 10);
    if (number >= 1 && number <= COMPARE_TABS && *end == '\0') {
        return turn_to(view, number - 1);
    }
    for (size_t i = 0; name != NULL && i < COMPARE_TABS; i++) {
        if (strcmp(tabs[i].key, name) == 0) {
            return turn_to(view, i);
        }
    }
    return effect_refuse("%s", _("there is no such tab; 1 forest, 2 methods, 3 shared"));
}

/* Columns that are not seen come into sight; where all are seen, the next tab. */
static struct effect move_aside(struct compare_view *view, int step)
{
    if (view->seen >= view->columns) {
        return turn_to(view, view->tab + COMPARE_TABS + (size_t)step);
    }
    size_t last = view->columns - view->seen;
    if (step < 0) {
        view->first -= view->first > 0;
    } else {
        view->first += view->first < last;
    }
    return effect_none();
}

static struct effect select_taxon(struct compare_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->nodes.count; i++) {
        if (strcmp(compare_view_node(view, i)->trait->key, key) == 0) {
            go(view, i);
            return effect_none();
        }
    }
    return effect_refuse(_("no taxon with the key “%s” is compared"), key == NULL ? "" : key);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct compare_view *view = self(base);
    compare_view_follow(view, state);
    if (list_move(&view->list, order)) {
        go(view, view->list.cursor);
        return effect_none();
    }
    const struct taxon_node *node = compare_view_node(view, view->list.cursor);
    switch (order->action->id) {
    case ACT_OPEN:
        return node == NULL ? effect_none() : effect_open(pair_view_create(node->trait, NULL));
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_SELECT:
        return select_taxon(view, order->argument);
    case ACT_TAB:
        return tab_named(view, order->argument != NULL ? order->argument : order->key);
    case ACT_NEXT_TAB:
        return turn_to(view, view->tab + 1);
    case ACT_PREVIOUS_TAB:
        return turn_to(view, view->tab + COMPARE_TABS - 1);
    case ACT_LEFT:
        return move_aside(view, -1);
    case ACT_RIGHT:
        return move_aside(view, 1);
    default:
        return effect_unhandled();
    }
}

/* Tabs stand in the first line, two more lines of headings above the rows. */
static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    struct compare_view *view = self(base);
    compare_view_follow(view, state);
    if (row == 0) {
        size_t at = 1;
        for (size_t i = 0; i < COMPARE_TABS; i++) {
            at += text_width(compare_tab_name((enum compare_tab)i)) + 4;
            if (column < at) {
                return turn_to(view, i);
            }
        }
        return effect_none();
    }
    size_t at = row < 3 ? (size_t)-1 : list_row_at(&view->list, row - 3);
    if (at == (size_t)-1) {
        return effect_none();
    }
    if (at == view->list.cursor) {
        return (struct effect){.kind = EFFECT_DO, .action = action_named("open")};
    }
    go(view, at);
    return effect_none();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct compare_view *view = (const struct compare_view *)base;
    const struct trait *disease = state_disease(state);
    const char *name = disease == NULL ? "" : state_short_name(disease, scratch);
    const char *taxa = arena_format(
        scratch, ngettext("%zu taxon", "%zu taxa", view->nodes.count), view->nodes.count);
    bool forward = state->direction == FORWARD;
    return arena_format(scratch, "%s → %s\t%s", forward ? taxa : name, forward ? name : taxa,
                        words_direction(state->direction));
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct compare_view *view = (const struct compare_view *)base;
    size_t count = view->nodes.count;
    return arena_format(scratch, "%zu/%zu", count == 0 ? 0 : view->list.cursor + 1, count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct compare_view *view = (const struct compare_view *)base;
    size_t nominal = 0, variants = 0;
    struct map *seen = map_create();
    for (size_t i = 0; i < view->nodes.count; i++) {
        const struct analysis *analysis =
            state_analysis(state, compare_view_node(view, i)->pair);
        const struct pair *pair = compare_view_pair(view, state, i);
        nominal += analysis != NULL && analysis->main.status == ESTIMATE_DONE &&
                   analysis->main.p < 0.05;
        for (size_t j = 0; j < pair->count; j++) {
            (void)map_set(seen, pair_variant(pair, j), j);
        }
        variants += pair->count;
    }
    size_t distinct = map_count(seen);
    map_destroy(seen);
    return arena_format(scratch,
                        _("Of %zu taxa compared %zu have p below .05; their %zu instruments "
                          "are %zu variants."),
                        view->nodes.count, nominal, variants, distinct);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct compare_view *view = (const struct compare_view *)base;
    const struct taxon_node *node = compare_view_node(view, view->list.cursor);
    const struct analysis *analysis = node == NULL ? NULL : state_analysis(state, node->pair);
    if (analysis == NULL || analysis->main.status != ESTIMATE_DONE) {
        return node == NULL ? NULL : node->trait->key;
    }
    const struct estimate *main = &analysis->main;
    return arena_format(scratch, "%s\t%zu\t%s\tp %s", node->trait->key, analysis->pair->count,
                        chart_interval(main->b, main->lower, main->upper, main->contains_null,
                                       state_is_odds(state, analysis->pair), scratch),
                        chart_p(main->p, main->neglog10_p, scratch));
}

static struct place save(const struct view *base)
{
    const struct compare_view *view = (const struct compare_view *)base;
    return (struct place){.taxon = view->taxon, .tab = view->tab};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct compare_view *view = self(base);
    view->taxon = place.taxon;
    view->tab = (enum compare_tab)(place.tab % COMPARE_TABS);
    compare_view_follow(view, state);
}

static void destroy(struct view *base)
{
    struct compare_view *view = self(base);
    taxa_tree_end(&view->tree);
    array_destroy(&view->nodes);
    memory_free(view);
}

static const struct view_kind compare_view_kind = {
    .key = "compare",
    .bit = IN_COMPARE,
    .draw = compare_view_draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *compare_view_create(const struct state *state)
{
    struct compare_view *view = memory_get(1, sizeof *view);
    view->base.kind = &compare_view_kind;
    view->nodes = ARRAY_OF(size_t);
    compare_view_follow(view, state);
    return &view->base;
}
