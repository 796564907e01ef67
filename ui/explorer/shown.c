#include "ui/explorer/shown.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/table.h"
#include "ui/explorer/pair_view.h"
#include "ui/explorer/taxa_view.h"
#include "ui/glyphs.h"
#include <math.h>
#include <string.h>

void shown_cell(struct text *text, const char *cell, const char *missing)
{
    char *clean = text_clean(cell == NULL ? missing : cell);
    text_add(text, clean + strspn(clean, " "));
    memory_free(clean);
}

/* Of the results as they are, which may lag behind the person. */
static struct exclusions left_out(const struct state *state)
{
    const struct results *results = state_results(state);
    return results == NULL ? (struct exclusions){0} : results->options.exclusions;
}

size_t shown_left_out(const struct state *state)
{
    return left_out(state).count;
}

static void end_row(struct text *text, const char *simulated, const char *by_hand)
{
    const char *const cells[] = {simulated, by_hand};
    for (size_t i = 0; i < 2; i++) {
        if (cells[i] != NULL) {
            text_add(text, "\t");
            shown_cell(text, cells[i], "");
        }
    }
}

void shown_end_columns(const struct state *state, size_t start, struct text *text)
{
    struct exclusions exclusions = left_out(state);
    struct text rows = {0}, ids = {0};
    exclusions_list(&exclusions, &ids);
    bool is_simulated = state->study->is_simulated, has_ids = exclusions.count > 0;
    char *table = memory_copy_bytes(text->bytes + start, text->length - start), *rest = table,
         *line;
    while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
        text_add(&rows, line);
        if (line == table) {
            end_row(&rows, is_simulated ? "simulated_outcome" : NULL,
                    has_ids ? "excluded_by_hand" : NULL);
        } else {
            end_row(&rows, is_simulated ? "TRUE" : NULL, has_ids ? ids.bytes : NULL);
        }
        text_add(&rows, "\n");
    }
    text->length = start;
    text_add_bytes(text, rows.bytes, rows.length);
    memory_free(table);
    text_drop(&rows);
    text_drop(&ids);
}

void shown_end_title(const struct state *state, struct text *text)
{
    size_t excluded = shown_left_out(state);
    bool is_said = text->bytes != NULL && text_contains_fold(text->bytes, "simulated");
    text_add(text, state->study->is_simulated && !is_said ? _(" (simulated outcome)") : "");
    if (excluded > 0) {
        text_add(text, " (");
        text_addf(text, _("%zu left out by hand"), excluded);
        text_add(text, ")");
    }
}

static void add_numbers(struct text *text, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(text, "\t");
        text_add_number(text, numbers[i]);
    }
}

/* The letters of the checks, as the screen has them. */
static void add_checks(struct text *text, const struct state *state, size_t pair)
{
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    text_add(text, "\t");
    for (size_t i = 0; i < count; i++) {
        char mark = diagnostic_mark(diagnostics[i],
                                    results_judge(state_results(state), pair, diagnostics[i]));
        text_add_bytes(text, &mark, 1);
    }
}

static void add_taxon(struct text *text, const struct state *state,
                      const struct taxon_node *node)
{
    const struct analysis *analysis = state_analysis(state, node->pair);
    const struct trait *trait = node->trait;
    shown_cell(text, trait->key, "");
    text_add(text, "\t");
    shown_cell(text, trait->name, "");
    text_addf(text, "\t%s\t%s", trait_rank_key(trait->rank), direction_key(state->direction));
    const struct estimate *main = &analysis->main;
    bool is_done = main->status == ESTIMATE_DONE,
         is_odds = is_done && analysis->pair->outcome->unit == UNIT_LOG_ODDS;
    const double numbers[] = {(double)analysis->pair->count,   analysis->strength.f_mean,
                              is_done ? main->b : NAN,         is_done ? main->se : NAN,
                              is_done ? main->lower : NAN,     is_done ? main->upper : NAN,
                              is_odds ? exp(main->b) : NAN,    is_odds ? exp(main->lower) : NAN,
                              is_odds ? exp(main->upper) : NAN};
    add_numbers(text, numbers, sizeof numbers / sizeof numbers[0]);
    text_add(text, "\t");
    text_add_probability(text, is_done ? main->p : NAN, is_done ? main->neglog10_p : NAN);
    text_add(text, "\t");
    text_add_number(text, state_pair_result(state, node->pair)->q);
    add_checks(text, state, node->pair);
    text_add(text, "\n");
}

bool taxa_view_table(const struct view *base, const struct state *state, struct text *text)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    size_t start = text->length;
    text_add(text, "taxon\tname\trank\tdirection\tnsnp\tF\tb\tse\tlower\tupper\tor\tor_lower\t"
                   "or_upper\tp\tq\tchecks\n");
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct taxon_node *node =
            taxa_tree_node(&view->tree, taxa_view_row(view, i)->node);
        if (state_analysis(state, node->pair) != NULL) {
            add_taxon(text, state, node);
        }
    }
    shown_end_columns(state, start, text);
    return true;
}

bool pair_view_table(const struct view *base, const struct state *state, struct text *text)
{
    const struct pair_view *view = (const struct pair_view *)base;
    const struct chart *chart = pair_view_chart(view, state);
    size_t start = text->length;
    text_add(text, "row");
    for (size_t c = 0; chart != NULL && c < chart->column_count; c++) {
        text_add(text, "\t");
        shown_cell(text, chart->columns[c].heading, "");
    }
    text_add(text, "\n");
    for (size_t i = 0; chart != NULL && i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        if (row->kind == ROW_SPACE) {
            continue;
        }
        shown_cell(text, row->of.key, "");
        for (size_t c = 0; c < chart->column_count; c++) {
            text_add(text, "\t");
            if (chart->columns[c].is_bar && row->shares != NULL) {
                text_add_number(text, row->shares[c]);
            } else {
                shown_cell(text, row->cells == NULL ? NULL : row->cells[c], "");
            }
        }
        text_add(text, "\n");
    }
    shown_end_columns(state, start, text);
    return chart != NULL;
}

static void add_picture(struct text *text, const struct chart *chart, size_t columns,
                        bool is_ascii, struct arena *arena)
{
    struct canvas *canvas =
        canvas_create(columns, painter_rows_enough(chart, columns), is_ascii);
    struct rectangle all = {.columns = canvas->columns, .rows = canvas->rows};
    struct paint_state paint = {.selected = {.kind = OF_NOTHING}};
    (void)painter_draw(canvas, all, chart, &paint, arena);
    char *picture = canvas_as_text(canvas, false);
    size_t length = strlen(picture);
    while (length > 0 && (picture[length - 1] == '\n' || picture[length - 1] == ' ')) {
        picture[--length] = '\0';
    }
    char *sentence = glyphs_text(chart->sentence, is_ascii);
    text_addf(text, "%s\n\n%s\n", picture, sentence);
    memory_free(sentence);
    memory_free(picture);
    canvas_destroy(canvas);
}

bool pair_view_picture(const struct view *base, const struct state *state, size_t columns,
                       struct text *text)
{
    const struct pair_view *view = (const struct pair_view *)base;
    struct arena *arena = arena_create();
    const struct chart *chart = pair_view_chart(view, state);
    if (chart != NULL) {
        const char *title = pair_view_title(base, state, arena);
        char *shown =
            glyphs_text(arena_bytes(arena, title, strcspn(title, "\t")), state->ascii);
        text_add(text, shown);
        shown_end_title(state, text);
        text_add(text, "\n");
        memory_free(shown);
        add_picture(text, chart, columns, state->ascii, arena);
    }
    arena_destroy(arena);
    return chart != NULL;
}
