/*
 * The form of what the next computation does: settings, methods, parameters of single methods.
 * In: keys. Out: lines like "set boot 5000" and "methods ivw,egger", done as a script would.
 */
#ifndef UI_EXPLORER_SETTINGS_VIEW_H
#define UI_EXPLORER_SETTINGS_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

enum settings_kind { SETTINGS_RUN, SETTINGS_HEAD, SETTINGS_VALUE, SETTINGS_METHOD };

/* A row; `index` of the value (asked.h), of the method (methods_all) or of the heading. */
struct settings_row {
    enum settings_kind kind;
    size_t index;
};

struct settings_view {
    struct view base;
    struct list list;
};

size_t settings_row_count(void);
struct settings_row settings_row_at(size_t row);
/* The key of a method or a value; NULL for other rows. */
const char *settings_row_key(struct settings_row row);

void settings_view_draw(struct view *view, const struct drawing *drawing);

#endif
