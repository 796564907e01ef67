#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/study_charts.h"
#include "report/table.h"
#include "study/through.h"
#include "ui/explorer/choosing.h"
#include "ui/explorer/export.h"
#include "ui/explorer/lesson_open.h"
#include "ui/explorer/marking.h"
#include "ui/explorer/opening.h"
#include "ui/explorer/plain_text.h"
#include <string.h>

/* A study that was opened here has not been held against the settings. */
static struct effect open_through(const struct state *state)
{
    double between = state->chosen.settings.parameters[PARAMETER_MV_CORRELATION];
    struct error error = {0};
    if (state->study->through != NULL &&
        !through_check_correlations(state->study, between, &error)) {
        return effect_error(&error);
    }
    return effect_open(through_view_create(state));
}

static struct effect search(struct loop *loop, const struct order *order)
{
    struct state *state = &loop->state;
    struct view *top = loop_top(loop);
    if (order->argument == NULL) {
        return effect_open(prompt_view_create(PROMPT_SEARCH, order->action, NULL));
    }
    char *text = *order->argument == '\0' ? NULL : memory_copy_text(order->argument);
    memory_free(state->search);
    state->search = text;
    if (text != NULL && !top->kind->search(top, state, text, 0)) {
        return effect_refuse(_("nothing here contains “%s”"), text);
    }
    return effect_none();
}

static struct effect search_again(struct loop *loop, int step)
{
    struct view *top = loop_top(loop);
    if (!top->kind->search(top, &loop->state, loop->state.search, step)) {
        return effect_refuse(_("nothing here contains “%s”"), loop->state.search);
    }
    return effect_none();
}

static struct effect reverse(struct state *state)
{
    state->direction = state->direction == FORWARD ? REVERSE : FORWARD;
    return effect_message("%s", state->direction == FORWARD
                                    ? _("forward: taxa are the exposures")
                                    : _("reverse: the disease is the exposure"));
}

static struct effect next_outcome(struct state *state)
{
    state->outcome = (state->outcome + 1) % state->study->outcome_count;
    return effect_message("%s", state_disease(state)->name);
}

static struct effect walk(struct loop *loop, bool (*step)(struct history *), const char *said)
{
    if (step(&loop->state.history)) {
        loop_follow_exclusions(loop);
    }
    return effect_message(_("%s; %zu variants are left out by hand"), said,
                          history_exclusions(&loop->state.history).count);
}

static struct effect restore_all(struct loop *loop)
{
    history_restore_all(&loop->state.history);
    loop_follow_exclusions(loop);
    return effect_message("%s", _("every variant taken back; {undo} undoes"));
}

static struct effect words(struct loop *loop)
{
    const struct view *top = loop_top(loop);
    const char *text = top->kind->sentence == NULL
                           ? NULL
                           : top->kind->sentence(top, &loop->state, loop->scratch);
    return text == NULL ? effect_none() : effect_message("%s", text);
}

static struct effect turn_mouse(struct loop *loop)
{
    loop->state.mouse = !loop->state.mouse;
    if (loop->terminal != NULL) {
        terminal_use_mouse(loop->terminal, loop->state.mouse);
    }
    return effect_message("%s", loop->state.mouse
                                    ? _("the mouse is taxamr's")
                                    : _("the mouse is the terminal's: mark text with it"));
}

static struct effect on_terminal(struct loop *loop, enum action_id id)
{
    if (loop->terminal == NULL) {
        return effect_none();
    }
    if (id == ACT_SUSPEND) {
        terminal_suspend(loop->terminal);
    } else {
        terminal_redraw(loop->terminal);
    }
    return effect_none();
}

static struct effect files_and_terminal(struct loop *loop, const struct order *order)
{
    switch (order->action->id) {
    case ACT_COPY:
        return loop_copy(loop);
    case ACT_EXPORT:
        return export_act(loop, order);
    case ACT_SNAPSHOT:
        return loop_snapshot(loop, order);
    case ACT_SAVE_SCRIPT:
        return loop_save_script(loop, order);
    case ACT_NOTE:
        return loop_note(loop, order);
    case ACT_BIND:
        return loop_bind(loop, order);
    case ACT_PREVIEW:
    case ACT_PREVIEW_MORE:
    case ACT_PREVIEW_LESS:
        return loop_preview(loop, order);
    case ACT_MOUSE:
        return turn_mouse(loop);
    case ACT_SUSPEND:
    case ACT_REDRAW:
        return on_terminal(loop, order->action->id);
    default:
        return effect_none();
    }
}

/* The taxon that the topmost view is about, or NULL. */
static const struct trait *taxon_of(const struct loop *loop)
{
    const struct view *top = loop_top(loop);
    struct place place = top->kind->save(top);
    unsigned of_taxa = IN_TAXA | IN_PAIR | IN_VARIANT | IN_BOTH | IN_BOTH_PAIR;
    return place.taxon == NULL || (top->kind->bit & of_taxa) == 0
               ? NULL
               : state_taxon(&loop->state, place.taxon);
}

static struct effect open_methods(const struct loop *loop, const struct order *order)
{
    const struct view *top = loop_top(loop);
    const char *method = order->argument;
    if (method != NULL && methods_find(method) == NULL) {
        return effect_refuse(_("there is no method “%s”"), method);
    }
    if (method == NULL && top->kind->bit == IN_PAIR) {
        method = top->kind->save(top).other;
    }
    return effect_open(methods_view_create(taxon_of(loop), method));
}

static struct effect open_both(const struct loop *loop)
{
    const struct trait *taxon = taxon_of(loop);
    if (loop_top(loop)->kind->bit == IN_PAIR && taxon != NULL) {
        return effect_open(both_pair_view_create(taxon));
    }
    return effect_open(both_view_create(&loop->state, taxon == NULL ? NULL : taxon->key));
}

/* One of the charts of the whole study; without its name, a list to choose from. */
static struct effect study_chart(const struct order *order)
{
    size_t count;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    const char *key = order->action->id == ACT_CHART ? order->argument : order->action->name;
    if (key != NULL) {
        return study_charts_find(key) == NULL ? effect_refuse(_("there is no chart “%s”"), key)
                                              : effect_open(charts_view_create(key));
    }
    const char **keys = memory_get(count, sizeof *keys),
               **names = memory_get(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        keys[i] = kinds[i]->key;
        names[i] = gettext(kinds[i]->shows);
    }
    struct effect effect = effect_open(
        menu_view_create(_("charts of the study"), order->action, keys, names, count, 0));
    memory_free(keys);
    memory_free(names);
    return effect;
}

static struct effect open_verdict(const struct loop *loop)
{
    const struct trait *taxon = taxon_of(loop);
    return taxon == NULL ? effect_refuse("%s", _("no taxon is under the cursor"))
                         : effect_open(verdict_view_create(taxon));
}

/* Of what the screen is about, or of what was named. */
static struct effect open_plain(const struct loop *loop, const struct order *order)
{
    const struct trait *taxon = taxon_of(loop);
    unsigned of_pairs = IN_PAIR | IN_VARIANT | IN_BOTH_PAIR;
    enum plain_scope usual = taxon == NULL                                 ? PLAIN_OF_STUDY
                             : (loop_top(loop)->kind->bit & of_pairs) != 0 ? PLAIN_OF_PAIR
                                                                           : PLAIN_OF_TAXON;
    enum plain_scope scope = order->argument == NULL ? usual : plain_scope_of(order->argument);
    if (scope == PLAIN_SCOPES) {
        return effect_refuse("%s", _("write pair, taxon or study"));
    }
    if (scope != PLAIN_OF_STUDY && taxon == NULL) {
        return effect_refuse("%s", _("no taxon is under the cursor"));
    }
    return effect_open(
        plain_view_create(scope == PLAIN_OF_STUDY ? NULL : taxon, scope == PLAIN_OF_PAIR));
}

static struct effect open_card(const struct loop *loop)
{
    const struct trait *taxon = taxon_of(loop);
    return taxon == NULL ? effect_refuse("%s", _("no taxon is under the cursor"))
                         : effect_open(card_view_create(taxon));
}

static struct effect mark_or_jump(struct loop *loop, const struct order *order)
{
    switch (order->action->id) {
    case ACT_MARK:
        return marking_turn(&loop->state, loop_top(loop), order);
    case ACT_UNMARK_ALL:
        return marking_clear(&loop->state);
    case ACT_JUMP_BACK:
        return loop_jump(loop, -1);
    case ACT_JUMP_FORWARD:
        return loop_jump(loop, 1);
    default:
        return files_and_terminal(loop, order);
    }
}

static struct effect open_dialogue(struct loop *loop, const struct order *order)
{
    switch (order->action->id) {
    case ACT_OUTCOMES:
        return effect_open(outcomes_view_create(&loop->state));
    case ACT_LEDGER:
        return effect_open(ledger_view_create(NULL));
    case ACT_FLOW:
    case ACT_MAP:
    case ACT_CHART:
        return study_chart(order);
    case ACT_COMPARE:
        return effect_open(compare_view_create(&loop->state));
    case ACT_MESSAGES:
        return effect_open(messages_view_create());
    case ACT_VERDICT:
        return open_verdict(loop);
    case ACT_PLAIN:
        return open_plain(loop, order);
    case ACT_CARD:
        return open_card(loop);
    case ACT_COMMAND:
        return effect_open(prompt_view_create(PROMPT_COMMAND, order->action, NULL));
    case ACT_HELP:
        return effect_open(help_view_create(loop_top(loop)->kind->bit));
    case ACT_METHODS:
        return open_methods(loop, order);
    case ACT_LEARN:
        return lesson_open(loop->options->data, order);
    case ACT_STUDY:
        return effect_open(study_view_create(&loop->state));
    case ACT_BOTH:
        return open_both(loop);
    case ACT_OPEN_FILE:
        return opening_act(loop, order);
    case ACT_THROUGH:
        return open_through(&loop->state);
    case ACT_SEVERAL:
        return several_view_open(&loop->state, order->argument);
    default:
        return mark_or_jump(loop, order);
    }
}

struct effect loop_general(struct loop *loop, const struct order *order)
{
    struct state *state = &loop->state;
    switch (order->action->id) {
    case ACT_QUIT:
        return effect_of(EFFECT_QUIT);
    case ACT_SEARCH:
        return search(loop, order);
    case ACT_NEXT:
        return search_again(loop, 1);
    case ACT_PREVIOUS:
        return search_again(loop, -1);
    case ACT_RESTORE_ALL:
        return restore_all(loop);
    case ACT_UNDO:
        return walk(loop, history_undo, _("undone"));
    case ACT_REDO:
        return walk(loop, history_redo, _("done again"));
    case ACT_REVERSE:
        return reverse(state);
    case ACT_NEXT_OUTCOME:
        return next_outcome(state);
    case ACT_SCALE:
        state->odds_ratio = !state->odds_ratio;
        return effect_message("%s",
                              state->odds_ratio ? _("odds ratios") : _("log odds ratios"));
    case ACT_WORDS:
        return words(loop);
    case ACT_SETTINGS:
        return effect_open(settings_view_create());
    case ACT_SET:
        return choosing_set(state, order);
    case ACT_USE_METHODS:
        return choosing_methods(state, order);
    case ACT_COMPUTE:
        return effect_of(EFFECT_RUN);
    default:
        return open_dialogue(loop, order);
    }
}
