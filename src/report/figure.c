#include "report/figure.h"
#include "base/i18n.h"
#include "report/figure_parts.h"
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#define POINTS_PER_MM (72 / 25.4)
#define MARGIN 10.0
#define SIZE 7.5        /* of text, as most journals ask for */
#define TALLEST 14000.0 /* points; PDF ends near there */

bool figure_format_of(const char *path, enum figure_format *format)
{
    static const char *const ends[] = {".svg", ".pdf", ".png"};
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot != NULL && i < sizeof ends / sizeof *ends; i++) {
        if (text_equal_fold(dot, ends[i])) {
            *format = (enum figure_format)i;
            return true;
        }
    }
    return false;
}

static void draw_title(struct figure *figure, const struct figure_options *options)
{
    double room = figure->width - 2 * figure->margin;

    if (options->title != NULL) {
        figure->size *= 1.2;
        figure->y += figure_text(figure, figure->margin, figure->y, room, ALIGN_LEFT,
                                 WEIGHT_BOLD, INK_TEXT, options->title) +
                     0.3 * figure->size;
        figure->size /= 1.2;
    }
    figure->y += figure_text(figure, figure->margin, figure->y, room, ALIGN_LEFT, WEIGHT_PLAIN,
                             INK_DIM, figure->chart->title) +
                 0.8 * figure->size;
}

/* The sentence first, unless a note says it. */
static void draw_notes(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    double room = figure->width - 2 * figure->margin;
    bool is_said = chart->sentence == NULL;
    /* The legend of a circle is drawn; notes explain its characters. */
    size_t notes = chart->is_circle ? 0 : chart->note_count;

    figure->y += 0.5 * figure->size;
    for (size_t i = 0; i < notes; i++) {
        is_said = is_said || chart->notes[i] == chart->sentence;
        figure->y += figure_text(figure, figure->margin, figure->y, room, ALIGN_LEFT,
                                 WEIGHT_PLAIN, INK_DIM, chart->notes[i]) +
                     0.2 * figure->size;
    }
    if (!is_said) {
        figure->y += figure_text(figure, figure->margin, figure->y, room, ALIGN_LEFT,
                                 WEIGHT_PLAIN, INK_DIM, chart->sentence) +
                     0.2 * figure->size;
    }
}

double figure_draw_all(const struct chart *chart, const struct figure_options *options,
                       cairo_t *cairo, struct text *words)
{
    struct figure figure = {.chart = chart,
                            .cairo = cairo,
                            .width = options->width * POINTS_PER_MM,
                            .margin = MARGIN,
                            .size = SIZE,
                            .y = MARGIN,
                            .arena = arena_create(),
                            .layout = pango_cairo_create_layout(cairo),
                            .words = words};

    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    draw_title(&figure, options);
    if (chart->path != NULL) {
        figure_draw_path(&figure);
    } else if (chart->is_circle) {
        figure_draw_circle(&figure);
    } else if (chart->is_flow) {
        figure_draw_flow(&figure);
    } else if (chart->grid_count > 0) {
        figure_draw_grid(&figure);
    } else if (chart->y.lower < chart->y.upper) {
        figure_draw_plane(&figure);
    } else {
        figure_draw_rows(&figure);
    }
    draw_notes(&figure);
    g_object_unref(figure.layout);
    arena_destroy(figure.arena);
    return figure.y + MARGIN;
}

/* From drawing it where nothing is kept. */
double figure_height(const struct chart *chart, const struct figure_options *options)
{
    cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cairo = cairo_create(nowhere);
    double height = figure_draw_all(chart, options, cairo, NULL);

    cairo_destroy(cairo);
    cairo_surface_destroy(nowhere);
    return height;
}

cairo_status_t figure_collect(void *bytes, const unsigned char *data, unsigned int length)
{
    text_add_bytes(bytes, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_of(enum figure_format format, double width, double height,
                                   double scale, struct text *bytes)
{
    switch (format) {
    case FIGURE_SVG:
        return cairo_svg_surface_create_for_stream(figure_collect, bytes, width, height);
    case FIGURE_PDF:
        return cairo_pdf_surface_create_for_stream(figure_collect, bytes, width, height);
    case FIGURE_PNG:
        break;
    }
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width * scale),
                                      (int)ceil(height * scale));
}

static cairo_status_t paint(const struct chart *chart, const struct figure_options *options,
                            enum figure_format format, cairo_surface_t *surface, double scale,
                            struct text *bytes)
{
    cairo_t *cairo = cairo_create(surface);
    cairo_status_t status;

    if (format == FIGURE_PNG) {
        cairo_scale(cairo, scale, scale);
    }
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    (void)figure_draw_all(chart, options, cairo, NULL);
    cairo_show_page(cairo);
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    if (status == CAIRO_STATUS_SUCCESS && format == FIGURE_PNG) {
        status = cairo_surface_write_to_png_stream(surface, figure_collect, bytes);
    }
    cairo_surface_finish(surface);
    return status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status(surface);
}

bool figure_draw(const struct chart *chart, const struct figure_options *options,
                 enum figure_format format, struct text *bytes, struct error *error)
{
    double width = options->width * POINTS_PER_MM, height = figure_height(chart, options);
    double scale = options->dots / 72;
    cairo_surface_t *surface;
    cairo_status_t status;

    if (height > TALLEST) {
        return error_set(error, ERROR_DATA, NULL, 0, NULL,
                         _("found %zu rows, more than a page holds; choose an outcome or fewer "
                           "variants"),
                         chart->row_count);
    }
    surface = surface_of(format, width, height, scale, bytes);
    status = paint(chart, options, format, surface, scale, bytes);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ||
           error_set(error, ERROR_SYSTEM, NULL, 0, NULL, _("the figure was not drawn: %s"),
                     cairo_status_to_string(status));
}
