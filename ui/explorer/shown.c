#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/table.h"
#include "ui/explorer/pair_view.h"
#include "ui/explorer/taxa_view.h"
#include "ui/glyphs.h"
#include <math.h>
#include <string.h>

/* What the taxa and a pair show, as text for files. */
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
    char *name = text_clean(trait->name);
    text_addf(text, "%s\t%s\t%s\t%s", trait->key, name, trait_rank_key(trait->rank),
              direction_key(state->direction));
    memory_free(name);
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
    text_add(text, state->study->is_simulated ? "\tTRUE\n" : "\n");
}

bool taxa_view_table(const struct view *base, const struct state *state, struct text *text)
{
    const struct taxa_view *view = (const struct taxa_view *)base;
    text_add(text, "taxon\tname\trank\tdirection\tnsnp\tF\tb\tse\tlower\tupper\tor\tor_lower\t"
                   "or_upper\tp\tq\tchecks");
    text_add(text, state->study->is_simulated ? "\tsimulated_outcome\n" : "\n");
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct taxon_node *node =
            taxa_tree_node(&view->tree, taxa_view_row(view, i)->node);
        if (state_analysis(state, node->pair) != NULL) {
            add_taxon(text, state, node);
        }
    }
    return true;
}

static void add_cell(struct text *text, const char *cell)
{
    char *clean = text_clean(cell == NULL ? "" : cell);
    text_add(text, clean + strspn(clean, " "));
    memory_free(clean);
}

bool pair_view_table(const struct view *base, const struct state *state, struct text *text)
{
    const struct pair_view *view = (const struct pair_view *)base;
    const struct chart *chart = pair_view_chart(view, state);
    text_add(text, "row");
    for (size_t c = 0; chart != NULL && c < chart->column_count; c++) {
        text_add(text, "\t");
        add_cell(text, chart->columns[c].heading);
    }
    text_add(text, "\n");
    for (size_t i = 0; chart != NULL && i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        if (row->kind == ROW_SPACE) {
            continue;
        }
        add_cell(text, row->of.key);
        for (size_t c = 0; c < chart->column_count; c++) {
            text_add(text, "\t");
            if (chart->columns[c].is_bar && row->shares != NULL) {
                text_add_number(text, row->shares[c]);
            } else {
                add_cell(text, row->cells == NULL ? NULL : row->cells[c]);
            }
        }
        text_add(text, "\n");
    }
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
        text_addf(text, "%s%s\n", shown,
                  state->study->is_simulated ? _(" (simulated outcome)") : "");
        memory_free(shown);
        add_picture(text, chart, columns, state->ascii, arena);
    }
    arena_destroy(arena);
    return chart != NULL;
}
