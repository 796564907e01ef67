#include "ui/explorer/variant_parts.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/chart.h"
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

struct variant_service *variant_services(const struct variant_view *view,
                                         const struct state *state, struct arena *arena,
                                         size_t *count)
{
    const struct study *study = state->study;
    const struct trait *disease = state_disease(state);
    struct variant_service *services = arena_get(arena, study->pair_count, sizeof *services);
    *count = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        if (pair->direction != state->direction ||
            strcmp(study_disease(pair)->key, disease->key) != 0 ||
            study_taxon(pair) == view->taxon) {
            continue;
        }
        size_t j = variant_index(pair, view->variant);
        if (j != VARIANT_NONE) {
            services[(*count)++] = (struct variant_service){study_taxon(pair), i, j};
        }
    }
    return services;
}

static const char *short_words(const struct drawing *drawing, const struct estimate *estimate,
                               bool is_odds)
{
    return arena_format(drawing->scratch, "%s  p %s",
                        chart_number(is_odds ? exp(estimate->b) : estimate->b, is_odds ? 2 : 3,
                                     drawing->scratch),
                        chart_p(estimate->p, estimate->neglog10_p, drawing->scratch));
}

static void draw_service(const struct drawing *drawing, const struct variant_service *service,
                         size_t row, size_t names)
{
    const struct analysis *full = state_full_analysis(drawing->state, service->pair);
    draw_fit(drawing, 3, row, names - 1, ROLE_TEXT,
             taxa_name(service->taxon, drawing->scratch));
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
    draw_text(drawing, names + 28, row, has ? ROLE_TEXT : ROLE_DIM,
              has ? short_words(drawing, &without, is_odds) : _("no variant left"));
}

static void keep_cursor(struct variant_view *view, const struct variant_service *services,
                        size_t count)
{
    for (size_t i = 0; view->other != NULL && i < count; i++) {
        if (strcmp(services[i].taxon->key, view->other) == 0) {
            view->list.cursor = i;
        }
    }
}

void variant_draw_services(struct variant_view *view, const struct drawing *drawing,
                           const struct variant_service *services, size_t count)
{
    size_t names = drawing->area.columns >= 90 ? 38 : 26;
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
    draw_text(drawing, names + 28, 0, ROLE_HEADING, _("without it"));
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
