#include "chart/words.h"
#include "ui/explorer/compare_view.h"

#include "base/i18n.h"
#include "base/map.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/taxa_values.h"
#include <math.h>
#include <stdint.h>

enum { NAME_LEAST = 24, NAME_MOST = 40, CELL = 5 };

/* Where the cells stand, and how many variants each two taxa have in common. */
struct matrix {
    size_t name, count, first;
    size_t shared[COMPARE_MOST][COMPARE_MOST];
};

/* Each variant once, with the taxa that it stands for as bits. */
static size_t gather(const struct compare_view *view, const struct drawing *drawing,
                     uint32_t **taxa)
{
    size_t most = 1, count = 0, place;
    for (size_t i = 0; i < view->nodes.count; i++) {
        most += compare_view_pair(view, drawing->state, i)->count;
    }
    *taxa = arena_get(drawing->scratch, most, sizeof **taxa);
    struct map *variants = map_create();
    for (size_t i = 0; i < view->nodes.count; i++) {
        const struct pair *pair = compare_view_pair(view, drawing->state, i);
        for (size_t j = 0; j < pair->count; j++) {
            const char *variant = pair_variant(pair, j);
            if (!map_get(variants, variant, &place)) {
                place = count++;
                (void)map_set(variants, variant, place);
            }
            (*taxa)[place] |= UINT32_C(1) << i;
        }
    }
    map_destroy(variants);
    return count;
}

static void fill_shared(struct matrix *matrix, const struct compare_view *view,
                        const struct drawing *drawing)
{
    uint32_t *taxa;
    size_t variants = gather(view, drawing, &taxa), count = view->nodes.count;
    for (size_t v = 0; v < variants; v++) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; (taxa[v] >> i & 1) != 0 && j < count; j++) {
                matrix->shared[i][j] += taxa[v] >> j & 1;
            }
        }
    }
}

/* Jaccard's index: what two have in common, of what they have together; NaN for none. */
static double jaccard(size_t shared, const struct pair *one, const struct pair *other)
{
    size_t together = one->count + other->count - shared;
    return together == 0 ? NAN : (double)shared / (double)together;
}

/* ".57", "1", "·" for nothing in common. */
static const char *jaccard_text(double index, struct arena *arena)
{
    if (isnan(index)) {
        return "-";
    }
    /* Not rounded to what it is not: neither to none nor to all. */
    double hundredths = round(index * 100);
    if (index <= 0) {
        return "·";
    }
    if (index >= 1) {
        return "1";
    }
    hundredths = fmin(fmax(hundredths, 1), 99);
    return arena_format(arena, ".%02.0f", hundredths);
}

static void draw_row(const struct compare_view *view, const struct drawing *drawing,
                     size_t taxon, size_t row, void *more)
{
    const struct matrix *matrix = more;
    const struct pair *pair = compare_view_pair(view, drawing->state, taxon);
    compare_draw_name(view, drawing, taxon, row, matrix->name);
    draw_right(drawing, matrix->name, row, 4, ROLE_TEXT,
               arena_format(drawing->scratch, "%zu", pair->count));
    for (size_t i = 0; i < matrix->count; i++) {
        size_t other = matrix->first + i, at = matrix->name + 4 + i * CELL;
        if (other == taxon) {
            draw_right(drawing, at, row, CELL, ROLE_DIM, "═");
            continue;
        }
        const struct pair *its = compare_view_pair(view, drawing->state, other);
        double index = jaccard(matrix->shared[taxon][other], pair, its);
        draw_right(drawing, at, row, CELL,
                   index >= 1  ? ROLE_WARNING
                   : index > 0 ? ROLE_TEXT
                               : ROLE_DIM,
                   jaccard_text(index, drawing->scratch));
    }
}

void compare_draw_shared(struct compare_view *view, const struct drawing *drawing,
                         size_t height)
{
    size_t width = drawing->area.columns, name = width / 3;
    struct matrix matrix = {.name = name < NAME_LEAST  ? NAME_LEAST
                                    : name > NAME_MOST ? NAME_MOST
                                                       : name};
    size_t fitting = (width - matrix.name - 5) / CELL;
    view->columns = view->nodes.count;
    matrix.count = view->seen = fitting < view->columns ? fitting : view->columns;
    size_t last = view->columns - view->seen;
    matrix.first = view->first = view->first < last ? view->first : last;
    draw_fit(drawing, 1, 1, width - 2, ROLE_DIM,
             matrix.count < view->columns
                 ? arena_format(drawing->scratch,
                                _("Jaccard: shared variants of those in both · ← → %zu-%zu of "
                                  "%zu"),
                                matrix.first + 1, matrix.first + matrix.count, view->columns)
                 : _("Jaccard: shared variants of those in both together; 1 = the same set"));
    draw_text(drawing, 4, 2, ROLE_HEADING, taxa_table_name(drawing->state));
    draw_right(drawing, matrix.name, 2, 4, ROLE_HEADING, "J");
    for (size_t i = 0; i < matrix.count; i++) {
        draw_right(drawing, matrix.name + 4 + i * CELL, 2, CELL, ROLE_HEADING,
                   arena_format(drawing->scratch, "%zu", matrix.first + i + 1));
    }
    fill_shared(&matrix, view, drawing);
    compare_draw_rows(view, drawing, 3, height, draw_row, &matrix);
}

/* The variants that two pairs share, a comma between. */
static const char *shared_names(const struct pair *one, const struct pair *other,
                                struct arena *arena)
{
    const char *names = "";
    size_t place;
    struct map *variants = map_create();
    for (size_t j = 0; j < other->count; j++) {
        (void)map_set(variants, pair_variant(other, j), j);
    }
    for (size_t j = 0, listed = 0; j < one->count && listed < 12; j++) {
        if (map_get(variants, pair_variant(one, j), &place)) {
            names = arena_format(arena, "%s%s%s", names, listed++ > 0 ? ", " : "",
                                 pair_variant(one, j));
        }
    }
    map_destroy(variants);
    return names;
}

void compare_draw_partners(const struct compare_view *view, const struct drawing *drawing)
{
    struct arena *arena = drawing->scratch;
    size_t here = view->list.cursor, row = 2;
    const struct pair *pair = compare_view_pair(view, drawing->state, here);
    draw_rule(drawing, 0);
    draw_fit(drawing, 1, 1, drawing->area.columns - 2, ROLE_TITLE,
             arena_format(arena,
                          ngettext("%s: %zu variant, shared with",
                                   "%s: %zu variants, shared with", pair->count),
                          words_trait(compare_view_node(view, here)->trait, arena),
                          pair->count));
    for (size_t i = 0; i < view->nodes.count && row < drawing->area.rows; i++) {
        const struct pair *other = compare_view_pair(view, drawing->state, i);
        size_t shared = i == here ? 0 : taxa_values_shared(pair, other);
        if (shared > 0) {
            draw_fit(drawing, 2, row++, drawing->area.columns - 3, ROLE_TEXT,
                     arena_format(arena, _("%zu %s: %zu of its %zu: %s"), i + 1,
                                  words_trait(compare_view_node(view, i)->trait, arena), shared,
                                  other->count, shared_names(pair, other, arena)));
        }
    }
    if (row == 2) {
        draw_text(drawing, 2, 2, ROLE_DIM, _("none of the other taxa compared"));
    }
}
