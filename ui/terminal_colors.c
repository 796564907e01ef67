#include "ui/terminal_colors.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of the first 16 colours, and what they are called here. */
enum { OWN = -1, RED = 1, YELLOW = 3, BLUE = 4, MAGENTA = 5, CYAN = 6, BRIGHT_BLUE = 12 };

struct tints {
    int on_dark_8, on_dark_16, on_light, of_256;
};

/* Yellow and cyan are too pale on white, where red stands in for orange; plain blue is too dark
 * on black, where 8 colours make it bright by the weight. */
static const struct tints tints[ROLE_COUNT] = {
    [ROLE_TEXT] = {OWN, OWN, OWN, OWN},
    [ROLE_DIM] = {OWN, OWN, OWN, OWN},
    [ROLE_TITLE] = {OWN, OWN, OWN, OWN},
    [ROLE_HEADING] = {CYAN, CYAN, BLUE, 30},
    [ROLE_SELECTED] = {OWN, OWN, OWN, OWN},
    [ROLE_NULL] = {OWN, OWN, OWN, OWN},
    [ROLE_LESS] = {BLUE, BRIGHT_BLUE, BLUE, 27},
    [ROLE_MORE] = {YELLOW, YELLOW, RED, 166},
    [ROLE_UNSURE] = {OWN, OWN, OWN, OWN},
    [ROLE_SUMMARY] = {CYAN, CYAN, OWN, 30},
    [ROLE_WARNING] = {MAGENTA, MAGENTA, MAGENTA, 133},
    [ROLE_KEY] = {CYAN, CYAN, BLUE, 30},
};

enum palette colors_palette(long colors)
{
    return colors >= 1 << 24              ? PALETTE_DIRECT
           : colors == 256                ? PALETTE_256
           : colors == 16 || colors == 88 ? PALETTE_16
                                          : PALETTE_8;
}

/* Red, green and blue of one of the 216 colours of the cube (16 to 231) of 256. */
static int rgb_of(int color)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    int place = color - 16;
    return levels[place / 36] << 16 | levels[place / 6 % 6] << 8 | levels[place % 6];
}

int colors_of(enum role role, enum palette palette, bool is_light)
{
    const struct tints *tint = &tints[role];
    if (palette == PALETTE_256 || tint->of_256 == OWN) {
        return tint->of_256;
    }
    if (palette == PALETTE_DIRECT) {
        return rgb_of(tint->of_256);
    }
    return is_light                ? tint->on_light
           : palette == PALETTE_16 ? tint->on_dark_16
                                   : tint->on_dark_8;
}

bool colors_is_light(const char *colorfgbg)
{
    const char *last = colorfgbg == NULL ? NULL : strrchr(colorfgbg, ';');
    return last != NULL && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
}
