#include "ui/explorer/columns_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "multivariable/together.h"
#include "ui/explorer/opening_files.h"
#include "ui/explorer/reading.h"
#include <string.h>

static struct columns_view *self(struct view *view)
{
    return (struct columns_view *)view;
}

static void set_problem(struct columns_view *view, struct error *error)
{
    memory_free(view->problem);
    view->problem = error == NULL ? NULL : error_message(error);
    if (error != NULL) {
        error_clear(error);
    }
}

void columns_view_read(struct columns_view *view)
{
    struct error error = {0};
    arena_reset(view->arena, (struct arena_mark){0});
    view->columns = (struct source_columns){0};
    set_problem(view, NULL);
    if (!source_columns_read(view->source.path, &view->source.overrides, view->arena,
                             &view->columns, &error)) {
        view->columns = (struct source_columns){0};
        set_problem(view, &error);
    }
    if (view->columns.is_harmonised) {
        view->side = SIDE_BOTH;
    } else if (view->side == SIDE_BOTH) {
        view->side = SIDE_EXPOSURE;
    }
}

void columns_view_fail(struct view *base, const char *problem)
{
    struct columns_view *view = self(base);
    memory_free(view->problem);
    view->problem = memory_copy_text(problem);
}

static struct effect begin(struct reading *reading)
{
    return (struct effect){.kind = EFFECT_READ, .reading = reading};
}

static struct effect read_file(struct columns_view *view, struct state *state)
{
    if (view->columns.problem != NULL || view->columns.count == 0) {
        return effect_refuse("%s", columns_view_problem(view));
    }
    if (view->side == SIDE_BOTH) {
        return begin(reading_of_harmonised(&view->source));
    }
    if (state->opening == NULL) {
        state->opening = opening_begin();
    }
    opening_take(state->opening, view->side, &view->source);
    if (!opening_is_whole(state->opening)) {
        char *folder = memory_copy_text(view->source.path);
        char *slash = strrchr(folder, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        struct effect effect = effect_open(files_view_create(slash == NULL     ? "."
                                                             : *folder == '\0' ? "/"
                                                                               : folder));
        memory_free(folder);
        return effect;
    }
    return begin(reading_of_sides(state->opening));
}

static struct effect open_row(struct columns_view *view, struct state *state)
{
    return view->list.cursor == CHOICE_READ ? read_file(view, state) : columns_set_menu(view);
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct columns_view *view = self(base);
    list_fit(&view->list, CHOICES + view->columns.count,
             view->list.height > 0 ? view->list.height : 1);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view, state);
    case ACT_SELECT:
        return effect_none();
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return columns_set(view, order);
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct columns_view *view = self(base);
    size_t at = list_row_at(&view->list, row);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    return again ? open_row(view, state) : effect_none();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)state;
    const struct columns_view *view = (const struct columns_view *)base;
    char *clean = text_clean(view->source.path);
    const char *text = arena_format(scratch, _("%s\t%zu columns"), clean, view->columns.count);
    memory_free(clean);
    return text;
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)scratch;
    const struct columns_view *view = (const struct columns_view *)base;
    const char *problem = columns_view_problem(view);
    return problem != NULL ? problem : columns_view_aim(view, state);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    const struct columns_view *view = (const struct columns_view *)base;
    size_t column = view->list.cursor - CHOICES;
    if (view->list.cursor < CHOICES || column >= view->columns.count) {
        return view->source.path;
    }
    const char *role = source_columns_role(&view->columns, column);
    return arena_format(scratch, "%s\t%s", view->columns.names[column],
                        role == NULL ? "NA" : role);
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct columns_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *base)
{
    struct columns_view *view = self(base);
    source_destroy(&view->source);
    arena_destroy(view->arena);
    memory_free(view->problem);
    memory_free(view);
}

/* A file is not of the study, but where that has it as made up. */
static bool is_apart(const struct view *base, const struct state *state)
{
    return !opening_is_made_up(state->study, ((const struct columns_view *)base)->source.path);
}

static const struct view_kind columns_view_kind = {
    .key = "columns",
    .bit = IN_COLUMNS,
    .is_apart = is_apart,
    .draw = columns_view_draw,
    .title = title,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

/* The side that is still missing is what the file is likely to be. */
struct view *columns_view_create(struct state *state, const char *path)
{
    struct columns_view *view = memory_get(1, sizeof *view);
    const struct opening *opening = state->opening;
    view->base.kind = &columns_view_kind;
    view->source = source_create(path);
    view->arena = arena_create();
    view->side = opening != NULL && opening->sides[SIDE_EXPOSURE].path != NULL &&
                         opening->sides[SIDE_OUTCOME].path == NULL
                     ? SIDE_OUTCOME
                     : SIDE_EXPOSURE;
    columns_view_read(view);
    return &view->base;
}

struct effect columns_view_choose(struct state *state, const char *path)
{
    const char *dot = strrchr(path, '.');
    if (together_is_table(path)) {
        return several_view_open(state, path);
    }
    return dot == NULL || strcmp(dot, ".conf") != 0
               ? effect_open(columns_view_create(state, path))
               : begin(reading_of_study(path));
}
