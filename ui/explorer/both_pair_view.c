#include "base/i18n.h"
#include "base/memory.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "ui/explorer/both_rows.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/views.h"
#include <string.h>

/* One taxon with the disease, forward and in reverse: two small forests of methods. */
struct both_pair_view {
    struct view base;
    const struct trait *taxon;
    enum direction chosen; /* that Enter opens */
};

/* From this width on they stand beside each other. */
enum { WIDE = 140 };

static struct both_pair_view *self(struct view *view)
{
    return (struct both_pair_view *)view;
}

static struct both_row row_of(const struct both_pair_view *view, const struct state *state)
{
    struct both_row row = {view->taxon, {BOTH_NONE, BOTH_NONE}};
    const struct trait *disease = state_disease(state);
    if (disease != NULL) {
        (void)study_find_pair(state->study, view->taxon->key, disease->key, FORWARD,
                              &row.pair[FORWARD]);
        (void)study_find_pair(state->study, disease->key, view->taxon->key, REVERSE,
                              &row.pair[REVERSE]);
    }
    return row;
}

static void draw_chart(const struct drawing *drawing, const struct analysis *analysis,
                       size_t pair, bool is_chosen)
{
    struct chart_options options = {.odds_ratio = drawing->state->odds_ratio,
                                    .fold = true,
                                    .exclusions = history_exclusions(&drawing->state->history),
                                    .full = state_full_analysis(drawing->state, pair)};
    const struct chart *chart =
        charts_find("methods")->function(analysis, &options, drawing->scratch);
    const struct method *main = analysis->main.method;
    struct paint_state paint = {.selected = {.kind = OF_NOTHING}};
    if (is_chosen && main != NULL) {
        paint.selected = (struct identity){OF_METHOD, main->key, 0};
    }
    (void)painter_draw(drawing->canvas, drawing->area, chart, &paint, drawing->scratch);
}

static void draw_side(const struct both_pair_view *view, const struct drawing *drawing,
                      const struct both_row *row, enum direction direction)
{
    size_t pair = row->pair[direction];
    const struct trait *disease = state_disease(drawing->state);
    const char *taxon = words_trait(view->taxon, drawing->scratch),
               *other = disease == NULL ? "" : state_short_name(disease, drawing->scratch);
    bool forward = direction == FORWARD, is_chosen = direction == view->chosen;
    draw_fit(drawing, 1, 0, drawing->area.columns - 2, is_chosen ? ROLE_TITLE : ROLE_HEADING,
             arena_format(drawing->scratch, _("%s %s: %s → %s"), is_chosen ? "▸" : " ",
                          words_direction(direction), forward ? taxon : other,
                          forward ? other : taxon));
    const struct analysis *analysis =
        pair == BOTH_NONE ? NULL : state_analysis(drawing->state, pair);
    if (analysis == NULL) {
        draw_text(drawing, 3, 1, ROLE_DIM,
                  pair == BOTH_NONE
                      ? _("The study has no such pair in this direction.")
                      : draw_keys(drawing, _("Not computed; {compute} computes.")));
        return;
    }
    struct drawing chart = draw_part(drawing, 1, drawing->area.rows - 1);
    draw_chart(&chart, analysis, pair, is_chosen);
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct both_pair_view *view = self(base);
    struct both_row row = row_of(view, drawing->state);
    const char *verdict = both_verdict(drawing->state, &row, drawing->scratch);
    size_t foot = 1 + draw_lines(drawing, drawing->area.columns - 3, verdict);
    size_t rows = drawing->area.rows - foot;
    bool is_wide = drawing->area.columns >= WIDE;
    for (int i = 0; i < 2; i++) {
        struct drawing part = draw_part(drawing, is_wide ? 0 : (size_t)i * (rows / 2),
                                        is_wide  ? rows
                                        : i == 0 ? rows / 2
                                                 : rows - rows / 2);
        if (is_wide) {
            part.area.columns = drawing->area.columns / 2;
            part.area.column += (size_t)i * part.area.columns;
        }
        draw_side(view, &part, &row, i == 0 ? FORWARD : REVERSE);
    }
    draw_rule(drawing, rows);
    struct drawing words = draw_part(drawing, rows + 1, foot - 1);
    words.area.column += 2;
    words.area.columns -= 3;
    (void)draw_wrapped(&words, 0, 0, ROLE_TEXT, verdict);
}

static struct effect open_chosen(const struct both_pair_view *view, struct state *state)
{
    struct both_row row = row_of(view, state);
    if (row.pair[view->chosen] == BOTH_NONE) {
        return effect_refuse("%s", _("the study has no such pair in this direction"));
    }
    state->direction = view->chosen;
    return effect_open(pair_view_create(view->taxon, NULL));
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct both_pair_view *view = self(base);
    switch (order->action->id) {
    case ACT_UP:
    case ACT_FIRST:
    case ACT_PAGE_UP:
        view->chosen = FORWARD;
        return effect_none();
    case ACT_DOWN:
    case ACT_LAST:
    case ACT_PAGE_DOWN:
        view->chosen = REVERSE;
        return effect_none();
    case ACT_OPEN:
        return open_chosen(view, state);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_SELECT:
        return effect_none();
    default:
        return effect_unhandled();
    }
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct both_pair_view *view = (const struct both_pair_view *)base;
    const struct trait *disease = state_disease(state);
    return arena_format(scratch, _("%s and %s\tboth directions"),
                        words_trait(view->taxon, scratch),
                        disease == NULL ? "" : state_short_name(disease, scratch));
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    struct both_row row = row_of((const struct both_pair_view *)base, state);
    return both_verdict(state, &row, scratch);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    return arena_format(scratch, "%s\t%s", ((const struct both_pair_view *)base)->taxon->key,
                        sentence(base, state, scratch));
}

/* The picture alone, without a frame around it. */
static bool chart(const struct view *base, const struct state *state, size_t columns,
                  struct text *text)
{
    struct arena *scratch = arena_create();
    struct canvas *canvas = canvas_create(columns, 40, state->ascii);
    struct drawing drawing = {canvas, {0, 0, columns, 40}, state, scratch};
    draw((struct view *)base, &drawing);
    char *picture = canvas_as_text(canvas, false);
    text_add(text, picture);
    memory_free(picture);
    canvas_destroy(canvas);
    arena_destroy(scratch);
    return true;
}

static struct place save(const struct view *base)
{
    const struct both_pair_view *view = (const struct both_pair_view *)base;
    return (struct place){.taxon = view->taxon->key, .tab = view->chosen};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct both_pair_view *view = self(base);
    const struct trait *taxon = place.taxon == NULL ? NULL : state_taxon(state, place.taxon);
    view->taxon = taxon == NULL ? view->taxon : taxon;
    view->chosen = place.tab == REVERSE ? REVERSE : FORWARD;
}

static void destroy(struct view *base)
{
    memory_free(base);
}

static const struct view_kind both_pair_view_kind = {
    .key = "both-pair",
    .bit = IN_BOTH_PAIR,
    .draw = draw,
    .title = title,
    .sentence = sentence,
    .line = line,
    .act = act,
    .chart = chart,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *both_pair_view_create(const struct trait *taxon)
{
    struct both_pair_view *view = memory_get(1, sizeof *view);
    view->base.kind = &both_pair_view_kind;
    view->taxon = taxon;
    return &view->base;
}
