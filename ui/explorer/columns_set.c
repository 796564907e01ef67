#include "ui/explorer/columns_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
        columns_view_read(view);
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
    /* What stands behind is derived from, and harmonised tables hold nothing of it. */
    int count = view->columns.is_harmonised ? COLUMN_DIRECTION + 1 : COLUMN_ROLES;
    for (int i = 0; i < count; i++) {
        labels[i] = column_role_key((enum column_role)i);
        values[i] = arena_format(arena, "%s=%s", view->columns.written[column], labels[i]);
        chosen = present != NULL && strcmp(present, labels[i]) == 0 ? (size_t)i : chosen;
    }
    struct effect effect =
        effect_open(menu_view_create(view->columns.names[column], action_named("role"), values,
                                     labels, (size_t)count, chosen));
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
        return effect_open(prompt_view_create(PROMPT_NAME, order->action, view->source.name));
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

struct effect columns_set_menu(struct columns_view *view)
{
    const struct order name = {action_named("name"), NULL, NULL};
    switch (view->list.cursor) {
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
    return view->list.cursor >= CHOICES && column < view->columns.count
               ? role_menu(view, column)
               : effect_none();
}

struct effect columns_set(struct columns_view *view, const struct order *order)
{
    switch (order->action->id) {
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
    default:
        return effect_unhandled();
    }
}
