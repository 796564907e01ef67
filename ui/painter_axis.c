#include "ui/painter_parts.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/glyphs.h"

void parts_glyph(struct canvas *canvas, size_t column, size_t row, enum role role,
                 const char *glyph)
{
    char *prepared = glyphs_text(glyph, canvas->ascii);
    canvas_text(canvas, column, row, 1, role, prepared);
    memory_free(prepared);
}

size_t parts_width(const struct canvas *canvas, const char *text)
{
    char *prepared = glyphs_text(text, canvas->ascii);
    size_t width = text_width(prepared);
    memory_free(prepared);
    return width;
}

/* Where a label of `width` stands so that it is over its tick; it may be moved at the edges. */
static size_t label_start(size_t tick, size_t width, size_t columns)
{
    size_t half = (width - 1) / 2;
    size_t start = tick > half ? tick - half : 0;
    return start + width > columns ? columns - width : start;
}

/* Whether `width` cells from `start` and one on each side are still free. */
static bool is_free(const bool *taken, size_t columns, size_t start, size_t width)
{
    size_t end = start + width < columns ? start + width : columns - 1;
    for (size_t i = start > 0 ? start - 1 : 0; i <= end; i++) {
        if (taken[i]) {
            return false;
        }
    }
    return true;
}

/* A place on the canvas and which of its cells hold labels already. */
struct labels {
    struct canvas *canvas;
    size_t column, row, columns;
    bool *taken;
};

static void place_label(struct labels *labels, size_t at, const char *text)
{
    size_t width = parts_width(labels->canvas, text);
    if (width == 0 || width > labels->columns) {
        return;
    }
    size_t start = label_start(at, width, labels->columns);
    if (!is_free(labels->taken, labels->columns, start, width)) {
        return;
    }
    for (size_t i = 0; i < width; i++) {
        labels->taken[start + i] = true;
    }
    canvas_text(labels->canvas, labels->column + start, labels->row, width, ROLE_HEADING, text);
}

void painter_axis(struct canvas *canvas, size_t column, size_t row, size_t columns,
                  const struct axis *axis)
{
    if (columns == 0 || row >= canvas->rows) {
        return;
    }
    struct labels labels = {canvas, column, row, columns, memory_get(columns, sizeof(bool))};
    size_t null = parts_null_column(axis, columns);
    /* The null's label has its place for certain, the others where there is room. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < axis->tick_count; i++) {
            bool is_null = null != CHART_NO_MARK && axis->ticks[i].at == axis->null;
            if (is_null == (pass == 0)) {
                place_label(&labels,
                            is_null ? null : parts_column(axis, columns, axis->ticks[i].at),
                            axis->ticks[i].label);
            }
        }
    }
    memory_free(labels.taken);
}
