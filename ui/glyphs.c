#include "ui/glyphs.h"

#include "base/memory.h"
#include "base/text.h"
#include <string.h>

struct likeness {
    const char *glyph, *ascii;
};

static const struct likeness likenesses[] = {
    {"─", "-"}, {"━", "="},  {"│", "|"},  {"┃", "|"},   {"┆", ":"},  {"┼", "+"},
    {"├", "|"}, {"┤", "|"},  {"┣", "["},  {"┫", "]"},   {"□", "o"},  {"▫", "o"},
    {"■", "#"}, {"▪", "#"},  {"◇", "x"},  {"◆", "*"},   {"‹", "("},  {"›", ")"},
    {"◀", "<"}, {"▶", ">"},  {"▌", ">"},  {"▐", "["},   {"█", "#"},  {"▾", "-"},
    {"▸", "+"}, {"→", "->"}, {"←", "<-"}, {"↑", "^"},   {"↓", "v"},  {"↵", "Enter"},
    {"·", "."}, {"…", "~"},  {"–", "-"},  {"—", "-"},   {"−", "-"},  {"±", "+/-"},
    {"≡", "="}, {"≤", "<="}, {"≥", ">="}, {"²", "2"},   {"³", "3"},  {"χ", "chi"},
    {"β", "b"}, {"µ", "u"},  {"μ", "u"},  {"τ", "tau"}, {"×", "x"},  {"●", "*"},
    {"•", "@"}, {"◐", "o"},  {"‘", "'"},  {"’", "'"},   {"“", "\""}, {"”", "\""},
    {" ", " "}, {"°", "o"},  {"═", "="},  {"╌", "."},   {"►", ">"},  {"✓", "v"},
    {"✗", "x"}, {"é", "e"},  {"è", "e"},  {"ö", "o"},   {"ü", "u"},  {"ä", "a"},
    {"å", "a"}, {"ø", "o"},  {"ç", "c"},  {"ñ", "n"},   {"✎", "\""}, {"▼", "v"},
    {"┌", "+"}, {"┐", "+"},  {"└", "+"},  {"┘", "+"},
};

static const char *likeness_of(const char *grapheme, size_t length)
{
    for (size_t i = 0; i < sizeof likenesses / sizeof likenesses[0]; i++) {
        if (strlen(likenesses[i].glyph) == length &&
            memcmp(likenesses[i].glyph, grapheme, length) == 0) {
            return likenesses[i].ascii;
        }
    }
    return "?";
}

static char *in_ascii(const char *clean)
{
    struct text text = {0};
    size_t left = strlen(clean);
    while (left > 0) {
        int width;
        size_t taken = text_grapheme(clean, left, &width);
        bool is_plain = taken == 1 && (unsigned char)*clean < 0x80;
        if (is_plain || width > 1) {
            text_add_bytes(&text, clean, taken);
        } else {
            text_add(&text, likeness_of(clean, taken));
        }
        clean += taken;
        left -= taken;
    }
    return text_take(&text);
}

char *glyphs_text(const char *text, bool ascii)
{
    char *clean = text_clean(text == NULL ? "" : text);
    if (!ascii) {
        return clean;
    }
    char *plain = in_ascii(clean);
    memory_free(clean);
    return plain;
}

/* [style][contains null][ascii] */
static const struct interval_glyphs intervals[4][2][2] = {
    [STYLE_SINGLE] = {{{"┣", "┫", "━", "╋", "■", "▪", "◀", "▶"},
                       {"[", "]", "=", "+", "#", "#", "<", ">"}},
                      {{"├", "┤", "─", "┼", "□", "▫", "◀", "▶"},
                       {"|", "|", "-", "+", "o", "o", "<", ">"}}},
    [STYLE_SUMMARY] = {{{"‹", "›", "━", "╋", "◆", "◆", "◀", "▶"},
                        {"(", ")", "=", "+", "*", "*", "<", ">"}},
                       {{"‹", "›", "─", "┼", "◇", "◇", "◀", "▶"},
                        {"(", ")", "-", "+", "x", "x", "<", ">"}}},
    [STYLE_PREDICTION] = {{{"╍", "╍", "╍", "╋", NULL, NULL, "◀", "▶"},
                           {"=", "=", "=", "+", NULL, NULL, "<", ">"}},
                          {{"╌", "╌", "╌", "┼", NULL, NULL, "◀", "▶"},
                           {".", ".", ".", "+", NULL, NULL, "<", ">"}}},
    [STYLE_BARE] = {{{"•", "•", "•", "•", "•", "•", "◀", "▶"},
                     {"@", "@", "@", "@", "@", "@", "<", ">"}},
                    {{"•", "•", "•", "•", "•", "•", "◀", "▶"},
                     {"@", "@", "@", "@", "@", "@", "<", ">"}}},
};

const struct interval_glyphs *glyphs_interval(enum interval_style style, bool contains_null,
                                              bool ascii)
{
    return &intervals[style][contains_null][ascii];
}

const char *glyphs_null(bool ascii)
{
    return ascii ? ":" : "┆";
}

const char *glyphs_guide(bool ascii)
{
    return ascii ? "'" : "╎";
}

const char *glyphs_rule(bool ascii)
{
    return ascii ? "-" : "─";
}

const char *glyphs_selected(bool ascii)
{
    return ascii ? ">" : "▌";
}

const char *glyphs_shade(unsigned level, bool ascii)
{
    static const char *const shades[2][5] = {{" ", "░", "▒", "▓", "█"},
                                             {" ", ".", ":", "%", "#"}};
    return shades[ascii][level > 4 ? 4 : level];
}

const char *glyphs_bar(unsigned eighths, bool ascii)
{
    static const char *const bars[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    if (ascii) {
        return eighths >= 4 ? "#" : " ";
    }
    return bars[eighths > 8 ? 8 : eighths];
}
