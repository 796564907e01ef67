/* Apart from terminal.c, because <term.h> makes macros of ordinary words. */
#include "ui/terminal.h"

#include <ncurses.h>
#include <term.h> /* after ncurses.h, which it needs */
#include <unistd.h>

bool terminal_can_draw(void)
{
    int status = 0;
    if (setupterm(NULL, STDOUT_FILENO, &status) != OK) {
        return true;
    }
    const char *place = tigetstr("cup");
    bool can_draw = place != NULL && place != (const char *)-1 && *place != '\0';
    (void)del_curterm(set_curterm(NULL));
    return can_draw;
}
