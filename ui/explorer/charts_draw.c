#include "chart/words.h"
#include "ui/explorer/charts_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/counted.h"
#include "chart/flow_counts.h"
#include <string.h>

/* A tab's number, bars and a space. */
enum { TAB = 4 };

/* From here on one line holds the figures of a pair. */
enum { FOOT_WIDE = 100 };

const struct study_chart_kind *charts_view_kind_of(const struct charts_view *view)
{
    size_t count;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    return kinds[view->tab < count ? view->tab : 0];
}

const char *charts_view_disease(const struct charts_view *view, const struct state *state)
{
    const struct trait *disease = state_disease(state);
    return charts_view_kind_of(view)->is_of_direction || disease == NULL ? NULL : disease->key;
}

struct chart_options charts_view_options(const struct charts_view *view,
                                         const struct state *state)
{
    return (struct chart_options){.odds_ratio = state->odds_ratio,
                                  .by_effect = view->by_p,
                                  .exclusions = history_exclusions(&state->history)};
}

static struct study_source source_of(const struct charts_view *view, const struct state *state)
{
    return (struct study_source){.results = state_results(state),
                                 .turn = state->turn,
                                 .direction = state->direction,
                                 .outcome = state->outcome,
                                 .tab = view->tab,
                                 .number = view->number,
                                 .odds_ratio = state->odds_ratio,
                                 .by_p = view->by_p,
                                 .progress = state->is_running ? state->progress : 1};
}

static bool is_same(const struct study_source *one, const struct study_source *other)
{
    return one->results == other->results && one->turn == other->turn &&
           one->direction == other->direction && one->outcome == other->outcome &&
           one->tab == other->tab && one->number.kind == other->number.kind &&
           identity_equal(one->number, other->number) && one->odds_ratio == other->odds_ratio &&
           one->by_p == other->by_p && one->progress == other->progress;
}

static struct chart *make(const struct charts_view *view, const struct state *state,
                          struct arena *arena)
{
    const struct results *results = state_results(state);
    struct chart_options options = charts_view_options(view, state);
    const char *disease = charts_view_disease(view, state);
    if (view->number.kind != OF_NOTHING) {
        return counted_chart(results, state->direction, disease, view->number, &options, arena);
    }
    return charts_view_kind_of(view)->function(results, state->direction, disease, &options,
                                               arena);
}

const struct chart *charts_view_chart(const struct charts_view *view, const struct state *state)
{
    struct study_made *made = view->made;
    struct study_source source = source_of(view, state);
    if (source.results == NULL) {
        return NULL;
    }
    if (made->arena == NULL || !is_same(&made->source, &source)) {
        arena_destroy(made->arena);
        *made = (struct study_made){.source = source, .arena = arena_create()};
        made->chart = make(view, state, made->arena);
    }
    return made->chart;
}

/* The columns of a tab that begins at one; its number alone where the name does not fit. */
static size_t tab_width(const struct study_chart_kind *kind, size_t at, size_t columns)
{
    size_t width = text_width(gettext(kind->name)) + TAB;
    return at + width <= columns ? width : 2;
}

size_t charts_view_tab_at(const struct charts_view *view, size_t column)
{
    size_t count, at = 1;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        size_t width = tab_width(kinds[i], at, view->area.columns);
        if (column >= at && column + 1 < at + width) {
            return i;
        }
        at += width;
    }
    return CHART_NO_MARK;
}

static void draw_tab(const struct drawing *drawing, const struct study_chart_kind *kind,
                     size_t number, size_t at, bool is_here)
{
    bool is_ascii = drawing->canvas->ascii;
    bool is_named = tab_width(kind, at, drawing->area.columns) > 2;
    at += draw_format(drawing, at, 0, is_here ? ROLE_KEY : ROLE_DIM, "%zu", number);
    if (is_named) {
        at += draw_text(drawing, at, 0, ROLE_KEY, !is_here ? " " : is_ascii ? "[" : "▐");
        at += draw_text(drawing, at, 0, is_here ? ROLE_TITLE : ROLE_TEXT, gettext(kind->name));
        draw_text(drawing, at, 0, ROLE_KEY, !is_here ? " " : is_ascii ? "]" : "▌");
    }
}

static void draw_tabs(const struct charts_view *view, const struct drawing *drawing)
{
    size_t count, at = 1;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        draw_tab(drawing, kinds[i], i + 1, at, i == view->tab);
        at += tab_width(kinds[i], at, drawing->area.columns);
    }
}

/* What Enter does with a number of the flow. */
static const char *count_hint(struct identity of)
{
    return flow_counts_step(of) >= FLOW_LEDGER ? _("{open} shows these entries of the ledger")
                                               : _("{open} lists what this number counts");
}

/* What the cursor stands on; in a narrow screen two lines for charts whose figures need them,
 * so that the chart stands still. */
static size_t foot_rows(const struct drawing *drawing, const struct chart *chart)
{
    size_t height = painter_height(drawing->canvas, drawing->area.columns, chart);
    bool is_long = height == SIZE_MAX && drawing->area.columns < FOOT_WIDE;
    return is_long ? 3 : 2;
}

static void draw_foot(const struct charts_view *view, const struct drawing *drawing,
                      size_t rows)
{
    const struct state *state = drawing->state;
    struct identity at = view->paint.selected;
    struct chart_options options = charts_view_options(view, state);
    size_t row = drawing->area.rows - rows;
    draw_rule(drawing, row);
    const char *text = at.kind == OF_COUNT   ? draw_keys(drawing, count_hint(at))
                       : at.kind == OF_TAXON ? at.key
                                             : study_charts_figures(state_results(state), at,
                                                                    &options, drawing->scratch);
    (void)draw_block(drawing, 2, row + 1, drawing->area.columns - 3, rows - 1, ROLE_TEXT, text);
}

void charts_view_draw(struct view *base, const struct drawing *drawing)
{
    struct charts_view *view = (struct charts_view *)base;
    const struct chart *chart = charts_view_chart(view, drawing->state);
    draw_tabs(view, drawing);
    if (chart == NULL) {
        draw_text(drawing, 2, 2, ROLE_DIM,
                  drawing->state->is_running
                      ? _("computing…")
                      : draw_keys(drawing, _("Not computed; {compute} computes.")));
        return;
    }
    study_cursor_stand(view, drawing->state, chart);
    size_t foot = foot_rows(drawing, chart);
    struct drawing part = draw_part(drawing, 1, drawing->area.rows - 1 - foot);
    view->area = part.area;
    (void)painter_draw(drawing->canvas, part.area, chart, &view->paint, drawing->scratch);
    draw_foot(view, drawing, foot);
}

/* The sides of the question, as far as the chart has them. */
const char *charts_view_title(const struct view *base, const struct state *state,
                              struct arena *scratch)
{
    const struct charts_view *view = (const struct charts_view *)base;
    const struct study_chart_kind *kind = charts_view_kind_of(view);
    const struct trait *disease = state_disease(state);
    if (kind->is_of_study && view->number.kind == OF_NOTHING) {
        return _("Every taxon with every outcome\tboth directions");
    }
    const char *other = disease == NULL ? "-"
                        : kind->is_of_direction && state->study->outcome_count > 1
                            ? _("all outcomes")
                            : state_short_name(disease, scratch);
    bool forward = state->direction == FORWARD;
    return arena_format(scratch, "%s → %s\t%s", forward ? _("taxa") : other,
                        forward ? other : _("taxa"), words_direction(state->direction));
}

const char *charts_view_position(const struct view *base, const struct state *state,
                                 struct arena *scratch)
{
    const struct charts_view *view = (const struct charts_view *)base;
    const struct chart *chart = charts_view_chart(view, state);
    size_t at = 0, count = 0, here = chart == NULL ? 0 : study_cursor_at(view, chart);
    size_t places = chart == NULL ? 0 : study_cursor_count(chart);
    for (size_t i = 0; i < places; i++) {
        count += study_cursor_of(chart, i).kind != OF_NOTHING;
        at = i == here ? count : at;
    }
    return count == 0 ? NULL : arena_format(scratch, "%zu/%zu", at, count);
}

const char *charts_view_sentence(const struct view *base, const struct state *state,
                                 struct arena *scratch)
{
    (void)scratch;
    const struct chart *chart = charts_view_chart((const struct charts_view *)base, state);
    return chart == NULL ? _("Nothing was computed yet.") : chart->sentence;
}

/* A row's cells where they say something, and otherwise the figures of what it stands for. */
const char *charts_view_line(const struct view *base, const struct state *state,
                             struct arena *scratch)
{
    const struct charts_view *view = (const struct charts_view *)base;
    const struct chart *chart = charts_view_chart(view, state);
    struct chart_options options = charts_view_options(view, state);
    size_t at = chart == NULL ? CHART_NO_MARK : study_cursor_at(view, chart);
    if (at == CHART_NO_MARK) {
        return NULL;
    }
    struct identity of = view->paint.selected;
    const char *figures = study_charts_figures(state_results(state), of, &options, scratch);
    if (*figures != '\0') {
        return figures;
    }
    const char *cell = chart->rows[at].cells[0];
    return cell == NULL ? of.key : cell + strspn(cell, " ");
}
