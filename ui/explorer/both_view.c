#include "ui/explorer/both_view.h"
#include "ui/explorer/shown.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/words.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

static struct both_view *self(struct view *view)
{
    return (struct both_view *)view;
}

const struct both_row *both_view_row(const struct both_view *view, size_t row)
{
    return array_at(&view->rows, row);
}

static void note_cursor(struct both_view *view)
{
    view->taxon =
        view->rows.count == 0 ? NULL : both_view_row(view, view->list.cursor)->taxon->key;
}

void both_view_follow(struct both_view *view, const struct state *state)
{
    both_rows(state, view->sort, view->filter, &view->rows);
    for (size_t i = 0; view->taxon != NULL && i < view->rows.count; i++) {
        if (strcmp(both_view_row(view, i)->taxon->key, view->taxon) == 0) {
            view->list.cursor = i;
        }
    }
    list_fit(&view->list, view->rows.count, view->list.height > 0 ? view->list.height : 1);
    note_cursor(view);
}

static struct effect sort_menu(const struct both_view *view, const struct order *order)
{
    const char *values[BOTH_SORTS], *labels[BOTH_SORTS];
    for (int i = 0; i < BOTH_SORTS; i++) {
        values[i] = both_sort_key((enum both_sort)i);
        labels[i] = both_sort_name((enum both_sort)i);
    }
    return effect_open(menu_view_create(_("sort by"), order->action, values, labels, BOTH_SORTS,
                                        (size_t)view->sort));
}

static struct effect sort_order(struct both_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return sort_menu(view, order);
    }
    if (!both_sort_of(order->argument, &view->sort)) {
        return effect_refuse(_("there is no column “%s”"), order->argument);
    }
    return effect_message(_("by %s"), both_sort_name(view->sort));
}

static struct effect filter(struct both_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(prompt_view_create(PROMPT_FILTER, order->action, view->filter));
    }
    memory_free(view->filter);
    view->filter = *order->argument == '\0' ? NULL : memory_copy_text(order->argument);
    return effect_none();
}

static struct effect back(struct both_view *view)
{
    if (view->filter == NULL) {
        return effect_of(EFFECT_BACK);
    }
    memory_free(view->filter);
    view->filter = NULL;
    return effect_none();
}

static struct effect select_taxon(struct both_view *view, const struct state *state,
                                  const char *key)
{
    const struct trait *taxon = key == NULL ? NULL : state_taxon(state, key);
    if (taxon == NULL) {
        return effect_refuse(_("there is no taxon with the key “%s” here"),
                             key == NULL ? "" : key);
    }
    view->taxon = taxon->key;
    return effect_none();
}

static struct effect open_row(const struct both_view *view)
{
    return view->rows.count == 0 ? effect_none()
                                 : effect_open(both_pair_view_create(
                                       both_view_row(view, view->list.cursor)->taxon));
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct both_view *view = self(base);
    both_view_follow(view, state);
    if (list_move(&view->list, order)) {
        note_cursor(view);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view);
    case ACT_BACK:
        return back(view);
    case ACT_SORT:
        return sort_order(view, order);
    case ACT_FILTER:
        return filter(view, order);
    case ACT_SELECT:
        return select_taxon(view, state, order->argument);
    default:
        return effect_unhandled();
    }
}

static bool has_text(const void *view, size_t row, const char *text)
{
    return text_contains_fold(both_view_row(view, row)->taxon->name, text);
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct both_view *view = self(base);
    both_view_follow(view, state);
    bool is_found = list_search(&view->list, view->rows.count, step, text, has_text, view);
    if (is_found) {
        note_cursor(view);
    }
    return is_found;
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    (void)state;
    struct both_view *view = self(base);
    size_t at = row < 3 ? (size_t)-1 : list_row_at(&view->list, row - 3);
    if (at == (size_t)-1 || at >= view->rows.count) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    note_cursor(view);
    return again ? open_row(view) : effect_none();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct both_view *view = (const struct both_view *)base;
    const struct trait *disease = state_disease(state);
    return arena_format(scratch, _("Both directions: %s\t%zu taxa"),
                        disease == NULL ? "" : state_short_name(disease, scratch),
                        view->rows.count);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct both_view *view = (const struct both_view *)base;
    return arena_format(scratch, "%zu/%zu", view->rows.count == 0 ? 0 : view->list.cursor + 1,
                        view->rows.count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct both_view *view = (const struct both_view *)base;
    if (view->list.cursor >= view->rows.count) {
        return _("No taxon is shown.");
    }
    const struct both_row *row = both_view_row(view, view->list.cursor);
    return arena_format(scratch, _("%s: %s."), words_trait(row->taxon, scratch),
                        both_verdict(state, row, scratch));
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct both_view *view = (const struct both_view *)base;
    if (view->list.cursor >= view->rows.count) {
        return NULL;
    }
    const struct both_row *row = both_view_row(view, view->list.cursor);
    return arena_format(scratch, "%s\t%s", row->taxon->key, both_verdict(state, row, scratch));
}

static void add_side(const struct state *state, const struct both_row *row,
                     enum direction direction, struct text *text)
{
    const struct estimate *estimate = both_estimate(state, row, direction);
    double numbers[] = {NAN, NAN, NAN, NAN};
    if (estimate != NULL) {
        numbers[0] = estimate->b;
        numbers[1] = estimate->se;
        numbers[2] = estimate->lower;
        numbers[3] = estimate->upper;
    }
    text_addf(text, "\t%zu", estimate == NULL ? 0 : estimate->variants);
    for (int i = 0; i < 4; i++) {
        text_add(text, "\t");
        text_add_number(text, numbers[i]);
    }
    text_add(text, "\t");
    text_add_probability(text, estimate == NULL ? NAN : estimate->p,
                         estimate == NULL ? NAN : estimate->neglog10_p);
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    const struct both_view *view = (const struct both_view *)base;
    size_t start = text->length;
    text_add(text, "taxon\tforward_nsnp\tforward_b\tforward_se\tforward_lower\tforward_upper\t"
                   "forward_p\treverse_nsnp\treverse_b\treverse_se\treverse_lower\t"
                   "reverse_upper\treverse_p\n");
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct both_row *row = both_view_row(view, i);
        shown_cell(text, row->taxon->key, "");
        add_side(state, row, FORWARD, text);
        add_side(state, row, REVERSE, text);
        text_add(text, "\n");
    }
    shown_end_columns(state, start, text);
    return true;
}

static struct place save(const struct view *base)
{
    return (struct place){.taxon = ((const struct both_view *)base)->taxon};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    self(base)->taxon = place.taxon;
    both_view_follow(self(base), state);
}

static void destroy(struct view *base)
{
    struct both_view *view = self(base);
    array_destroy(&view->rows);
    memory_free(view->filter);
    memory_free(view);
}

static const struct view_kind both_view_kind = {
    .key = "both",
    .bit = IN_BOTH,
    .draw = both_view_draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .search = search,
    .table = table,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *both_view_create(const struct state *state, const char *taxon)
{
    struct both_view *view = memory_get(1, sizeof *view);
    view->base.kind = &both_view_kind;
    view->rows = ARRAY_OF(struct both_row);
    view->taxon = taxon;
    both_view_follow(view, state);
    return &view->base;
}
