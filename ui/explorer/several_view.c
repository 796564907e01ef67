#include "ui/explorer/several_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/table_mv.h"
#include "ui/explorer/opening.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *key, *name;
} tabs[SEVERAL_TABS] = {
    [SEVERAL_METHODS] = {"methods", N_("Side by side")},
    [SEVERAL_ALONE] = {"alone", N_("Alone and together")},
    [SEVERAL_STRENGTH] = {"strength", N_("Strength")},
};

/* What the names of all multivariable methods begin with. */
static const char COMMON[] = "Multivariable ";

const char *several_tab_name(enum several_tab tab)
{
    return gettext(tabs[tab].name);
}

const char *several_method_name(const struct mv_method *method)
{
    size_t length = sizeof COMMON - 1;
    return strncmp(method->name, COMMON, length) == 0 ? method->name + length : method->name;
}

const char *several_answer(const struct together *several, const struct mv_estimate *estimate,
                           struct arena *arena)
{
    const char *text = "";
    if (estimate->status != ESTIMATE_DONE) {
        return estimate->note == NULL ? "" : estimate->note;
    }
    for (size_t k = 0; k < several->design.exposure_count; k++) {
        const struct estimate *effect = &estimate->effects[k];
        text = arena_format(arena, "%s%s%s p %s", text, k == 0 ? "" : " · ",
                            several->design.exposures[k],
                            chart_p(effect->p, effect->neglog10_p, arena));
    }
    return estimate->note == NULL ? text : arena_format(arena, "%s. %s", text, estimate->note);
}

const char *several_exposure_words(const struct together *several, size_t exposure,
                                   struct arena *arena)
{
    const struct mv_estimate *alone = &several->alone[exposure], *held = together_main(several);
    if (alone->status != ESTIMATE_DONE || held->status != ESTIMATE_DONE) {
        return several->design.exposures[exposure];
    }
    return arena_format(
        arena,
        _("%s: %s alone, %s with the others held. The first also holds what its variants do "
          "through the other exposures; the second is its own part."),
        several->design.exposures[exposure], chart_number(alone->effects[0].b, 3, arena),
        chart_number(held->effects[exposure].b, 3, arena));
}

static struct several_view *self(struct view *view)
{
    return (struct several_view *)view;
}

static struct effect turn_to(struct several_view *view, size_t tab)
{
    view->tab = (enum several_tab)(tab % SEVERAL_TABS);
    return effect_none();
}

static struct effect tab_named(struct several_view *view, const char *name)
{
    for (size_t i = 0; name != NULL && i < SEVERAL_TABS; i++) {
        if (strcmp(tabs[i].key, name) == 0 || (name[0] == (char)('1' + i) && name[1] == '\0')) {
            return turn_to(view, i);
        }
    }
    return effect_refuse("%s", _("there is no such tab; 1 methods, 2 alone, 3 strength"));
}

/* Exposures that are not seen come into sight; where all are, the next tab. */
static struct effect move_aside(struct several_view *view, int step)
{
    size_t exposures = view->several->design.exposure_count;
    if (view->tab != SEVERAL_METHODS || view->seen >= exposures) {
        return turn_to(view, (size_t)view->tab + SEVERAL_TABS + (size_t)step);
    }
    if (step < 0) {
        view->first -= view->first > 0;
    } else {
        view->first += view->first + view->seen < exposures;
    }
    return effect_none();
}

/* From an exposure's two effects to how strong its variants are; elsewhere the row is all. */
static struct effect open_row(struct several_view *view)
{
    if (view->tab != SEVERAL_ALONE) {
        return effect_refuse("%s", _("the lines below say all that is known of this row"));
    }
    view->lists[SEVERAL_STRENGTH].cursor = view->lists[SEVERAL_ALONE].cursor + 1;
    return turn_to(view, SEVERAL_STRENGTH);
}

static struct effect select_method(struct several_view *view, const char *key)
{
    for (size_t i = 0; key != NULL && i < view->several->count; i++) {
        if (strcmp(view->several->estimates[i].method->key, key) == 0) {
            view->lists[SEVERAL_METHODS].cursor = i;
            return turn_to(view, SEVERAL_METHODS);
        }
    }
    return effect_refuse(_("there is no method “%s”"), key == NULL ? "" : key);
}

static size_t count_of(const struct several_view *view)
{
    const size_t counts[SEVERAL_TABS] = {
        view->several->count, view->several->design.exposure_count, view->facts.count};
    return counts[view->tab];
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct several_view *view = self(base);
    struct list *list = &view->lists[view->tab];
    (void)state;
    list_fit(list, count_of(view), list->height > 0 ? list->height : 1);
    if (list_move(list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    case ACT_SELECT:
        return select_method(view, order->argument);
    case ACT_TAB:
        return tab_named(view, order->argument != NULL ? order->argument : order->key);
    case ACT_NEXT_TAB:
        return turn_to(view, (size_t)view->tab + 1);
    case ACT_PREVIOUS_TAB:
        return turn_to(view, (size_t)view->tab + SEVERAL_TABS - 1);
    case ACT_LEFT:
        return move_aside(view, -1);
    case ACT_RIGHT:
        return move_aside(view, 1);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    struct several_view *view = self(base);
    size_t at = 1, heads = view->tab == SEVERAL_METHODS ? 3 : 1;
    (void)state;
    for (size_t i = 0; row == 0 && i < SEVERAL_TABS; i++) {
        at += text_width(several_tab_name((enum several_tab)i)) + 4;
        if (column < at) {
            return turn_to(view, i);
        }
    }
    size_t here = row < heads || view->tab == SEVERAL_ALONE
                      ? (size_t)-1
                      : list_row_at(&view->lists[view->tab], row - heads);
    if (here != (size_t)-1) {
        view->lists[view->tab].cursor = here;
    }
    return effect_none();
}

static const char *names_of(const struct design *design, struct arena *scratch)
{
    const char *names = "";
    for (size_t k = 0; k < design->exposure_count; k++) {
        names =
            arena_format(scratch, "%s%s%s", names, k == 0 ? "" : ", ", design->exposures[k]);
    }
    return names;
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct together *several = ((const struct several_view *)base)->several;
    const char *slash = strrchr(several->path, '/');
    (void)state;
    return arena_format(scratch, _("%s → outcome\t%s, %zu variants"),
                        names_of(&several->design, scratch),
                        slash == NULL ? several->path : slash + 1, several->design.count);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct several_view *view = (const struct several_view *)base;
    (void)state;
    return arena_format(scratch, "%zu/%zu", view->lists[view->tab].cursor + 1, count_of(view));
}

static size_t count_weak(const struct together *several)
{
    size_t count = 0;
    for (size_t k = 0; k < several->design.exposure_count; k++) {
        count += !(several->strengths[k].f_conditional >= 10);
    }
    return count;
}

/* P is NaN where there are as many variants as exposures. */
static const char *agreement_words(double p)
{
    return isnan(p)   ? _("cannot be seen to disagree")
           : p < 0.05 ? _("disagree")
                      : _("are not seen to disagree");
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct several_view *view = (const struct several_view *)base;
    (void)state;
    return arena_format(scratch,
                        _("%s With the others held, %zu of them are weak; the variants %s."),
                        view->chart->sentence, count_weak(view->several),
                        agreement_words(view->several->heterogeneity.p));
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct several_view *view = (const struct several_view *)base;
    size_t row = view->lists[view->tab].cursor;
    (void)state;
    if (view->tab == SEVERAL_METHODS) {
        const struct mv_estimate *estimate = &view->several->estimates[row];
        return arena_format(scratch, "%s\t%s", estimate->method->key,
                            several_answer(view->several, estimate, scratch));
    }
    if (view->tab == SEVERAL_STRENGTH) {
        const struct several_fact *fact = array_at(&view->facts, row);
        return arena_format(scratch, "%s\t%s", fact->label,
                            fact->value == NULL ? "" : fact->value);
    }
    return several_exposure_words(view->several, row, scratch);
}

/* The tables of `taxamr mv`: effects of all methods, or the strength of exposures. */
static bool table(const struct view *base, const struct state *state, struct text *text)
{
    const struct several_view *view = (const struct several_view *)base;
    struct arena *scratch = arena_create();
    struct mv_results results = {.design = &view->several->design,
                                 .settings = &view->several->settings,
                                 .estimates = view->several->estimates,
                                 .count = view->several->count,
                                 .scratch = scratch};
    bool is_done = table_mv_print(view->tab == SEVERAL_STRENGTH ? "strength" : "estimates",
                                  &results, TABLE_TSV, text);
    (void)state;
    arena_destroy(scratch);
    return is_done;
}

static struct place save(const struct view *base)
{
    const struct several_view *view = (const struct several_view *)base;
    return (struct place){.tab = view->tab,
                          .of = {OF_NOTHING, NULL, view->lists[view->tab].cursor}};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct several_view *view = self(base);
    (void)state;
    view->tab = (enum several_tab)(place.tab % SEVERAL_TABS);
    view->lists[view->tab].cursor = place.of.index < count_of(view) ? place.of.index : 0;
}

static void destroy(struct view *base)
{
    struct several_view *view = self(base);
    array_destroy(&view->facts);
    together_end(view->several);
    memory_free(view);
}

/* Only what lies in the study's own folder is the study's. */
static bool is_apart(const struct view *base, const struct state *state)
{
    const char *path = ((const struct several_view *)base)->several->path;
    const char *folder = state->study->folder, *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    return folder == NULL || strlen(folder) != length || strncmp(folder, path, length) != 0;
}

static const struct view_kind several_view_kind = {
    .key = "several",
    .bit = IN_SEVERAL,
    .draw = several_view_draw,
    .title = title,
    .is_apart = is_apart,
    .position = position,
    .sentence = sentence,
    .line = line,
    .table = table,
    .act = act,
    .click = click,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

static struct view *create(struct together *several)
{
    struct several_view *view = memory_get(1, sizeof *view);
    view->base.kind = &several_view_kind;
    view->several = several;
    view->chart = several_chart(several, false, several->arena);
    view->facts = ARRAY_OF(struct several_fact);
    several_facts(several, &view->facts);
    view->lists[SEVERAL_STRENGTH].cursor = 1;
    return &view->base;
}

/* The wide table that lies beside the study's own files, or NULL. */
static const char *beside(const struct state *state, struct arena *scratch)
{
    const char *folder = state->study->folder;
    const char *path = folder == NULL ? NULL : arena_format(scratch, "%s/wide.csv", folder);
    struct stat status;
    return path != NULL && stat(path, &status) == 0 ? path : NULL;
}

struct effect several_view_open(const struct state *state, const char *path)
{
    struct arena *scratch = arena_create();
    struct together *several = NULL;
    struct error error = {0};
    struct effect effect;
    path = path == NULL ? beside(state, scratch) : path;
    if (path == NULL) {
        effect =
            effect_refuse("%s", _("this study has no wide.csv beside it; name a table with "
                                  "beta_NAME and se_NAME of each exposure"));
    } else if (opening_is_no_file(path, &effect)) {
        /* effect says so */
    } else if (!together_read(path, &state->chosen.settings, &several, &error)) {
        effect = effect_error(&error);
    } else {
        effect = effect_open(create(several));
    }
    arena_destroy(scratch);
    return effect;
}
