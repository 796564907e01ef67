#include "chart/cell.h"

#include "base/i18n.h"
#include "chart/words.h"
#include <math.h>

struct mark *cells_empty(size_t count, struct arena *arena)
{
    struct mark *cells = arena_get(arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++) {
        cells[i].kind = MARK_CELL;
        cells[i].x = cells[i].y = cells[i].weight = NAN;
        cells[i].x_lower = cells[i].x_upper = cells[i].y_lower = cells[i].y_upper = NAN;
    }
    return cells;
}

static const char *cell_text(const struct estimate *estimate, double q)
{
    static const char *const texts[2][2][3] = {{{"-", "--", "---"}, {"-*", "--*", "---*"}},
                                               {{"+", "++", "+++"}, {"+*", "++*", "+++*"}}};
    int weight = estimate->contains_null ? 0 : estimate->neglog10_p > 3 ? 2 : 1;
    return texts[estimate->b > 0][q < 0.05][weight];
}

void cell_set(struct mark *mark, const struct estimate *estimate, double q)
{
    if (estimate == NULL) {
        mark->label = "?";
        return;
    }
    mark->x = estimate->b;
    mark->contains_null = estimate->contains_null;
    mark->weight = fmin(1, estimate->neglog10_p / CELL_SUREST);
    mark->label = cell_text(estimate, q);
}

const char *cell_legend(double level, struct arena *arena)
{
    return arena_format(arena,
                        _("+ more, - less · ++ -- the %s interval excludes no effect "
                          "· +++ --- and p < .001 · * q < .05 · ? no estimate · "
                          "blank: not tested"),
                        words_level(level, arena));
}
