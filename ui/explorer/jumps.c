#include "ui/explorer/jumps.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "chart/flow_counts.h"
#include "chart/study_charts.h"
#include "ui/explorer/loop.h"

/* A screen of the stack. */
struct stop {
    unsigned bit;
    struct place place;
};

struct jump {
    enum direction direction;
    size_t outcome;
    struct array stops; /* struct stop, the first screen first */
};

/* More than anyone walks with a key. */
static const size_t JUMPS_MOST = 200;

bool jumps_is_jump(enum action_id id)
{
    switch (id) {
    case ACT_OPEN:
    case ACT_BACK:
    case ACT_SEARCH:
    case ACT_NEXT:
    case ACT_PREVIOUS:
    case ACT_REVERSE:
    case ACT_NEXT_OUTCOME:
    case ACT_OUTCOMES:
    case ACT_LEDGER:
    case ACT_COMPARE:
    case ACT_FLOW:
    case ACT_MAP:
    case ACT_CHART:
    case ACT_METHODS:
    case ACT_STUDY:
    case ACT_BOTH:
    case ACT_SETTINGS:
        return true;
    default:
        return false;
    }
}

void jump_destroy(struct jump *jump)
{
    if (jump != NULL) {
        array_destroy(&jump->stops);
        memory_free(jump);
    }
}

static struct jump *jump_at(const struct jumps *jumps, size_t index)
{
    return *(struct jump **)array_at(&jumps->visited, index);
}

static bool is_same_identity(struct identity one, struct identity other)
{
    return one.kind == other.kind && (one.kind == OF_NOTHING || identity_equal(one, other));
}

/* Texts of places are the study's or static: the same text is the same pointer. */
static bool is_same_place(const struct place *one, const struct place *other)
{
    return one->taxon == other->taxon && one->variant == other->variant &&
           one->other == other->other && one->tab == other->tab &&
           is_same_identity(one->of, other->of) &&
           is_same_identity(one->counted, other->counted);
}

static bool is_same(const struct jump *one, const struct jump *other)
{
    if (one->direction != other->direction || one->outcome != other->outcome ||
        one->stops.count != other->stops.count) {
        return false;
    }
    for (size_t i = 0; i < one->stops.count; i++) {
        const struct stop *a = array_at(&one->stops, i), *b = array_at(&other->stops, i);
        if (a->bit != b->bit || !is_same_place(&a->place, &b->place)) {
            return false;
        }
    }
    return true;
}

static void cut(struct jumps *jumps, size_t count)
{
    while (jumps->visited.count > count) {
        jump_destroy(jump_at(jumps, --jumps->visited.count));
    }
}

static void drop_first(struct jumps *jumps)
{
    jump_destroy(jump_at(jumps, 0));
    for (size_t i = 1; i < jumps->visited.count; i++) {
        *(struct jump **)array_at(&jumps->visited, i - 1) = jump_at(jumps, i);
    }
    jumps->visited.count--;
}

/* Puts a place at the end, once. */
static void keep(struct jumps *jumps, struct jump *here)
{
    size_t count = jumps->visited.count;
    if (count > 0 && is_same(jump_at(jumps, count - 1), here)) {
        jump_destroy(here);
        return;
    }
    if (jumps->visited.item_size == 0) {
        jumps->visited = ARRAY_OF(struct jump *);
    }
    if (count == JUMPS_MOST) {
        drop_first(jumps);
    }
    *(struct jump **)array_add(&jumps->visited) = here;
}

void jumps_leave(struct jumps *jumps, struct jump *here, const struct jump *now)
{
    if (is_same(here, now)) {
        jump_destroy(here);
        return;
    }
    cut(jumps, jumps->at);
    keep(jumps, here);
    jumps->at = jumps->visited.count;
}

bool jumps_can_go(const struct jumps *jumps, int step)
{
    return step < 0 ? jumps->at > 0 : jumps->at + 1 < jumps->visited.count;
}

const struct jump *jumps_go(struct jumps *jumps, struct jump *here, int step)
{
    if (step < 0 && jumps->at == jumps->visited.count) {
        keep(jumps, here);
        jumps->at = jumps->visited.count - 1;
    } else {
        jump_destroy(here);
    }
    if (!jumps_can_go(jumps, step)) {
        return NULL;
    }
    jumps->at += (size_t)step;
    return jump_at(jumps, jumps->at);
}

void jumps_end(struct jumps *jumps)
{
    cut(jumps, 0);
    if (jumps->visited.item_size != 0) {
        array_destroy(&jumps->visited);
    }
}

struct jump *loop_here(const struct loop *loop)
{
    struct jump *here = memory_get(1, sizeof *here);
    *here = (struct jump){loop->state.direction, loop->state.outcome, ARRAY_OF(struct stop)};
    for (size_t i = 0; i < loop->stack.count; i++) {
        const struct view *view = loop_view(loop, i);
        if (!view->kind->is_dialogue) {
            struct stop *stop = array_add(&here->stops);
            *stop = (struct stop){view->kind->bit, view->kind->save(view)};
            if (stop->bit == IN_CHARTS) {
                stop->place.other = NULL; /* the view's own text; `of` says the same */
            }
        }
    }
    return here;
}

/* The ledger, or the part of it that a number of the flow counts. */
static struct view *create_ledger(const struct state *state, const struct place *place)
{
    const struct trait *disease = state_disease(state);
    return place->counted.kind == OF_NOTHING
               ? ledger_view_create(place->other)
               : ledger_view_create_counted(state->direction,
                                            disease == NULL ? NULL : disease->key,
                                            flow_counts_step(place->counted));
}

static struct view *create_chart(const struct place *place)
{
    size_t count;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    return charts_view_create(kinds[place->tab < count ? place->tab : 0]->key);
}

/* Screens of one taxon. */
static struct view *create_of_taxon(const struct trait *taxon, const struct stop *stop)
{
    switch (taxon == NULL ? 0 : stop->bit) {
    case IN_PAIR:
        return pair_view_create(taxon, NULL);
    case IN_VARIANT:
        return variant_view_create(taxon, stop->place.variant);
    case IN_BOTH_PAIR:
        return both_pair_view_create(taxon);
    default:
        return NULL;
    }
}

/* A screen made anew; NULL for one that cannot be come back to. */
static struct view *create(const struct state *state, const struct stop *stop)
{
    const struct place *place = &stop->place;
    const struct trait *taxon = place->taxon == NULL ? NULL : state_taxon(state, place->taxon);
    switch (stop->bit) {
    case IN_OUTCOMES:
        return outcomes_view_create(state);
    case IN_LEDGER:
        return create_ledger(state, place);
    case IN_COMPARE:
        return compare_view_create(state);
    case IN_CHARTS:
        return create_chart(place);
    case IN_METHODS:
        return methods_view_create(taxon, place->other);
    case IN_STUDY:
        return study_view_create(state);
    case IN_BOTH:
        return both_view_create(state, place->taxon);
    case IN_SETTINGS:
        return settings_view_create();
    default:
        return create_of_taxon(taxon, stop);
    }
}

/* The first screen stays with its filter and order; those above it are made anew. */
static void restore(struct loop *loop, const struct jump *jump)
{
    while (loop->stack.count > 1) {
        struct view *top = loop_top(loop);
        top->kind->destroy(top);
        loop->stack.count--;
    }
    loop->state.direction = jump->direction;
    loop->state.outcome = jump->outcome;
    for (size_t i = 0; i < jump->stops.count; i++) {
        const struct stop *stop = array_at(&jump->stops, i);
        struct view *view = i == 0 ? loop_top(loop) : create(&loop->state, stop);
        if (view == NULL) {
            return;
        }
        if (i > 0) {
            *(struct view **)array_add(&loop->stack) = view;
        }
        view->kind->restore(view, &loop->state, stop->place);
    }
}

struct effect loop_jump(struct loop *loop, int step)
{
    const struct jump *jump = jumps_go(&loop->state.jumps, loop_here(loop), step);
    if (jump == NULL) {
        return effect_refuse("%s", _("there is no place further on"));
    }
    restore(loop, jump);
    return effect_none();
}
