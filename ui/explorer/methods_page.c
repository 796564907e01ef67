#include "ui/explorer/methods_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "estimate/formulas.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

static const struct estimate *estimate_of(const struct analysis *analysis,
                                          const struct method *method)
{
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        if (analysis->estimates[i].method == method) {
            return &analysis->estimates[i];
        }
    }
    return analysis->main.method == method ? &analysis->main : NULL;
}

static const char *answer_words(const struct state *state, const struct analysis *analysis,
                                const struct method *method, struct arena *scratch)
{
    const struct estimate *estimate = estimate_of(analysis, method);
    if (estimate == NULL) {
        return arena_format(scratch, _("not run; taxamr --methods %s runs it"), method->key);
    }
    if (estimate->status != ESTIMATE_DONE) {
        return estimate->note != NULL ? estimate->note : words_status(estimate->status);
    }
    bool is_odds = state_is_odds(state, analysis->pair) && !method->is_share;
    const char *interval = chart_interval(estimate->b, estimate->lower, estimate->upper,
                                          estimate->contains_null, is_odds, scratch);
    return arena_format(scratch, "%s %s, p %s, %s%s%s", is_odds ? _("OR") : _("effect"),
                        interval, chart_p(estimate->p, estimate->neglog10_p, scratch),
                        words_variants(estimate->variants, scratch),
                        estimate->note == NULL ? "" : "; ",
                        estimate->note == NULL ? "" : estimate->note);
}

const char *methods_page_answer(const struct methods_view *view, const struct state *state,
                                struct arena *scratch)
{
    size_t index;
    const struct method *method = methods_view_method(view);
    const struct pair *pair =
        view->taxon == NULL ? NULL : state_pair(state, view->taxon, &index);
    if (pair == NULL || method == NULL) {
        return NULL;
    }
    const struct pair_result *result = state_pair_result(state, index);
    bool is_known = result != NULL && result->analysis != NULL &&
                    (!result->is_preview || !methods_view_is_run(state, method));
    const char *answer = is_known ? answer_words(state, result->analysis, method, scratch)
                                  : _("not computed yet");
    return arena_format(scratch, _("%s → %s: %s"), words_trait(pair->exposure, scratch),
                        state_short_name(pair->outcome, scratch), answer);
}

static const char *needs_words(const struct method *method, struct arena *scratch)
{
    const char *count =
        method->most == 0 ? arena_format(scratch,
                                         ngettext("at least %zu variant",
                                                  "at least %zu variants", method->least),
                                         method->least)
        : method->least == method->most
            ? words_variants(method->least, scratch)
            : arena_format(scratch, _("%zu to %zu variants"), method->least, method->most);
    return arena_format(scratch, "%s%s%s%s%s", count,
                        method->needs & NEEDS_SAMPLE_SIZE ? _(", sample sizes") : "",
                        method->needs & NEEDS_FREQUENCY ? _(", allele frequencies") : "",
                        method->needs & NEEDS_LD ? _(", LD between variants (--ld)") : "",
                        method->needs & NEEDS_HERITABILITY ? _(", the exposure's heritability")
                                                           : "");
}

/* One parameter: "bandwidth 1: factor of the modes' bandwidth, phi". */
static const char *parameter_words(enum parameter_id id, struct arena *scratch)
{
    const struct parameter *parameter = parameters_get(id);
    const char *usual = isnan(parameter->usual) ? _("from the data")
                        : parameter->choices != NULL
                            ? parameter->choices[(int)parameter->usual]
                            : arena_format(scratch, "%g", parameter->usual);
    return arena_format(scratch, "%s=%s  %s", parameter->key, usual, gettext(parameter->shows));
}

/* A page as it grows, line by line; lines below its end are counted and not drawn. */
struct page {
    const struct drawing *drawing;
    size_t row;
    size_t skip; /* paragraphs still to be left out */
};

static void add(struct page *page, enum role role, size_t indent, const char *text)
{
    if (page->skip > 0) {
        page->skip--;
        return;
    }
    if (page->row >= page->drawing->area.rows) {
        page->row++;
        return;
    }
    struct drawing rest =
        draw_part(page->drawing, page->row, page->drawing->area.rows - page->row);
    rest.area.column += indent;
    rest.area.columns -= indent < rest.area.columns ? indent : 0;
    page->row += draw_wrapped(&rest, 0, 0, role, text);
}

static void add_labelled(struct page *page, const char *label, const char *text)
{
    add(page, ROLE_TEXT, 0, arena_format(page->drawing->scratch, _("%s: %s"), label, text));
}

static void add_formula(struct page *page, const struct method *method)
{
    const struct formula *formula = formulas_of(method);
    if (formula == NULL) {
        return;
    }
    add(page, ROLE_HEADING, 0, _("Formula"));
    char *lines = arena_text(page->drawing->scratch, gettext(formula->text)), *line;
    while ((line = strtok_r(lines, "\n", &lines)) != NULL) {
        add(page, ROLE_TEXT, 2, line);
    }
    add(page, ROLE_DIM, 2, gettext(formulas_letters()));
}

static void add_settings(struct page *page, const struct method *method)
{
    const struct formula *formula = formulas_of(method);
    for (size_t i = 0; formula != NULL && i < formula->parameter_count; i++) {
        if (i == 0) {
            add(page, ROLE_HEADING, 0, _("Settings (--set)"));
        }
        add(page, ROLE_TEXT, 2,
            parameter_words(formula->parameters[i], page->drawing->scratch));
    }
}

bool methods_page_draw(const struct methods_view *view, const struct drawing *drawing)
{
    struct page page = {drawing, 0, view->is_page ? view->skip : 0};
    const struct method *method = methods_view_method(view);
    if (method == NULL) {
        return false;
    }
    const char *answer = methods_page_answer(view, drawing->state, drawing->scratch);
    add(&page, ROLE_TITLE, 0,
        arena_format(drawing->scratch, "%s  (%s)", method->name, method->key));
    add(&page, ROLE_DIM, 0,
        arena_format(drawing->scratch, "%s · %s", gettext(formulas_group(method->group)),
                     method->is_default ? _("run where no methods are named")
                                        : _("run where it is named")));
    if (answer != NULL) {
        add(&page, ROLE_TITLE, 0, answer);
    }
    add_labelled(&page, _("Assumes"), gettext(method->assumes));
    add_formula(&page, method);
    add_labelled(&page, _("Needs"), needs_words(method, drawing->scratch));
    add_labelled(&page, _("Random numbers"),
                 method->is_random ? _("yes, from the seed, the pair and the method")
                                   : _("none: always the same answer"));
    add_labelled(&page, _("LD"),
                 method->uses_ld ? _("used where the pair has it")
                                 : _("none: takes variants as independent"));
    add_settings(&page, method);
    add_labelled(&page, _("Source"), method->citation);
    bool has_more = page.row > drawing->area.rows;
    if (has_more) {
        draw_right(
            drawing, 0, drawing->area.rows - 1, drawing->area.columns, ROLE_DIM,
            draw_keys(drawing, view->is_page ? _("… {page-down}") : _("… {open} whole page")));
    }
    return has_more;
}
