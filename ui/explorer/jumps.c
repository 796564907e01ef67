#include "ui/explorer/jumps.h"

#include "base/i18n.h"
#include "base/memory.h"
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

/* Texts of places are the study's or static: the same text is the same pointer. */
static bool is_same(const struct jump *one, const struct jump *other)
{
    if (one->direction != other->direction || one->outcome != other->outcome ||
        one->stops.count != other->stops.count) {
        return false;
    }
    for (size_t i = 0; i < one->stops.count; i++) {
        const struct stop *a = array_at(&one->stops, i), *b = array_at(&other->stops, i);
        if (a->bit != b->bit || a->place.taxon != b->place.taxon ||
            a->place.variant != b->place.variant || a->place.other != b->place.other ||
            a->place.tab != b->place.tab) {
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

static struct view *view_at(const struct loop *loop, size_t index)
{
    return *(struct view **)array_at(&loop->stack, index);
}

struct jump *loop_here(const struct loop *loop)
{
    struct jump *here = memory_get(1, sizeof *here);
    *here = (struct jump){loop->state.direction, loop->state.outcome, ARRAY_OF(struct stop)};
    for (size_t i = 0; i < loop->stack.count; i++) {
        const struct view *view = view_at(loop, i);
        if (!view->kind->is_dialogue) {
            struct stop *stop = array_add(&here->stops);
            *stop = (struct stop){view->kind->bit, view->kind->save(view)};
        }
    }
    return here;
}

/* A screen made anew; NULL for one that cannot be come back to. */
static struct view *create(const struct state *state, const struct stop *stop)
{
    const struct trait *taxon =
        stop->place.taxon == NULL ? NULL : state_taxon(state, stop->place.taxon);
    switch (stop->bit) {
    case IN_PAIR:
        return taxon == NULL ? NULL : pair_view_create(taxon, NULL);
    case IN_VARIANT:
        return taxon == NULL ? NULL : variant_view_create(taxon, stop->place.variant);
    case IN_OUTCOMES:
        return outcomes_view_create(state);
    case IN_LEDGER:
        return ledger_view_create(stop->place.other);
    case IN_COMPARE:
        return compare_view_create(state);
    default:
        return NULL;
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
