#include "ui/explorer/pair_foot.h"

#include "base/i18n.h"
#include <math.h>
#include <string.h>

/* Rows that a chart on a plane keeps, whatever stands below it. */
enum { PLANE_LEAST = 20 };

/* Left of the texts and right of them. */
enum { LEFT = 2, MARGIN = 3 };

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

/* As many figures as one line holds, what matters most first. */
static const char *figures_of(const struct single_variant *single, size_t columns,
                              const struct drawing *drawing)
{
    struct arena *arena = drawing->scratch;
    bool is_residual = isfinite(single->studentised);
    const char *parts[] = {
        arena_format(arena, _("share of Q %.0f%%"), 100 * single->q_share),
        arena_format(arena, "F %.0f", single->f),
        arena_format(arena, _("studentised %s"), chart_number(single->studentised, 1, arena)),
        arena_format(arena, "Cook %s", chart_number(single->cook, 2, arena))};
    const char *text = arena_format(arena, _("weight %.0f%%"), 100 * single->weight_share);
    for (size_t i = 0; i < (is_residual ? 4u : 2u); i++) {
        const char *longer = arena_format(arena, "%s · %s", text, parts[i]);
        if (draw_width(drawing, longer) > columns) {
            break;
        }
        text = longer;
    }
    return text;
}

static size_t text_columns(const struct drawing *drawing, const char *name)
{
    size_t taken = MARGIN + (name == NULL ? 0 : draw_width(drawing, name) + 2);
    return drawing->area.columns > taken ? drawing->area.columns - taken : 1;
}

static void say_variant(struct pair_foot *foot, const struct drawing *drawing,
                        const struct analysis *analysis, const char *variant)
{
    const struct single_variant *single = single_of(analysis, variant);
    foot->name = variant;
    if (single != NULL) {
        foot->text = figures_of(single, text_columns(drawing, variant), drawing);
        return;
    }
    foot->role = ROLE_WARNING;
    foot->text =
        history_is_excluded(&drawing->state->history, variant)
            ? draw_keys(drawing, _("left out by hand; {exclude} takes it back, {undo} undoes"))
            : _("not used: the ledger says why");
}

/* The main estimate beside the one with every variant, while some are left out by hand. */
static const char *beside_of(const struct drawing *drawing, const struct analysis *analysis,
                             const struct analysis *full)
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
    return arena_format(drawing->scratch, _("by hand %zu of %zu: %s · all %zu: %s"),
                        analysis->pair->count, full->pair->count, texts[0], full->pair->count,
                        texts[1]);
}

/* What a method takes for granted, and that it is this method that does. */
static const char *assumption_of(const struct drawing *drawing, const struct method *method)
{
    return arena_format(drawing->scratch, _("%s assumes: %s"), method->name,
                        gettext(method->assumes));
}

/* The most lines that any method of the chart needs: the chart stands still while the cursor
 * moves. */
static size_t lines_wanted(const struct pair_foot *foot, const struct drawing *drawing,
                           const struct chart *chart)
{
    size_t most = foot->text == NULL
                      ? 1
                      : draw_lines(drawing, text_columns(drawing, foot->name), foot->text);
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct identity *of = &chart->rows[i].of;
        const struct method *method = of->kind == OF_METHOD ? methods_find(of->key) : NULL;
        size_t lines = method == NULL ? 0
                                      : draw_lines(drawing, text_columns(drawing, NULL),
                                                   assumption_of(drawing, method));
        most = lines > most ? lines : most;
    }
    return most > 0 ? most : 1;
}

/* Lines beyond the first that the chart leaves. */
static size_t lines_free(const struct drawing *drawing, const struct chart *chart, size_t fixed)
{
    size_t wanted = painter_height(drawing->canvas, drawing->area.columns, chart);
    size_t rows = drawing->area.rows > fixed ? drawing->area.rows - fixed : 0;
    wanted = wanted == SIZE_MAX ? PLANE_LEAST : wanted;
    return rows > wanted ? rows - wanted : 0;
}

struct pair_foot pair_foot_of(const struct drawing *drawing, size_t pair,
                              struct identity selected, const struct chart *chart)
{
    const struct analysis *analysis = state_analysis(drawing->state, pair);
    const struct analysis *full = state_full_analysis(drawing->state, pair);
    struct pair_foot foot = {.rows = 2, .role = ROLE_TEXT};
    if (selected.kind == OF_VARIANT) {
        say_variant(&foot, drawing, analysis, selected.key);
    } else if (selected.kind == OF_METHOD && methods_find(selected.key) != NULL) {
        foot.text = assumption_of(drawing, methods_find(selected.key));
        foot.role = ROLE_DIM;
    }
    if (full != NULL && full->pair->count != analysis->pair->count) {
        foot.beside = beside_of(drawing, analysis, full);
        foot.rows += draw_lines(drawing, text_columns(drawing, NULL), foot.beside);
    }
    size_t more = lines_wanted(&foot, drawing, chart) - 1,
           most = lines_free(drawing, chart, foot.rows + 1);
    foot.lines = 1 + (more < most ? more : most);
    foot.rows += foot.lines - 1;
    return foot;
}

void pair_foot_draw(const struct pair_foot *foot, const struct drawing *drawing, size_t row)
{
    size_t at = LEFT;
    draw_rule(drawing, row);
    if (foot->name != NULL) {
        at += 2 + draw_text(drawing, at, row + 1, ROLE_TITLE, foot->name);
    }
    if (foot->text != NULL) {
        (void)draw_block(drawing, at, row + 1, text_columns(drawing, foot->name), foot->lines,
                         foot->role, foot->text);
    }
    if (foot->beside != NULL) {
        (void)draw_block(drawing, LEFT, row + 1 + foot->lines, text_columns(drawing, NULL),
                         SIZE_MAX, ROLE_WARNING, foot->beside);
    }
}
