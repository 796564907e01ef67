#include "ui/explorer/several_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

/* A column of effects; names of methods; what stands below the rows. */
enum { CELL = 25, NAME_LEAST = 28, NAME_MOST = 34, FOOT = 5, WIDE = 100, VALUE = 38 };

static void draw_tabs(const struct several_view *view, const struct drawing *drawing)
{
    size_t at = 1;
    for (size_t i = 0; i < SEVERAL_TABS; i++) {
        bool is_here = view->tab == (enum several_tab)i;
        at += draw_format(drawing, at, 0, is_here ? ROLE_TITLE : ROLE_DIM, "%zu%s%s%s", i + 1,
                          is_here ? "▐" : " ", several_tab_name((enum several_tab)i),
                          is_here ? "▌" : " ");
        at++;
    }
}

static void draw_cell(const struct drawing *drawing, const struct mv_estimate *estimate,
                      size_t exposure, size_t at, size_t row)
{
    const struct estimate *effect = &estimate->effects[exposure];
    if (estimate->status != ESTIMATE_DONE || !isfinite(effect->b)) {
        enum estimate_status why =
            estimate->status != ESTIMATE_DONE ? estimate->status : effect->status;
        draw_fit(drawing, at + 2, row, CELL - 3, ROLE_DIM, words_status(why));
        return;
    }
    draw_effect(drawing, at, row, CELL - 1, effect);
}

/* As many exposures as fit beside the names; the first of them. */
static size_t place_columns(struct several_view *view, const struct drawing *drawing,
                            size_t *names)
{
    size_t exposures = view->several->design.exposure_count, width = drawing->area.columns;
    *names = width / 3 < NAME_LEAST  ? NAME_LEAST
             : width / 3 < NAME_MOST ? width / 3
                                     : NAME_MOST;
    size_t fitting = (width - *names) / CELL;
    view->seen = fitting < exposures ? fitting : exposures;
    size_t last = exposures - view->seen;
    view->first = view->first < last ? view->first : last;
    return view->first;
}

/* Which exposures are in sight. */
static const char *sight_of(const struct several_view *view, struct arena *arena)
{
    size_t all = view->several->design.exposure_count, first = view->first + 1;
    return view->seen == all ? _("method")
           : view->seen == 1 ? arena_format(arena, _("← → %zu of %zu"), first, all)
                             : arena_format(arena, _("← → %zu-%zu of %zu"), first,
                                            view->first + view->seen, all);
}

static void draw_heads(const struct several_view *view, const struct drawing *drawing,
                       size_t names)
{
    const struct design *design = &view->several->design;
    const char *heading =
        words_interval_heading(false, view->several->settings.level, drawing->scratch);
    bool is_whole = view->seen == design->exposure_count;
    draw_fit(drawing, 1, 1, names - 2, is_whole ? ROLE_HEADING : ROLE_DIM,
             sight_of(view, drawing->scratch));
    draw_fit(drawing, 1, 2, names - 2, ROLE_DIM, _("the others held"));
    for (size_t i = 0; i < view->seen; i++) {
        size_t at = names + i * CELL;
        draw_fit(drawing, at + 2, 1, CELL - 3, ROLE_HEADING,
                 design->exposures[view->first + i]);
        draw_fit(drawing, at + 2, 2, CELL - 3, ROLE_DIM, heading);
    }
}

static void draw_methods(struct several_view *view, const struct drawing *drawing,
                         size_t height)
{
    struct list *list = &view->lists[SEVERAL_METHODS];
    size_t names, first = place_columns(view, drawing, &names);
    draw_heads(view, drawing, names);
    list_fit(list, view->several->count, height - 3);
    for (size_t i = 0; i < list->height; i++) {
        size_t row = list_row_at(list, i);
        if (row == (size_t)-1) {
            break;
        }
        const struct mv_estimate *estimate = &view->several->estimates[row];
        draw_fit(drawing, 2, i + 3, names - 3, ROLE_TEXT,
                 several_method_name(estimate->method));
        for (size_t k = 0; k < view->seen; k++) {
            draw_cell(drawing, estimate, first + k, names + k * CELL, i + 3);
        }
        if (row == list->cursor) {
            draw_selected(drawing, i + 3);
        }
    }
}

static void draw_alone(struct several_view *view, const struct drawing *drawing, size_t height)
{
    struct list *list = &view->lists[SEVERAL_ALONE];
    struct drawing part = draw_part(drawing, 1, height - 1);
    list_fit(list, view->several->design.exposure_count, height);
    view->paint.selected = (struct identity){
        OF_TAXON, view->several->design.exposures[list->cursor], list->cursor};
    (void)painter_draw(drawing->canvas, part.area, view->chart, &view->paint, drawing->scratch);
}

static void draw_fact(const struct drawing *drawing, const struct several_fact *fact,
                      size_t row)
{
    size_t columns = drawing->area.columns, label = columns >= WIDE ? 24
                                                    : columns >= 78 ? 18
                                                                    : 15;
    enum role role = fact->is_warning ? ROLE_WARNING : ROLE_TEXT;
    if (fact->is_heading) {
        draw_fit(drawing, 1, row, columns - 2, ROLE_HEADING, fact->label);
        return;
    }
    size_t verdict = fact->verdict == NULL ? 0 : draw_width(drawing, fact->verdict);
    size_t right = columns - verdict - 1, at = label + VALUE < right ? label + VALUE : right;
    draw_text(drawing, 2, row, role, fact->is_warning ? "!" : " ");
    draw_fit(drawing, 4, row, label - 5, role, fact->label);
    draw_fit(drawing, label, row, at - label - 1, role, fact->value);
    draw_text(drawing, at, row, role, fact->verdict == NULL ? "" : fact->verdict);
}

static void draw_strength(struct several_view *view, const struct drawing *drawing,
                          size_t height)
{
    struct list *list = &view->lists[SEVERAL_STRENGTH];
    list_fit(list, view->facts.count, height - 1);
    for (size_t i = 0; i < list->height; i++) {
        size_t row = list_row_at(list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_fact(drawing, array_at(&view->facts, row), i + 1);
        if (row == list->cursor) {
            draw_selected(drawing, i + 1);
        }
    }
}

/* What the row stands for, whole. */
static const char *foot_of(const struct several_view *view, struct arena *arena)
{
    const struct together *several = view->several;
    size_t row = view->lists[view->tab].cursor;
    if (view->tab == SEVERAL_ALONE) {
        return several_exposure_words(several, row, arena);
    }
    if (view->tab == SEVERAL_STRENGTH) {
        const struct several_fact *fact = array_at(&view->facts, row);
        return fact->is_heading ? "" : fact->words;
    }
    const struct mv_estimate *estimate = &several->estimates[row];
    return arena_format(arena, _("%s (%s): %s. %s"), estimate->method->name,
                        estimate->method->key, _(estimate->method->assumes),
                        several_answer(several, estimate, arena));
}

void several_view_draw(struct view *base, const struct drawing *drawing)
{
    static void (*const tables[SEVERAL_TABS])(struct several_view *, const struct drawing *,
                                              size_t) = {
        [SEVERAL_METHODS] = draw_methods,
        [SEVERAL_ALONE] = draw_alone,
        [SEVERAL_STRENGTH] = draw_strength,
    };
    struct several_view *view = (struct several_view *)base;
    size_t rows = drawing->area.rows, height = rows > FOOT + 4 ? rows - FOOT : rows - 1;
    draw_tabs(view, drawing);
    tables[view->tab](view, drawing, height);
    draw_rule(drawing, height);
    (void)draw_block(drawing, 2, height + 1, drawing->area.columns - 3, rows - height - 1,
                     ROLE_TEXT, foot_of(view, drawing->scratch));
}
