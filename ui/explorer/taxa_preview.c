#include "ui/explorer/taxa_preview.h"

#include "base/i18n.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "study/verdict.h"
#include "ui/explorer/taxa_checks.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>

/* Standard errors from no effect at which 80% of tests at .05 see it: 1.96 + 0.84. */
static const double POWER_80 = 2.8015852;

/* Counts, heads and three taxa. */
enum { TABLE_LEAST = 5 };

/* Methods that are shown though sentences of the checks are cut. */
enum { METHODS_LEAST = 3 };

/* A low screen is a narrow one: there the checks stand below the methods, not beside them. */
size_t taxa_preview_rows(size_t rows)
{
    return rows >= 34 ? 10 : rows >= 26 ? 8 : rows >= 20 ? 9 : rows >= 14 ? 4 : 0;
}

size_t taxa_preview_legend(size_t rows)
{
    return rows >= 20;
}

size_t taxa_preview_wanted(const struct state *state, size_t rows)
{
    if (!state->has_preview) {
        return taxa_preview_rows(rows);
    }
    size_t fixed = TABLE_LEAST + taxa_preview_legend(rows);
    size_t most = rows > fixed ? rows - fixed : 0;
    size_t wanted = state->preview < most ? state->preview : most;
    return wanted == 1 ? 0 : wanted;
}

static const char *interval_text(const struct drawing *drawing, const struct estimate *estimate,
                                 bool is_odds)
{
    return chart_interval(estimate->b, estimate->lower, estimate->upper,
                          estimate->contains_null, is_odds, drawing->scratch);
}

static const char *p_text(const struct drawing *drawing, const struct estimate *estimate)
{
    return estimate->status != ESTIMATE_DONE
               ? ""
               : arena_format(drawing->scratch, "p %s",
                              chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
}

static bool is_narrow(const struct drawing *drawing)
{
    return drawing->area.columns < 96;
}

static const char *power_text(const struct drawing *drawing, const struct estimate *estimate,
                              bool is_odds)
{
    double least = POWER_80 * estimate->se;
    return is_odds ? arena_format(drawing->scratch, _("80%% power from OR %.2f"), exp(least))
                   : arena_format(drawing->scratch, _("80%% power from %.3f"), least);
}

/* "grade D", with its words where they fit, or nothing before all of its rules are known. */
static const char *grade_text(const struct drawing *drawing, size_t index, size_t room)
{
    struct verdict verdict = verdict_of(state_results(drawing->state), index, drawing->scratch);
    if (verdict.grade == '-') {
        return "";
    }
    const char *grade = arena_format(drawing->scratch, _("grade %c"), verdict.grade);
    const char *both = arena_format(drawing->scratch, "%s · %s", grade, verdict.words);
    return draw_width(drawing, both) <= room ? both : grade;
}

/* Behind `at` what fits of the power and the grade. */
static void draw_worth(const struct drawing *drawing, const struct estimate *main, bool is_odds,
                       size_t index, size_t at)
{
    size_t room = drawing->area.columns;
    const char *power = power_text(drawing, main, is_odds);
    size_t wanted = at + draw_width(drawing, power) + 7;
    const char *grade = grade_text(drawing, index, room > wanted ? room - wanted : 0);
    size_t width = draw_width(drawing, grade) + (*grade != '\0');
    if (at + 4 + draw_width(drawing, power) + width <= room) {
        draw_text(drawing, at + 3, 1, ROLE_DIM, power);
    }
    if (at + 3 + width <= room) {
        draw_text(drawing, room - width, 1, ROLE_TITLE, grade);
    }
}

/* The two traits in what the numbers behind them, `wanted` columns, leave of the line, or the
 * taxon alone: the title has the disease. What is `welcome` behind the numbers gives way to the
 * taxon. Where they end. */
static size_t draw_traits(const struct drawing *drawing, const struct trait *taxon,
                          size_t wanted, size_t welcome)
{
    const struct state *state = drawing->state;
    const char *name = words_trait(taxon, drawing->scratch);
    const char *disease = state_short_name(state_disease(state), drawing->scratch);
    bool forward = state->direction == FORWARD;
    const char *said = arena_format(drawing->scratch, "%s → %s", forward ? name : disease,
                                    forward ? disease : name);
    size_t columns = drawing->area.columns;
    wanted += draw_width(drawing, name) + wanted + welcome < columns ? welcome : 0;
    size_t left = columns > wanted + 12 ? columns - wanted - 1 : 12;

    said = draw_width(drawing, said) <= left ? said : name;
    draw_fit_name(drawing, 1, 1, left, ROLE_TITLE, said);
    return 1 + (draw_width(drawing, said) <= left ? draw_width(drawing, said) : left);
}

/* The main estimate behind the traits, whole; then what fits. */
static void draw_numbers(const struct drawing *drawing, const struct trait *taxon,
                         const struct analysis *analysis, bool is_odds, size_t index)
{
    const struct estimate *main = &analysis->main;
    const struct analysis *full = state_full_analysis(drawing->state, index);
    bool is_reduced = full != NULL && full->pair->count != analysis->pair->count;
    enum role role = main->contains_null ? ROLE_TEXT : main->b < 0 ? ROLE_LESS : ROLE_MORE;
    const char *effect = arena_format(drawing->scratch, "%s%s", is_odds ? "OR " : "",
                                      interval_text(drawing, main, is_odds));
    const char *p = is_narrow(drawing) ? p_text(drawing, main) : "";
    const char *last = is_reduced ? arena_format(drawing->scratch, _("all %zu variants: %s"),
                                                 full->pair->count,
                                                 interval_text(drawing, &full->main, is_odds))
                                  : grade_text(drawing, index, 0);
    size_t numbers = draw_width(drawing, effect) + draw_width(drawing, p) + 5;
    size_t behind = draw_width(drawing, last) + 4;
    size_t at = draw_traits(drawing, taxon, numbers + (is_reduced ? behind : 0),
                            is_reduced ? 0 : behind);

    at += 3 + draw_text(drawing, at + 3, 1, role, effect);
    at += *p == '\0' ? 0 : 1 + draw_text(drawing, at + 1, 1, ROLE_TEXT, p);
    if (is_reduced) {
        draw_text(drawing, at + 2, 1, ROLE_WARNING, last);
    } else {
        draw_worth(drawing, main, is_odds, index, at);
    }
}

/* Its name and main estimate; with hand exclusions also what it was with every variant. */
static void draw_main(const struct drawing *drawing, const struct trait *taxon,
                      const struct pair *pair, size_t index)
{
    const struct state *state = drawing->state;
    const struct analysis *analysis = state_analysis(state, index);
    bool is_odds = state_is_odds(state, pair);
    if (analysis == NULL) {
        draw_text(drawing, draw_traits(drawing, taxon, 4, 0) + 3, 1, ROLE_DIM, "…");
        return;
    }
    const struct estimate *main = &analysis->main;
    if (main->status != ESTIMATE_DONE) {
        const char *why = main->note == NULL ? _("cannot be judged") : gettext(main->note);
        size_t at = draw_traits(drawing, taxon, 3 + draw_width(drawing, why), 0);
        draw_text(drawing, at + 3, 1, ROLE_WARNING, why);
        return;
    }
    draw_numbers(drawing, taxon, analysis, is_odds, index);
}

static bool has_room_for_names(const struct drawing *drawing)
{
    return drawing->area.columns >= 110;
}

static size_t names_width(const struct drawing *drawing)
{
    return has_room_for_names(drawing) ? 26 : 15;
}

static const char *said_of(const struct drawing *drawing, const struct estimate *estimate,
                           bool is_odds)
{
    return estimate->status == ESTIMATE_DONE      ? interval_text(drawing, estimate, is_odds)
           : estimate->status == ESTIMATE_TOO_FEW ? _("too few variants")
                                                  : _("no value");
}

/* The widest interval and p of some methods. */
struct widths {
    size_t interval, p;
};

static struct widths widths_of(const struct drawing *drawing,
                               const struct estimate *const *methods, size_t count,
                               bool is_odds)
{
    struct widths widths = {0, 0};
    for (size_t i = 0; i < count; i++) {
        size_t interval = draw_width(drawing, said_of(drawing, methods[i], is_odds));
        size_t p = draw_width(drawing, p_text(drawing, methods[i]));
        widths.interval = interval > widths.interval ? interval : widths.interval;
        widths.p = p > widths.p ? p : widths.p;
    }
    return widths;
}

static void draw_method(const struct drawing *drawing, const struct estimate *estimate,
                        bool is_odds, struct widths widths, size_t row)
{
    size_t names = names_width(drawing);
    const char *name =
        has_room_for_names(drawing) ? estimate->method->name : words_method(estimate->method);
    draw_fit(drawing, 2, row, names, ROLE_TEXT, name);
    draw_text(drawing, 3 + names, row, estimate->status == ESTIMATE_DONE ? ROLE_TEXT : ROLE_DIM,
              said_of(drawing, estimate, is_odds));
    draw_text(drawing, 4 + names + widths.interval, row, ROLE_TEXT, p_text(drawing, estimate));
}

/* The main method first, then the others in the order of their table. */
static size_t list_methods(const struct analysis *analysis, const struct estimate **methods)
{
    size_t count = 0;
    if (analysis->main.method != NULL) {
        methods[count++] = &analysis->main;
    }
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        if (estimate->method != analysis->main.method && estimate->method->group != GROUP_IVW &&
            estimate->method->group != GROUP_SINGLE) {
            methods[count++] = estimate;
        }
    }
    return count;
}

/* The methods beside the main one, as many as so many rows hold; how many rows they took. */
static size_t draw_others(const struct drawing *drawing, const struct estimate *const *methods,
                          size_t count, bool is_odds, size_t rows, bool is_drawn)
{
    size_t at = 2, row = 0;
    for (size_t i = 1; i < count; i++) {
        const char *text =
            arena_format(drawing->scratch, "%s %s %s", words_method(methods[i]->method),
                         said_of(drawing, methods[i], is_odds), p_text(drawing, methods[i]));
        size_t width = draw_width(drawing, text);
        if (at > 2 && at + width >= drawing->area.columns) {
            at = 2;
            row++;
        }
        if (row == rows) {
            return rows;
        }
        if (is_drawn) {
            draw_text(drawing, at, 2 + row, ROLE_TEXT, text);
        }
        at += width + 3;
    }
    return at > 2 ? row + 1 : row;
}

/* On a narrow screen the checks come first, in their order and by their names: a letter alone
 * tells a reader nothing. */
static bool draw_named(const struct drawing *drawing, const struct estimate *const *methods,
                       size_t count, bool is_odds, struct taxa_checks checks)
{
    for (size_t rows = 2; is_narrow(drawing) && rows > 0; rows--) {
        checks.first = 2 + draw_others(drawing, methods, count, is_odds, rows, false);
        if (checks.first < checks.last && taxa_checks_named(&checks, drawing, false)) {
            (void)draw_others(drawing, methods, count, is_odds, rows, true);
            return taxa_checks_named(&checks, drawing, true);
        }
    }
    return false;
}

/* Methods and checks share the rows; where there is no room for what checks say, their letters
 * stand alone. */
static void draw_details(const struct drawing *drawing, const struct analysis *analysis,
                         size_t pair, size_t rows)
{
    bool is_preview = state_pair_result(drawing->state, pair)->is_preview;
    bool is_odds = state_is_odds(drawing->state, analysis->pair);
    const struct estimate **methods =
        arena_get(drawing->scratch, analysis->estimate_count + 1, sizeof(struct estimate *));
    size_t listed = list_methods(analysis, methods);
    struct taxa_checks checks = taxa_checks_of(drawing, analysis, pair);
    struct widths widths = widths_of(drawing, methods, listed, is_odds);
    checks.column = names_width(drawing) + widths.interval + widths.p + 6;
    checks.first = 2;
    checks.last = rows > 2 ? rows : 2;
    if (draw_named(drawing, methods, listed, is_odds, checks)) {
        return;
    }
    size_t count = taxa_checks_methods(&checks, drawing, listed + is_preview, METHODS_LEAST);
    for (size_t i = 0; i < count; i++) {
        if (i == listed) {
            draw_text(drawing, 2, 2 + i, ROLE_DIM, drawing->state->is_waiting ? "…" : "-");
        } else {
            draw_method(drawing, methods[i], is_odds, widths, 2 + i);
        }
    }
    taxa_checks_draw(&checks, drawing, count);
}

/* On the line above, where it takes no row from the numbers. */
static void draw_note(const struct drawing *drawing, const struct trait *taxon)
{
    const char *note = notes_of(&drawing->state->notes, taxon->key);
    if (note != NULL) {
        const char *text = arena_format(drawing->scratch, " ✎ %s ", note);
        draw_fit(drawing, 2, 0, drawing->area.columns - 4, ROLE_TITLE, text);
    }
}

void taxa_preview_draw(const struct drawing *drawing, const struct trait *taxon, size_t pair)
{
    size_t rows = drawing->area.rows;
    draw_rule(drawing, 0);
    draw_note(drawing, taxon);
    draw_main(drawing, taxon, drawing->state->study->pairs[pair], pair);
    const struct analysis *analysis = state_analysis(drawing->state, pair);
    if (analysis == NULL) {
        return;
    }
    draw_details(drawing, analysis, pair, rows);
}
