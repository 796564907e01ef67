#include "ui/explorer/pair_tabs.h"

#include "base/i18n.h"
#include "base/text.h"

/* What a tab takes besides its name and number: a space or a bar on either side. */
enum { FRAME = 2 };

/* Left and right of tabs that are out of sight. */
enum { MORE = 2 };

static size_t digits(size_t number)
{
    return number < 10 ? 1 : 1 + digits(number / 10);
}

static void name_all(struct pair_tabs *tabs, bool is_brief)
{
    const struct chart_kind *const *kinds = charts_all(&tabs->count);

    for (size_t i = 0; i < tabs->count; i++) {
        struct pair_tab *tab = &tabs->tabs[i];
        tab->name = is_brief ? gettext(kinds[i]->brief) : gettext(kinds[i]->name);
        tab->width = digits(i + 1) + text_width(tab->name) + FRAME;
    }
}

static size_t width_of(const struct pair_tabs *tabs, size_t first, size_t last)
{
    size_t width = 0;

    for (size_t i = first; i <= last; i++) {
        width += tabs->tabs[i].width;
    }
    return width;
}

/* Room for tabs when those from `first` to `last` are in sight. */
static size_t room_for(const struct pair_tabs *tabs, size_t first, size_t last, size_t columns)
{
    size_t taken = 1 + (first > 0 ? MORE : 0) + (last + 1 < tabs->count ? MORE : 0);

    return columns > taken ? columns - taken : 0;
}

/* As many as fit around the present one: after it first, so that what comes next is seen. */
static void choose(struct pair_tabs *tabs, size_t here, size_t columns)
{
    size_t first = here, last = here;
    bool has_grown = true;

    while (has_grown) {
        has_grown = false;
        if (last + 1 < tabs->count &&
            width_of(tabs, first, last + 1) <= room_for(tabs, first, last + 1, columns)) {
            last++;
            has_grown = true;
        }
        if (first > 0 &&
            width_of(tabs, first - 1, last) <= room_for(tabs, first - 1, last, columns)) {
            first--;
            has_grown = true;
        }
    }
    tabs->first = first;
    tabs->last = last;
}

struct pair_tabs pair_tabs_of(size_t here, size_t columns, struct arena *scratch)
{
    struct pair_tabs tabs = {0};

    (void)charts_all(&tabs.count);
    tabs.tabs = arena_get(scratch, tabs.count, sizeof *tabs.tabs);
    tabs.last = tabs.count - 1;
    name_all(&tabs, false);
    if (1 + width_of(&tabs, 0, tabs.last) > columns) {
        name_all(&tabs, true);
    }
    if (1 + width_of(&tabs, 0, tabs.last) > columns) {
        choose(&tabs, here, columns);
    }
    size_t at = tabs.first > 0 ? 1 + MORE : 1;
    for (size_t i = tabs.first; i <= tabs.last; i++) {
        tabs.tabs[i].at = at;
        at += tabs.tabs[i].width;
    }
    return tabs;
}

size_t pair_tabs_at(const struct pair_tabs *tabs, size_t column)
{
    for (size_t i = tabs->first; i <= tabs->last; i++) {
        const struct pair_tab *tab = &tabs->tabs[i];
        if (column >= tab->at && column < tab->at + tab->width) {
            return i;
        }
    }
    if (tabs->first > 0 && column < tabs->tabs[tabs->first].at) {
        return tabs->first - 1;
    }
    bool is_after = column >= tabs->tabs[tabs->last].at + tabs->tabs[tabs->last].width;
    return tabs->last + 1 < tabs->count && is_after ? tabs->last + 1 : PAIR_NO_TAB;
}

void pair_tabs_draw(const struct pair_tabs *tabs, size_t here, const struct drawing *drawing)
{
    bool is_ascii = drawing->canvas->ascii;
    size_t end = tabs->tabs[tabs->last].at + tabs->tabs[tabs->last].width;

    if (tabs->first > 0) {
        draw_text(drawing, 1, 0, ROLE_KEY, is_ascii ? "<" : "‹");
    }
    for (size_t i = tabs->first; i <= tabs->last; i++) {
        bool is_here = i == here;
        size_t at = tabs->tabs[i].at;
        at += draw_format(drawing, at, 0, is_here ? ROLE_KEY : ROLE_DIM, "%zu", i + 1);
        at += draw_text(drawing, at, 0, ROLE_KEY, !is_here ? " " : is_ascii ? "[" : "▐");
        at += draw_text(drawing, at, 0, is_here ? ROLE_TITLE : ROLE_TEXT, tabs->tabs[i].name);
        draw_text(drawing, at, 0, ROLE_KEY, !is_here ? " " : is_ascii ? "]" : "▌");
    }
    if (tabs->last + 1 < tabs->count) {
        draw_text(drawing, end, 0, ROLE_KEY, is_ascii ? ">" : "›");
    }
}
