#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/path.h"
#include "chart/words.h"
#include "report/table_mediation.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"
#include <math.h>
#include <string.h>

/* What goes through a study's mediators: every exposure, mediator and outcome in a list, and
 * the path of the one under the cursor. The cursor is a triple of the study. */
enum through_tab { THROUGH_LIST, THROUGH_PATH, THROUGH_TABS };

static const struct {
    const char *key, *name;
} tabs[THROUGH_TABS] = {
    [THROUGH_LIST] = {"list", N_("All")},
    [THROUGH_PATH] = {"path", N_("Path")},
};

struct through_view {
    struct view base;
    struct mediations *mediations;
    enum through_tab tab;
    struct list list;
    struct paint_state paint;
};

/* Columns of the list; what stands below it. */
enum { CELL = 25, SHARE = 9, Q = 7, FOOT = 5, NARROW = 72 };

static struct through_view *self(struct view *view)
{
    return (struct through_view *)view;
}

static const struct mediated_triple *triple_at(const struct through_view *view, size_t row)
{
    return &view->mediations->triples[row];
}

static void follow(struct through_view *view)
{
    list_fit(&view->list, view->mediations->triple_count,
             view->list.height > 0 ? view->list.height : 1);
}

static void draw_tabs(const struct through_view *view, const struct drawing *drawing)
{
    size_t at = 1;
    for (size_t i = 0; i < THROUGH_TABS; i++) {
        bool is_here = view->tab == (enum through_tab)i;
        at += draw_format(drawing, at, 0, is_here ? ROLE_TITLE : ROLE_DIM, "%zu%s%s%s", i + 1,
                          is_here ? "▐" : " ", gettext(tabs[i].name), is_here ? "▌" : " ");
        at++;
    }
}

/* Where columns stand; the total effect gives way first. A mediator's name that tells rows
 * apart stays, and the share makes room for it. */
struct layout {
    size_t name, mediator, total, indirect, share, q;
    bool has_mediator, has_total, has_share;
};

static struct layout layout_of(size_t columns, bool has_several)
{
    struct layout layout = {.name = 2,
                            .has_total = columns >= 96,
                            .has_mediator = has_several || columns >= 118,
                            .has_share = !has_several || columns >= NARROW};
    layout.q = columns - Q - 1;
    layout.share = layout.q - (layout.has_share ? SHARE : 0);
    layout.indirect = layout.share - CELL - 1;
    layout.total = layout.indirect - (layout.has_total ? CELL + 1 : 0);
    layout.mediator = layout.total - (layout.has_mediator ? (layout.total - 2) / 2 : 0);
    return layout;
}

static void draw_heads(const struct drawing *drawing, const struct layout *layout)
{
    draw_fit(drawing, layout->name, 1, layout->mediator - 3, ROLE_HEADING, _("exposure"));
    if (layout->has_mediator) {
        draw_fit(drawing, layout->mediator, 1, layout->total - layout->mediator - 1,
                 ROLE_HEADING, _("through"));
    }
    if (layout->has_total) {
        draw_fit(drawing, layout->total, 1, CELL, ROLE_HEADING, _("  total"));
    }
    draw_fit(drawing, layout->indirect, 1, CELL, ROLE_HEADING, _("  indirect"));
    if (layout->has_share) {
        draw_right(drawing, layout->share, 1, SHARE - 1, ROLE_HEADING, _("share"));
    }
    draw_right(drawing, layout->q, 1, Q, ROLE_HEADING, "q");
}

static void draw_value(const struct drawing *drawing, size_t at, size_t row,
                       const struct estimate *value)
{
    if (isnan(value->b)) {
        draw_text(drawing, at + 2, row, ROLE_DIM, "-");
        return;
    }
    draw_effect(drawing, at, row, CELL, value);
}

static void draw_row(const struct drawing *drawing, const struct layout *layout,
                     const struct mediated_triple *of, size_t row)
{
    const struct mediation *mediation = &of->mediation;
    const struct mediated *product = &mediation->product;
    const struct estimate indirect = {.b = product->b,
                                      .lower = product->lower,
                                      .upper = product->upper,
                                      .contains_null = product->contains_null};
    draw_fit(drawing, layout->name, row, layout->mediator - 3, ROLE_TEXT,
             of->triple->exposure->name);
    if (layout->has_mediator) {
        draw_fit(drawing, layout->mediator, row, layout->total - layout->mediator - 1,
                 ROLE_TEXT, state_short_name(of->triple->mediator, drawing->scratch));
    }
    if (layout->has_total) {
        draw_value(drawing, layout->total, row, &mediation->total);
    }
    draw_value(drawing, layout->indirect, row, &indirect);
    if (layout->has_share) {
        draw_right(drawing, layout->share, row, SHARE - 1, ROLE_TEXT,
                   words_percent(mediation->proportion.b, drawing->scratch));
    }
    draw_right(drawing, layout->q, row, Q, ROLE_TEXT,
               isnan(of->q) ? "-" : chart_p(of->q, -log10(of->q), drawing->scratch));
}

static void draw_list(struct through_view *view, const struct drawing *drawing, size_t height)
{
    struct layout layout =
        layout_of(drawing->area.columns, view->mediations->study->through->mediator_count > 1);
    draw_heads(drawing, &layout);
    list_fit(&view->list, view->mediations->triple_count, height - 2);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_row(drawing, &layout, triple_at(view, row), i + 2);
        if (row == view->list.cursor) {
            draw_selected(drawing, i + 2);
        }
    }
}

static struct chart *chart_of(const struct through_view *view, struct arena *arena)
{
    return path_chart(triple_at(view, view->list.cursor),
                      view->mediations->options.settings.level, arena);
}

static const char *words_of(const struct through_view *view, struct arena *arena)
{
    const struct mediated_triple *of = triple_at(view, view->list.cursor);
    const char *sentence = chart_of(view, arena)->sentence;
    return of->mediation.note == NULL || of->mediation.status != ESTIMATE_DONE
               ? sentence
               : arena_format(arena, _("%s (%s)"), sentence, of->mediation.note);
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct through_view *view = self(base);
    size_t rows = drawing->area.rows, height = rows > FOOT + 4 ? rows - FOOT : rows - 1;
    follow(view);
    draw_tabs(view, drawing);
    if (view->tab == THROUGH_PATH) {
        struct drawing part = draw_part(drawing, 1, rows - 1);
        (void)painter_draw(drawing->canvas, part.area, chart_of(view, drawing->scratch),
                           &view->paint, drawing->scratch);
        return;
    }
    draw_list(view, drawing, height);
    draw_rule(drawing, height);
    (void)draw_block(drawing, 2, height + 1, drawing->area.columns - 3, rows - height - 1,
                     ROLE_TEXT, words_of(view, drawing->scratch));
}

static struct effect turn_to(struct through_view *view, size_t tab)
{
    view->tab = (enum through_tab)(tab % THROUGH_TABS);
    return effect_none();
}

static struct effect tab_named(struct through_view *view, const char *name)
{
    for (size_t i = 0; name != NULL && i < THROUGH_TABS; i++) {
        if (strcmp(tabs[i].key, name) == 0 || (name[0] == (char)('1' + i) && name[1] == '\0')) {
            return turn_to(view, i);
        }
    }
    return effect_refuse("%s", _("there is no such tab; 1 list, 2 path"));
}

static struct effect select_exposure(struct through_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->mediations->triple_count; i++) {
        if (strcmp(triple_at(view, i)->triple->exposure->key, key) == 0) {
            view->list.cursor = i;
            return effect_none();
        }
    }
    return effect_refuse(_("no exposure with the key “%s” has a mediator"),
                         key == NULL ? "" : key);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct through_view *view = self(base);
    (void)state;
    follow(view);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return turn_to(view, (size_t)view->tab + 1);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_SELECT:
        return select_exposure(view, order->argument);
    case ACT_TAB:
        return tab_named(view, order->argument != NULL ? order->argument : order->key);
    case ACT_NEXT_TAB:
    case ACT_RIGHT:
    case ACT_LEFT:
    case ACT_PREVIOUS_TAB:
        return turn_to(view, (size_t)view->tab + 1);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    struct through_view *view = self(base);
    size_t at = 1;
    (void)state;
    for (size_t i = 0; row == 0 && i < THROUGH_TABS; i++) {
        at += text_width(gettext(tabs[i].name)) + 4;
        if (column < at) {
            return turn_to(view, i);
        }
    }
    size_t here =
        row < 2 || view->tab != THROUGH_LIST ? (size_t)-1 : list_row_at(&view->list, row - 2);
    if (here != (size_t)-1 && here == view->list.cursor) {
        return turn_to(view, THROUGH_PATH);
    }
    view->list.cursor = here != (size_t)-1 ? here : view->list.cursor;
    return effect_none();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct through_view *view = (const struct through_view *)base;
    const struct through_triple *of = triple_at(view, view->list.cursor)->triple;
    size_t count = state->study->through->mediator_count;
    const char *mediators =
        arena_format(scratch, ngettext("%zu mediator", "%zu mediators", count), count);
    return arena_format(scratch, "%s → %s → %s\t%s", of->exposure->name,
                        state_short_name(of->mediator, scratch),
                        state_short_name(of->outcome, scratch), mediators);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct through_view *view = (const struct through_view *)base;
    (void)state;
    return arena_format(scratch, "%zu/%zu", view->list.cursor + 1,
                        view->mediations->triple_count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    return words_of((const struct through_view *)base, scratch);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct through_view *view = (const struct through_view *)base;
    const struct mediated_triple *of = triple_at(view, view->list.cursor);
    (void)state;
    return arena_format(scratch, "%s\t%s\t%s", of->triple->exposure->key,
                        of->triple->mediator->key, chart_of(view, scratch)->sentence);
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    (void)state;
    return table_mediation_print("mediation", ((const struct through_view *)base)->mediations,
                                 TABLE_TSV, text);
}

static struct place save(const struct view *base)
{
    const struct through_view *view = (const struct through_view *)base;
    return (struct place){.tab = view->tab, .of = {OF_NOTHING, NULL, view->list.cursor}};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct through_view *view = self(base);
    (void)state;
    view->tab = (enum through_tab)(place.tab % THROUGH_TABS);
    view->list.cursor = place.of.index;
    follow(view);
}

static void destroy(struct view *base)
{
    struct through_view *view = self(base);
    mediations_destroy(view->mediations);
    memory_free(view);
}

static const struct view_kind through_view_kind = {
    .key = "through",
    .bit = IN_THROUGH,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .table = table,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *through_view_create(const struct state *state)
{
    struct mediations_options options = {.settings = state->chosen.settings};
    struct through_view *view = memory_get(1, sizeof *view);
    view->base.kind = &through_view_kind;
    view->mediations = mediations_of(state->study, &options, NULL);
    follow(view);
    return &view->base;
}
