#include "chart/words.h"
#include "ui/explorer/taxa_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "chart/chart.h"
#include "ui/explorer/taxa_preview.h"
#include <math.h>

/* How many different sets of variants the taxa stand on. */
static double distinct_sets(const struct taxa_view *view, const struct state *state)
{
    double sets = 0;
    for (size_t i = 0; i < view->tree.nodes.count; i++) {
        const struct pair_result *result =
            state_pair_result(state, taxa_tree_node(&view->tree, i)->pair);
        sets += result == NULL ? 1 : 1 / (1 + (double)result->same_set);
    }
    return round(sets);
}

const char *taxa_view_title(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    const struct trait *disease = state_disease(state);
    const char *name = disease == NULL ? "" : state_short_name(disease, scratch);
    bool forward = state->direction == FORWARD;
    size_t taxa = view->tree.nodes.count;
    const char *group = taxa > 0 && !trait_is_taxon(taxa_tree_node(&view->tree, 0)->trait)
                            ? _("exposures")
                            : _("taxa");
    struct results_count count = state_count(state);
    const char *right =
        count.pairs == 0 || count.analysed < count.pairs
            ? arena_format(
                  scratch,
                  ngettext("%zu taxon · %zu variants  %s", "%zu taxa · %zu variants  %s", taxa),
                  taxa, view->tree.variants, words_direction(state->direction))
            : arena_format(scratch,
                           ngettext("%zu taxon · %.0f distinct sets · %zu variants  %s",
                                    "%zu taxa · %.0f distinct sets · %zu variants  %s", taxa),
                           taxa, distinct_sets(view, state), view->tree.variants,
                           words_direction(state->direction));
    return arena_format(scratch, "taxamr  %s → %s\t%s", forward ? group : name,
                        forward ? name : group, right);
}

/* Which rows are shown: a condition stands in few letters. */
static const char *shown_text(const struct taxa_view *view, const struct filter *filter,
                              struct arena *scratch)
{
    if (filter == NULL) {
        return _("all shown");
    }
    if (filter->expression == NULL) {
        return arena_format(scratch, _("%zu contain “%s”"), view->rows.count, filter->text);
    }
    char *brief = filter_short(filter->text);
    const char *text = arena_format(scratch, _("%zu of %zu · %s"), view->rows.count,
                                    view->tree.nodes.count, brief);
    memory_free(brief);
    return text;
}

/* The rows and their order; a narrow screen has room for the rows only. */
static const char *order_text(const struct taxa_view *view, bool is_narrow,
                              struct arena *scratch)
{
    const char *shown = shown_text(view, filters_ruling(&view->filters), scratch);
    if (is_narrow) {
        return shown;
    }
    if (view->sort == SORT_TREE) {
        return arena_format(scratch, _("%s, tree order"), shown);
    }
    return arena_format(scratch, _("%s, by %s"), shown, taxa_sort_key(view->sort));
}

/* A condition goes first: it is what was asked. */
static const char *counts_text(const struct taxa_view *view, const struct drawing *drawing,
                               bool is_narrow)
{
    struct results_count count = state_count(drawing->state);
    const struct filter *filter = filters_ruling(&view->filters);
    const char *order = order_text(view, is_narrow, drawing->scratch);
    if (filter != NULL && filter->expression != NULL) {
        return arena_format(drawing->scratch, "%s · p<.05: %zu · q<.05: %zu", order,
                            count.nominal, count.significant);
    }
    return arena_format(drawing->scratch,
                        ngettext("p<.05: %zu taxon, %.1f expected by chance · q<.05: %zu · %s",
                                 "p<.05: %zu taxa, %.1f expected by chance · q<.05: %zu · %s",
                                 count.nominal),
                        count.nominal, count.expected, count.significant, order);
}

/* While not everything is computed. */
static const char *part_text(const struct taxa_view *view, const struct drawing *drawing,
                             const struct results_count *count)
{
    const char *order = order_text(view, false, drawing->scratch);
    const char *text =
        drawing->state->is_running
            ? arena_format(drawing->scratch, _("computing: %zu of %zu"), count->analysed,
                           count->pairs)
            : draw_keys(drawing, arena_format(drawing->scratch,
                                              _("%zu of %zu computed, {compute} goes on"),
                                              count->analysed, count->pairs));
    return arena_format(drawing->scratch, "%s · %s", text, order);
}

static void draw_counts(const struct taxa_view *view, const struct drawing *drawing,
                        const struct taxa_columns *columns)
{
    struct results_count count = state_count(drawing->state);
    if (state_results(drawing->state) == NULL) {
        draw_format(drawing, 1, 0, ROLE_DIM, "%s · %s",
                    drawing->state->is_running
                        ? _("computing…")
                        : draw_keys(drawing, _("not computed, {compute} computes")),
                    order_text(view, false, drawing->scratch));
        return;
    }
    if (count.analysed < count.pairs) {
        draw_text(drawing, 1, 0, ROLE_DIM, part_text(view, drawing, &count));
        return;
    }
    const char *text = counts_text(view, drawing, false);
    bool is_narrow = 1 + draw_width(drawing, text) > drawing->area.columns;
    text = is_narrow ? counts_text(view, drawing, true) : text;
    draw_fit(drawing, 1, 0, drawing->area.columns - 1, ROLE_TEXT, text);
    size_t used = draw_width(drawing, text);
    size_t width = draw_width(drawing, columns->axis.title);
    if (used + width + 4 < drawing->area.columns) {
        draw_right(drawing, 0, 0, drawing->area.columns - 1, ROLE_DIM, columns->axis.title);
    }
}

static void draw_rows(struct taxa_view *view, const struct drawing *drawing,
                      const struct taxa_columns *columns, bool with_cursor)
{
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        taxa_table_row(drawing, columns, &view->tree, taxa_view_row(view, row), i);
        if (with_cursor && row == view->list.cursor) {
            draw_selected(drawing, i);
        }
    }
    const struct filter *filter = filters_ruling(&view->filters);
    if (view->rows.count == 0) {
        const char *text = filter == NULL && drawing->state->direction == REVERSE
                               ? _("the disease has no instrument, so that nothing can be "
                                   "asked in this direction")
                           : filter == NULL ? _("no taxon has an instrument in this direction")
                           : filter->expression != NULL && state_results(drawing->state) == NULL
                               ? _("no results so far to compare; {back} shows all")
                           : filter->expression != NULL
                               ? _("this holds for no taxon; {back} shows all")
                               : _("nothing contains that; {back} shows all");
        draw_text(drawing, 2, 0, ROLE_DIM, draw_keys(drawing, text));
    }
}

void taxa_view_draw_table(struct taxa_view *view, const struct drawing *drawing, size_t height)
{
    struct taxa_columns columns =
        taxa_columns_of(drawing->state, drawing->area.columns, drawing->scratch);
    list_fit(&view->list, view->rows.count, height);
    draw_counts(view, drawing, &columns);
    taxa_table_head(drawing, &columns, 1, view->sort, view->is_descending);
    struct drawing body = draw_part(drawing, 2, height);
    draw_rows(view, &body, &columns, height < drawing->area.rows - 2);
}

void taxa_view_draw(struct view *base, const struct drawing *drawing)
{
    struct taxa_view *view = (struct taxa_view *)base;
    taxa_view_follow(view, drawing->state);
    size_t rows = drawing->area.rows;
    size_t preview = taxa_preview_wanted(drawing->state, rows);
    size_t legend = taxa_preview_legend(rows);
    size_t fixed = 2 + preview + legend;
    taxa_view_draw_table(view, drawing, rows > fixed ? rows - fixed : 1);
    const struct taxon_node *node = taxa_view_node(view);
    if (preview > 0 && node != NULL) {
        struct drawing part = draw_part(drawing, rows - preview - legend, preview);
        taxa_preview_draw(&part, node->trait, node->pair);
    }
    if (legend) {
        taxa_table_legend(drawing, rows - 1);
    }
}

const char *taxa_view_line(const struct view *base, const struct state *state,
                           struct arena *scratch)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    const struct taxon_node *node = taxa_view_node(view);
    if (node == NULL) {
        return NULL;
    }
    const struct analysis *analysis = state_analysis(state, node->pair);
    if (analysis == NULL || analysis->main.status != ESTIMATE_DONE) {
        return node->trait->key;
    }
    const struct estimate *main = &analysis->main;
    return arena_format(scratch, "%s\t%zu\t%s\tp %s\tq %s", node->trait->key,
                        analysis->pair->count,
                        chart_interval(main->b, main->lower, main->upper, main->contains_null,
                                       state_is_odds(state, analysis->pair), scratch),
                        chart_p(main->p, main->neglog10_p, scratch),
                        chart_p(state_pair_result(state, node->pair)->q, NAN, scratch));
}

const char *taxa_view_sentence(const struct view *base, const struct state *state,
                               struct arena *scratch)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    struct results_count count = state_count(state);
    if (state_results(state) == NULL || count.analysed < count.pairs) {
        return _("The results are still being computed.");
    }
    return arena_format(scratch,
                        _("Of %zu taxa %zu have p below .05, where chance alone gives about "
                          "%.1f; %zu stay below .05 after adjusting for all of them."),
                        view->tree.nodes.count, count.nominal, count.expected,
                        count.significant);
}
