#include "ui/explorer/outcomes_draw.h"

#include "base/i18n.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

struct outcomes_layout outcomes_layout_of(const struct drawing *drawing)
{
    struct outcomes_layout layout = {0};
    size_t columns = drawing->area.columns;
    layout.has_direction = columns >= 100;
    layout.has_chance = columns >= 72;
    layout.significant = columns - 13;
    layout.chance = layout.significant - (layout.has_chance ? 10 : 0);
    layout.nominal = layout.chance - 8;
    layout.tested = layout.nominal - 8;
    layout.direction = layout.tested - (layout.has_direction ? 9 : 0);
    layout.names = layout.direction - 4;
    return layout;
}

static void draw_number(const struct drawing *drawing, size_t column, size_t columns,
                        size_t row, enum role role, size_t number)
{
    draw_right(drawing, column, row, columns, role,
               arena_format(drawing->scratch, "%zu", number));
}

void outcomes_draw_row(const struct drawing *drawing, const struct outcomes_layout *layout,
                       const struct outcomes_row *of, size_t row)
{
    const struct state *state = drawing->state;
    bool forward = of->direction == FORWARD,
         is_here = of->outcome == state->outcome && of->direction == state->direction;
    draw_text(drawing, 1, row, ROLE_KEY, is_here ? "●" : " ");
    draw_fit(drawing, 3, row, layout->names, ROLE_TEXT,
             arena_format(drawing->scratch, forward ? _("taxa → %s") : _("%s → taxa"),
                          of->trait->name));
    if (layout->has_direction) {
        draw_text(drawing, layout->direction, row, ROLE_DIM, words_direction(of->direction));
    }
    if (!of->is_counted) {
        draw_format(drawing, layout->tested, row, ROLE_DIM, _("… %zu of %zu computed"),
                    of->count.analysed, of->count.pairs);
        return;
    }
    draw_number(drawing, layout->tested, 8, row, ROLE_TEXT, of->count.tested);
    draw_number(drawing, layout->nominal, 8, row, ROLE_TEXT, of->count.nominal);
    if (layout->has_chance) {
        draw_right(drawing, layout->chance, row, 10, ROLE_DIM,
                   arena_format(drawing->scratch, "%.1f", of->count.expected));
    }
    draw_number(drawing, layout->significant, 8, row,
                of->count.significant > 0 ? ROLE_TITLE : ROLE_TEXT, of->count.significant);
}

void outcomes_draw_heads(const struct drawing *drawing, const struct outcomes_layout *layout,
                         size_t row)
{
    draw_fit(drawing, 3, row, layout->names, ROLE_HEADING, _("outcome and direction"));
    draw_right(drawing, layout->tested, row, 8, ROLE_HEADING, _("tested"));
    draw_right(drawing, layout->nominal, row, 8, ROLE_HEADING, "p<.05");
    if (layout->has_chance) {
        draw_right(drawing, layout->chance, row, 10, ROLE_HEADING, _("by chance"));
    }
    draw_right(drawing, layout->significant, row, 8, ROLE_HEADING, "q<.05");
}

/* A path without its folders: the study's own folder stands in its title. */
static const char *file_name(const char *path)
{
    if (path == NULL) {
        return "-";
    }
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

void outcomes_draw_trait(const struct drawing *drawing, const struct trait *trait, size_t row)
{
    struct arena *arena = drawing->scratch;
    draw_rule(drawing, row);
    draw_format(drawing, 2, row + 1, ROLE_TITLE, "%s%s%s", trait->name,
                trait->cohort == NULL ? "" : " · ", trait->cohort == NULL ? "" : trait->cohort);
    if (!isnan(trait->n)) {
        draw_format(drawing, 2, row + 2, ROLE_TEXT,
                    isnan(trait->cases) ? "N %s" : _("N %s, %s cases"),
                    draw_thousands(trait->n, arena), draw_thousands(trait->cases, arena));
    }
    draw_fit(drawing, 2, row + 3, drawing->area.columns - 3, ROLE_DIM,
             arena_format(arena, _("unit %s · file %s"), trait_unit_key(trait->unit),
                          file_name(trait->file)));
}
