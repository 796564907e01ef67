#include "ui/explorer/compare_view.h"

#include "base/i18n.h"
#include "chart/words.h"
#include "ui/explorer/taxa_preview.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>

enum { NAME_LEAST = 20, NAME_MOST = 34, PANEL_LEAST = 18, PANEL_MOST = 36, PREVIEW = 8 };

void compare_draw_rows(struct compare_view *view, const struct drawing *drawing, size_t top,
                       size_t height, compare_row_function *draw_row, void *more)
{
    list_fit(&view->list, view->nodes.count, height);
    for (size_t i = 0; i < height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_row(view, drawing, row, top + i, more);
        if (row == view->list.cursor) {
            draw_selected(drawing, top + i);
        }
    }
}

void compare_draw_name(const struct compare_view *view, const struct drawing *drawing,
                       size_t taxon, size_t row, size_t columns)
{
    draw_right(drawing, 1, row, 2, ROLE_DIM, arena_format(drawing->scratch, "%zu", taxon + 1));
    draw_fit(drawing, 4, row, columns - 5, ROLE_TEXT,
             words_trait(compare_view_node(view, taxon)->trait, drawing->scratch));
}

static void draw_forest_row(const struct compare_view *view, const struct drawing *drawing,
                            size_t taxon, size_t row, void *more)
{
    struct taxa_row one = {*(const size_t *)array_at(&view->nodes, taxon), 0, false};
    taxa_table_row(drawing, more, &view->tree, &one, row);
}

void compare_draw_forest(struct compare_view *view, const struct drawing *drawing,
                         size_t height)
{
    struct taxa_columns columns =
        taxa_columns_of(drawing->state, drawing->area.columns, drawing->scratch);
    size_t used = draw_text(drawing, 1, 1, ROLE_DIM, _("in the order of marking"));
    if (columns.has_axis &&
        used + draw_width(drawing, columns.axis.title) + 4 < drawing->area.columns) {
        draw_right(drawing, 0, 1, drawing->area.columns - 1, ROLE_DIM, columns.axis.title);
    }
    taxa_table_head(drawing, &columns, 2, SORT_TREE, false);
    compare_draw_rows(view, drawing, 3, height, draw_forest_row, &columns);
    view->seen = view->columns = 0;
}

/* Where the panels of methods stand. */
struct panels {
    size_t name, width, count, first;
    const struct method *const *methods;
    struct axis axis;
};

static const struct estimate *estimate_of(const struct analysis *analysis,
                                          const struct method *method)
{
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        if (analysis->estimates[i].method == method) {
            return &analysis->estimates[i];
        }
    }
    return NULL;
}

static struct mark mark_of(const struct estimate *estimate)
{
    struct mark mark = {.kind = MARK_INTERVAL,
                        .x = estimate->b,
                        .x_lower = estimate->lower,
                        .x_upper = estimate->upper,
                        .y = NAN,
                        .y_lower = NAN,
                        .y_upper = NAN,
                        .weight = NAN,
                        .contains_null = estimate->contains_null};
    return mark;
}

static void draw_panel(const struct drawing *drawing, const struct panels *panels,
                       const struct estimate *estimate, size_t at, size_t row)
{
    if (estimate == NULL || estimate->status != ESTIMATE_DONE) {
        draw_fit(drawing, at, row, panels->width - 2, ROLE_DIM,
                 estimate != NULL             ? words_status(estimate->status)
                 : drawing->state->is_waiting ? "…"
                                              : "-");
        return;
    }
    struct mark mark = mark_of(estimate);
    painter_interval(drawing->canvas, drawing->area.column + at, drawing->area.row + row,
                     panels->width - 2, &panels->axis, &mark);
}

static void draw_method_row(const struct compare_view *view, const struct drawing *drawing,
                            size_t taxon, size_t row, void *more)
{
    const struct panels *panels = more;
    const struct analysis *analysis =
        state_analysis(drawing->state, compare_view_node(view, taxon)->pair);
    compare_draw_name(view, drawing, taxon, row, panels->name);
    for (size_t i = 0; analysis != NULL && i < panels->count; i++) {
        draw_panel(drawing, panels, estimate_of(analysis, panels->methods[panels->first + i]),
                   panels->name + i * panels->width, row);
    }
}

/* The methods that say something of a taxon compared. */
static const struct method **methods_used(const struct compare_view *view,
                                          const struct drawing *drawing, size_t *count)
{
    const struct results_options *options = &state_results(drawing->state)->options;
    const struct method **used =
        arena_get(drawing->scratch, options->method_count + 1, sizeof *used);
    *count = 0;
    for (size_t i = 0; i < options->method_count; i++) {
        bool is_used = false;
        for (size_t j = 0; j < view->nodes.count && !is_used; j++) {
            const struct analysis *analysis =
                state_analysis(drawing->state, compare_view_node(view, j)->pair);
            const struct estimate *estimate =
                analysis == NULL ? NULL : estimate_of(analysis, options->methods[i]);
            is_used = estimate != NULL && estimate->status == ESTIMATE_DONE;
        }
        if (is_used) {
            used[(*count)++] = options->methods[i];
        }
    }
    return used;
}

/* As many panels as fit beside the names, all of one width. */
static struct panels place_panels(struct compare_view *view, const struct drawing *drawing)
{
    size_t width = drawing->area.columns, name = width / 4;
    struct panels panels = {.methods = methods_used(view, drawing, &view->columns)};
    panels.name = name < NAME_LEAST ? NAME_LEAST : name > NAME_MOST ? NAME_MOST : name;
    size_t room = width - panels.name, fitting = room / PANEL_LEAST;
    panels.count = view->seen = fitting < view->columns ? fitting : view->columns;
    size_t last = view->columns - view->seen;
    panels.first = view->first = view->first < last ? view->first : last;
    panels.width = panels.count == 0 ? 0 : room / panels.count;
    panels.width = panels.width < PANEL_MOST ? panels.width : PANEL_MOST;
    return panels;
}

static void draw_panel_heads(const struct drawing *drawing, const struct panels *panels,
                             size_t total)
{
    size_t last = panels->first + panels->count;
    for (size_t i = 0; i < panels->count; i++) {
        size_t at = panels->name + i * panels->width;
        draw_fit(drawing, at, 1, panels->width - 2, ROLE_HEADING,
                 words_method(panels->methods[panels->first + i]));
        painter_axis(drawing->canvas, drawing->area.column + at, drawing->area.row + 2,
                     panels->width - 2, &panels->axis);
    }
    if (panels->count < total) {
        draw_fit(drawing, 1, 1, panels->name - 2, ROLE_DIM,
                 arena_format(drawing->scratch, _("← → %zu-%zu of %zu"), panels->first + 1,
                              last, total));
    }
    draw_fit(drawing, 1, 2, panels->name - 2, ROLE_DIM, panels->axis.title);
}

void compare_draw_methods(struct compare_view *view, const struct drawing *drawing,
                          size_t height)
{
    if (state_results(drawing->state) == NULL) {
        draw_text(drawing, 2, 1, ROLE_DIM,
                  draw_keys(drawing, _("Not computed; {compute} computes.")));
        return;
    }
    struct taxa_columns columns =
        taxa_columns_of(drawing->state, drawing->area.columns, drawing->scratch);
    struct panels panels = place_panels(view, drawing);
    panels.axis = columns.axis;
    chart_ticks(&panels.axis, 2 + panels.width / 12, drawing->scratch);
    draw_panel_heads(drawing, &panels, view->columns);
    compare_draw_rows(view, drawing, 3, height, draw_method_row, &panels);
}

static void draw_tabs(const struct compare_view *view, const struct drawing *drawing)
{
    size_t at = 1;
    for (size_t i = 0; i < COMPARE_TABS; i++) {
        bool is_here = view->tab == (enum compare_tab)i;
        at += draw_format(drawing, at, 0, is_here ? ROLE_TITLE : ROLE_DIM, "%zu%s%s%s", i + 1,
                          is_here ? "▐" : " ", compare_tab_name((enum compare_tab)i),
                          is_here ? "▌" : " ");
        at++;
    }
}

/* Under the table: of the cursor's taxon what the table has no room for. */
static void draw_below(const struct compare_view *view, const struct drawing *drawing)
{
    const struct taxon_node *node = compare_view_node(view, view->list.cursor);
    if (drawing->area.rows == 0 || node == NULL) {
        return;
    }
    if (view->tab == COMPARE_SHARED) {
        compare_draw_partners(view, drawing);
    } else {
        struct drawing rest = draw_part(drawing, PREVIEW, drawing->area.rows);
        bool has_rest = rest.area.rows >= 4;
        struct drawing preview = draw_part(drawing, 0, has_rest ? PREVIEW : drawing->area.rows);
        taxa_preview_draw(&preview, node->trait, node->pair);
        if (has_rest) {
            compare_draw_partners(view, &rest);
        }
    }
}

void compare_view_draw(struct view *base, const struct drawing *drawing)
{
    static void (*const tables[COMPARE_TABS])(struct compare_view *, const struct drawing *,
                                              size_t) = {
        [COMPARE_FOREST] = compare_draw_forest,
        [COMPARE_METHODS] = compare_draw_methods,
        [COMPARE_SHARED] = compare_draw_shared,
    };
    struct compare_view *view = (struct compare_view *)base;
    compare_view_follow(view, drawing->state);
    size_t rows = drawing->area.rows, below = taxa_preview_rows(rows);
    size_t room = rows - 3 - below, height = view->nodes.count;
    height = height < room ? height : room;
    draw_tabs(view, drawing);
    if (view->nodes.count == 0) {
        draw_text(drawing, 2, 2, ROLE_DIM,
                  _("no marked taxon has an instrument in this direction"));
        return;
    }
    tables[view->tab](view, drawing, height);
    struct drawing part = draw_part(drawing, 3 + height, rows - 3 - height);
    draw_below(view, &part);
}
