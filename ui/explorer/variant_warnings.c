#include "base/i18n.h"
#include "chart/chart.h"
#include "instrument/regions.h"
#include "ui/explorer/variant_parts.h"

static size_t draw_words(const struct drawing *drawing, size_t line, const char *words)
{
    struct drawing text = draw_part(drawing, line, 2);
    text.area.column += 2;
    text.area.columns -= 3;
    size_t lines = draw_wrapped(&text, 0, 0, ROLE_WARNING, words);
    return lines < 2 ? lines : 2;
}

size_t variant_draw_warnings(const struct drawing *drawing, const struct harmonised *row,
                             size_t line)
{
    struct arena *arena = drawing->scratch;
    size_t lines = 0;
    if (row->proxy != NULL) {
        lines += draw_words(
            drawing, line,
            arena_format(arena,
                         _("The outcome lacks it: the effect there is that of its proxy %s (r² "
                           "%s in the reference), under the alleles that go together."),
                         row->proxy, chart_number(row->proxy_r2, 2, arena)));
    }
    if (row->region != NULL) {
        lines += draw_words(
            drawing, line + lines,
            arena_format(
                arena,
                _("! In the %s region, which acts on many traits: %s. It may reach the "
                  "outcome by another way than the exposure."),
                row->region->name, regions_why(row->region)));
    }
    return lines;
}
