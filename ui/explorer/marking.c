#include "ui/explorer/marking.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/taxa_values.h"

struct effect marking_said(const struct state *state)
{
    size_t count = marks_count(&state->marks);
    return effect_message(ngettext("%zu taxon marked", "%zu taxa marked", count), count);
}

/* Every taxon of the direction and outcome shown for which a condition holds. */
static struct effect mark_where(struct state *state, const char *text)
{
    size_t count;
    char *said = NULL;
    const struct expression_column *columns = taxa_values_columns(&count);
    struct expression *expression = expression_create(text, columns, count, &said);
    if (expression == NULL) {
        struct effect effect = effect_refuse("%s", said);
        memory_free(said);
        return effect;
    }
    struct taxa_tree tree = {0};
    taxa_tree_follow(&tree, state);
    for (size_t i = 0; i < tree.nodes.count; i++) {
        struct taxa_values_row taxon = {state, &tree, i};
        struct expression_row row = {&taxon, taxa_values_of};
        if (expression_holds(expression, &row)) {
            marks_add(&state->marks, taxa_tree_node(&tree, i)->trait->key);
        }
    }
    taxa_tree_end(&tree);
    expression_destroy(expression);
    return marking_said(state);
}

struct effect marking_turn(struct state *state, const struct view *view,
                           const struct order *order)
{
    const char *key = order->argument != NULL ? order->argument : view->kind->save(view).taxon;
    if (order->argument != NULL && expression_is_meant(order->argument)) {
        return mark_where(state, order->argument);
    }
    const struct trait *taxon = key == NULL ? NULL : state_taxon(state, key);
    if (taxon == NULL) {
        return order->argument == NULL
                   ? effect_refuse("%s", _("no taxon is under the cursor"))
                   : effect_refuse(_("there is no taxon with the key “%s” here"), key);
    }
    if (marks_has(&state->marks, taxon->key)) {
        marks_remove(&state->marks, taxon->key);
    } else {
        marks_add(&state->marks, taxon->key);
    }
    return marking_said(state);
}

struct effect marking_clear(struct state *state)
{
    marks_clear(&state->marks);
    return effect_message("%s", _("no taxon is marked any more"));
}
