#include "ui/explorer/variant_view.h"
#include "ui/explorer/shown.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/variant_parts.h"
#include <math.h>
#include <string.h>

static struct variant_view *self(struct view *view)
{
    return (struct variant_view *)view;
}

/* Puts the cursor on the taxon of its row. */
static void note_cursor(struct variant_view *view, const struct state *state)
{
    struct arena *arena = arena_create();
    size_t count;
    struct variant_service *services = variant_services(view, state, arena, &count);
    view->list.cursor = view->list.cursor < count ? view->list.cursor : 0;
    view->other = count == 0 ? NULL : services[view->list.cursor].taxon->key;
    view->other_pair = count == 0 ? 0 : services[view->list.cursor].pair;
    arena_destroy(arena);
}

/* The outcome changes where the row is of another one. */
static void show_outcome_of(struct state *state, size_t index)
{
    const char *disease = study_disease(state->study->pairs[index])->key;
    for (size_t i = 0; i < state->study->outcome_count; i++) {
        if (strcmp(state->study->outcomes[i]->key, disease) == 0) {
            state->outcome = i;
        }
    }
}

static struct effect open_other(struct variant_view *view, struct state *state)
{
    note_cursor(view, state);
    if (view->other == NULL) {
        return effect_refuse("%s", _("it stands for no other trait of this study"));
    }
    show_outcome_of(state, view->other_pair);
    return effect_open(pair_view_create(state_taxon(state, view->other), view->variant));
}

/* The next variant of the same taxon, in file order. */
static struct effect step(struct variant_view *view, const struct state *state, size_t steps)
{
    size_t index;
    const struct pair *pair = state_pair(state, view->taxon, &index);
    const struct harmonised *row = variant_view_row(view, state, &index);
    if (pair == NULL || row == NULL) {
        return effect_none();
    }
    size_t at = (size_t)(row - pair->rows);
    view->variant = pair->rows[(at + pair->row_count + steps) % pair->row_count].x.variant;
    view->other = NULL;
    view->list.cursor = 0;
    return effect_none();
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct variant_view *view = self(base);
    if (list_move(&view->list, order)) {
        note_cursor(view, state);
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_other(view, state);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_NEXT:
        return step(view, state, 1);
    case ACT_PREVIOUS:
        return step(view, state, (size_t)-1);
    case ACT_EXCLUDE:
        return effect_text(EFFECT_TOGGLE, view->variant);
    case ACT_LEDGER:
        return effect_open(ledger_view_create(view->taxon->key));
    default:
        return effect_unhandled();
    }
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct variant_view *view = (const struct variant_view *)base;
    size_t index;
    const struct harmonised *row = variant_view_row(view, state, &index);
    const char *where = "", *gene = "";
    if (row != NULL && row->x.chromosome != NULL && !isnan(row->x.position)) {
        where = arena_format(scratch, " chr%s:%.0f", row->x.chromosome, row->x.position);
    }
    if (row != NULL && row->x.gene != NULL) {
        gene = arena_format(scratch, " %s", row->x.gene);
    }
    const char *taxon = words_trait(view->taxon, scratch);
    const char *disease = state_short_name(state_disease(state), scratch);
    bool forward = state->direction == FORWARD;
    return arena_format(scratch, "%s%s%s  %s → %s", view->variant, where, gene,
                        forward ? taxon : disease, forward ? disease : taxon);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct variant_view *view = (const struct variant_view *)base;
    size_t index;
    const struct pair *pair = state_pair(state, view->taxon, &index);
    const struct harmonised *row = variant_view_row(view, state, &index);
    return row == NULL ? NULL
                       : arena_format(scratch, "%zu/%zu", (size_t)(row - pair->rows) + 1,
                                      pair->row_count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct variant_view *view = (const struct variant_view *)base;
    size_t index;
    if (variant_view_row(view, state, &index) == NULL) {
        return _("The variant takes no part in this direction.");
    }
    const struct analysis *full = state_full_analysis(state, index);
    size_t j = full == NULL ? VARIANT_NONE : variant_index(full->pair, view->variant);
    if (j == VARIANT_NONE) {
        return arena_format(scratch, _("%s takes no part in the estimate."), view->variant);
    }
    return arena_format(scratch, _("%s carries %.0f%% of the weight and %.0f%% of Q."),
                        view->variant, 100 * full->singles[j].weight_share,
                        100 * full->singles[j].q_share);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct variant_view *view = (const struct variant_view *)base;
    size_t index;
    const struct harmonised *row = variant_view_row(view, state, &index);
    if (row == NULL) {
        return view->variant;
    }
    return arena_format(
        scratch, "%s\t%s\t%s\t%s\t%s\t%s\t%s", row->x.variant,
        row->x.effect_allele == NULL ? "" : row->x.effect_allele,
        row->x.other_allele == NULL ? "" : row->x.other_allele,
        chart_number(row->x.beta, 4, scratch), chart_number(row->x.se, 4, scratch),
        chart_number(row->y.beta, 4, scratch), chart_number(row->y.se, 4, scratch));
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct variant_view *view = self(base);
    size_t at =
        row < view->first_line ? (size_t)-1 : list_row_at(&view->list, row - view->first_line);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    note_cursor(view, state);
    return again ? open_other(view, state) : effect_none();
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    const struct variant_view *view = (const struct variant_view *)base;
    struct arena *arena = arena_create();
    size_t count;
    struct variant_service *services = variant_services(view, state, arena, &count);
    size_t start = text->length;
    text_add(text, "SNP\ttaxon\toutcome\tnsnp\tb_with\tp_with\tb_without\tp_without\n");
    for (size_t i = 0; i < count; i++) {
        const struct analysis *full = state_full_analysis(state, services[i].pair);
        const struct pair *pair = state->study->pairs[services[i].pair];
        struct estimate without;
        bool has = full != NULL && variant_without(full, services[i].row, &without),
             is_done = full != NULL && full->main.status == ESTIMATE_DONE;
        const double numbers[] = {is_done ? full->main.b : NAN, is_done ? full->main.p : NAN,
                                  has ? without.b : NAN, has ? without.p : NAN};
        const char *const cells[] = {view->variant, services[i].taxon->key,
                                     study_disease(pair)->key};
        for (size_t c = 0; c < 3; c++) {
            shown_cell(text, cells[c], "");
            text_add(text, "\t");
        }
        text_addf(text, "%zu", pair->count);
        for (int k = 0; k < 4; k++) {
            text_add(text, "\t");
            text_add_number(text, numbers[k]);
        }
        text_add(text, "\n");
    }
    shown_end_columns(state, start, text);
    arena_destroy(arena);
    return true;
}

static struct place save(const struct view *base)
{
    const struct variant_view *view = (const struct variant_view *)base;
    return (struct place){.taxon = view->taxon->key,
                          .variant = view->variant,
                          .other = view->other,
                          .tab = view->other_pair};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct variant_view *view = self(base);
    const struct trait *taxon = place.taxon == NULL ? NULL : state_taxon(state, place.taxon);
    view->taxon = taxon == NULL ? view->taxon : taxon;
    view->variant = place.variant == NULL ? view->variant : place.variant;
    view->other = place.other;
    view->other_pair = place.tab;
}

static void destroy(struct view *base)
{
    memory_free(base);
}

/* Its pair, then those of the other taxa it stands for. */
static void wants(const struct view *base, const struct state *state, struct array *pairs)
{
    const struct variant_view *view = (const struct variant_view *)base;
    struct arena *arena = arena_create();
    size_t index, count;
    if (variant_view_row(view, state, &index) != NULL) {
        *(size_t *)array_add(pairs) = index;
        const struct variant_service *services = variant_services(view, state, arena, &count);
        for (size_t i = 0; i < count; i++) {
            *(size_t *)array_add(pairs) = services[i].pair;
        }
    }
    arena_destroy(arena);
}

static const struct view_kind variant_view_kind = {
    .key = "variant",
    .bit = IN_VARIANT,
    .draw = variant_view_draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .table = table,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .wants = wants,
    .destroy = destroy,
};

struct view *variant_view_create(const struct trait *taxon, const char *variant)
{
    struct variant_view *view = memory_get(1, sizeof *view);
    view->base.kind = &variant_view_kind;
    view->taxon = taxon;
    view->variant = variant;
    return &view->base;
}
