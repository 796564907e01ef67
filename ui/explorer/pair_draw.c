#include "ui/explorer/pair_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/explorer/pair_tabs.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

const struct pair *pair_view_pair(const struct pair_view *view, const struct state *state,
                                  size_t *index)
{
    return state_pair(state, view->taxon, index);
}

struct chart *pair_view_chart(const struct pair_view *view, const struct state *state,
                              struct arena *arena)
{
    size_t index, count;
    const struct chart_kind *const *kinds = charts_all(&count);
    if (pair_view_pair(view, state, &index) == NULL) {
        return NULL;
    }
    const struct analysis *analysis = state_analysis(state, index);
    if (analysis == NULL) {
        return NULL;
    }
    struct chart_options options = {
        .odds_ratio = state->odds_ratio,
        .by_effect = view->by_effect,
        .fold = !view->is_unfolded,
        .exclusions = history_exclusions(&state->history),
        .full = state_full_analysis(state, index),
    };
    return kinds[view->tab < count ? view->tab : 0]->function(analysis, &options, arena);
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
    const char *taxon = taxa_name(view->taxon, scratch);
    const char *disease = state_short_name(state_disease(state), scratch);
    bool forward = state->direction == FORWARD;
    return arena_format(scratch, "%s → %s\t%s", forward ? taxon : disease,
                        forward ? disease : taxon, direction_key(state->direction));
}

static const struct single_variant *single_of(const struct analysis *analysis,
                                              const char *variant)
{
    for (size_t j = 0; j < analysis->pair->count; j++) {
        if (strcmp(pair_variant(analysis->pair, j), variant) == 0) {
            return &analysis->singles[j];
        }
    }
    return NULL;
}

/* Figures of the variant under the cursor, in one line. */
static void draw_variant(const struct drawing *drawing, const struct analysis *analysis,
                         const char *variant, size_t row)
{
    struct arena *scratch = drawing->scratch;
    const struct single_variant *single = single_of(analysis, variant);
    size_t at = 2 + draw_text(drawing, 2, row, ROLE_TITLE, variant);
    if (single == NULL) {
        bool by_hand = history_is_excluded(&drawing->state->history, variant);
        draw_text(drawing, at + 2, row, ROLE_WARNING,
                  by_hand ? _("left out by hand; x takes it back, u undoes")
                          : _("not used: the ledger says why"));
        return;
    }
    at += 2 + draw_format(drawing, at + 2, row, ROLE_TEXT,
                          _("weight %.0f%% · share of Q %.0f%% · F %.0f"),
                          100 * single->weight_share, 100 * single->q_share, single->f);
    if (isfinite(single->studentised)) {
        draw_format(drawing, at, row, ROLE_TEXT, _(" · studentised %s · Cook %s"),
                    chart_number(single->studentised, 1, scratch),
                    chart_number(single->cook, 2, scratch));
    }
}

/* The main estimate beside the one with every variant, while some are left out by hand. */
static void draw_beside(const struct drawing *drawing, const struct analysis *analysis,
                        const struct analysis *full, size_t row)
{
    bool is_odds = state_is_odds(drawing->state, analysis->pair);
    const struct analysis *both[] = {analysis, full};
    const char *texts[2];
    for (int i = 0; i < 2; i++) {
        const struct estimate *main = &both[i]->main;
        texts[i] =
            main->status != ESTIMATE_DONE
                ? _("no estimate")
                : arena_format(drawing->scratch, "%s p %s",
                               chart_interval(main->b, main->lower, main->upper,
                                              main->contains_null, is_odds, drawing->scratch),
                               chart_p(main->p, main->neglog10_p, drawing->scratch));
    }
    draw_format(drawing, 2, row, ROLE_WARNING, _("by hand %zu of %zu: %s · all %zu: %s"),
                analysis->pair->count, full->pair->count, texts[0], full->pair->count,
                texts[1]);
}

static void draw_foot(const struct pair_view *view, const struct drawing *drawing, size_t index,
                      size_t row)
{
    const struct analysis *analysis = state_analysis(drawing->state, index);
    const struct analysis *full = state_full_analysis(drawing->state, index);
    draw_rule(drawing, row);
    struct identity at = view->paint.selected;
    if (at.kind == OF_VARIANT) {
        draw_variant(drawing, analysis, at.key, row + 1);
    } else if (at.kind == OF_METHOD && methods_find(at.key) != NULL) {
        draw_fit(drawing, 2, row + 1, drawing->area.columns - 3, ROLE_DIM,
                 gettext(methods_find(at.key)->assumes));
    }
    if (full != NULL && full->pair->count != analysis->pair->count) {
        draw_beside(drawing, analysis, full, row + 2);
    }
}

static void draw_nothing(const struct drawing *drawing, bool has_pair)
{
    const char *text = !has_pair ? _("The study has no such pair in this direction.")
                       : drawing->state->is_running ? _("computing…")
                                                    : _("Not computed; R computes.");
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
    struct chart *chart = pair_view_chart(view, drawing->state, drawing->scratch);
    struct pair_tabs tabs = pair_tabs_of(view->tab, drawing->area.columns, drawing->scratch);
    pair_tabs_draw(&tabs, view->tab, drawing);
    count_rows(view, NULL);
    if (chart == NULL) {
        draw_nothing(drawing, pair != NULL);
        return;
    }
    const struct analysis *analysis = state_analysis(drawing->state, index);
    pair_view_stand(view, drawing->state, chart);
    count_rows(view, chart);
    const struct analysis *full = state_full_analysis(drawing->state, index);
    size_t foot = full != NULL && full->pair->count != analysis->pair->count ? 3 : 2;
    struct drawing part = draw_part(drawing, 1, drawing->area.rows - 1 - foot);
    view->area = part.area;
    (void)painter_draw(drawing->canvas, part.area, chart, &view->paint, drawing->scratch);
    draw_foot(view, drawing, index, drawing->area.rows - foot);
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
    const struct chart *chart = pair_view_chart((const struct pair_view *)base, state, scratch);
    return chart == NULL ? _("Nothing was computed yet.") : chart->sentence;
}

const char *pair_view_line(const struct view *base, const struct state *state,
                           struct arena *scratch)
{
    const struct pair_view *view = (const struct pair_view *)base;
    const struct chart *chart = pair_view_chart(view, state, scratch);
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
