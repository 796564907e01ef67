#include "base/memory.h"
#include "base/text.h"
#include "report/figure_parts.h"
#include <math.h>

/* Okabe and Ito's colours, which people with any colour vision tell apart. */
static const struct {
    double red, green, blue;
} inks[] = {{.1, .1, .1},     {.45, .45, .45}, {.35, .35, .35},   {0, .27, .5},
            {.6, .6, .6},     {0, .447, .698}, {.835, .369, 0},   {0, .62, .451},
            {.8, .475, .655}, {.9, .624, 0},   {.337, .706, .914}};

void figure_ink(const struct figure *figure, int ink)
{
    size_t at = (size_t)ink < sizeof inks / sizeof *inks ? (size_t)ink : INK_TEXT;

    cairo_set_source_rgb(figure->cairo, inks[at].red, inks[at].green, inks[at].blue);
}

int figure_ink_of(double red, double green, double blue)
{
    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++) {
        if (fabs(inks[i].red - red) < .002 && fabs(inks[i].green - green) < .002 &&
            fabs(inks[i].blue - blue) < .002) {
            return (int)i;
        }
    }
    return -1;
}

/* The caller ends it with g_object_unref. */
static PangoLayout *layout_of(const struct figure *figure, enum figure_weight weight,
                              const char *text)
{
    PangoLayout *layout = g_object_ref(figure->layout);
    PangoFontDescription *font = pango_font_description_new();
    char *clean = text_clean(text);

    pango_font_description_set_family(font, "Helvetica, Arial, Liberation Sans, Noto Sans, "
                                            "DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font, figure->size * PANGO_SCALE);
    pango_font_description_set_weight(font, weight == WEIGHT_BOLD ? PANGO_WEIGHT_BOLD
                                                                  : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_cairo_update_layout(figure->cairo, layout);
    pango_layout_set_width(layout, -1);
    pango_layout_set_text(layout, clean, -1);
    pango_font_description_free(font);
    memory_free(clean);
    return layout;
}

double figure_text(const struct figure *figure, double x, double y, double room,
                   enum figure_align align, enum figure_weight weight, int ink,
                   const char *text)
{
    PangoLayout *layout = layout_of(figure, weight, text);
    int width, height;

    if (room > 0) {
        pango_layout_set_width(layout, (int)(room * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    pango_layout_get_size(layout, &width, &height);
    x -= align == ALIGN_LEFT     ? 0
         : align == ALIGN_CENTRE ? (double)width / PANGO_SCALE / 2
                                 : (double)width / PANGO_SCALE;
    if (figure->words != NULL) {
        figure_words(figure, layout, x, y, weight, ink);
    } else {
        figure_ink(figure, ink);
        cairo_move_to(figure->cairo, x, y);
        pango_cairo_show_layout(figure->cairo, layout);
        cairo_new_path(figure->cairo);
    }
    g_object_unref(layout);
    return (double)height / PANGO_SCALE;
}

double figure_text_width(const struct figure *figure, enum figure_weight weight,
                         const char *text)
{
    PangoLayout *layout = layout_of(figure, weight, text);
    int width, height;

    pango_layout_get_size(layout, &width, &height);
    g_object_unref(layout);
    return (double)width / PANGO_SCALE;
}

double figure_line_height(const struct figure *figure)
{
    return 1.55 * figure->size;
}

double figure_across(const struct figure_box *box, const struct axis *axis, double value)
{
    return box->x + box->width * (value - axis->lower) / (axis->upper - axis->lower);
}

double figure_up(const struct figure_box *box, const struct axis *axis, double value)
{
    return box->y + box->height * (1 - (value - axis->lower) / (axis->upper - axis->lower));
}

void figure_segment(const struct figure *figure, double x0, double y0, double x1, double y1)
{
    cairo_move_to(figure->cairo, x0, y0);
    cairo_line_to(figure->cairo, x1, y1);
    cairo_stroke(figure->cairo);
}

void figure_series(const struct figure *figure, unsigned series)
{
    static const double dashes[][4] = {{1, 0},       {1, 0},       {5, 2},       {2, 2},
                                       {6, 2, 1, 2}, {3, 1, 1, 1}, {8, 3, 2, 3}, {1, 2}};
    static const int lengths[] = {0, 0, 2, 2, 4, 4, 4, 2};
    size_t at = series < sizeof lengths / sizeof *lengths ? series : 1;

    figure_ink(figure,
               series == MARK_FAINT || series == MARK_DOTTED ? INK_DIM : INK_SERIES + (int)at);
    cairo_set_dash(figure->cairo, dashes[at], lengths[at], 0);
    cairo_set_line_width(figure->cairo, series == MARK_FAINT ? 0.5 : 1);
}

/* Thin lines without dashes, for axes. */
static void plain(const struct figure *figure, int ink)
{
    figure_ink(figure, ink);
    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_set_line_width(figure->cairo, 0.6);
}

void figure_axis_below(struct figure *figure, const struct figure_box *box,
                       const struct axis *axis)
{
    double bottom = box->y + box->height, end = -INFINITY, tick = 3;

    plain(figure, INK_TEXT);
    figure_segment(figure, box->x, bottom, box->x + box->width, bottom);
    for (size_t i = 0; i < axis->tick_count; i++) {
        double at = figure_across(box, axis, axis->ticks[i].at);
        double half = figure_text_width(figure, WEIGHT_PLAIN, axis->ticks[i].label) / 2;

        plain(figure, INK_TEXT);
        figure_segment(figure, at, bottom, at, bottom + tick);
        if (at - half > end) {
            (void)figure_text(figure, at, bottom + tick + 1, 0, ALIGN_CENTRE, WEIGHT_PLAIN,
                              INK_TEXT, axis->ticks[i].label);
            end = at + half + figure->size / 2;
        }
    }
    figure->y = bottom + tick + figure_line_height(figure);
}

void figure_axis_left(const struct figure *figure, const struct figure_box *box,
                      const struct axis *axis)
{
    double tick = 3;

    plain(figure, INK_TEXT);
    figure_segment(figure, box->x, box->y, box->x, box->y + box->height);
    for (size_t i = 0; i < axis->tick_count; i++) {
        double at = figure_up(box, axis, axis->ticks[i].at);

        plain(figure, INK_TEXT);
        figure_segment(figure, box->x - tick, at, box->x, at);
        (void)figure_text(figure, box->x - tick - 2, at - 0.6 * figure->size, 0, ALIGN_RIGHT,
                          WEIGHT_PLAIN, INK_TEXT, axis->ticks[i].label);
    }
}
