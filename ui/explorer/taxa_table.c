#include "ui/explorer/taxa_table.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/taxa.h"
#include "chart/words.h"
#include "ui/glyphs.h"
#include <math.h>
#include <stdio.h>

enum {
    NAME_LEAST = 22,
    NAME_WANTED = 27,
    NAME_MOST = 42,
    FOREST_LEAST = 14,
    FOREST_MOST = 70,
    VARIANTS = 4,
    STRENGTH = 4,
    EFFECT_ODDS = 21, /* with a digit more where two would touch the null */
    EFFECT_PLAIN = 25,
    PROBABILITY = 6,
    ADJUSTED = 5,
};

static size_t check_count(void)
{
    size_t count;
    (void)diagnostics_all(&count);
    return count;
}

static size_t fixed_width(const struct taxa_columns *columns)
{
    return 1 + VARIANTS + columns->strength + columns->effect + PROBABILITY + ADJUSTED +
           columns->checks;
}

/* Drops columns until the rest fits, and shares what is left over. */
static void choose(struct taxa_columns *columns, size_t width, bool is_odds)
{
    size_t *const drops[] = {&columns->strength, &columns->checks, &columns->effect};
    columns->strength = STRENGTH;
    columns->checks = check_count() + 1;
    columns->effect = is_odds ? EFFECT_ODDS : EFFECT_PLAIN;
    for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
        if (fixed_width(columns) + NAME_LEAST + FOREST_LEAST > width) {
            *drops[i] = 0;
        }
    }
    size_t used = fixed_width(columns) + NAME_LEAST;
    size_t rest = width > used ? width - used : 0;
    size_t spare = rest > FOREST_LEAST ? rest - FOREST_LEAST : 0;
    size_t first = NAME_WANTED - NAME_LEAST;
    columns->name = NAME_LEAST + (spare < first ? spare : first + (spare - first) / 4);
    columns->name = columns->name < NAME_MOST ? columns->name : NAME_MOST;
    rest -= columns->name - NAME_LEAST;
    columns->forest = rest < FOREST_MOST ? rest : FOREST_MOST;
}

static void place(struct taxa_columns *columns)
{
    columns->variants_at = 1 + columns->name;
    columns->strength_at = columns->variants_at + VARIANTS;
    columns->forest_at = columns->strength_at + columns->strength + 1;
    columns->forest -= columns->forest > 0;
    columns->effect_at = columns->forest_at + columns->forest;
    columns->p_at = columns->effect_at + columns->effect;
    columns->q_at = columns->p_at + PROBABILITY;
    columns->checks_at = columns->q_at + ADJUSTED + 1;
}

struct taxa_columns taxa_columns_of(const struct state *state, size_t width,
                                    struct arena *arena)
{
    struct taxa_columns columns = {0};
    const struct trait *disease = state_disease(state);
    bool is_odds = state->odds_ratio && state->direction == FORWARD && disease != NULL &&
                   disease->unit == UNIT_LOG_ODDS;
    choose(&columns, width, is_odds);
    place(&columns);
    columns.level = state->shown.settings.level;
    if (state_results(state) != NULL) {
        columns.level = state_results(state)->options.settings.level;
    }
    columns.has_axis = state_results(state) != NULL && disease != NULL;
    if (columns.has_axis) {
        columns.axis =
            chart_taxa_axis(state_results(state), state->direction, disease->key, arena);
        if (columns.axis.is_exponential && !state->odds_ratio) {
            columns.axis.is_exponential = false;
            columns.axis.title = _("log odds ratio per SD");
            chart_ticks(&columns.axis, 6, arena);
        }
    }
    return columns;
}

static void head(const struct drawing *drawing, size_t at, size_t row, size_t width,
                 const char *text, bool is_sorted, bool is_descending)
{
    const char *sign = !is_sorted ? "" : is_descending ? "↓" : "↑";
    draw_right(drawing, at, row, width, is_sorted ? ROLE_KEY : ROLE_HEADING,
               arena_format(drawing->scratch, "%s%s", text, sign));
}

const char *taxa_table_name(const struct state *state)
{
    const struct study *study = state->study;

    for (size_t i = 0; i < study->exposure_count; i++) {
        if (trait_is_taxon(study->exposures[i])) {
            return _("TAXON");
        }
    }
    return study->exposure_count > 0 ? _("TRAIT") : _("TAXON");
}

void taxa_table_head(const struct drawing *drawing, const struct taxa_columns *columns,
                     size_t row, enum taxa_sort sort, bool is_descending)
{
    const char *sign = sort != SORT_NAME ? "" : is_descending ? "↓" : "↑";
    draw_text(drawing, 1, row, sort == SORT_NAME ? ROLE_KEY : ROLE_HEADING,
              arena_format(drawing->scratch, "%s%s", taxa_table_name(drawing->state), sign));
    head(drawing, columns->variants_at, row, VARIANTS, "J", sort == SORT_VARIANTS,
         is_descending);
    if (columns->strength > 0) {
        head(drawing, columns->strength_at, row, STRENGTH, "F", sort == SORT_STRENGTH,
             is_descending);
    }
    if (columns->has_axis) {
        painter_axis(drawing->canvas, drawing->area.column + columns->forest_at,
                     drawing->area.row + row, columns->forest, &columns->axis);
    }
    if (columns->effect > 0) {
        bool is_odds = !columns->has_axis || columns->axis.is_exponential;
        const char *mark = sort != SORT_EFFECT ? "" : is_descending ? "↓" : "↑";
        draw_text(drawing, columns->effect_at + 1, row,
                  sort == SORT_EFFECT ? ROLE_KEY : ROLE_HEADING,
                  arena_format(drawing->scratch,
                               is_odds ? _("OR (%g%% CI)%s") : _("effect (%g%% CI)%s"),
                               100 * columns->level, mark));
    }
    head(drawing, columns->p_at, row, PROBABILITY, "p", sort == SORT_P, is_descending);
    head(drawing, columns->q_at, row, ADJUSTED, "q", sort == SORT_Q, is_descending);
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; columns->checks > 0 && i < count; i++) {
        draw_format(drawing, columns->checks_at + i, row,
                    sort == SORT_CHECKS ? ROLE_KEY : ROLE_HEADING, "%c",
                    diagnostics[i]->letter);
    }
}

/* "≡2": two other taxa stand on exactly these variants. */
static const char *same_set_text(const struct state *state, size_t pair, struct arena *arena)
{
    const struct pair_result *result = state_pair_result(state, pair);
    if (result == NULL || result->same_set == 0) {
        return "";
    }
    return arena_format(arena, " ≡%zu", result->same_set);
}

/* What stands behind a name: the above, and that there is a note. */
static const char *suffix_text(const struct state *state, const struct taxon_node *node,
                               struct arena *arena)
{
    const char *same = same_set_text(state, node->pair, arena);
    bool has_note = notes_of(&state->notes, node->trait->key) != NULL;
    return has_note ? arena_format(arena, "%s ✎", same) : same;
}

static void draw_name(const struct drawing *drawing, const struct taxa_columns *columns,
                      const struct taxon_node *node, const struct taxa_row *taxon, size_t row)
{
    const char *same = suffix_text(drawing->state, node, drawing->scratch);
    size_t step = columns->name >= 34 ? 2 : 1, indent = 1 + step * taxon->depth,
           suffix = draw_width(drawing, same);
    size_t most = columns->name / 2;
    indent = indent < most ? indent : most;
    const char *sign = !taxon->has_children ? "" : node->is_folded ? "▸" : "▾";
    draw_text(drawing, indent, row, ROLE_DIM, sign);
    size_t room = columns->name > indent + 1 + suffix ? columns->name - indent - 1 - suffix : 1;
    const char *name = words_trait(node->trait, drawing->scratch);
    bool is_marked = marks_has(&drawing->state->marks, node->trait->key);
    draw_text(drawing, indent + 1, row, ROLE_KEY, is_marked ? "●" : " ");
    draw_fit_name(drawing, indent + 2, row, room, is_marked ? ROLE_TITLE : ROLE_TEXT, name);
    size_t width = draw_width(drawing, name);
    draw_text(drawing, indent + 2 + (width < room ? width : room), row, ROLE_DIM, same);
}

static void draw_checks(const struct drawing *drawing, const struct taxa_columns *columns,
                        size_t pair, size_t row)
{
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; columns->checks > 0 && i < count; i++) {
        enum judgement judged =
            results_judge(state_results(drawing->state), pair, diagnostics[i]);
        char mark = diagnostic_mark(diagnostics[i], judged);
        enum role role = judged == JUDGE_FAILED   ? ROLE_WARNING
                         : judged == JUDGE_PASSED ? ROLE_TEXT
                                                  : ROLE_DIM;
        if (mark == '.') {
            draw_text(drawing, columns->checks_at + i, row, role, "·");
        } else {
            draw_format(drawing, columns->checks_at + i, row, role, "%c", mark);
        }
    }
}

static void draw_numbers(const struct drawing *drawing, const struct taxa_columns *columns,
                         size_t pair, size_t row)
{
    const struct pair_result *result = state_pair_result(drawing->state, pair);
    const struct estimate *main = &result->analysis->main;
    struct arena *arena = drawing->scratch;
    if (columns->strength > 0 && isfinite(result->analysis->strength.f_mean)) {
        draw_right(drawing, columns->strength_at, row, STRENGTH, ROLE_DIM,
                   arena_format(arena, "%.0f", result->analysis->strength.f_mean));
    }
    if (main->status != ESTIMATE_DONE) {
        if (columns->effect > 0) {
            draw_text(drawing, columns->effect_at + 1, row, ROLE_DIM, _("cannot be judged"));
        }
        return;
    }
    struct mark mark = chart_taxa_mark(state_results(drawing->state), pair);
    painter_interval(drawing->canvas, drawing->area.column + columns->forest_at,
                     drawing->area.row + row, columns->forest, &columns->axis, &mark);
    if (columns->effect > 0) {
        draw_fit(drawing, columns->effect_at + 1, row, columns->effect - 1, ROLE_TEXT,
                 chart_interval(main->b, main->lower, main->upper, main->contains_null,
                                columns->axis.is_exponential, arena));
    }
    draw_right(drawing, columns->p_at, row, PROBABILITY, ROLE_TEXT,
               chart_p(main->p, main->neglog10_p, arena));
    /* Before every pair of the set has its P, there is no q. */
    if (result->fdr != JUDGE_NOT_RUN) {
        draw_right(drawing, columns->q_at, row, ADJUSTED, ROLE_TEXT,
                   chart_p(result->q, NAN, arena));
    }
}

void taxa_table_row(const struct drawing *drawing, const struct taxa_columns *columns,
                    const struct taxa_tree *tree, const struct taxa_row *taxon, size_t row)
{
    const struct taxon_node *node = taxa_tree_node(tree, taxon->node);
    draw_name(drawing, columns, node, taxon, row);
    const struct analysis *analysis = state_analysis(drawing->state, node->pair);
    const struct pair *pair =
        analysis != NULL ? analysis->pair : drawing->state->study->pairs[node->pair];
    draw_right(drawing, columns->variants_at, row, VARIANTS, ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", pair->count));
    if (analysis == NULL) {
        const char *sign = drawing->state->is_waiting ? "…" : "-";
        draw_text(drawing, columns->forest_at, row, ROLE_DIM, sign);
        draw_right(drawing, columns->p_at, row, PROBABILITY, ROLE_DIM, sign);
        return;
    }
    draw_numbers(drawing, columns, node->pair, row);
    draw_checks(drawing, columns, node->pair, row);
}

void taxa_table_legend(const struct drawing *drawing, size_t row)
{
    const char *marks = drawing->area.columns >= 96
                            ? _("letter = passed  ! = failed  · = too few variants to judge  "
                                "- = not run")
                            : _("letter passed  ! failed  · too few to judge  - not run");
    const char *same = drawing->area.columns >= 112
                           ? _("≡n = n other taxa on the same variants")
                           : _("≡n: n taxa alike");
    size_t at = 3 + draw_text(drawing, 1, row, ROLE_DIM, marks);
    draw_text(drawing, at, row, ROLE_DIM, same);
}
