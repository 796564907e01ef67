/*
 * Texts of a figure within a page, as elements: they can be read aloud, searched and copied. A
 * line is as long as it was measured, whatever fonts the reader has.
 */
#include "base/memory.h"
#include "report/figure_parts.h"
#include "report/html.h"
#include <math.h>

/* Of most texts, which the page's style sets; see SIZE in figure.c. */
#define USUAL_SIZE 7.5

static void add_place(const struct figure *figure, double x, double y)
{
    cairo_matrix_t matrix;
    cairo_get_matrix(figure->cairo, &matrix);
    bool is_turned = matrix.xy != 0 || matrix.xx != 1;
    if (is_turned) {
        text_addf(figure->words, " transform=\"matrix(%.4f,%.4f,%.4f,%.4f,%.2f,%.2f)\"",
                  matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0);
    } else {
        cairo_user_to_device(figure->cairo, &x, &y);
    }
    text_addf(figure->words, " x=\"%.1f\" y=\"%.1f\"", x, y);
}

static void add_line(const struct figure *figure, const char *words, double x, double y,
                     double width, enum figure_weight weight, int ink)
{
    text_add(figure->words, "<text");
    add_place(figure, x, y);
    text_addf(figure->words, " textLength=\"%.1f\"", width);
    if (ink != INK_TEXT || weight == WEIGHT_BOLD) {
        text_addf(figure->words, " class=\"t%d%s\"", ink, weight == WEIGHT_BOLD ? " b" : "");
    }
    if (fabs(figure->size - USUAL_SIZE) > 0.01) {
        text_addf(figure->words, " style=\"font-size:%.1fpx\"", figure->size);
    }
    text_add(figure->words, ">");
    html_text(figure->words, words);
    text_add(figure->words, "</text>\n");
}

void figure_words(const struct figure *figure, PangoLayout *layout, double x, double y,
                  enum figure_weight weight, int ink)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    const char *all = pango_layout_get_text(layout);
    do {
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
        PangoRectangle box;
        double baseline = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE;
        pango_layout_iter_get_line_extents(iter, NULL, &box);
        char *words = memory_copy_bytes(all + line->start_index, (size_t)line->length);
        if (box.width > 0) {
            add_line(figure, words, x + (double)box.x / PANGO_SCALE, y + baseline,
                     (double)box.width / PANGO_SCALE, weight, ink);
        }
        memory_free(words);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}
