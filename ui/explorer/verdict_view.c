#include "base/i18n.h"
#include "base/memory.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "study/verdict.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/views.h"
#include <math.h>

/* Every rule of the verdict on a taxon's pair: its number, and whether it holds. */
struct verdict_view {
    struct view base;
    const struct trait *taxon;
    struct list list;
};

/* Above the rules: the grade, its words, the heads. */
enum { HEAD = 3 };

static struct verdict_view *self(struct view *view)
{
    return (struct verdict_view *)view;
}

static struct verdict verdict_at(const struct verdict_view *view, const struct state *state,
                                 struct arena *scratch)
{
    size_t index;
    if (state->full == NULL || state_pair(state, view->taxon, &index) == NULL) {
        return (struct verdict){.grade = '-', .words = _("no estimate")};
    }
    return verdict_of(state_results(state), index, scratch);
}

static const char *sign_of(enum judgement judged)
{
    return judged == JUDGE_PASSED   ? _("holds")
           : judged == JUDGE_FAILED ? _("fails")
           : judged == JUDGE_CANNOT ? _("cannot tell")
                                    : _("not run");
}

/* Counts and thresholds as they are, P in few digits. */
static const char *number_text(double value, struct arena *arena)
{
    return isnan(value)                          ? "-"
           : value == floor(value) || value >= 1 ? arena_format(arena, "%.4g", value)
                                                 : chart_p(value, NAN, arena);
}

/* Where the columns begin, from the right: what a rule is for goes first where there is no
 * room, then its threshold. 0: not there. */
struct verdict_columns {
    size_t asks; /* width */
    size_t number, threshold, grades, sign;
};

enum { NUMBER_WIDTH = 9, GRADES_WIDTH = 5, SIGN_WIDTH = 12 };

static struct verdict_columns columns_of(const struct drawing *drawing)
{
    size_t columns = drawing->area.columns;
    bool has_threshold = columns >= 72, has_grades = columns >= 80;
    size_t behind = NUMBER_WIDTH + 2 + SIGN_WIDTH + has_threshold * (NUMBER_WIDTH + 1) +
                    has_grades * GRADES_WIDTH;
    struct verdict_columns at = {.asks = columns > behind + 2 ? columns - behind - 2 : 1};

    at.asks = at.asks < 40 ? at.asks : 40;
    at.number = at.asks + 2;
    at.threshold = has_threshold ? at.number + NUMBER_WIDTH + 1 : 0;
    at.sign = (has_threshold ? at.threshold : at.number) + NUMBER_WIDTH + 2;
    at.grades = has_grades ? at.sign : 0;
    at.sign += has_grades * GRADES_WIDTH;
    return at;
}

static void draw_rule_row(const struct drawing *drawing, const struct verdict *verdict,
                          const struct verdict_rules *rules, enum verdict_rule rule, size_t row)
{
    const struct ruling *ruling = &verdict->rulings[rule];
    bool is_bad = ruling->judged == JUDGE_FAILED;
    enum role role = is_bad                           ? ROLE_WARNING
                     : ruling->judged == JUDGE_PASSED ? ROLE_TEXT
                                                      : ROLE_DIM;
    const struct verdict_columns at = columns_of(drawing);
    draw_fit(drawing, 2, row, at.asks, ROLE_TEXT, gettext(verdict_rule_text(rule)->asks));
    draw_right(drawing, at.number, row, NUMBER_WIDTH, ROLE_TEXT,
               number_text(ruling->value, drawing->scratch));
    if (at.threshold > 0) {
        draw_right(drawing, at.threshold, row, NUMBER_WIDTH, ROLE_DIM,
                   arena_format(drawing->scratch, "%s %s", verdict_rule_text(rule)->sign,
                                number_text(rules->threshold[rule], drawing->scratch)));
    }
    if (at.grades > 0) {
        draw_fit(drawing, at.grades, row, GRADES_WIDTH, ROLE_DIM, rules->grades[rule]);
    }
    draw_fit(drawing, at.sign, row, drawing->area.columns - at.sign, role,
             sign_of(ruling->judged));
}

static void draw_head(const struct drawing *drawing, const struct verdict_view *view,
                      const struct verdict *verdict)
{
    const struct verdict_columns at = columns_of(drawing);
    size_t behind = 1 + draw_format(drawing, 1, 0, ROLE_TITLE, "%s",
                                    words_trait(view->taxon, drawing->scratch));
    if (verdict->grade != '-') {
        draw_format(drawing, behind + 3, 0, ROLE_TITLE, _("grade %c"), verdict->grade);
    }
    draw_fit(drawing, 1, 1, drawing->area.columns - 2, ROLE_TEXT, verdict->words);
    draw_text(drawing, 2, 2, ROLE_DIM, _("RULE"));
    draw_right(drawing, at.number, 2, NUMBER_WIDTH, ROLE_DIM, _("NUMBER"));
    if (at.threshold > 0) {
        draw_right(drawing, at.threshold, 2, NUMBER_WIDTH, ROLE_DIM, _("THRESHOLD"));
    }
    if (at.grades > 0) {
        draw_fit(drawing, at.grades, 2, drawing->area.columns - at.grades, ROLE_DIM, _("FOR"));
    }
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct verdict_view *view = self(base);
    struct verdict verdict = verdict_at(view, drawing->state, drawing->scratch);
    const struct verdict_rules rules = verdict_rules();
    size_t rows = drawing->area.rows > HEAD ? drawing->area.rows - HEAD : 0;
    draw_head(drawing, view, &verdict);
    list_fit(&view->list, VERDICT_RULES, rows);
    for (size_t i = 0; i < rows; i++) {
        size_t rule = list_row_at(&view->list, i);
        if (rule == (size_t)-1) {
            break;
        }
        draw_rule_row(drawing, &verdict, &rules, (enum verdict_rule)rule, HEAD + i);
        if (rule == view->list.cursor) {
            draw_selected(drawing, HEAD + i);
        }
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct verdict_view *view = self(base);
    (void)state;
    list_fit(&view->list, VERDICT_RULES, view->list.height > 0 ? view->list.height : 1);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    return order->action->id == ACT_BACK ? effect_of(EFFECT_BACK) : effect_unhandled();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    (void)state;
    (void)scratch;
    return _("Verdict");
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct verdict_view *view = (const struct verdict_view *)base;
    struct verdict verdict = verdict_at(view, state, scratch);
    const struct ruling *ruling = &verdict.rulings[view->list.cursor];
    return arena_format(scratch, "%s\t%s\t%s",
                        verdict_rule_text((enum verdict_rule)view->list.cursor)->key,
                        number_text(ruling->value, scratch), sign_of(ruling->judged));
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct verdict_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab < VERDICT_RULES ? place.tab : 0;
}

static void destroy(struct view *view)
{
    memory_free(view);
}

/* It knows the keys of any list that is only read. */
static const struct view_kind verdict_view_kind = {
    .key = "verdict",
    .bit = IN_MESSAGES,
    .draw = draw,
    .title = title,
    .line = line,
    .act = act,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *verdict_view_create(const struct trait *taxon)
{
    struct verdict_view *view = memory_get(1, sizeof *view);
    view->base.kind = &verdict_view_kind;
    view->taxon = taxon;
    return &view->base;
}
