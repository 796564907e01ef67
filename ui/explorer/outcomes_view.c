#include "base/i18n.h"
#include "base/memory.h"
#include "chart/chart.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"
#include <math.h>
#include <string.h>

/* Outcomes in both directions, and what each shows: one row a family of tests. */
struct outcomes_view {
    struct view base;
    struct list list;
    bool is_placed; /* the cursor was put on what is shown */
};

struct family {
    size_t outcome;
    enum direction direction;
};

static struct outcomes_view *self(struct view *view)
{
    return (struct outcomes_view *)view;
}

static size_t family_count(const struct study *study)
{
    size_t directions =
        (size_t)study->has_direction[FORWARD] + (size_t)study->has_direction[REVERSE];
    return study->outcome_count * directions;
}

static struct family family_at(const struct study *study, size_t row)
{
    bool both = study->has_direction[FORWARD] && study->has_direction[REVERSE];
    struct family family = {both ? row / 2 : row,
                            study->has_direction[FORWARD] ? FORWARD : REVERSE};
    if (both && row % 2 == 1) {
        family.direction = REVERSE;
    }
    return family;
}

static void place_cursor(struct outcomes_view *view, const struct state *state)
{
    for (size_t i = 0; !view->is_placed && i < family_count(state->study); i++) {
        struct family family = family_at(state->study, i);
        if (family.outcome == state->outcome && family.direction == state->direction) {
            view->list.cursor = i;
        }
    }
    view->is_placed = true;
}

static void draw_row(const struct drawing *drawing, struct family family, size_t row)
{
    const struct state *state = drawing->state;
    const struct trait *trait = state->study->outcomes[family.outcome];
    size_t names = drawing->area.columns - 52;
    bool forward = family.direction == FORWARD,
         is_here = family.outcome == state->outcome && family.direction == state->direction;
    draw_text(drawing, 1, row, ROLE_KEY, is_here ? "●" : " ");
    draw_fit(
        drawing, 3, row, names, ROLE_TEXT,
        arena_format(drawing->scratch, forward ? _("taxa → %s") : _("%s → taxa"), trait->name));
    draw_text(drawing, names + 4, row, ROLE_DIM, direction_key(family.direction));
    struct results_count count = {0};
    if (state_results(state) != NULL) {
        count = results_count_of(state_results(state), trait->key, family.direction);
    }
    if (state_results(state) == NULL || count.analysed < count.pairs) {
        draw_format(drawing, names + 14, row, ROLE_DIM, _("… %zu of %zu computed"),
                    count.analysed, count.pairs);
        return;
    }
    draw_right(drawing, names + 13, row, 8, ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", count.tested));
    draw_right(drawing, names + 21, row, 8, ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", count.nominal));
    draw_right(drawing, names + 29, row, 10, ROLE_DIM,
               arena_format(drawing->scratch, "%.0f", count.expected));
    draw_right(drawing, names + 39, row, 8, count.significant > 0 ? ROLE_TITLE : ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", count.significant));
}

static void draw_heads(const struct drawing *drawing, size_t row)
{
    size_t names = drawing->area.columns - 52;
    draw_text(drawing, 3, row, ROLE_HEADING, _("outcome and direction"));
    draw_right(drawing, names + 13, row, 8, ROLE_HEADING, _("tested"));
    draw_right(drawing, names + 21, row, 8, ROLE_HEADING, "p<.05");
    draw_right(drawing, names + 29, row, 10, ROLE_HEADING, _("by chance"));
    draw_right(drawing, names + 39, row, 8, ROLE_HEADING, "q<.05");
}

/* A path without its folders: the study's own folder stands in its title. */
static const char *file_name(const char *path)
{
    if (path == NULL) {
        return "-";
    }
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void draw_trait(const struct drawing *drawing, const struct trait *trait, size_t row)
{
    struct arena *arena = drawing->scratch;
    draw_rule(drawing, row);
    draw_format(drawing, 2, row + 1, ROLE_TITLE, "%s%s%s", trait->name,
                trait->cohort == NULL ? "" : " · ", trait->cohort == NULL ? "" : trait->cohort);
    if (!isnan(trait->n)) {
        draw_format(drawing, 2, row + 2, ROLE_TEXT,
                    isnan(trait->cases) ? "N %s" : _("N %s, %s cases"),
                    draw_thousands(trait->n, arena), draw_thousands(trait->cases, arena));
    }
    draw_fit(drawing, 2, row + 3, drawing->area.columns - 3, ROLE_DIM,
             arena_format(arena, _("unit %s · file %s"), trait_unit_key(trait->unit),
                          file_name(trait->file)));
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct outcomes_view *view = self(base);
    const struct study *study = drawing->state->study;
    size_t rows = drawing->area.rows, foot = 4;
    place_cursor(view, drawing->state);
    list_fit(&view->list, family_count(study), rows > foot + 2 ? rows - foot - 2 : 1);
    draw_fit(drawing, 2, 0, drawing->area.columns - 3, ROLE_DIM, study->title);
    draw_heads(drawing, 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_row(drawing, family_at(study, row), i + 2);
        if (row == view->list.cursor) {
            draw_selected(drawing, i + 2);
        }
    }
    if (view->list.count > 0) {
        struct family here = family_at(study, view->list.cursor);
        draw_trait(drawing, study->outcomes[here.outcome], rows - foot);
    }
}

static struct effect choose(struct outcomes_view *view, struct state *state)
{
    if (view->list.count > 0) {
        struct family family = family_at(state->study, view->list.cursor);
        state->outcome = family.outcome;
        state->direction = family.direction;
    }
    return effect_of(EFFECT_BACK);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct outcomes_view *view = self(base);
    list_fit(&view->list, family_count(state->study),
             view->list.height > 0 ? view->list.height : 1);
    place_cursor(view, state);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return choose(view, state);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_REVERSE:
        view->is_placed = false;
        return effect_unhandled();
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct outcomes_view *view = self(base);
    size_t at = row < 2 ? (size_t)-1 : list_row_at(&view->list, row - 2);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    return again ? choose(view, state) : effect_none();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    size_t count = state->study->outcome_count;
    return arena_format(scratch, "%s\t%zu %s", _("Outcomes and directions"), count,
                        ngettext("outcome", "outcomes", count));
}

static const char *sentence(const struct view *view, const struct state *state,
                            struct arena *scratch)
{
    (void)view;
    return arena_format(scratch, _("The study has %zu outcomes and %zu exposures."),
                        state->study->outcome_count, state->study->exposure_count);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)scratch;
    const struct outcomes_view *view = (const struct outcomes_view *)base;
    return state->study->outcome_count == 0
               ? NULL
               : state->study->outcomes[family_at(state->study, view->list.cursor).outcome]
                     ->key;
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    (void)base;
    text_add(text, "outcome\tdirection\ttested\tnominal\texpected\tsignificant\n");
    for (size_t i = 0; i < family_count(state->study); i++) {
        struct family family = family_at(state->study, i);
        const struct trait *trait = state->study->outcomes[family.outcome];
        struct results_count count =
            results_count_of(state_results(state), trait->key, family.direction);
        text_addf(text, "%s\t%s\t%zu\t%zu\t%g\t%zu\n", trait->key,
                  direction_key(family.direction), count.tested, count.nominal, count.expected,
                  count.significant);
    }
    return true;
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct outcomes_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *view)
{
    memory_free(view);
}

static const struct view_kind outcomes_view_kind = {
    .key = "outcomes",
    .bit = IN_OUTCOMES,
    .draw = draw,
    .title = title,
    .sentence = sentence,
    .line = line,
    .table = table,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *outcomes_view_create(const struct state *state)
{
    (void)state;
    struct outcomes_view *view = memory_get(1, sizeof *view);
    view->base.kind = &outcomes_view_kind;
    return &view->base;
}
