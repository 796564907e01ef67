#include "ui/explorer/key_order.h"

/* What goes before the rest, which follows in the order of the table of actions. */
enum { FIRST_MOST = 14 };
static const struct {
    unsigned views;
    enum action_id first[FIRST_MOST]; /* ACT_UP, which no key line has, ends it */
} orders[] = {
    {IN_TAXA,
     {ACT_OPEN, ACT_SEARCH, ACT_FILTER, ACT_SORT, ACT_COMPARE, ACT_MARK, ACT_SETTINGS,
      ACT_REVERSE, ACT_MAP, ACT_FLOW, ACT_COUNTS, ACT_OUTCOMES, ACT_LEDGER}},
    {IN_PAIR,
     {ACT_OPEN, ACT_BACK, ACT_NEXT_TAB, ACT_EXCLUDE, ACT_UNDO, ACT_SORT, ACT_SCALE, ACT_FOLD,
      ACT_WORDS, ACT_REVERSE}},
};

struct listing {
    const struct state *state;
    const struct view *view;
    const struct action **ordered;
    size_t count;
};

static bool has(const struct listing *listing, const struct action *action)
{
    for (size_t i = 0; i < listing->count; i++) {
        if (listing->ordered[i] == action) {
            return true;
        }
    }
    return false;
}

static void add(struct listing *listing, const struct action *action, bool also_off)
{
    const char *reason;
    bool stands = action->brief != NULL && action->id != ACT_HELP &&
                  (action->line & listing->view->kind->bit) != 0;
    bool can = action->is_enabled == NULL ||
               action->is_enabled(listing->state, listing->view, &reason);
    if (stands && (can || also_off) && !has(listing, action)) {
        listing->ordered[listing->count++] = action;
    }
}

size_t key_order(const struct state *state, const struct view *view,
                 const struct action **ordered)
{
    struct listing listing = {state, view, ordered, 0};
    const struct action *all = actions_all();
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        bool is_here = (orders[i].views & view->kind->bit) != 0;
        for (size_t j = 0; is_here && j < FIRST_MOST && orders[i].first[j] != ACT_UP; j++) {
            add(&listing, &all[orders[i].first[j]], false);
        }
    }
    for (int also_off = 0; also_off < 2; also_off++) {
        for (size_t i = 0; i < ACTION_COUNT; i++) {
            add(&listing, &all[i], also_off == 1);
        }
    }
    return listing.count;
}
