#include "ui/explorer/export_figure.h"
#include "ui/explorer/shown.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "report/figure.h"
#include <stdlib.h>
#include <string.h>

/* Of PNG, an inch; widths that are drawn. */
static const double DOTS = 300, NARROWEST = 40, WIDEST = 1000;

const char *export_figure_width(const char *text, double *millimetres)
{
    char *end;
    double number = text == NULL ? 0 : strtod(text, &end);
    bool is_width = number >= NARROWEST && number <= WIDEST && strncmp(end, "mm", 2) == 0 &&
                    (end[2] == ' ' || end[2] == '\0');
    if (!is_width) {
        return text;
    }
    *millimetres = number;
    const char *rest = end + 2 + strspn(end + 2, " ");
    return *rest == '\0' ? NULL : rest;
}

/* The screen's title on one line, with what must be said of its effects. */
static char *title_of(const struct view *view, const struct state *state, struct arena *arena)
{
    char *title = text_clean(view->kind->title(view, state, arena));
    struct text text = {0};
    for (const char *at = title; *at != '\0'; at++) {
        text_add_bytes(&text, *at == '\t' ? " · " : at, *at == '\t' ? strlen(" · ") : 1);
    }
    shown_end_title(state, &text);
    memory_free(title);
    return text_take(&text);
}

static bool write_figure(const struct chart *chart, const struct figure_options *how,
                         const char *path, struct error *error)
{
    enum figure_format format;
    struct text bytes = {0};
    bool is_known =
        figure_format_of(path, &format) ||
        error_set(error, ERROR_USAGE, NULL, 0, NULL,
                  _("found %s; write a name that ends in .svg, .pdf or .png"), path);
    bool is_written = is_known && figure_draw(chart, how, format, &bytes, error) &&
                      write_whole(path, bytes.bytes, bytes.length, error);
    text_drop(&bytes);
    return is_written;
}

static struct effect written(const char *path, double millimetres)
{
    return effect_message(_("the figure written to %s, %.0f mm wide"), path, millimetres);
}

struct effect export_figure(const struct view *view, const struct state *state,
                            double millimetres, const char *path)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    const struct chart *chart = view->kind->figure(view, state, arena);
    char *title = title_of(view, state, arena);
    struct figure_options how = {title, millimetres, DOTS};
    struct effect effect =
        chart == NULL ? effect_refuse("%s", _("there is nothing to write yet"))
        : write_figure(chart, &how, path, &error) ? written(path, millimetres)
                                                  : effect_error(&error);
    memory_free(title);
    arena_destroy(arena);
    return effect;
}
