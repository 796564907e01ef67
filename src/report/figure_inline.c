/*
 * A figure within a page: cairo's SVG without what a page has already. Ids get a prefix,
 * colours become the page's, what says nothing goes, numbers keep one decimal. Whatever is not
 * known here stays as cairo wrote it.
 */
#include "base/i18n.h"
#include "report/figure.h"
#include "report/figure_parts.h"
#include "report/html.h"
#include <cairo-svg.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_PER_MM (72 / 25.4)

/* What the page's style says of every figure. */
static const char *const said[] = {
    "stroke-linecap:butt;", "stroke-linejoin:round;", "stroke-opacity:1;",
    "fill-opacity:1;",      "stroke-miterlimit:10;",  " transform=\"matrix(1,0,0,1,0,0)\"",
    "fill-rule:nonzero;",   "stroke-width:1;",        " stroke:none;",
};

static size_t said_length(const char *at)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        size_t length = strlen(said[i]);
        if (strncmp(at, said[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

/* Red, green and blue of "rgb(10%,20%,30%)", 0 to 1, and its end; NULL where it is none. */
static const char *read_colour(const char *at, double colour[3])
{
    at += strlen("rgb(");
    for (int i = 0; i < 3; i++) {
        char *end;
        colour[i] = strtod(at, &end) / 100;
        if (end == at || *end != '%') {
            return NULL;
        }
        at = end + 1;
        at += strspn(at, i < 2 ? ", " : "");
    }
    return *at == ')' ? at + 1 : NULL;
}

/* A tint of white paper is the same tint of any other. */
static void add_tint(struct text *page, const double colour[3])
{
    double clear = fmin(colour[0], fmin(colour[1], colour[2])), depth = 1 - clear;
    text_add(page, "rgba(");
    for (int i = 0; i < 3; i++) {
        text_addf(page, "%.0f,", 255 * (colour[i] - clear) / depth);
    }
    text_addf(page, "%.2f)", depth);
}

static const char *add_colour(struct text *page, const char *at)
{
    double colour[3];
    const char *end = read_colour(at, colour);
    if (end == NULL) {
        text_add(page, "rgb(");
        return at + strlen("rgb(");
    }
    int ink = figure_ink_of(colour[0], colour[1], colour[2]);
    if (ink >= 0) {
        text_addf(page, "var(--ink%d)", ink);
    } else if (fmin(colour[0], fmin(colour[1], colour[2])) > .999) {
        text_add(page, "var(--paper)");
    } else {
        add_tint(page, colour);
    }
    return end;
}

/* What the references to ids begin with. */
static const char *const references[] = {" id=\"", "href=\"#", "url(#"};

static const char *reference_at(const char *at)
{
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (strncmp(at, references[i], strlen(references[i])) == 0) {
            return references[i];
        }
    }
    return NULL;
}

/* A number with a fraction, unless it is part of a name. */
static bool is_fraction(const char *begin, const char *at)
{
    size_t digits = strspn(at, "0123456789");
    bool is_inside = at > begin && (isalnum((unsigned char)at[-1]) || at[-1] == '.');
    return !is_inside && digits > 0 && at[digits] == '.';
}

static const char *add_fraction(struct text *page, const char *at)
{
    char *end, shown[64];
    int length = snprintf(shown, sizeof shown, "%.1f", strtod(at, &end));
    bool is_whole = length > 2 && shown[length - 1] == '0';
    text_add_bytes(page, shown, (size_t)(is_whole ? length - 2 : length));
    return end;
}

/* Where a path ends that goes back to its beginning once more, " Z M 1 2"; NULL elsewhere. */
static const char *closed_end(const char *at)
{
    static const char closes[] = " Z M ";
    if (strncmp(at, closes, sizeof closes - 1) != 0) {
        return NULL;
    }
    at += sizeof closes - 1;
    at += strspn(at, "0123456789.- ");
    return *at == '"' ? at : NULL;
}

/* Where an id ends that cairo counts over the whole process and nothing refers to; NULL
 * elsewhere. */
static const char *counted_end(const char *at)
{
    static const char begins[] = " id=\"surface";
    const char *end = at + sizeof begins - 1;
    if (strncmp(at, begins, sizeof begins - 1) != 0) {
        return NULL;
    }
    end += strspn(end, "0123456789");
    return *end == '"' ? end + 1 : NULL;
}

/* The SVG from behind its first tag on, up to its last. */
static void add_body(struct text *page, const char *begin, const char *end, const char *id)
{
    const char *at = begin;
    while (at < end) {
        const char *reference = reference_at(at);
        const char *closed = closed_end(at), *counted = counted_end(at);
        size_t known = said_length(at);
        if (known > 0) {
            at += known;
        } else if (closed != NULL) {
            text_add(page, "Z");
            at = closed;
        } else if (counted != NULL) {
            at = counted;
        } else if (reference != NULL) {
            text_addf(page, "%s%s-", reference, id);
            at += strlen(reference);
        } else if (strncmp(at, "rgb(", 4) == 0) {
            at = add_colour(page, at);
        } else if (is_fraction(begin, at)) {
            at = add_fraction(page, at);
        } else {
            text_add_bytes(page, at++, 1);
        }
    }
}

static void add_head(struct text *page, const struct chart *chart, const char *title,
                     double width, double height, const char *id)
{
    text_addf(page,
              "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" "
              "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 %.1f %.1f\" "
              "role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
              width, height, id, id, id);
    html_text(page, title);
    text_add(page, title == NULL ? "" : ": ");
    html_text(page, chart->title);
    text_addf(page, "</title>\n<desc id=\"%s-desc\">", id);
    html_text(page, chart->sentence);
    text_add(page, "</desc>\n");
}

static cairo_status_t paint(const struct chart *chart, const struct figure_options *options,
                            double height, struct text *drawing, struct text *words)
{
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        figure_collect, drawing, options->width * POINTS_PER_MM, height);
    cairo_t *cairo = cairo_create(surface);
    (void)figure_draw_all(chart, options, cairo, words);
    cairo_show_page(cairo);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    status = status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

bool figure_inline(const struct chart *chart, const struct figure_options *options,
                   const char *id, struct text *page, struct error *error)
{
    struct figure_options untitled = {.width = options->width, .dots = options->dots};
    struct text drawing = {0}, words = {0};
    double height = figure_height(chart, &untitled);
    cairo_status_t status = paint(chart, &untitled, height, &drawing, &words);
    const char *open = drawing.bytes == NULL ? NULL : strstr(drawing.bytes, "<svg");
    const char *begin = open == NULL ? NULL : strchr(open, '>');
    const char *end = begin == NULL ? NULL : strstr(begin, "</svg>");
    bool is_drawn = status == CAIRO_STATUS_SUCCESS && end != NULL;
    if (is_drawn) {
        add_head(page, chart, options->title, options->width * POINTS_PER_MM, height, id);
        add_body(page, begin + 1, end, id);
        text_add(page, words.bytes == NULL ? "" : words.bytes);
        text_add(page, "</svg>\n");
    } else {
        error_set(error, ERROR_SYSTEM, NULL, 0, NULL, _("the figure was not drawn: %s"),
                  cairo_status_to_string(status));
    }
    text_drop(&words);
    text_drop(&drawing);
    return is_drawn;
}
