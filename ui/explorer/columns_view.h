/*
 * A file before it is read: its columns, what each is taken for, and what the file is. The
 * first rows say what will be done; Enter on one of them changes it.
 */
#ifndef UI_EXPLORER_COLUMNS_VIEW_H
#define UI_EXPLORER_COLUMNS_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/opening_files.h"
#include "ui/explorer/source_columns.h"
#include "ui/explorer/views.h"

/* The rows above those of the columns. */
enum columns_choice {
    CHOICE_READ,
    CHOICE_SIDE,
    CHOICE_NAME,
    CHOICE_UNIT,
    CHOICE_THRESHOLD,
    CHOICES
};

struct columns_view {
    struct view base;
    struct source source;
    enum opening_side side;
    struct arena *arena; /* of columns */
    struct source_columns columns;
    char *problem; /* why it cannot be read, or could not; NULL */
    struct list list;
};

/* Why Enter on the first row would do nothing, or NULL. */
const char *columns_view_problem(const struct columns_view *view);

/* What the first row does. */
const char *columns_view_aim(const struct columns_view *view, const struct state *state);

/* Reads the beginning of the file again, after what is said of its columns has changed. */
void columns_view_read(struct columns_view *view);

/* Changes what is said of the file, by an order; by a menu for the row at the cursor. */
struct effect columns_set(struct columns_view *view, const struct order *order);
struct effect columns_set_menu(struct columns_view *view);

/* Why the file, or both, could not be read. */
void columns_view_fail(struct view *view, const char *problem);

void columns_view_draw(struct view *view, const struct drawing *drawing);

#endif
