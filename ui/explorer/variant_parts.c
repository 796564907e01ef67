#include "ui/explorer/variant_parts.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

size_t variant_index(const struct pair *pair, const char *variant)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (text_equal_fold(pair_variant(pair, j), variant)) {
            return j;
        }
    }
    return VARIANT_NONE;
}

/* Of two variants the other one's ratio is left; of more, leave-one-out has the answer. */
bool variant_without(const struct analysis *analysis, size_t j, struct estimate *without)
{
    size_t count = analysis->pair->count;
    if (count < 2) {
        return false;
    }
    if (count > 2) {
        *without = analysis->leave_one_out[j];
        return j + 1 < analysis->leave_one_out_count;
    }
    const struct single_variant *other = &analysis->singles[1 - j];
    *without = (struct estimate){.status = ESTIMATE_DONE,
                                 .variants = 1,
                                 .b = other->b,
                                 .se = other->se,
                                 .p = other->p,
                                 .neglog10_p = -log10(other->p),
                                 .lower = other->lower,
                                 .upper = other->upper,
                                 .contains_null = other->contains_null};
    return true;
}

const struct harmonised *variant_view_row(const struct variant_view *view,
                                          const struct state *state, size_t *index)
{
    const struct pair *pair = state_pair(state, view->taxon, index);
    for (size_t i = 0; pair != NULL && i < pair->row_count; i++) {
        if (strcmp(pair->rows[i].x.variant, view->variant) == 0) {
            return &pair->rows[i];
        }
    }
    return NULL;
}

/* Pairs of the direction: with the outcome shown, or with any other. */
static void add_services(const struct variant_view *view, const struct state *state,
                         bool is_shown, struct variant_service *services, size_t *count)
{
    const struct study *study = state->study;
    const char *shown = state_disease(state)->key;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        const struct trait *taxon = study_taxon(pair), *disease = study_disease(pair);
        bool is_here = strcmp(disease->key, shown) == 0,
             is_itself = is_here && strcmp(taxon->key, view->taxon->key) == 0;
        if (pair->direction != state->direction || is_here != is_shown || is_itself) {
            continue;
        }
        size_t j = variant_index(pair, view->variant);
        if (j != VARIANT_NONE) {
            services[(*count)++] =
                (struct variant_service){taxon, is_shown ? NULL : disease, i, j};
        }
    }
}

struct variant_service *variant_services(const struct variant_view *view,
                                         const struct state *state, struct arena *arena,
                                         size_t *count)
{
    struct variant_service *services =
        arena_get(arena, state->study->pair_count, sizeof *services);
    *count = 0;
    add_services(view, state, true, services, count);
    add_services(view, state, false, services, count);
    return services;
}

/* Wide screens have room for the interval. */
enum { WIDE = 116, WITHOUT = 18, WITHOUT_WIDE = 32 };

static const char *short_words(const struct drawing *drawing, const struct estimate *estimate,
                               bool is_odds)
{
    if (drawing->area.columns >= WIDE) {
        return arena_format(drawing->scratch, "%s p %s",
                            chart_interval(estimate->b, estimate->lower, estimate->upper,
                                           estimate->contains_null, is_odds, drawing->scratch),
                            chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
    }
    return arena_format(drawing->scratch, "%s  p %s",
                        chart_number(is_odds ? exp(estimate->b) : estimate->b, is_odds ? 2 : 3,
                                     drawing->scratch),
                        chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
}

static size_t without_at(const struct drawing *drawing, size_t names)
{
    return names + 10 + (drawing->area.columns >= WIDE ? WITHOUT_WIDE : WITHOUT);
}

/* "f Bifidobacteriaceae ≡2", two others on the same variants; with its outcome where that is
 * another than the one shown. */
static const char *service_name(const struct drawing *drawing,
                                const struct variant_service *service)
{
    struct arena *arena = drawing->scratch;
    const struct pair_result *result = state_pair_result(drawing->state, service->pair);
    const char *name = words_trait(service->taxon, arena);
    if (service->disease != NULL) {
        return arena_format(arena, "%s · %s", name, state_short_name(service->disease, arena));
    }
    return result == NULL || result->same_set == 0
               ? name
               : arena_format(arena, "%s ≡%zu", name, result->same_set);
}

static void draw_service(const struct drawing *drawing, const struct variant_service *service,
                         size_t row, size_t names)
{
    const struct analysis *full = state_full_analysis(drawing->state, service->pair);
    draw_fit(drawing, 3, row, names - 1, ROLE_TEXT, service_name(drawing, service));
    if (full == NULL) {
        draw_text(drawing, 3 + names, row, ROLE_DIM, "…");
        return;
    }
    bool is_odds = state_is_odds(drawing->state, full->pair);
    struct estimate without;
    draw_right(drawing, 3 + names, row, 4, ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", full->pair->count));
    if (full->main.status == ESTIMATE_DONE) {
        draw_text(drawing, names + 10, row, ROLE_TEXT,
                  short_words(drawing, &full->main, is_odds));
    }
    bool has = variant_without(full, service->row, &without);
    draw_text(drawing, without_at(drawing, names), row, has ? ROLE_TEXT : ROLE_DIM,
              has ? short_words(drawing, &without, is_odds) : _("no variant left"));
}

static void keep_cursor(struct variant_view *view, const struct variant_service *services,
                        size_t count)
{
    for (size_t i = 0; view->other != NULL && i < count; i++) {
        if (services[i].pair == view->other_pair) {
            view->list.cursor = i;
        }
    }
}

void variant_draw_services(struct variant_view *view, const struct drawing *drawing,
                           const struct variant_service *services, size_t count)
{
    size_t columns = drawing->area.columns, names = columns >= 90   ? 38
                                                    : columns >= 70 ? 26
                                                                    : 18;
    size_t height = drawing->area.rows > 1 ? drawing->area.rows - 1 : 0;
    keep_cursor(view, services, count);
    list_fit(&view->list, count, height);
    if (count == 0) {
        draw_text(drawing, 2, 0, ROLE_DIM, _("It stands for no other trait of this study."));
        return;
    }
    draw_format(drawing, 2, 0, ROLE_HEADING, _("It also stands for %zu"), count);
    draw_right(drawing, 3 + names, 0, 4, ROLE_HEADING, "J");
    draw_text(drawing, names + 10, 0, ROLE_HEADING, _("with it"));
    draw_text(drawing, without_at(drawing, names), 0, ROLE_HEADING, _("without it"));
    for (size_t i = 0; i < height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_service(drawing, &services[row], i + 1, names);
        if (row == view->list.cursor) {
            draw_selected(drawing, i + 1);
        }
    }
}
