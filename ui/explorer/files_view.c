#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/folder.h"
#include "ui/explorer/list.h"
#include "ui/explorer/opening_files.h"
#include "ui/explorer/views.h"
#include <string.h>

/* Folders and files to choose from; the first row is the folder above. */
struct files_view {
    struct view base;
    char *folder;
    char *problem; /* why the folder cannot be shown; NULL */
    struct arena *arena;
    struct array entries; /* struct folder_entry */
    size_t left_out;
    struct list list;
};

static struct files_view *self(struct view *view)
{
    return (struct files_view *)view;
}

static const struct folder_entry *entry_at(const struct files_view *view, size_t row)
{
    return row == 0 || row > view->entries.count ? NULL : array_at(&view->entries, row - 1);
}

static void go_to_name(struct files_view *view, const char *name)
{
    for (size_t row = 1; row <= view->entries.count; row++) {
        if (strcmp(entry_at(view, row)->name, name) == 0) {
            view->list.cursor = row;
        }
    }
}

static void read_folder(struct files_view *view)
{
    struct error error = {0};
    array_clear(&view->entries);
    arena_reset(view->arena, (struct arena_mark){0});
    memory_free(view->problem);
    view->problem = NULL;
    if (!folder_read(view->folder, view->arena, &view->entries, &view->left_out, &error)) {
        view->problem = error_message(&error);
        error_clear(&error);
    }
    view->list.cursor = view->list.first = 0;
    list_fit(&view->list, view->entries.count + 1,
             view->list.height > 0 ? view->list.height : 1);
}

static struct effect enter(struct files_view *view, char *folder, const char *from)
{
    memory_free(view->folder);
    view->folder = folder;
    read_folder(view);
    if (from != NULL) {
        go_to_name(view, from);
    }
    return effect_none();
}

/* The folder that was left is where the cursor then stands. */
static struct effect go_up(struct files_view *view)
{
    char *above = folder_above(view->folder);
    const char *slash = strrchr(view->folder, '/');
    char *from = memory_copy_text(slash == NULL ? view->folder : slash + 1);
    struct effect effect = enter(view, above, from);
    memory_free(from);
    return effect;
}

static struct effect open_row(struct files_view *view, struct state *state)
{
    const struct folder_entry *entry = entry_at(view, view->list.cursor);
    if (entry == NULL) {
        return go_up(view);
    }
    char *path = folder_inside(view->folder, entry->name);
    if (entry->is_folder) {
        return enter(view, path, NULL);
    }
    struct effect effect = columns_view_choose(state, path);
    memory_free(path);
    return effect;
}

static const char *size_words(double bytes, struct arena *arena)
{
    static const char *const units[] = {"B", "KB", "MB", "GB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit < 3) {
        bytes /= 1000;
        unit++;
    }
    return arena_format(arena, unit == 0 || bytes >= 100 ? "%.0f %s" : "%.1f %s", bytes,
                        units[unit]);
}

static void draw_row(const struct drawing *drawing, const struct folder_entry *entry,
                     size_t line)
{
    size_t columns = drawing->area.columns, names = columns - 22;
    if (entry == NULL) {
        draw_text(drawing, 2, line, ROLE_KEY, "../");
        return;
    }
    char *clean = text_clean(entry->name);
    draw_fit(drawing, 2, line, names, entry->is_folder ? ROLE_KEY : ROLE_TEXT,
             arena_format(drawing->scratch, "%s%s", clean, entry->is_folder ? "/" : ""));
    memory_free(clean);
    draw_right(drawing, names + 3, line, 10, ROLE_DIM,
               entry->is_folder ? _("folder") : size_words(entry->size, drawing->scratch));
    draw_text(drawing, names + 15, line, ROLE_DIM, entry->is_gzip ? "gzip" : "");
}

/* What is chosen already, and what Enter does. */
static void draw_foot(const struct files_view *view, const struct drawing *drawing, size_t row)
{
    const struct opening *opening = drawing->state->opening;
    draw_rule(drawing, row);
    for (int side = 0; opening != NULL && side < 2; side++) {
        const char *path = opening->sides[side].path;
        if (path != NULL) {
            draw_fit(drawing, 2, row + 1, drawing->area.columns - 3, ROLE_TITLE,
                     arena_format(drawing->scratch,
                                  side == SIDE_EXPOSURE
                                      ? _("exposure: %s; now choose the outcome's file")
                                      : _("outcome: %s; now choose the exposure's file"),
                                  path));
            return;
        }
    }
    const char *words =
        view->left_out == 0
            ? _("{open} opens a folder, a table of summary statistics, or a study file (.conf)")
            : arena_format(
                  drawing->scratch,
                  _("{open} opens a folder or a table; %zu files are no readable text"),
                  view->left_out);
    draw_fit(drawing, 2, row + 1, drawing->area.columns - 3, ROLE_DIM,
             draw_keys(drawing, words));
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct files_view *view = self(base);
    size_t rows = drawing->area.rows, foot = 2;
    list_fit(&view->list, view->entries.count + 1, rows > foot ? rows - foot : 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_row(drawing, entry_at(view, row), i);
            if (row == view->list.cursor) {
                draw_selected(drawing, i);
            }
        }
    }
    if (view->problem != NULL) {
        draw_fit(drawing, 2, 1, drawing->area.columns - 3, ROLE_WARNING, view->problem);
    }
    draw_foot(view, drawing, rows - foot);
}

static struct effect select_name(struct files_view *view, const char *name)
{
    if (name == NULL) {
        return effect_refuse("%s", _("say which file"));
    }
    view->list.cursor = 0;
    go_to_name(view, name);
    return view->list.cursor > 0 ? effect_none()
                                 : effect_refuse(_("there is no “%s” in this folder"), name);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct files_view *view = self(base);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view, state);
    case ACT_LEFT:
        return go_up(view);
    case ACT_SELECT:
        return select_name(view, order->argument);
    case ACT_OPEN_FILE:
        return order->argument == NULL ? effect_none() : effect_unhandled();
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct files_view *view = self(base);
    size_t at = list_row_at(&view->list, row);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    return again ? open_row(view, state) : effect_none();
}

static bool has_text(const void *view, size_t row, const char *text)
{
    const struct folder_entry *entry = entry_at(view, row);
    return entry != NULL && text_contains_fold(entry->name, text);
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    (void)state;
    struct files_view *view = self(base);
    return list_search(&view->list, view->entries.count + 1, step, text, has_text, view);
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)state;
    const struct files_view *view = (const struct files_view *)base;
    char *clean = text_clean(view->folder);
    const char *text = arena_format(scratch, _("Open a file: %s"), clean);
    memory_free(clean);
    return text;
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct files_view *view = (const struct files_view *)base;
    return arena_format(scratch, "%zu/%zu", view->list.cursor, view->entries.count);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    const struct files_view *view = (const struct files_view *)base;
    const struct folder_entry *entry = entry_at(view, view->list.cursor);
    char *path = folder_inside(view->folder, entry == NULL ? ".." : entry->name);
    const char *text = arena_text(scratch, path);
    memory_free(path);
    return text;
}

/* Names of files live no longer than the listing, so the place is a number. */
static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct files_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    struct files_view *view = self(base);
    view->list.cursor = place.tab <= view->entries.count ? place.tab : 0;
}

static void destroy(struct view *base)
{
    struct files_view *view = self(base);
    array_destroy(&view->entries);
    arena_destroy(view->arena);
    memory_free(view->folder);
    memory_free(view->problem);
    memory_free(view);
}

/* What a folder holds is not the study's results. */
static bool is_apart(const struct view *base, const struct state *state)
{
    (void)base;
    (void)state;
    return true;
}

static const struct view_kind files_view_kind = {
    .key = "files",
    .bit = IN_FILES,
    .is_apart = is_apart,
    .draw = draw,
    .title = title,
    .position = position,
    .line = line,
    .act = act,
    .click = click,
    .search = search,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *files_view_create(const char *folder)
{
    struct files_view *view = memory_get(1, sizeof *view);
    view->base.kind = &files_view_kind;
    view->folder = memory_copy_text(folder);
    view->arena = arena_create();
    view->entries = ARRAY_OF(struct folder_entry);
    read_folder(view);
    return &view->base;
}
