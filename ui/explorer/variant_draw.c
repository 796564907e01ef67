#include "ui/explorer/variant_view.h"

#include "base/i18n.h"
#include "chart/chart.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/variant_near.h"
#include "ui/explorer/variant_parts.h"
#include <math.h>
#include <string.h>

enum { LABEL = 22, ALLELES = 10 };

static const char *number(double value, int decimals, struct arena *arena)
{
    return isnan(value) ? "-" : chart_number(value, decimals, arena);
}

static void draw_association(const struct drawing *drawing, size_t row, const char *label,
                             const struct association *association)
{
    struct arena *arena = drawing->scratch;
    draw_text(drawing, 2, row, ROLE_HEADING, label);
    if (association == NULL) {
        draw_text(drawing, LABEL + 2, row, ROLE_DIM, _("not there"));
        return;
    }
    const char *other = association->other_allele;
    draw_right(
        drawing, LABEL, row, ALLELES, ROLE_TEXT,
        arena_format(arena, "%s / %s",
                     association->effect_allele == NULL ? "?" : association->effect_allele,
                     other == NULL ? "?" : other));
    draw_right(drawing, LABEL + 10, row, 7, ROLE_TEXT, number(association->eaf, 3, arena));
    draw_right(drawing, LABEL + 17, row, 9, ROLE_TEXT, number(association->beta, 4, arena));
    draw_right(drawing, LABEL + 26, row, 8, ROLE_TEXT, number(association->se, 4, arena));
    draw_right(drawing, LABEL + 34, row, 8, ROLE_TEXT,
               chart_p(association->p, association->neglog10_p, arena));
    draw_right(drawing, LABEL + 42, row, 10, ROLE_TEXT, draw_thousands(association->n, arena));
}

/* F and R2 in words, where the table of figures has no room for them. */
static const char *strength_words(const struct drawing *drawing,
                                  const struct association *association)
{
    struct arena *arena = drawing->scratch;
    double r2 = instrument_r2(association, NULL);
    if (drawing->area.columns >= LABEL + 68) {
        return "";
    }
    return arena_format(arena, " · F %s · R² %s", number(instrument_f(association), 1, arena),
                        isnan(r2) ? "-" : arena_format(arena, "%.2f%%", 100 * r2));
}

static void draw_strength(const struct drawing *drawing, size_t row,
                          const struct association *association)
{
    struct arena *arena = drawing->scratch;
    if (drawing->area.columns < LABEL + 68) {
        return;
    }
    double r2 = instrument_r2(association, NULL);
    draw_right(drawing, LABEL + 53, row, 7, ROLE_TEXT,
               number(instrument_f(association), 1, arena));
    draw_right(drawing, LABEL + 60, row, 8, ROLE_TEXT,
               isnan(r2) ? "-" : arena_format(arena, "%.2f%%", 100 * r2));
}

static void draw_heads(const struct drawing *drawing, size_t row)
{
    static const struct {
        size_t at, width;
        const char *text;
    } heads[] = {{0, ALLELES, N_("effect/other")},
                 {10, 7, "EAF"},
                 {17, 9, "beta"},
                 {26, 8, "se"},
                 {34, 8, "p"},
                 {42, 10, "N"},
                 {53, 7, "F"},
                 {60, 8, "R²"}};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (LABEL + heads[i].at + heads[i].width < drawing->area.columns) {
            size_t more = i == 0 ? 2 : 0;
            draw_right(drawing, LABEL + heads[i].at - more, row, heads[i].width + more,
                       ROLE_HEADING, gettext(heads[i].text));
        }
    }
}

/* What harmonising did, and why. */
static const char *story(const struct harmonised *row, struct arena *arena)
{
    const char *what = row->y_read == NULL ? _("not in the outcome")
                       : row->is_removed   ? _("alleles cannot be made to agree")
                       : row->is_flipped && row->is_complemented
                           ? _("read on the other strand, and alleles swapped")
                       : row->is_flipped      ? _("flipped: alleles swapped")
                       : row->is_complemented ? _("read on the other strand")
                                              : _("alleles agree as they are");
    const char *strand = !row->is_palindromic ? _("not palindromic")
                         : row->is_ambiguous ? _("palindromic, and the frequencies do not tell")
                                             : _("palindromic, strand told by the frequencies");
    double apart = fabs(row->x.eaf - row->y.eaf);
    const char *frequencies =
        row->y_read == NULL || isnan(apart)
            ? ""
            : arena_format(arena,
                           apart < 0.1 ? _(" · frequencies agree (difference %s)")
                                       : _(" · frequencies differ by %s"),
                           number(apart, 3, arena));
    return arena_format(arena, "%s · %s%s · %s", what, strand, frequencies,
                        row->keep ? _("kept") : gettext(reason_text(row->reason)));
}

static size_t draw_read(const struct drawing *drawing, const struct harmonised *row)
{
    draw_heads(drawing, 0);
    draw_association(drawing, 1, _("exposure, as read"), row->x_read);
    draw_strength(drawing, 1, &row->x);
    draw_association(drawing, 2, _("outcome, as read"), row->y_read);
    draw_association(drawing, 3, _("outcome, harmonised"),
                     row->y_read == NULL ? NULL : &row->y);
    struct drawing text = draw_part(drawing, 4, 2);
    text.area.column += 2;
    text.area.columns -= 3;
    size_t line =
        4 + draw_wrapped(&text, 0, 0, row->keep ? ROLE_TEXT : ROLE_WARNING,
                         arena_format(drawing->scratch, "%s%s", story(row, drawing->scratch),
                                      strength_words(drawing, &row->x)));
    return line + variant_draw_warnings(drawing, row, line);
}

/* "1.08 (1.01, 1.15) p .031", or a dash. */
static const char *estimate_words(const struct drawing *drawing,
                                  const struct estimate *estimate, bool is_odds)
{
    if (estimate == NULL || estimate->status != ESTIMATE_DONE) {
        return "-";
    }
    return arena_format(drawing->scratch, "%s p %s",
                        chart_interval(estimate->b, estimate->lower, estimate->upper,
                                       estimate->contains_null, is_odds, drawing->scratch),
                        chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
}

static const char *bar(double share, bool ascii, struct arena *arena)
{
    int cells = isnan(share) ? 0 : (int)(share * 5 + 0.5);
    char *text = arena_get(arena, 16, 1);
    for (int i = 0; i < cells && i < 5; i++) {
        strcat(text, ascii ? "#" : "█");
    }
    return text;
}

/* The shares, how far it lies off, and its own Steiger test. */
static size_t draw_figures(const struct drawing *drawing, const struct analysis *full, size_t j,
                           size_t row)
{
    const struct single_variant *single = &full->singles[j];
    struct arena *arena = drawing->scratch;
    bool ascii = drawing->canvas->ascii;
    size_t columns = drawing->area.columns - 3;
    const char *shares =
        arena_format(arena, _("share of weight %.0f%% %s   share of Q %.0f%% %s"),
                     100 * single->weight_share, bar(single->weight_share, ascii, arena),
                     100 * single->q_share, bar(single->q_share, ascii, arena));
    if (isfinite(single->studentised)) {
        const char *longer =
            arena_format(arena, _("%s   studentised %s   Cook %s"), shares,
                         number(single->studentised, 1, arena), number(single->cook, 2, arena));
        shares = draw_width(drawing, longer) <= columns ? longer : shares;
    }
    draw_fit(drawing, 2, row, columns, ROLE_TEXT, shares);
    struct steiger steiger = steiger_of_variant(full->pair, j, &full->settings);
    if (!steiger.is_known) {
        draw_format(drawing, 2, row + 1, ROLE_DIM, _("Steiger, this variant: %s"),
                    steiger.note == NULL ? _("not known") : gettext(steiger.note));
    } else {
        const char *figures =
            arena_format(arena, _("r² exposure %.3g %s outcome %.3g, p %s"),
                         steiger.r2_exposure, steiger.is_correct ? ">" : "≤",
                         steiger.r2_outcome, chart_p(steiger.p, steiger.neglog10_p, arena));
        const char *whole = arena_format(arena, _("Steiger, this variant: %s"), figures);
        bool has_room = draw_width(drawing, whole) <= columns;
        draw_fit(drawing, 2, row + 1, columns, steiger.is_correct ? ROLE_TEXT : ROLE_WARNING,
                 has_room ? whole : arena_format(arena, _("Steiger: %s"), figures));
    }
    return row + 2;
}

static size_t draw_influence(const struct drawing *drawing, const struct variant_view *view,
                             size_t pair, size_t row)
{
    const struct analysis *full = state_full_analysis(drawing->state, pair);
    size_t j = full == NULL ? VARIANT_NONE : variant_index(full->pair, view->variant);
    draw_rule(drawing, row++);
    if (j == VARIANT_NONE) {
        draw_text(drawing, 2, row, ROLE_DIM,
                  full == NULL ? _("computing…") : _("it takes no part in the estimate"));
        return row + 1;
    }
    bool is_odds = state_is_odds(drawing->state, full->pair);
    const struct single_variant *single = &full->singles[j];
    struct estimate without;
    bool has = variant_without(full, j, &without);
    draw_format(drawing, 2, row++, ROLE_TEXT, _("ratio alone      %s"),
                chart_interval(single->b, single->lower, single->upper, single->contains_null,
                               is_odds, drawing->scratch));
    draw_format(drawing, 2, row++, ROLE_TEXT, _("%s with it      %s"),
                full->pair->count > 1 ? "IVW" : "Wald",
                estimate_words(drawing, &full->main, is_odds));
    draw_format(drawing, 2, row++, ROLE_TEXT, _("    without it   %s"),
                has ? estimate_words(drawing, &without, is_odds)
                    : _("no variant would be left"));
    if (history_is_excluded(&drawing->state->history, view->variant)) {
        draw_text(
            drawing, 2, row++, ROLE_WARNING,
            draw_keys(drawing, _("left out by hand everywhere; {exclude} takes it back")));
    }
    return draw_figures(drawing, full, j, row);
}

static size_t draw_near(const struct drawing *drawing, size_t pair,
                        const struct harmonised *row, size_t line)
{
    if (drawing->area.rows < line + 4) {
        return 0;
    }
    size_t named = drawing->area.columns < 70 ? 1 : drawing->area.columns < 100 ? 2 : 3;
    struct drawing text = draw_part(drawing, line, 2);
    text.area.column += 2;
    text.area.columns -= 3;
    size_t lines =
        draw_wrapped(&text, 0, 0, ROLE_DIM,
                     variant_near_words(drawing->state, pair, row, named, drawing->scratch));
    return lines < 2 ? lines : 2;
}

void variant_view_draw(struct view *base, const struct drawing *drawing)
{
    struct variant_view *view = (struct variant_view *)base;
    size_t pair, count;
    const struct harmonised *row = variant_view_row(view, drawing->state, &pair);
    if (row == NULL) {
        draw_text(drawing, 2, 1, ROLE_DIM, _("The variant takes no part in this direction."));
        return;
    }
    size_t line = draw_read(drawing, row);
    line = draw_influence(drawing, view, pair, line);
    line += draw_near(drawing, pair, row, line);
    struct variant_service *services =
        variant_services(view, drawing->state, drawing->scratch, &count);
    draw_rule(drawing, line++);
    view->first_line = line + 1;
    size_t left = drawing->area.rows > line ? drawing->area.rows - line : 0;
    struct drawing rest = draw_part(drawing, line, left);
    variant_draw_services(view, &rest, services, count);
}
