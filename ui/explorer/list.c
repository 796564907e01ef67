#include "ui/explorer/list.h"

#include <stdlib.h>

/* More lines than any list has. */
static const long BEYOND = 100000000;

/* How far an order asks to go: its argument, where it has one. */
static size_t steps_of(const struct order *order)
{
    long steps = order->argument == NULL ? 1 : strtol(order->argument, NULL, 10);
    steps = steps > BEYOND ? BEYOND : steps;
    return steps > 0 ? (size_t)steps : 1;
}

static void move_up(struct list *list, size_t steps)
{
    list->cursor -= steps < list->cursor ? steps : list->cursor;
}

static void move_down(struct list *list, size_t steps)
{
    size_t most = list->count == 0 ? 0 : list->count - 1 - list->cursor;
    list->cursor += steps < most ? steps : most;
}

bool list_move(struct list *list, const struct order *order)
{
    size_t page = list->height > 1 ? list->height - 1 : 1;
    switch (order->action->id) {
    case ACT_UP:
        move_up(list, steps_of(order));
        return true;
    case ACT_DOWN:
        move_down(list, steps_of(order));
        return true;
    case ACT_PAGE_UP:
        move_up(list, page);
        return true;
    case ACT_PAGE_DOWN:
        move_down(list, page);
        return true;
    case ACT_FIRST:
        list->cursor = 0;
        return true;
    case ACT_LAST:
        move_down(list, list->count);
        return true;
    default:
        return false;
    }
}

long list_lines(const struct order *order, size_t page)
{
    switch (order->action->id) {
    case ACT_UP:
        return -(long)steps_of(order);
    case ACT_DOWN:
        return (long)steps_of(order);
    case ACT_PAGE_UP:
        return -(long)page;
    case ACT_PAGE_DOWN:
        return (long)page;
    case ACT_FIRST:
        return -BEYOND;
    case ACT_LAST:
        return BEYOND;
    default:
        return 0;
    }
}

size_t list_turn(size_t from, size_t i, int step, size_t count)
{
    return (from + (step < 0 ? count - 1 - i : i + (size_t)step)) % count;
}

bool list_search(struct list *list, size_t count, int step, const char *text, list_has *has,
                 const void *view)
{
    for (size_t i = 0; i < count; i++) {
        size_t row = list_turn(list->cursor, i, step, count);
        if (has(view, row, text)) {
            list->cursor = row;
            return true;
        }
    }
    return false;
}

void list_fit(struct list *list, size_t count, size_t height)
{
    list->count = count;
    list->height = height;
    if (list->cursor >= count) {
        list->cursor = count == 0 ? 0 : count - 1;
    }
    size_t last = count > height ? count - height : 0;
    list->first = list->first < last ? list->first : last;
    if (list->cursor < list->first) {
        list->first = list->cursor;
    } else if (height > 0 && list->cursor >= list->first + height) {
        list->first = list->cursor - height + 1;
    }
}

size_t list_row_at(const struct list *list, size_t line)
{
    size_t row = list->first + line;
    return line < list->height && row < list->count ? row : (size_t)-1;
}
