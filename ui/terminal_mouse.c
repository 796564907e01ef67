#include "ui/terminal_mouse.h"

#define NCURSES_WIDECHAR 1 /* as in terminal.c */
#include <ncurses.h>

/* Movements with a button down, which ncurses does not ask for by itself. */
#define MOUSE_DRAGS "\033[?1002h"

void mouse_ask(bool is_wanted)
{
    mmask_t wanted = BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_RELEASED | BUTTON4_PRESSED |
                     BUTTON5_PRESSED | REPORT_MOUSE_POSITION;
    bool is_there = mousemask(is_wanted ? wanted : 0, NULL) != 0;
    if (is_there || has_mouse()) {
        (void)putp(is_there ? MOUSE_DRAGS : MOUSE_OFF);
        (void)fflush(stdout);
    }
}

static enum event_kind kind_of(mmask_t state)
{
    return (state & BUTTON4_PRESSED) != 0                       ? EVENT_WHEEL_UP
           : (state & BUTTON5_PRESSED) != 0                     ? EVENT_WHEEL_DOWN
           : (state & (BUTTON1_PRESSED | BUTTON1_CLICKED)) != 0 ? EVENT_CLICK
           : (state & BUTTON1_RELEASED) != 0                    ? EVENT_RELEASE
           : (state & REPORT_MOUSE_POSITION) != 0               ? EVENT_DRAG
                                                                : EVENT_NONE;
}

/* ncurses hands out the newest first, and one key for several when they come fast. */
void mouse_take(struct mouse *mouse)
{
    MEVENT from;
    mouse->count = 0;
    while (mouse->count < MOUSE_MOST && getmouse(&from) == OK) {
        mouse->events[mouse->count++] =
            (struct event){.kind = kind_of(from.bstate),
                           .column = (size_t)(from.x < 0 ? 0 : from.x),
                           .row = (size_t)(from.y < 0 ? 0 : from.y)};
    }
}

bool mouse_next(struct mouse *mouse, struct event *event)
{
    if (mouse->count == 0) {
        return false;
    }
    *event = mouse->events[--mouse->count];
    return true;
}
