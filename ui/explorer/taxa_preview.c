#include "ui/explorer/taxa_preview.h"

#include "base/i18n.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "study/verdict.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

/* Standard errors from no effect at which 80% of tests at .05 see it: 1.96 + 0.84. */
static const double POWER_80 = 2.8015852;

/* Counts, heads and three taxa. */
enum { TABLE_LEAST = 5 };

size_t taxa_preview_rows(size_t rows)
{
    return rows >= 20 ? 8 : rows >= 14 ? 4 : 0;
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

/* In words, or in as few as there is room for. */
static const char *power_text(const struct drawing *drawing, const struct estimate *estimate,
                              bool is_odds, bool is_brief)
{
    double least = POWER_80 * estimate->se;
    if (!is_odds) {
        return is_brief ? arena_format(drawing->scratch, _("80%% from %.3f"), least)
                        : arena_format(drawing->scratch, _("80%% power from %.3f"), least);
    }
    return is_brief ? arena_format(drawing->scratch, _("80%% from OR %.2f"), exp(least))
                    : arena_format(drawing->scratch, _("80%% power from OR %.2f"), exp(least));
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
    const char *power = power_text(drawing, main, is_odds, false);
    size_t wanted = at + draw_width(drawing, power) + 7;
    const char *grade = grade_text(drawing, index, room > wanted ? room - wanted : 0);
    size_t width = draw_width(drawing, grade) + (*grade != '\0');
    if (at + 4 + draw_width(drawing, power) + width > room) {
        power = power_text(drawing, main, is_odds, true);
    }
    if (at + 4 + draw_width(drawing, power) + width <= room) {
        draw_text(drawing, at + 3, 1, ROLE_DIM, power);
    }
    if (at + 3 + width <= room) {
        draw_text(drawing, room - width, 1, ROLE_TITLE, grade);
    }
}

/* Its name and main estimate; with hand exclusions also what it was with every variant. */
static void draw_main(const struct drawing *drawing, const struct trait *taxon,
                      const struct pair *pair, size_t index)
{
    const struct state *state = drawing->state;
    const struct analysis *analysis = state_analysis(state, index);
    bool is_odds = state_is_odds(state, pair);
    const char *name = taxa_name(taxon, drawing->scratch);
    const char *disease = state_short_name(state_disease(state), drawing->scratch);
    bool forward = state->direction == FORWARD;
    size_t at = 1 + draw_format(drawing, 1, 1, ROLE_TITLE, "%s → %s", forward ? name : disease,
                                forward ? disease : name);
    if (analysis == NULL) {
        draw_text(drawing, at + 3, 1, ROLE_DIM, "…");
        return;
    }
    const struct estimate *main = &analysis->main;
    if (main->status != ESTIMATE_DONE) {
        draw_format(drawing, at + 3, 1, ROLE_WARNING, "%s",
                    main->note == NULL ? _("cannot be judged") : gettext(main->note));
        return;
    }
    enum role role = main->contains_null ? ROLE_TEXT : main->b < 0 ? ROLE_LESS : ROLE_MORE;
    at += 3 + draw_format(drawing, at + 3, 1, role, "%s%s", is_odds ? "OR " : "",
                          interval_text(drawing, main, is_odds));
    const struct analysis *full = state_full_analysis(state, index);
    if (full != NULL && full->pair->count != analysis->pair->count) {
        draw_format(drawing, at + 2, 1, ROLE_WARNING, _("all %zu variants: %s"),
                    full->pair->count, interval_text(drawing, &full->main, is_odds));
    } else {
        draw_worth(drawing, main, is_odds, index, at);
    }
}

static void draw_method(const struct drawing *drawing, const struct estimate *estimate,
                        bool is_odds, size_t row)
{
    size_t names = drawing->area.columns >= 110 ? 26 : 15, width = is_odds ? 20 : 23;
    const char *name = names > 20 ? estimate->method->name : words_method(estimate->method);
    draw_fit(drawing, 2, row, names, ROLE_TEXT, name);
    if (estimate->status != ESTIMATE_DONE) {
        draw_text(drawing, 3 + names, row, ROLE_DIM,
                  estimate->status == ESTIMATE_TOO_FEW ? _("too few variants") : _("no value"));
        return;
    }
    draw_fit(drawing, 3 + names, row, width, ROLE_TEXT,
             interval_text(drawing, estimate, is_odds));
    draw_format(drawing, 4 + names + width, row, ROLE_TEXT, "p %s",
                chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
}

/* The main method first, then the others in the order of their table, where they are there. */
static void draw_methods(const struct drawing *drawing, const struct analysis *analysis,
                         bool is_preview, size_t first, size_t last)
{
    bool is_odds = state_is_odds(drawing->state, analysis->pair);
    size_t row = first;
    if (analysis->main.method != NULL && row < last) {
        draw_method(drawing, &analysis->main, is_odds, row++);
    }
    for (size_t i = 0; i < analysis->estimate_count && row < last; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        if (estimate->method != analysis->main.method && estimate->method->group != GROUP_IVW &&
            estimate->method->group != GROUP_SINGLE) {
            draw_method(drawing, estimate, is_odds, row++);
        }
    }
    if (is_preview && row < last) {
        draw_text(drawing, 2, row, ROLE_DIM, drawing->state->is_waiting ? "…" : "-");
    }
}

/* What the two checks say that only the whole study can answer. */
static const char *study_says(const struct drawing *drawing,
                              const struct diagnostic *diagnostic, enum judgement judged,
                              size_t pair)
{
    if (strcmp(diagnostic->key, "discovery") == 0) {
        double q = state_pair_result(drawing->state, pair)->q;
        return judged == JUDGE_NOT_RUN ? _("q when all taxa are done")
               : isnan(q)              ? _("no q")
                          : arena_format(drawing->scratch, _("q %s among all taxa"),
                                         chart_p(q, NAN, drawing->scratch));
    }
    if (strcmp(diagnostic->key, "reverse") == 0) {
        return judged == JUDGE_PASSED   ? _("reverse shows nothing")
               : judged == JUDGE_FAILED ? _("reverse has p below .05")
               : judged == JUDGE_CANNOT ? _("reverse cannot be judged")
                                        : _("reverse not run");
    }
    return NULL;
}

/* The name goes first where both have room. */
static void draw_check(const struct drawing *drawing, const struct analysis *analysis,
                       const struct diagnostic *diagnostic, size_t pair, size_t column,
                       size_t row)
{
    enum judgement judged = results_judge(state_results(drawing->state), pair, diagnostic);
    const char *of_study = study_says(drawing, diagnostic, judged, pair);
    const char *said =
        of_study != NULL ? of_study : diagnostic->says(analysis, drawing->scratch);
    enum role role = judged == JUDGE_FAILED ? ROLE_WARNING : ROLE_TEXT;
    const char *sign = judged == JUDGE_FAILED    ? "!"
                       : judged == JUDGE_CANNOT  ? "·"
                       : judged == JUDGE_NOT_RUN ? "-"
                                                 : " ";
    draw_format(drawing, column, row, role, "%c%s", diagnostic->letter, sign);
    const char *both =
        arena_format(drawing->scratch, "%s: %s", gettext(diagnostic->name), said);
    size_t room = drawing->area.columns - column - 4;
    draw_fit(drawing, column + 3, row, room, ROLE_TEXT,
             of_study == NULL && draw_width(drawing, both) <= room ? both : said);
}

static void draw_checks(const struct drawing *drawing, const struct analysis *analysis,
                        size_t pair, size_t first, size_t last)
{
    size_t count, column = drawing->area.columns >= 110 ? 62 : 51;
    if (drawing->area.columns < column + 24) {
        return;
    }
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; i < count && first + i < last; i++) {
        draw_check(drawing, analysis, diagnostics[i], pair, column, first + i);
    }
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
    draw_methods(drawing, analysis, state_pair_result(drawing->state, pair)->is_preview, 2,
                 rows);
    draw_checks(drawing, analysis, pair, 2, rows);
}
