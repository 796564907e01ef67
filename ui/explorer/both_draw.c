#include "chart/words.h"
#include "ui/explorer/both_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/taxa.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>

enum {
    NAME_LEAST = 16,
    NAME_MOST = 36,
    VARIANTS = 4,
    ODDS = 21, /* with a digit more where an end would touch the null */
    PLAIN = 23,
    EXTRA = 2,
    POINT = 7,
    PROBABILITY = 6,
    FOREST_LEAST = 16,
    FOREST_MOST = 40,
    GAP = 2,
};

/* One direction's columns; a width of 0: dropped. */
struct side {
    enum direction direction;
    bool is_odds, has_interval;
    size_t at, variants, forest, effect;
    struct axis axis;
    bool has_axis;
};

struct layout {
    size_t name;
    struct side sides[2];
};

static size_t side_width(const struct side *side)
{
    return side->variants + side->forest + side->effect + PROBABILITY;
}

static size_t needed(const struct layout *layout)
{
    return 1 + NAME_LEAST + side_width(&layout->sides[0]) + GAP + side_width(&layout->sides[1]);
}

/* Narrow screens lose the numbers of variants in reverse first, which are much the same, then
 * those forward, then the intervals. */
static void choose(struct layout *layout, size_t width)
{
    for (int level = 0; level < 4; level++) {
        for (int i = 0; i < 2; i++) {
            struct side *side = &layout->sides[i];
            side->has_interval = level < 3;
            side->effect = !side->has_interval ? POINT : side->is_odds ? ODDS : PLAIN;
            side->variants = level == 2 || (level == 1 && i == 1) ? 0 : VARIANTS;
        }
        if (needed(layout) <= width) {
            break;
        }
    }
    size_t spare = width > needed(layout) ? width - needed(layout) : 0;
    for (int i = 0; i < 2 && layout->sides[i].has_interval; i++) {
        size_t more = spare < EXTRA ? spare : EXTRA;
        layout->sides[i].effect += more;
        spare -= more;
    }
    size_t forest = spare / 2 < FOREST_MOST ? spare / 2 : FOREST_MOST;
    if (forest >= FOREST_LEAST) {
        /* Names grow once forests can be read. */
        size_t given = forest - FOREST_LEAST;
        forest = FOREST_LEAST + given * 2 / 3;
        layout->sides[0].forest = layout->sides[1].forest = forest;
        spare -= 2 * forest;
    }
    layout->name = NAME_LEAST + spare;
    layout->name = layout->name < NAME_MOST ? layout->name : NAME_MOST;
}

static struct layout layout_of(const struct drawing *drawing)
{
    struct layout layout = {0};
    const struct state *state = drawing->state;
    const struct trait *disease = state_disease(state);
    for (int i = 0; i < 2; i++) {
        struct side *side = &layout.sides[i];
        side->direction = i == 0 ? FORWARD : REVERSE;
        side->is_odds =
            i == 0 && state->odds_ratio && disease != NULL && disease->unit == UNIT_LOG_ODDS;
        side->has_axis = state_results(state) != NULL && disease != NULL;
        if (side->has_axis) {
            side->axis = chart_taxa_axis(state_results(state), side->direction, disease->key,
                                         drawing->scratch);
        }
        if (side->axis.is_exponential && !side->is_odds) {
            side->axis.is_exponential = false;
            chart_ticks(&side->axis, 4, drawing->scratch);
        }
    }
    choose(&layout, drawing->area.columns);
    layout.sides[0].at = 1 + layout.name;
    layout.sides[1].at = layout.sides[0].at + side_width(&layout.sides[0]) + GAP;
    return layout;
}

static void draw_side_head(const struct drawing *drawing, const struct side *side,
                           const char *words, size_t row)
{
    size_t at = side->at, width = side_width(side);
    bool is_long = draw_width(drawing, words) >= width;
    draw_fit(drawing, at + 1, row, width - 1, ROLE_TITLE,
             is_long ? words_direction(side->direction) : words);
    if (side->variants > 0) {
        draw_right(drawing, at, row + 1, VARIANTS, ROLE_HEADING, "J");
    }
    at += side->variants;
    if (side->forest > 0 && side->has_axis) {
        painter_axis(drawing->canvas, drawing->area.column + at + 1,
                     drawing->area.row + row + 1, side->forest - 1, &side->axis);
    }
    at += side->forest;
    const char *effect = !side->has_interval ? (side->is_odds ? _("OR") : _("effect"))
                         : side->is_odds     ? _("OR (95% CI)")
                                             : _("effect (95% CI)");
    draw_fit(drawing, at + 1, row + 1, side->effect - 1, ROLE_HEADING, effect);
    draw_right(drawing, at + side->effect, row + 1, PROBABILITY, ROLE_HEADING, "p");
}

static void draw_heads(const struct drawing *drawing, const struct layout *layout, size_t row)
{
    const struct trait *disease = state_disease(drawing->state);
    const char *name = disease == NULL ? "" : state_short_name(disease, drawing->scratch);
    draw_text(drawing, 1, row + 1, ROLE_HEADING, taxa_table_name(drawing->state));
    draw_side_head(drawing, &layout->sides[0],
                   arena_format(drawing->scratch, _("forward, taxon → %s"), name), row);
    draw_side_head(drawing, &layout->sides[1],
                   arena_format(drawing->scratch, _("reverse, %s → taxon"), name), row);
}

static const char *effect_words(const struct side *side, const struct estimate *estimate,
                                struct arena *arena)
{
    const char *whole = chart_interval(estimate->b, estimate->lower, estimate->upper,
                                       estimate->contains_null, side->is_odds, arena);
    if (side->has_interval) {
        return whole;
    }
    size_t length = 0;
    while (whole[length] != '\0' && whole[length] != ' ') {
        length++;
    }
    return arena_bytes(arena, whole, length);
}

static void draw_side(const struct drawing *drawing, const struct side *side,
                      const struct both_row *row, size_t line)
{
    struct arena *arena = drawing->scratch;
    size_t at = side->at, pair = row->pair[side->direction];
    if (pair == BOTH_NONE) {
        draw_text(drawing, at + 2, line, ROLE_DIM, "-");
        return;
    }
    const struct analysis *analysis = state_analysis(drawing->state, pair);
    const struct pair *used =
        analysis != NULL ? analysis->pair : drawing->state->study->pairs[pair];
    if (side->variants > 0) {
        draw_right(drawing, at, line, VARIANTS, ROLE_DIM,
                   arena_format(arena, "%zu", used->count));
    }
    at += side->variants;
    const struct estimate *estimate = both_estimate(drawing->state, row, side->direction);
    if (estimate == NULL) {
        draw_fit(drawing, at + side->forest + 1, line, side->effect + PROBABILITY - 1, ROLE_DIM,
                 analysis == NULL ? "…" : _("no estimate"));
        return;
    }
    if (side->forest > 0) {
        struct mark mark = chart_taxa_mark(state_results(drawing->state), pair);
        painter_interval(drawing->canvas, drawing->area.column + at + 1,
                         drawing->area.row + line, side->forest - 1, &side->axis, &mark);
    }
    at += side->forest;
    enum role role = estimate->p < 0.05 ? ROLE_TITLE : ROLE_TEXT;
    draw_fit(drawing, at + 1, line, side->effect - 1, role,
             effect_words(side, estimate, arena));
    draw_right(drawing, at + side->effect, line, PROBABILITY, role,
               chart_p(estimate->p, estimate->neglog10_p, arena));
}

static void draw_row(const struct drawing *drawing, const struct layout *layout,
                     const struct both_row *row, size_t line)
{
    draw_fit(drawing, 1, line, layout->name - 1, ROLE_TEXT,
             words_trait(row->taxon, drawing->scratch));
    draw_side(drawing, &layout->sides[0], row, line);
    draw_side(drawing, &layout->sides[1], row, line);
}

/* How many of each kind there are. */
static void draw_counts(const struct both_view *view, const struct drawing *drawing)
{
    size_t forward = 0, reverse = 0, both = 0;
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct both_row *row = both_view_row(view, i);
        const struct estimate *one = both_estimate(drawing->state, row, FORWARD),
                              *other = both_estimate(drawing->state, row, REVERSE);
        bool is_one = one != NULL && one->p < 0.05, is_other = other != NULL && other->p < 0.05;
        forward += is_one && !is_other;
        reverse += is_other && !is_one;
        both += is_one && is_other;
    }
    const char *order =
        view->filter == NULL
            ? arena_format(drawing->scratch, _("by %s"), both_sort_name(view->sort))
            : arena_format(drawing->scratch, _("%zu contain “%s”"), view->rows.count,
                           view->filter);
    if (state_results(drawing->state) == NULL) {
        draw_format(drawing, 1, 0, ROLE_DIM, "%s · %s",
                    draw_keys(drawing, _("not computed, {compute} computes")), order);
        return;
    }
    const char *counts = arena_format(
        drawing->scratch, _("p<.05 only forward: %zu · only reverse: %zu · both: %zu"), forward,
        reverse, both);
    const char *ordered = arena_format(drawing->scratch, "%s · %s", counts, order);
    size_t room = drawing->area.columns - 2;
    bool has_room = view->filter != NULL || draw_width(drawing, ordered) <= room;
    draw_fit(drawing, 1, 0, room, ROLE_TEXT, has_room ? ordered : counts);
}

void both_view_draw(struct view *base, const struct drawing *drawing)
{
    struct both_view *view = (struct both_view *)base;
    both_view_follow(view, drawing->state);
    struct layout layout = layout_of(drawing);
    size_t rows = drawing->area.rows, foot = 3, top = 3;
    list_fit(&view->list, view->rows.count, rows > foot + top ? rows - foot - top : 1);
    draw_counts(view, drawing);
    draw_heads(drawing, &layout, 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_row(drawing, &layout, both_view_row(view, row), top + i);
            if (row == view->list.cursor) {
                draw_selected(drawing, top + i);
            }
        }
    }
    draw_rule(drawing, rows - foot);
    if (view->rows.count > 0) {
        const struct both_row *here = both_view_row(view, view->list.cursor);
        struct drawing part = draw_part(drawing, rows - foot + 1, foot - 1);
        part.area.column += 2;
        part.area.columns -= 3;
        (void)draw_wrapped(&part, 0, 0, ROLE_TEXT,
                           arena_format(drawing->scratch, _("%s: %s"),
                                        words_trait(here->taxon, drawing->scratch),
                                        both_verdict(drawing->state, here, drawing->scratch)));
    }
}
