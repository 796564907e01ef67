#include "chart/words.h"
#include "ui/explorer/pair_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/explorer/pair_foot.h"
#include "ui/explorer/pair_tabs.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

const struct pair *pair_view_pair(const struct pair_view *view, const struct state *state,
                                  size_t *index)
{
    return state_pair(state, view->taxon, index);
}

static struct chart *make(const struct pair_view *view, const struct state *state,
                          const struct pair_source *source, struct arena *arena)
{
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    struct chart_options options = {
        .odds_ratio = source->odds_ratio,
        .by_effect = source->by_effect,
        .fold = !source->is_unfolded,
        .exclusions = history_exclusions(&state->history),
        .full = source->full,
    };
    return kinds[view->tab < count ? view->tab : 0]->function(source->analysis, &options,
                                                              arena);
}

static bool is_same(const struct pair_source *one, const struct pair_source *other)
{
    return one->analysis == other->analysis && one->full == other->full &&
           one->turn == other->turn && one->tab == other->tab &&
           one->odds_ratio == other->odds_ratio && one->by_effect == other->by_effect &&
           one->is_unfolded == other->is_unfolded;
}

const struct chart *pair_view_chart(const struct pair_view *view, const struct state *state)
{
    size_t index;
    struct pair_made *made = view->made;
    if (pair_view_pair(view, state, &index) == NULL || state_analysis(state, index) == NULL) {
        return NULL;
    }
    struct pair_source source = {.analysis = state_analysis(state, index),
                                 .full = state_full_analysis(state, index),
                                 .turn = state->turn,
                                 .tab = view->tab,
                                 .odds_ratio = state->odds_ratio,
                                 .by_effect = view->by_effect,
                                 .is_unfolded = view->is_unfolded};
    if (made->arena == NULL || !is_same(&made->source, &source)) {
        arena_destroy(made->arena);
        *made = (struct pair_made){.source = source, .arena = arena_create()};
        made->chart = make(view, state, &source, made->arena);
    }
    return made->chart;
}

/* Identities are found by their first row: repeats are passed over. */
static bool can_stand(const struct chart *chart, size_t row)
{
    const struct chart_row *one = &chart->rows[row];
    return one->kind != ROW_SPACE && one->of.kind != OF_NOTHING && !one->is_repeat;
}

size_t pair_view_next(const struct chart *chart, size_t row, int step)
{
    for (size_t i = row + (size_t)step; i < chart->row_count; i += (size_t)step) {
        if (can_stand(chart, i)) {
            return i;
        }
    }
    return CHART_NO_MARK;
}

size_t pair_view_row(const struct pair_view *view, const struct chart *chart)
{
    for (size_t i = 0; i < chart->row_count; i++) {
        if (view->paint.selected.kind != OF_NOTHING && can_stand(chart, i) &&
            identity_equal(chart->rows[i].of, view->paint.selected)) {
            return i;
        }
    }
    return CHART_NO_MARK;
}

/* Keys of identities live as long as the study, or are static: they may be kept. */
void pair_view_go(struct pair_view *view, const struct chart *chart, size_t row)
{
    if (row != CHART_NO_MARK) {
        view->paint.selected = chart->rows[row].of;
        bool is_variant = view->paint.selected.kind == OF_VARIANT;
        view->variant = is_variant ? view->paint.selected.key : view->variant;
    }
}

const char *pair_view_title(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct pair_view *view = (const struct pair_view *)base;
    const char *taxon = words_trait(view->taxon, scratch);
    const char *disease = state_short_name(state_disease(state), scratch);
    bool forward = state->direction == FORWARD;
    return arena_format(scratch, "%s → %s\t%s", forward ? taxon : disease,
                        forward ? disease : taxon, words_direction(state->direction));
}

static void draw_nothing(const struct drawing *drawing, bool has_pair)
{
    const char *text = !has_pair ? _("The study has no such pair in this direction.")
                       : drawing->state->is_running
                           ? _("computing…")
                           : draw_keys(drawing, _("Not computed; {compute} computes."));
    draw_text(drawing, 2, 2, ROLE_DIM, text);
}

/* Not while a preview is shown: the rows to come may have it. */
void pair_view_stand(struct pair_view *view, const struct state *state,
                     const struct chart *chart)
{
    size_t index;
    if (pair_view_pair(view, state, &index) == NULL ||
        state_pair_result(state, index)->is_preview) {
        return;
    }
    const struct method *main = state_analysis(state, index)->main.method;
    if (pair_view_row(view, chart) != CHART_NO_MARK) {
        return;
    }
    bool has_variants = chart->row_count > 0 && chart->rows[0].of.kind == OF_VARIANT;
    if (!has_variants && main != NULL) {
        view->paint.selected = (struct identity){OF_METHOD, main->key, 0};
    }
    if (has_variants || pair_view_row(view, chart) == CHART_NO_MARK) {
        pair_view_go(view, chart, pair_view_next(chart, CHART_NO_MARK, 1));
    }
}

static void count_rows(struct pair_view *view, const struct chart *chart)
{
    size_t row = chart == NULL ? CHART_NO_MARK : pair_view_row(view, chart);
    view->at = view->count = 0;
    for (size_t i = 0; chart != NULL && i < chart->row_count; i++) {
        view->count += can_stand(chart, i);
        view->at = i == row ? view->count : view->at;
    }
}

void pair_view_draw(struct view *base, const struct drawing *drawing)
{
    struct pair_view *view = (struct pair_view *)base;
    size_t index;
    const struct pair *pair = pair_view_pair(view, drawing->state, &index);
    const struct chart *chart = pair_view_chart(view, drawing->state);
    struct pair_tabs tabs = pair_tabs_of(view->tab, drawing->area.columns, drawing->scratch);
    pair_tabs_draw(&tabs, view->tab, drawing);
    count_rows(view, NULL);
    if (chart == NULL) {
        draw_nothing(drawing, pair != NULL);
        return;
    }
    pair_view_stand(view, drawing->state, chart);
    count_rows(view, chart);
    struct pair_foot foot = pair_foot_of(drawing, index, view->paint.selected, chart);
    struct drawing part = draw_part(drawing, 1, drawing->area.rows - 1 - foot.rows);
    view->area = part.area;
    (void)painter_draw(drawing->canvas, part.area, chart, &view->paint, drawing->scratch);
    pair_foot_draw(&foot, drawing, drawing->area.rows - foot.rows);
}

/* As the frame that was drawn shows it: a chart is not made twice for one frame. */
const char *pair_view_position(const struct view *base, const struct state *state,
                               struct arena *scratch)
{
    const struct pair_view *view = (const struct pair_view *)base;
    (void)state;
    return view->count == 0 ? NULL : arena_format(scratch, "%zu/%zu", view->at, view->count);
}

const char *pair_view_sentence(const struct view *base, const struct state *state,
                               struct arena *scratch)
{
    const struct chart *chart = pair_view_chart((const struct pair_view *)base, state);
    (void)scratch;
    return chart == NULL ? _("Nothing was computed yet.") : chart->sentence;
}

const char *pair_view_line(const struct view *base, const struct state *state,
                           struct arena *scratch)
{
    const struct pair_view *view = (const struct pair_view *)base;
    const struct chart *chart = pair_view_chart(view, state);
    size_t row = chart == NULL ? CHART_NO_MARK : pair_view_row(view, chart);
    if (row == CHART_NO_MARK) {
        return NULL;
    }
    struct text text = {0};
    for (size_t i = 0; i < chart->column_count; i++) {
        const char *cell = chart->rows[row].cells[i];
        text_add(&text, i > 0 ? "\t" : "");
        text_add(&text, cell == NULL ? "" : cell);
    }
    const char *line = arena_text(scratch, text.length > 0 ? text.bytes : "");
    text_drop(&text);
    return line;
}
