#include "ui/explorer/taxa_counts.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/taxa_values.h"
#include <string.h>

struct count {
    const char *key;       /* for scripts */
    const char *condition; /* of expression.h; NULL: made when asked for */
    const char *text;      /* behind the number, N_() */
};

static const struct count counts[] = {
    {"taxa", "taxon ~ \"\"", N_("taxa in all")},
    {"sets", "distinct = yes", N_("distinct sets of variants, the first taxon of each")},
    {"alike", "alike > 0", N_("taxa that share all their variants with another (≡)")},
    {"nominal", "p < 0.05", N_("taxa with p < .05")},
    {"significant", "q < 0.05", N_("taxa with q < .05")},
    {"one", "nsnp = 1", N_("taxa with one variant")},
    {"two", "nsnp = 2", N_("taxa with two variants")},
    {"many", "nsnp >= 3", N_("taxa with three variants or more")},
    {"weak", "F < 10", N_("taxa with weak instruments, mean F below 10")},
    {"heterogeneity", "Q = failed", N_("taxa where Q failed: heterogeneity")},
    {"intercept", "E = failed", N_("taxa where E failed: Egger's intercept")},
    {"leave-one-out", "L = failed", N_("taxa where L failed: one variant carries it")},
    {"steiger", "S = failed", N_("taxa where S failed: direction")},
    {"reverse", "R = failed", N_("taxa where R failed: the other direction shows something")},
    {"marked", "marked = yes", N_("taxa marked")},
    {"same-set", NULL, N_("taxa on exactly the variants of the one under the cursor")},
};

enum { TAXA_CONDITIONS = sizeof counts / sizeof counts[0] };

size_t taxa_counts_of(const struct taxa_tree *tree, const struct state *state,
                      const char *condition)
{
    size_t column_count, found = 0;
    char *said = NULL;
    const struct expression_column *columns = taxa_values_columns(&column_count);
    struct expression *expression = expression_create(condition, columns, column_count, &said);
    for (size_t i = 0; expression != NULL && i < tree->nodes.count; i++) {
        struct taxa_values_row taxon = {state, tree, i};
        struct expression_row row = {&taxon, taxa_values_of};
        found += expression_holds(expression, &row);
    }
    expression_destroy(expression);
    memory_free(said);
    return found;
}

/* The condition of a count, in `arena`; NULL where it has none now. */
static const char *condition_of(const struct taxa_view *view, const struct state *state,
                                const struct count *count, struct arena *arena)
{
    if (count->condition != NULL) {
        return count->condition;
    }
    const struct taxon_node *here = taxa_view_node(view);
    if (here == NULL) {
        return NULL;
    }
    size_t node = taxa_view_row(view, view->list.cursor)->node;
    return arena_format(arena, "set = %zu",
                        1 + taxa_values_first_alike(state, &view->tree, node));
}

/* What the study counts beside taxa: these open the ledger. */
static void add_others(const struct taxa_view *view, const struct state *state,
                       const char **values, const char **labels, struct arena *arena)
{
    values[0] = "variants";
    labels[0] =
        arena_format(arena, "%5zu  %s", view->tree.variants, _("variants, in the ledger"));
    values[1] = "excluded";
    labels[1] = arena_format(arena, "%5zu  %s", history_exclusions(&state->history).count,
                             _("variants left out by hand, in the ledger"));
}

static struct effect open_menu(const struct taxa_view *view, const struct state *state,
                               const struct order *order)
{
    const char *values[TAXA_CONDITIONS + 2], *labels[TAXA_CONDITIONS + 2];
    struct arena *arena = arena_create();
    size_t used = 0;
    for (size_t i = 0; i < TAXA_CONDITIONS; i++) {
        const char *condition = condition_of(view, state, &counts[i], arena);
        if (condition != NULL) {
            values[used] = counts[i].key;
            labels[used++] =
                arena_format(arena, "%5zu  %s", taxa_counts_of(&view->tree, state, condition),
                             gettext(counts[i].text));
        }
    }
    add_others(view, state, values + used, labels + used, arena);
    struct effect effect = effect_open(
        menu_view_create(_("what is counted"), order->action, values, labels, used + 2, 0));
    arena_destroy(arena);
    return effect;
}

/* A list without rows helps nobody: it is said instead. */
static struct effect show(struct taxa_view *view, const struct state *state,
                          const struct count *count)
{
    struct arena *arena = arena_create();
    const char *condition = condition_of(view, state, count, arena);
    bool is_all = strcmp(count->key, "taxa") == 0;
    struct effect effect;
    if (condition == NULL || taxa_counts_of(&view->tree, state, condition) == 0) {
        effect = effect_message(_("0 %s"), gettext(count->text));
    } else {
        effect = taxa_view_filter(view, state, is_all ? NULL : condition);
    }
    arena_destroy(arena);
    return effect;
}

struct effect taxa_counts_act(struct taxa_view *view, const struct state *state,
                              const struct order *order)
{
    const char *name = order->argument;
    if (name == NULL) {
        return open_menu(view, state, order);
    }
    for (size_t i = 0; i < TAXA_CONDITIONS; i++) {
        if (strcmp(counts[i].key, name) == 0) {
            return show(view, state, &counts[i]);
        }
    }
    if (strcmp(name, "variants") == 0) {
        return effect_open(ledger_view_create(NULL));
    }
    if (strcmp(name, "excluded") == 0) {
        return history_exclusions(&state->history).count == 0
                   ? effect_message("%s", _("no variant was left out by hand"))
                   : effect_open(ledger_view_create_with("reason = excluded by hand"));
    }
    return effect_refuse(_("there is no count “%s”"), name);
}
