#include "ui/explorer/columns_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

static void read_columns(struct columns_view *view)
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

/* Whether an override is about a role or a column, and so gives way to a new one. */
static bool is_about(const char *override, const char *role, const char *column)
{
    size_t length = strlen(role);
    bool is_role = strncmp(override, role, length) == 0 && override[length] == '=';
    const char *equals = strchr(override, '=');
    return is_role || (equals != NULL && strcmp(equals + 1, column) == 0);
}

static void drop_overrides(struct array *overrides, const char *role, const char *column)
{
    size_t kept = 0;
    for (size_t i = 0; i < overrides->count; i++) {
        char **from = array_at(overrides, i);
        if (is_about(*from, role, column)) {
            memory_free(*from);
        } else {
            *(char **)array_at(overrides, kept++) = *from;
        }
    }
    overrides->count = kept;
}

static bool is_role(const char *key)
{
    for (int i = 0; i < COLUMN_ROLES; i++) {
        if (strcmp(column_role_key((enum column_role)i), key) == 0) {
            return true;
        }
    }
    return false;
}

static const char *column_named(const struct columns_view *view, const char *name)
{
    for (size_t i = 0; i < view->columns.count; i++) {
        if (strcmp(view->columns.written[i], name) == 0 ||
            strcmp(view->columns.names[i], name) == 0) {
            return view->columns.written[i];
        }
    }
    return NULL;
}

/* "COLUMN=ROLE"; a column may have an equals sign in its name. */
static struct effect set_role(struct columns_view *view, const char *argument)
{
    const char *equals = argument == NULL ? NULL : strrchr(argument, '=');
    if (equals == NULL || !is_role(equals + 1)) {
        return effect_refuse("%s", _("write COLUMN=ROLE, with a role such as beta, se or "
                                     "effect_allele"));
    }
    char *name = memory_copy_bytes(argument, (size_t)(equals - argument));
    const char *column = column_named(view, name);
    struct effect effect;
    if (column == NULL) {
        effect = effect_refuse(_("the file has no column “%s”"), name);
    } else {
        struct text override = {0};
        text_addf(&override, "%s=%s", equals + 1, column);
        drop_overrides(&view->source.overrides, equals + 1, column);
        *(char **)array_add(&view->source.overrides) = text_take(&override);
        effect = effect_message(_("%s is taken for %s"), name, equals + 1);
        read_columns(view);
    }
    memory_free(name);
    return effect;
}

static struct effect role_menu(const struct columns_view *view, size_t column)
{
    const char *values[COLUMN_ROLES], *labels[COLUMN_ROLES];
    struct arena *arena = arena_create();
    size_t chosen = 0;
    const char *present = source_columns_role(&view->columns, column);
    for (int i = 0; i < COLUMN_ROLES; i++) {
        labels[i] = column_role_key((enum column_role)i);
        values[i] = arena_format(arena, "%s=%s", view->columns.written[column], labels[i]);
        chosen = present != NULL && strcmp(present, labels[i]) == 0 ? (size_t)i : chosen;
    }
    struct effect effect =
        effect_open(menu_view_create(view->columns.names[column], action_named("role"), values,
                                     labels, COLUMN_ROLES, chosen));
    arena_destroy(arena);
    return effect;
}

static struct effect set_side(struct columns_view *view, const char *argument)
{
    enum opening_side side;
    if (argument == NULL || !opening_side_of(argument, &side)) {
        return effect_refuse("%s", _("write exposure, outcome or harmonised"));
    }
    if ((side == SIDE_BOTH) != view->columns.is_harmonised) {
        return effect_refuse("%s", view->columns.is_harmonised
                                       ? _("this table has both sides")
                                       : _("this table has the columns of one side only"));
    }
    view->side = side;
    return effect_none();
}

static struct effect side_menu(const struct columns_view *view)
{
    const char *values[] = {"exposure", "outcome"},
               *labels[] = {_("the exposure"), _("the outcome")};
    if (view->side == SIDE_BOTH) {
        return effect_refuse("%s", _("this table has both sides"));
    }
    return effect_open(menu_view_create(_("this file holds"), action_named("side"), values,
                                        labels, 2, view->side == SIDE_OUTCOME));
}

static struct effect set_name(struct columns_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(prompt_view_create(PROMPT_FILE, order->action, view->source.name));
    }
    memory_free(view->source.name);
    view->source.name = *order->argument == '\0' ? NULL : text_clean(order->argument);
    return effect_none();
}

static struct effect set_unit(struct columns_view *view, const char *argument)
{
    if (argument == NULL || !trait_unit_of(argument, &view->source.unit)) {
        return effect_refuse("%s", _("write sd, log-odds, linear, score or unknown"));
    }
    return effect_none();
}

static struct effect unit_menu(const struct columns_view *view)
{
    const char *values[UNIT_SCORE + 1];
    static const char *const labels[] = {
        N_("unknown"), N_("sd: standard deviations"), N_("log-odds: of a binary trait"),
        N_("linear: difference in risk"), N_("score: a scale of its own")};
    const char *shown[UNIT_SCORE + 1];
    for (int i = 0; i <= UNIT_SCORE; i++) {
        values[i] = trait_unit_key((enum trait_unit)i);
        shown[i] = gettext(labels[i]);
    }
    return effect_open(menu_view_create(_("unit of the effects"), action_named("unit"), values,
                                        shown, UNIT_SCORE + 1, view->source.unit));
}

static struct effect set_threshold(struct columns_view *view, const char *argument)
{
    char *end = NULL;
    double p = argument == NULL ? NAN : strtod(argument, &end);
    if (argument != NULL && strcmp(argument, "all") == 0) {
        view->source.threshold = NAN;
        return effect_none();
    }
    if (argument == NULL || *end != '\0' || !(p > 0 && p <= 1)) {
        return effect_refuse("%s", _("write all, or a p such as 5e-8"));
    }
    view->source.threshold = p;
    return effect_none();
}

static struct effect threshold_menu(const struct columns_view *view)
{
    static const char *const values[] = {"all", "5e-8", "1e-6", "1e-5"};
    const char *labels[] = {_("every variant of the file"), "p < 5e-8", "p < 1e-6", "p < 1e-5"};
    if (view->side != SIDE_EXPOSURE) {
        return effect_refuse("%s", _("only the file of the exposure is asked for instruments"));
    }
    return effect_open(
        menu_view_create(_("instruments"), action_named("threshold"), values, labels, 4, 0));
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat first, second;
    return one != NULL && other != NULL && stat(one, &first) == 0 &&
           stat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static bool is_made_up(const struct study *study, const char *path)
{
    bool found = false;
    for (size_t i = 0; i < study->outcome_count; i++) {
        const struct trait *trait = study->outcomes[i];
        found = found || (trait->is_simulated && is_same_file(trait->file, path));
    }
    return found;
}

/* A file that the present study knows to be made up stays so under another name. */
static void keep_simulated(struct study *study, const struct study *present)
{
    for (size_t i = 0; i < study->files.count; i++) {
        const struct study_file *file = array_at(&study->files, i);
        study->is_simulated = study->is_simulated || is_made_up(present, file->path);
    }
    for (size_t i = 0; study->is_simulated && i < study->outcome_count; i++) {
        study->outcomes[i]->is_simulated = true;
    }
}

/* The study, or why there is none in the view, which stays. */
static struct effect finish(struct columns_view *view, struct state *state, bool is_loaded,
                            struct study *study, struct error *error)
{
    if (is_loaded) {
        keep_simulated(study, state->study);
        opening_end(state->opening);
        state->opening = NULL;
        return (struct effect){.kind = EFFECT_STUDY, .study = study};
    }
    set_problem(view, error);
    return effect_refuse("%s", view->problem);
}

static struct effect read_file(struct columns_view *view, struct state *state)
{
    struct study *study = NULL;
    struct error error = {0};
    if (view->columns.problem != NULL || view->columns.count == 0) {
        return effect_refuse("%s", columns_view_problem(view));
    }
    if (view->side == SIDE_BOTH) {
        bool is_loaded = opening_load_harmonised(&view->source, &study, &error);
        return finish(view, state, is_loaded, study, &error);
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
    bool is_loaded = opening_load(state->opening, &study, &error);
    return finish(view, state, is_loaded, study, &error);
}

static struct effect open_row(struct columns_view *view, struct state *state)
{
    const struct order name = {action_named("name"), NULL, NULL};
    switch (view->list.cursor) {
    case CHOICE_READ:
        return read_file(view, state);
    case CHOICE_SIDE:
        return side_menu(view);
    case CHOICE_NAME:
        return set_name(view, &name);
    case CHOICE_UNIT:
        return unit_menu(view);
    case CHOICE_THRESHOLD:
        return threshold_menu(view);
    default:
        break;
    }
    size_t column = view->list.cursor - CHOICES;
    return column < view->columns.count ? role_menu(view, column) : effect_none();
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
    case ACT_SET_ROLE:
        return set_role(view, order->argument);
    case ACT_SET_SIDE:
        return set_side(view, order->argument);
    case ACT_SET_NAME:
        return set_name(view, order);
    case ACT_SET_UNIT:
        return set_unit(view, order->argument);
    case ACT_SET_THRESHOLD:
        return set_threshold(view, order->argument);
    case ACT_SELECT:
        return effect_none();
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return effect_unhandled();
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

static const struct view_kind columns_view_kind = {
    .key = "columns",
    .bit = IN_COLUMNS,
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
    read_columns(view);
    return &view->base;
}

struct effect columns_view_choose(struct state *state, const char *path)
{
    struct study *study;
    struct error error = {0};
    struct gwas_options options = {0};
    const char *dot = strrchr(path, '.');
    if (dot == NULL || strcmp(dot, ".conf") != 0) {
        return effect_open(columns_view_create(state, path));
    }
    if (study_load(path, &options, &study, &error)) {
        return (struct effect){.kind = EFFECT_STUDY, .study = study};
    }
    char *message = error_message(&error);
    struct effect effect = effect_refuse("%s", message);
    memory_free(message);
    error_clear(&error);
    return effect;
}
